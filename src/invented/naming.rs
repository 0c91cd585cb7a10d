//! Names as they are given: one word among the old, three among the young, and titles of those who have them.

use super::dice::Dice;
use super::words::Words;
use crate::domain::identity::Sex;

/// How many words a name has, per thousand, by cohort of birth: (one, two); the rest has three.
const LENGTHS: [(u32, u32); 4] = [(730, 255), (450, 500), (153, 697), (18, 512)];

const HEADS: [&str; 20] = [
    "SU", "KAR", "WAR", "TAR", "DAR", "KAS", "RAS", "CAS", "SAR", "NGA", "WAS", "TAS", "MUL", "TUK", "JU", "RUS", "SOL", "MAR", "SUK",
    "PON",
];
const TAILS_MALE: [&str; 14] = ["MAN", "NO", "DI", "MIN", "TONO", "YONO", "JO", "MADI", "WADI", "SONO", "MIDI", "SIDI", "KIMAN", "MUDI"];
const TAILS_FEMALE: [&str; 12] = ["INAH", "IYEM", "INI", "TI", "IYAH", "IRAH", "TINI", "NINGSIH", "IYATI", "MINAH", "TUN", "SINAH"];

/// Cohort of a year of birth: before 1960, before 1980, before 2000, later.
pub fn cohort(year: i32) -> usize {
    [1960, 1980, 2000].iter().filter(|bound| year >= **bound).count()
}

/// A name for somebody born in this year, without titles.
pub fn given_name(words: &Words, dice: &mut Dice, sex: Sex, year: i32) -> String {
    let cohort = cohort(year);
    let (one, two) = LENGTHS.get(cohort).copied().unwrap_or((0, 1000));
    let length = dice.below(1000);
    if length < one {
        return only_word(words, dice, sex, cohort);
    }
    let first = words.name(dice, sex, cohort, "first").to_owned();
    let second = match words.following(dice, sex, &first) {
        Some(word) if dice.chance(850) => word.to_owned(),
        _ => words.name(dice, sex, cohort, "later").to_owned(),
    };
    if length < one + two { format!("{first} {second}") } else { format!("{first} {second} {}", words.name(dice, sex, cohort, "later")) }
}

fn only_word(words: &Words, dice: &mut Dice, sex: Sex, cohort: usize) -> String {
    if cohort > 1 || dice.chance(750) {
        return words.name(dice, sex, cohort, "only").to_owned();
    }
    let tails: &[&str] = if sex == Sex::Male { &TAILS_MALE } else { &TAILS_FEMALE };
    format!("{}{}", dice.pick(&HEADS).unwrap_or(&"SU"), dice.pick(tails).unwrap_or(&"NO"))
}

/// The name as the register has it: some carry H./HJ. or a degree.
pub fn with_titles(dice: &mut Dice, name: &str, sex: Sex, age: i32) -> String {
    let mut titled = name.to_owned();
    if age >= 45 && dice.chance(14) {
        titled = format!("{} {titled}", if sex == Sex::Male { "H." } else { "HJ." });
    }
    if age >= 23 && dice.chance(25) {
        let degree = dice.weigh(&[("S.PD.I", 21), ("S.SOS", 16), ("S.E.", 15), ("A.MA.PD", 11), ("S.PD.", 10), ("S.PD", 9)]);
        titled = format!("{titled}, {degree}");
    }
    titled
}
