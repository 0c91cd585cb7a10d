//! DI_LUAR_MASA_PROGRAM (block): the death lies before the programme began or after it ended.
//!
//! Deaths of the months before the regulation were paid elsewhere; the day of death alone decides, never the filing.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let died_on = case.content.death.died_on;
    if case.policy.covers(died_on) {
        return Vec::new();
    }
    let until = case.policy.deaths_until.map(short_date).unwrap_or_default();
    vec![Finding {
        claimed: format!("meninggal {}", short_date(died_on)),
        registered: format!("berlaku {} – {until}", short_date(case.policy.deaths_from)).trim_end_matches([' ', '–']).to_owned(),
        dataset: "peraturan".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::DiLuarMasaProgram,
            "Tanggal meninggal di luar masa berlaku program santunan; mohon periksa tanggal pada surat kematian.",
        )
    }]
}
