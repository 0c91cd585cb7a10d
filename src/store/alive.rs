//! People who were called dead and are alive, as annulled claims found. Only ever added to.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::RowOf;
use super::schema::{deaths, found_alive};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::Actor;
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::{FoundAlive, Resident};

/// Values per `IN (…)`.
const PER_QUERY: usize = 500;

/// A row of `found_alive`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = found_alive, treat_none_as_default_value = false)]
struct AliveRow {
    id: String,
    office_id: String,
    claim_code: String,
    register_id: String,
    nik: Option<String>,
    name: String,
    found_by: String,
    found_at: NaiveDateTime,
}

/// Records that people are alive, each under an id of its own. What registers said of their deaths until now says nothing any more; a death that is recorded
/// later counts again.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    claim_code: &str,
    people: &[(String, FoundAlive)],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (id, person) in people {
        let row = AliveRow {
            id: id.clone(),
            office_id: actor.office.to_string(),
            claim_code: claim_code.to_owned(),
            register_id: person.register_id.clone(),
            nik: person.nik.as_ref().map(|nik| nik.expose().to_owned()),
            name: person.name.clone(),
            found_by: actor.id.clone(),
            found_at: at.naive_utc(),
        };
        diesel::insert_into(found_alive::table).values(&row).execute(&mut **tx)?;
        let standing = || deaths::table.filter(deaths::office_id.eq(actor.office.as_str())).filter(deaths::withdrawn_at.is_null());
        if let Some(nik) = &row.nik {
            let named = standing().filter(deaths::nik.eq(nik));
            diesel::update(named).set(deaths::withdrawn_at.eq(at.naive_utc())).execute(&mut **tx)?;
        }
        if !row.register_id.is_empty() {
            let named = standing().filter(deaths::register_id.eq(&row.register_id));
            diesel::update(named).set(deaths::withdrawn_at.eq(at.naive_utc())).execute(&mut **tx)?;
        }
    }
    Ok(())
}

/// What was found that may be about these residents; `FoundAlive::is_of` says which are.
///
/// # Errors
/// [`StoreError`].
pub fn about<'a>(
    conn: &mut DbConn,
    office: &RegionCode,
    residents: impl IntoIterator<Item = &'a Resident>,
) -> Result<Vec<FoundAlive>, StoreError> {
    let residents: Vec<&Resident> = residents.into_iter().collect();
    let mut found: Vec<AliveRow> = Vec::new();
    let ours = || found_alive::table.filter(found_alive::office_id.eq(office.as_str()));
    for chunk in residents.chunks(PER_QUERY) {
        let niks = chunk.iter().filter_map(|resident| resident.nik.as_ref()).map(Nik::expose);
        found.extend(ours().filter(found_alive::nik.eq_any(niks)).load::<AliveRow>(conn)?);
        let rows = chunk.iter().map(|resident| resident.register_id.as_str());
        found.extend(ours().filter(found_alive::register_id.eq_any(rows)).load::<AliveRow>(conn)?);
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    let read = |row: AliveRow| {
        let of = RowOf { table: "found_alive", id: &row.id };
        Ok(FoundAlive { nik: of.nik(row.nik.as_deref())?, register_id: row.register_id, name: row.name })
    };
    found.into_iter().map(read).collect()
}
