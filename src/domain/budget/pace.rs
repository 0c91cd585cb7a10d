//! How fast claims come, how sure that is, and how many will come until a day.
//!
//! The number of claims until a day is a sum of many small chances whose pace is itself uncertain. Its middle is
//! pace × share of the year still to come; its relative variance is the sum of
//!
//! - **counting**: `φ / expected claims`, where `φ` (over-dispersion; 1 is pure chance) says how much more unevenly the weeks come
//!   than by pure chance, for example because several claims are approved on one day;
//! - **the pace**: what has been counted so far weighs against the earlier years like a Gamma prior for a Poisson pace, so
//!   that the estimate is `(prior × τ + claims so far) / (τ + share of the year so far)`; both carry their own error. A day
//!   counts half after four months (discounting of West and Harrison), because programmes become known and waves come;
//! - **the months**: a month is more or less than its season says by a factor of variance `σ²`, and a month resembles the
//!   one before it (an illness, a dry season). `σ²` is learned from the earlier years and from this one; the season's own
//!   error comes on top.
//!
//! The law is taken as log-normal: it never falls below zero, leans to the side of too many as surges do, and its median is
//! the expected path, so that one claim more can never move the middle forecast away. Since counts only grow, "the money
//! is gone by day t" and "so many claims have come by day t" are the same event: no simulation and no randomness is needed.
#![expect(clippy::float_arithmetic, reason = "counts and chances of claims; amounts are counted out of whole claims elsewhere")]

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use super::season::{History, MONTHS, MONTHS_OF_YEAR, MonthShares, Season};

/// How much one year differs from the next before any two years are known: 30 %.
const YEAR_SPREAD_USUAL: f64 = 0.3;
/// So many years the usual spread weighs against the seen one.
const YEAR_SPREAD_WEIGHT: f64 = 2.0;
/// Over-dispersion before the weeks have spoken.
const UNEVEN_USUAL: f64 = 1.3;
/// So many weeks the usual over-dispersion weighs against the seen one.
const UNEVEN_WEIGHT: f64 = 4.0;
/// How much a month differs from its season before months have spoken, and so many months this weighs against the seen ones.
///
/// Without earlier years the season is unknown and a wave may be still to come, of which the months so far say little.
const MONTH_SPREAD_WITH_PAST: (f64, f64) = (0.06, 3.0);
const MONTH_SPREAD_WITHOUT_PAST: (f64, f64) = (0.15, 6.0);
/// How much of a month's difference is left in the next month.
const MONTH_LIKENESS: f64 = 0.6;
/// The earlier years never weigh less than two weeks or more than thirteen weeks of this year.
const PRIOR_WEEKS: (f64, f64) = (2.0, 13.0);
/// A day counts half for the pace when so many days have passed: an office that finds its way, or a wave, is followed.
const HALF_LIFE_DAYS: f64 = 120.0;
/// Weeks of a year.
const YEAR_WEEKS: f64 = 365.25 / 7.0;
/// Stretches of the year are compared from a week on, and only from so many expected claims on.
const STRETCH_DAYS_LEAST: u32 = 7;
const STRETCH_EXPECTED_LEAST: f64 = 1.0;
/// The normal law leaves one in ten below minus and one in ten above plus this.
const ONE_IN_TEN: f64 = 1.281_551_6;

/// Claims of one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub on: NaiveDate,
    pub claims: u32,
}

/// What of the year has been seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub days: &'a [Counted],
}

impl Seen<'_> {
    /// What a day counts for the pace: half after so many days.
    fn weight(&self, on: NaiveDate) -> f64 {
        let days = self.to.signed_duration_since(on).num_days();
        (-i32::try_from(days).map_or(0.0, f64::from) / HALF_LIFE_DAYS).exp2()
    }

    fn claims(&self, from: NaiveDate, to: NaiveDate) -> f64 {
        self.days.iter().filter(|day| from <= day.on && day.on <= to).map(|day| f64::from(day.claims)).sum()
    }
}

/// The pace of the year and its uncertainty.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    season: Season,
    to: NaiveDate,
    /// Claims of a whole year.
    rate: f64,
    /// Relative variance of `rate`.
    rate_variance: f64,
    uneven: f64,
    months: MonthNoise,
}

/// How far months may lie from their season.
#[derive(Debug, Clone, Copy)]
struct MonthNoise {
    /// Variance of a month's factor, shared in part by its neighbours.
    factor: f64,
    /// Variance of the season's own estimate, each month for itself.
    season: f64,
}

impl MonthNoise {
    /// The relative variance of a sum of months of these weights.
    fn of(self, weights: &[f64; MONTHS]) -> f64 {
        self.factor * likeness(weights, MONTH_LIKENESS) + self.season * likeness(weights, 0.0)
    }
}

