//! Money that went back to the treasury and whose year has closed: paid after all, from the money of the present year.

use chrono::{Datelike, NaiveDate};

use super::finance;
use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::budget::Deposited;
use crate::domain::claim::State;
use crate::domain::ledger::Movement;
use crate::domain::letter::{LetterContent, LetterKind};
use crate::domain::money::Rupiah;
use crate::domain::payment::{CashRefused, ItemState, ReturnReason, would_come_back};
use crate::store::claims::{self, Claim};
use crate::store::letters::About;
use crate::store::money::budget::{self, Line};
use crate::store::money::items::{self, Item};
use crate::store::money::orders::{self, Mark, NewOrder, Order};
use crate::store::{DbConn, StoreError, Tx, audit};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::{Draft, Issuer};
use crate::workflow::money::books::booking;
use crate::workflow::money::funding::line_to_charge;
use crate::workflow::money::order::{Made, References, claims_of, new_item, note, payees_dead};
use crate::workflow::money::order_letters::{notify_treasurer, order_letter};
use crate::workflow::money::programme::suspension;
use crate::workflow::money::renewal::payout_of;
use crate::workflow::money::renewed_order::decrees_named;
use crate::workflow::refusal::Refusal;

/// A deposited payment on its way into this year.
struct Late {
    /// The payment that ended with its year.
    old: Item,
    /// Its claim.
    claim: Claim,
    /// The line of this year that took the promise over already, by an order that was cancelled.
    taken: Option<Line>,
}

/// Orders deposited payments of closed years anew, from a line of this year: they come before the waiting list, because their families
/// were promised first. The old payments stay as they are; the claims keep their decree, whose remaining money the new line bears, as
/// with every promise a year takes over. The order goes through its three hands like any other.
///
/// # Errors
/// [`CashRefused::SettledWithYear`] where the office's rule says so, [`CashRefused::NotDeposited`], [`CashRefused::YearOpen`],
/// [`Refusal::CeilingReached`], [`Refusal::Suspended`], [`Refusal::PaymentGoesOn`], [`Refusal::PayeeDead`].
pub fn pay_deposited(desk: &Desk, actor: &Actor, item_ids: &[String], reason: &str) -> Result<Made, Refusal> {
    finance(actor)?;
    if item_ids.is_empty() {
        return Err(CashRefused::SlipEmpty.into());
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        if pack.office.budget_rules.deposited == Deposited::Settled {
            return Err(CashRefused::SettledWithYear.into());
        }
        if let Some(suspended) = suspension(tx, &pack, &actor.office, issuer.today())? {
            return Err(Refusal::Suspended(suspended.notice));
        }
        let late = item_ids.iter().map(|id| late(tx, &issuer, id)).collect::<Result<Vec<_>, Refusal>>()?;
        let line = take_over(tx, &issuer, &late)?;
        let claims: Vec<Claim> = late.into_iter().map(|one| one.claim).collect();
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        let number = issuer.number(tx, LetterKind::PerintahBayar)?;
        let order = ordered(tx, &issuer, &line, &claims, number.text.clone(), reason)?;
        orders::insert(tx, &actor.office, &order)?;
        let postings: Vec<_> =
            order.items.iter().map(|item| booking(&line.id, Movement::Order, item.amount, &item.claim_id, Some(&item.id))).collect();
        issuer.book(tx, "order.late", &order.id, &postings)?;
        let about = About { order_id: Some(order.id.clone()), ..About::default() };
        let decree = decrees_named(tx, &actor.office, &claims)?;
        let content = LetterContent::PerintahBayar(order_letter(tx, &issuer, &line, &decree, &order)?);
        let issued = issuer.issue_as(tx, Draft { about, village: actor.office.clone(), content }, number)?;
        notify_treasurer(tx, &issuer, &issued)?;
        note(tx, &issuer, &order, "late", &payees_dead, reason)?;
        Ok(Made { order: orders::load(tx, &actor.office, &order.id)?, payees_dead })
    })
}

/// Where a payment stands as far as a correction is concerned: a deposited one that a later year may pay counts as one that came back.
///
/// # Errors
/// [`StoreError`].
pub fn standing(conn: &mut DbConn, pack: &Pack, actor: &Actor, item: &Item, today: NaiveDate) -> Result<ItemState, StoreError> {
    if item.state == ItemState::Deposited && payable_deposited(conn, pack, actor, today)?.iter().any(|other| other.id == item.id) {
        return Ok(ItemState::Returned);
    }
    Ok(item.state)
}

