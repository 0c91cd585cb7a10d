//! What linkage compares of a person, whoever wrote it down.

use chrono::NaiveDate;

use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::region::RegionCode;
use crate::domain::register::Resident;

/// A person as a register row, a claim or a query gives them: only what linkage compares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonRecord {
    /// NIK, unless missing or damaged.
    pub nik: Option<Nik>,
    /// Number of the family card.
    pub family_card: Option<FamilyCard>,
    /// Name as written.
    pub name: String,
    /// Date of birth.
    pub born_on: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Village of residence.
    pub village: Option<RegionCode>,
    /// Mother's name; may be empty.
    pub mother: String,
}

impl PersonRecord {
    /// What linkage compares of a register row.
    pub fn of(resident: &Resident) -> Self {
        Self {
            nik: resident.nik.clone(),
            family_card: resident.family_card.clone(),
            name: resident.name.clone(),
            born_on: resident.born_on,
            sex: resident.sex,
            village: resident.village.clone(),
            mother: resident.mother.clone(),
        }
    }
}

/// A register row that could be a written person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Number of the row in the store.
    pub row: i64,
    /// Its id in its source.
    pub register_id: String,
    /// What is compared.
    pub record: PersonRecord,
}
