//! What stands around a claim: family, officials, counts, letters, files.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::claim::DocumentKind;
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::register::Resident;

/// Facts that no single claim or register row holds. What could not be gathered is empty and no rule speaks of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Around {
    /// The instant somebody typed the claim at the desk; none for claims of a list or of another program.
    pub filed_at: Option<DateTime<Utc>>,
    /// Register rows on the family cards of the deceased, the deceased left out.
    pub family: Vec<Resident>,
    /// Accounts of the office whose NIK or family card is the heir's or the deceased's.
    pub officials: Vec<Official>,
    /// How many claims come from the filing village.
    pub village: Volume,
    /// The clerk's claims of the last year, this one left out.
    pub clerk: Vec<PastFiling>,
    /// Earlier death letters of the village whose numbers stand next to this one's.
    pub letters: Vec<LetterUse>,
    /// Files of this claim that lie, equal or alike, with another.
    pub papers: Vec<SharedPaper>,
    /// How often everybody else files on the last day; asked only where this claim was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<LastDays>,
    /// Since when the register knows the deceased as a resident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residence: Option<Residence>,
    /// Register rows with the NIK of the proxy or the guardian.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stand_ins: Vec<Resident>,
}

/// A person with an account of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// Name.
    pub name: String,
    /// Role in Indonesian words.
    pub role: String,
    /// Their NIK.
    pub nik: Option<Nik>,
    /// Their family card.
    pub family_card: Option<FamilyCard>,
}

/// Claims of a village.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Volume {
    /// Residents in the register; none if not counted.
    pub residents: Option<u32>,
    /// Claims in the [`SURGE_DAYS`](super::SURGE_DAYS) up to this filing, this one left out.
    pub recent: u32,
    /// Claims in the three years before those days.
    pub before: u32,
}

/// When another claim of the same clerk was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastFiling {
    /// Day of filing.
    pub filed_on: NaiveDate,
    /// Instant of filing, if known.
    pub filed_at: Option<DateTime<Utc>>,
    /// Claimed day of death.
    pub died_on: NaiveDate,
    /// Date of the village's death letter; may be unknown.
    #[serde(default)]
    pub letter_on: Option<NaiveDate>,
}

/// Claims and how many of them were filed on the very last day of their deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LastDays {
    /// All of them.
    pub claims: u32,
    /// Those on the last day.
    pub last: u32,
}

/// Since when a source has somebody as a resident of the kabupaten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Residence {
    /// Date of the first release that has them in a village of the kabupaten.
    pub seen_from: NaiveDate,
    /// Date of the newest release before that one, which did not; none where the source has no older release.
    pub missing_on: Option<NaiveDate>,
}

/// A death letter of an earlier claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterUse {
    /// The claim.
    pub claim_code: String,
    /// Its place in the village's year.
    pub sequence: i64,
    /// Its date.
    pub letter_on: NaiveDate,
}

/// A file of this claim that another claim has too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPaper {
    /// Which paper of this claim.
    pub kind: DocumentKind,
    /// The other claim.
    pub claim_code: String,
    /// When the other file came.
    pub added_on: NaiveDate,
    /// In how many of 64 bits the two photos differ; none if the files are the same, byte for byte.
    pub bits: Option<u32>,
    /// NIK of the heir of the other claim.
    pub heir_nik: Option<Nik>,
    /// Register row of the deceased of the other claim.
    pub deceased_register_id: Option<String>,
}
