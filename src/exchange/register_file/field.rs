//! What a column of a register can mean.

use serde::Deserialize;

/// The meaning of a column. The words are those of mapping files and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[expect(missing_docs, reason = "each is named by the word of its column, given in `Field::word`")]
pub enum Field {
    #[serde(rename = "id_dtsen")]
    RegisterId,
    #[serde(rename = "nik")]
    Nik,
    #[serde(rename = "no_kk")]
    FamilyCard,
    #[serde(rename = "nama")]
    Name,
    #[serde(rename = "tmp_lahir")]
    BirthPlace,
    #[serde(rename = "tgl_lahir")]
    BornOn,
    #[serde(rename = "tmp_tgl_lahir")]
    BirthPlaceAndDate,
    #[serde(rename = "jenis_kelamin")]
    Sex,
    #[serde(rename = "shdk")]
    FamilyRole,
    #[serde(rename = "status_kawin")]
    MaritalStatus,
    #[serde(rename = "pekerjaan")]
    Occupation,
    #[serde(rename = "nama_ibu")]
    Mother,
    #[serde(rename = "nama_ayah")]
    Father,
    #[serde(rename = "alamat")]
    Street,
    #[serde(rename = "dusun")]
    Hamlet,
    #[serde(rename = "rt")]
    Rt,
    #[serde(rename = "rw")]
    Rw,
    #[serde(rename = "rt_rw")]
    RtAndRw,
    #[serde(rename = "kode_desa")]
    Village,
    #[serde(rename = "nama_desa")]
    VillageName,
    #[serde(rename = "nama_kecamatan")]
    KecamatanName,
    #[serde(rename = "nama_kabupaten")]
    KabupatenName,
    #[serde(rename = "desil")]
    Decile,
    #[serde(rename = "pkh")]
    Pkh,
    #[serde(rename = "sembako")]
    Sembako,
    #[serde(rename = "pbi_jk")]
    Pbi,
    #[serde(rename = "status")]
    Status,
    #[serde(rename = "tgl_meninggal")]
    DiedOn,
    #[serde(rename = "bank")]
    Bank,
    #[serde(rename = "no_rekening")]
    Account,
    /// A column that is known and not needed.
    #[serde(rename = "abaikan")]
    Ignored,
}

impl Field {
    /// The word of the column, as in mapping files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::RegisterId => "id_dtsen",
            Self::Nik => "nik",
            Self::FamilyCard => "no_kk",
            Self::Name => "nama",
            Self::BirthPlace => "tmp_lahir",
            Self::BornOn => "tgl_lahir",
            Self::BirthPlaceAndDate => "tmp_tgl_lahir",
            Self::Sex => "jenis_kelamin",
            Self::FamilyRole => "shdk",
            Self::MaritalStatus => "status_kawin",
            Self::Occupation => "pekerjaan",
            Self::Mother => "nama_ibu",
            Self::Father => "nama_ayah",
            Self::Street => "alamat",
            Self::Hamlet => "dusun",
            Self::Rt => "rt",
            Self::Rw => "rw",
            Self::RtAndRw => "rt_rw",
            Self::Village => "kode_desa",
            Self::VillageName => "nama_desa",
            Self::KecamatanName => "nama_kecamatan",
            Self::KabupatenName => "nama_kabupaten",
            Self::Decile => "desil",
            Self::Pkh => "pkh",
            Self::Sembako => "sembako",
            Self::Pbi => "pbi_jk",
            Self::Status => "status",
            Self::DiedOn => "tgl_meninggal",
            Self::Bank => "bank",
            Self::Account => "no_rekening",
            Self::Ignored => "abaikan",
        }
    }
}
