//! The day on which the budget of the year will be used up, and how sure that is.
//!
//! From claims per day of this year, claims per month of earlier years (if the office has them), the ceiling and the days
//! on which the office works: the expected path of what is asked for with a band that holds eight years in ten, the day
//! the money ends (one in ten, one in two, nine in ten), and what is short or left on 31 December.
//!
//! The season is in `season`, the pace and the law of the claims to come in `pace`; there the numbers are
//! floats, here they are whole claims times whole rupiah. Everything follows from its arguments: the same facts give
//! the same forecast, without chance.
//!
//! Sources: the Gamma–Poisson pace with over-dispersion is the usual model of deaths in small places (Gelman et al., *Bayesian
//! Data Analysis*, 3rd ed., §2.6; McCullagh and Nelder, *Generalized Linear Models*, 2nd ed., §6.2); differences of neighbouring
//! weeks by von Neumann (1941); months drawn towards flat by James and Stein; the normal law by Abramowitz and Stegun 26.2.17.
//! The usual spreads and the log-normal law are our own choice, held by the back-test in `tests`: of 200 invented years the
//! band must hold 70 to 90 %. Known limit: without earlier years a strong season, or a wave that is still to come, cannot be
//! seen, and the band is too narrow for such years (numbers in the document below); the page says so.
//! `docs/perkiraan-anggaran.md` tells the same to the head of the office.

use chrono::{Datelike, Days, NaiveDate};

use super::pace::{Counted, Pace, Seen, last_of_month, percent};
use super::season::{History, MonthCount, MonthShares, Season};
use crate::domain::calendar::Holidays;
use crate::domain::money::Rupiah;

/// Without earlier years, nothing is forecast before so many weeks of the year have been seen.
pub const OWN_WEEKS_LEAST: u32 = 8;
/// Without earlier years, nothing is forecast from fewer claims.
pub const OWN_CLAIMS_LEAST: u32 = 20;
/// Days between two points of the drawn past.
const PAST_STEP_DAYS: u64 = 7;

/// What was asked for on one day: claims that were approved, whether the ceiling still held them or they wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayDemand {
    /// Day of the approval (WIB).
    pub on: NaiveDate,
    /// Claims.
    pub claims: u32,
    /// Their amounts.
    pub amount: Rupiah,
}

/// What the forecast is made from.
#[derive(Debug, Clone)]
pub struct ForecastFacts<'a> {
    /// Today (WIB). Its claims count as a whole day: the forecast begins tomorrow.
    pub today: NaiveDate,
    /// First day of this year on which claims could be approved; 1 January unless the programme began or was closed until later.
    pub observed_from: NaiveDate,
    /// Ceiling (pagu) of the year.
    pub ceiling: Rupiah,
    /// Promised from this ceiling so far, carried-over claims included.
    pub committed: Rupiah,
    /// Asked for beyond the ceiling: the waiting list.
    pub waiting: Rupiah,
    /// Amount of one claim from now on.
    pub benefit: Rupiah,
    /// Approved claims of this year per day, waiting ones included; days without any may be left out. Other years are passed over.
    pub days: &'a [DayDemand],
    /// Claims per month of earlier years, waiting ones included; may be none. Only years with all twelve months count.
    pub earlier: &'a [MonthCount],
    /// Closed days of this year.
    pub holidays: &'a Holidays,
}

/// The forecast of one budget line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Day it was made for.
    pub today: NaiveDate,
    /// Ceiling.
    pub ceiling: Rupiah,
    /// Asked for until today: promised and waiting.
    pub asked: Rupiah,
    /// Claims the rest of the ceiling still pays; none when the money is gone.
    pub payable: u32,
    /// The day from which on no further claim fitted under the ceiling, if that is so.
    pub gone_since: Option<NaiveDate>,
    /// What had been asked for at the end of each week of this year, and today.
    pub past: Vec<PathPoint>,
    /// Full earlier years that were used.
    pub earlier_years: usize,
    /// What comes, or why nothing can be said.
    pub ahead: Result<Ahead, NoForecast>,
}

/// What had been asked for at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathPoint {
    /// Day.
    pub on: NaiveDate,
    /// Asked for since the beginning of the year.
    pub asked: Rupiah,
}

/// Why nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoForecast {
    /// Fewer than [`OWN_WEEKS_LEAST`] or [`OWN_CLAIMS_LEAST`] have been seen, and no full earlier year is known.
    TooLittle {
        /// Full weeks seen.
        weeks: u32,
        /// Claims seen.
        claims: u32,
    },
    /// The amount of one claim is not known.
    NoBenefit,
}

