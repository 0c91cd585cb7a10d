//! Hasil bank: reports with their lines, and the lines somebody has to look at.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// Reports of banks, importing one, and open lines.
#[derive(Template, WebTemplate)]
#[template(path = "pages/results.html")]
pub struct ResultsPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Whether this person imports.
    pub can_import: bool,
    /// Name of the file field.
    pub file_key: &'static str,
    /// Profiles by which a table is read.
    pub profiles: Vec<Choice>,
    /// The chosen one.
    pub profile: String,
    /// Lines somebody has to look at.
    pub open: Vec<LineRow>,
    /// Reports, newest first.
    pub reports: Vec<ReportRow>,
}

/// One report.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Address of its page.
    pub href: String,
    /// Name of the file.
    pub name: String,
    /// Kind and profile.
    pub kind: String,
    /// When and by whom it was imported.
    pub when: String,
    /// What its lines came to.
    pub chips: Vec<Chip>,
    /// What a person should know about it.
    pub notes: String,
}

/// One line of a report.
#[derive(Debug, Clone)]
pub struct LineRow {
    /// Report.
    pub report_id: String,
    /// Place among its lines.
    pub position: i64,
    /// Row in the file.
    pub place: i64,
    /// Reference the bank gave back, and the account, masked.
    pub reference: String,
    /// Account, masked; may be empty.
    pub account: String,
    /// Amount by the bank.
    pub amount: String,
    /// What it came to.
    pub chip: Chip,
    /// The same in words.
    pub words: String,
    /// Order of the payment it is about: address, or none.
    pub order: Option<Link>,
    /// What was made of it; empty while open or where nothing had to be.
    pub answer: String,
    /// Whether this person may answer it.
    pub can_answer: bool,
    /// Whether it can be taken as what it seems.
    pub can_accept: bool,
    /// Key of the reason field.
    pub key: String,
    /// Reason as typed.
    pub typed: String,
    /// Whether the folded part is open, after a fault.
    pub unfolded: bool,
}

/// One report with its lines.
#[derive(Template, WebTemplate)]
#[template(path = "pages/report.html")]
pub struct ReportPage {
    /// Frame.
    pub shell: Shell,
    /// File, kind, when, by whom.
    pub facts: Vec<Fact>,
    /// Outcomes to choose from: words, address, count; the current one has no address.
    pub filters: Vec<Link>,
    /// Lines.
    pub lines: Vec<LineRow>,
    /// Address of the next page; empty at the end.
    pub next: String,
}
