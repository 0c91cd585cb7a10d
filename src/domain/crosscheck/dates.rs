//! Dates that cannot be, and the deadline.
//!
//! LEWAT_60_HARI (block): filed after the last day of the policy's deadline,
//! whatever its length; a note once somebody authorised has accepted it. TGL_MENINGGAL_MASA_DEPAN (block): death after the filing.
//! MENINGGAL_SEBELUM_LAHIR (block): death before birth, by the claimed birth
//! date or, if none is claimed, the register's.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::{Finding, Severity};
use crate::domain::calendar::{Countdown, Filing, long_date, short_date};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [late(case), future(case), before_birth(case)].into_iter().flatten().collect()
}

fn late(case: &Case<'_>) -> Option<Finding> {
    let death = &case.content.death;
    let filing = Filing { died_on: death.died_on, document_on: death.letter_on, filed_on: case.filed_on };
    let countdown = filing.countdown(&case.policy.deadline, &case.facts.holidays);
    countdown.is_late().then(|| Finding {
        claimed: format!("diajukan {}", short_date(case.filed_on)),
        registered: format!("batas {}", short_date(countdown.last)),
        dataset: "peraturan".to_owned(),
        dataset_on: None,
        severity: if case.facts.waiver.is_some() { Severity::Note } else { FindingCode::Lewat60Hari.usual_severity() },
        ..case.finding(FindingCode::Lewat60Hari, &sentence(case, countdown))
    })
}

/// The code keeps its name whatever the limit is; the sentence says the real one.
fn sentence(case: &Case<'_>, countdown: Countdown) -> String {
    let late = format!(
        "Permohonan diajukan {} hari setelah batas {}, yaitu {}",
        countdown.days_left.unsigned_abs(),
        case.policy.deadline.length(),
        long_date(countdown.last)
    );
    match &case.facts.waiver {
        Some(waiver) => format!(
            "{late}; keterlambatan diterima oleh {} ({}) pada {}: {}",
            waiver.by,
            waiver.role.label(),
            long_date(waiver.on),
            waiver.reason
        ),
        None => format!("{late}; periksa kembali tanggal pada surat kematian."),
    }
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
