//! What a line of a bank's report means for a payment: the one place to swap for the office's own reading of reports.

use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, ItemStep};

/// What a bank says about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// The bank's own number of the booking; by it a line is known again.
    pub booking: u64,
    /// The office's reference, as the bank gives it back.
    pub reference: String,
    /// Amount, as the bank says.
    pub amount: Rupiah,
    /// What happened.
    pub fate: Fate,
}

/// What happened to a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Arrived.
    Settled,
    /// Could not be paid.
    Returned,
    /// Taken back after it had arrived.
    Reversed,
}

/// What a line means. Nothing is dropped: every line has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It moves this payment.
    Moves(ItemStep),
    /// Nobody's reference.
    Unknown,
    /// Told before, or says what is known already.
    Duplicate,
    /// Another amount than was sent.
    AmountMismatch,
    /// It does not follow from where the payment stands; looked at again when more is known.
    OutOfTurn,
}

/// Holds a line against the payment it names.
pub fn reconcile(line: &ReportLine, item: Option<(ItemState, Rupiah)>, told_before: bool) -> Outcome {
    let Some((state, amount)) = item else { return Outcome::Unknown };
    if told_before {
        return Outcome::Duplicate;
    }
    if amount != line.amount {
        return Outcome::AmountMismatch;
    }
    let (step, known) = match line.fate {
        Fate::Settled => (ItemStep::Pay, state == ItemState::Paid),
        Fate::Returned => (ItemStep::Return, state == ItemState::Returned),
        Fate::Reversed => (ItemStep::Reverse, state == ItemState::Returned),
    };
    match state.next(step) {
        Ok(_) => Outcome::Moves(step),
        Err(_) if known => Outcome::Duplicate,
        Err(_) => Outcome::OutOfTurn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_means_one_thing() {
        let rupiah = |whole| Rupiah::new(whole).unwrap();
        let check = |fate, state, amount, told, expected| {
            let line = ReportLine { booking: 1, reference: "A".to_owned(), amount: rupiah(amount), fate };
            assert_eq!(reconcile(&line, Some((state, rupiah(5))), told), expected);
        };
        check(Fate::Settled, ItemState::Sent, 5, false, Outcome::Moves(ItemStep::Pay));
        check(Fate::Settled, ItemState::Sent, 5, true, Outcome::Duplicate);
        check(Fate::Settled, ItemState::Sent, 6, false, Outcome::AmountMismatch);
        check(Fate::Settled, ItemState::Paid, 5, false, Outcome::Duplicate);
        check(Fate::Returned, ItemState::Sent, 5, false, Outcome::Moves(ItemStep::Return));
        check(Fate::Reversed, ItemState::Sent, 5, false, Outcome::OutOfTurn);
        check(Fate::Reversed, ItemState::Paid, 5, false, Outcome::Moves(ItemStep::Reverse));
        let line = ReportLine { booking: 1, reference: "A".to_owned(), amount: rupiah(5), fate: Fate::Settled };
        assert_eq!(reconcile(&line, None, false), Outcome::Unknown);
    }
}
