//! The few statements that differ between the engines.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::{sql_query, sql_types};

use super::conn::DbConn;
use super::deaths::DeathRow;
use super::error::StoreError;
use super::register::NewRow;
use super::schema::{deaths, residents};

/// Rows of one statement on SQLite: a fixed number, so that the statement is prepared once.
const ROWS_PER_STATEMENT: usize = 32;
/// Ten columns each stay below every limit of variables.
const DEATHS_PER_STATEMENT: usize = 500;

/// Rows of one statement, below every limit of variables for tables of up to sixty columns.
pub(super) const ROWS_AT_ONCE: usize = 500;

/// The first row of a query that an index puts in order, if there is one. SQLite makes a statement with a bound `LIMIT` anew each time
/// it is used, so there the reading stops instead.
macro_rules! first_row {
    ($conn:expr, $query:expr, $row:ty) => {
        match $conn {
            $crate::store::DbConn::Sqlite(c) => $query.load_iter::<$row, diesel::connection::DefaultLoadingMode>(c)?.next().transpose()?,
            $crate::store::DbConn::Postgres(c) => $query.first::<$row>(c).optional()?,
        }
    };
}
pub(super) use first_row;

/// The first rows of a query that an index puts in order, no more than so many; as [`first_row`].
macro_rules! first_rows {
    ($conn:expr, $query:expr, $most:expr, $row:ty) => {
        match $conn {
            $crate::store::DbConn::Sqlite(c) => {
                let rows = $query.load_iter::<$row, diesel::connection::DefaultLoadingMode>(c)?;
                rows.take(usize::try_from($most).unwrap_or(usize::MAX)).collect::<Result<Vec<$row>, _>>()?
            }
            $crate::store::DbConn::Postgres(c) => $query.limit($most).load::<$row>(c)?,
        }
    };
}
pub(super) use first_rows;

/// Writes rows of any table, many a statement. The engines' statements differ, so that each is named.
macro_rules! insert_many {
    ($tx:expr, $table:expr, $rows:expr) => {
        for chunk in $rows.chunks($crate::store::dialect::ROWS_AT_ONCE) {
            match (&mut **$tx, chunk) {
                // A single row is the same statement every time, which stays prepared.
                (c, [row]) => diesel::insert_into($table).values(row).execute(c)?,
                ($crate::store::DbConn::Sqlite(c), chunk) => diesel::insert_into($table).values(chunk).execute(c)?,
                ($crate::store::DbConn::Postgres(c), chunk) => diesel::insert_into($table).values(chunk).execute(c)?,
            };
        }
    };
}
pub(super) use insert_many;

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

/// SQLite's count of commits by other connections, which says something only beside an earlier one of the same connection.
///
/// # Errors
/// [`StoreError`].
pub fn commits_of_others(conn: &mut DbConn) -> Result<i64, StoreError> {
    match conn {
        DbConn::Sqlite(c) => Ok(sql_query("PRAGMA data_version").get_result::<DataVersion>(c)?.data_version),
        DbConn::Postgres(_) => Ok(0),
    }
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = sql_types::BigInt)]
    data_version: i64,
}

/// Opens a transaction that sees one moment.
///
/// # Errors
/// [`StoreError`].
pub fn begin_read(conn: &mut DbConn) -> Result<(), StoreError> {
    match conn {
        DbConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?,
        DbConn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
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

/// The limit to bind to a query of which only the first rows are read, if it is to be bound at all: SQLite makes a statement with
/// a bound `LIMIT` anew each time it is used, so there the reading stops instead and an index gives the order.
pub(super) fn bound_limit(conn: &DbConn, most: i64) -> Option<i64> {
    match conn {
        DbConn::Sqlite(_) => None,
        DbConn::Postgres(_) => Some(most),
    }
}

/// Begins an act inside the transaction that is open, so that it can be undone alone.
///
/// # Errors
/// [`StoreError`].
pub fn begin_act(conn: &mut DbConn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("SAVEPOINT act")?)
}

/// Ends an act that is to be kept when its transaction is.
///
/// # Errors
/// [`StoreError`] when the database undid the whole transaction meanwhile.
pub fn keep_act(conn: &mut DbConn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("RELEASE act")?)
}

