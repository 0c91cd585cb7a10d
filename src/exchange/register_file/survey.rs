//! The first walk through a file: what can only be known about it as a whole.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::columns::Columns;
use crate::exchange::sheet::{Kind, Row};

/// Rows from which on the share of last zeros says something.
const ROWS_MIN: usize = 50;
/// Share of numbers that end in 0 beyond which digits got lost, in percent; by chance it is at most 10.
const LAST_ZERO_PERCENT_MAX: usize = 20;
/// Dates with the month in front from which on a file is taken to write all of them so.
const MONTH_FIRST_MIN: usize = 3;

/// What the whole file says about its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Survey {
    /// Rows of the register.
    pub(super) rows: usize,
    /// Its NIK have lost their last digits somewhere, so that a last 0 proves nothing.
    pub(super) loses_nik_digits: bool,
    /// The same for family cards.
    pub(super) loses_card_digits: bool,
    /// It writes the month before the day, so that 05/11/1999 can be both.
    pub(super) month_first: bool,
    /// Keys of rows that occur more than once.
    pub(super) repeated: HashSet<u64>,
}

/// Counts while the file goes by.
#[derive(Debug, Default)]
pub(super) struct Surveyor {
    niks: Digits,
    cards: Digits,
    day_first: usize,
    month_first: usize,
    keys: Vec<u64>,
}

#[derive(Debug, Default)]
struct Digits {
    whole: usize,
    last_zero: usize,
    lost: usize,
}

impl Surveyor {
    pub(super) fn see(&mut self, row: &Row<'_>, columns: &Columns) {
        self.niks.see(row, columns.nik);
        self.cards.see(row, columns.family_card);
        self.keys.push(key_of(row, columns));
        let date = columns.born_on.map(|at| row.cell(at)).unwrap_or_default();
        match order_of(date.text) {
            Some(Order::DayFirst) => self.day_first += 1,
            Some(Order::MonthFirst) => self.month_first += 1,
            None => {}
        }
    }

    pub(super) fn finish(mut self) -> Survey {
        let rows = self.keys.len();
        self.keys.sort_unstable();
        let twice = self.keys.windows(2).filter_map(|pair| match pair {
            [a, b] if a == b => Some(*a),
            _ => None,
        });
        Survey {
            rows,
            loses_nik_digits: self.niks.are_lost(),
            loses_card_digits: self.cards.are_lost(),
            month_first: self.day_first == 0 && self.month_first >= MONTH_FIRST_MIN,
            repeated: twice.collect(),
        }
    }
}

impl Digits {
    /// Number cells speak for themselves, one by one; only text hides that it was a number once.
    fn see(&mut self, row: &Row<'_>, at: Option<usize>) {
        let cell = at.map(|at| row.cell(at)).unwrap_or_default();
        if cell.kind != Kind::Text {
            return;
        }
        let text = cell.text.trim_start_matches(['\'', '`']);
        if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.whole += 1;
            self.last_zero += usize::from(text.ends_with('0'));
            self.lost += usize::from(text.ends_with("0000"));
        } else if text.ends_with("E+15") || text.ends_with("e+15") {
            self.lost += 1;
        }
    }

    fn are_lost(&self) -> bool {
        self.lost > 0 || (self.whole >= ROWS_MIN && self.last_zero * 100 > self.whole * LAST_ZERO_PERCENT_MAX)
    }
}

/// By what a row is known to be the same again: its id, or NIK and name where there is none.
pub(super) fn key_of(row: &Row<'_>, columns: &Columns) -> u64 {
    let cell = |at: Option<usize>| at.map(|at| row.cell(at).text).unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    match cell(columns.register_id) {
        "" => {
            cell(columns.nik).bytes().filter(u8::is_ascii_digit).for_each(|digit| digit.hash(&mut hasher));
            cell(columns.name).split_whitespace().for_each(|word| word.hash(&mut hasher));
            cell(columns.birth.or(columns.born_on)).hash(&mut hasher);
        }
        id => id.hash(&mut hasher),
    }
    hasher.finish()
}

enum Order {
    DayFirst,
    MonthFirst,
}

/// Which of day and month comes first in `31/12/1960`; `None` where it cannot be told.
fn order_of(date: &str) -> Option<Order> {
    let mut parts = date.split(['/', '-']);
    let (first, second) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
    match (first, second) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}
