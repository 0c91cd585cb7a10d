//! One door for every step of a payment: its state, its entry in the books, the treasurer's cash book and its claim move together or
//! not at all.

use super::books::booking;
use super::cash;
use crate::domain::claim::{Action, State, Step};
use crate::domain::payment::{CashKind, ItemState, ItemStep};
use crate::store::money::items::{self, Item, Trace};
use crate::store::{Tx, claims, events};
use crate::workflow::decide::record_step;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// A step of a payment with what it rests on.
#[derive(Debug, Clone)]
pub struct Moved<'a> {
    /// The step.
    pub step: ItemStep,
    /// The act it belongs to: `result.settle`, `cash.hand_over` …
    pub act: &'a str,
    /// Id of the order, report, cash day … it rests on.
    pub document: &'a str,
    /// What stays written on the payment.
    pub trace: Trace,
    /// Words for the claim's story.
    pub reason: String,
}

/// Takes a step of a payment. Where the heir gets the money, or the bank takes it back, the claim moves with it.
///
/// # Errors
/// [`Refusal::ItemNotAllowed`]; [`Refusal::Stale`] when somebody else was first; [`Refusal::Cash`] when cash moves and its book is closed.
pub fn move_item(tx: &mut Tx<'_>, issuer: &Issuer<'_>, line: &str, item: &Item, moved: &Moved<'_>) -> Result<ItemState, Refusal> {
    let to = item.state.next(moved.step).map_err(Refusal::ItemNotAllowed)?;
    items::advance(tx, item, to, &moved.trace)?;
    if let Some(movement) = moved.step.movement(item.replaces.is_some()) {
        let posting = booking(line, movement, item.amount, &item.claim_id, Some(&item.id));
        issuer.book(tx, moved.act, moved.document, &[posting])?;
    }
    if let Some(kind) = CashKind::of(moved.step).filter(|_box_moves| item.account.is_none()) {
        cash::enter(tx, issuer, item, kind, moved)?;
    }
    match moved.step {
        ItemStep::Pay => move_claim(tx, issuer, item, Step::Pay, State::Paid, &moved.reason)?,
        ItemStep::Reverse => move_claim(tx, issuer, item, Step::Reverse, State::Decreed, &moved.reason)?,
        _ => {}
    }
    Ok(to)
}

fn move_claim(tx: &mut Tx<'_>, issuer: &Issuer<'_>, item: &Item, step: Step, to: State, reason: &str) -> Result<(), Refusal> {
    let claim = claims::load(tx, issuer.actor, &item.claim_id)?;
    claim.state.next(step).map_err(Refusal::NotAllowed)?;
    claims::advance(tx, &claim, claim.state, to, None, issuer.now)?;
    let findings = events::findings(tx, &claim.id)?;
    record_step(tx, issuer, &claim, &Action { step, reason: reason.to_owned() }, to, &findings)
}
