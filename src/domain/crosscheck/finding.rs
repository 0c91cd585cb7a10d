//! One thing the cross-check found, and what all of them together say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What was found. The written form is the code outside programs know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each code is described by `FindingCode::meaning`, the glossary users see")]
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
}
