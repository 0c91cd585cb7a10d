//! What is wrong in the configuration.

use std::fmt;

/// One fault, as one Indonesian sentence that names the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigFault {
    /// The variable or the key of the file, as the operator wrote it: `SANTUNAN_LISTEN`, `server.listen (santunan.toml)`.
    pub key: String,
    /// What is wrong and what to write. Never holds a secret.
    pub what: String,
}

impl ConfigFault {
    /// A fault of a key.
    pub(super) fn new(key: impl Into<String>, what: impl Into<String>) -> Self {
        Self { key: key.into(), what: what.into() }
    }

    /// A key nobody knows, with the known one that looks most like it.
    pub(super) fn unknown(key: impl Into<String>, hint: Option<&str>) -> Self {
        let question = hint.map_or_else(String::new, |known| format!("; maksud Anda \"{known}\"?"));
        Self::new(key, format!("tidak dikenal{question}"))
    }
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.what)
    }
}
