//! An office: the kabupaten that runs the programme, with its letterhead, signatories, holidays and money.
//!
//! Read from the office's TOML pack. Nothing here is fixed in code: names, numbers and texts differ from place to place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Holidays;
use super::money::Rupiah;
use super::region::RegionCode;

/// Everything an office sets for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The kabupaten, for example 33.25.
    pub region: RegionCode,
    /// Kop surat of the agency.
    pub letterhead: Letterhead,
    /// Paper of letters.
    pub paper: Paper,
    /// Where a family may ask, printed on receipts and notices.
    pub contact: String,
    /// Name of the programme's short code in claim codes and file names, for example BTG.
    pub short_code: String,
    /// Numbering of letters, by letter kind (`tanda_terima`, `sk_penetapan` …).
    pub numbering: BTreeMap<String, Numbering>,
    /// Who signs, with periods.
    pub signatories: Vec<Signatory>,
    /// Days on which the office is closed.
    pub holidays: Vec<Holiday>,
    /// Budget lines to open when the pack is first loaded.
    pub budget: Vec<BudgetLine>,
    /// The account payments leave from and how banks are named.
    pub bank: OfficeBank,
    /// Sentences and lists that letters of this office carry.
    pub texts: LetterTexts,
    /// Where notices go.
    pub mailboxes: Mailboxes,
}

/// Sentences and lists that letters of an office carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTexts {
    /// The agency in running text: Dinas Sosial Kabupaten Batang.
    pub agency: String,
    /// What a decree is about, in capitals.
    pub decree_subject: String,
    /// Menimbang of the decree.
    pub considering: Vec<String>,
    /// Mengingat of the decree, in the order of rank.
    pub recalling: Vec<String>,
    /// Where an objection goes.
    pub objection_to: String,
    /// Calendar days for an objection.
    pub objection_days: u32,
    /// Calendar days for sending repaired papers again.
    pub repair_days: u32,
    /// When the money comes, in words.
    pub pay_when: String,
    /// Where the heir collects cash or asks about a transfer.
    pub pay_where: String,
    /// What the heir brings.
    pub bring: Vec<String>,
    /// Tembusan of the decree.
    pub decree_copies: Vec<String>,
}

/// Where notices go by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailboxes {
    /// Mailbox of a village, with `{kode}` for its code without dots.
    pub village: String,
    /// Mailbox of the treasurer.
    pub finance: String,
}

impl Mailboxes {
    /// The mailbox of a village.
    pub fn of_village(&self, village: &RegionCode) -> String {
        self.village.replace("{kode}", &village.as_str().replace('.', ""))
    }
}

/// The head of the agency's letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// First line, for example PEMERINTAH KABUPATEN BATANG.
    pub government: String,
    /// Second line, for example DINAS SOSIAL.
    pub agency: String,
    /// Address line.
    pub address: String,
    /// Telephone, e-mail and site in one line.
    pub contact: String,
    /// Town for "Batang, 22 Juni 2026".
    pub town: String,
    /// Title of the head of region, for decrees: BUPATI BATANG.
    pub head_of_region: String,
}

/// Paper sizes in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// Folio, 215 × 330 mm.
    F4,
    /// 210 × 297 mm.
    A4,
}

/// How the number of one kind of letter is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// Pattern with `{no}`, `{no:3}` (padded), `{bulan}` (Roman), `{bulan:angka}`, `{tahun}`, for example `400.9/{no:4}/SKN/{tahun}`.
    pub pattern: String,
    /// Unit whose sequence it is, for example DINSOS.
    pub unit: String,
}

/// What a person signs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningRole {
    /// Kepala Dinas Sosial.
    HeadOfAgency,
    /// Bupati.
    HeadOfRegion,
    /// Bendahara pengeluaran.
    Treasurer,
    /// Pejabat pelaksana teknis kegiatan.
    Pptk,
}

/// A person who signs, for a period; old letters keep the one of their day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// What the person signs as.
    pub role: SigningRole,
    /// Title as printed, with Plt. or a.n. where it applies: Kepala Dinas Sosial Kabupaten Batang.
    pub title: String,
    /// Name with degrees.
    pub name: String,
    /// Rank (pangkat), empty for elected heads.
    pub rank: String,
    /// NIP, empty for those who have none.
    pub nip: String,
    /// First day in office.
    pub from: NaiveDate,
    /// Last day in office, if over.
    pub until: Option<NaiveDate>,
}

/// A closed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub on: NaiveDate,
    /// What it is.
    pub name: String,
    /// Whether it is joint leave (cuti bersama) rather than a national holiday.
    pub joint_leave: bool,
    /// The decree that sets it.
    pub decree: String,
}

/// A budget line of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// Fiscal year.
    pub year: i32,
    /// Source: BTT or BANSOS.
    pub source: String,
    /// Account code.
    pub account_code: String,
    /// Name of the account.
    pub name: String,
    /// Document that sets the ceiling.
    pub document: String,
    /// Ceiling (pagu) of the year.
    pub ceiling: Rupiah,
}

/// The bank side of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeBank {
    /// Bank of the source account, as in the bank table, for example BANK JATENG.
    pub bank: String,
    /// Source account of payments.
    pub account: String,
    /// Name the source account stands in.
    pub holder: String,
    /// Short code of the unit in file names, for example DINSOS.
    pub unit_code: String,
    /// Names villages write, and the BIC they mean; empty BIC = no code known, paid by the treasurer by hand.
    pub aliases: BTreeMap<String, String>,
}

impl Office {
    /// Who signs as `role` on a day.
    pub fn signatory(&self, role: SigningRole, on: NaiveDate) -> Option<&Signatory> {
        self.signatories.iter().find(|s| s.role == role && s.from <= on && s.until.is_none_or(|until| on <= until))
    }
    /// The days on which the office is closed besides Saturdays and Sundays; joint leave closes it too.
    pub fn closed_days(&self) -> Holidays {
        Holidays::from_days(self.holidays.iter().map(|h| (h.on, h.joint_leave)))
    }
}
