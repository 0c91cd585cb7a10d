//! How common names, birth dates and villages are in one register.
#![expect(
    clippy::float_arithmetic,
    reason = "shares of a register's rows; they only weigh evidence, no money and no date comes out of them"
)]

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::birth::is_unknown_day;
use super::record::PersonRecord;
use crate::domain::identity::{Sex, key_words};
use crate::domain::region::RegionCode;

/// Days of a year on which an ordinary birth date can fall.
const ORDINARY_DAYS: f64 = 362.0;
/// Seen nowhere, a value still counts as half a row.
const UNSEEN: f64 = 0.5;
/// Pseudo-rows under a share of names, years and villages: without any count a value is as rare as the half row of so many,
/// about what it is in a kabupaten; in a register of any size they vanish.
const NAMES: f64 = 200.0;
const YEARS: f64 = 40.0;
const VILLAGES: f64 = 120.0;
/// A register has no fewer rows than a village has people, however few were counted.
const ROWS_MIN: u32 = 1_000;
/// Pseudo-rows that keep the share of unknown days in a thin decade near one in twenty.
const THIN_DECADE: f64 = 20.0;

/// Counts of what the rows of a register have in common: the chance that strangers agree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Frequencies {
    rows: u32,
    women: u32,
    men: u32,
    mothers: u32,
    words: HashMap<String, WordCount>,
    years: HashMap<i32, u32>,
    decades: HashMap<i32, u32>,
    unknown_days: HashMap<i32, u32>,
    villages: HashMap<String, u32>,
}

/// In how many rows a word (its key) is part of a name; kept as three numbers, because a register has a hundred thousand words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[u32; 3]", into = "[u32; 3]")]
struct WordCount {
    women: u32,
    men: u32,
    mothers: u32,
}

/// Whose name a word is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOf {
    /// Of a resident of this sex.
    Resident(Option<Sex>),
    /// Of a resident's mother.
    Mother,
}

impl Frequencies {
    /// Counts one more row.
    pub fn add(&mut self, row: &PersonRecord) {
        self.rows += 1;
        let man = row.sex == Some(Sex::Male);
        if man {
            self.men += 1;
        } else {
            self.women += 1;
        }
        self.add_words(&row.name, |count| if man { count.men += 1 } else { count.women += 1 });
        if !row.mother.is_empty() {
            self.mothers += 1;
            self.add_words(&row.mother, |count| count.mothers += 1);
        }
        if let Some(born) = row.born_on {
            *self.years.entry(born.year()).or_default() += 1;
            *self.decades.entry(decade(born)).or_default() += 1;
            *self.unknown_days.entry(decade(born)).or_default() += u32::from(is_unknown_day(born));
        }
        if let Some(village) = &row.village {
            match self.villages.get_mut(village.as_str()) {
                Some(count) => *count += 1,
                None => drop(self.villages.insert(village.to_string(), 1)),
            }
        }
    }

    /// A word counts once a name.
    fn add_words(&mut self, name: &str, mut add: impl FnMut(&mut WordCount)) {
        let mut words = key_words(name);
        words.sort_unstable();
        words.dedup();
        for word in words {
            add(self.words.entry(word).or_default());
        }
    }

    /// Rows counted, at least [`ROWS_MIN`].
    pub(super) fn rows(&self) -> f64 {
        f64::from(self.rows.max(ROWS_MIN))
    }

    /// Share of the names of such people that carry all these words, taken as independent.
    pub(super) fn words(&self, shared: &[&str], of: NameOf) -> f64 {
        shared.iter().map(|word| self.word(word, of)).product()
    }

    fn word(&self, word: &str, of: NameOf) -> f64 {
        let WordCount { women, men, mothers } = self.words.get(word).copied().unwrap_or_default();
        let (count, all) = match of {
            NameOf::Resident(Some(Sex::Female)) => (women, self.women),
            NameOf::Resident(Some(Sex::Male)) => (men, self.men),
            NameOf::Resident(None) => (women.saturating_add(men), self.rows),
            NameOf::Mother => (mothers, self.mothers),
        };
        share(count, all, NAMES)
    }

    /// Share of the rows born in this year.
    pub(super) fn year(&self, born: NaiveDate) -> f64 {
        share(self.years.get(&born.year()).copied().unwrap_or_default(), self.rows, YEARS)
    }

    /// Share of the rows of a year that are born on its day.
    pub(super) fn day_of_year(&self, born: NaiveDate) -> f64 {
        let unknown = self.unknown_share(born);
        if is_unknown_day(born) { unknown / 3.0 } else { (1.0 - unknown) / ORDINARY_DAYS }
    }

    /// Share of the rows of this decade whose day is unknown.
    pub(super) fn unknown_share(&self, born: NaiveDate) -> f64 {
        let of = |counts: &HashMap<i32, u32>| f64::from(counts.get(&decade(born)).copied().unwrap_or_default());
        (of(&self.unknown_days) + 1.0) / (of(&self.decades) + THIN_DECADE)
    }

    /// Share of the rows in this village.
    pub(super) fn village(&self, village: &RegionCode) -> f64 {
        share(self.villages.get(village.as_str()).copied().unwrap_or_default(), self.rows, VILLAGES)
    }

    /// Share of the rows in this village's kecamatan.
    pub(super) fn district(&self, village: &RegionCode) -> f64 {
        let district = village.as_str().get(..DISTRICT_CHARS).unwrap_or_default();
        let count = self.villages.iter().filter(|(code, _)| code.starts_with(district)).map(|(_, count)| count).sum();
        share(count, self.rows, VILLAGES / VILLAGES_OF_DISTRICT)
    }
}

/// About how many villages a kecamatan has.
const VILLAGES_OF_DISTRICT: f64 = 15.0;

/// A kecamatan's code, `33.25.01`, is the head of its villages' codes.
pub(super) const DISTRICT_CHARS: usize = 8;

fn share(count: u32, all: u32, pseudo_rows: f64) -> f64 {
    (f64::from(count) + UNSEEN) / (f64::from(all) + pseudo_rows)
}

fn decade(born: NaiveDate) -> i32 {
    born.year().div_euclid(10)
}

impl From<[u32; 3]> for WordCount {
    fn from([women, men, mothers]: [u32; 3]) -> Self {
        Self { women, men, mothers }
    }
}

impl From<WordCount> for [u32; 3] {
    fn from(count: WordCount) -> Self {
        [count.women, count.men, count.mothers]
    }
}
