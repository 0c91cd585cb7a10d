//! A date out of a cell: every way people and programs write one. The day comes before the month.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::calendar::{DateFault, parse_date};
use crate::exchange::sheet::{Cell, Kind};

/// Day 0 of spreadsheets, good for all days from March 1900 on.
const DAY_ZERO: (i32, u32, u32) = (1899, 12, 30);
/// Earliest year a date of a register can have.
const YEAR_MIN: i32 = 1850;

/// What a cell says about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum DayReading {
    /// Nothing is written.
    Empty,
    /// The day; with what was repaired, if anything.
    Day(NaiveDate, Option<&'static str>),
    /// No day can be had from this row.
    Lost(String),
}

/// Reads a day. `today` is the last day that can lie behind a year of two digits.
pub(in super::super) fn read_day(cell: Cell<'_>, today: NaiveDate) -> DayReading {
    let text = without_time(cell.text.trim_start_matches(['\'', '`']));
    if cell.kind == Kind::Broken {
        return DayReading::Lost("sel berisi galat Excel".to_owned());
    }
    if text.is_empty() || matches!(text, "-" | "--" | "0" | "00-00-0000" | "0000-00-00" | "00/00/0000") || text.eq_ignore_ascii_case("null")
    {
        return DayReading::Empty;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) && !has_two_dots(text) {
        return bare_number(text);
    }
    match iso(text).map_or_else(|| parse_date(text), Ok) {
        Ok(day) => within_reach(day),
        Err(DateFault::Unreadable) => other_forms(text, today),
        Err(fault) => DayReading::Lost(fault.to_string()),
    }
}

/// The form most files have, read without detours.
fn iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    NaiveDate::from_ymd_opt(text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?, text.get(8..)?.parse().ok()?)
}

fn without_weekday(text: &str) -> &str {
    let rest = WEEKDAYS.iter().find_map(|day| text.strip_prefix(day));
    rest.filter(|rest| rest.starts_with([' ', '/', '-'])).map_or(text, |rest| rest.trim_start_matches([' ', '/', '-']))
}

/// `juni 22 2015` as `22 juni 2015`: a month that is a word cannot be taken for the day.
fn day_before_month(text: &str) -> String {
    let parts: Vec<&str> = text.split_whitespace().collect();
    match parts.as_slice() {
        [month, day, year] if month.chars().all(char::is_alphabetic) => format!("{day} {month} {year}"),
        _ => text.to_owned(),
    }
}

fn has_two_dots(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'.').count() == 2
}

/// Without a time behind the day: `00:00:00`, `T00:00:00.000Z`, `12:00:00 AM`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    before.strip_suffix(['T', 't']).unwrap_or(before).trim_end()
}

/// Digits alone: a spreadsheet's day number, or year, month and day without marks.
fn bare_number(text: &str) -> DayReading {
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    match whole.len() {
        // Day numbers of five digits are the years 1927 to 2173; four digits reach back to 1902 (and are no year alone).
        5 | 6 => by_day_number(whole),
        4 if whole.parse::<u64>().is_ok_and(|number| !(1850..=2150).contains(&number)) => by_day_number(whole),
        8 => by_eight_digits(whole),
        _ => DayReading::Lost(DateFault::Unreadable.to_string()),
    }
}

fn by_day_number(text: &str) -> DayReading {
    let (year, month, day) = DAY_ZERO;
    let number = text.parse().ok();
    let date = NaiveDate::from_ymd_opt(year, month, day).zip(number).and_then(|(zero, number)| zero.checked_add_days(Days::new(number)));
    match date {
        Some(date) if date.year() < 2150 => DayReading::Day(date, Some("nomor hari Excel")),
        _ => DayReading::Lost(DateFault::Unreadable.to_string()),
    }
}

fn by_eight_digits(text: &str) -> DayReading {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or_default();
    let date = |year: u32, month, day| {
        let year = i32::try_from(year).ok()?;
        (YEAR_MIN..2150).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
    };
    match (date(part(0, 4), part(4, 6), part(6, 8)), date(part(4, 8), part(2, 4), part(0, 2))) {
        (Some(day), None) | (None, Some(day)) => DayReading::Day(day, None),
        (Some(a), Some(b)) if a == b => DayReading::Day(a, None),
        _ => DayReading::Lost(DateFault::NoSuchDay.to_string()),
    }
}

fn within_reach(day: NaiveDate) -> DayReading {
    if day.year() < YEAR_MIN { DayReading::Lost("tahunnya tidak mungkin".to_owned()) } else { DayReading::Day(day, None) }
}

