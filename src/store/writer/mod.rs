//! The one writer of an embedded database: acts that wait are committed together, each failing alone (`docs/adr/0013`).
//!
//! Nobody else's thread runs an act: whoever wants to write waits at the [`Door`] for the [`Seat`] at the one connection, runs
//! their own act there inside a savepoint, gives the seat on and waits for the [fate](seat::Fate) of the group. Whoever finds the door
//! without a queue commits for all. Alone, an act is one transaction and one commit, with nothing to wait for.

mod past;
mod seat;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use super::conn::DatabaseUrl;
use super::error::StoreError;
use super::{CONNECTION_WAIT, Tx, files};
use crate::domain::crosscheck::Meanwhile;

pub use past::{Change, Seen};

use past::Past;
use seat::{Seat, Unkept};

/// Acts that share one commit at most.
const GROUP_ACTS_MAX: usize = 256;
/// After this long a group takes nobody in any more, so that its first act is answered soon however many wait. Tests put groups
/// together by hand on machines that may stand still meanwhile.
const GROUP_AGE_MAX: Duration = Duration::from_millis(if cfg!(test) { 60_000 } else { 20 });

/// Whom an act may share its transaction with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// Anybody who waits.
    Any,
    /// Nobody before it: it takes so long that others should not have to wait for its end to hear that their own act is kept.
    OnlyLater,
}

/// The writer of one database in this process.
pub(super) struct Writer {
    door: Mutex<Door>,
    past: Arc<Past>,
    /// How many read ahead now.
    ahead: Mutex<usize>,
    ahead_changed: Condvar,
}

/// A turn to read ahead; it ends when it is dropped.
pub(super) struct Ahead<'a>(&'a Writer);

impl Drop for Ahead<'_> {
    fn drop(&mut self) {
        let mut reading = self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *reading = reading.saturating_sub(1);
        self.0.ahead_changed.notify_one();
    }
}

struct Door {
    turn: Turn,
    queue: VecDeque<Arc<Waiter>>,
    /// Counts those who ever waited; names them.
    arrived: u64,
    /// Acts of the open group whose files are not on the disk yet. The group waits for them, and takes others in meanwhile.
    sealing: usize,
    /// Why the open group cannot be kept, if a file of it could not.
    spoiled: Option<Unkept>,
}

/// Who has the seat.
enum Turn {
    /// Nobody: whoever comes may take it.
    Free(Seat),
    /// A waiter who was called and is on the way.
    Called(Seat, u64),
    /// This thread is running its act, or commits for all.
    Taken(ThreadId),
}

struct Waiter {
    number: u64,
    company: Company,
    called: Condvar,
}

impl Writer {
    /// A writer that opens its connection when it is first needed.
    pub fn new(url: DatabaseUrl) -> Self {
        let past = Arc::new(Past::default());
        let turn = Turn::Free(Seat::new(url, Arc::clone(&past)));
        Self {
            door: Mutex::new(Door { turn, queue: VecDeque::new(), arrived: 0, sealing: 0, spoiled: None }),
            past,
            ahead: Mutex::default(),
            ahead_changed: Condvar::new(),
        }
    }

