//! One row of an invented register, in the words of the file.

use chrono::NaiveDate;

use super::words::letter;
use crate::domain::identity::Sex;

/// Whether the register has somebody as living.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// HIDUP.
    #[default]
    Living,
    /// MENINGGAL.
    Dead,
    /// PINDAH: moved out of the kabupaten.
    Moved,
}

/// The family's place and standing, the same for everybody on the card.
#[derive(Debug, Clone, Default)]
pub struct Hearth {
    /// Number of the family card.
    pub card: String,
    /// Village code with dots.
    pub village: String,
    /// Street as written, sometimes empty.
    pub street: String,
    /// Hamlet.
    pub hamlet: String,
    /// RT and RW, three digits.
    pub rt: String,
    /// RW.
    pub rw: String,
    /// 1 (poorest) to 10; none if not ranked.
    pub decile: Option<u32>,
    /// Receives PKH, Sembako, has health insurance paid by the state.
    pub aids: [bool; 3],
    /// Religion.
    pub religion: &'static str,
}

/// One row of the register.
#[derive(Debug, Clone)]
pub struct Resident {
    /// Id of the row.
    pub id: String,
    /// NIK; some do not agree with birth date or sex.
    pub nik: String,
    /// Name as registered, with titles.
    pub name: String,
    /// The same without titles.
    pub plain_name: String,
    /// Birth place.
    pub birth_place: String,
    /// Date of birth.
    pub born_on: NaiveDate,
    /// Sex.
    pub sex: Sex,
    /// Place in the family (SHDK).
    pub place: &'static str,
    /// Marital state.
    pub marital: &'static str,
    /// Occupation.
    pub occupation: String,
    /// Mother.
    pub mother: String,
    /// Father.
    pub father: String,
    /// Card, address and standing of the family.
    pub hearth: Hearth,
    /// Living, dead or moved.
    pub standing: Standing,
    /// Date of death where recorded.
    pub died_on: Option<NaiveDate>,
    /// Bank and number of a known account.
    pub account: Option<(String, String)>,
    /// Ids of further rows of the same person.
    pub twice_as: Vec<String>,
    /// Another person has the same NIK.
    pub nik_shared: bool,
}

/// Header of the register file.
pub const REGISTER_COLUMNS: [&str; 26] = [
    "id_dtsen",
    "nik",
    "no_kk",
    "nama",
    "tmp_lahir",
    "tgl_lahir",
    "jenis_kelamin",
    "shdk",
    "status_kawin",
    "agama",
    "pekerjaan",
    "nama_ibu",
    "nama_ayah",
    "alamat",
    "dusun",
    "rt",
    "rw",
    "kode_desa",
    "desil",
    "pkh",
    "sembako",
    "pbi_jk",
    "status",
    "tgl_meninggal",
    "bank",
    "no_rekening",
];

impl Resident {
    /// Age in whole years, near enough, at a date.
    pub fn age_on(&self, day: NaiveDate) -> i32 {
        i32::try_from((day - self.born_on).num_days() / 365).unwrap_or(0)
    }

    /// The row as the register file has it, in the order of [`REGISTER_COLUMNS`].
    pub fn cells(&self) -> [String; 26] {
        let yes = |aid: bool| if aid { "YA" } else { "TIDAK" }.to_owned();
        let home = &self.hearth;
        let (bank, number) = self.account.clone().unwrap_or_default();
        [
            self.id.clone(),
            self.nik.clone(),
            home.card.clone(),
            self.name.clone(),
            self.birth_place.clone(),
            self.born_on.to_string(),
            letter(self.sex).to_owned(),
            self.place.to_owned(),
            self.marital.to_owned(),
            home.religion.to_owned(),
            self.occupation.clone(),
            self.mother.clone(),
            self.father.clone(),
            home.street.clone(),
            home.hamlet.clone(),
            home.rt.clone(),
            home.rw.clone(),
            home.village.clone(),
            home.decile.map(|decile| decile.to_string()).unwrap_or_default(),
            yes(home.aids[0]),
            yes(home.aids[1]),
            yes(home.aids[2]),
            self.status().to_owned(),
            self.died_on.map(|day| day.to_string()).unwrap_or_default(),
            bank,
            number,
        ]
    }

    fn status(&self) -> &'static str {
        match self.standing {
            Standing::Living => "HIDUP",
            Standing::Dead => "MENINGGAL",
            Standing::Moved => "PINDAH",
        }
    }
}

/// The people of one family card.
#[derive(Debug, Clone, Default)]
pub struct Household {
    /// Rows, head first.
    pub people: Vec<Resident>,
}
