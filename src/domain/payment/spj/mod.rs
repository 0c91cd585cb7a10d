//! What the treasurer has to show for every payment (surat pertanggungjawaban, SPJ): which evidence is there, which is missing, and
//! whether receipts and money that came back are together the SP2D, to the rupiah.

mod attached;
mod lines;
mod report;
#[cfg(test)]
mod tests;

pub use attached::{AttachFacts, AttachRefused, Attached, may_attach};
pub use report::{Difference, OrderSpj, PaymentSpj, Spj, SpjTotals};

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::money::Rupiah;
use super::{Chain, IdentityPaper, ItemState, OrderState, ReceiptMark, Receiver, TreasuryPaper};
use crate::domain::claim::DocumentKind;

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The signed decree.
    Decree,
    /// SPP, SPM or SP2D with its value.
    TreasuryPaper,
    /// Who released the order.
    Release,
    /// A paper the policy of the day of death asks for.
    ClaimPaper,
    /// Dinas Sosial compared everything.
    Verification,
    /// The decision in favour.
    Decision,
    /// Receipt (kuitansi).
    Receipt,
    /// The bank's word that the money arrived.
    BankLine,
    /// Handing over at the counter (tanda terima, BAST).
    HandOver,
    /// Photo of the handing over.
    Photo,
    /// The paper by which the receiver was known.
    Identity,
    /// Power of attorney of whoever collected for the heir.
    ProxyLetter,
    /// Why the money came back, and when.
    Return,
    /// Paper and decision behind the corrected account or the next heir.
    Correction,
    /// Slip of the money that went back to the treasury (STS).
    Deposit,
    /// That the money has reached its end: with the heir, with the treasury, or in the payment that took its place.
    Outcome,
}

impl Evidence {
    /// The words on pages and in files.
    pub fn label(self) -> &'static str {
        match self {
            Self::Decree => "SK bertanda tangan",
            Self::TreasuryPaper => "Surat dari SIPD",
            Self::Release => "Perintah bayar dilepas",
            Self::ClaimPaper => "Berkas permohonan",
            Self::Verification => "Verifikasi",
            Self::Decision => "Persetujuan",
            Self::Receipt => "Kuitansi",
            Self::BankLine => "Bukti bank",
            Self::HandOver => "Tanda terima (BAST)",
            Self::Photo => "Foto penyerahan",
            Self::Identity => "Identitas penerima",
            Self::ProxyLetter => "Surat kuasa",
            Self::Return => "Sebab uang kembali",
            Self::Correction => "Bukti koreksi",
            Self::Deposit => "STS",
            Self::Outcome => "Akhir pembayaran",
        }
    }
}

/// Where something that is missing is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cure {
    /// On the page of the claim.
    Claim,
    /// On the page of the decree.
    Decree,
    /// On the page of the order.
    Order,
    /// By attaching a scan to the payment.
    Attach,
    /// Where banks' answers are imported.
    BankResults,
    /// At the cash counter.
    Counter,
    /// Where returned payments are put right.
    Returns,
    /// Where money goes back to the treasury.
    Deposits,
}

/// Whether evidence is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// There: number, day, person in words.
    There {
        /// What is there.
        words: String,
    },
    /// Missing, with what to do.
    Missing {
        /// What is missing and what to do, one sentence.
        words: String,
        /// Where.
        cure: Cure,
    },
}

/// One piece of evidence of an order or a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Which.
    pub evidence: Evidence,
    /// Which one of its kind, for example the name of the paper.
    pub what: String,
    /// Whether it is there.
    #[serde(flatten)]
    pub standing: Standing,
}

impl Line {
    /// Whether it is missing.
    pub fn is_missing(&self) -> bool {
        matches!(self.standing, Standing::Missing { .. })
    }
}

/// How a paper of the checklist is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A scan is kept.
    Scanned,
    /// The clerk has seen it; the paper lies in the village's file.
    Seen,
    /// Neither.
    Missing,
}

/// A line of the checklist the claim's policy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFacts {
    /// The papers of which one is enough.
    pub any_of: Vec<DocumentKind>,
    /// How it is at hand.
    pub held: Held,
}

/// A step in a claim's story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub who: String,
    /// Day (WIB).
    pub on: NaiveDate,
}

/// How the money changed hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverFacts {
    /// Day (WIB).
    pub on: NaiveDate,
    /// Who came.
    pub receiver: Receiver,
    /// Their name.
    pub name: String,
    /// What was looked at.
    pub paper: IdentityPaper,
    /// Number of the power of attorney; empty without one.
    pub proxy_letter: String,
    /// What stands on the receipt.
    pub mark: ReceiptMark,
    /// Whether a photo is kept.
    pub has_photo: bool,
}

/// The latest correction of a payment that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionTold {
    /// Day of the proposal (WIB).
    pub proposed_on: NaiveDate,
    /// Whether its paper is kept.
    pub has_paper: bool,
    /// Who approved it and when; none while it waits.
    pub approved: Option<Told>,
}

/// Everything known about one payment.
#[derive(Debug, Clone)]
pub struct PaymentFacts {
    /// Id.
    pub id: String,
    /// Number of its order.
    pub order: String,
    /// Code of the claim.
    pub claim: String,
    /// Name of the payee.
    pub payee: String,
    /// Reference.
    pub reference: String,
    /// Amount.
    pub amount: Rupiah,
    /// Where it stands.
    pub state: ItemState,
    /// Where its money is in the end, in whichever payment took its place.
    pub ends: ItemState,
    /// Whether it is collected at the counter.
    pub is_cash: bool,
    /// Number of the receipt; empty before the release.
    pub receipt: String,
    /// Day the money arrived.
    pub paid_on: Option<NaiveDate>,
    /// Day it came back, with the reason in words.
    pub returned: Option<(NaiveDate, String)>,
    /// What the last step rests on, as recorded.
    pub recorded: String,
    /// Papers the policy asks for.
    pub papers: Vec<PaperFacts>,
    /// Verification.
    pub verified: Option<Told>,
    /// Decision.
    pub decided: Option<Told>,
    /// The bank's line by which it arrived: report and place.
    pub bank_line: Option<String>,
    /// Handing over.
    pub hand_over: Option<HandOverFacts>,
    /// Correction.
    pub correction: Option<CorrectionTold>,
    /// Reference of the payment that took its place.
    pub replaced_by: Option<String>,
    /// Number and day of the slip.
    pub deposit: Option<(String, NaiveDate)>,
    /// What was attached afterwards.
    pub attached: BTreeSet<Attached>,
}

/// Everything known about one order.
#[derive(Debug, Clone)]
pub struct OrderFacts {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Whether its money is counted here: that of a renewed order is counted with the order it came from.
    pub counts: bool,
    /// Where it stands.
    pub state: OrderState,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Sum of its payments.
    pub total: Rupiah,
    /// Who pays.
    pub chain: Chain,
    /// Whether the office asks for a photo of every handing over.
    pub photo_required: bool,
    /// Number of the decree and day of its signing; none for a renewed order.
    pub decree: Option<(String, Option<NaiveDate>)>,
    /// Recorded papers of the treasury.
    pub papers: Vec<TreasuryPaper>,
    /// Who released it.
    pub released: Option<Told>,
    /// Its payments.
    pub payments: Vec<PaymentFacts>,
}
