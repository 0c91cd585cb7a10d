//! The only place that asks the time, and makes ids and secrets.
//!
//! Everything else takes an instant, an id or random bytes as an argument, so that tests and the demo decide them.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use rand::RngCore;
use uuid::Uuid;

/// A source of instants and ids.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still, for tests and for the demo's simulated office day.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The instant, in UTC and whole microseconds: PostgreSQL keeps no finer.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the time")]
    pub fn now(self) -> DateTime<Utc> {
        let now = match self {
            Self::System => Utc::now(),
            Self::Fixed(at) => at,
        };
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }
}

/// A new id: UUIDv7, so that rows sort by age.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// Random bytes for the code of a letter.
pub fn new_letter_code() -> [u8; 9] {
    random()
}

/// Random bytes for a new key.
pub fn new_seed() -> [u8; 32] {
    random()
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that makes secrets")]
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// 256 random bits as 64 hexadecimal digits, for session tokens and CSRF tokens.
pub fn new_secret() -> String {
    random::<32>().iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

/// Letters of a claim code: no vowels and no look-alikes, so that a code cannot spell a word or be misread.
const CODE_LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// Eight random code letters and digits (about 36 bits), the part of a claim code nobody can guess from the next one.
pub fn new_code() -> String {
    random::<8>().iter().map(|b| char::from(CODE_LETTERS.get(usize::from(*b) % CODE_LETTERS.len()).copied().unwrap_or(b'B'))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_no_nanoseconds() {
        assert_eq!(Clock::System.now().timestamp_subsec_nanos() % 1_000, 0);
    }

    #[test]
    fn secrets_and_codes_have_their_form_and_differ() {
        assert_eq!(new_secret().len(), 64);
        assert_ne!(new_secret(), new_secret());
        assert!(new_code().bytes().all(|b| CODE_LETTERS.contains(&b)));
    }
}
