//! The same deceased claimed before.
//!
//! KLAIM_GANDA_NIK (block): an earlier claim has the same deceased NIK.
//! KLAIM_GANDA_MIRIP (look): an earlier claim is for the same person under
//! another NIK or spelling: the same register row, or, where one of the two is not
//! in the register, a like name and [`POINTS_ENOUGH`] points:
//!
//! | evidence | points |
//! | --- | --- |
//! | birth date equal / equal but standing for an unknown day / nearly / other | 4 / 3 / 1 / −4 |
//! | same day of death | 3 |
//! | mother's name agrees / is another | 2 / −3 |
//! | same heir or account / only the same telephone | 3 / 2 |
//! | same village | 1 |
//!
//! Only earlier claims count; the first of two is not to blame. An officer's answer goes before the
//! likeness: "orang lain" is no suspicion any more, "orang yang sama" is certain (block).

use chrono::NaiveDate;

use super::answers::{Sameness, about_claim};
use super::code::FindingCode;
use super::facts::{Case, EarlierClaim, account_digits, digits};
use super::finding::{Finding, Severity};
use crate::domain::calendar::short_date;
use crate::domain::identity::{NameLikeness, compare_names};
use crate::domain::linkage::{is_unknown_day, nearly};

/// From how many points on two claims are for one person.
const POINTS_ENOUGH: i32 = 4;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let same_nik = case.facts.earlier.iter().find(|earlier| has_same_nik(case, earlier));
    let mut suspects = case.facts.earlier.iter().filter(|earlier| !has_same_nik(case, earlier) && is_same_deceased(case, earlier));
    let certain = suspects.clone().find(|earlier| about_claim(case, earlier).is_some());
    let alike = certain.or_else(|| suspects.next());
    let block = same_nik.map(|earlier| {
        found(case, earlier, FindingCode::KlaimGandaNik, "Santunan untuk NIK almarhum ini sudah pernah diajukan; santunan hanya sekali.")
    });
    let look = alike.map(|earlier| {
        if let Some(answer) = about_claim(case, earlier) {
            let sentence =
                format!("Permohonan terdahulu sudah dipastikan untuk orang yang sama oleh {}; santunan hanya sekali.", answer.by);
            return Finding { severity: Severity::Block, ..found(case, earlier, FindingCode::KlaimGandaMirip, &sentence) };
        }
        let sentence = "Permohonan terdahulu tampaknya untuk orang yang sama dengan NIK atau ejaan lain; mohon kedua berkas dibandingkan.";
        found(case, earlier, FindingCode::KlaimGandaMirip, sentence)
    });
    block.into_iter().chain(look).collect()
}

fn has_same_nik(case: &Case<'_>, earlier: &EarlierClaim) -> bool {
    let nik = &case.content.deceased.nik.number;
    nik.is_some() && *nik == earlier.deceased_nik
}

/// Whether an earlier claim is for this claim's deceased: as an officer answered, else by NIK, register row or person.
pub(super) fn is_same_deceased(case: &Case<'_>, earlier: &EarlierClaim) -> bool {
    match about_claim(case, earlier) {
        Some(answer) => answer.sameness == Sameness::Same,
        None => has_same_nik(case, earlier) || is_alike(case, earlier),
    }
}

/// Whether an earlier claim looks like one for this claim's deceased, whatever anybody answered.
pub(super) fn is_alike(case: &Case<'_>, earlier: &EarlierClaim) -> bool {
    let row_ids = case.facts.person.rows.iter().map(|row| row.register_id.as_str());
    let same_row = earlier.deceased_register_id.as_deref().is_some_and(|id| row_ids.clone().any(|own| own == id));
    let both_known = earlier.deceased_register_id.is_some() && row_ids.count() > 0;
    same_row || (!both_known && alike(case, earlier))
}

fn alike(case: &Case<'_>, earlier: &EarlierClaim) -> bool {
    let deceased = &case.content.deceased;
    compare_names(deceased.name.as_str(), &earlier.deceased_name) != NameLikeness::Different && points(case, earlier) >= POINTS_ENOUGH
}

fn points(case: &Case<'_>, earlier: &EarlierClaim) -> i32 {
    let deceased = &case.content.deceased;
    birth_points(deceased.born_on, earlier.deceased_born_on)
        + mother_points(&deceased.mother, &earlier.deceased_mother)
        + if earlier.died_on == case.content.death.died_on { 3 } else { 0 }
        + payee_points(case, earlier)
        + i32::from(earlier.deceased_village == deceased.village)
}

fn birth_points(one: Option<NaiveDate>, other: Option<NaiveDate>) -> i32 {
    let (Some(one), Some(other)) = (one, other) else { return 0 };
    match one == other {
        true if is_unknown_day(one) => 3,
        true => 4,
        false if nearly(one, other) => 1,
        false => -4,
    }
}

fn mother_points(one: &str, other: &str) -> i32 {
    if one.trim().is_empty() || other.trim().is_empty() {
        return 0;
    }
    if compare_names(one, other) == NameLikeness::Different { -3 } else { 2 }
}

/// A telephone may be the village office's, for many families.
fn payee_points(case: &Case<'_>, earlier: &EarlierClaim) -> i32 {
    let Some(heir) = case.content.payee() else { return 0 };
    let (account, phone) = (account_digits(case.content), digits(&heir.phone));
    let same_heir = heir.nik.number.is_some() && heir.nik.number == earlier.heir_nik;
    if same_heir || (!account.is_empty() && account == earlier.account) {
        return 3;
    }
    if !phone.is_empty() && phone == earlier.heir_phone { 2 } else { 0 }
}

fn found(case: &Case<'_>, earlier: &EarlierClaim, code: FindingCode, sentence: &str) -> Finding {
    Finding {
        claimed: case.content.deceased.name.as_str().to_owned(),
        registered: format!("{} ({}, meninggal {})", earlier.claim_code, earlier.deceased_name, short_date(earlier.died_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(earlier.filed_on),
        ..case.finding(code, sentence)
    }
}
