//! Issued letters and their gapless numbers.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::{letter_sequences, letters};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::Actor;
use crate::domain::region::RegionCode;

/// A row of `letters`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = letters, treat_none_as_default_value = false)]
struct LetterRow {
    id: String,
    office_id: String,
    kind: String,
    unit: String,
    year: i64,
    sequence: i64,
    number: String,
    village: String,
    claim_id: Option<String>,
    decree_id: Option<String>,
    order_id: Option<String>,
    content: String,
    pages: i64,
    issued_by: String,
    issued_on: NaiveDate,
    issued_at: NaiveDateTime,
    content_sha256: String,
    emblem_sha256: String,
    drawn_sha256: Option<String>,
    code: String,
}

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Claim.
    pub claim_id: Option<String>,
    /// Decree.
    pub decree_id: Option<String>,
    /// Payment order.
    pub order_id: Option<String>,
}

/// An issued letter: what it says, frozen. Its PDF is drawn from that after the act, once, and lies in the file store.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Id.
    pub id: String,
    /// Office.
    pub office: RegionCode,
    /// Kind, for example `kuitansi`.
    pub kind: String,
    /// Unit whose sequence the number is from.
    pub unit: String,
    /// Year of the sequence.
    pub year: i32,
    /// Position in the sequence.
    pub sequence: i64,
    /// Number as printed.
    pub number: String,
    /// Village it concerns, or the kabupaten.
    pub village: RegionCode,
    /// What it is about.
    pub about: About,
    /// Frozen content as JSON.
    pub content: String,
    /// SHA-256 of the content.
    pub content_sha256: String,
    /// SHA-256 of the emblem it carries, as packs are named.
    pub emblem_sha256: String,
    /// SHA-256 of the PDF, by which it is kept; none until it is drawn.
    pub drawn_sha256: Option<String>,
    /// Pages.
    pub pages: i64,
    /// Account that issued it.
    pub issued_by: String,
    /// Date printed on it.
    pub issued_on: NaiveDate,
    /// Instant of issue.
    pub issued_at: DateTime<Utc>,
    /// Code printed on it, by which anybody asks about it.
    pub code: String,
}

/// Takes the next number of a sequence, within the caller's transaction: a refused letter leaves no gap.
///
/// # Errors
/// [`StoreError`].
pub fn next_number(tx: &mut Tx<'_>, office: &RegionCode, kind: &str, unit: &str, year: i32) -> Result<i64, StoreError> {
    let key = (office.as_str(), kind, unit, i64::from(year));
    let changed =
        diesel::update(letter_sequences::table.find(key)).set(letter_sequences::last.eq(letter_sequences::last + 1)).execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(letter_sequences::table)
            .values((
                letter_sequences::office_id.eq(office.as_str()),
                letter_sequences::kind.eq(kind),
                letter_sequences::unit.eq(unit),
                letter_sequences::year.eq(i64::from(year)),
                letter_sequences::last.eq(1),
            ))
            .execute(&mut **tx)?;
    }
    Ok(letter_sequences::table.find(key).select(letter_sequences::last).get_result(&mut **tx)?)
}

/// Records an issued letter.
///
/// # Errors
/// [`StoreError::Duplicate`] with `LetterNumber`.
pub fn insert(tx: &mut Tx<'_>, letter: &Issued) -> Result<(), StoreError> {
    let row = LetterRow {
        id: letter.id.clone(),
        office_id: letter.office.to_string(),
        kind: letter.kind.clone(),
        unit: letter.unit.clone(),
        year: i64::from(letter.year),
        sequence: letter.sequence,
        number: letter.number.clone(),
        village: letter.village.to_string(),
        claim_id: letter.about.claim_id.clone(),
        decree_id: letter.about.decree_id.clone(),
        order_id: letter.about.order_id.clone(),
        content: letter.content.clone(),
        pages: letter.pages,
        issued_by: letter.issued_by.clone(),
        issued_on: letter.issued_on,
        issued_at: letter.issued_at.naive_utc(),
        content_sha256: letter.content_sha256.clone(),
        emblem_sha256: letter.emblem_sha256.clone(),
        drawn_sha256: letter.drawn_sha256.clone(),
        code: letter.code.clone(),
    };
    diesel::insert_into(letters::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// A letter that lies in the actor's region.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, actor: &Actor, id: &str) -> Result<Issued, StoreError> {
    let letter = into_issued(letters::table.find(id).get_result(conn)?)?;
    if actor.sees(&letter.village) || actor.region == letter.village { Ok(letter) } else { Err(StoreError::NotFound) }
}

/// A letter by its id, for the mail that carries it; people come through [`load`].
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_id(conn: &mut DbConn, id: &str) -> Result<Issued, StoreError> {
    into_issued(letters::table.find(id).get_result(conn)?)
}

/// The letter with a code, of whatever office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_code(conn: &mut DbConn, code: &str) -> Result<Issued, StoreError> {
    into_issued(letters::table.filter(letters::code.eq(code)).get_result(conn)?)
}

