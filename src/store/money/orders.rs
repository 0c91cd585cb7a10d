//! Payment orders: made, checked and released by three persons, closed when every payment has its answer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::items::{self, Item};
use crate::domain::access::{Duty, Participant};
use crate::domain::money::Rupiah;
use crate::domain::payment::{OrderKind, OrderState};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, count, utc};
use crate::store::schema::{payment_items, payment_orders, users};
use crate::store::{DbConn, StoreError, Tx};

/// A payment order with its payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Id.
    pub id: String,
    /// Budget line it charges.
    pub budget_line_id: String,
    /// What it pays.
    pub kind: OrderKind,
    /// Decree it rests on; none for payments that are ordered anew.
    pub decree_id: Option<String>,
    /// Number.
    pub number: String,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Sum of the payments.
    pub total: Rupiah,
    /// Where it stands.
    pub state: OrderState,
    /// Who made it, and when.
    pub made: Mark,
    /// Who checked it.
    pub checked: Option<Mark>,
    /// Who released it.
    pub released: Option<Mark>,
    /// Who closed it.
    pub closed: Option<Mark>,
    /// Who cancelled it.
    pub cancelled: Option<Mark>,
    /// Why money goes out to a payee known as dead, or why it was cancelled.
    pub reason: String,
    /// Counts changes.
    pub version: i64,
    /// The payments, in the decree's order.
    pub items: Vec<Item>,
}

/// Who did a step, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Account.
    pub by: String,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// A row of `payment_orders`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = payment_orders, treat_none_as_default_value = false)]
struct OrderRow {
    id: String,
    office_id: String,
    budget_line_id: String,
    kind: String,
    decree_id: Option<String>,
    number: String,
    ordered_on: NaiveDate,
    items: i64,
    total: i64,
    state: String,
    made_by: String,
    made_at: NaiveDateTime,
    checked_by: Option<String>,
    checked_at: Option<NaiveDateTime>,
    released_by: Option<String>,
    released_at: Option<NaiveDateTime>,
    closed_by: Option<String>,
    closed_at: Option<NaiveDateTime>,
    cancelled_by: Option<String>,
    cancelled_at: Option<NaiveDateTime>,
    reason: String,
    version: i64,
}

/// Records a new payment order with its payments.
///
/// # Errors
/// [`StoreError::Duplicate`] with `OrderDecree` when the decree is already ordered, `LivingPayment` when a claim has a payment.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, order: &Order) -> Result<(), StoreError> {
    let row = OrderRow {
        id: order.id.clone(),
        office_id: office.to_string(),
        budget_line_id: order.budget_line_id.clone(),
        kind: order.kind.code().to_owned(),
        decree_id: order.decree_id.clone(),
        number: order.number.clone(),
        ordered_on: order.ordered_on,
        items: count(order.items.len()),
        total: order.total.whole(),
        state: order.state.code().to_owned(),
        made_by: order.made.by.clone(),
        made_at: order.made.at.naive_utc(),
        checked_by: None,
        checked_at: None,
        released_by: None,
        released_at: None,
        closed_by: None,
        closed_at: None,
        cancelled_by: None,
        cancelled_at: None,
        reason: order.reason.clone(),
        version: 1,
    };
    diesel::insert_into(payment_orders::table).values(&row).execute(&mut **tx)?;
    order.items.iter().try_for_each(|item| items::insert(tx, office, item))
}

/// Moves an order on if it is still as it was seen, and notes who did.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn advance(tx: &mut Tx<'_>, order: &Order, to: OrderState, mark: &Mark, reason: &str) -> Result<(), StoreError> {
    let seen = payment_orders::table
        .find(&order.id)
        .filter(payment_orders::version.eq(order.version))
        .filter(payment_orders::state.eq(order.state.code()));
    let (by, at) = (Some(mark.by.as_str()), Some(mark.at.naive_utc()));
    let version = payment_orders::version.eq(payment_orders::version + 1);
    let state = payment_orders::state.eq(to.code());
    let update = diesel::update(seen);
    let changed = match to {
        OrderState::Checked => {
            update.set((state, version, payment_orders::checked_by.eq(by), payment_orders::checked_at.eq(at))).execute(&mut **tx)?
        }
        OrderState::Released => update
            .set((
                state,
                version,
                payment_orders::released_by.eq(by),
                payment_orders::released_at.eq(at),
                payment_orders::reason.eq(reason),
            ))
            .execute(&mut **tx)?,
        OrderState::Closed => {
            update.set((state, version, payment_orders::closed_by.eq(by), payment_orders::closed_at.eq(at))).execute(&mut **tx)?
        }
        OrderState::Cancelled => update
            .set((
                state,
                version,
                payment_orders::cancelled_by.eq(by),
                payment_orders::cancelled_at.eq(at),
                payment_orders::reason.eq(reason),
            ))
            .execute(&mut **tx)?,
        // No step leads back to the beginning.
        OrderState::Made => 0,
    };
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A payment order of the office; count and total are checked again against the rows.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when the payments do not add up.
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Order, StoreError> {
    let row: OrderRow = payment_orders::table.find(id).filter(payment_orders::office_id.eq(office.as_str())).get_result(conn)?;
    into_order(conn, row)
}

