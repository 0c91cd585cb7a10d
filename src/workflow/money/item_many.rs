//! The door of a payment's steps, for many transfers at once: the same as one by one, in few statements.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::books::booking;
use super::item::{Moved, move_item};
use crate::clock::new_id;
use crate::domain::claim::{State, Step};
use crate::domain::crosscheck::Finding;
use crate::domain::payment::{ItemState, ItemStep};
use crate::store::claims::{self, Head};
use crate::store::events::{self, NewEvent};
use crate::store::money::items::{self, Item, Trace};
use crate::store::{Tx, audit};
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// A step of one payment among many.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Budget line of its order.
    pub line: &'a str,
    /// The payment as it stands in this transaction.
    pub item: &'a Item,
    /// The step with what it rests on.
    pub moved: Moved<'a>,
}

/// Which payments change alike: from where to where, on which days, why, resting on what.
type Alike<'a> = (ItemState, ItemState, Option<NaiveDate>, Option<NaiveDate>, &'a str, &'a str);

/// Takes one step of each of many payments, all of one act with one document; what [`move_item`] does for one. Cash goes through
/// that door itself, for the counter's book moves with it.
///
/// # Errors
/// [`Refusal::ItemNotAllowed`], [`Refusal::NotAllowed`]; [`Refusal::Stale`] when somebody else was first.
pub fn move_items(tx: &mut Tx<'_>, issuer: &Issuer<'_>, wanted: &[Wanted<'_>]) -> Result<(), Refusal> {
    let (transfers, cash): (Vec<&Wanted<'_>>, Vec<&Wanted<'_>>) = wanted.iter().partition(|one| one.item.account.is_some());
    for one in cash {
        move_item(tx, issuer, one.line, one.item, &one.moved)?;
    }
    let Some(first) = transfers.first() else { return Ok(()) };
    let mut alike: BTreeMap<Alike<'_>, Vec<&str>> = BTreeMap::new();
    let mut postings = Vec::with_capacity(transfers.len());
    for one in &transfers {
        let (item, moved) = (one.item, &one.moved);
        let to = item.state.next(moved.step).map_err(Refusal::ItemNotAllowed)?;
        let Trace { paid_on, returned_on, return_code, evidence } = &moved.trace;
        alike.entry((item.state, to, *paid_on, *returned_on, return_code, evidence)).or_default().push(&item.id);
        let movement = moved.step.movement(item.replaces.is_some());
        postings.extend(movement.map(|movement| booking(one.line, movement, item.amount, &item.claim_id, Some(&item.id))));
    }
    for ((from, to, paid_on, returned_on, code, evidence), ids) in alike {
        let trace = Trace { paid_on, returned_on, return_code: code.to_owned(), evidence: evidence.to_owned() };
        items::advance_all(tx, &ids, from, to, &trace)?;
    }
    issuer.book(tx, first.moved.act, first.moved.document, &postings)?;
    move_claims(tx, issuer, &transfers, ItemStep::Pay, (Step::Pay, State::Paid))?;
    move_claims(tx, issuer, &transfers, ItemStep::Reverse, (Step::Reverse, State::Decreed))
}

/// Claims follow the payments that took a step: state, story and audit.
fn move_claims(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    moved: &[&Wanted<'_>],
    with: ItemStep,
    (step, to): (Step, State),
) -> Result<(), Refusal> {
    let moved: Vec<&Wanted<'_>> = moved.iter().copied().filter(|one| one.moved.step == with).collect();
    let ids: Vec<&str> = moved.iter().map(|one| one.item.claim_id.as_str()).collect();
    let heads = claims::heads(tx, &ids)?;
    let findings = events::findings_of(tx, &ids)?;
    let mut by_state: BTreeMap<State, Vec<&str>> = BTreeMap::new();
    for id in &ids {
        let head = seen(issuer, &heads, id)?;
        head.state.next(step).map_err(Refusal::NotAllowed)?;
        by_state.entry(head.state).or_default().push(*id);
    }
    for (from, ids) in by_state {
        claims::advance_all(tx, &ids, from, to, issuer.now)?;
    }
    let evidence = evidence_of(&moved, &findings)?;
    let mut story = Vec::with_capacity(moved.len());
    let mut acts = Vec::with_capacity(moved.len());
    let action = format!("claim.{}", step.code());
    for (one, evidence) in moved.iter().zip(&evidence) {
        let claim_id = one.item.claim_id.as_str();
        let head = seen(issuer, &heads, claim_id)?;
        story.push(NewEvent {
            id: new_id(),
            claim_id,
            at: issuer.now,
            actor: issuer.actor,
            step: Some(step),
            from: Some(head.state),
            to,
            reason: one.moved.reason.trim(),
            evidence,
        });
        let details = serde_json::json!({ "code": head.code, "from": head.state.code(), "to": to.code(), "verdict": head.verdict.code() });
        acts.push(audit::Act { action: &action, subject: format!("claim:{claim_id}"), details: details.to_string() });
    }
    events::add_all(tx, story)?;
    audit::append_all(tx, issuer.actor, &acts, issuer.now)?;
    Ok(())
}

/// The findings of each claim as evidence of its step.
fn evidence_of(moved: &[&Wanted<'_>], findings: &HashMap<String, Vec<Finding>>) -> Result<Vec<String>, Refusal> {
    let none = Vec::new();
    let of = |one: &&Wanted<'_>| {
        let found = findings.get(&one.item.claim_id).unwrap_or(&none);
        serde_json::to_string(found).map_err(|e| Refusal::Settings(e.to_string()))
    };
    moved.iter().map(of).collect()
}

/// A claim in the person's region; elsewhere it does not exist.
fn seen<'a>(issuer: &Issuer<'_>, heads: &'a HashMap<String, Head>, id: &str) -> Result<&'a Head, Refusal> {
    heads.get(id).filter(|head| issuer.actor.sees(&head.village)).ok_or(Refusal::NotFound)
}
