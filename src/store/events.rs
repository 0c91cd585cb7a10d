//! A claim's story and its findings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, count, utc};
use super::dialect::{ROWS_AT_ONCE, insert_many};
use super::schema::{claim_events, findings, users};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::{Actor, Duty, Participant, Role};
use crate::domain::claim::{State, Step, duty_of};
use crate::domain::crosscheck::{Finding, FindingCode, Severity};
use crate::domain::region::RegionCode;

/// A row of `claim_events`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = claim_events, treat_none_as_default_value = false)]
struct EventRow {
    id: String,
    office_id: String,
    claim_id: String,
    position: i64,
    at: NaiveDateTime,
    actor_id: String,
    actor_name: String,
    actor_role: String,
    action: String,
    from_state: Option<String>,
    to_state: String,
    reason: String,
    evidence: String,
}

/// One step of a claim's story.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, as named then.
    pub actor_name: String,
    /// In which role.
    pub actor_role: Role,
    /// What: `file` or a step's code.
    pub action: String,
    /// Where the claim then stood.
    pub to_state: State,
    /// Why.
    pub reason: String,
}

/// A step to be recorded.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// Id.
    pub id: String,
    /// Claim.
    pub claim_id: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: &'a Actor,
    /// The step; `None` for the filing.
    pub step: Option<Step>,
    /// Where the claim stood.
    pub from: Option<State>,
    /// Where it stands now.
    pub to: State,
    /// Why.
    pub reason: &'a str,
    /// JSON of the findings the person saw.
    pub evidence: &'a str,
}

const FILING: &str = "file";
/// A returned payment's account or payee was put right with a fresh approval.
pub const CORRECTION: &str = "correct";
/// Somebody asked for an annulment; the decision is a step of its own.
pub const ANNULMENT_ASKED: &str = "annulment_asked";
/// An annulment that was asked for was refused.
pub const ANNULMENT_REFUSED: &str = "annulment_refused";
/// Money that reached the wrong person came back, or such a booking was corrected.
pub const RECOVERY: &str = "recovery";

/// Adds a step to the story.
///
/// # Errors
/// [`StoreError`].
pub fn add(tx: &mut Tx<'_>, event: NewEvent<'_>) -> Result<(), StoreError> {
    add_all(tx, vec![event])
}

/// Adds a correction to the story: no step, for the claim stays where it is.
///
/// # Errors
/// [`StoreError`].
pub fn add_correction(tx: &mut Tx<'_>, event: NewEvent<'_>) -> Result<(), StoreError> {
    write(tx, vec![event], CORRECTION)
}

/// Adds something to the story that is no step and no duty on the claim: what is asked for, refused, or comes back.
///
/// # Errors
/// [`StoreError`].
pub fn add_remark(tx: &mut Tx<'_>, event: NewEvent<'_>, action: &'static str) -> Result<(), StoreError> {
    write(tx, vec![event], action)
}

/// Adds one step to the story of each of many claims.
///
/// # Errors
/// [`StoreError`].
pub fn add_all(tx: &mut Tx<'_>, events: Vec<NewEvent<'_>>) -> Result<(), StoreError> {
    write(tx, events, FILING)
}

/// Writes events; those without a step are called `otherwise`.
fn write(tx: &mut Tx<'_>, events: Vec<NewEvent<'_>>, otherwise: &'static str) -> Result<(), StoreError> {
    let ids: Vec<&str> = events.iter().map(|event| event.claim_id).collect();
    let earlier = lengths(tx, &ids)?;
    let row = |event: NewEvent<'_>| EventRow {
        id: event.id,
        office_id: event.actor.office.to_string(),
        position: earlier.get(event.claim_id).copied().unwrap_or_default().saturating_add(1),
        claim_id: event.claim_id.to_owned(),
        at: event.at.naive_utc(),
        actor_id: event.actor.id.clone(),
        actor_name: event.actor.name.clone(),
        actor_role: event.actor.role.code().to_owned(),
        action: event.step.map_or(otherwise, Step::code).to_owned(),
        from_state: event.from.map(|s| s.code().to_owned()),
        to_state: event.to.code().to_owned(),
        reason: event.reason.to_owned(),
        evidence: event.evidence.to_owned(),
    };
    let rows: Vec<EventRow> = events.into_iter().map(row).collect();
    insert_many!(tx, claim_events::table, rows);
    Ok(())
}

