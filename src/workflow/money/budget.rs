//! Opening budget lines, and changing a ceiling by a budget document.

use chrono::{Datelike, NaiveDate};

use super::books::{line_booking, open_line};
use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::budget::Position;
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::office::BudgetLine;
use crate::store::audit;
use crate::store::money::budget::{self, Line, Revision};
use crate::store::money::programme;
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// Sources a benefit is paid from.
pub const SOURCES: [&str; 2] = ["BTT", "BANSOS"];

/// Why a limit is not taken.
const LIMIT_WORDS: &str = "Batas peringatan antara 1 dan 100 persen.";

/// A budget line as its document says it.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Year, source, account, document and ceiling.
    pub line: BudgetLine,
    /// Date of the document.
    pub dated_on: NaiveDate,
}

/// Opens a line of this year or the next. Several lines may be open in one year; `[budget_rules]` says which one pays.
///
/// # Errors
/// [`Refusal::NotYourRole`]; [`Refusal::Budget`] for a line the office has, or one that cannot be.
pub fn add_line(desk: &Desk, actor: &Actor, new: &NewLine) -> Result<Line, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    let line = BudgetLine {
        account_code: new.line.account_code.trim().to_owned(),
        name: new.line.name.trim().to_owned(),
        document: new.line.document.trim().to_owned(),
        ..new.line.clone()
    };
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        if let Some(fault) = fault_of(&line, new.dated_on, issuer.today()) {
            return Err(Refusal::Budget(fault));
        }
        let others = budget::of_year(tx, &actor.office, line.year)?;
        if !others.is_empty() && others.iter().all(|other| !other.open) {
            return Err(Refusal::Budget(format!("Tahun anggaran {} sudah ditutup. Buka kembali lebih dahulu.", line.year)));
        }
        let by = (actor.id.as_str(), issuer.now);
        let Some(id) = open_line(tx, &actor.office, &line, new.dated_on, by)? else {
            return Err(Refusal::Budget(format!(
                "Mata anggaran {} tahun {} sudah ada. Ubah pagunya lewat perubahan.",
                line.account_code, line.year
            )));
        };
        let details = serde_json::json!({
            "year": line.year, "source": line.source, "account_code": line.account_code, "document": line.document,
            "ceiling": line.ceiling.whole(), "soft_limit_percent": line.soft_limit_percent,
        });
        audit::append(tx, actor, "budget.open", &format!("budget_line:{id}"), &details.to_string(), issuer.now)?;
        Ok(budget::line(tx, &id)?)
    })
}

/// What is wrong with a new line, in words; one thing at a time.
fn fault_of(line: &BudgetLine, dated_on: NaiveDate, today: NaiveDate) -> Option<String> {
    let code_is_whole = !line.account_code.is_empty()
        && line.account_code.chars().all(|c| c.is_ascii_digit() || c == '.')
        && line.account_code.split('.').all(|part| !part.is_empty());
    let years = [today.year(), today.year().saturating_add(1)];
    let too_long = |text: &str| text.chars().count() > 200;
    let sentence = if !years.contains(&line.year) {
        "Tahun anggaran harus tahun ini atau tahun depan."
    } else if !SOURCES.contains(&line.source.as_str()) {
        "Pilih sumber dana: BTT atau BANSOS."
    } else if !code_is_whole || too_long(&line.account_code) {
        "Kode rekening terdiri atas angka dan titik, misalnya 5.3.01.01.01.0001."
    } else if line.name.is_empty() || too_long(&line.name) {
        "Isi nama mata anggaran, paling banyak 200 huruf."
    } else if line.document.is_empty() || too_long(&line.document) {
        "Isi nama dan nomor dokumen anggaran, misalnya DPA."
    } else if line.ceiling == Rupiah::ZERO {
        "Pagu harus lebih dari nol."
    } else if !(1..=100).contains(&line.soft_limit_percent) {
        LIMIT_WORDS
    } else if dated_on > today {
        "Tanggal dokumen anggaran tidak boleh setelah hari ini."
    } else {
        return None;
    };
    Some(sentence.to_owned())
}

/// A change of a ceiling (APBD-Perubahan) as its document says it.
#[derive(Debug, Clone)]
pub struct Revise<'a> {
    /// Budget line.
    pub line_id: &'a str,
    /// Document, for example the DPPA with its number.
    pub document: &'a str,
    /// Its date.
    pub dated_on: NaiveDate,
    /// The new ceiling.
    pub ceiling: Rupiah,
    /// Why.
    pub reason: &'a str,
}

