//! NIK_TANGGAL_BEDA (note): the date or sex in the NIK is not the claimed one.
//!
//! A NIK is permanent even when its birth date proves wrong (about one in two
//! hundred), so this never decides anything. The century is not in the number.

use chrono::Datelike;

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::calendar::short_date;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let deceased = &case.content.deceased;
    let Some(nik) = &deceased.nik.number else { return Vec::new() };
    let in_number = nik.birth_digits();
    let date_differs = deceased.born_on.is_some_and(|born| {
        (born.day(), born.month(), born.year().rem_euclid(100)) != (in_number.day, in_number.month, in_number.year_of_century)
    });
    let sex_differs = deceased.sex.is_some_and(|sex| sex != in_number.sex);
    if !date_differs && !sex_differs {
        return Vec::new();
    }
    let born = deceased.born_on.map(short_date).unwrap_or_default();
    let claimed = format!("{born} {}", deceased.sex.map_or("", |sex| sex.label()));
    let registered =
        format!("angka NIK: {:02}-{:02}-{:02} {}", in_number.day, in_number.month, in_number.year_of_century, in_number.sex.label());
    vec![Finding {
        claimed: claimed.trim().to_owned(),
        registered,
        dataset: "NIK".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::NikTanggalBeda,
            "Tanggal lahir atau jenis kelamin tidak sama dengan angka dalam NIK; mohon dilihat sekali lagi pada KTP, NIK yang benar pun kadang demikian.",
        )
    }]
}
