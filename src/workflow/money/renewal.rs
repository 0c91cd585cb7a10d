//! Putting a returned payment right: a proposal with its evidence, then the fresh approval of somebody else.

use crate::clock::new_id;
use crate::domain::access::{Actor, Duty, Role, may_take_part};
use crate::domain::claim::{BankAccount, ClaimContent, Payout, REASON_CHARS_MIN};
use crate::domain::crosscheck::Verdict;
use crate::domain::money::Rupiah;
use crate::domain::payment::{Correction, CorrectionFacts, Judged, ReturnReason, hand, judge_correction, propose_correction};
use crate::domain::region::RegionCode;
use crate::store::claims::{self, Claim};
use crate::store::events::{self, NewEvent};
use crate::store::money::corrections::{self, Decided, Proposed};
use crate::store::money::items::{self, Item};
use crate::store::{DbConn, StoreError, Tx, audit, history, users};
use crate::workflow::checked::{Arrival, Checked, check, interested, remembered, sequence_of};
use crate::workflow::decide::action_facts;
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::recheck::{queue_touched, watch_payee};
use crate::workflow::refusal::Refusal;
use crate::workflow::snapshot;

use super::cash::standing;

/// A correction with the paper that proves it.
#[derive(Clone)]
pub struct Propose<'a> {
    /// The returned payment.
    pub item_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// Where the money shall go, to whom, why.
    pub correction: Correction,
    /// Type by content, and content.
    pub evidence: Option<(&'a str, &'a [u8])>,
}

impl std::fmt::Debug for Propose<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Propose").field("item_id", &self.item_id).field("correction", &self.correction).finish_non_exhaustive()
    }
}

/// Proposes where the money of a returned payment shall go. Nothing moves before somebody else has approved it.
///
/// # Errors
/// [`Refusal::Correction`], [`Refusal::Stale`], [`Refusal::OwnFamily`]; [`Refusal::NotFound`] outside the person's region.
pub fn propose(desk: &Desk, actor: &Actor, propose: &Propose<'_>) -> Result<Proposed, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = items::load(tx, &actor.office, propose.item_id)?;
        if item.version != propose.expected_version {
            return Err(Refusal::Stale);
        }
        keep_proposal(tx, &issuer, &item, &propose.correction, propose.evidence)
    })
}

/// Records a proposal about a payment that came back, within the act it belongs to.
pub(super) fn keep_proposal(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    item: &Item,
    correction: &Correction,
    evidence: Option<(&str, &[u8])>,
) -> Result<Proposed, Refusal> {
    let actor = issuer.actor;
    let claim = claims::load(tx, actor, &item.claim_id)?;
    let earlier = corrections::of_item(tx, &actor.office, &item.id)?;
    let old = payout_of(item);
    let facts = CorrectionFacts {
        item: standing(tx, issuer.pack, actor, item, issuer.today())?,
        old: &old,
        why: ReturnReason::from_code(&item.return_code).unwrap_or_else(|| ReturnReason::read(&item.return_code)),
        has_another: earlier.iter().any(|one| one.decision.as_ref().is_none_or(|decided| decided.approved)),
        has_evidence: evidence.is_some_and(|(_, bytes)| !bytes.is_empty()),
    };
    let correction = propose_correction(actor, correction, &facts)?;
    let duty = if actor.role == Role::Operator { Duty::File } else { Duty::Pay };
    let known = action_facts(tx, actor, &claim)?;
    may_take_part(actor, duty, &known.participants, &known.interested)?;
    let (media_type, bytes) = evidence.unwrap_or_default();
    let proposed = Proposed {
        id: new_id(),
        item_id: item.id.clone(),
        claim_id: claim.id.clone(),
        return_code: item.return_code.clone(),
        old,
        correction,
        evidence_sha256: issuer.desk.files.keep_with(tx, bytes)?,
        evidence_type: media_type.to_owned(),
        by: actor.id.clone(),
        at: issuer.now,
        decision: None,
    };
    corrections::propose(tx, &actor.office, &proposed)?;
    let shared = shared_with(tx, &actor.office, &proposed)?;
    let details = serde_json::json!({
        "reference": item.reference, "return_code": item.return_code, "evidence": proposed.evidence_sha256,
        "payee_changes": proposed.correction.payee.is_some(), "account_of": shared
    });
    audit::append(tx, actor, "correction.propose", &format!("payment:{}", item.id), &details.to_string(), issuer.now)?;
    Ok(proposed)
}

