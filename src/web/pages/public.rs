//! Pages for everybody: what the programme is, the status of a claim, the door for officers.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Shell};

/// What the programme is and what to bring.
#[derive(Template, WebTemplate)]
#[template(path = "pages/landing.html")]
pub struct LandingPage {
    /// Frame.
    pub shell: Shell,
    /// Benefit, for example Rp1.000.000.
    pub amount: String,
    /// Notice of a programme that stands still; empty while it runs.
    pub notice: String,
    /// Deadline in words, for example "60 hari kalender setelah hari meninggal".
    pub deadline: String,
    /// Papers everybody brings.
    pub documents: Vec<String>,
    /// Cases that need more papers.
    pub cases: Vec<String>,
    /// Who may receive.
    pub relations: Vec<&'static str>,
}

/// Every requirement, made from the rules in force.
#[derive(Template, WebTemplate)]
#[template(path = "pages/requirements.html")]
pub struct RequirementsPage {
    /// Frame.
    pub shell: Shell,
    /// Notice of a programme that stands still; empty while it runs.
    pub notice: String,
    /// Benefit.
    pub amount: String,
    /// Benefit of other cases.
    pub other_amounts: Vec<String>,
    /// Deadline in words.
    pub deadline: String,
    /// The deadline counted out for a death today.
    pub example: String,
    /// Where the deceased must have lived.
    pub residence: String,
    /// How poverty is shown.
    pub routes: Vec<RouteView>,
    /// Papers everybody brings.
    pub papers: Vec<String>,
    /// Papers of special cases.
    pub cases: Vec<CasePapers>,
    /// Who may receive, in order.
    pub relations: Vec<&'static str>,
    /// Who receives where nobody inherits.
    pub no_heir: Vec<String>,
    /// What is not covered.
    pub excluded: Vec<String>,
    /// The regulation.
    pub legal_basis: String,
    /// What nobody has confirmed yet.
    pub assumptions: Vec<String>,
}

/// One way to show that a family is poor.
#[derive(Debug, Clone)]
pub struct RouteView {
    /// The way, in words.
    pub words: String,
    /// Who decides.
    pub decided_by: &'static str,
}

/// A case and the papers it needs besides.
#[derive(Debug, Clone)]
pub struct CasePapers {
    /// The case: `Bila ahli waris lebih dari satu`.
    pub title: String,
    /// Its papers.
    pub papers: Vec<String>,
}

/// The status of one claim by its code.
#[derive(Template, WebTemplate)]
#[template(path = "pages/status.html")]
pub struct StatusPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Code as typed.
    pub code: String,
    /// The claim, if found.
    pub found: Option<PublicClaim>,
}

/// A claim as anybody with its code may see it: initials, no NIK.
#[derive(Debug, Clone)]
pub struct PublicClaim {
    /// Code.
    pub code: String,
    /// State.
    pub chip: Chip,
    /// Almarhum or Almarhumah.
    pub late: &'static str,
    /// Initials of the deceased.
    pub initials: String,
    /// Day of filing.
    pub filed: String,
    /// What the state means.
    pub explanation: String,
    /// The road with what is done.
    pub stages: Vec<Stage>,
    /// What happens next.
    pub next: String,
    /// Where to ask.
    pub ask: String,
}

/// A step of the road.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Words.
    pub label: String,
    /// Day, if done.
    pub when: String,
    /// `done`, `now` or `todo`.
    pub class: &'static str,
}

/// The door for officers.
#[derive(Template, WebTemplate)]
#[template(path = "pages/login.html")]
pub struct LoginPage {
    /// Frame.
    pub shell: Shell,
    /// Why the last try did not work.
    pub refusal: Option<String>,
    /// User name as typed.
    pub username: String,
    /// Where to go after.
    pub next: String,
}
