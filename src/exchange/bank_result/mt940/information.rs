//! What `:86:` says about a booking, in the three ways banks write it: free text, code words between slashes (`/EREF/…/NAME/…`), and
//! numbered subfields (`166?00TRANSFER?20EREF+…?31…?32…`), whose purpose may carry code words of its own (`EREF+`, `SVWZ+`).

/// A line of information as wide as the standard allows; what follows belongs to the same word.
const FULL_LINE_CHARS: usize = 65;
/// A subfield as wide as the standard allows; what follows in the next one belongs to the same word.
const FULL_SUBFIELD_CHARS: usize = 27;

/// Code words between slashes; whatever stands between two of them belongs to the first.
const CODE_WORDS: [&str; 27] = [
    "EREF", "PREF", "IREF", "CREF", "KREF", "MREF", "UREF", "CNTP", "BENM", "ORDP", "NAME", "ADDR", "IBAN", "ACCT", "BIC", "RTRN", "REMI",
    "USTD", "STRD", "TRCD", "PURP", "ISDT", "CHGS", "OCMT", "TRN", "BNF", "INST",
];

/// Code words of a purpose, written with a plus sign behind.
const PURPOSE_WORDS: [&str; 12] = ["EREF", "KREF", "MREF", "CRED", "DEBT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC", "RTRN", "COAM"];

/// What a booking's information says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Information {
    /// The payer's own reference.
    pub reference: Option<String>,
    /// Account of the other side.
    pub account: Option<String>,
    /// Name of the other side.
    pub holder: Option<String>,
    /// Why money came back, as the bank writes it; empty where it only says that it did.
    pub returned: Option<String>,
    /// All its words in their order, for finding references that stand nowhere else.
    pub words: String,
}

impl Information {
    /// Reads the lines of `:86:`.
    pub(super) fn read(lines: &[&str]) -> Self {
        let text = joined(lines);
        match subfields(&text) {
            Some(fields) => Self::of_subfields(&fields),
            None => Self::of_slashes(text),
        }
    }

    fn of_slashes(text: String) -> Self {
        let pieces = pieces(&text, &CODE_WORDS, |word| format!("/{word}/"));
        let piece = |word: &str| found(&pieces, word);
        let counterparty = piece("CNTP").unwrap_or_default();
        let of_counterparty = |at: usize| counterparty.split('/').nth(at).map(str::to_owned).filter(|text| !text.trim().is_empty());
        Self {
            reference: piece("EREF").filter(|text| text != "NOTPROVIDED"),
            account: piece("ACCT").or_else(|| piece("IBAN")).or_else(|| of_counterparty(0)),
            holder: piece("NAME").or_else(|| of_counterparty(2)),
            returned: piece("RTRN"),
            words: text,
        }
    }

    fn of_subfields(fields: &[(u8, String)]) -> Self {
        let run = |numbers: &[std::ops::RangeInclusive<u8>]| {
            run(fields.iter().filter(|(number, _)| numbers.iter().any(|range| range.contains(number))).map(|(_, text)| text))
        };
        let one = |number: u8| fields.iter().find(|(known, _)| *known == number).map(|(_, text)| text.trim().to_owned());
        // The purpose goes on in 60 to 63 where 20 to 29 do not hold it.
        let purpose = run(&[20..=29, 60..=63]);
        let inner = Self::of_slashes(purpose.clone());
        let plus = pieces(&purpose, &PURPOSE_WORDS, |word| format!("{word}+"));
        let piece = |word: &str| found(&plus, word);
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            reference: piece("EREF").filter(|text| text != "NOTPROVIDED").or(inner.reference),
            account: given(one(31)).or_else(|| piece("IBAN")).or(inner.account),
            holder: given(Some(run(&[32..=33]).trim().to_owned())).or(inner.holder),
            returned: piece("RTRN").or(inner.returned),
            words: [one(0), Some(purpose), one(34)].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Lines as one text: behind a full line the word goes on, behind a shorter one it has ended.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut was_full = true;
    for line in lines {
        if !was_full {
            text.push(' ');
        }
        text.push_str(line.trim_end());
        was_full = line.chars().count() >= FULL_LINE_CHARS;
    }
    text
}

/// Subfields as one text, by the same rule.
fn run<'a>(fields: impl Iterator<Item = &'a String>) -> String {
    let mut text = String::new();
    let mut was_full = true;
    for field in fields {
        if !was_full {
            text.push(' ');
        }
        text.push_str(field.trim_end());
        was_full = field.trim_end().chars().count() >= FULL_SUBFIELD_CHARS;
    }
    text
}

