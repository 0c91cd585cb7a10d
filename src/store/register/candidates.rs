//! Rows as linkage compares them: by blocking key, number and family card, a handful of index lookups each; or all of them in turn.

use chrono::NaiveDate;
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

use super::super::convert::{RowOf, count};
use super::super::schema::residents::{self, dsl};
use super::super::{DbConn, StoreError};
use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::linkage::{Candidate, KEYS, PersonRecord};
use crate::domain::region::RegionCode;

/// Values per `IN (…)`.
const PER_QUERY: usize = 500;
/// Rows read at once where all are read.
const PAGE: usize = 20_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = residents)]
struct Slim {
    id: i64,
    register_id: String,
    nik: Option<String>,
    family_card: Option<String>,
    name: String,
    born_on: Option<NaiveDate>,
    sex: Option<String>,
    village: String,
    mother: String,
}

/// Rows that share at least one of `keys` with the record they were made of, each once, by id; of each key at most `cap_per_key`.
///
/// Only what the sources say now. Each key has its index `residents_by_key_N` over the newest rows; the statements are always
/// the same ones, so that the connection keeps them prepared. SQLite makes a statement with a bound `LIMIT` anew each time,
/// so there the reading stops instead.
///
/// # Errors
/// [`StoreError`].
pub fn candidates(
    conn: &mut DbConn,
    office: &RegionCode,
    keys: &[Option<i64>; KEYS],
    cap_per_key: usize,
) -> Result<Vec<Candidate>, StoreError> {
    let mut found: Vec<Slim> = Vec::new();
    let [key_1, key_2, key_3, key_4, key_5] = keys;
    macro_rules! add {
        ($column:ident, $key:expr) => {
            if let Some(key) = $key {
                let rows = dsl::residents.filter(dsl::$column.eq(key)).filter(dsl::superseded_on.is_null());
                let rows = rows.filter(dsl::office_id.eq(office.as_str())).order(dsl::id);
                match conn {
                    DbConn::Sqlite(c) => {
                        let rows = rows.select(Slim::as_select()).load_iter::<Slim, DefaultLoadingMode>(c)?;
                        rows.take(cap_per_key).try_for_each(|row| row.map(|row| found.push(row)))?;
                    }
                    DbConn::Postgres(c) => found.extend(rows.limit(count(cap_per_key)).select(Slim::as_select()).load::<Slim>(c)?),
                }
            }
        };
    }
    add!(key_1, key_1);
    add!(key_2, key_2);
    add!(key_3, key_3);
    add!(key_4, key_4);
    add!(key_5, key_5);
    found.sort_unstable_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    found.into_iter().map(Slim::into_candidate).collect()
}

/// Rows with this NIK, as linkage compares them.
///
/// # Errors
/// [`StoreError`].
pub fn candidates_by_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Candidate>, StoreError> {
    let rows = dsl::residents.filter(dsl::nik.eq(nik.expose())).filter(dsl::superseded_on.is_null());
    let rows: Vec<Slim> = rows.filter(dsl::office_id.eq(office.as_str())).select(Slim::as_select()).load(conn)?;
    rows.into_iter().map(Slim::into_candidate).collect()
}

/// Rows with one of these numbers, as linkage compares them.
///
/// # Errors
/// [`StoreError`].
pub fn candidates_by_niks(conn: &mut DbConn, office: &RegionCode, niks: &[String]) -> Result<Vec<Candidate>, StoreError> {
    let mut found: Vec<Slim> = Vec::new();
    for chunk in niks.chunks(PER_QUERY) {
        let rows = dsl::residents.filter(dsl::nik.eq_any(chunk)).filter(dsl::superseded_on.is_null());
        found.extend(rows.filter(dsl::office_id.eq(office.as_str())).select(Slim::as_select()).load::<Slim>(conn)?);
    }
    found.into_iter().map(Slim::into_candidate).collect()
}

/// The first `most` rows on a family card, as linkage compares them.
///
/// # Errors
/// [`StoreError`].
pub fn candidates_by_card(conn: &mut DbConn, office: &RegionCode, card: &FamilyCard, most: usize) -> Result<Vec<Candidate>, StoreError> {
    let rows = dsl::residents.filter(dsl::family_card.eq(card.expose())).filter(dsl::superseded_on.is_null());
    let rows = rows.filter(dsl::office_id.eq(office.as_str())).order(dsl::id).select(Slim::as_select());
    rows.load::<Slim>(conn)?.into_iter().take(most).map(Slim::into_candidate).collect()
}

/// Hands on every row of the office as it is now, in the order of the ids; memory does not grow with the register.
///
/// # Errors
/// [`StoreError`].
pub fn each(conn: &mut DbConn, office: &RegionCode, mut take: impl FnMut(Candidate)) -> Result<(), StoreError> {
    let mut after = i64::MIN;
    loop {
        let rows = dsl::residents.filter(dsl::id.gt(after)).filter(dsl::superseded_on.is_null());
        let rows = rows.filter(dsl::office_id.eq(office.as_str())).order(dsl::id).limit(count(PAGE));
        let page: Vec<Slim> = rows.select(Slim::as_select()).load(conn)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for row in page {
            take(row.into_candidate()?);
        }
    }
}

impl Slim {
    fn into_candidate(self) -> Result<Candidate, StoreError> {
        let id = self.id.to_string();
        let row = RowOf { table: "residents", id: &id };
        let record = PersonRecord {
            nik: row.nik(self.nik.as_deref())?,
            family_card: row.family_card(self.family_card.as_deref())?,
            name: self.name,
            born_on: self.born_on,
            sex: self.sex.as_deref().map(|sex| row.known(Sex::parse(sex), "sex")).transpose()?,
            village: if self.village.is_empty() { None } else { Some(row.region(&self.village)?) },
            mother: self.mother,
        };
        Ok(Candidate { row: self.id, register_id: self.register_id, record })
    }
}
