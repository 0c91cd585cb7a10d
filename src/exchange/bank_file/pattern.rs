//! Texts with places in braces: file names `OB_{unit}_{tanggal:DDMMYYYY}_{no}.csv` and remarks `SANTUNAN {kode}`.

use chrono::NaiveDate;

use super::date_format::DateFormat;

/// A text with places that are filled in for each file or payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place(Place),
}

/// What a place stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Unit,
    Day(DateFormat),
    Number(Width),
    Piece(Width),
    Bank,
    Code,
    Words,
}

/// Digits of a number: as many as it takes, or exactly so many.
type Width = Option<usize>;

/// Where a pattern is used, which says which places it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Name of a file: must differ by unit, day and number.
    FileName,
    /// A fixed cell of a row about the whole file.
    Header,
    /// A cell or remark of one payment.
    Payment,
}

/// Why a pattern is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// A place in braces that means nothing here.
    #[error("isian {{{0}}} tidak dikenal di sini")]
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

/// What is filled in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values<'a> {
    /// Short code of the paying unit.
    pub unit: &'a str,
    /// Day of payment.
    pub on: NaiveDate,
    /// Number of the order's files on that day.
    pub number: u32,
    /// Which piece of a divided file, from 1.
    pub piece: u32,
    /// BIC of the payees' bank, where a file holds one bank's payments.
    pub bank: &'a str,
    /// Reference of the payment.
    pub code: &'a str,
    /// Words the order gives for the payment.
    pub words: &'a str,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// All [`PatternFault`]s.
    pub fn parse(text: &str, used: Use) -> Result<Self, Vec<PatternFault>> {
        let (mut parts, mut faults) = (Vec::new(), Vec::new());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            parts.push(Part::Text(before.to_owned()));
            let Some((place, behind)) = after.split_once('}') else {
                return Err(vec![PatternFault::Brace]);
            };
            match read_place(place).filter(|place| place.belongs(used)) {
                Some(known) => parts.push(Part::Place(known)),
                None => faults.push(PatternFault::Place(place.to_owned())),
            }
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        let pattern = Self { parts };
        if used == Use::FileName {
            faults.extend(pattern.texts().flat_map(|text| text.chars().filter(|c| !fits_file_name(*c)).map(PatternFault::Character)));
            if faults.is_empty() && !pattern.is_unique() {
                faults.push(PatternFault::NotUnique);
            }
        }
        if faults.is_empty() { Ok(pattern) } else { Err(faults) }
    }

    /// A pattern that is one place: the words the order gives.
    pub fn words() -> Self {
        Self { parts: vec![Part::Place(Place::Words)] }
    }

    /// The filled text; `None` if a number has more digits than its place.
    pub fn fill(&self, values: &Values<'_>) -> Option<String> {
        self.parts.iter().map(|part| part.fill(values)).collect()
    }

    /// The filled file name: what does not belong into one is left out.
    pub fn file_name(&self, values: &Values<'_>) -> Option<String> {
        self.fill(values).map(|name| name.chars().filter(|c| fits_file_name(*c)).collect())
    }

    /// Whether the pieces of a divided file have different names.
    pub fn tells_pieces_apart(&self) -> bool {
        self.has(|place| matches!(place, Place::Piece(_)))
    }

    /// Whether the files of several banks have different names.
    pub fn tells_banks_apart(&self) -> bool {
        self.has(|place| matches!(place, Place::Bank))
    }

    /// The fixed text between the places.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Place(_) => None,
        })
    }

    fn has(&self, wanted: fn(&Place) -> bool) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Place(place) if wanted(place)))
    }

    fn is_unique(&self) -> bool {
        self.has(|p| matches!(p, Place::Unit)) && self.has(|p| matches!(p, Place::Day(_))) && self.has(|p| matches!(p, Place::Number(_)))
    }
}

impl Part {
    fn fill(&self, values: &Values<'_>) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Place(place) => match place {
                Place::Unit => Some(values.unit.to_owned()),
                Place::Day(format) => Some(format.write(values.on)),
                Place::Number(width) => numbered(values.number, *width),
                Place::Piece(width) => numbered(values.piece, *width),
                Place::Bank => Some(values.bank.to_owned()),
                Place::Code => Some(values.code.to_owned()),
                Place::Words => Some(values.words.to_owned()),
            },
        }
    }
}

