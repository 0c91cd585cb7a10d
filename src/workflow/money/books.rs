//! Booking movements in the transaction of their cause.

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock::new_id;
use crate::domain::calendar::wib_date;
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::office::BudgetLine;
use crate::domain::region::RegionCode;
use crate::store::money::budget::{self, Revision};
use crate::store::money::ledger::{self, Cause, Posting};
use crate::store::{StoreError, Tx};
use crate::workflow::letter::Issuer;

/// One movement of a claim's money.
pub fn booking(line: &str, movement: Movement, amount: Rupiah, claim: &str, item: Option<&str>) -> Posting {
    Posting { line: line.to_owned(), movement, amount, claim: Some(claim.to_owned()), item: item.map(str::to_owned), corrects: None }
}

impl Issuer<'_> {
    /// Books movements that an act of this person causes.
    pub fn book(&self, tx: &mut Tx<'_>, act: &str, document: &str, postings: &[Posting]) -> Result<(), StoreError> {
        let cause = Cause { act, document, by: &self.actor.id, on: self.today(), at: self.now };
        ledger::post(tx, &self.actor.office, cause, postings)
    }
}

/// A movement of a line as a whole.
pub fn line_booking(line: &str, movement: Movement, amount: Rupiah) -> Posting {
    Posting { line: line.to_owned(), movement, amount, claim: None, item: None, corrects: None }
}

/// Opens a budget line with its first ceiling, unless the office has it. Told twice it is one line.
pub fn open_budget(tx: &mut Tx<'_>, office: &RegionCode, line: &BudgetLine, by: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    open_line(tx, office, line, opening_day(line.year, now), (by, now)).map(drop)
}

/// Opens a budget line by a document of a day. Returns its id, or `None` when the office has the line.
pub fn open_line(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    line: &BudgetLine,
    dated_on: NaiveDate,
    (by, now): (&str, DateTime<Utc>),
) -> Result<Option<String>, StoreError> {
    let id = new_id();
    if !budget::ensure_line(tx, &id, office, line)? {
        return Ok(None);
    }
    if line.ceiling == Rupiah::ZERO {
        return Ok(Some(id));
    }
    let first = Revision {
        id: new_id(),
        position: 1,
        document: line.document.clone(),
        dated_on,
        change: line.ceiling.whole(),
        reason: "anggaran awal".to_owned(),
        recorded_by: by.to_owned(),
        recorded_at: now,
    };
    budget::add_revision(tx, office, &id, &first)?;
    let cause = Cause { act: "budget.open", document: &first.id, by, on: wib_date(now), at: now };
    ledger::post(tx, office, cause, &[line_booking(&id, Movement::Appropriate, line.ceiling)])?;
    Ok(Some(id))
}

/// A budget holds from the first day of its year.
fn opening_day(year: i32, now: DateTime<Utc>) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_else(|| wib_date(now))
}
