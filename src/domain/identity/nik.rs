//! The national identity number (NIK) and the number of the family card (KK).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Sex;

/// Numbers that surveys write for "no NIK"; they identify nobody.
///
/// Source: the Regsosek code book (refused, under 17 without NIK, 17 and over
/// without NIK, foreigner).
const PLACEHOLDERS: [&str; 5] = ["9999999999999994", "9999999999999995", "9999999999999996", "9999999999999999", "0000000000000000"];

/// A NIK: sixteen digits, kept as text because Papua's exceed 2^53.
///
/// The first six digits are the region of the *first* registration, the next
/// six the birth date (women: day + 40), the last four a serial number. It is
/// permanent, even when the birth date on it proves wrong, so its parts are
/// hints and never a proof.
///
/// `Debug` and `Display` are masked; [`Nik::expose`] shows the number.
///
/// ```
/// use santunan::domain::identity::Nik;
/// let nik = Nik::parse("3325 0109.0343 0001").unwrap();
/// assert_eq!(nik.expose(), "3325010903430001");
/// assert_eq!(nik.to_string(), "332501******0001");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nik(String);

/// Why a text is not a NIK or a family-card number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing was written.
    #[error("nomor kosong")]
    Empty,
    /// Something other than digits, spaces, dots, dashes or a leading apostrophe.
    #[error("nomor berisi huruf atau tanda selain angka")]
    NotDigits,
    /// Not sixteen digits; carries how many there were.
    #[error("nomor harus 16 angka, tertulis {0} angka")]
    Length(usize),
    /// A "no NIK" number of a survey, for example 9999999999999995, or one digit sixteen times.
    #[error("nomor pengganti \"tidak punya NIK\", bukan NIK seseorang")]
    Placeholder,
}

/// What the middle six digits of a NIK say about its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthDigits {
    /// Day of the month, 1 to 31, after taking off a woman's 40.
    pub day: u32,
    /// Month as written; may be out of range in a wrong number.
    pub month: u32,
    /// Last two digits of the year; the century is not in the number.
    pub year_of_century: i32,
    /// Sex, from the +40 on the day.
    pub sex: Sex,
}

impl Nik {
    /// Reads a NIK as people type it: spaces, dots, dashes and a leading apostrophe are passed over.
    ///
    /// # Errors
    /// [`NumberFault`], with the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let digits = sixteen_digits(text)?;
        let one_digit = digits.bytes().all(|digit| digits.bytes().next() == Some(digit));
        if one_digit || PLACEHOLDERS.contains(&digits.as_str()) {
            return Err(NumberFault::Placeholder);
        }
        Ok(Self(digits))
    }

    /// The number itself: for the database, letters to the treasury and the page of a person with the right to see it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The number without its middle, as shown by default.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }

    /// The six digits of the region of first registration, for example `332501`.
    pub fn region_digits(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// Serial number within region and birth date; 0 is never given out.
    pub fn serial(&self) -> u32 {
        self.part(12, 16)
    }

    /// Birth date and sex as the number claims them.
    pub fn birth_digits(&self) -> BirthDigits {
        let day = self.part(6, 8);
        let (day, sex) = if day > 40 { (day - 40, Sex::Female) } else { (day, Sex::Male) };
        BirthDigits { day, month: self.part(8, 10), year_of_century: i32::try_from(self.part(10, 12)).unwrap_or_default(), sex }
    }

    fn part(&self, from: usize, to: usize) -> u32 {
        self.0.get(from..to).and_then(|s| s.parse().ok()).unwrap_or_default()
    }
}

/// The number of a family card (KK): sixteen digits.
///
/// A new card is issued when the head of the family dies, so the card of the
/// deceased and the present card of the heir may rightly differ.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FamilyCard(String);

impl FamilyCard {
    /// Reads a family-card number, passing over the same marks as [`Nik::parse`].
    ///
    /// # Errors
    /// [`NumberFault`], with the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        sixteen_digits(text).map(Self)
    }

    /// The number itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The number without its middle.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }
}

fn sixteen_digits(text: &str) -> Result<String, NumberFault> {
    // Nearly every number of a register is written so; a file has two million of them.
    if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    let text = text.trim().trim_start_matches(['\'', '\u{2019}', '`']);
    let mut digits = String::with_capacity(16);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '.' | '-' | '\u{a0}' => {}
            c if c.is_whitespace() => {}
            _ => return Err(NumberFault::NotDigits),
        }
    }
    match digits.len() {
        0 if text.is_empty() => Err(NumberFault::Empty),
        16 => Ok(digits),
        n => Err(NumberFault::Length(n)),
    }
}

fn mask(digits: &str) -> String {
    let head = digits.get(..6).unwrap_or_default();
    let tail = digits.get(12..).unwrap_or_default();
    format!("{head}******{tail}")
}

macro_rules! masked_number {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), mask(&self.0))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&mask(&self.0))
            }
        }
        impl TryFrom<String> for $name {
            type Error = NumberFault;
            fn try_from(text: String) -> Result<Self, NumberFault> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    };
}
masked_number!(Nik);
masked_number!(FamilyCard);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, NumberFault>) {
        assert_eq!(Nik::parse(text).map(|n| n.expose().to_owned()), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn a_nik_is_read_as_people_type_it() {
        check("3325010903430001", Ok("3325010903430001"));
        check("'3325010903430001", Ok("3325010903430001"));
        check(" 33.25.01.090343.0001 ", Ok("3325010903430001"));
        check("3325\u{a0}0109 0343-0001", Ok("3325010903430001"));
        check("9471010903430001", Ok("9471010903430001"));
    }

    #[test]
    fn what_is_not_a_nik_says_why() {
        check("", Err(NumberFault::Empty));
        check("   ", Err(NumberFault::Empty));
        check("332501090343000", Err(NumberFault::Length(15)));
        check("33250109034300011", Err(NumberFault::Length(17)));
        check("33250109034300O1", Err(NumberFault::NotDigits));
        check("3,32501E+15", Err(NumberFault::NotDigits));
        check("9999999999999995", Err(NumberFault::Placeholder));
        check("1111111111111111", Err(NumberFault::Placeholder));
    }

    #[test]
    fn a_womans_day_is_forty_more() {
        let nik = Nik::parse("3325016906090001").unwrap();
        assert_eq!(nik.birth_digits(), BirthDigits { day: 29, month: 6, year_of_century: 9, sex: Sex::Female });
    }

    #[test]
    fn neither_debug_nor_display_shows_the_middle() {
        let nik = Nik::parse("3325016906090001").unwrap();
        assert_eq!(format!("{nik:?}"), "Nik(332501******0001)");
        assert!(!format!("{nik}").contains("690609"));
    }
}
