//! An office: the kabupaten that runs the programme, with its letterhead, signatories, holidays and money.
//!
//! Read from the office's TOML pack. Nothing here is fixed in code: names, numbers and texts differ from place to place.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::budget::BudgetRules;
use super::calendar::Holidays;
use super::money::Rupiah;
use super::payment::Chain;
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
    /// By which rules they are spent and how their year ends.
    #[serde(default)]
    pub budget_rules: BudgetRules,
    /// The account payments leave from and how banks are named.
    pub bank: OfficeBank,
    /// How decrees are formed.
    #[serde(default)]
    pub decree: DecreeRules,
    /// Who pays, and how long money waits for its owner.
    pub payment: PaymentRules,
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
    /// Share of the ceiling from which on desks warn, in percent.
    #[serde(default = "soft_limit_percent")]
    pub soft_limit_percent: u32,
}

fn soft_limit_percent() -> u32 {
    90
}

/// How an office forms its decrees (policy parameter P15: per claim, by cut-off days of the month, in batches of a size).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecreeRules {
    /// Days of the month up to which approvals count for the next decree; none = whenever somebody forms one.
    pub cut_off_days: Vec<u32>,
    /// Smallest number of recipients of a decree.
    pub minimum_items: u32,
}

impl DecreeRules {
    /// The last cut-off before or on a day: approvals after it wait for the next decree. `None` without cut-offs.
    pub fn cut_off(&self, today: NaiveDate) -> Option<NaiveDate> {
        let this_month = today.with_day(1)?;
        let last_month = this_month.pred_opt()?.with_day(1)?;
        let days = [last_month, this_month]
            .into_iter()
            .flat_map(|month| self.cut_off_days.iter().filter_map(move |day| last_fitting(month, *day)));
        days.filter(|day| *day <= today).max()
    }
}

/// A day of a month, or its last one where the month is shorter: a cut-off on the 31st is on 30 June.
fn last_fitting(month: NaiveDate, day: u32) -> Option<NaiveDate> {
    (1..=day.min(31)).rev().find_map(|day| month.with_day(day))
}

/// Who pays an office's benefits, and how long money waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRules {
    /// The agency's own treasurer, or the regional treasury.
    pub chain: Chain,
    /// Calendar days after the release from which on money that nobody collected goes back to the treasury.
    pub unclaimed_days: u32,
    /// Bank profiles an order is written by when it is released.
    pub profiles: Vec<String>,
    /// Whether the SPJ asks for a photo of every handing over at the counter.
    #[serde(default = "photos_are_asked")]
    pub hand_over_photo: bool,
}

/// An office that says nothing asks for photos: an audit does.
fn photos_are_asked() -> bool {
    true
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approvals_after_the_last_cut_off_wait() {
        let check = |days: &[u32], today: (i32, u32, u32), expected: Option<(i32, u32, u32)>| {
            let rules = DecreeRules { cut_off_days: days.to_vec(), minimum_items: 0 };
            let day = |(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap();
            assert_eq!(rules.cut_off(day(today)), expected.map(day));
        };
        check(&[], (2026, 6, 22), None);
        check(&[20], (2026, 6, 22), Some((2026, 6, 20)));
        check(&[20], (2026, 6, 20), Some((2026, 6, 20)));
        check(&[20], (2026, 6, 19), Some((2026, 5, 20)));
        check(&[10, 25], (2026, 1, 5), Some((2025, 12, 25)));
        check(&[31], (2026, 7, 1), Some((2026, 6, 30)));
    }
}