/// The budget line an order charges.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line_of(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<String, StoreError> {
    let order = payment_orders::table.find(id).filter(payment_orders::office_id.eq(office.as_str()));
    Ok(order.select(payment_orders::budget_line_id).get_result(conn)?)
}

/// The order with a number, as people name it.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_number(conn: &mut DbConn, office: &RegionCode, number: &str) -> Result<Order, StoreError> {
    let row: OrderRow = payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .filter(payment_orders::number.eq(number))
        .get_result(conn)?;
    into_order(conn, row)
}

/// The number of an order.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn number_of(conn: &mut DbConn, id: &str) -> Result<String, StoreError> {
    Ok(payment_orders::table.find(id).select(payment_orders::number).get_result(conn)?)
}

/// All payment orders of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Order>, StoreError> {
    let rows: Vec<OrderRow> = payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .order((payment_orders::made_at.desc(), payment_orders::id.desc()))
        .load(conn)?;
    rows.into_iter().map(|row| into_order(conn, row)).collect()
}

/// Number and budget line of every order of an office, by id.
///
/// # Errors
/// [`StoreError`].
pub fn heads(conn: &mut DbConn, office: &RegionCode) -> Result<BTreeMap<String, (String, String)>, StoreError> {
    let rows: Vec<(String, String, String)> = payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .select((payment_orders::id, payment_orders::number, payment_orders::budget_line_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, number, line)| (id, (number, line))).collect())
}

/// How many orders an office released on a day, for the running number of the day's bank files.
///
/// # Errors
/// [`StoreError`].
pub fn released_between(conn: &mut DbConn, office: &RegionCode, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .filter(payment_orders::released_at.ge(from.naive_utc()))
        .filter(payment_orders::released_at.lt(until.naive_utc()))
        .count()
        .get_result(conn)?)
}

fn into_order(conn: &mut DbConn, row: OrderRow) -> Result<Order, StoreError> {
    let items = items::of_order(conn, &row.id)?;
    let of = RowOf { table: "payment_orders", id: &row.id };
    let total = of.rupiah(row.total)?;
    if count(items.len()) != row.items || Rupiah::sum(items.iter().map(|i| i.amount)) != Some(total) {
        return Err(of.corrupt("jumlah pembayaran tidak sama dengan jumlah perintah bayar"));
    }
    let mark = |by: Option<String>, at: Option<NaiveDateTime>| by.zip(at).map(|(by, at)| Mark { by, at: utc(at) });
    Ok(Order {
        budget_line_id: row.budget_line_id,
        kind: of.known(OrderKind::parse(&row.kind), "kind")?,
        decree_id: row.decree_id,
        number: row.number,
        ordered_on: row.ordered_on,
        total,
        state: of.known(OrderState::parse(&row.state), "state")?,
        made: Mark { by: row.made_by, at: utc(row.made_at) },
        checked: mark(row.checked_by, row.checked_at),
        released: mark(row.released_by, row.released_at),
        closed: mark(row.closed_by, row.closed_at),
        cancelled: mark(row.cancelled_by, row.cancelled_at),
        reason: row.reason,
        version: row.version,
        items,
        id: row.id,
    })
}

/// Everybody who made, checked or released an order with a payment of this claim, cancelled orders too: whoever had a hand in
/// paying it has no other duty on it, under any account.
///
/// # Errors
/// [`StoreError`].
pub fn participants(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Participant>, StoreError> {
    let of_claim = payment_items::table.filter(payment_items::claim_id.eq(claim_id)).select(payment_items::order_id);
    let hands: Vec<(String, Option<String>, Option<String>)> = payment_orders::table
        .filter(payment_orders::id.eq_any(of_claim))
        .select((payment_orders::made_by, payment_orders::checked_by, payment_orders::released_by))
        .load(conn)?;
    let ids: BTreeSet<String> = hands.into_iter().flat_map(|(made, checked, released)| [Some(made), checked, released]).flatten().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(String, Option<String>)> =
        users::table.filter(users::id.eq_any(ids)).order(users::id).select((users::id, users::nik)).load(conn)?;
    rows.into_iter()
        .map(|(user_id, nik)| {
            let nik = RowOf { table: "users", id: &user_id }.nik(nik.as_deref())?;
            Ok(Participant { user_id, nik, duty: Duty::Pay })
        })
        .collect()
}
