//! Days on which the office works: Monday to Friday without holidays and joint leave.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::civil::days_after;

/// The office's closed days besides Saturdays and Sundays.
///
/// They come from the yearly joint decree (SKB) and are data of the office, because the decree is sometimes changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(BTreeMap<NaiveDate, Closed>);

/// Why a day is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Closed {
    Feast,
    JointLeave,
}

impl Holidays {
    /// Closed days from pairs of a day and whether it is joint leave (cuti bersama).
    pub fn from_days(days: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        let closed = |joint| if joint { Closed::JointLeave } else { Closed::Feast };
        Self(days.into_iter().map(|(day, joint)| (day, closed(joint))).collect())
    }

    /// The same without joint leave: for a rule that counts those days as working days.
    #[must_use]
    pub fn without_joint_leave(&self) -> Self {
        Self(self.0.iter().filter(|(_, why)| **why == Closed::Feast).map(|(day, why)| (*day, *why)).collect())
    }

    /// Whether the office works on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.0.contains_key(&date)
    }

    /// The working day that is the `count`-th one counting from `date` on, `date` itself included if it is one; 0 gives `date`.
    pub fn nth_working_day_from(&self, date: NaiveDate, count: u32) -> NaiveDate {
        let mut day = date;
        let mut left = count;
        while left > 0 && day < NaiveDate::MAX {
            if self.is_working_day(day) {
                left -= 1;
            }
            if left > 0 {
                day = days_after(day, 1);
            }
        }
        day
    }

    /// The working day `count` working days after `date`, which itself never counts; 0 gives `date`.
    pub fn working_days_after(&self, date: NaiveDate, count: u32) -> NaiveDate {
        if count == 0 { date } else { self.nth_working_day_from(days_after(date, 1), count) }
    }
}

impl FromIterator<NaiveDate> for Holidays {
    fn from_iter<I: IntoIterator<Item = NaiveDate>>(days: I) -> Self {
        Self::from_days(days.into_iter().map(|day| (day, false)))
    }
}
