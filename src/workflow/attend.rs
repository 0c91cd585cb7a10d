//! Background work that did not go through, and what a person does about it.

use crate::domain::access::{Actor, Role};
use crate::domain::claim::REASON_CHARS_MIN;
use crate::store::claims::{self, Claim};
use crate::store::tasks::{self, Task};
use crate::store::{DbConn, audit};

use super::desk::Desk;
use super::refusal::Refusal;

/// Tasks shown at once; when one is settled the next one comes up.
const SHOWN_MAX: i64 = 100;

/// A task that did not go through, with its claim.
#[derive(Debug, Clone)]
pub struct Troubled {
    /// The task.
    pub task: Task,
    /// The claim it is about; none where it concerns the whole office.
    pub claim: Option<Claim>,
}

/// What a person does about a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention<'a> {
    /// Try again now.
    Again,
    /// Leave it, for a reason that stays in the audit trail.
    Close {
        /// Why it need not be done.
        reason: &'a str,
    },
}

/// Tasks that did not go through, as far as they lie in the person's region.
///
/// # Errors
/// [`Refusal`] of the database.
pub fn troubled(conn: &mut DbConn, actor: &Actor) -> Result<Vec<Troubled>, Refusal> {
    let mut found = Vec::new();
    for task in tasks::troubled(conn, &actor.office, SHOWN_MAX)? {
        match claim_of(conn, actor, &task) {
            Ok(claim) => found.push(Troubled { task, claim }),
            Err(Refusal::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

/// Tries a task again or closes it, with an entry in the audit trail.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::NotFound`] outside the region or once it is done, [`Refusal::ReasonMissing`].
pub fn attend(desk: &Desk, actor: &Actor, task_id: &str, attention: Attention<'_>) -> Result<(), Refusal> {
    if !matches!(actor.role, Role::Admin | Role::Verifier) {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let task = tasks::by_id(tx, &actor.office, task_id)?;
        let claim = claim_of(tx, actor, &task)?;
        let (act, reason) = match attention {
            Attention::Again => ("task.again", ""),
            Attention::Close { reason } => ("task.close", reason.trim()),
        };
        if act == "task.close" && reason.chars().count() < REASON_CHARS_MIN {
            return Err(Refusal::ReasonMissing);
        }
        match attention {
            Attention::Again => tasks::revive(tx, &task, desk.clock.now())?,
            Attention::Close { .. } => tasks::finish(tx, &task.id)?,
        }
        let details = serde_json::json!({
            "kind": task.kind.code(), "claim": claim.map(|claim| claim.code), "cause": task.cause,
            "attempts": task.attempts, "last_error": task.last_error, "reason": reason,
        });
        audit::append(tx, actor, act, &format!("task:{}", task.id), &details.to_string(), desk.clock.now())?;
        Ok(())
    })
}

/// The claim of a task; work for the whole office belongs to those who see the whole office.
fn claim_of(conn: &mut DbConn, actor: &Actor, task: &Task) -> Result<Option<Claim>, Refusal> {
    if task.subject.is_empty() {
        return if actor.region == actor.office { Ok(None) } else { Err(Refusal::NotFound) };
    }
    Ok(Some(claims::load(conn, actor, &task.subject)?))
}