/// Undoes an act and nothing else.
///
/// # Errors
/// [`StoreError`] when the database undid the whole transaction meanwhile.
pub fn undo_act(conn: &mut DbConn) -> Result<(), StoreError> {
    Ok(conn.batch_execute("ROLLBACK TO act; RELEASE act")?)
}

/// Whether a transaction is still open on a connection that should have none, or nobody knows.
pub fn is_in_doubt(conn: &mut DbConn) -> bool {
    <DbConn as Connection>::TransactionManager::is_broken_transaction_manager(conn)
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

/// Writes register rows: `COPY` on PostgreSQL, prepared statements of many rows on SQLite.
///
/// # Errors
/// [`StoreError`].
pub(super) fn insert_residents(conn: &mut DbConn, rows: &[NewRow]) -> Result<(), StoreError> {
    match conn {
        DbConn::Sqlite(c) => {
            let (full, rest) = rows.as_chunks::<ROWS_PER_STATEMENT>();
            for chunk in full {
                diesel::insert_into(residents::table).values(chunk).execute(c)?;
            }
            for row in rest {
                diesel::insert_into(residents::table).values(row).execute(c)?;
            }
        }
        DbConn::Postgres(c) => {
            diesel::copy_from(residents::table).from_insertable(rows).execute(c)?;
        }
    }
    Ok(())
}

/// Writes recorded deaths, many rows a statement.
///
/// # Errors
/// [`StoreError`].
pub(super) fn insert_deaths(conn: &mut DbConn, rows: &[DeathRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(DEATHS_PER_STATEMENT) {
        match conn {
            DbConn::Sqlite(c) => diesel::insert_into(deaths::table).values(chunk).execute(c)?,
            DbConn::Postgres(c) => diesel::insert_into(deaths::table).values(chunk).execute(c)?,
        };
    }
    Ok(())
}

/// The part of a register that has to come anew, as a divisor, before making its indexes again is the shorter way.
const SHARE_TO_BARE: i64 = 8;

/// An index as the catalogue describes it.
#[derive(QueryableByName)]
pub(super) struct Index {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
    #[diesel(sql_type = sql_types::Text)]
    statement: String,
}

/// How many rows the register has, of all offices and times.
///
/// # Errors
/// [`StoreError`].
pub(super) fn resident_rows(conn: &mut DbConn) -> Result<i64, StoreError> {
    Ok(residents::table.count().get_result(conn)?)
}

/// Takes the indexes away where sorting once at the end is faster than finding the place of every row; returns them for
/// [`dress_residents`]. So it is in an empty register, and on SQLite also when many rows come to those that are there.
/// PostgreSQL would make every reader wait until the import is done, so there a register with rows keeps its indexes.
///
/// # Errors
/// [`StoreError`].
pub(super) fn bare_residents(conn: &mut DbConn, before: i64, coming: i64) -> Result<Vec<Index>, StoreError> {
    let keeps = match conn {
        DbConn::Sqlite(_) => coming < before.div_euclid(SHARE_TO_BARE),
        DbConn::Postgres(_) => before > 0,
    };
    if keeps {
        return Ok(Vec::new());
    }
    let indexes: Vec<Index> = match conn {
        DbConn::Sqlite(c) => sql_query(
            "SELECT name, sql AS statement FROM sqlite_master WHERE type = 'index' AND tbl_name = 'residents' AND sql IS NOT NULL",
        )
        .load(c)?,
        DbConn::Postgres(c) => sql_query(
            "SELECT i.indexname::text AS name, i.indexdef AS statement FROM pg_indexes i
             WHERE i.schemaname = current_schema() AND i.tablename = 'residents' AND i.indexname <> 'residents_pkey'",
        )
        .load(c)?,
    };
    for index in &indexes {
        sql_query(format!("DROP INDEX {}", index.name)).execute(conn)?;
    }
    Ok(indexes)
}

/// Makes the indexes that [`bare_residents`] took away.
///
/// # Errors
/// [`StoreError`].
pub(super) fn dress_residents(conn: &mut DbConn, indexes: &[Index]) -> Result<(), StoreError> {
    for index in indexes {
        sql_query(&index.statement).execute(conn)?;
    }
    if let (DbConn::Postgres(c), false) = (conn, indexes.is_empty()) {
        // Not on SQLite: with statistics it plans statements anew for every value, which costs more than the plans gain.
        sql_query("ANALYZE residents").execute(c)?;
    }
    Ok(())
}
