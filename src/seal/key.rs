//! Keys: one secret that signs, many public ones that check.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Purpose;

/// The algorithm, as the list of keys names it.
const ALGORITHM: &str = "Ed25519";
/// Bytes of a signature.
pub(super) const SIGNATURE_BYTES: usize = 64;
/// Bytes of a key's id.
pub(super) const ID_BYTES: usize = 4;

/// The first bytes of a public key's SHA-256: which key has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(super) [u8; ID_BYTES]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a list of keys cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// No list of keys at all.
    #[error("berkas kunci publik tidak dapat dibaca: {0}")]
    Unreadable(String),
    /// A key that is none.
    #[error("kunci {0} dalam daftar kunci publik tidak sah")]
    Broken(String),
    /// A list without keys.
    #[error("daftar kunci publik kosong")]
    Empty,
}

/// The secret key. It is shown and written nowhere but in its own file.
pub struct SecretKey(SigningKey);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.id())
    }
}

impl SecretKey {
    /// A key from its 32 random bytes.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Which key it is.
    pub fn id(&self) -> KeyId {
        id_of(&self.0.verifying_key())
    }

    /// Its public half, known from this instant on.
    pub fn public(&self, since: DateTime<Utc>) -> PublicKey {
        PublicKey { key: self.0.verifying_key(), since, until: None }
    }

    /// Signs for one purpose. The same bytes always get the same signature.
    pub(super) fn sign(&self, purpose: Purpose, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(&[purpose.label(), bytes].concat()).to_bytes()
    }
}

fn id_of(key: &VerifyingKey) -> KeyId {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(key.as_bytes()));
    KeyId([a, b, c, d])
}

/// A public key with the time in which it signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    /// Signs from here on.
    pub since: DateTime<Utc>,
    /// Signs no longer from here on; none for the one that signs now.
    pub until: Option<DateTime<Utc>>,
}

impl PublicKey {
    /// Which key it is.
    pub fn id(&self) -> KeyId {
        id_of(&self.key)
    }

    /// The same key, which signs no longer from this instant on.
    #[must_use]
    pub fn ended(&self, until: DateTime<Utc>) -> Self {
        Self { until: Some(until), ..self.clone() }
    }

    /// Whether a signature for this purpose is by this key. Other writings of the same signature are refused.
    pub(super) fn verifies(&self, purpose: Purpose, bytes: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.key.verify_strict(&[purpose.label(), bytes].concat(), &signature).is_ok()
    }
}

/// The public keys an office has ever signed with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicKeys(BTreeMap<KeyId, PublicKey>);

/// The list as it stands at the well-known address and in files.
#[derive(Serialize, Deserialize)]
struct Listed {
    keys: Vec<ListedKey>,
}

#[derive(Serialize, Deserialize)]
struct ListedKey {
    id: String,
    algorithm: String,
    public: String,
    since: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
}

impl PublicKeys {
    /// Reads a list as [`Self::to_json`] writes it.
    ///
    /// # Errors
    /// [`KeyFault`]; a key whose id is not that of its bytes is broken.
    pub fn from_json(text: &str) -> Result<Self, KeyFault> {
        let listed: Listed = serde_json::from_str(text).map_err(|error| KeyFault::Unreadable(error.to_string()))?;
        let mut keys = Self::default();
        for one in listed.keys {
            let broken = || KeyFault::Broken(one.id.clone());
            let bytes = URL_SAFE_NO_PAD.decode(&one.public).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()).filter(|key| !key.is_weak()).ok_or_else(broken)?;
            let key = PublicKey { key, since: one.since, until: one.until };
            if one.algorithm != ALGORITHM || key.id().to_string() != one.id {
                return Err(broken());
            }
            keys.add(key);
        }
        if keys.0.is_empty() { Err(KeyFault::Empty) } else { Ok(keys) }
    }

    /// The list for everybody.
    pub fn to_json(&self) -> String {
        let listed = |(id, key): (&KeyId, &PublicKey)| ListedKey {
            id: id.to_string(),
            algorithm: ALGORITHM.to_owned(),
            public: URL_SAFE_NO_PAD.encode(key.key.as_bytes()),
            since: key.since,
            until: key.until,
        };
        let keys = Listed { keys: self.0.iter().map(listed).collect() };
        serde_json::to_string_pretty(&keys).unwrap_or_default()
    }

    /// Adds a key, or what is known anew of one.
    pub fn add(&mut self, key: PublicKey) {
        self.0.insert(key.id(), key);
    }

    /// The key of an id.
    pub fn get(&self, id: KeyId) -> Option<&PublicKey> {
        self.0.get(&id)
    }

    /// All keys, by id.
    pub fn iter(&self) -> impl Iterator<Item = &PublicKey> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> DateTime<Utc> {
        "2026-06-22T03:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_list_of_keys_reads_back_and_a_changed_one_does_not() {
        let mut keys = PublicKeys::default();
        keys.add(SecretKey::from_seed([1; 32]).public(at()));
        keys.add(PublicKey { until: Some(at()), ..SecretKey::from_seed([2; 32]).public(at()) });
        let text = keys.to_json();
        assert_eq!(PublicKeys::from_json(&text), Ok(keys.clone()));
        let id = keys.iter().next().unwrap().id().to_string();
        assert_eq!(PublicKeys::from_json(&text.replace(&id, "00000000")), Err(KeyFault::Broken("00000000".to_owned())));
        assert_eq!(PublicKeys::from_json(r#"{"keys":[]}"#), Err(KeyFault::Empty));
        assert!(matches!(PublicKeys::from_json("bukan"), Err(KeyFault::Unreadable(_))));
    }

    #[test]
    fn a_signature_counts_for_its_key_purpose_and_bytes_only() {
        let (secret, other) = (SecretKey::from_seed([1; 32]), SecretKey::from_seed([2; 32]));
        let signature = secret.sign(Purpose::Token, b"surat");
        let public = secret.public(at());
        assert!(public.verifies(Purpose::Token, b"surat", &signature));
        assert!(!public.verifies(Purpose::File, b"surat", &signature));
        assert!(!public.verifies(Purpose::Token, b"surat.", &signature));
        assert!(!other.public(at()).verifies(Purpose::Token, b"surat", &signature));
    }

    #[test]
    fn the_secret_is_never_shown() {
        let secret = SecretKey::from_seed([0xab; 32]);
        assert_eq!(format!("{secret:?}"), format!("SecretKey({})", secret.id()));
    }
}
