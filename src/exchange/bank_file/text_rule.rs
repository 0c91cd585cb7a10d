//! What a bank's file can carry of a text.

use encoding_rs::WINDOWS_1252;

use crate::exchange::plain_text::{fold, keep};

/// How the letters of a file become bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Plain letters only: what has an accent loses it.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// UTF-8 with the mark by which spreadsheets know it.
    Utf8Marked,
    /// Windows-1252, the usual one of old programs.
    Windows1252,
}

pub(super) const ENCODINGS: [(&str, Encoding); 4] =
    [("ascii", Encoding::Ascii), ("utf-8", Encoding::Utf8), ("utf-8-bom", Encoding::Utf8Marked), ("windows-1252", Encoding::Windows1252)];

/// Mark by which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Encoding {
    /// Whether a character can be written.
    pub fn holds(self, c: char) -> bool {
        match self {
            Self::Ascii => c.is_ascii(),
            Self::Utf8 | Self::Utf8Marked => true,
            Self::Windows1252 => !WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).2,
        }
    }

    /// The bytes of a text; `None` if it holds a character that cannot be written.
    pub fn to_bytes(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Utf8Marked => Some([BYTE_ORDER_MARK, text.as_bytes()].concat()),
            Self::Windows1252 => {
                let (bytes, _, lost) = WINDOWS_1252.encode(text);
                (!lost).then(|| bytes.into_owned())
            }
        }
    }

    /// The text of these bytes; `None` if they are not in this encoding.
    pub fn to_text(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Ascii => bytes.is_ascii().then(|| String::from_utf8(bytes.to_vec()).ok()).flatten(),
            Self::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Self::Utf8Marked => String::from_utf8(bytes.strip_prefix(BYTE_ORDER_MARK)?.to_vec()).ok(),
            Self::Windows1252 => Some(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
        }
    }
}

/// How texts of one file are made fit for the bank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextRule {
    /// What a text may hold beside plain letters, digits and spaces; `None` = everything the encoding holds.
    pub marks: Option<String>,
    /// What stands for texts the bank does not take, the longest first.
    pub replace: Vec<(String, String)>,
    /// How letters become bytes.
    pub encoding: Encoding,
}

impl TextRule {
    /// A text as the file carries it: single spaces, no line ends, nothing invisible, only marks the bank takes.
    pub fn clean(&self, text: &str, marks: Option<&str>, replace: &[(String, String)]) -> String {
        let replaced = replace.iter().chain(&self.replace).fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        match marks.or(self.marks.as_deref()) {
            Some(marks) => {
                keep(&fold(&replaced), |c| c.is_ascii_alphanumeric() || (marks.contains(c) && self.encoding.holds(c) && !is_unseen(c)))
            }
            None => keep(&self.held(&replaced), |c| !is_unseen(c) && self.encoding.holds(c)),
        }
    }

    /// Letters the encoding does not hold in their plain writing.
    fn held(&self, text: &str) -> String {
        let mut held = String::with_capacity(text.len());
        for c in text.chars() {
            if self.encoding.holds(c) {
                held.push(c);
            } else {
                held.push_str(&fold(c.encode_utf8(&mut [0; 4])));
            }
        }
        held
    }
}

/// Characters nobody sees but machines do: control characters, marks of direction and joining, what is no character at all.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: Encoding, marks: Option<&str>, text: &str, expected: &str) {
        let rule = TextRule { marks: marks.map(str::to_owned), replace: vec![("&".to_owned(), " DAN ".to_owned())], encoding };
        let cleaned = rule.clean(text, None, &[]);
        assert_eq!(cleaned, expected, "{encoding:?} {text}");
        let bytes = encoding.to_bytes(&cleaned).unwrap();
        assert_eq!(encoding.to_text(&bytes).unwrap(), cleaned);
    }

    #[test]
    fn a_text_holds_what_the_bank_and_the_encoding_take() {
        check(Encoding::Ascii, Some(".'"), "José & Søns; \u{201c}A\u{201d} O\u{2019}B.", "Jose DAN Sons A O'B.");
        check(Encoding::Ascii, None, "José; 苏\r\nB", "Jose; B");
        check(Encoding::Windows1252, None, "José 苏 Đ", "José D");
        check(Encoding::Utf8, None, "苏\u{202e}\u{200b}\u{ffff}A\tB", "苏A B");
        check(Encoding::Utf8Marked, None, "é", "é");
        assert_eq!(Encoding::Utf8Marked.to_bytes("A").unwrap(), [0xef, 0xbb, 0xbf, b'A']);
        assert_eq!(Encoding::Windows1252.to_bytes("é").unwrap(), [0xe9]);
        assert_eq!(Encoding::Ascii.to_bytes("é"), None);
    }

    #[test]
    fn rules_of_a_column_come_before_those_of_the_file() {
        let rule = TextRule { marks: Some(".".to_owned()), replace: vec![("MUH.".to_owned(), "M".to_owned())], ..TextRule::default() };
        let own = [("MUH.".to_owned(), "MUHAMMAD".to_owned())];
        assert_eq!(rule.clean("MUH. A-B.", Some("-"), &own), "MUHAMMAD A-B");
        assert_eq!(rule.clean("MUH. A-B.", None, &[]), "M AB.");
    }
}
