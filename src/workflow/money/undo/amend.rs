//! Amending a signed decree: finance proposes rows to strike or change, the head of agency locks the amending decree, money and claims
//! move with it.

use super::amend_letters::issue;
use super::annul::{end, last_payment};
use super::{Evidence, is_settled};
use crate::clock::new_id;
use crate::domain::access::{Actor, Duty, Role, may_take_part};
use crate::domain::claim::{Action, Payout, REASON_CHARS_MIN, Step, decide};
use crate::domain::ledger::Movement;
use crate::domain::letter::{LetterKind, ListSum, RowAmendment};
use crate::domain::money::Rupiah;
use crate::domain::payment::{clean_payout, hand};
use crate::domain::undo::{
    AmendRefused, Ground, NewPayee, Road, RowChange, RowFacts, RowKind, amended_content, may_decide, may_propose, row_may_change,
};
use crate::store::claims::{self, Claim};
use crate::store::money::amendments::{self, Amendment, Outcome, ProposedRow};
use crate::store::money::annulments::{self, Annulment, Verdict};
use crate::store::money::budget;
use crate::store::money::decrees::{self, Decree, DecreeItem};
use crate::store::{DbConn, Tx, audit, events, users};
use crate::workflow::decide::{action_facts, record_step};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::Issuer;
use crate::workflow::money::books::booking;
use crate::workflow::money::decree::nominative_row;
use crate::workflow::money::renewal::{Change, change_claim};
use crate::workflow::refusal::Refusal;

/// Most rows one amending decree changes; more would be another decree.
pub const ROWS_MAX: usize = 200;

/// An amending decree somebody wants, with the paper it rests on.
#[derive(Clone)]
pub struct ProposeAmendment<'a> {
    /// The decree it changes.
    pub decree_id: &'a str,
    /// Rows as they shall become.
    pub rows: Vec<ProposedRow>,
    /// The paper.
    pub evidence: Option<Evidence<'a>>,
}

/// Rows before and after, with the sums of the list.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The decree.
    pub decree: Decree,
    /// Rows that change, in the order of the decree.
    pub rows: Vec<RowAmendment>,
    /// The list before.
    pub before: ListSum,
    /// What is struck.
    pub struck: Option<ListSum>,
    /// The list after.
    pub after: Option<ListSum>,
}

/// An amending decree that was locked.
#[derive(Debug, Clone)]
pub struct Lock {
    /// The amending decree.
    pub decree: Decree,
    /// Claims that were annulled with it.
    pub annulled: Vec<String>,
}

/// A row that may change, with its claim as it stands.
struct Row {
    claim: Claim,
    change: RowChange,
}

/// Rows before and after, as the amending decree would have them. Nothing is changed.
///
/// # Errors
/// [`Refusal::Amend`], the first fault; [`Refusal::NotFound`] outside the office.
pub fn preview_amendment(desk: &Desk, actor: &Actor, decree_id: &str, rows: &[ProposedRow]) -> Result<Preview, Refusal> {
    desk.store.read(|conn| {
        let decree = amendable(conn, actor, decree_id)?;
        let rows = rows_of(conn, actor, &decree, rows)?;
        preview(decree, &rows)
    })
}

/// Proposes an amending decree. Until it is locked and signed, or taken back, the decree is not ordered.
///
/// # Errors
/// [`Refusal::Amend`]; [`Refusal::OwnFamily`], [`Refusal::SamePerson`] for a row this person may not handle.
pub fn propose_amendment(desk: &Desk, actor: &Actor, propose: &ProposeAmendment<'_>) -> Result<Amendment, Refusal> {
    let (media_type, bytes) = propose.evidence.unwrap_or_default();
    may_propose(actor, propose.rows.len(), !bytes.is_empty())?;
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let pack = desk.pack(tx, &actor.office)?;
        let decree = amendable(tx, actor, propose.decree_id)?;
        is_settled(tx, &decree)?;
        let rows = rows_of(tx, actor, &decree, &propose.rows)?;
        for row in &rows {
            let known = action_facts(tx, actor, &row.claim)?;
            may_take_part(actor, Duty::Pay, &known.participants, &known.interested)?;
            keeps_amount(tx, &pack, row)?;
        }
        let kept = |row: &Row| ProposedRow { claim_id: row.claim.id.clone(), version: row.claim.version, change: row.change.clone() };
        let amendment = Amendment {
            id: new_id(),
            decree_id: decree.id.clone(),
            rows: rows.iter().map(kept).collect(),
            evidence_sha256: desk.files.keep_with(tx, bytes)?,
            evidence_type: media_type.to_owned(),
            by: actor.id.clone(),
            at: now,
            outcome: Outcome::Proposed,
            decided: None,
            reason: String::new(),
        };
        amendments::propose(tx, &actor.office, &amendment)?;
        note(tx, actor, &decree, "decree.propose_amendment", &amendment, now)?;
        Ok(amendment)
    })
}

