//! Filing a claim, and filing it again after repair.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock::{new_code, new_id};
use crate::domain::access::{Actor, Duty, Interested, Role, may_take_part};
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::{self, wib_date};
use crate::domain::claim::{Action, ClaimContent, DocumentKind, State, Step, decide};
use crate::domain::crosscheck::{self, Finding, Meanwhile, PaperMark, concerns};
use crate::domain::identity::Nik;
use crate::domain::letter::{ClaimPaper, LetterContent, TandaTerima};
use crate::domain::policy::{PaperCase, PaperLine, Policy};
use crate::exchange::photo::photo_hash;
use crate::store::claims::{self, Claim};
use crate::store::documents::Document;
use crate::store::files::Staged;
use crate::store::history::Origin;
use crate::store::letters::{About, Issued};
use crate::store::{Change, DbConn, Moment, Tx, audit, documents, events, history};

use super::ask::queue_questions;
use super::checked::{Arrival, Checked, check, interested, remembered, sequence_of};
use super::decide::action_facts;
use super::desk::{Desk, Pack};
use super::letter::{Draft, Issuer, Words, departed, heir_named, place};
use super::recheck::{queue_heirs, queue_touched};
use super::refusal::Refusal;
use super::snapshot::{self, Taken};

/// Through which door a claim came; the audit trail keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Typed at the village's desk, one family after the other.
    Desk,
    /// Sent by another program or taken from a list: the minute says nothing about anybody's work.
    Program,
}

impl Channel {
    /// The word in the audit trail.
    fn code(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Program => "program",
        }
    }
}

/// A claim as it arrives.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Made by the sender before sending; the same key and content again is the same claim.
    pub idempotency_key: String,
    /// What is claimed.
    pub content: ClaimContent,
    /// Day the village took the papers, for claims typed in later from paper; `None` = today.
    pub filed_on: Option<NaiveDate>,
    /// Scans and photos.
    pub attachments: Vec<Attachment>,
    /// How it came.
    pub channel: Channel,
}

/// A scan or photo, already recognised by its content.
#[derive(Clone)]
pub struct Attachment {
    /// Which paper it is.
    pub kind: DocumentKind,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media_type: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// A claim that is on file.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The claim.
    pub claim: Claim,
    /// What the cross-check found.
    pub findings: Vec<Finding>,
    /// Whether this very claim was already on file: the first answer again.
    pub repeated: bool,
}

/// Files a claim: content, findings, story, receipt and notice in one transaction.
///
/// # Errors
/// [`Refusal`]; in particular [`Refusal::DeceasedHasClaim`], which the database guarantees.
pub fn submit(desk: &Desk, actor: &Actor, submission: &Submission) -> Result<Filed, Refusal> {
    if actor.role != Role::Operator {
        return Err(Refusal::NotYourRole);
    }
    if !actor.sees(&submission.content.village) {
        return Err(Refusal::WrongVillage);
    }
    let brought = Brought::by(desk, submission)?;
    let now = desk.clock.now();
    let ahead = desk.store.read_ahead(|conn| {
        let place = Place { pack: desk.pack(conn, &actor.office)?, actor, now, sequence: history::next_sequence(conn)? };
        Looked::at(conn, &place, submission, &brought)
    })?;
    let filed = desk.store.write(actor.office.as_str(), |tx| match earlier_answer(tx, actor, submission, &brought)? {
        Some(filed) => Ok(filed),
        None => {
            let place = Place { pack: desk.pack(tx, &actor.office)?, actor, now, sequence: history::next_sequence(tx)? };
            let looked = match ahead.filter(|(looked, moment)| looked.holds(tx, *moment, submission, &brought)) {
                Some((looked, _)) => looked,
                None => Looked::at(tx, &place, submission, &brought)?,
            };
            file(tx, desk, &place, submission, brought, looked)
        }
    });
    if matches!(filed, Err(Refusal::DeceasedHasClaim)) {
        note_refused_duplicate(desk, actor, submission)?;
    }
    filed
}

/// The first answer to a claim sent before.
fn earlier_answer(tx: &mut Tx<'_>, actor: &Actor, submission: &Submission, brought: &Brought) -> Result<Option<Filed>, Refusal> {
    let Some(claim) = claims::by_idempotency_key(tx, &actor.office, &submission.idempotency_key)? else { return Ok(None) };
    if claim.content_hash != brought.content_hash || claim.filed_by != actor.id {
        return Err(Refusal::KeyReused);
    }
    let findings = events::findings(tx, &claim.id)?;
    Ok(Some(Filed { claim, findings, repeated: true }))
}

