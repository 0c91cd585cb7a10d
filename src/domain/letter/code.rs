//! The code by which anybody can ask about a letter: printed on it, typed by hand, never guessed.

use std::fmt;

/// Symbols in the order of their values: Crockford's base 32, without I, L, O and U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random symbols of five bits each: 65 bits, more than anybody can try out.
const RANDOM: usize = 13;
/// Symbols between two hyphens.
const GROUP: usize = 4;
/// Bytes that hold [`RANDOM`] symbols.
pub const CODE_BYTES: usize = 9;

/// The code of one letter: 65 random bits and a check symbol, as `7K4M-2Q9X-H3TV-W8`.
///
/// The check symbol finds every wrong symbol and every two that changed places, before anybody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterCode([u8; RANDOM]);

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Too few or too many symbols.
    #[error("Kode surat terdiri atas 14 huruf dan angka, seperti 7K4M-2Q9X-H3TV-W8. Mohon salin lagi dari surat.")]
    Length,
    /// A sign that no code has.
    #[error("Kode surat hanya memuat huruf dan angka; tanda {0:?} tidak dikenal. Mohon salin lagi dari surat.")]
    Symbol(char),
    /// The check symbol does not belong to the others.
    #[error("Ada huruf atau angka yang keliru pada kode surat. Mohon cocokkan lagi dengan kode yang tercetak.")]
    Check,
}

impl LetterCode {
    /// A code from random bytes; 65 of their bits are used.
    pub fn from_random(random: [u8; CODE_BYTES]) -> Self {
        Self(symbols_of(random))
    }

    /// Reads a code as people type it: small letters, spaces and hyphens anywhere, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`CodeFault`].
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let mut values = [0; RANDOM + 1];
        let mut count = 0;
        for sign in text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let value = value_of(sign).ok_or(CodeFault::Symbol(sign))?;
            *values.get_mut(count).ok_or(CodeFault::Length)? = value;
            count += 1;
        }
        let [random @ .., check] = values;
        match count {
            _ if count <= RANDOM => Err(CodeFault::Length),
            _ if check_of(&random) == check => Ok(Self(random)),
            _ => Err(CodeFault::Check),
        }
    }

    /// The code in as few bytes as hold it; the last seven bits are nothing.
    pub fn to_bytes(self) -> [u8; CODE_BYTES] {
        let bits = self.0.iter().fold(0_u128, |bits, value| bits << 5 | u128::from(*value)) << 7;
        bits.to_be_bytes().last_chunk().copied().unwrap_or_default()
    }

    /// Reads what [`Self::to_bytes`] gives, and nothing else.
    pub fn from_bytes(bytes: [u8; CODE_BYTES]) -> Option<Self> {
        let code = Self(symbols_of(bytes));
        (code.to_bytes() == bytes).then_some(code)
    }
}

impl fmt::Display for LetterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let check = check_of(&self.0);
        for (at, value) in self.0.iter().chain([&check]).enumerate() {
            if at > 0 && at.is_multiple_of(GROUP) {
                f.write_str("-")?;
            }
            let symbol = SYMBOLS.get(usize::from(*value)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(symbol))?;
        }
        Ok(())
    }
}

/// The first 65 bits, five at a time.
fn symbols_of(bytes: [u8; CODE_BYTES]) -> [u8; RANDOM] {
    let mut bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte)) >> 7;
    let mut values = [0; RANDOM];
    for value in values.iter_mut().rev() {
        *value = u8::try_from(bits & 31).unwrap_or_default();
        bits >>= 5;
    }
    values
}

fn value_of(sign: char) -> Option<u8> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|symbol| char::from(*symbol) == sign).and_then(|at| u8::try_from(at).ok())
}

/// The sum of all symbols, each multiplied by another power of two, in the field of 32 elements: no single change and no exchange
/// of two symbols leaves it as it was.
fn check_of(values: &[u8; RANDOM]) -> u8 {
    // Horner's rule with x; the last symbol is multiplied too, so that it cannot change places with the check symbol unseen.
    values.iter().fold(0, |sum, value| double(sum ^ value))
}

/// Multiplies by x modulo x⁵ + x² + 1, of which x is a generator.
fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = LetterCode::from_random([0x3a, 0x11, 0xc0, 0x7f, 0x00, 0xee, 0x52, 0x90, 0x81]);
        let text = code.to_string();
        assert_eq!((text.len(), text.matches('-').count()), (17, 3));
        for typed in [text.to_lowercase(), text.replace('-', ""), text.replace('-', " "), text.replace('0', "O").replace('1', "l")] {
            assert_eq!(LetterCode::parse(&typed), Ok(code), "{typed}");
        }
        assert_eq!(LetterCode::parse(&text[..16]), Err(CodeFault::Length));
        assert_eq!(LetterCode::parse(&format!("{text}0")), Err(CodeFault::Length));
        assert_eq!(LetterCode::parse(""), Err(CodeFault::Length));
        assert_eq!(LetterCode::parse("7K4M-2Q9X-H3TV-W*"), Err(CodeFault::Symbol('*')));
    }

    proptest! {
        #[test]
        fn codes_read_back_from_text_and_bytes(random: [u8; CODE_BYTES]) {
            let code = LetterCode::from_random(random);
            prop_assert_eq!(LetterCode::parse(&code.to_string()), Ok(code));
            prop_assert_eq!(LetterCode::from_bytes(code.to_bytes()), Some(code));
        }

        #[test]
        fn a_wrong_symbol_and_an_exchange_are_found(random: [u8; CODE_BYTES], at in 0..14_usize, other in 0..14_usize, by in 1..32_usize) {
            let text: Vec<char> = LetterCode::from_random(random).to_string().chars().filter(|c| *c != '-').collect();
            let value = |sign: char| SYMBOLS.iter().position(|s| char::from(*s) == sign).unwrap();
            let mut wrong = text.clone();
            wrong[at] = char::from(SYMBOLS[(value(text[at]) + by) % 32]);
            prop_assert_eq!(LetterCode::parse(&wrong.iter().collect::<String>()), Err(CodeFault::Check));
            let mut exchanged = text.clone();
            exchanged.swap(at, other);
            if exchanged != text {
                prop_assert_eq!(LetterCode::parse(&exchanged.iter().collect::<String>()), Err(CodeFault::Check));
            }
        }
    }
}