/// Records a revision and books what it gives or takes. Less than what is promised already is refused.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::ReasonMissing`], [`Refusal::Budget`].
pub fn revise_budget(desk: &Desk, actor: &Actor, revise: &Revise<'_>) -> Result<Position, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    let document = revise.document.trim();
    if document.is_empty() || document.chars().count() > 200 {
        return Err(Refusal::Budget("Isi nama dan nomor dokumen anggaran, misalnya DPPA.".to_owned()));
    }
    if revise.reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let line = budget::lines(tx, &actor.office)?.into_iter().find(|line| line.id == revise.line_id).ok_or(Refusal::NotFound)?;
        if !line.open {
            return Err(Refusal::Budget(format!("Tahun anggaran {} sudah ditutup. Buka kembali lebih dahulu.", line.year)));
        }
        if revise.dated_on > issuer.today() {
            return Err(Refusal::Budget("Tanggal dokumen anggaran tidak boleh setelah hari ini.".to_owned()));
        }
        let position = budget::position(tx, &line)?;
        let (movement, amount) = change(&position, revise.ceiling)?;
        let signed = if movement == Movement::Appropriate { amount.whole() } else { amount.whole().saturating_neg() };
        let revision = Revision {
            id: new_id(),
            position: budget::revision_count(tx, &line.id)?.saturating_add(1),
            document: document.to_owned(),
            dated_on: revise.dated_on,
            change: signed,
            reason: revise.reason.trim().to_owned(),
            recorded_by: actor.id.clone(),
            recorded_at: issuer.now,
        };
        budget::add_revision(tx, &actor.office, &line.id, &revision)?;
        issuer.book(tx, "budget.revise", &revision.id, &[line_booking(&line.id, movement, amount)])?;
        if movement == Movement::Appropriate {
            // What was announced is in force now; nobody hopes for it twice.
            programme::announce(tx, &actor.office, line.year, None, &actor.id, issuer.now)?;
        }
        let details = serde_json::json!({ "document": document, "change": signed, "ceiling": revise.ceiling.whole() });
        audit::append(tx, actor, "budget.revise", &format!("budget_line:{}", line.id), &details.to_string(), issuer.now)?;
        Ok(budget::position(tx, &line)?)
    })
}

/// Sets from which part of a line's ceiling on the desks warn. No money moves.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::ReasonMissing`], [`Refusal::Budget`] for a closed line or a limit that cannot be.
pub fn set_soft_limit(desk: &Desk, actor: &Actor, line_id: &str, percent: u32, reason: &str) -> Result<Line, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    if !(1..=100).contains(&percent) {
        return Err(Refusal::Budget(LIMIT_WORDS.to_owned()));
    }
    let reason = reason.trim();
    if reason.chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let line = budget::lines(tx, &actor.office)?.into_iter().find(|line| line.id == line_id).ok_or(Refusal::NotFound)?;
        if !line.open {
            return Err(Refusal::Budget(format!("Tahun anggaran {} sudah ditutup. Buka kembali lebih dahulu.", line.year)));
        }
        if line.soft_limit_percent == i64::from(percent) {
            return Err(Refusal::Budget(format!("Batas peringatan sudah {percent} persen; tidak ada yang diubah.")));
        }
        budget::set_soft_limit(tx, &line, i64::from(percent))?;
        let details = serde_json::json!({ "from": line.soft_limit_percent, "to": percent, "reason": reason });
        audit::append(tx, actor, "budget.limit", &format!("budget_line:{}", line.id), &details.to_string(), desk.clock.now())?;
        Ok(budget::line(tx, &line.id)?)
    })
}

/// Which way and how much a new ceiling is from the present one.
fn change(position: &Position, ceiling: Rupiah) -> Result<(Movement, Rupiah), Refusal> {
    if let Some(more) = ceiling.checked_sub(position.ceiling).filter(|more| *more > Rupiah::ZERO) {
        return Ok((Movement::Appropriate, more));
    }
    match position.ceiling.checked_sub(ceiling).filter(|less| *less > Rupiah::ZERO) {
        None => Err(Refusal::Budget("Pagu baru sama dengan pagu sekarang; tidak ada yang diubah.".to_owned())),
        Some(less) if less > position.remaining => Err(Refusal::Budget(format!(
            "Pagu tidak dapat turun menjadi {ceiling}: yang belum dijanjikan hanya {}. Batalkan persetujuan lebih dahulu atau pilih pagu yang lebih tinggi.",
            position.remaining
        ))),
        Some(less) => Ok((Movement::Reduce, less)),
    }
}
