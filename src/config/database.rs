//! The database: the embedded file by default, PostgreSQL by address.

use std::fmt;
use std::path::Path;

use super::secret::Secret;
use super::source::{Found, Key, Sources};

pub(super) const URL: Key = Key::secret("database.url", "SANTUNAN_DATABASE_URL");

/// Name of the embedded database inside the data folder.
const FILE_NAME: &str = "santunan.db";

/// Where the data lives.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// `sqlite://PATH` or `postgres://…`, which may hold a password.
    pub url: Secret,
}

impl DatabaseConfig {
    pub(super) fn read(sources: &mut Sources<'_>, data_dir: &Path) -> Option<Self> {
        let Some(found) = sources.value(URL) else {
            return Some(Self { url: Secret::new(format!("sqlite://{}", data_dir.join(FILE_NAME).display())) });
        };
        match fault(found.text.trim()) {
            None => Some(Self { url: Secret::new(found.text.trim()) }),
            Some(what) => refuse(sources, &found, &what),
        }
    }

    /// Whether the data lives in the embedded file rather than on a PostgreSQL server.
    pub fn is_embedded(&self) -> bool {
        self.url.expose().starts_with("sqlite://")
    }
}

fn refuse(sources: &mut Sources<'_>, found: &Found, what: &str) -> Option<DatabaseConfig> {
    sources.refuse(found, format!("{what}; tulis sqlite:///jalur/ke/santunan.db atau postgres://pengguna:sandi@host:5432/basisdata"));
    None
}

/// Why an address is refused. Nothing is guessed: a mistyped address must never become a new empty database.
fn fault(url: &str) -> Option<String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("tidak berisi \"://\"".to_owned());
    };
    match scheme {
        "sqlite" if rest.is_empty() => Some("tidak menyebut berkasnya".to_owned()),
        "sqlite" if rest.contains(":memory:") => Some("meminta basis data di memori, yang hilang saat program berhenti".to_owned()),
        "sqlite" if rest.ends_with('/') => Some("menyebut folder, bukan berkas".to_owned()),
        "postgres" | "postgresql" if rest.trim_matches('/').is_empty() => Some("tidak menyebut server dan nama basis datanya".to_owned()),
        "sqlite" | "postgres" | "postgresql" => None,
        other if other.len() <= 12 && other.chars().all(|c| c.is_ascii_alphanumeric()) => {
            Some(format!("memakai skema \"{other}\", yang tidak dikenal"))
        }
        _ => Some("memakai skema yang tidak dikenal".to_owned()),
    }
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.is_embedded() { self.url.expose() } else { "postgres://******" };
        write!(f, "DatabaseConfig({shown})")
    }
}
