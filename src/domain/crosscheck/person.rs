//! The deceased as the register has them, and how a claim's people are compared with rows.

use serde::{Deserialize, Serialize};

use crate::domain::claim::{ClaimContent, Deceased, Heir};
use crate::domain::identity::{FamilyCard, NameLikeness, compare_names, compare_names_of_one_birth, compare_spellings};
use crate::domain::linkage::{PersonRecord, Reason, Speaks, nearly};
use crate::domain::register::Resident;

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
    /// How sure the engine is of the person, in thousandths; none where nobody was found or an officer decided.
    #[serde(default)]
    pub certainty: Option<u16>,
    /// What speaks for and against each row that is shown.
    #[serde(default)]
    pub likeness: Vec<Likeness>,
}

/// How like the deceased a register row is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// Number of the row in its source.
    pub register_id: String,
    /// Probability that this row is the deceased, in thousandths, whatever its name.
    pub certainty: u16,
    /// What its fields say, the weightiest first.
    pub reasons: Vec<Reason>,
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

    /// What is said of a row.
    pub fn likeness_of(&self, register_id: &str) -> Option<&Likeness> {
        self.likeness.iter().find(|likeness| likeness.register_id == register_id)
    }

    /// What a person found without their number was found by, and how surely; none for others.
    pub fn grounds(&self) -> Option<String> {
        let certainty = self.certainty.filter(|_sure| self.found_by == Some(FoundBy::Evidence))?;
        let likeness = self.likeness_of(&self.row()?.register_id)?;
        let fields: Vec<&str> =
            likeness.reasons.iter().filter(|reason| reason.speaks == Speaks::For).map(|reason| reason.field.label()).collect();
        Some(format!("ditemukan dari {}; keyakinan {}", fields.join(", "), percent(certainty)))
    }
}

/// Thousandths as an officer reads them; nothing but a paper is wholly sure.
pub fn percent(certainty: u16) -> String {
    match certainty {
        0..=9 => "kurang dari 1 %".to_owned(),
        10..=989 => format!("{} %", certainty.saturating_add(5) / 10),
        990.. => "lebih dari 99 %".to_owned(),
    }
}

/// The register rows that are this heir: same NIK and not another name.
pub fn registered_heir<'a>(heir: &'a Heir, rows: &'a [Resident]) -> impl Iterator<Item = &'a Resident> {
    rows.iter().filter(|row| {
        row.nik.is_some() && row.nik == heir.nik.number && compare_names(heir.name.as_str(), &row.name) != NameLikeness::Different
    })
}

/// How the claimed name fits the name of a row with the claimed NIK; an agreeing birth date forgives one slip more, and with a plainly
/// other one no slip is forgiven: brothers and sisters have alike names (WARYONO, KARYONO). Where the mother is another too, only the
/// same name will do.
pub fn name_of_nik(deceased: &Deceased, row: &PersonRecord) -> NameLikeness {
    let name = deceased.name.as_str();
    let born = deceased.born_on.zip(row.born_on);
    if born.is_some_and(|(claimed, registered)| claimed == registered) {
        return compare_names_of_one_birth(name, &row.name);
    }
    if born.is_none_or(|(claimed, registered)| nearly(claimed, registered)) {
        return compare_names(name, &row.name);
    }
    match compare_spellings(name, &row.name) {
        NameLikeness::Variant if is_other_mother(&deceased.mother, &row.mother) => NameLikeness::Different,
        likeness => likeness,
    }
}

fn is_other_mother(claimed: &str, registered: &str) -> bool {
    let both_known = !claimed.trim().is_empty() && !registered.trim().is_empty();
    both_known && compare_names(claimed, registered) == NameLikeness::Different
}

/// The deceased as linkage compares them.
pub fn claimed_person(deceased: &Deceased) -> PersonRecord {
    PersonRecord {
        nik: deceased.nik.number.clone(),
        family_card: deceased.family_card.clone(),
        name: deceased.name.as_str().to_owned(),
        born_on: deceased.born_on,
        sex: deceased.sex,
        village: Some(deceased.village.clone()),
        mother: deceased.mother.clone(),
    }
}

/// The family cards the deceased may stand on: the one claimed and those the heir stands on.
pub fn family_cards(content: &ClaimContent, heir_rows: &[Resident]) -> Vec<FamilyCard> {
    let of_heir = content.payee().into_iter().flat_map(|heir| registered_heir(heir, heir_rows));
    content.deceased.family_card.iter().chain(of_heir.filter_map(|row| row.family_card.as_ref())).cloned().collect()
}
