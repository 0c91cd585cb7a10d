//! What decisions rested on, kept as it was.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::utc;
use super::schema::{finding_snapshots, kept_policies};
use super::{DbConn, StoreError, Tx};
use crate::domain::audit::sha256_hex;
use crate::domain::region::RegionCode;

/// A row of `finding_snapshots`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = finding_snapshots, treat_none_as_default_value = false)]
struct SnapshotRow {
    id: String,
    office_id: String,
    claim_id: String,
    position: i64,
    step: String,
    taken_at: NaiveDateTime,
    engine: String,
    policy_version: String,
    policy_sha256: String,
    dataset: String,
    dataset_on: Option<NaiveDate>,
    content: String,
    sha256: String,
}

/// A snapshot as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Office.
    pub office_id: String,
    /// Its place among the claim's snapshots, from 1.
    pub position: i64,
    /// The step it belongs to: `file`, `resubmit`, `verify`, `approve` …
    pub step: String,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Program and state of its rules.
    pub engine: String,
    /// Policy version by name.
    pub policy_version: String,
    /// SHA-256 of the policy's JSON in `kept_policies`.
    pub policy_sha256: String,
    /// Register that was looked at.
    pub dataset: String,
    /// Date of its release.
    pub dataset_on: Option<NaiveDate>,
    /// Claim, facts and findings as JSON.
    pub content: String,
    /// SHA-256 of `content`, also in the audit trail.
    pub sha256: String,
}

/// A snapshot to be kept.
#[derive(Debug)]
pub struct NewSnapshot<'a> {
    /// Id.
    pub id: String,
    /// Claim.
    pub claim_id: &'a str,
    /// Code of the step.
    pub step: &'a str,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Program and state of its rules.
    pub engine: &'a str,
    /// Policy version by name.
    pub policy_version: &'a str,
    /// The policy as JSON.
    pub policy: &'a str,
    /// Register that was looked at.
    pub dataset: &'a str,
    /// Date of its release.
    pub dataset_on: Option<NaiveDate>,
    /// Claim, facts and findings as JSON.
    pub content: &'a str,
}

/// Keeps a snapshot behind the claim's earlier ones, and its policy once; returns the hash of its content.
///
/// # Errors
/// [`StoreError`].
pub fn keep(tx: &mut Tx<'_>, office: &RegionCode, new: NewSnapshot<'_>) -> Result<String, StoreError> {
    let policy_sha256 = keep_policy(tx, office, new.policy)?;
    let earlier: i64 = finding_snapshots::table.filter(finding_snapshots::claim_id.eq(new.claim_id)).count().get_result(&mut **tx)?;
    let sha256 = sha256_hex(new.content.as_bytes());
    let row = SnapshotRow {
        id: new.id,
        office_id: office.to_string(),
        claim_id: new.claim_id.to_owned(),
        position: earlier.saturating_add(1),
        step: new.step.to_owned(),
        taken_at: new.taken_at.naive_utc(),
        engine: new.engine.to_owned(),
        policy_version: new.policy_version.to_owned(),
        policy_sha256,
        dataset: new.dataset.to_owned(),
        dataset_on: new.dataset_on,
        content: new.content.to_owned(),
        sha256: sha256.clone(),
    };
    diesel::insert_into(finding_snapshots::table).values(&row).execute(&mut **tx)?;
    Ok(sha256)
}

fn keep_policy(tx: &mut Tx<'_>, office: &RegionCode, policy: &str) -> Result<String, StoreError> {
    let sha256 = sha256_hex(policy.as_bytes());
    let there: i64 = kept_policies::table.find((office.as_str(), &sha256)).count().get_result(&mut **tx)?;
    if there == 0 {
        let row = (kept_policies::office_id.eq(office.as_str()), kept_policies::sha256.eq(&sha256), kept_policies::content.eq(policy));
        diesel::insert_into(kept_policies::table).values(row).execute(&mut **tx)?;
    }
    Ok(sha256)
}

/// A claim's snapshots, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Snapshot>, StoreError> {
    let rows: Vec<SnapshotRow> =
        finding_snapshots::table.filter(finding_snapshots::claim_id.eq(claim_id)).order(finding_snapshots::position).load(conn)?;
    Ok(rows.into_iter().map(SnapshotRow::into_snapshot).collect())
}

/// The policy of a snapshot, as JSON.
///
/// # Errors
/// [`StoreError::NotFound`] when it was taken away.
pub fn policy(conn: &mut DbConn, snapshot: &Snapshot) -> Result<String, StoreError> {
    let row = kept_policies::table.find((&snapshot.office_id, &snapshot.policy_sha256));
    Ok(row.select(kept_policies::content).get_result(conn)?)
}

impl SnapshotRow {
    fn into_snapshot(self) -> Snapshot {
        Snapshot {
            office_id: self.office_id,
            position: self.position,
            step: self.step,
            taken_at: utc(self.taken_at),
            engine: self.engine,
            policy_version: self.policy_version,
            policy_sha256: self.policy_sha256,
            dataset: self.dataset,
            dataset_on: self.dataset_on,
            content: self.content,
            sha256: self.sha256,
        }
    }
}
