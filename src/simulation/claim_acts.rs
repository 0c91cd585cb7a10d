//! Filing and deciding, with the money a decision moves.

use chrono::Datelike;

use crate::domain::access::{Duty, Interested, Role};
use crate::domain::budget::Position;
use crate::domain::claim::{Action, ActionFacts, Refused as ClaimRefused, State, Step, decide, duty_of};
use crate::domain::crosscheck::Verdict;
use crate::domain::ledger::{Account, Movement};
use crate::domain::money::Rupiah;

use super::flaw::Flaw;
use super::office::{Moment, Office, Posting};
use super::refused::Refused;
use super::request::Act;
use super::rows::{Answered, Claim, NumberKind, Trail};

const REASON: &str = "alasan yang cukup panjang";

/// A step somebody wants to take, with a reason or without.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub step: Step,
    pub in_words: bool,
}

/// Files a claim. Told twice with one key it is one claim; one death has one living claim.
pub fn file(office: &mut Office, at: &Moment<'_>, act: &Act) -> Result<(), Refused> {
    let Act::File { key, deceased, heir, amount, bank, doubtful } = act else { return Err(Refused::NotFound) };
    at.only(Role::Operator)?;
    if let Some(earlier) = office.answered.rows().iter().find(|answered| answered.key == *key) {
        return if earlier.deceased == *deceased { Ok(()) } else { Err(Refused::KeyReused) };
    }
    let lives = |claim: &Claim| claim.deceased == *deceased && !claim.state.is_terminal();
    if office.claims.rows().iter().any(lives) && !at.is_broken(Flaw::SecondClaim) {
        return Err(Refused::Twice("permohonan"));
    }
    let numbered = office.number(at, NumberKind::Claim)?;
    let claim = office.claims.insert(Claim {
        code: format!("K{}-{:04}", numbered.year, numbered.number),
        deceased: *deceased,
        heir: *heir,
        amount: *amount,
        bank: *bank,
        verdict: if *doubtful { Verdict::Ineligible } else { Verdict::Eligible },
        state: State::Submitted,
        resume: None,
        approved_on: None,
        line: None,
        participants: at.cast.participant(at.by, Duty::File).into_iter().collect(),
        version: 1,
    });
    office.answered.insert(Answered { key: *key, deceased: *deceased, claim });
    office.trail.insert(Trail::Claim { claim, step: None, to: State::Submitted, by: at.by });
    Ok(())
}

/// What a decision rests on.
pub fn facts(at: &Moment<'_>, claim: &Claim) -> ActionFacts {
    let kin = at.cast.families.get(claim.deceased).filter(|_| !at.is_broken(Flaw::OwnFamilyDecides));
    ActionFacts {
        state: claim.state,
        resume: claim.resume,
        verdict: claim.verdict,
        participants: if at.is_broken(Flaw::DutiesForgotten) { Vec::new() } else { claim.participants.clone() },
        interested: kin.cloned().unwrap_or_else(Interested::default),
    }
}

/// Whether this person may take a step on a claim, and where it leads; nothing is changed.
pub fn may(at: &Moment<'_>, claim: &Claim, wish: Wish) -> Result<State, ClaimRefused> {
    let reason = if wish.in_words { REASON.to_owned() } else { String::new() };
    decide(&Action { step: wish.step, reason }, at.actor, &facts(at, claim))
}

/// Takes a step on the claim the person saw.
pub fn step(office: &mut Office, at: &Moment<'_>, claim: usize, version: i64, wish: Wish) -> Result<(), Refused> {
    let row = seen(office, at, claim, version)?;
    if row.state == State::Rejected && at.is_broken(Flaw::RefusalReopened) {
        return office.claims.change(claim, |row| row.state = State::Verified);
    }
    match wish.step {
        Step::Queue | Step::Decree | Step::Strike | Step::Pay | Step::Reverse | Step::Annul => return Err(Refused::OwnDoor),
        _ => {}
    }
    let step = affordable(office, at, claim, &row, wish.step)?;
    let to = match may(at, &row, Wish { step, ..wish }) {
        Ok(to) => to,
        Err(ClaimRefused::NotAllowed(_)) if step == Step::Approve && at.is_broken(Flaw::StateTableIgnored) => State::Approved,
        Err(refused) => return Err(refused.into()),
    };
    let by_table = duty_of(step, at.actor.role);
    let note_duty = |row: &mut Claim| row.participants.extend(by_table.and_then(|duty| at.cast.participant(at.by, duty)));
    let resume = (step == Step::Hold).then_some(row.state);
    office.claims.change(claim, |row| {
        row.state = to;
        row.resume = resume;
        row.version += 1;
        note_duty(row);
    })?;
    if !(at.is_broken(Flaw::TrailForgotten) && step == Step::Hold) {
        office.trail.insert(Trail::Claim { claim, step: Some(step), to, by: at.by });
    }
    move_money(office, at, claim, &row, step)
}

