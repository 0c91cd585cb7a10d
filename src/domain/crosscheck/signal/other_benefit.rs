//! SANTUNAN_LAIN (note): another programme recorded a benefit for the same death.
//!
//! Which kinds of event these are, the policy says (`other_benefit_kinds`). Whether both may be paid is for the office.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let kinds = &case.limits().other_benefit_kinds;
    let event = case.facts.activities.iter().find(|event| kinds.contains(&event.kind));
    let finding = event.map(|event| Finding {
        claimed: case.content.deceased.name.as_str().to_owned(),
        registered: format!("{} {}", event.kind, short_date(event.happened_on)),
        dataset: "catatan kegiatan".to_owned(),
        dataset_on: Some(event.happened_on),
        ..case.finding(
            FindingCode::SantunanLain,
            "Program lain sudah mencatat santunan untuk kematian ini; mohon dilihat apakah keduanya boleh diterima.",
        )
    });
    finding.into_iter().collect()
}
