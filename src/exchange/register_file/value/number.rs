//! A sixteen-digit number (NIK, family card) out of a cell that has been through spreadsheets.
//!
//! Spreadsheets keep fifteen significant digits of a number that somebody types, and write it as 3,32501E+15 when they save
//! text. What is lost that way is never guessed: the true last digit stands nowhere in the row.

use chrono::NaiveDate;

use crate::domain::identity::{Nik, NumberFault};
use crate::exchange::sheet::{Cell, Kind};

/// Largest whole number a number cell holds exactly, 2^53.
const EXACT_MAX: u64 = 1 << 53;

/// What a cell says about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum NumberReading {
    /// Nothing is written.
    Empty,
    /// A survey's number for "no NIK".
    Placeholder,
    /// Sixteen digits; with what was repaired, if anything.
    Whole(String, Option<&'static str>),
    /// Sixteen digits of which the last may be an invention of a spreadsheet.
    Doubtful(String, &'static str),
    /// No number can be had from this row.
    Lost(String),
}

/// Reads a number. `file_loses_digits` says that other rows of the same column show lost digits, so that a last 0 proves nothing.
pub(in super::super) fn read_number(cell: Cell<'_>, file_loses_digits: bool) -> NumberReading {
    if cell.kind == Kind::Broken {
        return NumberReading::Lost("sel berisi galat Excel".to_owned());
    }
    if cell.kind == Kind::Text && is_sixteen_digits(cell.text) {
        return judge(cell.text.to_owned(), file_loses_digits, None);
    }
    let text = unwrapped(cell.text);
    if is_blank_word(text) {
        return NumberReading::Empty;
    }
    if let Some(reading) = exponent_form(text) {
        return reading;
    }
    let (whole, had_fraction) = match without_fraction(text) {
        Ok(parts) => parts,
        Err(why) => return NumberReading::Lost(why.to_owned()),
    };
    let is_number_cell = cell.kind == Kind::Number || had_fraction;
    match digits_of(whole) {
        Ok((digits, _)) if is_stand_in(&digits) => NumberReading::Placeholder,
        Ok((digits, _)) if is_number_cell => from_number_cell(digits),
        Ok((digits, None)) if digits.len() == 16 => judge(digits, file_loses_digits, None),
        Ok((digits, Some(repaired))) if digits.len() == 16 && is_plausible(&digits) => judge(digits, file_loses_digits, Some(repaired)),
        Ok((_, Some(_))) | Err(_) => NumberReading::Lost("berisi huruf yang tidak dapat dipastikan angkanya".to_owned()),
        Ok((digits, None)) => wrong_length(digits.len()),
    }
}

fn is_sixteen_digits(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Without the marks that keep a spreadsheet from computing: `'332…`, `="332…"`.
fn unwrapped(text: &str) -> &str {
    text.trim_start_matches('=').trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '´' | '\u{2018}'..='\u{201f}'))
}

fn is_blank_word(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '.' | '_' | '0'))
        || ["null", "nan", "none", "n/a", "#n/a", "nihil", "kosong", "belum ada", "tidak ada", "tidak punya"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// `3.32501E+15`: whole only if all sixteen digits stand before the E, as some programs write them.
fn exponent_form(text: &str) -> Option<NumberReading> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent: u32 = exponent.trim_start_matches('+').parse().ok()?;
    let (first, rest) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let all_digits = !first.is_empty() && first.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits {
        return None;
    }
    let digits = format!("{first}{rest}");
    if is_stand_in(&digits) || (exponent == 16 && digits.starts_with('1') && digits.bytes().skip(1).all(|byte| byte == b'0')) {
        return Some(NumberReading::Placeholder);
    }
    if exponent == 15 && digits.len() == 16 && first.len() == 1 {
        return Some(from_number_cell(digits));
    }
    Some(NumberReading::Lost("ditulis Excel sebagai bilangan pangkat (seperti 3,32501E+15); angka belakangnya hilang".to_owned()))
}

