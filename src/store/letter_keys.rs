//! The keys letters are signed with: a folder beside the database, so that a stolen database signs nothing.
//!
//! `kunci-surat/publik.json` lists all public keys, of which the one without an end signs; its secret half lies in a file of its own that
//! only the program's account may read. Both are written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::seal::token::key_of;
use crate::seal::{KeyFault, KeyId, PublicKeys, SecretKey};

/// Numbers the files being written, so that two who write at once do not write into one.
static PARTS: AtomicU64 = AtomicU64::new(0);

/// Why the keys are not at hand.
#[derive(Debug, thiserror::Error)]
pub enum LetterKeyFault {
    /// The disk said no.
    #[error("kunci surat tidak dapat dibaca atau ditulis: {0}")]
    Disk(#[from] std::io::Error),
    /// The list of public keys is broken.
    #[error("{0}; pulihkan folder kunci-surat dari cadangan")]
    List(#[from] KeyFault),
    /// The secret that belongs to the signing key is missing or another one.
    #[error(
        "kunci rahasia {0} tidak ada atau tidak cocok; pulihkan folder kunci-surat dari cadangan, atau ganti kunci dengan `santunan keys rotate`"
    )]
    Secret(KeyId),
}

/// A list as it stood, and the key that signs by it.
type Signing = (String, Arc<SecretKey>);

/// The folder of the keys.
#[derive(Debug, Clone)]
pub struct LetterKeys {
    folder: PathBuf,
    /// The list as it was read last, and the key that signs by it.
    last: Arc<Mutex<Option<Signing>>>,
}

impl LetterKeys {
    /// The keys in the data folder.
    pub fn new(data_dir: &Path) -> Self {
        Self { folder: data_dir.join("kunci-surat"), last: Arc::default() }
    }

    /// All public keys; none before the first letter.
    ///
    /// # Errors
    /// [`LetterKeyFault`].
    pub fn public(&self) -> Result<PublicKeys, LetterKeyFault> {
        self.listed()?.map_or_else(|| Ok(PublicKeys::default()), |text| Ok(PublicKeys::from_json(&text)?))
    }

    fn listed(&self) -> Result<Option<String>, LetterKeyFault> {
        match fs::read_to_string(self.list()) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The key that signs now; read again only when the list has changed. The first one is made of `seed` when there is none yet.
    ///
    /// # Errors
    /// [`LetterKeyFault`].
    pub fn signing(&self, seed: impl FnOnce() -> [u8; 32], now: DateTime<Utc>) -> Result<Arc<SecretKey>, LetterKeyFault> {
        let listed = if let Some(listed) = self.listed()? {
            listed
        } else {
            self.begin(&seed(), now)?;
            // Somebody may have begun in the same moment: the list says who was first.
            self.listed()?.ok_or(KeyFault::Empty)?
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = last.as_ref().filter(|(known, _)| *known == listed) {
            return Ok(Arc::clone(key));
        }
        let public = PublicKeys::from_json(&listed)?;
        let signing = public.iter().find(|key| key.until.is_none()).ok_or(KeyFault::Empty)?;
        let key = Arc::new(self.secret(signing.id())?);
        *last = Some((listed, Arc::clone(&key)));
        Ok(key)
    }

    /// The secret half of a key that may still be needed for a letter promised under it.
    ///
    /// # Errors
    /// [`LetterKeyFault`].
    pub fn secret(&self, id: KeyId) -> Result<SecretKey, LetterKeyFault> {
        let text = fs::read_to_string(self.secret_file(id)).map_err(|_missing| LetterKeyFault::Secret(id))?;
        let seed = from_hex(text.trim()).ok_or(LetterKeyFault::Secret(id))?;
        let key = SecretKey::from_seed(seed);
        if key.id() == id { Ok(key) } else { Err(LetterKeyFault::Secret(id)) }
    }

    /// The key that signed a letter's token, to seal the letter's file with.
    ///
    /// # Errors
    /// [`LetterKeyFault`].
    pub fn of_token(&self, token: &str) -> Result<Arc<SecretKey>, LetterKeyFault> {
        let id = key_of(token).ok_or_else(|| KeyFault::Broken("surat".to_owned()))?;
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match last {
            Some((_, key)) if key.id() == id => Ok(key),
            _ => Ok(Arc::new(self.secret(id)?)),
        }
    }

    /// A new key signs from now on. The old one stays known, so that its letters stay provable.
    ///
    /// # Errors
    /// [`LetterKeyFault`].
    pub fn rotate(&self, seed: &[u8; 32], now: DateTime<Utc>) -> Result<KeyId, LetterKeyFault> {
        let mut public = self.public()?;
        let ended: Vec<_> = public.iter().filter(|key| key.until.is_none()).map(|key| key.ended(now)).collect();
        for key in ended {
            public.add(key);
        }
        self.write_secret(seed)?;
        let key = SecretKey::from_seed(*seed).public(now);
        let id = key.id();
        public.add(key);
        self.write(&self.list(), public.to_json().as_bytes(), |from, to| fs::rename(from, to))?;
        Ok(id)
    }

    fn begin(&self, seed: &[u8; 32], now: DateTime<Utc>) -> Result<(), LetterKeyFault> {
        self.write_secret(seed)?;
        let mut public = PublicKeys::default();
        public.add(SecretKey::from_seed(*seed).public(now));
        // A link is refused where the list exists already: of two who begin at once, one is first.
        let link = |from: &Path, to: &Path| fs::hard_link(from, to).and_then(|()| fs::remove_file(from));
        match self.write(&self.list(), public.to_json().as_bytes(), link) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            written => Ok(written?),
        }
    }

    fn write_secret(&self, seed: &[u8; 32]) -> Result<(), LetterKeyFault> {
        let digits = seed.iter().fold(String::with_capacity(65), |text, byte| text + &format!("{byte:02x}"));
        let id = SecretKey::from_seed(*seed).id();
        Ok(self.write(&self.secret_file(id), digits.as_bytes(), |from, to| fs::rename(from, to))?)
    }

    /// Writes beside and puts in place, both lasting.
    fn write(&self, to: &Path, bytes: &[u8], put: impl FnOnce(&Path, &Path) -> std::io::Result<()>) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let beside = to.with_extension(format!("{}-{}.part", std::process::id(), PARTS.fetch_add(1, Ordering::Relaxed)));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        put(&beside, to)?;
        fs::File::open(&self.folder)?.sync_all()
    }

