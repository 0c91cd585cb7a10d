//! Which share of a year's claims falls on which day: the months of earlier years, and the days on which the office works.
//!
//! Without earlier years every day of the calendar weighs the same. With them, a month's share is drawn from flat towards the
//! mean of its shares in the earlier years, as far as the years agree with each other: by `S² / (S² + R/Y)`, where `R` is
//! how much one month differs between the `Y` years and `S²` what is left of the differences between months without it (the
//! estimate of James and Stein, as Efron and Morris tell it in *Scientific American* 236, 1977). One odd year does not make
//! a season, and a true season is not flattened. A month's share lies evenly on its days; what falls on a
//! closed day is decided on the next day on which the office works.
#![expect(clippy::float_arithmetic, reason = "shares of a year; nothing is paid or counted by them")]

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::Holidays;

/// Months of a year.
pub(super) const MONTHS: usize = 12;
/// The same as a factor of shares.
pub(super) const MONTHS_OF_YEAR: f64 = 12.0;
/// How much a month is taken to differ between years when only one year is known, counting aside: seven percent, squared.
const ONE_YEAR_NOISE: f64 = 0.005;
/// So many earlier full years are looked at, the latest ones: older ones belong to another programme.
const YEARS_MOST: usize = 5;

/// Claims (or deaths, if the office has only those) of one month of an earlier year.
///
/// They must be all that were asked for, also those that waited: a year whose promises stop in July because its money
/// ended would teach that nobody dies in August.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCount {
    /// Calendar year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Claims in it.
    pub claims: u32,
}

/// The earlier years that are known in full.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    /// Claims per month, one row per year, oldest first.
    pub years: Vec<[f64; MONTHS]>,
}

impl History {
    /// The latest years before `year` of which every month is told and which had claims at all.
    pub fn before(year: i32, counts: &[MonthCount]) -> Self {
        let mut told: BTreeMap<i32, [Option<f64>; MONTHS]> = BTreeMap::new();
        for count in counts.iter().filter(|count| count.year < year) {
            let month = count.month.checked_sub(1).and_then(|month| usize::try_from(month).ok());
            let row = told.entry(count.year).or_default();
            if let Some(cell) = month.and_then(|month| row.get_mut(month)) {
                *cell = Some(cell.unwrap_or_default() + f64::from(count.claims));
            }
        }
        let full = told.into_values().rev().filter(|row| row.iter().all(Option::is_some)).map(|row| row.map(Option::unwrap_or_default));
        let mut years: Vec<[f64; MONTHS]> = full.filter(|row| row.iter().sum::<f64>() > 0.0).take(YEARS_MOST).collect();
        years.reverse();
        Self { years }
    }

    /// Claims of each year.
    pub fn totals(&self) -> impl Iterator<Item = f64> + '_ {
        self.years.iter().map(|row| row.iter().sum())
    }

    /// How many years are known.
    pub fn count(&self) -> f64 {
        u32::try_from(self.years.len()).map_or(0.0, f64::from)
    }
}

/// The shares of one year, day by day; they sum to one.
#[derive(Debug, Clone)]
pub(super) struct Season {
    /// Working days, in order.
    days: Vec<Day>,
}

#[derive(Debug, Clone, Copy)]
struct Day {
    on: NaiveDate,
    share: f64,
}

impl Season {
    /// The season of `year`, from the shares of its months and the days on which the office works.
    pub fn of(year: i32, months: &MonthShares, holidays: &Holidays) -> Self {
        let dates: Vec<NaiveDate> = NaiveDate::from_ymd_opt(year, 1, 1)
            .into_iter()
            .flat_map(|first| first.iter_days())
            .take_while(|day| day.year() == year)
            .collect();
        let mut days: Vec<Day> = Vec::with_capacity(dates.len());
        let mut carried = 0.0;
        for on in dates {
            let month = usize::try_from(on.month0()).ok().and_then(|month| months.shares.get(month)).copied().unwrap_or_default();
            carried += month / f64::from(on.num_days_in_month());
            if holidays.is_working_day(on) {
                days.push(Day { on, share: carried });
                carried = 0.0;
            }
        }
        // What falls after the last working day of the year is decided on it, or the year would not be whole.
        if let Some(last) = days.last_mut() {
            last.share += carried;
        }
        Self { days }
    }