    /// Waits for a turn to read ahead. So many as there are processors besides the one that the act in the seat needs: with more of them
    /// whoever is called to the seat would find no processor free.
    pub fn turn_to_read_ahead(&self) -> Ahead<'_> {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let turns = processors.saturating_sub(1).max(1);
        let mut reading = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        while *reading >= turns {
            reading = self.ahead_changed.wait(reading).unwrap_or_else(PoisonError::into_inner);
        }
        *reading = reading.saturating_add(1);
        Ahead(self)
    }

    /// Where a reading that begins now stands among the acts.
    pub fn seen(&self) -> Seen {
        self.past.seen()
    }

    /// What happened since, or `None` when perhaps anything has changed; asked inside an act.
    pub fn since(&self, seen: Seen) -> Option<Vec<Arc<Meanwhile>>> {
        self.past.since(seen)
    }

    /// Runs an act on the one connection and returns when it is durable. A refusal or a panic undoes this act alone; the answer,
    /// also a refusal, is given only when everything it may have seen is durable too.
    ///
    /// # Errors
    /// Whatever `work` returns; [`StoreError::Busy`] when the door stays shut, or at once for a write inside a write;
    /// [`StoreError::Uncommitted`] to everybody in the group when the disk could not keep it.
    pub fn write<T, E: From<StoreError>>(&self, company: Company, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut seat = self.enter(company)?;
        let conn = match seat.begin() {
            Ok(conn) => conn,
            Err(fault) => {
                self.leave(seat, 0);
                return Err(fault.into());
            }
        };
        let mut tx = Tx { writer: Some(self), ..Tx::over(conn) };
        // The act is undone as a whole, so nobody sees what a panic left half done.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
        let (files, change) = (tx.files, tx.change);
        let kept = matches!(outcome, Ok(Ok(_)));
        let fate = seat.end(kept.then_some(change));
        let sealing = kept && !files.is_empty();
        self.leave(seat, usize::from(sealing));
        if sealing {
            // Outside the door: many threads' files reach the disk together while other acts run.
            self.sealed(files::seal(files).map_err(|fault| Unkept::new(&fault)));
        }
        let answer = outcome.unwrap_or_else(|panic| resume_unwind(panic));
        if let Some(fate) = fate {
            fate.known()?;
        }
        answer
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the seat in the order of coming.
    fn enter(&self, company: Company) -> Result<Seat, StoreError> {
        let me = std::thread::current().id();
        let mut door = self.door();
        if matches!(door.turn, Turn::Taken(holder) if holder == me) {
            tracing::error!("a write inside a write: it would wait for itself");
            return Err(StoreError::Busy);
        }
        if door.queue.is_empty()
            && !door.must_close(Some(company))
            && let Some(seat) = door.take(me, None)
        {
            return Ok(seat);
        }
        let waiter = door.join(company);
        let deadline = Instant::now().checked_add(CONNECTION_WAIT);
        loop {
            if let Some(seat) = door.take(me, Some(waiter.number)) {
                return Ok(seat);
            }
            let left = deadline.map_or(CONNECTION_WAIT, |at| at.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                door.queue.retain(|other| other.number != waiter.number);
                self.go_on(door);
                return Err(StoreError::Busy);
            }
            door = waiter.called.wait_timeout(door, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Gives the seat back, with so many acts whose files are still on their way.
    fn leave(&self, seat: Seat, sealing: usize) {
        let mut door = self.door();
        door.turn = Turn::Free(seat);
        door.sealing = door.sealing.saturating_add(sealing);
        self.go_on(door);
    }

    /// Notes that one act's files are on the disk, or cannot be.
    fn sealed(&self, outcome: Result<(), Unkept>) {
        let mut door = self.door();
        door.sealing = door.sealing.saturating_sub(1);
        if let Err(fault) = outcome {
            door.spoiled.get_or_insert(fault);
        }
        self.go_on(door);
    }

    /// What comes next when the seat is free: the next in the queue, or the commit when nobody waits or the group is full.
    fn go_on<'a>(&'a self, mut door: MutexGuard<'a, Door>) {
        let next = door.queue.front().map(|waiter| waiter.company);
        if door.must_close(next) {
            if door.sealing > 0 {
                return; // The last of them comes by here again.
            }
            let spoiled = door.spoiled.take();
            let Some(mut seat) = door.take(std::thread::current().id(), None) else { return };
            drop(door);
            seat.close(spoiled);
            door = self.door();
            door.turn = Turn::Free(seat);
        }
        door.call_next();
    }

    /// How many wait, for tests that want them to.
    #[cfg(test)]
    fn waiting(&self) -> usize {
        self.door().queue.len()
    }
}

impl Door {
    /// Whether the open group has to be committed before the one who would come next, if anybody.
    fn must_close(&self, next: Option<Company>) -> bool {
        let Turn::Free(seat) = &self.turn else { return false };
        let Some(group) = seat.group() else { return false };
        let full = group.acts() >= GROUP_ACTS_MAX || group.age() >= GROUP_AGE_MAX;
        full || group.is_broken() || self.spoiled.is_some() || next != Some(Company::Any)
    }

    fn join(&mut self, company: Company) -> Arc<Waiter> {
        self.arrived = self.arrived.wrapping_add(1);
        let waiter = Arc::new(Waiter { number: self.arrived, company, called: Condvar::new() });
        self.queue.push_back(Arc::clone(&waiter));
        waiter
    }

    /// The seat, for somebody who was called or, without a number, if it is free.
    fn take(&mut self, me: ThreadId, called: Option<u64>) -> Option<Seat> {
        match (std::mem::replace(&mut self.turn, Turn::Taken(me)), called) {
            (Turn::Free(seat), None) => Some(seat),
            (Turn::Called(seat, number), Some(called)) if number == called => Some(seat),
            (other, _) => {
                self.turn = other;
                None
            }
        }
    }

    fn call_next(&mut self) {
        if !matches!(self.turn, Turn::Free(_)) {
            return;
        }
        let Some(next) = self.queue.pop_front() else { return };
        // The thread of this moment stands in only until the next line.
        if let Some(seat) = self.take(std::thread::current().id(), None) {
            self.turn = Turn::Called(seat, next.number);
            next.called.notify_one();
        }
    }
}
