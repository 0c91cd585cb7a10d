//! Budget lines, the documents behind their ceilings, and what is promised from them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::ledger;
use crate::domain::budget::{LineMoney, Position};
use crate::domain::money::Rupiah;
use crate::domain::office::BudgetLine;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, count, utc};
use crate::store::schema::{budget_lines, budget_revisions, commitments};
use crate::store::{DbConn, StoreError, Tx};

/// A row of `budget_lines`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = budget_lines, treat_none_as_default_value = false)]
struct LineRow {
    id: String,
    office_id: String,
    year: i64,
    source: String,
    account_code: String,
    name: String,
    document: String,
    state: String,
    soft_limit_percent: i64,
    version: i64,
}

/// A budget line as it is kept. Its ceiling is what the books say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: String,
    /// Fiscal year.
    pub year: i32,
    /// Source: BTT or BANSOS.
    pub source: String,
    /// Account code.
    pub account_code: String,
    /// Name of the account.
    pub name: String,
    /// Document that opened it.
    pub document: String,
    /// Whether money may still be promised from it; no once the year is closed.
    pub open: bool,
    /// Share of the ceiling from which on desks warn, in percent.
    pub soft_limit_percent: i64,
    /// Counts changes.
    pub version: i64,
}

/// A document that set or changed a ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Id.
    pub id: String,
    /// Place among the line's documents, from 1.
    pub position: i64,
    /// The document.
    pub document: String,
    /// Its date.
    pub dated_on: NaiveDate,
    /// More (positive) or less, in rupiah.
    pub change: i64,
    /// Why.
    pub reason: String,
    /// Account of the person.
    pub recorded_by: String,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// A row of `budget_revisions`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = budget_revisions, treat_none_as_default_value = false)]
struct RevisionRow {
    id: String,
    office_id: String,
    budget_line_id: String,
    position: i64,
    document: String,
    dated_on: NaiveDate,
    change: i64,
    reason: String,
    recorded_by: String,
    recorded_at: NaiveDateTime,
}

/// Opens a line with empty accounts if the office has none of that year and account. Returns whether it did; the ceiling comes with
/// the first revision.
///
/// # Errors
/// [`StoreError`].
pub fn ensure_line(tx: &mut Tx<'_>, id: &str, office: &RegionCode, line: &BudgetLine) -> Result<bool, StoreError> {
    let there: i64 = budget_lines::table
        .filter(budget_lines::office_id.eq(office.as_str()))
        .filter(budget_lines::year.eq(i64::from(line.year)))
        .filter(budget_lines::account_code.eq(&line.account_code))
        .count()
        .get_result(&mut **tx)?;
    if there > 0 {
        return Ok(false);
    }
    let row = LineRow {
        id: id.to_owned(),
        office_id: office.to_string(),
        year: i64::from(line.year),
        source: line.source.clone(),
        account_code: line.account_code.clone(),
        name: line.name.clone(),
        document: line.document.clone(),
        state: "open".to_owned(),
        soft_limit_percent: i64::from(line.soft_limit_percent),
        version: 1,
    };
    diesel::insert_into(budget_lines::table).values(&row).execute(&mut **tx)?;
    ledger::open_accounts(tx, office, id)?;
    Ok(true)
}

/// Records a document that sets or changes a line's ceiling. The books are posted by the caller.
///
/// # Errors
/// [`StoreError::Duplicate`] with `BudgetDocument` when the line has a revision of that document.
pub fn add_revision(tx: &mut Tx<'_>, office: &RegionCode, line_id: &str, revision: &Revision) -> Result<(), StoreError> {
    let row = RevisionRow {
        id: revision.id.clone(),
        office_id: office.to_string(),
        budget_line_id: line_id.to_owned(),
        position: revision.position,
        document: revision.document.clone(),
        dated_on: revision.dated_on,
        change: revision.change,
        reason: revision.reason.clone(),
        recorded_by: revision.recorded_by.clone(),
        recorded_at: revision.recorded_at.naive_utc(),
    };
    diesel::insert_into(budget_revisions::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The documents behind a line's ceiling, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn revisions(conn: &mut DbConn, line_id: &str) -> Result<Vec<Revision>, StoreError> {
    let rows: Vec<RevisionRow> =
        budget_revisions::table.filter(budget_revisions::budget_line_id.eq(line_id)).order(budget_revisions::position).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Revision {
            id: row.id,
            position: row.position,
            document: row.document,
            dated_on: row.dated_on,
            change: row.change,
            reason: row.reason,
            recorded_by: row.recorded_by,
            recorded_at: utc(row.recorded_at),
        })
        .collect())
}

/// The lines of a year, by account code.
///
/// # Errors
/// [`StoreError`].
pub fn of_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<LineRow> = budget_lines::table
        .filter(budget_lines::office_id.eq(office.as_str()))
        .filter(budget_lines::year.eq(i64::from(year)))
        .order(budget_lines::account_code)
        .load(conn)?;
    rows.into_iter().map(into_line).collect()
}

