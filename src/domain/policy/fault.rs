//! What can be wrong with a pack, and why no version may cover a death.

use chrono::NaiveDate;

use crate::domain::calendar::long_date;

/// Why no version covers a death.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyGap {
    /// The programme had not begun; carries its first day.
    #[error("program santunan baru berlaku untuk kematian mulai {}", long_date(*.0))]
    BeforeProgramme(NaiveDate),
    /// The programme has ended; carries its last day.
    #[error("program santunan berlaku untuk kematian sampai {}", long_date(*.0))]
    AfterProgramme(NaiveDate),
    /// Between two versions the programme stood still.
    #[error("pada tanggal kematian itu program santunan sedang tidak berlaku")]
    BetweenVersions,
}

/// One thing that is wrong in a policy pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The file is not TOML at all.
    #[error("berkas kebijakan bukan TOML yang benar: {0}")]
    NotToml(#[from] toml::de::Error),
    /// There is no version in it.
    #[error("berkas kebijakan tidak memuat satu pun [[version]]")]
    Empty,
    /// A field is not there.
    #[error("{place}: \"{key}\" belum diisi")]
    Missing {
        /// Which version or example.
        place: String,
        /// Which field.
        key: &'static str,
    },
    /// A field holds something else than it should.
    #[error("{place}: \"{key}\" tidak terbaca: {why}")]
    Unreadable {
        /// Which version or example.
        place: String,
        /// Which field.
        key: &'static str,
        /// What the reader says.
        why: toml::de::Error,
    },
    /// A field nobody knows, most often a slip of the pen.
    #[error("{place}: \"{key}\" tidak dikenal")]
    Unknown {
        /// Which version or example.
        place: String,
        /// The field as written.
        key: String,
    },
    /// Two versions of one name.
    #[error("nama versi \"{0}\" dipakai lebih dari sekali")]
    VersionTwice(String),
    /// Two versions cover one day of death.
    #[error("versi \"{0}\" dan \"{1}\" berlaku pada tanggal yang sama")]
    Overlap(String, String),
    /// The last day lies before the first.
    #[error("versi \"{0}\" berakhir sebelum dimulai")]
    EndsBeforeItBegins(String),
    /// A value that makes no sense in the office.
    #[error("versi \"{version}\": {what}")]
    Nonsense {
        /// Which version.
        version: String,
        /// What is wrong, in words.
        what: String,
    },
}
