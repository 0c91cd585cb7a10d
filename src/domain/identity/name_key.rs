//! Names reduced to what two writings of one name have in common.
//!
//! Two reductions: the *plain* words (capital letters, no titles, no ALM., no
//! degree) and the *key* (old spellings, doubled letters and usual short forms
//! made one). The key is what registers and claims are looked up by; it is
//! never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks of the dead; they may stand before or behind the name.
const LATE: [&str; 4] = ["ALM", "ALMH", "ALMARHUM", "ALMARHUMAH"];

/// Titles and forms of address; they stand before the name.
const TITLES: [&str; 31] = [
    "H", "HJ", "KH", "HAJI", "HAJAH", "HAJJAH", "KYAI", "KIAI", "NYAI", "USTADZ", "USTAD", "DRS", "DRA", "DR", "IR", "PROF", "BPK",
    "BAPAK", "PAK", "IBU", "BU", "SDR", "SDRI", "SAUDARA", "TN", "NY", "NN", "MBAH", "R", "RR", "RA",
];

/// Degrees written behind the name without a comma.
const DEGREES: [&str; 26] = [
    "SPD", "SPDI", "SPDSD", "SE", "SH", "SHI", "SAG", "SSOS", "SSOSI", "SKM", "SKOM", "SKEP", "SP", "SPT", "SSI", "SIP", "MM", "MPD",
    "MPDI", "MSI", "MH", "BA", "BSC", "AMAPD", "AMD", "AMDKEB",
];

/// One writing each for the sounds that old and new spelling write differently, in this order.
const SOUNDS: [(&str, &str); 20] = [
    ("OE", "U"),
    ("OO", "U"),
    ("OU", "U"),
    ("TJ", "C"),
    ("DJ", "J"),
    ("KH", "H"),
    ("CH", "H"),
    ("SH", "S"),
    ("DH", "D"),
    ("TH", "T"),
    ("PH", "P"),
    ("Q", "K"),
    ("V", "P"),
    ("F", "P"),
    ("W", "U"),
    ("Z", "S"),
    ("X", "KS"),
    ("J", "I"),
    ("Y", "I"),
    ("IE", "I"),
];

/// The words of a name in capital letters without titles, ALM. and degrees; never empty unless the text has no letter.
///
/// ```
/// use santunan::domain::identity::plain_words;
/// assert_eq!(plain_words("(Alm) H. Slamet Riyadi, S.Pd."), ["SLAMET", "RIYADI"]);
/// ```
pub fn plain_words(name: &str) -> Vec<String> {
    let letters = capitals(name);
    let before_comma = letters.split(',').map(name_words).find(|words| !words.is_empty());
    before_comma.unwrap_or_else(|| letters.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect())
}

/// The key of each word of a name, without anything behind BIN or BINTI.
pub fn key_words(name: &str) -> Vec<String> {
    let words = plain_words(name);
    let own = words.iter().skip(1).position(|w| matches!(w.as_str(), "BIN" | "BINTI" | "BT")).map_or(words.len(), |at| at + 1);
    let keys: Vec<String> = words.iter().take(own).map(|w| word_key(w)).collect();
    match keys.as_slice() {
        [_single] => keys,
        _ => keys.into_iter().map(whole_form).collect(),
    }
}

/// The key of a whole name, by which it is looked up: word boundaries do not count.
///
/// ```
/// use santunan::domain::identity::name_key;
/// assert_eq!(name_key("SOEPRIJANTO"), name_key("H. Supriyanto"));
/// assert_eq!(name_key("MOCH. TASLIM"), name_key("MUHAMMAD TASLIM"));
/// ```
pub fn name_key(name: &str) -> String {
    single_letters(&key_words(name).concat())
}

fn capitals(name: &str) -> String {
    if name.is_ascii() {
        return name.chars().filter(|c| !matches!(c, '\'' | '`')).map(|c| c.to_ascii_uppercase()).collect();
    }
    let bare = name.nfd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '\u{2019}' | '`' | '\u{2bc}'));
    bare.flat_map(char::to_uppercase).collect()
}

/// The words of one part of a name with titles before and degrees behind taken off.
fn name_words(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in part.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/' | '-')).filter(|t| !t.is_empty()) {
        let token = without_glued_title(token, words.is_empty());
        let bare: String = token.chars().filter(|c| c.is_alphabetic()).collect();
        let title = LATE.contains(&bare.as_str()) || (words.is_empty() && TITLES.contains(&bare.as_str()));
        let degree = !words.is_empty() && DEGREES.contains(&bare.as_str());
        if !title && !degree {
            words.extend(token.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned));
        }
    }
    words
}

