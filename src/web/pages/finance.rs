//! The finance office: decrees, payment orders, bank files, letters.

use askama::Template;
use askama_web::WebTemplate;

use super::alert::AlertView;
use super::queue::BudgetView;
use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Link, Shell};

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
    /// Approved claims without a decree.
    pub waiting: Vec<WaitingRow>,
    /// Their sum.
    pub waiting_total: String,
    /// Whether this person may form a decree.
    pub can_decree: bool,
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
    /// Files to print or send.
    pub files: Vec<Link>,
    /// Whether this person may form the payment order.
    pub can_order: bool,
    /// Codes of unpaid claims of the decree whose payee is known as dead; empty if there are none.
    pub payees_dead: String,
    /// Key of the reason that is asked for then.
    pub reason_key: String,
    /// Reason as typed.
    pub typed_reason: String,
    /// The payment order.
    pub order: Option<OrderView>,
}

/// A payment order.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Number.
    pub number: String,
    /// Date.
    pub date: String,
    /// How many heirs.
    pub items: i64,
    /// Sum.
    pub total: String,
    /// How many by bank.
    pub by_bank: i64,
    /// How many in cash.
    pub by_cash: i64,
    /// Whether this person may mark it paid.
    pub can_pay: bool,
    /// Whether the folded part is open, after a fault.
    pub open: bool,
    /// Key of the number field.
    pub number_key: String,
    /// Key of the date field.
    pub date_key: String,
    /// Number as typed.
    pub typed_number: String,
    /// Date as typed.
    pub typed_date: String,
    /// Number and date of the SP2D once paid.
    pub sp2d: String,
}
