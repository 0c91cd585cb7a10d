//! Bringing a database to the shape this program expects.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::DbConn;
use super::error::StoreError;

const COMMON: EmbeddedMigrations = embed_migrations!("migrations/common");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// One sequence out of the common folder and the engine's own.
struct Merged(EmbeddedMigrations);

macro_rules! merged_source {
    ($backend:ty) => {
        impl MigrationSource<$backend> for Merged {
            fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<$backend>>>> {
                let mut all = MigrationSource::<$backend>::migrations(&COMMON)?;
                all.extend(MigrationSource::<$backend>::migrations(&self.0)?);
                all.sort_by_key(|m| m.name().to_string());
                Ok(all)
            }
        }
    };
}
merged_source!(Sqlite);
merged_source!(Pg);

/// Runs what is pending, each migration in its own transaction, and returns their names.
///
/// # Errors
/// [`StoreError::Unreachable`] with the database's words.
pub fn run_pending(conn: &mut DbConn) -> Result<Vec<String>, StoreError> {
    let ran = match conn {
        DbConn::Sqlite(c) => c.run_pending_migrations(Merged(SQLITE)).map(|v| v.iter().map(ToString::to_string).collect()),
        DbConn::Postgres(c) => c.run_pending_migrations(Merged(POSTGRES)).map(|v| v.iter().map(ToString::to_string).collect()),
    };
    ran.map_err(|e| StoreError::Unreachable(format!("migrasi gagal: {e}")))
}

/// Whether migrations are pending.
///
/// # Errors
/// [`StoreError::Unreachable`] with the database's words.
pub fn is_pending(conn: &mut DbConn) -> Result<bool, StoreError> {
    let pending = match conn {
        DbConn::Sqlite(c) => c.has_pending_migration(Merged(SQLITE)),
        DbConn::Postgres(c) => c.has_pending_migration(Merged(POSTGRES)),
    };
    pending.map_err(|e| StoreError::Unreachable(format!("migrasi tidak terbaca: {e}")))
}

/// Drops what an earlier demo left in a PostgreSQL database; anything else in it is left alone and reported as `false`.
///
/// # Errors
/// [`StoreError`].
pub fn empty_demo_database(conn: &mut DbConn) -> Result<bool, StoreError> {
    let DbConn::Postgres(c) = conn else { return Ok(true) };
    let tables = "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema()";
    let marked = format!("{tables} AND table_name = '{DEMO_MARK}'");
    let (there, ours): (Counted, Counted) = (diesel::sql_query(tables).get_result(c)?, diesel::sql_query(marked).get_result(c)?);
    if there.n > 0 && ours.n == 0 {
        return Ok(false);
    }
    let schema = "DO $$ BEGIN EXECUTE format('DROP SCHEMA %1$I CASCADE; CREATE SCHEMA %1$I', current_schema()); END $$";
    c.batch_execute(&format!("{schema}; CREATE TABLE {DEMO_MARK} (made_by TEXT NOT NULL)"))?;
    Ok(true)
}

/// The table that says that a database is the demo's own.
const DEMO_MARK: &str = "santunan_demo";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}
