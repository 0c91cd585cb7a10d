//! The log: what is written to standard error.

use tracing_subscriber::EnvFilter;

use super::source::{Key, Sources};

pub(super) const FILTER: Key = Key::plain("log.filter", "SANTUNAN_LOG");

/// How much is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// Filter of `tracing`: `info`, `debug`, `warn,santunan=debug`.
    pub filter: String,
}

impl LogConfig {
    pub(super) fn read(sources: &mut Sources<'_>) -> Option<Self> {
        let Some(found) = sources.value(FILTER) else { return Some(Self { filter: "info,rocket=error".to_owned() }) };
        match EnvFilter::builder().parse(found.text.trim()) {
            Ok(_readable) => Some(Self { filter: found.text.trim().to_owned() }),
            Err(why) => {
                sources.refuse(&found, format!("tidak terbaca ({why}); tulis error, warn, info, debug, atau santunan=debug"));
                None
            }
        }
    }
}
