//! The claim's states and the one table of steps between them.

use std::fmt;

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Filed by the village, waiting for the village head.
    Submitted,
    /// Endorsed by the village head, waiting for Dinas Sosial.
    Endorsed,
    /// Verified, waiting for the decision.
    Verified,
    /// Approved, with money committed.
    Approved,
    /// Approved in substance, waiting for money.
    Waiting,
    /// Back at the village for repair; keeps its filing date.
    Returned,
    /// Stopped, for example because heirs disagree.
    OnHold,
    /// On the decree's list.
    Decreed,
    /// Paid.
    Paid,
    /// Refused, with a reason and the right to object.
    Rejected,
    /// Taken back by the family.
    Withdrawn,
    /// Undone after approval: person alive, wrong heir.
    Annulled,
}

/// A step somebody may want to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Village head vouches for the claim.
    Endorse,
    /// Back to the village for repair.
    Return,
    /// The village sends the repaired claim again.
    Resubmit,
    /// Dinas Sosial has compared everything.
    Verify,
    /// Decided in favour; the money must be there.
    Approve,
    /// Decided in favour, but the money has run out; or its year has ended before it was paid.
    Queue,
    /// Decided against.
    Reject,
    /// Stop for the time being.
    Hold,
    /// Go on where it stopped.
    Resume,
    /// The family takes it back.
    Withdraw,
    /// Undo an approval.
    Annul,
    /// Put on a decree.
    Decree,
    /// An amending decree strikes the row.
    Strike,
    /// Money has reached the heir.
    Pay,
    /// The money came back after all.
    Reverse,
}

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// To a state.
    To(State),
    /// Back to where it was stopped.
    Back,
}

