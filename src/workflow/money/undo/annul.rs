//! Annulling a claim: somebody who knows asks with evidence, the head of agency decides, and money, death and comparison follow.

use super::Evidence;
use crate::clock::new_id;
use crate::domain::access::{Actor, Participant};
use crate::domain::claim::{Action, REASON_CHARS_MIN, State, Step};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, ItemStep, hand};
use crate::domain::register::FoundAlive;
use crate::domain::undo::{self, AnnulFacts, AnnulRefused, Ground, RecoveryRefused, Road, Why};
use crate::store::claims::{self, Claim};
use crate::store::events::{self, NewEvent};
use crate::store::money::annulments::{self, Annulment, Verdict};
use crate::store::money::items::{self, Item, Trace};
use crate::store::money::orders;
use crate::store::money::recoveries::{self, Case, Debtor};
use crate::store::{DbConn, StoreError, Tx, alive, audit, users};
use crate::workflow::checked::{Arrival, check, sequence_of};
use crate::workflow::decide::{action_facts, give_back, leave_comparison, move_death, record_step};
use crate::workflow::desk::Desk;
use crate::workflow::letter::{Issuer, heir_addressee};
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::refusal::Refusal;

/// Shortest and longest name or address of a debtor, in characters.
const DEBTOR_CHARS: std::ops::RangeInclusive<usize> = 2..=200;

/// That a claim shall be annulled, with the paper that proves it.
#[derive(Clone, Copy)]
pub struct AskAnnulment<'a> {
    /// Claim.
    pub claim_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// Why, from the list.
    pub ground: Ground,
    /// Why, in words.
    pub words: &'a str,
    /// The paper.
    pub evidence: Option<Evidence<'a>>,
}

/// What the head of agency makes of a request.
#[derive(Debug, Clone, Copy)]
pub struct JudgeAnnulment<'a> {
    /// Request.
    pub annulment_id: &'a str,
    /// Whether the claim is annulled.
    pub agrees: bool,
    /// Why not; may be empty where it is.
    pub reason: &'a str,
    /// Who has to pay back what was paid, if that is not the payee: name and address.
    pub debtor: Option<(&'a str, &'a str)>,
}

/// The last payment of a claim that still says where its money is.
///
/// # Errors
/// [`StoreError`].
pub fn last_payment(conn: &mut DbConn, claim_id: &str) -> Result<Option<Item>, StoreError> {
    // A failed payment whose renewal was cancelled stands again, though it is the older one.
    let all = items::of_claim(conn, claim_id)?;
    let standing = all.iter().rev().find(|item| !matches!(item.state, ItemState::Cancelled | ItemState::Replaced)).cloned();
    Ok(standing.or_else(|| all.into_iter().next_back()))
}

fn annul_facts(conn: &mut DbConn, actor: &Actor, claim: &Claim) -> Result<(AnnulFacts, Option<Item>), StoreError> {
    let known = action_facts(conn, actor, claim)?;
    let payment = last_payment(conn, &claim.id)?;
    let facts = AnnulFacts {
        state: claim.state,
        payment: payment.as_ref().map(|item| item.state),
        participants: known.participants,
        interested: known.interested,
    };
    Ok((facts, payment))
}

/// Asks that a claim be annulled. Until it is decided no money of it moves to anybody.
///
/// # Errors
/// [`Refusal::Annul`] that says what has to be done first; [`Refusal::Stale`]; [`Refusal::NotFound`] outside the person's region.
pub fn ask_annulment(desk: &Desk, actor: &Actor, ask: &AskAnnulment<'_>) -> Result<Annulment, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let claim = claims::load(tx, actor, ask.claim_id)?;
        if claim.version != ask.expected_version {
            return Err(Refusal::Stale);
        }
        let (facts, _) = annul_facts(tx, actor, &claim)?;
        let (media_type, bytes) = ask.evidence.unwrap_or_default();
        let why = Why { ground: ask.ground, words: ask.words, has_evidence: !bytes.is_empty() };
        undo::ask_annulment(actor, &facts, why)?;
        let annulment = Annulment {
            id: new_id(),
            claim_id: claim.id.clone(),
            ground: ask.ground,
            words: ask.words.trim().to_owned(),
            evidence_sha256: desk.files.keep_with(tx, bytes)?,
            evidence_type: media_type.to_owned(),
            by: actor.id.clone(),
            at: now,
            verdict: Verdict::Asked,
            decided: None,
            reason: String::new(),
        };
        annulments::insert(tx, &actor.office, &annulment)?;
        // The claim has changed for everybody who looks at it.
        claims::advance(tx, &claim, claim.state, claim.state, claim.resume, now)?;
        let reason = format!("{}. {}", ask.ground.label(), annulment.words);
        remark(tx, (actor, now), &claim, &reason, events::ANNULMENT_ASKED)?;
        note(tx, actor, &claim, "annulment.ask", &annulment, now)?;
        Ok(annulment)
    })
}