/// By whom, when and as which in the order of filing a claim comes in.
struct Place<'a> {
    pack: Arc<Pack>,
    actor: &'a Actor,
    now: DateTime<Utc>,
    sequence: i64,
}

impl Place<'_> {
    fn filed_on(&self, submission: &Submission) -> NaiveDate {
        submission.filed_on.unwrap_or_else(|| wib_date(self.now))
    }
}

/// What was found out about a claim before it is filed: gathered ahead, and kept if nobody's act in between was a matter of it.
struct Looked {
    claim_id: String,
    interested: Interested,
    checked: Checked,
    taken: Taken,
}

impl Looked {
    fn at(conn: &mut DbConn, place: &Place<'_>, submission: &Submission, brought: &Brought) -> Result<Self, Refusal> {
        let (claim_id, filed_on, content) = (new_id(), place.filed_on(submission), &submission.content);
        let papers: Vec<Document> = brought.papers.iter().map(|(document, _)| document.clone()).collect();
        let arrival = Arrival {
            clerk: &place.actor.id,
            filed_on,
            sequence: place.sequence,
            typed_at: typed_at(submission.channel, filed_on, place.now),
            claim_id: &claim_id,
            new_papers: &papers,
        };
        let interested = interested(conn, place.actor, content)?;
        let checked = check(conn, &place.pack, content, &arrival)?;
        let taken = Taken::of(content, filed_on, &checked)?;
        Ok(Self { claim_id, interested, checked, taken })
    }

    /// Whether it is what would be found out now: nothing has happened in between, or nothing that is a matter of this claim.
    fn holds(&self, tx: &Tx<'_>, since: Moment, submission: &Submission, brought: &Brought) -> bool {
        let matters = |other: &Meanwhile| concerns(&submission.content, &self.checked.facts, &brought.marks(), other);
        tx.since(since).is_some_and(|others| !others.iter().any(|other| matters(other)))
    }
}

fn file(
    tx: &mut Tx<'_>,
    desk: &Desk,
    place: &Place<'_>,
    submission: &Submission,
    brought: Brought,
    looked: Looked,
) -> Result<Filed, Refusal> {
    let Place { pack, actor, now, sequence } = place;
    let (actor, now, sequence) = (*actor, *now, *sequence);
    let Looked { claim_id: id, interested, checked, taken } = looked;
    let content = &submission.content;
    may_take_part(actor, Duty::File, &[], &interested)?;
    let filed_on = place.filed_on(submission);
    let code = format!("{}-{}", pack.office.short_code, new_code());
    let (marks, content_hash) = (brought.marks(), brought.content_hash);
    let papers = keep(tx, brought.papers);
    let policy = pack.policy_for(content)?;
    let claim = Claim {
        id,
        office: actor.office.clone(),
        idempotency_key: submission.idempotency_key.clone(),
        content_hash,
        version: 1,
        state: State::Submitted,
        resume: None,
        village: content.village.clone(),
        filed_on,
        filed_at: now,
        filed_by: actor.id.clone(),
        policy_version: policy.version.clone(),
        amount: policy.amount_for(content, filed_on, checked.facts.person.row()),
        verdict: checked.verdict,
        content: content.clone(),
        updated_at: now,
        code,
    };
    let issuer = Issuer { desk, pack, actor, now };
    claims::insert(tx, &claim)?;
    let known = remembered(&claim, &checked.facts, sequence);
    history::insert(tx, &actor.office, &claim.id, Origin::Claim, &known)?;
    tx.changes(Change::This(Arc::new(Meanwhile::Filed(crosscheck::Filed { claim: known, papers: marks }))));
    record(tx, &issuer, &claim, &checked, Sending { from: None, channel: submission.channel, taken: &taken })?;
    attach(tx, &issuer, &claim, &papers)?;
    // Whoever has the deceased of this claim as their heir must hear of it.
    let died: Vec<Nik> = content.deceased.nik.number.iter().cloned().collect();
    queue_heirs(tx, &actor.office, &died, &format!("permohonan {}", claim.code), now)?;
    let death = &content.death;
    let filing = calendar::Filing { died_on: death.died_on, document_on: death.letter_on, filed_on };
    let complete_by = filing.countdown(&policy.deadline, &pack.holidays).last;
    let receipt = issuer.issue(tx, receipt(&issuer, &claim, policy, complete_by))?;
    notify_village(tx, &issuer, &claim, &receipt)?;
    Ok(Filed { claim, findings: checked.findings, repeated: false })
}

