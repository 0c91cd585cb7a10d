//! Who in the register the deceased is.
//!
//! The office's own rule comes first: a row with the claimed NIK whose name agrees is the deceased ([`name_of_nik`] says when a name
//! agrees), unless it is only a variant and all else is surely another row's. Everything else is weighed by the linkage engine, with what a claim knows and a list does not: the family cards of the
//! claim and of its heir, and a damaged number. A row is taken from [`TAKE_FROM`] on. A row of another name is never the deceased,
//! neither is a row whose number is claimed under another name, nor one of another mother or birthday without a family card or a number that nearly
//! agrees; an officer's answer goes before all of it.

use super::answers::{IdentityAnswer, Sameness, says};
use super::person::{FoundBy, Likeness, Person, claimed_person, family_cards, name_of_nik};
use crate::domain::claim::{ClaimContent, Deceased};
use crate::domain::identity::{NameLikeness, Nik, compare_names};
use crate::domain::linkage::{
    BirthLevel, Candidate, CardLevel, Found, Model, NameLevel, NikLevel, Outcomes, PersonRecord, Query, Weighed, choose, explain,
    is_likely, same_person, weigh_all,
};
use crate::domain::register::Resident;

/// From this probability on a row without the claimed NIK is the deceased.
///
/// Higher than [`LINK_FROM`](crate::domain::linkage::LINK_FROM) of a list: here a row that is taken speaks for the whole claim, and one that
/// is not is still shown to the verifier. Among claims with two and three worn fields a bar of 0.6 finds hardly anybody more, and
/// takes several times as many namesakes.
pub const TAKE_FROM: f64 = 0.9;
/// From this probability on a row that was not taken is shown beside the claim.
const RIVAL_FROM: f64 = 0.02;
/// Most register rows shown beside a claim that none of them was taken for.
const RIVALS_MAX: usize = 3;
/// The family's own entry goes before the one somebody else added under this word.
const ADDED_ROLE: &str = "FAMILI LAIN";

/// What was seen among the candidates: places in their list.
#[derive(Debug, Clone, Default)]
pub struct Sighting {
    taken: Vec<usize>,
    found_by: Option<FoundBy>,
    numbered: Vec<usize>,
    rivals: Vec<usize>,
    certainty: Option<u16>,
    likeness: Vec<(usize, Likeness)>,
}

impl Sighting {
    /// Every candidate whose content is needed, each once.
    pub fn places(&self) -> Vec<usize> {
        self.likeness.iter().map(|(at, _)| *at).collect()
    }

    /// The person and the rivals; `row` gives the content of a candidate.
    pub fn told(self, row: impl Fn(usize) -> Option<Resident>) -> (Person, Vec<Resident>) {
        let rows = |places: &[usize]| places.iter().filter_map(|at| row(*at)).collect::<Vec<_>>();
        let share = |id: &str| self.likeness.iter().find(|(_, likeness)| likeness.register_id == id).map_or(0, |(_, l)| l.certainty);
        let mut own = rows(&self.taken);
        if own.len() > 1 && self.certainty.is_some() {
            own.sort_by_key(|row| (std::cmp::Reverse(share(&row.register_id)), row.family_role == ADDED_ROLE));
        }
        let (nik_rows, rivals) = (rows(&self.numbered), rows(&self.rivals));
        let likeness = self.likeness.into_iter().map(|(_, likeness)| likeness).collect();
        (Person { rows: own, found_by: self.found_by, nik_rows, certainty: self.certainty, likeness }, rivals)
    }
}

/// Finds the deceased among the rows that could be them, going by the officers' answers.
pub fn identify(
    model: &Model,
    content: &ClaimContent,
    candidates: &[Candidate],
    heir_rows: &[Resident],
    answers: &[IdentityAnswer],
) -> Sighting {
    let deceased = &content.deceased;
    let person = claimed_person(deceased);
    let query = Query::of(&person).with_cards(family_cards(content, heir_rows)).with_damaged_number(&deceased.nik.written);
    let records: Vec<&PersonRecord> = candidates.iter().map(|candidate| &candidate.record).collect();
    let weighed = weigh_all(model, &query, &records);
    let search = Search { model, deceased, candidates, records: &records, weighed: &weighed, answers };
    search.sighting()
}

