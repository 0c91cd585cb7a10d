//! TGL_MENINGGAL_BEDA (note): the register has another day of death.
//!
//! More than `death_difference_days` apart. A register death long before the claimed one is SUDAH_MENINGGAL_LAMA
//! and not repeated here. A day moved into another year or behind the start of the deadline shows up this way.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let claimed = case.content.death.died_on;
    let Some(registered) = case.facts.person.rows.iter().find_map(|row| row.died_on) else { return Vec::new() };
    let days = claimed.signed_duration_since(registered).num_days();
    let long_before = days > i64::from(case.policy.earlier_death_days);
    if long_before || days.unsigned_abs() <= u64::from(case.limits().death_difference_days) {
        return Vec::new();
    }
    vec![Finding {
        claimed: short_date(claimed),
        registered: short_date(registered),
        ..case.finding(
            FindingCode::TglMeninggalBeda,
            "Tanggal meninggal dalam data berbeda dari surat kematian; mohon dicocokkan dengan akta atau buku kematian desa.",
        )
    }]
}
