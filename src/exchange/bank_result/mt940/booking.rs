//! One booking of an MT940 statement.

use chrono::NaiveDate;

use super::super::draft::joined;
use super::information::Information;
use super::{amount_of, day_of, near};
use crate::domain::audit::sha256_hex;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{AccountNumber, BankAmount, Direction, Fate, ReportLine, Return};

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
    information: Information,
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
            information: Information::default(),
            raw: lines.join("\n"),
        })
    }

    /// Adds the lines of `:86:`.
    pub(super) fn inform(&mut self, lines: &[&str]) {
        self.raw.push('\n');
        self.raw.push_str(&lines.join("\n"));
        self.information = Information::read(lines);
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
        let known = self.information;
        let account = known.account.as_deref().and_then(AccountNumber::parse);
        // A booking of this kind came back; where no word says why, its own words may.
        let came_back = || match ReturnReason::read(&known.words) {
            ReturnReason::Other(_) => String::new(),
            _told => known.words.clone(),
        };
        let returned = known.returned.clone().or_else(|| (self.kind == "RTI").then(came_back));
        let fate = match returned {
            _ if self.is_expected => Fate::Pending,
            Some(text) if self.direction == Direction::Credit => {
                let reason = ReturnReason::read(&text);
                Fate::Returned(Return { reason, text, on: Some(self.on), bank_ref: self.bank_ref.clone() })
            }
            _ => Fate::Settled { on: Some(self.on), bank_ref: self.bank_ref.clone() },
        };
        let remark = joined(self.customer_ref.as_deref().into_iter().chain([self.supplement.as_str(), known.words.as_str()]));
        ReportLine {
            position,
            reference: known.reference,
            remark,
            account,
            holder: known.holder,
            amount: Some(self.amount),
            direction: self.direction,
            fate,
            is_reversal: self.is_reversal,
            raw_sha256: sha256_hex(self.raw.as_bytes()),
        }
    }
}
