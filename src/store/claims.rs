//! Claims: made once, moved on by compare-and-set on state and version.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, to_json, utc};
use super::dialect::first_row;
use super::schema::{budget_lines, claims, commitments};
use super::{DbConn, StoreError, Tx};
use crate::domain::access::Actor;
use crate::domain::claim::{ClaimContent, State};
use crate::domain::crosscheck::Verdict;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// Claims moved, or asked for, by one statement.
const PER_QUERY: usize = 500;

/// A row of `claims`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = claims, treat_none_as_default_value = false)]
struct ClaimRow {
    id: String,
    office_id: String,
    code: String,
    idempotency_key: String,
    content_hash: String,
    version: i64,
    state: String,
    resume_state: Option<String>,
    village: String,
    filed_on: NaiveDate,
    filed_at: NaiveDateTime,
    filed_by: String,
    deceased_nik: Option<String>,
    deceased_name: String,
    heir_name: String,
    died_on: NaiveDate,
    policy_version: String,
    amount: i64,
    verdict: String,
    search_text: String,
    content: String,
    updated_at: NaiveDateTime,
}

/// A claim as it stands.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Id.
    pub id: String,
    /// Office.
    pub office: RegionCode,
    /// Public code on the family's receipt.
    pub code: String,
    /// Key the sender made, so that sending twice is one claim.
    pub idempotency_key: String,
    /// SHA-256 of the content first sent under that key.
    pub content_hash: String,
    /// Counts every change; a stale one is refused.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Where it stood when put on hold.
    pub resume: Option<State>,
    /// Village that filed.
    pub village: RegionCode,
    /// Filing date (WIB); kept through repairs.
    pub filed_on: NaiveDate,
    /// Instant of filing.
    pub filed_at: DateTime<Utc>,
    /// Account that filed.
    pub filed_by: String,
    /// Policy version, by date of death.
    pub policy_version: String,
    /// Benefit by that policy.
    pub amount: Rupiah,
    /// What the findings together say.
    pub verdict: Verdict,
    /// What the family claims.
    pub content: ClaimContent,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

impl ClaimRow {
    fn of(claim: &Claim) -> Result<Self, StoreError> {
        let content = &claim.content;
        Ok(Self {
            id: claim.id.clone(),
            office_id: claim.office.to_string(),
            code: claim.code.clone(),
            idempotency_key: claim.idempotency_key.clone(),
            content_hash: claim.content_hash.clone(),
            version: claim.version,
            state: claim.state.code().to_owned(),
            resume_state: claim.resume.map(|s| s.code().to_owned()),
            village: claim.village.to_string(),
            filed_on: claim.filed_on,
            filed_at: claim.filed_at.naive_utc(),
            filed_by: claim.filed_by.clone(),
            deceased_nik: content.deceased.nik.number.as_ref().map(|n| n.expose().to_owned()),
            deceased_name: content.deceased.name.to_string(),
            heir_name: content.payee().map(|h| h.name.to_string()).unwrap_or_default(),
            died_on: content.death.died_on,
            policy_version: claim.policy_version.clone(),
            amount: claim.amount.whole(),
            verdict: claim.verdict.code().to_owned(),
            search_text: search_text(claim),
            content: to_json(content, "claims", &claim.id)?,
            updated_at: claim.updated_at.naive_utc(),
        })
    }

    fn into_claim(self) -> Result<Claim, StoreError> {
        let row = RowOf { table: "claims", id: &self.id };
        let resume = self.resume_state.as_deref().map(|s| row.known(State::parse(s), "resume_state")).transpose()?;
        Ok(Claim {
            office: row.region(&self.office_id)?,
            state: row.known(State::parse(&self.state), "state")?,
            resume,
            village: row.region(&self.village)?,
            amount: row.rupiah(self.amount)?,
            verdict: row.known(Verdict::parse(&self.verdict), "verdict")?,
            content: row.json(&self.content)?,
            code: self.code,
            idempotency_key: self.idempotency_key,
            content_hash: self.content_hash,
            version: self.version,
            filed_on: self.filed_on,
            filed_at: utc(self.filed_at),
            filed_by: self.filed_by,
            policy_version: self.policy_version,
            updated_at: utc(self.updated_at),
            id: self.id,
        })
    }
}

