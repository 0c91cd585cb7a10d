//! Names without titles and degrees, for banks that compare them with the account letter by letter.

use crate::domain::identity::plain_words;

/// The name without titles before and degrees behind, its own words as they are written.
///
/// A name that cannot be told from its titles stays whole: a title too many comes back as a returned transfer, half a name
/// may pay somebody else.
pub fn without_titles(name: &str) -> String {
    let wanted = plain_words(name);
    let mut words = wanted.iter().map(String::as_str).peekable();
    let mut kept: Vec<&str> = Vec::new();
    for token in name.split(|c: char| c.is_whitespace() || c == ',').filter(|token| !token.is_empty()) {
        let whole_or_glued = std::iter::once(token).chain(token.split_once('.').map(|(_title, rest)| rest));
        for candidate in whole_or_glued {
            let mut ahead = words.clone();
            if takes(&mut ahead, &letters(candidate)) {
                words = ahead;
                kept.push(candidate.trim_matches(['(', ')']));
                break;
            }
        }
    }
    if words.peek().is_none() && !kept.is_empty() { kept.join(" ") } else { name.to_owned() }
}

/// Whether the next plain words, one or several, spell this token; they are used up then.
fn takes<'a>(words: &mut impl Iterator<Item = &'a str>, token: &str) -> bool {
    let mut spelled = String::new();
    while !token.is_empty() && spelled.len() < token.len() {
        match words.next() {
            Some(word) => spelled.push_str(word),
            None => return false,
        }
    }
    !token.is_empty() && spelled == token
}

/// The letters of a token as `plain_words` sees them.
fn letters(token: &str) -> String {
    crate::exchange::plain_text::fold(token).to_uppercase().chars().filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_degrees_go_and_the_name_stays_as_written() {
        let check = |name: &str, expected: &str| assert_eq!(without_titles(name), expected, "{name}");
        check("H. MUH. SYAFI'I, S.Pd.", "MUH. SYAFI'I");
        check("Drs. H.Slamet Riyadi SH", "Slamet Riyadi");
        check("Hj Siti Abdul-Aziz, S.E., M.M.", "Siti Abdul-Aziz");
        check("KARTO BIN HAJI", "KARTO BIN HAJI");
        check("Sumiati", "Sumiati");
        check("Haji", "Haji");
        check("苏", "苏");
    }
}
