//! The heir's relation to the deceased.

use serde::{Deserialize, Serialize};

/// What the heir is to the deceased, in the usual order of precedence.
///
/// The family card's SHDK is seen from the *head* of the family, so it can
/// support or contradict this relation but never replace it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Relation {
    /// Suami.
    Suami,
    /// Istri.
    Istri,
    /// Anak.
    Anak,
    /// Orang tua.
    OrangTua,
    /// Saudara kandung.
    Saudara,
    /// Cucu.
    Cucu,
    /// Kakek atau nenek.
    KakekNenek,
    /// Menantu.
    Menantu,
    /// Mertua.
    Mertua,
    /// Keponakan.
    Keponakan,
    /// Paman atau bibi.
    PamanBibi,
    /// Keluarga lain.
    Lainnya,
    /// No family: who buried the dead where nobody inherits.
    BukanKeluarga,
}

impl Relation {
    /// Every relation, in the order of precedence used for lists.
    pub const ALL: [Self; 13] = [
        Self::Suami,
        Self::Istri,
        Self::Anak,
        Self::OrangTua,
        Self::Saudara,
        Self::Cucu,
        Self::KakekNenek,
        Self::Menantu,
        Self::Mertua,
        Self::Keponakan,
        Self::PamanBibi,
        Self::Lainnya,
        Self::BukanKeluarga,
    ];

    /// Reads a relation as written in forms and files; unknown words are [`Relation::Lainnya`], an empty text is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_uppercase().replace(['_', '/', '-'], " ");
        Some(match word.as_str() {
            "" => return None,
            "SUAMI" => Self::Suami,
            "ISTRI" | "ISTERI" => Self::Istri,
            "ANAK" | "ANAK KANDUNG" => Self::Anak,
            "ORANG TUA" | "AYAH" | "IBU" | "BAPAK" => Self::OrangTua,
            "SAUDARA" | "SAUDARA KANDUNG" | "KAKAK" | "ADIK" => Self::Saudara,
            "CUCU" => Self::Cucu,
            "KAKEK" | "NENEK" | "KAKEK NENEK" => Self::KakekNenek,
            "MENANTU" => Self::Menantu,
            "MERTUA" => Self::Mertua,
            "KEPONAKAN" => Self::Keponakan,
            "BUKAN KELUARGA" => Self::BukanKeluarga,
            "PAMAN" | "BIBI" | "PAMAN BIBI" => Self::PamanBibi,
            _ => Self::Lainnya,
        })
    }

    /// The word as stored and offered in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suami => "SUAMI",
            Self::Istri => "ISTRI",
            Self::Anak => "ANAK",
            Self::OrangTua => "ORANG_TUA",
            Self::Saudara => "SAUDARA",
            Self::Cucu => "CUCU",
            Self::KakekNenek => "KAKEK_NENEK",
            Self::Menantu => "MENANTU",
            Self::Mertua => "MERTUA",
            Self::Keponakan => "KEPONAKAN",
            Self::PamanBibi => "PAMAN_BIBI",
            Self::Lainnya => "LAINNYA",
            Self::BukanKeluarga => "BUKAN_KELUARGA",
        }
    }

    /// The words for pages and letters.
    pub fn label(self) -> &'static str {
        match self {
            Self::Suami => "Suami",
            Self::Istri => "Istri",
            Self::Anak => "Anak",
            Self::OrangTua => "Orang tua",
            Self::Saudara => "Saudara kandung",
            Self::Cucu => "Cucu",
            Self::KakekNenek => "Kakek/nenek",
            Self::Menantu => "Menantu",
            Self::Mertua => "Mertua",
            Self::Keponakan => "Keponakan",
            Self::PamanBibi => "Paman/bibi",
            Self::Lainnya => "Keluarga lain",
            Self::BukanKeluarga => "Bukan keluarga",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Relation;

    #[test]
    fn every_code_reads_back_as_itself() {
        for relation in Relation::ALL {
            assert_eq!(Relation::parse(relation.code()), Some(relation));
            assert_eq!(Relation::parse(&relation.code().to_lowercase()), Some(relation));
        }
        assert_eq!(Relation::parse(" "), None);
        assert_eq!(Relation::parse("tetangga"), Some(Relation::Lainnya));
    }
}
