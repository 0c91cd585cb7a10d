//! What a decision rested on: kept with it, and worked out again years later.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::audit::sha256_hex;
use crate::domain::claim::ClaimContent;
use crate::domain::crosscheck::{CrosscheckFacts, ENGINE, Finding, run};
use crate::domain::policy::Policy;
use crate::domain::register::{Dataset, Resident};
use crate::store::claims::{self, Claim};
use crate::store::snapshots::{self, NewSnapshot, Snapshot};
use crate::store::{DbConn, Tx, audit};

use super::checked::{Arrival, Checked, check, sequence_of};
use super::desk::{Desk, Pack};
use super::refusal::Refusal;

/// Act under which a snapshot stands in the audit trail.
const ACT: &str = "claim.snapshot";

/// Everything the cross-check was given and what it said: enough to run it again without the database.
#[derive(Serialize, Deserialize)]
struct Evidence {
    content: ClaimContent,
    filed_on: NaiveDate,
    facts: CrosscheckFacts,
    rows: Vec<RowUsed>,
    findings: Vec<Finding>,
}

/// A register row that was looked at, with the hash of what stood in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowUsed {
    /// Number of the row in its source.
    pub register_id: String,
    /// SHA-256 over the row.
    pub sha256: String,
}

/// A decision worked out again from its snapshot.
#[derive(Debug, Serialize)]
pub struct Replayed {
    /// The step it belongs to.
    pub step: String,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
    /// The program that decided.
    pub engine: String,
    /// Policy version.
    pub policy_version: String,
    /// Register, with its date.
    pub dataset: String,
    /// Date of the register.
    pub dataset_on: Option<NaiveDate>,
    /// Register rows that were looked at.
    pub rows: Vec<RowUsed>,
    /// Whether snapshot and policy are what they were, by their own hashes and by the audit trail.
    pub intact: bool,
    /// The findings kept with the decision.
    pub kept: Vec<Finding>,
    /// The findings this program draws from the same facts.
    pub again: Vec<Finding>,
}

impl Replayed {
    /// Whether another state of the rules decided than the one that replays.
    pub fn other_engine(&self) -> bool {
        self.engine != ENGINE
    }

    /// Whether the same findings come out, from facts nobody has touched.
    pub fn proves(&self) -> bool {
        self.intact && self.kept == self.again
    }
}

/// What today's data would say, beside the last snapshot.
#[derive(Debug, Serialize)]
pub struct Today {
    /// Findings by today's register, rules and other claims.
    pub findings: Vec<Finding>,
    /// Rows of the last snapshot that are gone or say something else now, and new ones.
    pub changed_rows: Vec<String>,
}

/// A claim worked out again.
#[derive(Debug, Serialize)]
pub struct Replay {
    /// Code of the claim.
    pub code: String,
    /// Every snapshot, oldest first.
    pub decisions: Vec<Replayed>,
    /// What today's data would say.
    pub today: Today,
}

/// What a step rests on as it will be kept; written down before the writer's door where it can be.
pub(super) struct Taken {
    evidence: String,
    policy: String,
    policy_version: String,
    dataset: Dataset,
}

impl Taken {
    /// Writes down what was given to the rules and what they said.
    pub fn of(content: &ClaimContent, filed_on: NaiveDate, checked: &Checked) -> Result<Self, Refusal> {
        let evidence = Evidence {
            content: content.clone(),
            filed_on,
            rows: rows_used(&checked.facts)?,
            facts: checked.facts.clone(),
            findings: checked.findings.clone(),
        };
        Ok(Self {
            evidence: json(&evidence)?,
            policy: json(&checked.policy)?,
            policy_version: checked.policy.version.clone(),
            dataset: checked.facts.dataset.clone(),
        })
    }
}

/// Keeps what a step rests on, with its hash in the audit trail.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    claim: &Claim,
    step: &str,
    checked: &Checked,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    keep_taken(tx, actor, claim, step, &Taken::of(&claim.content, claim.filed_on, checked)?, now)
}

