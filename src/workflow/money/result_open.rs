//! Lines of a report that could not be taken by themselves: a person looks, and says what became of them and why.

use crate::domain::access::{Actor, Role};
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::payment::ItemStep;
use crate::store::money::items::{self, Trace};
use crate::store::money::orders;
use crate::store::money::reports::{self, LineAnswer, ReportedLine};
use crate::store::{StoreError, audit};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

use super::item::{Moved, move_item};
use super::order::claims_of;
use super::result::tell_village;

/// What a person makes of an open line.
#[derive(Debug, Clone, Copy)]
pub struct AnswerLine<'a> {
    /// Report.
    pub report_id: &'a str,
    /// Place of the line in it.
    pub position: i64,
    /// Whether the line is taken as what it seems to be, so that the payment moves.
    pub accept: bool,
    /// Why.
    pub reason: &'a str,
}

/// Whether an open line could be taken as what it seems to be: it is about one payment and says what became of it.
pub fn can_accept(line: &ReportedLine) -> bool {
    line.open && line.item_id.is_some() && step_of(&line.outcome).is_some()
}

fn step_of(outcome: &str) -> Option<ItemStep> {
    match outcome {
        "matched" => Some(ItemStep::Pay),
        "returned" => Some(ItemStep::Return),
        "reversed" => Some(ItemStep::Reverse),
        _ => None,
    }
}

/// Notes what became of an open line; where it is accepted, its payment moves as if the line had been plain.
///
/// # Errors
/// [`Refusal::ReasonMissing`]; [`Refusal::ReportLine`] when it is open no more or cannot be accepted; [`Refusal::ItemNotAllowed`].
pub fn answer_line(desk: &Desk, actor: &Actor, answer: &AnswerLine<'_>) -> Result<(), Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    if answer.reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let line = reports::line(tx, &actor.office, answer.report_id, answer.position)?;
        if !line.open {
            return Err(Refusal::ReportLine("Baris ini tidak perlu dijawab; sudah dicatat sendiri saat diimpor."));
        }
        let told = LineAnswer { accepted: answer.accept, reason: answer.reason.trim().to_owned(), by: actor.id.clone(), at: issuer.now };
        match reports::answer(tx, &line, &told) {
            Err(StoreError::Duplicate(_)) => return Err(Refusal::ReportLine("Baris ini sudah dijawab orang lain. Muat ulang halaman.")),
            other => other?,
        }
        if answer.accept {
            let step = step_of(&line.outcome).zip(line.item_id.as_deref());
            let (step, item_id) = step.ok_or(Refusal::ReportLine(
                "Baris ini tidak dapat diterima begitu saja. Catat hasil pembayarannya pada halaman perintah bayar, lalu jawab baris ini tanpa menerimanya.",
            ))?;
            let item = items::load(tx, &actor.office, item_id)?;
            let order = orders::load(tx, &actor.office, &item.order_id)?;
            let on = line.told_on.unwrap_or_else(|| issuer.today());
            let evidence = format!("laporan bank, baris {}: {}", line.place, told.reason);
            let trace = match step {
                ItemStep::Pay => Trace { paid_on: Some(on), evidence, ..Trace::default() },
                _ => Trace { returned_on: Some(on), return_code: line.return_code.clone(), evidence, ..Trace::default() },
            };
            if step == ItemStep::Pay {
                claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
            }
            let moved = Moved { step, act: "result.accept", document: &line.report_id, trace, reason: format!("Diterima dari laporan bank: {}", told.reason) };
            move_item(tx, &issuer, &order.budget_line_id, &item, &moved)?;
            if step != ItemStep::Pay {
                tell_village(tx, &issuer, &item)?;
            }
        }
        let details = serde_json::json!({ "position": line.position, "outcome": line.outcome, "accepted": told.accepted, "reason": told.reason });
        audit::append(tx, actor, "bank_report.answer", &format!("bank_report:{}", line.report_id), &details.to_string(), issuer.now)?;
        Ok(())
    })
}