/// How long the stories of claims are so far.
fn lengths(conn: &mut DbConn, ids: &[&str]) -> Result<HashMap<String, i64>, StoreError> {
    let mut found = HashMap::new();
    if let [id] = ids {
        let length = claim_events::table.filter(claim_events::claim_id.eq(id)).count().get_result(conn)?;
        return Ok(HashMap::from([((*id).to_owned(), length)]));
    }
    for part in ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, i64)> = claim_events::table
            .filter(claim_events::claim_id.eq_any(part.iter().copied()))
            .group_by(claim_events::claim_id)
            .select((claim_events::claim_id, diesel::dsl::count_star()))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The story, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn story(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<EventRow> = claim_events::table.filter(claim_events::claim_id.eq(claim_id)).order(claim_events::position).load(conn)?;
    rows.into_iter()
        .map(|r| {
            let row = RowOf { table: "claim_events", id: &r.id };
            Ok(Event {
                at: utc(r.at),
                actor_role: row.known(Role::parse(&r.actor_role), "actor_role")?,
                to_state: row.known(State::parse(&r.to_state), "to_state")?,
                actor_name: r.actor_name,
                action: r.action,
                reason: r.reason,
            })
        })
        .collect()
}

/// A step somebody took on a claim, among those of many claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Claim.
    pub claim_id: String,
    /// Step.
    pub step: Step,
    /// Who.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Certain steps in the stories of claims, oldest first in each.
///
/// # Errors
/// [`StoreError`].
pub fn taken(conn: &mut DbConn, claim_ids: &[&str], steps: &[Step]) -> Result<Vec<Taken>, StoreError> {
    let mut found = Vec::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<(String, String, String, NaiveDateTime, String)> = claim_events::table
            .filter(claim_events::claim_id.eq_any(part.iter().copied()))
            .filter(claim_events::action.eq_any(steps.iter().map(|step| step.code())))
            .order((claim_events::claim_id, claim_events::position))
            .select((claim_events::claim_id, claim_events::action, claim_events::actor_name, claim_events::at, claim_events::reason))
            .load(conn)?;
        for (claim_id, action, who, at, reason) in rows {
            let step = RowOf { table: "claim_events", id: &claim_id }.known(Step::parse(&action), "action")?;
            found.push(Taken { claim_id, step, who, at: utc(at), reason });
        }
    }
    Ok(found)
}

