//! Mapping files of the office: readable text in a folder of its own, put there by a page or by hand.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::files::FileFault;

/// Files looked at; an office has as many as it has senders.
const FILES_MAX: usize = 200;

/// The folder `mappings` of the data folder.
#[derive(Debug, Clone)]
pub struct MappingFiles {
    folder: PathBuf,
}

impl MappingFiles {
    /// The folder inside a data folder; it need not be there.
    pub fn new(data_dir: &Path) -> Self {
        Self::in_folder(data_dir.join("mappings"))
    }

    /// Programmes that receive stop lists, as the office describes them, kept the same way.
    pub fn of_stop_lists(data_dir: &Path) -> Self {
        Self::in_folder(data_dir.join("stop_lists"))
    }

    /// Files of another kind, kept the same way.
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Name and bytes of every `.toml` file, in the order of their names.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn all(&self) -> Result<Vec<(String, Vec<u8>)>, FileFault> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) && path.is_file());
        paths.sort();
        paths.truncate(FILES_MAX);
        let named = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        paths.iter().map(|path| Ok((named(path), fs::read(path)?))).collect()
    }

    /// Keeps a file; one of the same name gives way. Written beside and renamed, so that nobody reads half of it.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn put(&self, name: &str, text: &str) -> Result<(), FileFault> {
        fs::create_dir_all(&self.folder)?;
        let beside = self.folder.join(format!("{name}.{}.part", std::process::id()));
        fs::write(&beside, text)?;
        fs::rename(&beside, self.folder.join(name))?;
        Ok(())
    }
}
