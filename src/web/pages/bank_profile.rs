//! Profil bank: how banks want their files, as data an office adds and tries by itself.

use askama::Template;
use askama_web::WebTemplate;

use crate::web::page::{Chip, Shell};

/// Profiles, the text of one, and what a trial made.
#[derive(Template, WebTemplate)]
#[template(path = "pages/bank_profiles.html")]
pub struct ProfilesPage {
    /// Frame.
    pub shell: Shell,
    /// Faults of the text, all at once.
    pub faults: Vec<String>,
    /// All profiles.
    pub profiles: Vec<ProfileView>,
    /// Text to begin with or as typed.
    pub text: String,
    /// Whether this person may keep one.
    pub can_keep: bool,
    /// Files of the trial with their first lines.
    pub trial: Vec<TrialFile>,
}

/// One profile.
#[derive(Debug, Clone)]
pub struct ProfileView {
    /// Name on the command line.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Own or of the program, broken or not.
    pub chip: Chip,
    /// Rails, and whether results are read.
    pub remark: String,
    /// Address that shows its text.
    pub href: String,
}

/// A file the trial made.
#[derive(Debug, Clone)]
pub struct TrialFile {
    /// Its name.
    pub name: String,
    /// How many payments and their sum.
    pub remark: String,
    /// Its first lines; empty for a workbook.
    pub lines: String,
}
