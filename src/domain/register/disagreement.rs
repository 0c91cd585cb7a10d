//! What sources say differently about one NIK. Shown to the clerk; nothing is overwritten.

use std::collections::BTreeMap;

use super::{Dataset, Death, Resident, ResidentStatus};

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
