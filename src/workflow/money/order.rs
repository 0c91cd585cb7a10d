//! Ordering the payment of a decree: made, checked and released by three persons, or cancelled before the release.

use std::collections::{BTreeSet, HashMap};

use crate::clock::new_id;
use crate::domain::access::{Actor, Participant};
use crate::domain::claim::{Action, Payout, REASON_CHARS_MIN, Step, decide};
use crate::domain::ledger::Movement;
use crate::domain::letter::{LetterContent, LetterKind};
use crate::domain::payment::{ItemState, ItemStep, OrderFacts, OrderStep, decide_order, hand};
use crate::store::claims::{self, Claim};
use crate::store::letters::About;
use crate::store::money::bank_files::BankFile;
use crate::store::money::decrees::{self, Decree};
use crate::store::money::items::{self, Item, Trace};
use crate::store::money::orders::{self, Mark, NewOrder, Order};
use crate::store::money::{budget, papers};
use crate::store::{Tx, audit, users};
use crate::workflow::accounts::prove_again;
use crate::workflow::desk::Desk;
use crate::workflow::letter::{Draft, Issuer};
use crate::workflow::many::{action_facts_of, payees_died};
use crate::workflow::refusal::Refusal;

use super::books::booking;
use super::files::write_bank_files;
use super::item::{Moved, move_item};
use super::item_many::{Wanted, move_items};
use super::order_letters::{notice, notify_treasurer, order_letter, receipt};
use super::undo;

/// A payment order that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The order.
    pub order: Order,
    /// Codes of claims whose payee is known as dead today, ordered all the same with a reason.
    pub payees_dead: Vec<String>,
}

/// Orders the payment of a signed decree, equal to it to the rupiah or not at all.
///
/// `reason` is asked for where a payee is known as dead by now, and else may be empty: a decree's list is locked, so that the
/// treasurer has to say who gets that money.
///
/// # Errors
/// [`Refusal::NotSigned`], [`Refusal::PayeeDead`], [`Refusal::AlreadyOrdered`], [`Refusal::TotalsDiffer`].
pub fn make_order(desk: &Desk, actor: &Actor, decree_id: &str, reason: &str) -> Result<Made, Refusal> {
    desk.store.write_long(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let decree = decrees::load(tx, &actor.office, decree_id)?;
        if decree.signed_on.is_none() || decree.amends.is_some() {
            return Err(Refusal::NotSigned);
        }
        undo::is_settled(tx, &decree)?;
        if decree.standing().next().is_none() {
            return Err(Refusal::NothingToDecree);
        }
        let line = budget::line(tx, &decree.budget_line_id)?;
        let claims = claims_of(tx, actor, decree.standing().map(|item| item.claim_id.as_str()))?;
        undo::none_is_asked_for(tx, actor, &claims)?;
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        let number = issuer.number(tx, LetterKind::PerintahBayar)?;
        let order = first_order(tx, &issuer, &decree, &claims, number.text.clone(), reason)?;
        orders::insert(tx, &actor.office, &order)?;
        let postings: Vec<_> =
            order.items.iter().map(|item| booking(&line.id, Movement::Order, item.amount, &item.claim_id, Some(&item.id))).collect();
        issuer.book(tx, "order.make", &order.id, &postings)?;
        let about = About { order_id: Some(order.id.clone()), ..About::default() };
        let content = LetterContent::PerintahBayar(order_letter(tx, &issuer, &line, &decree, &order)?);
        let issued = issuer.issue_as(tx, Draft { about, village: actor.office.clone(), content }, number)?;
        notify_treasurer(tx, &issuer, &issued)?;
        note(tx, &issuer, &order, "make", &payees_dead, reason)?;
        Ok(Made { order: orders::load(tx, &actor.office, &order.id)?, payees_dead })
    })
}

/// The order of a decree's standing rows.
fn first_order(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    decree: &Decree,
    claims: &[Claim],
    number: String,
    reason: &str,
) -> Result<Order, Refusal> {
    let id = new_id();
    let references = References::of(tx, claims)?;
    let items = (1_i64..).zip(claims).map(|(position, claim)| new_item(&references, &id, position, claim)).collect();
    let order = Order::made(NewOrder {
        id,
        budget_line_id: decree.budget_line_id.clone(),
        decree_id: Some(decree.id.clone()),
        number,
        ordered_on: issuer.today(),
        made: Mark { by: issuer.actor.id.clone(), at: issuer.now },
        reason: reason.to_owned(),
        items,
    });
    order.filter(|order| Some(order.total) == decree.standing_total()).ok_or(Refusal::TotalsDiffer("SK"))
}