impl Pace {
    /// The pace from what was seen of the year and the earlier years; none where neither tells anything.
    pub fn learn(seen: Seen<'_>, season: Season, shares: &MonthShares, history: &History) -> Option<Self> {
        let months = season.weighted_months(seen.from, seen.to, |on| seen.weight(on));
        let share: f64 = months.iter().sum();
        let claims: f64 = seen.days.iter().map(|day| f64::from(day.claims) * seen.weight(day.on)).sum();
        let prior = Prior::of(history);
        let prior_share = prior.map_or(0.0, |prior| prior.share);
        let rate = (prior.map_or(0.0, |prior| prior.rate * prior.share) + claims) / (prior_share + share);
        if !rate.is_finite() || rate <= 0.0 {
            return None;
        }
        let uneven = unevenness(seen, &season);
        let noise = MonthNoise { factor: month_variance(seen, &season, shares, history, uneven), season: shares.unsure };
        let own = share / (prior_share + share);
        let squares: f64 = season.weighted_months(seen.from, seen.to, |on| seen.weight(on).powi(2)).iter().sum();
        let of_count = if share > 0.0 { uneven * squares / (rate * share * share) } else { 0.0 };
        let of_prior = prior.map_or(0.0, |prior| prior.variance);
        let rate_variance = own * own * (of_count + noise.of(&months)) + (1.0 - own) * (1.0 - own) * of_prior;
        Some(Self { season, to: seen.to, rate, rate_variance, uneven, months: noise })
    }

    /// How many claims come after the last day seen until the end of `until`.
    pub fn until(&self, until: NaiveDate) -> Law {
        let tomorrow = self.to.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        let months = self.season.months(tomorrow, until);
        let middle = self.rate * months.iter().sum::<f64>();
        if middle <= 0.0 {
            return Law { middle: 0.0, spread: 0.0 };
        }
        let variance = self.uneven / middle + self.rate_variance + self.months.of(&months);
        Law { middle, spread: variance.ln_1p().sqrt() }
    }
}

/// What earlier years say of the pace.
#[derive(Debug, Clone, Copy)]
struct Prior {
    rate: f64,
    /// Relative variance of one year against it.
    variance: f64,
    /// The share of a year it weighs (`τ`).
    share: f64,
}

impl Prior {
    fn of(history: &History) -> Option<Self> {
        let count = history.count();
        let rate = history.totals().sum::<f64>() / count;
        if count < 1.0 || rate <= 0.0 {
            return None;
        }
        let seen: f64 = history.totals().map(|total| (total / rate - 1.0).powi(2)).sum();
        let usual = YEAR_SPREAD_USUAL * YEAR_SPREAD_USUAL;
        let variance = (seen + YEAR_SPREAD_WEIGHT * usual) / (count - 1.0 + YEAR_SPREAD_WEIGHT);
        let (least, most) = PRIOR_WEEKS;
        let share = (UNEVEN_USUAL / (variance * rate)).clamp(least / YEAR_WEEKS, most / YEAR_WEEKS);
        Some(Self { rate, variance, share })
    }
}

/// How unevenly the weeks come, from the differences of neighbouring weeks (von Neumann), so that a slow rise is not taken
/// for unevenness; drawn towards the usual, never below pure chance.
fn unevenness(seen: Seen<'_>, season: &Season) -> f64 {
    let (share, claims) = (season.share(seen.from, seen.to), seen.claims(seen.from, seen.to));
    let mut weeks: Vec<(f64, f64)> = Vec::new();
    let mut begin = seen.from;
    let mut days = 0_u32;
    for day in seen.from.iter_days().take_while(|day| *day <= seen.to) {
        days = days.saturating_add(1);
        if days < STRETCH_DAYS_LEAST {
            continue;
        }
        let expected = if share > 0.0 { claims * season.share(begin, day) / share } else { 0.0 };
        if expected < STRETCH_EXPECTED_LEAST {
            continue;
        }
        weeks.push((seen.claims(begin, day), expected));
        begin = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        days = 0;
    }
    let mut squares = UNEVEN_WEIGHT * UNEVEN_USUAL;
    let mut weight = UNEVEN_WEIGHT;
    for ((one, one_expected), (next, next_expected)) in weeks.iter().zip(weeks.iter().skip(1)) {
        squares += (one / one_expected - next / next_expected).powi(2) / (1.0 / one_expected + 1.0 / next_expected);
        weight += 1.0;
    }
    f64::max(squares / weight, 1.0)
}

