//! Region codes of Kemendagri: 33 (province), 33.25 (kabupaten), 33.25.01 (kecamatan), 33.25.01.2001 (village).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A region code with dots, from province down to village.
///
/// The last four digits of a village begin with 1 for a kelurahan, 2 for a desa, 3 for a desa adat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(String);

/// How deep a region lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionLevel {
    /// Provinsi, two digits.
    Province,
    /// Kabupaten or kota, four digits.
    Kabupaten,
    /// Kecamatan, six digits.
    Kecamatan,
    /// Desa or kelurahan, ten digits.
    Village,
}

/// A text that is not a region code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kode wilayah harus seperti 33.25.01.2001")]
pub struct RegionFault;

impl RegionCode {
    /// Reads a code with or without dots.
    ///
    /// # Errors
    /// [`RegionFault`] unless the text holds exactly 2, 4, 6 or 10 digits.
    pub fn parse(text: &str) -> Result<Self, RegionFault> {
        let text = text.trim();
        if !text.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return Err(RegionFault);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let cuts: &[(usize, usize)] = match digits.len() {
            2 => &[(0, 2)],
            4 => &[(0, 2), (2, 4)],
            6 => &[(0, 2), (2, 4), (4, 6)],
            10 => &[(0, 2), (2, 4), (4, 6), (6, 10)],
            _ => return Err(RegionFault),
        };
        let parts: Vec<&str> = cuts.iter().filter_map(|(a, b)| digits.get(*a..*b)).collect();
        Ok(Self(parts.join(".")))
    }

    /// Reads the code of a village (desa or kelurahan), with or without dots.
    ///
    /// # Errors
    /// [`RegionFault`] unless the text holds exactly 10 digits.
    pub fn parse_village(text: &str) -> Result<Self, RegionFault> {
        Self::parse(text).and_then(|code| if code.level() == RegionLevel::Village { Ok(code) } else { Err(RegionFault) })
    }

    /// The code with dots.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How deep the region lies.
    pub fn level(&self) -> RegionLevel {
        match self.0.len() {
            2 => RegionLevel::Province,
            5 => RegionLevel::Kabupaten,
            8 => RegionLevel::Kecamatan,
            _ => RegionLevel::Village,
        }
    }

    /// Whether `other` is this region or lies inside it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0 == self.0 || (other.0.starts_with(&self.0) && other.0.get(self.0.len()..).is_some_and(|r| r.starts_with('.')))
    }

    /// The region one level up.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(head, _)| Self(head.to_owned()))
    }

    /// Whether this village is a kelurahan, whose head (lurah) is a civil servant with a NIP.
    pub fn is_kelurahan(&self) -> bool {
        self.level() == RegionLevel::Village && self.0.get(9..10) == Some("1")
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RegionCode {
    type Error = RegionFault;
    fn try_from(text: String) -> Result<Self, RegionFault> {
        Self::parse(&text)
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn codes_are_read_with_and_without_dots() {
        assert_eq!(code("3325012006").as_str(), "33.25.01.2006");
        assert_eq!(code(" 33.25.01 ").level(), RegionLevel::Kecamatan);
        assert_eq!(code("33.25.11.1015").parent(), Some(code("33.25.11")));
        assert!(code("33.25.11.1015").is_kelurahan());
        for bad in ["", "3", "333", "33.25.01.20", "33,25", "33 25", "BATANG"] {
            assert_eq!(RegionCode::parse(bad), Err(RegionFault), "{bad}");
        }
    }

    #[test]
    fn a_region_contains_what_lies_below_it_and_nothing_beside_it() {
        assert!(code("33.25").contains(&code("33.25.01.2006")));
        assert!(code("33.25.01.2006").contains(&code("33.25.01.2006")));
        assert!(!code("33.25.01").contains(&code("33.25.02.2001")));
        assert!(!code("33.25.01.2006").contains(&code("33.25.01")));
    }
}
