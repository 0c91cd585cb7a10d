//! One payment's way: from the order to the heir, or back.

use std::fmt;

use super::super::ledger::{Account, Movement};

/// Where a payment stands. A payment that failed is never edited: a new one, linked to it, takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemState {
    /// On an order that is not released yet.
    Ordered,
    /// With the bank, or at the counter.
    Sent,
    /// The heir has the money.
    Paid,
    /// Came back, or was not collected.
    Returned,
    /// A new payment took its place.
    Replaced,
    /// Given back to the treasury.
    Deposited,
    /// Its order was cancelled before the release.
    Cancelled,
    /// Paid to the wrong person, who pays it back.
    Recovering,
    /// Paid back whole.
    Recovered,
}

/// What may happen to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemStep {
    /// Its order is released.
    Send,
    /// The money reached the heir.
    Pay,
    /// The bank could not pay, or nobody collected in time.
    Return,
    /// The bank takes back what it had reported as paid.
    Reverse,
    /// A new payment takes its place.
    Replace,
    /// The payment that had taken its place was cancelled.
    Reinstate,
    /// Given back to the treasury (STS).
    Deposit,
    /// Drawn again from the treasury.
    Redraw,
    /// Its order is cancelled.
    Cancel,
    /// It reached the wrong person and has to come back.
    Reclaim,
    /// The last part came back.
    Settle,
    /// A part of what came back was booked by mistake: some of it is owed again.
    Reopen,
}

/// A step that does not exist from this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("langkah {step:?} tidak berlaku untuk pembayaran yang {from}")]
pub struct ItemNotAllowed {
    /// Where the payment stands.
    pub from: ItemState,
    /// What was wanted.
    pub step: ItemStep,
}

impl ItemState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Ordered,
        Self::Sent,
        Self::Paid,
        Self::Returned,
        Self::Replaced,
        Self::Deposited,
        Self::Cancelled,
        Self::Recovering,
        Self::Recovered,
    ];

    /// The one table of a payment's steps.
    ///
    /// # Errors
    /// [`ItemNotAllowed`] for a pair that is no step of the office.
    pub fn next(self, step: ItemStep) -> Result<Self, ItemNotAllowed> {
        use ItemState as S;
        use ItemStep as T;
        match (self, step) {
            (S::Ordered, T::Send) => Ok(S::Sent),
            (S::Ordered, T::Cancel) => Ok(S::Cancelled),
            (S::Sent, T::Pay) => Ok(S::Paid),
            (S::Sent, T::Return) | (S::Paid, T::Reverse) | (S::Deposited, T::Redraw) | (S::Replaced, T::Reinstate) => Ok(S::Returned),
            (S::Returned, T::Replace) => Ok(S::Replaced),
            (S::Returned, T::Deposit) => Ok(S::Deposited),
            (S::Paid, T::Reclaim) | (S::Recovered, T::Reopen) => Ok(S::Recovering),
            (S::Recovering, T::Settle) => Ok(S::Recovered),
            (
                S::Ordered,
                T::Pay | T::Return | T::Reverse | T::Replace | T::Reinstate | T::Deposit | T::Redraw | T::Reclaim | T::Settle | T::Reopen,
            )
            | (
                S::Sent,
                T::Send | T::Reverse | T::Replace | T::Reinstate | T::Deposit | T::Redraw | T::Cancel | T::Reclaim | T::Settle | T::Reopen,
            )
            | (
                S::Paid,
                T::Send | T::Pay | T::Return | T::Replace | T::Reinstate | T::Deposit | T::Redraw | T::Cancel | T::Settle | T::Reopen,
            )
            | (
                S::Returned,
                T::Send | T::Pay | T::Return | T::Reverse | T::Reinstate | T::Redraw | T::Cancel | T::Reclaim | T::Settle | T::Reopen,
            )
            | (
                S::Replaced,
                T::Send
                | T::Pay
                | T::Return
                | T::Reverse
                | T::Replace
                | T::Deposit
                | T::Redraw
                | T::Cancel
                | T::Reclaim
                | T::Settle
                | T::Reopen,
            )
            | (
                S::Deposited,
                T::Send
                | T::Pay
                | T::Return
                | T::Reverse
                | T::Replace
                | T::Reinstate
                | T::Deposit
                | T::Cancel
                | T::Reclaim
                | T::Settle
                | T::Reopen,
            )
            | (
                S::Recovering,
                T::Send
                | T::Pay
                | T::Return
                | T::Reverse
                | T::Replace
                | T::Reinstate
                | T::Deposit
                | T::Redraw
                | T::Cancel
                | T::Reclaim
                | T::Reopen,
            )
            | (
                S::Recovered,
                T::Send
                | T::Pay
                | T::Return
                | T::Reverse
                | T::Replace
                | T::Reinstate
                | T::Deposit
                | T::Redraw
                | T::Cancel
                | T::Reclaim
                | T::Settle,
            )
            | (
                S::Cancelled,
                T::Send
                | T::Pay
                | T::Return
                | T::Reverse
                | T::Replace
                | T::Reinstate
                | T::Deposit
                | T::Redraw
                | T::Cancel
                | T::Reclaim
                | T::Settle
                | T::Reopen,
            ) => Err(ItemNotAllowed { from: self, step }),
        }
    }

    /// Where the payment's money lies; `None` where it is another payment's or the decree's matter.
    pub fn account(self) -> Option<Account> {
        match self {
            Self::Ordered => Some(Account::Ordered),
            Self::Sent => Some(Account::Sent),
            Self::Paid => Some(Account::Paid),
            Self::Returned => Some(Account::Returned),
            Self::Deposited | Self::Recovered => Some(Account::Deposited),
            Self::Recovering => Some(Account::Receivable),
            Self::Replaced | Self::Cancelled => None,
        }
    }

    /// Whether it is a claim's payment that still goes on or has arrived; a claim has at most one.
    pub fn is_living(self) -> bool {
        matches!(self, Self::Ordered | Self::Sent | Self::Paid | Self::Returned | Self::Recovering)
    }

    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Replaced => "replaced",
            Self::Deposited => "deposited",
            Self::Cancelled => "cancelled",
            Self::Recovering => "recovering",
            Self::Recovered => "recovered",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ordered => "Menunggu dilepas",
            Self::Sent => "Di bank atau loket",
            Self::Paid => "Sudah diterima",
            Self::Returned => "Kembali (retur)",
            Self::Replaced => "Diganti pembayaran baru",
            Self::Deposited => "Disetor ke kas daerah",
            Self::Cancelled => "Perintah dibatalkan",
            Self::Recovering => "Sedang dikembalikan",
            Self::Recovered => "Sudah dikembalikan",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl fmt::Display for ItemState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label().to_lowercase())
    }
}

