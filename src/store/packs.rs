//! Offices and their settings, as the text they were loaded from; the newest of a kind is in force.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::convert::count;
use super::schema::{offices, packs};
use super::{DbConn, StoreError, Tx};
use crate::domain::audit::sha256_hex;

/// Kinds of pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    /// Letterhead, signatories, holidays, bank: TOML.
    Office,
    /// The programme's rules: TOML.
    Policy,
    /// The emblem: a PNG in hexadecimal.
    Emblem,
}

impl PackKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Office, Self::Policy, Self::Emblem];

    fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Policy => "policy",
            Self::Emblem => "emblem",
        }
    }
}

/// Opens an office if it is not there yet.
///
/// # Errors
/// [`StoreError`].
pub fn ensure_office(tx: &mut Tx<'_>, id: &str, name: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let there: i64 = offices::table.filter(offices::id.eq(id)).count().get_result(&mut **tx)?;
    if there == 0 {
        diesel::insert_into(offices::table)
            .values((offices::id.eq(id), offices::name.eq(name), offices::created_at.eq(now.naive_utc())))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Ids of all offices.
///
/// # Errors
/// [`StoreError`].
pub fn offices(conn: &mut DbConn) -> Result<Vec<String>, StoreError> {
    Ok(offices::table.select(offices::id).order(offices::id).load(conn)?)
}

/// Loads a pack; the same text twice changes nothing. Returns whether it is new.
///
/// # Errors
/// [`StoreError`].
pub fn load_pack(
    tx: &mut Tx<'_>,
    id: String,
    office_id: &str,
    kind: PackKind,
    source: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if pack(tx, office_id, kind)?.as_deref() == Some(source) {
        return Ok(false);
    }
    let earlier: i64 =
        packs::table.filter(packs::office_id.eq(office_id)).filter(packs::kind.eq(kind.code())).count().get_result(&mut **tx)?;
    diesel::insert_into(packs::table)
        .values((
            packs::id.eq(id),
            packs::office_id.eq(office_id),
            packs::kind.eq(kind.code()),
            packs::sequence.eq(earlier.saturating_add(count(1))),
            packs::source.eq(source),
            packs::sha256.eq(sha256_hex(source.as_bytes())),
            packs::loaded_at.eq(now.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(true)
}

/// The text of the pack in force.
///
/// # Errors
/// [`StoreError`].
pub fn pack(conn: &mut DbConn, office_id: &str, kind: PackKind) -> Result<Option<String>, StoreError> {
    Ok(packs::table
        .filter(packs::office_id.eq(office_id))
        .filter(packs::kind.eq(kind.code()))
        .order(packs::sequence.desc())
        .select(packs::source)
        .first(conn)
        .optional()?)
}

/// SHA-256 of the pack in force of each kind, in the order of [`PackKind::ALL`]: whether a text that was read is still the one.
///
/// # Errors
/// [`StoreError`].
pub fn in_force(conn: &mut DbConn, office_id: &str) -> Result<[Option<String>; 3], StoreError> {
    let all = packs::table.filter(packs::office_id.eq(office_id)).order(packs::sequence).select((packs::kind, packs::sha256));
    let mut newest = [None, None, None];
    for (kind, sha256) in all.load::<(String, String)>(conn)? {
        for (slot, _) in newest.iter_mut().zip(PackKind::ALL).filter(|(_, of)| of.code() == kind) {
            *slot = Some(sha256.clone());
        }
    }
    Ok(newest)
}

/// The text of a pack that was in force once, by its hash.
///
/// # Errors
/// [`StoreError::NotFound`] when the office never had it.
pub fn by_sha256(conn: &mut DbConn, office_id: &str, kind: PackKind, sha256: &str) -> Result<String, StoreError> {
    let of_office = packs::table.filter(packs::office_id.eq(office_id)).filter(packs::kind.eq(kind.code()));
    Ok(of_office.filter(packs::sha256.eq(sha256)).select(packs::source).get_result(conn)?)
}
