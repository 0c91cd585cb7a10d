//! A claim as the file has it, with what a check should say about it.

use chrono::NaiveDate;
use serde::Serialize;

/// One claim.
#[derive(Debug, Clone, Serialize)]
pub struct Claim {
    /// Its number, in the order of filing.
    pub claim_id: String,
    /// Filed on.
    #[serde(rename = "tgl_pengajuan")]
    pub filed_on: NaiveDate,
    /// Village that files.
    #[serde(rename = "kode_desa_pengaju")]
    pub village: String,
    /// Clerk.
    #[serde(rename = "petugas")]
    pub clerk: String,
    /// Who died.
    #[serde(rename = "almarhum")]
    pub deceased: Deceased,
    /// When.
    #[serde(rename = "tgl_meninggal")]
    pub died_on: NaiveDate,
    /// Where.
    #[serde(rename = "tempat_meninggal")]
    pub died_at: String,
    /// Number of the village's death letter.
    #[serde(rename = "no_surat_kematian")]
    pub letter_number: String,
    /// Its date.
    #[serde(rename = "tgl_surat_kematian")]
    pub letter_on: NaiveDate,
    /// Who is to receive.
    #[serde(rename = "ahli_waris")]
    pub heir: Heir,
    /// Where to.
    #[serde(rename = "rekening")]
    pub account: Account,
    /// What is attached.
    #[serde(rename = "dokumen")]
    pub papers: Papers,
    /// What a check should say.
    pub expected: Expected,
}

/// The deceased as written.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub struct Deceased {
    #[serde(rename = "nama")]
    pub name: String,
    pub nik: String,
    #[serde(rename = "no_kk")]
    pub card: String,
    #[serde(rename = "tgl_lahir")]
    pub born_on: NaiveDate,
    #[serde(rename = "jenis_kelamin")]
    pub sex: &'static str,
    #[serde(rename = "nama_ibu")]
    pub mother: String,
    #[serde(rename = "alamat")]
    pub street: String,
    pub rt: String,
    pub rw: String,
    #[serde(rename = "kode_desa")]
    pub village: String,
}

/// The heir as written.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub struct Heir {
    #[serde(rename = "nama")]
    pub name: String,
    pub nik: String,
    #[serde(rename = "no_kk")]
    pub card: String,
    #[serde(rename = "hubungan")]
    pub relation: &'static str,
    #[serde(rename = "no_hp")]
    pub phone: String,
    #[serde(rename = "alamat")]
    pub street: String,
}

/// The account as written.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
pub struct Account {
    pub bank: String,
    #[serde(rename = "nomor")]
    pub number: String,
    #[serde(rename = "atas_nama")]
    pub holder: String,
}

/// Papers attached.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[expect(missing_docs, reason = "the names are those of the file")]
#[expect(clippy::struct_excessive_bools, reason = "a list of papers, each there or not, as the file has it")]
pub struct Papers {
    pub surat_kematian: bool,
    pub kk: bool,
    pub ktp_almarhum: bool,
    pub ktp_ahli_waris: bool,
    pub sktm: bool,
    pub surat_ahli_waris: bool,
}

/// What a check should say: codes that must be there, codes that may; any other is a false alarm.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Expected {
    /// The situation.
    pub case: &'static str,
    /// eligible, needs_review or ineligible.
    pub verdict: &'static str,
    /// Verdicts that are no mistake either.
    pub also_acceptable: Vec<&'static str>,
    /// Codes that have to be there.
    pub must_find: Vec<&'static str>,
    /// Codes that are no mistake.
    pub may_find: Vec<&'static str>,
    /// Rows of the deceased.
    pub register_rows_of_deceased: Vec<String>,
    /// A word of explanation.
    pub note: &'static str,
}

/// Something that happened to a NIK.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Activity {
    /// When.
    pub day: NaiveDate,
    /// Whose.
    pub nik: String,
    /// What.
    pub kind: &'static str,
}

impl Claim {
    /// Names the situation and the verdict that goes with it.
    #[must_use]
    pub fn expecting(mut self, case: &'static str, verdict: &'static str, also: &[&'static str]) -> Self {
        self.expected.case = case;
        self.expected.verdict = verdict;
        self.expected.also_acceptable = also.to_vec();
        self
    }

    /// Codes that have to be found.
    #[must_use]
    pub fn must(mut self, codes: &[&'static str]) -> Self {
        self.expected.must_find.extend(codes);
        self
    }

    /// Codes that are no mistake.
    #[must_use]
    pub fn may(mut self, codes: &[&'static str]) -> Self {
        self.expected.may_find.extend(codes);
        self
    }
}
