//! What the register and other programmes know about the death.
//!
//! SUDAH_MENINGGAL_LAMA (block): the register's day of death is more than
//! `earlier_death_days` before the claimed one, so it is another death or an old
//! one filed anew. MASIH_HIDUP (look): an event that needs the person to be there
//! is dated after the claimed death; events that run by themselves prove nothing.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use crate::domain::calendar::short_date;

/// Events that need the person to be there.
pub const PRESENCE_KINDS: [&str; 5] =
    ["PEREKAMAN_KTP", "KUNJUNGAN_PUSKESMAS", "TARIK_TUNAI_BIOMETRIK", "TANDA_TANGAN_BLT_DESA", "PERTEMUAN_KELOMPOK_PKH"];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    died_long_before(case).into_iter().chain(seen_afterwards(case)).collect()
}

fn died_long_before(case: &Case<'_>) -> Option<Finding> {
    let claimed = case.content.death.died_on;
    let registered = case.facts.person.rows.iter().filter_map(|row| row.died_on).min()?;
    let days = claimed.signed_duration_since(registered).num_days();
    (days > i64::from(case.policy.earlier_death_days)).then(|| Finding {
        claimed: short_date(claimed),
        registered: short_date(registered),
        ..case.finding(
            FindingCode::SudahMeninggalLama,
            "Data mencatat almarhum sudah meninggal jauh sebelum tanggal yang diajukan; mohon periksa surat kematian dan data Dukcapil.",
        )
    })
}

fn seen_afterwards(case: &Case<'_>) -> Option<Finding> {
    let died_on = case.content.death.died_on;
    let person = &case.facts.person;
    let claimed_nik = case.content.deceased.nik.number.as_ref().filter(|_nik| !person.nik_is_of_another());
    let niks: Vec<_> = person.rows.iter().filter_map(|row| row.nik.as_ref()).chain(claimed_nik).collect();
    let events = case.facts.activities.iter().filter(|event| niks.contains(&&event.nik) && PRESENCE_KINDS.contains(&event.kind.as_str()));
    let last = events.filter(|event| event.happened_on > died_on).max_by_key(|event| event.happened_on)?;
    Some(Finding {
        claimed: format!("meninggal {}", short_date(died_on)),
        registered: format!("{} {}", last.kind, short_date(last.happened_on)),
        dataset: "catatan kegiatan".to_owned(),
        dataset_on: Some(last.happened_on),
        ..case.finding(
            FindingCode::MasihHidup,
            "Ada kegiatan yang harus dihadiri sendiri setelah tanggal meninggal; mohon dipastikan dengan kunjungan ke keluarga.",
        )
    })
}