/// As [`keep`], where it is written down already.
pub(super) fn keep_taken(
    tx: &mut Tx<'_>,
    actor: &Actor,
    claim: &Claim,
    step: &str,
    taken: &Taken,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let new = NewSnapshot {
        id: new_id(),
        claim_id: &claim.id,
        step,
        taken_at: now,
        engine: ENGINE,
        policy_version: &taken.policy_version,
        policy: &taken.policy,
        dataset: &taken.dataset.name,
        dataset_on: taken.dataset.released_on,
        content: &taken.evidence,
    };
    let sha256 = snapshots::keep(tx, &claim.office, new)?;
    let details = serde_json::json!({ "code": claim.code, "step": step, "engine": ENGINE, "sha256": sha256 });
    audit::append(tx, actor, ACT, &subject(claim), &details.to_string(), now)?;
    Ok(())
}

/// Works every decision on a claim out again from its snapshot, and says what today's data would give.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown code; [`Refusal::Settings`] for a snapshot that cannot be read.
pub fn replay(desk: &Desk, code: &str) -> Result<Replay, Refusal> {
    desk.store.read(|conn| {
        let claim = claims::by_code(conn, &code.trim().to_uppercase())?;
        let pack = desk.pack(conn, &claim.office)?;
        let told = audit::details_of(conn, &claim.office, &subject(&claim), ACT)?;
        let kept = snapshots::of_claim(conn, &claim.id)?;
        let decisions = kept.iter().map(|snapshot| again(conn, snapshot, &told)).collect::<Result<Vec<_>, Refusal>>()?;
        let today = today(conn, &pack, &claim, decisions.last())?;
        Ok(Replay { code: claim.code, decisions, today })
    })
}

fn again(conn: &mut DbConn, snapshot: &Snapshot, told: &[String]) -> Result<Replayed, Refusal> {
    let policy = snapshots::policy(conn, snapshot)?;
    let evidence: Evidence = read(&snapshot.content)?;
    let rules: Policy = read(&policy)?;
    let own_hashes = sha256_hex(snapshot.content.as_bytes()) == snapshot.sha256 && sha256_hex(policy.as_bytes()) == snapshot.policy_sha256;
    Ok(Replayed {
        step: snapshot.step.clone(),
        taken_at: snapshot.taken_at,
        engine: snapshot.engine.clone(),
        policy_version: snapshot.policy_version.clone(),
        dataset: snapshot.dataset.clone(),
        dataset_on: snapshot.dataset_on,
        intact: own_hashes && told.iter().any(|details| details.contains(&snapshot.sha256)),
        again: run(&evidence.content, evidence.filed_on, &evidence.facts, &rules),
        kept: evidence.findings,
        rows: evidence.rows,
    })
}

fn today(conn: &mut DbConn, pack: &Pack, claim: &Claim, last: Option<&Replayed>) -> Result<Today, Refusal> {
    let sequence = sequence_of(conn, &claim.office, &claim.code)?;
    let arrival = Arrival::of(claim, sequence);
    let checked = check(conn, pack, &claim.content, &arrival)?;
    let rows = rows_used(&checked.facts)?;
    let before = last.map(|replayed| replayed.rows.as_slice()).unwrap_or_default();
    let changed = rows.iter().filter(|row| !before.contains(row)).chain(before.iter().filter(|row| !rows.contains(row)));
    let mut changed_rows: Vec<String> = changed.map(|row| row.register_id.clone()).collect();
    changed_rows.sort();
    changed_rows.dedup();
    Ok(Today { findings: checked.findings, changed_rows })
}

/// Every register row among the facts, each once.
fn rows_used(facts: &CrosscheckFacts) -> Result<Vec<RowUsed>, Refusal> {
    let all = facts.person.rows.iter().chain(&facts.person.nik_rows).chain(&facts.heir_rows).chain(&facts.rivals);
    let mut rows = all.map(row_used).collect::<Result<Vec<_>, _>>()?;
    rows.sort();
    rows.dedup();
    Ok(rows)
}

fn row_used(row: &Resident) -> Result<RowUsed, Refusal> {
    Ok(RowUsed { register_id: row.register_id.clone(), sha256: sha256_hex(json(row)?.as_bytes()) })
}

fn subject(claim: &Claim) -> String {
    format!("claim:{}", claim.id)
}

fn json<T: Serialize>(value: &T) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|e| Refusal::Settings(e.to_string()))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|e| Refusal::Settings(format!("rekaman keputusan tidak terbaca: {e}")))
}
