//! Why the simulated office refuses a request.

use crate::domain::budget::CeilingReached;
use crate::domain::claim;
use crate::domain::ledger::LedgerFault;
use crate::domain::payment::{ItemNotAllowed, OrderRefused, PaperRefused};
use crate::domain::undo::{AmendRefused, AnnulRefused, RecoveryRefused};

/// A refusal; nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No such thing.
    NotFound,
    /// Somebody else was first: the version is another one now.
    Stale,
    /// By the rules of the claim.
    Claim(claim::Refused),
    /// By the table of a claim's steps, where money moves it.
    Step(claim::NotAllowed),
    /// The step has a door of its own.
    OwnDoor,
    /// Another role's act.
    NotYourRole,
    /// By the rules of the order.
    Order(OrderRefused),
    /// By the rules of treasury papers.
    Paper(PaperRefused),
    /// By the table of a payment's steps.
    Item(ItemNotAllowed),
    /// By the books.
    Books(LedgerFault),
    /// The ceiling is reached.
    Ceiling(CeilingReached),
    /// Somebody waits longer.
    EarlierWaits,
    /// No open budget of the year.
    NoBudget,
    /// One of a kind, and there is one already.
    Twice(&'static str),
    /// The key stands for another request.
    KeyReused,
    /// The list has changed since it was seen.
    PlanChanged,
    /// Nothing to put on a list, or too little.
    NothingToList,
    /// The decree is not signed, or only amends another.
    NotSigned,
    /// Sums that should agree do not.
    TotalsDiffer,
    /// The person could not prove who they are.
    WrongPassword,
    /// The lines cannot be handed to a bank.
    BankFile,
    /// The heir may still come.
    TooEarly,
    /// Money is on its way, or still promised where it should not be.
    StillOpen,
    /// The same amount as before, or none.
    NoChange,
    /// Somebody else came to collect.
    WrongCollector,
    /// By the rules of annulments.
    Annul(AnnulRefused),
    /// By the rules of amending decrees.
    Amend(AmendRefused),
    /// By the rules of money that comes back.
    Recovery(RecoveryRefused),
}

impl Refused {
    /// The word it is counted under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::Claim(claim::Refused::NotYourRole) | Self::NotYourRole | Self::Order(OrderRefused::NotYourRole) => "not_your_role",
            Self::Claim(claim::Refused::NotAllowed(_)) | Self::Step(_) => "claim_step",
            Self::Claim(claim::Refused::Conflict(_)) => "conflict_of_duty_or_family",
            Self::Claim(claim::Refused::ReasonMissing) => "reason_missing",
            Self::OwnDoor => "own_door",
            Self::Order(OrderRefused::NotAllowed { .. }) => "order_step",
            Self::Order(OrderRefused::SamePerson) => "same_person",
            Self::Order(OrderRefused::PaperMissing(_)) => "paper_missing",
            Self::Order(OrderRefused::Unanswered(_)) => "unanswered",
            Self::Paper(_) => "paper",
            Self::Item(_) => "item_step",
            Self::Books(_) => "books",
            Self::Ceiling(_) => "ceiling",
            Self::EarlierWaits => "earlier_waits",
            Self::NoBudget => "no_budget",
            Self::Twice(_) => "twice",
            Self::KeyReused => "key_reused",
            Self::PlanChanged => "plan_changed",
            Self::NothingToList => "nothing_to_list",
            Self::NotSigned => "not_signed",
            Self::TotalsDiffer => "totals_differ",
            Self::WrongPassword => "wrong_password",
            Self::BankFile => "bank_file",
            Self::TooEarly => "too_early",
            Self::StillOpen => "still_open",
            Self::NoChange => "no_change",
            Self::WrongCollector => "wrong_collector",
            Self::Annul(_) => "annulment",
            Self::Amend(_) => "amendment",
            Self::Recovery(_) => "recovery",
        }
    }
}

impl From<claim::Refused> for Refused {
    fn from(refused: claim::Refused) -> Self {
        Self::Claim(refused)
    }
}

impl From<AnnulRefused> for Refused {
    fn from(refused: AnnulRefused) -> Self {
        Self::Annul(refused)
    }
}

impl From<AmendRefused> for Refused {
    fn from(refused: AmendRefused) -> Self {
        Self::Amend(refused)
    }
}

impl From<RecoveryRefused> for Refused {
    fn from(refused: RecoveryRefused) -> Self {
        Self::Recovery(refused)
    }
}

impl From<LedgerFault> for Refused {
    fn from(fault: LedgerFault) -> Self {
        Self::Books(fault)
    }
}

impl From<OrderRefused> for Refused {
    fn from(refused: OrderRefused) -> Self {
        Self::Order(refused)
    }
}

impl From<PaperRefused> for Refused {
    fn from(refused: PaperRefused) -> Self {
        Self::Paper(refused)
    }
}