/// Where a payment went.
pub fn payout_of(item: &Item) -> Payout {
    match item.account.clone() {
        None => Payout::Cash,
        Some((bank, number, holder)) => Payout::Bank(BankAccount { bank, number, holder }),
    }
}

/// References of payments of other claims, paid or not, that have the proposed account: one account for two heirs is a sign of a
/// middleman, and the approver is told.
///
/// # Errors
/// [`StoreError`].
pub fn shared_with(conn: &mut DbConn, office: &RegionCode, proposed: &Proposed) -> Result<Vec<String>, StoreError> {
    let Payout::Bank(account) = &proposed.correction.payout else { return Ok(Vec::new()) };
    let others = items::of_account(conn, office, &account.number, &proposed.claim_id)?;
    let mut codes: Vec<String> = others.into_iter().map(|item| item.reference).collect();
    let waiting = corrections::all(conn, office)?.into_iter().filter(|one| one.claim_id != proposed.claim_id);
    for other in waiting.filter(|one| matches!(&one.correction.payout, Payout::Bank(theirs) if theirs.number == account.number)) {
        codes.push(items::load(conn, office, &other.item_id)?.reference);
    }
    codes.sort();
    codes.dedup();
    Ok(codes)
}

/// What the approver decides about a proposal.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    /// Proposal.
    pub correction_id: &'a str,
    /// Whether the money may go there.
    pub approves: bool,
    /// Why not. For an approval asked for where the next heir is not plainly entitled.
    pub reason: &'a str,
}

/// Decides about a proposal. Approved, the claim carries the new account and payee, checked afresh; the money is ordered anew by
/// [`super::make_renewed_order`].
///
/// # Errors
/// [`Refusal::Correction`], [`Refusal::OwnFamily`]; [`Refusal::ReasonMissing`] for a next heir with findings.
pub fn judge(desk: &Desk, actor: &Actor, judge: &Judge<'_>) -> Result<Proposed, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let proposed = corrections::load(tx, &actor.office, judge.correction_id)?;
        let item = items::load(tx, &actor.office, &proposed.item_id)?;
        let claim = claims::load(tx, actor, &proposed.claim_id)?;
        let proposer = hand(&proposed.by, users::by_id(tx, &proposed.by)?.actor.nik);
        let stands = standing(tx, &pack, actor, &item, issuer.today())?;
        let judged = Judged { approves: judge.approves, reason: judge.reason, is_decided: proposed.decision.is_some(), item: stands };
        judge_correction(actor, &proposer, &judged)?;
        let known = action_facts(tx, actor, &claim)?;
        may_take_part(actor, Duty::Approve, &known.participants, &known.interested)?;
        let reason = judge.reason.trim().to_owned();
        let decided = Decided { approved: judge.approves, reason: reason.clone(), by: actor.id.clone(), at: issuer.now };
        corrections::decide(tx, &actor.office, &proposed.id, &decided)?;
        if judge.approves {
            let content = corrected(&claim.content, &proposed.correction);
            let told = told_of(&claim.content, &content);
            let payee_changes = proposed.correction.payee.is_some();
            change_claim(tx, &issuer, &claim, Change { content, payee_changes, told: &told, reason: &reason })?;
        }
        let details = serde_json::json!({ "reference": item.reference, "approved": judge.approves, "reason": reason });
        audit::append(tx, actor, "correction.decide", &format!("payment:{}", item.id), &details.to_string(), issuer.now)?;
        Ok(Proposed { decision: Some(decided), ..proposed })
    })
}