impl ItemStep {
    /// Every step.
    pub const ALL: [Self; 12] = [
        Self::Send,
        Self::Pay,
        Self::Return,
        Self::Reverse,
        Self::Replace,
        Self::Reinstate,
        Self::Deposit,
        Self::Redraw,
        Self::Cancel,
        Self::Reclaim,
        Self::Settle,
        Self::Reopen,
    ];

    /// The entry the step books for this payment; none where the money moves with the payment that takes its place, or moved
    /// in parts before. `renewed` says that the payment itself took another's place.
    pub fn movement(self, renewed: bool) -> Option<Movement> {
        match self {
            Self::Send => Some(Movement::Send),
            Self::Pay => Some(Movement::Pay),
            Self::Return => Some(Movement::Return),
            Self::Reverse => Some(Movement::Reverse),
            Self::Deposit => Some(Movement::Deposit),
            Self::Redraw => Some(Movement::Redraw),
            Self::Cancel if renewed => Some(Movement::Unreissue),
            Self::Cancel => Some(Movement::Unorder),
            Self::Reclaim => Some(Movement::Reclaim),
            Self::Replace | Self::Reinstate | Self::Settle | Self::Reopen => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_books_the_way_between_the_accounts_of_its_states() {
        for state in ItemState::ALL {
            for step in ItemStep::ALL {
                let Ok(next) = state.next(step) else { continue };
                let Some(movement) = step.movement(false) else { continue };
                assert_eq!(Some(movement.way().0), state.account(), "{state:?} {step:?}");
                if let Some(account) = next.account() {
                    assert_eq!(movement.way().1, account, "{state:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn every_state_is_reached_and_only_the_last_ones_are_never_left() {
        let mut reached = vec![ItemState::Ordered];
        for at in 0.. {
            let Some(state) = reached.get(at).copied() else { break };
            for next in ItemStep::ALL.into_iter().filter_map(|step| state.next(step).ok()) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
        }
        assert_eq!(reached.len(), ItemState::ALL.len());
        let ends: Vec<ItemState> =
            ItemState::ALL.into_iter().filter(|s| ItemStep::ALL.into_iter().all(|step| s.next(step).is_err())).collect();
        assert_eq!(ends, [ItemState::Cancelled]);
    }

    #[test]
    fn money_is_paid_only_after_it_was_sent() {
        for state in ItemState::ALL {
            assert_eq!(state.next(ItemStep::Pay).is_ok(), state == ItemState::Sent);
            assert_eq!(state.next(ItemStep::Send).is_ok(), state == ItemState::Ordered);
        }
    }

    #[test]
    fn codes_read_back() {
        assert!(ItemState::ALL.into_iter().all(|state| ItemState::parse(state.code()) == Some(state)));
    }
}
