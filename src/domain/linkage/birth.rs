//! How two birth dates compare.

use chrono::{Datelike, NaiveDate};

/// How two birth dates compare, from equal to unrelated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BirthLevel {
    /// The same day.
    Equal,
    /// Day and month exchanged.
    Swapped,
    /// At most three days apart.
    Days,
    /// At most ten days apart: one digit of the day, in truth.
    NearDays,
    /// The written date stands for an unknown day of the row's year.
    UnknownWritten,
    /// The row's date stands for an unknown day of the written year.
    UnknownRegistered,
    /// Same day and month, one, two or ten years apart.
    YearSlip,
    /// Same day and month, another year.
    YearOther,
    /// Same year and day, another month, or same year and month, another day.
    OnePart,
    /// A year one, two or ten apart, and the day not more than ten days or an unknown one.
    TwoSlips,
    /// Nothing but the year.
    YearOnly,
    /// Unrelated.
    Different,
    /// One of the two is not given.
    Missing,
}

impl BirthLevel {
    /// Its place in the error rates; none if there is nothing to compare.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Self::Equal => Some(0),
            Self::Swapped => Some(1),
            Self::Days => Some(2),
            Self::NearDays => Some(3),
            Self::UnknownWritten => Some(4),
            Self::UnknownRegistered => Some(5),
            Self::YearSlip => Some(6),
            Self::YearOther => Some(7),
            Self::OnePart => Some(8),
            Self::TwoSlips => Some(9),
            Self::YearOnly => Some(10),
            Self::Different => Some(11),
            Self::Missing => None,
        }
    }

    /// Whether one slip of the hand or an unknown day explains the difference.
    pub(super) fn is_near(self) -> bool {
        !matches!(self, Self::TwoSlips | Self::YearOnly | Self::Different | Self::Missing)
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Swapped => "day_month_swapped",
            Self::Days => "days_apart",
            Self::NearDays => "near_days",
            Self::UnknownWritten => "unknown_day_written",
            Self::UnknownRegistered => "unknown_day_registered",
            Self::YearSlip => "year_slip",
            Self::YearOther => "other_year",
            Self::OnePart => "one_part",
            Self::TwoSlips => "two_slips",
            Self::YearOnly => "year_only",
            Self::Different => "different",
            Self::Missing => "missing",
        }
    }
}

/// 1 January, 1 July, 31 December: written for people whose day nobody knew.
pub fn is_unknown_day(date: NaiveDate) -> bool {
    matches!((date.day(), date.month()), (1, 1 | 7) | (31, 12))
}

/// A slip of the hand: a few days apart, day and month exchanged, one part of the date another, or one of the two stands for an
/// unknown day of that year. Equal dates are nearly the same too.
pub fn nearly(one: NaiveDate, other: NaiveDate) -> bool {
    compare_births(Some(one), Some(other)).is_near()
}

/// Compares a written birth date with a row's.
pub(super) fn compare_births(one: Option<NaiveDate>, other: Option<NaiveDate>) -> BirthLevel {
    let (Some(one), Some(other)) = (one, other) else { return BirthLevel::Missing };
    let years = one.year().abs_diff(other.year());
    if one == other {
        BirthLevel::Equal
    } else if years == 0 {
        same_year(one, other)
    } else {
        other_year(one, other, years)
    }
}

fn same_year(one: NaiveDate, other: NaiveDate) -> BirthLevel {
    let days = one.signed_duration_since(other).num_days().unsigned_abs();
    if one.day() == other.month() && one.month() == other.day() {
        BirthLevel::Swapped
    } else if days <= 3 {
        BirthLevel::Days
    } else if is_unknown_day(one) {
        BirthLevel::UnknownWritten
    } else if days <= 10 {
        BirthLevel::NearDays
    } else if is_unknown_day(other) {
        BirthLevel::UnknownRegistered
    } else if one.day() == other.day() || one.month() == other.month() {
        BirthLevel::OnePart
    } else {
        BirthLevel::YearOnly
    }
}

fn other_year(one: NaiveDate, other: NaiveDate, years: u32) -> BirthLevel {
    let days = one.ordinal().abs_diff(other.ordinal());
    let near = days <= 10 || days >= 355 || is_unknown_day(one) || is_unknown_day(other);
    match (one.day() == other.day() && one.month() == other.month(), years) {
        (true, 1 | 2 | 10) => BirthLevel::YearSlip,
        (true, _) => BirthLevel::YearOther,
        _ if one.signed_duration_since(other).num_days().unsigned_abs() <= 10 => BirthLevel::NearDays,
        (false, 1 | 2 | 10) if near => BirthLevel::TwoSlips,
        _ => BirthLevel::Different,
    }
}
