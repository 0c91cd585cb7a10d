//! Yang perlu dilihat: work that did not go through, and where sources do not agree.

use askama::Template;
use askama_web::WebTemplate;

use super::alert::AlertView;
use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Link, Shell};

/// Everything that waits for a person and is no step of a claim.
#[derive(Template, WebTemplate)]
#[template(path = "pages/attention.html")]
pub struct AttentionPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Payees of approved claims who are known as dead.
    pub alerts: Vec<AlertView>,
    /// Work that did not go through.
    pub tasks: Vec<TaskView>,
    /// Whether this person may do something about it.
    pub may_act: bool,
}

/// Background work that did not go through.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// Id.
    pub id: String,
    /// What it is for.
    pub what: &'static str,
    /// Given up, or tried again by itself.
    pub state: Chip,
    /// The claim it is about: address, code and names; nothing where it concerns the whole office.
    pub claim: Option<Link>,
    /// What it follows from.
    pub cause: String,
    /// Since when, how often, and when again.
    pub tries: String,
    /// Why the last try failed.
    pub error: String,
    /// Key of the reason field.
    pub key: String,
    /// Reason as typed.
    pub typed: String,
    /// Whether the folded part is open, after a fault.
    pub open: bool,
}

/// Where sources and releases do not agree about a person.
#[derive(Template, WebTemplate)]
#[template(path = "pages/disputes.html")]
pub struct DisputesPage {
    /// Frame.
    pub shell: Shell,
    /// Villages to choose from, the chosen one checked.
    pub villages: Vec<Choice>,
    /// People, in the order of their numbers.
    pub people: Vec<DisputeView>,
    /// Address of the next ones.
    pub more: Option<String>,
    /// Address of the first ones, on a later page.
    pub back: Option<String>,
}

/// One number with what is said about it.
#[derive(Debug, Clone)]
pub struct DisputeView {
    /// The number, masked.
    pub nik: String,
    /// Names as the sources write them.
    pub names: String,
    /// Fields that differ.
    pub fields: Vec<DisputedField>,
    /// Claims in which the number stands.
    pub claims: Vec<Link>,
}

/// A field with its values side by side.
#[derive(Debug, Clone)]
pub struct DisputedField {
    /// Field.
    pub label: &'static str,
    /// Value and who says so.
    pub sides: Vec<(String, String)>,
}
