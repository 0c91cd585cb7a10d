//! One claim: what it says, what was found, what was done, and what this person may do next.

use askama::Template;
use askama_web::WebTemplate;

use super::alert::AlertView;
use super::queue::BudgetView;
use crate::exchange::claim_form::FieldErrors;
use crate::web::marking::Piece;
use crate::web::page::{Chip, Choice, EventView, Fact, Link, Shell};

/// The page of a claim.
#[derive(Template, WebTemplate)]
#[template(path = "pages/claim.html")]
pub struct ClaimPage {
    /// Frame.
    pub shell: Shell,
    /// The list this came from.
    pub back: &'static str,
    /// Code.
    pub code: String,
    /// Version the page shows; an act on an older one is refused.
    pub version: i64,
    /// Almarhum or almarhumah with the name.
    pub deceased: String,
    /// Village and kecamatan.
    pub village: String,
    /// Day of filing.
    pub filed: String,
    /// State.
    pub state: Chip,
    /// Verdict.
    pub verdict: Chip,
    /// Faults in a decision's form.
    pub errors: FieldErrors,
    /// What changed meanwhile, after a stale act.
    pub changed: Vec<String>,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// The payee is known as dead, though the claim is approved; one entry or none.
    pub alerts: Vec<AlertView>,
    /// The way to an annulment, where there is one.
    pub annul: Option<Link>,
    /// What is still owed from earlier claims for this death or by these people.
    pub owed: Vec<Link>,
    /// Where the village repairs it; empty when that is not the step.
    pub repair_href: String,
    /// Title over the actions.
    pub decide_title: &'static str,
    /// What this person may do.
    pub actions: Vec<ActionView>,
    /// Why nothing may be done, where that is not plain.
    pub why_not: String,
    /// Budget position, for the approver.
    pub budget: Option<BudgetView>,
    /// Findings, heaviest first.
    pub findings: Vec<FindingView>,
    /// People who may be the same, side by side.
    pub pairs: Vec<PairView>,
    /// Where the register values come from.
    pub register_note: String,
    /// Fields that differ.
    pub differing: Vec<CompareRow>,
    /// Fields that are the same.
    pub same: Vec<CompareRow>,
    /// The claim itself.
    pub groups: Vec<Group>,
    /// Letters issued.
    pub letters: Vec<Link>,
    /// Papers.
    pub documents: Vec<DocumentView>,
    /// The story.
    pub events: Vec<EventView>,
}

/// The page right after filing.
#[derive(Template, WebTemplate)]
#[template(path = "pages/claim_filed.html")]
pub struct ClaimFiledPage {
    /// Frame.
    pub shell: Shell,
    /// Code.
    pub code: String,
    /// Day of filing.
    pub filed: String,
    /// Almarhum or almarhumah.
    pub late: &'static str,
    /// Name.
    pub deceased: String,
    /// Address of the receipt; empty when there is none.
    pub receipt: String,
    /// Where families look up the status.
    pub status_url: String,
    /// Verdict.
    pub verdict: Chip,
    /// Findings.
    pub findings: Vec<FindingView>,
    /// Papers still to bring.
    pub missing: Vec<String>,
}

/// Something this person may do.
#[derive(Debug, Clone, Default)]
pub struct ActionView {
    /// Code of the step.
    pub step: &'static str,
    /// Words of the step.
    pub label: &'static str,
    /// Words on the button.
    pub button: &'static str,
    /// One sentence on what happens.
    pub hint: String,
    /// One button, no reason asked.
    pub plain: bool,
    /// Whether the folded part is open, after a fault.
    pub open: bool,
    /// Class of the button.
    pub class: &'static str,
    /// Sentences to tick.
    pub ready: Vec<Choice>,
    /// Key of the reason field.
    pub key: String,
    /// Label of the reason field.
    pub reason_label: &'static str,
    /// Reason as typed.
    pub typed: String,
}

/// A finding in words.
#[derive(Debug, Clone)]
pub struct FindingView {
    /// `block`, `review` or `note`.
    pub class: &'static str,
    /// Weight.
    pub chip: Chip,
    /// Short title.
    pub title: String,
    /// What is wrong and what to do.
    pub sentence: String,
    /// Claimed value, masked.
    pub claimed: String,
    /// Registered value, masked.
    pub registered: String,
    /// Dataset and date.
    pub source: String,
}

/// A field of the claim beside the register.
#[derive(Debug, Clone)]
pub struct CompareRow {
    /// Field.
    pub label: &'static str,
    /// As claimed.
    pub claimed: Vec<Piece>,
    /// As registered, or in the other claim.
    pub registered: Vec<Piece>,
    /// Whether the two differ.
    pub differs: bool,
}

/// Two people side by side, and whether they are one.
#[derive(Debug, Clone)]
pub struct PairView {
    /// Who stands beside the deceased.
    pub title: String,
    /// Head of the second column.
    pub heading: &'static str,
    /// The other claim's page; empty for a register row.
    pub href: String,
    /// `claim` or `register`.
    pub kind: &'static str,
    /// Code of the claim or number of the row.
    pub reference: String,
    /// Its place on the page.
    pub index: usize,
    /// Key of the reason field.
    pub key: String,
    /// Reason as typed.
    pub typed: String,
    /// Whether the folded part is open, after a fault.
    pub open: bool,
    /// Fields.
    pub rows: Vec<CompareRow>,
    /// How like the deceased a register row is, field by field; empty for another claim.
    pub likeness: String,
    /// What was decided, by whom and why; empty while nobody has.
    pub decided: String,
    /// Whether this person may answer.
    pub may_answer: bool,
}

/// A titled list of facts.
#[derive(Debug, Clone)]
pub struct Group {
    /// Title.
    pub title: String,
    /// Facts.
    pub rows: Vec<Fact>,
}

/// A paper of the claim.
#[derive(Debug, Clone)]
pub struct DocumentView {
    /// What it is.
    pub label: String,
    /// Where to open it; empty when only seen by the clerk.
    pub href: String,
    /// Size, or "sudah dilihat petugas".
    pub size: String,
}
