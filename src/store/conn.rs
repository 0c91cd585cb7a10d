//! Connections: one enum over both engines, opened by the scheme of the URL.

use std::path::{Path, PathBuf};

use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::r2d2::ManageConnection;
use diesel::{Connection, MultiConnection, PgConnection, SqliteConnection};

use super::error::StoreError;

/// A connection to either engine. Only `dialect.rs`, `migrate.rs` and `register/candidates.rs` may ask which.
#[derive(MultiConnection)]
pub enum DbConn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite, bundled.
    Sqlite(SqliteConnection),
}

/// Where the data lives, read from `SANTUNAN_DATABASE_URL`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded SQLite.
    Sqlite(PathBuf),
    /// A PostgreSQL address, as libpq reads it.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads an address by its scheme; nothing is guessed, so a mistyped address never becomes a new empty file.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] with the sentence for the operator.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return if path.is_empty() { Err(unknown(text)) } else { Ok(Self::Sqlite(PathBuf::from(path))) };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(unknown(text))
    }
}

fn unknown(text: &str) -> StoreError {
    let scheme = text.split_once(':').map_or("(tanpa skema)", |(scheme, _)| scheme);
    StoreError::Unreachable(format!(
        "alamat basis data dengan skema \"{scheme}\" tidak dikenal; tulis sqlite:///jalur/ke/berkas.db atau postgres://pengguna@host/nama"
    ))
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => write!(f, "postgres://…@{}", url.rsplit_once('@').map_or("…", |(_, host)| host)),
        }
    }
}

/// Opens and checks connections for the pool.
#[derive(Debug)]
pub struct Connections(pub DatabaseUrl);

impl ManageConnection for Connections {
    type Connection = DbConn;
    type Error = StoreError;

    fn connect(&self) -> Result<DbConn, StoreError> {
        open(&self.0)
    }

    fn is_valid(&self, conn: &mut DbConn) -> Result<(), StoreError> {
        conn.batch_execute("SELECT 1").map_err(StoreError::from)
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        // A panic in the middle of a transaction must not hand its connection to the next person.
        std::thread::panicking() || <DbConn as Connection>::TransactionManager::is_broken_transaction_manager(conn)
    }
}

/// Opens one connection with the settings money needs: WAL, full synchronisation, foreign keys.
///
/// # Errors
/// [`StoreError::Unreachable`] when the file or server cannot be opened, also when the SQLite file does not exist yet:
/// only `migrate` makes one.
pub fn open(url: &DatabaseUrl) -> Result<DbConn, StoreError> {
    match url {
        DatabaseUrl::Sqlite(path) => open_sqlite(path).map(DbConn::Sqlite),
        DatabaseUrl::Postgres(address) => open_postgres(address).map(DbConn::Postgres),
    }
}

fn open_sqlite(path: &Path) -> Result<SqliteConnection, StoreError> {
    if !path.exists() && path != Path::new(":memory:") {
        return Err(StoreError::Unreachable(format!("berkas {} tidak ada; jalankan `santunan migrate` untuk membuatnya", path.display())));
    }
    let name = path.to_str().ok_or_else(|| StoreError::Unreachable("jalur berkas bukan teks UTF-8".into()))?;
    let mut conn = SqliteConnection::establish(name).map_err(|e| StoreError::Unreachable(e.to_string()))?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456;",
    )?;
    Ok(conn)
}

/// How long a silent line is believed in, on this side: unless the address says otherwise, a server that has vanished without a word
/// (its power, its network) is noticed within a minute.
const LINE: [(&str, &str); 5] = [
    ("connect_timeout", "5"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "60000"),
];

/// The same on the server's side: an office that has vanished in the middle of an act does not hold the office's lock for hours. A lock
/// is waited for as long as a connection.
const SESSION: &str = "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '5min';
    SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;";

fn open_postgres(address: &str) -> Result<PgConnection, StoreError> {
    let mut conn = PgConnection::establish(&with_line(address)).map_err(|e| StoreError::Unreachable(e.to_string()))?;
    conn.batch_execute(SESSION)?;
    Ok(conn)
}

/// The address with what it does not say about the line itself.
fn with_line(address: &str) -> String {
    LINE.into_iter().filter(|(key, _)| !address.contains(&format!("{key}="))).fold(address.to_owned(), |address, (key, value)| {
        let mark = if address.contains('?') { '&' } else { '?' };
        format!("{address}{mark}{key}={value}")
    })
}

/// Makes an empty SQLite file (and its folder) where there is none; PostgreSQL databases are made by their administrator.
///
/// # Errors
/// [`StoreError::Unreachable`] when the folder cannot be written.
pub fn create_if_embedded(url: &DatabaseUrl) -> Result<(), StoreError> {
    let DatabaseUrl::Sqlite(path) = url else { return Ok(()) };
    if path.exists() {
        return Ok(());
    }
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::File::create(path).map(drop));
    made.map_err(|e| StoreError::Unreachable(format!("berkas {} tidak dapat dibuat: {e}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_chosen_by_its_scheme_and_never_guessed() {
        assert_eq!(DatabaseUrl::parse("sqlite:///srv/a.db").unwrap(), DatabaseUrl::Sqlite("/srv/a.db".into()));
        assert!(matches!(DatabaseUrl::parse("postgres://a@b/c").unwrap(), DatabaseUrl::Postgres(_)));
        for bad in ["", "a.db", "sqlite:", "sqlite://", "postgres:typo", "dbname=x host=y", "mysql://a/b"] {
            assert!(DatabaseUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mistyped_file_is_refused_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("salah-ketik.db");
        assert!(open(&DatabaseUrl::Sqlite(path.clone())).is_err());
        assert!(!path.exists());
    }

    #[test]
    fn what_an_address_says_about_its_line_stands() {
        let check = |address: &str, expected: &str| assert_eq!(with_line(address), expected);
        let rest = "keepalives_idle=30&keepalives_interval=10&keepalives_count=3&tcp_user_timeout=60000";
        check("postgres://a@b/c", &format!("postgres://a@b/c?connect_timeout=5&{rest}"));
        check("postgres://a@b/c?connect_timeout=60", &format!("postgres://a@b/c?connect_timeout=60&{rest}"));
    }

    #[test]
    fn the_password_of_an_address_is_not_shown() {
        let url = DatabaseUrl::parse("postgres://santunan:rahasia@db/santunan").unwrap();
        assert!(!format!("{url:?}").contains("rahasia"));
    }
}
