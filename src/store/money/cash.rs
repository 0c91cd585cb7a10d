//! The treasurer's book: entries that are only ever added, the box counted, and the days that are closed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::payment::{CashKind, Counted, ItemState, lies_in_box};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::dialect::first_row;
use crate::store::schema::{cash_closings, cash_counts, cash_entries, payment_items};
use crate::store::{DbConn, StoreError, Tx};

/// One line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashEntry {
    /// Its place in the office's book, from 1.
    pub sequence: i64,
    /// Why money came or went.
    pub kind: CashKind,
    /// How much.
    pub amount: Rupiah,
    /// What lies in the box after it.
    pub balance: Rupiah,
    /// Payment.
    pub item_id: String,
    /// The act, as in the audit trail.
    pub act: String,
    /// Id of the order, collection day, slip … it rests on.
    pub document: String,
    /// Number of the receipt, SP2D or slip, as people read it.
    pub evidence: String,
    /// Day of the book (WIB).
    pub booked_on: NaiveDate,
    /// Account of the person.
    pub booked_by: String,
    /// Instant.
    pub booked_at: DateTime<Utc>,
}

/// A row of `cash_entries`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = cash_entries, treat_none_as_default_value = false)]
struct EntryRow {
    office_id: String,
    sequence: i64,
    kind: String,
    amount: i64,
    balance: i64,
    item_id: String,
    cause: String,
    document: String,
    evidence: String,
    booked_on: NaiveDate,
    booked_by: String,
    booked_at: NaiveDateTime,
}

