//! Changing a ceiling by a budget document.

use chrono::NaiveDate;

use super::books::line_booking;
use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::budget::Position;
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::store::audit;
use crate::store::money::budget::{self, Revision};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

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
        let details = serde_json::json!({ "document": document, "change": signed, "ceiling": revise.ceiling.whole() });
        audit::append(tx, actor, "budget.revise", &format!("budget_line:{}", line.id), &details.to_string(), issuer.now)?;
        Ok(budget::position(tx, &line)?)
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
