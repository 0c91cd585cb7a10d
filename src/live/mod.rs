//! Other registers of the population behind one door: the office's own releases, Dukcapil's service, later SPDCI.
//!
//! A source is asked outside every transaction, from a worker. Whatever goes wrong is [`Answer::Unavailable`]: the claim
//! goes on, and the question is asked again later.

pub mod dukcapil;
mod releases;

use chrono::{DateTime, Utc};

use crate::domain::source::{Answer, Question};

pub use releases::Releases;

/// A register that can be asked about one person.
pub trait PopulationSource: Send + Sync {
    /// Its name on pages, in findings and in the count of questions.
    fn name(&self) -> &str;

    /// Questions it may be asked a day; every try counts.
    fn daily_limit(&self) -> u32;

    /// Asks. `may_send` is called before each try and says whether the day's allowance holds one more.
    fn ask(&self, question: &Question, now: DateTime<Utc>, may_send: &mut dyn FnMut() -> bool) -> Answer;
}
