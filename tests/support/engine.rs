//! A database that goes when the test ends.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use santunan::clock::new_id;
use santunan::store::DatabaseUrl;

/// The engines every story is told on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A folder, and on PostgreSQL a schema of its own in the server that `SANTUNAN_TEST_POSTGRES_URL` names.
pub struct Database {
    folder: tempfile::TempDir,
    schema: Option<(String, String)>,
}

impl Database {
    /// # Panics
    /// On a machine without a PostgreSQL server: a story untold there would pass unseen.
    pub fn make(engine: Engine) -> Self {
        if engine == Engine::Sqlite {
            return Self { folder: tempfile::tempdir().unwrap(), schema: None };
        }
        let server = std::env::var("SANTUNAN_TEST_POSTGRES_URL");
        Self::on_server(&server.expect("these tests need a PostgreSQL server: set SANTUNAN_TEST_POSTGRES_URL, or run `bash .ci/test`"))
    }

    /// A schema of its own in the server with this address.
    pub fn on_server(server: &str) -> Self {
        let name = format!("uji_{}", new_id().replace('-', ""));
        run(server, &format!("CREATE SCHEMA {name}"));
        Self { folder: tempfile::tempdir().unwrap(), schema: Some((server.to_owned(), name)) }
    }

    /// For kept files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn url(&self) -> DatabaseUrl {
        let Some((server, name)) = &self.schema else { return DatabaseUrl::Sqlite(self.folder.path().join("uji.db")) };
        let mark = if server.contains('?') { '&' } else { '?' };
        DatabaseUrl::Postgres(format!("{server}{mark}options=-c%20search_path%3D{name}&application_name={name}"))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.schema {
            run(server, &format!("SET client_min_messages = warning; DROP SCHEMA {name} CASCADE"));
        }
    }
}

fn run(server: &str, sql: &str) {
    PgConnection::establish(server).unwrap().batch_execute(sql).unwrap();
}