/// Upper-case names and code for searching; engines disagree about letters' case.
fn search_text(claim: &Claim) -> String {
    let heir = claim.content.payee().map(|h| h.name.as_str()).unwrap_or_default();
    format!("{} {} {}", claim.code, claim.content.deceased.name, heir).to_uppercase()
}

/// Records a new claim.
///
/// # Errors
/// [`StoreError::Duplicate`] with `ClaimDeceased` when the deceased has a living claim, `ClaimIdempotency` when the key was used.
pub fn insert(tx: &mut Tx<'_>, claim: &Claim) -> Result<(), StoreError> {
    diesel::insert_into(claims::table).values(&ClaimRow::of(claim)?).execute(&mut **tx)?;
    Ok(())
}

/// Moves a claim on if it is still at `claim.version`; the version counts up.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn advance(
    tx: &mut Tx<'_>,
    claim: &Claim,
    from: State,
    to: State,
    resume: Option<State>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let changed = diesel::update(
        claims::table.filter(claims::id.eq(&claim.id)).filter(claims::version.eq(claim.version)).filter(claims::state.eq(from.code())),
    )
    .set((
        claims::state.eq(to.code()),
        claims::resume_state.eq(resume.map(State::code)),
        claims::version.eq(claims::version + 1),
        claims::updated_at.eq(now.naive_utc()),
    ))
    .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Moves many claims on that are all in `from`. As the office's only writer the caller has read them in this transaction.
///
/// # Errors
/// [`StoreError::Stale`] when one of them is not any more in `from`.
pub fn advance_all(tx: &mut Tx<'_>, ids: &[&str], from: State, to: State, now: DateTime<Utc>) -> Result<(), StoreError> {
    for part in ids.chunks(PER_QUERY) {
        let seen = claims::table.filter(claims::id.eq_any(part.iter().copied())).filter(claims::state.eq(from.code()));
        let changed = diesel::update(seen)
            .set((
                claims::state.eq(to.code()),
                claims::resume_state.eq(None::<String>),
                claims::version.eq(claims::version + 1),
                claims::updated_at.eq(now.naive_utc()),
            ))
            .execute(&mut **tx)?;
        if changed != part.len() {
            return Err(StoreError::Stale);
        }
    }
    Ok(())
}

/// A claim without what the family claims, where many are moved at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Code.
    pub code: String,
    /// Village that filed.
    pub village: RegionCode,
    /// Where it stands.
    pub state: State,
    /// What the findings together say.
    pub verdict: Verdict,
}

/// Heads of claims, by their ids.
///
/// # Errors
/// [`StoreError`].
pub fn heads(conn: &mut DbConn, ids: &[&str]) -> Result<HashMap<String, Head>, StoreError> {
    let mut found = HashMap::new();
    for part in ids.chunks(PER_QUERY) {
        let rows: Vec<(String, String, String, String, String)> = claims::table
            .filter(claims::id.eq_any(part.iter().copied()))
            .select((claims::id, claims::code, claims::village, claims::state, claims::verdict))
            .load(conn)?;
        for (id, code, village, state, verdict) in rows {
            let of = RowOf { table: "claims", id: &id };
            let head = Head {
                village: of.region(&village)?,
                state: of.known(State::parse(&state), "state")?,
                verdict: of.known(Verdict::parse(&verdict), "verdict")?,
                code,
            };
            found.insert(id, head);
        }
    }
    Ok(found)
}

