//! Register rows: written by an import, looked up by number, birth date, name and family card.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, count};
use super::schema::{releases, residents};
use super::{DbConn, StoreError, Tx};
use crate::domain::claim::BankAccount;
use crate::domain::identity::{FamilyCard, Nik, Sex, name_key};
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Resident, ResidentStatus};

/// Values per `IN (…)`; SQLite takes no more than 32,766 variables, and short lists plan well on both engines.
const NIKS_PER_QUERY: usize = 500;
/// Rows looked at for one birth date or name; the most common ones of a kabupaten stay below.
const CANDIDATES_MAX: i64 = 2_000;

/// One import of a register file.
#[derive(Debug, Clone)]
pub struct Release {
    /// Id.
    pub id: String,
    /// Office.
    pub office: RegionCode,
    /// Source, for example `DTSEN`.
    pub source: String,
    /// Date of the release.
    pub released_on: NaiveDate,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Rows of the file.
    pub rows_read: usize,
    /// Rows set aside.
    pub rows_set_aside: usize,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = releases)]
struct ReleaseRow {
    id: String,
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

#[derive(Queryable, Insertable)]
#[diesel(table_name = residents)]
struct ResidentRow {
    id: String,
    office_id: String,
    release_id: String,
    register_id: String,
    nik: Option<String>,
    family_card: Option<String>,
    name: String,
    name_key: String,
    birth_place: String,
    born_on: Option<NaiveDate>,
    sex: Option<String>,
    family_role: String,
    marital_status: String,
    occupation: String,
    mother: String,
    father: String,
    street: String,
    hamlet: String,
    rt: String,
    rw: String,
    village: String,
    decile: Option<i64>,
    pkh: bool,
    sembako: bool,
    pbi: bool,
    status: String,
    died_on: Option<NaiveDate>,
    bank: String,
    account: String,
}

/// Begins a release in the place of the office's former one; its rows follow with [`insert`], its counts with [`finish`].
///
/// All in one transaction: if anything fails the former release stays.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, release: &Release) -> Result<(), StoreError> {
    diesel::delete(residents::table.filter(residents::office_id.eq(release.office.as_str()))).execute(&mut **tx)?;
    diesel::insert_into(releases::table).values(&ReleaseRow::of(release)).execute(&mut **tx)?;
    Ok(())
}

/// Adds the `at`-th row of a release.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, release: &Release, at: usize, resident: Resident) -> Result<(), StoreError> {
    diesel::insert_into(residents::table).values(&ResidentRow::of(release, at, resident)).execute(&mut **tx)?;
    Ok(())
}

