//! Sample letters of every kind, with invented people: for tests, and for looking at a new office's letterhead.
//!
//! NIKs begin with 99, a region that does not exist.

mod people;
mod short;
mod stretch;

use crate::domain::letter::{Letter, LetterKind};
use crate::seal::SecretKey;

/// The key the samples are signed with.
pub fn sample_key() -> SecretKey {
    SecretKey::from_seed([0; 32])
}

/// An everyday letter of a kind.
pub fn sample(kind: LetterKind) -> Letter {
    short::letter(kind)
}

/// The same with the longest names, titles of four lines and 300 rows: what the layout must survive.
pub fn longest_sample(kind: LetterKind) -> Letter {
    stretch::letter(kind)
}
