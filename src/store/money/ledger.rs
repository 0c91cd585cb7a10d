//! The books: entries that are only ever added, and the balances kept with them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::items::Item;
use crate::domain::ledger::{Account, Balance, Balances, Entry, Movement};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::dialect::{first_row, insert_many};
use crate::store::schema::{ledger_balances, ledger_entries};
use crate::store::{DbConn, StoreError, Tx};

/// Entries read at a time when the whole journal is walked.
const CHUNK: i64 = 20_000;

/// The act that ends a year, as entries and the audit trail name it.
pub const YEAR_CLOSE: &str = "year.close";

/// Why entries are made: the act, the document it rests on, who and when.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// The act, as in the audit trail: `claim.approve`, `order.release` …
    pub act: &'a str,
    /// Id of the decree, order, revision, report … it rests on.
    pub document: &'a str,
    /// Account of the person.
    pub by: &'a str,
    /// Day of the office (WIB).
    pub on: NaiveDate,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// One movement to be booked.
#[derive(Debug, Clone)]
pub struct Posting {
    /// Budget line.
    pub line: String,
    /// Which way.
    pub movement: Movement,
    /// How much.
    pub amount: Rupiah,
    /// Whose.
    pub claim: Option<String>,
    /// Which payment.
    pub item: Option<String>,
    /// The entry it moves back.
    pub corrects: Option<i64>,
}

/// A row of `ledger_entries`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = ledger_entries, treat_none_as_default_value = false)]
struct EntryRow {
    office_id: String,
    sequence: i64,
    budget_line_id: String,
    movement: String,
    credit_account: String,
    debit_account: String,
    amount: i64,
    claim_id: Option<String>,
    item_id: Option<String>,
    corrects: Option<i64>,
    cause: String,
    document: String,
    posted_by: String,
    posted_on: NaiveDate,
    posted_at: NaiveDateTime,
}

/// What a proof of the books looks at in a row of `ledger_entries`.
#[derive(Queryable, Selectable)]
#[diesel(table_name = ledger_entries)]
struct BareRow {
    sequence: i64,
    budget_line_id: String,
    movement: String,
    credit_account: String,
    debit_account: String,
    amount: i64,
    claim_id: Option<String>,
    item_id: Option<String>,
    corrects: Option<i64>,
}

/// An entry with what caused it, for stories and inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The entry.
    pub entry: Entry,
    /// The act.
    pub act: String,
    /// Id of the document it rests on.
    pub document: String,
    /// Account of the person.
    pub by: String,
    /// Day of the office (WIB).
    pub on: NaiveDate,
    /// Instant.
    pub at: DateTime<Utc>,
}

