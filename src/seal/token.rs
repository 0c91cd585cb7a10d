//! Signed tokens: the text in a letter's QR, behind the address of its page.
//!
//! `STN1.` and, in URL-safe base 64, the key's id, the token's bytes and the signature over both.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Purpose;
use super::key::{ID_BYTES, KeyId, PublicKeys, SIGNATURE_BYTES, SecretKey};
use crate::domain::letter::{Token, TokenTooLarge};

/// How every signed token begins.
const BEGIN: &str = "STN1.";
/// Longest text that is looked at.
const TEXT_BYTES_MAX: usize = 1_000;

/// Why a token proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// Not the text of a token, or a part of one.
    #[error("Teks ini bukan kode QR surat yang utuh. Mohon pindai lagi dari surat aslinya.")]
    NotAToken,
    /// Signed by a key that is not in the list.
    #[error("Kode QR ini ditandatangani dengan kunci {0} yang tidak dikenal. Mohon ambil daftar kunci terbaru dari kantor penerbit.")]
    UnknownKey(KeyId),
    /// The signature is not by that key over these facts.
    #[error("Kode QR ini tidak asli: isinya tidak cocok dengan tanda tangan kantor penerbit.")]
    Forged,
}

/// Signs a token. The same letter gets the same text.
///
/// # Errors
/// [`TokenTooLarge`].
pub fn sign(token: &Token, key: &SecretKey) -> Result<String, TokenTooLarge> {
    let mut bytes = key.id().0.to_vec();
    bytes.extend(token.to_bytes()?);
    let signature = key.sign(Purpose::Token, &bytes);
    bytes.extend(signature);
    Ok(format!("{BEGIN}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Reads a token, alone or behind the address in a QR (`https://…/verifikasi/KODE#STN1.…`), and proves it by the keys alone.
///
/// # Errors
/// [`TokenFault`].
pub fn verify(text: &str, keys: &PublicKeys) -> Result<(Token, KeyId), TokenFault> {
    let token = text.rsplit_once('#').map_or(text, |(_address, token)| token);
    let encoded = token.strip_prefix(BEGIN).filter(|encoded| encoded.len() <= TEXT_BYTES_MAX).ok_or(TokenFault::NotAToken)?;
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_not_base64| TokenFault::NotAToken)?;
    let (signed, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(TokenFault::NotAToken)?;
    let (id, body) = signed.split_first_chunk::<ID_BYTES>().ok_or(TokenFault::NotAToken)?;
    let id = KeyId(*id);
    let read = Token::from_bytes(body).ok_or(TokenFault::NotAToken)?;
    let key = keys.get(id).ok_or(TokenFault::UnknownKey(id))?;
    if key.verifies(Purpose::Token, signed, signature) { Ok((read, id)) } else { Err(TokenFault::Forged) }
}

/// Which key a token says it was signed by; proves nothing.
pub fn key_of(text: &str) -> Option<KeyId> {
    let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(BEGIN)?).ok()?;
    bytes.first_chunk::<ID_BYTES>().map(|id| KeyId(*id))
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_signed_token_is_read_with_the_keys_alone_and_fits_a_small_square() {
        let text = sign(&Token::sample(), &key()).unwrap();
        assert!(text.len() < 210, "{}", text.len());
        assert_eq!(verify(&text, &keys()), Ok((Token::sample(), key().id())));
        let behind = format!("https://santunan.batangkab.go.id/verifikasi/{}#{text}", Token::sample().code);
        assert_eq!(verify(&behind, &keys()), Ok((Token::sample(), key().id())));
    }

    #[test]
    fn another_offices_key_proves_nothing() {
        let other = SecretKey::from_seed([6; 32]);
        let text = sign(&Token::sample(), &other).unwrap();
        assert_eq!(verify(&text, &keys()), Err(TokenFault::UnknownKey(other.id())));
    }

    #[test]
    fn a_forger_who_borrows_the_key_id_is_found() {
        let other = SecretKey::from_seed([6; 32]);
        let mut bytes = key().id().0.to_vec();
        bytes.extend(Token::sample().to_bytes().unwrap());
        let signature = other.sign(Purpose::Token, &bytes);
        bytes.extend(signature);
        let text = format!("{BEGIN}{}", URL_SAFE_NO_PAD.encode(bytes));
        assert_eq!(verify(&text, &keys()), Err(TokenFault::Forged));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn no_edit_of_a_token_goes_unseen(at in 0..10_000_usize, what in 0..3_u8, sign in any::<char>()) {
            let text: Vec<char> = super::sign(&Token::sample(), &key()).unwrap().chars().collect();
            let mut edited = text.clone();
            match what {
                0 => edited[at % text.len()] = sign,
                1 => { edited.remove(at % text.len()); }
                _ => edited.insert(at % (text.len() + 1), sign),
            }
            if edited != text && sign != '#' {
                prop_assert!(verify(&edited.iter().collect::<String>(), &keys()).is_err());
            }
        }
    }
}
