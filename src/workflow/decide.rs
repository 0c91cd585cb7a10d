//! Every step somebody takes on a claim: endorse, return, verify, approve, refuse, hold, withdraw, annul.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Days;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::calendar::wib_date;
use crate::domain::claim::{Action, ActionFacts, NotAllowed, State, Step, decide};
use crate::domain::crosscheck::{Died, Finding, Meanwhile, PaperMark, Severity, concerns, concerns_payee};
use crate::domain::identity::Nik;
use crate::domain::ledger::Movement;
use crate::domain::letter::{Fault, LetterContent, Pengembalian, Penolakan};
use crate::domain::register::Death;
use crate::domain::undo::AnnulRefused;
use crate::store::claims::{self, Claim};
use crate::store::documents::Document;
use crate::store::letters::{About, Issued};
use crate::store::money::{budget, orders};
use crate::store::{Change, DbConn, Moment, StoreError, Tx, answers, audit, deaths, documents, events, history};

use super::checked::{Arrival, Checked, check, interested, payee_died, sequence_of};
use super::desk::Desk;
use super::letter::{Draft, Issuer, Words, departed, heir_addressee, heir_named, place, village_addressee};
use super::money::{Funding, booking, funding, line_to_charge};
use super::recheck::{note_payee, queue_heirs, queue_touched, watch_payee};
use super::refusal::Refusal;
use super::snapshot;

/// What somebody wants to do with the claim they saw.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// Claim.
    pub claim_id: &'a str,
    /// The version the person saw; another one now is refused.
    pub expected_version: i64,
    /// Step and reason. For a return, one fault per line.
    pub action: Action,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Acted {
    /// Code of the claim.
    pub code: String,
    /// Step that was taken: an approval without money becomes a place on the waiting list.
    pub step: Step,
    /// Where the claim stands now.
    pub state: State,
    /// Letter that went with it.
    pub letter: Option<Issued>,
}

/// Takes a step. The cross-check is run again for verification and approval, and kept with the decision.
///
/// # Errors
/// [`Refusal`]; nothing is changed then.
pub fn act(desk: &Desk, actor: &Actor, wish: &Wish<'_>) -> Result<Acted, Refusal> {
    let ahead = if is_judgement(wish.action.step) { desk.store.read_ahead(|conn| Ahead::at(conn, desk, actor, wish))? } else { None };
    desk.store.write(actor.office.as_str(), |tx| {
        let issuer_pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &issuer_pack, actor, now: desk.clock.now() };
        let mut claim = claims::load(tx, actor, wish.claim_id)?;
        if claim.version != wish.expected_version {
            return Err(Refusal::Stale);
        }
        refuse_steps_with_a_door_of_their_own(&claim, wish.action.step)?;
        let ahead = ahead.and_then(|(ahead, moment)| ahead?.if_it_holds(tx, moment, &claim));
        let (checked, payee) = ahead.map_or((None, None), |ahead| (Some(ahead.checked), Some(ahead.payee)));
        let checked = refreshed(tx, &issuer, &mut claim, wish.action.step, checked)?;
        let findings = events::findings(tx, &claim.id)?;
        let facts = action_facts(tx, actor, &claim)?;
        let action = Action { step: affordable_step(tx, &issuer, &claim, wish.action.step)?, ..wish.action.clone() };
        let to = decide(&action, actor, &facts)?;
        let resume = (action.step == Step::Hold).then_some(claim.state);
        claims::advance(tx, &claim, claim.state, to, resume, issuer.now)?;
        move_money(tx, &issuer, &claim, action.step)?;
        let died = move_death(tx, &issuer, &claim, action.step, checked.as_ref())?;
        if to == State::Approved {
            let payee = payee.filter(|_known| !checked.as_ref().is_some_and(|c| concerns_payee(&claim.content, &c.facts, &died)));
            match payee {
                Some(found) => note_payee(tx, &claim, found.as_ref(), action.step.code(), issuer.now)?,
                None => watch_payee(tx, issuer.pack, &claim, action.step.code(), issuer.now)?.1,
            };
        }
        tx.changes(change_of(action.step, died));
        record_step(tx, &issuer, &claim, &action, to, &findings)?;
        if let Some(checked) = &checked {
            snapshot::keep(tx, actor, &claim, action.step.code(), checked, issuer.now)?;
        }
        let letter = letter_of_step(tx, &issuer, &claim, &action, &findings)?;
        Ok(Acted { code: claim.code, step: action.step, state: to, letter })
    })
}

