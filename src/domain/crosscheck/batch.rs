//! BATCH_MENCURIGAKAN (look): a clerk's claims of a few days that hang together.
//!
//! Claims of one clerk within [`DAYS`] are linked by a telephone shared between
//! different heirs or by account numbers in sequence. From [`CLAIMS_MIN`] linked
//! claims on, two of three signs must be there: shared telephones, accounts in
//! sequence, most heirs outside the family. Deaths of one single day are one
//! accident, not a batch, as long as most heirs are of the family: after an accident the village
//! office lends its telephone and the bank opens accounts in a row.

use super::code::FindingCode;
use super::facts::{Case, EarlierClaim, Filing};
use super::finding::Finding;

/// Days before the filing in which a clerk's claims are looked at together.
pub(super) const DAYS: u32 = 10;
/// From how many linked claims on.
const CLAIMS_MIN: usize = 3;
/// Accounts this close are in sequence.
const ACCOUNT_STEP_MAX: u64 = 9;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let own =
        EarlierClaim::record(case.content, case.facts, Filing { claim_code: String::new(), sequence: i64::MAX, filed_on: case.filed_on });
    let linked = linked_claims(&own, &case.facts.earlier);
    let all: Vec<&EarlierClaim> = std::iter::once(&own).chain(linked.iter().copied()).collect();
    let accident = all.iter().all(|claim| claim.died_on == own.died_on) && !most_outside(&all);
    if all.len() < CLAIMS_MIN || accident || signs(&all) < 2 {
        return Vec::new();
    }
    vec![Finding {
        claimed: format!("petugas {}", own.clerk),
        registered: linked.iter().map(|claim| claim.claim_code.as_str()).collect::<Vec<_>>().join(", "),
        dataset: "permohonan".to_owned(),
        dataset_on: linked.first().map(|claim| claim.filed_on),
        ..case.finding(
            FindingCode::BatchMencurigakan,
            "Beberapa permohonan dari petugas yang sama dalam beberapa hari memakai telepon atau rekening yang berkaitan; mohon dikunjungi ke rumah.",
        )
    }]
}

/// The clerk's claims of the last days that hang on `own`, directly or through each other.
fn linked_claims<'a>(own: &EarlierClaim, earlier: &'a [EarlierClaim]) -> Vec<&'a EarlierClaim> {
    let mut rest: Vec<&EarlierClaim> = earlier.iter().filter(|claim| claim.clerk == own.clerk && within_days(own, claim)).collect();
    let mut linked: Vec<&EarlierClaim> = Vec::new();
    loop {
        let (near, far): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|claim| hang_together(own, claim) || linked.iter().any(|other| hang_together(other, claim)));
        linked.extend(&near);
        rest = far;
        if near.is_empty() {
            return linked;
        }
    }
}

fn within_days(own: &EarlierClaim, claim: &EarlierClaim) -> bool {
    own.filed_on.signed_duration_since(claim.filed_on).num_days().unsigned_abs() <= u64::from(DAYS)
}

fn hang_together(one: &EarlierClaim, other: &EarlierClaim) -> bool {
    share_phone(one, other) || accounts_in_sequence(one, other)
}

fn share_phone(one: &EarlierClaim, other: &EarlierClaim) -> bool {
    let different_heirs = one.heir_nik != other.heir_nik || one.heir_nik.is_none();
    !one.heir_phone.is_empty() && one.heir_phone == other.heir_phone && different_heirs && one.heir_name != other.heir_name
}

fn accounts_in_sequence(one: &EarlierClaim, other: &EarlierClaim) -> bool {
    let (Ok(a), Ok(b)) = (one.account.parse::<u64>(), other.account.parse::<u64>()) else { return false };
    one.account.len() == other.account.len() && (1..=ACCOUNT_STEP_MAX).contains(&a.abs_diff(b))
}

fn signs(claims: &[&EarlierClaim]) -> usize {
    let pairs = |linked: fn(&EarlierClaim, &EarlierClaim) -> bool| claims.iter().any(|one| claims.iter().any(|other| linked(one, other)));
    usize::from(pairs(share_phone)) + usize::from(pairs(accounts_in_sequence)) + usize::from(most_outside(claims))
}

fn most_outside(claims: &[&EarlierClaim]) -> bool {
    claims.iter().filter(|claim| claim.heir_outside_family).count() * 2 > claims.len()
}
