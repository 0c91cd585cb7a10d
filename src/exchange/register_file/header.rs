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

impl Header {
    /// Reads a row as column names, if it has a name and a NIK.
    pub(super) fn read(row: &Row<'_>, mappings: &Mappings) -> Option<Self> {
        let names: Vec<String> = row.cells().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
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