/// Decides about a request by somebody else. Annulled, a promise is given back, money with somebody opens a recovery, and whoever
/// lives is not called dead any more.
///
/// # Errors
/// [`Refusal::Annul`], [`Refusal::Recovery`] for a debtor without name or address, [`Refusal::Stale`].
pub fn judge_annulment(desk: &Desk, actor: &Actor, judge: &JudgeAnnulment<'_>) -> Result<Option<Case>, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let annulment = annulments::load(tx, &actor.office, judge.annulment_id)?;
        let claim = claims::load(tx, actor, &annulment.claim_id)?;
        if annulment.verdict != Verdict::Asked {
            return Err(AnnulRefused::Decided.into());
        }
        let asker = hand(&annulment.by, users::by_id(tx, &annulment.by)?.actor.nik);
        let (facts, payment) = annul_facts(tx, actor, &claim)?;
        let reason = judge.reason.trim();
        let mark = (actor.id.as_str(), issuer.now);
        if !judge.agrees {
            may_refuse(actor, &asker, &facts, reason)?;
            annulments::decide(tx, &annulment.id, mark, Verdict::Refused, reason)?;
            // What is at its end already does not change any more.
            if !claim.state.is_terminal() {
                claims::advance(tx, &claim, claim.state, claim.state, claim.resume, issuer.now)?;
            }
            remark(tx, (actor, issuer.now), &claim, reason, events::ANNULMENT_REFUSED)?;
            note(tx, actor, &claim, "annulment.refuse", &annulment, issuer.now)?;
            return Ok(None);
        }
        let road = undo::judge_annulment(actor, &asker, &facts)?;
        annulments::decide(tx, &annulment.id, mark, Verdict::Done, reason)?;
        end(tx, &issuer, &claim, &annulment, (road, judge.debtor, payment.as_ref()))
    })
}

/// Whoever may not annul may not refuse to either; the road does not matter for a refusal.
fn may_refuse(actor: &Actor, asker: &Participant, facts: &AnnulFacts, reason: &str) -> Result<(), Refusal> {
    let anywhere = AnnulFacts { state: State::Approved, payment: None, ..facts.clone() };
    undo::judge_annulment(actor, asker, &anywhere)?;
    if reason.chars().count() < REASON_CHARS_MIN { Err(AnnulRefused::NoReason.into()) } else { Ok(()) }
}

/// Ends a claim: its state, its money, its place among the others, the death it told of.
pub(super) fn end(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &Claim,
    annulment: &Annulment,
    (road, debtor, payment): (Road, Option<(&str, &str)>, Option<&Item>),
) -> Result<Option<Case>, Refusal> {
    claims::advance(tx, claim, claim.state, State::Annulled, None, issuer.now)?;
    let case = match (road, payment) {
        (Road::Release, _) => {
            give_back(tx, issuer, claim, Step::Annul)?;
            None
        }
        (Road::Reclaim, Some(item)) => Some(reclaim(tx, issuer, claim, annulment, (item, debtor))?),
        (Road::Reclaim, None) => return Err(Refusal::NotFound),
        (Road::Treasury, _) => None,
    };
    leave_comparison(tx, issuer, claim)?;
    move_death(tx, issuer, claim, Step::Annul, None)?;
    let mut told = format!("{}. {}", annulment.ground.label(), annulment.words);
    if annulment.ground == Ground::PersonAlive {
        lives(tx, issuer, claim)?;
        told.push_str(" Catatan kematiannya dicabut; warga ini tercatat masih hidup.");
    }
    if let Some(case) = &case {
        told.push_str(&format!(" {} harus dikembalikan oleh {}.", case.owed, case.debtor.name));
    }
    let findings = events::findings(tx, &claim.id)?;
    record_step(tx, issuer, claim, &Action { step: Step::Annul, reason: told }, State::Annulled, &findings)?;
    note(tx, issuer.actor, claim, "annulment.done", annulment, issuer.now)?;
    Ok(case)
}

