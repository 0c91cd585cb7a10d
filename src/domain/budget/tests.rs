//! The forecast against invented years whose rest is known, and the laws it must keep.
#![expect(clippy::float_arithmetic, reason = "chance and shares of invented years")]

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::MonthCount;
use super::forecast::*;
use super::season::{History, MonthShares, Season};
use crate::domain::calendar::Holidays;
use crate::domain::money::Rupiah;

const BENEFIT: i64 = 1_000_000;
const YEAR: i32 = 2026;

fn rupiah(whole: i64) -> Rupiah {
    Rupiah::new(whole).unwrap()
}

fn claims_worth(claims: u32) -> Rupiah {
    rupiah(BENEFIT * i64::from(claims))
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, month, day).unwrap()
}

/// Feast days as a joint decree closes them, Lebaran week included.
fn holidays() -> Holidays {
    let feasts =
        [(1, 1), (1, 16), (2, 17), (3, 19), (3, 20), (3, 23), (3, 24), (4, 3), (5, 1), (5, 14), (5, 27), (6, 1), (8, 17), (12, 25)];
    Holidays::from_days(feasts.map(|(month, of_month)| (day(month, of_month), false)))
}

/// One claim of the usual amount per claim of `days`; nothing waits.
fn facts<'a>(today: NaiveDate, ceiling: Rupiah, days: &'a [DayDemand], holidays: &'a Holidays) -> ForecastFacts<'a> {
    let asked = Rupiah::sum(days.iter().filter(|d| d.on <= today).map(|d| d.amount)).unwrap();
    let committed = asked.min(ceiling);
    ForecastFacts {
        today,
        observed_from: NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap(),
        ceiling,
        committed,
        waiting: asked.checked_sub(committed).unwrap(),
        benefit: rupiah(BENEFIT),
        days,
        earlier: &[],
        holidays,
    }
}

fn demand(on: NaiveDate, claims: u32) -> DayDemand {
    DayDemand { on, claims, amount: claims_worth(claims) }
}

/// `per_day` claims on each working day from 1 January until `until`.
fn steady(until: NaiveDate, per_day: u32, holidays: &Holidays) -> Vec<DayDemand> {
    let first = NaiveDate::from_ymd_opt(until.year(), 1, 1).unwrap();
    first.iter_days().take_while(|on| *on <= until).filter(|on| holidays.is_working_day(*on)).map(|on| demand(on, per_day)).collect()
}

// --- Invented years -------------------------------------------------------------------------------------------------

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Pure chance around one pace.
    Flat,
    /// A third more in the rainy months, a third less in the dry ones.
    Seasonal,
    /// Two months somewhere in the year bring twice as many.
    Surge,
    /// Weeks differ much more than by chance.
    Uneven,
}

/// The number of events of a Poisson process with rate one until `mean`.
fn poisson(rng: &mut StdRng, mean: f64) -> u32 {
    let mut at = 0.0;
    let mut count = 0;
    loop {
        at -= (1.0 - rng.random::<f64>()).ln();
        if at > mean {
            return count;
        }
        count += 1;
    }
}

/// A year of claims per day on working days: its own level, its own surge, its own weeks.
fn invented_year(rng: &mut StdRng, shape: Shape, year: i32, mean: f64, holidays: &Holidays) -> Vec<DayDemand> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let dates: Vec<NaiveDate> = first.iter_days().take_while(|on| on.year() == year).collect();
    let level = mean * (0.85 + 0.3 * rng.random::<f64>()) / 365.25;
    let surge_begins = rng.random_range(0..305_u32);
    let weeks: Vec<f64> = (0..54).map(|_| (0..3).map(|_| -(1.0 - rng.random::<f64>()).ln()).sum::<f64>() / 3.0).collect();
    let factor = |on: NaiveDate| match shape {
        Shape::Flat => 1.0,
        Shape::Seasonal => 1.0 + 0.33 * (f64::from(on.ordinal0()) / 365.0 * std::f64::consts::TAU).cos(),
        Shape::Surge => 1.0 + f64::from(u8::from((surge_begins..surge_begins + 60).contains(&on.ordinal0()))),
        Shape::Uneven => weeks[usize::try_from(on.ordinal0() / 7).unwrap()],
    };
    // People die on every day; what comes in on closed days is approved on the next open one.
    let mut days = Vec::new();
    let mut waiting = 0;
    for on in dates {
        waiting += poisson(rng, level * factor(on));
        if holidays.is_working_day(on) && waiting > 0 {
            days.push(demand(on, waiting));
            waiting = 0;
        }
    }
    days
}

