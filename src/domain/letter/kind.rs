//! The kinds of letter the office issues.

use serde::{Deserialize, Serialize};

use crate::domain::office::SigningRole;

/// A kind of letter. Each has its own number sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    /// Receipt for the claim's papers, given to the family.
    TandaTerima,
    /// Papers returned for repair.
    Pengembalian,
    /// Refusal with its reason.
    Penolakan,
    /// Decree naming the recipients, with the nominative list.
    SkPenetapan,
    /// Nominative list for the treasury, with full numbers.
    Nominatif,
    /// Payment order to the treasurer.
    PerintahBayar,
    /// Receipt for the money, signed by the heir.
    Kuitansi,
    /// Notice to the heir that the money is coming.
    Pemberitahuan,
    /// Amending decree: rows struck or changed.
    SkPerubahan,
    /// Demand for money that reached the wrong person, with the plan of its instalments.
    PermintaanPengembalian,
    /// Note for an instalment that came back.
    BuktiAngsuran,
}

impl LetterKind {
    /// Every kind, in the order they arise in the life of a claim.
    pub const ALL: [Self; 11] = [
        Self::TandaTerima,
        Self::Pengembalian,
        Self::Penolakan,
        Self::SkPenetapan,
        Self::Nominatif,
        Self::PerintahBayar,
        Self::Kuitansi,
        Self::Pemberitahuan,
        Self::SkPerubahan,
        Self::PermintaanPengembalian,
        Self::BuktiAngsuran,
    ];

    /// The name in the database and in the office's numbering table.
    pub fn code(self) -> &'static str {
        match self {
            Self::TandaTerima => "tanda_terima",
            Self::Pengembalian => "pengembalian",
            Self::Penolakan => "penolakan",
            Self::SkPenetapan => "sk_penetapan",
            Self::Nominatif => "nominatif",
            Self::PerintahBayar => "perintah_bayar",
            Self::Kuitansi => "kuitansi",
            Self::Pemberitahuan => "pemberitahuan",
            Self::SkPerubahan => "sk_perubahan",
            Self::PermintaanPengembalian => "permintaan_pengembalian",
            Self::BuktiAngsuran => "bukti_angsuran",
        }
    }

    /// The name in file names.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TandaTerima => "tanda-terima",
            Self::SkPenetapan => "sk-penetapan",
            Self::PerintahBayar => "perintah-bayar",
            Self::SkPerubahan => "sk-perubahan",
            Self::PermintaanPengembalian => "permintaan-pengembalian",
            Self::BuktiAngsuran => "bukti-angsuran",
            Self::Pengembalian | Self::Penolakan | Self::Nominatif | Self::Kuitansi | Self::Pemberitahuan => self.code(),
        }
    }

    /// The words for pages and bookmarks.
    pub fn label(self) -> &'static str {
        match self {
            Self::TandaTerima => "Tanda terima berkas",
            Self::Pengembalian => "Surat pengembalian berkas",
            Self::Penolakan => "Surat penolakan",
            Self::SkPenetapan => "Keputusan penetapan penerima",
            Self::Nominatif => "Daftar nominatif",
            Self::PerintahBayar => "Surat perintah bayar",
            Self::Kuitansi => "Kuitansi",
            Self::Pemberitahuan => "Surat pemberitahuan",
            Self::SkPerubahan => "Keputusan perubahan penetapan penerima",
            Self::PermintaanPengembalian => "Surat permintaan pengembalian",
            Self::BuktiAngsuran => "Bukti angsuran pengembalian",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whose signature stands under it; `None` when only the receiving clerk signs.
    pub fn signed_by(self) -> Option<SigningRole> {
        match self {
            Self::TandaTerima => None,
            Self::SkPenetapan | Self::SkPerubahan => Some(SigningRole::HeadOfRegion),
            Self::Kuitansi | Self::BuktiAngsuran => Some(SigningRole::Treasurer),
            Self::Pengembalian
            | Self::Penolakan
            | Self::Nominatif
            | Self::PerintahBayar
            | Self::Pemberitahuan
            | Self::PermintaanPengembalian => Some(SigningRole::HeadOfAgency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LetterKind;

    #[test]
    fn every_code_reads_back_and_every_slug_is_the_code_with_hyphens() {
        for kind in LetterKind::ALL {
            assert_eq!(LetterKind::parse(kind.code()), Some(kind));
            assert_eq!(kind.slug(), kind.code().replace('_', "-"));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
            assert!(!kind.label().is_empty());
        }
        assert_eq!(LetterKind::parse("tanda-terima"), None);
        assert_eq!(LetterKind::parse(""), None);
    }
}
