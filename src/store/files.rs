//! Bytes that are kept for good: letters, papers, bank files. Named by their hash, so that a changed byte is noticed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::audit::sha256_hex;

static PARTS: AtomicU64 = AtomicU64::new(0);

/// A folder of files named by their SHA-256, inside the data folder.
#[derive(Debug, Clone)]
pub struct FileStore {
    root: PathBuf,
}

/// What can go wrong with a kept file.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// The disk said no.
    #[error("berkas tidak dapat ditulis atau dibaca: {0}")]
    Disk(#[from] std::io::Error),
    /// The bytes are not those that were kept.
    #[error("isi berkas {0} tidak sama dengan yang disimpan")]
    Changed(String),
}

impl FileStore {
    /// A store in the folder `files` of the data folder.
    pub fn new(data_dir: &Path) -> Self {
        Self { root: data_dir.join("files") }
    }

    /// Keeps bytes and returns their name. Written beside and renamed, so that a crash leaves no half file; keeping the same bytes twice is one file.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn keep(&self, bytes: &[u8]) -> Result<String, FileFault> {
        let name = sha256_hex(bytes);
        let path = self.path(&name);
        if path.exists() {
            return Ok(name);
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        // Two threads may keep the same bytes at once; each writes its own part.
        let part = PARTS.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!("{name}.{}-{part}.part", std::process::id()));
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        Ok(name)
    }

    /// The bytes with this name.
    ///
    /// # Errors
    /// [`FileFault::Disk`] when there are none, [`FileFault::Changed`] when they are not the ones that were kept.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, FileFault> {
        let bytes = fs::read(self.path(name))?;
        if sha256_hex(&bytes) == name { Ok(bytes) } else { Err(FileFault::Changed(name.to_owned())) }
    }

    /// Puts a file aside for one person until it is decided on; a later one takes its place, so that nobody fills the disk.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn put_aside(&self, person: &str, bytes: &[u8]) -> Result<(), FileFault> {
        let path = self.aside_path(person);
        fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
        let part = PARTS.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_extension(format!("{}-{part}.part", std::process::id()));
        fs::write(&beside, bytes)?;
        fs::rename(&beside, &path)?;
        Ok(())
    }

    /// The file a person has put aside, if any.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn aside(&self, person: &str) -> Result<Option<Vec<u8>>, FileFault> {
        match fs::read(self.aside_path(person)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Throws away what a person has put aside.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn drop_aside(&self, person: &str) -> Result<(), FileFault> {
        match fs::remove_file(self.aside_path(person)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn aside_path(&self, person: &str) -> PathBuf {
        let safe: String = person.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.root.join("sementara").join(safe)
    }

    /// Two characters of the name as a folder, so that no folder grows too long. Only hexadecimal names reach the disk.
    fn path(&self, name: &str) -> PathBuf {
        let safe: String = name.chars().filter(char::is_ascii_hexdigit).collect();
        self.root.join(safe.get(..2).unwrap_or("00")).join(safe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_bytes_come_back_and_changed_ones_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileStore::new(folder.path());
        let name = files.keep(b"kuitansi").unwrap();
        assert_eq!(files.keep(b"kuitansi").unwrap(), name);
        assert_eq!(files.read(&name).unwrap(), b"kuitansi");
        fs::write(files.path(&name), b"kuitansi palsu").unwrap();
        assert!(matches!(files.read(&name), Err(FileFault::Changed(_))));
        assert!(matches!(files.read("../../etc/passwd"), Err(FileFault::Disk(_))));
    }
}
