//! TELEPON_BERSAMA (note): one telephone for `shared_phone_heirs` different heirs, over villages and years.
//!
//! A family shares a telephone, and so may the village office; a broker's number shows up the same way.

use std::collections::BTreeSet;

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::facts::{EarlierClaim, digits};
use super::super::finding::Finding;
use super::super::heir_repeated::is_same_heir;
use crate::domain::identity::name_key;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    let phone = digits(&heir.phone);
    let same = |claim: &&EarlierClaim| !phone.is_empty() && claim.heir_phone == phone && !is_same_heir(heir, claim);
    let others: Vec<&EarlierClaim> = case.facts.earlier.iter().filter(same).collect();
    let heirs: BTreeSet<String> = others.iter().map(|claim| name_key(&claim.heir_name)).collect();
    if heirs.len().saturating_add(1) < usize::try_from(case.limits().shared_phone_heirs).unwrap_or(usize::MAX) {
        return Vec::new();
    }
    let villages: BTreeSet<&str> = others.iter().map(|claim| claim.village.as_str()).collect();
    let last = others.last().map(|claim| (claim.claim_code.clone(), claim.filed_on));
    let (code, filed_on) = last.unzip();
    vec![Finding {
        claimed: format!("telepon berakhiran {}", phone.get(phone.len().saturating_sub(3)..).unwrap_or_default()),
        registered: format!("{} ahli waris lain di {} desa, terakhir {}", heirs.len(), villages.len(), code.unwrap_or_default()),
        dataset: "permohonan".to_owned(),
        dataset_on: filed_on,
        ..case.finding(
            FindingCode::TeleponBersama,
            "Nomor telepon ini dipakai beberapa ahli waris yang berbeda; mohon dihubungi dan dipastikan milik siapa.",
        )
    }]
}
