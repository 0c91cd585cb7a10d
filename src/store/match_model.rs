//! The linkage model of an office, as it was last learned.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, count, to_json};
use super::schema::match_models;
use super::{DbConn, StoreError, Tx};
use crate::domain::linkage::Model;
use crate::domain::region::RegionCode;

const TABLE: &str = "match_models";

/// Puts a newly learned model in the place of the office's former one.
///
/// # Errors
/// [`StoreError`].
pub fn put(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    version: &str,
    learned_at: DateTime<Utc>,
    rows: usize,
    model: &Model,
) -> Result<(), StoreError> {
    diesel::delete(match_models::table.find(office.as_str())).execute(&mut **tx)?;
    let content = to_json(model, TABLE, version)?;
    diesel::insert_into(match_models::table)
        .values((
            match_models::office_id.eq(office.as_str()),
            match_models::version.eq(version),
            match_models::learned_at.eq(learned_at.naive_utc()),
            match_models::row_count.eq(count(rows)),
            match_models::content.eq(content),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The version of the office's model; none before a register was taken in.
///
/// # Errors
/// [`StoreError`].
pub fn version(conn: &mut DbConn, office: &RegionCode) -> Result<Option<String>, StoreError> {
    Ok(match_models::table.find(office.as_str()).select(match_models::version).get_result(conn).optional()?)
}

/// The office's model.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be read, or any other [`StoreError`].
pub fn load(conn: &mut DbConn, office: &RegionCode) -> Result<Model, StoreError> {
    let text: String = match_models::table.find(office.as_str()).select(match_models::content).get_result(conn)?;
    RowOf { table: TABLE, id: office.as_str() }.json(&text)
}
