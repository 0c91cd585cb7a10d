//! One enum over all letters: what is frozen in the database.

use serde::{Deserialize, Serialize};

use super::{
    BuktiAngsuran, Kuitansi, LetterKind, Nominatif, NominatifSamar, Pemberitahuan, Pengembalian, Penolakan, PerintahBayar,
    PermintaanPengembalian, SkPenetapan, SkPerubahan, TandaTerima,
};
use crate::domain::identity::initials;
use crate::domain::money::Rupiah;

/// What a letter says, by kind. The JSON carries the kind's code in `kind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LetterContent {
    /// Receipt for the claim's papers.
    TandaTerima(TandaTerima),
    /// Papers returned for repair.
    Pengembalian(Pengembalian),
    /// Refusal.
    Penolakan(Penolakan),
    /// Decree.
    SkPenetapan(SkPenetapan),
    /// Nominative list for the treasury.
    Nominatif(Nominatif),
    /// Nominative list for publishing.
    NominatifSamar(NominatifSamar),
    /// Payment order.
    PerintahBayar(PerintahBayar),
    /// Receipt for the money.
    Kuitansi(Kuitansi),
    /// Notice to the heir.
    Pemberitahuan(Pemberitahuan),
    /// Amending decree.
    SkPerubahan(SkPerubahan),
    /// Demand for what has to come back.
    PermintaanPengembalian(PermintaanPengembalian),
    /// Note for an instalment.
    BuktiAngsuran(BuktiAngsuran),
}

impl LetterContent {
    /// What kind of letter it is.
    pub fn kind(&self) -> LetterKind {
        match self {
            Self::TandaTerima(_) => LetterKind::TandaTerima,
            Self::Pengembalian(_) => LetterKind::Pengembalian,
            Self::Penolakan(_) => LetterKind::Penolakan,
            Self::SkPenetapan(_) => LetterKind::SkPenetapan,
            Self::Nominatif(_) => LetterKind::Nominatif,
            Self::NominatifSamar(_) => LetterKind::NominatifSamar,
            Self::PerintahBayar(_) => LetterKind::PerintahBayar,
            Self::Kuitansi(_) => LetterKind::Kuitansi,
            Self::Pemberitahuan(_) => LetterKind::Pemberitahuan,
            Self::SkPerubahan(_) => LetterKind::SkPerubahan,
            Self::PermintaanPengembalian(_) => LetterKind::PermintaanPengembalian,
            Self::BuktiAngsuran(_) => LetterKind::BuktiAngsuran,
        }
    }

    /// The money it is about, in rupiah; none for letters that promise or pay nothing.
    pub fn amount(&self) -> Option<Rupiah> {
        match self {
            Self::SkPenetapan(letter) => Some(letter.total),
            Self::Nominatif(letter) => Some(letter.total),
            Self::PerintahBayar(letter) => Some(letter.total),
            Self::Kuitansi(letter) => Some(letter.amount),
            Self::Pemberitahuan(letter) => Some(letter.amount),
            Self::NominatifSamar(letter) => Some(letter.total),
            Self::SkPerubahan(letter) => letter.after.as_ref().map(|after| after.total),
            Self::PermintaanPengembalian(letter) => Some(letter.balance),
            Self::BuktiAngsuran(letter) => Some(letter.amount),
            Self::TandaTerima(_) | Self::Pengembalian(_) | Self::Penolakan(_) => None,
        }
    }

    /// Initials of the person it is about; empty for letters about many.
    pub fn initials(&self) -> String {
        match self {
            Self::SkPenetapan(_) | Self::Nominatif(_) | Self::NominatifSamar(_) | Self::PerintahBayar(_) | Self::SkPerubahan(_) => {
                String::new()
            }
            Self::TandaTerima(_)
            | Self::Pengembalian(_)
            | Self::Penolakan(_)
            | Self::Kuitansi(_)
            | Self::Pemberitahuan(_)
            | Self::PermintaanPengembalian(_)
            | Self::BuktiAngsuran(_) => initials(self.subject()),
        }
    }

    /// Whose letter it is in a list: the deceased or the subject; for bookmarks of a file with many letters.
    pub fn subject(&self) -> &str {
        match self {
            Self::TandaTerima(letter) => &letter.departed.name,
            Self::Pengembalian(letter) => &letter.departed.name,
            Self::Penolakan(letter) => &letter.departed.name,
            Self::SkPenetapan(letter) => &letter.subject,
            Self::Nominatif(letter) => &letter.decree_number,
            Self::NominatifSamar(letter) => &letter.decree_number,
            Self::PerintahBayar(letter) => &letter.decree_number,
            Self::Kuitansi(letter) => &letter.heir,
            Self::Pemberitahuan(letter) => &letter.heir,
            Self::SkPerubahan(letter) => &letter.subject,
            Self::PermintaanPengembalian(letter) => &letter.addressee.name,
            Self::BuktiAngsuran(letter) => &letter.debtor,
        }
    }
}
