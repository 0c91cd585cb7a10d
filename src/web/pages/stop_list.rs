//! Lists of confirmed deaths for other programmes.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Choice, Fact, Shell};

/// The desk: the next list as it would be made, and those that were.
#[derive(Template, WebTemplate)]
#[template(path = "pages/stop_list.html")]
pub struct StopListPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// Whether this person makes and fetches lists.
    pub can_make: bool,
    /// Programmes to choose from.
    pub programmes: Vec<Choice>,
    /// Programme as chosen.
    pub programme: String,
    /// First day as typed; empty for where the last list ended.
    pub from: String,
    /// Last day as typed.
    pub until: String,
    /// The next list, once a programme was chosen.
    pub preview: Option<StopPreview>,
    /// Lists, the newest first.
    pub lists: Vec<StopListView>,
}

/// The next list as it would be made now.
#[derive(Debug, Clone)]
pub struct StopPreview {
    /// Name of the programme.
    pub title: String,
    /// Period, rows of each kind, control sum.
    pub facts: Vec<Fact>,
    /// What somebody should look at, each one sentence.
    pub notes: Vec<String>,
    /// Who stands on it: action, name, code.
    pub people: Vec<(String, String, String)>,
    /// How many more than are shown.
    pub more: usize,
    /// Seal of exactly this list.
    pub seal: String,
}

/// A list that was made.
#[derive(Debug, Clone)]
pub struct StopListView {
    /// Id.
    pub id: String,
    /// Programme and number.
    pub title: String,
    /// When, by whom, which period.
    pub remark: String,
    /// Rows.
    pub rows: String,
    /// Control sum and hash.
    pub control: String,
    /// How often it was fetched.
    pub draws: String,
}
