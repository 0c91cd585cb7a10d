//! Times in which the programme stands still, and the budget revision that is announced.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::schema::{announced_revisions, programme_periods};
use crate::store::{DbConn, StoreError, Tx};

/// A time in which nothing is approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Id.
    pub id: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; open while absent.
    pub until: Option<NaiveDate>,
    /// What families and clerks read meanwhile.
    pub notice: String,
    /// Why.
    pub reason: String,
    /// Account of the person who suspended the programme.
    pub suspended_by: String,
    /// When.
    pub suspended_at: DateTime<Utc>,
    /// When, by whom and why it was resumed before its last day.
    pub resumed: Option<Resumed>,
}

/// How a programme was resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// First day on which claims are approved again.
    pub on: NaiveDate,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl Period {
    /// Whether nothing is approved on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let resumed = self.resumed.as_ref().is_some_and(|resumed| resumed.on <= day);
        self.from <= day && self.until.is_none_or(|until| day <= until) && !resumed
    }

    /// Whether it holds on a day or will hold later.
    pub fn is_ahead_of(&self, day: NaiveDate) -> bool {
        self.resumed.is_none() && self.until.is_none_or(|until| day <= until)
    }
}

/// A row of `programme_periods`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = programme_periods, treat_none_as_default_value = false)]
struct PeriodRow {
    id: String,
    office_id: String,
    from_on: NaiveDate,
    until_on: Option<NaiveDate>,
    notice: String,
    reason: String,
    suspended_by: String,
    suspended_at: NaiveDateTime,
    resumed_on: Option<NaiveDate>,
    resumed_by: Option<String>,
    resumed_at: Option<NaiveDateTime>,
    resume_reason: String,
}

/// Records a time in which the programme stands still.
///
/// # Errors
/// [`StoreError`].
pub fn suspend(tx: &mut Tx<'_>, office: &RegionCode, period: &Period) -> Result<(), StoreError> {
    let row = PeriodRow {
        id: period.id.clone(),
        office_id: office.to_string(),
        from_on: period.from,
        until_on: period.until,
        notice: period.notice.clone(),
        reason: period.reason.clone(),
        suspended_by: period.suspended_by.clone(),
        suspended_at: period.suspended_at.naive_utc(),
        resumed_on: None,
        resumed_by: None,
        resumed_at: None,
        resume_reason: String::new(),
    };
    diesel::insert_into(programme_periods::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Notes that the programme goes on.
///
/// # Errors
/// [`StoreError::Stale`] when it was resumed already.
pub fn resume(tx: &mut Tx<'_>, period_id: &str, resumed: &Resumed) -> Result<(), StoreError> {
    let changed = diesel::update(programme_periods::table.find(period_id).filter(programme_periods::resumed_at.is_null()))
        .set((
            programme_periods::resumed_on.eq(Some(resumed.on)),
            programme_periods::resumed_by.eq(Some(&resumed.by)),
            programme_periods::resumed_at.eq(Some(resumed.at.naive_utc())),
            programme_periods::resume_reason.eq(&resumed.reason),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Every time in which an office's programme stood still, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn periods(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Period>, StoreError> {
    let rows: Vec<PeriodRow> = programme_periods::table
        .filter(programme_periods::office_id.eq(office.as_str()))
        .order((programme_periods::from_on.desc(), programme_periods::id.desc()))
        .load(conn)?;
    rows.into_iter().map(into_period).collect()
}

fn into_period(row: PeriodRow) -> Result<Period, StoreError> {
    let of = RowOf { table: "programme_periods", id: &row.id };
    let resumed = match (row.resumed_on, row.resumed_by, row.resumed_at) {
        (Some(on), Some(by), Some(at)) => Some(Resumed { on, by, at: utc(at), reason: row.resume_reason }),
        (None, None, None) => None,
        _ => return Err(of.corrupt("keterangan pembukaan kembali tidak lengkap")),
    };
    Ok(Period {
        from: row.from_on,
        until: row.until_on,
        notice: row.notice,
        reason: row.reason,
        suspended_by: row.suspended_by,
        suspended_at: utc(row.suspended_at),
        resumed,
        id: row.id,
    })
}

/// A revision of the budget (APBD-Perubahan) that is announced but not in force yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// The day from which it is expected to be in force.
    pub on: NaiveDate,
    /// How much it adds, if that is known.
    pub added: Option<Rupiah>,
}

/// Notes what is announced for a year, in place of what was announced before; `None` takes it back.
///
/// # Errors
/// [`StoreError`].
pub fn announce(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    year: i32,
    announced: Option<Announced>,
    by: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let own = (office.as_str(), i64::from(year));
    diesel::delete(announced_revisions::table.find(own)).execute(&mut **tx)?;
    let Some(announced) = announced else { return Ok(()) };
    diesel::insert_into(announced_revisions::table)
        .values((
            announced_revisions::office_id.eq(own.0),
            announced_revisions::year.eq(own.1),
            announced_revisions::expected_on.eq(announced.on),
            announced_revisions::added.eq(announced.added.map(Rupiah::whole)),
            announced_revisions::recorded_by.eq(by),
            announced_revisions::recorded_at.eq(at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What is announced for a year.
///
/// # Errors
/// [`StoreError`].
pub fn announced(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Option<Announced>, StoreError> {
    let row: Option<(NaiveDate, Option<i64>)> = announced_revisions::table
        .find((office.as_str(), i64::from(year)))
        .select((announced_revisions::expected_on, announced_revisions::added))
        .get_result(conn)
        .optional()?;
    let of = RowOf { table: "announced_revisions", id: office.as_str() };
    row.map(|(on, added)| Ok(Announced { on, added: added.map(|whole| of.rupiah(whole)).transpose()? })).transpose()
}
