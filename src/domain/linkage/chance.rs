//! The chance that a stranger's row comes out so (`u`), for the values at hand.
#![expect(clippy::float_arithmetic, reason = "chances and their logarithms weigh evidence; no money and no date comes out of them")]

use super::birth::{BirthLevel, is_unknown_day};
use super::frequency::{Frequencies, NameOf};
use super::name_form::{NameFit, NameLevel};
use super::number::NikLevel;
use super::record::PersonRecord;
use super::weigh::{CardLevel, VillageLevel};

/// No chance is taken for smaller: the register's own slips make rarer agreements.
const LEAST: f64 = 1e-7;
/// Days of a year.
const YEAR_DAYS: f64 = 365.0;
/// Two people of one year and one day of the month, or of one month.
const ONE_PART: f64 = 0.1;
/// A family card has about four people.
pub(super) const CARD_PEOPLE: f64 = 4.0;

/// The chance of this likeness of names, from how common the row's shared words are.
pub(super) fn of_name(frequencies: &Frequencies, fit: &NameFit<'_>, of: NameOf) -> f64 {
    match fit.level {
        NameLevel::Different | NameLevel::Missing => 1.0,
        level => (frequencies.words(&fit.shared, of) * neighbours(level, fit.letters)).clamp(LEAST, 1.0),
    }
}

/// How many times as many names lie within so many slips of a name as share it; short names have many neighbours.
fn neighbours(level: NameLevel, letters: usize) -> f64 {
    match (level, letters) {
        (NameLevel::OneSlip, 0..=4) | (NameLevel::Near, _) => 6.0,
        (NameLevel::OneSlip, 5..=6) => 3.0,
        (NameLevel::OneSlip, _) => 1.5,
        (NameLevel::TwoSlips, 0..=6) => 30.0,
        (NameLevel::TwoSlips, 7..=8) => 8.0,
        (NameLevel::TwoSlips, _) => 3.0,
        _ => 1.0,
    }
}

/// The chance of this likeness of birth dates.
pub(super) fn of_birth(frequencies: &Frequencies, query: &PersonRecord, row: &PersonRecord, level: BirthLevel) -> f64 {
    let (Some(written), Some(born)) = (query.born_on, row.born_on) else { return 1.0 };
    let year = frequencies.year(born);
    let unknown = frequencies.unknown_share(born);
    match level {
        BirthLevel::Equal => year * frequencies.day_of_year(born),
        BirthLevel::Swapped => year / YEAR_DAYS,
        BirthLevel::Days => year * 6.0 / YEAR_DAYS,
        BirthLevel::NearDays => year * 14.0 / YEAR_DAYS,
        BirthLevel::UnknownWritten => year,
        BirthLevel::UnknownRegistered => year * unknown,
        BirthLevel::YearSlip => year * 6.0 * frequencies.day_of_year(born),
        BirthLevel::YearOther => 1.0 / YEAR_DAYS,
        BirthLevel::OnePart => year * ONE_PART,
        BirthLevel::TwoSlips => year * 6.0 * if is_unknown_day(written) { 0.5 } else { 20.0 / YEAR_DAYS + unknown },
        BirthLevel::YearOnly => year * 0.8,
        BirthLevel::Different | BirthLevel::Missing => 1.0,
    }
}

/// The chance of this likeness of villages.
pub(super) fn of_village(frequencies: &Frequencies, row: &PersonRecord, level: VillageLevel) -> f64 {
    let Some(village) = &row.village else { return 1.0 };
    match level {
        VillageLevel::Same => frequencies.village(village),
        VillageLevel::SameDistrict => frequencies.district(village),
        VillageLevel::Other | VillageLevel::Missing => 1.0,
    }
}

/// The chance that a stranger stands on one of so many family cards.
pub(super) fn of_card(frequencies: &Frequencies, cards: usize, level: CardLevel) -> f64 {
    match level {
        CardLevel::Same => u32::try_from(cards).map_or(1.0, |cards| (CARD_PEOPLE * f64::from(cards) / frequencies.rows()).min(0.5)),
        CardLevel::Other | CardLevel::Missing => 1.0,
    }
}

/// The chance of this likeness of NIKs.
///
/// A NIK repeats the birth date, and neighbours share its region: of people born on one day one in some dozens is a slip away.
/// Somebody who is not this row mostly writes a number of their own.
pub(super) fn of_nik(frequencies: &Frequencies, level: NikLevel, birth: BirthLevel) -> f64 {
    let one_birth = birth == BirthLevel::Equal;
    let either = |same_day: f64, other_day: f64| if one_birth { same_day } else { other_day };
    match level {
        NikLevel::Equal => 1.0 / frequencies.rows(),
        NikLevel::Slip => either(0.02, 1e-5),
        NikLevel::SerialSlip => either(0.05, 1e-4),
        NikLevel::TwoSlips => either(0.2, 1e-3),
        NikLevel::Relative => (CARD_PEOPLE / frequencies.rows()).max(1e-4),
        NikLevel::OtherOwn => 0.6,
        NikLevel::Other | NikLevel::Missing => 1.0,
    }
}