/// Takes a proposal back, or does not agree to it.
///
/// # Errors
/// [`Refusal::Amend`], [`Refusal::NotYourRole`].
pub fn withdraw_amendment(desk: &Desk, actor: &Actor, amendment_id: &str, reason: &str) -> Result<Amendment, Refusal> {
    if !matches!(actor.role, Role::Finance | Role::Approver) {
        return Err(Refusal::NotYourRole);
    }
    let reason = reason.trim();
    if reason.chars().count() < REASON_CHARS_MIN {
        return Err(AmendRefused::NoReason.into());
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let amendment = amendments::load(tx, &actor.office, amendment_id)?;
        if amendment.outcome != Outcome::Proposed {
            return Err(AmendRefused::Decided.into());
        }
        amendments::decide(tx, &amendment.id, (&actor.id, now), None, reason)?;
        let decree = decrees::load(tx, &actor.office, &amendment.decree_id)?;
        note(tx, actor, &decree, "decree.withdraw_amendment", &amendment, now)?;
        Ok(amendments::load(tx, &actor.office, amendment_id)?)
    })
}

/// Locks the amending decree exactly as it was proposed: struck rows go back to their promise (and their claims end where the ground
/// says so), changed rows are checked afresh, the letters are issued.
///
/// # Errors
/// [`Refusal::Amend`], [`Refusal::PlanChanged`] when a claim is not any more as it was proposed; [`Refusal::SamePerson`],
/// [`Refusal::OwnFamily`]; [`Refusal::Letter`] when a fact for the list is missing, and then nothing is changed.
pub fn lock_amendment(desk: &Desk, actor: &Actor, amendment_id: &str) -> Result<Lock, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let amendment = amendments::load(tx, &actor.office, amendment_id)?;
        let proposer = hand(&amendment.by, users::by_id(tx, &amendment.by)?.actor.nik);
        may_decide(actor, &proposer, amendment.outcome != Outcome::Proposed)?;
        let base = amendable(tx, actor, &amendment.decree_id)?;
        let rows = rows_of(tx, actor, &base, &amendment.rows)?;
        let seen = |row: &Row| amendment.rows.iter().any(|kept| kept.claim_id == row.claim.id && kept.version == row.claim.version);
        if !rows.iter().all(seen) {
            return Err(Refusal::PlanChanged);
        }
        let planned = preview(base.clone(), &rows)?;
        let number = issuer.number(tx, LetterKind::SkPerubahan)?;
        let amending = amending_decree(&issuer, &base, &amendment, &rows, number.text.clone())?;
        decrees::insert(tx, &actor.office, &amending)?;
        let mut annulled = Vec::new();
        for row in &rows {
            match &row.change {
                RowChange::Strike { ground, words } => {
                    strike(tx, &issuer, (&base, &amending), &row.claim, (*ground, words))?;
                    if ground.ends_the_claim() {
                        annul(tx, &issuer, &amendment, &row.claim, (*ground, words))?;
                        annulled.push(row.claim.code.clone());
                    }
                }
                RowChange::Amend { payee, words, .. } => change(tx, &issuer, &amending, row, (payee, words))?,
            }
        }
        amendments::decide(tx, &amendment.id, (&actor.id, issuer.now), Some(&amending.id), "")?;
        let line = budget::line(tx, &base.budget_line_id)?;
        issue(tx, &issuer, &line, &amending, planned, number)?;
        note(tx, actor, &base, "decree.amend", &amendment, issuer.now)?;
        Ok(Lock { decree: amending, annulled })
    })
}

/// A signed decree that is no amending one.
fn amendable(conn: &mut DbConn, actor: &Actor, decree_id: &str) -> Result<Decree, Refusal> {
    let decree = decrees::load(conn, &actor.office, decree_id)?;
    if decree.signed_on.is_none() || decree.amends.is_some() { Err(AmendRefused::NotSigned.into()) } else { Ok(decree) }
}

