//! Letter numbers: the office's pattern filled with the next number of its sequence.

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::roman_month;

/// Longest padding a pattern may ask for, in digits.
const PAD_DIGITS_MAX: usize = 9;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// A token that is not known; carries it.
    #[error("pola nomor surat memuat {{{0}}} yang tidak dikenal")]
    UnknownToken(String),
    /// An opening brace without its end, or an end without its opening.
    #[error("pola nomor surat memuat kurung kurawal yang tidak berpasangan")]
    Unbalanced,
    /// Without a running number two letters would be called the same.
    #[error("pola nomor surat harus memuat {{no}}")]
    WithoutNumber,
}

/// Fills a pattern: `{no}`, `{no:3}` (padded with zeros), `{bulan}` (Roman), `{bulan:angka}`, `{tahun}`.
///
/// # Errors
/// [`PatternFault`] for an unknown token, a stray brace, or a pattern without the running number.
///
/// ```
/// use santunan::domain::{calendar::parse_date, letter::numbering};
/// let day = parse_date("22-06-2026").unwrap();
/// assert_eq!(numbering::format("400.9/{no:4}/{bulan}/{tahun}", 12, day).unwrap(), "400.9/0012/VI/2026");
/// ```
pub fn format(pattern: &str, number: u32, dated_on: NaiveDate) -> Result<String, PatternFault> {
    let mut out = String::new();
    let mut rest = pattern;
    let mut numbered = false;
    while let Some((plain, after)) = rest.split_once('{') {
        let (token, tail) = after.split_once('}').ok_or(PatternFault::Unbalanced)?;
        numbered |= token == "no" || token.starts_with("no:");
        out.push_str(closed(plain)?);
        out.push_str(&value(token, number, dated_on)?);
        rest = tail;
    }
    out.push_str(closed(rest)?);
    if numbered { Ok(out) } else { Err(PatternFault::WithoutNumber) }
}

fn closed(plain: &str) -> Result<&str, PatternFault> {
    if plain.contains('}') { Err(PatternFault::Unbalanced) } else { Ok(plain) }
}

fn value(token: &str, number: u32, dated_on: NaiveDate) -> Result<String, PatternFault> {
    let unknown = || PatternFault::UnknownToken(token.to_owned());
    Ok(match token {
        "no" => number.to_string(),
        "bulan" => roman_month(dated_on).to_owned(),
        "bulan:angka" => format!("{:02}", dated_on.month()),
        "tahun" => dated_on.year().to_string(),
        _ => {
            let digits = token.strip_prefix("no:").and_then(|pad| pad.parse::<usize>().ok());
            let pad = digits.filter(|pad| (1..=PAD_DIGITS_MAX).contains(pad)).ok_or_else(unknown)?;
            format!("{number:0pad$}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, number: u32, expected: Result<&str, PatternFault>) {
        let day = NaiveDate::from_ymd_opt(2026, 9, 4).unwrap();
        assert_eq!(format(pattern, number, day), expected.map(str::to_owned), "{pattern}");
    }

    #[test]
    fn patterns_of_real_offices_are_filled() {
        check("{no}", 7, Ok("7"));
        check("400.9/{no:4}/SKN/{tahun}", 12, Ok("400.9/0012/SKN/2026"));
        check("188.65/{no:3}/DSPM/{bulan}/{tahun}", 779, Ok("188.65/779/DSPM/IX/2026"));
        check("470/ {no} /{bulan:angka}/TAHUN {tahun}", 50, Ok("470/ 50 /09/TAHUN 2026"));
        check("{no:3}", 12345, Ok("12345"));
    }

    #[test]
    fn a_pattern_that_would_print_wrong_is_refused() {
        check("{no}/{unit}", 1, Err(PatternFault::UnknownToken("unit".into())));
        check("{no:}", 1, Err(PatternFault::UnknownToken("no:".into())));
        check("{no:0}", 1, Err(PatternFault::UnknownToken("no:0".into())));
        check("{no:99}", 1, Err(PatternFault::UnknownToken("no:99".into())));
        check("{NO}", 1, Err(PatternFault::UnknownToken("NO".into())));
        check("{no", 1, Err(PatternFault::Unbalanced));
        check("no}/{no}", 1, Err(PatternFault::Unbalanced));
        check("{no}/}", 1, Err(PatternFault::Unbalanced));
        check("400/{tahun}", 1, Err(PatternFault::WithoutNumber));
        check("", 1, Err(PatternFault::WithoutNumber));
    }
}