/// What a claim says with another payee or account, and why.
pub struct Change<'a> {
    /// The new content.
    pub content: ClaimContent,
    /// Whether somebody else is paid.
    pub payee_changes: bool,
    /// What was done, for the story.
    pub told: &'a str,
    /// Why, asked for where the next heir is not plainly entitled.
    pub reason: &'a str,
}

/// The claim with its new account and payee: checked like a repaired one, the former content kept in its snapshots. Returns it with
/// the benefit that the rules give it now.
pub fn change_claim(tx: &mut Tx<'_>, issuer: &Issuer<'_>, old: &Claim, change: Change<'_>) -> Result<(Claim, Rupiah), Refusal> {
    let Change { content, payee_changes, told, reason } = change;
    may_take_part(issuer.actor, Duty::Approve, &[], &interested(tx, issuer.actor, &content)?)?;
    let sequence = sequence_of(tx, &old.office, &old.code)?;
    let checked = check(tx, issuer.pack, &content, &Arrival::of(old, sequence))?;
    if payee_changes && checked.verdict != Verdict::Eligible && reason.chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    let by_rule = checked.policy.amount_for(&content, old.filed_on, checked.facts.person.row());
    let new = Claim { content, verdict: checked.verdict, updated_at: issuer.now, ..old.clone() };
    claims::replace(tx, old, &new)?;
    let (before, after) = (history::remembered(tx, &new.id)?, remembered(&new, &checked.facts, sequence));
    history::replace(tx, &new.office, &new.id, &after)?;
    for known in before.iter().chain([&after]) {
        queue_touched(tx, &new.office, known, "koreksi pembayaran permohonan lain", issuer.now)?;
    }
    events::replace_findings(tx, &new.office, &new.id, &checked.findings)?;
    tell(tx, issuer, (old, &new), &checked, format!("{told} {reason}").trim())?;
    let new = claims::load(tx, issuer.actor, &new.id)?;
    watch_payee(tx, issuer.pack, &new, events::CORRECTION, issuer.now)?;
    Ok((new, by_rule))
}

/// The content after a correction. Who stood in for the former payee does not stand in for the next one.
fn corrected(content: &ClaimContent, correction: &Correction) -> ClaimContent {
    let mut content = content.clone();
    content.payout = correction.payout.clone();
    if let Some(heir) = &correction.payee {
        content.heirs.insert(0, heir.clone());
        content.stand_ins.guardian = None;
        content.stand_ins.proxy = None;
    }
    content
}

/// What a changed payee or account is told as.
fn told_of(old: &ClaimContent, new: &ClaimContent) -> String {
    let name = |content: &ClaimContent| content.payee().map(|heir| heir.name.to_string()).unwrap_or_default();
    if name(old) == name(new) {
        "Rekening pembayaran yang kembali dikoreksi.".to_owned()
    } else {
        format!("Penerima diganti dari {} menjadi {}.", name(old), name(new))
    }
}

fn tell(tx: &mut Tx<'_>, issuer: &Issuer<'_>, (old, new): (&Claim, &Claim), checked: &Checked, told: &str) -> Result<(), Refusal> {
    let evidence = serde_json::to_string(&checked.findings).map_err(|e| Refusal::Settings(e.to_string()))?;
    let event = NewEvent {
        id: new_id(),
        claim_id: &new.id,
        at: issuer.now,
        actor: issuer.actor,
        step: None,
        from: Some(old.state),
        to: new.state,
        reason: told,
        evidence: &evidence,
    };
    events::add_correction(tx, event)?;
    snapshot::keep(tx, issuer.actor, new, events::CORRECTION, checked, issuer.now)
}
