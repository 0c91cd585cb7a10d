//! The papers a claim may hold. Which of them a claim needs is the policy's to say.

use serde::{Deserialize, Serialize};

/// Kinds of paper that belong to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Surat keterangan kematian of the village.
    SuratKematian,
    /// Death certificate of the civil registry.
    AktaKematian,
    /// Receipt that the certificate is being made.
    BuktiProsesAkta,
    /// Family card of the deceased.
    Kk,
    /// KTP of the deceased.
    KtpAlmarhum,
    /// Birth certificate of a deceased child.
    AktaKelahiran,
    /// Letter of the midwife or doctor, for a newborn or stillborn.
    SuratKelahiran,
    /// KTP of the heir.
    KtpAhliWaris,
    /// Surat keterangan tidak mampu, with the house photo (route B).
    Sktm,
    /// Village letter for a solid house without income (route C).
    SuratTanpaPenghasilan,
    /// Card or print-out that shows the listing as poor (KIS, KIP, KKS, data print).
    BuktiTerdaftar,
    /// Electricity bill that shows the connected power.
    RekeningListrik,
    /// Statement of poverty criteria, acknowledged by RT and RW.
    PernyataanKriteria,
    /// Surat pernyataan ahli waris.
    SuratAhliWaris,
    /// Stamped power of attorney: of the other heirs, or for a proxy.
    SuratKuasa,
    /// Court order or village letter about the guardian of a child.
    SuratWali,
    /// Stamped statement of use, where nobody inherits.
    PernyataanPenggunaan,
    /// Police letter about an accident.
    SuratPolisi,
    /// Membership card of the civil defence (linmas).
    KartuAnggota,
    /// Letter of request to the head of region.
    #[serde(rename = "surat_permohonan")]
    Permohonan,
    /// First page of the passbook.
    BukuRekening,
}

impl DocumentKind {
    /// Every kind, in the order of the checklist.
    pub const ALL: [Self; 21] = [
        Self::SuratKematian,
        Self::AktaKematian,
        Self::BuktiProsesAkta,
        Self::Kk,
        Self::KtpAlmarhum,
        Self::AktaKelahiran,
        Self::SuratKelahiran,
        Self::KtpAhliWaris,
        Self::Sktm,
        Self::SuratTanpaPenghasilan,
        Self::BuktiTerdaftar,
        Self::RekeningListrik,
        Self::PernyataanKriteria,
        Self::SuratAhliWaris,
        Self::SuratKuasa,
        Self::SuratWali,
        Self::PernyataanPenggunaan,
        Self::SuratPolisi,
        Self::KartuAnggota,
        Self::Permohonan,
        Self::BukuRekening,
    ];

    /// The name in files and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::SuratKematian => "surat_kematian",
            Self::AktaKematian => "akta_kematian",
            Self::BuktiProsesAkta => "bukti_proses_akta",
            Self::Kk => "kk",
            Self::KtpAlmarhum => "ktp_almarhum",
            Self::AktaKelahiran => "akta_kelahiran",
            Self::SuratKelahiran => "surat_kelahiran",
            Self::KtpAhliWaris => "ktp_ahli_waris",
            Self::Sktm => "sktm",
            Self::SuratTanpaPenghasilan => "surat_tanpa_penghasilan",
            Self::BuktiTerdaftar => "bukti_terdaftar",
            Self::RekeningListrik => "rekening_listrik",
            Self::PernyataanKriteria => "pernyataan_kriteria",
            Self::SuratAhliWaris => "surat_ahli_waris",
            Self::SuratKuasa => "surat_kuasa",
            Self::SuratWali => "surat_wali",
            Self::PernyataanPenggunaan => "pernyataan_penggunaan",
            Self::SuratPolisi => "surat_polisi",
            Self::KartuAnggota => "kartu_anggota",
            Self::Permohonan => "surat_permohonan",
            Self::BukuRekening => "buku_rekening",
        }
    }

    /// The words of the checklist.
    pub fn label(self) -> &'static str {
        match self {
            Self::SuratKematian => "Surat keterangan kematian dari desa/kelurahan",
            Self::AktaKematian => "Akta kematian dari Dukcapil",
            Self::BuktiProsesAkta => "Tanda terima pengurusan akta kematian",
            Self::Kk => "Kartu keluarga (KK)",
            Self::KtpAlmarhum => "KTP almarhum/almarhumah",
            Self::AktaKelahiran => "Akta kelahiran almarhum/almarhumah",
            Self::SuratKelahiran => "Surat keterangan lahir dari bidan, dokter, atau rumah sakit",
            Self::KtpAhliWaris => "KTP ahli waris",
            Self::Sktm => "Surat keterangan tidak mampu dengan foto rumah",
            Self::SuratTanpaPenghasilan => "Surat keterangan desa: rumah layak tetapi tidak berpenghasilan",
            Self::BuktiTerdaftar => "Kartu atau cetakan bukti terdaftar sebagai keluarga miskin",
            Self::RekeningListrik => "Rekening listrik rumah",
            Self::PernyataanKriteria => "Surat pernyataan kriteria kemiskinan yang diketahui RT dan RW",
            Self::SuratAhliWaris => "Surat pernyataan ahli waris",
            Self::SuratKuasa => "Surat kuasa bermeterai",
            Self::SuratWali => "Surat penetapan atau keterangan wali",
            Self::PernyataanPenggunaan => "Surat pernyataan bermeterai tentang penggunaan santunan",
            Self::SuratPolisi => "Surat keterangan kepolisian",
            Self::KartuAnggota => "Kartu anggota linmas",
            Self::Permohonan => "Surat permohonan kepada kepala daerah",
            Self::BukuRekening => "Halaman depan buku rekening",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentKind;

    #[test]
    fn every_code_is_the_name_in_stored_claims_too() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::parse(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
    }
}
