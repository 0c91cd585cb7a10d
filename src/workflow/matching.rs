//! Finding the people of a list in the register: candidates from the store, the decision by the domain.

use super::candidates;
use crate::domain::linkage::{Model, PersonRecord, Query, find};
use crate::domain::region::RegionCode;
use crate::store::{DbConn, StoreError};

/// Who a written person is.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Ids of the person's rows, the best first; empty if nobody is sure enough.
    pub register_ids: Vec<String>,
    /// Probability that they are the person.
    pub probability: f64,
}

/// Decides who a written person is.
///
/// # Errors
/// [`StoreError`].
pub fn answer(conn: &mut DbConn, office: &RegionCode, model: &Model, person: &PersonRecord) -> Result<Answer, StoreError> {
    let rows = candidates::of_person(conn, office, person)?;
    let records: Vec<&PersonRecord> = rows.iter().map(|row| &row.record).collect();
    let found = find(model, &Query::of(person), &records);
    let register_ids = found.linked().iter().filter_map(|at| rows.get(*at)).map(|row| row.register_id.clone()).collect();
    Ok(Answer { register_ids, probability: found.probability })
}
