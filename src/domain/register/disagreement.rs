//! What sources say differently about one NIK. Shown to the clerk; nothing is overwritten.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Dataset, Death, Resident, ResidentStatus};
use crate::domain::identity::{NameLikeness, compare_names};

/// What sources can disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Name.
    Name,
    /// Birth date.
    BornOn,
    /// Alive, dead or moved away.
    Status,
    /// Village.
    Village,
    /// Decile.
    Decile,
}

/// One value and who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The value as it is shown; never empty.
    pub value: String,
    /// The releases that say so, each since its date.
    pub by: Vec<Dataset>,
}

/// Two or more values for one field of one NIK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// About what.
    pub field: Field,
    /// The values, in alphabetical order.
    pub sides: Vec<Said>,
}

/// Every field in which rows and recorded deaths of one NIK differ. A source that is silent disagrees with nobody.
pub fn disagreements(rows: &[(Dataset, Resident)], deaths: &[Death]) -> Vec<Disagreement> {
    let mut said: BTreeMap<(Field, String), Vec<Dataset>> = BTreeMap::new();
    let from_rows = rows.iter().flat_map(|(dataset, row)| statements(row).map(move |(field, value)| (field, value, dataset)));
    let from_deaths = deaths.iter().map(|death| (Field::Status, ResidentStatus::Dead.word().to_owned(), &death.dataset));
    for (field, value, dataset) in from_rows.chain(from_deaths).filter(|(_, value, _)| !value.is_empty()) {
        let by = said.entry((field, value)).or_default();
        if !by.contains(dataset) {
            by.push(dataset.clone());
        }
    }
    let mut fields: BTreeMap<Field, Vec<Said>> = BTreeMap::new();
    for ((field, value), by) in said {
        fields.entry(field).or_default().push(Said { value, by });
    }
    fields.into_iter().filter(|(_, sides)| sides.len() > 1).map(|(field, sides)| Disagreement { field, sides }).collect()
}

fn statements(row: &Resident) -> impl Iterator<Item = (Field, String)> {
    [
        (Field::Name, row.name.clone()),
        (Field::BornOn, row.born_on.map(|day| day.to_string()).unwrap_or_default()),
        (Field::Status, row.status.word().to_owned()),
        (Field::Village, row.village.as_ref().map(ToString::to_string).unwrap_or_default()),
        (Field::Decile, row.decile.map(|decile| decile.to_string()).unwrap_or_default()),
    ]
    .into_iter()
}

/// What a source says today under a number, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Date of the newest release of the source, whether or not it changed this row.
    pub newest: Option<NaiveDate>,
    /// Name.
    pub name: String,
    /// Birth date.
    pub born_on: Option<NaiveDate>,
    /// Alive, dead or moved away.
    pub status: ResidentStatus,
    /// Code of the village; may be empty.
    pub village: String,
    /// Decile.
    pub decile: Option<i64>,
}

/// A recorded death under a number, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefDeath {
    /// Name as recorded.
    pub name: String,
    /// Since when it is recorded.
    pub recorded_from: NaiveDate,
}

/// Whether somebody should look at a number: rows that differ in more than the spelling of a name, or a release that still has
/// somebody alive though it is younger than the record of the death. An older release cannot know.
pub fn in_dispute(rows: &[Brief], deaths: &[BriefDeath]) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    let same = |one: &Brief, other: &Brief| {
        let known = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        compare_names(&one.name, &other.name) != NameLikeness::Different
            && one.born_on.zip(other.born_on).is_none_or(|(a, b)| a == b)
            && one.decile.zip(other.decile).is_none_or(|(a, b)| a == b)
            && one.status == other.status
            && known(&one.village, &other.village)
    };
    let still_alive = |row: &Brief, death: &BriefDeath| {
        row.status == ResidentStatus::Alive
            && row.newest.is_some_and(|newest| newest > death.recorded_from)
            && compare_names(&row.name, &death.name) != NameLikeness::Different
    };
    others.iter().any(|other| !same(first, other)) || rows.iter().any(|row| deaths.iter().any(|death| still_alive(row, death)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn row() -> Brief {
        let born_on = Some(day("1950-03-10"));
        let village = "33.25.01.2006".to_owned();
        Brief { newest: Some(day("2026-04-01")), name: "SUPARJO".into(), born_on, status: ResidentStatus::Alive, village, decile: Some(2) }
    }

    fn check(rows: &[Brief], deaths: &[BriefDeath], expected: bool) {
        assert_eq!(in_dispute(rows, deaths), expected, "{rows:?} {deaths:?}");
    }

    #[test]
    fn rows_are_in_dispute_when_they_say_different_things_and_not_when_one_is_silent() {
        check(&[row()], &[], false);
        check(&[row(), row()], &[], false);
        check(&[row(), Brief { born_on: None, decile: None, village: String::new(), ..row() }], &[], false);
        check(&[row(), Brief { name: "SUPARDJO".into(), ..row() }], &[], false);
        check(&[row(), Brief { name: "KASMINAH".into(), ..row() }], &[], true);
        check(&[row(), Brief { born_on: Some(day("1951-03-10")), ..row() }], &[], true);
        check(&[row(), Brief { status: ResidentStatus::Moved, ..row() }], &[], true);
        check(&[row(), Brief { village: "33.25.01.2007".into(), ..row() }], &[], true);
        check(&[row(), Brief { decile: Some(7), ..row() }], &[], true);
    }

    #[test]
    fn a_release_younger_than_the_record_of_the_death_should_know_it() {
        let death = |name: &str, from: &str| BriefDeath { name: name.into(), recorded_from: day(from) };
        check(&[row()], &[death("SUPARJO", "2026-01-10")], true);
        check(&[row()], &[death("SUPARJO", "2026-04-01")], false);
        check(&[row()], &[death("KASMINAH", "2026-01-10")], false);
        check(&[Brief { status: ResidentStatus::Dead, ..row() }], &[death("SUPARJO", "2026-01-10")], false);
    }
}
