//! What live sources answered, and how often they were asked.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, to_json, utc};
use super::schema::{source_answers, source_usage};
use super::{DbConn, StoreError, Tx};
use crate::domain::calendar::wib_date;
use crate::domain::region::RegionCode;
use crate::domain::source::{SourceAnswer, Who};

/// A row of `source_answers`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = source_answers, treat_none_as_default_value = false)]
struct SourceRow {
    id: String,
    office_id: String,
    claim_id: String,
    source: String,
    who: String,
    question_key: String,
    answer: String,
    asked_at: NaiveDateTime,
}

/// Keeps an answer in the place of the source's former one about this person of this claim.
///
/// # Errors
/// [`StoreError`].
pub fn replace(tx: &mut Tx<'_>, office: &RegionCode, claim_id: &str, said: &SourceAnswer, at: DateTime<Utc>) -> Result<(), StoreError> {
    let id = format!("{claim_id}:{}:{}", said.source, said.who.code());
    diesel::delete(source_answers::table.find(&id)).execute(&mut **tx)?;
    let row = SourceRow {
        office_id: office.to_string(),
        claim_id: claim_id.to_owned(),
        source: said.source.clone(),
        who: said.who.code().to_owned(),
        question_key: said.question_key.clone(),
        answer: to_json(&said.answer, "source_answers", &id)?,
        asked_at: at.naive_utc(),
        id,
    };
    diesel::insert_into(source_answers::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// What sources said about a claim's people, in a fixed order.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<SourceAnswer>, StoreError> {
    let rows: Vec<SourceRow> = source_answers::table.filter(source_answers::claim_id.eq(claim_id)).order(source_answers::id).load(conn)?;
    rows.into_iter()
        .map(|r| {
            let row = RowOf { table: "source_answers", id: &r.id };
            Ok(SourceAnswer {
                who: row.known(Who::parse(&r.who), "who")?,
                answer: row.json(&r.answer)?,
                asked_on: wib_date(utc(r.asked_at)),
                source: r.source,
                question_key: r.question_key,
            })
        })
        .collect()
}

/// Takes one question out of the day's allowance, before it is asked. Returns whether there was one left.
///
/// # Errors
/// [`StoreError`].
pub fn take_one(tx: &mut Tx<'_>, office: &RegionCode, source: &str, day: NaiveDate, limit: u32) -> Result<bool, StoreError> {
    let row = source_usage::table.find((office.as_str(), source, day));
    let asked: Option<i64> = row.select(source_usage::asked).get_result(&mut **tx).optional()?;
    if asked.unwrap_or(0) >= i64::from(limit) {
        return Ok(false);
    }
    if asked.is_some() {
        diesel::update(row).set(source_usage::asked.eq(source_usage::asked + 1)).execute(&mut **tx)?;
    } else {
        let first = (
            source_usage::office_id.eq(office.as_str()),
            source_usage::source.eq(source),
            source_usage::day.eq(day),
            source_usage::asked.eq(1_i64),
        );
        diesel::insert_into(source_usage::table).values(first).execute(&mut **tx)?;
    }
    Ok(true)
}