/// Proposed rows with their claims, in the order of the decree, each of which may change so.
fn rows_of(conn: &mut DbConn, actor: &Actor, decree: &Decree, proposed: &[ProposedRow]) -> Result<Vec<Row>, Refusal> {
    if proposed.is_empty() || proposed.len() > ROWS_MAX {
        return Err(AmendRefused::NothingChosen.into());
    }
    let mut rows = Vec::with_capacity(proposed.len());
    for item in decree.items.iter().filter(|item| item.kind == RowKind::List) {
        let Some(wanted) = proposed.iter().find(|row| row.claim_id == item.claim_id) else { continue };
        let claim = claims::load(conn, actor, &item.claim_id)?;
        let change = cleaned(&claim, &wanted.change)?;
        let facts = RowFacts {
            code: &claim.code,
            stands: item.struck_by.is_none(),
            state: claim.state,
            payment: last_payment(conn, &claim.id)?.map(|item| item.state),
            content: &claim.content,
        };
        row_may_change(&facts, &change)?;
        rows.push(Row { claim, change });
    }
    // A row that is not on this decree at all.
    if rows.len() == proposed.len() { Ok(rows) } else { Err(Refusal::NotFound) }
}

/// The change with its account written as banks take it.
fn cleaned(claim: &Claim, change: &RowChange) -> Result<RowChange, Refusal> {
    let RowChange::Amend { payee, payout, words } = change else { return Ok(change.clone()) };
    let payout = clean_payout(payout).map_err(|faults| {
        let why = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        AmendRefused::Account { code: claim.code.clone(), why }
    })?;
    Ok(RowChange::Amend { payee: payee.clone(), payout, words: words.trim().to_owned() })
}

fn preview(decree: Decree, rows: &[Row]) -> Result<Preview, Refusal> {
    let differs = || Refusal::TotalsDiffer("SK perubahan");
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let before = nominative_row(&row.claim)?;
        let after = amended_content(&row.claim.content, &row.change)
            .map(|content| nominative_row(&Claim { content, ..row.claim.clone() }))
            .transpose()?;
        let words = row.change.words().trim();
        let why = match &row.change {
            RowChange::Strike { ground, .. } => format!("{}: {words}", ground.label()),
            RowChange::Amend { payee: NewPayee::Next(_), .. } => format!("Penerima diganti ahli waris berikutnya: {words}"),
            RowChange::Amend { .. } => words.to_owned(),
        };
        changes.push(RowAmendment { before, after, why });
    }
    let sum_of = |amounts: &[Rupiah]| -> Result<Option<ListSum>, Refusal> {
        let recipients = u32::try_from(amounts.len()).map_err(|_beyond| differs())?;
        let total = Rupiah::sum(amounts.iter().copied()).ok_or_else(differs)?;
        Ok((recipients > 0).then_some(ListSum { recipients, total }))
    };
    let before: Vec<Rupiah> = decree.standing().map(|item| item.amount).collect();
    let struck: Vec<Rupiah> = changes.iter().filter(|row| row.after.is_none()).map(|row| row.before.amount).collect();
    let gone = |claim_id: &str| rows.iter().any(|row| row.claim.id == claim_id && row.change.kind() == RowKind::Strike);
    let after: Vec<Rupiah> = decree.standing().filter(|item| !gone(&item.claim_id)).map(|item| item.amount).collect();
    Ok(Preview { before: sum_of(&before)?.ok_or_else(differs)?, struck: sum_of(&struck)?, after: sum_of(&after)?, rows: changes, decree })
}

/// By the rules, the benefit with the new payee is the one that is decreed; said when it is proposed, not only when it is locked.
fn keeps_amount(tx: &mut Tx<'_>, pack: &Pack, row: &Row) -> Result<(), Refusal> {
    let Some(content) = amended_content(&row.claim.content, &row.change) else { return Ok(()) };
    let sequence = crate::workflow::checked::sequence_of(tx, &row.claim.office, &row.claim.code)?;
    let arrival = crate::workflow::checked::Arrival::of(&row.claim, sequence);
    let checked = crate::workflow::checked::check(tx, pack, &content, &arrival)?;
    same_amount(&row.claim, checked.policy.amount_for(&content, row.claim.filed_on, checked.facts.person.row()))
}

fn same_amount(claim: &Claim, by_rule: Rupiah) -> Result<(), Refusal> {
    if by_rule == claim.amount {
        return Ok(());
    }
    Err(AmendRefused::AmountDiffers { code: claim.code.clone(), by_rule, decreed: claim.amount }.into())
}

