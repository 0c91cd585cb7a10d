//! How a clerk files: SERING_HARI_TERAKHIR, BERUNTUN_SEMENIT and DIAJUKAN_MALAM (notes).
//!
//! Too many claims on the very last day of the deadline (dates of death moved to fit), from `minute_claims` on within one
//! minute (typed from a list, not with a family at the desk), or between `night_from_hour` and `night_until_hour` WIB.
//! The last day is the deadline engine's, in calendar or working days, from the death or its document, as the policy says.
//! "Too many": at least `last_day_claims_min` of at least `clerk_claims_min` claims a year, and so many by chance less than
//! once in `surge_once_in`, if the share of the other clerks, or `last_day_percent` of a hundred if that is more, is usual.
//! Claims of a list or of another program have no minute and no hour.

#![expect(clippy::float_arithmetic, reason = "a probability; nothing is paid by it")]

use chrono::Timelike;

use super::super::around::{LastDays, PastFiling};
use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::{Filing, Holidays, wib};
use crate::domain::policy::Policy;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    [last_days(case), one_minute(case), at_night(case)].into_iter().flatten().collect()
}

fn last_days(case: &Case<'_>) -> Option<Finding> {
    let death = &case.content.death;
    let this = Filing { died_on: death.died_on, document_on: death.letter_on, filed_on: case.filed_on };
    let others = last_days_of(&case.facts.around.clerk, case.policy, &case.facts.holidays);
    let (last, all) = (others.last.saturating_add(1), others.claims.saturating_add(1));
    let limits = case.limits();
    let enough = last >= limits.last_day_claims_min && all >= limits.clerk_claims_min;
    if !enough || !is_last_day(this, case.policy, &case.facts.holidays) {
        return None;
    }
    let usual = usual_share(case);
    (at_least(last, all, usual) * f64::from(limits.surge_once_in) < 1.0).then(|| Finding {
        claimed: format!("{last} dari {all} permohonan setahun pada hari terakhir"),
        registered: format!("petugas {}; lazimnya {:.0} dari 100", case.facts.clerk, usual * 100.0),
        ..case.finding_of_claim(
            FindingCode::SeringHariTerakhir,
            "Petugas ini terlalu sering mengajukan tepat pada hari terakhir; mohon tanggal meninggal dicocokkan dengan sumber lain.",
        )
    })
}

/// Of so many claims one is filed on the last day: the share of everybody else in the office, never less than the policy allows.
fn usual_share(case: &Case<'_>) -> f64 {
    let limits = case.limits();
    let allowed = f64::from(limits.last_day_percent) / 100.0;
    let enough = |office: &&LastDays| office.claims >= limits.clerk_claims_min;
    let office = case.facts.around.office.as_ref().filter(enough);
    // One claim more on both sides: a share of nothing or of everything is never certain.
    let share = |office: &LastDays| f64::from(office.last.saturating_add(1)) / f64::from(office.claims.saturating_add(2));
    office.map_or(allowed, |office| share(office).max(allowed))
}

/// How many of these claims were filed on the last day; those of other versions of the rules are left out.
pub fn last_days_of(filings: &[PastFiling], policy: &Policy, holidays: &Holidays) -> LastDays {
    let ruled = filings.iter().filter(|past| policy.covers(past.died_on));
    ruled.fold(LastDays::default(), |all, past| {
        let filing = Filing { died_on: past.died_on, document_on: past.letter_on, filed_on: past.filed_on };
        let last = u32::from(is_last_day(filing, policy, holidays));
        LastDays { claims: all.claims.saturating_add(1), last: all.last.saturating_add(last) }
    })
}

/// Whether a claim was filed on the very last day, as the deadline engine counts it for the policy.
pub fn is_last_day(filing: Filing, policy: &Policy, holidays: &Holidays) -> bool {
    filing.countdown(&policy.deadline, holidays).last == filing.filed_on
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