/// Opens the accounts of a new line, all empty.
///
/// # Errors
/// [`StoreError`].
pub fn open_accounts(tx: &mut Tx<'_>, office: &RegionCode, line_id: &str) -> Result<(), StoreError> {
    for account in Account::ALL {
        diesel::insert_into(ledger_balances::table)
            .values((
                ledger_balances::budget_line_id.eq(line_id),
                ledger_balances::account.eq(account.code()),
                ledger_balances::office_id.eq(office.as_str()),
                ledger_balances::debits.eq(0_i64),
                ledger_balances::credits.eq(0_i64),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Books movements behind the office's last entry and brings the balances along. The one writer keeps the journal without gaps;
/// the database refuses an account that would hold less than nothing.
///
/// # Errors
/// [`StoreError::Short`] when an account does not hold what is to leave it.
pub fn post(tx: &mut Tx<'_>, office: &RegionCode, cause: Cause<'_>, postings: &[Posting]) -> Result<(), StoreError> {
    let mut sequence = last_sequence(tx, office)?;
    let mut shifts: BTreeMap<(&str, Account), (i64, i64)> = BTreeMap::new();
    let mut rows = Vec::with_capacity(postings.len());
    for posting in postings {
        sequence = sequence.saturating_add(1);
        let entry = entry_of(posting, sequence);
        let (from, to) = entry.way();
        let add = |sum: &mut i64| *sum = sum.saturating_add(posting.amount.whole());
        add(&mut shifts.entry((&posting.line, from)).or_default().1);
        add(&mut shifts.entry((&posting.line, to)).or_default().0);
        rows.push(row_of(office, &entry, cause));
    }
    insert_many!(tx, ledger_entries::table, rows);
    for ((line, account), (debits, credits)) in shifts {
        let changed = diesel::update(ledger_balances::table.find((line, account.code())))
            .set((
                ledger_balances::debits.eq(ledger_balances::debits + debits),
                ledger_balances::credits.eq(ledger_balances::credits + credits),
            ))
            .execute(&mut **tx)
            .map_err(|error| StoreError::of_balance(error, account))?;
        if changed != 1 {
            return Err(StoreError::NotFound);
        }
    }
    Ok(())
}

fn last_sequence(conn: &mut DbConn, office: &RegionCode) -> Result<i64, StoreError> {
    let journal = ledger_entries::table.filter(ledger_entries::office_id.eq(office.as_str())).order(ledger_entries::sequence.desc());
    Ok(first_row!(conn, journal.select(ledger_entries::sequence), i64).unwrap_or_default())
}

fn entry_of(posting: &Posting, sequence: i64) -> Entry {
    Entry {
        sequence,
        line: posting.line.clone(),
        movement: posting.movement,
        amount: posting.amount,
        claim: posting.claim.clone(),
        item: posting.item.clone(),
        corrects: posting.corrects,
    }
}

fn row_of(office: &RegionCode, entry: &Entry, cause: Cause<'_>) -> EntryRow {
    let (from, to) = entry.way();
    EntryRow {
        office_id: office.to_string(),
        sequence: entry.sequence,
        budget_line_id: entry.line.clone(),
        movement: entry.movement.code().to_owned(),
        credit_account: from.code().to_owned(),
        debit_account: to.code().to_owned(),
        amount: entry.amount.whole(),
        claim_id: entry.claim.clone(),
        item_id: entry.item.clone(),
        corrects: entry.corrects,
        cause: cause.act.to_owned(),
        document: cause.document.to_owned(),
        posted_by: cause.by.to_owned(),
        posted_on: cause.on,
        posted_at: cause.at.naive_utc(),
    }
}

impl EntryRow {
    fn into_told(self) -> Result<Told, StoreError> {
        let (act, document, by, on, at) = (self.cause, self.document, self.posted_by, self.posted_on, utc(self.posted_at));
        let bare = BareRow {
            sequence: self.sequence,
            budget_line_id: self.budget_line_id,
            movement: self.movement,
            credit_account: self.credit_account,
            debit_account: self.debit_account,
            amount: self.amount,
            claim_id: self.claim_id,
            item_id: self.item_id,
            corrects: self.corrects,
        };
        Ok(Told { entry: bare.into_entry()?, act, document, by, on, at })
    }
}

impl BareRow {
    fn into_entry(self) -> Result<Entry, StoreError> {
        let sequence = self.sequence;
        let fault = |why: &str| RowOf { table: "ledger_entries", id: &sequence.to_string() }.corrupt(why);
        let entry = Entry {
            sequence,
            movement: Movement::parse(&self.movement).ok_or_else(|| fault("nilai kolom movement tidak dikenal"))?,
            amount: Rupiah::new(self.amount).map_err(|why| fault(&why.to_string()))?,
            line: self.budget_line_id,
            claim: self.claim_id,
            item: self.item_id,
            corrects: self.corrects,
        };
        let (from, to) = entry.way();
        if (from.code(), to.code()) != (self.credit_account.as_str(), self.debit_account.as_str()) {
            return Err(fault("akun tidak sesuai dengan perpindahannya"));
        }
        Ok(entry)
    }
}

/// Balances of a line.
///
/// # Errors
/// [`StoreError`].
pub fn balances(conn: &mut DbConn, line_id: &str) -> Result<Balances, StoreError> {
    let rows: Vec<(String, i64, i64)> = ledger_balances::table
        .filter(ledger_balances::budget_line_id.eq(line_id))
        .select((ledger_balances::account, ledger_balances::debits, ledger_balances::credits))
        .load(conn)?;
    let of = RowOf { table: "ledger_balances", id: line_id };
    let read = |(account, debits, credits): (String, i64, i64)| {
        let balance = Balance { debits: of.rupiah(debits)?, credits: of.rupiah(credits)? };
        Ok((of.known(Account::parse(&account), "account")?, balance))
    };
    Ok(Balances::new(rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?))
}

/// The journal from behind `after` on, a chunk at a time; empty at its end. Without what caused the entries: a proof walks millions.
///
/// # Errors
/// [`StoreError::Corrupt`] for an entry whose accounts are not those of its movement.
pub fn entries_after(conn: &mut DbConn, office: &RegionCode, after: i64) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<BareRow> = ledger_entries::table
        .filter(ledger_entries::office_id.eq(office.as_str()))
        .filter(ledger_entries::sequence.gt(after))
        .order(ledger_entries::sequence)
        .limit(CHUNK)
        .select(BareRow::as_select())
        .load(conn)?;
    rows.into_iter().map(BareRow::into_entry).collect()
}

/// Everything booked for a claim, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Told>, StoreError> {
    let rows: Vec<EntryRow> =
        ledger_entries::table.filter(ledger_entries::claim_id.eq(claim_id)).order(ledger_entries::sequence).load(conn)?;
    rows.into_iter().map(EntryRow::into_told).collect()
}

/// Everything booked for a line as a whole, without its claims: the budget's own movements, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_line_itself(conn: &mut DbConn, line_id: &str) -> Result<Vec<Told>, StoreError> {
    let rows: Vec<EntryRow> = ledger_entries::table
        .filter(ledger_entries::budget_line_id.eq(line_id))
        .filter(ledger_entries::claim_id.is_null())
        .order(ledger_entries::sequence)
        .load(conn)?;
    rows.into_iter().map(EntryRow::into_told).collect()
}

/// Accounts of the people who booked one of these movements for one of these payments.
///
/// # Errors
/// [`StoreError`].
pub fn posters(conn: &mut DbConn, items: &[Item], movements: &[Movement]) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<String> = Vec::new();
    for item in items {
        let by: Vec<String> = ledger_entries::table
            .filter(ledger_entries::item_id.eq(&item.id))
            .filter(ledger_entries::movement.eq_any(movements.iter().map(|movement| movement.code())))
            .select(ledger_entries::posted_by)
            .load(conn)?;
        found.extend(by);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// What one movement of a line came to on each day, oldest first: for the pace of the year. What the end of the last year brought is
/// no demand of this one and left out.
///
/// # Errors
/// [`StoreError`].
pub fn per_day(conn: &mut DbConn, line_id: &str, movement: Movement) -> Result<Vec<(NaiveDate, i64, Rupiah)>, StoreError> {
    let rows: Vec<(NaiveDate, i64, Option<i64>)> = ledger_entries::table
        .filter(ledger_entries::budget_line_id.eq(line_id))
        .filter(ledger_entries::movement.eq(movement.code()))
        .filter(ledger_entries::corrects.is_null())
        .filter(ledger_entries::cause.ne(YEAR_CLOSE))
        .group_by(ledger_entries::posted_on)
        .order(ledger_entries::posted_on)
        .select((
            ledger_entries::posted_on,
            diesel::dsl::count_star(),
            diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::BigInt>>("CAST(SUM(ledger_entries.amount) AS BIGINT)"),
        ))
        .load(conn)?;
    let of = RowOf { table: "ledger_entries", id: line_id };
    rows.into_iter().map(|(on, count, sum)| Ok((on, count, of.rupiah(sum.unwrap_or_default())?))).collect()
}

/// What a line took over from the year before: promises, in rupiah.
///
/// # Errors
/// [`StoreError`].
pub fn taken_over(conn: &mut DbConn, line_id: &str) -> Result<Rupiah, StoreError> {
    let amounts: Vec<i64> = ledger_entries::table
        .filter(ledger_entries::budget_line_id.eq(line_id))
        .filter(ledger_entries::movement.eq(Movement::Commit.code()))
        .filter(ledger_entries::cause.eq(YEAR_CLOSE))
        .select(ledger_entries::amount)
        .load(conn)?;
    let of = RowOf { table: "ledger_entries", id: line_id };
    let amounts = amounts.into_iter().map(|whole| of.rupiah(whole)).collect::<Result<Vec<_>, _>>()?;
    Rupiah::sum(amounts).ok_or_else(|| of.corrupt("jumlah terlalu besar"))
}
