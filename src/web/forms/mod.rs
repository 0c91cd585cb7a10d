//! Forms on their way in: everything typed is kept as text until somebody reads it.

mod claim;
mod typed;

pub use claim::{ClaimSubmission, claim_submission};
pub use typed::{Submitted, Typed, TypedFile};
