//! Dates as banks prescribe them: `YYYYMMDD`, `DD/MM/YYYY`.

use chrono::NaiveDate;

/// How a date is written. Holds day, month and year, so that no two days look the same within a century.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat(Vec<DatePart>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePart {
    Day,
    Month,
    Year,
    ShortYear,
    Mark(char),
}

/// Marks that may stand between the parts.
const MARKS: [char; 4] = ['-', '/', '.', ' '];

impl DateFormat {
    /// Reads a pattern of `DD`, `MM`, `YYYY` or `YY` and marks; `None` if it is none or leaves a part of the date out.
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let words = [("DD", DatePart::Day), ("MM", DatePart::Month), ("YYYY", DatePart::Year), ("YY", DatePart::ShortYear)];
            let word = words.into_iter().find_map(|(word, part)| rest.strip_prefix(word).map(|behind| (part, behind)));
            let mark = rest.chars().next().filter(|c| MARKS.contains(c));
            let (part, behind) = word.or_else(|| mark.map(|c| (DatePart::Mark(c), rest.strip_prefix(c).unwrap_or_default())))?;
            parts.push(part);
            rest = behind;
        }
        let count = |wanted: &[DatePart]| parts.iter().filter(|part| wanted.contains(part)).count();
        let whole = count(&[DatePart::Day]) == 1 && count(&[DatePart::Month]) == 1 && count(&[DatePart::Year, DatePart::ShortYear]) == 1;
        whole.then_some(Self(parts))
    }

    /// `YYYYMMDD`, where nothing else is said.
    pub fn usual() -> Self {
        Self(vec![DatePart::Year, DatePart::Month, DatePart::Day])
    }

    /// A day in this form.
    pub fn write(&self, on: NaiveDate) -> String {
        let part = |part: &DatePart| match part {
            DatePart::Day => on.format("%d").to_string(),
            DatePart::Month => on.format("%m").to_string(),
            DatePart::Year => on.format("%Y").to_string(),
            DatePart::ShortYear => on.format("%y").to_string(),
            DatePart::Mark(mark) => mark.to_string(),
        };
        self.0.iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_bank_wants_them() {
        let check = |pattern: &str, expected: Option<&str>| {
            let on = NaiveDate::from_ymd_opt(2026, 6, 2).unwrap();
            assert_eq!(DateFormat::parse(pattern).map(|f| f.write(on)).as_deref(), expected, "{pattern}");
        };
        check("YYYYMMDD", Some("20260602"));
        check("DD/MM/YYYY", Some("02/06/2026"));
        check("DDMMYY", Some("020626"));
        check("YYYY-MM-DD", Some("2026-06-02"));
        for wrong in ["", "YYYY", "DDMM", "DDMMYYYYDD", "dd-mm-yyyy", "DD_MM_YYYY", "DDMMY"] {
            check(wrong, None);
        }
    }
}
