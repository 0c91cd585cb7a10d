//! Collection days, who is invited to them, and who took the money home.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;

use crate::domain::money::Rupiah;
use crate::domain::payment::{DayPlan, IdentityPaper, ReceiptMark, Receiver};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, utc};
use crate::store::dialect::ROWS_AT_ONCE;
use crate::store::schema::{collection_appointments, collection_days, hand_overs};
use crate::store::{DbConn, StoreError, Tx};

const OPEN: &str = "open";
const CLOSED: &str = "closed";
const TIME: &str = "%H:%M";

/// Whether somebody invited came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Not yet.
    Expected,
    /// Has the money.
    Collected,
    /// The day ended without them.
    Missed,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Collected => "collected",
            Self::Missed => "missed",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::Expected, Self::Collected, Self::Missed].into_iter().find(|outcome| outcome.code() == code)
    }
}

/// A collection day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionDay {
    /// Id.
    pub id: String,
    /// Where, when, for whom.
    pub plan: DayPlan,
    /// Whether people may still come.
    pub is_open: bool,
    /// Who is invited, in the order of the list.
    pub appointments: Vec<Appointment>,
}

/// Somebody invited to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Payment.
    pub item_id: String,
    /// Place on the list, from 1.
    pub position: i64,
    /// Village whose list it is.
    pub village: RegionCode,
    /// Whether they came.
    pub outcome: Outcome,
}

/// A row of `collection_days`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = collection_days, treat_none_as_default_value = false)]
struct DayRow {
    id: String,
    office_id: String,
    area: String,
    held_on: NaiveDate,
    opens: String,
    closes: String,
    place: String,
    capacity: i64,
    state: String,
    made_by: String,
    made_at: NaiveDateTime,
    closed_by: Option<String>,
    closed_at: Option<NaiveDateTime>,
}

