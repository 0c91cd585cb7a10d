//! Names of people as they stand on an identity card.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Longest name taken, in characters. Permendagri 73/2022 allows 60 for new names; older ones are longer.
pub const NAME_CHARS_MAX: usize = 120;

/// A person's name in Latin letters: one word or many, with apostrophes, hyphens, dots and titles as written.
///
/// Inner white space is folded, typographic apostrophes become plain ones. The
/// writing is kept; comparing names is the cross-check's work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Nothing was written, or nothing but marks.
    #[error("nama belum diisi")]
    Empty,
    /// Longer than [`NAME_CHARS_MAX`]; carries the length in characters.
    #[error("nama terlalu panjang ({0} huruf, paling banyak 120)")]
    TooLong(usize),
    /// A character that no identity card carries, for example a digit or a letter of another script.
    #[error("nama berisi tanda \"{0}\" yang tidak dipakai pada KTP")]
    Character(char),
}

impl PersonName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`NameFault`] for an empty or overlong text, or the first character outside Latin letters and name marks.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let composed: String = text.nfc().map(plain_mark).collect();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(odd) = name.chars().find(|c| !allowed(*c)) {
            return Err(NameFault::Character(odd));
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(NameFault::Empty);
        }
        match name.chars().count() {
            n if n > NAME_CHARS_MAX => Err(NameFault::TooLong(n)),
            _ => Ok(Self(name)),
        }
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without ALM., ALMH., ALMARHUM or ALMARHUMAH before or behind it, for texts that say so themselves.
    ///
    /// ```
    /// use santunan::domain::identity::PersonName;
    /// assert_eq!(PersonName::parse("Alm. Hasim").unwrap().without_late(), "Hasim");
    /// ```
    pub fn without_late(&self) -> String {
        let late = |word: &&str| {
            let bare: String = word.chars().filter(char::is_ascii_alphabetic).collect();
            matches!(bare.to_uppercase().as_str(), "ALM" | "ALMH" | "ALMARHUM" | "ALMARHUMAH")
        };
        let words: Vec<&str> = self.0.split(' ').filter(|word| !late(word)).collect();
        if words.is_empty() { self.0.clone() } else { words.join(" ") }
    }

    /// First letters only, for pages that must not name anybody: "S. R.".
    pub fn initials(&self) -> String {
        initials(&self.0)
    }
}

/// First letters of a name's words only.
pub fn initials(name: &str) -> String {
    name.split(' ').filter_map(|w| w.chars().next()).map(|c| format!("{c}.")).collect::<Vec<_>>().join(" ")
}

fn plain_mark(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{02bb}' | '\u{60}' | '\u{b4}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        c => c,
    }
}

/// Latin letters with and without accents, and the marks of names and titles.
fn allowed(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | '-' | '.' | ',' | '/' | '(' | ')' | '\u{c0}'..='\u{24f}')
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = NameFault;
    fn try_from(text: String) -> Result<Self, NameFault> {
        Self::parse(&text)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, NameFault>) {
        assert_eq!(PersonName::parse(text).map(|n| n.as_str().to_owned()), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn names_as_they_are_on_cards() {
        check("SUPARMI", Ok("SUPARMI"));
        check("  H.  MOH.  SYAFI\u{2019}I,  S.Pd. ", Ok("H. MOH. SYAFI'I, S.Pd."));
        check("MA'RUF", Ok("MA'RUF"));
        check("Jose\u{301}", Ok("José"));
        check(&"A".repeat(61), Ok(&"A".repeat(61)));
    }

    #[test]
    fn a_late_mark_is_left_off_and_nothing_else() {
        let check = |text: &str, bare: &str| assert_eq!(PersonName::parse(text).unwrap().without_late(), bare);
        check("ALM. HASIM", "HASIM");
        check("Hari Saifudin Alm.", "Hari Saifudin");
        check("(ALMH) SITI AMINAH", "SITI AMINAH");
        check("ALMARHUM HENDRA", "HENDRA");
        check("ALMIRA", "ALMIRA");
        check("ALM", "ALM");
    }

    #[test]
    fn what_is_not_a_name_says_why() {
        check("", Err(NameFault::Empty));
        check(" . ", Err(NameFault::Empty));
        check("SUPAR2", Err(NameFault::Character('2')));
        check("سوبرمي", Err(NameFault::Character('س')));
        check(&"A".repeat(121), Err(NameFault::TooLong(121)));
    }
}
