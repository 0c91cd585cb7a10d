//! The one page on which a clerk writes a claim, new or for repair.

use askama::Template;
use askama_web::WebTemplate;

use crate::exchange::claim_form::{ClaimForm, FieldErrors};
use crate::web::page::{Choice, Shell, Tone};

/// The form with everything typed so far.
#[derive(Template, WebTemplate)]
#[template(path = "pages/claim_form.html")]
pub struct ClaimFormPage {
    /// Frame.
    pub shell: Shell,
    /// One sentence under the title.
    pub intro: String,
    /// Where it is sent.
    pub action: String,
    /// Where "Batal" leads.
    pub cancel: String,
    /// Version of the claim being repaired; empty for a new one.
    pub version: String,
    /// What is typed.
    pub form: ClaimForm,
    /// Faults.
    pub errors: FieldErrors,
    /// Why the claim came back.
    pub repair: Vec<String>,
    /// What the look into the register gave.
    pub lookup: Option<Lookup>,
    /// People on the same family card.
    pub family: Vec<FamilyMember>,
    /// Which of them is chosen.
    pub chosen: String,
    /// L and P.
    pub sexes: Vec<Choice>,
    /// Relations.
    pub relations: Vec<Choice>,
    /// Villages to live in.
    pub villages: Vec<Choice>,
    /// Villages this account may file for.
    pub villages_own: Vec<Choice>,
    /// Which optional parts the rules know.
    pub parts: StandInParts,
    /// How many days are left to file, or how many it is late; empty until the day of death is known.
    pub countdown: String,
    /// Its colour.
    pub countdown_tone: Tone,
    /// Notice of a programme that stands still; empty while it runs.
    pub notice: String,
    /// Causes of death to choose from; empty where the rules do not ask.
    pub causes: Vec<Choice>,
    /// The checklist.
    pub documents: Vec<DocumentInput>,
}

/// The optional parts about people who stand in for the heir; those the rules do not know are left out.
#[derive(Debug, Clone, Default)]
pub struct StandInParts {
    /// Who collects for the heir.
    pub proxy: bool,
    /// Who signs for a child.
    pub guardian: bool,
    /// Who may receive where nobody inherits, as a sentence; empty where the rules know nobody.
    pub no_heir: String,
}

impl StandInParts {
    /// Whether a part is shown open: something is typed in it or has to be looked at again.
    pub fn is_open(&self, part: &str, form: &ClaimForm, errors: &FieldErrors) -> bool {
        let prefix = format!("{part}.");
        let typed = match part {
            "kuasa" => !form.kuasa.is_blank(),
            "wali" => !form.wali.is_blank(),
            _no_heir => !form.tanpa_ahli_waris.is_blank(),
        };
        typed || errors.iter().any(|error| error.key.starts_with(&prefix))
    }
}

/// What the look into the register gave.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Colour.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// Somebody on the same family card.
#[derive(Debug, Clone)]
pub struct FamilyMember {
    /// Register id, sent back.
    pub value: String,
    /// Name.
    pub name: String,
    /// Place in the family, age, masked NIK.
    pub about: String,
}

/// A paper with its tick and its upload.
#[derive(Debug, Clone)]
pub struct DocumentInput {
    /// Code of the kind.
    pub code: &'static str,
    /// Key of the upload: `berkas.` and the code.
    pub key: String,
    /// Words.
    pub label: &'static str,
    /// Whether the policy asks for it.
    pub required: bool,
    /// In which case it is needed, copies, original; empty for nothing to say.
    pub note: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// What is attached already; empty for nothing.
    pub attached: String,
}
