//! From weights to a probability and an answer.
#![expect(clippy::float_arithmetic, reason = "probabilities; nothing is paid or counted by them")]

use super::birth::{BirthLevel, compare_births, is_unknown_day};
use super::model::{Model, Presence};
use super::name_form::{NameForm, NameLevel};
use super::number::NikLevel;
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
    /// The share of that probability each candidate has by itself, in the candidates' order.
    pub shares: Vec<f64>,
}

impl Found {
    /// The rows, if they are sure enough to be linked.
    pub fn linked(&self) -> &[usize] {
        if self.probability >= LINK_FROM { &self.rows } else { &[] }
    }
}

/// Finds the written person among candidate rows. A row of another name is nobody's unless its number says so: twins and whoever
/// lived at the same place agree in all the rest.
pub fn find(model: &Model, query: &Query<'_>, candidates: &[&PersonRecord]) -> Found {
    let weighed = weigh_all(model, query, candidates);
    choose(model, &weighed, candidates, |at| weighed.get(at).is_some_and(is_named_or_numbered))
}

fn is_named_or_numbered(row: &Weighed) -> bool {
    row.outcomes.name != NameLevel::Different || row.outcomes.nik <= NikLevel::TwoSlips
}

/// Finds the written person among those weighed candidates that may be them; the others have no share.
pub fn choose(model: &Model, weighed: &[Weighed], candidates: &[&PersonRecord], may_be: impl Fn(usize) -> bool) -> Found {
    let shares = Shares::among(model, weighed, &may_be).rows;
    let best = shares.iter().enumerate().filter(|(at, _)| may_be(*at)).max_by(|(_, one), (_, other)| one.total_cmp(other));
    let Some((at, person)) = best.and_then(|(at, _)| candidates.get(at).map(|row| (at, *row))) else {
        return Found { shares, ..Found::default() };
    };
    let of_person = |at: &usize, row: &PersonRecord| may_be(*at) && same_person(person, row);
    let others = candidates.iter().enumerate().filter(|(other, row)| *other != at && of_person(other, row));
    let mut rows: Vec<(usize, f64)> =
        std::iter::once(at).chain(others.map(|(other, _)| other)).filter_map(|at| Some((at, *shares.get(at)?))).collect();
    rows.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let probability = rows.iter().map(|(_, share)| share).sum();
    Found { rows: rows.into_iter().map(|(i, _)| i).collect(), probability, shares }
}

/// Whether a row has a share worth looking at: at least one in five hundred of a stranger's.
pub fn is_likely(model: &Model, weighed: &Weighed) -> bool {
    let Presence { resident, stranger, .. } = model.presence;
    resident / model.frequencies.rows() * weighed.total().exp() > 0.002 * stranger
}

/// Weighs every candidate.
pub fn weigh_all(model: &Model, query: &Query<'_>, candidates: &[&PersonRecord]) -> Vec<Weighed> {
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
        Self::among(model, weighed, |_any| true)
    }

    fn among(model: &Model, weighed: &[Weighed], may_be: impl Fn(usize) -> bool) -> Self {
        let all = model.frequencies.rows();
        let presence = &model.presence;
        let share = |(at, row): (usize, &Weighed)| if may_be(at) { presence.resident / all * row.total().exp() } else { 0.0 };
        let rows: Vec<f64> = weighed.iter().enumerate().map(share).collect();
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

/// Whether two rows are one person entered twice: the name agrees and the sex does not differ; with the same birth date the mother or
/// the NIK agrees as well, with nearly the same one the NIK. Two numbers with names two slips apart are twins, and so are two on one family
/// card whose names differ at all. Two numbers in two villages with a birth date that stands for an unknown day are two people as soon
/// as a letter of their names differs: the day is that of hundreds, and mothers have few names (SUMARDI, SUKARDI).
pub fn same_person(one: &PersonRecord, other: &PersonRecord) -> bool {
    let level = |one: &str, other: &str| NameForm::of(one).fit(&NameForm::of(other)).level;
    let alike = |one: &str, other: &str| level(one, other) < NameLevel::Different;
    let same_nik = one.nik.is_some() && one.nik == other.nik;
    let two_niks = one.nik.is_some() && other.nik.is_some() && !same_nik;
    let one_card = one.family_card.is_some() && one.family_card == other.family_card;
    let elsewhere = one.village.as_ref().zip(other.village.as_ref()).is_some_and(|(one, other)| one != other);
    let name_within = match two_niks {
        true if one_card || (elsewhere && one.born_on.is_some_and(is_unknown_day)) => NameLevel::OneSlip,
        true => NameLevel::TwoSlips,
        false => NameLevel::Different,
    };
    let other_sex = one.sex.zip(other.sex).is_some_and(|(one, other)| one != other);
    let born = match compare_births(one.born_on, other.born_on) {
        BirthLevel::Equal => same_nik || (!other_sex && alike(&one.mother, &other.mother)),
        BirthLevel::Missing => same_nik,
        level => same_nik && level.is_near(),
    };
    born && !other_sex && level(&one.name, &other.name) < name_within
}