/// What is expected of the rest of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// Asked for at the end of this month and of each one after it.
    pub months: Vec<Band>,
    /// When the money ends; none when it has ended already.
    pub run_out: Option<RunOut>,
    /// The ceiling against what will be asked for by 31 December.
    pub year_end: YearEnd,
}

/// What will have been asked for at the end of a day. Of ten such years, one stays below `low` and one goes above `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Day.
    pub on: NaiveDate,
    /// One year in ten has less.
    pub low: Rupiah,
    /// The expected path.
    pub middle: Rupiah,
    /// One year in ten has more.
    pub high: Rupiah,
}

/// The day the money ends. A day that is none lies after 31 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunOut {
    /// One chance in ten that it has ended by then.
    pub early: Option<NaiveDate>,
    /// As probably before as after.
    pub middle: Option<NaiveDate>,
    /// Nine chances in ten that it has ended by then.
    pub late: Option<NaiveDate>,
    /// Chance in percent that it ends within the year.
    pub within_year_percent: u8,
}

/// Money on 31 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEnd {
    /// When few come.
    pub few: Balance,
    /// As expected.
    pub middle: Balance,
    /// When many come.
    pub many: Balance,
}

/// A ceiling against what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    /// So much would not be paid out; nothing when it comes out even.
    Left(Rupiah),
    /// So much more would be needed.
    Short(Rupiah),
}

impl Balance {
    fn of(ceiling: Rupiah, asked: Rupiah) -> Self {
        ceiling.checked_sub(asked).map_or_else(|| Self::Short(asked.checked_sub(ceiling).unwrap_or_default()), Self::Left)
    }
}

impl Forecast {
    /// The forecast from the facts.
    pub fn of(facts: &ForecastFacts<'_>) -> Self {
        let year = facts.today.year();
        let days: Vec<DayDemand> =
            facts.days.iter().copied().filter(|day| day.on.year() == year && day.on <= facts.today && day.claims > 0).collect();
        let history = History::before(year, facts.earlier);
        let asked = plus(facts.committed, facts.waiting);
        let payable = whole_claims(facts.ceiling.checked_sub(facts.committed).unwrap_or_default(), facts.benefit);
        Self {
            today: facts.today,
            ceiling: facts.ceiling,
            asked,
            payable,
            gone_since: (payable == 0).then(|| gone_since(facts, &days, asked)).flatten(),
            past: past(facts.today, &days, asked),
            earlier_years: history.years.len(),
            ahead: ahead(facts, &days, &history, payable),
        }
    }
}

/// Sums of budgets lie far below the largest amount; one beyond it stays the largest.
fn plus(one: Rupiah, other: Rupiah) -> Rupiah {
    one.checked_add(other).unwrap_or_else(|| Rupiah::new(i64::MAX).unwrap_or_default())
}

fn times(benefit: Rupiah, claims: u32) -> Rupiah {
    Rupiah::new(benefit.whole().saturating_mul(i64::from(claims))).unwrap_or_default()
}

fn whole_claims(money: Rupiah, benefit: Rupiah) -> u32 {
    let claims = money.whole().checked_div(benefit.whole()).unwrap_or_default();
    u32::try_from(claims).unwrap_or(u32::MAX)
}

/// What had been asked for at the end of `on`: everything until today less what came after that day.
fn asked_by(on: NaiveDate, days: &[DayDemand], asked: Rupiah) -> Rupiah {
    let later = Rupiah::sum(days.iter().filter(|day| day.on > on).map(|day| day.amount)).unwrap_or(asked);
    asked.checked_sub(later).unwrap_or_default()
}

/// The first day at whose end no further claim fitted.
fn gone_since(facts: &ForecastFacts<'_>, days: &[DayDemand], asked: Rupiah) -> Option<NaiveDate> {
    let full = |on: NaiveDate| {
        let left = facts.ceiling.checked_sub(asked_by(on, days, asked)).unwrap_or_default();
        whole_claims(left, facts.benefit) == 0
    };
    days.iter().map(|day| day.on).filter(|on| full(*on)).min()
}

fn past(today: NaiveDate, days: &[DayDemand], asked: Rupiah) -> Vec<PathPoint> {
    let mut points: Vec<PathPoint> = Vec::new();
    let mut on = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    while on < today {
        points.push(PathPoint { on, asked: asked_by(on, days, asked) });
        on = on.checked_add_days(Days::new(PAST_STEP_DAYS)).unwrap_or(today);
    }
    points.push(PathPoint { on: today, asked });
    points
}

