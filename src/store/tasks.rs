//! Work that follows from an act and is done soon after it.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::tasks;
use super::{DbConn, StoreError, Tx};
use crate::domain::region::RegionCode;

/// Longest error text kept, in characters.
const ERROR_CHARS_MAX: usize = 500;

const DUE: &str = "due";
const DEAD: &str = "dead";

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Look at every open claim of the office again, in batches.
    RecheckOffice,
    /// Look at one claim again.
    RecheckClaim,
    /// Ask the live sources about a claim.
    AskSources,
}

/// A row of `tasks`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = tasks, treat_none_as_default_value = false)]
struct TaskRow {
    id: String,
    office_id: String,
    kind: String,
    subject: String,
    cause: String,
    position: String,
    state: String,
    attempts: i64,
    due_at: NaiveDateTime,
    last_error: String,
    queued_at: NaiveDateTime,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Id.
    pub id: String,
    /// Office.
    pub office: RegionCode,
    /// What is to be done.
    pub kind: TaskKind,
    /// Claim id; empty for the whole office.
    pub subject: String,
    /// What it follows from, for the audit trail.
    pub cause: String,
    /// Last claim that was looked at; empty at the beginning.
    pub position: String,
    /// Failed tries so far.
    pub attempts: u32,
    /// Not before.
    pub due_at: DateTime<Utc>,
    /// Why the last try failed.
    pub last_error: String,
    /// Since when it waits.
    pub queued_at: DateTime<Utc>,
    /// Whether it was given up; then only a person starts it again.
    pub given_up: bool,
}

impl TaskKind {
    const ALL: [Self; 3] = [Self::RecheckOffice, Self::RecheckClaim, Self::AskSources];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::RecheckOffice => "recheck_office",
            Self::RecheckClaim => "recheck_claim",
            Self::AskSources => "ask_sources",
        }
    }
}

/// A task to be queued.
#[derive(Debug, Clone, Copy)]
pub struct NewTask<'a> {
    /// What is to be done.
    pub kind: TaskKind,
    /// Claim id; empty for the whole office.
    pub subject: &'a str,
    /// What it follows from.
    pub cause: &'a str,
}

