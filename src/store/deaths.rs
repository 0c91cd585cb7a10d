//! Tombstones: recorded deaths. Written once; no import changes one. One that an approved claim recorded ends with the approval.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::RowOf;
use super::schema::{claim_keys, deaths, residents};
use super::{DbConn, StoreError, Tx, dialect};
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Death, Resident, ResidentStatus};

/// Values per `IN (…)`.
const PER_QUERY: usize = 500;
/// So few residents are asked about one by one: a list of unknown length is a new statement each time on SQLite.
const ONE_BY_ONE_MAX: usize = 8;

#[derive(Queryable, Insertable)]
#[diesel(table_name = deaths, treat_none_as_default_value = false)]
pub(super) struct DeathRow {
    id: String,
    office_id: String,
    source: String,
    recorded_from: NaiveDate,
    register_id: String,
    nik: Option<String>,
    name: String,
    born_on: Option<NaiveDate>,
    died_on: Option<NaiveDate>,
    recorded_at: NaiveDateTime,
    claim_code: String,
    withdrawn_at: Option<NaiveDateTime>,
}

/// Records deaths, each under an id of its own (a register row's or a claim's).
///
/// # Errors
/// [`StoreError::Duplicate`] when an id is taken.
pub fn record(tx: &mut Tx<'_>, office: &RegionCode, deaths: Vec<(String, Death)>, at: DateTime<Utc>) -> Result<(), StoreError> {
    let rows: Vec<DeathRow> = deaths.into_iter().map(|(id, death)| DeathRow::of(id, office, death, at)).collect();
    dialect::insert_deaths(tx, &rows)
}

/// The approval of a claim is undone: the deaths it recorded are kept, but say nothing any more. Returns them.
///
/// # Errors
/// [`StoreError`].
pub fn withdraw(tx: &mut Tx<'_>, office: &RegionCode, claim_code: &str, at: DateTime<Utc>) -> Result<Vec<Death>, StoreError> {
    let own = deaths::table.filter(deaths::office_id.eq(office.as_str())).filter(deaths::claim_code.eq(claim_code));
    let standing = own.filter(deaths::claim_code.ne("")).filter(deaths::withdrawn_at.is_null());
    let rows: Vec<DeathRow> = standing.order(deaths::id).load(&mut **tx)?;
    diesel::update(standing).set(deaths::withdrawn_at.eq(at.naive_utc())).execute(&mut **tx)?;
    rows.into_iter().map(DeathRow::into_death).collect()
}

