//! AHLI_WARIS_BELUM_DEWASA (note): the heir is a child and needs a guardian.
//!
//! By the register's birth date, or where the heir is not in it, by the digits of the NIK read as the latest
//! possible century. Civil law lets a guardian sign below `heir_adult_years` (18, UU 1/1974 pasal 50 as used by banks).

use chrono::{Datelike, NaiveDate};

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::super::person::registered_heir;
use crate::domain::calendar::short_date;
use crate::domain::claim::Heir;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(heir) = case.content.payee() else { return Vec::new() };
    let registered = registered_heir(heir, &case.facts.heir_rows).find_map(|row| row.born_on);
    let Some(born_on) = registered.or_else(|| born_by_number(heir, case.filed_on)) else { return Vec::new() };
    let years = case.filed_on.years_since(born_on).unwrap_or(0);
    if years >= case.limits().heir_adult_years {
        return Vec::new();
    }
    vec![Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("lahir {} ({years} tahun)", short_date(born_on)),
        ..case.finding(FindingCode::AhliWarisBelumDewasa, "Ahli waris belum dewasa; mohon disertai wali dengan surat penunjukannya.")
    }]
}

/// The birth date the number shows; two digits of a year mean the latest century that is not in the future.
fn born_by_number(heir: &Heir, on: NaiveDate) -> Option<NaiveDate> {
    let digits = heir.nik.number.as_ref()?.birth_digits();
    let century = on.year() - on.year().rem_euclid(100);
    let this = NaiveDate::from_ymd_opt(century + digits.year_of_century, digits.month, digits.day);
    this.filter(|born| *born <= on).or_else(|| NaiveDate::from_ymd_opt(century - 100 + digits.year_of_century, digits.month, digits.day))
}
