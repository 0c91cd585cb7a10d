//! One posting of the books.

use super::account::Account;
use super::movement::Movement;
use crate::domain::money::Rupiah;

/// One movement of one amount, with both its legs. Never changed; a mistake is moved back by a new entry that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the office's journal, from 1, without gaps.
    pub sequence: i64,
    /// Budget line.
    pub line: String,
    /// Which way the money takes.
    pub movement: Movement,
    /// How much, in rupiah; never nothing.
    pub amount: Rupiah,
    /// Claim whose money it is; none for the line as a whole.
    pub claim: Option<String>,
    /// Payment it is about, from the order on.
    pub item: Option<String>,
    /// The entry this one moves back.
    pub corrects: Option<i64>,
}

impl Entry {
    /// The account the money leaves (credited) and the one it comes to (debited). A correction takes the way back.
    pub fn way(&self) -> (Account, Account) {
        let (from, to) = self.movement.way();
        if self.corrects.is_some() { (to, from) } else { (from, to) }
    }
}

#[cfg(test)]
impl Entry {
    /// An entry of one line and one claim.
    pub(crate) fn sample(movement: Movement, amount: i64) -> Self {
        let (amount, claim) = (Rupiah::new(amount).unwrap(), movement.is_of_claim().then(|| "a".to_owned()));
        Self { sequence: 1, line: "l".to_owned(), movement, amount, claim, item: None, corrects: None }
    }
}
