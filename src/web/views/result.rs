//! The pages of what banks answer.

use std::collections::BTreeMap;

use super::flash;
use crate::domain::access::Role;
use crate::domain::calendar::long_date_time;
use crate::domain::money::Rupiah;
use crate::domain::payment::reconcile::Outcome;
use crate::exchange::claim_form::FieldErrors;
use crate::store::money::orders;
use crate::store::money::reports::{self, BankReport, LineAnswer, ReportedLine};
use crate::store::{DbConn, StoreError, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{LineRow, ReportPage, ReportRow, ResultsPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::REPORT_FIELD;
use crate::workflow::money::can_accept;

/// Reports shown on the desk.
const REPORTS_MAX: i64 = 50;
/// Open lines shown on the desk.
const OPEN_MAX: i64 = 200;
/// Lines of a report on one page.
const LINES_PER_PAGE: i64 = 200;

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct ResultAttempt {
    /// Chosen profile.
    pub profile: String,
    /// Key of the reason that was typed.
    pub key: String,
    /// Reason as typed.
    pub reason: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The key of the reason for one line.
pub fn answer_key(report_id: &str, position: i64) -> String {
    format!("alasan_{report_id}_{position}")
}

/// The desk of bank answers.
///
/// # Errors
/// [`Problem`] of the database.
pub fn results_page(site: &Site, staff: &Staff, attempt: &ResultAttempt) -> Result<ResultsPage, Problem> {
    let profiles = site.desk.bank_profiles()?;
    let with_layout = profiles.all().filter(|profile| profile.result().is_some());
    let choices = with_layout.map(|profile| Choice::new(&profile.name, &profile.title)).collect();
    site.desk.store.read(|conn| {
        let office = &staff.actor.office;
        let open = reports::open_lines(conn, office, OPEN_MAX)?;
        let look = Look { staff, attempt, answers: BTreeMap::new() };
        let newest = reports::newest(conn, office, REPORTS_MAX)?;
        Ok(ResultsPage {
            shell: site.shell_for(staff, "Hasil bank").at("/keuangan/hasil").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            can_import: staff.actor.role == Role::Finance,
            file_key: REPORT_FIELD,
            profiles: choices,
            profile: if attempt.profile.is_empty() { "csv".to_owned() } else { attempt.profile.clone() },
            open: look.rows(conn, &open)?,
            reports: newest.iter().map(|report| report_row(conn, report)).collect::<Result<_, StoreError>>()?,
        })
    })
}

/// One report with its lines, of one outcome or of all.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn report_page(site: &Site, staff: &Staff, id: &str, outcome: Option<&str>, from: i64) -> Result<ReportPage, Problem> {
    site.desk.store.read(|conn| {
        let report = reports::load(conn, &staff.actor.office, id)?;
        let outcome = outcome.filter(|word| Outcome::WORDS.contains(word));
        let from = from.max(0);
        let lines = reports::lines(conn, id, outcome, from, LINES_PER_PAGE)?;
        let attempt = ResultAttempt::default();
        let look = Look { staff, attempt: &attempt, answers: reports::answers(conn, id)? };
        let full = i64::try_from(lines.len()).unwrap_or_default() == LINES_PER_PAGE;
        let own = format!("/keuangan/hasil/{id}?hasil={}", outcome.unwrap_or_default());
        let name = users::by_id(conn, &report.by)?.actor.name;
        let mut facts = vec![
            Fact::new("Jenis", kind_label(&report)),
            Fact::new("Diimpor", format!("{name}, {}", long_date_time(report.at))),
            Fact::new("Baris", report.lines.to_string()),
            Fact::new("Nomor dari bank", report.message_id.clone().unwrap_or_default()),
            Fact::new("Sidik jari berkas", report.sha256.chars().take(16).collect::<String>()),
        ];
        facts.extend(report.notes.iter().map(|note| Fact::new("Catatan", note)));
        Ok(ReportPage {
            shell: site.shell_for(staff, report.file_name.clone()).at("/keuangan/hasil"),
            facts,
            filters: filters(&report, outcome),
            lines: look.rows(conn, &lines)?,
            next: if full { format!("{own}&mulai={}", from.saturating_add(LINES_PER_PAGE)) } else { String::new() },
        })
    })
}

/// Who looks, at what was typed, and what was made of the lines.
struct Look<'a> {
    staff: &'a Staff,
    attempt: &'a ResultAttempt,
    answers: BTreeMap<i64, LineAnswer>,
}

impl Look<'_> {
    fn rows(&self, conn: &mut DbConn, lines: &[ReportedLine]) -> Result<Vec<LineRow>, StoreError> {
        let ids: Vec<&str> = lines.iter().filter_map(|line| line.item_id.as_deref()).collect();
        let about = reports::references(conn, &ids)?;
        let heads = orders::heads(conn, &self.staff.actor.office)?;
        let row = |line: &ReportedLine| {
            let item = line.item_id.as_ref().and_then(|id| about.get(id));
            let order = item.and_then(|(reference, order)| {
                let (number, _) = heads.get(order)?;
                Some(Link {
                    href: format!("/keuangan/perintah/{order}"),
                    label: reference.clone(),
                    value: format!("perintah bayar {number}"),
                })
            });
            let (key, answer) = (answer_key(&line.report_id, line.position), self.answers.get(&line.position));
            let is_tried = self.attempt.key == key;
            LineRow {
                report_id: line.report_id.clone(),
                position: line.position,
                place: line.place,
                reference: line.reference.clone(),
                account: line.account.clone(),
                amount: line.amount_sen.map(amount_text).unwrap_or_default(),
                chip: chip_of_outcome(&line.outcome),
                words: line.words.clone(),
                order,
                answer: answer
                    .map(|answer| format!("{}: {}", if answer.accepted { "Diterima" } else { "Dicatat" }, answer.reason))
                    .unwrap_or_default(),
                can_answer: line.open && answer.is_none() && self.staff.actor.role == Role::Finance,
                can_accept: can_accept(line),
                typed: if is_tried { self.attempt.reason.clone() } else { String::new() },
                unfolded: is_tried,
                key,
            }
        };
        Ok(lines.iter().map(row).collect())
    }
}

