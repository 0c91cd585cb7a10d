//! File names as banks prescribe them: `OB_{unit}_{tanggal:DDMMYYYY}_{no}.csv`.

use chrono::NaiveDate;

/// A pattern of a file name that differs by unit, day and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Unit,
    Day(&'static str),
    Number { digits: usize },
}

/// Why a pattern is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileNameFault {
    /// A place in braces that means nothing.
    #[error("isian {{{0}}} tidak dikenal")]
    Place(String),
    /// A brace that is not closed.
    #[error("kurung kurawal tidak ditutup")]
    Brace,
    /// A character that does not belong into a file name.
    #[error("tanda \"{0}\" tidak boleh ada dalam nama berkas")]
    Character(char),
    /// Two orders of one day would overwrite each other.
    #[error("harus memuat {{unit}}, {{tanggal:…}} dan {{no}}")]
    NotUnique,
}

impl FileName {
    /// Reads a pattern.
    ///
    /// # Errors
    /// All [`FileNameFault`]s.
    pub fn parse(pattern: &str) -> Result<Self, Vec<FileNameFault>> {
        let (mut parts, mut faults) = (Vec::new(), Vec::new());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            parts.push(Part::Text(before.to_owned()));
            let Some((place, behind)) = after.split_once('}') else {
                return Err(vec![FileNameFault::Brace]);
            };
            match read_place(place) {
                Some(part) => parts.push(part),
                None => faults.push(FileNameFault::Place(place.to_owned())),
            }
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        faults.extend(parts.iter().flat_map(odd_characters));
        if faults.is_empty() && !is_unique(&parts) {
            faults.push(FileNameFault::NotUnique);
        }
        if faults.is_empty() { Ok(Self { parts }) } else { Err(faults) }
    }

    /// The name of one file. What does not belong into a file name is left out of the unit's code.
    pub fn write(&self, unit: &str, on: NaiveDate, number: u32) -> String {
        let unit: String = unit.chars().filter(|c| fits(*c)).collect();
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Unit => unit.clone(),
            Part::Day(format) => on.format(format).to_string(),
            Part::Number { digits } => format!("{number:0digits$}"),
        };
        self.parts.iter().map(part).collect()
    }
}

fn read_place(place: &str) -> Option<Part> {
    match place {
        "unit" => Some(Part::Unit),
        "tanggal:DDMMYYYY" => Some(Part::Day("%d%m%Y")),
        "tanggal:YYYYMMDD" => Some(Part::Day("%Y%m%d")),
        "no" => Some(Part::Number { digits: 1 }),
        _ => {
            let digits = place.strip_prefix("no:")?.parse().ok()?;
            (1..=9).contains(&digits).then_some(Part::Number { digits })
        }
    }
}

fn odd_characters(part: &Part) -> Vec<FileNameFault> {
    match part {
        Part::Text(text) => text.chars().filter(|c| !fits(*c)).map(FileNameFault::Character).collect(),
        Part::Unit | Part::Day(_) | Part::Number { .. } => Vec::new(),
    }
}

fn fits(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_unique(parts: &[Part]) -> bool {
    let has = |wanted: fn(&Part) -> bool| parts.iter().any(wanted);
    has(|p| matches!(p, Part::Unit)) && has(|p| matches!(p, Part::Day(_))) && has(|p| matches!(p, Part::Number { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: Result<&str, Vec<FileNameFault>>) {
        let on = NaiveDate::from_ymd_opt(2026, 6, 2).unwrap();
        let written = FileName::parse(pattern).map(|name| name.write("DINSOS/../x y", on, 7));
        assert_eq!(written, expected.map(str::to_owned), "{pattern}");
    }

    #[test]
    fn names_carry_unit_day_and_number() {
        check("OB_{unit}_{tanggal:DDMMYYYY}_{no}.csv", Ok("OB_DINSOS..xy_02062026_7.csv"));
        check("{tanggal:YYYYMMDD}{no:3}{unit}", Ok("20260602007DINSOS..xy"));
    }

    #[test]
    fn patterns_that_would_overwrite_or_escape_are_refused() {
        check("OB.csv", Err(vec![FileNameFault::NotUnique]));
        check("OB_{unit", Err(vec![FileNameFault::Brace]));
        check("../{unit}{jam}", Err(vec![FileNameFault::Place("jam".to_owned()), FileNameFault::Character('/')]));
        check("{no:12}", Err(vec![FileNameFault::Place("no:12".to_owned())]));
    }
}
