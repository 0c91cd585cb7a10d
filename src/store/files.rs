//! Bytes that are kept for good: letters, papers, bank files. Named by their hash, so that a changed byte is noticed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Tx;
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

    /// Keeps bytes together with an act, and returns their name: they can be read once the act is committed, and go if it is undone.
    /// Written beside and renamed, so that a crash leaves no half file; keeping the same bytes twice is one file.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn keep_with(&self, tx: &mut Tx<'_>, bytes: &[u8]) -> Result<String, FileFault> {
        Ok(tx.keep(self.stage(bytes)?))
    }

    /// Writes bytes beside their place, to be kept with an act or thrown away.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn stage(&self, bytes: &[u8]) -> Result<Staged, FileFault> {
        let name = sha256_hex(bytes);
        let path = self.path(&name);
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        if !folder.exists() {
            fs::create_dir_all(&folder)?;
            sync_folder(&self.root)?;
        }
        if path.exists() {
            return Ok(Staged { name, folder, path, beside: None });
        }
        let mut part = Part::begin(&folder, &name)?;
        part.file.write_all(bytes)?;
        Ok(Staged { name, folder, path, beside: Some(part) })
    }

    /// Throws away the parts of files whose writer was killed or lost its power in the middle; those that are being written now
    /// stay. Returns how many went.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn sweep(&self) -> Result<usize, FileFault> {
        let mut swept = 0_usize;
        for folder in entries(&self.root)? {
            for at in entries(&folder)?.into_iter().filter(|at| at.extension().is_some_and(|ending| ending == "part")) {
                // Whoever writes a part holds its lock until it is renamed or gone.
                let abandoned = fs::File::open(&at).is_ok_and(|part| part.try_lock().is_ok());
                if abandoned && fs::remove_file(&at).is_ok() {
                    swept = swept.saturating_add(1);
                }
            }
        }
        Ok(swept)
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
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        let mut part = Part::begin(folder, "sementara")?;
        part.file.write_all(bytes)?;
        fs::rename(&part.at, &path)?;
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

/// Bytes beside the place where they will be kept. Nobody finds them there, and they go unless they are sealed.
#[derive(Debug)]
pub struct Staged {
    name: String,
    folder: PathBuf,
    path: PathBuf,
    /// None where the very same bytes are kept already.
    beside: Option<Part>,
}

/// A part of a file that goes unless it was renamed.
#[derive(Debug)]
struct Part {
    file: fs::File,
    at: PathBuf,
    synced: bool,
}

impl Part {
    /// An empty part in a folder, locked against [`FileStore::sweep`]. Two threads may keep the same bytes at once; each writes its own.
    fn begin(folder: &Path, stem: &str) -> Result<Self, FileFault> {
        loop {
            let number = PARTS.fetch_add(1, Ordering::Relaxed);
            let at = folder.join(format!("{stem}.{}-{number}.part", std::process::id()));
            let file = fs::File::create(&at)?;
            // Where a disk knows no locks, nothing is swept there either.
            let _locked_where_possible = file.lock();
            // A sweep between the two lines above took it for abandoned.
            if at.exists() {
                return Ok(Self { file, at, synced: false });
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After the rename there is nothing left at that place.
        let _gone_already = fs::remove_file(&self.at);
    }
}

impl Staged {
    /// The name it will have.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until the bytes are on the disk; worth it before the writer's door, where nobody else waits for them.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn sync(&mut self) -> Result<(), FileFault> {
        if let Some(part) = self.beside.as_mut().filter(|part| !part.synced) {
            part.file.sync_all()?;
            part.synced = true;
        }
        Ok(())
    }

    /// Puts the bytes in their place for good: they and their name survive a power cut.
    fn seal(mut self) -> Result<(), FileFault> {
        self.sync()?;
        if let Some(part) = &self.beside {
            fs::rename(&part.at, &self.path)?;
        }
        sync_folder(&self.folder)
    }
}

/// Seals the files of an act.
///
/// # Errors
/// [`FileFault::Disk`]; then some may be kept that nobody refers to.
pub(super) fn seal(staged: Vec<Staged>) -> Result<(), FileFault> {
    staged.into_iter().try_for_each(Staged::seal)
}

/// What lies in a folder; nothing where there is none or where it is a file.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, FileFault> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    Ok(fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?)
}

fn sync_folder(folder: &Path) -> Result<(), FileFault> {
    Ok(fs::File::open(folder)?.sync_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(files: &FileStore, bytes: &[u8]) -> String {
        let staged = files.stage(bytes).unwrap();
        let name = staged.name().to_owned();
        seal(vec![staged]).unwrap();
        name
    }

    #[test]
    fn kept_bytes_come_back_and_changed_ones_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileStore::new(folder.path());
        let name = kept(&files, b"kuitansi");
        assert_eq!(kept(&files, b"kuitansi"), name);
        assert_eq!(files.read(&name).unwrap(), b"kuitansi");
        fs::write(files.path(&name), b"kuitansi palsu").unwrap();
        assert!(matches!(files.read(&name), Err(FileFault::Changed(_))));
        assert!(matches!(files.read("../../etc/passwd"), Err(FileFault::Disk(_))));
    }

    #[test]
    fn parts_left_by_a_crash_are_swept_and_those_being_written_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileStore::new(folder.path());
        assert_eq!(files.sweep().unwrap(), 0, "there is no folder yet");
        let kept = kept(&files, b"kuitansi");
        files.put_aside("siti", b"berkas").unwrap();
        let written = files.stage(b"sedang ditulis").unwrap();
        for left in ["ab/abc.1-0.part", "sementara/sementara.1-0.part"] {
            let left = folder.path().join("files").join(left);
            fs::create_dir_all(left.parent().unwrap()).unwrap();
            fs::write(left, b"separ").unwrap();
        }
        assert_eq!(files.sweep().unwrap(), 2);
        assert_eq!(files.sweep().unwrap(), 0);
        let name = written.name().to_owned();
        seal(vec![written]).unwrap();
        assert_eq!((files.read(&kept).unwrap(), files.read(&name).unwrap()), (b"kuitansi".to_vec(), b"sedang ditulis".to_vec()));
        assert_eq!(files.aside("siti").unwrap(), Some(b"berkas".to_vec()));
    }
}
