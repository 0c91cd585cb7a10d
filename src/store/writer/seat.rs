//! The one connection and the group of acts that is open on it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::super::conn::{self, DatabaseUrl, DbConn};
use super::super::dialect;
use super::super::error::StoreError;
use super::past::{Change, Past};

/// Only one thread has it at a time.
pub(super) struct Seat {
    url: DatabaseUrl,
    /// None before the first act and after a failure that leaves the connection's state in doubt.
    conn: Option<DbConn>,
    group: Option<Group>,
    past: Arc<Past>,
    /// The database's count of what others have committed, as this connection last saw it.
    others: Option<i64>,
}

/// Acts in one transaction, the first without a savepoint of its own: alone it is a plain transaction.
pub(super) struct Group {
    fate: Arc<Fate>,
    acts: usize,
    begun: Instant,
    broken: Option<Unkept>,
}

impl Group {
    fn begin() -> Self {
        Self { fate: Arc::default(), acts: 0, begun: Instant::now(), broken: None }
    }

    /// Acts that ran, refused ones too.
    pub fn acts(&self) -> usize {
        self.acts
    }

    /// Time since its first act began.
    pub fn age(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Whether the database undid more than it was asked to, as it does when the disk fails.
    pub fn is_broken(&self) -> bool {
        self.broken.is_some()
    }
}

impl Seat {
    pub fn new(url: DatabaseUrl, past: Arc<Past>) -> Self {
        Self { url, conn: None, group: None, past, others: None }
    }

    pub fn group(&self) -> Option<&Group> {
        self.group.as_ref()
    }

    /// Begins an act: a transaction, or a savepoint in the one that is open.
    pub fn begin(&mut self) -> Result<&mut DbConn, StoreError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => {
                // Another connection counts from elsewhere.
                self.others = None;
                conn::open(&self.url)?
            }
        };
        match &mut self.group {
            None => {
                // A connection that could not begin is not kept: nobody knows why.
                dialect::begin_write(&mut conn)?;
                let others = dialect::commits_of_others(&mut conn)?;
                if self.others.replace(others) != Some(others) {
                    self.past.note(Change::Anything);
                }
                self.group = Some(Group::begin());
            }
            Some(group) => {
                if let Err(fault) = dialect::begin_act(&mut conn) {
                    group.broken = Some(Unkept::new(&fault));
                    self.conn = Some(conn);
                    return Err(fault);
                }
            }
        }
        Ok(self.conn.insert(conn))
    }

    /// Ends an act, undoing it alone where it changed nothing because it is not to be kept. Returns whose fate its answer hangs on: an
    /// act that was refused before anybody else's has seen nothing that could still be undone.
    pub fn end(&mut self, change: Option<Change>) -> Option<Arc<Fate>> {
        let kept = change.is_some();
        if let Some(change) = change {
            self.past.note(change);
        }
        let (conn, group) = (self.conn.as_mut()?, self.group.as_mut()?);
        if group.acts == 0 && !kept {
            self.group = None;
            self.undo_all();
            return None;
        }
        if group.acts > 0 {
            let ended = if kept { dialect::keep_act(conn) } else { dialect::undo_act(conn) };
            if let Err(fault) = ended {
                group.broken.get_or_insert(Unkept::new(&fault));
            }
        }
        group.acts = group.acts.saturating_add(1);
        Some(Arc::clone(&group.fate))
    }

    /// Commits the group and tells everybody in it; with a fault of its files, undoes it.
    pub fn close(&mut self, spoiled: Option<Unkept>) {
        let Some(group) = self.group.take() else { return };
        let outcome = match (group.broken.or(spoiled), &mut self.conn) {
            (None, Some(conn)) => dialect::commit(conn).map_err(|fault| Unkept::new(&fault)),
            (fault, _) => Err(fault.unwrap_or_else(Unkept::without_connection)),
        };
        if let Err(fault) = &outcome {
            tracing::error!(%fault, acts = group.acts, "a group of acts was not committed");
            self.undo_all();
            // What the disk kept of it is read anew, not remembered.
            self.conn = None;
        }
        self.past.group_is_over();
        group.fate.tell(outcome);
    }

    fn undo_all(&mut self) {
        if let Some(conn) = &mut self.conn {
            dialect::roll_back(conn);
            if dialect::is_in_doubt(conn) {
                self.conn = None;
            }
        }
    }
}

/// Why acts were not kept, in the words of disk or database.
#[derive(Debug, Clone)]
pub(super) struct Unkept(String);

impl Unkept {
    pub fn new(fault: &dyn std::error::Error) -> Self {
        let words = std::iter::successors(Some(fault), |fault| fault.source()).map(ToString::to_string);
        Self(words.collect::<Vec<_>>().join(": "))
    }

    fn without_connection() -> Self {
        Self("sambungan basis data terputus".into())
    }
}

impl std::fmt::Display for Unkept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What becomes of a group: everybody in it waits to hear.
#[derive(Default)]
pub(super) struct Fate {
    told: Mutex<Option<Result<(), Unkept>>>,
    changed: Condvar,
}

impl Fate {
    fn tell(&self, outcome: Result<(), Unkept>) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        self.changed.notify_all();
    }

    /// Waits until the group is committed or undone.
    pub fn known(&self) -> Result<(), StoreError> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match &*told {
                Some(Ok(())) => return Ok(()),
                Some(Err(fault)) => return Err(StoreError::Uncommitted(fault.to_string())),
                None => told = self.changed.wait(told).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