/// Records a day with its invitations.
///
/// # Errors
/// [`StoreError::Duplicate`] with `OpenAppointment` when a payment stands on another open day.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, day: &CollectionDay, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = DayRow {
        id: day.id.clone(),
        office_id: office.to_string(),
        area: day.plan.area.to_string(),
        held_on: day.plan.held_on,
        opens: day.plan.opens.format(TIME).to_string(),
        closes: day.plan.closes.format(TIME).to_string(),
        place: day.plan.place.trim().to_owned(),
        capacity: i64::from(day.plan.capacity),
        state: OPEN.to_owned(),
        made_by: by.to_owned(),
        made_at: at.naive_utc(),
        closed_by: None,
        closed_at: None,
    };
    diesel::insert_into(collection_days::table).values(&row).execute(&mut **tx)?;
    for appointment in &day.appointments {
        diesel::insert_into(collection_appointments::table)
            .values((
                collection_appointments::day_id.eq(&day.id),
                collection_appointments::item_id.eq(&appointment.item_id),
                collection_appointments::office_id.eq(office.as_str()),
                collection_appointments::position.eq(appointment.position),
                collection_appointments::village.eq(appointment.village.as_str()),
                collection_appointments::outcome.eq(appointment.outcome.code()),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// A collection day of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<CollectionDay, StoreError> {
    let row: DayRow = collection_days::table.find(id).filter(collection_days::office_id.eq(office.as_str())).get_result(conn)?;
    into_day(conn, row)
}

/// Collection days of an office, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<CollectionDay>, StoreError> {
    let rows: Vec<DayRow> = collection_days::table
        .filter(collection_days::office_id.eq(office.as_str()))
        .order((collection_days::held_on.desc(), collection_days::id.desc()))
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(|row| into_day(conn, row)).collect()
}

/// Payments that stand on an open day, with that day.
///
/// # Errors
/// [`StoreError`].
pub fn expected(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(String, String)>, StoreError> {
    Ok(collection_appointments::table
        .filter(collection_appointments::office_id.eq(office.as_str()))
        .filter(collection_appointments::outcome.eq(Outcome::Expected.code()))
        .select((collection_appointments::item_id, collection_appointments::day_id))
        .load(conn)?)
}

/// The open day a payment stands on.
///
/// # Errors
/// [`StoreError`].
pub fn open_day_of(conn: &mut DbConn, item_id: &str) -> Result<Option<String>, StoreError> {
    Ok(collection_appointments::table
        .filter(collection_appointments::item_id.eq(item_id))
        .filter(collection_appointments::outcome.eq(Outcome::Expected.code()))
        .select(collection_appointments::day_id)
        .get_result(conn)
        .optional()?)
}

/// Notes that somebody invited came.
///
/// # Errors
/// [`StoreError`].
pub fn mark_collected(tx: &mut Tx<'_>, item_id: &str) -> Result<(), StoreError> {
    let waiting = collection_appointments::table
        .filter(collection_appointments::item_id.eq(item_id))
        .filter(collection_appointments::outcome.eq(Outcome::Expected.code()));
    diesel::update(waiting).set(collection_appointments::outcome.eq(Outcome::Collected.code())).execute(&mut **tx)?;
    Ok(())
}

/// Notes that somebody invited will not come, before the day ends.
///
/// # Errors
/// [`StoreError`].
pub fn mark_missed(tx: &mut Tx<'_>, item_id: &str) -> Result<(), StoreError> {
    let waiting = collection_appointments::table
        .filter(collection_appointments::item_id.eq(item_id))
        .filter(collection_appointments::outcome.eq(Outcome::Expected.code()));
    diesel::update(waiting).set(collection_appointments::outcome.eq(Outcome::Missed.code())).execute(&mut **tx)?;
    Ok(())
}

/// Ends a day: whoever did not come was missed. Returns how many.
///
/// # Errors
/// [`StoreError::Stale`] when it is closed.
pub fn close(tx: &mut Tx<'_>, id: &str, by: &str, at: DateTime<Utc>) -> Result<usize, StoreError> {
    let open = collection_days::table.find(id).filter(collection_days::state.eq(OPEN));
    let closing =
        (collection_days::state.eq(CLOSED), collection_days::closed_by.eq(Some(by)), collection_days::closed_at.eq(Some(at.naive_utc())));
    if diesel::update(open).set(closing).execute(&mut **tx)? != 1 {
        return Err(StoreError::Stale);
    }
    let waiting = collection_appointments::table
        .filter(collection_appointments::day_id.eq(id))
        .filter(collection_appointments::outcome.eq(Outcome::Expected.code()));
    Ok(diesel::update(waiting).set(collection_appointments::outcome.eq(Outcome::Missed.code())).execute(&mut **tx)?)
}

fn into_day(conn: &mut DbConn, row: DayRow) -> Result<CollectionDay, StoreError> {
    let of = RowOf { table: "collection_days", id: &row.id };
    let time = |text: &str| NaiveTime::parse_from_str(text, TIME).map_err(|e| of.corrupt(e));
    let plan = DayPlan {
        area: of.region(&row.area)?,
        held_on: row.held_on,
        opens: time(&row.opens)?,
        closes: time(&row.closes)?,
        capacity: u32::try_from(row.capacity).map_err(|e| of.corrupt(e))?,
        place: row.place,
    };
    let rows: Vec<(String, i64, String, String)> = collection_appointments::table
        .filter(collection_appointments::day_id.eq(&row.id))
        .order(collection_appointments::position)
        .select((
            collection_appointments::item_id,
            collection_appointments::position,
            collection_appointments::village,
            collection_appointments::outcome,
        ))
        .load(conn)?;
    let appointments = rows.into_iter().map(|(item_id, position, village, outcome)| {
        let (village, outcome) = (of.region(&village)?, of.known(Outcome::parse(&outcome), "outcome")?);
        Ok(Appointment { item_id, position, village, outcome })
    });
    let appointments = appointments.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(CollectionDay { is_open: row.state == OPEN, plan, appointments, id: row.id })
}

/// How a payment changed hands.
#[derive(Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Payment.
    pub item_id: String,
    /// Collection day, if it happened on one.
    pub day_id: Option<String>,
    /// Who came.
    pub receiver: Receiver,
    /// Their name.
    pub receiver_name: String,
    /// Which paper was seen.
    pub paper: IdentityPaper,
    /// Number of the power of attorney; empty without one.
    pub proxy_letter: String,
    /// What stands on the receipt.
    pub mark: ReceiptMark,
    /// Number of the receipt.
    pub receipt_number: String,
    /// How much.
    pub amount: Rupiah,
    /// Hash and type of the photo in the file store.
    pub photo: Option<(String, String)>,
    /// Day (WIB).
    pub given_on: NaiveDate,
    /// Account of the person at the counter.
    pub given_by: String,
    /// Instant.
    pub given_at: DateTime<Utc>,
}

impl std::fmt::Debug for HandOver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandOver")
            .field("item_id", &self.item_id)
            .field("receiver", &self.receiver)
            .field("receipt_number", &self.receipt_number)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// A row of `hand_overs`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = hand_overs, treat_none_as_default_value = false)]
struct HandOverRow {
    item_id: String,
    office_id: String,
    day_id: Option<String>,
    receiver: String,
    receiver_name: String,
    paper: String,
    proxy_letter: String,
    mark: String,
    receipt_number: String,
    amount: i64,
    photo_sha256: Option<String>,
    photo_type: Option<String>,
    given_on: NaiveDate,
    given_by: String,
    given_at: NaiveDateTime,
}

/// Records that a payment changed hands.
///
/// # Errors
/// [`StoreError::Duplicate`] when it did before.
pub fn hand_over(tx: &mut Tx<'_>, office: &RegionCode, given: &HandOver) -> Result<(), StoreError> {
    let (photo_sha256, photo_type) = given.photo.clone().unzip();
    let row = HandOverRow {
        item_id: given.item_id.clone(),
        office_id: office.to_string(),
        day_id: given.day_id.clone(),
        receiver: given.receiver.code().to_owned(),
        receiver_name: given.receiver_name.clone(),
        paper: given.paper.code().to_owned(),
        proxy_letter: given.proxy_letter.clone(),
        mark: given.mark.code().to_owned(),
        receipt_number: given.receipt_number.clone(),
        amount: given.amount.whole(),
        photo_sha256,
        photo_type,
        given_on: given.given_on,
        given_by: given.given_by.clone(),
        given_at: given.given_at.naive_utc(),
    };
    diesel::insert_into(hand_overs::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// How a payment changed hands, if it did.
///
/// # Errors
/// [`StoreError`].
pub fn handed_over(conn: &mut DbConn, office: &RegionCode, item_id: &str) -> Result<Option<HandOver>, StoreError> {
    let row: Option<HandOverRow> =
        hand_overs::table.find(item_id).filter(hand_overs::office_id.eq(office.as_str())).get_result(conn).optional()?;
    row.map(into_hand_over).transpose()
}

/// How payments changed hands, of those that did.
///
/// # Errors
/// [`StoreError`].
pub fn handed_over_all(conn: &mut DbConn, item_ids: &[&str]) -> Result<Vec<HandOver>, StoreError> {
    let mut found = Vec::new();
    for part in item_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<HandOverRow> = hand_overs::table.filter(hand_overs::item_id.eq_any(part.iter().copied())).load(conn)?;
        for row in rows {
            found.push(into_hand_over(row)?);
        }
    }
    Ok(found)
}

fn into_hand_over(row: HandOverRow) -> Result<HandOver, StoreError> {
    let of = RowOf { table: "hand_overs", id: &row.item_id };
    Ok(HandOver {
        receiver: of.known(Receiver::parse(&row.receiver), "receiver")?,
        paper: of.known(IdentityPaper::parse(&row.paper), "paper")?,
        mark: of.known(ReceiptMark::parse(&row.mark), "mark")?,
        amount: of.rupiah(row.amount)?,
        photo: row.photo_sha256.zip(row.photo_type),
        day_id: row.day_id,
        receiver_name: row.receiver_name,
        proxy_letter: row.proxy_letter,
        receipt_number: row.receipt_number,
        given_on: row.given_on,
        given_by: row.given_by,
        given_at: utc(row.given_at),
        item_id: row.item_id,
    })
}
