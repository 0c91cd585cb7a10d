//! Sealed files: a signature inside the PDF over every byte of it but its own.
//!
//! The letter is drawn with an empty seal, [`BLANK`], among what the file says of itself. Sealing writes into its place the version, the
//! key's id, the length of the file and the signature over the SHA-256 of the file with the empty seal. No byte can be changed, added
//! or taken away without being seen, and nothing but the public keys is needed to see it.

use sha2::{Digest, Sha256};

use super::Purpose;
use super::key::{ID_BYTES, KeyId, PublicKeys, SIGNATURE_BYTES, SecretKey};

/// The name of the seal among what a file says of itself.
pub const NAME: &str = "SantunanSegel";
/// What stands before the seal's digits.
const BEFORE: &[u8] = b"/SantunanSegel<";
/// The name of the token among what a file says of itself.
pub const TOKEN_NAME: &str = "SantunanKode";
/// What stands before the token.
const TOKEN_BEFORE: &[u8] = b"/SantunanKode(";
/// The form of the seal.
const VERSION: u8 = 1;
/// Version, key, length, signature.
const SEAL_BYTES: usize = 1 + ID_BYTES + 8 + SIGNATURE_BYTES;

/// The empty seal a letter is drawn with.
pub const BLANK: [u8; SEAL_BYTES] = [0; SEAL_BYTES];

/// A file without a place for a seal, or with several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("berkas surat tidak memuat satu tempat segel")]
pub struct NoPlace;

/// Why a file is not proved to be the office's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Not a sealed letter at all.
    #[error("Berkas ini bukan satu surat yang kami segel. Bila isinya gabungan beberapa surat, mohon periksa kode tiap suratnya.")]
    Unsealed,
    /// Something was changed, added or taken away.
    #[error("Berkas ini TIDAK ASLI: isinya telah diubah setelah diterbitkan.")]
    Altered,
    /// Sealed with a key that is not in the list.
    #[error("Berkas ini disegel dengan kunci {0} yang tidak dikenal. Mohon ambil daftar kunci terbaru dari kantor penerbit.")]
    UnknownKey(KeyId),
}

/// Seals a file that was drawn with an empty seal. The same file and key give the same bytes.
///
/// # Errors
/// [`NoPlace`].
pub fn seal(mut file: Vec<u8>, key: &SecretKey) -> Result<Vec<u8>, NoPlace> {
    let place = place(&file).ok_or(NoPlace)?;
    let blank = file.get(place.clone()).ok_or(NoPlace)?;
    if blank != hex(&BLANK).as_slice() {
        return Err(NoPlace);
    }
    let mut filled = vec![VERSION];
    filled.extend(key.id().0);
    filled.extend(length_of(&file));
    let signature = key.sign(Purpose::File, &signed(&filled, &file));
    filled.extend(signature);
    file.splice(place, hex(&filled));
    Ok(file)
}

/// Proves a sealed file by the keys alone and says which one sealed it.
///
/// # Errors
/// [`SealFault`].
pub fn verify(file: &[u8], keys: &PublicKeys) -> Result<KeyId, SealFault> {
    let place = match place(file) {
        Some(place) => place,
        None if first(file, BEFORE).is_some() => return Err(SealFault::Altered),
        None => return Err(SealFault::Unsealed),
    };
    let seal = file.get(place.clone()).and_then(from_hex).ok_or(SealFault::Altered)?;
    let (head, signature) = seal.split_last_chunk::<SIGNATURE_BYTES>().ok_or(SealFault::Altered)?;
    let [VERSION, a, b, c, d, length @ ..] = head else { return Err(SealFault::Altered) };
    if *length != length_of(file) {
        return Err(SealFault::Altered);
    }
    let id = KeyId([*a, *b, *c, *d]);
    let key = keys.get(id).ok_or(SealFault::UnknownKey(id))?;
    let mut blank = file.to_vec();
    blank.splice(place, hex(&BLANK));
    if key.verifies(Purpose::File, &signed(head, &blank), signature) { Ok(id) } else { Err(SealFault::Altered) }
}

