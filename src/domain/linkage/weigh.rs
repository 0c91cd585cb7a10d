//! The weight of each field for one row.
#![expect(clippy::float_arithmetic, reason = "weights are logarithms of likelihood ratios; they add up")]

use super::birth::{BirthLevel, compare_births};
use super::chance;
use super::explain::{Field, FieldWeight};
use super::frequency::{DISTRICT_CHARS, NameOf};
use super::model::Model;
use super::name_form::{NameForm, NameLevel};
use super::number::{NikLevel, compare_niks};
use super::record::PersonRecord;
use super::story::{Story, stories};
use crate::domain::identity::{FamilyCard, Nik};

/// A written person, prepared once for comparing with many rows.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    pub(super) person: &'a PersonRecord,
    name: NameForm,
    mother: NameForm,
    cards: Vec<FamilyCard>,
    damaged: Option<String>,
}

impl<'a> Query<'a> {
    /// Prepares a written person.
    pub fn of(person: &'a PersonRecord) -> Self {
        let (name, mother) = (NameForm::of(&person.name), NameForm::of(&person.mother));
        Self { person, name, mother, cards: Vec::new(), damaged: None }
    }

    /// Also with the family cards known of the person: the one written and those their family stands on.
    #[must_use]
    pub fn with_cards(self, mut cards: Vec<FamilyCard>) -> Self {
        cards.sort_unstable();
        cards.dedup();
        Self { cards, ..self }
    }

    /// Also with a number that is no NIK, for example one digit short: it may still be a slip away from one.
    #[must_use]
    pub fn with_damaged_number(self, written: &str) -> Self {
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        Self { damaged: (!digits.is_empty()).then_some(digits), ..self }
    }

    /// The number as written.
    pub(super) fn number(&self) -> Option<&str> {
        self.person.nik.as_ref().map(Nik::expose).or(self.damaged.as_deref())
    }
}

/// How two villages compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VillageLevel {
    /// The same.
    Same,
    /// Another of the same kecamatan.
    SameDistrict,
    /// Elsewhere.
    Other,
    /// One of the two is not given.
    Missing,
}

/// Whether a row stands on a family card known of the written person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardLevel {
    /// On one of them.
    Same,
    /// On another.
    Other,
    /// No card is known of one of the two.
    Missing,
}

/// How each field of a row came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcomes {
    /// Name.
    pub name: NameLevel,
    /// Mother's name.
    pub mother: NameLevel,
    /// Birth date.
    pub birth: BirthLevel,
    /// Village.
    pub village: VillageLevel,
    /// NIK.
    pub nik: NikLevel,
    /// Whether the sex is the same; none if one is not given.
    pub same_sex: Option<bool>,
    /// Family card.
    pub card: CardLevel,
}

/// A row weighed against a written person.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// How the fields came out.
    pub outcomes: Outcomes,
    /// What each field says.
    pub fields: [FieldWeight; 7],
    /// The stories of this row that are not "this is the person", each as a logarithm of its likelihood against a stranger's.
    pub(super) stories: Story,
    /// The chances by field, in the order of `fields`.
    pub(super) chances: [f64; 7],
}

impl Weighed {
    /// Sum of all fields: the logarithm of how much likelier the row is the person than a stranger.
    pub fn total(&self) -> f64 {
        self.fields.iter().map(|field| field.weight).sum()
    }

    /// Weighs the same comparison with another model's error rates.
    pub(super) fn reweigh(&mut self, model: &Model) {
        self.fields = fields(model, self.outcomes, &self.chances);
    }
}