/// Deposited payments of closed years that could be ordered anew now, oldest first; none where the office's rule ends them with their
/// year.
///
/// # Errors
/// [`StoreError`].
pub fn payable_deposited(conn: &mut DbConn, pack: &Pack, actor: &Actor, today: NaiveDate) -> Result<Vec<Item>, StoreError> {
    if pack.office.budget_rules.deposited == Deposited::Settled {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for item in items::in_states(conn, &actor.office, &[ItemState::Deposited])? {
        let former = orders::line_of(conn, &actor.office, &item.order_id)?;
        let former = budget::line(conn, &former)?;
        let is_over = !former.open && former.year < today.year();
        let goes_on = items::of_claim(conn, &item.claim_id)?.iter().any(|other| other.state.is_living());
        if is_over && !goes_on && claims::by_id(conn, &item.claim_id)?.state == State::Decreed {
            found.push(item);
        }
    }
    Ok(found)
}

fn late(tx: &mut Tx<'_>, issuer: &Issuer<'_>, id: &str) -> Result<Late, Refusal> {
    let office = &issuer.actor.office;
    let old = items::load(tx, office, id)?;
    if old.state != ItemState::Deposited {
        return Err(CashRefused::NotDeposited(old.reference).into());
    }
    let former = orders::line_of(tx, office, &old.order_id)?;
    let former = budget::line(tx, &former)?;
    if former.open || former.year >= issuer.today().year() {
        return Err(CashRefused::YearOpen(former.year).into());
    }
    let claims = claims_of(tx, issuer.actor, std::iter::once(old.claim_id.as_str()))?;
    let claim = claims.into_iter().next().ok_or(Refusal::NotFound)?;
    if items::of_claim(tx, &claim.id)?.iter().any(|item| item.state.is_living()) {
        return Err(Refusal::PaymentGoesOn);
    }
    let why = ReturnReason::from_code(&old.return_code).unwrap_or_else(|| ReturnReason::read(&old.return_code));
    let payee = claim.content.payee().map(|heir| heir.name.to_string()).unwrap_or_default();
    if would_come_back(&why, (&payout_of(&old), &old.payee), (&claim.content.payout, &payee)) {
        return Err(CashRefused::CorrectFirst(old.reference).into());
    }
    let promised = budget::line_of_claim(tx, &claim.id)?;
    let taken = (promised.id != former.id).then_some(promised);
    Ok(Late { old, claim, taken })
}

/// The line that bears all of them. Promises that a line took over before stay with it; all others are taken over now, together.
fn take_over(tx: &mut Tx<'_>, issuer: &Issuer<'_>, late: &[Late]) -> Result<Line, Refusal> {
    let fresh: Vec<&Late> = late.iter().filter(|one| one.taken.is_none()).collect();
    let sum = Rupiah::sum(fresh.iter().map(|one| one.old.amount)).ok_or(Refusal::TotalsDiffer("perintah bayar"))?;
    let mut taken = late.iter().filter_map(|one| one.taken.clone());
    let line = match taken.next() {
        Some(line) if fresh.is_empty() && taken.all(|other| other.id == line.id) => line,
        // Of two lines nobody makes one order.
        Some(_) => return Err(CashRefused::TwoLines.into()),
        None => line_to_charge(tx, issuer, sum)?,
    };
    let mut postings = Vec::new();
    for one in &fresh {
        for movement in [Movement::Commit, Movement::Decree] {
            postings.push(booking(&line.id, movement, one.old.amount, &one.claim.id, None));
        }
        budget::carry(tx, &one.claim.id, &line.id)?;
        let details = serde_json::json!({ "reference": one.old.reference, "year": line.year, "amount": one.old.amount.whole() });
        audit::append(tx, issuer.actor, "payment.late", &format!("payment:{}", one.old.id), &details.to_string(), issuer.now)?;
    }
    issuer.book(tx, "payment.late", &line.id, &postings)?;
    Ok(line)
}

fn ordered(tx: &mut Tx<'_>, issuer: &Issuer<'_>, line: &Line, claims: &[Claim], number: String, reason: &str) -> Result<Order, Refusal> {
    let id = new_id();
    let references = References::of(tx, claims)?;
    // The old payments ended with their year; nothing takes their place there.
    let items = (1_i64..).zip(claims).map(|(position, claim)| new_item(&references, &id, position, claim)).collect();
    let order = Order::made(NewOrder {
        id,
        budget_line_id: line.id.clone(),
        decree_id: None,
        number,
        ordered_on: issuer.today(),
        made: Mark { by: issuer.actor.id.clone(), at: issuer.now },
        reason: reason.to_owned(),
        items,
    });
    order.ok_or(Refusal::TotalsDiffer("perintah bayar"))
}
