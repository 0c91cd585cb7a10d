//! Papers attached to a claim; the bytes lie in the file store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::convert::RowOf;
use super::schema::documents;
use super::{DbConn, StoreError, Tx};
use crate::domain::claim::DocumentKind;
use crate::domain::region::RegionCode;

/// An attached paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: DocumentKind,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Type by content, for example `image/jpeg`.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: i64,
}

/// Attaches a paper.
///
/// # Errors
/// [`StoreError`].
pub fn add(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    claim_id: &str,
    document: &Document,
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(documents::table)
        .values((
            documents::id.eq(&document.id),
            documents::office_id.eq(office.as_str()),
            documents::claim_id.eq(claim_id),
            documents::kind.eq(document.kind.code()),
            documents::sha256.eq(&document.sha256),
            documents::media_type.eq(&document.media_type),
            documents::bytes.eq(document.bytes),
            documents::added_by.eq(by),
            documents::added_at.eq(now.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Papers of a claim, in the order they came.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Document>, StoreError> {
    let rows: Vec<(String, String, String, String, i64)> = documents::table
        .filter(documents::claim_id.eq(claim_id))
        .order((documents::added_at, documents::id))
        .select((documents::id, documents::kind, documents::sha256, documents::media_type, documents::bytes))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, kind, sha256, media_type, bytes)| {
            let kind = RowOf { table: "documents", id: &id }.known(DocumentKind::parse(&kind), "kind")?;
            Ok(Document { kind, sha256, media_type, bytes, id })
        })
        .collect()
}
