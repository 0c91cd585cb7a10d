//! NIK, family card and row numbers: unique where the real ones are.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::dice::Dice;
use crate::domain::identity::Sex;

/// Hands out numbers that were not given before.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Next serial per first twelve digits of a NIK.
    niks: HashMap<u64, u16>,
    /// Next serial per first twelve digits of a card.
    cards: HashMap<u64, u16>,
    rows: u64,
}

impl Numbers {
    /// The next row id: one of seven numbers in a row, never twice.
    pub fn row(&mut self) -> String {
        self.rows += 1;
        format!("DT003325{:06}", self.rows * 7 - (self.rows * 5) % 7)
    }

    /// A NIK of this region; from elsewhere the serial begins somewhere.
    pub fn nik(&mut self, dice: &mut Dice, region: &str, born_on: NaiveDate, sex: Sex, elsewhere: bool) -> String {
        let front = format!("{region}{}", birth_digits(born_on, sex));
        let next = self.niks.entry(front.parse().unwrap_or(0)).or_insert(0);
        let start = if elsewhere && *next == 0 { u16::try_from(dice.below(8)).unwrap_or(0) } else { *next };
        *next = start + 1;
        format!("{front}{:04}", *next)
    }

    /// A family card of this kecamatan, issued some day.
    pub fn card(&mut self, dice: &mut Dice, region: &str) -> String {
        let year = if dice.chance(35) { 26 } else { dice.between(9, 25) };
        let front = format!("{region}{:02}{:02}{year:02}", dice.between(1, 28), dice.between(1, 12));
        let next = self.cards.entry(front.parse().unwrap_or(0)).or_insert(0);
        *next += 1;
        format!("{front}{:04}", *next)
    }
}

/// Day (women + 40), month and year of birth as a NIK has them.
pub fn birth_digits(born_on: NaiveDate, sex: Sex) -> String {
    let day = born_on.day() + if sex == Sex::Female { 40 } else { 0 };
    format!("{day:02}{:02}{:02}", born_on.month(), born_on.year().rem_euclid(100))
}
