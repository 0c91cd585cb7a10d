//! How banks write amounts and days.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::payment::report::BankAmount;

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// Dots between thousands, a comma before the sen: `1.000.000,00`, `Rp1.000.000`, `1000000`.
    #[default]
    Indonesian,
    /// No mark between thousands, a point before the sen: `1000000`, `1000000.00`.
    Point,
    /// Commas between thousands, a point before the sen: `1,000,000.00`.
    English,
    /// No mark between thousands, a comma before the sen: `1000000,00`.
    Comma,
}

impl Written {
    /// Reads an amount. `None` for anything that is not exactly this writing: a mark in the wrong place means another amount.
    pub fn read(self, text: &str) -> Option<BankAmount> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let bare = without_currency(&compact);
        let (decimal, thousands) = match self {
            Self::Indonesian => (',', Some('.')),
            Self::Point => ('.', None),
            Self::English => ('.', Some(',')),
            Self::Comma => (',', None),
        };
        let (whole, fraction) = bare.split_once(decimal).unwrap_or((bare, ""));
        let fraction = if self == Self::Indonesian && fraction.trim_matches('-').is_empty() { "" } else { fraction };
        match thousands {
            Some(mark) if whole.contains(mark) => BankAmount::of_digits(&ungrouped(whole, mark)?, fraction),
            _ => BankAmount::of_digits(whole, fraction),
        }
    }
}

fn without_currency(text: &str) -> &str {
    let upper = |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let rest = ["IDR", "RP"].into_iter().find(|prefix| upper(prefix)).and_then(|prefix| text.get(prefix.len()..)).unwrap_or(text);
    // "Rp." is an abbreviation; its dot stands before any digit.
    if rest.len() < text.len() { rest.strip_prefix('.').unwrap_or(rest) } else { rest }
}

/// `1.000.000` as `1000000`; `None` if a group is not of three.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    groups.try_fold(first.to_owned(), |all, group| (group.len() == 3).then(|| all + group))
}

/// How days are written: `DD`, `MM` or `MMM`, `YYYY` or `YY`, and marks between them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DayFormat(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Day,
    Month,
    MonthWord,
    Year,
    ShortYear,
    Mark(char),
}

/// Why a format of days is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bentuk tanggal \"{0}\" harus memuat DD, MM atau MMM, dan YYYY atau YY, masing-masing sekali")]
pub struct DayFormatFault(String);

impl TryFrom<String> for DayFormat {
    type Error = DayFormatFault;

    fn try_from(text: String) -> Result<Self, DayFormatFault> {
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        let words = [("YYYY", Piece::Year), ("YY", Piece::ShortYear), ("MMM", Piece::MonthWord), ("MM", Piece::Month), ("DD", Piece::Day)];
        while let Some(letter) = rest.chars().next() {
            let word = words.into_iter().find(|(word, _)| rest.starts_with(word));
            let (piece, length) = word.map_or((Piece::Mark(letter), letter.len_utf8()), |(word, piece)| (piece, word.len()));
            pieces.push(piece);
            rest = rest.get(length..).unwrap_or_default();
        }
        let count = |wanted: &[Piece]| pieces.iter().filter(|piece| wanted.contains(piece)).count();
        let full =
            [&[Piece::Day][..], &[Piece::Month, Piece::MonthWord], &[Piece::Year, Piece::ShortYear]].into_iter().all(|w| count(w) == 1);
        let stray = pieces.iter().any(|piece| matches!(piece, Piece::Mark(mark) if mark.is_alphanumeric()));
        if full && !stray { Ok(Self(pieces)) } else { Err(DayFormatFault(text)) }
    }
}

/// The first three letters of month names, Indonesian and English, as portals write them.
const MONTHS: [(&str, u32); 19] = [
    ("jan", 1),
    ("feb", 2),
    ("peb", 2),
    ("mar", 3),
    ("apr", 4),
    ("mei", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("agu", 8),
    ("ags", 8),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("nop", 11),
    ("des", 12),
    ("dec", 12),
];

impl DayFormat {
    /// Reads a day; a time behind it is passed over. `None` if it is written otherwise or is no day of the calendar.
    pub fn read(&self, text: &str) -> Option<NaiveDate> {
        let mut rest = text.trim();
        let (mut day, mut month, mut year) = (None, None, None);
        for piece in &self.0 {
            match piece {
                Piece::Mark(mark) => rest = rest.strip_prefix(*mark)?,
                Piece::MonthWord => {
                    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                    let word = rest.get(..length)?.to_lowercase();
                    month = MONTHS.iter().find(|(begin, _)| word.starts_with(begin)).map(|(_, number)| *number);
                    rest = rest.get(length..)?;
                }
                Piece::Day => day = Some(digits(&mut rest, 2)?),
                Piece::Month => month = Some(digits(&mut rest, 2)?),
                Piece::Year => year = Some(digits(&mut rest, 4)?),
                Piece::ShortYear => year = Some(digits(&mut rest, 2)?.checked_add(2000)?),
            }
        }
        let ends = rest.is_empty() || rest.starts_with([' ', 'T', ',']) && rest.contains(':');
        ends.then(|| NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)).flatten()
    }
}

