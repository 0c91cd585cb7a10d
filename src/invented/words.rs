//! The words people and places are named with: counted lists, kept as data.

use std::collections::HashMap;

use super::dice::Dice;
use crate::domain::identity::Sex;

const NAMES: &str = include_str!("../../fixtures/invented/names.txt");
const OCCUPATIONS: &str = include_str!("../../fixtures/invented/occupations.txt");
const ORIGINS: &str = include_str!("../../fixtures/invented/origins.txt");

/// Words and how often each is taken.
#[derive(Debug, Default)]
pub struct Bag {
    /// Each word with the sum of the weights up to and including it.
    entries: Vec<(u32, String)>,
}

impl Bag {
    fn read(text: &str, between: char) -> Self {
        let mut bag = Self::default();
        for entry in text.split(between).map(str::trim).filter(|entry| !entry.is_empty()) {
            match entry.rsplit_once(':') {
                Some((word, weight)) => bag.add(word, weight.parse().unwrap_or(1)),
                None => bag.add(entry, 1),
            }
        }
        bag
    }

    fn add(&mut self, word: &str, weight: u32) {
        self.entries.push((self.weight() + weight, word.to_owned()));
    }

    fn weight(&self) -> u32 {
        self.entries.last().map_or(0, |(sum, _)| *sum)
    }

    /// One word.
    pub fn draw(&self, dice: &mut Dice) -> &str {
        let roll = dice.below(self.weight());
        let at = self.entries.partition_point(|(sum, _)| *sum <= roll);
        self.entries.get(at).map_or("", |(_, word)| word)
    }
}

/// Where a NIK from outside begins and where its holder was born.
#[derive(Debug, Clone)]
pub struct Origin {
    /// First six digits.
    pub prefix: String,
    /// Birth place.
    pub place: String,
}

/// How account numbers of a bank look.
#[derive(Debug, Clone)]
pub struct AccountForm {
    /// The bank as the register writes it.
    pub bank: String,
    /// First digits.
    pub begins: String,
    /// Digits in all.
    pub length: usize,
}

/// All lists.
#[derive(Debug, Default)]
pub struct Words {
    names: HashMap<String, Bag>,
    occupations: HashMap<String, Bag>,
    home: Bag,
    deaths: Bag,
    elsewhere: Bag,
    outside: Vec<(Origin, u32)>,
    accounts: Vec<(AccountForm, u32)>,
    /// Kecamatan that were split off, and what they were part of.
    pub split: HashMap<String, String>,
    /// Names of hamlets.
    pub hamlets: Vec<String>,
}

impl Words {
    /// The lists this program carries.
    pub fn carried() -> Self {
        let mut words = Self { names: bags(NAMES, ' '), occupations: bags(OCCUPATIONS, ';'), ..Self::default() };
        for (kind, rest) in lines(ORIGINS) {
            words.origin(kind, rest);
        }
        words
    }

    fn origin(&mut self, kind: &str, rest: &str) {
        let parts: Vec<String> = rest.split_whitespace().map(|part| part.replace('-', " ")).collect();
        match (kind, parts.as_slice()) {
            ("outside", [prefix, place, weight]) => {
                self.outside.push((Origin { prefix: prefix.clone(), place: place.clone() }, weight.parse().unwrap_or(1)));
            }
            ("account", [bank, begins, length, weight]) => {
                let form = AccountForm { bank: bank.clone(), begins: begins.clone(), length: length.parse().unwrap_or(10) };
                self.accounts.push((form, weight.parse().unwrap_or(1)));
            }
            ("split", [today, before, ..]) => {
                self.split.insert(today.clone(), before.clone());
            }
            ("hamlet", names) => self.hamlets = names.to_vec(),
            ("death", _) => self.deaths = Bag::read(&rest.replace('-', "\u{a0}"), ' '),
            ("elsewhere", _) => self.elsewhere = Bag::read(&rest.replace('-', "\u{a0}"), ' '),
            _ => self.home = Bag::read(rest, ' '),
        }
    }

    /// A word of a name: `place` is `only`, `first` or `later`.
    pub fn name(&self, dice: &mut Dice, sex: Sex, cohort: usize, place: &str) -> &str {
        self.names.get(&format!("{} {cohort} {place}", letter(sex))).map_or("", |bag| bag.draw(dice))
    }

    /// What follows a frequent first word, if this is one.
    pub fn following(&self, dice: &mut Dice, sex: Sex, first: &str) -> Option<&str> {
        Some(self.names.get(&format!("{} * after {first}", letter(sex)))?.draw(dice))
    }

    /// An occupation for somebody of this age.
    pub fn occupation(&self, dice: &mut Dice, sex: Sex, age: i32) -> &str {
        let class = [6, 18, 24, 60].iter().filter(|bound| age >= **bound).count();
        self.occupations.get(&format!("{} {class}", letter(sex))).map_or("", |bag| bag.draw(dice))
    }

    /// Birth place of somebody first registered here; empty stands for the village itself.
    pub fn home(&self, dice: &mut Dice) -> &str {
        Some(self.home.draw(dice)).filter(|place| *place != "-").unwrap_or("")
    }

    /// Where somebody died, here or outside the kabupaten.
    pub fn death(&self, dice: &mut Dice, elsewhere: bool) -> String {
        let bag = if elsewhere { &self.elsewhere } else { &self.deaths };
        bag.draw(dice).replace('\u{a0}', " ")
    }

    /// An origin elsewhere.
    pub fn outside(&self, dice: &mut Dice) -> Option<&Origin> {
        weighed(dice, &self.outside)
    }

    /// A way account numbers look.
    pub fn account(&self, dice: &mut Dice) -> Option<&AccountForm> {
        weighed(dice, &self.accounts)
    }
}

/// L or P as the register writes it.
pub fn letter(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "L",
        Sex::Female => "P",
    }
}

fn weighed<'a, T>(dice: &mut Dice, table: &'a [(T, u32)]) -> Option<&'a T> {
    let mut left = dice.below(table.iter().map(|(_, weight)| weight).sum());
    for (value, weight) in table {
        if left < *weight {
            return Some(value);
        }
        left -= weight;
    }
    None
}

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" | "))
}

fn bags(text: &str, between: char) -> HashMap<String, Bag> {
    lines(text).map(|(key, words)| (key.to_owned(), Bag::read(words, between))).collect()
}
