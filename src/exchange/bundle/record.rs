//! What stands in the bundle's JSON files.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::money::Rupiah;

/// The list of everything in the bundle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the bundle.
    pub format: String,
    /// Office (kabupaten).
    pub office: String,
    /// What was asked for, in words: an order, a year, a sample of it.
    pub scope: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Hash of the last entry of the audit trail at that moment.
    pub audit_head: String,
    /// Number of claims.
    pub claims: usize,
    /// Sum of what was paid to heirs in these claims.
    pub paid: Rupiah,
    /// Every other file.
    pub files: Vec<FileRecord>,
}

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Name in the bundle.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
}

/// A claim with everything about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Code.
    pub code: String,
    /// State's code.
    pub state: String,
    /// Where it stood when it was put on hold.
    pub resume: Option<String>,
    /// Village that filed.
    pub village: String,
    /// Day of filing (WIB).
    pub filed_on: NaiveDate,
    /// Benefit.
    pub amount: Rupiah,
    /// Policy version.
    pub policy_version: String,
    /// What the family claims, whole.
    pub content: serde_json::Value,
    /// Findings as they stand.
    pub findings: serde_json::Value,
    /// Who did what when and why.
    pub story: Vec<StoryRecord>,
    /// What each decision rested on.
    pub decisions: Vec<DecisionRecord>,
    /// Papers.
    pub papers: Vec<PaperRecord>,
    /// Letters.
    pub letters: Vec<LetterRecord>,
    /// Payments, oldest first.
    pub payments: Vec<PaymentRecord>,
    /// That it shall be annulled: who asked and who decided, oldest first.
    #[serde(default)]
    pub annulments: Vec<AnnulmentRecord>,
    /// What has to come back of it.
    #[serde(default)]
    pub recoveries: Vec<RecoveryRecord>,
}

/// A request that a claim be annulled.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnnulmentRecord {
    /// Ground's code.
    pub ground: String,
    /// Why, in words.
    pub words: String,
    /// Who asked and decided, in words.
    pub hands: Vec<String>,
    /// Why it was refused; empty if it was not.
    pub reason: String,
}

/// Money that has to come back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RecoveryRecord {
    /// Who owes it.
    pub debtor: String,
    /// Id of the wrong payment.
    pub payment: String,
    /// How much.
    pub owed: Rupiah,
    /// Whether it came back whole.
    pub settled: bool,
    /// Plans, the newest last: the basis, and when how much is due.
    pub plans: Vec<(String, Vec<(NaiveDate, Rupiah)>)>,
    /// What came.
    pub parts: Vec<PartRecord>,
}

/// A part that came back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PartRecord {
    /// Day.
    pub paid_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
    /// Number of the treasury's slip.
    pub number: String,
    /// Why it was moved back; none if it was not.
    pub voided: Option<String>,
}

/// A step of a claim's story.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoryRecord {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as named then.
    pub who: String,
    /// In which role.
    pub role: String,
    /// What.
    pub action: String,
    /// Where the claim then stood.
    pub to_state: String,
    /// Why.
    pub reason: String,
}

/// What a decision rested on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// Step it belongs to.
    pub step: String,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Program and state of its rules.
    pub engine: String,
    /// Register that was looked at.
    pub dataset: String,
    /// Date of its release.
    pub dataset_on: Option<NaiveDate>,
    /// SHA-256 of `content`, as it stands in the audit trail.
    pub sha256: String,
    /// Claim, facts and findings as kept, as the text that was hashed.
    pub content: String,
}

/// A paper.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaperRecord {
    /// Kind.
    pub kind: String,
    /// Its file.
    pub path: String,
    /// SHA-256 as recorded when it was attached.
    pub sha256: String,
}

/// A letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LetterRecord {
    /// Kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Its file.
    pub path: String,
    /// SHA-256 as recorded when it was drawn.
    pub sha256: String,
}

/// A payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentRecord {
    /// Id.
    pub id: String,
    /// Number of its order.
    pub order: String,
    /// Reference at the bank.
    pub reference: String,
    /// Id of the payment whose place it takes.
    pub replaces: Option<String>,
    /// Amount.
    pub amount: Rupiah,
    /// Payee.
    pub payee: String,
    /// Bank, account and holder; none for cash.
    pub account: Option<(String, String, String)>,
    /// State's code.
    pub state: String,
    /// Number of its receipt.
    pub receipt: String,
    /// Day it arrived.
    pub paid_on: Option<NaiveDate>,
    /// Day it came back.
    pub returned_on: Option<NaiveDate>,
    /// Why it came back.
    pub return_code: String,
    /// What its last step rests on.
    pub evidence: String,
    /// Scans behind it: the photo of the handing over, papers of corrections, what was attached for the SPJ.
    #[serde(default)]
    pub scans: Vec<PaperRecord>,
}

/// A decree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecreeRecord {
    /// Number.
    pub number: String,
    /// Number of the decree it amends.
    pub amends: Option<String>,
    /// Date.
    pub decreed_on: NaiveDate,
    /// Day of signing.
    pub signed_on: Option<NaiveDate>,
    /// Sum as locked.
    pub total: Rupiah,
    /// Rows.
    pub rows: Vec<DecreeRow>,
    /// Its letters.
    pub letters: Vec<LetterRecord>,
}

/// A row of a decree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DecreeRow {
    /// Code of the claim.
    pub claim: String,
    /// Amount.
    pub amount: Rupiah,
    /// Whether an amending decree struck it.
    pub struck: bool,
}

/// An order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderRecord {
    /// Number.
    pub number: String,
    /// Number of its decree.
    pub decree: Option<String>,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Sum.
    pub total: Rupiah,
    /// State's code.
    pub state: String,
    /// Ids of its payments.
    pub payments: Vec<String>,
    /// Who made, checked, released, closed or cancelled it, in words.
    pub hands: Vec<String>,
    /// SPP, SPM, SP2D.
    pub papers: Vec<TreasuryRecord>,
    /// Files for the bank.
    pub bank_files: Vec<PaperRecord>,
    /// Its own letters.
    pub letters: Vec<LetterRecord>,
}

/// A paper of the state's own system.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TreasuryRecord {
    /// `spp`, `spm` or `sp2d`.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Date.
    pub dated_on: NaiveDate,
    /// Value.
    pub value: Rupiah,
}

/// An entry of the books.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EntryRecord {
    /// Place in the office's journal.
    pub sequence: i64,
    /// Movement's code.
    pub movement: String,
    /// Amount.
    pub amount: Rupiah,
    /// Code of the claim.
    pub claim: String,
    /// Id of the payment.
    pub payment: Option<String>,
    /// The entry it moves back.
    pub corrects: Option<i64>,
    /// The act.
    pub act: String,
    /// Id of the document it rests on.
    pub document: String,
    /// Day (WIB).
    pub on: NaiveDate,
}

/// An entry of the audit trail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Place in the office's trail.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as named then.
    pub who: String,
    /// In which role.
    pub role: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// More.
    pub details: String,
    /// Hash in the trail.
    pub hash: String,
}