fn amending_decree(issuer: &Issuer<'_>, base: &Decree, amendment: &Amendment, rows: &[Row], number: String) -> Result<Decree, Refusal> {
    let item =
        |row: &Row| DecreeItem { claim_id: row.claim.id.clone(), amount: row.claim.amount, kind: row.change.kind(), struck_by: None };
    let items: Vec<DecreeItem> = rows.iter().map(item).collect();
    Ok(Decree {
        id: new_id(),
        budget_line_id: base.budget_line_id.clone(),
        amends: Some(base.id.clone()),
        number,
        decreed_on: issuer.today(),
        total: Rupiah::sum(items.iter().map(|item| item.amount)).ok_or(Refusal::TotalsDiffer("SK perubahan"))?,
        items,
        signed_on: None,
        reason: format!("Usulan {}", amendment.id),
        formed_by: issuer.actor.id.clone(),
        formed_at: issuer.now,
        version: 1,
    })
}

/// The row does not hold any more: its money lies with the promise again, its claim is approved again.
fn strike(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    (base, amending): (&Decree, &Decree),
    claim: &Claim,
    (ground, words): (Ground, &str),
) -> Result<(), Refusal> {
    let reason = format!("SK perubahan Nomor {}: {}. {}", amending.number, ground.label(), words.trim());
    let action = Action { step: Step::Strike, reason };
    let to = decide(&action, issuer.actor, &action_facts(tx, issuer.actor, claim)?)?;
    decrees::strike(tx, &base.id, &claim.id, &amending.id)?;
    let posting = booking(&base.budget_line_id, Movement::Strike, claim.amount, &claim.id, None);
    issuer.book(tx, "decree.amend", &amending.id, &[posting])?;
    claims::advance(tx, claim, claim.state, to, None, issuer.now)?;
    let findings = events::findings(tx, &claim.id)?;
    record_step(tx, issuer, claim, &action, to, &findings)
}

/// A ground that ends the claim ends it in the same act: two persons have looked at it, and no later decree lists it again.
fn annul(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    amendment: &Amendment,
    struck: &Claim,
    (ground, words): (Ground, &str),
) -> Result<(), Refusal> {
    let claim = claims::load(tx, issuer.actor, &struck.id)?;
    let annulment = Annulment {
        id: new_id(),
        claim_id: claim.id.clone(),
        ground,
        words: words.trim().to_owned(),
        evidence_sha256: amendment.evidence_sha256.clone(),
        evidence_type: amendment.evidence_type.clone(),
        by: amendment.by.clone(),
        at: amendment.at,
        verdict: Verdict::Done,
        decided: Some((issuer.actor.id.clone(), issuer.now)),
        reason: String::new(),
    };
    annulments::insert(tx, &issuer.actor.office, &annulment)?;
    end(tx, issuer, &claim, &annulment, (Road::Release, None, None)).map(drop)
}

/// Another payee or account: the claim is checked afresh with it, its money stays on the decree.
fn change(tx: &mut Tx<'_>, issuer: &Issuer<'_>, amending: &Decree, row: &Row, (payee, words): (&NewPayee, &str)) -> Result<(), Refusal> {
    let content = amended_content(&row.claim.content, &row.change).ok_or(Refusal::PlanChanged)?;
    let known = action_facts(tx, issuer.actor, &row.claim)?;
    may_take_part(issuer.actor, Duty::Approve, &known.participants, &known.interested)?;
    let payee_changes = matches!(payee, NewPayee::Next(_));
    let (NewPayee::Corrected(heir) | NewPayee::Next(heir)) = payee;
    let way = if matches!(content.payout, Payout::Cash) { "tunai" } else { "transfer" };
    let told = format!("SK perubahan Nomor {}: dibayarkan kepada {} ({way}).", amending.number, heir.name);
    let change = Change { content, payee_changes, told: &told, reason: words.trim() };
    let (_, by_rule) = change_claim(tx, issuer, &row.claim, change)?;
    same_amount(&row.claim, by_rule)
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    decree: &Decree,
    act: &str,
    amendment: &Amendment,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Refusal> {
    let struck = amendment.rows.iter().filter(|row| row.change.kind() == RowKind::Strike).count();
    let details = serde_json::json!({
        "number": decree.number, "amendment": amendment.id, "rows": amendment.rows.len(), "struck": struck,
        "evidence": amendment.evidence_sha256,
    });
    audit::append(tx, actor, act, &format!("decree:{}", decree.id), &details.to_string(), now)?;
    Ok(())
}
