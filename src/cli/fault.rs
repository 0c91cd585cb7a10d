//! How a command ends when it does not end well.

use crate::config::ConfigFault;
use crate::store::StoreError;
use crate::workflow::Refusal;
use crate::workflow::accounts::AccountRefusal;

use super::over_files::FilesFault;

/// A command that did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum CliFault {
    /// The office's rules or the input say no; exit code 1.
    #[error("{0}")]
    Refused(String),
    /// The words of the command do not fit together; exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The machine, the configuration or the database does not play along; exit code 3.
    #[error("{0}")]
    Environment(String),
}

impl CliFault {
    /// The exit code the fault stands for.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::Environment(_) => 3,
        }
    }

    /// Something that was named and is not there, in these words; any other trouble with the database is the machine's.
    pub(super) fn missing(error: StoreError, words: String) -> Self {
        match error {
            StoreError::NotFound => Self::Refused(words),
            other => other.into(),
        }
    }

    /// A file that cannot be read or written, named with the reason.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Refused(format!("{}: berkas tidak dapat dibuka atau ditulis ({error})", path.display()))
    }
}

impl From<Refusal> for CliFault {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::Busy
            | Refusal::Uncertain(_)
            | Refusal::Settings(_)
            | Refusal::Files(_)
            | Refusal::LetterKeys(_)
            | Refusal::Store(_) => Self::Environment(with_cause(&refusal)),
            _ => Self::Refused(refusal.to_string()),
        }
    }
}

impl From<AccountRefusal> for CliFault {
    fn from(refusal: AccountRefusal) -> Self {
        match &refusal {
            AccountRefusal::Store(_) | AccountRefusal::Hash => Self::Environment(with_cause(&refusal)),
            _ => Self::Refused(refusal.to_string()),
        }
    }
}

impl From<StoreError> for CliFault {
    fn from(error: StoreError) -> Self {
        Self::Environment(with_cause(&error))
    }
}

impl From<FilesFault> for CliFault {
    fn from(fault: FilesFault) -> Self {
        let text = with_cause(&fault);
        if fault.exit_code() == 1 { Self::Refused(text) } else { Self::Environment(text) }
    }
}

impl From<Vec<ConfigFault>> for CliFault {
    fn from(faults: Vec<ConfigFault>) -> Self {
        let lines: Vec<String> = faults.iter().map(|f| format!("  {f}")).collect();
        Self::Environment(format!("Pengaturan belum benar:\n{}", lines.join("\n")))
    }
}

/// A sentence with the words of what caused it, for the person at the command line.
fn with_cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text} ({inner})");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_is_away_is_no_account_that_is_missing() {
        let code = |error| CliFault::missing(error, "akun bendahara tidak ada".to_owned()).exit_code();
        assert_eq!([StoreError::NotFound, StoreError::Lost, StoreError::Busy].map(code), [1, 3, 3]);
    }
}