/// Money with the wrong person becomes a debt, with a case that follows it.
fn reclaim(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &Claim,
    annulment: &Annulment,
    (item, debtor): (&Item, Option<(&str, &str)>),
) -> Result<Case, Refusal> {
    let line_id = orders::line_of(tx, &issuer.actor.office, &item.order_id)?;
    let case = Case {
        id: new_id(),
        claim_id: claim.id.clone(),
        item_id: item.id.clone(),
        annulment_id: annulment.id.clone(),
        line_id: line_id.clone(),
        debtor: debtor_of(claim, item, debtor)?,
        owed: item.amount,
        settled: item.amount == Rupiah::ZERO,
        opened_on: issuer.today(),
        opened_by: issuer.actor.id.clone(),
        opened_at: issuer.now,
        version: 1,
        plans: Vec::new(),
        payments: Vec::new(),
    };
    let trace = Trace { evidence: format!("Dibatalkan: {}", annulment.ground.label()), ..Trace::default() };
    let moved = Moved { step: ItemStep::Reclaim, act: "claim.annul", document: &case.id, trace, reason: String::new() };
    move_item(tx, issuer, &line_id, item, &moved)?;
    recoveries::open(tx, &issuer.actor.office, &case)?;
    Ok(case)
}

/// The payee, unless somebody else had the money.
fn debtor_of(claim: &Claim, item: &Item, told: Option<(&str, &str)>) -> Result<Debtor, Refusal> {
    let payee = claim.content.payee();
    let debtor = match told.map(|(name, address)| (name.trim(), address.trim())).filter(|(name, _)| !name.is_empty()) {
        Some((name, address)) => Debtor { name: name.to_owned(), nik: None, address: address.to_owned() },
        None => Debtor {
            name: item.payee.clone(),
            nik: payee.and_then(|heir| heir.nik.number.clone()),
            address: heir_addressee(&claim.content).at,
        },
    };
    let fits = |text: &str| DEBTOR_CHARS.contains(&text.chars().count());
    if fits(&debtor.name) && fits(&debtor.address) { Ok(debtor) } else { Err(RecoveryRefused::Debtor.into()) }
}

/// Whoever the claim called dead lives: neither this claim nor what registers said until now makes them dead.
fn lives(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim) -> Result<(), Refusal> {
    let sequence = sequence_of(tx, &claim.office, &claim.code)?;
    let checked = check(tx, issuer.pack, &claim.content, &Arrival::of(claim, sequence))?;
    let people = FoundAlive::of_claim(&claim.content, &checked.facts.person.rows);
    let people: Vec<(String, FoundAlive)> = people.into_iter().map(|person| (new_id(), person)).collect();
    alive::record(tx, issuer.actor, &claim.code, &people, issuer.now)?;
    Ok(())
}

/// A sentence of the story that is no step.
pub(super) fn remark(
    tx: &mut Tx<'_>,
    (actor, now): (&Actor, chrono::DateTime<chrono::Utc>),
    claim: &Claim,
    reason: &str,
    action: &'static str,
) -> Result<(), Refusal> {
    let event = NewEvent {
        id: new_id(),
        claim_id: &claim.id,
        at: now,
        actor,
        step: None,
        from: Some(claim.state),
        to: claim.state,
        reason,
        evidence: "[]",
    };
    Ok(events::add_remark(tx, event, action)?)
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    claim: &Claim,
    act: &str,
    annulment: &Annulment,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Refusal> {
    let details = serde_json::json!({
        "code": claim.code, "annulment": annulment.id, "ground": annulment.ground.code(), "evidence": annulment.evidence_sha256,
    });
    audit::append(tx, actor, act, &format!("claim:{}", claim.id), &details.to_string(), now)?;
    Ok(())
}
