//! A payee who is known as dead before the money went out.

/// One claim with its dead payee, and what to do about it.
#[derive(Debug, Clone)]
pub struct AlertView {
    /// Code of the claim.
    pub code: String,
    /// Name of the deceased of the claim.
    pub deceased: String,
    /// Name of the payee.
    pub payee: String,
    /// What is known of the payee's death.
    pub told: String,
    /// Who says so, with the date.
    pub source: String,
    /// What to do, in one sentence.
    pub todo: &'static str,
}