/// Filing again, the waiting list, decree, payment and what undoes them write more than a state: their own functions do that, never
/// a bare step.
fn refuse_steps_with_a_door_of_their_own(claim: &Claim, step: Step) -> Result<(), Refusal> {
    match step {
        Step::Resubmit | Step::Queue | Step::Decree | Step::Strike | Step::Pay | Step::Reverse => {
            Err(Refusal::NotAllowed(NotAllowed { from: claim.state, step }))
        }
        // Undoing an approval is asked for by one person and decided by another: `workflow::money::undo`.
        Step::Annul => Err(Refusal::Annul(AnnulRefused::TwoPersons)),
        _ => Ok(()),
    }
}

/// Steps that rest on today's register.
fn is_judgement(step: Step) -> bool {
    matches!(step, Step::Verify | Step::Approve | Step::Reject)
}

/// What was found out about a claim before its act began.
struct Ahead {
    version: i64,
    papers: Vec<PaperMark>,
    checked: Checked,
    payee: Option<Finding>,
}

impl Ahead {
    /// Looks the claim over as the person saw it; nothing for another version, which the act will refuse.
    fn at(conn: &mut DbConn, desk: &Desk, actor: &Actor, wish: &Wish<'_>) -> Result<Option<Self>, Refusal> {
        let (pack, claim) = (desk.pack(conn, &actor.office)?, claims::load(conn, actor, wish.claim_id)?);
        if claim.version != wish.expected_version {
            return Ok(None);
        }
        let sequence = sequence_of(conn, &claim.office, &claim.code)?;
        let checked = check(conn, &pack, &claim.content, &Arrival::of(&claim, sequence))?;
        let payee = match wish.action.step {
            Step::Approve => payee_died(conn, &pack, &claim, wib_date(desk.clock.now()))?,
            _ => None,
        };
        let mark = |paper: Document| PaperMark { sha256: paper.sha256, photo: paper.photo };
        let papers = documents::of_claim(conn, &claim.id)?.into_iter().map(mark).collect();
        Ok(Some(Self { version: claim.version, papers, checked, payee }))
    }

    /// Itself, if it is what would be found out now.
    fn if_it_holds(self, tx: &Tx<'_>, since: Moment, claim: &Claim) -> Option<Self> {
        let matters = |other: &Meanwhile| concerns(&claim.content, &self.checked.facts, &self.papers, other);
        let holds = self.version == claim.version && tx.since(since)?.iter().all(|other| !matters(other));
        holds.then_some(self)
    }
}

/// What a step changes of what other claims are looked at by.
fn change_of(step: Step, died: Died) -> Change {
    match step {
        Step::Endorse | Step::Return | Step::Verify | Step::Hold | Step::Queue => Change::Nothing,
        Step::Approve => Change::This(Arc::new(Meanwhile::Died(died))),
        _ => Change::Anything,
    }
}

/// Runs the cross-check again before a judgement, so that it rests on today's register; other steps keep what is there. `ahead` is
/// what it said before the act, where that still holds.
fn refreshed(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &mut Claim,
    step: Step,
    ahead: Option<Checked>,
) -> Result<Option<Checked>, Refusal> {
    if !is_judgement(step) {
        return Ok(None);
    }
    let checked = if let Some(checked) = ahead {
        checked
    } else {
        let sequence = sequence_of(tx, &claim.office, &claim.code)?;
        check(tx, issuer.pack, &claim.content, &Arrival::of(claim, sequence))?
    };
    claim.verdict = checked.verdict;
    claims::set_verdict(tx, &claim.id, checked.verdict)?;
    events::replace_findings(tx, &claim.office, &claim.id, &checked.findings)?;
    Ok(Some(checked))
}

/// Everything the decision rests on, also for the buttons of a page.
///
/// # Errors
/// [`StoreError`].
pub fn action_facts(conn: &mut DbConn, actor: &Actor, claim: &Claim) -> Result<ActionFacts, StoreError> {
    let mut participants = events::participants(conn, &claim.id)?;
    participants.extend(answers::participants(conn, &claim.id)?);
    participants.extend(orders::participants(conn, &claim.id)?);
    Ok(ActionFacts {
        state: claim.state,
        resume: claim.resume,
        verdict: claim.verdict,
        participants,
        interested: interested(conn, actor, &claim.content)?,
    })
}

/// An approval that no money can be promised for becomes a place on the waiting list; from there it is refused until money comes.
fn affordable_step(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, step: Step) -> Result<Step, Refusal> {
    if step != Step::Approve || !matches!(claim.state, State::Verified | State::Waiting) {
        return Ok(step);
    }
    issuer.pack.policy_in_force(&claim.content)?;
    match funding(tx, issuer, claim)? {
        Funding::Line => Ok(Step::Approve),
        Funding::Wait(why) if claim.state == State::Waiting => Err(why),
        Funding::Wait(_queued) => Ok(Step::Queue),
    }
}

