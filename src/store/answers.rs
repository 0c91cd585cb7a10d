//! Officers' answers to "is this the same person?".

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::dialect::ROWS_AT_ONCE;
use super::schema::{identity_answers, users};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::{Actor, Duty, Participant};
use crate::domain::calendar::wib_date;
use crate::domain::crosscheck::{Beside, IdentityAnswer, Sameness};
use crate::domain::region::RegionCode;

/// A row of `identity_answers`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = identity_answers, treat_none_as_default_value = false)]
struct AnswerRow {
    id: String,
    office_id: String,
    claim_id: String,
    subject_key: String,
    other_kind: String,
    other_reference: String,
    answer: String,
    reason: String,
    by_id: String,
    by_name: String,
    answered_at: NaiveDateTime,
}

/// An answer to be recorded.
#[derive(Debug)]
pub struct NewAnswer<'a> {
    /// Id.
    pub id: String,
    /// The claim on whose page it was given.
    pub claim_id: &'a str,
    /// The person as claimed.
    pub subject_key: &'a str,
    /// What was compared with them.
    pub beside: &'a Beside,
    /// The answer.
    pub sameness: Sameness,
    /// Why.
    pub reason: &'a str,
    /// Who answered.
    pub by: &'a Actor,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records an answer; an earlier one about the same pair stays in the table and counts no more.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, new: NewAnswer<'_>) -> Result<(), StoreError> {
    let (kind, reference) = new.beside.parts();
    let row = AnswerRow {
        id: new.id,
        office_id: new.by.office.to_string(),
        claim_id: new.claim_id.to_owned(),
        subject_key: new.subject_key.to_owned(),
        other_kind: kind.to_owned(),
        other_reference: reference.to_owned(),
        answer: new.sameness.code().to_owned(),
        reason: new.reason.to_owned(),
        by_id: new.by.id.clone(),
        by_name: new.by.name.clone(),
        answered_at: new.at.naive_utc(),
    };
    diesel::insert_into(identity_answers::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The answers that count for a person as claimed: the newest of each pair.
///
/// # Errors
/// [`StoreError`].
pub fn of_subject(conn: &mut DbConn, office: &RegionCode, subject_key: &str) -> Result<Vec<IdentityAnswer>, StoreError> {
    let rows: Vec<AnswerRow> = identity_answers::table
        .filter(identity_answers::office_id.eq(office.as_str()))
        .filter(identity_answers::subject_key.eq(subject_key))
        .order((identity_answers::answered_at, identity_answers::id))
        .load(conn)?;
    let mut answers: Vec<IdentityAnswer> = Vec::new();
    for row in rows {
        let answer = row.into_answer()?;
        answers.retain(|earlier| earlier.beside != answer.beside);
        answers.push(answer);
    }
    Ok(answers)
}

/// Everybody who answered on a claim: answering is part of its verification.
///
/// # Errors
/// [`StoreError`].
pub fn participants(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Participant>, StoreError> {
    let rows: Vec<(String, Option<String>)> = identity_answers::table
        .inner_join(users::table.on(users::id.eq(identity_answers::by_id)))
        .filter(identity_answers::claim_id.eq(claim_id))
        .order(identity_answers::id)
        .select((users::id, users::nik))
        .load(conn)?;
    rows.into_iter()
        .map(|(user_id, nik)| {
            let nik = RowOf { table: "users", id: &user_id }.nik(nik.as_deref())?;
            Ok(Participant { user_id, nik, duty: Duty::Verify })
        })
        .collect()
}

/// Everybody who answered on each of many claims, by claim.
///
/// # Errors
/// [`StoreError`].
pub fn participants_of(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, Vec<Participant>>, StoreError> {
    let mut found: HashMap<String, Vec<Participant>> = HashMap::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, String, Option<String>)> = identity_answers::table
            .inner_join(users::table.on(users::id.eq(identity_answers::by_id)))
            .filter(identity_answers::claim_id.eq_any(part.iter().copied()))
            .order(identity_answers::id)
            .select((identity_answers::claim_id, users::id, users::nik))
            .load(conn)?;
        for (claim_id, user_id, nik) in rows {
            let nik = RowOf { table: "users", id: &user_id }.nik(nik.as_deref())?;
            found.entry(claim_id).or_default().push(Participant { user_id, nik, duty: Duty::Verify });
        }
    }
    Ok(found)
}

impl AnswerRow {
    fn into_answer(self) -> Result<IdentityAnswer, StoreError> {
        let row = RowOf { table: "identity_answers", id: &self.id };
        Ok(IdentityAnswer {
            beside: row.known(Beside::from_parts(&self.other_kind, &self.other_reference), "other_kind")?,
            sameness: row.known(Sameness::parse(&self.answer), "answer")?,
            decided_on: wib_date(utc(self.answered_at)),
            reason: self.reason,
            by: self.by_name,
        })
    }
}