/// Whether a claim's approval made a death known that still is.
///
/// # Errors
/// [`StoreError`].
pub fn is_recorded(conn: &mut DbConn, office: &RegionCode, claim_code: &str) -> Result<bool, StoreError> {
    let standing: i64 = deaths::table
        .filter(deaths::office_id.eq(office.as_str()))
        .filter(deaths::claim_code.eq(claim_code))
        .filter(deaths::claim_code.ne(""))
        .filter(deaths::withdrawn_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(standing > 0)
}

/// Deaths recorded for this NIK, whoever had it.
///
/// # Errors
/// [`StoreError`].
pub fn of_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Death>, StoreError> {
    let rows = deaths::table.filter(deaths::office_id.eq(office.as_str())).filter(deaths::nik.eq(nik.expose()));
    rows.filter(deaths::withdrawn_at.is_null()).order(deaths::id).load::<DeathRow>(conn)?.into_iter().map(DeathRow::into_death).collect()
}

/// Deaths that may be of these residents: recorded for their NIK or their row; `Death::is_of` says which are.
///
/// # Errors
/// [`StoreError`].
pub fn about<'a>(
    conn: &mut DbConn,
    office: &RegionCode,
    residents: impl IntoIterator<Item = &'a Resident>,
) -> Result<Vec<Death>, StoreError> {
    let residents: Vec<&Resident> = residents.into_iter().collect();
    let mut found: Vec<DeathRow> = Vec::new();
    let ours = || deaths::table.filter(deaths::office_id.eq(office.as_str())).filter(deaths::withdrawn_at.is_null());
    let (few, many) = if residents.len() <= ONE_BY_ONE_MAX { residents.split_at(residents.len()) } else { residents.split_at(0) };
    for resident in few {
        if let Some(nik) = &resident.nik {
            found.extend(ours().filter(deaths::nik.eq(nik.expose())).load::<DeathRow>(conn)?);
        }
        found.extend(ours().filter(deaths::register_id.eq(&resident.register_id)).load::<DeathRow>(conn)?);
    }
    for chunk in many.chunks(PER_QUERY) {
        let niks = chunk.iter().filter_map(|resident| resident.nik.as_ref()).map(Nik::expose);
        found.extend(ours().filter(deaths::nik.eq_any(niks)).load::<DeathRow>(conn)?);
        let rows = chunk.iter().map(|resident| resident.register_id.as_str());
        found.extend(ours().filter(deaths::register_id.eq_any(rows)).load::<DeathRow>(conn)?);
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found.into_iter().map(DeathRow::into_death).collect()
}

/// The numbers of everybody the office knows as dead: by a register, by a recorded death, as the deceased of a claim; those of the
/// row a death or a claim names too.
///
/// # Errors
/// [`StoreError`].
pub fn numbers_of_dead(conn: &mut DbConn, office: &RegionCode) -> Result<HashSet<String>, StoreError> {
    let now = || residents::table.filter(residents::office_id.eq(office.as_str())).filter(residents::superseded_on.is_null());
    let standing = || deaths::table.filter(deaths::office_id.eq(office.as_str())).filter(deaths::withdrawn_at.is_null());
    let claimed = || claim_keys::table.filter(claim_keys::office_id.eq(office.as_str())).filter(claim_keys::withdrawn.eq(false));
    let rows_of_claims = claimed().filter(claim_keys::deceased_register_id.is_not_null());
    let rows_of_claims = rows_of_claims.select(claim_keys::deceased_register_id.assume_not_null());
    let mut numbers: Vec<Option<String>> =
        now().filter(residents::status.eq(ResidentStatus::Dead.code())).select(residents::nik).load(conn)?;
    numbers.extend(standing().select(deaths::nik).load::<Option<String>>(conn)?);
    numbers.extend(claimed().select(claim_keys::deceased_nik).load::<Option<String>>(conn)?);
    let named = now().filter(residents::register_id.eq_any(standing().select(deaths::register_id)));
    numbers.extend(named.select(residents::nik).load::<Option<String>>(conn)?);
    let named = now().filter(residents::register_id.eq_any(rows_of_claims));
    numbers.extend(named.select(residents::nik).load::<Option<String>>(conn)?);
    Ok(numbers.into_iter().flatten().collect())
}

impl DeathRow {
    fn of(id: String, office: &RegionCode, death: Death, at: DateTime<Utc>) -> Self {
        Self {
            id,
            office_id: office.to_string(),
            source: death.dataset.name,
            recorded_from: death.dataset.released_on.unwrap_or_else(|| at.date_naive()),
            register_id: death.register_id,
            nik: death.nik.map(String::from),
            name: death.name,
            born_on: death.born_on,
            died_on: death.died_on,
            recorded_at: at.naive_utc(),
            claim_code: death.claim_code,
            withdrawn_at: None,
        }
    }

    fn into_death(self) -> Result<Death, StoreError> {
        let row = RowOf { table: "deaths", id: &self.id };
        Ok(Death {
            nik: row.nik(self.nik.as_deref())?,
            dataset: Dataset { name: self.source, released_on: Some(self.recorded_from) },
            register_id: self.register_id,
            claim_code: self.claim_code,
            name: self.name,
            born_on: self.born_on,
            died_on: self.died_on,
        })
    }
}
