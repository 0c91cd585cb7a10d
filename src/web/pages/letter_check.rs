//! Whether a letter is the office's and still counts, for anybody who holds one.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Fact, Shell};

/// The page "Periksa keaslian surat".
#[derive(Template, WebTemplate)]
#[template(path = "pages/letter_check.html")]
pub struct LetterCheckPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in the form.
    pub errors: FieldErrors,
    /// Code as typed.
    pub code: String,
    /// Why a file or a code is not the office's; empty while nothing was asked.
    pub refusal: String,
    /// The letter, if there is one.
    pub found: Option<LetterView>,
}

/// A letter as anybody may see it: no name, NIK or account.
#[derive(Debug, Clone)]
pub struct LetterView {
    /// Whether it counts.
    pub chip: Chip,
    /// Whether it counts, in a sentence.
    pub sentence: String,
    /// Kind, number, date, office, amount, initials, code.
    pub facts: Vec<Fact>,
    /// Whether a file was looked at, not only a code.
    pub is_file: bool,
}
