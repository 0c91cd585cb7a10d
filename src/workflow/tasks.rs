//! Doing what is due: looking at claims again, asking live sources. No office act waits for it.

use chrono::{DateTime, Utc};

use crate::domain::claim::State;
use crate::mail::next_attempt;
use crate::store::claims;
use crate::store::tasks::{self, Task, TaskKind};

use super::ask::ask_sources;
use super::desk::Desk;
use super::recheck::{OPEN, WATCHED, recheck};
use super::refusal::Refusal;

/// Tasks of one round.
const ROUND_TASKS_MAX: i64 = 50;
/// Claims looked at in one transaction, so that a person who files meanwhile waits for few.
const BATCH_CLAIMS: i64 = 50;

/// What one round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Worked {
    /// Done.
    pub done: usize,
    /// Put off; a later round tries again.
    pub put_off: usize,
    /// Given up; a person must look.
    pub dead: usize,
}

/// What became of a task.
pub(super) enum Ending {
    /// Nothing is left of it.
    Done,
    /// To be tried again.
    Again {
        /// Not before.
        due_at: DateTime<Utc>,
        /// Why it failed.
        why: String,
    },
    /// To be given up.
    GiveUp(String),
}

/// Does what is due, one task after the other. A task that fails is put off and does not hold up the others.
///
/// # Errors
/// [`Refusal`] when the tasks themselves cannot be read or written; what was done before stands.
pub fn work_due(desk: &Desk) -> Result<Worked, Refusal> {
    let due = desk.store.read(|conn| tasks::due(conn, desk.clock.now(), ROUND_TASKS_MAX))?;
    let mut worked = Worked::default();
    for task in due {
        let ending = match attempt(desk, &task) {
            Ok(ending) => ending,
            Err(refusal) => {
                tracing::warn!(task = %task.id, kind = task.kind.code(), code = refusal.code(), "task");
                later(&task, refusal.code().to_owned(), desk.clock.now())
            }
        };
        let counted = match &ending {
            Ending::Done => &mut worked.done,
            Ending::Again { .. } => &mut worked.put_off,
            Ending::GiveUp(_) => &mut worked.dead,
        };
        *counted = counted.saturating_add(1);
        end(desk, &task, ending)?;
    }
    Ok(worked)
}

fn attempt(desk: &Desk, task: &Task) -> Result<Ending, Refusal> {
    match task.kind {
        TaskKind::RecheckOffice => recheck_office(desk, task),
        TaskKind::RecheckClaim => recheck_claim(desk, task),
        TaskKind::AskSources => ask_sources(desk, task),
    }
}

/// The next try after this one failed, with growing pauses, or the end of it.
pub(super) fn later(task: &Task, why: String, now: DateTime<Utc>) -> Ending {
    match next_attempt(task.attempts.saturating_add(1), now) {
        Some(due_at) => Ending::Again { due_at, why },
        None => Ending::GiveUp(why),
    }
}

/// Records the ending, unless the task began anew in between: then it stays due.
fn end(desk: &Desk, task: &Task, ending: Ending) -> Result<(), Refusal> {
    desk.store.write(task.office.as_str(), |tx| {
        let Some(now) = tasks::still_due(tx, &task.id)? else { return Ok(()) };
        let begun_anew = now.due_at != task.due_at;
        match ending {
            _ if begun_anew => {}
            Ending::Done => tasks::finish(tx, &task.id)?,
            Ending::Again { due_at, why } => tasks::put_off(tx, &task.id, Some(due_at), &why)?,
            Ending::GiveUp(why) => tasks::put_off(tx, &task.id, None, &why)?,
        }
        Ok(())
    })
}

/// Every claim that is open or not paid yet, a batch a transaction; the place is kept, so that a stop of the program loses no more than a batch.
fn recheck_office(desk: &Desk, task: &Task) -> Result<Ending, Refusal> {
    loop {
        let more = desk.store.write::<_, Refusal>(task.office.as_str(), |tx| {
            let Some(here) = tasks::still_due(tx, &task.id)? else { return Ok(false) };
            let pack = desk.pack(tx, &task.office)?;
            let batch = claims::in_states_after(tx, &task.office, &WATCHED, &here.position, BATCH_CLAIMS)?;
            for claim in &batch {
                recheck(tx, &pack, claim, &here.cause, desk.clock.now())?;
            }
            let Some(last) = batch.last() else { return Ok(false) };
            tasks::go_on(tx, &task.id, &last.id)?;
            Ok(true)
        })?;
        if !more {
            return Ok(Ending::Done);
        }
    }
}

fn recheck_claim(desk: &Desk, task: &Task) -> Result<Ending, Refusal> {
    desk.store.write(task.office.as_str(), |tx| {
        let pack = desk.pack(tx, &task.office)?;
        let claim = claims::by_id(tx, &task.subject)?;
        recheck(tx, &pack, &claim, &task.cause, desk.clock.now())?;
        Ok(Ending::Done)
    })
}

/// Whether a claim is still to be decided, so that asking about it is of use.
pub(super) fn is_open(state: State) -> bool {
    OPEN.contains(&state)
}
