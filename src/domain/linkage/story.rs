//! The two ways in which somebody absent resembles a resident more than chance: kin and namesakes.
#![expect(clippy::float_arithmetic, reason = "logarithms of likelihood ratios add up")]

use chrono::Datelike;

use super::birth::BirthLevel;
use super::chance::CARD_PEOPLE;
use super::model::Model;
use super::name_form::NameLevel;
use super::number::NikLevel;
use super::record::PersonRecord;
use super::weigh::{CardLevel, Outcomes, VillageLevel};

/// How many of the kin that are written down carry a relative's NIK.
const KIN_WITH_RELATIVES_NIK: f64 = 0.1;
/// How many kin and namesakes worth confusing live in one village.
const ONE_VILLAGE: f64 = 0.95;
/// How many kin have one mother.
const ONE_MOTHER: f64 = 0.5;
/// How many kin stand on one family card.
const ONE_CARD: f64 = 0.6;
/// How many people of one family card have names a slip or two apart, named after each other.
const ALIKE_ON_CARD: f64 = 0.03;
/// How many kin are born on one day.
const TWINS: f64 = 0.01;
/// How many namesakes worth confusing are born in one year.
const ONE_YEAR: f64 = 0.3;
/// How many namesakes are written exactly alike, and with a slip or shortened.
const ALIKE: f64 = 0.9;
const NEARLY_ALIKE: f64 = 0.05;
/// A namesake with another name is none.
const NO_NAMESAKE: f64 = -5.0;

/// Likelihoods of the stories of one row against a stranger's, as logarithms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story {
    pub(super) kin: f64,
    pub(super) namesake: f64,
}

pub(super) fn stories(model: &Model, query: &PersonRecord, row: &PersonRecord, outcomes: Outcomes, chances: &[f64; 7]) -> Story {
    let [name, mother, birth, village, _nik, _sex, card] = *chances;
    let place = neighbours(outcomes.village, village);
    Story {
        kin: place
            + same_mother(outcomes.mother, mother)
            + relatives_nik(model, outcomes.nik)
            + twins(outcomes.birth, birth)
            + same_card(outcomes, card, name),
        namesake: place + same_name(outcomes.name, name) + same_year(model, query, row, outcomes.birth),
    }
}

fn neighbours(level: VillageLevel, chance: f64) -> f64 {
    match level {
        VillageLevel::Same => (ONE_VILLAGE / chance).ln(),
        VillageLevel::SameDistrict | VillageLevel::Other => (1.0 - ONE_VILLAGE).ln(),
        VillageLevel::Missing => 0.0,
    }
}

fn same_mother(level: NameLevel, chance: f64) -> f64 {
    match level {
        NameLevel::Missing => 0.0,
        NameLevel::Different => (1.0 - ONE_MOTHER).ln(),
        _ => (ONE_MOTHER / chance).ln(),
    }
}

/// A family on one card is likelier than chance, and so are alike names on it.
fn same_card(outcomes: Outcomes, chance: f64, name_chance: f64) -> f64 {
    let alike = if outcomes.name < NameLevel::Different { (ALIKE_ON_CARD / name_chance).ln().max(0.0) } else { 0.0 };
    match outcomes.card {
        CardLevel::Same => (ONE_CARD / chance).ln() + alike,
        CardLevel::Other => (1.0 - ONE_CARD).ln(),
        CardLevel::Missing => 0.0,
    }
}

fn twins(level: BirthLevel, chance: f64) -> f64 {
    if level == BirthLevel::Equal { (TWINS / chance).ln().max(0.0) } else { 0.0 }
}

fn relatives_nik(model: &Model, level: NikLevel) -> f64 {
    match level {
        NikLevel::Equal | NikLevel::Relative => (KIN_WITH_RELATIVES_NIK / CARD_PEOPLE * model.frequencies.rows()).ln().max(0.0),
        _ => 0.0,
    }
}

fn same_name(level: NameLevel, chance: f64) -> f64 {
    match level {
        NameLevel::Same => (ALIKE / chance).ln(),
        NameLevel::OneSlip | NameLevel::Short => (NEARLY_ALIKE / chance).ln(),
        _ => NO_NAMESAKE,
    }
}

/// Within the year a namesake's day is anybody's.
fn same_year(model: &Model, query: &PersonRecord, row: &PersonRecord, level: BirthLevel) -> f64 {
    let (Some(written), Some(born)) = (query.born_on, row.born_on) else { return 0.0 };
    if level == BirthLevel::Missing || written.year() != born.year() {
        return (1.0 - ONE_YEAR).ln();
    }
    (ONE_YEAR / model.frequencies.year(born)).ln()
}
