//! Retur: payments that came back, what is proposed for them, and ordering them anew.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Shell};

/// Returned payments and their corrections.
#[derive(Template, WebTemplate)]
#[template(path = "pages/returns.html")]
pub struct ReturnsPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Name of the file field.
    pub file_key: &'static str,
    /// Returned payments this person sees.
    pub returned: Vec<ReturnedView>,
    /// Proposals, the undecided first.
    pub proposals: Vec<ProposalView>,
    /// How many approved corrections can be ordered anew, and their sum.
    pub ready: String,
    /// Whether this person may order them.
    pub can_order: bool,
    /// Reason for paying a payee known as dead, as typed.
    pub order_reason: String,
}

/// One returned payment, with the form of its correction.
#[derive(Debug, Clone)]
pub struct ReturnedView {
    /// Id of the payment.
    pub id: String,
    /// Version, against stale acts.
    pub version: i64,
    /// Code of the claim.
    pub code: String,
    /// Payee and village.
    pub payee: String,
    /// Where the money went, masked.
    pub method: String,
    /// Amount.
    pub amount: String,
    /// When it came back and why, and what helps.
    pub facts: Vec<Fact>,
    /// What waits.
    pub chip: Chip,
    /// Whether this person may propose now.
    pub can_propose: bool,
    /// Whether a next heir has to be named.
    pub needs_heir: bool,
    /// Keys and values of the form's fields.
    pub fields: Vec<(String, String)>,
    /// Ways of paying.
    pub ways: Vec<Choice>,
    /// The chosen relation of the next heir.
    pub relation: String,
    /// Relations of the next heir.
    pub relations: Vec<Choice>,
    /// Whether the folded form is open, after a fault.
    pub unfolded: bool,
}

impl ReturnedView {
    /// The key of the n-th field.
    pub fn key(&self, n: usize) -> &str {
        self.fields.get(n).map_or("", |(key, _)| key.as_str())
    }

    /// What was typed in the n-th field.
    pub fn typed(&self, n: usize) -> &str {
        self.fields.get(n).map_or("", |(_, text)| text.as_str())
    }
}

/// One proposal.
#[derive(Debug, Clone)]
pub struct ProposalView {
    /// Id.
    pub id: String,
    /// Code of the claim.
    pub code: String,
    /// Old and new account, payee, reason, who and when.
    pub facts: Vec<Fact>,
    /// Address of the evidence.
    pub evidence: String,
    /// What was decided, or that it waits.
    pub chip: Chip,
    /// References of other claims' payments with the same account; empty if there are none.
    pub shared: String,
    /// Whether this person may decide now.
    pub can_judge: bool,
    /// Key of the reason field.
    pub key: String,
    /// Reason as typed.
    pub typed: String,
}
