//! Closing a budget year and opening it again: who asked for it, who did it.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::budget::{YearAct, YearActState};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::schema::year_acts;
use crate::store::{DbConn, StoreError, Tx};

/// An act on a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnYear {
    /// Id.
    pub id: String,
    /// Year.
    pub year: i32,
    /// Which act.
    pub act: YearAct,
    /// Where it stands.
    pub state: YearActState,
    /// Why.
    pub reason: String,
    /// Account of the first person.
    pub proposed_by: String,
    /// When they asked for it.
    pub proposed_at: DateTime<Utc>,
    /// Account of the person who did it or took it back.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What came of it, in words.
    pub outcome: String,
}

/// A row of `year_acts`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = year_acts, treat_none_as_default_value = false)]
struct ActRow {
    id: String,
    office_id: String,
    year: i64,
    act: String,
    state: String,
    reason: String,
    proposed_by: String,
    proposed_at: NaiveDateTime,
    decided_by: Option<String>,
    decided_at: Option<NaiveDateTime>,
    outcome: String,
}

/// Records that somebody asks for an act.
///
/// # Errors
/// [`StoreError::Duplicate`] when one of that year waits already.
pub fn propose(tx: &mut Tx<'_>, office: &RegionCode, asked: &OnYear) -> Result<(), StoreError> {
    let row = ActRow {
        id: asked.id.clone(),
        office_id: office.to_string(),
        year: i64::from(asked.year),
        act: asked.act.code().to_owned(),
        state: YearActState::Proposed.code().to_owned(),
        reason: asked.reason.clone(),
        proposed_by: asked.proposed_by.clone(),
        proposed_at: asked.proposed_at.naive_utc(),
        decided_by: None,
        decided_at: None,
        outcome: String::new(),
    };
    diesel::insert_into(year_acts::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// How an act was decided.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// Done or taken back.
    pub state: YearActState,
    /// Account.
    pub by: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// What came of it, in words.
    pub outcome: &'a str,
}

/// Decides an act that waits.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn decide(tx: &mut Tx<'_>, id: &str, decision: &Decision<'_>) -> Result<(), StoreError> {
    let waits = year_acts::table.find(id).filter(year_acts::state.eq(YearActState::Proposed.code()));
    let changed = diesel::update(waits)
        .set((
            year_acts::state.eq(decision.state.code()),
            year_acts::decided_by.eq(Some(decision.by)),
            year_acts::decided_at.eq(Some(decision.at.naive_utc())),
            year_acts::outcome.eq(decision.outcome),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// An act of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<OnYear, StoreError> {
    into_act(year_acts::table.find(id).filter(year_acts::office_id.eq(office.as_str())).get_result(conn)?)
}

/// Acts on a year, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Vec<OnYear>, StoreError> {
    let rows: Vec<ActRow> = year_acts::table
        .filter(year_acts::office_id.eq(office.as_str()))
        .filter(year_acts::year.eq(i64::from(year)))
        .order((year_acts::proposed_at, year_acts::id))
        .load(conn)?;
    rows.into_iter().map(into_act).collect()
}

fn into_act(row: ActRow) -> Result<OnYear, StoreError> {
    let of = RowOf { table: "year_acts", id: &row.id };
    Ok(OnYear {
        year: i32::try_from(row.year).map_err(|e| of.corrupt(e))?,
        act: of.known(YearAct::parse(&row.act), "act")?,
        state: of.known(YearActState::parse(&row.state), "state")?,
        reason: row.reason,
        proposed_by: row.proposed_by,
        proposed_at: utc(row.proposed_at),
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(utc),
        outcome: row.outcome,
        id: row.id,
    })
}
