//! What the commands over files alone have in common: how they read, fail and show where they are, and the throw-away
//! database a register is loaded into.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::{Clock, new_id};
use crate::domain::calendar::wib_date;
use crate::domain::office::Office;
use crate::exchange::pack::{included, read_office};
use crate::exchange::register_file::{Mappings, RegisterFile, RegisterReport};
use crate::exchange::table::TableFault;
use crate::store::releases::NewRelease;
use crate::store::{Store, StoreError, packs};
use crate::workflow::import::take_in;

/// Why a command over files could not be done.
#[derive(Debug, thiserror::Error)]
pub enum FilesFault {
    /// A file cannot be opened or is not what it should be.
    #[error("{}: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The register is not what it should be.
    #[error("data warga tidak dapat dipakai")]
    Register(#[from] TableFault),
    /// The throw-away database failed.
    #[error("pekerjaan ini tidak dapat dijalankan di komputer ini")]
    Store(#[from] StoreError),
    /// The answer cannot be written.
    #[error("jawaban tidak dapat ditulis ke {}", path.display())]
    Answer {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
}

impl FilesFault {
    /// 1 for a file that is refused, 3 for a machine that cannot.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File { .. } | Self::Register(_) => 1,
            Self::Store(_) | Self::Answer { .. } => 3,
        }
    }
}

/// Reads a whole file of claims, events or written people.
///
/// # Errors
/// [`FilesFault::File`] when it cannot be opened, or with what `parse` says of it.
pub fn read<T, E: std::fmt::Display>(path: &Path, parse: impl FnOnce(&[u8]) -> Result<T, E>) -> Result<T, FilesFault> {
    let fault = |why| FilesFault::File { path: path.to_owned(), why };
    let bytes = std::fs::read(path).map_err(|e| fault(format!("berkas tidak dapat dibuka ({e})")))?;
    parse(&bytes).map_err(|e| fault(e.to_string()))
}

/// Opens a register, which is read where it lies, however large it is.
///
/// # Errors
/// [`FilesFault::File`].
pub fn open(path: &Path) -> Result<BufReader<File>, FilesFault> {
    let fault = |e| FilesFault::File { path: path.to_owned(), why: format!("berkas tidak dapat dibuka ({e})") };
    Ok(BufReader::new(File::open(path).map_err(fault)?))
}

/// Recognises a register file of today.
///
/// # Errors
/// [`FilesFault::Register`].
pub fn recognise<R: Read + Seek>(register: R) -> Result<RegisterFile<R>, FilesFault> {
    Ok(RegisterFile::open(register, &Mappings::built_in(), wib_date(Clock::System.now()))?)
}

/// Writes the answer.
///
/// # Errors
/// [`FilesFault::Answer`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FilesFault> {
    std::fs::write(path, bytes).map_err(|source| FilesFault::Answer { path: path.to_owned(), source })
}

/// A bar on the screen that fills as `what` goes by.
pub fn progress(steps: usize, what: &'static str) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} sisa {eta}").unwrap_or_else(|_plain| ProgressStyle::default_bar());
    ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_style(style).with_message(what)
}

/// The office that comes with the program: files name none, and its rules and holidays are those they are checked by.
///
/// # Errors
/// [`StoreError::Unreachable`] when the included pack is damaged.
pub fn included_office() -> Result<Office, StoreError> {
    read_office(included::OFFICE).map_err(|faults| unusable_pack(format!("{faults:?}")))
}

/// The included pack cannot be used.
pub fn unusable_pack(why: impl std::fmt::Display) -> StoreError {
    StoreError::Unreachable(format!("paket aturan bawaan tidak terbaca: {why}"))
}

/// A register in a database that goes when it goes.
pub struct Loaded {
    /// The database.
    pub store: Store,
    /// What became of the register's rows.
    pub report: RegisterReport,
}

/// Loads a register into a throw-away database.
///
/// # Errors
/// [`FilesFault::Register`] when the register stops being a table, [`FilesFault::Store`] when this machine cannot hold the database.
pub fn load_register<R: Read + Seek>(office: &Office, register: &mut RegisterFile<R>) -> Result<Loaded, FilesFault> {
    let now = Clock::System.now();
    let store = Store::throw_away(&std::env::temp_dir(), &new_id())?;
    let release = NewRelease {
        office: office.region.clone(),
        source: "DTSEN".to_owned(),
        released_on: wib_date(now),
        file_name: String::new(),
        sha256: register.sha256().to_owned(),
        imported_at: now,
    };
    let bar = progress(register.recognised().rows, "data warga");
    let report = store.write::<_, FilesFault>(office.region.as_str(), |tx| {
        packs::ensure_office(tx, office.region.as_str(), &office.letterhead.government, now)?;
        let (report, _) = take_in::<FilesFault>(tx, &release, |take| {
            register.each_resident(|resident| {
                bar.inc(1);
                take(resident)
            })
        })?;
        Ok(report)
    })?;
    bar.finish_and_clear();
    Ok(Loaded { store, report })
}
