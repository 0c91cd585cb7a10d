//! By which rules an office spends its budget lines (policy parameter P17: funding source, ceilings, carry-over).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::position::CeilingReached;
use crate::domain::money::Rupiah;

/// What becomes of promises that are not paid when their year ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarryOver {
    /// The line of the next year takes them over.
    #[default]
    NextYear,
    /// Money is paid in its own year or not at all: what is approved waits, in its order, for money of the new year.
    SameYearOnly,
}

impl CarryOver {
    /// The rule in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::NextYear => "yang disetujui tetapi belum dibayar dilanjutkan ke mata anggaran tahun berikutnya",
            Self::SameYearOnly => "uang hanya dibayarkan pada tahunnya; yang disetujui tetapi belum dibayar masuk daftar tunggu tahun baru",
        }
    }
}

/// What becomes of a benefit whose money went back to the treasury, once its year has closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deposited {
    /// It ended with its year.
    #[default]
    Settled,
    /// It may be paid from the money of a later year, before the waiting list: its family was promised first.
    NextYear,
}

/// The office's rules about its budget lines, `[budget_rules]` of its settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetRules {
    /// Only lines of this source (BTT or BANSOS) pay the benefit; absent = every line.
    pub source: Option<String>,
    /// Whether a claim is promised from the next line when the first cannot hold it; else it waits for the first.
    pub spill_over: bool,
    /// What becomes of unpaid promises at the end of the year.
    pub carry_over: CarryOver,
    /// What becomes of money that went back to the treasury, once its year has closed.
    pub deposited: Deposited,
    /// On how many of the last days of December the year may be closed already; 0 = from 1 January on.
    pub close_last_days: u32,
}

/// A line as far as the choice between lines is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMoney {
    /// Id.
    pub id: String,
    /// Source.
    pub source: String,
    /// Account code.
    pub account_code: String,
    /// Whether money may still be promised from it.
    pub open: bool,
    /// Left to promise.
    pub remaining: Rupiah,
}

/// Why nothing can be promised from any line of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoLine {
    /// The year has no line that pays the benefit.
    None,
    /// It had, and its year is closed.
    Closed,
    /// The money has run out.
    Full(CeilingReached),
}

impl BudgetRules {
    /// The lines of a year that may pay the benefit, in the order in which they are used: by account code.
    pub fn order<'a>(&self, lines: &'a [LineMoney]) -> Vec<&'a LineMoney> {
        let may_pay = |line: &&LineMoney| self.source.as_ref().is_none_or(|source| *source == line.source);
        let mut lines: Vec<&LineMoney> = lines.iter().filter(may_pay).collect();
        lines.sort_by(|a, b| a.account_code.cmp(&b.account_code));
        lines
    }

    /// The line a claim is promised from: the first by account code; with `spill_over` the first that holds the amount.
    ///
    /// # Errors
    /// [`NoLine`].
    pub fn choose<'a>(&self, lines: &'a [LineMoney], amount: Rupiah) -> Result<&'a LineMoney, NoLine> {
        let known = self.order(lines);
        let mut open = known.iter().copied().filter(|line| line.open);
        let Some(first) = open.next() else { return Err(if known.is_empty() { NoLine::None } else { NoLine::Closed }) };
        let holds = |line: &&LineMoney| line.remaining >= amount;
        let later = if self.spill_over { open.find(holds) } else { None };
        let full = NoLine::Full(CeilingReached { remaining: first.remaining, wanted: amount });
        Some(first).filter(holds).or(later).ok_or(full)
    }

    /// The first day on which a year may be closed.
    pub fn closes_from(&self, year: i32) -> Option<NaiveDate> {
        let new_year = NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?;
        let first = new_year.checked_sub_days(Days::new(u64::from(self.close_last_days)))?;
        // However many days: never before December.
        Some(first.max(NaiveDate::from_ymd_opt(year, 12, 1)?))
    }

    /// Whether a year may be closed on a day.
    pub fn may_close(&self, year: i32, today: NaiveDate) -> bool {
        today.year() >= year && self.closes_from(year).is_some_and(|from| from <= today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str, source: &str, open: bool, remaining: i64) -> LineMoney {
        LineMoney { id: code.into(), source: source.into(), account_code: code.into(), open, remaining: Rupiah::new(remaining).unwrap() }
    }

    #[test]
    fn a_claim_is_promised_from_the_first_line_and_spills_over_only_by_rule() {
        let check = |spill_over: bool, source: Option<&str>, lines: &[LineMoney], expected: Result<&str, NoLine>| {
            let rules = BudgetRules { spill_over, source: source.map(str::to_owned), ..BudgetRules::default() };
            assert_eq!(rules.choose(lines, Rupiah::new(10).unwrap()).map(|line| line.id.as_str()), expected);
        };
        let full =
            |remaining| Err(NoLine::Full(CeilingReached { remaining: Rupiah::new(remaining).unwrap(), wanted: Rupiah::new(10).unwrap() }));
        let two = [line("5.2", "BANSOS", true, 30), line("5.1", "BTT", true, 9)];
        check(false, None, &two, full(9));
        check(true, None, &two, Ok("5.2"));
        check(false, Some("BANSOS"), &two, Ok("5.2"));
        check(true, Some("BTT"), &two, full(9));
        check(true, Some("APBD"), &two, Err(NoLine::None));
        check(false, None, &[], Err(NoLine::None));
        check(false, None, &[line("5.1", "BTT", false, 30)], Err(NoLine::Closed));
        check(false, None, &[line("5.1", "BTT", false, 30), line("5.2", "BTT", true, 10)], Ok("5.2"));
        check(true, None, &[line("5.1", "BTT", true, 10), line("5.2", "BTT", true, 10)], Ok("5.1"));
    }

    #[test]
    fn a_year_is_closed_after_it_or_in_its_last_days() {
        let check = |days: u32, on: (i32, u32, u32), expected: bool| {
            let rules = BudgetRules { close_last_days: days, ..BudgetRules::default() };
            let on = NaiveDate::from_ymd_opt(on.0, on.1, on.2).unwrap();
            assert_eq!(rules.may_close(2026, on), expected, "{days} {on}");
        };
        check(0, (2026, 12, 31), false);
        check(0, (2027, 1, 1), true);
        check(2, (2026, 12, 29), false);
        check(2, (2026, 12, 30), true);
        check(365, (2026, 11, 30), false);
        check(365, (2026, 12, 1), true);
        check(0, (2030, 5, 5), true);
    }
}