    fn list(&self) -> PathBuf {
        self.folder.join("publik.json")
    }

    fn secret_file(&self, id: KeyId) -> PathBuf {
        self.folder.join(format!("{id}.rahasia"))
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> = text
        .as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    digits.filter(|_| text.len() == 64)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> DateTime<Utc> {
        format!("2026-06-22T03:{minute:02}:00Z").parse().unwrap()
    }

    #[test]
    fn the_first_key_is_made_once_and_a_new_one_leaves_the_old_one_known() {
        let folder = tempfile::tempdir().unwrap();
        let keys = LetterKeys::new(folder.path());
        assert_eq!(keys.public().unwrap(), PublicKeys::default());
        let first = keys.signing(|| [1; 32], at(0)).unwrap().id();
        assert_eq!(keys.signing(|| [2; 32], at(1)).unwrap().id(), first, "asked again, it is the same key");
        let second = keys.rotate(&[3; 32], at(2)).unwrap();
        assert_eq!(keys.signing(|| [2; 32], at(3)).unwrap().id(), second);
        let public = keys.public().unwrap();
        assert_eq!(public.get(first).unwrap().until, Some(at(2)));
        assert_eq!((public.get(second).unwrap().since, public.get(second).unwrap().until), (at(2), None));
        assert_eq!(keys.secret(first).unwrap().id(), first);
    }

    #[test]
    fn of_many_who_begin_at_once_one_is_first() {
        let folder = tempfile::tempdir().unwrap();
        let keys = LetterKeys::new(folder.path());
        let ids: Vec<KeyId> = std::thread::scope(|scope| {
            let begin = |seed: u8| {
                let keys = &keys;
                scope.spawn(move || keys.signing(|| [seed; 32], at(0)).unwrap().id())
            };
            let begun: Vec<_> = (1..=8).map(begin).collect();
            begun.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }

    #[test]
    fn a_lost_secret_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let keys = LetterKeys::new(folder.path());
        let id = keys.signing(|| [1; 32], at(0)).unwrap().id();
        fs::remove_file(keys.secret_file(id)).unwrap();
        let restarted = LetterKeys::new(folder.path());
        assert!(matches!(restarted.signing(|| [2; 32], at(1)), Err(LetterKeyFault::Secret(lost)) if lost == id));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_a_secret() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let keys = LetterKeys::new(folder.path());
        let id = keys.signing(|| [1; 32], at(0)).unwrap().id();
        assert_eq!(fs::metadata(keys.secret_file(id)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