/// `166?00TRANSFER?20…` as its numbered parts; `None` where the text is not written so.
fn subfields(text: &str) -> Option<Vec<(u8, String)>> {
    let (code, rest) = text.split_once('?')?;
    if code.trim().len() > 3 || !code.trim().bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut fields: Vec<(u8, String)> = Vec::new();
    for part in rest.split('?') {
        let number = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(|digits| digits.parse().ok());
        match (number, fields.last_mut()) {
            (Some(number), _) => fields.push((number, part.get(2..).unwrap_or_default().to_owned())),
            // A question mark of the text itself.
            (None, Some((_, text))) => {
                text.push('?');
                text.push_str(part);
            }
            (None, None) => return None,
        }
    }
    Some(fields)
}

/// Code words with what stands behind each, up to the next one; empty for free text.
fn pieces<'a>(text: &'a str, words: &[&'static str], mark: impl Fn(&str) -> String) -> Vec<(&'static str, &'a str)> {
    let mut marks: Vec<(usize, usize, &'static str)> = Vec::new();
    for word in words {
        let mark = mark(word);
        marks.extend(text.match_indices(&mark).map(|(at, found)| (at, at + found.len(), *word)));
    }
    marks.sort_unstable();
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let behind = marks.iter().zip(ends);
    behind
        .map(|((_, begins, word), ends)| (*word, text.get(*begins..ends.max(*begins)).unwrap_or_default().trim_matches(['/', ' '])))
        .collect()
}

fn found(pieces: &[(&'static str, &str)], word: &str) -> Option<String> {
    pieces.iter().find(|(code, _)| *code == word).map(|(_, text)| (*text).to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: [Option<&str>; 4]) -> String {
        let read = Information::read(lines);
        let found = [&read.reference, &read.account, &read.holder, &read.returned].map(|text| text.as_deref());
        assert_eq!(found, expected, "{lines:?}");
        read.words
    }

    #[test]
    fn subfields_are_put_together_again() {
        let whole = [Some("BTG-2026-000001"), Some("595501824120001"), Some("CONTOH PENERIMA SATU YANG NAMANYA PANJANG"), None];
        let lines = [
            "166?00TRANSFER?10931?20EREF+BTG-2026-000001?21SVWZ+SANTUNAN?30BRINIDJA",
            "?31595501824120001?32CONTOH PENERIMA SATU YANG N?33AMANYA PANJANG",
        ];
        assert_eq!(check(&lines, whole), "TRANSFER EREF+BTG-2026-000001 SVWZ+SANTUNAN");
        // A word cut at 27 letters goes on in the next subfield; so does one cut at the end of a line.
        let cut = check(&["?20SANTUNAN KEMATIAN BTG-2026-?21000002 TAHAP SATU?29LUNAS?60TERIMA KASIH"], [None; 4]);
        assert_eq!(cut, "SANTUNAN KEMATIAN BTG-2026-000002 TAHAP SATU LUNAS TERIMA KASIH");
        check(&["177?20/EREF/BTG-2026-000003//ACCT/123456?32"], [Some("BTG-2026-000003"), Some("123456"), None, None]);
        check(&["159?00RETUR?20EREF+BTG-1?21RTRN+AC04 REKENING TUTUP"], [Some("BTG-1"), None, None, Some("AC04 REKENING TUTUP")]);
        check(&["166?20EREF+NOTPROVIDED?32SITI?"], [None, None, Some("SITI?"), None]);
    }

    #[test]
    fn free_text_with_a_question_mark_stays_free_text() {
        assert_eq!(check(&["BENARKAH?20 JUTA"], [None; 4]), "BENARKAH?20 JUTA");
        assert_eq!(check(&["?APA"], [None; 4]), "?APA");
        assert_eq!(check(&["/BENM//NAME/SITI/ACCT/12"], [None, Some("12"), Some("SITI"), None]), "/BENM//NAME/SITI/ACCT/12");
        check(&["/CNTP/987654/BIC/WATI/KOTA"], [None, Some("987654"), None, None]);
    }
}
