//! Claims accepted after their deadline; one acceptance for each.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::convert::RowOf;
use super::schema::deadline_waivers;
use super::{DbConn, StoreError, Tx};
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::wib_date;
use crate::domain::claim::Waiver;

/// Keeps that somebody accepted a late claim; a second acceptance is refused by the table's key.
///
/// # Errors
/// [`StoreError`].
pub fn add(tx: &mut Tx<'_>, claim_id: &str, actor: &Actor, reason: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(deadline_waivers::table)
        .values((
            deadline_waivers::claim_id.eq(claim_id),
            deadline_waivers::office_id.eq(actor.office.as_str()),
            deadline_waivers::waived_by.eq(&actor.id),
            deadline_waivers::name.eq(&actor.name),
            deadline_waivers::role.eq(actor.role.code()),
            deadline_waivers::reason.eq(reason),
            deadline_waivers::waived_on.eq(wib_date(now)),
            deadline_waivers::waived_at.eq(now.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The acceptance of a claim, if it came late and somebody accepted it.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Option<Waiver>, StoreError> {
    let found: Option<(String, String, String, NaiveDate)> = deadline_waivers::table
        .find(claim_id)
        .select((deadline_waivers::name, deadline_waivers::role, deadline_waivers::reason, deadline_waivers::waived_on))
        .get_result(conn)
        .optional()?;
    let row = RowOf { table: "deadline_waivers", id: claim_id };
    found.map(|(by, role, reason, on)| Ok(Waiver { by, role: row.known(Role::parse(&role), "role")?, reason, on })).transpose()
}
