//! Papers of the state's own system (SPP, SPM, SP2D), as they were recorded for an order.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::domain::payment::{PaperKind, TreasuryPaper};
use crate::domain::region::RegionCode;
use crate::store::convert::RowOf;
use crate::store::schema::treasury_papers;
use crate::store::{DbConn, StoreError, Tx};

/// Who recorded a paper, when, for which order.
#[derive(Debug, Clone)]
pub struct Recorded<'a> {
    /// Id of the record.
    pub id: String,
    /// Order.
    pub order_id: &'a str,
    /// Account.
    pub by: &'a str,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// Records a paper.
///
/// # Errors
/// [`StoreError::Duplicate`] with `TreasuryPaper` when the number stands on another order.
pub fn add(tx: &mut Tx<'_>, office: &RegionCode, recorded: &Recorded<'_>, paper: &TreasuryPaper) -> Result<(), StoreError> {
    diesel::insert_into(treasury_papers::table)
        .values((
            treasury_papers::id.eq(&recorded.id),
            treasury_papers::office_id.eq(office.as_str()),
            treasury_papers::order_id.eq(recorded.order_id),
            treasury_papers::kind.eq(paper.kind.code()),
            treasury_papers::number.eq(paper.number.trim()),
            treasury_papers::dated_on.eq(paper.dated_on),
            treasury_papers::value.eq(paper.value.whole()),
            treasury_papers::recorded_by.eq(recorded.by),
            treasury_papers::recorded_at.eq(recorded.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Papers of an order, in the order in which the state's system makes them.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(conn: &mut DbConn, order_id: &str) -> Result<Vec<TreasuryPaper>, StoreError> {
    let rows: Vec<(String, String, NaiveDate, i64)> = treasury_papers::table
        .filter(treasury_papers::order_id.eq(order_id))
        .select((treasury_papers::kind, treasury_papers::number, treasury_papers::dated_on, treasury_papers::value))
        .load(conn)?;
    let of = RowOf { table: "treasury_papers", id: order_id };
    let read = |(kind, number, dated_on, value): (String, String, NaiveDate, i64)| {
        Ok(TreasuryPaper { kind: of.known(PaperKind::parse(&kind), "kind")?, number, dated_on, value: of.rupiah(value)? })
    };
    let mut papers = rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    papers.sort_by_key(|paper| paper.kind);
    Ok(papers)
}
