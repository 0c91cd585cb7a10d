//! Who is logged in: opaque tokens, kept only as their hash.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::utc;
use super::schema::sessions;
use super::{DbConn, StoreError, Tx};

/// A row of `sessions`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
struct SessionRow {
    token_hash: String,
    user_id: String,
    csrf_token: String,
    created_at: NaiveDateTime,
    last_seen_at: NaiveDateTime,
    expires_at: NaiveDateTime,
}

/// A login that is still known.
#[derive(Clone)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub token_hash: String,
    /// Whose.
    pub user_id: String,
    /// Must come back with every form of this session.
    pub csrf_token: String,
    /// When the person logged in.
    pub created_at: DateTime<Utc>,
    /// Last page.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends whatever happens.
    pub expires_at: DateTime<Utc>,
}

/// Opens a session and forgets the expired ones.
///
/// # Errors
/// [`StoreError`].
pub fn open(tx: &mut Tx<'_>, session: &Session) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(session.created_at.naive_utc()))).execute(&mut **tx)?;
    let row = SessionRow {
        token_hash: session.token_hash.clone(),
        user_id: session.user_id.clone(),
        csrf_token: session.csrf_token.clone(),
        created_at: session.created_at.naive_utc(),
        last_seen_at: session.last_seen_at.naive_utc(),
        expires_at: session.expires_at.naive_utc(),
    };
    diesel::insert_into(sessions::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The session of a token.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, token_hash: &str) -> Result<Session, StoreError> {
    let row: SessionRow = sessions::table.find(token_hash).get_result(conn)?;
    Ok(Session {
        token_hash: row.token_hash,
        user_id: row.user_id,
        csrf_token: row.csrf_token,
        created_at: utc(row.created_at),
        last_seen_at: utc(row.last_seen_at),
        expires_at: utc(row.expires_at),
    })
}

/// Notes a page view, for the idle limit.
///
/// # Errors
/// [`StoreError`].
pub fn touch(tx: &mut Tx<'_>, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(token_hash)).set(sessions::last_seen_at.eq(now.naive_utc())).execute(&mut **tx)?;
    Ok(())
}

/// Logs out.
///
/// # Errors
/// [`StoreError`].
pub fn close(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.find(token_hash)).execute(&mut **tx)?;
    Ok(())
}

/// Logs a person out everywhere: after a new password, or when the account is shut.
///
/// # Errors
/// [`StoreError`].
pub fn close_all_of(tx: &mut Tx<'_>, user_id: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user_id))).execute(&mut **tx)?;
    Ok(())
}
