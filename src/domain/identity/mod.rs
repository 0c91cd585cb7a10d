//! Who somebody is: numbers, names, sex, relation.

mod name;
mod name_key;
mod name_match;
mod nik;
mod nik_slip;
mod relation;

pub use name::{NameFault, PersonName, initials};
pub use name_key::{key_words, name_key, plain_words};
pub use name_match::{NameLikeness, compare_names, compare_names_of_one_birth, compare_spellings, is_account_name_of};
pub use nik::{BirthDigits, FamilyCard, Nik, NumberFault};
pub use nik_slip::{nik_slips, one_slip_apart, slips_between};
pub use relation::Relation;

use serde::{Deserialize, Serialize};

/// Sex as on the identity card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Laki-laki.
    #[serde(rename = "L")]
    Male,
    /// Perempuan.
    #[serde(rename = "P")]
    Female,
}

impl Sex {
    /// Reads L/P and the whole words, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_uppercase().as_str() {
            "L" | "LAKI-LAKI" | "LAKI LAKI" | "PRIA" | "1" => Some(Self::Male),
            "P" | "PEREMPUAN" | "WANITA" | "2" => Some(Self::Female),
            _ => None,
        }
    }

    /// The register's letter, L or P.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "L",
            Self::Female => "P",
        }
    }

    /// The word for pages and letters.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "Laki-laki",
            Self::Female => "Perempuan",
        }
    }

    /// How a deceased person is named in letters: almarhum or almarhumah.
    pub fn late(self) -> &'static str {
        match self {
            Self::Male => "almarhum",
            Self::Female => "almarhumah",
        }
    }
}
