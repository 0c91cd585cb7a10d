//! Lists for other programmes: frozen, numbered, each fetching noted.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, count, utc};
use super::dialect::insert_many;
use super::schema::{stop_list_draws, stop_list_rows, stop_lists};
use super::{DbConn, StoreError, Tx};
use crate::domain::region::RegionCode;
use crate::domain::stop_list::{Period, Row, RowKind};

/// A list that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopList {
    /// Id.
    pub id: String,
    /// Short name of the programme.
    pub programme: String,
    /// Running number for that programme.
    pub number: i64,
    /// Days it covers.
    pub period: Period,
    /// Rows that ask to stop.
    pub stops: i64,
    /// Rows that take a stop back.
    pub withdrawals: i64,
    /// Sum of the last four digits of every NIK.
    pub control: i64,
    /// Name of its files without their ending.
    pub name: String,
    /// SHA-256 of the CSV in the file store.
    pub csv_sha256: String,
    /// SHA-256 of the workbook.
    pub xlsx_sha256: String,
    /// Account that made it.
    pub by: String,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// A row of `stop_lists`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = stop_lists)]
struct ListRow {
    id: String,
    office_id: String,
    programme: String,
    number: i64,
    from_on: NaiveDate,
    until_on: NaiveDate,
    stops: i64,
    withdrawals: i64,
    control: i64,
    name: String,
    csv_sha256: String,
    xlsx_sha256: String,
    made_by: String,
    made_at: NaiveDateTime,
}

/// A row of `stop_list_rows`.
#[derive(Insertable)]
#[diesel(table_name = stop_list_rows)]
struct PersonRow {
    list_id: String,
    position: i64,
    office_id: String,
    programme: String,
    claim_id: String,
    kind: String,
}

/// Records a list with its rows.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody stands on an earlier list of the programme.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, list: &StopList, rows: &[Row]) -> Result<(), StoreError> {
    let row = ListRow {
        id: list.id.clone(),
        office_id: office.to_string(),
        programme: list.programme.clone(),
        number: list.number,
        from_on: list.period.from,
        until_on: list.period.until,
        stops: list.stops,
        withdrawals: list.withdrawals,
        control: list.control,
        name: list.name.clone(),
        csv_sha256: list.csv_sha256.clone(),
        xlsx_sha256: list.xlsx_sha256.clone(),
        made_by: list.by.clone(),
        made_at: list.at.naive_utc(),
    };
    diesel::insert_into(stop_lists::table).values(&row).execute(&mut **tx)?;
    let people: Vec<PersonRow> = (1_i64..)
        .zip(rows)
        .map(|(position, row)| PersonRow {
            list_id: list.id.clone(),
            position,
            office_id: office.to_string(),
            programme: list.programme.clone(),
            claim_id: row.claim_id.clone(),
            kind: row.kind.code().to_owned(),
        })
        .collect();
    insert_many!(tx, stop_list_rows::table, people);
    Ok(())
}

/// Who was listed for a programme, and how.
///
/// # Errors
/// [`StoreError`].
pub fn listed(conn: &mut DbConn, office: &RegionCode, programme: &str) -> Result<BTreeSet<(String, RowKind)>, StoreError> {
    let rows: Vec<(String, String)> = stop_list_rows::table
        .filter(stop_list_rows::office_id.eq(office.as_str()))
        .filter(stop_list_rows::programme.eq(programme))
        .select((stop_list_rows::claim_id, stop_list_rows::kind))
        .load(conn)?;
    rows.into_iter()
        .map(|(claim_id, kind)| {
            let kind = RowOf { table: "stop_list_rows", id: &claim_id }.known(RowKind::parse(&kind), "kind")?;
            Ok((claim_id, kind))
        })
        .collect()
}

/// Lists of an office, newest first, each with how often it was fetched.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(StopList, i64)>, StoreError> {
    let rows: Vec<ListRow> = stop_lists::table
        .filter(stop_lists::office_id.eq(office.as_str()))
        .order((stop_lists::made_at.desc(), stop_lists::id.desc()))
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            let draws = stop_list_draws::table.filter(stop_list_draws::list_id.eq(&row.id)).count().get_result(conn)?;
            Ok((into_list(row), draws))
        })
        .collect()
}

/// A list of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<StopList, StoreError> {
    Ok(into_list(stop_lists::table.find(id).filter(stop_lists::office_id.eq(office.as_str())).first(conn)?))
}

/// The newest list of a programme.
///
/// # Errors
/// [`StoreError`].
pub fn newest(conn: &mut DbConn, office: &RegionCode, programme: &str) -> Result<Option<StopList>, StoreError> {
    let own = stop_lists::table.filter(stop_lists::office_id.eq(office.as_str())).filter(stop_lists::programme.eq(programme));
    Ok(own.order(stop_lists::number.desc()).first::<ListRow>(conn).optional()?.map(into_list))
}

/// Notes a fetching and says which one of that form it is, from 1.
///
/// # Errors
/// [`StoreError`].
pub fn note_draw(tx: &mut Tx<'_>, list_id: &str, form: &str, by: &str, at: DateTime<Utc>) -> Result<i64, StoreError> {
    let earlier: i64 = stop_list_draws::table
        .filter(stop_list_draws::list_id.eq(list_id))
        .filter(stop_list_draws::form.eq(form))
        .count()
        .get_result(&mut **tx)?;
    let copy = earlier.saturating_add(1);
    diesel::insert_into(stop_list_draws::table)
        .values((
            stop_list_draws::list_id.eq(list_id),
            stop_list_draws::form.eq(form),
            stop_list_draws::copy.eq(copy),
            stop_list_draws::drawn_by.eq(by),
            stop_list_draws::drawn_at.eq(at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(copy)
}

/// Number of rows as the database counts them.
pub fn rows(n: usize) -> i64 {
    count(n)
}

fn into_list(row: ListRow) -> StopList {
    StopList {
        period: Period { from: row.from_on, until: row.until_on },
        at: utc(row.made_at),
        id: row.id,
        programme: row.programme,
        number: row.number,
        stops: row.stops,
        withdrawals: row.withdrawals,
        control: row.control,
        name: row.name,
        csv_sha256: row.csv_sha256,
        xlsx_sha256: row.xlsx_sha256,
        by: row.made_by,
    }
}
