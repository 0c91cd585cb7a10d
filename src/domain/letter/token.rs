//! What a letter says of itself in its QR: little enough for a square of two centimetres, enough to see that paper and office agree.
//!
//! Layout, all numbers big-endian: version 1 (one byte), code (9), date in days since 1 January 2000 (2), amount in rupiah (8, nothing
//! is 0), first twelve bytes of the SHA-256 of the letter's content, then kind, office and number, each behind its length (one byte).
//! No name, NIK or account is in it.

use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};

use super::LetterContent;
use super::code::{CODE_BYTES, LetterCode};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// The first byte of every token.
const VERSION: u8 = 1;
/// Bytes of the content's SHA-256 that a token carries.
pub const DIGEST_BYTES: usize = 12;
/// Day 0.
const EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(2000, 1, 1);
/// Longest text in a token, in bytes.
const TEXT_BYTES_MAX: usize = 80;

/// The facts of one letter as its QR has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Code under which the office knows the letter.
    pub code: LetterCode,
    /// Kind of letter, by its code.
    pub kind: String,
    /// Region code of the office that issued it.
    pub office: String,
    /// The whole number as printed.
    pub number: String,
    /// Date of the letter (WIB).
    pub dated_on: NaiveDate,
    /// Money it is about, in rupiah; none for letters without an amount.
    pub amount: Option<Rupiah>,
    /// Beginning of the SHA-256 of the letter's frozen content.
    pub digest: [u8; DIGEST_BYTES],
}

/// A letter that does not fit into a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nomor surat terlalu panjang atau tanggalnya di luar jangkauan kode QR")]
pub struct TokenTooLarge;

impl Token {
    /// The facts of a letter about to be issued.
    ///
    /// # Errors
    /// [`TokenTooLarge`] if its content cannot be written down.
    pub fn of(
        code: LetterCode,
        office: &RegionCode,
        number: &str,
        dated_on: NaiveDate,
        content: &LetterContent,
    ) -> Result<Self, TokenTooLarge> {
        let written = serde_json::to_vec(content).map_err(|_unwritable| TokenTooLarge)?;
        let whole: [u8; 32] = Sha256::digest(&written).into();
        let digest = whole.first_chunk::<DIGEST_BYTES>().copied().ok_or(TokenTooLarge)?;
        Ok(Self {
            code,
            kind: content.kind().code().to_owned(),
            office: office.to_string(),
            number: number.to_owned(),
            dated_on,
            amount: content.amount(),
            digest,
        })
    }

    /// The bytes that are signed.
    ///
    /// # Errors
    /// [`TokenTooLarge`] for a number beyond 80 bytes or a date outside 2000 to 2179.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TokenTooLarge> {
        let days = EPOCH.map(|epoch| self.dated_on.signed_duration_since(epoch).num_days());
        let days = days.and_then(|days| u16::try_from(days).ok()).ok_or(TokenTooLarge)?;
        let mut bytes = vec![VERSION];
        bytes.extend(self.code.to_bytes());
        bytes.extend(days.to_be_bytes());
        bytes.extend(self.amount.unwrap_or_default().whole().to_be_bytes());
        bytes.extend(self.digest);
        for text in [&self.kind, &self.office, &self.number] {
            let length = u8::try_from(text.len()).ok().filter(|_| text.len() <= TEXT_BYTES_MAX && !text.is_empty());
            bytes.push(length.ok_or(TokenTooLarge)?);
            bytes.extend(text.as_bytes());
        }
        Ok(bytes)
    }

    /// Reads what [`Self::to_bytes`] gives, and nothing else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest(bytes);
        let [VERSION] = rest.take()? else { return None };
        let code = LetterCode::from_bytes(rest.take::<CODE_BYTES>()?)?;
        let days = u16::from_be_bytes(rest.take()?);
        let amount = Rupiah::new(i64::from_be_bytes(rest.take()?)).ok()?;
        let digest = rest.take()?;
        let mut text = || {
            let [length] = rest.take()?;
            let text = rest.many(usize::from(length))?;
            std::str::from_utf8(text).ok().filter(|text| !text.is_empty() && text.len() <= TEXT_BYTES_MAX).map(str::to_owned)
        };
        let (kind, office, number) = (text()?, text()?, text()?);
        let dated_on = EPOCH?.checked_add_days(Days::new(u64::from(days)))?;
        let amount = (amount > Rupiah::ZERO).then_some(amount);
        rest.0.is_empty().then_some(Self { code, kind, office, number, dated_on, amount, digest })
    }
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn many(&mut self, count: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(test)]
impl Token {
    /// A token of an invented receipt.
    pub(crate) fn sample() -> Self {
        Self {
            code: LetterCode::from_random([7; CODE_BYTES]),
            kind: "kuitansi".to_owned(),
            office: "33.25".to_owned(),
            number: "900.1.3/0012/KW/VI/2026".to_owned(),
            dated_on: NaiveDate::from_ymd_opt(2026, 6, 22).unwrap(),
            amount: Some(Rupiah::new(1_000_000).unwrap()),
            digest: [9; DIGEST_BYTES],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_whole() {
        let token = Token::sample();
        assert_eq!(Token::from_bytes(&token.to_bytes().unwrap()), Some(token.clone()));
        let without = Token { amount: None, ..token };
        assert_eq!(Token::from_bytes(&without.to_bytes().unwrap()), Some(without));
    }

    #[test]
    fn whatever_is_cut_or_added_is_no_token() {
        let bytes = Token::sample().to_bytes().unwrap();
        for end in 0..bytes.len() {
            assert_eq!(Token::from_bytes(&bytes[..end]), None, "{end}");
        }
        assert_eq!(Token::from_bytes(&[bytes.as_slice(), &[0]].concat()), None);
        assert_eq!(Token::from_bytes(&[&[2], &bytes[1..]].concat()), None, "another version");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let long = Token { number: "9".repeat(TEXT_BYTES_MAX + 1), ..Token::sample() };
        assert_eq!(long.to_bytes(), Err(TokenTooLarge));
        let old = Token { dated_on: NaiveDate::from_ymd_opt(1999, 12, 31).unwrap(), ..Token::sample() };
        assert_eq!(old.to_bytes(), Err(TokenTooLarge));
    }
}
