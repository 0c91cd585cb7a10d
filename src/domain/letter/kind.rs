//! The kinds of letter the office issues.

use serde::{Deserialize, Serialize};

use crate::domain::access::Role;
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
    /// Nominative list for publishing, with names in part.
    NominatifSamar,
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
    pub const ALL: [Self; 12] = [
        Self::TandaTerima,
        Self::Pengembalian,
        Self::Penolakan,
        Self::SkPenetapan,
        Self::Nominatif,
        Self::NominatifSamar,
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
            Self::NominatifSamar => "nominatif_samar",
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
            Self::NominatifSamar => "nominatif-samar",
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
            Self::NominatifSamar => "Daftar untuk diumumkan",
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
            | Self::NominatifSamar
            | Self::PerintahBayar
            | Self::Pemberitahuan
            | Self::PermintaanPengembalian => Some(SigningRole::HeadOfAgency),
        }
    }

    /// Whether a role may read letters of this kind at all; in which region is another question. The full nominative list, with whole
    /// numbers and accounts, is for those who pay, decide and inspect.
    pub fn may_read(self, role: Role) -> bool {
        match self {
            Self::Nominatif => matches!(role, Role::Finance | Role::Approver | Role::Auditor),
            Self::TandaTerima
            | Self::Pengembalian
            | Self::Penolakan
            | Self::SkPenetapan
            | Self::NominatifSamar
            | Self::PerintahBayar
            | Self::Kuitansi
            | Self::Pemberitahuan
            | Self::SkPerubahan
            | Self::PermintaanPengembalian
            | Self::BuktiAngsuran => true,
        }
    }

    /// Whether everybody of the office may read it, whatever village it is about: what is made to hang on a notice board.
    pub fn is_for_everybody(self) -> bool {
        self == Self::NominatifSamar
    }
}

#[cfg(test)]
mod tests {
    use super::LetterKind;
    use crate::domain::access::Role;

    #[test]
    fn only_those_who_pay_decide_or_inspect_read_the_full_list() {
        for role in Role::ALL {
            let may = matches!(role, Role::Finance | Role::Approver | Role::Auditor);
            assert_eq!(LetterKind::Nominatif.may_read(role), may, "{role:?}");
            assert!(LetterKind::NominatifSamar.may_read(role) && LetterKind::NominatifSamar.is_for_everybody());
            assert!(!LetterKind::Nominatif.is_for_everybody());
        }
    }

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
