//! TIDAK_MISKIN (block): not shown to be poor.
//!
//! The decile of the register row is above the policy's `decile_max` or not
//! ranked, and no SKTM is attached (route B). Nothing is said while it is open
//! who in the register the deceased is: that has its own finding.

use super::facts::Case;
use super::finding::{Finding, FindingCode, Severity};
use crate::domain::claim::DocumentKind;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rule = &case.policy.poverty;
    let letter = rule.sktm_accepted && case.content.documents.contains(&DocumentKind::Sktm);
    let Some(row) = case.facts.person.row().filter(|_row| !letter) else { return Vec::new() };
    if row.decile.is_some_and(|decile| decile <= rule.decile_max) {
        return Vec::new();
    }
    vec![Finding {
        claimed: "tanpa SKTM".to_owned(),
        registered: row.decile.map_or_else(|| "desil belum ada".to_owned(), |decile| format!("desil {decile}")),
        ..case.finding(
            FindingCode::TidakMiskin,
            Severity::Block,
            "Data belum menunjukkan keluarga tidak mampu dan SKTM belum dilampirkan; lengkapi SKTM dengan foto rumah bila keluarga memang tidak mampu.",
        )
    }]
}