/// Adds a line behind the last one.
///
/// # Errors
/// [`StoreError`].
pub fn add(tx: &mut Tx<'_>, office: &RegionCode, entry: &CashEntry) -> Result<(), StoreError> {
    let row = EntryRow {
        office_id: office.to_string(),
        sequence: entry.sequence,
        kind: entry.kind.code().to_owned(),
        amount: entry.amount.whole(),
        balance: entry.balance.whole(),
        item_id: entry.item_id.clone(),
        cause: entry.act.clone(),
        document: entry.document.clone(),
        evidence: entry.evidence.clone(),
        booked_on: entry.booked_on,
        booked_by: entry.booked_by.clone(),
        booked_at: entry.booked_at.naive_utc(),
    };
    diesel::insert_into(cash_entries::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The last line of the book; none before the first cash came.
///
/// # Errors
/// [`StoreError`].
pub fn newest(conn: &mut DbConn, office: &RegionCode) -> Result<Option<CashEntry>, StoreError> {
    let book = cash_entries::table.filter(cash_entries::office_id.eq(office.as_str()));
    first_row!(conn, book.order(cash_entries::sequence.desc()), EntryRow).map(into_entry).transpose()
}

/// The last line of the book up to a day.
///
/// # Errors
/// [`StoreError`].
pub fn last(conn: &mut DbConn, office: &RegionCode, until: NaiveDate) -> Result<Option<CashEntry>, StoreError> {
    cash_entries::table
        .filter(cash_entries::office_id.eq(office.as_str()))
        .filter(cash_entries::booked_on.le(until))
        .order(cash_entries::sequence.desc())
        .first(conn)
        .optional()?
        .map(into_entry)
        .transpose()
}

/// Lines of one day, in the order of the book.
///
/// # Errors
/// [`StoreError`].
pub fn of_day(conn: &mut DbConn, office: &RegionCode, day: NaiveDate) -> Result<Vec<CashEntry>, StoreError> {
    let rows: Vec<EntryRow> = cash_entries::table
        .filter(cash_entries::office_id.eq(office.as_str()))
        .filter(cash_entries::booked_on.eq(day))
        .order(cash_entries::sequence)
        .load(conn)?;
    rows.into_iter().map(into_entry).collect()
}

/// The whole book.
///
/// # Errors
/// [`StoreError`].
pub fn book(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<CashEntry>, StoreError> {
    let rows: Vec<EntryRow> =
        cash_entries::table.filter(cash_entries::office_id.eq(office.as_str())).order(cash_entries::sequence).load(conn)?;
    rows.into_iter().map(into_entry).collect()
}

/// Days with lines in the book, newest first, each with whether it is closed.
///
/// # Errors
/// [`StoreError`].
pub fn days(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<(NaiveDate, bool)>, StoreError> {
    let days: Vec<NaiveDate> = cash_entries::table
        .filter(cash_entries::office_id.eq(office.as_str()))
        .select(cash_entries::booked_on)
        .distinct()
        .order(cash_entries::booked_on.desc())
        .limit(limit)
        .load(conn)?;
    days.into_iter().map(|day| Ok((day, closing(conn, office, day)?.is_some()))).collect()
}

/// What lies in the box as the payments themselves say; `None` past the largest amount.
///
/// # Errors
/// [`StoreError`].
pub fn in_box(conn: &mut DbConn, office: &RegionCode) -> Result<Option<Rupiah>, StoreError> {
    let states = ItemState::ALL.into_iter().filter(|state| lies_in_box(*state)).map(ItemState::code);
    let rows: Vec<(String, i64)> = payment_items::table
        .filter(payment_items::office_id.eq(office.as_str()))
        .filter(payment_items::method.eq("cash"))
        .filter(payment_items::state.eq_any(states))
        .select((payment_items::id, payment_items::amount))
        .load(conn)?;
    let amounts = rows.into_iter().map(|(id, amount)| RowOf { table: "payment_items", id: &id }.rupiah(amount));
    Ok(Rupiah::sum(amounts.collect::<Result<Vec<_>, StoreError>>()?))
}

fn into_entry(row: EntryRow) -> Result<CashEntry, StoreError> {
    let id = row.sequence.to_string();
    let of = RowOf { table: "cash_entries", id: &id };
    Ok(CashEntry {
        kind: of.known(CashKind::parse(&row.kind), "kind")?,
        amount: of.rupiah(row.amount)?,
        balance: of.rupiah(row.balance)?,
        sequence: row.sequence,
        item_id: row.item_id,
        act: row.cause,
        document: row.document,
        evidence: row.evidence,
        booked_on: row.booked_on,
        booked_by: row.booked_by,
        booked_at: utc(row.booked_at),
    })
}

/// The box as it was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashCount {
    /// Id.
    pub id: String,
    /// Day whose book it is compared with.
    pub counted_on: NaiveDate,
    /// Last line of the book when it was counted; 0 for an empty book.
    pub last_sequence: i64,
    /// What the book said.
    pub book: Rupiah,
    /// What was there.
    pub counted: Counted,
    /// Account of the person.
    pub by: String,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// A row of `cash_counts`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = cash_counts, treat_none_as_default_value = false)]
struct CountRow {
    id: String,
    office_id: String,
    counted_on: NaiveDate,
    last_sequence: i64,
    book: i64,
    cash: i64,
    in_bank: i64,
    counted_by: String,
    counted_at: NaiveDateTime,
}

/// Keeps a count.
///
/// # Errors
/// [`StoreError`].
pub fn keep_count(tx: &mut Tx<'_>, office: &RegionCode, count: &CashCount) -> Result<(), StoreError> {
    let row = CountRow {
        id: count.id.clone(),
        office_id: office.to_string(),
        counted_on: count.counted_on,
        last_sequence: count.last_sequence,
        book: count.book.whole(),
        cash: count.counted.cash.whole(),
        in_bank: count.counted.in_bank.whole(),
        counted_by: count.by.clone(),
        counted_at: count.at.naive_utc(),
    };
    diesel::insert_into(cash_counts::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The newest count of a day.
///
/// # Errors
/// [`StoreError`].
pub fn last_count(conn: &mut DbConn, office: &RegionCode, day: NaiveDate) -> Result<Option<CashCount>, StoreError> {
    let row: Option<CountRow> = cash_counts::table
        .filter(cash_counts::office_id.eq(office.as_str()))
        .filter(cash_counts::counted_on.eq(day))
        .order((cash_counts::counted_at.desc(), cash_counts::id.desc()))
        .first(conn)
        .optional()?;
    row.map(|row| {
        let of = RowOf { table: "cash_counts", id: &row.id };
        Ok(CashCount {
            book: of.rupiah(row.book)?,
            counted: Counted { cash: of.rupiah(row.cash)?, in_bank: of.rupiah(row.in_bank)? },
            counted_on: row.counted_on,
            last_sequence: row.last_sequence,
            by: row.counted_by,
            at: utc(row.counted_at),
            id: row.id,
        })
    })
    .transpose()
}

/// A closed day of the book.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct CashClosing {
    /// The count it rests on.
    pub count_id: String,
    /// Words of the second person; empty where box and book were equal.
    pub explanation: String,
    /// Account of the person.
    pub by: String,
    /// Instant.
    pub at: NaiveDateTime,
}

/// Closes a day of the book.
///
/// # Errors
/// [`StoreError::Duplicate`] when it is closed.
pub fn close(tx: &mut Tx<'_>, office: &RegionCode, day: NaiveDate, closing: &CashClosing) -> Result<(), StoreError> {
    diesel::insert_into(cash_closings::table)
        .values((
            cash_closings::office_id.eq(office.as_str()),
            cash_closings::closed_on.eq(day),
            cash_closings::count_id.eq(&closing.count_id),
            cash_closings::explanation.eq(&closing.explanation),
            cash_closings::closed_by.eq(&closing.by),
            cash_closings::closed_at.eq(closing.at),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Whether and how a day of the book was closed.
///
/// # Errors
/// [`StoreError`].
pub fn closing(conn: &mut DbConn, office: &RegionCode, day: NaiveDate) -> Result<Option<CashClosing>, StoreError> {
    Ok(cash_closings::table
        .find((office.as_str(), day))
        .select((cash_closings::count_id, cash_closings::explanation, cash_closings::closed_by, cash_closings::closed_at))
        .get_result(conn)
        .optional()?)
}
