//! That claims shall be annulled: asked for by one person, decided by another. What was asked is never changed.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::region::RegionCode;
use crate::domain::undo::Ground;
use crate::store::convert::{RowOf, utc};
use crate::store::schema::annulments;
use crate::store::{DbConn, StoreError, Tx};

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Waits.
    Asked,
    /// The claim is annulled.
    Done,
    /// The claim goes on.
    Refused,
}

impl Verdict {
    fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::Asked, Self::Done, Self::Refused].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annulment {
    /// Id.
    pub id: String,
    /// Claim.
    pub claim_id: String,
    /// Why, from the list.
    pub ground: Ground,
    /// Why, in words.
    pub words: String,
    /// SHA-256 of the evidence in the file store.
    pub evidence_sha256: String,
    /// Its type by content.
    pub evidence_type: String,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub verdict: Verdict,
    /// Who decided, and when.
    pub decided: Option<(String, DateTime<Utc>)>,
    /// Why it was refused.
    pub reason: String,
}

/// A row of `annulments`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = annulments)]
struct AnnulmentRow {
    id: String,
    office_id: String,
    claim_id: String,
    state: String,
    ground: String,
    words: String,
    evidence_sha256: String,
    evidence_type: String,
    asked_by: String,
    asked_at: NaiveDateTime,
    decided_by: Option<String>,
    decided_at: Option<NaiveDateTime>,
    reason: String,
}

/// Records a request, or an annulment that was decided with the amending decree that struck the claim's row.
///
/// # Errors
/// [`StoreError::Duplicate`] with `OpenAnnulment` when another one waits for the same claim.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, annulment: &Annulment) -> Result<(), StoreError> {
    let (decided_by, decided_at) = annulment.decided.clone().map(|(by, at)| (by, at.naive_utc())).unzip();
    let row = AnnulmentRow {
        id: annulment.id.clone(),
        office_id: office.to_string(),
        claim_id: annulment.claim_id.clone(),
        state: annulment.verdict.code().to_owned(),
        ground: annulment.ground.code().to_owned(),
        words: annulment.words.clone(),
        evidence_sha256: annulment.evidence_sha256.clone(),
        evidence_type: annulment.evidence_type.clone(),
        asked_by: annulment.by.clone(),
        asked_at: annulment.at.naive_utc(),
        decided_by,
        decided_at,
        reason: annulment.reason.clone(),
    };
    diesel::insert_into(annulments::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Records the decision about a request; once.
///
/// # Errors
/// [`StoreError::Stale`] when it was decided before.
pub fn decide(tx: &mut Tx<'_>, id: &str, (by, at): (&str, DateTime<Utc>), verdict: Verdict, reason: &str) -> Result<(), StoreError> {
    let changed = diesel::update(annulments::table.find(id).filter(annulments::state.eq(Verdict::Asked.code())))
        .set((
            annulments::state.eq(verdict.code()),
            annulments::decided_by.eq(Some(by)),
            annulments::decided_at.eq(Some(at.naive_utc())),
            annulments::reason.eq(reason),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A request of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Annulment, StoreError> {
    into_annulment(annulments::table.find(id).filter(annulments::office_id.eq(office.as_str())).first(conn)?)
}

/// Every request about a claim, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Annulment>, StoreError> {
    let rows: Vec<AnnulmentRow> =
        annulments::table.filter(annulments::claim_id.eq(claim_id)).order((annulments::asked_at, annulments::id)).load(conn)?;
    rows.into_iter().map(into_annulment).collect()
}

/// Requests of an office that wait for a decision, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn open(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Annulment>, StoreError> {
    let rows: Vec<AnnulmentRow> = annulments::table
        .filter(annulments::office_id.eq(office.as_str()))
        .filter(annulments::state.eq(Verdict::Asked.code()))
        .order((annulments::asked_at, annulments::id))
        .load(conn)?;
    rows.into_iter().map(into_annulment).collect()
}

fn into_annulment(row: AnnulmentRow) -> Result<Annulment, StoreError> {
    let of = RowOf { table: "annulments", id: &row.id };
    Ok(Annulment {
        ground: of.known(Ground::parse(&row.ground), "ground")?,
        verdict: of.known(Verdict::parse(&row.state), "state")?,
        claim_id: row.claim_id,
        words: row.words,
        evidence_sha256: row.evidence_sha256,
        evidence_type: row.evidence_type,
        by: row.asked_by,
        at: utc(row.asked_at),
        decided: row.decided_by.zip(row.decided_at.map(utc)),
        reason: row.reason,
        id: row.id,
    })
}
