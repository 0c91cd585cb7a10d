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
    /// Deadline in words, for example "60 hari kalender".
    pub deadline: String,
    /// Papers to bring.
    pub documents: Vec<String>,
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
