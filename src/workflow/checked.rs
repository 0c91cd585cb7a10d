//! Running the cross-check for a claim and remembering what later claims are compared with.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::access::{Actor, Interested};
use crate::domain::claim::{ClaimContent, ClaimedNik};
use crate::domain::crosscheck::{CrosscheckFacts, EarlierClaim, Filing, Finding, Verdict, payee_dead, run};
use crate::domain::policy::Policy;
use crate::domain::region::RegionCode;
use crate::domain::source::{Question, SourceAnswer};
use crate::store::claims::Claim;
use crate::store::documents::Document;
use crate::store::{DbConn, StoreError, documents, history, register, sources, waivers};

use super::crosscheck::{Submission, gather, office_habit};
use super::desk::Pack;
use super::refusal::Refusal;

/// What the cross-check says about a claim at one moment.
pub(super) struct Checked {
    /// The facts it rests on.
    pub facts: CrosscheckFacts,
    /// All findings at once.
    pub findings: Vec<Finding>,
    /// What they together say.
    pub verdict: Verdict,
    /// The rules they were drawn by.
    pub policy: Policy,
}

/// Where and when a claim came in, for its place among the others.
pub(super) struct Arrival<'a> {
    /// The claim, for what was asked and answered about it.
    pub claim_id: &'a str,
    /// Clerk who filed.
    pub clerk: &'a str,
    /// Day of filing.
    pub filed_on: NaiveDate,
    /// Its place in the office's history.
    pub sequence: i64,
    /// When a new claim was typed at the desk; of one on file the history knows it.
    pub typed_at: Option<DateTime<Utc>>,
    /// Papers that come with it and are not attached yet.
    pub new_papers: &'a [Document],
}

impl<'a> Arrival<'a> {
    /// How a claim on file came in.
    pub fn of(claim: &'a Claim, sequence: i64) -> Self {
        let (claim_id, clerk) = (claim.id.as_str(), claim.filed_by.as_str());
        Self { claim_id, clerk, filed_on: claim.filed_on, sequence, typed_at: None, new_papers: &[] }
    }
}

/// Gathers the facts and runs every rule. Recomputed each time, never accumulated.
pub(super) fn check(conn: &mut DbConn, pack: &Pack, content: &ClaimContent, arrival: &Arrival<'_>) -> Result<Checked, Refusal> {
    let policy = pack.policy_for(content)?;
    let submission =
        Submission { office: &pack.office.region, clerk: arrival.clerk, filed_on: arrival.filed_on, before_sequence: arrival.sequence };
    let mut facts = gather(conn, &submission, content)?;
    facts.live = said_about(conn, arrival.claim_id, content)?;
    facts.holidays.clone_from(&pack.holidays);
    facts.waiver = waivers::of_claim(conn, arrival.claim_id)?;
    facts.around.filed_at = match history::remembered(conn, arrival.claim_id)? {
        Some(known) => known.filed_at,
        None => arrival.typed_at,
    };
    facts.around.office = office_habit(conn, &submission, content, &facts, policy)?;
    let mut papers = documents::of_claim(conn, arrival.claim_id)?;
    papers.extend_from_slice(arrival.new_papers);
    facts.around.papers = documents::shared(conn, &pack.office.region, arrival.claim_id, &papers)?;
    let findings = run(content, arrival.filed_on, &facts, policy);
    let verdict = Verdict::of(&findings);
    Ok(Checked { facts, findings, verdict, policy: policy.clone() })
}

/// What is known of the death of a claim's payee today, among all claims filed so far; none while they are alive.
pub(super) fn payee_died(conn: &mut DbConn, pack: &Pack, claim: &Claim, today: NaiveDate) -> Result<Option<Finding>, Refusal> {
    let policy = pack.policy_for(&claim.content)?;
    let before_sequence = history::next_sequence(conn)?;
    let submission = Submission { office: &claim.office, clerk: &claim.filed_by, filed_on: today, before_sequence };
    let facts = gather(conn, &submission, &claim.content)?;
    Ok(payee_dead(&claim.content, today, &facts, policy))
}

/// What live sources said about these very people; answers to a former content of the claim say nothing.
fn said_about(conn: &mut DbConn, claim_id: &str, content: &ClaimContent) -> Result<Vec<SourceAnswer>, StoreError> {
    let keys: Vec<String> = Question::of(content).iter().map(Question::key).collect();
    let said = sources::of_claim(conn, claim_id)?;
    Ok(said.into_iter().filter(|answer| keys.contains(&answer.question_key)).collect())
}

/// What later claims will be compared with.
pub(super) fn remembered(claim: &Claim, facts: &CrosscheckFacts, sequence: i64) -> EarlierClaim {
    EarlierClaim::record(&claim.content, facts, Filing { claim_code: claim.code.clone(), sequence, filed_on: claim.filed_on })
}

/// The place of a claim already in the history, or the next free one.
pub(super) fn sequence_of(conn: &mut DbConn, office: &RegionCode, code: &str) -> Result<i64, StoreError> {
    match history::sequence_of(conn, office, code)? {
        Some(sequence) => Ok(sequence),
        None => history::next_sequence(conn),
    }
}

/// Whose money a claim is: numbers as claimed and the family cards the register has for them.
pub(super) fn interested(conn: &mut DbConn, actor: &Actor, content: &ClaimContent) -> Result<Interested, StoreError> {
    let claimed: Vec<&ClaimedNik> = std::iter::once(&content.deceased.nik).chain(content.receiving_niks()).collect();
    let niks: Vec<_> = claimed.into_iter().filter_map(|n| n.number.clone()).collect();
    let mut family_cards: Vec<_> =
        content.deceased.family_card.iter().chain(content.heirs.iter().filter_map(|h| h.family_card.as_ref())).cloned().collect();
    for nik in &niks {
        family_cards.extend(register::by_nik(conn, &actor.office, nik)?.into_iter().filter_map(|resident| resident.family_card));
    }
    Ok(Interested { niks, family_cards })
}
