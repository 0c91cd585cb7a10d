//! Payees of approved claims who are known as dead before the money went out.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::utc;
use super::schema::{claims, payee_alerts};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::Actor;
use crate::domain::claim::State;
use crate::domain::crosscheck::Finding;

/// Alerts shown at once; more of them at one time is a fault of the data, and the rest comes when these are settled.
const ALERTS_MAX: i64 = 200;

/// States between the approval and the money.
pub const UNPAID: [State; 2] = [State::Approved, State::Decreed];

#[derive(Queryable, Insertable)]
#[diesel(table_name = payee_alerts, treat_none_as_default_value = false)]
struct AlertRow {
    claim_id: String,
    office_id: String,
    found_at: NaiveDateTime,
    payee: String,
    told: String,
    dataset: String,
    dataset_on: Option<NaiveDate>,
}

/// A payee who is known as dead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeeAlert {
    /// Id of the claim.
    pub claim_id: String,
    /// Code of the claim.
    pub claim_code: String,
    /// Name of the deceased of the claim.
    pub deceased: String,
    /// Whether the claim stands on a decree already.
    pub decreed: bool,
    /// Name of the payee.
    pub payee: String,
    /// What is known, for example `meninggal 12-06-2026`.
    pub told: String,
    /// Who says so.
    pub dataset: String,
    /// Since which release or filing.
    pub dataset_on: Option<NaiveDate>,
    /// When it was noticed.
    pub found_at: DateTime<Utc>,
}

/// Keeps what was found about the payee of a claim, or takes it away. What was known already keeps its first moment.
///
/// # Errors
/// [`StoreError`].
pub fn set(tx: &mut Tx<'_>, office: &str, claim_id: &str, found: Option<&Finding>, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let known: Option<AlertRow> = payee_alerts::table.find(claim_id).get_result(&mut **tx).optional()?;
    let Some(finding) = found else {
        return Ok(diesel::delete(payee_alerts::table.find(claim_id)).execute(&mut **tx)? > 0);
    };
    let same = known.as_ref().is_some_and(|row| row.told == finding.registered && row.dataset == finding.dataset);
    if same {
        return Ok(false);
    }
    diesel::delete(payee_alerts::table.find(claim_id)).execute(&mut **tx)?;
    let row = AlertRow {
        claim_id: claim_id.to_owned(),
        office_id: office.to_owned(),
        found_at: known.map_or(at.naive_utc(), |row| row.found_at),
        payee: finding.claimed.clone(),
        told: finding.registered.clone(),
        dataset: finding.dataset.clone(),
        dataset_on: finding.dataset_on,
    };
    diesel::insert_into(payee_alerts::table).values(&row).execute(&mut **tx)?;
    Ok(true)
}

/// Alerts about claims in the person's region that are approved and not paid, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn open(conn: &mut DbConn, actor: &Actor) -> Result<Vec<PayeeAlert>, StoreError> {
    let rows = payee_alerts::table
        .inner_join(claims::table.on(claims::id.eq(payee_alerts::claim_id)))
        .filter(payee_alerts::office_id.eq(actor.office.as_str()))
        .filter(claims::village.like(format!("{}%", actor.region)))
        .filter(claims::state.eq_any(UNPAID.iter().map(|state| state.code())))
        .order((payee_alerts::found_at, payee_alerts::claim_id))
        .limit(ALERTS_MAX)
        .select((claims::code, claims::deceased_name, claims::state, payee_alerts::all_columns));
    let found: Vec<(String, String, String, AlertRow)> = rows.load(conn)?;
    Ok(found.into_iter().map(|(code, deceased, state, row)| row.into_alert(code, deceased, state == State::Decreed.code())).collect())
}

impl AlertRow {
    fn into_alert(self, claim_code: String, deceased: String, decreed: bool) -> PayeeAlert {
        PayeeAlert {
            claim_id: self.claim_id,
            claim_code,
            deceased,
            decreed,
            payee: self.payee,
            told: self.told,
            dataset: self.dataset,
            dataset_on: self.dataset_on,
            found_at: utc(self.found_at),
        }
    }
}
