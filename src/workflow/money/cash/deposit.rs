//! Money back to the regional treasury (STS), from the box and from the bank alike, and drawn again in the same year.

use chrono::Datelike;

use super::{finance, second_person};
use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::ledger::Movement;
use crate::domain::payment::{CashRefused, DepositSlip, ItemStep};
use crate::store::audit;
use crate::store::money::deposits::{self, Deposit};
use crate::store::money::items::{self, Trace};
use crate::store::money::{budget, ledger, orders};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::money::order::claims_of;
use crate::workflow::refusal::Refusal;

/// Records that payments which came back were given to the treasury. Number and date are the treasury's; the value is that of the
/// payments, to the rupiah.
///
/// # Errors
/// [`CashRefused`] for a slip that does not fit, [`Refusal::ItemNotAllowed`] for a payment that did not come back.
pub fn deposit(desk: &Desk, actor: &Actor, slip: &DepositSlip, item_ids: &[String]) -> Result<Deposit, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let mut chosen = Vec::new();
        for id in item_ids {
            chosen.push(items::load(tx, &actor.office, id)?);
        }
        let payments: Vec<_> = chosen.iter().map(|item| (item.amount, item.returned_on)).collect();
        slip.check(&payments, issuer.today())?;
        claims_of(tx, actor, chosen.iter().map(|item| item.claim_id.as_str()))?;
        let deposit = Deposit {
            id: new_id(),
            slip: slip.clone(),
            by: actor.id.clone(),
            at: issuer.now,
            items: chosen.iter().map(|item| (item.id.clone(), item.amount)).collect(),
        };
        deposits::insert(tx, &actor.office, &deposit)?;
        let evidence = format!("STS {}", slip.number.trim());
        for item in &chosen {
            let line = orders::line_of(tx, &actor.office, &item.order_id)?;
            let trace = Trace { evidence: evidence.clone(), ..Trace::default() };
            let moved = Moved { step: ItemStep::Deposit, act: "cash.deposit", document: &deposit.id, trace, reason: evidence.clone() };
            move_item(tx, &issuer, &line, item, &moved)?;
        }
        let details = serde_json::json!({
            "number": slip.number.trim(), "dated_on": slip.dated_on, "value": slip.value.whole(),
            "references": chosen.iter().map(|item| item.reference.as_str()).collect::<Vec<_>>(),
        });
        audit::append(tx, actor, "cash.deposit", &format!("deposit:{}", deposit.id), &details.to_string(), issuer.now)?;
        Ok(deposit)
    })
}

/// A second person draws deposited money again, to be paid after all: it waits for a new order like any payment that came back.
///
/// # Errors
/// [`CashRefused::OtherYear`], [`CashRefused::SecondPerson`], [`Refusal::ReasonMissing`], [`Refusal::ItemNotAllowed`], [`Refusal::Stale`].
pub fn redraw(desk: &Desk, actor: &Actor, item_id: &str, expected_version: i64, reason: &str) -> Result<(), Refusal> {
    finance(actor)?;
    let reason = reason.trim();
    if reason.chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = items::load(tx, &actor.office, item_id)?;
        if item.version != expected_version {
            return Err(Refusal::Stale);
        }
        item.state.next(ItemStep::Redraw).map_err(Refusal::ItemNotAllowed)?;
        claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
        let depositors = ledger::posters(tx, std::slice::from_ref(&item), &[Movement::Deposit])?;
        second_person(tx, actor, depositors)?;
        let line_id = orders::line_of(tx, &actor.office, &item.order_id)?;
        let line = budget::line(tx, &line_id)?;
        if line.year != issuer.today().year() {
            return Err(CashRefused::OtherYear(line.year).into());
        }
        let trace = Trace { evidence: format!("Diambil lagi: {reason}"), ..Trace::default() };
        let moved = Moved { step: ItemStep::Redraw, act: "cash.redraw", document: &item.order_id, trace, reason: reason.to_owned() };
        move_item(tx, &issuer, &line.id, &item, &moved)?;
        let details = serde_json::json!({ "reference": item.reference, "amount": item.amount.whole(), "reason": reason });
        audit::append(tx, actor, "cash.redraw", &format!("payment:{item_id}"), &details.to_string(), issuer.now)?;
        Ok(())
    })
}
