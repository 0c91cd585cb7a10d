//! The village's death letter: its date, its number, its place among the others.
//!
//! TGL_SURAT_JANGGAL (look): dated before the death or after the filing. NOMOR_SURAT_GANDA (note): the number already
//! belongs to another deceased of the village. NOMOR_SURAT_TIDAK_URUT (note): a letter with a lower number is dated more
//! than `letter_order_days` later, or one with a higher number earlier; numbers filled in afterwards show up this way.

use super::super::around::LetterUse;
use super::super::code::FindingCode;
use super::super::duplicate::is_same_deceased;
use super::super::facts::Case;
use super::super::facts::EarlierClaim;
use super::super::finding::Finding;
use super::super::letter_number::LetterNumber;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [date(case), used_before(case), out_of_order(case)].into_iter().flatten().collect()
}

fn date(case: &Case<'_>) -> Option<Finding> {
    let death = &case.content.death;
    let letter_on = death.letter_on?;
    let why = match () {
        () if letter_on < death.died_on => format!("meninggal {}", short_date(death.died_on)),
        () if letter_on > case.filed_on => format!("diajukan {}", short_date(case.filed_on)),
        () => return None,
    };
    Some(Finding {
        claimed: format!("surat {}", short_date(letter_on)),
        registered: why,
        ..case.finding_of_claim(
            FindingCode::TglSuratJanggal,
            "Tanggal surat kematian sebelum hari meninggal atau sesudah pengajuan; mohon diperbaiki menurut surat aslinya.",
        )
    })
}

fn used_before(case: &Case<'_>) -> Option<Finding> {
    let own = LetterNumber::read(&case.content.death.letter_number)?;
    let same = |claim: &&EarlierClaim| {
        claim.village == case.content.village && LetterNumber::read(&claim.letter_number).is_some_and(|other| other.key == own.key)
    };
    let claim = case.facts.earlier.iter().filter(same).find(|claim| !is_same_deceased(case, claim) && same_year(case, &own, claim))?;
    Some(Finding {
        claimed: case.content.death.letter_number.clone(),
        registered: format!("{} ({})", claim.claim_code, claim.deceased_name),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(claim.filed_on),
        ..case.finding(
            FindingCode::NomorSuratGanda,
            "Nomor surat kematian ini sudah dipakai untuk almarhum lain; mohon dicocokkan dengan buku kematian desa.",
        )
    })
}

/// A number without a year is used again every year.
fn same_year(case: &Case<'_>, own: &LetterNumber, claim: &EarlierClaim) -> bool {
    use chrono::Datelike;
    own.year.is_some() || claim.filed_on.year() == case.filed_on.year()
}

fn out_of_order(case: &Case<'_>) -> Option<Finding> {
    let own = LetterNumber::read(&case.content.death.letter_number)?;
    let (sequence, letter_on) = (own.sequence?, case.content.death.letter_on?);
    let runs_against = |letter: &&LetterUse| {
        let (earlier, later) = if letter.sequence < sequence { (letter.letter_on, letter_on) } else { (letter_on, letter.letter_on) };
        letter.sequence != sequence && earlier.signed_duration_since(later).num_days() > i64::from(case.limits().letter_order_days)
    };
    let letter = case.facts.around.letters.iter().find(runs_against)?;
    Some(Finding {
        claimed: format!("nomor {sequence}, {}", short_date(letter_on)),
        registered: format!("nomor {} ({}), {}", letter.sequence, letter.claim_code, short_date(letter.letter_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(letter.letter_on),
        ..case.finding(
            FindingCode::NomorSuratTidakUrut,
            "Nomor dan tanggal surat kematian tidak seurut surat lain di desa ini; mohon dicocokkan dengan buku kematian desa.",
        )
    })
}
