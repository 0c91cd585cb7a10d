//! Payment orders: made, checked and released by three persons, closed when every payment has its answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::items::{self, Item};
use crate::domain::access::{Duty, Participant};
use crate::domain::identity::Nik;
use crate::domain::money::Rupiah;
use crate::domain::payment::{OrderKind, OrderState};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, count, utc};
use crate::store::dialect::ROWS_AT_ONCE;
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

/// A payment order that is just made.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Id.
    pub id: String,
    /// Budget line it charges.
    pub budget_line_id: String,
    /// Decree whose rows it pays for the first time; none for payments that are ordered anew.
    pub decree_id: Option<String>,
    /// Number.
    pub number: String,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Who made it, and when.
    pub made: Mark,
    /// Why money goes out to a payee known as dead; else empty.
    pub reason: String,
    /// The payments, in their order.
    pub items: Vec<Item>,
}

impl Order {
    /// An order as it is made: its total is the sum of its payments. `None` past the largest amount.
    pub fn made(new: NewOrder) -> Option<Self> {
        Some(Self {
            total: Rupiah::sum(new.items.iter().map(|item| item.amount))?,
            kind: if new.decree_id.is_some() { OrderKind::First } else { OrderKind::Renewed },
            id: new.id,
            budget_line_id: new.budget_line_id,
            decree_id: new.decree_id,
            number: new.number,
            ordered_on: new.ordered_on,
            state: OrderState::Made,
            made: new.made,
            checked: None,
            released: None,
            closed: None,
            cancelled: None,
            reason: new.reason.trim().to_owned(),
            version: 1,
            items: new.items,
        })
    }
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

/// Number, stated total and the sum of the payments of every order of an office; no sum where a payment is missing or there is one too
/// many. `payments` are those of the office.
///
/// # Errors
/// [`StoreError`].
pub fn totals(
    conn: &mut DbConn,
    office: &RegionCode,
    payments: &[items::Standing],
) -> Result<Vec<(String, Rupiah, Option<Rupiah>)>, StoreError> {
    let mut sums: HashMap<&str, (i64, Option<Rupiah>)> = HashMap::new();
    for payment in payments {
        let (many, sum) = sums.entry(&payment.order_id).or_insert((0, Some(Rupiah::ZERO)));
        (*many, *sum) = (many.saturating_add(1), sum.and_then(|sum| sum.checked_add(payment.amount)));
    }
    let heads: Vec<(String, String, i64, i64)> = payment_orders::table
        .filter(payment_orders::office_id.eq(office.as_str()))
        .order((payment_orders::made_at.desc(), payment_orders::id.desc()))
        .select((payment_orders::id, payment_orders::number, payment_orders::items, payment_orders::total))
        .load(conn)?;
    heads
        .into_iter()
        .map(|(id, number, items, total)| {
            let (many, sum) = sums.get(id.as_str()).copied().unwrap_or_default();
            Ok((number, RowOf { table: "payment_orders", id: &id }.rupiah(total)?, sum.filter(|_sum| many == items)))
        })
        .collect()
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

/// Everybody who had a hand in an order with a payment of each of many claims, by claim; as [`participants`].
///
/// # Errors
/// [`StoreError`].
pub fn participants_of(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, Vec<Participant>>, StoreError> {
    let mut orders_of: Vec<(String, String)> = Vec::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let of_claims = payment_items::table.filter(payment_items::claim_id.eq_any(part.iter().copied()));
        orders_of.extend(of_claims.select((payment_items::claim_id, payment_items::order_id)).load::<(String, String)>(conn)?);
    }
    let order_ids: BTreeSet<&str> = orders_of.iter().map(|(_, order)| order.as_str()).collect();
    let mut hands: HashMap<String, BTreeSet<String>> = HashMap::new();
    for part in order_ids.into_iter().collect::<Vec<_>>().chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, String, Option<String>, Option<String>)> = payment_orders::table
            .filter(payment_orders::id.eq_any(part.iter().copied()))
            .select((payment_orders::id, payment_orders::made_by, payment_orders::checked_by, payment_orders::released_by))
            .load(conn)?;
        hands.extend(rows.into_iter().map(|(id, made, checked, released)| {
            let people: BTreeSet<String> = [Some(made), checked, released].into_iter().flatten().collect();
            (id, people)
        }));
    }
    let people: BTreeSet<&String> = hands.values().flatten().collect();
    let mut niks: HashMap<String, Option<Nik>> = HashMap::new();
    for user in people {
        let nik: Option<String> = users::table.find(user).select(users::nik).get_result(conn)?;
        niks.insert(user.clone(), RowOf { table: "users", id: user }.nik(nik.as_deref())?);
    }
    let mut by_claim: HashMap<String, BTreeSet<&String>> = HashMap::new();
    for (claim, order) in &orders_of {
        by_claim.entry(claim.clone()).or_default().extend(hands.get(order).into_iter().flatten());
    }
    let participant = |user: &String| Participant { nik: niks.get(user).cloned().flatten(), user_id: user.clone(), duty: Duty::Pay };
    Ok(by_claim.into_iter().map(|(claim, people)| (claim, people.into_iter().map(participant).collect())).collect())
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
