//! Where the deceased lived.
//!
//! LUAR_BATANG (block): the claimed village, or the register's, lies outside the
//! policy's region, or the register has the person as moved away. BEDA_DESA
//! (look): the register has the person in another village of the region only. A
//! NIK from elsewhere says nothing: it is the region of first registration.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::register::{Resident, ResidentStatus};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let claimed = &case.content.deceased.village;
    let rows = &case.facts.person.rows;
    if !case.policy.residence.contains(claimed) {
        return vec![outside(case, "desa di luar daerah".to_owned())];
    }
    let Some(row) = case.facts.person.row() else { return Vec::new() };
    if row.status == ResidentStatus::Moved {
        return vec![outside(case, "PINDAH".to_owned())];
    }
    if rows.iter().any(|row| row.village.is_none() || row.village.as_ref() == Some(claimed)) {
        return Vec::new();
    }
    let inside = rows.iter().filter_map(|row| row.village.as_ref()).any(|village| case.policy.residence.contains(village));
    vec![if inside { other_village(case, row) } else { outside(case, village(row)) }]
}

fn village(row: &Resident) -> String {
    row.village.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn outside(case: &Case<'_>, registered: String) -> Finding {
    Finding {
        claimed: case.content.deceased.village.to_string(),
        registered,
        ..case.finding(
            FindingCode::LuarBatang,
            "Almarhum bukan atau bukan lagi penduduk daerah ini; santunan hanya untuk penduduknya, mohon periksa KK terakhir.",
        )
    }
}

fn other_village(case: &Case<'_>, row: &Resident) -> Finding {
    Finding {
        claimed: case.content.deceased.village.to_string(),
        registered: village(row),
        ..case.finding(FindingCode::BedaDesa, "Data mencatat almarhum di desa lain; mohon dipastikan desa tempat tinggal terakhir.")
    }
}
