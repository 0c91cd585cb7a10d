//! An officer says whether two records are one person; the cross-check goes by it from then on.

use crate::clock::new_id;
use crate::domain::access::{Actor, Duty, Role, may_take_part};
use crate::domain::claim::{NotAllowed, REASON_CHARS_MAX, REASON_CHARS_MIN, Step};
use crate::domain::crosscheck::{Beside, Case, EarlierClaim, Finding, Sameness, Verdict, pairs, subject_key};
use crate::store::answers::{self, NewAnswer};
use crate::store::{Tx, audit, claims, events};

use super::checked::{Arrival, check, interested, remembered, sequence_of};
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

/// Records an answer, with reason and audit, and works the findings out anew.
///
/// # Errors
/// [`Refusal`]: only a verifier who had no other hand in the claim may answer; only pairs that the page shows can be answered.
pub fn answer_identity(desk: &Desk, actor: &Actor, judgement: &Judgement<'_>) -> Result<Answered, Refusal> {
    if actor.role != Role::Verifier {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let claim = claims::load(tx, actor, judgement.claim_id)?;
        if !OPEN.contains(&claim.state) {
            return Err(Refusal::NotAllowed(NotAllowed { from: claim.state, step: Step::Verify }));
        }
        let participants = action_facts(tx, actor, &claim)?.participants;
        may_take_part(actor, Duty::Verify, &participants, &interested(tx, actor, &claim.content)?)?;
        let reason = judgement.reason.trim();
        if !(REASON_CHARS_MIN..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
            return Err(Refusal::ReasonMissing);
        }
        let known = as_asked(tx, &pack, &claim, &judgement.beside)?;
        record(tx, desk, actor, &claim, judgement)?;
        queue_touched(tx, &claim.office, &known, "jawaban petugas", desk.clock.now())?;
        recheck(tx, &pack, &claim, "jawaban petugas", desk.clock.now())?;
        let claim = claims::load(tx, actor, judgement.claim_id)?;
        Ok(Answered { findings: events::findings(tx, &claim.id)?, verdict: claim.verdict, code: claim.code })
    })
}

/// Only what the cross-check shows side by side can be answered; anything else does not exist here. Returns what other claims see of this one.
fn as_asked(tx: &mut Tx<'_>, pack: &Pack, claim: &claims::Claim, beside: &Beside) -> Result<EarlierClaim, Refusal> {
    let sequence = sequence_of(tx, &claim.office, &claim.code)?;
    let arrival = Arrival::of(claim, sequence);
    let checked = check(tx, pack, &claim.content, &arrival)?;
    let case = Case { content: &claim.content, filed_on: claim.filed_on, facts: &checked.facts, policy: &checked.policy };
    let asked = pairs(&case).iter().any(|pair| pair.beside() == *beside);
    if asked { Ok(remembered(claim, &checked.facts, sequence)) } else { Err(Refusal::NotFound) }
}

fn record(tx: &mut Tx<'_>, desk: &Desk, actor: &Actor, claim: &claims::Claim, judgement: &Judgement<'_>) -> Result<(), Refusal> {
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
