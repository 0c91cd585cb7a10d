//! Until when a claim may be filed.

use chrono::NaiveDate;

use super::civil::days_after;
use super::working_days::Holidays;
use crate::domain::policy::{DayUnit, DeadlineRule};

/// The last day (WIB, until its end) on which a claim for this death is in time.
///
/// With the day of death as day 0, Batang's 60 days end 60 calendar days later; with the day of death as day 1
/// (Kudus) they end one day earlier, and a day of death that is no working day is passed over.
///
/// ```
/// use chrono::NaiveDate;
/// use santunan::domain::calendar::{Holidays, last_filing_day};
/// use santunan::domain::policy::{DayUnit, DeadlineRule};
/// let rule = DeadlineRule { days: 60, unit: DayUnit::Calendar, death_is_day_one: false };
/// let died_on = NaiveDate::from_ymd_opt(2025, 10, 4).unwrap();
/// assert_eq!(last_filing_day(died_on, &rule, &Holidays::default()).to_string(), "2025-12-03");
/// ```
pub fn last_filing_day(died_on: NaiveDate, rule: &DeadlineRule, holidays: &Holidays) -> NaiveDate {
    match (rule.unit, rule.death_is_day_one) {
        (DayUnit::Calendar, false) => days_after(died_on, rule.days),
        (DayUnit::Calendar, true) => days_after(died_on, rule.days.saturating_sub(1)),
        (DayUnit::Working, false) => holidays.working_days_after(died_on, rule.days),
        (DayUnit::Working, true) => holidays.nth_working_day_from(died_on, rule.days),
    }
}

/// A death and when its claim was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filing {
    /// Day of death.
    pub died_on: NaiveDate,
    /// Day of filing; a claim returned for repair keeps it.
    pub filed_on: NaiveDate,
}

/// Whether a claim was filed on or before its last filing day.
pub fn in_time(filing: Filing, rule: &DeadlineRule, holidays: &Holidays) -> bool {
    filing.filed_on <= last_filing_day(filing.died_on, rule, holidays)
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

    const BATANG: DeadlineRule = DeadlineRule { days: 60, unit: DayUnit::Calendar, death_is_day_one: false };
    const KUDUS: DeadlineRule = DeadlineRule { days: 7, unit: DayUnit::Working, death_is_day_one: true };

    fn check(died_on: &str, rule: DeadlineRule, expected: &str) {
        assert_eq!(last_filing_day(day(died_on), &rule, &lebaran()), day(expected), "{died_on} {rule:?}");
    }

    #[test]
    fn day_sixty_is_in_time_and_day_sixty_one_is_not() {
        let filed = |filed_on| Filing { died_on: day("2025-10-04"), filed_on: day(filed_on) };
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

    fn any_rule() -> impl Strategy<Value = DeadlineRule> {
        (1_u32..120, any::<bool>(), any::<bool>()).prop_map(|(days, working, death_is_day_one)| DeadlineRule {
            days,
            unit: if working { DayUnit::Working } else { DayUnit::Calendar },
            death_is_day_one,
        })
    }

    proptest! {
        #[test]
        fn the_calendar_rule_is_plain_addition(offset in 0_u64..4000, days in 0_u32..400) {
            let died_on = day("2017-10-25") + Days::new(offset);
            let rule = DeadlineRule { days, ..BATANG };
            prop_assert_eq!(last_filing_day(died_on, &rule, &lebaran()), died_on + Days::new(u64::from(days)));
        }

        #[test]
        fn a_later_death_never_has_an_earlier_deadline(offset in 0_u64..400, later in 0_u64..60, rule in any_rule()) {
            let died_on = day("2026-01-01") + Days::new(offset);
            let after = died_on + Days::new(later);
            prop_assert!(last_filing_day(died_on, &rule, &lebaran()) <= last_filing_day(after, &rule, &lebaran()));
        }

        #[test]
        fn a_working_deadline_ends_on_a_working_day_and_holds_the_days_it_promises(offset in 0_u64..400, rule in any_rule()) {
            let rule = DeadlineRule { unit: DayUnit::Working, ..rule };
            let died_on = day("2026-01-01") + Days::new(offset);
            let last = last_filing_day(died_on, &rule, &lebaran());
            prop_assert!(lebaran().is_working_day(last));
            let first = if rule.death_is_day_one { died_on } else { died_on + Days::new(1) };
            let worked = first.iter_days().take_while(|d| *d <= last).filter(|d| lebaran().is_working_day(*d)).count();
            prop_assert_eq!(worked, usize::try_from(rule.days).unwrap());
        }

        #[test]
        fn a_holiday_more_never_shortens_a_deadline(offset in 0_u64..400, rule in any_rule()) {
            let died_on = day("2026-01-01") + Days::new(offset);
            prop_assert!(last_filing_day(died_on, &rule, &Holidays::default()) <= last_filing_day(died_on, &rule, &lebaran()));
        }
    }
}