/// Promises or gives back money, in the transaction of its cause.
fn move_money(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, step: Step) -> Result<(), Refusal> {
    match step {
        Step::Approve => {
            let line = line_to_charge(tx, issuer, claim.amount)?;
            budget::commit(tx, &claim.office, &line.id, &claim.id, claim.amount, issuer.now)?;
            issuer.book(tx, "claim.approve", &claim.id, &[booking(&line.id, Movement::Commit, claim.amount, &claim.id, None)])?;
        }
        // Held after its approval, a claim that is withdrawn still had money promised.
        Step::Withdraw if claim.resume == Some(State::Approved) => give_back(tx, issuer, claim, step)?,
        Step::Reject | Step::Withdraw => {}
        _ => return Ok(()),
    }
    if matches!(step, Step::Reject | Step::Withdraw) {
        leave_comparison(tx, issuer, claim)?;
    }
    Ok(())
}

/// A claim that is over is compared with no later one; those it touches are looked at again.
pub(super) fn leave_comparison(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim) -> Result<(), Refusal> {
    history::set_withdrawn(tx, &claim.office, &claim.code, true)?;
    match history::remembered(tx, &claim.id)? {
        Some(known) => queue_touched(tx, &claim.office, &known, "permohonan lain gugur", issuer.now),
        None => Ok(()),
    }
}

/// Gives a promise back to its line.
pub(super) fn give_back(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, step: Step) -> Result<(), Refusal> {
    let line = budget::line_of_claim(tx, &claim.id)?;
    budget::release(tx, &claim.id, issuer.now)?;
    let posting = booking(&line.id, Movement::Release, claim.amount, &claim.id, None);
    Ok(issuer.book(tx, &format!("claim.{}", step.code()), &claim.id, &[posting])?)
}

/// An approval makes the death known for good, to every later claim and to those whose heir the deceased is; where the approval
/// is undone, the death it recorded goes with it. Returns whose death it was.
pub(super) fn move_death(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &Claim,
    step: Step,
    checked: Option<&Checked>,
) -> Result<Died, Refusal> {
    let changed = match (step, checked) {
        // Approved before, it waited for the money of a new year: its death is known already.
        (Step::Approve, Some(_)) if deaths::is_recorded(tx, &claim.office, &claim.code)? => return Ok(Died::default()),
        (Step::Approve, Some(checked)) => {
            let recorded = Death::of_claim(&claim.code, &claim.content, &checked.facts.person.rows, issuer.today());
            deaths::record(tx, &claim.office, recorded.iter().map(|death| (new_id(), death.clone())).collect(), issuer.now)?;
            recorded
        }
        (Step::Reject, _) if !deaths::is_recorded(tx, &claim.office, &claim.code)? => return Ok(Died::default()),
        (Step::Annul | Step::Withdraw | Step::Reject, _) => deaths::withdraw(tx, &claim.office, &claim.code, issuer.now)?,
        _ => return Ok(Died::default()),
    };
    let died = Died::of(&changed);
    let mut niks: Vec<Nik> = changed.into_iter().filter_map(|death| death.nik).chain(claim.content.deceased.nik.number.clone()).collect();
    niks.sort_unstable();
    niks.dedup();
    queue_heirs(tx, &claim.office, &niks, &format!("{} permohonan {}", step.label(), claim.code), issuer.now)?;
    Ok(died)
}

/// Story and audit of a step, with the findings the person saw as evidence.
pub(super) fn record_step(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &Claim,
    action: &Action,
    to: State,
    findings: &[Finding],
) -> Result<(), Refusal> {
    let findings = HashMap::from([(claim.id.clone(), findings.to_vec())]);
    record_steps(tx, issuer, std::slice::from_ref(claim), action, to, &findings)
}

/// Story and audit of one step of each of many claims, with the findings of each as evidence.
pub(super) fn record_steps(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claims: &[Claim],
    action: &Action,
    to: State,
    findings: &HashMap<String, Vec<Finding>>,
) -> Result<(), Refusal> {
    let none = Vec::new();
    let evidence = |claim: &Claim| serde_json::to_string(findings.get(&claim.id).unwrap_or(&none));
    let evidence: Vec<String> = claims.iter().map(evidence).collect::<Result<_, _>>().map_err(|e| Refusal::Settings(e.to_string()))?;
    let story = claims.iter().zip(&evidence).map(|(claim, evidence)| told(issuer, claim, action, to, evidence));
    events::add_all(tx, story.collect())?;
    let act = format!("claim.{}", action.step.code());
    let entry = |claim: &Claim| {
        let (from, verdict) = (claim.state.code(), claim.verdict.code());
        let details = serde_json::json!({ "code": claim.code, "from": from, "to": to.code(), "verdict": verdict });
        audit::Act { action: &act, subject: format!("claim:{}", claim.id), details: details.to_string() }
    };
    let entries: Vec<audit::Act<'_>> = claims.iter().map(entry).collect();
    audit::append_all(tx, issuer.actor, &entries, issuer.now)?;
    Ok(())
}

