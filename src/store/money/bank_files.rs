//! Files made for the bank at the release of an order: frozen by their hash, every fetching counted.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::domain::region::RegionCode;
use crate::store::schema::bank_files;
use crate::store::{DbConn, StoreError, Tx};

/// A file made for the bank, frozen by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BankFile {
    /// Profile it was written by.
    pub profile: String,
    /// File name as the bank wants it.
    pub name: String,
    /// SHA-256 of its bytes, which lie in the file store.
    pub sha256: String,
    /// Rows.
    pub items: i64,
    /// Sum in whole rupiah.
    pub total: i64,
    /// How often it was fetched; from the second time on a page says so, lest it be sent to the bank twice.
    pub downloads: i64,
}

/// Who made a file, when, for which order.
#[derive(Debug, Clone)]
pub struct Made<'a> {
    /// Id of the record.
    pub id: String,
    /// Order.
    pub order_id: &'a str,
    /// Account.
    pub by: &'a str,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// Records a file made for the bank.
///
/// # Errors
/// [`StoreError::Duplicate`] when the order has a file of that name.
pub fn add(tx: &mut Tx<'_>, office: &RegionCode, made: &Made<'_>, file: &BankFile) -> Result<(), StoreError> {
    diesel::insert_into(bank_files::table)
        .values((
            bank_files::id.eq(&made.id),
            bank_files::office_id.eq(office.as_str()),
            bank_files::order_id.eq(made.order_id),
            bank_files::profile.eq(&file.profile),
            bank_files::name.eq(&file.name),
            bank_files::sha256.eq(&file.sha256),
            bank_files::items.eq(file.items),
            bank_files::total.eq(file.total),
            bank_files::made_by.eq(made.by),
            bank_files::made_at.eq(made.at.naive_utc()),
            bank_files::downloads.eq(0_i64),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Files made for an order, by name.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(conn: &mut DbConn, order_id: &str) -> Result<Vec<BankFile>, StoreError> {
    Ok(bank_files::table
        .filter(bank_files::order_id.eq(order_id))
        .order(bank_files::name)
        .select((bank_files::profile, bank_files::name, bank_files::sha256, bank_files::items, bank_files::total, bank_files::downloads))
        .load(conn)?)
}

/// Counts a fetching and says which one it is, from 1.
///
/// # Errors
/// [`StoreError::NotFound`] when the order has no file of that name.
pub fn count_download(tx: &mut Tx<'_>, order_id: &str, name: &str) -> Result<i64, StoreError> {
    let file = || bank_files::table.filter(bank_files::order_id.eq(order_id)).filter(bank_files::name.eq(name));
    let changed = diesel::update(file()).set(bank_files::downloads.eq(bank_files::downloads + 1)).execute(&mut **tx)?;
    if changed == 1 { Ok(file().select(bank_files::downloads).get_result(&mut **tx)?) } else { Err(StoreError::NotFound) }
}