/// A claim's payment as it is ordered: to its payee, where the claim says. The reference is the claim's code; an earlier payment keeps it,
/// and this one gets a number.
pub fn new_item(references: &References, order_id: &str, position: i64, claim: &Claim) -> Item {
    Item {
        id: new_id(),
        order_id: order_id.to_owned(),
        position,
        claim_id: claim.id.clone(),
        replaces: None,
        reference: references.next(claim),
        amount: claim.amount,
        account: account_of(&claim.content.payout),
        payee: claim.content.payee().map(|heir| heir.name.to_string()).unwrap_or_default(),
        receipt_number: String::new(),
        state: ItemState::Ordered,
        paid_on: None,
        returned_on: None,
        return_code: String::new(),
        evidence: String::new(),
        version: 1,
    }
}

/// Where a payment goes; none for cash.
pub fn account_of(payout: &Payout) -> Option<(String, String, String)> {
    match payout {
        Payout::Cash => None,
        Payout::Bank(account) => Some((account.bank.clone(), account.number.clone(), account.holder.clone())),
    }
}

/// The references of claims' next payments: `BTG-2026-000001` for the first payment of a claim, `BTG-2026-000001.2` for the second:
/// never one reference twice.
pub struct References(HashMap<String, usize>);

impl References {
    /// Counts the payments these claims ever had.
    pub fn of(tx: &mut Tx<'_>, claims: &[Claim]) -> Result<Self, Refusal> {
        let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
        Ok(Self(items::counts_of_claims(tx, &ids)?))
    }

    /// The reference of a claim's next payment.
    pub fn next(&self, claim: &Claim) -> String {
        match self.0.get(&claim.id) {
            None => claim.code.clone(),
            Some(earlier) => format!("{}.{}", claim.code, earlier.saturating_add(1)),
        }
    }
}

/// Claims in their order, each still free for this person to pay.
pub fn claims_of<'a>(tx: &mut Tx<'_>, actor: &Actor, ids: impl Iterator<Item = &'a str>) -> Result<Vec<Claim>, Refusal> {
    let ids: Vec<&str> = ids.collect();
    let found = claims::load_all(tx, actor, &ids)?;
    for facts in action_facts_of(tx, actor, &found)? {
        decide(&Action { step: Step::Pay, reason: String::new() }, actor, &facts)?;
    }
    Ok(found)
}

/// Codes of claims whose payee is known as dead today; with any of them, nothing is paid without a reason in words.
pub fn payees_dead(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claims: &[Claim], reason: &str) -> Result<Vec<String>, Refusal> {
    let died = payees_died(tx, issuer.pack, claims, issuer.today())?;
    let dead: Vec<String> = claims.iter().zip(died).filter(|(_, died)| died.is_some()).map(|(claim, _)| claim.code.clone()).collect();
    if !dead.is_empty() && reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::PayeeDead(dead));
    }
    Ok(dead)
}

/// What a step on an order rests on.
pub fn order_facts(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order) -> Result<OrderFacts, Refusal> {
    let mut hands: Vec<Participant> = Vec::new();
    for mark in [Some(&order.made), order.checked.as_ref(), order.released.as_ref()].into_iter().flatten() {
        let account = users::by_id(tx, &mark.by)?;
        hands.push(hand(&mark.by, account.actor.nik));
    }
    Ok(OrderFacts {
        state: order.state,
        total: order.total,
        chain: issuer.pack.office.payment.chain,
        hands,
        papers: papers::of_order(tx, &order.id)?,
        unanswered: order.items.iter().filter(|item| matches!(item.state, ItemState::Ordered | ItemState::Sent)).count(),
    })
}

/// The second person compares an order with its decree.
///
/// # Errors
/// [`Refusal::Order`]; [`Refusal::Stale`] when the order is not any more as it was seen.
pub fn check_order(desk: &Desk, actor: &Actor, order_id: &str, expected_version: i64) -> Result<Order, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = seen(tx, actor, order_id, expected_version)?;
        let to = decide_order(OrderStep::Check, actor, &order_facts(tx, &issuer, &order)?).map_err(Refusal::Order)?;
        claims_of(tx, actor, order.items.iter().map(|item| item.claim_id.as_str()))?;
        orders::advance(tx, &order, to, &Mark { by: actor.id.clone(), at: issuer.now }, &order.reason)?;
        note(tx, &issuer, &order, OrderStep::Check.code(), &[], "")?;
        Ok(orders::load(tx, &actor.office, order_id)?)
    })
}

/// Cancels an order before its release: the money lies on the decree again (or with the returned payments), the number stays used.
///
/// # Errors
/// [`Refusal::Order`], [`Refusal::ReasonMissing`].
pub fn cancel_order(desk: &Desk, actor: &Actor, order_id: &str, expected_version: i64, reason: &str) -> Result<Order, Refusal> {
    if reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = seen(tx, actor, order_id, expected_version)?;
        let to = decide_order(OrderStep::Cancel, actor, &order_facts(tx, &issuer, &order)?).map_err(Refusal::Order)?;
        for item in &order.items {
            let moved =
                Moved { step: ItemStep::Cancel, act: "order.cancel", document: &order.id, trace: Trace::default(), reason: String::new() };
            move_item(tx, &issuer, &order.budget_line_id, item, &moved)?;
            if let Some(failed) = &item.replaces {
                let failed = items::load(tx, &actor.office, failed)?;
                let back = Moved { step: ItemStep::Reinstate, ..moved };
                move_item(tx, &issuer, &order.budget_line_id, &failed, &back)?;
            }
        }
        orders::advance(tx, &order, to, &Mark { by: actor.id.clone(), at: issuer.now }, reason.trim())?;
        note(tx, &issuer, &order, OrderStep::Cancel.code(), &[], reason)?;
        Ok(orders::load(tx, &actor.office, order_id)?)
    })
}