fn told<'a>(issuer: &Issuer<'a>, claim: &'a Claim, action: &'a Action, to: State, evidence: &'a str) -> events::NewEvent<'a> {
    events::NewEvent {
        id: new_id(),
        claim_id: &claim.id,
        at: issuer.now,
        actor: issuer.actor,
        step: Some(action.step),
        from: Some(claim.state),
        to,
        reason: action.reason.trim(),
        evidence,
    }
}

fn letter_of_step(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    claim: &Claim,
    action: &Action,
    findings: &[Finding],
) -> Result<Option<Issued>, Refusal> {
    let content = match action.step {
        Step::Return => LetterContent::Pengembalian(return_letter(issuer, claim, action)),
        Step::Reject => LetterContent::Penolakan(refusal_letter(issuer, claim, action, findings)),
        _ => return Ok(None),
    };
    let about = About { claim_id: Some(claim.id.clone()), ..About::default() };
    let issued = issuer.issue(tx, Draft { about, village: claim.village.clone(), content })?;
    let words = Words {
        subject: &format!("{} — permohonan {}", action.step.label(), claim.code),
        body: &format!("Surat tentang permohonan {} terlampir. Mohon disampaikan kepada keluarga.", claim.code),
    };
    issuer.mail(tx, &issued, issuer.pack.office.mailboxes.of_village(&claim.village), words)?;
    Ok(Some(issued))
}

fn return_letter(issuer: &Issuer<'_>, claim: &Claim, action: &Action) -> Pengembalian {
    let content = &claim.content;
    let (heir, relation) = heir_named(content);
    Pengembalian {
        claim_code: claim.code.clone(),
        filed_on: claim.filed_on,
        addressee: village_addressee(&claim.village),
        departed: departed(content),
        heir,
        relation,
        faults: action.reason.lines().map(str::trim).filter(|l| !l.is_empty()).map(fault).collect(),
        resubmit_by: issuer.today().checked_add_days(Days::new(u64::from(issuer.pack.office.texts.repair_days))),
        contact: issuer.pack.office.contact.clone(),
        status_page: format!("{}/status", issuer.desk.public_url),
        officer: issuer.actor.name.clone(),
        copies: vec![],
    }
}

/// A line "what is wrong -> what to do"; a line without a cure gets the general one.
fn fault(line: &str) -> Fault {
    let (what, cure) = line.split_once("->").unwrap_or((line, "Perbaiki di desa/kelurahan, lalu ajukan kembali."));
    Fault { what: what.trim().to_owned(), cure: cure.trim().to_owned() }
}

fn refusal_letter(issuer: &Issuer<'_>, claim: &Claim, action: &Action, findings: &[Finding]) -> Penolakan {
    let content = &claim.content;
    let texts = &issuer.pack.office.texts;
    let (heir, relation) = heir_named(content);
    let basis = issuer.pack.policies.named(&claim.policy_version).map(|p| p.legal_basis.clone()).into_iter().collect();
    Penolakan {
        claim_code: claim.code.clone(),
        filed_on: claim.filed_on,
        addressee: heir_addressee(content),
        departed: departed(content),
        heir,
        relation,
        reason: action.reason.trim().to_owned(),
        basis,
        data_basis: data_basis(issuer, findings),
        objection_to: texts.objection_to.clone(),
        objection_days: texts.objection_days,
        contact: issuer.pack.office.contact.clone(),
        copies: vec![format!("{}, Kecamatan {}", village_addressee(&claim.village).name, place(&claim.village).kecamatan)],
    }
}

/// The datasets behind the weighty findings, each once; the papers themselves if no dataset speaks.
fn data_basis(issuer: &Issuer<'_>, findings: &[Finding]) -> Vec<String> {
    let checked = crate::domain::calendar::long_date(issuer.today());
    let mut lines: Vec<String> = findings
        .iter()
        .filter(|f| f.severity != Severity::Note)
        .map(|f| match f.dataset_on {
            Some(on) => format!("{} ({}), diperiksa {checked}", f.dataset, crate::domain::calendar::long_date(on)),
            None => format!("{}, diperiksa {checked}", f.dataset),
        })
        .collect();
    lines.sort();
    lines.dedup();
    if lines.is_empty() {
        lines.push(format!("berkas permohonan, diperiksa {checked}"));
    }
    lines
}
