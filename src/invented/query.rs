//! Match queries: people of the register as a clerk wrote them, and people who only look as if they were in it.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::naming::given_name;
use super::numbers::birth_digits;
use super::resident::{Household, Resident};
use super::variant::{Wear, mistyped, written};
use super::words::{Words, letter};
use crate::domain::identity::Sex;

/// What is wrong with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// The NIK is right.
    NikOk,
    /// The NIK is mistyped.
    NikBad,
    /// No NIK, or an invented one.
    #[default]
    NoNik,
    /// The NIK is that of a relative on the same card.
    FamilyNik,
    /// No NIK and nearly everything else is worn too.
    Hard,
    /// Nobody of the register: invented.
    NoneRandom,
    /// Nobody of the register: has the name of somebody in the village.
    NoneNamesake,
    /// Nobody of the register: has the mother of somebody in the village.
    NoneSibling,
}

/// How often each kind comes, as in the practice queries.
const KINDS: [(Kind, u32); 8] = [
    (Kind::NikOk, 47),
    (Kind::NikBad, 59),
    (Kind::NoNik, 74),
    (Kind::FamilyNik, 27),
    (Kind::Hard, 33),
    (Kind::NoneRandom, 31),
    (Kind::NoneNamesake, 16),
    (Kind::NoneSibling, 13),
];

impl Kind {
    /// As the answer file has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NikOk => "nik_ok",
            Self::NikBad => "nik_bad",
            Self::NoNik => "no_nik",
            Self::FamilyNik => "family_nik",
            Self::Hard => "hard",
            Self::NoneRandom => "none_random",
            Self::NoneNamesake => "none_namesake",
            Self::NoneSibling => "none_sibling",
        }
    }
}

/// One query with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its number.
    pub id: String,
    /// What is wrong with it.
    pub kind: Kind,
    /// nik, nama, tgl_lahir, jenis_kelamin, kode_desa, nama_ibu.
    pub cells: [String; 6],
    /// Register rows of the person; empty if there is none.
    pub answer: Vec<String>,
}

/// Whether queries are worn as in the practice data, or much more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strain {
    /// As in the practice data.
    Usual,
    /// Several faults in every field.
    Harder,
}

/// Rates per thousand: date other, date missing, village other, village missing, mother missing, mother in another spelling, sex missing.
struct Rates {
    name: Wear,
    date: [u32; 2],
    village: [u32; 2],
    mother: [u32; 2],
    sex: u32,
}

const NAME_USUAL: Wear = Wear { spelling: 420, slip: 110, shorter: 80, ornament: 480, typography: 130 };
const NAME_WORN: Wear = Wear { spelling: 750, slip: 220, shorter: 130, ornament: 450, typography: 130 };

fn rates(kind: Kind, strain: Strain) -> Rates {
    let usual = Rates { name: NAME_USUAL, date: [60, 5], village: [85, 20], mother: [350, 500], sex: 20 };
    let rates = match kind {
        Kind::Hard => Rates { name: NAME_WORN, date: [850, 0], village: [60, 150], mother: [580, 130], sex: 90 },
        Kind::NoNik => Rates { date: [215, 25], village: [85, 40], mother: [250, 450], ..usual },
        Kind::FamilyNik => Rates { date: [185, 0], village: [35, 35], mother: [370, 470], ..usual },
        Kind::NikOk | Kind::NikBad => usual,
        Kind::NoneRandom | Kind::NoneNamesake | Kind::NoneSibling => Rates {
            name: Wear { spelling: 60, slip: 15, shorter: 0, ornament: 280, typography: 20 },
            date: [0, 0],
            village: [0, 0],
            mother: [420, 200],
            sex: 0,
        },
    };
    match strain {
        Strain::Usual => rates,
        Strain::Harder => Rates {
            name: doubled(rates.name),
            date: [more(rates.date[0]), rates.date[1] * 2],
            village: [more(rates.village[0]), rates.village[1] * 2],
            mother: [rates.mother[0] + 150, 700],
            sex: rates.sex * 2,
        },
    }
}

fn more(rate: u32) -> u32 {
    (rate * 3 / 2 + 60).min(900)
}

