//! Letters to and from the treasurer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Departed, NominativeRow};
use crate::domain::claim::{ClaimContent, Payout};
use crate::domain::identity::{Nik, Relation};
use crate::domain::money::Rupiah;
use crate::domain::office::Signatory;

/// Receipts for more than this carry a Rp10.000 stamp: Rp5.000.000, UU 10/2020 on Bea Meterai, article 3 paragraph 2 letter g and article 5.
pub const STAMP_DUTY_FREE_UP_TO: i64 = 5_000_000;

/// Nominative list for the treasury, with full numbers and room to sign (daftar nominatif).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nominatif {
    /// Number of the decree.
    pub decree_number: String,
    /// Date of the decree.
    pub decree_on: NaiveDate,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// Account code charged.
    pub account_code: String,
    /// Name of that account.
    pub account_name: String,
    /// The recipients, at least one.
    pub rows: Vec<NominativeRow>,
    /// The batch's total, which must equal the sum of the rows.
    pub total: Rupiah,
    /// Bendahara pengeluaran.
    pub treasurer: Signatory,
    /// Pejabat pelaksana teknis kegiatan, where the office has one.
    pub pptk: Option<Signatory>,
}

/// Recipients paid the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentGroup {
    /// Bank, or `Tunai melalui bendahara`.
    pub label: String,
    /// Recipients in the group.
    pub recipients: u32,
    /// Their sum.
    pub amount: Rupiah,
}

/// Payment order from the head of agency to the treasurer (surat perintah bayar).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerintahBayar {
    /// Number of the decree.
    pub decree_number: String,
    /// Date of the decree.
    pub decree_on: NaiveDate,
    /// What the decree is about, in running text.
    pub decree_subject: String,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// Account code charged.
    pub account_code: String,
    /// Name of that account.
    pub account_name: String,
    /// Number of the nominative list that is attached.
    pub list_number: String,
    /// One group per bank, and one for cash.
    pub groups: Vec<PaymentGroup>,
    /// The order's total, which must equal the sum of the groups.
    pub total: Rupiah,
    /// The treasurer it is addressed to, who signs for receiving it.
    pub treasurer: Signatory,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}

/// Receipt for the money, signed by the heir (kuitansi).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kuitansi {
    /// Code of the claim.
    pub claim_code: String,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// Account code charged.
    pub account_code: String,
    /// Who pays: Bendahara Pengeluaran Dinas Sosial Kabupaten Batang.
    pub payer: String,
    /// What is paid.
    pub amount: Rupiah,
    /// Almarhum or almarhumah.
    pub departed: Departed,
    /// Number of the decree.
    pub decree_number: String,
    /// Date of the decree.
    pub decree_on: NaiveDate,
    /// The heir who receives and signs.
    pub heir: String,
    /// NIK of the heir.
    pub heir_nik: Nik,
    /// Address of the heir in one line.
    pub heir_address: String,
    /// Relation of the heir to the deceased.
    pub relation: Relation,
    /// How the money goes out.
    pub payout: Payout,
    /// Pengguna anggaran who agrees to the payment, where the office wants that signature.
    pub agreed_by: Option<Signatory>,
    /// Who takes the money or signs in the heir's place; none when the heir comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<Hand>,
}

/// Whose hand takes the money for the heir.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// By which right.
    pub right: HandRight,
    /// Name.
    pub name: String,
    /// NIK, as far as it is known.
    pub nik: Option<Nik>,
}

/// By which right somebody signs a receipt for an heir.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandRight {
    /// Penerima kuasa, with a power of attorney; only where cash is collected.
    Proxy,
    /// Wali of an heir who is not of age.
    Guardian,
}

impl HandRight {
    /// The words above the signature.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proxy => "Penerima kuasa ahli waris",
            Self::Guardian => "Wali ahli waris",
        }
    }
}

impl Hand {
    /// Who signs the receipt of a claim in the heir's place: the proxy where cash is collected, else the guardian.
    pub fn of(content: &ClaimContent) -> Option<Self> {
        let (stand_ins, cash) = (&content.stand_ins, matches!(content.payout, Payout::Cash));
        let proxy = stand_ins.proxy.as_ref().filter(|_proxy| cash).map(|proxy| (HandRight::Proxy, proxy));
        let (right, person) = proxy.or_else(|| stand_ins.guardian.as_ref().map(|guardian| (HandRight::Guardian, guardian)))?;
        Some(Self { right, name: person.name.to_string(), nik: person.nik.number.clone() })
    }
}

impl Kuitansi {
    /// Whether the receipt needs a stamp (meterai).
    pub fn needs_stamp(&self) -> bool {
        self.amount.whole() > STAMP_DUTY_FREE_UP_TO
    }
}
