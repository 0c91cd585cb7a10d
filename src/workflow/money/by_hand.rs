//! Recording by hand what became of one payment, and closing an order whose payments all have their answer.
//!
//! For transfers of banks without a code, for banks that give no result file, and for what a telephone call with the bank settles.

use chrono::NaiveDate;

use crate::domain::access::{Actor, Participant};
use crate::domain::calendar::{long_date, wib_date};
use crate::domain::ledger::Movement;
use crate::domain::payment::{CashRefused, ItemState, ItemStep, OrderState, OrderStep, decide_order, hand};
use crate::store::money::items::{self, Item, Trace};
use crate::store::money::ledger;
use crate::store::money::orders::{self, Mark, Order};
use crate::store::{Tx, audit, users};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

use super::item::{Moved, move_item};
use super::order::{claims_of, order_facts, seen};

/// Shortest evidence that says something, in characters.
const EVIDENCE_CHARS_MIN: usize = 5;

/// What became of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The heir has the money.
    Paid,
    /// It came back, with the bank's reason as a code or a word.
    Returned(String),
}

/// An answer somebody records.
#[derive(Debug, Clone)]
pub struct ByHand<'a> {
    /// Payment.
    pub item_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// What became of it.
    pub answer: Answer,
    /// On which day.
    pub on: NaiveDate,
    /// What it rests on: transfer slip, bank statement, receipt.
    pub evidence: &'a str,
}

/// Records what became of one payment of a released order.
///
/// # Errors
/// [`Refusal::EvidenceMissing`], [`Refusal::AnswerWhen`], [`Refusal::ItemNotAllowed`], [`Refusal::Stale`];
/// [`CashRefused::AtCounterOnly`] for cash, which nobody gets without being looked at.
pub fn record_by_hand(desk: &Desk, actor: &Actor, by_hand: &ByHand<'_>) -> Result<Item, Refusal> {
    if by_hand.evidence.trim().chars().count() < EVIDENCE_CHARS_MIN {
        return Err(Refusal::EvidenceMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = items::load(tx, &actor.office, by_hand.item_id)?;
        if item.version != by_hand.expected_version {
            return Err(Refusal::Stale);
        }
        if item.account.is_none() {
            return Err(CashRefused::AtCounterOnly.into());
        }
        let order = orders::load(tx, &actor.office, &item.order_id)?;
        claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
        answered_in_time(&order, by_hand.on, issuer.today())?;
        let evidence = by_hand.evidence.trim().to_owned();
        let (step, trace, told) = match &by_hand.answer {
            Answer::Paid => {
                (ItemStep::Pay, Trace { paid_on: Some(by_hand.on), evidence: evidence.clone(), ..Trace::default() }, "diterima")
            }
            Answer::Returned(code) => {
                let trace = Trace {
                    returned_on: Some(by_hand.on),
                    return_code: code.trim().to_owned(),
                    evidence: evidence.clone(),
                    ..Trace::default()
                };
                (ItemStep::Return, trace, "kembali")
            }
        };
        let reason = format!("Dicatat {told} {} berdasarkan {evidence}", long_date(by_hand.on));
        move_item(tx, &issuer, &order.budget_line_id, &item, &Moved { step, act: "payment.by_hand", document: &order.id, trace, reason })?;
        let details = serde_json::json!({ "reference": item.reference, "told": told, "on": by_hand.on });
        audit::append(tx, actor, "payment.by_hand", &format!("payment:{}", item.id), &details.to_string(), issuer.now)?;
        Ok(items::load(tx, &actor.office, &item.id)?)
    })
}

fn answered_in_time(order: &Order, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let released = order.released.as_ref().map(|mark| wib_date(mark.at));
    match released {
        Some(released) if order.state == OrderState::Released && released <= on && on <= today => Ok(()),
        Some(_) if order.state == OrderState::Released => Err(Refusal::AnswerWhen),
        _ => Err(Refusal::OrderOver(order.state)),
    }
}

/// Closes an order whose payments all have their answer. A person who had no hand in it looks at all of them once more.
///
/// # Errors
/// [`Refusal::Order`]: open payments, no SP2D, the same person; [`Refusal::Stale`].
pub fn close_order(desk: &Desk, actor: &Actor, order_id: &str, expected_version: i64) -> Result<Order, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = seen(tx, actor, order_id, expected_version)?;
        let mut facts = order_facts(tx, &issuer, &order)?;
        // Who made, checked and released it has done their part; closing asks only for somebody who did not record the answers.
        facts.hands = answerers(tx, &order)?;
        let to = decide_order(OrderStep::Close, actor, &facts).map_err(Refusal::Order)?;
        orders::advance(tx, &order, to, &Mark { by: actor.id.clone(), at: issuer.now }, &order.reason)?;
        let paid = order.items.iter().filter(|item| item.state == ItemState::Paid).count();
        let details = serde_json::json!({ "number": order.number, "items": order.items.len(), "paid": paid });
        audit::append(tx, actor, "order.close", &format!("order:{order_id}"), &details.to_string(), issuer.now)?;
        Ok(orders::load(tx, &actor.office, order_id)?)
    })
}

/// Whoever booked an answer for a payment of the order.
fn answerers(tx: &mut Tx<'_>, order: &Order) -> Result<Vec<Participant>, Refusal> {
    let mut hands = Vec::new();
    for by in ledger::posters(tx, &order.items, &[Movement::Pay, Movement::Return, Movement::Reverse])? {
        let account = users::by_id(tx, &by)?;
        hands.push(hand(&by, account.actor.nik));
    }
    Ok(hands)
}