/// Replaces content, verdict and state of a repaired claim; filing date, code and key stay.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first; [`StoreError::Duplicate`] when the corrected NIK has a living claim.
pub fn replace(tx: &mut Tx<'_>, old: &Claim, new: &Claim) -> Result<(), StoreError> {
    let row = ClaimRow::of(new)?;
    let changed = diesel::update(claims::table.filter(claims::id.eq(&old.id)).filter(claims::version.eq(old.version)))
        .set((
            claims::state.eq(row.state),
            claims::resume_state.eq(row.resume_state),
            claims::version.eq(claims::version + 1),
            claims::deceased_nik.eq(row.deceased_nik),
            claims::deceased_name.eq(row.deceased_name),
            claims::heir_name.eq(row.heir_name),
            claims::died_on.eq(row.died_on),
            claims::policy_version.eq(row.policy_version),
            claims::amount.eq(row.amount),
            claims::verdict.eq(row.verdict),
            claims::search_text.eq(row.search_text),
            claims::content.eq(row.content),
            claims::updated_at.eq(row.updated_at),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A claim that lies in the actor's region; elsewhere it does not exist.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, actor: &Actor, id: &str) -> Result<Claim, StoreError> {
    let claim = claims::table.find(id).get_result::<ClaimRow>(conn)?.into_claim()?;
    if actor.sees(&claim.village) { Ok(claim) } else { Err(StoreError::NotFound) }
}

/// Claims that all lie in the actor's region, in the order of these ids.
///
/// # Errors
/// [`StoreError::NotFound`] when one of them is not there, or elsewhere.
pub fn load_all(conn: &mut DbConn, actor: &Actor, ids: &[&str]) -> Result<Vec<Claim>, StoreError> {
    let mut found: HashMap<String, Claim> = HashMap::with_capacity(ids.len());
    for part in ids.chunks(PER_QUERY) {
        let rows: Vec<ClaimRow> = claims::table.filter(claims::id.eq_any(part.iter().copied())).load(conn)?;
        for row in rows {
            found.insert(row.id.clone(), row.into_claim()?);
        }
    }
    let mut one = |id: &&str| found.remove(*id).filter(|claim| actor.sees(&claim.village)).ok_or(StoreError::NotFound);
    ids.iter().map(&mut one).collect()
}

/// A claim by its id, for work that no person asked for.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_id(conn: &mut DbConn, id: &str) -> Result<Claim, StoreError> {
    claims::table.find(id).get_result::<ClaimRow>(conn)?.into_claim()
}

/// Claims by their ids, in the order of the ids.
///
/// # Errors
/// [`StoreError`].
pub fn by_ids(conn: &mut DbConn, ids: &[&str]) -> Result<Vec<Claim>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(PER_QUERY) {
        let rows: Vec<ClaimRow> = claims::table.filter(claims::id.eq_any(part.iter().copied())).order(claims::id).load(conn)?;
        for row in rows {
            found.push(row.into_claim()?);
        }
    }
    Ok(found)
}

/// Claims of an office in some states, in the order of their ids, from behind `after` on.
///
/// # Errors
/// [`StoreError`].
pub fn in_states_after(
    conn: &mut DbConn,
    office: &RegionCode,
    states: &[State],
    after: &str,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    let rows: Vec<ClaimRow> = claims::table
        .filter(claims::office_id.eq(office.as_str()))
        .filter(claims::state.eq_any(states.iter().map(|s| s.code())))
        .filter(claims::id.gt(after))
        .order(claims::id)
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(ClaimRow::into_claim).collect()
}

/// The claim with a public code, for the status page.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_code(conn: &mut DbConn, code: &str) -> Result<Claim, StoreError> {
    claims::table.filter(claims::code.eq(code)).get_result::<ClaimRow>(conn)?.into_claim()
}

/// The claim an idempotency key belongs to.
///
/// # Errors
/// [`StoreError`].
pub fn by_idempotency_key(conn: &mut DbConn, office: &RegionCode, key: &str) -> Result<Option<Claim>, StoreError> {
    claims::table
        .filter(claims::office_id.eq(office.as_str()))
        .filter(claims::idempotency_key.eq(key))
        .get_result::<ClaimRow>(conn)
        .optional()?
        .map(ClaimRow::into_claim)
        .transpose()
}

/// What a list asks for. The region is always the actor's.
#[derive(Debug, Clone, Default)]
pub struct ClaimQuery {
    /// Only these states; empty = all.
    pub states: Vec<State>,
    /// Part of a name or code.
    pub text: String,
    /// Rows to pass over.
    pub offset: i64,
    /// Rows wanted.
    pub limit: i64,
}