/// One search: the claim, the rows and what the engine says of each.
struct Search<'a> {
    model: &'a Model,
    deceased: &'a Deceased,
    candidates: &'a [Candidate],
    records: &'a [&'a PersonRecord],
    weighed: &'a [Weighed],
    answers: &'a [IdentityAnswer],
}

impl Search<'_> {
    fn sighting(&self) -> Sighting {
        let number = self.deceased.nik.number.as_ref();
        let numbered: Vec<usize> = self.places(|candidate| is_numbered(number, candidate));
        let refused: Vec<usize> = self.places(|candidate| says(self.answers, candidate, Sameness::Other));
        let kept = self.choose(|at| !refused.contains(&at));
        let (taken, found_by, certainty) = self.taken();
        let mut rivals: Vec<usize> = self.places(|_any| true);
        // A row that an officer refused stays in sight, so that the answer can be changed.
        rivals.retain(|at| share(&kept, *at) >= RIVAL_FROM || refused.contains(at));
        rivals.retain(|at| !taken.contains(at) && !numbered.contains(at));
        rivals.sort_by(|one, other| share(&kept, *other).total_cmp(&share(&kept, *one)));
        rivals.sort_by_key(|at| !refused.contains(at));
        rivals.truncate(RIVALS_MAX.max(refused.len()));
        let mut shown: Vec<usize> = taken.iter().chain(&numbered).chain(&rivals).copied().collect();
        shown.sort_unstable();
        shown.dedup();
        let likeness = shown.into_iter().filter_map(|at| Some((at, self.likeness(at, share(&kept, at))?))).collect();
        Sighting { taken, found_by, numbered, rivals, certainty, likeness }
    }

    /// The rows taken, how, and how surely.
    fn taken(&self) -> (Vec<usize>, Option<FoundBy>, Option<u16>) {
        let number = self.deceased.nik.number.as_ref();
        if let Some(at) = self.places(|candidate| says(self.answers, candidate, Sameness::Same)).first() {
            let by_number = self.candidates.get(*at).is_some_and(|candidate| is_numbered(number, candidate));
            return (self.rows_of(*at), Some(if by_number { FoundBy::Nik } else { FoundBy::Evidence }), None);
        }
        let admitted: Vec<bool> = self.candidates.iter().zip(self.weighed).map(|(row, weighed)| self.may_be(row, weighed)).collect();
        let may_be = |at: usize| admitted.get(at).copied().unwrap_or_default();
        let found = self.choose(may_be);
        let named = self.places(|candidate| is_numbered(number, candidate)).into_iter().filter(|at| may_be(*at));
        let best = named.max_by(|one, other| share(&found, *one).total_cmp(&share(&found, *other)));
        if let Some(best) = best.filter(|best| !self.is_relatives(*best, &found)) {
            let rows = self.rows_of(best);
            let certainty = rows.iter().map(|at| thousandths(share(&found, *at))).fold(0, u16::saturating_add);
            return (rows, Some(FoundBy::Nik), Some(certainty.min(1_000)));
        }
        if found.probability >= TAKE_FROM && !self.is_contested(&found) {
            return (found.rows, Some(FoundBy::Evidence), Some(thousandths(found.probability)));
        }
        (Vec::new(), None, None)
    }

    /// Whether a number with a name only nearly the claimed one is a relative's (SUMARTI's for SUMARDI): all else is somebody else's.
    fn is_relatives(&self, at: usize, found: &Found) -> bool {
        let Some(record) = self.records.get(at) else { return false };
        let certain = found.probability >= TAKE_FROM && !found.rows.contains(&at);
        certain && name_of_nik(self.deceased, record) != NameLikeness::Same
    }

    /// Whether the claim names one person and numbers another, and nothing says which slipped: the number is not a slip of the found
    /// row's, not a relative's, and the row stands on no card of the claim or its heir. Then nobody is judged by the row of either.
    fn is_contested(&self, found: &Found) -> bool {
        let number = self.deceased.nik.number.as_ref();
        let has_owner = self.candidates.iter().any(|candidate| is_numbered(number, candidate));
        let explains = |weighed: &Weighed| weighed.outcomes.nik <= NikLevel::Relative || weighed.outcomes.card == CardLevel::Same;
        has_owner && !found.rows.iter().filter_map(|at| self.weighed.get(*at)).any(explains)
    }

    fn choose(&self, may_be: impl Fn(usize) -> bool) -> Found {
        choose(self.model, self.weighed, self.records, may_be)
    }

    /// Whether a row can be taken: no officer said it is another person, and the name agrees.
    fn may_be(&self, candidate: &Candidate, weighed: &Weighed) -> bool {
        let named = if is_numbered(self.deceased.nik.number.as_ref(), candidate) {
            name_of_nik(self.deceased, &candidate.record) != NameLikeness::Different
        } else {
            is_likely(self.model, weighed) && !is_contradicted(weighed) && self.is_alike(candidate, weighed)
        };
        named && !says(self.answers, candidate, Sameness::Other)
    }

    /// Whether the name agrees, by the engine or by the office's comparison; that one is dear, only likely rows are worth it.
    fn is_alike(&self, candidate: &Candidate, weighed: &Weighed) -> bool {
        let likeness = || compare_names(self.deceased.name.as_str(), &candidate.record.name);
        weighed.outcomes.name < NameLevel::Different || likeness() != NameLikeness::Different
    }

    /// A row and the person's others, the row first.
    fn rows_of(&self, at: usize) -> Vec<usize> {
        let Some(own) = self.records.get(at) else { return Vec::new() };
        let is_other = |candidate: &Candidate| !says(self.answers, candidate, Sameness::Other) && same_person(own, &candidate.record);
        std::iter::once(at).chain(self.places(is_other).into_iter().filter(|other| *other != at)).collect()
    }

    fn places(&self, holds: impl Fn(&Candidate) -> bool) -> Vec<usize> {
        self.candidates.iter().enumerate().filter(|(_, candidate)| holds(candidate)).map(|(at, _)| at).collect()
    }

    fn likeness(&self, at: usize, probability: f64) -> Option<Likeness> {
        let (candidate, weighed) = (self.candidates.get(at)?, self.weighed.get(at)?);
        Some(Likeness { register_id: candidate.register_id.clone(), certainty: thousandths(probability), reasons: explain(weighed) })
    }
}

/// Another mother or another birthday, and neither the number nor a family card to explain it: a namesake, until an officer says
/// otherwise.
fn is_contradicted(weighed: &Weighed) -> bool {
    let Outcomes { mother, birth, nik, card, .. } = weighed.outcomes;
    let near_number = matches!(nik, NikLevel::Slip | NikLevel::SerialSlip | NikLevel::TwoSlips | NikLevel::Relative);
    let other = mother == NameLevel::Different || matches!(birth, BirthLevel::YearOnly | BirthLevel::Different);
    other && card != CardLevel::Same && !near_number
}

fn is_numbered(number: Option<&Nik>, candidate: &Candidate) -> bool {
    number.is_some() && candidate.record.nik.as_ref() == number
}

fn share(found: &Found, at: usize) -> f64 {
    found.shares.get(at).copied().unwrap_or_default()
}

/// A probability as a whole number, so that it can be kept, compared and hashed.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "a float has no other way to a whole number; it is held between 0 and 1,000 first"
)]
fn thousandths(probability: f64) -> u16 {
    (probability.clamp(0.0, 1.0) * 1_000.0).round() as u16
}
