//! How a clerk files: SERING_HARI_TERAKHIR, BERUNTUN_SEMENIT and DIAJUKAN_MALAM (notes).
//!
//! Too many claims on the very last day of the deadline (dates of death moved to fit), from `minute_claims` on within one
//! minute (typed from a list, not with a family at the desk), or between `night_from_hour` and `night_until_hour` WIB.
//! "Too many" on the last day: at least three, and so many by chance less than once in `surge_once_in`, if
//! `last_day_percent` of a hundred are usual.

#![expect(clippy::float_arithmetic, reason = "a probability; nothing is paid by it")]

use chrono::Timelike;

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::{Filing, wib};

/// Fewer claims on the last day are never too many.
const LAST_DAY_CLAIMS_MIN: u32 = 3;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [last_days(case), one_minute(case), at_night(case)].into_iter().flatten().collect()
}

fn last_days(case: &Case<'_>) -> Option<Finding> {
    let death = &case.content.death;
    let this = Filing { died_on: death.died_on, document_on: death.letter_on, filed_on: case.filed_on };
    if !is_last_day(case, this) {
        return None;
    }
    let filings = &case.facts.around.clerk;
    let others = filings.iter().map(|past| Filing { died_on: past.died_on, document_on: None, filed_on: past.filed_on });
    let last = others.filter(|filing| is_last_day(case, *filing)).count();
    let (last, all) = (u32::try_from(last).ok()?.saturating_add(1), u32::try_from(filings.len()).ok()?.saturating_add(1));
    let chance = at_least(last, all, f64::from(case.limits().last_day_percent) / 100.0);
    (last >= LAST_DAY_CLAIMS_MIN && chance * f64::from(case.limits().surge_once_in) < 1.0).then(|| Finding {
        claimed: format!("{last} dari {all} permohonan setahun pada hari terakhir"),
        registered: format!("petugas {}", case.facts.clerk),
        ..case.finding_of_claim(
            FindingCode::SeringHariTerakhir,
            "Petugas ini terlalu sering mengajukan tepat pada hari terakhir; mohon tanggal meninggal dicocokkan dengan sumber lain.",
        )
    })
}

/// Of the clerk's other claims the date of the death document is not kept; their count begins with the death.
fn is_last_day(case: &Case<'_>, filing: Filing) -> bool {
    filing.countdown(&case.policy.deadline, &case.facts.holidays).last == filing.filed_on
}

/// How probable at least `hits` of `all` are if each is one with probability `share` (upper tail of the binomial law).
fn at_least(hits: u32, all: u32, share: f64) -> f64 {
    let mut term = (1.0 - share).powi(i32::try_from(all).unwrap_or(i32::MAX));
    let mut below = 0.0;
    for count in 0..hits {
        below += term;
        term *= f64::from(all.saturating_sub(count)) / f64::from(count.saturating_add(1)) * share / (1.0 - share);
    }
    1.0 - below
}

fn one_minute(case: &Case<'_>) -> Option<Finding> {
    let filed_at = case.facts.around.filed_at?;
    let near = case.facts.around.clerk.iter().filter_map(|filing| filing.filed_at);
    let count = near.filter(|at| filed_at.signed_duration_since(at).num_seconds().unsigned_abs() <= 60).count();
    let claims = u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
    (claims >= case.limits().minute_claims).then(|| Finding {
        claimed: format!("{claims} permohonan dalam satu menit"),
        registered: format!("petugas {}", case.facts.clerk),
        ..case.finding_of_claim(
            FindingCode::BeruntunSemenit,
            "Beberapa permohonan dikirim hampir bersamaan; mohon dipastikan setiap keluarga memang hadir.",
        )
    })
}

fn at_night(case: &Case<'_>) -> Option<Finding> {
    let filed_at = wib(case.facts.around.filed_at?);
    let (from, until) = (case.limits().night_from_hour, case.limits().night_until_hour);
    let hour = filed_at.hour();
    let night = if from > until { hour >= from || hour < until } else { (from..until).contains(&hour) };
    night.then(|| Finding {
        claimed: format!("diajukan pukul {:02}.{:02} WIB", hour, filed_at.minute()),
        registered: format!("petugas {}", case.facts.clerk),
        ..case.finding_of_claim(
            FindingCode::DiajukanMalam,
            "Permohonan dikirim di luar jam yang lazim; cukup diketahui, mohon diperhatikan bila sering terjadi.",
        )
    })
}
