//! Ordering returned money anew: one order of every approved correction of a budget line, through the same three hands.

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::ledger::Movement;
use crate::domain::letter::{LetterContent, LetterKind};
use crate::domain::payment::{CorrectionRefused, ItemState, ItemStep};
use crate::domain::region::RegionCode;
use crate::store::claims::Claim;
use crate::store::letters::About;
use crate::store::money::budget;
use crate::store::money::corrections::{self, Proposed};
use crate::store::money::decrees::{self, Decree};
use crate::store::money::items::{self, Item, Trace};
use crate::store::money::orders::{self, Mark, NewOrder, Order};
use crate::store::{DbConn, StoreError, Tx};
use crate::workflow::desk::Desk;
use crate::workflow::letter::{Draft, Issuer};
use crate::workflow::refusal::Refusal;

use super::books::booking;
use super::item::{Moved, move_item};
use super::order::{Made, References, account_of, claims_of, new_item, note, payees_dead};
use super::order_letters::{notify_treasurer, order_letter};
use super::undo;

/// Approved corrections whose payment still lies with the returned ones, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn ready_to_renew(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(Proposed, Item)>, StoreError> {
    let mut ready = Vec::new();
    for proposed in corrections::all(conn, office)? {
        if proposed.decision.as_ref().is_some_and(|decided| decided.approved) {
            let item = items::load(conn, office, &proposed.item_id)?;
            if item.state == ItemState::Returned {
                ready.push((proposed, item));
            }
        }
    }
    Ok(ready)
}

/// Makes one order of all approved corrections of one budget line, the one of the oldest; those of another line are for the next
/// order. The failed payments stay as they are, each named by the one that takes its place.
///
/// # Errors
/// [`Refusal::Correction`] when nothing is approved; [`Refusal::PayeeDead`], [`Refusal::NotYourRole`].
pub fn make_renewed_order(desk: &Desk, actor: &Actor, reason: &str) -> Result<Made, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let (line_id, ready) = of_one_line(tx, actor)?;
        let claims = claims_of(tx, actor, ready.iter().map(|(_, item)| item.claim_id.as_str()))?;
        undo::none_is_asked_for(tx, actor, &claims)?;
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        let number = issuer.number(tx, LetterKind::PerintahBayar)?;
        let order = renewed(tx, &issuer, &line_id, &ready, &claims, number.text.clone(), reason)?;
        for (_, failed) in &ready {
            let step = ItemStep::Replace;
            let moved = Moved { step, act: "order.renew", document: &order.id, trace: Trace::default(), reason: String::new() };
            move_item(tx, &issuer, &line_id, failed, &moved)?;
        }
        orders::insert(tx, &actor.office, &order)?;
        let postings: Vec<_> =
            order.items.iter().map(|item| booking(&line_id, Movement::Reissue, item.amount, &item.claim_id, Some(&item.id))).collect();
        issuer.book(tx, "order.renew", &order.id, &postings)?;
        let about = About { order_id: Some(order.id.clone()), ..About::default() };
        let line = budget::line(tx, &line_id)?;
        let decree = decrees_named(tx, &actor.office, &claims)?;
        let content = LetterContent::PerintahBayar(order_letter(tx, &issuer, &line, &decree, &order)?);
        let issued = issuer.issue_as(tx, Draft { about, village: actor.office.clone(), content }, number)?;
        notify_treasurer(tx, &issuer, &issued)?;
        note(tx, &issuer, &order, "renew", &payees_dead, reason)?;
        Ok(Made { order: orders::load(tx, &actor.office, &order.id)?, payees_dead })
    })
}

/// What is ready on the budget line of the oldest.
fn of_one_line(tx: &mut Tx<'_>, actor: &Actor) -> Result<(String, Vec<(Proposed, Item)>), Refusal> {
    let ready = ready_to_renew(tx, &actor.office)?;
    let heads = orders::heads(tx, &actor.office)?;
    let line_of = |item: &Item| heads.get(&item.order_id).map(|(_, line)| line.clone());
    let line = ready.first().and_then(|(_, item)| line_of(item)).ok_or(CorrectionRefused::NothingApproved)?;
    let own = ready.into_iter().filter(|(_, item)| line_of(item).as_ref() == Some(&line)).collect();
    Ok((line, own))
}

fn renewed(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    line: &str,
    ready: &[(Proposed, Item)],
    claims: &[Claim],
    number: String,
    reason: &str,
) -> Result<Order, Refusal> {
    let id = new_id();
    let references = References::of(tx, claims)?;
    let anew = |(position, ((proposed, failed), claim)): (i64, (&(Proposed, Item), &Claim))| Item {
        replaces: Some(failed.id.clone()),
        amount: failed.amount,
        account: account_of(&proposed.correction.payout),
        ..new_item(&references, &id, position, claim)
    };
    let items = (1_i64..).zip(ready.iter().zip(claims)).map(anew).collect();
    let order = Order::made(NewOrder {
        id,
        budget_line_id: line.to_owned(),
        decree_id: None,
        number,
        ordered_on: issuer.today(),
        made: Mark { by: issuer.actor.id.clone(), at: issuer.now },
        reason: reason.to_owned(),
        items,
    });
    order.ok_or(Refusal::TotalsDiffer("koreksi"))
}

/// The decrees the payments rest on, as the letter names them.
pub(super) fn decrees_named(tx: &mut Tx<'_>, office: &RegionCode, claims: &[Claim]) -> Result<Decree, Refusal> {
    let mut found: Vec<Decree> = Vec::new();
    for claim in claims {
        let decree = decrees::of_claim(tx, office, &claim.id)?;
        if !found.iter().any(|known| known.id == decree.id) {
            found.push(decree);
        }
    }
    let numbers: Vec<&str> = found.iter().map(|decree| decree.number.as_str()).collect();
    let number = numbers.join(" dan ");
    let first = found.first().cloned().ok_or(CorrectionRefused::NothingApproved)?;
    Ok(Decree { number, ..first })
}
