//! What the treasurer's SPJ looks at, many payments at a time, and the scans attached to them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::claim::DocumentKind;
use crate::domain::payment::spj::Attached;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::dialect::ROWS_AT_ONCE;
use crate::store::schema::{bank_line_answers, bank_report_lines, bank_reports, documents, payment_items, spj_papers};
use crate::store::{DbConn, StoreError, Tx};

/// A scan that was attached to a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpjPaper {
    /// Id.
    pub id: String,
    /// Payment.
    pub item_id: String,
    /// What it shows.
    pub kind: Attached,
    /// SHA-256 of its bytes in the file store.
    pub sha256: String,
    /// Type by content.
    pub media_type: String,
    /// Remark; may be empty.
    pub note: String,
    /// Account of the person.
    pub by: String,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// Records a scan.
///
/// # Errors
/// [`StoreError::Duplicate`] when the payment has this very file as the same evidence.
pub fn attach(tx: &mut Tx<'_>, office: &RegionCode, paper: &SpjPaper) -> Result<(), StoreError> {
    diesel::insert_into(spj_papers::table)
        .values((
            spj_papers::id.eq(&paper.id),
            spj_papers::office_id.eq(office.as_str()),
            spj_papers::item_id.eq(&paper.item_id),
            spj_papers::kind.eq(paper.kind.code()),
            spj_papers::sha256.eq(&paper.sha256),
            spj_papers::media_type.eq(&paper.media_type),
            spj_papers::note.eq(&paper.note),
            spj_papers::added_by.eq(&paper.by),
            spj_papers::added_at.eq(paper.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

type PaperRow = (String, String, String, String, String, String, String, NaiveDateTime);

/// Scans attached to payments, in the order they came.
///
/// # Errors
/// [`StoreError`].
pub fn attached(conn: &mut DbConn, item_ids: &[&str]) -> Result<Vec<SpjPaper>, StoreError> {
    let mut found = Vec::new();
    for part in item_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<PaperRow> = spj_papers::table
            .filter(spj_papers::item_id.eq_any(part.iter().copied()))
            .order((spj_papers::added_at, spj_papers::id))
            .select((
                spj_papers::id,
                spj_papers::item_id,
                spj_papers::kind,
                spj_papers::sha256,
                spj_papers::media_type,
                spj_papers::note,
                spj_papers::added_by,
                spj_papers::added_at,
            ))
            .load(conn)?;
        for (id, item_id, kind, sha256, media_type, note, by, at) in rows {
            let kind = RowOf { table: "spj_papers", id: &id }.known(Attached::parse(&kind), "kind")?;
            found.push(SpjPaper { id, item_id, kind, sha256, media_type, note, by, at: utc(at) });
        }
    }
    Ok(found)
}

/// A scan of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<SpjPaper, StoreError> {
    let own = spj_papers::table.find(id).filter(spj_papers::office_id.eq(office.as_str()));
    let item_id: String = own.select(spj_papers::item_id).first(conn)?;
    attached(conn, &[&item_id])?.into_iter().find(|paper| paper.id == id).ok_or(StoreError::NotFound)
}

/// Kinds of paper of which a scan is kept, by claim.
///
/// # Errors
/// [`StoreError`].
pub fn scanned(conn: &mut DbConn, claim_ids: &[&str]) -> Result<BTreeMap<String, Vec<DocumentKind>>, StoreError> {
    let mut found: BTreeMap<String, Vec<DocumentKind>> = BTreeMap::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, String)> = documents::table
            .filter(documents::claim_id.eq_any(part.iter().copied()))
            .select((documents::claim_id, documents::kind))
            .load(conn)?;
        for (claim_id, kind) in rows {
            let kind = RowOf { table: "documents", id: &claim_id }.known(DocumentKind::parse(&kind), "kind")?;
            found.entry(claim_id).or_default().push(kind);
        }
    }
    Ok(found)
}

/// A line of a bank's report by which a payment arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLine {
    /// Name of the report's file.
    pub report: String,
    /// Line, entry or row in it.
    pub place: i64,
    /// The bank's number of the booking; may be empty.
    pub bank_ref: String,
}

/// By which line of a bank's report each payment was taken as paid: one that counted by itself, or that a person accepted.
///
/// # Errors
/// [`StoreError`].
pub fn bank_lines(conn: &mut DbConn, item_ids: &[&str]) -> Result<BTreeMap<String, BankLine>, StoreError> {
    type Row = (Option<String>, String, i64, String, bool, Option<bool>);
    let mut found = BTreeMap::new();
    for part in item_ids.chunks(ROWS_AT_ONCE) {
        let answer =
            bank_line_answers::report_id.eq(bank_report_lines::report_id).and(bank_line_answers::position.eq(bank_report_lines::position));
        let rows: Vec<Row> = bank_report_lines::table
            .inner_join(bank_reports::table.on(bank_reports::id.eq(bank_report_lines::report_id)))
            .left_join(bank_line_answers::table.on(answer))
            .filter(bank_report_lines::item_id.eq_any(part.iter().copied()))
            .filter(bank_report_lines::return_code.eq(""))
            .order((bank_report_lines::report_id, bank_report_lines::position))
            .select((
                bank_report_lines::item_id,
                bank_reports::file_name,
                bank_report_lines::place,
                bank_report_lines::bank_ref,
                bank_report_lines::booked,
                bank_line_answers::accepted.nullable(),
            ))
            .load(conn)?;
        for (item_id, report, place, bank_ref, booked, accepted) in rows {
            let Some(item_id) = item_id.filter(|_id| booked || accepted == Some(true)) else { continue };
            found.insert(item_id, BankLine { report, place, bank_ref });
        }
    }
    Ok(found)
}

/// Payments that took another's place, by the one they replace: the new payment's id, order, reference and state's word.
///
/// # Errors
/// [`StoreError`].
pub fn replacements(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Replacement>, StoreError> {
    let rows: Vec<(Option<String>, String, String, String, String)> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::replaces_id.is_not_null())
        .order(payment_items::id)
        .select((payment_items::replaces_id, payment_items::id, payment_items::order_id, payment_items::reference, payment_items::state))
        .load(conn)?;
    let read = |(replaces, id, order_id, reference, state): (Option<String>, String, String, String, String)| {
        let of = RowOf { table: "payment_items", id: &id };
        let state = of.known(crate::domain::payment::ItemState::parse(&state), "state")?;
        Ok(Replacement { replaces: of.known(replaces, "replaces_id")?, order_id, reference, state, id: id.clone() })
    };
    rows.into_iter().map(read).collect()
}

/// A payment that took another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The failed payment.
    pub replaces: String,
    /// The new one.
    pub id: String,
    /// Its order.
    pub order_id: String,
    /// Its reference.
    pub reference: String,
    /// Where it stands.
    pub state: crate::domain::payment::ItemState,
}

/// Slips of deposited payments: number and day, by payment.
///
/// # Errors
/// [`StoreError`].
pub fn slips(conn: &mut DbConn, item_ids: &[&str]) -> Result<BTreeMap<String, (String, NaiveDate)>, StoreError> {
    use crate::store::schema::{deposit_items, deposits};
    let mut found = BTreeMap::new();
    for part in item_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, String, NaiveDate)> = deposit_items::table
            .inner_join(deposits::table.on(deposits::id.eq(deposit_items::deposit_id)))
            .filter(deposit_items::item_id.eq_any(part.iter().copied()))
            .order(deposits::recorded_at)
            .select((deposit_items::item_id, deposits::number, deposits::dated_on))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(item, number, on)| (item, (number, on))));
    }
    Ok(found)
}
