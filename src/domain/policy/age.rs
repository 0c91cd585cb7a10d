//! Ages the rules tell apart (P10).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::claim::{Cause, ClaimContent};

/// How old somebody was, as the checklist of papers asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeClass {
    /// Born without life.
    Stillborn,
    /// Up to 28 days old.
    Newborn,
    /// Under 17: no KTP yet.
    Child,
    /// 17 and older.
    Adult,
}

/// A newborn is at most this many days old.
const NEWBORN_DAYS: i64 = 28;
/// From this age on everybody has a KTP, in years.
const KTP_YEARS: u32 = 17;

impl AgeClass {
    /// The class on the day of death; `None` for dates that cannot be.
    pub fn at(born_on: NaiveDate, died_on: NaiveDate) -> Option<Self> {
        let years = died_on.years_since(born_on)?;
        let days = died_on.signed_duration_since(born_on).num_days();
        Some(match years {
            _ if days <= NEWBORN_DAYS => Self::Newborn,
            years if years < KTP_YEARS => Self::Child,
            _ => Self::Adult,
        })
    }

    /// The class of a claim's deceased; `None` where the birth date is not known.
    pub fn of(content: &ClaimContent) -> Option<Self> {
        match content.death.cause {
            Some(Cause::Stillbirth) => Some(Self::Stillborn),
            _ => content.deceased.born_on.and_then(|born_on| Self::at(born_on, content.death.died_on)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_change_on_the_birthday_and_on_the_twenty_ninth_day() {
        let check = |born: &str, died: &str, expected| assert_eq!(AgeClass::at(born.parse().unwrap(), died.parse().unwrap()), expected);
        check("2026-06-01", "2026-06-01", Some(AgeClass::Newborn));
        check("2026-06-01", "2026-06-29", Some(AgeClass::Newborn));
        check("2026-06-01", "2026-06-30", Some(AgeClass::Child));
        check("2009-06-02", "2026-06-01", Some(AgeClass::Child));
        check("2009-06-01", "2026-06-01", Some(AgeClass::Adult));
        check("2026-06-02", "2026-06-01", None);
    }
}
