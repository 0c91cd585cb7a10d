//! Money back to the regional treasury (STS), as the treasury numbered it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::payment::DepositSlip;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::schema::{deposit_items, deposits};
use crate::store::{DbConn, StoreError, Tx};

/// A recorded slip with its payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// Id.
    pub id: String,
    /// The slip.
    pub slip: DepositSlip,
    /// Account of the person.
    pub by: String,
    /// Instant.
    pub at: DateTime<Utc>,
    /// Payments on it, each with its amount.
    pub items: Vec<(String, Rupiah)>,
}

/// Records a slip.
///
/// # Errors
/// [`StoreError::Duplicate`] with `DepositNumber` when the number stands on another slip.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, deposit: &Deposit) -> Result<(), StoreError> {
    diesel::insert_into(deposits::table)
        .values((
            deposits::id.eq(&deposit.id),
            deposits::office_id.eq(office.as_str()),
            deposits::number.eq(deposit.slip.number.trim()),
            deposits::dated_on.eq(deposit.slip.dated_on),
            deposits::value.eq(deposit.slip.value.whole()),
            deposits::recorded_by.eq(&deposit.by),
            deposits::recorded_at.eq(deposit.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    for (item_id, amount) in &deposit.items {
        diesel::insert_into(deposit_items::table)
            .values((
                deposit_items::deposit_id.eq(&deposit.id),
                deposit_items::item_id.eq(item_id),
                deposit_items::amount.eq(amount.whole()),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Slips of an office, newest first; value and payments are compared again.
///
/// # Errors
/// [`StoreError::Corrupt`] when a slip does not add up.
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Deposit>, StoreError> {
    type Row = (String, String, NaiveDate, i64, String, NaiveDateTime);
    let rows: Vec<Row> = deposits::table
        .filter(deposits::office_id.eq(office.as_str()))
        .order((deposits::recorded_at.desc(), deposits::id.desc()))
        .select((deposits::id, deposits::number, deposits::dated_on, deposits::value, deposits::recorded_by, deposits::recorded_at))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, number, dated_on, value, by, at)| {
            let of = RowOf { table: "deposits", id: &id };
            let items: Vec<(String, i64)> = deposit_items::table
                .filter(deposit_items::deposit_id.eq(&id))
                .order(deposit_items::item_id)
                .select((deposit_items::item_id, deposit_items::amount))
                .load(conn)?;
            let items = items.into_iter().map(|(item, amount)| Ok((item, of.rupiah(amount)?))).collect::<Result<Vec<_>, StoreError>>()?;
            let slip = DepositSlip { number, dated_on, value: of.rupiah(value)? };
            if Rupiah::sum(items.iter().map(|(_, amount)| *amount)) != Some(slip.value) {
                return Err(of.corrupt("nilai STS tidak sama dengan jumlah pembayarannya"));
            }
            Ok(Deposit { slip, by, at: utc(at), items, id })
        })
        .collect()
}
