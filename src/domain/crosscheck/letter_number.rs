//! The number of a village's death letter, read for comparing.

/// A letter number in comparable form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterNumber {
    /// Letters and digits only, without leading zeros: equal for two writings of one number.
    pub key: String,
    /// The letter's place in the village's year, if it can be told from classification and year.
    pub sequence: Option<i64>,
    /// Year in the number.
    pub year: Option<i32>,
}

impl LetterNumber {
    /// Reads a number such as `474.3/012/2026` or `012/474.3/Ds.Sdr/II/2026`; none without any digit.
    ///
    /// The classification of population affairs begins with 47 (Permendagri 83/2022); a number of four
    /// digits from 1990 on is the year. What stays as the only number is the place in the year.
    ///
    /// ```
    /// use santunan::domain::crosscheck::LetterNumber;
    /// let number = LetterNumber::read("474.3 / 012 / DS / 2026").unwrap();
    /// assert_eq!((number.sequence, number.year), (Some(12), Some(2026)));
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let parts: Vec<String> = text.split(['/', '\\']).map(|part| part.split_whitespace().collect::<String>().to_uppercase()).collect();
        if !text.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let year = parts.iter().rev().find_map(|part| year_of(part));
        let own = parts.iter().filter(|part| year.is_none() || year_of(part) != year).filter(|part| !is_classification(part));
        let numbers: Vec<i64> = own.filter_map(|part| part.parse().ok()).collect();
        let sequence = match numbers.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        Some(Self { key: key(&parts), sequence, year })
    }
}

fn year_of(part: &str) -> Option<i32> {
    part.parse().ok().filter(|year| part.len() == 4 && (1990..2100).contains(year))
}

fn is_classification(part: &str) -> bool {
    part.starts_with("47") && (part.len() == 3 || part.contains('.'))
}

fn key(parts: &[String]) -> String {
    let bare = parts.iter().map(|part| part.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    bare.map(|part| part.trim_start_matches('0').to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, key: &str, sequence: Option<i64>, year: Option<i32>) {
        assert_eq!(LetterNumber::read(text), Some(LetterNumber { key: key.to_owned(), sequence, year }), "{text}");
    }

    #[test]
    fn the_place_in_the_year_is_what_is_neither_classification_nor_year() {
        check("474.3/001/2025", "4743/1/2025", Some(1), Some(2025));
        check("012/474.3/Ds. Sidorejo/II/2026", "12/4743/DSSIDOREJO/II/2026", Some(12), Some(2026));
        check("474/7", "474/7", Some(7), None);
        check("145", "145", Some(145), None);
        check("12/34/2026", "12/34/2026", None, Some(2026));
    }

    #[test]
    fn two_writings_of_one_number_have_one_key() {
        assert_eq!(LetterNumber::read("474.3 / 1 / 2025").unwrap().key, LetterNumber::read("474.3/001/2025").unwrap().key);
        assert_eq!(LetterNumber::read(""), None);
        assert_eq!(LetterNumber::read("-"), None);
    }
}
