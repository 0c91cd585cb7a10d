//! Where the money of one budget line stands.

use crate::domain::ledger::{Account, Balances};
use crate::domain::money::Rupiah;

/// Where the money of one line stands. Four amounts lie within each other (committed ⊇ decreed ⊇ ordered ⊇ sent and paid); the
/// others stand beside them: ceiling = committed + receivable + deposited + carried + lapsed + remaining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Ceiling (pagu) of the year, with its revisions.
    pub ceiling: Rupiah,
    /// Promised to approved claims, on whatever stage they are.
    pub committed: Rupiah,
    /// Of that, on a decree.
    pub decreed: Rupiah,
    /// Of that, ordered to be paid.
    pub ordered: Rupiah,
    /// Of that, with the bank or at the counter, without an answer yet.
    pub sent: Rupiah,
    /// Of what was ordered, with the heirs.
    pub paid: Rupiah,
    /// Of what was ordered, come back, waiting to be paid anew.
    pub returned: Rupiah,
    /// Paid to the wrong person, to come back.
    pub receivable: Rupiah,
    /// Given back to the treasury.
    pub deposited: Rupiah,
    /// Taken over by the next year's line.
    pub carried: Rupiah,
    /// Not used when the year was closed.
    pub lapsed: Rupiah,
    /// Left to promise.
    pub remaining: Rupiah,
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
    /// The position a line's balances give; `None` past the largest amount.
    pub fn of(balances: &Balances) -> Option<Self> {
        let holds = |account| balances.holds(account);
        let sum = |accounts: &[Account]| Rupiah::sum(accounts.iter().map(|account| holds(*account)));
        let ordered = sum(&[Account::Ordered, Account::Sent, Account::Paid, Account::Returned])?;
        let decreed = ordered.checked_add(holds(Account::Decreed))?;
        Some(Self {
            ceiling: balances.ceiling(),
            committed: decreed.checked_add(holds(Account::Committed))?,
            decreed,
            ordered,
            sent: holds(Account::Sent),
            paid: holds(Account::Paid),
            returned: holds(Account::Returned),
            receivable: holds(Account::Receivable),
            deposited: holds(Account::Deposited),
            carried: holds(Account::Carried),
            lapsed: holds(Account::Lapsed),
            remaining: holds(Account::Free),
        })
    }

    /// Whether the line can promise `amount`.
    ///
    /// # Errors
    /// [`CeilingReached`].
    pub fn can_promise(&self, amount: Rupiah) -> Result<(), CeilingReached> {
        if amount <= self.remaining { Ok(()) } else { Err(CeilingReached { remaining: self.remaining, wanted: amount }) }
    }

    /// Whether so much of the ceiling is promised that desks should warn: `percent` of it or more.
    pub fn is_past(&self, percent: i64) -> bool {
        let used = i128::from(self.ceiling.whole()).checked_sub(i128::from(self.remaining.whole())).unwrap_or_default();
        let bar = i128::from(self.ceiling.whole()).checked_mul(i128::from(percent)).unwrap_or(i128::MAX);
        self.ceiling > Rupiah::ZERO && used.checked_mul(100).is_some_and(|used| used >= bar)
    }

    /// Whether every part lies inside the one before it, and all together are the ceiling.
    pub fn adds_up(&self) -> bool {
        let inside = Rupiah::sum([self.sent, self.paid, self.returned]).is_some_and(|inside| inside <= self.ordered);
        let beside = [self.committed, self.receivable, self.deposited, self.carried, self.lapsed, self.remaining];
        inside && self.ordered <= self.decreed && self.decreed <= self.committed && Rupiah::sum(beside) == Some(self.ceiling)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ledger::{Entry, Movement};

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    #[test]
    fn the_last_rupiah_can_be_promised_and_not_one_more() {
        let mut balances = Balances::default();
        balances.apply(&Entry::sample(Movement::Appropriate, 2_000_000)).unwrap();
        balances.apply(&Entry::sample(Movement::Commit, 1_000_000)).unwrap();
        let position = Position::of(&balances).unwrap();
        assert_eq!(position.can_promise(rupiah(1_000_000)), Ok(()));
        assert_eq!(
            position.can_promise(rupiah(1_000_001)),
            Err(CeilingReached { remaining: rupiah(1_000_000), wanted: rupiah(1_000_001) })
        );
        assert!(position.is_past(50) && !position.is_past(51));
    }

    proptest! {
        #[test]
        fn whatever_is_booked_the_position_adds_up(
            steps in prop::collection::vec((prop::sample::select(Movement::ALL.to_vec()), 1..2_000_000_i64), 0..200),
        ) {
            let mut balances = Balances::default();
            balances.apply(&Entry::sample(Movement::Appropriate, 40_000_000)).unwrap();
            for (movement, amount) in steps {
                if balances.apply(&Entry::sample(movement, amount)).is_ok() {
                    prop_assert!(Position::of(&balances).unwrap().adds_up());
                }
            }
        }
    }
}
