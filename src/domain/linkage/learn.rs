//! Learning error rates without labels, by expectation and maximisation.
//!
//! Each step asks how likely each row is the person under the present rates (E), then counts the levels of all rows by
//! that likelihood (M). The present rates count as [`PRIOR_PEOPLE`] people seen before, so that a handful of pairs, or a batch full
//! of namesakes, moves them little.
#![expect(clippy::float_arithmetic, reason = "expected counts and shares; nothing is paid or counted by them")]

use super::decide::{Shares, weigh_all};
use super::model::{Errors, Model, Presence};
use super::record::PersonRecord;
use super::weigh::{Query, Weighed};

/// How many people the error model counts for.
const PRIOR_PEOPLE: f64 = 300.0;
/// Steps of EM; the rates stand still after four or five.
const STEPS: usize = 6;
/// Rows below this share teach nothing.
const SHARE_MIN: f64 = 1e-3;

/// What a batch can teach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    /// The register's own people on two rows: how names are written. Dates, villages and numbers of such rows were copied, not asked
    /// again, and say nothing about what a family tells.
    Register,
    /// Written people: everything, and how many of them are residents.
    Written,
}

/// Learns from written people, each with the rows that could be them.
pub fn learn(prior: &Model, batch: &[(PersonRecord, Vec<PersonRecord>)], lesson: Lesson) -> Model {
    let weigh = |(person, rows): &(PersonRecord, Vec<PersonRecord>)| weigh_all(prior, &Query::of(person), &rows.iter().collect::<Vec<_>>());
    let mut pairs: Vec<Vec<Weighed>> = batch.iter().map(weigh).collect();
    let begin = lesson.begin(prior);
    let mut model = begin.clone();
    for _step in 0..STEPS {
        let mut counts = Counts::of(&begin);
        for rows in &mut pairs {
            for row in rows.iter_mut() {
                row.reweigh(&model);
            }
            counts.add(&Shares::of(&model, rows), rows);
        }
        model = lesson.taken_from(counts.model(&model), &begin);
    }
    Model { presence: if lesson == Lesson::Register { prior.presence } else { model.presence }, ..model }
}

impl Lesson {
    /// Few of a register's people stand in it once more, and those dates and numbers were copied; relatives, twins and neighbours are many.
    fn begin(self, prior: &Model) -> Model {
        let mut model = prior.clone();
        if self == Self::Register {
            model.presence = Presence { resident: 0.01, kin: 0.45, namesake: 0.04, stranger: 0.50 };
        }
        model
    }

    /// What the counts may change. Two rows of a register show how one name is written twice, never that one person has two names.
    fn taken_from(self, learned: Model, begin: &Model) -> Model {
        match self {
            Self::Written => learned,
            Self::Register => {
                let mut model = begin.clone();
                model.errors.name = among_alike(learned.errors.name, begin.errors.name);
                model.errors.mother = among_alike(learned.errors.mother, begin.errors.mother);
                model
            }
        }
    }
}

/// The learned shares of the levels that are alike, and of different names the share there was.
fn among_alike(learned: [f64; 6], before: [f64; 6]) -> [f64; 6] {
    let ([.., of_learned], [.., different]) = (learned, before);
    let scale = (1.0 - different) / (1.0 - of_learned);
    let mut shares = learned.map(|share| share * scale);
    if let Some(last) = shares.last_mut() {
        *last = different;
    }
    shares
}

/// Expected counts by level.
struct Counts {
    errors: Errors,
    presence: Presence,
}

impl Counts {
    fn of(prior: &Model) -> Self {
        let Presence { resident, kin, namesake, stranger } = prior.presence;
        let mut counts = Self {
            errors: prior.errors.clone(),
            presence: Presence {
                resident: resident * PRIOR_PEOPLE,
                kin: kin * PRIOR_PEOPLE,
                namesake: namesake * PRIOR_PEOPLE,
                stranger: stranger * PRIOR_PEOPLE,
            },
        };
        counts.tables().into_iter().flatten().for_each(|level| *level *= PRIOR_PEOPLE);
        counts
    }

    fn tables(&mut self) -> [&mut [f64]; 7] {
        let Errors { name, mother, birth, village, nik, sex, card } = &mut self.errors;
        [name, mother, birth, village, nik, sex, card]
    }

    fn add(&mut self, shares: &Shares, rows: &[Weighed]) {
        self.presence.resident += shares.rows.iter().sum::<f64>();
        self.presence.kin += shares.kin;
        self.presence.namesake += shares.namesake;
        self.presence.stranger += shares.stranger;
        for (share, row) in shares.rows.iter().zip(rows).filter(|(share, _)| **share >= SHARE_MIN) {
            let outcomes = &row.outcomes;
            let places = [
                outcomes.name.place(),
                outcomes.mother.place(),
                outcomes.birth.place(),
                outcomes.village.place(),
                outcomes.nik.counted_place(),
                outcomes.same_sex.map(|same| usize::from(!same)),
                outcomes.card.place(),
            ];
            for (table, place) in self.tables().into_iter().zip(places) {
                if let Some(count) = place.and_then(|place| table.get_mut(place)) {
                    *count += share;
                }
            }
        }
    }

    fn model(mut self, before: &Model) -> Model {
        for table in self.tables() {
            let all: f64 = table.iter().sum();
            for count in table.iter_mut() {
                *count /= all;
            }
        }
        Model { frequencies: before.frequencies.clone(), errors: self.errors, presence: self.presence.whole() }
    }
}

impl Presence {
    /// The same shares, adding up to 1.
    fn whole(self) -> Self {
        let Self { resident, kin, namesake, stranger } = self;
        let all = resident + kin + namesake + stranger;
        Self { resident: resident / all, kin: kin / all, namesake: namesake / all, stranger: stranger / all }
    }
}
