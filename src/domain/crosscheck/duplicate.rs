//! The same deceased claimed before.
//!
//! KLAIM_GANDA_NIK (block): an earlier claim has the same deceased NIK.
//! KLAIM_GANDA_MIRIP (look): an earlier claim is for the same person under
//! another NIK or spelling: the same register row, or a like name with the same
//! birth date and no other mother (a birth date that stands for an unknown day also needs
//! the village or the mother), or with the same day of death and village where a birth date
//! is missing. Only earlier claims count; the first of two is not to blame. An officer's answer goes before the
//! likeness: "orang lain" is no suspicion any more, "orang yang sama" is certain (block).

use super::answers::{Sameness, about_claim};
use super::facts::{Case, EarlierClaim};
use super::finding::{Finding, FindingCode, Severity};
use super::person::is_unknown_day;
use crate::domain::calendar::short_date;
use crate::domain::identity::{NameLikeness, compare_names};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let same_nik = case.facts.earlier.iter().find(|earlier| has_same_nik(case, earlier));
    let mut suspects = case.facts.earlier.iter().filter(|earlier| !has_same_nik(case, earlier) && is_same_deceased(case, earlier));
    let certain = suspects.clone().find(|earlier| about_claim(case, earlier).is_some());
    let alike = certain.or_else(|| suspects.next());
    let block = same_nik.map(|earlier| {
        found(
            case,
            earlier,
            FindingCode::KlaimGandaNik,
            Severity::Block,
            "Santunan untuk NIK almarhum ini sudah pernah diajukan; santunan hanya sekali.",
        )
    });
    let look = alike.map(|earlier| {
        if let Some(answer) = about_claim(case, earlier) {
            let sentence =
                format!("Permohonan terdahulu sudah dipastikan untuk orang yang sama oleh {}; santunan hanya sekali.", answer.by);
            return found(case, earlier, FindingCode::KlaimGandaMirip, Severity::Block, &sentence);
        }
        let sentence = "Permohonan terdahulu tampaknya untuk orang yang sama dengan NIK atau ejaan lain; mohon kedua berkas dibandingkan.";
        found(case, earlier, FindingCode::KlaimGandaMirip, Severity::Review, sentence)
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
    if compare_names(deceased.name.as_str(), &earlier.deceased_name) == NameLikeness::Different {
        return false;
    }
    let mothers = [deceased.mother.trim(), earlier.deceased_mother.trim()];
    let other_mother =
        mothers.iter().all(|m| !m.is_empty()) && compare_names(&deceased.mother, &earlier.deceased_mother) == NameLikeness::Different;
    let same_mother = mothers.iter().all(|m| !m.is_empty()) && !other_mother;
    let same_village = earlier.deceased_village == deceased.village;
    let same_end = earlier.died_on == case.content.death.died_on && same_village;
    match (deceased.born_on, earlier.deceased_born_on) {
        (Some(one), Some(other)) => one == other && !other_mother && (!is_unknown_day(one) || same_village || same_mother),
        _ => same_end && !other_mother,
    }
}

fn found(case: &Case<'_>, earlier: &EarlierClaim, code: FindingCode, severity: Severity, sentence: &str) -> Finding {
    Finding {
        claimed: case.content.deceased.name.as_str().to_owned(),
        registered: format!("{} ({}, meninggal {})", earlier.claim_code, earlier.deceased_name, short_date(earlier.died_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(earlier.filed_on),
        ..case.finding(code, severity, sentence)
    }
}
