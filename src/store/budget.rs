//! Budget lines and what is promised from them.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::convert::RowOf;
use super::schema::{budget_lines, commitments, decree_items, payment_items};
use super::{DbConn, StoreError, Tx};
use crate::domain::budget::Position;
use crate::domain::money::Rupiah;
use crate::domain::office::BudgetLine;
use crate::domain::region::RegionCode;

/// A row of `budget_lines`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = budget_lines)]
struct LineRow {
    id: String,
    office_id: String,
    year: i64,
    source: String,
    account_code: String,
    name: String,
    document: String,
    ceiling: i64,
}

/// A budget line with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: String,
    /// What the budget document says.
    pub line: BudgetLine,
}

/// Opens a line if the office has none of that year and account. Returns whether it did.
///
/// # Errors
/// [`StoreError`].
pub fn ensure_line(tx: &mut Tx<'_>, id: String, office: &RegionCode, line: &BudgetLine) -> Result<bool, StoreError> {
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
        id,
        office_id: office.to_string(),
        year: i64::from(line.year),
        source: line.source.clone(),
        account_code: line.account_code.clone(),
        name: line.name.clone(),
        document: line.document.clone(),
        ceiling: line.ceiling.whole(),
    };
    diesel::insert_into(budget_lines::table).values(&row).execute(&mut **tx)?;
    Ok(true)
}

/// The line a year's benefits are paid from.
///
/// # Errors
/// [`StoreError::NotFound`] when the year has none yet.
pub fn line_of_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Line, StoreError> {
    let row: LineRow = budget_lines::table
        .filter(budget_lines::office_id.eq(office.as_str()))
        .filter(budget_lines::year.eq(i64::from(year)))
        .order(budget_lines::account_code)
        .first(conn)?;
    into_line(row)
}

/// A line by its id.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line(conn: &mut DbConn, id: &str) -> Result<Line, StoreError> {
    into_line(budget_lines::table.find(id).first(conn)?)
}

fn into_line(row: LineRow) -> Result<Line, StoreError> {
    let of = RowOf { table: "budget_lines", id: &row.id };
    Ok(Line {
        line: BudgetLine {
            year: i32::try_from(row.year).map_err(|e| of.corrupt(e))?,
            ceiling: of.rupiah(row.ceiling)?,
            source: row.source,
            account_code: row.account_code,
            name: row.name,
            document: row.document,
        },
        id: row.id,
    })
}

/// Where a line's money stands. Four sums over the commitments that still hold, by the index on the line.
///
/// # Errors
/// [`StoreError`].
pub fn position(conn: &mut DbConn, line: &Line) -> Result<Position, StoreError> {
    let living = || commitments::table.filter(commitments::budget_line_id.eq(&line.id)).filter(commitments::released_at.is_null());
    let committed = living().select(total("commitments.amount")).first(conn)?;
    let decreed = living()
        .inner_join(decree_items::table.on(decree_items::claim_id.eq(commitments::claim_id)))
        .select(total("decree_items.amount"))
        .first(conn)?;
    let ordered = living()
        .inner_join(payment_items::table.on(payment_items::claim_id.eq(commitments::claim_id)))
        .select(total("payment_items.amount"))
        .first(conn)?;
    let paid = living()
        .inner_join(payment_items::table.on(payment_items::claim_id.eq(commitments::claim_id)))
        .filter(payment_items::state.eq("paid"))
        .select(total("payment_items.amount"))
        .first(conn)?;
    let row = RowOf { table: "budget_lines", id: &line.id };
    let amount = |sum: Option<i64>| row.rupiah(sum.unwrap_or_default());
    Ok(Position {
        ceiling: line.line.ceiling,
        committed: amount(committed)?,
        decreed: amount(decreed)?,
        ordered: amount(ordered)?,
        paid: amount(paid)?,
    })
}

/// `SUM` of a BIGINT is NUMERIC on PostgreSQL and loses digits on SQLite; the cast is exact on both.
fn total(column: &str) -> diesel::expression::SqlLiteral<Nullable<BigInt>> {
    diesel::dsl::sql(&format!("CAST(SUM({column}) AS BIGINT)"))
}

/// Promises money to a claim.
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

/// Gives a promise back to the ceiling, when an approval is annulled.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no promise to give back.
pub fn release(tx: &mut Tx<'_>, claim_id: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let changed = diesel::update(commitments::table.find(claim_id).filter(commitments::released_at.is_null()))
        .set(commitments::released_at.eq(Some(now.naive_utc())))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The line a claim's promise rests on.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line_of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Line, StoreError> {
    let id: String = commitments::table.find(claim_id).select(commitments::budget_line_id).first(conn)?;
    line(conn, &id)
}
