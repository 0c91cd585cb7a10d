//! The linkage model of an office: counted and learned from the registers as they are now whenever a release moves their rows, kept
//! with the office, read once a process and version.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::candidates;
use crate::clock::new_id;
use crate::domain::linkage::{Candidate, Frequencies, Lesson, Model, PersonRecord, learn};
use crate::domain::region::RegionCode;
use crate::store::{DbConn, StoreError, Tx, match_model, register};

/// Register rows the model learns from: enough that their twice entered people show how names are written. Smaller registers have too
/// few of them to teach anything but counts.
const LESSON_ROWS: usize = 4_000;
/// Written people of a batch the model learns from; more teach nothing new.
const LESSON_PEOPLE: usize = 4_000;
/// Models kept in memory at once; one office has one.
const SHELF_MAX: usize = 8;

/// Models read so far, by version.
static SHELF: Mutex<BTreeMap<String, Arc<Model>>> = Mutex::new(BTreeMap::new());

/// The office's model; before any register was taken in, experience without counts.
///
/// # Errors
/// [`StoreError`].
pub fn of_office(conn: &mut DbConn, office: &RegionCode) -> Result<Arc<Model>, StoreError> {
    let Some(version) = match_model::version(conn, office)? else { return Ok(Arc::new(Model::prior(Frequencies::default()))) };
    if let Some(known) = SHELF.lock().unwrap_or_else(PoisonError::into_inner).get(&version) {
        return Ok(Arc::clone(known));
    }
    let model = Arc::new(match_model::load(conn, office)?);
    let mut shelf = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    if shelf.len() >= SHELF_MAX {
        shelf.clear();
    }
    shelf.insert(version, Arc::clone(&model));
    Ok(model)
}

/// Counts the rows of all sources as they are now, learns how names are written from people on two rows, and keeps the model.
///
/// # Errors
/// [`StoreError`].
pub fn learn_registers(tx: &mut Tx<'_>, office: &RegionCode, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut census = Census::of_about(usize::try_from(register::size(tx, office)?).unwrap_or(usize::MAX));
    register::each(tx, office, |row| census.add(row))?;
    let rows = census.seen;
    let model = census.learn(tx, office)?;
    match_model::put(tx, office, &new_id(), now, rows, &model)
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
        let rows = candidates::of_person(conn, office, person)?;
        batch.push((person.clone(), rows.into_iter().map(|row| row.record).collect()));
    }
    Ok(learn(model, &batch, Lesson::Written))
}

/// Counts a register and keeps some rows of it to learn from.
struct Census {
    frequencies: Frequencies,
    every: usize,
    seen: usize,
    sample: Vec<Candidate>,
}

impl Census {
    fn of_about(rows: usize) -> Self {
        Self { frequencies: Frequencies::default(), every: (rows / LESSON_ROWS).max(1), seen: 0, sample: Vec::new() }
    }

    fn add(&mut self, row: Candidate) {
        self.frequencies.add(&row.record);
        if self.seen.is_multiple_of(self.every) {
            self.sample.push(row);
        }
        self.seen += 1;
    }

    fn learn(self, conn: &mut DbConn, office: &RegionCode) -> Result<Model, StoreError> {
        let prior = Model::prior(self.frequencies);
        if self.seen < LESSON_ROWS {
            return Ok(prior);
        }
        let mut batch = Vec::with_capacity(self.sample.len());
        for row in self.sample {
            let others = candidates::of_person(conn, office, &row.record)?.into_iter().filter(|other| other.row != row.row);
            batch.push((row.record, others.map(|other| other.record).collect()));
        }
        Ok(learn(&prior, &batch, Lesson::Register))
    }
}
