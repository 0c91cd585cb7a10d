//! The NIK of the deceased: there, right, known, and only once.
//!
//! NIK_TIDAK_TERSEDIA (look): empty or a survey's placeholder. NIK_SALAH_KETIK
//! (look): another NIK than claimed stands at the person whom name, birth date
//! and village point to, at most [`SLIPS_MAX`] digits apart. NIK_TIDAK_DITEMUKAN
//! (look): the number is in no row. NIK_GANDA_REGISTRI (note): the number is in
//! several rows. Source: register; the NIK is permanent, so a difference is the
//! clerk's slip or another person.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::claim::ClaimedNik;
use crate::domain::identity::{Nik, NumberFault, slips_between};
use crate::domain::register::Resident;

/// Up to this many wrong digits a claimed NIK is a slip, if all else points to one person.
const SLIPS_MAX: usize = 2;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let person = &case.facts.person;
    let claimed = &case.content.deceased.nik;
    let mut findings = Vec::new();
    if is_missing(claimed) {
        findings.push(missing(case));
    } else if let Some(row) = person.row().filter(|row| is_slip(claimed, row)) {
        findings.push(mistyped(case, row));
    }
    let known = !person.nik_rows.is_empty() || !findings.is_empty() && person.row().is_some();
    if !known {
        findings.push(unknown(case));
    }
    if person.nik_rows.len() > 1 {
        findings.push(twice(case));
    }
    findings
}

fn is_missing(nik: &ClaimedNik) -> bool {
    let digits = nik.written.chars().any(|c| matches!(c, '1'..='9'));
    nik.number.is_none() && (!digits || Nik::parse(&nik.written) == Err(NumberFault::Placeholder))
}

fn is_slip(claimed: &ClaimedNik, row: &Resident) -> bool {
    let written = claimed.number.as_ref().map_or(claimed.written.as_str(), Nik::expose);
    let Some(right) = &row.nik else { return false };
    (1..=SLIPS_MAX).contains(&slips_between(written, right.expose()))
}

fn written(nik: &ClaimedNik) -> String {
    match &nik.number {
        Some(number) => number.masked(),
        None if nik.written.is_empty() => "kosong".to_owned(),
        None => format!("bukan 16 angka ({} tanda)", nik.written.chars().count()),
    }
}

/// A sentence with what the person was found by, where they were found without the number.
fn with_grounds(case: &Case<'_>, sentence: &str) -> String {
    match case.facts.person.grounds() {
        Some(grounds) => format!("{sentence} Warga di data {grounds}."),
        None => sentence.to_owned(),
    }
}

fn missing(case: &Case<'_>) -> Finding {
    let found = case.facts.person.row();
    Finding {
        claimed: "tidak ada NIK".to_owned(),
        registered: found.and_then(|row| row.nik.as_ref()).map(Nik::masked).unwrap_or_default(),
        ..case.finding(
            FindingCode::NikTidakTersedia,
            &with_grounds(
                case,
                "NIK almarhum belum diisi; mohon dicocokkan dengan KK atau KTP, atau nyatakan bahwa almarhum memang belum ber-NIK.",
            ),
        )
    }
}

fn mistyped(case: &Case<'_>, row: &Resident) -> Finding {
    Finding {
        claimed: written(&case.content.deceased.nik),
        registered: row.nik.as_ref().map(Nik::masked).unwrap_or_default(),
        ..case.finding(
            FindingCode::NikSalahKetik,
            &with_grounds(
                case,
                "NIK almarhum tampaknya salah ketik: isian lain menunjuk satu orang dengan NIK lain; mohon periksa KTP atau KK.",
            ),
        )
    }
}

/// A person found by another road is shown beside the unknown number; otherwise nobody fits.
fn unknown(case: &Case<'_>) -> Finding {
    let sentence = if case.facts.person.row().is_some() {
        "NIK almarhum tidak ada dalam data, tetapi ada warga dengan identitas yang mirip; mohon cocokkan dengan KK atau KTP."
    } else {
        "NIK almarhum tidak ada dalam data dan tidak ada warga yang cukup mirip; mohon pastikan dengan KK, KTP, atau Dukcapil."
    };
    Finding {
        claimed: written(&case.content.deceased.nik),
        registered: "tidak ada".to_owned(),
        ..case.finding(FindingCode::NikTidakDitemukan, &with_grounds(case, sentence))
    }
}

fn twice(case: &Case<'_>) -> Finding {
    let rows = &case.facts.person.nik_rows;
    Finding {
        claimed: written(&case.content.deceased.nik),
        registered: format!("{} baris: {}", rows.len(), rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>().join("; ")),
        ..case.finding(
            FindingCode::NikGandaRegistri,
            "NIK ini tercatat pada lebih dari satu baris data; laporkan ke pengelola data, permohonan dapat dilanjutkan.",
        )
    }
}