fn ahead(facts: &ForecastFacts<'_>, days: &[DayDemand], history: &History, payable: u32) -> Result<Ahead, NoForecast> {
    let first = NaiveDate::from_ymd_opt(facts.today.year(), 1, 1).unwrap_or(facts.today);
    let from = facts.observed_from.clamp(first, facts.today);
    let counted: Vec<Counted> = days.iter().filter(|day| day.on >= from).map(|day| Counted { on: day.on, claims: day.claims }).collect();
    let seen_days = facts.today.signed_duration_since(from).num_days().saturating_add(1);
    let weeks = u32::try_from(seen_days / 7).unwrap_or_default();
    let claims = counted.iter().fold(0_u32, |sum, day| sum.saturating_add(day.claims));
    let too_little = NoForecast::TooLittle { weeks, claims };
    if history.years.is_empty() && (weeks < OWN_WEEKS_LEAST || claims < OWN_CLAIMS_LEAST) {
        return Err(too_little);
    }
    if facts.benefit == Rupiah::ZERO {
        return Err(NoForecast::NoBenefit);
    }
    let shares = MonthShares::learn(facts.today.year(), history);
    let season = Season::of(facts.today.year(), &shares, facts.holidays);
    let pace = Pace::learn(Seen { from, to: facts.today, days: &counted }, season, &shares, history).ok_or(too_little)?;
    let asked = plus(facts.committed, facts.waiting);
    let months = month_ends(facts.today).map(|on| band(&pace, on, asked, facts.benefit)).collect::<Vec<_>>();
    let last = months.last().map_or(Band { on: facts.today, low: asked, middle: asked, high: asked }, |band| *band);
    let [few, middle, many] = [last.low, last.middle, last.high].map(|asked| Balance::of(facts.ceiling, asked));
    let run_out = (payable > 0).then(|| run_out(&pace, facts.today, payable));
    Ok(Ahead { months, run_out, year_end: YearEnd { few, middle, many } })
}

/// The last days of this month and of each one after it.
fn month_ends(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (today.month()..=12).filter_map(move |month| NaiveDate::from_ymd_opt(today.year(), month, 1)).map(last_of_month)
}

fn band(pace: &Pace, on: NaiveDate, asked: Rupiah, benefit: Rupiah) -> Band {
    let law = pace.until(on);
    let [low, middle, high] = [law.low(), law.middle(), law.high()].map(|claims| plus(asked, times(benefit, claims)));
    Band { on, low, middle, high }
}

fn run_out(pace: &Pace, today: NaiveDate, payable: u32) -> RunOut {
    let mut run_out = RunOut { early: None, middle: None, late: None, within_year_percent: 0 };
    let year = today.year();
    for day in today.iter_days().skip(1).take_while(|day| day.year() == year) {
        let chance = pace.until(day).at_least(payable);
        // What has ended stays ended: the chance never falls from one day to the next.
        run_out.within_year_percent = run_out.within_year_percent.max(percent(chance));
        for (least, first) in [(0.1, &mut run_out.early), (0.5, &mut run_out.middle), (0.9, &mut run_out.late)] {
            if chance >= least && first.is_none() {
                *first = Some(day);
            }
        }
    }
    run_out
}

/// A place on the waiting list: places are released in order, so what counts is the money up to and including it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingPlace {
    /// Amounts of all places up to and including this one.
    pub needed: Rupiah,
    /// What the ceiling of today still holds.
    pub left: Rupiah,
}

/// A revision of the budget (APBD Perubahan) that is announced but not in force yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnnouncedRevision {
    /// The day from which it is expected to be in force.
    pub on: NaiveDate,
    /// How much it adds to the ceiling, if that is known yet.
    pub added: Option<Rupiah>,
}

/// When a place on the waiting list is expected to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceOutlook {
    /// In the month of this day (its first).
    InMonth(NaiveDate),
    /// No revision is announced: it waits for more budget (menunggu anggaran tambahan).
    NoRevision,
    /// The announced revision does not reach this place; it waits for the one after it.
    BeyondRevision,
}

/// When a waiting claim will be promised its money. Places are released in order on the day a revision is in force, so a
/// place waits for that day only if the money reaches it; a revision whose day has passed is expected this month.
pub fn place_outlook(place: WaitingPlace, revision: Option<AnnouncedRevision>, today: NaiveDate) -> PlaceOutlook {
    let month_of = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    if place.needed <= place.left {
        return PlaceOutlook::InMonth(month_of(today));
    }
    let Some(revision) = revision else { return PlaceOutlook::NoRevision };
    match revision.added {
        Some(added) if plus(place.left, added) < place.needed => PlaceOutlook::BeyondRevision,
        _ => PlaceOutlook::InMonth(month_of(revision.on.max(today))),
    }
}
