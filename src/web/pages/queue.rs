//! Lists of claims: the clerk's desk, the queues of the village head, Dinas Sosial and everybody who reads.

use askama::Template;
use askama_web::WebTemplate;

use super::alert::AlertView;
use crate::web::page::{Chip, Link, Shell};

/// A list of claims with counts and a filter.
#[derive(Template, WebTemplate)]
#[template(path = "pages/queue.html")]
pub struct QueuePage {
    /// Frame.
    pub shell: Shell,
    /// One sentence under the title.
    pub intro: String,
    /// The main button.
    pub action: Option<Link>,
    /// Payees of approved claims who are known as dead.
    pub alerts: Vec<AlertView>,
    /// Counts per state; each filters.
    pub stats: Vec<Stat>,
    /// Budget position, where it matters.
    pub budget: Option<BudgetView>,
    /// The claims, most urgent first.
    pub rows: Vec<ClaimRow>,
    /// What was searched for.
    pub search: String,
    /// Path of the list.
    pub path: &'static str,
    /// What to say when there are none.
    pub empty: String,
    /// Address of the next rows.
    pub more: Option<String>,
}

/// A count that filters the list.
#[derive(Debug, Clone)]
pub struct Stat {
    /// Number or amount.
    pub value: String,
    /// What is counted.
    pub label: String,
    /// Address of the filtered list.
    pub href: String,
    /// Whether it is the filter in force.
    pub current: bool,
}

/// A claim in a list.
#[derive(Debug, Clone)]
pub struct ClaimRow {
    /// Code.
    pub code: String,
    /// Name of the deceased.
    pub deceased: String,
    /// Name of the heir who receives.
    pub heir: String,
    /// Village and kecamatan.
    pub village: String,
    /// Day of death.
    pub died: String,
    /// State.
    pub state: Chip,
    /// Verdict.
    pub verdict: Chip,
    /// What happens next, and by whom.
    pub next: String,
    /// How long it has waited.
    pub waiting: String,
    /// Whether that is too long.
    pub late: bool,
    /// How late it was filed; empty if it was in time.
    pub deadline: String,
}

/// The budget line of the year.
#[derive(Debug, Clone)]
pub struct BudgetView {
    /// Fiscal year.
    pub year: String,
    /// Source and account.
    pub line: String,
    /// Ceiling.
    pub ceiling: String,
    /// Bound by approvals, not yet on a decree.
    pub committed: String,
    /// On a decree, not yet paid.
    pub decreed: String,
    /// Paid.
    pub paid: String,
    /// What is left.
    pub remaining: String,
    /// For how many claims that is enough.
    pub claims_left: String,
    /// Share used, whole percent.
    pub used_percent: i64,
    /// That the soft limit of a line is passed; empty while it is not.
    pub warning: String,
}
