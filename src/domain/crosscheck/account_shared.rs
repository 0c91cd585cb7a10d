//! REKENING_BANYAK_AHLI_WARIS (look): the account already served another heir.
//!
//! The digits of the number decide. The same heir may use one account for two
//! claims; a NIK one slip away with a like name is the same heir.

use super::code::FindingCode;
use super::facts::{Case, EarlierClaim, account_digits};
use super::finding::Finding;
use crate::domain::claim::{Heir, Payout};
use crate::domain::identity::{NameLikeness, compare_names, one_slip_apart};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (Some(heir), Payout::Bank(account)) = (case.content.payee(), &case.content.payout) else { return Vec::new() };
    let number = account_digits(case.content);
    let mut others = case.facts.earlier.iter().filter(|earlier| !number.is_empty() && earlier.account == number && is_other(heir, earlier));
    let finding = others.next().map(|earlier| Finding {
        claimed: format!("{} {}", heir.name, account.masked_number()),
        registered: format!("{} pada {} (desa {})", earlier.heir_name, earlier.claim_code, earlier.village),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(earlier.filed_on),
        ..case.finding(
            FindingCode::RekeningBanyakAhliWaris,
            "Nomor rekening ini sudah dipakai ahli waris lain; mohon dipastikan dengan buku rekening.",
        )
    });
    finding.into_iter().collect()
}

fn is_other(heir: &Heir, earlier: &EarlierClaim) -> bool {
    let like = compare_names(heir.name.as_str(), &earlier.heir_name) != NameLikeness::Different;
    match (&heir.nik.number, &earlier.heir_nik) {
        (Some(one), Some(other)) => one != other && !(like && one_slip_apart(one, other)),
        _ => !like,
    }
}