/// Files a returned claim again with repaired content. Filing date, code and key stay.
///
/// # Errors
/// [`Refusal::Stale`] when `expected_version` is not the current one.
pub fn resubmit(desk: &Desk, actor: &Actor, claim_id: &str, expected_version: i64, repaired: &Submission) -> Result<Filed, Refusal> {
    if !actor.sees(&repaired.content.village) {
        return Err(Refusal::WrongVillage);
    }
    let brought = Brought::by(desk, repaired)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let (now, pack) = (desk.clock.now(), desk.pack(tx, &actor.office)?);
        let old = claims::load(tx, actor, claim_id)?;
        if old.version != expected_version {
            return Err(Refusal::Stale);
        }
        let action = Action { step: Step::Resubmit, reason: String::new() };
        let facts = action_facts(tx, actor, &old)?;
        let state = decide(&action, actor, &facts)?;
        may_take_part(actor, Duty::File, &facts.participants, &interested(tx, actor, &repaired.content)?)?;
        let sequence = sequence_of(tx, &actor.office, &old.code)?;
        let papers = keep(tx, brought.papers);
        let checked = check(tx, &pack, &repaired.content, &Arrival { new_papers: &papers, ..Arrival::of(&old, sequence) })?;
        let policy = pack.policy_for(&repaired.content)?;
        let claim = Claim {
            state,
            village: repaired.content.village.clone(),
            content: repaired.content.clone(),
            policy_version: policy.version.clone(),
            amount: policy.amount_for(&repaired.content, old.filed_on, checked.facts.person.row()),
            verdict: checked.verdict,
            updated_at: now,
            ..old.clone()
        };
        claims::replace(tx, &old, &claim)?;
        let (before, after) = (history::remembered(tx, &claim.id)?, remembered(&claim, &checked.facts, sequence));
        history::replace(tx, &actor.office, &claim.id, &after)?;
        for known in before.iter().chain([&after]) {
            queue_touched(tx, &actor.office, known, "perbaikan permohonan lain", now)?;
        }
        let issuer = Issuer { desk, pack: &pack, actor, now };
        let taken = Taken::of(&claim.content, claim.filed_on, &checked)?;
        record(tx, &issuer, &claim, &checked, Sending { from: Some(old.state), channel: repaired.channel, taken: &taken })?;
        attach(tx, &issuer, &claim, &papers)?;
        Ok(Filed { claim: Claim { version: old.version.saturating_add(1), ..claim }, findings: checked.findings, repeated: false })
    })
}

/// The instant somebody typed a claim with the family at the desk; none where it was sent, or typed days after the papers came.
fn typed_at(channel: Channel, filed_on: NaiveDate, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (channel == Channel::Desk && filed_on == wib_date(now)).then_some(now)
}

/// How a claim was sent: for the first time or again, and through which door.
struct Sending<'a> {
    from: Option<State>,
    channel: Channel,
    /// What it was judged by.
    taken: &'a Taken,
}

/// Findings, story and audit of a filing.
fn record(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, checked: &Checked, sending: Sending<'_>) -> Result<(), Refusal> {
    let from = sending.from;
    events::replace_findings(tx, &claim.office, &claim.id, &checked.findings)?;
    let evidence = serde_json::to_string(&checked.findings).map_err(|e| Refusal::Settings(e.to_string()))?;
    events::add(
        tx,
        events::NewEvent {
            id: new_id(),
            claim_id: &claim.id,
            at: issuer.now,
            actor: issuer.actor,
            step: from.map(|_| Step::Resubmit),
            from,
            to: claim.state,
            reason: "",
            evidence: &evidence,
        },
    )?;
    let act = if from.is_some() { "claim.resubmit" } else { "claim.file" };
    let details = serde_json::json!({
        "code": claim.code, "verdict": claim.verdict.code(), "filed_on": claim.filed_on.to_string(), "channel": sending.channel.code()
    });
    audit::append(tx, issuer.actor, act, &format!("claim:{}", claim.id), &details.to_string(), issuer.now)?;
    snapshot::keep_taken(tx, issuer.actor, claim, act.trim_start_matches("claim."), sending.taken, issuer.now)?;
    queue_questions(tx, issuer.desk, claim)
}

/// What a submission brings, read and written beside its place before anybody waits at the writer's door: photos take long.
struct Brought {
    content_hash: String,
    papers: Vec<(Document, Staged)>,
}