/// Claims in the actor's region, oldest filing first, and how many there are in all.
///
/// # Errors
/// [`StoreError`].
pub fn list(conn: &mut DbConn, actor: &Actor, query: &ClaimQuery) -> Result<(Vec<Claim>, i64), StoreError> {
    let total = scoped(actor, query).count().get_result(conn)?;
    let rows: Vec<ClaimRow> =
        scoped(actor, query).order((claims::filed_on, claims::id)).offset(query.offset).limit(query.limit).load(conn)?;
    Ok((rows.into_iter().map(ClaimRow::into_claim).collect::<Result<_, _>>()?, total))
}

/// Keeps what the cross-check now says together; part of a step, so the version is counted there.
///
/// # Errors
/// [`StoreError`].
pub fn set_verdict(tx: &mut Tx<'_>, id: &str, verdict: Verdict) -> Result<(), StoreError> {
    diesel::update(claims::table.find(id)).set(claims::verdict.eq(verdict.code())).execute(&mut **tx)?;
    Ok(())
}

/// The code of the claim that waits for money longest, if that is another one than `claim`.
///
/// # Errors
/// [`StoreError`].
pub fn first_waiting_before(conn: &mut DbConn, claim: &Claim) -> Result<Option<String>, StoreError> {
    let waiting = claims::table.filter(claims::office_id.eq(claim.office.as_str())).filter(claims::state.eq(State::Waiting.code()));
    let waiting = waiting.order((claims::filed_on, claims::id)).select((claims::id, claims::code));
    let first = first_row!(conn, waiting, (String, String));
    Ok(first.filter(|(id, _)| *id != claim.id).map(|(_, code)| code))
}

/// Claims that wait for money, in the order in which it reaches them: by the day of filing.
///
/// # Errors
/// [`StoreError`].
pub fn waiting(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Claim>, StoreError> {
    let rows: Vec<ClaimRow> = claims::table
        .filter(claims::office_id.eq(office.as_str()))
        .filter(claims::state.eq(State::Waiting.code()))
        .order((claims::filed_on, claims::id))
        .load(conn)?;
    rows.into_iter().map(ClaimRow::into_claim).collect()
}

/// Claims with a living promise on a line that are not paid, in the order of filing.
///
/// # Errors
/// [`StoreError`].
pub fn promised_on_line(conn: &mut DbConn, line_id: &str) -> Result<Vec<Claim>, StoreError> {
    let unpaid = [State::Approved, State::OnHold, State::Decreed].map(State::code);
    let rows: Vec<ClaimRow> = claims::table
        .inner_join(commitments::table.on(commitments::claim_id.eq(claims::id)))
        .filter(commitments::budget_line_id.eq(line_id))
        .filter(commitments::released_at.is_null())
        .filter(claims::state.eq_any(unpaid))
        .order((claims::filed_on, claims::id))
        .select(claims::all_columns)
        .load(conn)?;
    rows.into_iter().map(ClaimRow::into_claim).collect()
}

/// Approved claims whose money is promised from a budget line, oldest filing first; with a cut-off only those approved up to the end
/// of that day (WIB).
///
/// # Errors
/// [`StoreError`].
pub fn approved_on_line(
    conn: &mut DbConn,
    office: &RegionCode,
    line_id: &str,
    cut_off: Option<NaiveDate>,
) -> Result<Vec<Claim>, StoreError> {
    let mut asked = claims::table
        .inner_join(commitments::table.on(commitments::claim_id.eq(claims::id)))
        .filter(claims::office_id.eq(office.as_str()))
        .filter(claims::state.eq(State::Approved.code()))
        .filter(commitments::budget_line_id.eq(line_id))
        .order((claims::filed_on, claims::id))
        .select(claims::all_columns)
        .into_boxed();
    if let Some(end) = cut_off.and_then(end_of_day) {
        asked = asked.filter(commitments::committed_at.lt(end));
    }
    let rows: Vec<ClaimRow> = asked.load(conn)?;
    rows.into_iter().map(ClaimRow::into_claim).collect()
}

/// The instant a day of the office (WIB, seven hours before UTC) ends.
fn end_of_day(on: NaiveDate) -> Option<NaiveDateTime> {
    on.succ_opt()?.and_hms_opt(0, 0, 0)?.checked_sub_signed(chrono::TimeDelta::hours(7))
}

/// Ids of the claims whose money is, or was, promised from a line of a fiscal year.
///
/// # Errors
/// [`StoreError`].
pub fn promised_in_year(conn: &mut DbConn, office: &RegionCode, year: i32) -> Result<Vec<String>, StoreError> {
    Ok(commitments::table
        .inner_join(budget_lines::table.on(budget_lines::id.eq(commitments::budget_line_id)))
        .filter(commitments::office_id.eq(office.as_str()))
        .filter(budget_lines::year.eq(i64::from(year)))
        .order(commitments::claim_id)
        .select(commitments::claim_id)
        .load(conn)?)
}

/// The public code of a claim.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn code_of(conn: &mut DbConn, id: &str) -> Result<String, StoreError> {
    Ok(claims::table.find(id).select(claims::code).get_result(conn)?)
}

