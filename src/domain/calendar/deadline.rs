//! Until when a claim may be filed, and how many days that still is.

use chrono::{Datelike, Months, NaiveDate};

use super::civil::{days_after, long_date};
use super::working_days::Holidays;
use crate::domain::policy::{DayUnit, DeadlineRule, StartEvent};

/// The last day (WIB, until its end) on which a claim whose count begins on `start` is in time.
///
/// With the first day as day 0, 60 calendar days end 60 calendar days later; with the first day as day 1
/// they end one day earlier, and in working days a first day that is no working day is passed over.
///
/// ```
/// use chrono::NaiveDate;
/// use santunan::domain::calendar::{Holidays, last_filing_day};
/// use santunan::domain::policy::{DayUnit, DeadlineRule, StartEvent};
/// let rule = DeadlineRule {
///     count: 60,
///     unit: DayUnit::Calendar,
///     death_is_day_one: false,
///     starts_with: StartEvent::Death,
///     joint_leave_counts: false,
///     december_until_january: None,
///     waived_by: None,
/// };
/// let died_on = NaiveDate::from_ymd_opt(2025, 10, 4).unwrap();
/// assert_eq!(last_filing_day(died_on, &rule, &Holidays::default()).to_string(), "2025-12-03");
/// ```
pub fn last_filing_day(start: NaiveDate, rule: &DeadlineRule, holidays: &Holidays) -> NaiveDate {
    let first_day = u32::from(rule.death_is_day_one);
    let last = match rule.unit {
        DayUnit::Calendar => days_after(start, rule.count.saturating_sub(first_day)),
        DayUnit::Working if rule.joint_leave_counts => working(start, rule, &holidays.without_joint_leave()),
        DayUnit::Working => working(start, rule, holidays),
        DayUnit::Months => months_after(start, rule),
        DayUnit::YearEnd => NaiveDate::from_ymd_opt(start.year(), 12, 31).unwrap_or(NaiveDate::MAX),
        DayUnit::NextMonth => day_of_next_month(start, rule.count),
    };
    match rule.december_until_january {
        Some(day) if start.month() == 12 => last.max(day_of_next_month(start, day)),
        _ => last,
    }
}

fn working(start: NaiveDate, rule: &DeadlineRule, holidays: &Holidays) -> NaiveDate {
    if rule.death_is_day_one { holidays.nth_working_day_from(start, rule.count) } else { holidays.working_days_after(start, rule.count) }
}

fn months_after(start: NaiveDate, rule: &DeadlineRule) -> NaiveDate {
    let last = start.checked_add_months(Months::new(rule.count)).unwrap_or(NaiveDate::MAX);
    if rule.death_is_day_one { last.pred_opt().unwrap_or(last) } else { last }
}

/// A day of the month after `date`; the last one of a shorter month.
fn day_of_next_month(date: NaiveDate, day: u32) -> NaiveDate {
    let first = date.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    let Some(first) = first else { return NaiveDate::MAX };
    let month_end = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX);
    first.with_day(day).unwrap_or(month_end)
}

/// A death and when its claim was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filing {
    /// Day of death.
    pub died_on: NaiveDate,
    /// Date of the death document, if it bears one.
    pub document_on: Option<NaiveDate>,
    /// Day of filing (WIB); a claim returned for repair keeps it.
    pub filed_on: NaiveDate,
}

impl Filing {
    /// The day the count begins with.
    pub fn start(&self, rule: &DeadlineRule) -> NaiveDate {
        match rule.starts_with {
            StartEvent::Death => self.died_on,
            // A document dated before the death is a slip of the pen, never a shorter deadline.
            StartEvent::Document => self.document_on.map_or(self.died_on, |on| on.max(self.died_on)),
        }
    }

    /// How the filing lies to its deadline.
    pub fn countdown(&self, rule: &DeadlineRule, holidays: &Holidays) -> Countdown {
        let last = last_filing_day(self.start(rule), rule, holidays);
        Countdown { last, days_left: last.signed_duration_since(self.filed_on).num_days() }
    }
}

/// Whether a claim was filed on or before its last filing day.
pub fn in_time(filing: Filing, rule: &DeadlineRule, holidays: &Holidays) -> bool {
    !filing.countdown(rule, holidays).is_late()
}

/// Days left until the last filing day, or days late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Countdown {
    /// The last day, until its end.
    pub last: NaiveDate,
    /// Calendar days from the day looked at to the last one; negative after it.
    pub days_left: i64,
}

impl Countdown {
    /// Whether the last day is past.
    pub fn is_late(&self) -> bool {
        self.days_left < 0
    }

