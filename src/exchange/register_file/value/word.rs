//! Short answers: yes and no, sex, decile, whether somebody is still there, RT and RW.

use crate::domain::identity::Sex;
use crate::domain::register::ResidentStatus;

/// Without `.0` behind a number that has been through a number cell.
pub(in super::super) fn without_zero_fraction(text: &str) -> &str {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text)
}

/// Yes or no; `None` for a word that is neither.
pub(in super::super) fn read_yes(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["TIDAK", "", "-", "T", "0", "N", "NO", "TDK", "FALSE", "BUKAN", "0.0", "TIDAK ADA", "NON PKH", "--"]) {
        Some(false)
    } else if is(&["YA", "Y", "1", "YES", "TRUE", "V", "✓", "√", "1.0", "IYA", "ADA"]) {
        Some(true)
    } else {
        None
    }
}

/// Sex in letters, words or the codes 1 and 2.
pub(in super::super) fn read_sex(text: &str) -> Option<Sex> {
    let text = without_zero_fraction(text);
    Sex::parse(text).or_else(|| match text.to_uppercase().replace([' ', '-', '.', '_'], "").as_str() {
        "LAKILAKI" | "LAKI" | "LK" | "LELAKI" | "M" | "MALE" | "LAKI2" => Some(Sex::Male),
        "PR" | "PRP" | "PEREMP" | "F" | "FEMALE" => Some(Sex::Female),
        _ => None,
    })
}

/// Decile as `3`, `3.0`, `DESIL 3`; `Ok(None)` if not ranked, `Err` with the text if unreadable.
pub(in super::super) fn read_decile(text: &str) -> Result<Option<u8>, &str> {
    if matches!(text, "" | "-" | "--" | "NULL" | "null") {
        return Ok(None);
    }
    let number = text.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '_' | '.' | ':'));
    without_zero_fraction(number).parse().ok().filter(|decile| (1..=10).contains(decile)).map(Some).ok_or(text)
}

/// Whether somebody is still there; `None` for a word nobody knows.
pub(in super::super) fn read_status(text: &str) -> Option<ResidentStatus> {
    // What nearly all rows say is told without making capitals of it.
    if text.is_empty() || text == "HIDUP" {
        return Some(ResidentStatus::Alive);
    }
    ResidentStatus::parse(text).or_else(|| match text.to_uppercase().as_str() {
        "-" | "ADA" | "MASIH HIDUP" | "TETAP" | "DOMISILI" => Some(ResidentStatus::Alive),
        "ALM" | "ALM." | "ALMARHUM" | "ALMARHUMAH" | "ALMH" | "ALMH." | "TELAH MENINGGAL" | "SUDAH MENINGGAL" | "MD" => {
            Some(ResidentStatus::Dead)
        }
        "PINDAH DOMISILI" | "PINDAH ALAMAT" | "SUDAH PINDAH" | "PINDAH DATANG KELUAR" => Some(ResidentStatus::Moved),
        _ => None,
    })
}

/// RT or RW with its three digits; other text as it is.
pub(in super::super) fn read_neighbourhood(text: &str) -> String {
    let digits = without_zero_fraction(text);
    match digits.parse::<u32>() {
        Ok(0) => String::new(),
        Ok(number) if number < 1_000 => format!("{number:03}"),
        _ if text == "-" => String::new(),
        _ => text.to_owned(),
    }
}

/// RT and RW out of one cell: `006/002`, `RT 6 RW 2`.
pub(in super::super) fn read_neighbourhoods(text: &str) -> (String, String) {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || read_neighbourhood(numbers.next().unwrap_or_default());
    (next(), next())
}

/// Place and date of birth out of one cell: `BATANG, 30-Jun-2006`. The date begins with the first digit.
pub(in super::super) fn split_birth(text: &str) -> (&str, &str) {
    let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (place, date) = text.split_at(at);
    (place.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | ';' | '.' | ':' | '\'')).trim_start(), date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_in_every_form() {
        for text in ["YA", "ya", "Y", "1", "Yes", "1.0", "TRUE"] {
            assert_eq!(read_yes(text), Some(true), "{text}");
        }
        for text in ["TIDAK", "tidak", "T", "0", "-", "", "No", "0.0"] {
            assert_eq!(read_yes(text), Some(false), "{text}");
        }
        assert_eq!(read_yes("mungkin"), None);
    }

    #[test]
    fn sex_decile_and_status_in_every_form() {
        for text in ["L", "1", "1.0", "Laki-laki", "LAKI LAKI", "Laki - Laki", "LK"] {
            assert_eq!(read_sex(text), Some(Sex::Male), "{text}");
        }
        for text in ["P", "2", "Perempuan", "PEREMPUAN", "Pr"] {
            assert_eq!(read_sex(text), Some(Sex::Female), "{text}");
        }
        assert_eq!(read_sex("?"), None);
        for text in ["3", "3.0", "3,0", "DESIL 3", "Desil-3", "D3"] {
            assert_eq!(read_decile(text), Ok(Some(3)), "{text}");
        }
        assert_eq!((read_decile("-"), read_decile(""), read_decile("10")), (Ok(None), Ok(None), Ok(Some(10))));
        assert_eq!((read_decile("11"), read_decile("DESIL")), (Err("11"), Err("DESIL")));
        assert_eq!(
            (read_status("alm."), read_status("Pindah"), read_status("RAIB")),
            (Some(ResidentStatus::Dead), Some(ResidentStatus::Moved), None)
        );
    }

    #[test]
    fn joined_cells_are_taken_apart() {
        for text in ["006/002", "6/2", "RT 6 RW 2", "RT.06/RW.02"] {
            assert_eq!(read_neighbourhoods(text), ("006".to_owned(), "002".to_owned()), "{text}");
        }
        assert_eq!(read_neighbourhoods("6"), ("006".to_owned(), String::new()));
        for text in ["BATANG, 30-Jun-2006", "BATANG,30-Jun-2006", "BATANG / 30-Jun-2006", "BATANG 30-Jun-2006"] {
            assert_eq!(split_birth(text), ("BATANG", "30-Jun-2006"), "{text}");
        }
        assert_eq!(split_birth("BATANG"), ("BATANG", ""));
    }
}
