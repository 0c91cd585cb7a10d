//! One booking of an MT940 statement.

use chrono::NaiveDate;

use super::super::draft::joined;
use super::{amount_of, day_of, near};
use crate::domain::audit::sha256_hex;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{AccountNumber, BankAmount, Direction, Fate, ReportLine, Return};

/// A line of information as wide as the standard allows; what follows belongs to the same word.
const FULL_LINE_CHARS: usize = 65;

/// Code words of structured information; whatever stands between two of them belongs to the first.
const CODE_WORDS: [&str; 24] = [
    "EREF", "PREF", "IREF", "CREF", "KREF", "MREF", "UREF", "CNTP", "BENM", "ORDP", "NAME", "ADDR", "IBAN", "ACCT", "BIC", "RTRN", "REMI",
    "USTD", "STRD", "TRCD", "PURP", "ISDT", "CHGS", "OCMT",
];

/// What `:61:` says, and what `:86:` adds.
pub(super) struct Booking {
    on: NaiveDate,
    direction: Direction,
    is_reversal: bool,
    is_expected: bool,
    amount: BankAmount,
    /// The code of the kind of booking, for example `TRF`; `RTI` is a payment that came back.
    kind: String,
    customer_ref: Option<String>,
    bank_ref: Option<String>,
    supplement: String,
    information: String,
    raw: String,
}

impl Booking {
    /// Reads `2606220622D1000000,00NTRFBTG-2026-000001//9876` with a line of details behind it; says what it should be.
    pub(super) fn read(lines: &[&str]) -> Result<Self, &'static str> {
        const DAYS: &str = "mutasi yang diawali tanggal TTBBHH";
        const MARK: &str = "mutasi dengan tanda C, D, RC atau RD setelah tanggal";
        const AMOUNT: &str = "mutasi dengan jumlah berkoma, misalnya 1000000,00";
        const KIND: &str = "mutasi dengan jenis seperti NTRF setelah jumlah";
        let text = lines.first().copied().unwrap_or_default().trim();
        let (day, rest) = text.split_at_checked(6).ok_or(DAYS)?;
        let value_on = day_of(day).ok_or(DAYS)?;
        let booked = rest.get(..4).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
        let on = booked.map_or(Some(value_on), |day| near(value_on, day)).ok_or(DAYS)?;
        let rest = if booked.is_some() { rest.get(4..).unwrap_or_default() } else { rest };
        let marks = [
            ("RC", Direction::Debit, true, false),
            ("RD", Direction::Credit, true, false),
            ("EC", Direction::Credit, false, true),
            ("ED", Direction::Debit, false, true),
            ("C", Direction::Credit, false, false),
            ("D", Direction::Debit, false, false),
        ];
        let (mark, direction, is_reversal, is_expected) = marks.into_iter().find(|(mark, ..)| rest.starts_with(mark)).ok_or(MARK)?;
        let rest = rest.get(mark.len()..).unwrap_or_default();
        // The third letter of the currency may stand in front of the amount.
        let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
        let (amount, rest) = rest.split_at_checked(end).ok_or(AMOUNT)?;
        let amount = amount_of(amount).ok_or(AMOUNT)?;
        let (kind, rest) = rest.split_at_checked(4).filter(|(kind, _)| kind.starts_with(['N', 'F', 'S'])).ok_or(KIND)?;
        let (customer, bank) = rest.split_once("//").map_or((rest, None), |(customer, bank)| (customer, Some(bank)));
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text != "NONREF");
        Ok(Self {
            on,
            direction,
            is_reversal,
            is_expected,
            amount,
            kind: kind.get(1..).unwrap_or_default().to_owned(),
            customer_ref: given(customer),
            bank_ref: bank.and_then(given),
            supplement: lines.get(1..).unwrap_or_default().join(" "),
            information: String::new(),
            raw: lines.join("\n"),
        })
    }

    /// Adds the lines of `:86:`.
    pub(super) fn inform(&mut self, lines: &[&str]) {
        self.raw.push('\n');
        self.raw.push_str(&lines.join("\n"));
        let mut was_full = true;
        for line in lines {
            if !was_full {
                self.information.push(' ');
            }
            self.information.push_str(line.trim_end());
            was_full = line.chars().count() >= FULL_LINE_CHARS;
        }
    }

    /// What the booking adds to the balance, in sen.
    pub(super) fn moved_sen(&self) -> i64 {
        match self.direction {
            // Expected bookings are announced, not booked.
            _ if self.is_expected => 0,
            Direction::Credit => self.amount.sen(),
            Direction::Debit => -self.amount.sen(),
        }
    }

    pub(super) fn into_line(self, position: u32) -> ReportLine {
        let pieces = pieces(&self.information);
        let piece = |word: &str| pieces.iter().find(|(code, _)| *code == word).map(|(_, text)| *text).filter(|text| !text.is_empty());
        let counterparty: Vec<&str> = piece("CNTP").map(|text| text.split('/').collect()).unwrap_or_default();
        let of_counterparty = |at: usize| counterparty.get(at).copied().filter(|text| !text.trim().is_empty());
        let account = piece("ACCT").or_else(|| piece("IBAN")).or_else(|| of_counterparty(0)).and_then(AccountNumber::parse);
        let holder = piece("NAME").or_else(|| of_counterparty(2)).map(str::to_owned);
        let returned = piece("RTRN").or_else(|| (self.kind == "RTI").then_some(""));
        let fate = match returned {
            _ if self.is_expected => Fate::Pending,
            Some(text) if self.direction == Direction::Credit => {
                let (reason, text) = (ReturnReason::read(text), text.to_owned());
                Fate::Returned(Return { reason, text, on: Some(self.on), bank_ref: self.bank_ref.clone() })
            }
            _ => Fate::Settled { on: Some(self.on), bank_ref: self.bank_ref.clone() },
        };
        let reference = piece("EREF").filter(|text| *text != "NOTPROVIDED").map(str::to_owned);
        let remark = joined(self.customer_ref.as_deref().into_iter().chain([self.supplement.as_str(), self.information.as_str()]));
        ReportLine {
            position,
            reference,
            remark,
            account,
            holder,
            amount: Some(self.amount),
            direction: self.direction,
            fate,
            is_reversal: self.is_reversal,
            raw_sha256: sha256_hex(self.raw.as_bytes()),
        }
    }
}

/// `/EREF/BTG-1//BENM//NAME/SITI/` as code words with what stands behind each; empty for free text.
fn pieces(text: &str) -> Vec<(&str, &str)> {
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for word in CODE_WORDS {
        let mark = format!("/{word}/");
        marks.extend(text.match_indices(&mark).map(|(at, found)| (at, at + found.len(), word)));
    }
    marks.sort_unstable();
    let ends = marks.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let behind = marks.iter().zip(ends);
    behind
        .map(|((_, begins, word), ends)| (*word, text.get(*begins..ends.max(*begins)).unwrap_or_default().trim_matches(['/', ' '])))
        .collect()
}
