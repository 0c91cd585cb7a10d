//! The budget line: what may be paid, what is promised, what is gone.

use crate::domain::money::Rupiah;

/// Where the money of one line stands. Each amount is part of the one before it:
/// committed ⊇ decreed ⊇ ordered ⊇ paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Ceiling (pagu) of the year.
    pub ceiling: Rupiah,
    /// Promised to approved claims.
    pub committed: Rupiah,
    /// Of that, on a decree.
    pub decreed: Rupiah,
    /// Of that, ordered to be paid.
    pub ordered: Rupiah,
    /// Of that, paid.
    pub paid: Rupiah,
}

/// The ceiling does not hold this amount any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("pagu tersisa {remaining}, tidak cukup untuk {wanted}")]
pub struct CeilingReached {
    /// What is left.
    pub remaining: Rupiah,
    /// What was wanted.
    pub wanted: Rupiah,
}

impl Position {
    /// What is left to promise.
    pub fn remaining(&self) -> Rupiah {
        self.ceiling.checked_sub(self.committed).unwrap_or_default()
    }

    /// Promises `amount`, if the ceiling holds it.
    ///
    /// # Errors
    /// [`CeilingReached`].
    pub fn commit(&self, amount: Rupiah) -> Result<Self, CeilingReached> {
        match self.committed.checked_add(amount) {
            Some(committed) if committed <= self.ceiling => Ok(Self { committed, ..*self }),
            _ => Err(CeilingReached { remaining: self.remaining(), wanted: amount }),
        }
    }

    /// Whether every part lies inside the one before it.
    pub fn adds_up(&self) -> bool {
        self.paid <= self.ordered && self.ordered <= self.decreed && self.decreed <= self.committed && self.committed <= self.ceiling
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    #[test]
    fn the_last_rupiah_can_be_promised_and_not_one_more() {
        let position = Position { ceiling: rupiah(2_000_000), committed: rupiah(1_000_000), ..Position::default() };
        assert_eq!(position.commit(rupiah(1_000_000)).unwrap().remaining(), Rupiah::ZERO);
        assert_eq!(position.commit(rupiah(1_000_001)), Err(CeilingReached { remaining: rupiah(1_000_000), wanted: rupiah(1_000_001) }));
    }

    proptest! {
        #[test]
        fn no_row_of_promises_passes_the_ceiling(ceiling in 0..50_000_000_i64, amounts in prop::collection::vec(1..5_000_000_i64, 0..40)) {
            let mut position = Position { ceiling: rupiah(ceiling), ..Position::default() };
            for amount in amounts {
                if let Ok(next) = position.commit(rupiah(amount)) {
                    position = next;
                }
                prop_assert!(position.adds_up());
            }
        }
    }
}
