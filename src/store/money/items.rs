//! Payments: whom, what and how much never change; only their way does, by compare-and-set.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::payment::ItemState;
use crate::domain::region::RegionCode;
use crate::store::convert::RowOf;
use crate::store::schema::payment_items;
use crate::store::{DbConn, StoreError, Tx};

/// Payments moved, or asked for, by one statement.
const PER_QUERY: usize = 500;

/// One payment of an order.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    /// Id.
    pub id: String,
    /// Order.
    pub order_id: String,
    /// Place in the order, from 1.
    pub position: i64,
    /// Claim.
    pub claim_id: String,
    /// The failed payment whose place it takes.
    pub replaces: Option<String>,
    /// What the bank gives back in its answer; never used again.
    pub reference: String,
    /// Amount.
    pub amount: Rupiah,
    /// Bank, account and holder; `None` for cash at the counter.
    pub account: Option<(String, String, String)>,
    /// Name of the payee.
    pub payee: String,
    /// Number of the receipt.
    pub receipt_number: String,
    /// Where it stands.
    pub state: ItemState,
    /// Day the money reached the heir.
    pub paid_on: Option<NaiveDate>,
    /// Day it came back.
    pub returned_on: Option<NaiveDate>,
    /// Why it came back, as a code.
    pub return_code: String,
    /// What its last step rests on: report line, receipt, deposit slip.
    pub evidence: String,
    /// Counts changes.
    pub version: i64,
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .field("amount", &self.amount)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What a step leaves on a payment.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Day the money reached the heir.
    pub paid_on: Option<NaiveDate>,
    /// Day it came back.
    pub returned_on: Option<NaiveDate>,
    /// Why it came back.
    pub return_code: String,
    /// What the step rests on.
    pub evidence: String,
}

/// A row of `payment_items`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = payment_items, treat_none_as_default_value = false)]
struct ItemRow {
    id: String,
    office_id: String,
    order_id: String,
    position: i64,
    claim_id: String,
    replaces_id: Option<String>,
    reference: String,
    amount: i64,
    method: String,
    bank: String,
    account: String,
    holder: String,
    payee: String,
    receipt_number: String,
    state: String,
    paid_on: Option<NaiveDate>,
    returned_on: Option<NaiveDate>,
    return_code: String,
    evidence: String,
    version: i64,
}

/// Records a payment.
///
/// # Errors
/// [`StoreError::Duplicate`] with `LivingPayment` when the claim has one that goes on, `PaymentReference` when the reference was used.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, item: &Item) -> Result<(), StoreError> {
    let (bank, account, holder) = item.account.clone().unwrap_or_default();
    let row = ItemRow {
        id: item.id.clone(),
        office_id: office.to_string(),
        order_id: item.order_id.clone(),
        position: item.position,
        claim_id: item.claim_id.clone(),
        replaces_id: item.replaces.clone(),
        reference: item.reference.clone(),
        amount: item.amount.whole(),
        method: if item.account.is_some() { "bank" } else { "cash" }.to_owned(),
        bank,
        account,
        holder,
        payee: item.payee.clone(),
        receipt_number: item.receipt_number.clone(),
        state: item.state.code().to_owned(),
        paid_on: item.paid_on,
        returned_on: item.returned_on,
        return_code: item.return_code.clone(),
        evidence: item.evidence.clone(),
        version: 1,
    };
    diesel::insert_into(payment_items::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Moves a payment on if it is still as it was seen.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn advance(tx: &mut Tx<'_>, item: &Item, to: ItemState, trace: &Trace) -> Result<(), StoreError> {
    let seen = payment_items::table
        .find(&item.id)
        .filter(payment_items::version.eq(item.version))
        .filter(payment_items::state.eq(item.state.code()));
    let changed = diesel::update(seen)
        .set((
            payment_items::state.eq(to.code()),
            payment_items::paid_on.eq(trace.paid_on.or(item.paid_on)),
            payment_items::returned_on.eq(trace.returned_on.or(item.returned_on)),
            payment_items::return_code.eq(if trace.return_code.is_empty() { &item.return_code } else { &trace.return_code }),
            payment_items::evidence.eq(if trace.evidence.is_empty() { &item.evidence } else { &trace.evidence }),
            payment_items::version.eq(payment_items::version + 1),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Moves payments on that are all in `from`, many at a time, and leaves the same trace on each. As the office's only writer the
/// caller has read them in this transaction, so that their state stands for their version.
///
/// # Errors
/// [`StoreError::Stale`] when one of them is not any more in `from`.
pub fn advance_all(tx: &mut Tx<'_>, ids: &[&str], from: ItemState, to: ItemState, trace: &Trace) -> Result<(), StoreError> {
    for part in ids.chunks(PER_QUERY) {
        let seen =
            || payment_items::table.filter(payment_items::id.eq_any(part.iter().copied())).filter(payment_items::state.eq(from.code()));
        if let Some(on) = trace.paid_on {
            diesel::update(seen()).set(payment_items::paid_on.eq(on)).execute(&mut **tx)?;
        }
        if let Some(on) = trace.returned_on {
            diesel::update(seen()).set(payment_items::returned_on.eq(on)).execute(&mut **tx)?;
        }
        if !trace.return_code.is_empty() {
            diesel::update(seen()).set(payment_items::return_code.eq(&trace.return_code)).execute(&mut **tx)?;
        }
        let moved = (
            payment_items::state.eq(to.code()),
            payment_items::evidence.eq(&trace.evidence),
            payment_items::version.eq(payment_items::version + 1),
        );
        if diesel::update(seen()).set(moved).execute(&mut **tx)? != part.len() {
            return Err(StoreError::Stale);
        }
    }
    Ok(())
}

/// Notes the number of the receipt, which is taken when the payment goes out.
///
/// # Errors
/// [`StoreError::Stale`] when it has one.
pub fn give_receipt(tx: &mut Tx<'_>, id: &str, number: &str) -> Result<(), StoreError> {
    let without = payment_items::table.find(id).filter(payment_items::receipt_number.eq(""));
    let changed = diesel::update(without).set(payment_items::receipt_number.eq(number)).execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A payment of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Item, StoreError> {
    into_item(payment_items::table.find(id).filter(payment_items::office_id.eq(office.as_str())).get_result(conn)?)
}

/// The payment a bank's answer names.
///
/// # Errors
/// [`StoreError`].
pub fn by_reference(conn: &mut DbConn, office: &RegionCode, reference: &str) -> Result<Option<Item>, StoreError> {
    payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::reference.eq(reference))
        .get_result(conn)
        .optional()?
        .map(into_item)
        .transpose()
}

/// Payments of an order, in its order.
///
/// # Errors
/// [`StoreError`].
pub fn of_order(conn: &mut DbConn, order_id: &str) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table.filter(payment_items::order_id.eq(order_id)).order(payment_items::position).load(conn)?;
    rows.into_iter().map(into_item).collect()
}

/// Every payment a claim ever had, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table.filter(payment_items::claim_id.eq(claim_id)).order(payment_items::id).load(conn)?;
    rows.into_iter().map(into_item).collect()
}

/// How many payments each of many claims ever had; claims without any are not there.
///
/// # Errors
/// [`StoreError`].
pub fn counts_of_claims(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, usize>, StoreError> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for part in claim_ids.chunks(PER_QUERY) {
        let of_claims = payment_items::table.filter(payment_items::claim_id.eq_any(part.iter().copied()));
        for claim in of_claims.select(payment_items::claim_id).load::<String>(conn)? {
            let count = counts.entry(claim).or_default();
            *count = count.saturating_add(1);
        }
    }
    Ok(counts)
}

/// Payments of an office in some states, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn in_states(conn: &mut DbConn, office: &RegionCode, states: &[ItemState]) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::state.eq_any(states.iter().map(|state| state.code())))
        .order(payment_items::id)
        .load(conn)?;
    rows.into_iter().map(into_item).collect()
}

/// Payments of an office that were ordered through a bank and went out, or were cancelled before: everything a bank can speak of.
///
/// # Errors
/// [`StoreError`].
pub fn through_bank(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::method.eq("bank"))
        .filter(payment_items::state.ne(ItemState::Ordered.code()))
        .order(payment_items::id)
        .load(conn)?;
    rows.into_iter().map(into_item).collect()
}

