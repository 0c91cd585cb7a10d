//! AHLI_WARIS_ADALAH_ALMARHUM (block): heir and deceased are one person.
//!
//! The same NIK, or a NIK one slip apart with a like name, unless the register
//! knows the heir's NIK as somebody else (twins have neighbouring numbers).

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use super::person::registered_heir;
use crate::domain::claim::Heir;
use crate::domain::identity::{NameLikeness, Nik, compare_names, one_slip_apart};
use crate::domain::linkage::{PersonRecord, same_person};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let same = case.content.payee().filter(|heir| is_deceased(case, heir));
    let finding = same.map(|heir| Finding {
        claimed: format!("{} {}", heir.name, heir.nik.number.as_ref().map(Nik::masked).unwrap_or_default()),
        registered: case.content.deceased.name.as_str().to_owned(),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(case.filed_on),
        ..case.finding(
            FindingCode::AhliWarisAdalahAlmarhum,
            "Ahli waris dan almarhum adalah orang yang sama; mohon isi ahli waris yang sebenarnya.",
        )
    });
    finding.into_iter().collect()
}

fn is_deceased(case: &Case<'_>, heir: &Heir) -> bool {
    let Some(heir_nik) = &heir.nik.number else { return false };
    let registered = case.facts.person.rows.iter().filter_map(|row| row.nik.as_ref());
    let niks: Vec<&Nik> = case.content.deceased.nik.number.iter().chain(registered).collect();
    let like = compare_names(heir.name.as_str(), case.content.deceased.name.as_str()) != NameLikeness::Different;
    let same_number = case.content.deceased.nik.number.as_ref() == Some(heir_nik) || (like && niks.contains(&heir_nik));
    let slipped = like && niks.iter().any(|nik| one_slip_apart(nik, heir_nik)) && !is_somebody_else(case, heir);
    same_number || slipped
}

fn is_somebody_else(case: &Case<'_>, heir: &Heir) -> bool {
    let rows: Vec<PersonRecord> = case.facts.person.rows.iter().map(PersonRecord::of).collect();
    registered_heir(heir, &case.facts.heir_rows).map(PersonRecord::of).any(|row| !rows.iter().any(|own| same_person(own, &row)))
}
