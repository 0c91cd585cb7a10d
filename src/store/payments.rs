//! Decrees and payment orders: lists that are made once and only marked as paid afterwards.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, count, utc};
use super::schema::{bank_files, decree_items, decrees, payment_items, payment_orders};
use super::{DbConn, StoreError, Tx};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// A decree with its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decree {
    /// Id.
    pub id: String,
    /// Budget line it charges.
    pub budget_line_id: String,
    /// Number.
    pub number: String,
    /// Date of signing.
    pub decreed_on: NaiveDate,
    /// Sum of the list.
    pub total: Rupiah,
    /// Claims in the order of the list, with their amounts.
    pub items: Vec<(String, Rupiah)>,
    /// Who formed it.
    pub formed_by: String,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
}

/// A row of `decrees`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = decrees)]
struct DecreeRow {
    id: String,
    office_id: String,
    budget_line_id: String,
    number: String,
    decreed_on: NaiveDate,
    items: i64,
    total: i64,
    formed_by: String,
    formed_at: NaiveDateTime,
}

/// Records a decree and its list.
///
/// # Errors
/// [`StoreError::Duplicate`] with `DecreeItem` when a claim is on another decree.
pub fn insert_decree(tx: &mut Tx<'_>, office: &RegionCode, decree: &Decree) -> Result<(), StoreError> {
    let row = DecreeRow {
        id: decree.id.clone(),
        office_id: office.to_string(),
        budget_line_id: decree.budget_line_id.clone(),
        number: decree.number.clone(),
        decreed_on: decree.decreed_on,
        items: count(decree.items.len()),
        total: decree.total.whole(),
        formed_by: decree.formed_by.clone(),
        formed_at: decree.formed_at.naive_utc(),
    };
    diesel::insert_into(decrees::table).values(&row).execute(&mut **tx)?;
    for (position, (claim_id, amount)) in (1_i64..).zip(&decree.items) {
        diesel::insert_into(decree_items::table)
            .values((
                decree_items::decree_id.eq(&decree.id),
                decree_items::position.eq(position),
                decree_items::claim_id.eq(claim_id),
                decree_items::office_id.eq(office.as_str()),
                decree_items::amount.eq(amount.whole()),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// A decree of the office with its list; count and total are checked again against the rows.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when the list does not add up.
pub fn decree(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Decree, StoreError> {
    let row: DecreeRow = decrees::table.find(id).filter(decrees::office_id.eq(office.as_str())).first(conn)?;
    into_decree(conn, row)
}

/// All decrees of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn decrees(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Decree>, StoreError> {
    let rows: Vec<DecreeRow> =
        decrees::table.filter(decrees::office_id.eq(office.as_str())).order((decrees::formed_at.desc(), decrees::id.desc())).load(conn)?;
    rows.into_iter().map(|row| into_decree(conn, row)).collect()
}

fn into_decree(conn: &mut DbConn, row: DecreeRow) -> Result<Decree, StoreError> {
    let rows: Vec<(String, i64)> = decree_items::table
        .filter(decree_items::decree_id.eq(&row.id))
        .order(decree_items::position)
        .select((decree_items::claim_id, decree_items::amount))
        .load(conn)?;
    let of = RowOf { table: "decrees", id: &row.id };
    let items = rows.into_iter().map(|(claim, amount)| Ok((claim, of.rupiah(amount)?))).collect::<Result<Vec<_>, StoreError>>()?;
    let total = of.rupiah(row.total)?;
    if count(items.len()) != row.items || Rupiah::sum(items.iter().map(|(_, a)| *a)) != Some(total) {
        return Err(of.corrupt("jumlah daftar tidak sama dengan jumlah keputusan"));
    }
    Ok(Decree {
        budget_line_id: row.budget_line_id,
        number: row.number,
        decreed_on: row.decreed_on,
        total,
        items,
        formed_by: row.formed_by,
        formed_at: utc(row.formed_at),
        id: row.id,
    })
}

/// A payment order with its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Id.
    pub id: String,
    /// Decree it rests on.
    pub decree_id: String,
    /// Number.
    pub number: String,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Sum of the items.
    pub total: Rupiah,
    /// SP2D number and date, as the state's system issued them; recorded, never invented.
    pub sp2d: Option<(String, NaiveDate)>,
    /// Counts changes.
    pub version: i64,
    /// The items, in the decree's order.
    pub items: Vec<Item>,
    /// Who formed it.
    pub formed_by: String,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
}

/// One payment of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Id.
    pub id: String,
    /// Claim.
    pub claim_id: String,
    /// Amount.
    pub amount: Rupiah,
    /// Bank, account and holder; `None` for cash at the counter.
    pub account: Option<(String, String, String)>,
    /// Number of the receipt.
    pub receipt_number: String,
    /// Day the money reached the heir.
    pub paid_on: Option<NaiveDate>,
}

/// A row of `payment_orders`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = payment_orders)]
struct OrderRow {
    id: String,
    office_id: String,
    decree_id: String,
    number: String,
    ordered_on: NaiveDate,
    items: i64,
    total: i64,
    formed_by: String,
    formed_at: NaiveDateTime,
    state: String,
    sp2d_number: Option<String>,
    sp2d_on: Option<NaiveDate>,
    version: i64,
}

/// A row of `payment_items`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = payment_items)]
struct ItemRow {
    id: String,
    office_id: String,
    order_id: String,
    position: i64,
    claim_id: String,
    amount: i64,
    method: String,
    bank: String,
    account: String,
    holder: String,
    receipt_number: String,
    state: String,
    paid_on: Option<NaiveDate>,
}

/// Records a payment order with its items.
///
/// # Errors
/// [`StoreError::Duplicate`] with `OrderDecree` when the decree is already ordered.
pub fn insert_order(tx: &mut Tx<'_>, office: &RegionCode, order: &Order) -> Result<(), StoreError> {
    let row = OrderRow {
        id: order.id.clone(),
        office_id: office.to_string(),
        decree_id: order.decree_id.clone(),
        number: order.number.clone(),
        ordered_on: order.ordered_on,
        items: count(order.items.len()),
        total: order.total.whole(),
        formed_by: order.formed_by.clone(),
        formed_at: order.formed_at.naive_utc(),
        state: "open".into(),
        sp2d_number: None,
        sp2d_on: None,
        version: 1,
    };
    diesel::insert_into(payment_orders::table).values(&row).execute(&mut **tx)?;
    for (position, item) in (1_i64..).zip(&order.items) {
        let (bank, account, holder) = item.account.clone().unwrap_or_default();
        let row = ItemRow {
            id: item.id.clone(),
            office_id: office.to_string(),
            order_id: order.id.clone(),
            position,
            claim_id: item.claim_id.clone(),
            amount: item.amount.whole(),
            method: if item.account.is_some() { "bank" } else { "cash" }.into(),
            bank,
            account,
            holder,
            receipt_number: item.receipt_number.clone(),
            state: "ordered".into(),
            paid_on: None,
        };
        diesel::insert_into(payment_items::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// A payment order of the office; count and total are checked again against the rows.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when the items do not add up.
pub fn order(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Order, StoreError> {
    let row: OrderRow = payment_orders::table.find(id).filter(payment_orders::office_id.eq(office.as_str())).first(conn)?;
    into_order(conn, row)
}

/// All payment orders of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn orders(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Order>, StoreError> {
    let rows: Vec<OrderRow> = payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .order((payment_orders::formed_at.desc(), payment_orders::id.desc()))
        .load(conn)?;
    rows.into_iter().map(|row| into_order(conn, row)).collect()
}

/// How many orders an office made on a day, for the running number of the day's bank files.
///
/// # Errors
/// [`StoreError`].
pub fn orders_on(conn: &mut DbConn, office: &RegionCode, on: NaiveDate) -> Result<i64, StoreError> {
    Ok(payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .filter(payment_orders::ordered_on.eq(on))
        .count()
        .get_result(conn)?)
}

fn into_order(conn: &mut DbConn, row: OrderRow) -> Result<Order, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table.filter(payment_items::order_id.eq(&row.id)).order(payment_items::position).load(conn)?;
    let of = RowOf { table: "payment_orders", id: &row.id };
    let items = rows.into_iter().map(into_item).collect::<Result<Vec<_>, _>>()?;
    let total = of.rupiah(row.total)?;
    if count(items.len()) != row.items || Rupiah::sum(items.iter().map(|i| i.amount)) != Some(total) {
        return Err(of.corrupt("jumlah pembayaran tidak sama dengan jumlah perintah bayar"));
    }
    Ok(Order {
        decree_id: row.decree_id,
        number: row.number,
        ordered_on: row.ordered_on,
        total,
        sp2d: row.sp2d_number.zip(row.sp2d_on),
        version: row.version,
        items,
        formed_by: row.formed_by,
        formed_at: utc(row.formed_at),
        id: row.id,
    })
}

fn into_item(row: ItemRow) -> Result<Item, StoreError> {
    let of = RowOf { table: "payment_items", id: &row.id };
    Ok(Item {
        claim_id: row.claim_id,
        amount: of.rupiah(row.amount)?,
        account: (row.method == "bank").then_some((row.bank, row.account, row.holder)),
        receipt_number: row.receipt_number,
        paid_on: row.paid_on,
        id: row.id,
    })
}

/// Marks a whole order as paid under the SP2D the state's system issued.
///
/// # Errors
/// [`StoreError::Stale`] when it was already marked.
pub fn mark_paid(tx: &mut Tx<'_>, order: &Order, sp2d_number: &str, sp2d_on: NaiveDate) -> Result<(), StoreError> {
    let changed = diesel::update(
        payment_orders::table
            .filter(payment_orders::id.eq(&order.id))
            .filter(payment_orders::version.eq(order.version))
            .filter(payment_orders::state.eq("open")),
    )
    .set((
        payment_orders::state.eq("paid"),
        payment_orders::sp2d_number.eq(Some(sp2d_number)),
        payment_orders::sp2d_on.eq(Some(sp2d_on)),
        payment_orders::version.eq(payment_orders::version + 1),
    ))
    .execute(&mut **tx)?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    diesel::update(payment_items::table.filter(payment_items::order_id.eq(&order.id)).filter(payment_items::state.eq("ordered")))
        .set((payment_items::state.eq("paid"), payment_items::paid_on.eq(Some(sp2d_on))))
        .execute(&mut **tx)?;
    Ok(())
}

/// A file made for the bank, frozen by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BankFile {
    /// File name as the bank wants it.
    pub name: String,
    /// SHA-256 of its bytes, which lie in the file store.
    pub sha256: String,
    /// Rows.
    pub items: i64,
    /// Sum in whole rupiah.
    pub total: i64,
}

/// Files made for an order, by name.
///
/// # Errors
/// [`StoreError`].
pub fn files(conn: &mut DbConn, order_id: &str) -> Result<Vec<BankFile>, StoreError> {
    Ok(bank_files::table
        .filter(bank_files::order_id.eq(order_id))
        .order(bank_files::name)
        .select((bank_files::name, bank_files::sha256, bank_files::items, bank_files::total))
        .load(conn)?)
}

/// Records a file made for the bank.
///
/// # Errors
/// [`StoreError::Duplicate`] when the order has a file of that name.
pub fn add_file(
    tx: &mut Tx<'_>,
    id: String,
    office: &RegionCode,
    order_id: &str,
    file: &BankFile,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(bank_files::table)
        .values((
            bank_files::id.eq(id),
            bank_files::office_id.eq(office.as_str()),
            bank_files::order_id.eq(order_id),
            bank_files::name.eq(&file.name),
            bank_files::sha256.eq(&file.sha256),
            bank_files::items.eq(file.items),
            bank_files::total.eq(file.total),
            bank_files::made_at.eq(now.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