/// Writes down how many rows a release had: rows read are always rows accepted plus rows set aside.
///
/// # Errors
/// [`StoreError`].
pub fn finish(tx: &mut Tx<'_>, release: &Release) -> Result<(), StoreError> {
    let accepted = release.rows_read.saturating_sub(release.rows_set_aside);
    diesel::update(releases::table.filter(releases::id.eq(&release.id)))
        .set((
            releases::rows_read.eq(count(release.rows_read)),
            releases::rows_accepted.eq(count(accepted)),
            releases::rows_set_aside.eq(count(release.rows_set_aside)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The release in force: the one imported last. None before the first import.
///
/// # Errors
/// [`StoreError`].
pub fn dataset(conn: &mut DbConn, office: &RegionCode) -> Result<Option<Dataset>, StoreError> {
    let newest = releases::table.filter(releases::office_id.eq(office.as_str())).order((releases::imported_at.desc(), releases::id.desc()));
    let found: Option<(String, NaiveDate)> = newest.select((releases::source, releases::released_on)).first(conn).optional()?;
    Ok(found.map(|(name, released_on)| Dataset { name, released_on: Some(released_on) }))
}

/// How many rows the office's register has.
///
/// # Errors
/// [`StoreError`].
pub fn size(conn: &mut DbConn, office: &RegionCode) -> Result<i64, StoreError> {
    Ok(residents::table.filter(residents::office_id.eq(office.as_str())).count().get_result(conn)?)
}

/// Rows with one of these numbers, looked up through `residents_by_nik`.
///
/// # Errors
/// [`StoreError`].
pub fn by_niks(conn: &mut DbConn, office: &RegionCode, niks: &[String]) -> Result<Vec<Resident>, StoreError> {
    let mut found = Vec::new();
    for chunk in niks.chunks(NIKS_PER_QUERY) {
        let rows = residents::table.filter(residents::office_id.eq(office.as_str())).filter(residents::nik.eq_any(chunk));
        found.extend(rows.order(residents::id).load::<ResidentRow>(conn)?);
    }
    found.into_iter().map(ResidentRow::into_resident).collect()
}

/// Rows with this NIK.
///
/// # Errors
/// [`StoreError`].
pub fn by_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Resident>, StoreError> {
    by_niks(conn, office, &[nik.expose().to_owned()])
}

/// Rows with this birth date, looked up through `residents_by_birth`.
///
/// # Errors
/// [`StoreError`].
pub fn by_birth(conn: &mut DbConn, office: &RegionCode, born_on: NaiveDate) -> Result<Vec<Resident>, StoreError> {
    let rows = residents::table.filter(residents::office_id.eq(office.as_str())).filter(residents::born_on.eq(born_on));
    let rows: Vec<ResidentRow> = rows.order(residents::id).limit(CANDIDATES_MAX).load(conn)?;
    rows.into_iter().map(ResidentRow::into_resident).collect()
}

/// Rows of a village whose name has the same key, looked up through `residents_by_name`.
///
/// # Errors
/// [`StoreError`].
pub fn by_name(conn: &mut DbConn, office: &RegionCode, name: &str, village: &RegionCode) -> Result<Vec<Resident>, StoreError> {
    let rows = residents::table
        .filter(residents::office_id.eq(office.as_str()))
        .filter(residents::name_key.eq(name_key(name)))
        .filter(residents::village.eq(village.as_str()));
    let rows: Vec<ResidentRow> = rows.order(residents::id).limit(CANDIDATES_MAX).load(conn)?;
    rows.into_iter().map(ResidentRow::into_resident).collect()
}

/// Everybody on a family card, looked up through `residents_by_family_card`.
///
/// # Errors
/// [`StoreError`].
pub fn by_family_card(conn: &mut DbConn, office: &RegionCode, card: &FamilyCard) -> Result<Vec<Resident>, StoreError> {
    let rows = residents::table.filter(residents::office_id.eq(office.as_str())).filter(residents::family_card.eq(card.expose()));
    let rows: Vec<ResidentRow> = rows.order(residents::id).limit(CANDIDATES_MAX).load(conn)?;
    rows.into_iter().map(ResidentRow::into_resident).collect()
}

impl ReleaseRow {
    fn of(release: &Release) -> Self {
        Self {
            id: release.id.clone(),
            office_id: release.office.to_string(),
            source: release.source.clone(),
            released_on: release.released_on,
            file_name: release.file_name.clone(),
            sha256: release.sha256.clone(),
            rows_read: count(release.rows_read),
            rows_accepted: count(release.rows_read.saturating_sub(release.rows_set_aside)),
            rows_set_aside: count(release.rows_set_aside),
            imported_at: release.imported_at.naive_utc(),
        }
    }
}

impl ResidentRow {
    fn of(release: &Release, at: usize, resident: Resident) -> Self {
        let (bank, account) = resident.account.map(|a| (a.bank, a.number)).unwrap_or_default();
        Self {
            id: format!("{}-{at:07}", release.id),
            office_id: release.office.to_string(),
            release_id: release.id.clone(),
            register_id: resident.register_id,
            nik: resident.nik.map(String::from),
            family_card: resident.family_card.map(String::from),
            name_key: name_key(&resident.name),
            name: resident.name,
            birth_place: resident.birth_place,
            born_on: resident.born_on,
            sex: resident.sex.map(|sex| sex.code().to_owned()),
            family_role: resident.family_role,
            marital_status: resident.marital_status,
            occupation: resident.occupation,
            mother: resident.mother,
            father: resident.father,
            street: resident.street,
            hamlet: resident.hamlet,
            rt: resident.rt,
            rw: resident.rw,
            village: resident.village.map(String::from).unwrap_or_default(),
            decile: resident.decile.map(i64::from),
            pkh: resident.pkh,
            sembako: resident.sembako,
            pbi: resident.pbi,
            status: resident.status.code().to_owned(),
            died_on: resident.died_on,
            bank,
            account,
        }
    }

    fn into_resident(self) -> Result<Resident, StoreError> {
        let row = RowOf { table: "residents", id: &self.id };
        let village = if self.village.is_empty() { None } else { Some(row.region(&self.village)?) };
        let decile = self.decile.map(|d| row.known(u8::try_from(d).ok(), "decile")).transpose()?;
        let sex = self.sex.as_deref().map(|s| row.known(Sex::parse(s), "sex")).transpose()?;
        let holder = self.name.clone();
        let account = (!self.account.is_empty()).then_some(BankAccount { bank: self.bank, number: self.account, holder });
        Ok(Resident {
            nik: row.nik(self.nik.as_deref())?,
            family_card: row.family_card(self.family_card.as_deref())?,
            status: row.known(ResidentStatus::from_code(&self.status), "status")?,
            register_id: self.register_id,
            name: self.name,
            birth_place: self.birth_place,
            born_on: self.born_on,
            sex,
            family_role: self.family_role,
            marital_status: self.marital_status,
            occupation: self.occupation,
            mother: self.mother,
            father: self.father,
            street: self.street,
            hamlet: self.hamlet,
            rt: self.rt,
            rw: self.rw,
            village,
            decile,
            pkh: self.pkh,
            sembako: self.sembako,
            pbi: self.pbi,
            died_on: self.died_on,
            account,
        })
    }
}
