//! Lists for other programmes as their page shows them.

use super::flash;
use crate::domain::calendar::{long_date, parse_date, short_date, wib_date};
use crate::domain::stop_list::{RowKind, may_list};
use crate::exchange::claim_form::FieldErrors;
use crate::exchange::stop_list::Programmes;
use crate::store::stop_lists::{self, StopList};
use crate::store::{StoreError, users};
use crate::web::page::{Choice, Fact};
use crate::web::pages::{StopListPage, StopListView, StopPreview};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::workflow::Refusal;
use crate::workflow::stop_list::{Planned, plan_list, programmes};

/// Names shown before a list is made.
const SHOWN_MAX: usize = 200;

/// What the page is asked for, or what was tried.
#[derive(Debug, Clone, Default)]
pub struct StopListAttempt {
    /// Programme as chosen; empty without one.
    pub programme: String,
    /// First day as typed.
    pub from: String,
    /// Last day as typed.
    pub until: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

impl StopListAttempt {
    /// Both days as typed, or every fault of them. No first day means where the last list ended; no last day means today.
    pub fn days(&mut self, site: &Site) -> Option<(Option<chrono::NaiveDate>, chrono::NaiveDate)> {
        let errors = &mut self.errors;
        let mut day = |key: &str, text: &str| match text.trim() {
            "" => Some(None),
            text => match parse_date(text) {
                Ok(on) => Some(Some(on)),
                Err(fault) => {
                    errors.push(key, format!("Tanggal: {fault}."));
                    None
                }
            },
        };
        let (from, until) = (day("mulai", &self.from), day("sampai", &self.until));
        Some((from?, until?.unwrap_or_else(|| site.today())))
    }
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn stop_list_page(site: &Site, staff: &Staff, attempt: &StopListAttempt) -> Result<StopListPage, Problem> {
    let mut attempt = attempt.clone();
    let known = programmes(&site.desk)?;
    let can_make = may_list(staff.actor.role).is_ok();
    let preview = if can_make && !attempt.programme.is_empty() { preview(site, staff, &mut attempt)? } else { None };
    let lists = site.desk.store.read(|conn| {
        let all = stop_lists::all(conn, &staff.actor.office)?;
        all.into_iter().map(|(list, draws)| list_view(conn, &known, &list, draws)).collect::<Result<Vec<_>, StoreError>>()
    })?;
    let choice = |p: &crate::exchange::stop_list::Programme| Choice::new(&p.name, &p.title);
    Ok(StopListPage {
        shell: site.shell_for(staff, "Daftar henti").at("/daftar-henti").with_flash(flash(attempt.message.as_deref())),
        can_make,
        programmes: known.all().map(choice).collect(),
        until: if attempt.until.is_empty() { short_date(site.today()) } else { attempt.until.clone() },
        programme: attempt.programme,
        from: attempt.from,
        errors: attempt.errors,
        refusal: attempt.refusal,
        preview,
        lists,
    })
}

fn preview(site: &Site, staff: &Staff, attempt: &mut StopListAttempt) -> Result<Option<StopPreview>, Problem> {
    let Some((from, until)) = attempt.days(site) else { return Ok(None) };
    match plan_list(&site.desk, &staff.actor, &attempt.programme, from, until) {
        Ok(planned) => Ok(Some(planned_view(planned))),
        Err(refusal @ Refusal::StopList(_)) => {
            attempt.refusal.get_or_insert(refusal.to_string());
            Ok(None)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn planned_view(planned: Planned) -> StopPreview {
    let plan = &planned.plan;
    let mut notes = Vec::new();
    if !plan.without_nik.is_empty() {
        notes.push(format!("Tanpa NIK, jadi tidak dapat dimuat: {}.", plan.without_nik.join(", ")));
    }
    if !plan.left_behind.is_empty() {
        let codes = plan.left_behind.join(", ");
        notes.push(format!("Diputus sebelum tanggal mulai dan belum pernah dikirim: {codes}. Majukan tanggal mulai untuk memuatnya."));
    }
    if !plan.undone_otherwise.is_empty() {
        let codes = plan.undone_otherwise.join(", ");
        notes.push(format!(
            "Sudah pernah dikirim, lalu persetujuannya dibatalkan karena hal lain: {codes}. Periksa apakah kematiannya tetap benar."
        ));
    }
    StopPreview {
        title: planned.programme.title.clone(),
        facts: vec![
            Fact::new("Diputus", format!("{} sampai {}", long_date(planned.period.from), long_date(planned.period.until))),
            Fact::new("Henti", plan.count(RowKind::Stop).to_string()),
            Fact::new("Cabut (orangnya masih hidup)", plan.count(RowKind::Withdraw).to_string()),
        ],
        notes,
        more: planned.people.len().saturating_sub(SHOWN_MAX),
        people: planned.people.into_iter().take(SHOWN_MAX).map(|(kind, name, code)| (kind.word().to_owned(), name, code)).collect(),
        seal: planned.seal,
    }
}

fn list_view(conn: &mut crate::store::DbConn, known: &Programmes, list: &StopList, draws: i64) -> Result<StopListView, StoreError> {
    let who = match users::by_id(conn, &list.by) {
        Ok(account) => account.actor.name,
        Err(StoreError::NotFound) => "baris perintah".to_owned(),
        Err(fault) => return Err(fault),
    };
    let title = known.find(&list.programme).map_or_else(|_gone| list.programme.clone(), |programme| programme.title.clone());
    let short = list.csv_sha256.get(..12).unwrap_or_default();
    Ok(StopListView {
        id: list.id.clone(),
        title: format!("{title}, nomor {:03}", list.number),
        remark: format!(
            "{} oleh {who}; diputus {} sampai {}",
            long_date(wib_date(list.at)),
            short_date(list.period.from),
            short_date(list.period.until)
        ),
        rows: format!("{} henti, {} cabut", list.stops, list.withdrawals),
        control: format!("{}, sidik jari CSV {short}…", list.control),
        draws: match draws {
            0 => "belum diambil".to_owned(),
            n => format!("sudah diambil {n} kali"),
        },
    })
}
