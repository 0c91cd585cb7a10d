//! Dates as Indonesians write them, and the office's day in WIB (UTC+7, no summer time).

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeZone, Utc};

const WIB_SECONDS_EAST: i32 = 7 * 3600;
const MONTHS: [&str; 12] =
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const ROMANS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nothing was written.
    #[error("tanggal belum diisi")]
    Empty,
    /// Not a form of date that is known here.
    #[error("tanggal harus seperti 31-12-1960")]
    Unreadable,
    /// Well formed, but no such day, for example 31-02-2026.
    #[error("tanggal itu tidak ada dalam kalender")]
    NoSuchDay,
}

/// Reads a civil date: `31-12-1960`, `31/12/1960`, `31.12.1960`, `1960-12-31`, `31 Desember 1960`, `31-Des-1960`, each also with a time behind it.
///
/// The day stands before the month; years have four digits.
///
/// # Errors
/// [`DateFault`].
///
/// ```
/// use santunan::domain::calendar::{long_date, parse_date};
/// assert_eq!(long_date(parse_date("1-7-1945").unwrap()), "1 Juli 1945");
/// ```
pub fn parse_date(text: &str) -> Result<NaiveDate, DateFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let without_time = text.strip_suffix("00:00:00").map_or(text, str::trim_end);
    let parts: Vec<&str> =
        without_time.split(|c: char| matches!(c, '-' | '/' | '.') || c.is_whitespace()).filter(|p| !p.is_empty()).collect();
    let [first, middle, last] = parts.as_slice() else { return Err(DateFault::Unreadable) };
    let month = month_number(middle).ok_or(DateFault::Unreadable)?;
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 || day.is_empty() || day.len() > 2 {
        return Err(DateFault::Unreadable);
    }
    let number = |s: &str| s.chars().all(|c| c.is_ascii_digit()).then(|| s.parse::<u32>().ok()).flatten();
    let (Some(day), Some(year)) = (number(day), number(year)) else { return Err(DateFault::Unreadable) };
    let year = i32::try_from(year).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::NoSuchDay)
}

fn month_number(text: &str) -> Option<u32> {
    if text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let word = text.to_lowercase();
    let english = match word.get(..3)? {
        "may" => Some(5),
        "aug" | "ags" | "agt" => Some(8),
        "oct" => Some(10),
        "dec" => Some(12),
        "nop" => Some(11),
        _ => None,
    };
    english.or_else(|| {
        let at = MONTHS.iter().position(|m| m.to_lowercase() == word || (word.len() == 3 && m.to_lowercase().starts_with(&word)))?;
        u32::try_from(at + 1).ok()
    })
}

/// `31 Desember 1960`.
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// `31-12-1960`.
pub fn short_date(date: NaiveDate) -> String {
    date.format("%d-%m-%Y").to_string()
}

/// `Desember`.
pub fn month_name(date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or_default()
}

/// `XII`, for letter numbers.
pub fn roman_month(date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|m| ROMANS.get(m)).copied().unwrap_or_default()
}

/// `Senin` to `Minggu`.
pub fn day_name(date: NaiveDate) -> &'static str {
    usize::try_from(date.weekday().num_days_from_monday()).ok().and_then(|d| DAYS.get(d)).copied().unwrap_or_default()
}

/// The instant on the office's clock. WIB is fixed at UTC+7.
pub fn wib(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    FixedOffset::east_opt(WIB_SECONDS_EAST).map_or_else(|| instant.fixed_offset(), |zone| zone.from_utc_datetime(&instant.naive_utc()))
}

/// The office's civil date at an instant: before 07.00 WIB it is still yesterday in UTC.
pub fn wib_date(instant: DateTime<Utc>) -> NaiveDate {
    wib(instant).date_naive()
}

/// `31 Desember 2026 pukul 09.05 WIB`.
pub fn long_date_time(instant: DateTime<Utc>) -> String {
    let local = wib(instant);
    format!("{} pukul {} WIB", long_date(local.date_naive()), local.format("%H.%M"))
}

/// `date` and `days` calendar days more; the last representable day if that is past the calendar's end.
pub(super) fn days_after(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<&str, DateFault>) {
        assert_eq!(parse_date(text).map(|d| d.to_string()), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn dates_are_read_in_every_form_of_the_exports() {
        for text in [
            "31/12/1960",
            "1960-12-31",
            "31-Des-1960",
            "31-12-1960",
            "31 Desember 1960",
            "1960-12-31 00:00:00",
            " 31.12.1960 ",
            "31 dec 1960",
        ] {
            check(text, Ok("1960-12-31"));
        }
        check("1-7-1945", Ok("1945-07-01"));
        check("17 Agustus 2026", Ok("2026-08-17"));
        check("29-02-2024", Ok("2024-02-29"));
    }

    #[test]
    fn what_is_not_a_date_says_why() {
        check("", Err(DateFault::Empty));
        check("31-02-2026", Err(DateFault::NoSuchDay));
        check("29-02-2025", Err(DateFault::NoSuchDay));
        check("12-31-1960", Err(DateFault::NoSuchDay));
        for text in ["kemarin", "31-12-60", "1960", "31-12", "31-XX-1960", "31-12-1960-1", "1960-12-311"] {
            check(text, Err(DateFault::Unreadable));
        }
    }

    #[test]
    fn half_past_six_in_the_morning_is_already_today_in_the_office() {
        let instant = Utc.with_ymd_and_hms(2026, 6, 21, 23, 30, 0).unwrap();
        assert_eq!(wib_date(instant).to_string(), "2026-06-22");
        assert_eq!(long_date_time(instant), "22 Juni 2026 pukul 06.30 WIB");
        assert_eq!(day_name(wib_date(instant)), "Senin");
        assert_eq!(roman_month(wib_date(instant)), "VI");
    }

    proptest! {
        #[test]
        fn every_written_date_reads_back(days in 0..60_000_u64) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days);
            for text in [long_date(date), short_date(date), date.to_string()] {
                prop_assert_eq!(parse_date(&text), Ok(date));
            }
        }
    }
}
