//! What linkage compares of a person, whoever wrote it down.

use chrono::NaiveDate;

use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::region::RegionCode;

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
