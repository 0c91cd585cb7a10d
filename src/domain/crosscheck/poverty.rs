//! TIDAK_MISKIN (block): not shown to be poor.
//!
//! Asked is the release in force on the day of death, not the newest. The decile there is above the policy's `decile_max` or not
//! ranked, and no SKTM is attached (route B). Nothing is said while it is open
//! who in the register the deceased is: that has its own finding.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::claim::DocumentKind;
use crate::domain::register::Standing;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rule = &case.policy.poverty;
    let letter = rule.sktm_accepted && case.content.documents.contains(&DocumentKind::Sktm);
    let Some(witness) = case.facts.poverty.as_ref().filter(|_witness| !letter) else { return Vec::new() };
    let decile = witness.resident.decile;
    if decile.is_some_and(|decile| decile <= rule.decile_max) {
        return Vec::new();
    }
    vec![Finding {
        claimed: "tanpa SKTM".to_owned(),
        registered: decile.map_or_else(|| "desil belum ada".to_owned(), |decile| format!("desil {decile}")) + standing(witness.standing),
        dataset: witness.dataset.name.clone(),
        dataset_on: witness.dataset.released_on,
        ..case.finding(
            FindingCode::TidakMiskin,
            "Data belum menunjukkan keluarga tidak mampu dan SKTM belum dilampirkan; lengkapi SKTM dengan foto rumah bila keluarga memang tidak mampu.",
        )
    }]
}

/// What the clerk has to know of a release that was not in force on the day of death.
fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::InForce => "",
        Standing::Vanished => " (terakhir tercatat sebelum meninggal)",
        Standing::NotYet => " (rilis sesudah meninggal; belum ada yang lebih dulu)",
    }
}
