//! Rows that stand in the file more than once.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::register::Resident;

/// Values of a row that are compared.
const VALUES: usize = 23;

/// What a row is to the rows before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The first of its kind.
    First,
    /// Says nothing that the row of this number has not said.
    Repeats(usize),
    /// Has the id of the row of this number and says something else; carries how many rows with this id came before.
    Contradicts(usize, usize),
}

/// First rows of all keys that occur more than once.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    keys: HashSet<u64>,
    first: HashMap<u64, Seen>,
}

#[derive(Debug)]
struct Seen {
    row: usize,
    rows: usize,
    values: [u32; VALUES],
}

impl Repeats {
    /// Knows from the survey which keys to look out for; all other rows cost nothing.
    pub(super) fn of(keys: HashSet<u64>) -> Self {
        Self { keys, first: HashMap::new() }
    }

    pub(super) fn place(&mut self, key: u64, row: usize, resident: &Resident) -> Standing {
        if !self.keys.contains(&key) {
            return Standing::First;
        }
        let values = values_of(resident);
        let Some(seen) = self.first.get_mut(&key) else {
            self.first.insert(key, Seen { row, rows: 1, values });
            return Standing::First;
        };
        // A value that the second row lost says nothing; one that only the second row has is news.
        if seen.values.iter().zip(values).all(|(before, now)| now == 0 || *before == now) {
            return Standing::Repeats(seen.row);
        }
        seen.rows += 1;
        Standing::Contradicts(seen.row, seen.rows)
    }
}

/// A print of every value, 0 for none.
fn values_of(resident: &Resident) -> [u32; VALUES] {
    let r = resident;
    let text = |text: &str| if text.is_empty() { 0 } else { print(&text.to_uppercase()) };
    let account = r.account.as_ref().map(|account| (&account.bank, &account.number));
    [
        r.nik.as_ref().map_or(0, print),
        r.family_card.as_ref().map_or(0, print),
        text(&r.name),
        text(&r.birth_place),
        r.born_on.as_ref().map_or(0, print),
        r.sex.map_or(0, |sex| print(&sex.code())),
        text(&r.family_role),
        text(&r.marital_status),
        text(&r.occupation),
        text(&r.mother),
        text(&r.father),
        text(&r.street),
        text(&r.hamlet),
        text(&r.rt),
        text(&r.rw),
        r.village.as_ref().map_or(0, print),
        r.decile.as_ref().map_or(0, print),
        u32::from(r.pkh),
        u32::from(r.sembako),
        u32::from(r.pbi),
        print(&r.status.code()),
        r.died_on.as_ref().map_or(0, print),
        account.as_ref().map_or(0, print),
    ]
}

fn print(value: &impl Hash) -> u32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    u32::try_from(hasher.finish() >> 32).unwrap_or_default().max(1)
}