/// Letters about a claim, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Issued>, StoreError> {
    let rows: Vec<LetterRow> = letters::table.filter(letters::claim_id.eq(claim_id)).order((letters::issued_at, letters::id)).load(conn)?;
    rows.into_iter().map(into_issued).collect()
}

/// Letters about a decree, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_decree(conn: &mut DbConn, decree_id: &str) -> Result<Vec<Issued>, StoreError> {
    let rows: Vec<LetterRow> =
        letters::table.filter(letters::decree_id.eq(decree_id)).order((letters::issued_at, letters::id)).load(conn)?;
    rows.into_iter().map(into_issued).collect()
}

/// Letters about a payment order (receipts and notices too), in the order of their making.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(conn: &mut DbConn, order_id: &str) -> Result<Vec<Issued>, StoreError> {
    let rows: Vec<LetterRow> = letters::table.filter(letters::order_id.eq(order_id)).order((letters::issued_at, letters::id)).load(conn)?;
    rows.into_iter().map(into_issued).collect()
}

/// Every letter of an office, by kind and number.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Issued>, StoreError> {
    let rows: Vec<LetterRow> = letters::table
        .filter(letters::office_id.eq(office.as_str()))
        .order((letters::kind, letters::unit, letters::year, letters::sequence))
        .load(conn)?;
    rows.into_iter().map(into_issued).collect()
}

/// Letters of every office whose PDF is still to be drawn, the oldest first, from behind `after` (instant and id) on.
///
/// # Errors
/// [`StoreError`].
pub fn to_draw(conn: &mut DbConn, after: Option<&Issued>, limit: i64) -> Result<Vec<Issued>, StoreError> {
    let waiting = letters::table.filter(letters::drawn_sha256.is_null()).order((letters::issued_at, letters::id)).limit(limit);
    let rows: Vec<LetterRow> = match after {
        None => waiting.load(conn)?,
        Some(last) => {
            let at = last.issued_at.naive_utc();
            let behind = letters::issued_at.gt(at).or(letters::issued_at.eq(at).and(letters::id.gt(&last.id)));
            waiting.filter(behind).load(conn)?
        }
    };
    rows.into_iter().map(into_issued).collect()
}

/// Notes under which hash a letter's PDF is kept. Drawn by two at once it is the same PDF.
///
/// # Errors
/// [`StoreError::Corrupt`] when the letter was drawn with other bytes before.
pub fn note_drawn(tx: &mut Tx<'_>, id: &str, sha256: &str) -> Result<(), StoreError> {
    let undrawn = letters::table.find(id).filter(letters::drawn_sha256.is_null());
    if diesel::update(undrawn).set(letters::drawn_sha256.eq(sha256)).execute(&mut **tx)? == 1 {
        return Ok(());
    }
    let known: Option<String> = letters::table.find(id).select(letters::drawn_sha256).get_result(&mut **tx)?;
    if known.as_deref() == Some(sha256) {
        Ok(())
    } else {
        Err(RowOf { table: "letters", id }.corrupt("surat tergambar lain dari sebelumnya"))
    }
}

/// The fault of a letter whose content is not the one that was frozen.
pub fn changed(id: &str) -> StoreError {
    RowOf { table: "letters", id }.corrupt("isi surat tidak sama dengan yang dibekukan")
}

fn into_issued(r: LetterRow) -> Result<Issued, StoreError> {
    let row = RowOf { table: "letters", id: &r.id };
    Ok(Issued {
        year: i32::try_from(r.year).map_err(|e| row.corrupt(e))?,
        office: row.region(&r.office_id)?,
        village: row.region(&r.village)?,
        kind: r.kind,
        unit: r.unit,
        sequence: r.sequence,
        number: r.number,
        about: About { claim_id: r.claim_id, decree_id: r.decree_id, order_id: r.order_id },
        content: r.content,
        content_sha256: r.content_sha256,
        emblem_sha256: r.emblem_sha256,
        drawn_sha256: r.drawn_sha256,
        pages: r.pages,
        issued_by: r.issued_by,
        issued_on: r.issued_on,
        issued_at: utc(r.issued_at),
        code: r.code,
        id: r.id,
    })
}