/// Weighs a row. `relative`: the written NIK is somebody else's of the row's family card.
pub(super) fn weigh(model: &Model, query: &Query<'_>, row: &PersonRecord, relative: bool) -> Weighed {
    let frequencies = &model.frequencies;
    let row_name = NameForm::of(&row.name);
    let row_mother = NameForm::of(if query.person.mother.is_empty() { "" } else { &row.mother });
    let (name, mother) = (query.name.fit(&row_name), query.mother.fit(&row_mother));
    let outcomes = Outcomes {
        name: name.level,
        mother: mother.level,
        birth: compare_births(query.person.born_on, row.born_on),
        village: compare_villages(query.person, row),
        nik: compare_niks(query, row, relative),
        same_sex: query.person.sex.zip(row.sex).map(|(one, other)| one == other),
        card: compare_cards(&query.cards, row.family_card.as_ref()),
    };
    let outcomes = Outcomes { nik: if is_borrowed(outcomes) { NikLevel::Other } else { outcomes.nik }, ..outcomes };
    let chances = [
        chance::of_name(frequencies, &name, NameOf::Resident(row.sex)),
        chance::of_name(frequencies, &mother, NameOf::Mother),
        chance::of_birth(frequencies, query.person, row, outcomes.birth),
        chance::of_village(frequencies, row, outcomes.village),
        chance::of_nik(frequencies, outcomes.nik, outcomes.birth),
        0.5,
        chance::of_card(frequencies, query.cards.len(), outcomes.card),
    ];
    let fields = fields(model, outcomes, &chances);
    let stories = stories(model, query.person, row, outcomes, &chances);
    Weighed { outcomes, fields, stories, chances }
}

/// A number whose owner has another name and another birth date was taken from the wrong card: it says nothing for its owner.
fn is_borrowed(outcomes: Outcomes) -> bool {
    outcomes.nik == NikLevel::Equal
        && outcomes.name == NameLevel::Different
        && (BirthLevel::YearOther..=BirthLevel::Different).contains(&outcomes.birth)
}

fn fields(model: &Model, outcomes: Outcomes, chances: &[f64; 7]) -> [FieldWeight; 7] {
    let [name, mother, birth, village, nik, sex, card] = chances;
    let errors = &model.errors;
    let weight = |levels: &[f64], at: Option<usize>, chance: &f64| at.and_then(|at| levels.get(at)).map_or(0.0, |m| (m / chance).ln());
    // A name that agrees has said already what the sex says; only another sex is news. The same of a number that is nobody's.
    let other_sex = outcomes.same_sex.filter(|same| !same).map(|_other| 1);
    let number = Some(outcomes.nik.place()).filter(|_place| outcomes.nik < NikLevel::Other);
    [
        FieldWeight { field: Field::Name, outcome: outcomes.name.word(), weight: weight(&errors.name, outcomes.name.place(), name) },
        FieldWeight {
            field: Field::Mother,
            outcome: outcomes.mother.word(),
            weight: weight(&errors.mother, outcomes.mother.place(), mother),
        },
        FieldWeight { field: Field::Birth, outcome: outcomes.birth.word(), weight: weight(&errors.birth, outcomes.birth.place(), birth) },
        FieldWeight {
            field: Field::Village,
            outcome: outcomes.village.word(),
            weight: weight(&errors.village, outcomes.village.place(), village),
        },
        FieldWeight { field: Field::Nik, outcome: outcomes.nik.word(), weight: weight(&errors.nik, number, nik) },
        FieldWeight {
            field: Field::Sex,
            outcome: if other_sex.is_some() { "other" } else { "same" },
            weight: weight(&errors.sex, other_sex, sex),
        },
        FieldWeight { field: Field::FamilyCard, outcome: outcomes.card.word(), weight: weight(&errors.card, outcomes.card.place(), card) },
    ]
}

fn compare_villages(query: &PersonRecord, row: &PersonRecord) -> VillageLevel {
    let (Some(one), Some(other)) = (&query.village, &row.village) else { return VillageLevel::Missing };
    match one == other {
        true => VillageLevel::Same,
        false if one.as_str().get(..DISTRICT_CHARS) == other.as_str().get(..DISTRICT_CHARS) => VillageLevel::SameDistrict,
        false => VillageLevel::Other,
    }
}

fn compare_cards(known: &[FamilyCard], of_row: Option<&FamilyCard>) -> CardLevel {
    match of_row {
        Some(card) if known.contains(card) => CardLevel::Same,
        Some(_other) if !known.is_empty() => CardLevel::Other,
        _ => CardLevel::Missing,
    }
}

impl CardLevel {
    /// Its place in the error rates; none if there is nothing to compare.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Self::Same => Some(0),
            Self::Other => Some(1),
            Self::Missing => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
            Self::Missing => "missing",
        }
    }
}

impl VillageLevel {
    /// Its place in the error rates; none if there is nothing to compare.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Self::Same => Some(0),
            Self::SameDistrict => Some(1),
            Self::Other => Some(2),
            Self::Missing => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameDistrict => "same_district",
            Self::Other => "other",
            Self::Missing => "missing",
        }
    }
}