impl Place {
    fn belongs(&self, used: Use) -> bool {
        match self {
            Self::Unit | Self::Day(_) | Self::Number(_) => true,
            Self::Piece(_) => used != Use::Payment,
            Self::Bank => used == Use::FileName,
            Self::Code | Self::Words => used == Use::Payment,
        }
    }
}

fn numbered(number: u32, width: Width) -> Option<String> {
    let digits = width.unwrap_or(1);
    let text = format!("{number:0digits$}");
    (width.is_none() || text.len() == digits).then_some(text)
}

fn read_place(place: &str) -> Option<Place> {
    let (name, detail) = place.split_once(':').map_or((place, None), |(name, detail)| (name, Some(detail)));
    match (name, detail) {
        ("unit", None) => Some(Place::Unit),
        ("tanggal", Some(format)) => DateFormat::parse(format).map(Place::Day),
        ("no", detail) => read_width(detail).map(Place::Number),
        ("bagian", detail) => read_width(detail).map(Place::Piece),
        ("bank", None) => Some(Place::Bank),
        ("kode", None) => Some(Place::Code),
        ("uraian", None) => Some(Place::Words),
        _ => None,
    }
}

fn read_width(detail: Option<&str>) -> Option<Width> {
    match detail {
        None => Some(None),
        Some(digits) => digits.parse().ok().filter(|digits| (1..=9).contains(digits)).map(Some),
    }
}

fn fits_file_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values<'static> {
        Values {
            unit: "DINSOS/../x y",
            on: NaiveDate::from_ymd_opt(2026, 6, 2).unwrap(),
            number: 7,
            piece: 2,
            bank: "BRINIDJA",
            code: "BTG-1",
            words: "SANTUNAN",
        }
    }

    fn check(pattern: &str, expected: Result<&str, Vec<PatternFault>>) {
        let written = Pattern::parse(pattern, Use::FileName).map(|name| name.file_name(&values()).unwrap());
        assert_eq!(written, expected.map(str::to_owned), "{pattern}");
    }

    #[test]
    fn file_names_carry_unit_day_and_number() {
        check("OB_{unit}_{tanggal:DDMMYYYY}_{no}.csv", Ok("OB_DINSOS..xy_02062026_7.csv"));
        check("{tanggal:YYYYMMDD}{no:3}{unit}", Ok("20260602007DINSOS..xy"));
        check("{bank}-{bagian:2}_{unit}_{tanggal:DDMMYY}{no}", Ok("BRINIDJA-02_DINSOS..xy_0206267"));
    }

    #[test]
    fn patterns_that_would_overwrite_or_escape_are_refused() {
        check("OB.csv", Err(vec![PatternFault::NotUnique]));
        check("OB_{unit", Err(vec![PatternFault::Brace]));
        check("../{unit}{jam}", Err(vec![PatternFault::Place("jam".to_owned()), PatternFault::Character('/')]));
        check("{no:12}", Err(vec![PatternFault::Place("no:12".to_owned())]));
        check("{unit:2}{tanggal}{kode}", Err(["unit:2", "tanggal", "kode"].map(|p| PatternFault::Place(p.to_owned())).to_vec()));
    }

    #[test]
    fn a_number_with_too_many_digits_is_not_written_shorter() {
        let pattern = Pattern::parse("{no:2}", Use::Header).unwrap();
        assert_eq!(pattern.fill(&Values { number: 99, ..values() }).as_deref(), Some("99"));
        assert_eq!(pattern.fill(&Values { number: 100, ..values() }), None);
    }

    #[test]
    fn a_remark_holds_the_claim_code_and_the_words_of_the_order_and_nothing_else() {
        let remark = Pattern::parse("{uraian} {kode}", Use::Payment).unwrap();
        assert_eq!(remark.fill(&values()).as_deref(), Some("SANTUNAN BTG-1"));
        for unknown in ["{nik}", "{nama}", "{bagian}", "{bank}"] {
            assert!(Pattern::parse(unknown, Use::Payment).is_err(), "{unknown}");
        }
        assert!(Pattern::parse("{kode}", Use::Header).is_err());
    }
}