    /// `sisa 12 hari, sampai 3 Desember 2026`, or how many days late.
    pub fn words(&self) -> String {
        let last = long_date(self.last);
        match self.days_left {
            0 => format!("hari terakhir, sampai {last} pukul 23.59 WIB"),
            left if left > 0 => format!("sisa {left} hari, sampai {last}"),
            late => format!("terlambat {} hari, batasnya {last}", late.unsigned_abs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The closed weekdays and feast days around Lebaran 2026.
    fn lebaran() -> Holidays {
        ["2026-03-18", "2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24", "2026-04-03"]
            .into_iter()
            .map(day)
            .collect()
    }

    const BATANG: DeadlineRule = DeadlineRule {
        count: 60,
        unit: DayUnit::Calendar,
        death_is_day_one: false,
        starts_with: StartEvent::Death,
        joint_leave_counts: false,
        december_until_january: None,
        waived_by: None,
    };
    const KUDUS: DeadlineRule = DeadlineRule { count: 7, unit: DayUnit::Working, death_is_day_one: true, ..BATANG };

    fn check(died_on: &str, rule: DeadlineRule, expected: &str) {
        assert_eq!(last_filing_day(day(died_on), &rule, &lebaran()), day(expected), "{died_on} {rule:?}");
    }

    #[test]
    fn day_sixty_is_in_time_and_day_sixty_one_is_not() {
        let filed = |filed_on| Filing { died_on: day("2025-10-04"), document_on: None, filed_on: day(filed_on) };
        assert!(in_time(filed("2025-10-04"), &BATANG, &lebaran()));
        assert!(in_time(filed("2025-12-03"), &BATANG, &lebaran()));
        assert!(!in_time(filed("2025-12-04"), &BATANG, &lebaran()));
    }

    #[test]
    fn the_day_of_death_counts_where_the_rule_says_so() {
        check("2026-01-01", BATANG, "2026-03-02");
        check("2026-01-01", DeadlineRule { death_is_day_one: true, ..BATANG }, "2026-03-01");
        check("2023-12-31", BATANG, "2024-02-29");
        // Monday to Friday without a holiday: Monday is day 1, Tuesday the seventh is eight days on.
        check("2026-06-08", KUDUS, "2026-06-16");
        check("2026-06-08", DeadlineRule { death_is_day_one: false, ..KUDUS }, "2026-06-17");
        // A Saturday is no working day, so Monday is day 1.
        check("2026-06-06", KUDUS, "2026-06-16");
    }

    #[test]
    fn seven_working_days_over_lebaran_take_two_weeks() {
        check("2026-03-16", KUDUS, "2026-03-31");
        check("2026-03-17", KUDUS, "2026-04-01");
        check("2026-03-18", KUDUS, "2026-04-02");
        check("2026-03-25", KUDUS, "2026-04-02");
        check("2026-03-26", KUDUS, "2026-04-06");
    }

    #[test]
    fn the_end_of_the_calendar_ends_the_count() {
        assert_eq!(last_filing_day(NaiveDate::MAX, &BATANG, &lebaran()), NaiveDate::MAX);
        assert_eq!(last_filing_day(NaiveDate::MAX, &KUDUS, &lebaran()), NaiveDate::MAX);
    }

    #[test]
    fn months_end_on_the_same_day_or_on_the_last_of_a_shorter_month() {
        let three = DeadlineRule { count: 3, unit: DayUnit::Months, ..BATANG };
        check("2026-01-15", three, "2026-04-15");
        check("2025-11-30", three, "2026-02-28");
        check("2023-11-30", three, "2024-02-29");
        check("2026-01-15", DeadlineRule { death_is_day_one: true, ..three }, "2026-04-14");
    }

    #[test]
    fn the_year_ends_the_count_and_december_reaches_into_january() {
        let year = DeadlineRule { unit: DayUnit::YearEnd, count: 0, ..BATANG };
        check("2026-01-01", year, "2026-12-31");
        check("2026-12-31", year, "2026-12-31");
        let december = DeadlineRule { december_until_january: Some(31), ..year };
        check("2026-11-30", december, "2026-12-31");
        check("2026-12-01", december, "2027-01-31");
        check("2026-12-31", december, "2027-01-31");
    }

    #[test]
    fn the_deaths_of_a_month_are_filed_together_in_the_next() {
        let batch = DeadlineRule { unit: DayUnit::NextMonth, count: 20, ..BATANG };
        check("2026-06-01", batch, "2026-07-20");
        check("2026-06-30", batch, "2026-07-20");
        check("2026-07-01", batch, "2026-08-20");
        check("2026-12-09", batch, "2027-01-20");
        check("2026-01-31", DeadlineRule { count: 31, ..batch }, "2026-02-28");
    }

    #[test]
    fn joint_leave_counts_where_the_rule_says_so() {
        let leave = Holidays::from_days([(day("2026-03-18"), true), (day("2026-03-19"), false), (day("2026-03-20"), true)]);
        let three = DeadlineRule { count: 3, unit: DayUnit::Working, ..BATANG };
        assert_eq!(last_filing_day(day("2026-03-17"), &three, &leave), day("2026-03-25"));
        let counted = DeadlineRule { joint_leave_counts: true, ..three };
        assert_eq!(last_filing_day(day("2026-03-17"), &counted, &leave), day("2026-03-23"));
    }

    #[test]
    fn a_count_may_begin_with_the_date_of_the_document() {
        let rule = DeadlineRule { starts_with: StartEvent::Document, count: 30, ..BATANG };
        let filing = |document_on: Option<&str>| Filing {
            died_on: day("2026-06-01"),
            document_on: document_on.map(day),
            filed_on: day("2026-07-05"),
        };
        assert!(in_time(filing(Some("2026-06-05")), &rule, &lebaran()));
        assert!(!in_time(filing(Some("2026-06-04")), &rule, &lebaran()));
        assert!(!in_time(filing(None), &rule, &lebaran()));
        assert!(!in_time(filing(Some("2025-06-04")), &rule, &lebaran()), "a date before the death is a slip");
        assert_eq!(filing(Some("2025-06-04")).countdown(&rule, &lebaran()).last, day("2026-07-01"));
    }

    #[test]
    fn the_day_ends_at_midnight_of_the_office() {
        use chrono::{TimeZone, Utc};
        let filed_at = |h, m, s| super::super::wib_date(Utc.with_ymd_and_hms(2025, 12, 3, h, m, s).unwrap());
        let filed = |filed_on| Filing { died_on: day("2025-10-04"), document_on: None, filed_on };
        assert!(in_time(filed(filed_at(16, 59, 59)), &BATANG, &lebaran()));
        assert!(!in_time(filed(filed_at(17, 0, 0)), &BATANG, &lebaran()));
    }

    #[test]
    fn a_countdown_says_how_long_or_how_late() {
        let check = |filed_on: &str, words: &str| {
            let filing = Filing { died_on: day("2026-10-04"), document_on: None, filed_on: day(filed_on) };
            assert_eq!(filing.countdown(&BATANG, &lebaran()).words(), words);
        };
        check("2026-11-21", "sisa 12 hari, sampai 3 Desember 2026");
        check("2026-12-03", "hari terakhir, sampai 3 Desember 2026 pukul 23.59 WIB");
        check("2026-12-04", "terlambat 1 hari, batasnya 3 Desember 2026");
    }

    fn any_rule() -> impl Strategy<Value = DeadlineRule> {
        let unit = prop_oneof![
            Just(DayUnit::Calendar),
            Just(DayUnit::Working),
            Just(DayUnit::Months),
            Just(DayUnit::YearEnd),
            Just(DayUnit::NextMonth)
        ];
        (1_u32..31, unit, any::<bool>(), prop::option::of(1_u32..32)).prop_map(|(count, unit, death_is_day_one, december)| DeadlineRule {
            count,
            unit,
            death_is_day_one,
            december_until_january: december,
            ..BATANG
        })
    }

    proptest! {
        #[test]
        fn the_calendar_rule_is_plain_addition(offset in 0_u64..4000, days in 0_u32..400) {
            let died_on = day("2017-10-25") + Days::new(offset);
            let rule = DeadlineRule { count: days, ..BATANG };
            prop_assert_eq!(last_filing_day(died_on, &rule, &lebaran()), died_on + Days::new(u64::from(days)));
        }

        #[test]
        fn a_later_death_never_has_an_earlier_deadline(offset in 0_u64..400, later in 0_u64..60, rule in any_rule()) {
            let died_on = day("2026-01-01") + Days::new(offset);
            let after = died_on + Days::new(later);
            // A short count with the December rule favours December on purpose.
            let rule = if rule.unit == DayUnit::YearEnd { rule } else { DeadlineRule { december_until_january: None, ..rule } };
            prop_assert!(last_filing_day(died_on, &rule, &lebaran()) <= last_filing_day(after, &rule, &lebaran()));
        }

        #[test]
        fn a_working_deadline_ends_on_a_working_day_and_holds_the_days_it_promises(offset in 0_u64..400, rule in any_rule()) {
            let rule = DeadlineRule { unit: DayUnit::Working, december_until_january: None, ..rule };
            let died_on = day("2026-01-01") + Days::new(offset);
            let last = last_filing_day(died_on, &rule, &lebaran());
            prop_assert!(lebaran().is_working_day(last));
            let first = if rule.death_is_day_one { died_on } else { died_on + Days::new(1) };
            let worked = first.iter_days().take_while(|d| *d <= last).filter(|d| lebaran().is_working_day(*d)).count();
            prop_assert_eq!(worked, usize::try_from(rule.count).unwrap());
        }

        #[test]
        fn a_holiday_more_never_shortens_a_deadline(offset in 0_u64..400, rule in any_rule()) {
            let died_on = day("2026-01-01") + Days::new(offset);
            prop_assert!(last_filing_day(died_on, &rule, &Holidays::default()) <= last_filing_day(died_on, &rule, &lebaran()));
        }
    }
}
