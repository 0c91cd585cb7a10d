//! Papers attached to a claim; the bytes lie in the file store.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::{claim_keys, documents};
use super::{DbConn, StoreError, Tx};
use crate::domain::calendar::wib_date;
use crate::domain::claim::DocumentKind;
use crate::domain::crosscheck::SharedPaper;
use crate::domain::region::RegionCode;

/// Papers of others looked at for one way of being alike.
const ALIKE_MAX: i64 = 200;

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
    /// Difference hash, of photos only.
    pub photo: Option<u64>,
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
            PhotoColumns::of(document.photo),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Papers of a claim, in the order they came.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Document>, StoreError> {
    let rows: Vec<(String, String, String, String, i64, Option<i64>)> = documents::table
        .filter(documents::claim_id.eq(claim_id))
        .order((documents::added_at, documents::id))
        .select((documents::id, documents::kind, documents::sha256, documents::media_type, documents::bytes, documents::photo))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, kind, sha256, media_type, bytes, photo)| {
            let kind = RowOf { table: "documents", id: &id }.known(DocumentKind::parse(&kind), "kind")?;
            Ok(Document { kind, sha256, media_type, bytes, photo: photo.map(i64::cast_unsigned), id })
        })
        .collect()
}

/// A photo's hash and its quarters, by which alike ones are looked up.
#[derive(Insertable)]
#[diesel(table_name = documents, treat_none_as_default_value = false)]
struct PhotoColumns {
    photo: Option<i64>,
    photo_1: Option<i64>,
    photo_2: Option<i64>,
    photo_3: Option<i64>,
    photo_4: Option<i64>,
}

impl PhotoColumns {
    fn of(photo: Option<u64>) -> Self {
        let quarter = |at: u32| photo.map(|bits| (bits.rotate_left(16 * at) >> 48).cast_signed());
        Self { photo: photo.map(u64::cast_signed), photo_1: quarter(0), photo_2: quarter(1), photo_3: quarter(2), photo_4: quarter(3) }
    }
}

/// Papers of other claims that are the same file as one of these, or whose photos share a quarter of their hash.
///
/// Two photos that differ in at most three of 64 bits share a quarter, so none of them is missed. Withdrawn claims count too.
///
/// # Errors
/// [`StoreError`].
pub fn shared(conn: &mut DbConn, office: &RegionCode, claim_id: &str, papers: &[Document]) -> Result<Vec<SharedPaper>, StoreError> {
    let mut found = Vec::new();
    for paper in papers {
        let of_others = || documents::table.filter(documents::office_id.eq(office.as_str())).filter(documents::claim_id.ne(claim_id));
        let columns = (documents::claim_id, documents::added_at, documents::photo);
        let same = of_others().filter(documents::sha256.eq(&paper.sha256)).select(columns).order(documents::added_at).limit(ALIKE_MAX);
        for other in same.load::<Other>(conn)? {
            found.push(shared_paper(conn, paper.kind, other, None)?);
        }
        let Some(own) = paper.photo else { continue };
        let quarters = PhotoColumns::of(Some(own));
        let mut alike: Vec<Other> =
            of_others().filter(documents::photo_1.eq(quarters.photo_1)).select(columns).limit(ALIKE_MAX).load(conn)?;
        alike.extend(of_others().filter(documents::photo_2.eq(quarters.photo_2)).select(columns).limit(ALIKE_MAX).load::<Other>(conn)?);
        alike.extend(of_others().filter(documents::photo_3.eq(quarters.photo_3)).select(columns).limit(ALIKE_MAX).load::<Other>(conn)?);
        alike.extend(of_others().filter(documents::photo_4.eq(quarters.photo_4)).select(columns).limit(ALIKE_MAX).load::<Other>(conn)?);
        let bits = |other: &Other| other.2.map(|photo| (photo.cast_unsigned() ^ own).count_ones());
        if let Some(nearest) = alike.into_iter().filter(|other| bits(other).is_some()).min_by_key(|other| bits(other)) {
            let bits = bits(&nearest);
            found.push(shared_paper(conn, paper.kind, nearest, bits)?);
        }
    }
    Ok(found)
}

/// Claim, instant and photo hash of a paper of another claim.
type Other = (String, NaiveDateTime, Option<i64>);

fn shared_paper(
    conn: &mut DbConn,
    kind: DocumentKind,
    (claim_id, added_at, _photo): Other,
    bits: Option<u32>,
) -> Result<SharedPaper, StoreError> {
    let columns = (claim_keys::claim_code, claim_keys::heir_nik, claim_keys::deceased_register_id);
    let known: Option<(String, Option<String>, Option<String>)> =
        claim_keys::table.find(&claim_id).select(columns).get_result(conn).optional()?;
    let (claim_code, heir_nik, deceased_register_id) = known.unwrap_or_default();
    let heir_nik = RowOf { table: "claim_keys", id: &claim_id }.nik(heir_nik.as_deref())?;
    Ok(SharedPaper { kind, claim_code, added_on: wib_date(utc(added_at)), bits, heir_nik, deceased_register_id })
}
