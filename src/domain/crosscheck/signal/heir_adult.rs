//! AHLI_WARIS_BELUM_DEWASA (note): the heir is a child and needs a guardian, and the guardian the paper the policy asks.
//!
//! By the register's birth date, or where the heir is not in it, by the digits of the NIK read as the latest
//! possible century. Civil law lets a guardian sign below `heir_adult_years` (18, UU 1/1974 pasal 50 as used by banks).

use chrono::{Datelike, NaiveDate};

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::super::person::registered_heir;
use crate::domain::calendar::short_date;
use crate::domain::claim::ClaimedNik;
use crate::domain::policy::When;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    let registered = registered_heir(heir, &case.facts.heir_rows).find_map(|row| row.born_on);
    let Some(born_on) = registered.or_else(|| born_by_number(&heir.nik, case.filed_on)) else { return Vec::new() };
    let years = case.filed_on.years_since(born_on).unwrap_or(0);
    let Some(sentence) = missing(case).filter(|_sentence| years < case.limits().heir_adult_years) else { return Vec::new() };
    vec![Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("lahir {} ({years} tahun)", short_date(born_on)),
        ..case.finding(FindingCode::AhliWarisBelumDewasa, sentence)
    }]
}

/// What a claim of a child still needs.
fn missing(case: &Case<'_>) -> Option<&'static str> {
    if case.content.stand_ins.guardian.is_none() {
        return Some("Ahli waris belum dewasa; mohon ditambahkan walinya: nama, NIK, hubungan, dan surat wali bila diminta.");
    }
    let lacks = case.policy.lacks_paper(case.content, When::Guardian);
    lacks.then_some("Ahli waris belum dewasa dan walinya sudah ditulis; mohon dilengkapi surat wali yang diminta peraturan.")
}

/// The age in whole years, by a birth date or else by the digits of the number.
pub(super) fn years_of(born_on: Option<NaiveDate>, nik: &ClaimedNik, on: NaiveDate) -> Option<u32> {
    born_on.or_else(|| born_by_number(nik, on)).map(|born| on.years_since(born).unwrap_or(0))
}

/// The birth date the number shows; two digits of a year mean the latest century that is not in the future.
fn born_by_number(nik: &ClaimedNik, on: NaiveDate) -> Option<NaiveDate> {
    let digits = nik.number.as_ref()?.birth_digits();
    let century = on.year() - on.year().rem_euclid(100);
    let this = NaiveDate::from_ymd_opt(century + digits.year_of_century, digits.month, digits.day);
    this.filter(|born| *born <= on).or_else(|| NaiveDate::from_ymd_opt(century - 100 + digits.year_of_century, digits.month, digits.day))
}
