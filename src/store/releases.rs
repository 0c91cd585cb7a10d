//! Releases: which file of which source stands for which day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::count;
use super::schema::{register_gaps, releases};
use super::{DbConn, StoreError, Tx};
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Slot};

/// A register file on its way in, named before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRelease {
    /// Office.
    pub office: RegionCode,
    /// Source, for example `DTSEN`.
    pub source: String,
    /// Date of the release.
    pub released_on: NaiveDate,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file; the same file of the same source and date is one release.
    pub sha256: String,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// A release that is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number; the ids of its rows begin with it.
    pub id: i64,
    /// Source.
    pub source: String,
    /// Its date.
    pub released_on: NaiveDate,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Rows read, and of these set aside.
    pub rows: Rows,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// Counts of a file: what was read is what was accepted and what was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rows {
    /// Rows of the file.
    pub read: usize,
    /// Rows taken.
    pub accepted: usize,
    /// Rows that could not be taken.
    pub set_aside: usize,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = releases, treat_none_as_default_value = false)]
struct ReleaseRow {
    id: i64,
    office_id: String,
    source: String,
    released_on: NaiveDate,
    file_name: String,
    sha256: String,
    rows_read: i64,
    rows_accepted: i64,
    rows_set_aside: i64,
    imported_at: NaiveDateTime,
}

/// Every release of an office, by date; of one date in the order of import.
///
/// # Errors
/// [`StoreError`].
pub fn list(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Release>, StoreError> {
    let rows = releases::table.filter(releases::office_id.eq(office.as_str())).order((releases::released_on, releases::id));
    Ok(rows.load::<ReleaseRow>(conn)?.into_iter().map(ReleaseRow::into_release).collect())
}

/// The release of this source and date with this file, if it is in already. The same bytes under a new date are a release of their
/// own: the source says that nothing has changed until then.
///
/// # Errors
/// [`StoreError`].
pub fn of_file(conn: &mut DbConn, release: &NewRelease) -> Result<Option<Release>, StoreError> {
    let rows = releases::table.filter(releases::office_id.eq(release.office.as_str())).filter(releases::source.eq(&release.source));
    let rows = rows.filter(releases::released_on.eq(release.released_on)).filter(releases::sha256.eq(&release.sha256));
    let found: Option<ReleaseRow> = rows.first(conn).optional()?;
    Ok(found.map(ReleaseRow::into_release))
}

/// The office's newest release, whatever its source. None before the first import.
///
/// # Errors
/// [`StoreError`].
pub fn newest(conn: &mut DbConn, office: &RegionCode) -> Result<Option<Dataset>, StoreError> {
    let newest = releases::table.filter(releases::office_id.eq(office.as_str())).order((releases::released_on.desc(), releases::id.desc()));
    let found: Option<(String, NaiveDate)> = newest.select((releases::source, releases::released_on)).first(conn).optional()?;
    Ok(found.map(|(name, released_on)| Dataset { name, released_on: Some(released_on) }))
}

/// Notes by village how many rows of a release have a NIK nobody can read, if no later release of the source is in.
///
/// # Errors
/// [`StoreError`].
pub fn set_gaps(tx: &mut Tx<'_>, release: &NewRelease, unreadable: &BTreeMap<String, usize>) -> Result<(), StoreError> {
    if dates(tx, &release.office, &release.source)?.into_iter().any(|on| on > release.released_on) {
        return Ok(());
    }
    let own = register_gaps::table.filter(register_gaps::office_id.eq(release.office.as_str()));
    diesel::delete(own.filter(register_gaps::source.eq(&release.source))).execute(&mut **tx)?;
    for (village, rows) in unreadable {
        diesel::insert_into(register_gaps::table)
            .values((
                register_gaps::office_id.eq(release.office.as_str()),
                register_gaps::source.eq(&release.source),
                register_gaps::village.eq(if village.is_empty() { release.office.as_str() } else { village.as_str() }),
                register_gaps::unreadable.eq(count(*rows)),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// How many register rows of a region, over all sources, have a NIK nobody can read.
///
/// # Errors
/// [`StoreError`].
pub fn unreadable_in(conn: &mut DbConn, office: &RegionCode, region: &RegionCode) -> Result<i64, StoreError> {
    let rows: Vec<(String, i64)> = register_gaps::table
        .filter(register_gaps::office_id.eq(office.as_str()))
        .select((register_gaps::village, register_gaps::unreadable))
        .load(conn)?;
    let inside = rows.into_iter().filter(|(village, _)| RegionCode::parse(village).is_ok_and(|village| region.contains(&village)));
    Ok(inside.map(|(_, rows)| rows).fold(0, i64::saturating_add))
}

/// Dates of a source's releases, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn dates(conn: &mut DbConn, office: &RegionCode, source: &str) -> Result<Vec<NaiveDate>, StoreError> {
    let rows = releases::table.filter(releases::office_id.eq(office.as_str())).filter(releases::source.eq(source));
    Ok(rows.select(releases::released_on).order(releases::released_on).load(conn)?)
}

/// Writes down a release and gives its number, its place among those of its source, and the number of the next later one.
pub(super) fn begin(tx: &mut Tx<'_>, release: &NewRelease) -> Result<(i64, Slot, Option<i64>), StoreError> {
    let last: Option<i64> = releases::table.select(diesel::dsl::max(releases::id)).get_result(&mut **tx)?;
    let id = last.unwrap_or_default().saturating_add(1);
    let rows = releases::table.filter(releases::office_id.eq(release.office.as_str())).filter(releases::source.eq(&release.source));
    let later = rows.filter(releases::released_on.gt(release.released_on)).order((releases::released_on, releases::id));
    let next: Option<(i64, NaiveDate)> = later.select((releases::id, releases::released_on)).first(&mut **tx).optional()?;
    diesel::insert_into(releases::table).values(&ReleaseRow::of(id, release)).execute(&mut **tx)?;
    Ok((id, Slot { on: release.released_on, next: next.map(|(_, on)| on) }, next.map(|(id, _)| id)))
}

/// Writes down how many rows a release had.
pub(super) fn finish(tx: &mut Tx<'_>, id: i64, rows: Rows) -> Result<(), StoreError> {
    diesel::update(releases::table.find(id))
        .set((
            releases::rows_read.eq(count(rows.read)),
            releases::rows_accepted.eq(count(rows.accepted)),
            releases::rows_set_aside.eq(count(rows.set_aside)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

impl ReleaseRow {
    fn of(id: i64, release: &NewRelease) -> Self {
        Self {
            id,
            office_id: release.office.to_string(),
            source: release.source.clone(),
            released_on: release.released_on,
            file_name: release.file_name.clone(),
            sha256: release.sha256.clone(),
            rows_read: 0,
            rows_accepted: 0,
            rows_set_aside: 0,
            imported_at: release.imported_at.naive_utc(),
        }
    }

    fn into_release(self) -> Release {
        let number = |n: i64| usize::try_from(n).unwrap_or_default();
        Release {
            id: self.id,
            source: self.source,
            released_on: self.released_on,
            file_name: self.file_name,
            sha256: self.sha256,
            rows: Rows { read: number(self.rows_read), accepted: number(self.rows_accepted), set_aside: number(self.rows_set_aside) },
            imported_at: self.imported_at.and_utc(),
        }
    }
}
