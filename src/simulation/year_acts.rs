//! The budget's year: opened, revised, closed with its promises carried over, opened again.

use chrono::Datelike;

use crate::domain::access::Role;
use crate::domain::budget::Position;
use crate::domain::claim::State;
use crate::domain::ledger::{Account, Balances, Movement};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderState};

use super::claim_acts::held;
use super::flaw::Flaw;
use super::office::{Moment, Office, Posting};
use super::refused::Refused;
use super::rows::{Line, Revision, Trail};

/// Opens the budget of this year or the next.
pub fn open(office: &mut Office, at: &Moment<'_>, year: i32, ceiling: Rupiah) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    if office.lines.rows().iter().any(|line| line.year == year) {
        return Err(Refused::Twice("mata anggaran"));
    }
    let line = office.lines.insert(Line { id: format!("L{year}"), year, open: true, kept: Balances::default() });
    office.revisions.insert(Revision { line, change: ceiling.whole() });
    office.book(at, Posting::of_line(line, Movement::Appropriate, ceiling))
}

/// Sets a ceiling: less than what is promised already is refused.
pub fn revise(office: &mut Office, at: &Moment<'_>, line: usize, ceiling: Rupiah) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let row = office.lines.get(line)?;
    if !row.open {
        return Err(Refused::NoBudget);
    }
    let position = Position::of(&row.kept).ok_or(Refused::TotalsDiffer)?;
    let more = if at.is_broken(Flaw::RevisionAdds) { Some(ceiling) } else { ceiling.checked_sub(position.ceiling) };
    let (movement, amount, change) = match (more, position.ceiling.checked_sub(ceiling)) {
        (Some(more), _) if more > Rupiah::ZERO => (Movement::Appropriate, more, more.whole()),
        (_, Some(less)) if less > Rupiah::ZERO => (Movement::Reduce, less, less.whole().saturating_neg()),
        _ => return Err(Refused::NoChange),
    };
    office.revisions.insert(Revision { line, change });
    office.book(at, Posting::of_line(line, movement, amount))
}

/// Moves a wrong revision back: a new entry that names the wrong one, once.
pub fn correct(office: &mut Office, at: &Moment<'_>, sequence: i64) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let wrong = office.journal.rows().iter().find(|posted| posted.entry.sequence == sequence).ok_or(Refused::NotFound)?;
    let (line, amount) = (wrong.line, wrong.entry.amount);
    if wrong.entry.movement != Movement::Appropriate || wrong.entry.corrects.is_some() || !office.lines.get(line)?.open {
        return Err(Refused::OwnDoor);
    }
    let corrected = office.journal.rows().iter().any(|posted| posted.entry.corrects == Some(sequence));
    if corrected && !at.is_broken(Flaw::CorrectedTwice) {
        return Err(Refused::Twice("jurnal pembalik"));
    }
    office.revisions.insert(Revision { line, change: amount.whole().saturating_neg() });
    office.book(at, Posting { corrects: Some(sequence), ..Posting::of_line(line, Movement::Appropriate, amount) })
}

/// Closes a year that is over: nothing on its way, promises taken over by the next year's line, the rest ends.
pub fn close(office: &mut Office, at: &Moment<'_>, line: usize) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let row = office.lines.get(line)?.clone();
    if !row.open || row.year >= at.today().year() {
        return Err(Refused::TooEarly);
    }
    let on_its_way = [Account::Ordered, Account::Sent, Account::Returned];
    if on_its_way.into_iter().any(|account| row.kept.holds(account) != Rupiah::ZERO) {
        return Err(Refused::StillOpen);
    }
    let next = office.line_of_year(row.year.saturating_add(1))?;
    carry_over(office, at, line, next)?;
    let free = held(office, line, Account::Free)?;
    if free > Rupiah::ZERO {
        office.book(at, Posting::of_line(line, Movement::Lapse, free))?;
    }
    office.lines.change(line, |row| row.open = false)?;
    office.trail.insert(Trail::Year { line, open: false });
    Ok(())
}

/// Every promise that is not paid goes on with the next year's line, in the order of filing; decrees without an order with it.
fn carry_over(office: &mut Office, at: &Moment<'_>, line: usize, next: usize) -> Result<(), Refused> {
    for claim in office.claims.places(|claim| claim.line == Some(line)) {
        let row = office.claims.get(claim)?.clone();
        let approved = row.state == State::Approved || row.resume == Some(State::Approved);
        let settled = |state: ItemState| state.is_living() || state == ItemState::Deposited;
        let decreed = row.state == State::Decreed && !office.items.rows().iter().any(|item| item.claim == claim && settled(item.state));
        let carry = if decreed { Movement::CarryDecreed } else { Movement::CarryCommitted };
        if !approved && !decreed {
            continue;
        }
        office.book(at, Posting::of_claim(line, carry, row.amount, claim))?;
        office.book(at, Posting::of_claim(next, Movement::Commit, row.amount, claim))?;
        if decreed {
            office.book(at, Posting::of_claim(next, Movement::Decree, row.amount, claim))?;
        }
        office.claims.change(claim, |claim| {
            claim.line = Some(next);
            claim.version += 1;
        })?;
    }
    for decree in office.decrees.places(|decree| decree.line == line && decree.amends.is_none()) {
        let lives = |order: &super::rows::Order| order.decree == Some(decree) && order.state != OrderState::Cancelled;
        if !office.orders.rows().iter().any(lives) {
            office.decrees.change(decree, |decree| decree.line = next)?;
        }
    }
    Ok(())
}

/// Opens a closed year again: what had ended with it is free again.
pub fn reopen(office: &mut Office, at: &Moment<'_>, line: usize) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    if office.lines.get(line)?.open {
        return Err(Refused::NoChange);
    }
    let lapsed = held(office, line, Account::Lapsed)?;
    if lapsed > Rupiah::ZERO {
        office.book(at, Posting::of_line(line, Movement::Revive, lapsed))?;
    }
    office.lines.change(line, |row| row.open = true)?;
    office.trail.insert(Trail::Year { line, open: true });
    Ok(())
}
