//! Amending decrees in the making: what finance proposes, what the head of agency makes of it. A proposal is never changed.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::region::RegionCode;
use crate::domain::undo::RowChange;
use crate::store::convert::{RowOf, to_json, utc};
use crate::store::schema::amendments;
use crate::store::{DbConn, StoreError, Tx};

/// A row as it shall become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRow {
    /// Claim.
    pub claim_id: String,
    /// Its version as it was seen.
    pub version: i64,
    /// What shall become of it.
    pub change: RowChange,
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Waits to be locked.
    Proposed,
    /// Locked as the amending decree with this id.
    Locked(String),
    /// Taken back, or not agreed to.
    Withdrawn,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Id.
    pub id: String,
    /// The decree it changes.
    pub decree_id: String,
    /// Its rows.
    pub rows: Vec<ProposedRow>,
    /// SHA-256 of the evidence in the file store.
    pub evidence_sha256: String,
    /// Its type by content.
    pub evidence_type: String,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Outcome,
    /// Who decided, and when.
    pub decided: Option<(String, DateTime<Utc>)>,
    /// Why it was withdrawn.
    pub reason: String,
}

/// A row of `amendments`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = amendments)]
struct AmendmentRow {
    id: String,
    office_id: String,
    decree_id: String,
    state: String,
    rows: String,
    evidence_sha256: String,
    evidence_type: String,
    proposed_by: String,
    proposed_at: NaiveDateTime,
    decided_by: Option<String>,
    decided_at: Option<NaiveDateTime>,
    reason: String,
    amending_id: Option<String>,
}

/// Records a proposal.
///
/// # Errors
/// [`StoreError::Duplicate`] with `OpenAmendment` when another one waits for the same decree.
pub fn propose(tx: &mut Tx<'_>, office: &RegionCode, amendment: &Amendment) -> Result<(), StoreError> {
    let row = AmendmentRow {
        id: amendment.id.clone(),
        office_id: office.to_string(),
        decree_id: amendment.decree_id.clone(),
        state: "proposed".to_owned(),
        rows: to_json(&amendment.rows, "amendments", &amendment.id)?,
        evidence_sha256: amendment.evidence_sha256.clone(),
        evidence_type: amendment.evidence_type.clone(),
        proposed_by: amendment.by.clone(),
        proposed_at: amendment.at.naive_utc(),
        decided_by: None,
        decided_at: None,
        reason: String::new(),
        amending_id: None,
    };
    diesel::insert_into(amendments::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Records what became of a proposal; once.
///
/// # Errors
/// [`StoreError::Stale`] when it was decided before.
pub fn decide(
    tx: &mut Tx<'_>,
    id: &str,
    (by, at): (&str, DateTime<Utc>),
    amending_id: Option<&str>,
    reason: &str,
) -> Result<(), StoreError> {
    let state = if amending_id.is_some() { "locked" } else { "withdrawn" };
    let changed = diesel::update(amendments::table.find(id).filter(amendments::state.eq("proposed")))
        .set((
            amendments::state.eq(state),
            amendments::decided_by.eq(Some(by)),
            amendments::decided_at.eq(Some(at.naive_utc())),
            amendments::reason.eq(reason),
            amendments::amending_id.eq(amending_id),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A proposal of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Amendment, StoreError> {
    into_amendment(amendments::table.find(id).filter(amendments::office_id.eq(office.as_str())).first(conn)?)
}

/// Every proposal of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Amendment>, StoreError> {
    let rows: Vec<AmendmentRow> = amendments::table
        .filter(amendments::office_id.eq(office.as_str()))
        .order((amendments::proposed_at.desc(), amendments::id.desc()))
        .load(conn)?;
    rows.into_iter().map(into_amendment).collect()
}

/// The proposal that waits for a decree, if there is one.
///
/// # Errors
/// [`StoreError`].
pub fn open_of(conn: &mut DbConn, decree_id: &str) -> Result<Option<Amendment>, StoreError> {
    let row = amendments::table.filter(amendments::decree_id.eq(decree_id)).filter(amendments::state.eq("proposed"));
    row.first(conn).optional()?.map(into_amendment).transpose()
}

/// The proposal an amending decree was locked from.
///
/// # Errors
/// [`StoreError`].
pub fn of_amending(conn: &mut DbConn, amending_id: &str) -> Result<Option<Amendment>, StoreError> {
    amendments::table.filter(amendments::amending_id.eq(amending_id)).first(conn).optional()?.map(into_amendment).transpose()
}

fn into_amendment(row: AmendmentRow) -> Result<Amendment, StoreError> {
    let of = RowOf { table: "amendments", id: &row.id };
    let outcome = match (row.state.as_str(), row.amending_id) {
        ("proposed", None) => Outcome::Proposed,
        ("locked", Some(id)) => Outcome::Locked(id),
        ("withdrawn", None) => Outcome::Withdrawn,
        _ => return Err(of.corrupt("keadaan usulan tidak dikenal")),
    };
    Ok(Amendment {
        rows: of.json(&row.rows)?,
        decree_id: row.decree_id,
        evidence_sha256: row.evidence_sha256,
        evidence_type: row.evidence_type,
        by: row.proposed_by,
        at: utc(row.proposed_at),
        outcome,
        decided: row.decided_by.zip(row.decided_at.map(utc)),
        reason: row.reason,
        id: row.id,
    })
}
