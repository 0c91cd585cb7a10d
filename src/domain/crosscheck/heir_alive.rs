//! AHLI_WARIS_SUDAH_MENINGGAL (look): the heir cannot receive.
//!
//! The register has the heir as dead, or an earlier claim has them as its
//! deceased with a death no later than this filing.

use super::facts::{Case, EarlierClaim};
use super::finding::{Finding, FindingCode, Severity};
use super::person::registered_heir;
use crate::domain::calendar::short_date;
use crate::domain::claim::Heir;
use crate::domain::register::ResidentStatus;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    in_register(case, heir).or_else(|| in_claims(case, heir)).into_iter().collect()
}

fn in_register(case: &Case<'_>, heir: &Heir) -> Option<Finding> {
    let row = registered_heir(heir, &case.facts.heir_rows).find(|row| row.status == ResidentStatus::Dead)?;
    let registered = format!("meninggal {}", row.died_on.map(short_date).unwrap_or_default());
    Some(Finding { claimed: heir.name.as_str().to_owned(), registered: registered.trim().to_owned(), ..finding(case) })
}

fn in_claims(case: &Case<'_>, heir: &Heir) -> Option<Finding> {
    let claim = case.facts.earlier.iter().find(|earlier| earlier.died_on <= case.filed_on && is_heir(case, heir, earlier))?;
    Some(Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("almarhum pada {} ({})", claim.claim_code, short_date(claim.died_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(claim.filed_on),
        ..finding(case)
    })
}

fn is_heir(case: &Case<'_>, heir: &Heir, earlier: &EarlierClaim) -> bool {
    let same_nik = heir.nik.number.is_some() && heir.nik.number == earlier.deceased_nik;
    let mut rows = registered_heir(heir, &case.facts.heir_rows);
    same_nik || rows.any(|row| earlier.deceased_register_id.as_deref() == Some(&row.register_id))
}

fn finding(case: &Case<'_>) -> Finding {
    case.finding(
        FindingCode::AhliWarisSudahMeninggal,
        Severity::Review,
        "Ahli waris tercatat sudah meninggal; mohon ditunjuk ahli waris lain dari keluarga.",
    )
}
