//! Decrees: lists that are locked when they are formed, signed afterwards, and changed only by an amending decree.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::domain::undo::RowKind;
use crate::store::convert::{RowOf, count, utc};
use crate::store::dialect::ROWS_AT_ONCE;
use crate::store::schema::{decree_items, decrees};
use crate::store::{DbConn, StoreError, Tx};

/// A decree with its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decree {
    /// Id.
    pub id: String,
    /// Budget line it charges.
    pub budget_line_id: String,
    /// The decree it changes, for an amending one.
    pub amends: Option<String>,
    /// Number.
    pub number: String,
    /// Date on the decree.
    pub decreed_on: NaiveDate,
    /// Sum of the list as it was locked; for an amending decree, of the rows it strikes or changes.
    pub total: Rupiah,
    /// The rows in the order of the list.
    pub items: Vec<DecreeItem>,
    /// Day it was signed; nothing is ordered before.
    pub signed_on: Option<NaiveDate>,
    /// Why, for an amending decree.
    pub reason: String,
    /// Who formed it.
    pub formed_by: String,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
    /// Counts changes.
    pub version: i64,
}

/// One row of a decree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecreeItem {
    /// Claim.
    pub claim_id: String,
    /// Amount.
    pub amount: Rupiah,
    /// What the row is for.
    pub kind: RowKind,
    /// The amending decree that struck it.
    pub struck_by: Option<String>,
}

impl Decree {
    /// Rows that hold: listed and not struck.
    pub fn standing(&self) -> impl Iterator<Item = &DecreeItem> {
        self.items.iter().filter(|item| item.kind == RowKind::List && item.struck_by.is_none())
    }

    /// Sum of the rows that hold.
    pub fn standing_total(&self) -> Option<Rupiah> {
        Rupiah::sum(self.standing().map(|item| item.amount))
    }
}

/// A row of `decrees`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = decrees, treat_none_as_default_value = false)]
struct DecreeRow {
    id: String,
    office_id: String,
    budget_line_id: String,
    amends_id: Option<String>,
    number: String,
    decreed_on: NaiveDate,
    items: i64,
    total: i64,
    state: String,
    signed_on: Option<NaiveDate>,
    reason: String,
    formed_by: String,
    formed_at: NaiveDateTime,
    version: i64,
}

