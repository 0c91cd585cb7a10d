//! Who in the register the deceased is.
//!
//! Evidence is weighed in whole points. A row is taken for the deceased from
//! [`POINTS_ENOUGH`] on, and only if no other person reaches as many:
//!
//! | evidence | points |
//! | --- | --- |
//! | name the same / a variant | 3 / 2 (another name: never) |
//! | birth date equal / nearly / other | 3 / 1 / −4 |
//! | NIK one slip away | 3 |
//! | same family card, claimed or the heir's | 2 |
//! | mother's name agrees / is another | 2 / −2 |
//! | same village | 1 |
//! | other sex | −3 |
//!
//! An exact NIK needs only the name to agree. Birth dates that stand for an
//! unknown day (1 January, 1 July, 31 December) are shared by many and weigh 2
//! outside the claimed village.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::claim::{ClaimContent, Deceased, Heir};
use crate::domain::identity::{FamilyCard, NameLikeness, compare_names, compare_names_of_one_birth, one_slip_apart};
use crate::domain::register::{LINE_ID, Resident};

/// From how many points on a row without the exact NIK is the deceased.
const POINTS_ENOUGH: i32 = 6;

/// How the deceased was found in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// The claimed NIK, with the name agreeing.
    Nik,
    /// Name, birth date and more; the claimed NIK is missing, damaged or another.
    Evidence,
}

/// The deceased as the register has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Rows of the person, the best first; empty if nobody was found.
    pub rows: Vec<Resident>,
    /// How they were found.
    pub found_by: Option<FoundBy>,
    /// Every row that carries the claimed NIK, whoever it is.
    pub nik_rows: Vec<Resident>,
}

impl Person {
    /// The row taken for the deceased.
    pub fn row(&self) -> Option<&Resident> {
        self.rows.first()
    }

    /// Whether the claimed NIK stands in the register, but only under other names.
    pub fn nik_is_of_another(&self) -> bool {
        !self.nik_rows.is_empty() && self.found_by != Some(FoundBy::Nik)
    }
}

/// Finds the deceased among the rows that could be them.
pub fn identify(content: &ClaimContent, candidates: &[Resident], heir_rows: &[Resident]) -> Person {
    let deceased = &content.deceased;
    let nik_rows: Vec<Resident> = candidates.iter().filter(|row| row.nik.is_some() && row.nik == deceased.nik.number).cloned().collect();
    let named = nik_rows.iter().filter(|row| name_of_nik(deceased, row) != NameLikeness::Different);
    let cards = family_cards(content, heir_rows);
    let best = named.max_by_key(|row| points(deceased, row, &cards));
    let found =
        best.map(|row| (row, FoundBy::Nik)).or_else(|| by_evidence(deceased, candidates, &cards).map(|row| (row, FoundBy::Evidence)));
    let Some((row, found_by)) = found else { return Person { nik_rows, ..Person::default() } };
    Person { rows: rows_of_one_person(row, candidates), found_by: Some(found_by), nik_rows }
}

/// The register rows that are this heir: same NIK and not another name.
pub fn registered_heir<'a>(heir: &'a Heir, rows: &'a [Resident]) -> impl Iterator<Item = &'a Resident> {
    rows.iter().filter(|row| {
        row.nik.is_some() && row.nik == heir.nik.number && compare_names(heir.name.as_str(), &row.name) != NameLikeness::Different
    })
}

/// How the claimed name fits the name of a row with the claimed NIK; an agreeing birth date forgives one slip more, and a name
/// that is only nearly the same is another name where birth date and mother both say so (WARYONO, KARYONO).
pub fn name_of_nik(deceased: &Deceased, row: &Resident) -> NameLikeness {
    if deceased.born_on.is_some() && deceased.born_on == row.born_on {
        return compare_names_of_one_birth(deceased.name.as_str(), &row.name);
    }
    match compare_names(deceased.name.as_str(), &row.name) {
        NameLikeness::Variant if birth_points(deceased, row) < 0 && mother_points(&deceased.mother, &row.mother) < 0 => {
            NameLikeness::Different
        }
        likeness => likeness,
    }
}