/// The digits before `.0`; a dot or comma elsewhere is a mark between groups of digits.
fn without_fraction(text: &str) -> Result<(&str, bool), &'static str> {
    let Some((whole, fraction)) = text.rsplit_once(['.', ',']) else { return Ok((text, false)) };
    let is_tail = fraction.len() <= 2 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_ungrouped = whole.bytes().all(|byte| byte.is_ascii_digit());
    match (is_tail && is_ungrouped, fraction.bytes().all(|byte| byte == b'0')) {
        (true, true) => Ok((whole, true)),
        (true, false) => Err("ditulis sebagai bilangan pecahan"),
        (false, _) => Ok((text, false)),
    }
}

/// The digits without the marks between them; letters that can only be a digit are read as it.
fn digits_of(text: &str) -> Result<(String, Option<&'static str>), char> {
    let mut digits = String::with_capacity(16);
    let mut repaired = None;
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            'O' | 'o' => {
                digits.push('0');
                repaired = Some("huruf O dibaca sebagai angka 0");
            }
            'I' | 'l' | '|' => {
                digits.push('1');
                repaired = Some("huruf I atau l dibaca sebagai angka 1");
            }
            '.' | ',' | '-' | '_' | '/' | '\'' | '`' | '\u{200b}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{feff}' | '\u{2060}' => {}
            c if c.is_whitespace() => {}
            other => return Err(other),
        }
    }
    Ok((digits, repaired))
}

/// Nines for "no NIK", as surveys write them and as a number cell keeps them; the same digit again and again is none either.
fn is_stand_in(digits: &str) -> bool {
    let same = |mark: &str| digits.len() > 16 && digits.bytes().all(|byte| mark.as_bytes().first() == Some(&byte));
    (digits.len() == 16 && digits.starts_with("999999999999999"))
        || digits == "10000000000000000"
        || digits.get(..1).is_some_and(same)
        || matches!(Nik::parse(digits), Err(NumberFault::Placeholder))
}

/// Digits that have been a computer's number on their way.
fn from_number_cell(digits: String) -> NumberReading {
    if digits.len() != 16 {
        return wrong_length(digits.len());
    }
    if digits.parse::<u64>().map_or(true, |number| number > EXACT_MAX) {
        return NumberReading::Lost("terlalu besar untuk sel angka; angka terakhirnya tidak dapat dipercaya".to_owned());
    }
    judge(digits, true, None)
}

fn judge(digits: String, last_zero_is_doubtful: bool, repaired: Option<&'static str>) -> NumberReading {
    if is_stand_in(&digits) {
        NumberReading::Placeholder
    } else if digits.ends_with("0000") {
        NumberReading::Lost("angka ke-16 hilang menjadi 0 (tidak ada nomor urut 0000)".to_owned())
    } else if last_zero_is_doubtful && digits.ends_with('0') {
        NumberReading::Doubtful(digits, "angka terakhir 0 mungkin buatan Excel; periksa pada KTP atau KK")
    } else {
        NumberReading::Whole(digits, repaired)
    }
}

fn wrong_length(count: usize) -> NumberReading {
    // One digit less is what a spreadsheet leaves of a number it rounded, or whose first 0 it dropped.
    let why = if count == 15 { "; satu angka hilang, biasanya oleh Excel" } else { "" };
    NumberReading::Lost(format!("harus 16 angka, tertulis {count}{why}"))
}

/// Whether digits of which some were letters can be a NIK: a province's code, a day and a month in the middle.
fn is_plausible(digits: &str) -> bool {
    digits.get(..2).is_some_and(|province| province > "10") && names_a_day(digits)
}

