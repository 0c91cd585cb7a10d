//! Which column names mean what: data, not code. An office adds its own file where a sender's names are new.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::field::Field;

/// Largest mapping file, in bytes.
const MAPPING_BYTES_MAX: usize = 1 << 18;

/// Mapping files that come with the program; the last one knows the names of all senders and stands in for what a special
/// one leaves open.
const BUILT_IN: [&str; 5] = [
    include_str!("../../../fixtures/register_mappings/dtsen.toml"),
    include_str!("../../../fixtures/register_mappings/daftar_penduduk.toml"),
    include_str!("../../../fixtures/register_mappings/dtks.toml"),
    include_str!("../../../fixtures/register_mappings/dukcapil.toml"),
    include_str!("../../../fixtures/register_mappings/umum.toml"),
];

/// The column names of one sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Name for people, for example `DTKS`.
    pub name: String,
    columns: HashMap<String, Field>,
}

/// Why a mapping file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingFault {
    /// Over 256 kB.
    #[error("berkas pemetaan kolom terlalu besar")]
    TooLarge,
    /// Not the form of a mapping file; carries the reader's words.
    #[error("berkas pemetaan kolom tidak terbaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// One column name with two meanings.
    #[error("judul kolom \"{0}\" ditulis untuk dua isian")]
    Twice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    nama: String,
    kolom: BTreeMap<Field, Vec<String>>,
}

impl Mapping {
    /// Reads a mapping file: `nama`, and under `[kolom]` for each field the column names that mean it.
    ///
    /// # Errors
    /// [`MappingFault`].
    ///
    /// ```
    /// use santunan::exchange::register_file::{Field, Mapping};
    /// let mapping = Mapping::parse("nama = \"Puskesos\"\n[kolom]\nnik = [\"No. Induk\"]\n").unwrap();
    /// assert_eq!(mapping.field("NO INDUK"), Some(Field::Nik));
    /// ```
    pub fn parse(text: &str) -> Result<Self, MappingFault> {
        if text.len() > MAPPING_BYTES_MAX {
            return Err(MappingFault::TooLarge);
        }
        let file: File = toml::from_str(text)?;
        let mut columns = HashMap::new();
        for (field, names) in file.kolom {
            for name in names {
                if columns.insert(plain(&name), field).is_some_and(|other| other != field) {
                    return Err(MappingFault::Twice(name));
                }
            }
        }
        Ok(Self { name: file.nama, columns })
    }

    /// What a column of this name means; case, blanks and punctuation do not count.
    pub fn field(&self, column: &str) -> Option<Field> {
        self.columns.get(&plain(column)).copied()
    }
}

/// All mappings there are to choose from, an office's own ones first.
#[derive(Debug, Clone)]
pub struct Mappings(Vec<Mapping>);

impl Mappings {
    /// Those that come with the program.
    pub fn built_in() -> Self {
        static MAPPINGS: LazyLock<Vec<Mapping>> =
            LazyLock::new(|| BUILT_IN.into_iter().filter_map(|text| Mapping::parse(text).ok()).collect());
        Self(MAPPINGS.clone())
    }

    /// With one more, which is tried before all others.
    #[must_use]
    pub fn with(mut self, own: Mapping) -> Self {
        self.0.insert(0, own);
        self
    }

    pub(super) fn all(&self) -> &[Mapping] {
        &self.0
    }

    /// The mapping that stands in for columns another one leaves open.
    pub(super) fn general(&self) -> Option<&Mapping> {
        self.0.last()
    }
}

/// Letters and digits only, small.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mapping_of_the_program_can_be_read() {
        for text in BUILT_IN {
            Mapping::parse(text).unwrap();
        }
        assert_eq!(Mappings::built_in().all().len(), BUILT_IN.len());
    }

    #[test]
    fn a_name_with_two_meanings_and_an_unknown_field_are_refused() {
        assert!(matches!(Mapping::parse("nama='x'\n[kolom]\nnik=['A']\nnama=['a.']"), Err(MappingFault::Twice(_))));
        assert!(matches!(Mapping::parse("nama='x'\n[kolom]\nwarna=['A']"), Err(MappingFault::Unreadable(_))));
    }
}
