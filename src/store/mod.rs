//! The database: the only place with SQL. Facts come out, outcomes go in; nothing is decided here.
//!
//! Reading takes `&mut DbConn`; writing takes `&mut Tx`, which only [`Store::write`] makes, so that a write
//! outside a transaction does not compile.

pub mod activities;
pub mod alive;
pub mod answers;
pub mod audit;
pub mod bank_profile_files;
pub mod claims;
mod conn;
mod convert;
pub mod deaths;
mod dialect;
pub mod documents;
mod error;
pub mod events;
pub mod files;
pub mod history;
pub mod letter_keys;
pub mod letters;
pub mod mapping_files;
pub mod match_model;
mod migrate;
pub mod money;
pub mod outbox;
pub mod packs;
pub mod payee_alerts;
pub mod register;
pub mod releases;
pub mod schema;
pub mod sessions;
pub mod snapshots;
pub mod sources;
pub mod stop_lists;
pub mod surroundings;
pub mod tasks;
#[cfg(test)]
pub(crate) mod testing;
pub mod users;
pub mod waivers;
mod writer;

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};

pub use conn::{DatabaseUrl, DbConn};
pub use error::{Key, StoreError};

use crate::domain::crosscheck::Meanwhile;
use conn::Connections;
use files::Staged;
pub use writer::Change;
use writer::{Company, Seen, Writer};

/// Connections kept open. Two cores answer no faster with more.
const CONNECTIONS: u32 = 8;
/// How long a request waits for a connection before it is told that the office is busy.
const CONNECTION_WAIT: Duration = Duration::from_secs(10);

/// The door to the data, cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Connections>,
    /// The embedded database's one writer; PostgreSQL lets many write and groups their commits itself.
    writer: Option<Arc<Writer>>,
    /// Keeps a throw-away database's folder alive as long as anybody uses it.
    _folder: Option<Arc<ThrowAway>>,
}

/// A write transaction. Everything done through it is kept together or not at all.
pub struct Tx<'a> {
    conn: &'a mut DbConn,
    files: Vec<Staged>,
    writer: Option<&'a Writer>,
    change: Change,
}

/// When a reading began, among the acts of the one writer.
#[derive(Debug, Clone, Copy)]
pub struct Moment(Seen);