/// Whether the seventh to twelfth digit can be a day of birth, a woman's with 40 on the day.
pub(in super::super) fn names_a_day(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    let day = if part(6, 8) > 40 { part(6, 8) - 40 } else { part(6, 8) };
    // 2000 was a leap year: 29 February passes, whatever the century of the number.
    NaiveDate::from_ymd_opt(2000, part(8, 10), day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIK: &str = "3325010903430001";

    fn read(text: &str) -> NumberReading {
        read_number(Cell { text, kind: Kind::Text }, false)
    }

    fn number_cell(text: &str) -> NumberReading {
        read_number(Cell { text, kind: Kind::Number }, false)
    }

    fn lost(reading: &NumberReading, why: &str) {
        assert!(matches!(reading, NumberReading::Lost(said) if said.contains(why)), "{reading:?} should say {why}");
    }

    #[test]
    fn a_number_is_read_through_every_mark_people_and_programs_put_around_it() {
        for text in [
            "3325010903430001",
            "'3325010903430001",
            "`3325010903430001",
            "’3325010903430001",
            "3325 0109 0343 0001",
            "33.25.01.090343.0001",
            "3325\u{a0}0109\u{a0}0343\u{a0}0001\u{a0}",
            "3325-0109-0343-0001",
            "=\"3325010903430001\"",
            "\"3325010903430001\"",
            "3325010903430001.0",
            "3325010903430001,00",
            "3.325.010.903.430.001",
            "3,325,010,903,430,001",
            "3.325010903430001E+15",
            "3,325010903430001E15",
            "3325010903\u{200b}430001",
        ] {
            assert_eq!(read(text), NumberReading::Whole(NIK.to_owned(), None), "{text:?}");
        }
        assert_eq!(number_cell(NIK), NumberReading::Whole(NIK.to_owned(), None));
    }

    #[test]
    fn a_letter_is_a_digit_only_where_nothing_else_is_possible() {
        let repaired = |text: &str| assert!(matches!(read(text), NumberReading::Whole(digits, Some(_)) if digits == NIK), "{text}");
        repaired("3325O10903430001");
        repaired("33250l09o343OOO1");
        repaired("332501090343000I");
        // Month 13, day 45 of a man's or 32 of nobody's: the letter does not make a number of it.
        for text in ["3325O11313430001", "3325013913O30001", "332501O903430B01", "3325010903A30001", "O325010903430001"] {
            lost(&read(text), "huruf");
        }
    }

    #[test]
    fn what_a_spreadsheet_has_lost_is_not_guessed() {
        for text in ["3.32501E+15", "3,32501E+15", "3.32501e15", "3.32501090343E+15"] {
            lost(&read(text), "pangkat");
        }
        lost(&read("332501090343000"), "tertulis 15; satu angka hilang");
        lost(&number_cell("332501090343000"), "biasanya oleh Excel");
        lost(&read("332501090343000.0"), "tertulis 15");
        lost(&read("33250109034300011"), "tertulis 17");
        lost(&read("332501090343000.1"), "pecahan");
        lost(&read("3325010903430000"), "hilang");
        lost(&number_cell("3325010903430000"), "hilang");
        lost(&number_cell("9101010903430001"), "terlalu besar");
        lost(&read_number(Cell { text: "#REF!", kind: Kind::Broken }, false), "galat");
    }

    #[test]
    fn a_last_zero_is_doubted_only_where_digits_get_lost() {
        let ten = "3325010903430010";
        assert_eq!(read(ten), NumberReading::Whole(ten.to_owned(), None));
        for doubtful in [number_cell(ten), read("3325010903430010.0"), read_number(Cell { text: ten, kind: Kind::Text }, true)] {
            assert!(matches!(&doubtful, NumberReading::Doubtful(digits, _) if digits == ten), "{doubtful:?}");
        }
    }

    #[test]
    fn no_number_is_told_from_a_damaged_one() {
        for text in ["", "-", "0", "NULL", "'", "tidak ada"] {
            assert_eq!(read(text), NumberReading::Empty, "{text:?}");
        }
        for text in ["9999999999999994", "9999999999999995", "'9999999999999996", "9999999999999999"] {
            assert_eq!(read(text), NumberReading::Placeholder, "{text:?}");
        }
        assert_eq!(number_cell("9999999999999990"), NumberReading::Placeholder);
        assert_eq!(number_cell("10000000000000000"), NumberReading::Placeholder);
        assert_eq!(read("1111111111111111"), NumberReading::Placeholder);
    }
}
