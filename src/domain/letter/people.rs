//! The people and places letters name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::identity::Sex;

/// A village as letters name it, always with its kecamatan: names repeat within a kabupaten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Whether it is a kelurahan rather than a desa.
    pub kelurahan: bool,
    /// Name of the village, for example Sukorejo.
    pub village: String,
    /// Name of the kecamatan.
    pub kecamatan: String,
}

impl Place {
    /// `Desa Sukorejo` or `Kelurahan Kauman`.
    pub fn village_line(&self) -> String {
        format!("{} {}", if self.kelurahan { "Kelurahan" } else { "Desa" }, self.village)
    }

    /// `Desa Sukorejo, Kecamatan Batang`.
    pub fn line(&self) -> String {
        format!("{}, Kecamatan {}", self.village_line(), self.kecamatan)
    }
}

/// Who the letter is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Name with its form of address, for example `Sdr. Slamet Riyadi` or `Kepala Desa Sukorejo`.
    pub name: String,
    /// Where, in one line.
    pub at: String,
}

/// The person who died, as letters speak of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departed {
    /// Name as on the papers.
    pub name: String,
    /// Sex, if the claim says it: chooses almarhum or almarhumah.
    pub sex: Option<Sex>,
    /// Day of death.
    pub died_on: NaiveDate,
    /// Village of residence.
    pub place: Place,
}

impl Departed {
    /// `almarhum`, `almarhumah`, or both when the sex is not known.
    pub fn title(&self) -> &'static str {
        self.sex.map_or("almarhum/almarhumah", Sex::late)
    }

    /// `alm.` or `almh.`, for narrow places.
    pub fn short_title(&self) -> &'static str {
        match self.sex {
            Some(Sex::Female) => "almh.",
            Some(Sex::Male) | None => "alm.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_woman_is_named_almarhumah_and_an_unknown_both_ways() {
        let place = Place { kelurahan: true, village: "Kauman".into(), kecamatan: "Batang".into() };
        assert_eq!(place.line(), "Kelurahan Kauman, Kecamatan Batang");
        let died_on = NaiveDate::from_ymd_opt(2026, 5, 2).unwrap();
        let check = |sex, title: &str, short: &str| {
            let departed = Departed { name: "Sri".into(), sex, died_on, place: place.clone() };
            assert_eq!((departed.title(), departed.short_title()), (title, short));
        };
        check(Some(Sex::Female), "almarhumah", "almh.");
        check(Some(Sex::Male), "almarhum", "alm.");
        check(None, "almarhum/almarhumah", "alm.");
    }
}