/// A claim that ever had money promised, as the proof of the books needs it.
#[derive(Debug, Clone)]
pub struct WithMoney {
    /// Id.
    pub id: String,
    /// Code.
    pub code: String,
    /// Where it stands.
    pub state: State,
    /// Where it stood when put on hold.
    pub resume: Option<State>,
    /// What was promised.
    pub amount: Rupiah,
    /// Budget line the promise rests on.
    pub line_id: String,
}

/// Every claim of an office that ever had money promised.
///
/// # Errors
/// [`StoreError`].
pub fn with_money(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<WithMoney>, StoreError> {
    let rows: Vec<(String, String, String, Option<String>, i64, String)> = claims::table
        .inner_join(commitments::table.on(commitments::claim_id.eq(claims::id)))
        .filter(claims::office_id.eq(office.as_str()))
        .select((claims::id, claims::code, claims::state, claims::resume_state, commitments::amount, commitments::budget_line_id))
        .load(conn)?;
    let read = |(id, code, state, resume, amount, line_id): (String, String, String, Option<String>, i64, String)| {
        let of = RowOf { table: "claims", id: &id };
        let resume = resume.as_deref().map(|s| of.known(State::parse(s), "resume_state")).transpose()?;
        Ok(WithMoney { state: of.known(State::parse(&state), "state")?, amount: of.rupiah(amount)?, resume, line_id, code, id })
    };
    rows.into_iter().map(read).collect()
}

/// How many claims stand in each state, in the actor's region.
///
/// # Errors
/// [`StoreError`].
pub fn counts(conn: &mut DbConn, actor: &Actor) -> Result<Vec<(State, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = claims::table
        .filter(claims::office_id.eq(actor.office.as_str()))
        .filter(claims::village.like(format!("{}%", actor.region)))
        .group_by(claims::state)
        .select((claims::state, diesel::dsl::count_star()))
        .load(conn)?;
    rows.into_iter().map(|(state, n)| RowOf { table: "claims", id: &state }.known(State::parse(&state), "state").map(|s| (s, n))).collect()
}

/// One scope for lists, counts and searches: the actor's office and region.
///
/// Region codes have levels of fixed width, so a prefix with `%` can only match the region itself and what lies below it.
fn scoped<'a>(actor: &'a Actor, query: &'a ClaimQuery) -> claims::BoxedQuery<'a, <DbConn as Connection>::Backend> {
    let mut boxed = claims::table
        .filter(claims::office_id.eq(actor.office.as_str()))
        .filter(claims::village.like(format!("{}%", actor.region)))
        .into_boxed();
    if !query.states.is_empty() {
        boxed = boxed.filter(claims::state.eq_any(query.states.iter().map(|s| s.code())));
    }
    let text = query.text.trim().to_uppercase();
    if !text.is_empty() {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        boxed = boxed.filter(claims::search_text.like(format!("%{escaped}%")).escape('\\'));
    }
    boxed
}