/// Who already had which duty on a claim, with the person behind the account.
///
/// # Errors
/// [`StoreError`].
pub fn participants(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Participant>, StoreError> {
    let rows: Vec<PartRow> = claim_events::table
        .inner_join(users::table.on(users::id.eq(claim_events::actor_id)))
        .filter(claim_events::claim_id.eq(claim_id))
        .order(claim_events::position)
        .select((claim_events::claim_id, claim_events::actor_id, claim_events::actor_role, claim_events::action, users::nik))
        .load(conn)?;
    rows.into_iter().filter(had_duty).map(|row| Ok(into_participant(row)?.1)).collect()
}

/// Who already had which duty on each of many claims, by claim.
///
/// # Errors
/// [`StoreError`].
pub fn participants_of(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, Vec<Participant>>, StoreError> {
    let mut found: HashMap<String, Vec<Participant>> = HashMap::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<PartRow> = claim_events::table
            .inner_join(users::table.on(users::id.eq(claim_events::actor_id)))
            .filter(claim_events::claim_id.eq_any(part.iter().copied()))
            .order((claim_events::claim_id, claim_events::position))
            .select((claim_events::claim_id, claim_events::actor_id, claim_events::actor_role, claim_events::action, users::nik))
            .load(conn)?;
        for row in rows.into_iter().filter(had_duty) {
            let (claim_id, participant) = into_participant(row)?;
            found.entry(claim_id).or_default().push(participant);
        }
    }
    Ok(found)
}

/// Claim, account, role, action and number of somebody who took a step.
type PartRow = (String, String, String, String, Option<String>);

/// Whether an entry of the story is a duty on the claim; what is asked or noted about undoing it is not.
fn had_duty((_, _, _, action, _): &PartRow) -> bool {
    ![ANNULMENT_ASKED, ANNULMENT_REFUSED, RECOVERY].contains(&action.as_str())
}

fn into_participant((claim_id, user_id, role, action, nik): PartRow) -> Result<(String, Participant), StoreError> {
    let row = RowOf { table: "claim_events", id: &claim_id };
    let role = row.known(Role::parse(&role), "actor_role")?;
    let duty = match action.as_str() {
        FILING => Some(Duty::File),
        CORRECTION => Some(Duty::Approve),
        step => Step::parse(step).and_then(|step| duty_of(step, role)),
    };
    let participant = Participant { nik: row.nik(nik.as_deref())?, duty: row.known(duty, "action")?, user_id };
    Ok((claim_id, participant))
}

/// A row of `findings`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = findings, treat_none_as_default_value = false)]
struct FindingRow {
    id: String,
    office_id: String,
    claim_id: String,
    position: i64,
    code: String,
    severity: String,
    sentence: String,
    claimed: String,
    registered: String,
    dataset: String,
    dataset_on: Option<NaiveDate>,
}

/// Replaces a claim's findings by freshly computed ones.
///
/// # Errors
/// [`StoreError`].
pub fn replace_findings(tx: &mut Tx<'_>, office: &RegionCode, claim_id: &str, found: &[Finding]) -> Result<(), StoreError> {
    diesel::delete(findings::table.filter(findings::claim_id.eq(claim_id))).execute(&mut **tx)?;
    for (position, finding) in found.iter().enumerate() {
        let row = FindingRow {
            id: format!("{claim_id}:{position}"),
            office_id: office.to_string(),
            claim_id: claim_id.to_owned(),
            position: count(position),
            code: finding.code.as_str().to_owned(),
            severity: finding.severity.code().to_owned(),
            sentence: finding.sentence.clone(),
            claimed: finding.claimed.clone(),
            registered: finding.registered.clone(),
            dataset: finding.dataset.clone(),
            dataset_on: finding.dataset_on,
        };
        diesel::insert_into(findings::table).values(&row).execute(&mut **tx)?;
    }
    Ok(())
}

/// A claim's findings, in the order of the cross-check.
///
/// # Errors
/// [`StoreError`].
pub fn findings(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Finding>, StoreError> {
    Ok(findings_of(conn, &[claim_id])?.remove(claim_id).unwrap_or_default())
}

/// The findings of many claims, by claim.
///
/// # Errors
/// [`StoreError`].
pub fn findings_of(conn: &mut DbConn, claim_ids: &[&str]) -> Result<HashMap<String, Vec<Finding>>, StoreError> {
    let mut found: HashMap<String, Vec<Finding>> = HashMap::new();
    for part in claim_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<FindingRow> = match part {
            [one] => findings::table.filter(findings::claim_id.eq(one)).order(findings::position).load(conn)?,
            many => {
                let asked = findings::table.filter(findings::claim_id.eq_any(many.iter().copied()));
                asked.order((findings::claim_id, findings::position)).load(conn)?
            }
        };
        for r in rows {
            let row = RowOf { table: "findings", id: &r.id };
            let finding = Finding {
                code: row.known(FindingCode::parse(&r.code), "code")?,
                severity: row.known(Severity::parse(&r.severity), "severity")?,
                claimed: r.claimed,
                registered: r.registered,
                dataset: r.dataset,
                dataset_on: r.dataset_on,
                sentence: r.sentence,
            };
            found.entry(r.claim_id).or_default().push(finding);
        }
    }
    Ok(found)
}

/// How often each code was found in an office, most frequent first.
///
/// # Errors
/// [`StoreError`].
pub fn finding_counts(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(String, i64)>, StoreError> {
    let mut rows: Vec<(String, i64)> = findings::table
        .filter(findings::office_id.eq(office.as_str()))
        .group_by(findings::code)
        .select((findings::code, diesel::dsl::count_star()))
        .load(conn)?;
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(rows)
}
