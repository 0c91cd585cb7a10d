//! AHLI_WARIS_BERULANG (look): one heir for many deceased.
//!
//! From the policy's `same_heir_claims_review`-th claim on, each for another
//! deceased. Two, as when both parents die, are normal. The same heir: the same
//! NIK, a NIK one slip away with a like name, or, where a NIK is missing, a like
//! name with the same telephone.

use super::code::FindingCode;
use super::duplicate::is_same_deceased;
use super::facts::{Case, EarlierClaim, digits};
use super::finding::Finding;
use crate::domain::claim::Heir;
use crate::domain::identity::{NameLikeness, compare_names, one_slip_apart};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    let others = case.facts.earlier.iter().filter(|earlier| is_same_heir(heir, earlier) && !is_same_deceased(case, earlier));
    let mut deceased: Vec<&EarlierClaim> = Vec::new();
    for claim in others {
        if !deceased.iter().any(|seen| same_deceased(seen, claim)) {
            deceased.push(claim);
        }
    }
    let count = deceased.len().saturating_add(1);
    if u32::try_from(count).unwrap_or(u32::MAX) < case.policy.same_heir_claims_review {
        return Vec::new();
    }
    vec![Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: deceased.iter().map(|claim| claim.claim_code.as_str()).collect::<Vec<_>>().join(", "),
        dataset: "permohonan".to_owned(),
        dataset_on: deceased.last().map(|claim| claim.filed_on),
        ..case.finding(
            FindingCode::AhliWarisBerulang,
            "Ahli waris yang sama sudah mengajukan untuk beberapa almarhum lain; mohon hubungan keluarganya dipastikan.",
        )
    }]
}

/// Whether the heir of an earlier claim is this heir.
pub(super) fn is_same_heir(heir: &Heir, earlier: &EarlierClaim) -> bool {
    let like = || compare_names(heir.name.as_str(), &earlier.heir_name) != NameLikeness::Different;
    if let (Some(one), Some(other)) = (&heir.nik.number, &earlier.heir_nik) {
        return one == other || (one_slip_apart(one, other) && like());
    }
    let phone = digits(&heir.phone);
    !phone.is_empty() && phone == earlier.heir_phone && like()
}

fn same_deceased(one: &EarlierClaim, other: &EarlierClaim) -> bool {
    let nik = one.deceased_nik.is_some() && one.deceased_nik == other.deceased_nik;
    let row = one.deceased_register_id.is_some() && one.deceased_register_id == other.deceased_register_id;
    nik || row
}
