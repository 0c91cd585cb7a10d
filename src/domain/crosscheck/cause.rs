//! SEBAB_DIKECUALIKAN (block): the rules of the place do not cover this cause of death.
//!
//! Only where the claim names a cause; places that exclude none do not ask it.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let cause = case.content.death.cause.filter(|cause| !case.policy.covers_cause(Some(*cause)));
    let finding = cause.map(|cause| Finding {
        claimed: cause.label().to_owned(),
        registered: "tidak termasuk".to_owned(),
        dataset: "peraturan".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::SebabDikecualikan,
            "Sebab meninggal ini tidak termasuk santunan menurut aturan daerah; mohon keluarga diberi penjelasan tentang bantuan lain.",
        )
    });
    finding.into_iter().collect()
}
