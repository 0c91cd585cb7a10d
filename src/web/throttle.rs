//! Counting tries, so that nobody guesses passwords or claim codes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Keys remembered at once; beyond that the oldest windows go first.
const KEYS_MAX: usize = 50_000;

/// How many tries a key has in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Tries.
    pub tries: u32,
    /// Length of the window.
    pub window: TimeDelta,
}

/// Wrong passwords for one account from one address.
pub const LOGIN_PER_ACCOUNT: Allowance = Allowance { tries: 5, window: TimeDelta::minutes(15) };
/// Wrong passwords from one address; a village shares one.
pub const LOGIN_PER_ADDRESS: Allowance = Allowance { tries: 30, window: TimeDelta::minutes(15) };
/// Looks at the status page from one address.
pub const STATUS_PER_ADDRESS: Allowance = Allowance { tries: 30, window: TimeDelta::minutes(60) };

/// Codes and files of letters from one address that are none of the office's.
pub const UNKNOWN_LETTERS_PER_ADDRESS: Allowance = Allowance { tries: 20, window: TimeDelta::minutes(15) };

/// Counters in memory; a restart forgets them, the lock of an account in the database stays.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Window>>);

#[derive(Debug, Clone, Copy)]
struct Window {
    since: DateTime<Utc>,
    tries: u32,
}

impl Throttle {
    /// Whether `key` has tries left.
    pub fn is_open(&self, key: &str, allowance: Allowance, now: DateTime<Utc>) -> bool {
        let windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.get(key).is_none_or(|w| now - w.since >= allowance.window || w.tries < allowance.tries)
    }

    /// Counts a try.
    pub fn count(&self, key: &str, allowance: Allowance, now: DateTime<Utc>) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= KEYS_MAX {
            windows.retain(|_, w| now - w.since < allowance.window);
        }
        let window = windows.entry(key.to_owned()).or_insert(Window { since: now, tries: 0 });
        if now - window.since >= allowance.window {
            *window = Window { since: now, tries: 0 };
        }
        window.tries = window.tries.saturating_add(1);
    }

    /// Forgets a key, after a right password.
    pub fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_until_the_window_has_passed() {
        let throttle = Throttle::default();
        let start = DateTime::UNIX_EPOCH;
        for _ in 0..5 {
            assert!(throttle.is_open("siti", LOGIN_PER_ACCOUNT, start));
            throttle.count("siti", LOGIN_PER_ACCOUNT, start);
        }
        assert!(!throttle.is_open("siti", LOGIN_PER_ACCOUNT, start + TimeDelta::minutes(14)));
        assert!(throttle.is_open("budi", LOGIN_PER_ACCOUNT, start));
        assert!(throttle.is_open("siti", LOGIN_PER_ACCOUNT, start + TimeDelta::minutes(15)));
        throttle.forget("siti");
        assert!(throttle.is_open("siti", LOGIN_PER_ACCOUNT, start));
    }
}