    /// The share of each month between two days, both included.
    pub fn months(&self, from: NaiveDate, to: NaiveDate) -> [f64; MONTHS] {
        self.weighted_months(from, to, |_| 1.0)
    }

    /// The same, each day's share times its weight.
    pub fn weighted_months(&self, from: NaiveDate, to: NaiveDate, weight: impl Fn(NaiveDate) -> f64) -> [f64; MONTHS] {
        let mut shares = [0.0; MONTHS];
        let begin = self.days.partition_point(|day| day.on < from);
        for day in self.days.iter().skip(begin).take_while(|day| day.on <= to) {
            if let Some(sum) = usize::try_from(day.on.month0()).ok().and_then(|month| shares.get_mut(month)) {
                *sum += day.share * weight(day.on);
            }
        }
        shares
    }

    /// The share between two days, both included.
    pub fn share(&self, from: NaiveDate, to: NaiveDate) -> f64 {
        self.months(from, to).iter().sum()
    }
}

/// The shares of the months, and how far they may be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct MonthShares {
    /// Share of each month; they sum to one.
    pub shares: [f64; MONTHS],
    /// Relative variance of a month between years (`R`), counting included; none from less than two years.
    pub between_years: Option<f64>,
    /// Relative variance that is left in a share itself.
    pub unsure: f64,
}

impl MonthShares {
    /// The shares for `year` from the years before it.
    pub fn learn(year: i32, history: &History) -> Self {
        let flat = flat_shares(year);
        let years = history.count();
        if years < 1.0 {
            return Self { shares: flat, between_years: None, unsure: 0.0 };
        }
        // Each year's months against flat months of that year's own total: 1 is flat.
        let indices: Vec<[f64; MONTHS]> =
            history.years.iter().zip(history.totals()).map(|(row, total)| against(row, &flat, total)).collect();
        let mut mean = [0.0; MONTHS];
        for row in &indices {
            for (sum, index) in mean.iter_mut().zip(row) {
                *sum += index / years;
            }
        }
        let seen: f64 = mean.iter().map(|index| (index - 1.0).powi(2)).sum::<f64>() / (MONTHS_OF_YEAR - 1.0);
        let apart: f64 = indices.iter().map(|row| row.iter().zip(&mean).map(|(index, mean)| (index - mean).powi(2)).sum::<f64>()).sum();
        let between_years = (years > 1.0).then(|| apart / ((years - 1.0) * (MONTHS_OF_YEAR - 1.0)));
        let noise = between_years.unwrap_or(ONE_YEAR_NOISE + MONTHS_OF_YEAR / (history.totals().sum::<f64>() / years)) / years;
        let season = f64::max(seen - noise, 0.0);
        let trust = if season > 0.0 { season / (season + noise) } else { 0.0 };
        let mut shares = flat;
        for (share, index) in shares.iter_mut().zip(mean) {
            *share *= 1.0 + trust * (index - 1.0);
        }
        let sum: f64 = shares.iter().sum();
        Self { shares: shares.map(|share| share / sum), between_years, unsure: trust * noise }
    }
}

fn against(row: &[f64; MONTHS], flat: &[f64; MONTHS], total: f64) -> [f64; MONTHS] {
    let mut index = [1.0; MONTHS];
    for ((index, claims), flat) in index.iter_mut().zip(row).zip(flat) {
        *index = claims / (flat * total);
    }
    index
}

/// Each month by its days; February has 29 in a leap year.
fn flat_shares(year: i32) -> [f64; MONTHS] {
    let mut lengths = [0.0; MONTHS];
    for (month, length) in (1_u32..).zip(&mut lengths) {
        *length = NaiveDate::from_ymd_opt(year, month, 1).map_or(0.0, |first| f64::from(first.num_days_in_month()));
    }
    let year: f64 = lengths.iter().sum();
    lengths.map(|length| length / year)
}