fn by_month(days: &[DayDemand]) -> Vec<MonthCount> {
    let year = days[0].on.year();
    let of = |month| days.iter().filter(|d| d.on.month() == month).map(|d| d.claims).sum();
    (1..=12).map(|month| MonthCount { year, month, claims: of(month) }).collect()
}

/// How often the truth lay inside the band.
#[derive(Debug, Default, Clone, Copy)]
struct Hits {
    years: u32,
    year_end: u32,
    run_out: u32,
}

impl Hits {
    fn percent(self) -> (u32, u32) {
        (self.year_end * 100 / self.years, self.run_out * 100 / self.years)
    }
}

/// The first day by which so many claims have come.
fn day_of_claim(days: &[DayDemand], claims: u32) -> NaiveDate {
    let mut sum = 0;
    let mut reached = days.iter().filter(|d| {
        sum += d.claims;
        sum >= claims
    });
    reached.next().unwrap().on
}

/// Forecasts each of `years` from the end of April, June or August, and counts where the rest of it fell.
fn back_test(shape: Shape, earlier_years: i32, mean: f64, years: u64) -> Hits {
    let holidays = holidays();
    let mut hits = Hits::default();
    for seed in 0..years {
        let mut rng = StdRng::seed_from_u64(seed * 7_919 + u64::from(earlier_years.unsigned_abs()));
        let earlier: Vec<MonthCount> =
            (1..=earlier_years).flat_map(|back| by_month(&invented_year(&mut rng, shape, YEAR - back, mean, &holidays))).collect();
        let days = invented_year(&mut rng, shape, YEAR, mean, &holidays);
        let today = [day(4, 30), day(6, 30), day(8, 31)][usize::try_from(seed % 3).unwrap()];
        let total: u32 = days.iter().map(|d| d.claims).sum();
        let so_far: u32 = days.iter().filter(|d| d.on <= today).map(|d| d.claims).sum();
        // The money ends somewhere in the rest of the year.
        let ceiling = so_far + (total - so_far) * 6 / 10;
        let ended = day_of_claim(&days, ceiling);
        let forecast = Forecast::of(&ForecastFacts { earlier: &earlier, ..facts(today, claims_worth(ceiling), &days, &holidays) });
        let ahead = forecast.ahead.unwrap();
        let (last, run_out) = (ahead.months.last().unwrap(), ahead.run_out.unwrap());
        hits.years += 1;
        hits.year_end += u32::from((last.low..=last.high).contains(&claims_worth(total)));
        let inside = run_out.early.is_some_and(|early| early <= ended) && run_out.late.is_none_or(|late| ended <= late);
        hits.run_out += u32::from(inside);
    }
    hits
}

/// The day of the end is a whole day and both ends of its stretch count, so that stretch may hold a little more.
fn holds_eight_in_ten(hits: Hits) -> bool {
    let (year_end, run_out) = hits.percent();
    (70..=90).contains(&year_end) && (70..=92).contains(&run_out)
}

#[test]
fn with_three_earlier_years_the_band_holds_seven_to_nine_in_ten_of_200_years_of_each_shape() {
    for shape in [Shape::Flat, Shape::Seasonal, Shape::Surge, Shape::Uneven] {
        let hits = back_test(shape, 3, 1_000.0, 200);
        assert!(holds_eight_in_ten(hits), "{shape:?}: {:?} %", hits.percent());
    }
}

