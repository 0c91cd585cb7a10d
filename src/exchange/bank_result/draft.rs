//! A report while it is being read.

use chrono::NaiveDate;

use super::fault::{Place, ResultFault};
use super::limits::LINES_MAX;
use crate::domain::payment::report::{AccountNumber, BankAmount, Blanket, ControlTotal, Note, Report, ReportKind, ReportLine, Totals};

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) message_id: Option<String>,
    pub(super) original_message_id: Option<String>,
    pub(super) created_on: Option<NaiveDate>,
    pub(super) accounts: Vec<AccountNumber>,
    pub(super) controls: Vec<ControlTotal>,
    pub(super) lines: Vec<ReportLine>,
    pub(super) blankets: Vec<Blanket>,
    pub(super) notes: Vec<Note>,
    told: u32,
}

impl Draft {
    /// The next place among lines and blanket statements.
    ///
    /// # Errors
    /// [`ResultFault::TooManyLines`].
    pub(super) fn next_position(&mut self) -> Result<u32, ResultFault> {
        self.told = self.told.saturating_add(1);
        let within = usize::try_from(self.told).is_ok_and(|told| told <= LINES_MAX);
        if within { Ok(self.told) } else { Err(ResultFault::TooManyLines) }
    }

    /// Names an account of the file once.
    pub(super) fn add_account(&mut self, account: AccountNumber) {
        if !self.accounts.contains(&account) {
            self.accounts.push(account);
        }
    }

    /// Tells something to the person who imports it, once.
    pub(super) fn add_note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The finished report, if every total the bank states is what was read.
    ///
    /// # Errors
    /// [`ResultFault::Control`], [`ResultFault::Sum`].
    pub(super) fn finish(self, kind: ReportKind) -> Result<Report, ResultFault> {
        let read = Totals::of(&self.lines).ok_or(ResultFault::Sum)?;
        let report = Report {
            kind,
            message_id: self.message_id,
            original_message_id: self.original_message_id,
            created_on: self.created_on,
            accounts: self.accounts,
            controls: self.controls,
            read,
            lines: self.lines,
            blankets: self.blankets,
            notes: self.notes,
        };
        match report.disagreement() {
            Some(control) => Err(ResultFault::Control(control.clone())),
            None => Ok(report),
        }
    }
}

/// Count and sum while they grow.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally(pub(super) Totals);

impl Tally {
    /// One more.
    ///
    /// # Errors
    /// [`ResultFault::Sum`].
    pub(super) fn add(&mut self, amount: BankAmount) -> Result<(), ResultFault> {
        self.0.sum = self.0.sum.checked_add(amount).ok_or(ResultFault::Sum)?;
        self.0.count = self.0.count.saturating_add(1);
        Ok(())
    }
}

/// An account out of a file.
///
/// # Errors
/// [`ResultFault::Unreadable`] for what is no account number.
pub(super) fn account(written: &str, place: impl FnOnce() -> Place) -> Result<AccountNumber, ResultFault> {
    AccountNumber::parse(written).ok_or_else(|| ResultFault::unreadable(place(), written, "nomor rekening"))
}

/// Pieces of free text as one, without empty ones.
pub(super) fn joined<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let text = pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