/// Records a decree and its list.
///
/// # Errors
/// [`StoreError::Duplicate`] with `DecreeItem` when a claim is on another decree.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, decree: &Decree) -> Result<(), StoreError> {
    let row = DecreeRow {
        id: decree.id.clone(),
        office_id: office.to_string(),
        budget_line_id: decree.budget_line_id.clone(),
        amends_id: decree.amends.clone(),
        number: decree.number.clone(),
        decreed_on: decree.decreed_on,
        items: count(decree.items.len()),
        total: decree.total.whole(),
        state: if decree.signed_on.is_some() { "signed" } else { "locked" }.to_owned(),
        signed_on: decree.signed_on,
        reason: decree.reason.clone(),
        formed_by: decree.formed_by.clone(),
        formed_at: decree.formed_at.naive_utc(),
        version: 1,
    };
    diesel::insert_into(decrees::table).values(&row).execute(&mut **tx)?;
    for (position, item) in (1_i64..).zip(&decree.items) {
        diesel::insert_into(decree_items::table)
            .values((
                decree_items::decree_id.eq(&decree.id),
                decree_items::position.eq(position),
                decree_items::claim_id.eq(&item.claim_id),
                decree_items::office_id.eq(office.as_str()),
                decree_items::amount.eq(item.amount.whole()),
                decree_items::change.eq(item.kind.code()),
                decree_items::struck_by.eq(None::<String>),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Notes the day a decree was signed.
///
/// # Errors
/// [`StoreError::Stale`] when it was signed already or somebody else was first.
pub fn sign(tx: &mut Tx<'_>, decree: &Decree, on: NaiveDate) -> Result<(), StoreError> {
    let changed =
        diesel::update(decrees::table.find(&decree.id).filter(decrees::version.eq(decree.version)).filter(decrees::state.eq("locked")))
            .set((decrees::state.eq("signed"), decrees::signed_on.eq(Some(on)), decrees::version.eq(decrees::version + 1)))
            .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A decree that nobody was paid from goes on with the line of the next year.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn carry(tx: &mut Tx<'_>, decree: &Decree, line_id: &str) -> Result<(), StoreError> {
    let changed = diesel::update(decrees::table.find(&decree.id).filter(decrees::version.eq(decree.version)))
        .set((decrees::budget_line_id.eq(line_id), decrees::version.eq(decrees::version + 1)))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Marks a row as struck by an amending decree.
///
/// # Errors
/// [`StoreError::Stale`] when the row does not stand any more.
pub fn strike(tx: &mut Tx<'_>, decree_id: &str, claim_id: &str, amending_id: &str) -> Result<(), StoreError> {
    let row = decree_items::table
        .filter(decree_items::decree_id.eq(decree_id))
        .filter(decree_items::claim_id.eq(claim_id))
        .filter(decree_items::struck_by.is_null());
    let changed = diesel::update(row).set(decree_items::struck_by.eq(Some(amending_id))).execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A decree of the office with its list; count and total are checked again against the rows.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when the list does not add up.
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Decree, StoreError> {
    let row: DecreeRow = decrees::table.find(id).filter(decrees::office_id.eq(office.as_str())).get_result(conn)?;
    into_decree(conn, row)
}

/// All decrees of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Decree>, StoreError> {
    let rows: Vec<DecreeRow> =
        decrees::table.filter(decrees::office_id.eq(office.as_str())).order((decrees::formed_at.desc(), decrees::id.desc())).load(conn)?;
    rows.into_iter().map(|row| into_decree(conn, row)).collect()
}

/// Number, stated total and the sum of the rows of every decree of an office; no sum where a row is missing or there is one too many.
///
/// # Errors
/// [`StoreError`].
pub fn totals(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(String, Rupiah, Option<Rupiah>)>, StoreError> {
    let heads: Vec<(String, String, i64, i64)> = decrees::table
        .filter(decrees::office_id.eq(office.as_str()))
        .order((decrees::formed_at.desc(), decrees::id.desc()))
        .select((decrees::id, decrees::number, decrees::items, decrees::total))
        .load(conn)?;
    let rows: Vec<(String, i64)> = decree_items::table
        .filter(decree_items::office_id.eq(office.as_str()))
        .select((decree_items::decree_id, decree_items::amount))
        .load(conn)?;
    let mut sums: HashMap<&str, (i64, i64)> = HashMap::new();
    for (decree, amount) in &rows {
        let (many, sum) = sums.entry(decree).or_default();
        (*many, *sum) = (many.saturating_add(1), sum.saturating_add(*amount));
    }
    heads
        .iter()
        .map(|(id, number, items, total)| {
            let of = RowOf { table: "decrees", id };
            let (many, sum) = sums.get(id.as_str()).copied().unwrap_or_default();
            let sum = (many == *items).then(|| of.rupiah(sum)).transpose()?;
            Ok((number.clone(), of.rupiah(*total)?, sum))
        })
        .collect()
}

/// Ids of the decrees many claims stand on, by claim.
///
/// # Errors
/// [`StoreError`].
pub fn ids_of_claims(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, String>, StoreError> {
    let mut found = HashMap::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let standing = decree_items::table
            .filter(decree_items::claim_id.eq_any(part.iter().copied()))
            .filter(decree_items::change.eq("list"))
            .filter(decree_items::struck_by.is_null());
        found.extend(standing.select((decree_items::claim_id, decree_items::decree_id)).load::<(String, String)>(conn)?);
    }
    Ok(found)
}

/// The decree a claim stands on.
///
/// # Errors
/// [`StoreError::NotFound`] when it stands on none.
pub fn of_claim(conn: &mut DbConn, office: &RegionCode, claim_id: &str) -> Result<Decree, StoreError> {
    let id: String = decree_items::table
        .filter(decree_items::claim_id.eq(claim_id))
        .filter(decree_items::change.eq("list"))
        .filter(decree_items::struck_by.is_null())
        .select(decree_items::decree_id)
        .get_result(conn)?;
    load(conn, office, &id)
}

/// Ids of every decree that names a claim, struck rows and amending decrees included.
///
/// # Errors
/// [`StoreError`].
pub fn naming(conn: &mut DbConn, claim_id: &str) -> Result<Vec<String>, StoreError> {
    Ok(decree_items::table
        .filter(decree_items::claim_id.eq(claim_id))
        .order(decree_items::decree_id)
        .select(decree_items::decree_id)
        .load(conn)?)
}

/// The amending decrees of a decree, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn amendments(conn: &mut DbConn, decree_id: &str) -> Result<Vec<Decree>, StoreError> {
    let rows: Vec<DecreeRow> =
        decrees::table.filter(decrees::amends_id.eq(decree_id)).order((decrees::formed_at, decrees::id)).load(conn)?;
    rows.into_iter().map(|row| into_decree(conn, row)).collect()
}

/// Numbers of amending decrees that are not signed yet, each with a claim whose row it strikes.
///
/// # Errors
/// [`StoreError`].
pub fn struck_unsigned(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(String, String)>, StoreError> {
    Ok(decree_items::table
        .inner_join(decrees::table.on(decrees::id.eq(decree_items::decree_id)))
        .filter(decrees::office_id.eq(office.as_str()))
        .filter(decrees::state.eq("locked"))
        .filter(decree_items::change.eq(RowKind::Strike.code()))
        .order((decree_items::claim_id, decrees::number))
        .select((decree_items::claim_id, decrees::number))
        .load(conn)?)
}

fn into_decree(conn: &mut DbConn, row: DecreeRow) -> Result<Decree, StoreError> {
    let rows: Vec<(String, i64, String, Option<String>)> = decree_items::table
        .filter(decree_items::decree_id.eq(&row.id))
        .order(decree_items::position)
        .select((decree_items::claim_id, decree_items::amount, decree_items::change, decree_items::struck_by))
        .load(conn)?;
    let of = RowOf { table: "decrees", id: &row.id };
    let item = |(claim_id, amount, change, struck_by): (String, i64, String, Option<String>)| {
        Ok(DecreeItem { claim_id, amount: of.rupiah(amount)?, kind: of.known(RowKind::parse(&change), "change")?, struck_by })
    };
    let items = rows.into_iter().map(item).collect::<Result<Vec<_>, StoreError>>()?;
    let total = of.rupiah(row.total)?;
    if count(items.len()) != row.items || Rupiah::sum(items.iter().map(|item| item.amount)) != Some(total) {
        return Err(of.corrupt("jumlah daftar tidak sama dengan jumlah keputusan"));
    }
    Ok(Decree {
        budget_line_id: row.budget_line_id,
        amends: row.amends_id,
        number: row.number,
        decreed_on: row.decreed_on,
        total,
        items,
        signed_on: row.signed_on,
        reason: row.reason,
        formed_by: row.formed_by,
        formed_at: utc(row.formed_at),
        version: row.version,
        id: row.id,
    })
}