/// A step that does not exist from this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("langkah {step} tidak berlaku untuk permohonan yang {from}")]
pub struct NotAllowed {
    /// Where the claim stands.
    pub from: State,
    /// What was wanted.
    pub step: Step,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 12] = [
        Self::Submitted,
        Self::Endorsed,
        Self::Verified,
        Self::Approved,
        Self::Waiting,
        Self::Returned,
        Self::OnHold,
        Self::Decreed,
        Self::Paid,
        Self::Rejected,
        Self::Withdrawn,
        Self::Annulled,
    ];

    /// The one table of steps. Every pair is written down, so that a new state or step does not compile without a decision.
    ///
    /// # Errors
    /// [`NotAllowed`] for a pair that is no step of the office.
    #[expect(
        clippy::too_many_lines,
        clippy::match_same_arms,
        reason = "one table of all pairs of state and step, in the order of the road: nothing to read but the table"
    )]
    pub fn next(self, step: Step) -> Result<Next, NotAllowed> {
        use State as S;
        use Step as T;
        let to = match (self, step) {
            (S::Submitted, T::Endorse) => S::Endorsed,
            (S::Submitted | S::Endorsed | S::Verified, T::Return) => S::Returned,
            (S::Returned, T::Resubmit) => S::Submitted,
            (S::Endorsed, T::Verify) => S::Verified,
            (S::Verified | S::Waiting, T::Approve) => S::Approved,
            (S::Verified | S::Approved, T::Queue) => S::Waiting,
            (S::Verified | S::Waiting, T::Reject) => S::Rejected,
            (S::Submitted | S::Endorsed | S::Verified | S::Approved | S::Waiting, T::Hold) => S::OnHold,
            (S::OnHold, T::Resume) => return Ok(Next::Back),
            (S::Submitted | S::Endorsed | S::Returned | S::OnHold, T::Withdraw) => S::Withdrawn,
            (S::Approved | S::Decreed | S::Paid, T::Annul) => S::Annulled,
            (S::Approved, T::Decree) => S::Decreed,
            (S::Decreed, T::Strike) => S::Approved,
            (S::Decreed, T::Pay) => S::Paid,
            (S::Paid, T::Reverse) => S::Decreed,
            (
                S::Submitted,
                T::Resubmit
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Resume
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::Endorsed,
                T::Endorse
                | T::Resubmit
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Resume
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::Verified,
                T::Endorse | T::Resubmit | T::Verify | T::Resume | T::Withdraw | T::Annul | T::Decree | T::Strike | T::Pay | T::Reverse,
            )
            | (
                S::Approved,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Approve
                | T::Reject
                | T::Resume
                | T::Withdraw
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::Waiting,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Queue
                | T::Resume
                | T::Withdraw
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::Returned,
                T::Endorse
                | T::Return
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Hold
                | T::Resume
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::OnHold,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Hold
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            )
            | (
                S::Decreed,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Hold
                | T::Resume
                | T::Withdraw
                | T::Decree
                | T::Reverse,
            )
            | (
                S::Paid,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Hold
                | T::Resume
                | T::Withdraw
                | T::Decree
                | T::Strike
                | T::Pay,
            )
            | (
                S::Rejected | S::Withdrawn | S::Annulled,
                T::Endorse
                | T::Return
                | T::Resubmit
                | T::Verify
                | T::Approve
                | T::Queue
                | T::Reject
                | T::Hold
                | T::Resume
                | T::Withdraw
                | T::Annul
                | T::Decree
                | T::Strike
                | T::Pay
                | T::Reverse,
            ) => return Err(NotAllowed { from: self, step }),
        };
        Ok(Next::To(to))
    }

    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Endorsed => "endorsed",
            Self::Verified => "verified",
            Self::Approved => "approved",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::OnHold => "on_hold",
            Self::Decreed => "decreed",
            Self::Paid => "paid",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Annulled => "annulled",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Submitted => "Menunggu pengesahan desa",
            Self::Endorsed => "Menunggu verifikasi",
            Self::Verified => "Menunggu keputusan",
            Self::Approved => "Disetujui",
            Self::Waiting => "Menunggu anggaran",
            Self::Returned => "Perlu perbaikan",
            Self::OnHold => "Ditunda",
            Self::Decreed => "Ditetapkan dalam SK",
            Self::Paid => "Sudah dibayar",
            Self::Rejected => "Ditolak",
            Self::Withdrawn => "Ditarik keluarga",
            Self::Annulled => "Dibatalkan",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether nobody waits for anything any more: over, or paid.
    pub fn is_settled(self) -> bool {
        self == Self::Paid || self.is_terminal()
    }

    /// Whether nothing can happen any more. A paid claim is not one of these: the bank may take a payment back, and a payment to the
    /// wrong person is claimed back.
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::Annulled)
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 15] = [
        Self::Endorse,
        Self::Return,
        Self::Resubmit,
        Self::Verify,
        Self::Approve,
        Self::Queue,
        Self::Reject,
        Self::Hold,
        Self::Resume,
        Self::Withdraw,
        Self::Annul,
        Self::Decree,
        Self::Strike,
        Self::Pay,
        Self::Reverse,
    ];

    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Endorse => "endorse",
            Self::Return => "return",
            Self::Resubmit => "resubmit",
            Self::Verify => "verify",
            Self::Approve => "approve",
            Self::Queue => "queue",
            Self::Reject => "reject",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Withdraw => "withdraw",
            Self::Annul => "annul",
            Self::Decree => "decree",
            Self::Strike => "strike",
            Self::Pay => "pay",
            Self::Reverse => "reverse",
        }
    }

    /// The words on pages and in the claim's story.
    pub fn label(self) -> &'static str {
        match self {
            Self::Endorse => "Disahkan kepala desa/lurah",
            Self::Return => "Dikembalikan untuk diperbaiki",
            Self::Resubmit => "Diajukan kembali",
            Self::Verify => "Diverifikasi",
            Self::Approve => "Disetujui",
            Self::Queue => "Masuk daftar tunggu anggaran",
            Self::Reject => "Ditolak",
            Self::Hold => "Ditunda",
            Self::Resume => "Dilanjutkan",
            Self::Withdraw => "Ditarik keluarga",
            Self::Annul => "Dibatalkan",
            Self::Decree => "Ditetapkan dalam SK",
            Self::Strike => "Dicoret dari SK",
            Self::Pay => "Dibayar",
            Self::Reverse => "Pembayaran ditarik kembali",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label().to_lowercase())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_terminal_state() {
        for state in State::ALL.into_iter().filter(|s| s.is_terminal()) {
            for step in Step::ALL {
                assert_eq!(state.next(step), Err(NotAllowed { from: state, step }));
            }
        }
    }

    #[test]
    fn every_other_state_has_a_way_on() {
        for state in State::ALL.into_iter().filter(|s| !s.is_terminal()) {
            assert!(Step::ALL.into_iter().any(|step| state.next(step).is_ok()), "{state:?} is a hole");
        }
    }

    #[test]
    fn the_straight_road_leads_from_filing_to_payment() {
        let mut state = State::Submitted;
        for step in [Step::Endorse, Step::Verify, Step::Approve, Step::Decree, Step::Pay] {
            let Ok(Next::To(to)) = state.next(step) else { panic!("{state:?} {step:?}") };
            state = to;
        }
        assert_eq!(state, State::Paid);
    }

    #[test]
    fn payment_is_reached_only_through_approval_and_decree() {
        for state in State::ALL {
            assert_eq!(state.next(Step::Pay).is_ok(), state == State::Decreed);
            assert_eq!(state.next(Step::Decree).is_ok(), state == State::Approved);
            assert_eq!(state.next(Step::Reverse).is_ok(), state == State::Paid);
            assert_eq!(state.next(Step::Strike).is_ok(), state == State::Decreed);
        }
    }

    #[test]
    fn codes_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Some(state));
        }
        for step in Step::ALL {
            assert_eq!(Step::parse(step.code()), Some(step));
        }
    }
}
