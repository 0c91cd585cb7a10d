//! Looking up rows. What is found is what each source says now, also of people it no longer has; old contents only by `versions`.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::super::convert::RowOf;
use super::super::dialect::first_rows;
use super::super::schema::residents::dsl;
use super::super::{DbConn, StoreError};
use super::row::ResidentRow;
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::region::RegionCode;
use crate::domain::register::{Resident, Told};

/// Values per `IN (…)`; SQLite takes no more than 32,766 variables, and short lists plan well on both engines.
const PER_QUERY: usize = 500;
/// So few rows are read one by one: a list of unknown length is a new statement each time on SQLite.
const ONE_BY_ONE_MAX: usize = 8;
/// Rows of one family card that are looked at.
const CARD_ROWS_MAX: i64 = 200;

/// How many rows the office's registers have now.
///
/// # Errors
/// [`StoreError`].
pub fn size(conn: &mut DbConn, office: &RegionCode) -> Result<i64, StoreError> {
    let rows = dsl::residents.filter(dsl::office_id.eq(office.as_str())).filter(dsl::superseded_on.is_null());
    Ok(rows.count().get_result(conn)?)
}

/// Rows by their ids, in the order of the ids.
///
/// # Errors
/// [`StoreError`].
pub fn rows(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Resident>, StoreError> {
    Ok(told(conn, ids)?.into_iter().map(|told| told.resident).collect())
}

/// Rows by their ids with their source and time, in the order of the ids.
///
/// # Errors
/// [`StoreError`].
pub fn told(conn: &mut DbConn, ids: &[i64]) -> Result<Vec<Told>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    let (few, many) = if ids.len() <= ONE_BY_ONE_MAX { ids.split_at(ids.len()) } else { ids.split_at(0) };
    for id in few {
        found.extend(dsl::residents.find(id).select(ResidentRow::as_select()).load(conn)?);
    }
    for chunk in many.chunks(PER_QUERY) {
        let rows = dsl::residents.filter(dsl::id.eq_any(chunk)).order(dsl::id).select(ResidentRow::as_select());
        found.extend(rows.load(conn)?);
    }
    found.sort_by_key(|row| row.id);
    found.into_iter().map(ResidentRow::into_told).collect()
}

fn ids_by_niks(conn: &mut DbConn, office: &RegionCode, niks: &[String]) -> Result<Vec<i64>, StoreError> {
    let mut found = Vec::new();
    for chunk in niks.chunks(PER_QUERY) {
        let rows = dsl::residents.filter(dsl::nik.eq_any(chunk)).filter(dsl::office_id.eq(office.as_str()));
        found.extend(rows.filter(dsl::superseded_on.is_null()).select(dsl::id).load::<i64>(conn)?);
    }
    Ok(found)
}

/// Rows with one of these numbers.
///
/// # Errors
/// [`StoreError`].
pub fn by_niks(conn: &mut DbConn, office: &RegionCode, niks: &[String]) -> Result<Vec<Resident>, StoreError> {
    let ids = ids_by_niks(conn, office, niks)?;
    rows(conn, &ids)
}

/// Rows with this NIK.
///
/// # Errors
/// [`StoreError`].
pub fn by_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Resident>, StoreError> {
    // Not by a list of one: this statement stays prepared on both engines.
    let named = dsl::residents.filter(dsl::nik.eq(nik.expose())).filter(dsl::office_id.eq(office.as_str()));
    let found = named.filter(dsl::superseded_on.is_null()).order(dsl::id).select(ResidentRow::as_select()).load(conn)?;
    found.into_iter().map(ResidentRow::into_resident).collect()
}

/// The family cards the registers have for each of these numbers.
///
/// # Errors
/// [`StoreError`].
pub fn cards_of_niks<'a>(
    conn: &mut DbConn,
    office: &RegionCode,
    niks: impl Iterator<Item = &'a Nik>,
) -> Result<HashMap<Nik, Vec<FamilyCard>>, StoreError> {
    let niks: Vec<&str> = niks.map(Nik::expose).collect::<BTreeSet<_>>().into_iter().collect();
    let mut found: HashMap<Nik, Vec<FamilyCard>> = HashMap::new();
    for chunk in niks.chunks(PER_QUERY) {
        let rows = dsl::residents.filter(dsl::nik.eq_any(chunk)).filter(dsl::office_id.eq(office.as_str()));
        let rows = rows.filter(dsl::superseded_on.is_null()).order(dsl::id).select((dsl::nik, dsl::family_card));
        for (nik, card) in rows.load::<(Option<String>, Option<String>)>(conn)? {
            let row = RowOf { table: "residents", id: "" };
            let (nik, card) = (row.nik(nik.as_deref())?, row.family_card(card.as_deref())?);
            if let Some((nik, card)) = nik.zip(card) {
                found.entry(nik).or_default().push(card);
            }
        }
    }
    Ok(found)
}

/// Everybody on a family card.
///
/// # Errors
/// [`StoreError`].
pub fn by_family_card(conn: &mut DbConn, office: &RegionCode, card: &FamilyCard) -> Result<Vec<Resident>, StoreError> {
    let rows = dsl::residents.filter(dsl::family_card.eq(card.expose())).filter(dsl::superseded_on.is_null());
    let rows = rows.filter(dsl::office_id.eq(office.as_str())).order(dsl::id);
    first_rows!(conn, rows.select(ResidentRow::as_select()), CARD_ROWS_MAX, ResidentRow)
        .into_iter()
        .map(ResidentRow::into_resident)
        .collect()
}

/// Every content that any source ever gave under this NIK, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn ever_with_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Told>, StoreError> {
    let rows = dsl::residents.filter(dsl::nik.eq(nik.expose())).filter(dsl::office_id.eq(office.as_str()));
    let rows = rows.order((dsl::seen_from, dsl::id)).select(ResidentRow::as_select()).load(conn)?;
    rows.into_iter().map(ResidentRow::into_told).collect()
}

/// Every content that the row's own source ever gave of the row's person, oldest first; the row itself is one of them.
///
/// # Errors
/// [`StoreError`].
pub fn versions(conn: &mut DbConn, id: i64) -> Result<Vec<Told>, StoreError> {
    let mut of: Vec<(String, String, i64)> = dsl::residents.find(id).select((dsl::office_id, dsl::source, dsl::person)).load(conn)?;
    let Some((office, source, person)) = of.pop() else { return Ok(Vec::new()) };
    let rows = dsl::residents.filter(dsl::person.eq(person)).filter(dsl::office_id.eq(office)).filter(dsl::source.eq(source));
    let rows = rows.order((dsl::seen_from, dsl::id)).select(ResidentRow::as_select()).load(conn)?;
    rows.into_iter().map(ResidentRow::into_told).collect()
}