/// The open lines of a year with what is left on each, for the rule that chooses between them.
///
/// # Errors
/// [`StoreError`].
pub fn money_of_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Vec<LineMoney>, StoreError> {
    let lines = of_year(conn, office, year)?;
    let money = |line: Line| {
        let remaining = position(conn, &line)?.remaining;
        Ok(LineMoney { id: line.id, source: line.source, account_code: line.account_code, open: line.open, remaining })
    };
    lines.into_iter().map(money).collect()
}

/// The first open line of a year by account code.
///
/// # Errors
/// [`StoreError::NotFound`] when the year has none, or none that is open.
pub fn line_of_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Line, StoreError> {
    of_year(conn, office, year)?.into_iter().find(|line| line.open).ok_or(StoreError::NotFound)
}

/// Every line of an office, newest year first.
///
/// # Errors
/// [`StoreError`].
pub fn lines(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<LineRow> = budget_lines::table
        .filter(budget_lines::office_id.eq(office.as_str()))
        .order((budget_lines::year.desc(), budget_lines::account_code))
        .load(conn)?;
    rows.into_iter().map(into_line).collect()
}

/// A line by its id.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line(conn: &mut DbConn, id: &str) -> Result<Line, StoreError> {
    into_line(budget_lines::table.find(id).get_result(conn)?)
}

/// Closes a line at the end of its year, or opens it again.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn set_open(tx: &mut Tx<'_>, line: &Line, open: bool) -> Result<(), StoreError> {
    let changed = diesel::update(budget_lines::table.find(&line.id).filter(budget_lines::version.eq(line.version)))
        .set((budget_lines::state.eq(if open { "open" } else { "closed" }), budget_lines::version.eq(budget_lines::version + 1)))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Sets from which part of the ceiling on desks warn.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn set_soft_limit(tx: &mut Tx<'_>, line: &Line, percent: i64) -> Result<(), StoreError> {
    let changed = diesel::update(budget_lines::table.find(&line.id).filter(budget_lines::version.eq(line.version)))
        .set((budget_lines::soft_limit_percent.eq(percent), budget_lines::version.eq(budget_lines::version + 1)))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

fn into_line(row: LineRow) -> Result<Line, StoreError> {
    let of = RowOf { table: "budget_lines", id: &row.id };
    Ok(Line {
        year: i32::try_from(row.year).map_err(|e| of.corrupt(e))?,
        open: row.state == "open",
        source: row.source,
        account_code: row.account_code,
        name: row.name,
        document: row.document,
        soft_limit_percent: row.soft_limit_percent,
        version: row.version,
        id: row.id,
    })
}

/// Where a line's money stands, by its kept balances.
///
/// # Errors
/// [`StoreError`].
pub fn position(conn: &mut DbConn, line: &Line) -> Result<Position, StoreError> {
    Position::of(&ledger::balances(conn, &line.id)?)
        .ok_or_else(|| RowOf { table: "ledger_balances", id: &line.id }.corrupt("saldo terlalu besar"))
}

/// Notes which line a claim's promise rests on; a promise that was given back may be made again.
///
/// # Errors
/// [`StoreError::Duplicate`] when the claim already has a promise.
pub fn commit(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    line_id: &str,
    claim_id: &str,
    amount: Rupiah,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::delete(commitments::table.find(claim_id).filter(commitments::released_at.is_not_null())).execute(&mut **tx)?;
    diesel::insert_into(commitments::table)
        .values((
            commitments::claim_id.eq(claim_id),
            commitments::office_id.eq(office.as_str()),
            commitments::budget_line_id.eq(line_id),
            commitments::amount.eq(amount.whole()),
            commitments::committed_at.eq(now.naive_utc()),
            commitments::released_at.eq(None::<NaiveDateTime>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes that a promise was given back.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no promise to give back.
pub fn release(tx: &mut Tx<'_>, claim_id: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let changed = diesel::update(commitments::table.find(claim_id).filter(commitments::released_at.is_null()))
        .set(commitments::released_at.eq(Some(now.naive_utc())))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Moves a claim's promise to the line of the next year.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no promise.
pub fn carry(tx: &mut Tx<'_>, claim_id: &str, line_id: &str) -> Result<(), StoreError> {
    let changed = diesel::update(commitments::table.find(claim_id).filter(commitments::released_at.is_null()))
        .set(commitments::budget_line_id.eq(line_id))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The line a claim's promise rests on.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line_of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Line, StoreError> {
    let id: String = commitments::table.find(claim_id).select(commitments::budget_line_id).get_result(conn)?;
    line(conn, &id)
}

/// How many documents a line has.
///
/// # Errors
/// [`StoreError`].
pub fn revision_count(conn: &mut DbConn, line_id: &str) -> Result<i64, StoreError> {
    Ok(count(revisions(conn, line_id)?.len()))
}
