//! The finance office: decrees, payment orders, bank files, letters.

use askama::Template;
use askama_web::WebTemplate;

use super::alert::AlertView;
use super::queue::BudgetView;
use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Fact, Link, Shell};

/// The desk of the treasurer.
#[derive(Template, WebTemplate)]
#[template(path = "pages/finance.html")]
pub struct FinancePage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Payees of approved claims who are known as dead.
    pub alerts: Vec<AlertView>,
    /// Budget position.
    pub budget: Option<BudgetView>,
    /// Approved claims the next decree would list.
    pub waiting: Vec<WaitingRow>,
    /// Their sum.
    pub waiting_total: String,
    /// Approved claims that have to stay out, each with its reason.
    pub left_out: Vec<Fact>,
    /// What else there is to know about the next decree: cut-off, smallest batch.
    pub plan_note: String,
    /// Stands for exactly this list.
    pub seal: String,
    /// Whether this person may lock a decree now.
    pub can_decree: bool,
    /// Amending decrees and annulments that wait for the head of agency.
    pub undecided: Vec<Link>,
    /// Decrees, newest first.
    pub decrees: Vec<DecreeView>,
}

/// An approved claim.
#[derive(Debug, Clone)]
pub struct WaitingRow {
    /// Code.
    pub code: String,
    /// Name of the deceased.
    pub deceased: String,
    /// Name of the heir.
    pub heir: String,
    /// Village and kecamatan.
    pub village: String,
    /// Bank or cash.
    pub method: String,
    /// Amount.
    pub amount: String,
}

/// A decree with what followed.
#[derive(Debug, Clone)]
pub struct DecreeView {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub chip: Chip,
    /// Date.
    pub date: String,
    /// How many heirs.
    pub items: i64,
    /// Sum.
    pub total: String,
    /// Which decree it amends, or that rows of it were amended; empty otherwise.
    pub remark: String,
    /// Where this person amends it; empty if they do not now.
    pub amend_href: String,
    /// Files to print or send.
    pub files: Vec<Link>,
    /// Whether this person may note its day of signing.
    pub can_sign: bool,
    /// Key of that day.
    pub sign_key: String,
    /// Day as typed.
    pub typed_date: String,
    /// Whether this person may form the payment order.
    pub can_order: bool,
    /// Codes of unpaid claims of the decree whose payee is known as dead; empty if there are none.
    pub payees_dead: String,
    /// Key of the reason that is asked for then.
    pub reason_key: String,
    /// Reason as typed.
    pub typed_reason: String,
    /// Its payment orders, newest first: address, number and date, sum.
    pub orders: Vec<OrderLink>,
}

/// A payment order in the list of its decree.
#[derive(Debug, Clone)]
pub struct OrderLink {
    /// Address.
    pub href: String,
    /// Number.
    pub number: String,
    /// Date and sum.
    pub remark: String,
    /// Where it stands.
    pub chip: Chip,
}
