//! LAMA_TINGGAL_KURANG (note): the register does not know the deceased long enough. LAMA_TINGGAL_TIDAK_DIPERIKSA (note): it cannot say.
//!
//! Only where the policy asks for months of residence (`residence_months`). The day to be known from is that many months
//! before the death. Who stands in a release that old, or was born since, has lived here long enough. Who is missing from a
//! release after that day and stands in a later one came too late, or was not counted: the family card decides. Where the
//! releases are all younger, nothing can be said.

use chrono::{Months, NaiveDate};

use super::super::around::Residence;
use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(months) = case.policy.residence_months.filter(|months| *months > 0) else { return Vec::new() };
    let Some(since) = case.content.death.died_on.checked_sub_months(Months::new(months)) else { return Vec::new() };
    let born_on = case.facts.person.row().and_then(|row| row.born_on).or(case.content.deceased.born_on);
    if born_on.is_some_and(|born| born >= since) {
        return Vec::new();
    }
    let finding = match case.facts.around.residence {
        Some(known) if known.seen_from <= since => None,
        Some(known) => Some(
            known
                .missing_on
                .filter(|missing| *missing >= since)
                .map_or_else(|| unknown(case, months, since, Some(known)), |missing| too_short(case, months, known, missing)),
        ),
        None => Some(unknown(case, months, since, None)),
    };
    finding.into_iter().collect()
}

fn too_short(case: &Case<'_>, months: u32, known: Residence, missing: NaiveDate) -> Finding {
    Finding {
        claimed: format!("diminta tinggal {months} bulan"),
        registered: format!("belum tercatat per {}, tercatat sejak {}", short_date(missing), short_date(known.seen_from)),
        ..case.finding(
            FindingCode::LamaTinggalKurang,
            "Almarhum belum cukup lama tercatat sebagai penduduk daerah ini; mohon tanggal pindah datang dilihat pada KK.",
        )
    }
}

fn unknown(case: &Case<'_>, months: u32, since: NaiveDate, known: Option<Residence>) -> Finding {
    Finding {
        claimed: format!("diminta tinggal {months} bulan, yaitu sejak {}", short_date(since)),
        registered: known.map_or_else(|| "tidak tercatat".to_owned(), |known| format!("data tertua {}", short_date(known.seen_from))),
        ..case.finding(
            FindingCode::LamaTinggalTidakDiperiksa,
            "Lama tinggal tidak dapat diperiksa dari data; mohon dilihat pada KK atau surat keterangan domisili.",
        )
    }
}
