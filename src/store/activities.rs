//! Events that happened to a NIK: evidence of life.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::convert::RowOf;
use super::schema::activities;
use super::{DbConn, StoreError, Tx};
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::Activity;

#[derive(Queryable, Insertable)]
#[diesel(table_name = activities, treat_none_as_default_value = false)]
struct ActivityRow {
    id: String,
    office_id: String,
    nik: String,
    happened_on: NaiveDate,
    kind: String,
}

/// Adds events; ids are made from `batch`, which must be new.
///
/// # Errors
/// [`StoreError`].
pub fn insert_all(tx: &mut Tx<'_>, office: &RegionCode, batch: &str, events: &[Activity]) -> Result<(), StoreError> {
    for (at, event) in events.iter().enumerate() {
        let row = ActivityRow {
            id: format!("{batch}-{at:07}"),
            office_id: office.to_string(),
            nik: event.nik.expose().to_owned(),
            happened_on: event.happened_on,
            kind: event.kind.clone(),
        };
        diesel::insert_into(activities::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// Events of these numbers after a day, looked up through `activities_by_nik`.
///
/// # Errors
/// [`StoreError`].
pub fn after(conn: &mut DbConn, office: &RegionCode, niks: &[Nik], day: NaiveDate) -> Result<Vec<Activity>, StoreError> {
    let mut rows: Vec<ActivityRow> = Vec::new();
    for nik in niks.iter().collect::<BTreeSet<_>>() {
        let of_nik = activities::table.filter(activities::office_id.eq(office.as_str())).filter(activities::nik.eq(nik.expose()));
        rows.extend(of_nik.filter(activities::happened_on.gt(day)).load::<ActivityRow>(conn)?);
    }
    rows.sort_by(|one, other| (one.happened_on, &one.id).cmp(&(other.happened_on, &other.id)));
    rows.into_iter().map(ActivityRow::into_activity).collect()
}

impl ActivityRow {
    fn into_activity(self) -> Result<Activity, StoreError> {
        let row = RowOf { table: "activities", id: &self.id };
        let nik = row.known(row.nik(Some(&self.nik))?, "nik")?;
        Ok(Activity { nik, happened_on: self.happened_on, kind: self.kind })
    }
}
