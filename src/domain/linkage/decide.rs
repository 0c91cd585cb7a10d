//! From weights to a probability and an answer.
#![expect(clippy::float_arithmetic, reason = "probabilities; nothing is paid or counted by them")]

use super::birth::{BirthLevel, compare_births};
use super::model::Model;
use super::name_form::{NameForm, NameLevel};
use super::record::PersonRecord;
use super::weigh::{Query, Weighed, weigh};

/// From this probability on the rows are taken for the person.
///
/// Fixed beforehand: the threshold with the best F1 of calibrated probabilities is half the F1 one can reach (Lipton and others 2014), and
/// a link that is doubtful is seen by an officer while one that was not made is seen by nobody.
pub const LINK_FROM: f64 = 0.4;

/// What was found for one written person.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Places of the likeliest person's rows among the candidates, the best first. Empty only without candidates.
    pub rows: Vec<usize>,
    /// Probability that these rows are the written person.
    pub probability: f64,
    /// Every candidate weighed, in the candidates' order.
    pub weighed: Vec<Weighed>,
}

impl Found {
    /// The rows, if they are sure enough to be linked.
    pub fn linked(&self) -> &[usize] {
        if self.probability >= LINK_FROM { &self.rows } else { &[] }
    }
}

/// Finds the written person among candidate rows.
pub fn find(model: &Model, query: &Query<'_>, candidates: &[&PersonRecord]) -> Found {
    let weighed = weigh_all(model, query, candidates);
    let shares = Shares::of(model, &weighed);
    let best = shares.rows.iter().enumerate().max_by(|(_, one), (_, other)| one.total_cmp(other));
    let Some((at, person)) = best.and_then(|(at, _)| candidates.get(at).map(|row| (at, *row))) else { return Found::default() };
    let of_person = candidates.iter().zip(&shares.rows).enumerate().filter(|(i, (row, _))| *i == at || same_person(person, row));
    let mut rows: Vec<(usize, f64)> = of_person.map(|(i, (_, share))| (i, *share)).collect();
    rows.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let probability = rows.iter().map(|(_, share)| share).sum();
    Found { rows: rows.into_iter().map(|(i, _)| i).collect(), probability, weighed }
}

/// Weighs every candidate.
pub(super) fn weigh_all(model: &Model, query: &Query<'_>, candidates: &[&PersonRecord]) -> Vec<Weighed> {
    let owner = candidates.iter().find(|row| row.nik.is_some() && row.nik == query.person.nik);
    let card = owner.and_then(|row| row.family_card.as_ref());
    candidates.iter().map(|row| weigh(model, query, row, card.is_some() && row.family_card.as_ref() == card)).collect()
}

/// How the one probability of 1 is shared out among rows and stories.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    pub(super) rows: Vec<f64>,
    pub(super) kin: f64,
    pub(super) namesake: f64,
    pub(super) stranger: f64,
}

impl Shares {
    pub(super) fn of(model: &Model, weighed: &[Weighed]) -> Self {
        let all = model.frequencies.rows();
        let presence = &model.presence;
        let rows: Vec<f64> = weighed.iter().map(|row| presence.resident / all * row.total().exp()).collect();
        let kin: f64 = weighed.iter().map(|row| presence.kin / all * row.stories.kin.exp()).sum();
        let namesake: f64 = weighed.iter().map(|row| presence.namesake / all * row.stories.namesake.exp()).sum();
        let whole = rows.iter().sum::<f64>() + kin + namesake + presence.stranger;
        Self {
            rows: rows.into_iter().map(|share| share / whole).collect(),
            kin: kin / whole,
            namesake: namesake / whole,
            stranger: presence.stranger / whole,
        }
    }
}

/// Whether two rows are one person entered twice: birth date, sex and name agree, and the mother or the NIK as well.
pub fn same_person(one: &PersonRecord, other: &PersonRecord) -> bool {
    if compare_births(one.born_on, other.born_on) != BirthLevel::Equal || one.sex != other.sex {
        return false;
    }
    let alike = |one: &str, other: &str| NameForm::of(one).fit(&NameForm::of(other)).level < NameLevel::Different;
    alike(&one.name, &other.name) && (alike(&one.mother, &other.mother) || (one.nik.is_some() && one.nik == other.nik))
}