/// The claim as the person saw it.
fn seen(office: &Office, at: &Moment<'_>, claim: usize, version: i64) -> Result<Claim, Refused> {
    let row = office.claims.get(claim)?.clone();
    if row.version == version || at.is_broken(Flaw::StaleTaken) { Ok(row) } else { Err(Refused::Stale) }
}

/// An approval the ceiling does not hold becomes a place on the waiting list; from there it is refused until money comes, and until
/// nobody waits longer.
fn affordable(office: &mut Office, at: &Moment<'_>, claim: usize, row: &Claim, step: Step) -> Result<Step, Refused> {
    if step != Step::Approve || !matches!(row.state, State::Verified | State::Waiting) {
        return Ok(step);
    }
    let line = office.line_of_year(at.today().year())?;
    let first = office.claims.places(|claim| claim.state == State::Waiting).first().copied().filter(|first| *first != claim);
    if first.is_some() && !at.is_broken(Flaw::QueueJumped) {
        return if row.state == State::Waiting { Err(Refused::EarlierWaits) } else { Ok(Step::Queue) };
    }
    let position = Position::of(&office.lines.get(line)?.kept).ok_or(Refused::TotalsDiffer)?;
    match position.can_promise(row.amount) {
        Ok(()) => Ok(Step::Approve),
        Err(_) if at.is_broken(Flaw::MoneyFromNowhere) => {
            office.book(at, Posting::of_line(line, Movement::Appropriate, row.amount))?;
            Ok(Step::Approve)
        }
        Err(full) if row.state == State::Waiting => Err(Refused::Ceiling(full)),
        Err(_queued) => Ok(Step::Queue),
    }
}

/// Promises or gives back money, in the transaction of its cause.
fn move_money(office: &mut Office, at: &Moment<'_>, claim: usize, row: &Claim, step: Step) -> Result<(), Refused> {
    match step {
        Step::Approve => {
            let line = office.line_of_year(at.today().year())?;
            office.claims.change(claim, |row| {
                row.line = Some(line);
                row.approved_on = Some(at.today());
            })?;
            office.book(at, Posting::of_claim(line, Movement::Commit, row.amount, claim))
        }
        // Held after its approval, a claim that is withdrawn still had money promised.
        Step::Withdraw if row.resume == Some(State::Approved) => give_back(office, at, claim, row),
        _ => Ok(()),
    }
}

/// Gives a promise back to its line.
pub fn give_back(office: &mut Office, at: &Moment<'_>, claim: usize, row: &Claim) -> Result<(), Refused> {
    let line = row.line.ok_or(Refused::NoBudget)?;
    office.book(at, Posting::of_claim(line, Movement::Release, row.amount, claim))
}

/// Moves a claim with its money: by decree, payment, or what takes them back.
pub fn advance(office: &mut Office, at: &Moment<'_>, claim: usize, step: Step) -> Result<(), Refused> {
    let row = office.claims.get(claim)?;
    let to = match row.state.next(step).map_err(Refused::Step)? {
        crate::domain::claim::Next::To(to) => to,
        crate::domain::claim::Next::Back => return Err(Refused::OwnDoor),
    };
    let participant = duty_of(step, at.actor.role).and_then(|duty| at.cast.participant(at.by, duty));
    office.claims.change(claim, |row| {
        row.state = to;
        row.version += 1;
        row.participants.extend(participant);
    })?;
    office.trail.insert(Trail::Claim { claim, step: Some(step), to, by: at.by });
    Ok(())
}

/// What an account of a line holds, as kept.
pub fn held(office: &Office, line: usize, account: Account) -> Result<Rupiah, Refused> {
    Ok(office.lines.get(line)?.kept.holds(account))
}
