//! Accepting a claim that came after its deadline: by whom the rules name, with a reason, once.

use crate::domain::access::{Actor, may_take_part};
use crate::domain::claim::{REASON_CHARS_MIN, State, Step, duty_of};
use crate::domain::crosscheck::{Finding, FindingCode, Severity};
use crate::store::{audit, claims, events, waivers};

use super::checked::{Arrival, check, sequence_of};
use super::decide::action_facts;
use super::desk::Desk;
use super::refusal::Refusal;

/// Accepts the lateness of a claim. The finding stays, as a note that names who accepted it and why.
///
/// # Errors
/// [`Refusal::NotYourRole`] for everybody the rules do not name, [`Refusal::NotLate`] where there is nothing to accept,
/// [`Refusal::ReasonMissing`], [`Refusal::Stale`].
pub fn waive_lateness(desk: &Desk, actor: &Actor, claim_id: &str, expected_version: i64, reason: &str) -> Result<Vec<Finding>, Refusal> {
    let reason = reason.trim();
    desk.store.write(actor.office.as_str(), |tx| {
        let (now, pack) = (desk.clock.now(), desk.pack(tx, &actor.office)?);
        let claim = claims::load(tx, actor, claim_id)?;
        if claim.version != expected_version {
            return Err(Refusal::Stale);
        }
        let authority = pack.policy_for(&claim.content)?.deadline.waived_by;
        let duty = [Step::Approve, Step::Verify].into_iter().find_map(|step| duty_of(step, actor.role));
        let Some(duty) = duty.filter(|_| authority == Some(actor.role)) else { return Err(Refusal::NotYourRole) };
        let known = action_facts(tx, actor, &claim)?;
        may_take_part(actor, duty, &known.participants, &known.interested)?;
        if reason.chars().count() < REASON_CHARS_MIN {
            return Err(Refusal::ReasonMissing);
        }
        let late = events::findings(tx, &claim.id)?.iter().any(|f| f.code == FindingCode::Lewat60Hari && f.severity == Severity::Block);
        if !late || !is_open_for_waiver(claim.state) {
            return Err(Refusal::NotLate);
        }
        waivers::add(tx, &claim.id, actor, reason, now)?;
        let sequence = sequence_of(tx, &claim.office, &claim.code)?;
        let arrival = Arrival::of(&claim, sequence);
        let checked = check(tx, &pack, &claim.content, &arrival)?;
        claims::set_verdict(tx, &claim.id, checked.verdict)?;
        events::replace_findings(tx, &claim.office, &claim.id, &checked.findings)?;
        let details = serde_json::json!({ "code": claim.code, "reason": reason, "verdict": checked.verdict.code() });
        audit::append(tx, actor, "claim.lateness_accepted", &format!("claim:{}", claim.id), &details.to_string(), now)?;
        Ok(checked.findings)
    })
}

/// Whether the claim is not decided yet, so that its lateness can still be accepted.
pub fn is_open_for_waiver(state: State) -> bool {
    matches!(state, State::Submitted | State::Endorsed | State::Verified | State::Returned | State::OnHold | State::Waiting)
}