/// The token of the one letter in a file, as it was put among what the file says of itself; none in a file of many letters. It proves
/// nothing unless the file is proved too.
pub fn token_in(file: &[u8]) -> Option<String> {
    let begin = first(file, TOKEN_BEFORE)?.checked_add(TOKEN_BEFORE.len())?;
    let rest = file.get(begin..)?;
    let text = rest.get(..first(rest, b")")?)?;
    String::from_utf8(text.to_vec()).ok()
}

/// Where the digits of the one seal stand.
fn place(file: &[u8]) -> Option<std::ops::Range<usize>> {
    let begin = first(file, BEFORE)?.checked_add(BEFORE.len())?;
    let end = begin.checked_add(SEAL_BYTES.checked_mul(2)?)?;
    let rest = file.get(end..)?;
    (rest.first() == Some(&b'>') && first(rest, BEFORE).is_none()).then_some(begin..end)
}

fn first(file: &[u8], wanted: &[u8]) -> Option<usize> {
    file.windows(wanted.len()).position(|window| window == wanted)
}

/// What the key signs: the seal's own head and the whole file with the empty seal.
fn signed(head: &[u8], blank: &[u8]) -> Vec<u8> {
    [head, Sha256::digest(blank).as_slice()].concat()
}

fn length_of(file: &[u8]) -> [u8; 8] {
    u64::try_from(file.len()).unwrap_or(u64::MAX).to_be_bytes()
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or(b'0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Reads digits as [`hex`] writes them; small letters are another file.
fn from_hex(digits: &[u8]) -> Option<Vec<u8>> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    };
    digits.as_chunks::<2>().0.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_seed([5; 32])
    }

    fn keys() -> PublicKeys {
        let mut keys = PublicKeys::default();
        keys.add(key().public("2026-06-22T03:00:00Z".parse().unwrap()));
        keys
    }

    fn drawn() -> Vec<u8> {
        let text = format!("%PDF-1.7\n1 0 obj\n<</Title(Kuitansi)/{NAME}<{}>>>\nendobj\nisi surat\n%%EOF", "0".repeat(2 * SEAL_BYTES));
        text.into_bytes()
    }

    static SEALED: LazyLock<Vec<u8>> = LazyLock::new(|| seal(drawn(), &key()).unwrap());

    #[test]
    fn a_sealed_file_is_proved_by_the_keys_alone() {
        let sealed = seal(drawn(), &key()).unwrap();
        assert_eq!(sealed.len(), drawn().len());
        assert_eq!(verify(&sealed, &keys()), Ok(key().id()));
        assert_eq!(seal(drawn(), &key()).unwrap(), sealed, "same file, same bytes");
        assert_eq!(seal(sealed, &key()), Err(NoPlace), "sealed once");
    }

    #[test]
    fn files_that_are_no_letters_and_letters_of_others_are_told_apart() {
        assert_eq!(verify(b"%PDF-1.7 apa saja", &keys()), Err(SealFault::Unsealed));
        let other = SecretKey::from_seed([6; 32]);
        assert_eq!(verify(&seal(drawn(), &other).unwrap(), &keys()), Err(SealFault::UnknownKey(other.id())));
        assert_eq!(verify(&drawn(), &keys()), Err(SealFault::Altered), "never sealed");
    }

    #[test]
    fn a_second_seal_does_not_hide_the_first() {
        let sealed = seal(drawn(), &key()).unwrap();
        let both = [b"%PDF-1.7\nBAYAR KE SAYA\n".as_slice(), &sealed].concat();
        assert_eq!(verify(&both, &keys()), Err(SealFault::Altered));
        assert_eq!(verify(&[sealed.as_slice(), &sealed].concat(), &keys()), Err(SealFault::Altered));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn no_edit_of_a_file_goes_unseen(at in 0..10_000_usize, what in 0..3_u8, byte: u8) {
            let sealed = &*SEALED;
            let mut edited = sealed.clone();
            match what {
                0 => edited[at % sealed.len()] = byte,
                1 => { edited.remove(at % sealed.len()); }
                _ => edited.insert(at % (sealed.len() + 1), byte),
            }
            if edited != *sealed {
                prop_assert!(verify(&edited, &keys()).is_err());
            }
        }
    }
}
