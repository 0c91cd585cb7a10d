//! Finding written people in the register: candidates by key from the store, the decision by the domain.

use std::collections::BTreeMap;

use crate::domain::linkage::{Found, Frequencies, Lesson, Model, PersonRecord, Query, find, learn, match_keys};
use crate::domain::region::RegionCode;
use crate::store::{DbConn, StoreError, register};

/// Register rows the model learns from: enough that their twice entered people show how names are written.
const LESSON_ROWS: usize = 4_000;
/// Written people of a batch the model learns from; more teach nothing new.
const LESSON_PEOPLE: usize = 4_000;
/// A family card with more people is a home or a fault, not a family.
const FAMILY_MAX: usize = 30;

/// Every register row that could be a written person, each once, by its id in its source.
pub type Candidates = BTreeMap<String, PersonRecord>;

/// Who a written person is.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Ids of the person's rows, the best first; empty if nobody is sure enough.
    pub register_ids: Vec<String>,
    /// Probability that they are the person.
    pub probability: f64,
}

/// Looks up who could be a written person: by blocking keys, by the NIK, and on the family card of the NIK's owner.
///
/// # Errors
/// [`StoreError`].
pub fn candidates(conn: &mut DbConn, office: &RegionCode, person: &PersonRecord) -> Result<Candidates, StoreError> {
    let by_key = register::candidates(conn, office, &match_keys(person), 300)?;
    let mut found: Candidates = by_key.into_iter().map(|row| (row.register_id, row.record)).collect();
    let Some(nik) = &person.nik else { return Ok(found) };
    for owner in register::by_nik(conn, office, nik)? {
        let family = match &owner.family_card {
            Some(card) => register::by_family_card(conn, office, card)?,
            None => Vec::new(),
        };
        found.extend(family.into_iter().take(FAMILY_MAX).map(|row| (row.register_id.clone(), register::record(&row))));
        found.insert(owner.register_id.clone(), register::record(&owner));
    }
    Ok(found)
}

/// Decides who a written person is.
///
/// # Errors
/// [`StoreError`].
pub fn answer(conn: &mut DbConn, office: &RegionCode, model: &Model, person: &PersonRecord) -> Result<Answer, StoreError> {
    let rows = candidates(conn, office, person)?;
    let records: Vec<&PersonRecord> = rows.values().collect();
    let found: Found = find(model, &Query::of(person), &records);
    let ids: Vec<&String> = rows.keys().collect();
    let register_ids = found.linked().iter().filter_map(|at| ids.get(*at)).map(|id| (*id).clone()).collect();
    Ok(Answer { register_ids, probability: found.probability })
}

/// Counts a register while it is read, and keeps some rows of it to learn from.
#[derive(Debug)]
pub struct Census {
    frequencies: Frequencies,
    every: usize,
    seen: usize,
    sample: Vec<(String, PersonRecord)>,
}

impl Census {
    /// A census of a register of about so many rows.
    pub fn of_about(rows: usize) -> Self {
        Self { frequencies: Frequencies::default(), every: (rows / LESSON_ROWS).max(1), seen: 0, sample: Vec::new() }
    }

    /// Counts one more row.
    pub fn add(&mut self, register_id: &str, row: PersonRecord) {
        self.frequencies.add(&row);
        if self.seen.is_multiple_of(self.every) {
            self.sample.push((register_id.to_owned(), row));
        }
        self.seen += 1;
    }

    /// Learns from the register itself, which must be in the store by now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn learn(self, conn: &mut DbConn, office: &RegionCode) -> Result<Model, StoreError> {
        let mut batch = Vec::with_capacity(self.sample.len());
        for (register_id, row) in self.sample {
            let mut others = candidates(conn, office, &row)?;
            others.remove(&register_id);
            batch.push((row, others.into_values().collect()));
        }
        Ok(learn(&Model::prior(self.frequencies), &batch, Lesson::Register))
    }
}

/// Learns from the written people of a batch themselves, without being told who they are.
///
/// # Errors
/// [`StoreError`].
pub fn learn_from_batch<'a>(
    conn: &mut DbConn,
    office: &RegionCode,
    model: &Model,
    people: impl ExactSizeIterator<Item = &'a PersonRecord>,
) -> Result<Model, StoreError> {
    let every = (people.len() / LESSON_PEOPLE).max(1);
    let mut batch = Vec::new();
    for person in people.step_by(every) {
        batch.push((person.clone(), candidates(conn, office, person)?.into_values().collect()));
    }
    Ok(learn(model, &batch, Lesson::Written))
}
