//! AHLI_WARIS_SUDAH_MENINGGAL (look): the heir cannot receive.
//!
//! The register has the heir as dead, or another claim, filed earlier or later, has them as its
//! deceased with a death no later than this filing. A slip in the heir's NIK is seen through
//! where the heir stands on the family card of the deceased.

use chrono::NaiveDate;

use super::code::FindingCode;
use super::facts::{Case, CrosscheckFacts, EarlierClaim};
use super::finding::Finding;
use super::person::registered_heir;
use crate::domain::calendar::short_date;
use crate::domain::claim::{ClaimContent, Heir};
use crate::domain::identity::{NameLikeness, compare_names, one_slip_apart};
use crate::domain::policy::Policy;
use crate::domain::register::{Resident, ResidentStatus};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    let (row, claim) = (in_register(case, heir), in_claims(case, heir));
    // A death that an approved claim made known shows on the register row as well; the claim is the closer witness.
    let known_by_claim = row.as_ref().zip(claim.as_ref()).is_some_and(|((_, row), (_, claim))| *row == Some(*claim));
    let row = row.filter(|_row| !known_by_claim).map(|(finding, _)| finding);
    row.or(claim.map(|(finding, _)| finding)).into_iter().collect()
}

/// Whether the payee is known as dead on a day, for the day of payment.
pub fn payee_dead(content: &ClaimContent, on: NaiveDate, facts: &CrosscheckFacts, policy: &Policy) -> Option<Finding> {
    check(&Case { content, filed_on: on, facts, policy }).into_iter().next()
}

/// What the register says, with its day of death.
fn in_register(case: &Case<'_>, heir: &Heir) -> Option<(Finding, Option<NaiveDate>)> {
    let row = heir_rows(case, heir).find(|row| row.status == ResidentStatus::Dead)?;
    let registered = format!("meninggal {}", row.died_on.map(short_date).unwrap_or_default());
    let finding = Finding { claimed: heir.name.as_str().to_owned(), registered: registered.trim().to_owned(), ..finding(case) };
    Some((finding, row.died_on))
}

/// What an earlier claim says, with its day of death.
fn in_claims(case: &Case<'_>, heir: &Heir) -> Option<(Finding, NaiveDate)> {
    let mut others = case.facts.earlier.iter().chain(&case.facts.heir_claims);
    let claim = others.find(|earlier| earlier.died_on <= case.filed_on && is_heir(case, heir, earlier))?;
    let finding = Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("almarhum pada {} ({})", claim.claim_code, short_date(claim.died_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(claim.filed_on),
        ..finding(case)
    };
    Some((finding, claim.died_on))
}

fn is_heir(case: &Case<'_>, heir: &Heir, earlier: &EarlierClaim) -> bool {
    let same_nik = heir.nik.number.is_some() && heir.nik.number == earlier.deceased_nik;
    let mut rows = heir_rows(case, heir);
    same_nik || rows.any(|row| earlier.deceased_register_id.as_deref() == Some(&row.register_id))
}

/// The heir's rows: by NIK, or on the family card of the deceased with a NIK one slip away and a like name.
fn heir_rows<'a>(case: &Case<'a>, heir: &'a Heir) -> impl Iterator<Item = &'a Resident> {
    let slipped = |row: &&Resident| {
        let near = heir.nik.number.iter().zip(&row.nik).any(|(claimed, own)| one_slip_apart(claimed, own));
        near && compare_names(heir.name.as_str(), &row.name) != NameLikeness::Different
    };
    registered_heir(heir, &case.facts.heir_rows).chain(case.facts.around.family.iter().filter(slipped))
}

fn finding(case: &Case<'_>) -> Finding {
    case.finding(FindingCode::AhliWarisSudahMeninggal, "Ahli waris tercatat sudah meninggal; mohon ditunjuk ahli waris lain dari keluarga.")
}
