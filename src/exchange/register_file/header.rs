//! The row of column names, and where each field stands.

use super::field::Field;
use super::mapping::{Mapping, Mappings, plain};
use crate::exchange::sheet::Row;

/// The row of column names as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Name of the mapping used.
    pub(super) mapping: String,
    /// Every column: its name in the file and what it is taken for.
    pub(super) columns: Vec<(String, Option<Field>)>,
}

/// The names in a row, with single blanks between their words.
pub(super) fn names_in(row: &Row<'_>) -> Vec<String> {
    row.cells().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Column names in two rows, as below merged cells (LAHIR over TEMPAT and TANGGAL), joined to one name a column; none where the
/// second row is no part of the names.
pub(super) fn joined(upper: &[String], lower: &[String], mappings: &Mappings) -> Option<Vec<String>> {
    let has_numbers = lower.iter().any(|name| name.chars().any(|c| c.is_ascii_digit()));
    if has_numbers || lower.iter().all(String::is_empty) {
        return None;
    }
    let mut group = String::new();
    let joined: Vec<String> = (0..upper.len().max(lower.len()))
        .map(|at| {
            let own = upper.get(at).cloned().unwrap_or_default();
            let below = lower.get(at).cloned().unwrap_or_default();
            if !own.is_empty() {
                group.clone_from(&own);
            }
            if below.is_empty() { own } else { name_below(&below, &group, mappings) }
        })
        .collect();
    let understood = |names: &[String]| mappings.all().iter().map(|mapping| known(names, mapping)).max().unwrap_or_default();
    (understood(&joined) > understood(upper)).then_some(joined)
}

/// The name of a column below a merged cell: alone if it is known alone, else with the words above it.
fn name_below(below: &str, group: &str, mappings: &Mappings) -> String {
    let is_known = |name: &String| mappings.all().iter().any(|mapping| mapping.field(name).is_some());
    let with_group = format!("{below} {group}");
    [with_group.clone(), below.to_owned(), format!("{group} {below}")].into_iter().find(is_known).unwrap_or(with_group)
}

impl Header {
    /// Reads column names, if there is a name and a NIK among them.
    pub(super) fn read(names: Vec<String>, mappings: &Mappings) -> Option<Self> {
        // The first of equals wins: an office's own mapping stands before the others.
        let best = mappings.all().iter().rev().max_by_key(|mapping| known(&names, mapping))?;
        let columns = fields(&names, best, mappings.general());
        let header = Self { mapping: best.name.clone(), columns };
        (header.at(Field::Nik).is_some() && header.at(Field::Name).is_some()).then_some(header)
    }

    /// Where a field stands, counted from 0.
    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(_, meaning)| *meaning == Some(field))
    }

    /// Whether a row repeats the column names, as where pages were pasted together.
    pub(super) fn is_repeated_by(&self, row: &Row<'_>) -> bool {
        let Some((name, at)) = self.at(Field::Name).and_then(|at| Some((&self.columns.get(at)?.0, at))) else { return false };
        if row.cell(at).text.len() != name.len() || plain(row.cell(at).text) != plain(name) {
            return false;
        }
        let same = self.columns.iter().enumerate().filter(|(at, (name, _))| plain(row.cell(*at).text) == plain(name)).count();
        same * 2 > self.columns.len()
    }
}

/// How much a row looks like column names: the number of its cells that some mapping knows.
pub(super) fn score(row: &Row<'_>, mappings: &Mappings) -> usize {
    let names: Vec<String> = row.cells().map(|cell| cell.text.to_owned()).collect();
    mappings.all().iter().map(|mapping| known(&names, mapping)).max().unwrap_or_default()
}

pub(super) fn known(names: &[String], mapping: &Mapping) -> usize {
    names.iter().filter(|name| !name.is_empty() && mapping.field(name).is_some()).count()
}

/// Each column's meaning. A field stands in one column only: the first that names it.
pub(super) fn fields(names: &[String], mapping: &Mapping, general: Option<&Mapping>) -> Vec<(String, Option<Field>)> {
    let mut meanings: Vec<Option<Field>> = names.iter().map(|_| None).collect();
    for source in [Some(mapping), general].into_iter().flatten() {
        for (at, name) in names.iter().enumerate() {
            let Some(field) = source.field(name) else { continue };
            let is_free = field == Field::Ignored || !meanings.contains(&Some(field));
            if let Some(open) = meanings.get_mut(at).filter(|open| open.is_none() && is_free) {
                *open = Some(field);
            }
        }
    }
    names.iter().cloned().zip(meanings).collect()
}