/// Whether two rows are one person entered twice: names agree, and birth date with NIK or mother agrees too.
pub fn same_person(one: &Resident, other: &Resident) -> bool {
    let name = compare_names(&one.name, &other.name) != NameLikeness::Different;
    let born = one.born_on.is_some() && one.born_on == other.born_on;
    let nik = one.nik.is_some() && one.nik == other.nik;
    let mother = compare_names(&one.mother, &other.mother) != NameLikeness::Different;
    let row = one == other || (one.register_id == other.register_id && !one.register_id.starts_with(LINE_ID));
    row || (name && born && (nik || mother))
}

fn rows_of_one_person(row: &Resident, candidates: &[Resident]) -> Vec<Resident> {
    let others = candidates.iter().filter(|other| other.register_id != row.register_id && same_person(row, other));
    std::iter::once(row).chain(others).cloned().collect()
}

fn family_cards<'a>(content: &'a ClaimContent, heir_rows: &'a [Resident]) -> Vec<&'a FamilyCard> {
    let of_heir = content.payee().into_iter().flat_map(|heir| registered_heir(heir, heir_rows));
    content.deceased.family_card.iter().chain(of_heir.filter_map(|row| row.family_card.as_ref())).collect()
}

fn by_evidence<'a>(deceased: &Deceased, candidates: &'a [Resident], cards: &[&FamilyCard]) -> Option<&'a Resident> {
    let scored = candidates.iter().map(|row| (points(deceased, row, cards), row));
    let mut enough: Vec<_> = scored.filter(|((points, _), _)| *points >= POINTS_ENOUGH).collect();
    enough.sort_by(|(a, _), (b, _)| b.cmp(a));
    let ((most, _), best) = enough.first()?;
    let rival = enough.iter().any(|((points, _), row)| points == most && !same_person(best, row));
    (!rival).then_some(*best)
}

/// Points of a row; the second part only orders rows of one person (the family's own entry before an added one).
fn points(deceased: &Deceased, row: &Resident, cards: &[&FamilyCard]) -> (i32, bool) {
    let total = name_points(deceased, row)
        + birth_points(deceased, row)
        + if deceased.nik.number.iter().zip(&row.nik).any(|(a, b)| one_slip_apart(a, b)) { 3 } else { 0 }
        + if row.family_card.as_ref().is_some_and(|card| cards.contains(&card)) { 2 } else { 0 }
        + mother_points(&deceased.mother, &row.mother)
        + i32::from(row.village.as_ref() == Some(&deceased.village))
        + if deceased.sex.iter().zip(&row.sex).any(|(a, b)| a != b) { -3 } else { 0 };
    (total, row.family_role != "FAMILI LAIN")
}

fn name_points(deceased: &Deceased, row: &Resident) -> i32 {
    match compare_names(deceased.name.as_str(), &row.name) {
        NameLikeness::Same => 3,
        NameLikeness::Variant => 2,
        NameLikeness::Different => -100,
    }
}

fn mother_points(claimed: &str, registered: &str) -> i32 {
    if claimed.trim().is_empty() || registered.trim().is_empty() {
        return 0;
    }
    if compare_names(claimed, registered) == NameLikeness::Different { -2 } else { 2 }
}

fn birth_points(deceased: &Deceased, row: &Resident) -> i32 {
    let (Some(claimed), Some(registered)) = (deceased.born_on, row.born_on) else { return 0 };
    match claimed == registered {
        true if is_unknown_day(claimed) && row.village.as_ref() != Some(&deceased.village) => 2,
        true => 3,
        false if nearly(claimed, registered) => 1,
        false => -4,
    }
}

/// 1 January, 1 July, 31 December: written for old people whose day nobody knew.
pub(super) fn is_unknown_day(date: NaiveDate) -> bool {
    matches!((date.day(), date.month()), (1, 1 | 7) | (31, 12))
}

/// A slip of the hand: at most three days apart, one part of the date differs, day and month are swapped, or one of the two stands for an unknown day of that year.
pub(super) fn nearly(one: NaiveDate, other: NaiveDate) -> bool {
    let parts = [one.day() == other.day(), one.month() == other.month(), one.year() == other.year()];
    let swapped = one.year() == other.year() && one.day() == other.month() && one.month() == other.day();
    let unknown = one.year() == other.year() && (is_unknown_day(one) || is_unknown_day(other));
    let days = one.signed_duration_since(other).num_days().unsigned_abs();
    days <= 3 || parts.into_iter().filter(|same| *same).count() == 2 || swapped || unknown
}
