//! The same test on both engines, each time on a database of its own. `tests/support/mod.rs` does the same for whole offices.

use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::{DatabaseUrl, Store};

/// Numbers the schemas of one test process.
static SCHEMAS: AtomicU64 = AtomicU64::new(0);

/// Runs `work` on a fresh SQLite file and in a fresh schema of the PostgreSQL server that `SANTUNAN_TEST_POSTGRES_URL` names.
///
/// A machine without that server fails here rather than passing unseen.
pub(crate) fn on_both_engines(work: impl Fn(&Store)) {
    let folder = tempfile::tempdir().unwrap();
    work(&migrated(&DatabaseUrl::Sqlite(folder.path().join("uji.db"))));
    let schema = Schema::make();
    work(&migrated(&schema.url()));
}

fn migrated(url: &DatabaseUrl) -> Store {
    Store::migrate_and_open(url).unwrap().0
}

/// A schema that goes when the test ends.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    fn make() -> Self {
        let server = std::env::var("SANTUNAN_TEST_POSTGRES_URL");
        let server = server.expect("store tests need a PostgreSQL server: set SANTUNAN_TEST_POSTGRES_URL, or run `bash .ci/test`");
        let schema = Self { server, name: format!("uji_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed)) };
        schema.run(&format!("CREATE SCHEMA {}", schema.name));
        schema
    }

    fn url(&self) -> DatabaseUrl {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        DatabaseUrl::Postgres(format!("{}{mark}options=-c%20search_path%3D{}", self.server, self.name))
    }

    fn run(&self, sql: &str) {
        PgConnection::establish(&self.server).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(&format!("SET client_min_messages = warning; DROP SCHEMA {} CASCADE", self.name));
    }
}
