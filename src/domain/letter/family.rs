//! Letters to the family and the village.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Addressee, Departed};
use crate::domain::claim::Payout;
use crate::domain::identity::Relation;
use crate::domain::money::Rupiah;

/// A paper on the receipt's checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is, in the words of the checklist.
    pub name: String,
    /// Whether the clerk has it.
    pub received: bool,
}

/// Receipt for the claim's papers (tanda terima berkas).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TandaTerima {
    /// Code the family follows the claim with.
    pub claim_code: String,
    /// When the papers came in.
    pub received_at: DateTime<Utc>,
    /// Day of filing, where it is an earlier one than that of the papers: claims taken over from paper or from another system.
    #[serde(default)]
    pub filed_on: Option<NaiveDate>,
    /// Almarhum or almarhumah.
    pub departed: Departed,
    /// The heir who is to receive.
    pub heir: String,
    /// The heir's relation to the deceased.
    pub relation: Relation,
    /// Who brought the papers.
    pub reporter: String,
    /// The checklist.
    pub papers: Vec<Paper>,
    /// Last day on which missing papers may follow, if any are missing.
    pub complete_by: Option<NaiveDate>,
    /// Address of the public status page.
    pub status_page: String,
    /// Where the family may ask.
    pub contact: String,
    /// Clerk who took the papers.
    pub officer: String,
    /// The clerk's office, for example Petugas Desa Sukorejo.
    pub officer_title: String,
}

/// Something to repair, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What is missing or differs, in plain words.
    pub what: String,
    /// What the family or the village should do.
    pub cure: String,
}

/// Papers returned for repair; the filing date is kept (surat pengembalian berkas).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pengembalian {
    /// Code the family follows the claim with.
    pub claim_code: String,
    /// Day of filing, which stays valid.
    pub filed_on: NaiveDate,
    /// The village that filed.
    pub addressee: Addressee,
    /// Almarhum or almarhumah.
    pub departed: Departed,
    /// The heir.
    pub heir: String,
    /// The heir's relation to the deceased.
    pub relation: Relation,
    /// What to repair, at least one.
    pub faults: Vec<Fault>,
    /// Last day for the repaired papers, if the policy sets one.
    pub resubmit_by: Option<NaiveDate>,
    /// Where the village and the family may ask.
    pub contact: String,
    /// Address of the public status page.
    pub status_page: String,
    /// Who looked at the papers.
    pub officer: String,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}

/// Refusal with its reason (surat penolakan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penolakan {
    /// Code of the claim.
    pub claim_code: String,
    /// Day of filing.
    pub filed_on: NaiveDate,
    /// The heir.
    pub addressee: Addressee,
    /// Almarhum or almarhumah.
    pub departed: Departed,
    /// The heir.
    pub heir: String,
    /// The heir's relation to the deceased.
    pub relation: Relation,
    /// Why, in one plain sentence without a full stop at the end being needed.
    pub reason: String,
    /// Articles the decision rests on, at least one.
    pub basis: Vec<String>,
    /// Data it rests on, for example "DTSEN rilis 2026-2, diperiksa 3 Juni 2026", at least one.
    pub data_basis: Vec<String>,
    /// Where an objection goes.
    pub objection_to: String,
    /// Calendar days for an objection, counted from receipt of the letter.
    pub objection_days: u32,
    /// Where the family may ask.
    pub contact: String,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}

/// Notice to the heir: decided, how much, when and how (surat pemberitahuan).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pemberitahuan {
    /// Code of the claim.
    pub claim_code: String,
    /// The heir.
    pub addressee: Addressee,
    /// Almarhum or almarhumah.
    pub departed: Departed,
    /// The heir.
    pub heir: String,
    /// The heir's relation to the deceased.
    pub relation: Relation,
    /// Number of the decree.
    pub decree_number: String,
    /// Date of the decree.
    pub decree_on: NaiveDate,
    /// What the heir receives, whole.
    pub amount: Rupiah,
    /// How the money reaches the heir; the letter shows only the end of the account number.
    pub payout: Payout,
    /// When: a day, a week or hours, in words.
    pub pay_when: String,
    /// Where the heir goes for cash, or asks about a transfer.
    pub pay_where: String,
    /// What to bring, for example `KTP asli ahli waris`, at least one.
    pub bring: Vec<String>,
    /// Where the family may ask.
    pub contact: String,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}
