//! How two NIKs compare, seen together with what else is known of the written one.

use chrono::Datelike;

use super::record::PersonRecord;
use super::weigh::Query;
use crate::domain::identity::{Nik, slips_between};

/// How a written NIK compares with a row's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NikLevel {
    /// The same number.
    Equal,
    /// One slip in the region or in the birth digits.
    Slip,
    /// One slip in the serial number: neighbours born on one day differ by no more.
    SerialSlip,
    /// Two slips.
    TwoSlips,
    /// The number of somebody else on the row's family card.
    Relative,
    /// Another number, and one that agrees with the written birth date and sex: somebody's own.
    OtherOwn,
    /// Another number that does not agree with the written birth date either: made up or a stranger's.
    Other,
    /// One of the two is not given.
    Missing,
}

impl NikLevel {
    /// Its place in the error rates.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Equal => 0,
            Self::Slip => 1,
            Self::SerialSlip => 2,
            Self::TwoSlips => 3,
            Self::Relative => 4,
            Self::OtherOwn => 5,
            Self::Other | Self::Missing => 6,
        }
    }

    /// Its place where outcomes are counted; a missing number is none.
    pub(super) fn counted_place(self) -> Option<usize> {
        (self != Self::Missing).then(|| self.place())
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Slip => "one_slip",
            Self::SerialSlip => "serial_slip",
            Self::TwoSlips => "two_slips",
            Self::Relative => "relatives",
            Self::OtherOwn => "other_own",
            Self::Other => "other",
            Self::Missing => "missing",
        }
    }
}

/// Compares a written NIK with a row's. `relative`: the written number is somebody's of the row's family card.
pub(super) fn compare_niks(query: &Query<'_>, row: &PersonRecord, relative: bool) -> NikLevel {
    match (&query.person.nik, query.number(), &row.nik) {
        (Some(one), _, Some(other)) if one == other => NikLevel::Equal,
        _ if relative => NikLevel::Relative,
        (_, Some(written), Some(other)) => other_number(written, other.expose(), query.person),
        _ => NikLevel::Missing,
    }
}

fn other_number(one: &str, other: &str, query: &PersonRecord) -> NikLevel {
    let differing = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    // Only numbers of which some digits stand in place can be a slip or two apart, unless one was lost; the distance is dear.
    let slips = if differing <= SHIFTED_MAX || one.len() != other.len() { slips_between(one, other) } else { differing };
    match slips {
        0 | 1 if one.get(..SERIAL_FROM) == other.get(..SERIAL_FROM) => NikLevel::SerialSlip,
        0 | 1 => NikLevel::Slip,
        2 => NikLevel::TwoSlips,
        _ if query.nik.as_ref().is_some_and(|nik| is_own(nik, query)) => NikLevel::OtherOwn,
        _ => NikLevel::Other,
    }
}

/// Numbers that differ in more places are not compared further.
const SHIFTED_MAX: usize = 6;
/// The last four digits are the serial number.
const SERIAL_FROM: usize = 12;

/// Whether a number's birth digits and sex are those written beside it.
fn is_own(nik: &Nik, person: &PersonRecord) -> bool {
    let digits = nik.birth_digits();
    let born = person
        .born_on
        .is_some_and(|born| (digits.day, digits.month, digits.year_of_century) == (born.day(), born.month(), born.year().rem_euclid(100)));
    born && person.sex.is_none_or(|sex| sex == digits.sex)
}
