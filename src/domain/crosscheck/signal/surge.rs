//! LONJAKAN_DESA (note): far more claims from a village than its people and its past explain. LONJAKAN_PETUGAS (note): from one clerk.
//!
//! Deaths of a village in a stretch of days follow a Poisson law. Expected are `claims_per_thousand` a year per thousand
//! residents, or the village's own mean of three years if that is more; where the residents are not counted and nothing
//! is past, nothing is said. The rule speaks when as many claims or more would come once in `surge_once_in` such stretches
//! by chance. A clerk is compared with the whole village's expectation, for most villages have one.

#![expect(clippy::float_arithmetic, reason = "a probability; nothing is paid by it")]

use chrono::NaiveDate;

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;

/// Days up to the filing in which a surge is counted.
pub const SURGE_DAYS: u32 = 90;
/// Days of the village's own past that are counted.
pub const PAST_DAYS: u32 = 3 * 365;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(expected) = expected(case) else { return Vec::new() };
    let village = case.facts.around.village.recent.saturating_add(1);
    let clerk = case.facts.around.clerk.iter().filter(|filing| is_recent(case, filing.filed_on)).count();
    let clerk = u32::try_from(clerk).unwrap_or(u32::MAX).saturating_add(1);
    let sentence = "Permohonan dari desa ini jauh lebih banyak dari yang lazim; mohon dipastikan dengan buku kematian desa.";
    let of_village = is_surge(case, village, expected).then(|| surge(case, FindingCode::LonjakanDesa, (village, expected), sentence));
    let sentence = "Permohonan dari petugas ini jauh lebih banyak dari yang lazim; mohon beberapa di antaranya dikunjungi.";
    let of_clerk = is_surge(case, clerk, expected).then(|| surge(case, FindingCode::LonjakanPetugas, (clerk, expected), sentence));
    of_village.into_iter().chain(of_clerk).collect()
}

fn is_recent(case: &Case<'_>, filed_on: NaiveDate) -> bool {
    case.filed_on.signed_duration_since(filed_on).num_days() < i64::from(SURGE_DAYS)
}

/// Claims to be expected in the stretch of days.
fn expected(case: &Case<'_>) -> Option<f64> {
    let (limits, village) = (case.limits(), case.facts.around.village);
    let days = f64::from(SURGE_DAYS);
    let by_people = village.residents.map(|people| f64::from(people) * f64::from(limits.claims_per_thousand) / 1000.0 * days / 365.0);
    let by_past = (village.before > 0).then(|| f64::from(village.before) * days / f64::from(PAST_DAYS));
    by_people.into_iter().chain(by_past).fold(None, |most: Option<f64>, next| Some(most.map_or(next, |most| most.max(next))))
}

fn is_surge(case: &Case<'_>, claims: u32, expected: f64) -> bool {
    at_least(claims, expected) * f64::from(case.limits().surge_once_in) < 1.0
}

/// How probable at least this many claims are where `expected` are usual (upper tail of Poisson's law).
fn at_least(claims: u32, expected: f64) -> f64 {
    let mut term = (-expected).exp();
    let mut below = 0.0;
    for count in 0..claims {
        below += term;
        term *= expected / f64::from(count.saturating_add(1));
    }
    1.0 - below
}

fn surge(case: &Case<'_>, code: FindingCode, (claims, expected): (u32, f64), sentence: &str) -> Finding {
    Finding {
        claimed: format!("{claims} permohonan dalam {SURGE_DAYS} hari"),
        registered: format!("lazimnya sekitar {expected:.1}"),
        ..case.finding_of_claim(code, sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn the_tail_is_that_of_the_tables() {
        for (claims, expected, tail) in [(0, 2.0, 1.0), (1, 2.0, 0.864_665), (5, 2.0, 0.052_653), (10, 2.0, 0.000_046), (3, 0.5, 0.014_388)]
        {
            assert!((at_least(claims, expected) - tail).abs() < 1e-5, "{claims} at {expected}");
        }
    }
}
