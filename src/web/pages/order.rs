//! One payment order.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// A payment order with its persons, papers, payments and files.
#[derive(Template, WebTemplate)]
#[template(path = "pages/order.html")]
pub struct OrderPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Id.
    pub id: String,
    /// Version, against stale acts.
    pub version: i64,
    /// Where it stands.
    pub chip: Chip,
    /// Number, date, sum, who made, checked and released it.
    pub facts: Vec<Fact>,
    /// Papers of the treasury that are recorded.
    pub papers: Vec<Fact>,
    /// Kinds that can still be recorded by this person.
    pub paper_kinds: Vec<Choice>,
    /// Number as typed.
    pub typed_number: String,
    /// Date as typed.
    pub typed_date: String,
    /// Value as typed.
    pub typed_value: String,
    /// Payments without an answer, where this person may record one by hand.
    pub open_items: Vec<Choice>,
    /// Answers to choose from.
    pub answers: Vec<Choice>,
    /// The chosen payment.
    pub typed_item: String,
    /// Day of its answer as typed.
    pub typed_on: String,
    /// The bank's reason as typed.
    pub typed_why: String,
    /// Evidence as typed.
    pub typed_evidence: String,
    /// The step that is this person's now: `check`, `release`, `close`, or none.
    pub step: &'static str,
    /// Whether this person may cancel it.
    pub can_cancel: bool,
    /// Why none of the steps is this person's now; empty if one is.
    pub waits_for: String,
    /// Codes of claims whose payee is known as dead; empty if there are none.
    pub payees_dead: String,
    /// Reason as typed.
    pub typed_reason: String,
    /// The payments.
    pub payments: Vec<PaymentRow>,
    /// Letters to print.
    pub letters: Vec<Link>,
    /// Files for the bank.
    pub files: Vec<Link>,
    /// Whether this person may fetch them.
    pub can_fetch: bool,
}

/// One payment.
#[derive(Debug, Clone)]
pub struct PaymentRow {
    /// Code of the claim.
    pub code: String,
    /// Name of the payee.
    pub payee: String,
    /// Bank or cash.
    pub method: String,
    /// Amount.
    pub amount: String,
    /// Where it stands.
    pub chip: Chip,
    /// Receipt, day paid, reason of a return.
    pub remark: String,
}
