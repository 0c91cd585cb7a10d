//! Dates that cannot be, and the deadline.
//!
//! LEWAT_60_HARI (block): filed after the last day of the policy's deadline (day
//! 60 is in time). TGL_MENINGGAL_MASA_DEPAN (block): death after the filing.
//! MENINGGAL_SEBELUM_LAHIR (block): death before birth, by the claimed birth
//! date or, if none is claimed, the register's.

use chrono::{Days, NaiveDate};

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::calendar::short_date;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [late(case), future(case), before_birth(case)].into_iter().flatten().collect()
}

fn late(case: &Case<'_>) -> Option<Finding> {
    let last = last_day(case)?;
    (case.filed_on > last).then(|| Finding {
        claimed: format!("diajukan {}", short_date(case.filed_on)),
        registered: format!("batas {}", short_date(last)),
        dataset: "peraturan".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::Lewat60Hari,
            "Permohonan diajukan setelah batas waktu sejak hari meninggal; periksa kembali tanggal pada surat kematian.",
        )
    })
}

fn last_day(case: &Case<'_>) -> Option<NaiveDate> {
    let rule = case.policy.deadline;
    let days = u64::from(rule.days).saturating_sub(u64::from(rule.death_is_day_one));
    case.content.death.died_on.checked_add_days(Days::new(days))
}

fn future(case: &Case<'_>) -> Option<Finding> {
    let died_on = case.content.death.died_on;
    (died_on > case.filed_on).then(|| Finding {
        claimed: short_date(died_on),
        registered: format!("diajukan {}", short_date(case.filed_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(case.filed_on),
        ..case.finding(
            FindingCode::TglMeninggalMasaDepan,
            "Tanggal meninggal sesudah tanggal pengajuan; mohon diperbaiki menurut surat kematian.",
        )
    })
}

fn before_birth(case: &Case<'_>) -> Option<Finding> {
    let registered = case.facts.person.row().and_then(|row| row.born_on);
    let born_on = case.content.deceased.born_on.or(registered)?;
    let died_on = case.content.death.died_on;
    (died_on < born_on).then(|| Finding {
        claimed: format!("meninggal {}", short_date(died_on)),
        registered: format!("lahir {}", short_date(born_on)),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(case.filed_on),
        ..case.finding(
            FindingCode::MeninggalSebelumLahir,
            "Tanggal meninggal sebelum tanggal lahir; mohon diperbaiki menurut surat kematian dan KTP.",
        )
    })
}
