//! Where the money of returned payments shall go instead: proposals and what was decided about them. Neither is ever changed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::claim::{BankAccount, Heir, Payout};
use crate::domain::payment::Correction;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, to_json, utc};
use crate::store::schema::{correction_decisions, payment_corrections};
use crate::store::{DbConn, StoreError, Tx};

/// A proposal as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Id.
    pub id: String,
    /// The returned payment.
    pub item_id: String,
    /// Its claim.
    pub claim_id: String,
    /// Why the money came back, as a code.
    pub return_code: String,
    /// Where it went.
    pub old: Payout,
    /// Where it shall go, to whom, why.
    pub correction: Correction,
    /// SHA-256 of the evidence in the file store; empty if there is none.
    pub evidence_sha256: String,
    /// Its type by content.
    pub evidence_type: String,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What was decided, if anything.
    pub decision: Option<Decided>,
}

/// The fresh approval, or its refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Whether the money may go there.
    pub approved: bool,
    /// Why not, or what was looked at.
    pub reason: String,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A row of `payment_corrections`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = payment_corrections, treat_none_as_default_value = false)]
struct CorrectionRow {
    id: String,
    office_id: String,
    item_id: String,
    claim_id: String,
    return_code: String,
    old_method: String,
    old_bank: String,
    old_account: String,
    old_holder: String,
    new_method: String,
    new_bank: String,
    new_account: String,
    new_holder: String,
    new_payee: String,
    reason: String,
    evidence_sha256: String,
    evidence_type: String,
    proposed_by: String,
    proposed_at: NaiveDateTime,
}

fn columns(payout: &Payout) -> [String; 4] {
    match payout {
        Payout::Cash => ["cash".to_owned(), String::new(), String::new(), String::new()],
        Payout::Bank(account) => ["bank".to_owned(), account.bank.clone(), account.number.clone(), account.holder.clone()],
    }
}

fn payout(method: &str, bank: String, number: String, holder: String) -> Payout {
    if method == "bank" { Payout::Bank(BankAccount { bank, number, holder }) } else { Payout::Cash }
}

/// Records a proposal.
///
/// # Errors
/// [`StoreError`].
pub fn propose(tx: &mut Tx<'_>, office: &RegionCode, proposed: &Proposed) -> Result<(), StoreError> {
    let [old_method, old_bank, old_account, old_holder] = columns(&proposed.old);
    let [new_method, new_bank, new_account, new_holder] = columns(&proposed.correction.payout);
    let payee = proposed.correction.payee.as_ref();
    let row = CorrectionRow {
        id: proposed.id.clone(),
        office_id: office.to_string(),
        item_id: proposed.item_id.clone(),
        claim_id: proposed.claim_id.clone(),
        return_code: proposed.return_code.clone(),
        old_method,
        old_bank,
        old_account,
        old_holder,
        new_method,
        new_bank,
        new_account,
        new_holder,
        new_payee: payee.map(|heir| to_json(heir, "payment_corrections", &proposed.id)).transpose()?.unwrap_or_default(),
        reason: proposed.correction.reason.clone(),
        evidence_sha256: proposed.evidence_sha256.clone(),
        evidence_type: proposed.evidence_type.clone(),
        proposed_by: proposed.by.clone(),
        proposed_at: proposed.at.naive_utc(),
    };
    diesel::insert_into(payment_corrections::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Records the decision about a proposal; once.
///
/// # Errors
/// [`StoreError::Duplicate`] when it was decided before.
pub fn decide(tx: &mut Tx<'_>, office: &RegionCode, id: &str, decided: &Decided) -> Result<(), StoreError> {
    diesel::insert_into(correction_decisions::table)
        .values((
            correction_decisions::correction_id.eq(id),
            correction_decisions::office_id.eq(office.as_str()),
            correction_decisions::approved.eq(decided.approved),
            correction_decisions::reason.eq(&decided.reason),
            correction_decisions::decided_by.eq(&decided.by),
            correction_decisions::decided_at.eq(decided.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A proposal of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Proposed, StoreError> {
    let row = payment_corrections::table.find(id).filter(payment_corrections::office_id.eq(office.as_str())).get_result(conn)?;
    let decided = decisions(conn, office)?;
    into_proposed(row, &decided)
}

/// Every proposal about a payment, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_item(conn: &mut DbConn, office: &RegionCode, item_id: &str) -> Result<Vec<Proposed>, StoreError> {
    let rows: Vec<CorrectionRow> = payment_corrections::table
        .filter(payment_corrections::item_id.eq(item_id))
        .order((payment_corrections::proposed_at, payment_corrections::id))
        .load(conn)?;
    let decided = decisions(conn, office)?;
    rows.into_iter().map(|row| into_proposed(row, &decided)).collect()
}

/// Every proposal of an office, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Proposed>, StoreError> {
    let rows: Vec<CorrectionRow> = payment_corrections::table
        .filter(payment_corrections::office_id.eq(office.as_str()))
        .order((payment_corrections::proposed_at, payment_corrections::id))
        .load(conn)?;
    let decided = decisions(conn, office)?;
    rows.into_iter().map(|row| into_proposed(row, &decided)).collect()
}

fn decisions(conn: &mut DbConn, office: &RegionCode) -> Result<BTreeMap<String, Decided>, StoreError> {
    let rows: Vec<(String, bool, String, String, NaiveDateTime)> = correction_decisions::table
        .filter(correction_decisions::office_id.eq(office.as_str()))
        .select((
            correction_decisions::correction_id,
            correction_decisions::approved,
            correction_decisions::reason,
            correction_decisions::decided_by,
            correction_decisions::decided_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, approved, reason, by, at)| (id, Decided { approved, reason, by, at: utc(at) })).collect())
}

fn into_proposed(row: CorrectionRow, decided: &BTreeMap<String, Decided>) -> Result<Proposed, StoreError> {
    let of = RowOf { table: "payment_corrections", id: &row.id };
    let payee: Option<Heir> = if row.new_payee.is_empty() { None } else { Some(of.json(&row.new_payee)?) };
    Ok(Proposed {
        decision: decided.get(&row.id).cloned(),
        old: payout(&row.old_method, row.old_bank, row.old_account, row.old_holder),
        correction: Correction {
            payout: payout(&row.new_method, row.new_bank, row.new_account, row.new_holder),
            payee,
            reason: row.reason,
        },
        item_id: row.item_id,
        claim_id: row.claim_id,
        return_code: row.return_code,
        evidence_sha256: row.evidence_sha256,
        evidence_type: row.evidence_type,
        by: row.proposed_by,
        at: utc(row.proposed_at),
        id: row.id,
    })
}