fn doubled(wear: Wear) -> Wear {
    Wear { spelling: more(wear.spelling), slip: more(wear.slip), shorter: more(wear.shorter), ornament: 500, typography: 250 }
}

/// Makes queries about these families.
#[derive(Debug)]
pub struct Asker<'a> {
    words: &'a Words,
    dice: Dice,
    strain: Strain,
    as_of: NaiveDate,
}

impl<'a> Asker<'a> {
    /// An asker with dice of its own.
    pub fn new(words: &'a Words, seed: u64, strain: Strain, as_of: NaiveDate) -> Self {
        Self { words, dice: Dice::new(seed, 2), strain, as_of }
    }

    /// So many queries, each about somebody of these families.
    pub fn queries(&mut self, families: &[Household], count: usize) -> Vec<Query> {
        (1..=count).filter_map(|number| self.query(number, families)).collect()
    }

    fn query(&mut self, number: usize, families: &[Household]) -> Option<Query> {
        let (family, person) = self.somebody(families)?;
        let kind = match self.dice.weigh(&KINDS) {
            Kind::FamilyNik if family.people.len() < 2 => Kind::NoNik,
            kind => kind,
        };
        let asked = self.asked(kind, &person);
        let rates = rates(kind, self.strain);
        let nik = self.nik(kind, &person, &asked, family);
        let cells = [
            nik,
            written(&mut self.dice, &asked.name, asked.sex, rates.name),
            self.date(asked.born_on, rates.date),
            if self.dice.chance(rates.sex) { String::new() } else { letter(asked.sex).to_owned() },
            self.village(&asked.hearth.village, families, rates.village),
            self.mother(&asked.mother, rates.mother),
        ];
        let answer = if matches!(kind, Kind::NoneRandom | Kind::NoneNamesake | Kind::NoneSibling) {
            Vec::new()
        } else {
            std::iter::once(person.id.clone()).chain(person.twice_as.clone()).collect()
        };
        Some(Query { id: format!("Q{number:05}"), kind, cells, answer })
    }

