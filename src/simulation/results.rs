//! What banks answer, and what becomes of money that came back.

use chrono::Datelike;

use crate::domain::access::{Duty, Role, may_take_part};
use crate::domain::claim::{Refused as ClaimRefused, Step};
use crate::domain::payment::{ItemState, ItemStep};

use super::claim_acts::{Wish, advance, may};
use super::flaw::Flaw;
use super::office::{Moment, Office};
use super::reconcile::{Outcome, ReportLine, reconcile};
use super::refused::Refused;
use super::rows::{Correction, Heard, Item};

/// Takes a report in. Lines are taken in the order of the bank's bookings, with those of earlier reports that came out of turn; a
/// line told before changes nothing.
pub fn import(office: &mut Office, at: &Moment<'_>, lines: &[ReportLine]) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let waiting = office.heard.places(|heard| heard.outcome == Outcome::OutOfTurn);
    let waiting = waiting.into_iter().filter_map(|place| Some((Some(place), office.heard.get(place).ok()?.line.clone())));
    let mut all: Vec<(Option<usize>, ReportLine)> = waiting.chain(lines.iter().map(|line| (None, line.clone()))).collect();
    all.sort_by_key(|(_, line)| line.booking);
    for (place, line) in all {
        let told = office.heard.rows().iter().any(|heard| heard.line == line);
        if place.is_none() && told {
            continue;
        }
        take(office, at, place, line)?;
    }
    Ok(())
}

fn take(office: &mut Office, at: &Moment<'_>, place: Option<usize>, line: ReportLine) -> Result<(), Refused> {
    let mut item = office.items.places(|item| item.reference == line.reference && item.sends > 0).first().copied();
    if item.is_none() && at.is_broken(Flaw::AnswerGuessed) {
        item = office.items.places(|item| item.bank.is_some() && item.state == ItemState::Sent).first().copied();
    }
    let standing = item.and_then(|item| office.items.get(item).ok()).map(|item| (item.state, item.amount));
    let outcome = reconcile(&line, standing, false);
    match (place, item, outcome) {
        (Some(_), _, Outcome::OutOfTurn) => return Ok(()),
        (_, Some(item), Outcome::Moves(step)) => settle(office, at, item, step)?,
        _ => {}
    }
    if let Some(place) = place {
        return office.heard.change(place, |heard| heard.outcome = outcome);
    }
    office.heard.insert(Heard { line, outcome });
    Ok(())
}

fn settle(office: &mut Office, at: &Moment<'_>, item: usize, step: ItemStep) -> Result<(), Refused> {
    let row = office.items.get(item)?.clone();
    office.move_item(at, item, step)?;
    office.answerers.insert((row.order, at.by));
    match step {
        ItemStep::Pay => advance(office, at, row.claim, Step::Pay),
        ItemStep::Reverse => advance(office, at, row.claim, Step::Reverse),
        _ => Ok(()),
    }
}

/// Asks for another account or heir, old and new kept.
pub fn ask_correction(office: &mut Office, at: &Moment<'_>, item: usize, heir: usize, bank: Option<usize>) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let row = office.items.get(item)?.clone();
    if row.state != ItemState::Returned {
        return Err(Refused::StillOpen);
    }
    if office.corrections.rows().iter().any(|c| c.item == item && !c.used) {
        return Err(Refused::Twice("perbaikan"));
    }
    may(at, office.claims.get(row.claim)?, Wish { step: Step::Pay, in_words: false })?;
    office.claims.change(row.claim, |claim| claim.participants.extend(at.cast.participant(at.by, Duty::Pay)))?;
    office.corrections.insert(Correction { item, heir, bank, asked_by: at.by, approved_by: None, used: false });
    Ok(())
}

/// Approves that, by somebody who has no other duty on the claim.
pub fn approve_correction(office: &mut Office, at: &Moment<'_>, correction: usize) -> Result<(), Refused> {
    let row = office.corrections.get(correction)?.clone();
    if row.approved_by.is_some() {
        return Err(Refused::Twice("persetujuan"));
    }
    if !at.is_broken(Flaw::SelfApproved) {
        at.only(Role::Approver)?;
        let claim = office.claims.get(office.items.get(row.item)?.claim)?;
        let kin = at.cast.families.get(claim.deceased).cloned().unwrap_or_default();
        let free = may_take_part(at.actor, Duty::Approve, &claim.participants, &kin);
        free.map_err(|conflict| Refused::Claim(ClaimRefused::Conflict(conflict)))?;
    }
    office.corrections.change(correction, |row| row.approved_by = Some(at.by))
}

/// Gives returned money back to the treasury.
pub fn deposit(office: &mut Office, at: &Moment<'_>, item: usize, version: i64) -> Result<(), Refused> {
    seen(office, at, item, version)?;
    office.move_item(at, item, ItemStep::Deposit).map(|_| ())
}

/// Draws it again in the same year, for a claim that still waits for it.
pub fn redraw(office: &mut Office, at: &Moment<'_>, item: usize, version: i64) -> Result<(), Refused> {
    let row = seen(office, at, item, version)?;
    let line = office.lines.get(office.orders.get(row.order)?.line)?;
    let same_year = line.open && line.year == at.today().year();
    if !same_year && !at.is_broken(Flaw::DrawnAfterClose) {
        return Err(Refused::NoBudget);
    }
    may(at, office.claims.get(row.claim)?, Wish { step: Step::Pay, in_words: false })?;
    office.move_item(at, item, ItemStep::Redraw).map(|_| ())
}

fn seen(office: &Office, at: &Moment<'_>, item: usize, version: i64) -> Result<Item, Refused> {
    at.only(Role::Finance)?;
    let row = office.items.get(item)?;
    if row.version == version { Ok(row.clone()) } else { Err(Refused::Stale) }
}
