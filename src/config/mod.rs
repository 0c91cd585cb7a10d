//! Configuration: built-in values, a TOML file over them, `SANTUNAN_*` variables over both; every fault told at once.
//!
//! One file per section. A secret may come from a file of its own: `SANTUNAN_MAIL_PASSWORD_FILE` or
//! `mail.password_file`. A variable that is set but empty counts as not set.

mod database;
mod dukcapil;
mod fault;
mod hint;
mod log;
mod mail;
mod secret;
mod server;
mod source;

use std::path::{Path, PathBuf};

pub use database::DatabaseConfig;
pub use dukcapil::DukcapilConfig;
pub use fault::ConfigFault;
pub use log::LogConfig;
pub use mail::{MailConfig, MailLogin, MailTls, MailTransport};
pub use secret::Secret;
pub use server::ServerConfig;

use source::{Key, Sources};

const DATA_DIR: Key = Key::plain("data_dir", "SANTUNAN_DATA_DIR");

/// Names the configuration file when the command line does not.
const CONFIG_FILE: &str = "SANTUNAN_CONFIG";

/// The password of whoever acts at the command line; read there, never kept.
const PASSWORD: &str = "SANTUNAN_PASSWORD";

/// Every key there is; anything else in the file is a slip of the pen.
const KEYS: [Key; 26] = [
    DATA_DIR,
    server::LISTEN,
    server::PUBLIC_URL,
    database::URL,
    mail::TRANSPORT,
    mail::HOST,
    mail::PORT,
    mail::TLS,
    mail::USER,
    mail::PASSWORD,
    mail::FROM,
    mail::REPLY_TO,
    log::FILTER,
    dukcapil::URL,
    dukcapil::CUSTOMER,
    dukcapil::USER,
    dukcapil::PASSWORD,
    dukcapil::IP_USER,
    dukcapil::METHOD,
    dukcapil::DATES,
    dukcapil::THRESHOLD,
    dukcapil::TIMEOUT,
    dukcapil::LIMIT,
    dukcapil::CODES,
    dukcapil::PLAIN_HTTP,
    dukcapil::ROOT_FILE,
];

/// Everything that can be set, already checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the program keeps everything: the embedded database, evidence, mail files.
    pub data_dir: PathBuf,
    /// The web server.
    pub server: ServerConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// Outgoing mail.
    pub mail: MailConfig,
    /// The log.
    pub log: LogConfig,
    /// Dukcapil's service, where the office has access.
    pub dukcapil: Option<DukcapilConfig>,
}

impl Config {
    /// Reads the configuration: `env` looks a variable up, `file` is the file named on the command line.
    ///
    /// # Errors
    /// Every [`ConfigFault`] of every section, each with the key it concerns and what to write instead.
    pub fn load(env: &impl Fn(&str) -> Option<String>, file: Option<&Path>) -> Result<Self, Vec<ConfigFault>> {
        let named = env(CONFIG_FILE).filter(|path| !path.is_empty()).map(PathBuf::from);
        let mut sources = Sources::open(env, file.or(named.as_deref()), &KEYS);
        let data_dir = read_data_dir(&mut sources);
        let server = ServerConfig::read(&mut sources);
        let database = DatabaseConfig::read(&mut sources, &data_dir);
        let mail = MailConfig::read(&mut sources);
        let log = LogConfig::read(&mut sources);
        let dukcapil = DukcapilConfig::read(&mut sources);
        let faults = sources.into_faults();
        match (server, database, mail, log, dukcapil) {
            (Some(server), Some(database), Some(mail), Some(log), Some(dukcapil)) if faults.is_empty() => {
                Ok(Self { data_dir, server, database, mail, log, dukcapil })
            }
            _ => Err(faults),
        }
    }

    /// Faults for variables that begin with `SANTUNAN_` but mean nothing, most often a slip of the pen.
    pub fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<ConfigFault> {
        names.filter(|name| name.starts_with("SANTUNAN_") && !name.starts_with("SANTUNAN_TEST_")).filter_map(unknown_variable).collect()
    }
}

fn unknown_variable(name: String) -> Option<ConfigFault> {
    let known: Vec<String> = KEYS.iter().flat_map(Key::variables).chain([CONFIG_FILE, PASSWORD].map(str::to_owned)).collect();
    if known.contains(&name) {
        return None;
    }
    let hint = hint::closest(&name, known.iter().map(String::as_str));
    Some(ConfigFault::unknown(name, hint))
}

fn read_data_dir(sources: &mut Sources<'_>) -> PathBuf {
    let Some(found) = sources.value(DATA_DIR) else { return PathBuf::from("data") };
    let path = PathBuf::from(&found.text);
    if path.is_file() {
        sources.refuse(&found, "adalah berkas, bukan folder; tulis sebuah folder, misalnya /var/lib/santunan");
    }
    path
}

#[cfg(test)]
mod tests;