impl Store {
    /// Opens a database that is already in shape.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when it cannot be opened or migrations are pending.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        if migrate::is_pending(&mut conn::open(url)?)? {
            return Err(StoreError::Unreachable("skema basis data belum mutakhir; jalankan `santunan migrate`".into()));
        }
        Self::pool(url, None)
    }

    /// Makes the embedded file where there is none, migrates, and opens. Returns the migrations that ran.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub fn migrate_and_open(url: &DatabaseUrl) -> Result<(Self, Vec<String>), StoreError> {
        conn::create_if_embedded(url)?;
        let ran = migrate::run_pending(&mut conn::open(url)?)?;
        Ok((Self::pool(url, None)?, ran))
    }

    /// Empties a PostgreSQL database for the demo, if it is empty already or an earlier demo filled it. Returns whether it is empty now.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub fn empty_demo_database(url: &DatabaseUrl) -> Result<bool, StoreError> {
        migrate::empty_demo_database(&mut conn::open(url)?)
    }

    /// A migrated SQLite database in a folder of its own that goes when the store goes.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when no folder can be made under `parent`.
    pub fn throw_away(parent: &std::path::Path, name: &str) -> Result<Self, StoreError> {
        let folder = parent.join(format!("santunan-{name}"));
        std::fs::create_dir_all(&folder).map_err(|e| StoreError::Unreachable(e.to_string()))?;
        let guard = Arc::new(ThrowAway(folder.clone()));
        let url = DatabaseUrl::Sqlite(folder.join("sementara.db"));
        conn::create_if_embedded(&url)?;
        migrate::run_pending(&mut conn::open(&url)?)?;
        Self::pool(&url, Some(guard))
    }

    fn pool(url: &DatabaseUrl, folder: Option<Arc<ThrowAway>>) -> Result<Self, StoreError> {
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(CONNECTION_WAIT)
            .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
            .build(Connections(url.clone()))
            .map_err(|e| StoreError::Unreachable(e.to_string()))?;
        let writer = matches!(url, DatabaseUrl::Sqlite(_)).then(|| Arc::new(Writer::new(url.clone())));
        Ok(Self { pool, writer, _folder: folder })
    }

    /// Reads. `E` lets a workflow return its own refusals.
    ///
    /// # Errors
    /// Whatever `work` returns, or [`StoreError::Busy`] when no connection is free.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut DbConn) -> Result<T, E>) -> Result<T, E> {
        work(&mut *self.connection()?)
    }

    /// Reads everything as it stood at one moment, however long it takes and whatever people do meanwhile.
    ///
    /// # Errors
    /// Whatever `work` returns, or [`StoreError::Busy`] when no connection is free.
    pub fn read_at_one_moment<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut DbConn) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection()?;
        let conn: &mut DbConn = &mut connection;
        dialect::begin_read(conn)?;
        let outcome = work(conn);
        dialect::roll_back(conn);
        outcome
    }

    /// Reads what an act will need before it waits at the writer's door. Inside, [`Tx::since`] says what came in between.
    /// `None`, and nothing is read, where the database lets many write: there nobody could say.
    ///
    /// # Errors
    /// As [`Store::read_at_one_moment`].
    pub fn read_ahead<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut DbConn) -> Result<T, E>) -> Result<Option<(T, Moment)>, E> {
        let Some(writer) = &self.writer else { return Ok(None) };
        let _turn = writer.turn_to_read_ahead();
        // Noted before the reading begins: who commits in between counts as not seen.
        let moment = Moment(writer.seen());
        Ok(Some((self.read_at_one_moment(work)?, moment)))
    }

    /// Gathers, decides and records in one transaction, as the office's only writer. An `Err` undoes everything, a panic too.
    /// On SQLite acts that wait for each other are committed together (`docs/adr/0013`), each failing alone.
    ///
    /// # Errors
    /// Whatever `work` returns; [`StoreError::Busy`] when the writer's door stays shut, and at once for a write inside a write on
    /// SQLite; [`StoreError::Lost`] when the server went away before the commit; [`StoreError::Uncommitted`] when disk or server
    /// failed at the commit and nobody may count on the act.
    pub fn write<T, E: From<StoreError>>(&self, office_id: &str, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.write_beside(Company::Any, office_id, work)
    }

    /// As [`Store::write`], for an act that takes seconds: what others did before it is committed first, so that nobody waits for
    /// its end to hear of their own.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_long<T, E: From<StoreError>>(&self, office_id: &str, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.write_beside(Company::OnlyLater, office_id, work)
    }

    fn write_beside<T, E: From<StoreError>>(
        &self,
        company: Company,
        office_id: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.writer {
            Some(writer) => writer.write(company, work),
            None => self.write_alone(office_id, work),
        }
    }

    /// One transaction on a connection of its own, under the office's lock.
    fn write_alone<T, E: From<StoreError>>(&self, office_id: &str, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection()?;
        let conn: &mut DbConn = &mut connection;
        dialect::begin_write(conn)?;
        let outcome = dialect::lock_office(conn, office_id).map_err(E::from).and_then(|()| {
            let mut tx = Tx::over(conn);
            let value = work(&mut tx)?;
            files::seal(tx.files).map_err(|fault| StoreError::Uncommitted(fault.to_string()))?;
            Ok(value)
        });
        match outcome {
            Ok(value) => {
                if let Err(failed) = dialect::commit(conn) {
                    dialect::roll_back(conn);
                    // Whether the server heard of it before it went, only a look at the data can tell.
                    let lost = matches!(failed, StoreError::Lost);
                    return Err(if lost { StoreError::Uncommitted(failed.to_string()) } else { failed }.into());
                }
                Ok(value)
            }
            Err(refused) => {
                dialect::roll_back(conn);
                Err(refused)
            }
        }
    }

    fn connection(&self) -> Result<PooledConnection<Connections>, StoreError> {
        self.pool.get().map_err(|timeout| {
            tracing::warn!(%timeout, "no database connection");
            StoreError::Busy
        })
    }
}

impl<'a> Tx<'a> {
    fn over(conn: &'a mut DbConn) -> Self {
        Self { conn, files: Vec::new(), writer: None, change: Change::Anything }
    }

    /// What happened since a moment, also what is not committed yet; `None` when perhaps anything else has changed too.
    pub fn since(&self, moment: Moment) -> Option<Vec<Arc<Meanwhile>>> {
        self.writer?.since(moment.0)
    }

    /// Says what this act changes of what others are looked at by; an act that says nothing may have changed anything.
    pub fn changes(&mut self, change: Change) {
        self.change = change;
    }

    /// Lets a file share the act's fate: on the disk under its name before the commit, thrown away when the act is undone.
    /// Returns its name.
    pub fn keep(&mut self, staged: Staged) -> String {
        let name = staged.name().to_owned();
        self.files.push(staged);
        name
    }
}

impl Deref for Tx<'_> {
    type Target = DbConn;
    fn deref(&self) -> &DbConn {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut DbConn {
        self.conn
    }
}

struct ThrowAway(PathBuf);

impl Drop for ThrowAway {
    fn drop(&mut self) {
        let _left_for_the_system = std::fs::remove_dir_all(&self.0);
    }
}
