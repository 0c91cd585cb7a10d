//! Times in which a programme stands still (P3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A time in which nothing is paid out. Claims are taken in and keep their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// First day.
    pub from: NaiveDate,
    /// Last day; open while absent.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// What families and clerks read meanwhile.
    pub notice: String,
}

impl Suspension {
    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}
