//! The nominative list as it may hang on a notice board: names in part, NIK without its middle, no account.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Nominatif, NominativeRow, Place};
use crate::domain::money::Rupiah;

/// Letters of a longer word that stay.
const LETTERS_KEPT: usize = 2;
/// Words up to this many letters keep only their first.
const SHORT_WORD: usize = 3;

/// One recipient on the masked list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedRow {
    /// Name of the heir in part.
    pub heir: String,
    /// NIK of the heir without its middle.
    pub heir_nik: String,
    /// Name of the deceased in part.
    pub deceased: String,
    /// Village of the deceased.
    pub place: Place,
    /// Amount of this row.
    pub amount: Rupiah,
}

/// Nominative list for publishing (daftar nominatif untuk diumumkan): the rows and the total of the full one, without what would
/// expose a family. Personal data is shown only as far as the purpose needs (UU 27/2022, article 16 paragraph 2 letter b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NominatifSamar {
    /// Number of the decree.
    pub decree_number: String,
    /// Date of the decree.
    pub decree_on: NaiveDate,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// The recipients, at least one.
    pub rows: Vec<MaskedRow>,
    /// Their sum, that of the full list.
    pub total: Rupiah,
    /// Where somebody asks about the list.
    pub contact: String,
}

impl NominatifSamar {
    /// The masked form of a list.
    pub fn of(full: &Nominatif, contact: &str) -> Self {
        Self {
            decree_number: full.decree_number.clone(),
            decree_on: full.decree_on,
            fiscal_year: full.fiscal_year,
            rows: full.rows.iter().map(MaskedRow::of).collect(),
            total: full.total,
            contact: contact.to_owned(),
        }
    }
}

impl MaskedRow {
    /// The masked form of a row.
    pub fn of(row: &NominativeRow) -> Self {
        Self {
            heir: masked_name(&row.heir),
            heir_nik: row.heir_nik.masked(),
            deceased: masked_name(&row.deceased),
            place: row.place.clone(),
            amount: row.amount,
        }
    }
}

/// A name whose family knows it and nobody else: `SITI CONTOHAH` as `SI** CO**`. How long a word is does not show.
///
/// ```
/// use santunan::domain::letter::masked_name;
/// assert_eq!(masked_name("SITI NUR CONTOHAH"), "SI** N** CO**");
/// ```
pub fn masked_name(name: &str) -> String {
    let word = |word: &str| {
        let kept = if word.chars().count() > SHORT_WORD { LETTERS_KEPT } else { 1 };
        format!("{}**", word.chars().take(kept).collect::<String>())
    };
    name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_never_shows_a_whole_word() {
        let check = |name: &str, expected: &str| assert_eq!(masked_name(name), expected);
        check("SLAMET", "SL**");
        check("  H.  ACHMAD   MISALUDIN ", "H** AC** MI**");
        check("NUR", "N**");
        check("M", "M**");
        check("Hj. NUR'AINI", "H** NU**");
        check("", "");
        for name in ["ANI", "SITI", "BUDI SANTOSO", "I GUSTI MADE"] {
            let masked = masked_name(name);
            assert!(name.split(' ').all(|word| !masked.contains(word) || word.len() == 1), "{masked}");
        }
    }
}
