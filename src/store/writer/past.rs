//! What acts did since somebody looked: whether facts gathered before an act still hold inside it (`docs/adr/0070`).
//!
//! Acts are counted as they are kept in the open group, and again when the group is committed. Who reads notes the last committed
//! number *before* the reading begins; whatever has a higher number inside the act may not have been seen. An act says what it
//! changed; one that says nothing has changed anything. Another process that writes is noticed by the database's own counter.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::crosscheck::Meanwhile;

/// Acts remembered. Who looked longer ago gathers anew.
const REMEMBERED_MAX: usize = 1_024;

/// What an act changed of what other claims are looked at by.
#[derive(Debug, Clone)]
pub enum Change {
    /// Nothing: it noted something in the audit trail, that a mail went out, that a letter is drawn.
    Nothing,
    /// This and nothing else.
    This(Arc<Meanwhile>),
    /// Perhaps anything.
    Anything,
}

/// A place in the order of acts, up to which a reader has certainly seen everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(u64);

/// The acts of this process on one database.
#[derive(Debug, Default)]
pub(super) struct Past(Mutex<Acts>);

#[derive(Debug, Default)]
struct Acts {
    /// Number of the last act that was kept in its group.
    kept: u64,
    /// Number of the last act whose group is over.
    over: u64,
    /// The last acts, the newest at the end; the number of the newest is `kept`.
    changes: VecDeque<Change>,
}

impl Past {
    fn acts(&self) -> MutexGuard<'_, Acts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a reading that begins now stands.
    pub fn seen(&self) -> Seen {
        Seen(self.acts().over)
    }

    /// Notes an act that was kept in the open group, or somebody else's on the same database.
    pub fn note(&self, change: Change) {
        let mut acts = self.acts();
        acts.kept = acts.kept.saturating_add(1);
        acts.changes.push_back(change);
        if acts.changes.len() > REMEMBERED_MAX {
            acts.changes.pop_front();
        }
    }

    /// The open group is over: committed, and everybody who begins to read sees it; or undone, and there is nothing to see.
    pub fn group_is_over(&self) {
        let mut acts = self.acts();
        acts.over = acts.kept;
    }

    /// What happened since, or `None` when perhaps anything has changed.
    pub fn since(&self, Seen(number): Seen) -> Option<Vec<Arc<Meanwhile>>> {
        let acts = self.acts();
        let unseen = usize::try_from(acts.kept.saturating_sub(number)).ok()?;
        let begin = acts.changes.len().checked_sub(unseen)?;
        let mut known = Vec::new();
        for change in acts.changes.range(begin..) {
            match change {
                Change::Nothing => {}
                Change::This(change) => known.push(Arc::clone(change)),
                Change::Anything => return None,
            }
        }
        Some(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(past: &Past, change: Change) {
        past.note(change);
        past.group_is_over();
    }

    #[test]
    fn an_act_that_says_nothing_may_have_changed_anything() {
        let past = Past::default();
        let seen = past.seen();
        change(&past, Change::Nothing);
        assert!(past.since(seen).is_some_and(|known| known.is_empty()));
        change(&past, Change::Anything);
        assert!(past.since(seen).is_none());
        assert!(past.since(past.seen()).is_some());
    }

    #[test]
    fn an_act_that_is_not_committed_yet_was_seen_by_no_reader() {
        let past = Past::default();
        past.note(Change::Anything);
        let seen = past.seen();
        assert!(past.since(seen).is_none(), "kept in its group, not yet to be read");
        past.group_is_over();
        assert!(past.since(seen).is_none(), "who began to read before cannot know");
        assert!(past.since(past.seen()).is_some());
    }

    #[test]
    fn who_looked_too_long_ago_gathers_anew() {
        let past = Past::default();
        let seen = past.seen();
        (0..REMEMBERED_MAX).for_each(|_| change(&past, Change::Nothing));
        assert!(past.since(seen).is_some());
        change(&past, Change::Nothing);
        assert!(past.since(seen).is_none());
    }
}
