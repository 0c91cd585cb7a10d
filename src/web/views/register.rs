//! The page for register files.

use super::flash;
use crate::domain::calendar::{long_date, short_date};
use crate::exchange::claim_form::FieldErrors;
use crate::exchange::register_file::{Fate, Field, Mappings, ReadRow};
use crate::store::releases::{self, Release};
use crate::web::page::{Fact, when};
use crate::web::pages::{AsideView, MappingView, PreviewView, RegisterPage, ReleaseView};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{MAPPING_FIELD, REGISTER_FIELD};
use crate::workflow::Refusal;
use crate::workflow::mappings::own_mappings;
use crate::workflow::preview::{self, Preview, Waiting};

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct RegisterAttempt {
    /// Source as typed.
    pub source: String,
    /// Date as typed.
    pub date: String,
    /// Faults.
    pub errors: FieldErrors,
    /// What is wrong in a mapping file that was sent.
    pub faults: Vec<String>,
    /// Column names of a file that was not understood.
    pub new_columns: Vec<String>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

impl RegisterAttempt {
    /// A refusal with nothing typed.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self { refusal: Some(sentence.into()), ..Self::default() }
    }
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database or the disk.
pub fn register_page(site: &Site, staff: &Staff, attempt: &RegisterAttempt) -> Result<RegisterPage, Problem> {
    let known = site.desk.store.read(|conn| releases::list(conn, &staff.actor.office))?;
    let waiting = preview::waiting(&site.desk, &staff.actor)?;
    let preview = waiting.map(|file| preview_view(site, &file, &known, attempt)).transpose()?;
    Ok(RegisterPage {
        shell: site.shell_for(staff, "Data warga").at("/data-warga").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        faults: attempt.faults.clone(),
        new_columns: attempt.new_columns.clone(),
        mapping_key: MAPPING_FIELD,
        mappings: mapping_views(site)?,
        file_key: REGISTER_FIELD,
        preview,
        releases: known.iter().rev().map(release_view).collect(),
    })
}

/// The office's own mappings, then those of the program.
fn mapping_views(site: &Site) -> Result<Vec<MappingView>, Refusal> {
    let own = own_mappings(&site.desk)?.into_iter().map(|file| match file.read {
        Ok(mapping) => MappingView { name: mapping.name, from: format!("milik kantor, {}", file.file_name), faults: Vec::new() },
        Err(faults) => {
            let faults = faults.iter().map(ToString::to_string).collect();
            MappingView { name: file.file_name, from: "milik kantor, tidak dipakai".to_owned(), faults }
        }
    });
    let built_in = Mappings::built_in();
    let with_program = built_in.names().map(|name| MappingView { name: name.to_owned(), from: "bawaan".to_owned(), faults: Vec::new() });
    Ok(own.chain(with_program).collect())
}

fn release_view(release: &Release) -> ReleaseView {
    ReleaseView {
        source: release.source.clone(),
        date: long_date(release.released_on),
        file: release.file_name.clone(),
        accepted: release.rows.accepted,
        set_aside: release.rows.set_aside,
        when: when(release.imported_at),
    }
}

fn preview_view(site: &Site, file: &Waiting, known: &[Release], attempt: &RegisterAttempt) -> Result<PreviewView, Refusal> {
    let Preview { recognised, report, aside } = preview::look_through(&site.desk, file)?;
    let already = known.iter().find(|release| release.sha256 == file.sha256);
    let (taken, unknown): (Vec<_>, Vec<_>) = recognised.columns.iter().partition(|(_, field)| field.is_some());
    let typed = |text: &str, otherwise: String| if text.is_empty() { otherwise } else { text.to_owned() };
    let mut counts = vec![
        Fact::new("Baris dibaca", report.read.to_string()),
        Fact::new("Diterima", report.accepted.to_string()),
        Fact::new("Disisihkan", report.set_aside.to_string()),
        Fact::new("Berulang", report.repeated.to_string()),
        Fact::new("Judul, jumlah, tanda tangan", report.other_lines.to_string()),
        Fact::new("Diterima tanpa NIK", report.without_nik.to_string()),
    ];
    counts.extend(report.flagged.iter().map(|(flag, count)| Fact::new(flag.replace('_', " "), count.to_string())));
    Ok(PreviewView {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        recognised: vec![Fact::new("Bentuk berkas", recognised.form.to_string()), Fact::new("Pemetaan kolom", recognised.mapping)],
        columns: taken.iter().map(|(name, field)| Fact::new(name, field.map(Field::word).unwrap_or_default())).collect(),
        all_columns: recognised.columns.iter().map(|(name, _)| name.clone()).collect(),
        unknown: unknown.iter().map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", "),
        counts,
        advice: report.advice().unwrap_or_default(),
        aside: aside.iter().map(aside_view).collect(),
        already: already.map(|release| format!("{} {}", release.source, short_date(release.released_on))).unwrap_or_default(),
        source: typed(&attempt.source, "DTSEN".to_owned()),
        date: typed(&attempt.date, short_date(site.today())),
    })
}

fn aside_view(row: &ReadRow) -> AsideView {
    let fate = match row.fate {
        Fate::Accepted(_) => "diterima",
        Fate::Repeats(_) => "berulang",
        Fate::SetAside => "disisihkan",
    };
    AsideView { row: row.number, fate, reason: row.reason() }
}
