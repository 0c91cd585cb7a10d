//! The page that says what went wrong and what to do.

use askama::Template;
use askama_web::WebTemplate;

use crate::web::page::Shell;

/// A problem in kind words, with the number to quote.
#[derive(Template, WebTemplate)]
#[template(path = "pages/problem.html")]
pub struct ProblemPage {
    /// Frame.
    pub shell: Shell,
    /// What happened.
    pub message: String,
    /// What one can do.
    pub cures: Vec<String>,
    /// Request id.
    pub request_id: String,
}
