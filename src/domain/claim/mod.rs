//! The claim: what is asked, in which state it is, and who may move it on.

mod action;
mod content;
mod state;

pub use action::{Action, ActionFacts, REASON_CHARS_MAX, REASON_CHARS_MIN, Refused, decide, duty_of, possible_steps};
pub use content::{Address, BankAccount, ClaimContent, ClaimedNik, Death, Deceased, DocumentKind, Heir, Payout, Reporter};
pub use state::{Next, NotAllowed, State, Step};
