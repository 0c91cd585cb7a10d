//! Undoing after the fact: amending a decree, annulling a claim, money that comes back.

use askama::Template;
use askama_web::WebTemplate;

use super::year::Written;
use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// Amending a decree: choose rows, fill in what becomes of them, look at it, propose.
#[derive(Template, WebTemplate)]
#[template(path = "pages/amend.html")]
pub struct AmendPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Decree.
    pub id: String,
    /// Number and date, recipients, sum.
    pub facts: Vec<Fact>,
    /// Name of the file field.
    pub file_key: &'static str,
    /// Part of a name or code that is looked for.
    pub search: String,
    /// Rows to choose from; empty once some are chosen.
    pub choices: Vec<AmendChoice>,
    /// How many more there are.
    pub more: String,
    /// Chosen rows with their forms.
    pub rows: Vec<AmendRow>,
    /// What the amending decree would say.
    pub preview: Option<ChangesView>,
    /// What was filled in, sent along with the preview.
    pub hidden: Vec<(String, String)>,
}

/// A row to choose.
#[derive(Debug, Clone)]
pub struct AmendChoice {
    /// Claim.
    pub id: String,
    /// Code.
    pub code: String,
    /// Deceased and heir.
    pub names: String,
    /// Bank or cash, sum.
    pub method: String,
    /// Why it cannot change now; empty if it can.
    pub blocked: String,
}

/// A chosen row with its form.
#[derive(Debug, Clone)]
pub struct AmendRow {
    /// Claim.
    pub id: String,
    /// Version as it is seen.
    pub version: i64,
    /// Code.
    pub code: String,
    /// As it stands.
    pub facts: Vec<Fact>,
    /// Keys and values of the fields.
    pub fields: Vec<(String, String)>,
    /// What shall become of it.
    pub kinds: Vec<Choice>,
    /// Grounds for striking.
    pub grounds: Vec<Choice>,
    /// Relations.
    pub relations: Vec<Choice>,
    /// Ways of paying.
    pub ways: Vec<Choice>,
}

impl AmendRow {
    /// The key of the n-th field.
    pub fn key(&self, n: usize) -> &str {
        self.fields.get(n).map_or("", |(key, _)| key.as_str())
    }

    /// What was typed in the n-th field.
    pub fn typed(&self, n: usize) -> &str {
        self.fields.get(n).map_or("", |(_, text)| text.as_str())
    }
}

/// Rows before and after, with the list's sums.
#[derive(Debug, Clone)]
pub struct ChangesView {
    /// Rows.
    pub rows: Vec<ChangeView>,
    /// Semula, dicoret, menjadi.
    pub sums: Vec<Fact>,
}

/// A row before and after.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// Code.
    pub code: String,
    /// Name of the deceased.
    pub deceased: String,
    /// As it stood.
    pub before: String,
    /// As it becomes; empty where it is struck.
    pub after: String,
    /// Why.
    pub why: String,
    /// Sum of the row.
    pub amount: String,
}

/// A proposed amending decree.
#[derive(Template, WebTemplate)]
#[template(path = "pages/amendment.html")]
pub struct AmendmentPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Proposal.
    pub id: String,
    /// Where it stands.
    pub chip: Chip,
    /// Decree, who proposed, who decided.
    pub facts: Vec<Fact>,
    /// Address of the evidence.
    pub evidence: String,
    /// Rows before and after; none once a claim is not any more as it was proposed.
    pub changes: Option<ChangesView>,
    /// What was proposed, where the preview cannot be drawn any more.
    pub told: Vec<Fact>,
    /// Whether this person may lock it.
    pub can_lock: bool,
    /// Whether this person may take it back or not agree.
    pub can_withdraw: bool,
    /// Reason as typed.
    pub reason: String,
    /// Letters of the amending decree.
    pub letters: Vec<Link>,
}