impl Brought {
    fn by(desk: &Desk, submission: &Submission) -> Result<Self, Refusal> {
        let papers = submission.attachments.iter().map(|attachment| {
            let mut staged = desk.files.stage(&attachment.bytes)?;
            staged.sync()?;
            let document = Document {
                id: new_id(),
                kind: attachment.kind,
                sha256: staged.name().to_owned(),
                media_type: attachment.media_type.to_owned(),
                bytes: i64::try_from(attachment.bytes.len()).unwrap_or(i64::MAX),
                photo: photo_hash(&attachment.bytes),
            };
            Ok((document, staged))
        });
        Ok(Self { papers: papers.collect::<Result<_, Refusal>>()?, content_hash: content_hash(submission)? })
    }

    /// By what its papers are compared with those of others.
    fn marks(&self) -> Vec<PaperMark> {
        self.papers.iter().map(|(document, _)| PaperMark { sha256: document.sha256.clone(), photo: document.photo }).collect()
    }
}

/// Lets the files of papers share the act's fate; nobody finds them until they are attached.
fn keep(tx: &mut Tx<'_>, papers: Vec<(Document, Staged)>) -> Vec<Document> {
    papers
        .into_iter()
        .map(|(document, staged)| {
            tx.keep(staged);
            document
        })
        .collect()
}

fn attach(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, papers: &[Document]) -> Result<(), Refusal> {
    for document in papers {
        documents::add(tx, &claim.office, &claim.id, document, &issuer.actor.id, issuer.now)?;
    }
    Ok(())
}

/// Papers for the receipt: every required line of the checklist, and every paper that came besides.
fn receipt_papers(content: &ClaimContent, policy: &Policy) -> Vec<ClaimPaper> {
    let lines = policy.checklist(&PaperCase::of(content));
    let required: Vec<&PaperLine<'_>> = lines.iter().filter(|line| line.is_required()).collect();
    let holds = |line: &PaperLine<'_>| line.rule.any_of.iter().any(|kind| content.documents.contains(kind));
    let asked = required.iter().map(|line| ClaimPaper { name: line.rule.label(), received: holds(line) });
    let besides = content.documents.iter().filter(|kind| !required.iter().any(|line| line.rule.any_of.contains(kind)));
    asked.chain(besides.map(|kind| ClaimPaper { name: kind.label().to_owned(), received: true })).collect()
}

/// The family's receipt, with what is still missing.
fn receipt(issuer: &Issuer<'_>, claim: &Claim, policy: &Policy, complete_by: NaiveDate) -> Draft {
    let content = &claim.content;
    let papers = receipt_papers(content, policy);
    let missing = papers.iter().any(|p| !p.received);
    let (heir, relation) = heir_named(content);
    Draft {
        about: About { claim_id: Some(claim.id.clone()), ..About::default() },
        village: claim.village.clone(),
        content: LetterContent::TandaTerima(TandaTerima {
            claim_code: claim.code.clone(),
            received_at: claim.filed_at,
            filed_on: Some(claim.filed_on).filter(|filed_on| *filed_on != wib_date(claim.filed_at)),
            departed: departed(content),
            heir,
            relation,
            reporter: content.reporter.name.to_string(),
            papers,
            complete_by: missing.then_some(complete_by),
            status_page: format!("{}/status", issuer.desk.public_url),
            contact: issuer.pack.office.contact.clone(),
            officer: issuer.actor.name.clone(),
            officer_title: format!("Petugas {}", place(&claim.village).village_line()),
        }),
    }
}

fn notify_village(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, receipt: &Issued) -> Result<(), Refusal> {
    let words = Words {
        subject: &format!("Tanda terima berkas {}", claim.code),
        body: &format!(
            "Tanda terima berkas permohonan santunan {} terlampir. Mohon dicetak dan diserahkan kepada keluarga.\n\nPengurusan santunan tidak dipungut biaya.",
            claim.code
        ),
    };
    issuer.mail(tx, receipt, issuer.pack.office.mailboxes.of_village(&claim.village), words)?;
    Ok(())
}

/// A refused second claim leaves its trace for the inspector, without numbers.
fn note_refused_duplicate(desk: &Desk, actor: &Actor, submission: &Submission) -> Result<(), Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        tx.changes(Change::Nothing);
        let details = serde_json::json!({ "village": submission.content.village.as_str() });
        audit::append(tx, actor, "claim.duplicate_refused", "claim:-", &details.to_string(), desk.clock.now())?;
        Ok(())
    })
}

/// SHA-256 over everything that was sent.
fn content_hash(submission: &Submission) -> Result<String, Refusal> {
    let mut text = serde_json::to_string(&submission.content).map_err(|e| Refusal::Settings(e.to_string()))?;
    for attachment in &submission.attachments {
        text.push_str(attachment.kind.code());
        text.push_str(&sha256_hex(&attachment.bytes));
    }
    Ok(sha256_hex(text.as_bytes()))
}
