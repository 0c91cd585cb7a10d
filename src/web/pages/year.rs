//! The budget through the year: position, revisions, waiting list, forecast, suspension, end of the year.

use askama::Template;
use askama_web::WebTemplate;

use super::ForecastView;
use crate::exchange::claim_form::FieldErrors;
use crate::web::page::{Chip, Choice, Fact, Link, Shell};

/// The page "Anggaran".
#[derive(Template, WebTemplate)]
#[template(path = "pages/year.html")]
pub struct YearPage {
    /// Frame.
    pub shell: Shell,
    /// Faults in a form.
    pub errors: FieldErrors,
    /// Why the last act was refused.
    pub refusal: Option<String>,
    /// What came of the last act, where a sentence is not enough.
    pub told: Vec<String>,
    /// Fiscal year.
    pub year: i32,
    /// Other years that have lines.
    pub years: Vec<Link>,
    /// Notice of a programme that stands still; empty while it runs.
    pub suspended: String,
    /// Lines by account code.
    pub lines: Vec<LineBox>,
    /// All lines together, where there are several.
    pub total: Vec<MoneyRow>,
    /// When the money ends.
    pub forecast: Option<ForecastView>,
    /// Everybody who waits.
    pub waiting: WaitingBox,
    /// Whether this person acts for the finance office.
    pub can_finance: bool,
    /// Sources a line may have.
    pub sources: Vec<Choice>,
    /// Whether this person decides about the programme.
    pub can_programme: bool,
    /// Whether the programme stands still or will.
    pub is_suspended: bool,
    /// Every time it did.
    pub periods: Vec<Fact>,
    /// The end of the year.
    pub end: YearEndBox,
    /// What was typed.
    pub typed: Written,
}

/// One line with its places and documents.
#[derive(Debug, Clone)]
pub struct LineBox {
    /// Id.
    pub id: String,
    /// Source, account code and name.
    pub title: String,
    /// Open or closed, or a warning.
    pub chip: Chip,
    /// Every place of the money; they add up to the ceiling.
    pub rows: Vec<MoneyRow>,
    /// Share used, whole percent.
    pub used_percent: i64,
    /// Part of the ceiling from which on desks warn.
    pub soft_limit: String,
    /// The documents behind the ceiling, oldest first.
    pub documents: Vec<DocumentRow>,
    /// Whether a revision may be recorded.
    pub can_revise: bool,
    /// Keys of its form: document, date, ceiling, reason.
    pub keys: [String; 4],
    /// Keys of the form that changes the limit: percent, reason.
    pub limit_keys: [String; 2],
}

/// A place of money.
#[derive(Debug, Clone)]
pub struct MoneyRow {
    /// Place.
    pub label: String,
    /// Amount.
    pub amount: String,
    /// Whether it is the sum.
    pub is_sum: bool,
}

/// A budget document.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Name and number.
    pub document: String,
    /// Date.
    pub date: String,
    /// More or less, with its sign.
    pub change: String,
    /// Why.
    pub reason: String,
}

/// The waiting list.
#[derive(Debug, Clone, Default)]
pub struct WaitingBox {
    /// Places in their order.
    pub places: Vec<PlaceRow>,
    /// What they need, and for how many it is there.
    pub note: String,
    /// Whether this person may release the list.
    pub can_release: bool,
    /// The revision that is announced, in words.
    pub announced: String,
}

/// A place on the waiting list.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// `1 dari 12`.
    pub place: String,
    /// Code.
    pub code: String,
    /// Name of the deceased.
    pub deceased: String,
    /// Village and kecamatan.
    pub village: String,
    /// Day of filing.
    pub filed: String,
    /// When money is expected.
    pub expected: String,
    /// Amount.
    pub amount: String,
}

/// The end of the year.
#[derive(Debug, Clone, Default)]
pub struct YearEndBox {
    /// The rule in words.
    pub rule: String,
    /// What would happen now.
    pub preview: Vec<Fact>,
    /// What has to be done first; empty if nothing.
    pub first: String,
    /// Stands for exactly that end.
    pub seal: String,
    /// What was done before.
    pub acts: Vec<Fact>,
    /// What waits for the second person.
    pub asked: Option<AskedBox>,
    /// Whether this person may ask for closing.
    pub can_close: bool,
    /// Whether this person may ask for opening it again.
    pub can_reopen: bool,
}

/// An act that waits for the second person.
#[derive(Debug, Clone)]
pub struct AskedBox {
    /// Id.
    pub id: String,
    /// Which act.
    pub label: &'static str,
    /// By whom, when and why.
    pub facts: Vec<Fact>,
    /// Whether this person may do it.
    pub can_confirm: bool,
    /// Whether this person may take it back.
    pub can_withdraw: bool,
}

/// What was typed, by field.
#[derive(Debug, Clone, Default)]
pub struct Written(pub Vec<(String, String)>);

impl Written {
    /// The text of a field; empty if none was sent.
    pub fn of(&self, key: &str) -> &str {
        self.0.iter().find(|(k, _)| k == key).map_or("", |(_, text)| text.as_str())
    }
}