/// Queues a task in the transaction of its cause, due at once. One that is due already begins anew instead of standing there twice.
///
/// # Errors
/// [`StoreError`].
pub fn queue(tx: &mut Tx<'_>, id: String, office: &RegionCode, new: NewTask<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let there = tasks::table.filter(tasks::office_id.eq(office.as_str())).filter(tasks::kind.eq(new.kind.code()));
    let there = there.filter(tasks::subject.eq(new.subject)).filter(tasks::state.eq(DUE));
    let afresh = (tasks::position.eq(""), tasks::attempts.eq(0_i64), tasks::due_at.eq(now.naive_utc()), tasks::cause.eq(new.cause));
    if diesel::update(there).set(afresh).execute(&mut **tx)? > 0 {
        return Ok(());
    }
    let row = TaskRow {
        id,
        office_id: office.to_string(),
        kind: new.kind.code().to_owned(),
        subject: new.subject.to_owned(),
        cause: new.cause.to_owned(),
        position: String::new(),
        state: DUE.to_owned(),
        attempts: 0,
        due_at: now.naive_utc(),
        last_error: String::new(),
        queued_at: now.naive_utc(),
    };
    diesel::insert_into(tasks::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Tasks that are due, the longest waiting first.
///
/// # Errors
/// [`StoreError`].
pub fn due(conn: &mut DbConn, now: DateTime<Utc>, limit: i64) -> Result<Vec<Task>, StoreError> {
    let rows: Vec<TaskRow> = tasks::table
        .filter(tasks::state.eq(DUE))
        .filter(tasks::due_at.le(now.naive_utc()))
        .order((tasks::due_at, tasks::id))
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(TaskRow::into_task).collect()
}

/// A task as it stands now, inside the transaction that works on it; none once it is done or given up.
///
/// # Errors
/// [`StoreError`].
pub fn still_due(tx: &mut Tx<'_>, id: &str) -> Result<Option<Task>, StoreError> {
    let row = tasks::table.find(id).filter(tasks::state.eq(DUE)).get_result::<TaskRow>(&mut **tx).optional()?;
    row.map(TaskRow::into_task).transpose()
}

/// Every task of an office that is not done, for the people who look after the system.
///
/// # Errors
/// [`StoreError`].
pub fn open(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Task>, StoreError> {
    let rows: Vec<TaskRow> = tasks::table.filter(tasks::office_id.eq(office.as_str())).order((tasks::due_at, tasks::id)).load(conn)?;
    rows.into_iter().map(TaskRow::into_task).collect()
}

/// Tasks of an office that did not go through so far: given up, or failed at least once; the given-up ones first, then the oldest.
///
/// # Errors
/// [`StoreError`].
pub fn troubled(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<Task>, StoreError> {
    let rows = tasks::table.filter(tasks::office_id.eq(office.as_str())).filter(tasks::state.eq(DEAD).or(tasks::attempts.gt(0)));
    let rows: Vec<TaskRow> = rows.order((tasks::state, tasks::queued_at, tasks::id)).limit(limit).load(conn)?;
    rows.into_iter().map(TaskRow::into_task).collect()
}

/// A task of an office, in whatever state.
///
/// # Errors
/// [`StoreError::NotFound`] once it is done.
pub fn by_id(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Task, StoreError> {
    tasks::table.find(id).filter(tasks::office_id.eq(office.as_str())).get_result::<TaskRow>(conn)?.into_task()
}

/// Starts a task again, due at once and with all its tries; one that was given up and was queued anew meanwhile just goes.
///
/// # Errors
/// [`StoreError`].
pub fn revive(tx: &mut Tx<'_>, task: &Task, now: DateTime<Utc>) -> Result<(), StoreError> {
    let same = tasks::table.filter(tasks::office_id.eq(task.office.as_str())).filter(tasks::kind.eq(task.kind.code()));
    let same = same.filter(tasks::subject.eq(&task.subject)).filter(tasks::state.eq(DUE)).filter(tasks::id.ne(&task.id));
    let others: i64 = same.count().get_result(&mut **tx)?;
    if others > 0 {
        return finish(tx, &task.id);
    }
    diesel::update(tasks::table.find(&task.id))
        .set((tasks::state.eq(DUE), tasks::attempts.eq(0_i64), tasks::due_at.eq(now.naive_utc())))
        .execute(&mut **tx)?;
    Ok(())
}

/// A task is done.
///
/// # Errors
/// [`StoreError`].
pub fn finish(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    diesel::delete(tasks::table.find(id)).execute(&mut **tx)?;
    Ok(())
}

/// A batch is done; the task goes on behind `position`.
///
/// # Errors
/// [`StoreError`].
pub fn go_on(tx: &mut Tx<'_>, id: &str, position: &str) -> Result<(), StoreError> {
    diesel::update(tasks::table.find(id)).set(tasks::position.eq(position)).execute(&mut **tx)?;
    Ok(())
}

/// A try failed: again not before `due_at`, or given up without one.
///
/// # Errors
/// [`StoreError`].
pub fn put_off(tx: &mut Tx<'_>, id: &str, due_at: Option<DateTime<Utc>>, error: &str) -> Result<(), StoreError> {
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    let task = tasks::table.find(id);
    match due_at {
        Some(at) => diesel::update(task)
            .set((tasks::attempts.eq(tasks::attempts + 1), tasks::due_at.eq(at.naive_utc()), tasks::last_error.eq(error)))
            .execute(&mut **tx)?,
        None => diesel::update(task)
            .set((tasks::attempts.eq(tasks::attempts + 1), tasks::state.eq(DEAD), tasks::last_error.eq(error)))
            .execute(&mut **tx)?,
    };
    Ok(())
}

impl TaskRow {
    fn into_task(self) -> Result<Task, StoreError> {
        let row = RowOf { table: "tasks", id: &self.id };
        Ok(Task {
            office: row.region(&self.office_id)?,
            kind: row.known(TaskKind::ALL.into_iter().find(|kind| kind.code() == self.kind), "kind")?,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            due_at: utc(self.due_at),
            queued_at: utc(self.queued_at),
            given_up: self.state == DEAD,
            subject: self.subject,
            cause: self.cause,
            position: self.position,
            last_error: self.last_error,
            id: self.id,
        })
    }
}
