//! A row of the social register (DTSEN): what the state knows about one resident.

mod alive;
mod death;
mod disagreement;
mod evidence;
mod fingerprint;
mod version;

pub use alive::FoundAlive;
pub use death::Death;
pub use disagreement::{Brief, BriefDeath, Disagreement, Field, Said, disagreements, in_dispute};
pub use evidence::{Standing, Told, Witness, as_of, of_poverty};
pub use fingerprint::next_key;
pub use version::{Change, End, Slot, Version, place};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::claim::BankAccount;
use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::region::RegionCode;

/// How the id of a row begins whose source gives none: the number of its line follows, which says nothing in the next release.
pub const LINE_ID: &str = "baris-";

/// One row of the register.
///
/// The register has faults of its own: one person on two rows, two people with
/// one NIK. A row is therefore evidence about a person, never the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resident {
    /// Number of the row in its source, unique within a release.
    pub register_id: String,
    /// NIK, unless it was missing or damaged.
    pub nik: Option<Nik>,
    /// Number of the family card.
    pub family_card: Option<FamilyCard>,
    /// Name as registered, with titles.
    pub name: String,
    /// Place of birth.
    pub birth_place: String,
    /// Date of birth; 31 December, 1 July and 1 January often stand for an unknown day.
    pub born_on: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Place in the family (SHDK), seen from the head of the family.
    pub family_role: String,
    /// Marital state.
    pub marital_status: String,
    /// Occupation as on the identity card.
    pub occupation: String,
    /// Mother's name; may be empty.
    pub mother: String,
    /// Father's name; may be empty.
    pub father: String,
    /// Street or dukuh.
    pub street: String,
    /// Dusun.
    pub hamlet: String,
    /// RT.
    pub rt: String,
    /// RW.
    pub rw: String,
    /// Village; none if its code could not be read.
    pub village: Option<RegionCode>,
    /// Decile, 1 poorest to 10; none if not ranked yet.
    pub decile: Option<u8>,
    /// Receives PKH.
    pub pkh: bool,
    /// Receives Sembako (BPNT).
    pub sembako: bool,
    /// Health insurance paid by the state.
    pub pbi: bool,
    /// Alive, dead or moved away.
    pub status: ResidentStatus,
    /// Day of death where recorded; sometimes missing for the dead.
    pub died_on: Option<NaiveDate>,
    /// Known bank account.
    pub account: Option<BankAccount>,
}

/// Whether the resident is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidentStatus {
    /// HIDUP.
    Alive,
    /// MENINGGAL.
    Dead,
    /// PINDAH: moved out of the kabupaten.
    Moved,
}

impl ResidentStatus {
    /// Reads the register's word; an empty cell is alive, an unknown word nothing.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_uppercase().as_str() {
            "" | "HIDUP" | "AKTIF" => Some(Self::Alive),
            "MENINGGAL" | "MENINGGAL DUNIA" | "MATI" | "WAFAT" => Some(Self::Dead),
            "PINDAH" | "PINDAH KELUAR" => Some(Self::Moved),
            _ => None,
        }
    }

    /// The word as the registers write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Alive => "HIDUP",
            Self::Dead => "MENINGGAL",
            Self::Moved => "PINDAH",
        }
    }

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Dead => "dead",
            Self::Moved => "moved",
        }
    }

    /// Reads the word of the database.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Alive, Self::Dead, Self::Moved].into_iter().find(|s| s.code() == code)
    }
}

/// A dated release of a register: where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Name of the source, for example `DTSEN`.
    pub name: String,
    /// Its date.
    pub released_on: Option<NaiveDate>,
}

/// Something that happened to a NIK on a day, as another programme recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Whose NIK.
    pub nik: Nik,
    /// When.
    pub happened_on: NaiveDate,
    /// What, for example KUNJUNGAN_PUSKESMAS.
    pub kind: String,
}