#[test]
fn without_earlier_years_the_band_holds_seven_to_nine_in_ten_of_200_years_of_all_shapes() {
    let mut all = Hits::default();
    for shape in [Shape::Flat, Shape::Seasonal, Shape::Surge, Shape::Uneven] {
        let hits = back_test(shape, 0, 1_000.0, 50);
        all.years += hits.years;
        all.year_end += hits.year_end;
        all.run_out += hits.run_out;
    }
    assert!(holds_eight_in_ten(all), "{:?} %", all.percent());
}

// --- Laws -----------------------------------------------------------------------------------------------------------

fn run_out(facts: &ForecastFacts<'_>) -> Option<RunOut> {
    Forecast::of(facts).ahead.unwrap().run_out
}

/// Whether one day comes no later than the other; no day is after all days, gone is before all.
fn not_later(one: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    one.unwrap_or(NaiveDate::MAX) <= other.unwrap_or(NaiveDate::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_higher_ceiling_never_brings_the_end_nearer(seed in any::<u64>(), ceiling in 400..1_200_u32, more in 1..400_u32) {
        let holidays = holidays();
        let days = invented_year(&mut StdRng::seed_from_u64(seed), Shape::Uneven, YEAR, 1_000.0, &holidays);
        let of = |ceiling| run_out(&facts(day(5, 12), claims_worth(ceiling), &days, &holidays));
        if let (Some(lower), higher) = (of(ceiling), of(ceiling + more).unwrap_or_else(|| panic!("gone with more"))) {
            prop_assert!(not_later(lower.early, higher.early) && not_later(lower.middle, higher.middle) && not_later(lower.late, higher.late));
            prop_assert!(lower.within_year_percent >= higher.within_year_percent);
        }
    }

    #[test]
    fn more_claims_never_push_the_end_away(seed in any::<u64>(), at in 0..80_usize, more in 1..200_u32, past in 0..4_i32) {
        let holidays = holidays();
        let mut rng = StdRng::seed_from_u64(seed);
        let earlier: Vec<MonthCount> =
            (1..=past).flat_map(|back| by_month(&invented_year(&mut rng, Shape::Surge, YEAR - back, 500.0, &holidays))).collect();
        let days = invented_year(&mut rng, Shape::Uneven, YEAR, 1_000.0, &holidays);
        let mut busier = days.clone();
        busier[at] = demand(busier[at].on, busier[at].claims + more);
        let of = |days: &[DayDemand]| {
            let forecast = Forecast::of(&ForecastFacts { earlier: &earlier, ..facts(day(5, 12), claims_worth(700), days, &holidays) });
            let ahead = forecast.ahead.unwrap();
            (if forecast.payable == 0 { Some(NaiveDate::MIN) } else { ahead.run_out.unwrap().middle }, ahead.months.last().unwrap().middle)
        };
        let ((end, asked), (busier_end, busier_asked)) = (of(&days), of(&busier));
        prop_assert!(not_later(busier_end, end), "{busier_end:?} after {end:?}");
        prop_assert!(busier_asked >= asked);
    }

    #[test]
    fn the_parts_of_a_forecast_lie_in_their_order(seed in any::<u64>(), month in 3..13_u32, of_month in 1..29_u32, ceiling in 0..1_500_u32) {
        let holidays = holidays();
        let days = invented_year(&mut StdRng::seed_from_u64(seed), Shape::Surge, YEAR, 1_000.0, &holidays);
        let forecast = Forecast::of(&facts(day(month, of_month), claims_worth(ceiling), &days, &holidays));
        let ahead = forecast.ahead.unwrap();
        prop_assert_eq!(ahead.run_out.is_none(), forecast.payable == 0);
        prop_assert_eq!(forecast.gone_since.is_some(), forecast.payable == 0);
        prop_assert!(ahead.months.iter().all(|band| forecast.asked <= band.low && band.low <= band.middle && band.middle <= band.high));
        prop_assert!(ahead.months.windows(2).all(|pair| pair[0].on < pair[1].on && pair[0].middle <= pair[1].middle));
        prop_assert!(forecast.past.windows(2).all(|pair| pair[0].on < pair[1].on && pair[0].asked <= pair[1].asked));
        if let Some(run_out) = ahead.run_out {
            prop_assert!(not_later(run_out.early, run_out.middle) && not_later(run_out.middle, run_out.late));
            prop_assert_eq!(run_out.middle.is_some(), run_out.within_year_percent >= 50);
        }
    }
}

#[test]
fn the_shares_of_a_year_sum_to_one_and_lie_on_working_days() {
    let leap = Holidays::from_days([(NaiveDate::from_ymd_opt(2028, 12, 29).unwrap(), false)]);
    for (year, holidays) in [(2026, &holidays()), (2028, &leap)] {
        let season = Season::of(year, &MonthShares::learn(year, &History::default()), holidays);
        let [first, last] = [(1, 1), (12, 31)].map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert!((season.share(first, last) - 1.0).abs() < 1e-9);
        let closed = first.iter_days().take_while(|on| *on <= last).filter(|on| !holidays.is_working_day(*on));
        assert!(closed.map(|on| season.share(on, on)).all(|share| share == 0.0));
    }
}

#[test]
fn a_season_is_believed_as_far_as_the_years_agree() {
    let year = |year: i32, claims: [u32; 12]| (1..=12).zip(claims).map(move |(month, claims)| MonthCount { year, month, claims });
    let high = [130, 130, 120, 100, 90, 80, 70, 70, 80, 90, 110, 130];
    let low = [70, 80, 70, 100, 110, 130, 130, 120, 120, 90, 90, 90];
    let january = |earlier: Vec<MonthCount>| MonthShares::learn(YEAR, &History::before(YEAR, &earlier)).shares[0];
    let agreeing = january(year(2023, high).chain(year(2024, high)).chain(year(2025, high)).collect());
    let once = january(year(2025, high).collect());
    let arguing = january(year(2024, high).chain(year(2025, low)).collect());
    let flat = january(Vec::new());
    assert!(agreeing > once && once > flat, "{agreeing} {once} {flat}");
    assert!((agreeing - 130.0 / 1_200.0).abs() < 1e-9 && (arguing - flat).abs() < 1e-9, "{agreeing} {arguing}");
    // A year that is not known in full tells nothing.
    assert!((january(year(2025, high).take(11).collect()) - flat).abs() < 1e-12);
}

// --- Borders --------------------------------------------------------------------------------------------------------

#[test]
fn with_too_little_seen_nothing_is_said() {
    let holidays = Holidays::default();
    let steady = steady(day(12, 31), 1, &holidays);
    let check = |today, days: &[DayDemand], expected: Option<NoForecast>| {
        assert_eq!(Forecast::of(&facts(today, claims_worth(100), days, &holidays)).ahead.err(), expected, "{today}");
    };
    check(day(1, 1), &[], Some(NoForecast::TooLittle { weeks: 0, claims: 0 }));
    check(day(6, 30), &[], Some(NoForecast::TooLittle { weeks: 25, claims: 0 }));
    check(day(2, 24), &steady, Some(NoForecast::TooLittle { weeks: 7, claims: 39 }));
    check(day(2, 25), &steady, None);
    check(day(12, 31), &steady[..19], Some(NoForecast::TooLittle { weeks: 52, claims: 19 }));
    check(day(12, 31), &steady[..20], None);
    let no_benefit = ForecastFacts { benefit: Rupiah::ZERO, ..facts(day(6, 30), claims_worth(100), &steady, &holidays) };
    assert_eq!(Forecast::of(&no_benefit).ahead, Err(NoForecast::NoBenefit));
}

#[test]
fn on_the_first_of_january_the_years_before_speak_alone_and_are_not_sure() {
    let holidays = holidays();
    let earlier: Vec<MonthCount> =
        (2023..2026).flat_map(|year| (1..=12).map(move |month| MonthCount { year, month, claims: 200 })).collect();
    let facts = ForecastFacts { earlier: &earlier, ..facts(day(1, 1), claims_worth(1_200), &[], &holidays) };
    let forecast = Forecast::of(&facts);
    let ahead = forecast.ahead.unwrap();
    let run_out = ahead.run_out.unwrap();
    assert!((day(6, 15)..=day(7, 15)).contains(&run_out.middle.unwrap()), "{run_out:?}");
    assert!(run_out.early.unwrap() < day(6, 15) && run_out.late.unwrap() > day(7, 15), "{run_out:?}");
    assert_eq!((forecast.earlier_years, ahead.months.len()), (3, 12));
}

#[test]
fn money_that_is_gone_is_told_with_its_day_and_what_is_short() {
    let holidays = Holidays::default();
    let days = steady(day(6, 30), 4, &holidays);
    let forecast = Forecast::of(&facts(day(6, 30), claims_worth(400), &days, &holidays));
    // The hundredth working day of 2026 without feasts is 20 May.
    assert_eq!((forecast.payable, forecast.gone_since), (0, Some(day(5, 20))));
    let ahead = forecast.ahead.unwrap();
    assert_eq!(ahead.run_out, None);
    assert!(matches!(ahead.year_end.few, Balance::Short(short) if short > claims_worth(400)));
    let nothing = Forecast::of(&facts(day(6, 30), Rupiah::ZERO, &days, &holidays));
    assert_eq!((nothing.payable, nothing.gone_since), (0, Some(day(1, 1))));
}

#[test]
fn the_last_day_of_the_year_has_nothing_before_it() {
    let holidays = Holidays::default();
    let days = steady(day(12, 31), 4, &holidays);
    let forecast = Forecast::of(&facts(day(12, 31), claims_worth(1_100), &days, &holidays));
    let asked = claims_worth(4 * 261);
    let ahead = forecast.ahead.unwrap();
    assert_eq!(ahead.months, [Band { on: day(12, 31), low: asked, middle: asked, high: asked }]);
    assert_eq!(ahead.run_out, Some(RunOut { early: None, middle: None, late: None, within_year_percent: 0 }));
    assert_eq!(ahead.year_end.middle, Balance::Left(claims_worth(1_100 - 4 * 261)));
}

#[test]
fn a_leap_day_is_a_day_like_any_other() {
    let holidays = Holidays::default();
    let leap_day = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
    let days = steady(leap_day, 4, &holidays);
    let forecast = Forecast::of(&facts(leap_day, claims_worth(500), &days, &holidays));
    assert_eq!(forecast.past.last().unwrap().on, leap_day);
    let ahead = forecast.ahead.unwrap();
    assert_eq!((ahead.months.first().unwrap().on, ahead.months.len()), (leap_day, 11));
    let middle = ahead.run_out.unwrap().middle.unwrap();
    assert!((NaiveDate::from_ymd_opt(2028, 6, 10)..=NaiveDate::from_ymd_opt(2028, 7, 5)).contains(&Some(middle)), "{middle}");
}

#[test]
fn claims_of_other_years_and_of_days_to_come_are_passed_over() {
    let holidays = Holidays::default();
    let mut days = steady(day(6, 30), 4, &holidays);
    let plain = facts(day(6, 30), claims_worth(900), &days, &holidays);
    let expected = Forecast::of(&plain);
    let (committed, waiting) = (plain.committed, plain.waiting);
    days.push(demand(day(9, 1), 500));
    days.push(demand(NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(), 500));
    let more = ForecastFacts { committed, waiting, ..facts(day(6, 30), claims_worth(900), &days, &holidays) };
    assert_eq!(Forecast::of(&more), expected);
}

/// The year 2021 of the office this was first built for: Rp1 miliar gone by July, 1,004 paid at mid-year, 2,664 people in the year.
#[test]
fn a_first_miliar_that_was_gone_by_july_is_seen_in_april() {
    let holidays = Holidays::default();
    let in_2021 = |month, day| NaiveDate::from_ymd_opt(2021, month, day).unwrap();
    let open: Vec<NaiveDate> = in_2021(1, 1).iter_days().take(365).filter(|on| holidays.is_working_day(*on)).collect();
    let spread = |from: NaiveDate, to: NaiveDate, claims: u32| {
        let days: Vec<NaiveDate> = open.iter().copied().filter(|on| from <= *on && *on <= to).collect();
        let count = u32::try_from(days.len()).unwrap();
        (1..=count).zip(days).map(move |(n, on)| demand(on, claims * n / count - claims * (n - 1) / count)).collect::<Vec<_>>()
    };
    // How each half was spread is not known: evenly.
    let days = [spread(in_2021(1, 1), in_2021(6, 30), 1_004), spread(in_2021(7, 1), in_2021(12, 31), 1_660)].concat();
    let at = |today, ceiling| Forecast::of(&facts(today, rupiah(ceiling), &days, &holidays));

    let april = at(in_2021(4, 30), 1_000_000_000).ahead.unwrap();
    let end = april.run_out.unwrap();
    assert!((in_2021(6, 15)..=in_2021(7, 15)).contains(&end.middle.unwrap()), "{end:?}");
    assert!(end.early.unwrap() > in_2021(5, 31) && end.late.unwrap() < in_2021(8, 31), "{end:?}");
    assert!(matches!(april.year_end.few, Balance::Short(short) if short > rupiah(500_000_000)), "{:?}", april.year_end);

    let july = at(in_2021(7, 1), 1_000_000_000);
    assert_eq!((july.payable, july.gone_since), (0, Some(in_2021(6, 30))));

    // Rp1,3 miliar were added; in September the faster half shows that they will hardly be enough.
    let september = at(in_2021(9, 30), 2_300_000_000).ahead.unwrap();
    let last = september.months.last().unwrap();
    assert!((last.low..=last.high).contains(&rupiah(2_664_000_000)), "{last:?}");
    assert!(september.run_out.unwrap().within_year_percent >= 50);
}

#[test]
fn a_place_on_the_waiting_list_waits_for_the_revision_that_reaches_it() {
    let today = day(8, 10);
    let on = day(10, 20);
    let some = |added: Option<u32>| Some(AnnouncedRevision { on, added: added.map(claims_worth) });
    let cases = [
        (3, 0, None, PlaceOutlook::NoRevision),
        (3, 3, None, PlaceOutlook::InMonth(day(8, 1))),
        (3, 0, some(None), PlaceOutlook::InMonth(day(10, 1))),
        (3, 0, some(Some(3)), PlaceOutlook::InMonth(day(10, 1))),
        (3, 0, some(Some(2)), PlaceOutlook::BeyondRevision),
        (3, 1, some(Some(2)), PlaceOutlook::InMonth(day(10, 1))),
    ];
    for (needed, left, revision, expected) in cases {
        let place = WaitingPlace { needed: claims_worth(needed), left: claims_worth(left) };
        assert_eq!(place_outlook(place, revision, today), expected, "{needed} {left} {revision:?}");
    }
    let overdue = AnnouncedRevision { on: day(7, 1), added: None };
    let place = WaitingPlace { needed: claims_worth(3), left: Rupiah::ZERO };
    assert_eq!(place_outlook(place, Some(overdue), today), PlaceOutlook::InMonth(day(8, 1)));
}
