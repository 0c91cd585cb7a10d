//! Looking at open claims again: findings are worked out anew whenever something they rest on changes, never added to.
//!
//! What follows from an act at once (the claim itself) is done in its transaction; what it touches elsewhere is queued
//! as tasks, so that no act waits for a whole office. Decided claims keep their findings and snapshot; of those that are not paid
//! yet only the payee is watched, so that nobody pays a dead heir.

use chrono::{DateTime, Utc};

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::wib_date;
use crate::domain::claim::State;
use crate::domain::crosscheck::{EarlierClaim, Finding};
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::store::claims::{self, Claim};
use crate::store::payee_alerts::{self, UNPAID};
use crate::store::tasks::{self, NewTask, TaskKind};
use crate::store::{Tx, audit, events, history};

use super::checked::{Arrival, check, payee_died, remembered, sequence_of};
use super::desk::Pack;
use super::refusal::Refusal;

/// States in which nothing is decided yet.
pub(super) const OPEN: [State; 6] = [State::Submitted, State::Endorsed, State::Verified, State::Waiting, State::Returned, State::OnHold];

/// States in which another look may change something: nothing decided yet, or the money not gone out.
pub(super) const WATCHED: [State; 8] =
    [State::Submitted, State::Endorsed, State::Verified, State::Waiting, State::Returned, State::OnHold, State::Approved, State::Decreed];

/// Touched claims up to which each gets a task of its own; beyond, the whole office is looked at once.
const TOUCHED_MAX: usize = 200;

/// Works the findings of an open claim out anew and puts them in the place of the old ones. Returns whether anything changed.
pub(super) fn recheck(tx: &mut Tx<'_>, pack: &Pack, claim: &Claim, cause: &str, now: DateTime<Utc>) -> Result<bool, Refusal> {
    if UNPAID.contains(&claim.state) {
        return watch_payee(tx, pack, claim, cause, now).map(|(_found, changed)| changed);
    }
    if !OPEN.contains(&claim.state) {
        return Ok(false);
    }
    let sequence = sequence_of(tx, &claim.office, &claim.code)?;
    let arrival = Arrival::of(claim, sequence);
    let checked = check(tx, pack, &claim.content, &arrival)?;
    // What later claims compare with rests on the register too.
    history::replace(tx, &claim.office, &claim.id, &remembered(claim, &checked.facts, sequence))?;
    if checked.findings == events::findings(tx, &claim.id)? && checked.verdict == claim.verdict {
        return Ok(false);
    }
    events::replace_findings(tx, &claim.office, &claim.id, &checked.findings)?;
    claims::set_verdict(tx, &claim.id, checked.verdict)?;
    let codes: Vec<&str> = checked.findings.iter().map(|finding| finding.code.as_str()).collect();
    let details = serde_json::json!({ "code": claim.code, "cause": cause, "verdict": checked.verdict.code(), "findings": codes });
    audit::append(tx, &machine(&claim.office), "claim.recheck", &format!("claim:{}", claim.id), &details.to_string(), now)?;
    Ok(true)
}

/// Looks whether the payee of an approved claim is known as dead by now, and keeps the answer for everybody's desk.
/// Returns what was found, and whether that is news.
pub(super) fn watch_payee(
    tx: &mut Tx<'_>,
    pack: &Pack,
    claim: &Claim,
    cause: &str,
    now: DateTime<Utc>,
) -> Result<(Option<Finding>, bool), Refusal> {
    let found = payee_died(tx, pack, claim, wib_date(now))?;
    let changed = note_payee(tx, claim, found.as_ref(), cause, now)?;
    Ok((found, changed))
}

/// Keeps what is known of a payee's death for everybody's desk. Returns whether that is news.
pub(super) fn note_payee(
    tx: &mut Tx<'_>,
    claim: &Claim,
    found: Option<&Finding>,
    cause: &str,
    now: DateTime<Utc>,
) -> Result<bool, Refusal> {
    let changed = payee_alerts::set(tx, claim.office.as_str(), &claim.id, found, now)?;
    if changed {
        let told = found.map(|finding| finding.registered.as_str());
        let details = serde_json::json!({ "code": claim.code, "cause": cause, "dead": found.is_some(), "told": told });
        audit::append(tx, &machine(&claim.office), "claim.payee", &format!("claim:{}", claim.id), &details.to_string(), now)?;
    }
    Ok(changed)
}

/// Queues another look at the claims whose heir has one of these numbers.
pub(super) fn queue_heirs(tx: &mut Tx<'_>, office: &RegionCode, niks: &[Nik], cause: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    for claim_id in history::with_heirs(tx, office, niks, &WATCHED)? {
        tasks::queue(tx, new_id(), office, NewTask { kind: TaskKind::RecheckClaim, subject: &claim_id, cause }, now)?;
    }
    Ok(())
}

/// Queues another look at every open claim of the office: after a register release, an import of events, new rules.
pub(super) fn queue_office(tx: &mut Tx<'_>, office: &RegionCode, cause: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    tasks::queue(tx, new_id(), office, NewTask { kind: TaskKind::RecheckOffice, subject: "", cause }, now)?;
    Ok(())
}

/// Queues another look at the later open claims that share a person, an account or a telephone with `changed`.
pub(super) fn queue_touched(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    changed: &EarlierClaim,
    cause: &str,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let touched = history::later_open(tx, office, changed, &OPEN)?;
    if touched.len() > TOUCHED_MAX {
        return queue_office(tx, office, cause, now);
    }
    for claim_id in touched {
        tasks::queue(tx, new_id(), office, NewTask { kind: TaskKind::RecheckClaim, subject: &claim_id, cause }, now)?;
    }
    Ok(())
}

/// Who stands in the audit trail where no person acted.
fn machine(office: &RegionCode) -> Actor {
    Actor {
        id: "system".to_owned(),
        name: "pemeriksaan ulang".to_owned(),
        role: Role::Admin,
        office: office.clone(),
        region: office.clone(),
        nik: None,
        family_card: None,
    }
}