/// What the third person says when an order goes out.
#[derive(Clone, Copy)]
pub struct Release<'a> {
    /// Order.
    pub order_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// Their password, asked for again at this moment.
    pub password: &'a str,
    /// Who gets the money of a payee who is known as dead by now; else may be empty.
    pub reason: &'a str,
}

/// An order that went out.
#[derive(Debug, Clone)]
pub struct Released {
    /// The order.
    pub order: Order,
    /// Files for the bank and, for banks without a code, for the treasurer.
    pub files: Vec<BankFile>,
    /// Codes of claims whose payee is known as dead today, paid all the same with a reason.
    pub payees_dead: Vec<String>,
}

/// Releases an order: money goes to bank and counter, the bank's files are frozen, receipts and notices are issued.
///
/// # Errors
/// [`Refusal::Order`], [`Refusal::WrongPassword`], [`Refusal::PayeeDead`], [`Refusal::BankFile`], [`Refusal::TotalsDiffer`].
pub fn release_order(desk: &Desk, actor: &Actor, release: &Release<'_>) -> Result<Released, Refusal> {
    prove_again(desk, actor, release.password)?;
    desk.store.write_long(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = seen(tx, actor, release.order_id, release.expected_version)?;
        let to = decide_order(OrderStep::Release, actor, &order_facts(tx, &issuer, &order)?).map_err(Refusal::Order)?;
        let claims = claims_of(tx, actor, order.items.iter().map(|item| item.claim_id.as_str()))?;
        undo::none_is_asked_for(tx, actor, &claims)?;
        let reason = if release.reason.trim().is_empty() { order.reason.as_str() } else { release.reason.trim() };
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        orders::advance(tx, &order, to, &Mark { by: actor.id.clone(), at: issuer.now }, reason)?;
        let files = write_bank_files(tx, &issuer, &order)?;
        send(tx, &issuer, &order, &claims)?;
        note(tx, &issuer, &order, OrderStep::Release.code(), &payees_dead, reason)?;
        Ok(Released { order: orders::load(tx, &actor.office, &order.id)?, files, payees_dead })
    })
}

/// Every payment goes out with its receipt to be signed and the letter that tells the heir.
fn send(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order, claims: &[Claim]) -> Result<(), Refusal> {
    let line = budget::line(tx, &order.budget_line_id)?;
    let moved = Moved { step: ItemStep::Send, act: "order.release", document: &order.id, trace: Trace::default(), reason: String::new() };
    let wanted: Vec<Wanted<'_>> = order.items.iter().map(|item| Wanted { line: &line.id, item, moved: moved.clone() }).collect();
    move_items(tx, issuer, &wanted)?;
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let on_decree = decrees::ids_of_claims(tx, &ids)?;
    let mut decrees_read: HashMap<&str, Decree> = HashMap::new();
    for id in on_decree.values().map(String::as_str).collect::<BTreeSet<_>>() {
        decrees_read.insert(id, decrees::load(tx, &issuer.actor.office, id)?);
    }
    for (item, claim) in order.items.iter().zip(claims) {
        let decree = on_decree.get(&claim.id).and_then(|id| decrees_read.get(id.as_str())).ok_or(Refusal::NotFound)?;
        let number = issuer.number(tx, LetterKind::Kuitansi)?;
        items::give_receipt(tx, &item.id, &number.text)?;
        issuer.issue_as(tx, receipt(issuer, &line, decree, order, claim)?, number)?;
        notice(tx, issuer, decree, order, claim)?;
    }
    Ok(())
}

/// The order as the person saw it.
pub fn seen(tx: &mut Tx<'_>, actor: &Actor, order_id: &str, expected_version: i64) -> Result<Order, Refusal> {
    let order = orders::load(tx, &actor.office, order_id)?;
    if order.version == expected_version { Ok(order) } else { Err(Refusal::Stale) }
}

pub fn note(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order, step: &str, payees_dead: &[String], reason: &str) -> Result<(), Refusal> {
    // A reason is kept where it was asked for.
    let said = (!payees_dead.is_empty() || step == OrderStep::Cancel.code()).then(|| reason.trim());
    let (items, total) = (order.items.len(), order.total.whole());
    let details = serde_json::json!({ "number": order.number, "items": items, "total": total, "payees_dead": payees_dead, "reason": said });
    audit::append(tx, issuer.actor, &format!("order.{step}"), &format!("order:{}", order.id), &details.to_string(), issuer.now)?;
    Ok(())
}
