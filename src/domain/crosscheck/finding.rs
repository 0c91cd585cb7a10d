//! One thing the cross-check found, and what all of them together say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What was found. The written form is the code outside programs know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each code stands in the finding's own sentence and in docs/panduan.md")]
pub enum FindingCode {
    NikTidakDitemukan,
    NikTidakTersedia,
    NikSalahKetik,
    NikTanggalBeda,
    NikGandaRegistri,
    NamaVarian,
    NamaBeda,
    SudahMeninggalLama,
    KlaimGandaNik,
    KlaimGandaMirip,
    #[serde(rename = "LEWAT_60_HARI")]
    Lewat60Hari,
    TglMeninggalMasaDepan,
    MeninggalSebelumLahir,
    AhliWarisAdalahAlmarhum,
    AhliWarisSudahMeninggal,
    AhliWarisBukanKeluarga,
    AhliWarisBerulang,
    RekeningBanyakAhliWaris,
    NamaRekeningBeda,
    BedaDesa,
    LuarBatang,
    TidakMiskin,
    PekerjaanDikecualikan,
    MasihHidup,
    BatchMencurigakan,
    SumberTidakTerjangkau,
    KematianTerkonfirmasi,
    KematianBelumTercatat,
    DataSumberBeda,
    SebabDikecualikan,
}

impl FindingCode {
    /// Every code.
    pub const ALL: [Self; 30] = [
        Self::NikTidakDitemukan,
        Self::NikTidakTersedia,
        Self::NikSalahKetik,
        Self::NikTanggalBeda,
        Self::NikGandaRegistri,
        Self::NamaVarian,
        Self::NamaBeda,
        Self::SudahMeninggalLama,
        Self::KlaimGandaNik,
        Self::KlaimGandaMirip,
        Self::Lewat60Hari,
        Self::TglMeninggalMasaDepan,
        Self::MeninggalSebelumLahir,
        Self::AhliWarisAdalahAlmarhum,
        Self::AhliWarisSudahMeninggal,
        Self::AhliWarisBukanKeluarga,
        Self::AhliWarisBerulang,
        Self::RekeningBanyakAhliWaris,
        Self::NamaRekeningBeda,
        Self::BedaDesa,
        Self::LuarBatang,
        Self::TidakMiskin,
        Self::PekerjaanDikecualikan,
        Self::MasihHidup,
        Self::BatchMencurigakan,
        Self::SumberTidakTerjangkau,
        Self::KematianTerkonfirmasi,
        Self::KematianBelumTercatat,
        Self::DataSumberBeda,
        Self::SebabDikecualikan,
    ];

    /// The written form, as in files, JSON and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NikTidakDitemukan => "NIK_TIDAK_DITEMUKAN",
            Self::NikTidakTersedia => "NIK_TIDAK_TERSEDIA",
            Self::NikSalahKetik => "NIK_SALAH_KETIK",
            Self::NikTanggalBeda => "NIK_TANGGAL_BEDA",
            Self::NikGandaRegistri => "NIK_GANDA_REGISTRI",
            Self::NamaVarian => "NAMA_VARIAN",
            Self::NamaBeda => "NAMA_BEDA",
            Self::SudahMeninggalLama => "SUDAH_MENINGGAL_LAMA",
            Self::KlaimGandaNik => "KLAIM_GANDA_NIK",
            Self::KlaimGandaMirip => "KLAIM_GANDA_MIRIP",
            Self::Lewat60Hari => "LEWAT_60_HARI",
            Self::TglMeninggalMasaDepan => "TGL_MENINGGAL_MASA_DEPAN",
            Self::MeninggalSebelumLahir => "MENINGGAL_SEBELUM_LAHIR",
            Self::AhliWarisAdalahAlmarhum => "AHLI_WARIS_ADALAH_ALMARHUM",
            Self::AhliWarisSudahMeninggal => "AHLI_WARIS_SUDAH_MENINGGAL",
            Self::AhliWarisBukanKeluarga => "AHLI_WARIS_BUKAN_KELUARGA",
            Self::AhliWarisBerulang => "AHLI_WARIS_BERULANG",
            Self::RekeningBanyakAhliWaris => "REKENING_BANYAK_AHLI_WARIS",
            Self::NamaRekeningBeda => "NAMA_REKENING_BEDA",
            Self::BedaDesa => "BEDA_DESA",
            Self::LuarBatang => "LUAR_BATANG",
            Self::TidakMiskin => "TIDAK_MISKIN",
            Self::PekerjaanDikecualikan => "PEKERJAAN_DIKECUALIKAN",
            Self::MasihHidup => "MASIH_HIDUP",
            Self::BatchMencurigakan => "BATCH_MENCURIGAKAN",
            Self::SumberTidakTerjangkau => "SUMBER_TIDAK_TERJANGKAU",
            Self::KematianTerkonfirmasi => "KEMATIAN_TERKONFIRMASI",
            Self::KematianBelumTercatat => "KEMATIAN_BELUM_TERCATAT",
            Self::DataSumberBeda => "DATA_SUMBER_BEDA",
            Self::SebabDikecualikan => "SEBAB_DIKECUALIKAN",
        }
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

impl Severity {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Review => "review",
            Self::Block => "block",
        }
    }

    /// Reads a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Note, Self::Review, Self::Block].into_iter().find(|s| s.code() == text)
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; the claim may still be clean.
    Note,
    /// A person has to look before going on.
    Review,
    /// A rule is plainly broken; a person still signs it.
    Block,
}

/// One finding with what was compared with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How much it weighs.
    pub severity: Severity,
    /// What the claim says; NIK and account masked.
    pub claimed: String,
    /// What the register or another claim says; NIK and account masked.
    pub registered: String,
    /// Where that comes from, for example `DTSEN 2026-2` or `permohonan`.
    pub dataset: String,
    /// The date of that dataset.
    pub dataset_on: Option<NaiveDate>,
    /// One plain Indonesian sentence: what is wrong and what to do.
    pub sentence: String,
}

/// What the findings together say. A person decides; this only sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing stands in the way.
    Eligible,
    /// A person has to look.
    NeedsReview,
    /// A rule is plainly broken.
    Ineligible,
}

impl Verdict {
    /// The verdict of a list of findings: the heaviest decides.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|f| f.severity).max() {
            None | Some(Severity::Note) => Self::Eligible,
            Some(Severity::Review) => Self::NeedsReview,
            Some(Severity::Block) => Self::Ineligible,
        }
    }

    /// The word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NeedsReview => "needs_review",
            Self::Ineligible => "ineligible",
        }
    }

    /// Reads a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Eligible, Self::NeedsReview, Self::Ineligible].into_iter().find(|v| v.code() == text)
    }
}