fn amount_text(sen: i64) -> String {
    let whole = Rupiah::new(sen / 100).unwrap_or_default();
    match sen % 100 {
        0 => whole.to_string(),
        rest => format!("{whole},{rest:02}"),
    }
}

/// What a line came to, in colour.
pub fn chip_of_outcome(outcome: &str) -> Chip {
    let (text, tone) = match outcome {
        "matched" => ("Dibayar", Tone::Good),
        "returned" => ("Kembali", Tone::Attention),
        "reversed" => ("Ditarik kembali", Tone::Attention),
        "pending" => ("Masih diproses", Tone::Moving),
        "duplicate" => ("Berulang", Tone::Plain),
        "amount_mismatch" => ("Jumlah berbeda", Tone::Bad),
        "account_mismatch" => ("Rekening berbeda", Tone::Bad),
        "bad_reversal" => ("Tidak runtut", Tone::Bad),
        _ => ("Tidak dikenal", Tone::Plain),
    };
    Chip::new(text, tone)
}

fn kind_label(report: &BankReport) -> String {
    let kind = match report.kind.as_str() {
        "pain002" => "status pembayaran (pain.002)",
        "camt053" => "rekening koran (camt.053)",
        "camt054" => "pemberitahuan mutasi (camt.054)",
        "mt940" => "rekening koran (MT940)",
        _ => "tabel hasil bank",
    };
    if report.kind == "table" { format!("{kind}, profil {}", report.profile) } else { kind.to_owned() }
}

fn report_row(conn: &mut DbConn, report: &BankReport) -> Result<ReportRow, StoreError> {
    let name = users::by_id(conn, &report.by)?.actor.name;
    let told = Outcome::WORDS.into_iter().filter_map(|word| Some((word, report.counts.get(word).copied().filter(|count| *count > 0)?)));
    let chip = |(word, count): (&str, u32)| {
        let chip = chip_of_outcome(word);
        Chip::new(format!("{} {count}", chip.text), chip.tone)
    };
    Ok(ReportRow {
        href: format!("/keuangan/hasil/{}", report.id),
        name: report.file_name.clone(),
        kind: kind_label(report),
        when: format!("{name}, {}", long_date_time(report.at)),
        chips: told.map(chip).collect(),
        notes: report.notes.join("; "),
    })
}

fn filters(report: &BankReport, current: Option<&str>) -> Vec<Link> {
    let href = |word: &str| format!("/keuangan/hasil/{}?hasil={word}", report.id);
    let all =
        Link { href: if current.is_none() { String::new() } else { href("") }, label: "Semua".to_owned(), value: report.lines.to_string() };
    let some = Outcome::WORDS.into_iter().filter_map(|word| {
        let count = report.counts.get(word).copied().filter(|count| *count > 0)?;
        let address = if current == Some(word) { String::new() } else { href(word) };
        Some(Link { href: address, label: chip_of_outcome(word).text, value: count.to_string() })
    });
    std::iter::once(all).chain(some).collect()
}