/// The variance of a month's factor around its season: squared relative differences of months less what counting alone explains.
fn month_variance(seen: Seen<'_>, season: &Season, shares: &MonthShares, history: &History, uneven: f64) -> f64 {
    let (usual, weight) = if history.years.is_empty() { MONTH_SPREAD_WITHOUT_PAST } else { MONTH_SPREAD_WITH_PAST };
    let (mut sum, mut freedom) = (weight * usual * usual, weight);
    if let Some(between_years) = shares.between_years {
        let counting: f64 = history.totals().map(|total| uneven * MONTHS_OF_YEAR / total).sum::<f64>() / history.count();
        let months = (history.count() - 1.0) * (MONTHS_OF_YEAR - 1.0);
        sum += (between_years - counting) * months;
        freedom += months;
    }
    let own = own_months(seen, season);
    let expected: f64 = own.iter().map(|month| month.share).sum();
    let claims: f64 = own.iter().map(|month| month.claims).sum();
    if own.len() > 1 && expected > 0.0 && claims > 0.0 {
        let expectations = own.iter().map(|month| (month.claims, month.share * claims / expected)).filter(|(_, expected)| *expected > 0.0);
        sum += expectations.map(|(count, expected)| (count / expected - 1.0).powi(2) - uneven / expected).sum::<f64>();
        freedom += u32::try_from(own.len()).map_or(1.0, f64::from) - 1.0;
    }
    f64::max(sum / freedom, 0.0)
}

struct OwnMonth {
    share: f64,
    claims: f64,
}

/// The months of the year that were seen from their first to their last day.
fn own_months(seen: Seen<'_>, season: &Season) -> Vec<OwnMonth> {
    let firsts = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(seen.from.year(), month, 1));
    let whole = firsts.filter_map(|first| {
        let last = last_of_month(first);
        let inside = seen.from <= first && last <= seen.to;
        inside.then(|| OwnMonth { share: season.share(first, last), claims: seen.claims(first, last) })
    });
    whole.collect()
}

/// The last day of a day's month.
pub(super) fn last_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(u32::from(day.num_days_in_month())).unwrap_or(day)
}

/// How much of the months' variance is left in their weighted mean, when each resembles the next by `next`.
fn likeness(weights: &[f64; MONTHS], next: f64) -> f64 {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let mut sum = 0.0;
    let weighty = || weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
    for (at, one) in weighty() {
        for (other_at, other) in weighty() {
            let apart = i32::try_from(at.abs_diff(other_at)).unwrap_or(i32::MAX);
            sum += one * other * next.powi(apart);
        }
    }
    sum / (total * total)
}

/// A log-normal law of a number of claims.
#[derive(Debug, Clone, Copy)]
pub(super) struct Law {
    /// Median.
    middle: f64,
    /// Standard deviation of the logarithm.
    spread: f64,
}

impl Law {
    /// Of ten such years, one has fewer.
    pub fn low(self) -> u32 {
        rounded(self.middle * (-ONE_IN_TEN * self.spread).exp())
    }

    /// Half of such years have fewer.
    pub fn middle(self) -> u32 {
        rounded(self.middle)
    }

    /// Of ten such years, one has more.
    pub fn high(self) -> u32 {
        rounded(self.middle * (ONE_IN_TEN * self.spread).exp())
    }

    /// How probable at least so many claims are.
    pub fn at_least(self, claims: u32) -> f64 {
        if claims == 0 {
            return 1.0;
        }
        if self.middle <= 0.0 || self.spread <= 0.0 {
            return 0.0;
        }
        // Half a claim less: the law is continuous, claims are whole.
        normal_below((self.middle.ln() - (f64::from(claims) - 0.5).ln()) / self.spread)
    }
}

/// The nearest whole number of claims.
fn rounded(claims: f64) -> u32 {
    (claims + 0.5).to_u32().unwrap_or(u32::MAX)
}

/// A probability as a whole percent; never 0 or 100 for what is not certain.
pub(super) fn percent(probability: f64) -> u8 {
    if probability <= 0.0 {
        return 0;
    }
    if probability >= 1.0 {
        return 100;
    }
    (probability * 100.0 + 0.5).to_u8().unwrap_or(100).clamp(1, 99)
}

/// The normal law's share below `z` (Abramowitz and Stegun 26.2.17, off by less than 0.0000001).
fn normal_below(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let row = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = row.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let above = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * sum;
    if z >= 0.0 { 1.0 - above } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_law_is_that_of_the_tables() {
        for (z, below) in [(0.0, 0.5), (1.0, 0.841_344_7), (-1.0, 0.158_655_3), (ONE_IN_TEN, 0.9), (-3.0, 0.001_349_9), (9.0, 1.0)] {
            assert!((normal_below(z) - below).abs() < 1e-6, "{z}: {}", normal_below(z));
        }
    }

    #[test]
    fn one_in_ten_lies_on_either_side_of_the_band() {
        let law = Law { middle: 10_000.0, spread: 0.2 };
        assert!((law.at_least(law.high()) - 0.1).abs() < 0.001);
        assert!((law.at_least(law.low()) - 0.9).abs() < 0.001);
        assert!((law.at_least(law.middle()) - 0.5).abs() < 0.001);
    }

    #[test]
    fn what_is_not_certain_is_never_told_as_certain() {
        for (probability, told) in [(0.0, 0), (0.000_1, 1), (0.504, 50), (0.506, 51), (0.999_9, 99), (1.0, 100)] {
            assert_eq!(percent(probability), told, "{probability}");
        }
    }
}