/// `ALM.HERU` and `H.SLAMET`: a title with nothing but its dot before the name.
fn without_glued_title(token: &str, is_first: bool) -> &str {
    match token.split_once('.') {
        Some((title, name)) if name.chars().filter(|c| c.is_alphabetic()).count() > 2 => {
            let is_title = LATE.contains(&title) || (is_first && TITLES.contains(&title));
            if is_title { without_glued_title(name, is_first) } else { token }
        }
        _ => token,
    }
}

fn word_key(word: &str) -> String {
    // Most words hold none of these sounds; only those that do are written anew.
    let sounds = SOUNDS.iter().fold(word.to_owned(), |text, (old, new)| if text.contains(old) { text.replace(old, new) } else { text });
    let single = single_letters(&sounds);
    match single.strip_suffix('H') {
        Some(head) if head.chars().count() > 2 => head.to_owned(),
        _ => single,
    }
}

/// Usual short forms written out; only in names of several words, where they are short forms.
fn whole_form(key: String) -> String {
    match key.as_str() {
        "MUH" | "MOH" | "MHD" | "MUHAMAD" | "MOHAMAD" | "MUHAMED" | "MOHAMED" | "MAHAMAD" => "MUHAMAD".to_owned(),
        "AH" => "AHMAD".to_owned(),
        "ST" => "SITI".to_owned(),
        "ABD" | "ABDU" => "ABDUL".to_owned(),
        _ => key,
    }
}

fn single_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(plain_words(name).join(" "), expected, "{name:?}");
    }

    #[test]
    fn titles_degrees_and_marks_of_the_dead_are_no_part_of_a_name() {
        check("RATMIN", "RATMIN");
        check("Hari Saifudin Alm.", "HARI SAIFUDIN");
        check("(ALMH)  Ismiyati", "ISMIYATI");
        check("Suwarni, S.Pd.I", "SUWARNI");
        check("FARID KURNIAWAN,A.MA.PD", "FARID KURNIAWAN");
        check("SRI SUNARTI S.Pd.", "SRI SUNARTI");
        check("ALM. H. MOH. SYAFI'I", "MOH SYAFII");
        check("BPK SITI EVI LAILI", "SITI EVI LAILI");
        check("M. DARSIRAH", "M DARSIRAH");
        check("SRI WAHYUNI BINTI SARJO", "SRI WAHYUNI BINTI SARJO");
        check("ALM.HERU RAHARJO", "HERU RAHARJO");
        check("ALM.H.SLAMET", "SLAMET");
        check("M.DARSIRAH", "M DARSIRAH");
        check("José", "JOSE");
    }

    #[test]
    fn a_name_that_is_only_a_title_keeps_it() {
        check("HAJI", "HAJI");
        check("ALM.", "ALM");
        check("", "");
    }

    #[test]
    fn old_and_new_spelling_share_a_key() {
        let pairs = [
            ("SOERATUN", "SURATUN"),
            ("SUPRIJANTO", "SUPRIYANTO"),
            ("DJARKASI", "JARKASI"),
            ("TJASRAH", "CASRAH"),
            ("KASRIYAH", "KASRIAH"),
            ("UAGIYAH", "WAGIYAH"),
            ("MUPIDAH", "MUFIDAH"),
            ("MASITA", "MASITAH"),
            ("SITINURAENI", "SITI NURAENI"),
            ("ABD MUIN", "ABDUL MUIN"),
            ("ST. AMINAH", "SITI AMINAH"),
            ("MOKHAMAD JOGI", "MUHAMMAD YOGI"),
            ("SRI INDRIYANI BINTI WASRI", "SRI INDRIYANI"),
        ];
        for (old, new) in pairs {
            assert_eq!(name_key(old), name_key(new), "{old} / {new}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_the_same_for_small_letters_and_with_a_title(name in "[A-Z]{3,10}( [A-Z]{3,10})?") {
            prop_assume!(!plain_words(&name).join(" ").is_empty());
            prop_assert_eq!(name_key(&name.to_lowercase()), name_key(&name));
            prop_assert_eq!(name_key(&format!("ALM. {name}")), name_key(&name));
        }
    }
}