/// So many digits from the front.
fn digits(rest: &mut &str, count: usize) -> Option<u32> {
    let number = rest.get(..count).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))?;
    *rest = rest.get(count..)?;
    number.parse().ok()
}

/// The day in WIB of an ISO date or date and time (`2026-06-22`, `2026-06-22T20:30:00Z`); without a zone it is local already.
pub(super) fn iso_day(text: &str) -> Option<NaiveDate> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let date = date.get(..10).filter(|day| day.len() == date.len() || time.is_none())?;
    let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let Some(time) = time else { return zone_only(text.get(10..)?).then_some(day) };
    if let Ok(instant) = chrono::DateTime::parse_from_rfc3339(text) {
        return Some(crate::domain::calendar::wib_date(instant.to_utc()));
    }
    let local = ["%H:%M:%S%.f", "%H:%M:%S"].into_iter().find_map(|form| chrono::NaiveTime::parse_from_str(time, form).ok());
    local.map(|_| day)
}

/// Nothing, or the zone XML allows behind a date.
fn zone_only(rest: &str) -> bool {
    rest.is_empty() || rest == "Z" || (rest.len() == 6 && rest.starts_with(['+', '-']) && rest.get(3..4) == Some(":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_the_writing_of_the_profile_and_no_other() {
        let check = |written: Written, text: &str, sen: Option<i64>| {
            assert_eq!(written.read(text).map(BankAmount::sen), sen, "{written:?} {text}");
        };
        for text in ["1.000.000,00", "Rp1.000.000", "Rp. 1.000.000,-", "1000000", "IDR 1.000.000,0", "1000000,00"] {
            check(Written::Indonesian, text, Some(100_000_000));
        }
        for text in ["1,000,000.00", "1000000.00", "1.00.000", "1.5", "-1.000", "(1.000)", "", "1.000.000,005", "satu", ".000"] {
            check(Written::Indonesian, text, None);
        }
        check(Written::Indonesian, "1.000,50", Some(100_050));
        check(Written::Point, "1000000.00", Some(100_000_000));
        check(Written::Point, "1000000.", Some(100_000_000));
        check(Written::Point, "1.000.000", None);
        check(Written::Point, "1000000,00", None);
        check(Written::English, "1,000,000.00", Some(100_000_000));
        check(Written::English, "1,00,000", None);
        check(Written::Comma, "1000000,", Some(100_000_000));
        check(Written::Comma, "1000000,5", Some(100_000_050));
        check(Written::Comma, "1.000,00", None);
    }

    #[test]
    fn days_are_read_in_the_writing_of_the_profile() {
        let check = |format: &str, text: &str, expected: Option<(i32, u32, u32)>| {
            let day = DayFormat::try_from(format.to_owned()).unwrap().read(text);
            assert_eq!(day, expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)), "{format} {text}");
        };
        check("DD/MM/YYYY", "22/06/2026", Some((2026, 6, 22)));
        check("DD/MM/YYYY", "22/06/2026 14:30:00", Some((2026, 6, 22)));
        check("DD/MM/YYYY", "06/22/2026", None);
        check("DD/MM/YYYY", "22/06/20261", None);
        check("DD/MM/YYYY", "2/6/2026", None);
        check("YYYYMMDD", "20260622", Some((2026, 6, 22)));
        check("DD-MMM-YY", "22-Agt-26", None);
        check("DD-MMM-YY", "22-Agu-26", Some((2026, 8, 22)));
        check("DD MMM YYYY", "22 Desember 2026", Some((2026, 12, 22)));
        check("DD/MM/YYYY", "31/02/2026", None);
        for wrong in ["DD/MM", "DD/MM/YYYY/DD", "hari", "DDxMM-YYYY"] {
            assert!(DayFormat::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_instant_falls_on_the_day_of_the_office() {
        let check = |text: &str, expected: Option<(i32, u32, u32)>| {
            assert_eq!(iso_day(text), expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)), "{text}");
        };
        check("2026-06-22", Some((2026, 6, 22)));
        check("2026-06-22+07:00", Some((2026, 6, 22)));
        check("2026-06-22T20:30:00Z", Some((2026, 6, 23)));
        check("2026-06-22T20:30:00+07:00", Some((2026, 6, 22)));
        check("2026-06-22T20:30:00", Some((2026, 6, 22)));
        check("2026-06-22T20:30:00.123", Some((2026, 6, 22)));
        for wrong in ["", "2026", "2026-13-01", "2026-06-22T25:00:00", "22-06-2026", "2026-06-22x", "2026-06-22é"] {
            check(wrong, None);
        }
    }
}
