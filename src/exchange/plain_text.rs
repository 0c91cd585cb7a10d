//! Text for machines that know only plain letters: accents folded, odd marks replaced or dropped.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text to plain Latin letters where that is usual: `é` → `e`, `Đ` → `D`, `’` → `'`, long dashes → `-`.
///
/// What has no plain writing stays as it is; the caller decides what it does with it.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match plain(c) {
            Some(usual) => folded.push_str(usual),
            None => folded.push(c),
        }
    }
    folded
}

/// Keeps what `allowed` takes, turns all white space into single spaces and trims.
pub fn keep(text: &str, allowed: impl Fn(char) -> bool) -> String {
    let kept: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| *c == ' ' || allowed(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `chars_max` characters, without a space at the end.
pub fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect::<String>().trim_end().to_owned()
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bb}' | '\u{02bc}' | '\u{60}' | '\u{b4}' => "'",
        '\u{201c}' | '\u{201d}' | '\u{201e}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'þ' => "th",
        'Þ' => "TH",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text}");
    }

    #[test]
    fn letters_with_marks_become_plain_and_others_stay() {
        check("José Ñoño ÅÉÎ", "Jose Nono AEI");
        check("Syafi\u{2019}i", "Syafi'i");
        check("Đurđa Łøßæ", "Durda Lossae");
        check("e\u{301}", "e");
        check("ｆｕｌｌ – wide", "full - wide");
        check("سوبرمي 苏", "سوبرمي 苏");
    }

    #[test]
    fn what_is_kept_has_single_spaces_and_no_line_ends() {
        assert_eq!(keep(" A\r\nB\t;C \u{a0} ", |c| c.is_ascii_alphanumeric()), "A B C");
        assert_eq!(cut("SITI AMINAH", 5), "SITI");
        assert_eq!(cut("éé", 1), "é");
    }
}
