//! The few statements that differ between the engines.

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::{Connection, RunQueryDsl, sql_query, sql_types};

use super::conn::DbConn;
use super::error::StoreError;

/// Opens a transaction that is the only writer: `BEGIN IMMEDIATE` on SQLite.
///
/// # Errors
/// [`StoreError::Busy`] when another writer holds the door too long.
pub fn begin_write(conn: &mut DbConn) -> Result<(), StoreError> {
    match conn {
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED")?,
    }
    Ok(())
}

/// On PostgreSQL takes the office's advisory lock, held until the transaction ends; SQLite has one writer anyway.
///
/// # Errors
/// [`StoreError::Busy`] after `lock_timeout`.
pub fn lock_office(conn: &mut DbConn, office_id: &str) -> Result<(), StoreError> {
    if let DbConn::Postgres(c) = conn {
        sql_query("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || $1, 0))")
            .bind::<sql_types::Text, _>(office_id)
            .execute(c)?;
    }
    Ok(())
}

/// Makes the work durable.
///
/// # Errors
/// [`StoreError`] when the database could not promise it.
pub fn commit(conn: &mut DbConn) -> Result<(), StoreError> {
    <DbConn as Connection>::TransactionManager::commit_transaction(conn).map_err(StoreError::from)
}

/// Undoes the work; a failure to do so is the connection's end and is left to the pool.
pub fn roll_back(conn: &mut DbConn) {
    let _broken_connection = <DbConn as Connection>::TransactionManager::rollback_transaction(conn);
}
