//! UMUR_TIDAK_WAJAR (note): older than `age_years_max` at death, by the claimed birth date or the register's.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let registered = case.facts.person.row().and_then(|row| row.born_on);
    let Some(born_on) = case.content.deceased.born_on.or(registered) else { return Vec::new() };
    let died_on = case.content.death.died_on;
    let years = died_on.years_since(born_on).unwrap_or(0);
    if years <= case.limits().age_years_max {
        return Vec::new();
    }
    vec![Finding {
        claimed: format!("lahir {}, meninggal {}", short_date(born_on), short_date(died_on)),
        registered: format!("{years} tahun"),
        ..case.finding_of_claim(FindingCode::UmurTidakWajar, "Umur almarhum tidak lazim; mohon periksa tanggal lahir pada KTP atau KK.")
    }]
}