/// Other spellings of months and what they mean; longer ones stand before their beginnings.
const MONTH_WORDS: [(&str, &str); 14] = [
    ("pebruari", "februari"),
    ("peb", "feb"),
    ("nopember", "november"),
    ("sept ", "sep "),
    ("sept-", "sep-"),
    ("january", "januari"),
    ("february", "februari"),
    ("march", "maret"),
    ("may", "mei"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "agustus"),
    ("october", "oktober"),
    ("december", "desember"),
];
/// Days of the week as people write them before a date.
const WEEKDAYS: [&str; 16] = [
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "jum'at",
    "sabtu",
    "minggu",
    "ahad",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A day of the week in front, other spellings of months, the month before the day where it is a word, and years of two digits
/// where only one century is possible.
fn other_forms(text: &str, today: NaiveDate) -> DayReading {
    let spelt = MONTH_WORDS.iter().fold(text.to_lowercase(), |spelt, (word, meaning)| spelt.replace(word, meaning)).replace(',', " ");
    let spelt = day_before_month(without_weekday(spelt.trim()));
    if let Ok(day) = parse_date(&spelt) {
        return within_reach(day);
    }
    let Some((front, year)) = spelt.rsplit_once(|c: char| matches!(c, '-' | '/' | '.') || c.is_whitespace()) else {
        return DayReading::Lost(DateFault::Unreadable.to_string());
    };
    if year.len() != 2 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return DayReading::Lost(DateFault::Unreadable.to_string());
    }
    let in_century = |century: &str| parse_date(&format!("{front}-{century}{year}"));
    match (in_century("19"), in_century("20").ok().filter(|day| *day <= today)) {
        (Ok(day), None) => DayReading::Day(day, Some("tahun dua angka")),
        (Ok(_), Some(_)) => DayReading::Lost("tahun hanya dua angka; abadnya tidak dapat dipastikan".to_owned()),
        (Err(fault), _) => DayReading::Lost(fault.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DayReading {
        read_day(Cell { text, kind: Kind::Text }, NaiveDate::from_ymd_opt(2026, 6, 22).unwrap())
    }

    fn check(text: &str, expected: &str) {
        let found = match read(text) {
            DayReading::Day(day, _) => day.to_string(),
            DayReading::Empty => "empty".to_owned(),
            DayReading::Lost(why) => why,
        };
        assert!(found.contains(expected), "{text:?} gave {found}, expected {expected}");
    }

    #[test]
    fn a_day_is_read_in_every_form() {
        for text in [
            "31/12/1960",
            "31-12-1960",
            "31.12.1960",
            "1960-12-31",
            "1960/12/31",
            "31-Des-1960",
            "31-Dec-1960",
            "31 Desember 1960",
            "31 DESEMBER 1960",
            "1960-12-31 00:00:00",
            "1960-12-31T00:00:00.000Z",
            "31/12/1960 0:00",
            "31/12/1960 12:00:00 AM",
            "'31/12/1960",
            "22281",
            "22281.0",
            "19601231",
            "31121960",
            "Sabtu, 31 Desember 1960",
            "SABTU 31-12-1960",
            "Sabtu / 31 Desember 1960",
            "31 December 1960",
            "December 31, 1960",
            "Desember 31, 1960",
            "Saturday, 31 December 1960",
        ] {
            check(text, "1960-12-31");
        }
        check("30-Jun-2006", "2006-06-30");
        check("05/11/1999", "1999-11-05");
        check("1 Pebruari 1950", "1950-02-01");
        check("1-Peb-1950", "1950-02-01");
        check("12 Nopember 1950", "1950-11-12");
        check("22 June 2015", "2015-06-22");
        check("3 May 1971", "1971-05-03");
        check("Jum'at, 13 Maret 1998", "1998-03-13");
        check("44272", "2021-03-17");
        check("9137", "1925-01-05");
    }

    #[test]
    fn a_year_of_two_digits_is_read_only_if_one_century_is_possible() {
        check("31/12/60", "1960-12-31");
        check("31-Des-60", "1960-12-31");
        check("01/02/12", "abadnya");
        check("23/06/26", "1926-06-23");
        check("22/06/26", "abadnya");
    }

    #[test]
    fn what_is_no_day_says_so() {
        for text in ["", "-", "0000-00-00", "NULL"] {
            check(text, "empty");
        }
        check("31/02/1960", "kalender");
        check("12/31/1960", "kalender");
        check("kemarin", "31-12-1960");
        check("1960", "31-12-1960");
        check("0960-12-31", "tahunnya");
        check("99999999", "kalender");
        check("Sabtu", "31-12-1960");
        check("December 31", "31-12-1960");
    }
}
