//! What a column of a register can mean.

/// The meaning of a column. The words are those of mapping files and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named by the word of its column, given in `Field::word`")]
pub enum Field {
    RegisterId,
    Nik,
    FamilyCard,
    Name,
    BirthPlace,
    BornOn,
    BirthPlaceAndDate,
    Sex,
    FamilyRole,
    MaritalStatus,
    Occupation,
    Mother,
    Father,
    Street,
    Hamlet,
    Rt,
    Rw,
    RtAndRw,
    Village,
    VillageName,
    KecamatanName,
    KabupatenName,
    Decile,
    Pkh,
    Sembako,
    Pbi,
    Status,
    DiedOn,
    Bank,
    Account,
    /// A column that is known and not needed.
    Ignored,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 31] = [
        Self::RegisterId,
        Self::Nik,
        Self::FamilyCard,
        Self::Name,
        Self::BirthPlace,
        Self::BornOn,
        Self::BirthPlaceAndDate,
        Self::Sex,
        Self::FamilyRole,
        Self::MaritalStatus,
        Self::Occupation,
        Self::Mother,
        Self::Father,
        Self::Street,
        Self::Hamlet,
        Self::Rt,
        Self::Rw,
        Self::RtAndRw,
        Self::Village,
        Self::VillageName,
        Self::KecamatanName,
        Self::KabupatenName,
        Self::Decile,
        Self::Pkh,
        Self::Sembako,
        Self::Pbi,
        Self::Status,
        Self::DiedOn,
        Self::Bank,
        Self::Account,
        Self::Ignored,
    ];

    /// Reads the word of a mapping file.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

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
