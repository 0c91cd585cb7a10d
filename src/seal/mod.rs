//! Proving that a letter is the office's: signed tokens, sealed files, and the keys they need.
//!
//! One Ed25519 key signs at a time; older ones stay known, so that letters of all years can be checked. Whoever has the public keys
//! (`/.well-known/santunan-kunci.json`) checks a file or a QR without the office, its database or a network.

mod key;
pub mod pdf;
pub mod token;

pub use key::{KeyFault, KeyId, PublicKey, PublicKeys, SecretKey};

/// What the office's keys sign. A signature for one purpose counts for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A token in a QR.
    Token,
    /// A file as a whole.
    File,
}

impl Purpose {
    /// What is put before the signed bytes.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Token => b"santunan token 1\0",
            Self::File => b"santunan berkas 1\0",
        }
    }
}
