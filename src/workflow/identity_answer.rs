//! An officer says whether two records are one person; the cross-check goes by it from then on.

use crate::clock::new_id;
use crate::domain::access::{Actor, Duty, Role, may_take_part};
use crate::domain::claim::{NotAllowed, REASON_CHARS_MAX, REASON_CHARS_MIN, Step};
use crate::domain::crosscheck::{
    Beside, Case, EarlierClaim, Finding, IdentityAnswer, Likeness, Pair, Sameness, Verdict, pairs, subject_key,
};
use crate::domain::register::Resident;
use crate::store::answers::{self, NewAnswer};
use crate::store::claims::{self, Claim};
use crate::store::{DbConn, Tx, audit, events};

use super::checked::{Arrival, check, remembered, sequence_of};
use super::decide::action_facts;
use super::desk::{Desk, Pack};
use super::recheck::{OPEN, queue_touched, recheck};
use super::refusal::Refusal;

/// An answer as it comes from a page or a program.
#[derive(Debug, Clone)]
pub struct Judgement<'a> {
    /// The claim whose deceased it is about.
    pub claim_id: &'a str,
    /// What was compared with them.
    pub beside: Beside,
    /// The answer.
    pub sameness: Sameness,
    /// Why.
    pub reason: &'a str,
}

/// What the cross-check says after an answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Code of the claim.
    pub code: String,
    /// The findings, worked out anew.
    pub findings: Vec<Finding>,
    /// What they say together.
    pub verdict: Verdict,
}

/// The other half of a pair.
#[derive(Debug, Clone)]
pub enum Side {
    /// An earlier claim.
    Claim(EarlierClaim),
    /// A register row.
    Row(Resident),
}

/// A pair for an officer's eye.
#[derive(Debug, Clone)]
pub struct SideBySide {
    /// What the answer would be about.
    pub beside: Beside,
    /// Who stands there.
    pub side: Side,
    /// How like the deceased a register row is.
    pub likeness: Option<Likeness>,
    /// The answer that counts, if there is one.
    pub answer: Option<IdentityAnswer>,
}

/// Every pair of a claim that an officer should look at, with the answers so far.
///
/// # Errors
/// [`Refusal`].
pub fn pairs_of(conn: &mut DbConn, pack: &Pack, claim: &Claim) -> Result<Vec<SideBySide>, Refusal> {
    Ok(known_pairs(conn, pack, claim)?.0)
}

/// Whether this person may answer on this claim: a verifier with no other hand in it, of another family, while it is open.
///
/// # Errors
/// [`Refusal`] that says why not.
pub fn may_answer(conn: &mut DbConn, actor: &Actor, claim: &Claim) -> Result<(), Refusal> {
    if actor.role != Role::Verifier {
        return Err(Refusal::NotYourRole);
    }
    if !OPEN.contains(&claim.state) {
        return Err(Refusal::NotAllowed(NotAllowed { from: claim.state, step: Step::Verify }));
    }
    let facts = action_facts(conn, actor, claim)?;
    Ok(may_take_part(actor, Duty::Verify, &facts.participants, &facts.interested)?)
}

/// Records an answer, with reason and audit, and works the findings out anew.
///
/// # Errors
/// [`Refusal`]: only a verifier who had no other hand in the claim may answer; only pairs that the page shows can be answered.
pub fn answer_identity(desk: &Desk, actor: &Actor, judgement: &Judgement<'_>) -> Result<Answered, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let claim = claims::load(tx, actor, judgement.claim_id)?;
        may_answer(tx, actor, &claim)?;
        let reason = judgement.reason.trim();
        if !(REASON_CHARS_MIN..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
            return Err(Refusal::ReasonMissing);
        }
        let (asked, known) = known_pairs(tx, &pack, &claim)?;
        // Only what is shown side by side can be answered; anything else does not exist here.
        if !asked.iter().any(|pair| pair.beside == judgement.beside) {
            return Err(Refusal::NotFound);
        }
        record(tx, desk, actor, &claim, judgement)?;
        queue_touched(tx, &claim.office, &known, "jawaban petugas", desk.clock.now())?;
        recheck(tx, &pack, &claim, "jawaban petugas", desk.clock.now())?;
        let claim = claims::load(tx, actor, judgement.claim_id)?;
        Ok(Answered { findings: events::findings(tx, &claim.id)?, verdict: claim.verdict, code: claim.code })
    })
}

/// The pairs by today's data, and what other claims see of this one.
fn known_pairs(conn: &mut DbConn, pack: &Pack, claim: &Claim) -> Result<(Vec<SideBySide>, EarlierClaim), Refusal> {
    let sequence = sequence_of(conn, &claim.office, &claim.code)?;
    let arrival = Arrival::of(claim, sequence);
    let checked = check(conn, pack, &claim.content, &arrival)?;
    let case = Case { content: &claim.content, filed_on: claim.filed_on, facts: &checked.facts, policy: &checked.policy };
    let found = pairs(&case).into_iter().map(|pair| {
        let beside = pair.beside();
        let answer = checked.facts.answers.iter().find(|answer| answer.beside == beside).cloned();
        let side = match pair {
            Pair::Claim(earlier) => Side::Claim(earlier.clone()),
            Pair::Row(row) => Side::Row(row.clone()),
        };
        let likeness = match &side {
            Side::Claim(_) => None,
            Side::Row(row) => checked.facts.person.likeness_of(&row.register_id).cloned(),
        };
        SideBySide { beside, side, likeness, answer }
    });
    Ok((found.collect(), remembered(claim, &checked.facts, sequence)))
}

fn record(tx: &mut Tx<'_>, desk: &Desk, actor: &Actor, claim: &Claim, judgement: &Judgement<'_>) -> Result<(), Refusal> {
    let now = desk.clock.now();
    let new = NewAnswer {
        id: new_id(),
        claim_id: &claim.id,
        subject_key: &subject_key(&claim.content.deceased),
        beside: &judgement.beside,
        sameness: judgement.sameness,
        reason: judgement.reason.trim(),
        by: actor,
        at: now,
    };
    answers::insert(tx, new)?;
    let details = serde_json::json!({ "code": claim.code, "beside": judgement.beside, "answer": judgement.sameness.code() });
    audit::append(tx, actor, "claim.identity", &format!("claim:{}", claim.id), &details.to_string(), now)?;
    Ok(())
}
