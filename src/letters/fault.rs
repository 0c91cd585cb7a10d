//! Why a letter is not printed.

use crate::domain::money::Rupiah;

/// Why a letter is not printed. A letter is printed whole and right, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// A required text, amount or list is empty.
    #[error("Surat belum dapat dicetak: isian {field} masih kosong.")]
    Missing {
        /// Where in the letter, for example `content.heir`.
        field: String,
    },
    /// A character that the letter's fonts cannot show.
    #[error("Surat belum dapat dicetak: isian {field} memuat tanda {} yang tidak ada pada huruf surat.", named(*.character))]
    Glyph {
        /// Where in the letter.
        field: String,
        /// The first such character.
        character: char,
    },
    /// A text too long for its place even in the smallest size.
    #[error("Surat belum dapat dicetak: isian {field} terlalu panjang untuk tempatnya.")]
    Overflow {
        /// Where in the letter.
        field: String,
    },
    /// A total that is not the sum of its rows.
    #[error("Surat belum dapat dicetak: jumlah pada isian {field} ({stated}) tidak sama dengan jumlah barisnya ({counted}).")]
    Total {
        /// Where in the letter.
        field: String,
        /// The total the letter states.
        stated: Rupiah,
        /// The sum of its rows.
        counted: Rupiah,
    },
    /// The emblem cannot be used.
    #[error("Lambang daerah belum dapat dicetak: {0}.")]
    Image(String),
    /// The PDF could not be put together; says which step.
    #[error("Berkas PDF gagal disusun: {0}.")]
    Pdf(String),
}

impl LetterFault {
    /// A missing field.
    pub(super) fn missing(field: &str) -> Self {
        Self::Missing { field: field.to_owned() }
    }

    /// A text too long for its place.
    pub(super) fn overflow(field: &str) -> Self {
        Self::Overflow { field: field.to_owned() }
    }
}

/// A character in quotes, or its code where it cannot be seen.
fn named(character: char) -> String {
    if character.is_alphanumeric() || character.is_ascii_graphic() {
        format!("\"{character}\"")
    } else {
        format!("U+{:04X}", u32::from(character))
    }
}
