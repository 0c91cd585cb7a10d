//! The treasurer's evidence: over a year, of one order, of one payment.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// The report over orders.
#[derive(Template, WebTemplate)]
#[template(path = "pages/spj.html")]
pub struct SpjPage {
    /// Frame.
    pub shell: Shell,
    /// What it is about, in words.
    pub scope: String,
    /// Year as asked.
    pub year: String,
    /// Months to choose from.
    pub months: Vec<Choice>,
    /// Decrees to choose from.
    pub decrees: Vec<Choice>,
    /// Whether only what is missing is asked for.
    pub only_missing: bool,
    /// Complete, missing, equal or not.
    pub sums: SpjSums,
    /// Orders.
    pub orders: Vec<SpjOrderRow>,
    /// Payments with what they lack.
    pub payments: Vec<SpjPaymentRow>,
    /// How many more payments lack something than are shown.
    pub more: usize,
    /// Files to take along.
    pub downloads: Vec<Link>,
    /// Who signs the printed report.
    pub signatories: Vec<Fact>,
}

/// Sums with their verdict.
#[derive(Debug, Clone, Default)]
pub struct SpjSums {
    /// `lengkap 3 dari 4`, in colour.
    pub chip: Chip,
    /// SP2D, received, deposited.
    pub facts: Vec<Fact>,
    /// What the sums differ by; empty when equal.
    pub differences: Vec<String>,
}

/// An order of the report.
#[derive(Debug, Clone)]
pub struct SpjOrderRow {
    /// Address of its own report.
    pub href: String,
    /// Number.
    pub number: String,
    /// Date and state.
    pub remark: String,
    /// Sum of the SP2D.
    pub amount: String,
    /// Complete of all.
    pub chip: Chip,
    /// What the order as a whole lacks.
    pub missing: Vec<Link>,
}

/// A payment of the report.
#[derive(Debug, Clone)]
pub struct SpjPaymentRow {
    /// Address of its evidence.
    pub href: String,
    /// Name of the payee.
    pub payee: String,
    /// Code of the claim, way of payment.
    pub remark: String,
    /// Amount.
    pub amount: String,
    /// Where it stands.
    pub state: String,
    /// Pieces at hand of all.
    pub chip: Chip,
    /// What is missing, each with the address where it is put right.
    pub missing: Vec<Link>,
}

/// The report of one order.
#[derive(Template, WebTemplate)]
#[template(path = "pages/spj_order.html")]
pub struct SpjOrderPage {
    /// Frame.
    pub shell: Shell,
    /// Address of the order.
    pub order_href: String,
    /// Evidence of the order as a whole.
    pub lines: Vec<SpjLineRow>,
    /// Sums.
    pub sums: SpjSums,
    /// Whether only what is missing is asked for.
    pub only_missing: bool,
    /// Address of the same page with the other choice.
    pub toggle: String,
    /// Payments on this page of the list.
    pub payments: Vec<SpjPaymentRow>,
    /// Pages of the list before and after this one.
    pub pages: Vec<Link>,
    /// Files to take along.
    pub downloads: Vec<Link>,
    /// Who signs the printed report.
    pub signatories: Vec<Fact>,
}

/// A piece of evidence.
#[derive(Debug, Clone)]
pub struct SpjLineRow {
    /// What it is.
    pub what: String,
    /// There or missing.
    pub chip: Chip,
    /// Number, day, person; or what to do.
    pub words: String,
    /// Where it is put right; empty when it is there.
    pub href: String,
}

/// The evidence of one payment, and the form that attaches a scan.
#[derive(Template, WebTemplate)]
#[template(path = "pages/spj_payment.html")]
pub struct SpjPaymentPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Id of the payment.
    pub id: String,
    /// Address of the order's report.
    pub order_href: String,
    /// Number of the order.
    pub order: String,
    /// Complete or not.
    pub chip: Chip,
    /// Payee, amount, state.
    pub facts: Vec<Fact>,
    /// Evidence: the order's, then its own.
    pub lines: Vec<SpjLineRow>,
    /// Scans attached so far.
    pub scans: Vec<Link>,
    /// Whether this person attaches.
    pub can_attach: bool,
    /// What a scan can show.
    pub kinds: Vec<Choice>,
    /// The kind as chosen.
    pub kind: String,
    /// Remark as typed.
    pub note: String,
}