/// Payments of other claims that went, or are to go, to an account: an account of two heirs is a sign of a middleman.
///
/// # Errors
/// [`StoreError`].
pub fn of_account(conn: &mut DbConn, office: &RegionCode, account: &str, but_claim: &str) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::account.eq(account))
        .filter(payment_items::method.eq("bank"))
        .filter(payment_items::claim_id.ne(but_claim))
        .order(payment_items::id)
        .load(conn)?;
    rows.into_iter().map(into_item).collect()
}

/// A payment as far as a proof of the books looks at it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Id.
    pub id: String,
    /// Order.
    pub order_id: String,
    /// Claim.
    pub claim_id: String,
    /// Where it stands.
    pub state: ItemState,
    /// Amount.
    pub amount: Rupiah,
}

/// Where every payment of an office stands.
///
/// # Errors
/// [`StoreError`].
pub fn standings(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<(String, String, String, String, i64)> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .select((payment_items::id, payment_items::order_id, payment_items::claim_id, payment_items::state, payment_items::amount))
        .load(conn)?;
    let standing = |(id, order_id, claim_id, state, amount): (String, String, String, String, i64)| {
        let of = RowOf { table: "payment_items", id: &id };
        Ok(Standing { state: of.known(ItemState::parse(&state), "state")?, amount: of.rupiah(amount)?, order_id, claim_id, id })
    };
    rows.into_iter().map(standing).collect()
}

/// Every payment of an office, by id.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Item>, StoreError> {
    let rows: Vec<ItemRow> =
        payment_items::table.filter(payment_items::office_id.eq(office.as_str())).order(payment_items::id).load(conn)?;
    rows.into_iter().map(into_item).collect()
}

fn into_item(row: ItemRow) -> Result<Item, StoreError> {
    let of = RowOf { table: "payment_items", id: &row.id };
    Ok(Item {
        amount: of.rupiah(row.amount)?,
        state: of.known(ItemState::parse(&row.state), "state")?,
        account: (row.method == "bank").then_some((row.bank, row.account, row.holder)),
        order_id: row.order_id,
        position: row.position,
        claim_id: row.claim_id,
        replaces: row.replaces_id,
        reference: row.reference,
        payee: row.payee,
        receipt_number: row.receipt_number,
        paid_on: row.paid_on,
        returned_on: row.returned_on,
        return_code: row.return_code,
        evidence: row.evidence,
        version: row.version,
        id: row.id,
    })
}
