//! A whole register, family by family, so that 830,000 rows need no more memory than their numbers.

use chrono::NaiveDate;

use super::dice::Dice;
use super::family::{Maker, Village};
use super::numbers::Numbers;
use super::resident::{Household, Resident};
use super::variant::register_slip;
use super::words::Words;

/// Rows a village has when the register is smaller than the kabupaten; so namesakes are as frequent as in a whole one.
const VILLAGE_ROWS: usize = 850;
/// Fewest villages.
const VILLAGES_MIN: usize = 6;
/// Rows entered a second time, per 100,000; two of five lie on another card, half have a NIK of their own.
const TWICE: u32 = 360;
/// People whose NIK another person has too, per 100,000.
const SHARED: u32 = 40;

/// A village as the list of regions has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Code with dots.
    pub code: String,
    /// Name.
    pub name: String,
}

/// What a register is made from.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// The seed everything follows from.
    pub seed: u64,
    /// Rows wanted; a family is never cut, so a few more may come.
    pub residents: usize,
    /// The day the register shows.
    pub as_of: NaiveDate,
}

/// The families of a register, one after the other.
#[derive(Debug)]
pub struct Register<'a> {
    maker: Maker<'a>,
    villages: std::vec::IntoIter<Village>,
    village: Option<Village>,
    rows: usize,
    /// Second rows that wait for another family's card.
    strays: Vec<Resident>,
    /// NIK that wait for a second holder.
    lent: Vec<String>,
}

impl<'a> Register<'a> {
    /// The register of this order in these villages.
    pub fn new(words: &'a Words, places: &[Place], order: Order) -> Self {
        let mut dice = Dice::new(order.seed, 1);
        let villages = villages(words, &mut dice, places, order.residents);
        let mut kecamatans: Vec<String> = villages.iter().map(Village::kecamatan).collect();
        kecamatans.dedup();
        let maker = Maker { words, dice, numbers: Numbers::default(), kecamatans, as_of: order.as_of };
        let mut villages = villages.into_iter();
        let village = villages.next();
        Self { maker, villages, village, rows: 0, strays: Vec::new(), lent: Vec::new() }
    }

    fn enter_twice(&mut self, household: &mut Household) {
        let mut copies = Vec::new();
        for person in &mut household.people {
            if self.maker.dice.below(100_000) >= TWICE {
                continue;
            }
            let mut copy = person.clone();
            copy.id = self.maker.numbers.row();
            copy.place = "FAMILI LAIN";
            copy.twice_as = vec![person.id.clone()];
            person.twice_as.push(copy.id.clone());
            if self.maker.dice.chance(450) {
                let region: String = copy.nik.chars().take(6).collect();
                copy.nik = self.maker.numbers.nik(&mut self.maker.dice, &region, copy.born_on, copy.sex, false);
            }
            if self.maker.dice.chance(550) {
                copy.name = register_slip(&mut self.maker.dice, &copy.name);
                copy.plain_name = register_slip(&mut self.maker.dice, &copy.plain_name);
            }
            copies.push(copy);
        }
        for copy in copies {
            if self.maker.dice.chance(600) { household.people.push(copy) } else { self.strays.push(copy) }
        }
    }

    fn take_strays(&mut self, household: &mut Household) {
        if self.maker.dice.chance(50)
            && let Some(hearth) = household.people.first().map(|head| head.hearth.clone())
            && let Some(stray) = self.strays.pop()
        {
            household.people.push(Resident { hearth, ..stray });
        }
    }

    fn share_nik(&mut self, household: &mut Household) {
        for person in household.people.iter_mut().filter(|person| person.twice_as.is_empty()) {
            if self.maker.dice.below(100_000) < SHARED / 2 {
                person.nik_shared = true;
                self.lent.push(person.nik.clone());
            } else if self.maker.dice.below(100_000) < SHARED * 2
                && let Some(nik) = self.lent.pop()
            {
                person.nik_shared = true;
                person.nik = nik;
            }
        }
    }
}

impl Iterator for Register<'_> {
    type Item = Household;

    fn next(&mut self) -> Option<Household> {
        if self.village.as_ref().is_some_and(|village| self.rows >= village.rows) {
            self.village = self.villages.next();
            self.rows = 0;
        }
        let village = self.village.take()?;
        let mut household = self.maker.household(&village);
        self.village = Some(village);
        self.take_strays(&mut household);
        self.enter_twice(&mut household);
        self.share_nik(&mut household);
        self.rows += household.people.len();
        Some(household)
    }
}

/// The villages of a register of this size, large and small as they are.
fn villages(words: &Words, dice: &mut Dice, places: &[Place], residents: usize) -> Vec<Village> {
    let count = (residents / VILLAGE_ROWS).max(VILLAGES_MIN).min(places.len());
    let mut taken: Vec<&Place> = Vec::new();
    let mut left: Vec<&Place> = places.iter().collect();
    for _ in 0..count {
        taken.push(left.remove(dice.place(left.len())));
    }
    taken.sort_by(|a, b| a.code.cmp(&b.code));
    let weights: Vec<usize> = taken.iter().map(|place| weight(dice, place)).collect();
    let total: usize = weights.iter().sum::<usize>().max(1);
    let size = |weight: usize| (residents * weight).div_ceil(total);
    taken.iter().zip(weights).map(|(place, weight)| village(words, dice, place, size(weight))).collect()
}

/// Towns (last four digits below 2000) are about four times a village.
fn weight(dice: &mut Dice, place: &Place) -> usize {
    let town = place.code.rsplit('.').next().is_some_and(|last| last.starts_with('1'));
    let size = 40 + usize::try_from(dice.below(60) + dice.below(60)).unwrap_or(0);
    if town { size * 4 } else { size }
}

fn village(words: &Words, dice: &mut Dice, place: &Place, rows: usize) -> Village {
    let count = 2 + dice.place(4);
    let hamlets = (0..count).filter_map(|_| dice.pick(&words.hamlets).cloned()).collect();
    Village { code: place.code.clone(), name: place.name.clone(), rows, hamlets }
}
