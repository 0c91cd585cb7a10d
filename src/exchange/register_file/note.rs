//! What a reader says about a row it could not take as it stood.

use super::field::Field;

/// Marks for rows and values that an office must look at. Empty cells of the NIK count: somebody without one is not found by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// The whole row is set aside.
    RowSetAside,
    /// Its id stands on another row that says something else.
    IdTwice,
    /// No NIK is written.
    NikMissing,
    /// A number for "no NIK".
    NikPlaceholder,
    /// The NIK is damaged and set aside.
    NikLost,
    /// The NIK may be damaged and is set aside until somebody has looked.
    NikDoubtful,
    /// The NIK is read as written, but its digits name no day of birth: it was mistyped, or never a NIK.
    NikOdd,
    /// The date of birth is damaged and set aside.
    BirthLost,
}

impl Flag {
    /// The word in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::RowSetAside => "baris_disisihkan",
            Self::IdTwice => "id_ganda",
            Self::NikMissing => "nik_kosong",
            Self::NikPlaceholder => "nik_pengganti",
            Self::NikLost => "nik_rusak",
            Self::NikDoubtful => "nik_meragukan",
            Self::NikOdd => "nik_janggal",
            Self::BirthLost => "tanggal_rusak",
        }
    }
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Read in spite of its form; nothing is lost.
    Repaired,
    /// Taken as it stands, but an office must look.
    Doubted,
    /// Could not be read and is left empty.
    SetAside,
}

/// One remark about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The column it is about.
    pub field: Field,
    /// How much it matters.
    pub weight: Weight,
    /// The mark, if the office must look at the row's NIK, birth date or the row itself.
    pub flag: Option<Flag>,
    /// In Indonesian; personal numbers are not repeated.
    pub why: String,
}