    /// Somebody, the old more often: these are deaths.
    fn somebody<'f>(&mut self, families: &'f [Household]) -> Option<(&'f Household, Resident)> {
        for _ in 0..200 {
            let family = self.dice.pick(families)?;
            let person = self.dice.pick(&family.people)?;
            let rate = match person.age_on(self.as_of) {
                ..20 => 70,
                20..40 => 170,
                40..60 => 300,
                60..80 => 850,
                _ => 1000,
            };
            if self.dice.chance(rate) {
                return Some((family, person.clone()));
            }
        }
        None
    }

    /// Who is asked for: the person, or somebody like them who is not in the register.
    fn asked(&mut self, kind: Kind, person: &Resident) -> Resident {
        let mut asked = person.clone();
        let year = person.born_on.year();
        match kind {
            Kind::NoneRandom => {
                asked.born_on = self.other_day(person.born_on, 3650);
                asked.name = given_name(self.words, &mut self.dice, asked.sex, year);
                asked.mother = given_name(self.words, &mut self.dice, Sex::Female, year - 27);
            }
            Kind::NoneNamesake => {
                asked.born_on = self.other_day(person.born_on, 4000);
                asked.name.clone_from(&person.plain_name);
                asked.mother = given_name(self.words, &mut self.dice, Sex::Female, year - 27);
            }
            Kind::NoneSibling => {
                asked.born_on = self.other_day(person.born_on, 2500);
                asked.name = given_name(self.words, &mut self.dice, asked.sex, year);
            }
            Kind::NikOk | Kind::NikBad | Kind::NoNik | Kind::FamilyNik | Kind::Hard => {}
        }
        asked
    }

    fn other_day(&mut self, day: NaiveDate, within: u32) -> NaiveDate {
        let far = Days::new(u64::from(self.dice.below(within) + 40));
        if self.dice.chance(500) { day + far } else { day - far }
    }

    fn nik(&mut self, kind: Kind, person: &Resident, asked: &Resident, family: &Household) -> String {
        match kind {
            Kind::NikOk => person.nik.clone(),
            Kind::NikBad => {
                let typed = mistyped(&mut self.dice, &person.nik);
                if self.strain == Strain::Harder || self.dice.chance(80) { mistyped(&mut self.dice, &typed) } else { typed }
            }
            Kind::FamilyNik => {
                let others: Vec<&Resident> =
                    family.people.iter().filter(|other| other.id != person.id && other.nik != person.nik).collect();
                let relative = self.dice.pick(&others).map(|other| other.nik.clone());
                relative.filter(|_| self.dice.chance(850)).unwrap_or_default()
            }
            Kind::NoNik | Kind::Hard => {
                let day = self.other_day(person.born_on, 9000);
                if self.dice.chance(270) { self.invented_nik(asked, day) } else { String::new() }
            }
            Kind::NoneRandom | Kind::NoneNamesake | Kind::NoneSibling => {
                if self.dice.chance(420) {
                    self.invented_nik(asked, asked.born_on)
                } else {
                    String::new()
                }
            }
        }
    }

    /// A NIK of the village's kecamatan with a serial that is rarely given.
    fn invented_nik(&mut self, asked: &Resident, day: NaiveDate) -> String {
        let region: String = asked.hearth.village.chars().filter(char::is_ascii_digit).take(6).collect();
        format!("{region}{}{:04}", birth_digits(day, asked.sex), self.dice.between(20, 59))
    }

    fn date(&mut self, day: NaiveDate, [other, missing]: [u32; 2]) -> String {
        if self.dice.chance(missing) {
            return String::new();
        }
        let written = if self.dice.chance(other) { self.wrong_date(day) } else { day };
        written.to_string()
    }

    /// A date as it gets wrong: some days off, day and month swapped, another year, or the day of those who know none.
    fn wrong_date(&mut self, day: NaiveDate) -> NaiveDate {
        let wrong = match self.dice.below(100) {
            0..=49 => Some(self.near_day(day)),
            50..=64 => NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()),
            65..=84 => {
                let years = self.dice.weigh(&[(1, 500), (2, 250), (10, 250)]) * if self.dice.chance(500) { 1 } else { -1 };
                day.with_year(day.year() + years)
            }
            _ => {
                let (month, first) = self.dice.weigh(&[((12, 31), 3), ((7, 1), 3), ((1, 1), 4)]);
                NaiveDate::from_ymd_opt(day.year(), month, first)
            }
        };
        wrong.filter(|wrong| *wrong != day).unwrap_or_else(|| self.near_day(day))
    }

    fn near_day(&mut self, day: NaiveDate) -> NaiveDate {
        let off = Days::new(u64::from(self.dice.weigh(&[(1_u32, 6), (2, 6), (3, 2), (4, 2), (5, 1), (9, 3), (10, 4)])));
        if self.dice.chance(500) { day + off } else { day - off }
    }

    fn village(&mut self, village: &str, families: &[Household], [other, missing]: [u32; 2]) -> String {
        if self.dice.chance(missing) {
            return String::new();
        }
        let another = self.dice.pick(families).and_then(|family| family.people.first()).map(|head| head.hearth.village.clone());
        another.filter(|_| self.dice.chance(other)).unwrap_or_else(|| village.to_owned())
    }

    fn mother(&mut self, mother: &str, [missing, spelling]: [u32; 2]) -> String {
        if self.dice.chance(missing) {
            return String::new();
        }
        let wear = Wear { spelling, slip: 30, shorter: 60, ornament: 0, typography: 0 };
        written(&mut self.dice, mother, Sex::Female, wear)
    }
}

/// Keeps so many families of a long row of them, each as likely as the other (Vitter's algorithm R).
#[derive(Debug)]
pub struct Keeper {
    dice: Dice,
    room: usize,
    seen: u32,
    /// The kept.
    pub families: Vec<Household>,
}

impl Keeper {
    /// Room for so many.
    pub fn new(seed: u64, room: usize) -> Self {
        Self { dice: Dice::new(seed, 3), room, seen: 0, families: Vec::new() }
    }

    /// Shows a family, which may be kept in another's place.
    pub fn show(&mut self, family: &Household) {
        self.seen += 1;
        if self.families.len() < self.room {
            self.families.push(family.clone());
            return;
        }
        let at = usize::try_from(self.dice.below(self.seen)).unwrap_or(usize::MAX);
        if let Some(place) = self.families.get_mut(at) {
            *place = family.clone();
        }
    }
}
