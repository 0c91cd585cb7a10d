//! The claim: what is asked, in which state it is, and who may move it on.

mod action;
mod cause;
mod content;
mod document;
mod stand_in;
mod state;
mod waiver;

pub use action::{Action, ActionFacts, REASON_CHARS_MAX, REASON_CHARS_MIN, Refused, decide, duty_of, possible_steps};
pub use cause::Cause;
pub use content::{Address, BankAccount, ClaimContent, ClaimedNik, Death, Deceased, Heir, Payout, Reporter};
pub use document::DocumentKind;
pub use stand_in::{NoHeir, StandIn, StandIns};
pub use state::{Next, NotAllowed, State, Step};
pub use waiver::Waiver;