/// Annulling a claim.
#[derive(Template, WebTemplate)]
#[template(path = "pages/annul.html")]
pub struct AnnulPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Code.
    pub code: String,
    /// Version as it is seen.
    pub version: i64,
    /// Where the claim stands.
    pub chip: Chip,
    /// Deceased, payee, where the money is.
    pub facts: Vec<Fact>,
    /// What has to be done first, or what follows.
    pub road: String,
    /// Where to do that; empty if nothing comes first.
    pub road_href: String,
    /// Name of the file field.
    pub file_key: &'static str,
    /// Whether this person may ask now.
    pub can_ask: bool,
    /// Grounds.
    pub grounds: Vec<Choice>,
    /// Ground as chosen.
    pub ground: String,
    /// Words as typed.
    pub words: String,
    /// Requests, newest first.
    pub requests: Vec<RequestView>,
    /// Whether the money has to come back if it is annulled.
    pub owes: bool,
    /// Payee and address, who owes it unless somebody else is named.
    pub payee: String,
    /// Another debtor as typed.
    pub debtor: String,
    /// Their address as typed.
    pub address: String,
    /// Reason of a refusal as typed.
    pub reason: String,
}

/// A request that a claim be annulled.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// Id.
    pub id: String,
    /// Ground, words, who and when.
    pub facts: Vec<Fact>,
    /// Where it stands.
    pub chip: Chip,
    /// Address of the evidence.
    pub evidence: String,
    /// Whether this person may decide.
    pub can_judge: bool,
}

/// What has to come back, over all cases.
#[derive(Template, WebTemplate)]
#[template(path = "pages/recoveries.html")]
pub struct RecoveriesPage {
    /// Frame.
    pub shell: Shell,
    /// Owed, came back, still owed, overdue.
    pub sums: Vec<Fact>,
    /// Cases.
    pub rows: Vec<CaseRow>,
}

/// A case in the list.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Id.
    pub id: String,
    /// Who owes it.
    pub debtor: String,
    /// Code of the claim.
    pub code: String,
    /// Where it stands.
    pub chip: Chip,
    /// Next day and amount, or that nothing was agreed.
    pub next: String,
    /// What was paid wrongly.
    pub owed: String,
    /// What came back.
    pub came: String,
    /// What is still owed.
    pub balance: String,
    /// What is late.
    pub overdue: String,
}

/// One case.
#[derive(Template, WebTemplate)]
#[template(path = "pages/recovery.html")]
pub struct RecoveryPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Id.
    pub id: String,
    /// Version as it is seen.
    pub version: i64,
    /// Code of the claim.
    pub code: String,
    /// Where it stands.
    pub chip: Chip,
    /// Debtor, sums, days.
    pub facts: Vec<Fact>,
    /// Whether this person may record.
    pub can_act: bool,
    /// The plan in force.
    pub dues: Vec<DueRow>,
    /// What it rests on.
    pub basis: String,
    /// Former plans, each in a line.
    pub former: Vec<Fact>,
    /// What came.
    pub parts: Vec<PartRow>,
    /// Letters: demands and notes.
    pub letters: Vec<Link>,
    /// Name of the file field.
    pub file_key: &'static str,
    /// What was typed.
    pub typed: Written,
}

/// An instalment of the plan in force.
#[derive(Debug, Clone)]
pub struct DueRow {
    /// Day.
    pub on: String,
    /// How much.
    pub amount: String,
    /// How it stands.
    pub chip: Chip,
}

/// A part that came back.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// Id.
    pub id: String,
    /// Number of the slip and day.
    pub slip: String,
    /// Number of the note and who recorded it.
    pub remark: String,
    /// How much.
    pub amount: String,
    /// Address of the scan.
    pub evidence: String,
    /// Why it was moved back; empty if it was not.
    pub voided: String,
    /// Whether this person may move it back.
    pub can_void: bool,
    /// Key of the reason.
    pub key: String,
}
