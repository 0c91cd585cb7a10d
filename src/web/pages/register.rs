//! Data warga: the releases that are in, and a file on its way in.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Fact, Shell};

/// The desk for register files.
#[derive(Template, WebTemplate)]
#[template(path = "pages/register.html")]
pub struct RegisterPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// What is wrong in a mapping file that was sent.
    pub faults: Vec<String>,
    /// Column names of a file that was not understood, for the example of a mapping.
    pub new_columns: Vec<String>,
    /// Name of the field of a mapping file.
    pub mapping_key: &'static str,
    /// Mappings there are, those tried first in front.
    pub mappings: Vec<MappingView>,
    /// Name of the field of the file.
    pub file_key: &'static str,
    /// A file that waits for a decision.
    pub preview: Option<PreviewView>,
    /// Releases, newest first.
    pub releases: Vec<ReleaseView>,
}

/// A file that waits for a decision.
#[derive(Debug, Clone)]
pub struct PreviewView {
    /// Name of the file.
    pub name: String,
    /// Hash of what was looked at; what is applied has to be the same.
    pub sha256: String,
    /// Kind of file and mapping.
    pub recognised: Vec<Fact>,
    /// What the columns are taken for.
    pub columns: Vec<Fact>,
    /// Columns nobody knows.
    pub unknown: String,
    /// Every column, for the example of a mapping.
    pub all_columns: Vec<String>,
    /// Counts of rows.
    pub counts: Vec<Fact>,
    /// What to do about numbers a spreadsheet has damaged; empty where there are none.
    pub advice: String,
    /// The first rows with something set aside.
    pub aside: Vec<AsideView>,
    /// When the same file was applied before; empty if never.
    pub already: String,
    /// Source as typed.
    pub source: String,
    /// Date as typed.
    pub date: String,
}

/// A mapping of column names.
#[derive(Debug, Clone)]
pub struct MappingView {
    /// Its name, or that of a file that cannot be used.
    pub name: String,
    /// Where it comes from.
    pub from: String,
    /// What is wrong in it.
    pub faults: Vec<String>,
}

/// A row of which something is set aside.
#[derive(Debug, Clone)]
pub struct AsideView {
    /// Number of the row.
    pub row: usize,
    /// What becomes of it.
    pub fate: &'static str,
    /// Why.
    pub reason: String,
}

/// A release that is in.
#[derive(Debug, Clone)]
pub struct ReleaseView {
    /// Source.
    pub source: String,
    /// Its date.
    pub date: String,
    /// Name of the file.
    pub file: String,
    /// Rows taken.
    pub accepted: usize,
    /// Rows that could not be taken.
    pub set_aside: usize,
    /// When it was imported.
    pub when: String,
}
