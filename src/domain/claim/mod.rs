//! The claim: what is asked, in which state it is, and who may move it on.

mod content;

pub use content::{Address, BankAccount, ClaimContent, ClaimedNik, Death, Deceased, DocumentKind, Heir, Payout, Reporter};
