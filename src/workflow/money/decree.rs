//! Putting approved claims on a decree: the legal list of recipients.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::domain::claim::{Action, State, Step, decide};
use crate::domain::ledger::Movement;
use crate::domain::letter::{LetterContent, LetterKind, Nominatif, NominatifSamar, NominativeRow, SkPenetapan};
use crate::domain::money::Rupiah;
use crate::domain::office::SigningRole;
use crate::domain::undo::RowKind;
use crate::store::claims::{self, Claim};
use crate::store::letters::About;
use crate::store::money::annulments;
use crate::store::money::budget::{self, Line};
use crate::store::money::decrees::{self, Decree, DecreeItem};
use crate::store::{DbConn, StoreError, Tx, audit, events};
use crate::workflow::decide::record_steps;
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::{Draft, Issuer, Numbered, place};
use crate::workflow::many::{action_facts_of, payees_died};
use crate::workflow::recheck::watch_payee;
use crate::workflow::refusal::Refusal;

use super::books::booking;

/// Why a claim stays out whose payee is known as dead.
const PAYEE_DEAD: &str = "penerimanya tercatat sudah meninggal. Kepala Dinas dapat menunda atau membatalkan persetujuan, agar keluarga menunjuk ahli waris lain.";

/// A decree as it would be formed now, before anything is locked.
#[derive(Debug, Clone)]
pub struct DecreePlan {
    /// Budget line it would charge.
    pub line: Line,
    /// Claims on its list, in the order of filing.
    pub ready: Vec<Claim>,
    /// Approved claims that have to stay out, with the reason.
    pub left_out: LeftOut,
    /// Sum of the list.
    pub total: Rupiah,
    /// Claims approved after this day wait for the next batch.
    pub cut_off: Option<NaiveDate>,
    /// How many are missing to the smallest batch the office forms; 0 if none.
    pub missing: usize,
    /// Stands for exactly this list: locking with it is refused once the list has changed.
    pub seal: String,
}

/// A decree that was locked.
#[derive(Debug, Clone)]
pub struct Decreed {
    /// The decree.
    pub decree: Decree,
    /// Approved claims that had to stay out, with the reason: for example the treasurer's own family.
    pub left_out: LeftOut,
}

/// Codes of claims with the reason why they stay out.
pub type LeftOut = Vec<(String, String)>;

/// The list as it would be locked now, for the preview. Nothing is changed.
///
/// # Errors
/// [`Refusal::NoBudget`], [`Refusal::NotYourRole`].
pub fn plan_decree(desk: &Desk, actor: &Actor) -> Result<DecreePlan, Refusal> {
    let today = crate::domain::calendar::wib_date(desk.clock.now());
    desk.store.read(|conn| {
        let pack = desk.pack(conn, &actor.office)?;
        plan(conn, &pack, actor, today)
    })
}

/// Locks a decree of all approved claims this person may handle, with its nominative list: a row changes only by an amending decree.
/// `seal` is that of the plan the person saw; empty locks whatever the list is now.
///
/// # Errors
/// [`Refusal::NothingToDecree`], [`Refusal::BatchTooSmall`], [`Refusal::PlanChanged`]; [`Refusal::Letter`] when a fact for the list is
/// missing, and then nothing is changed.
pub fn lock_decree(desk: &Desk, actor: &Actor, seal: &str) -> Result<Decreed, Refusal> {
    desk.store.write_long(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let planned = plan(tx, &pack, actor, issuer.today())?;
        if planned.ready.is_empty() {
            return Err(Refusal::NothingToDecree);
        }
        if !seal.is_empty() && seal != planned.seal {
            return Err(Refusal::PlanChanged);
        }
        if planned.missing > 0 {
            return Err(Refusal::BatchTooSmall { found: planned.ready.len(), missing: planned.missing });
        }
        let number = issuer.number(tx, LetterKind::SkPenetapan)?;
        let decree = locked(&issuer, &planned, number.text.clone());
        decrees::insert(tx, &actor.office, &decree)?;
        let postings: Vec<_> =
            decree.items.iter().map(|item| booking(&planned.line.id, Movement::Decree, item.amount, &item.claim_id, None)).collect();
        issuer.book(tx, "decree.lock", &decree.id, &postings)?;
        advance(tx, &issuer, &planned.ready, &decree)?;
        issue_letters(tx, &issuer, &planned.line, &decree, &planned.ready, number)?;
        watch_payees(tx, &issuer, &planned.line)?;
        let details = serde_json::json!({ "number": decree.number, "items": decree.items.len(), "total": decree.total.whole() });
        audit::append(tx, actor, "decree.lock", &format!("decree:{}", decree.id), &details.to_string(), issuer.now)?;
        Ok(Decreed { decree, left_out: planned.left_out })
    })
}

/// Records the day on which the printed decree was signed. Nothing is ordered before.
///
/// # Errors
/// [`Refusal::SignedWhen`] for a day before the decree or after today, [`Refusal::Stale`] when it was signed already.
pub fn sign_decree(desk: &Desk, actor: &Actor, decree_id: &str, on: NaiveDate) -> Result<Decree, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let decree = decrees::load(tx, &actor.office, decree_id)?;
        if on < decree.decreed_on || on > crate::domain::calendar::wib_date(now) {
            return Err(Refusal::SignedWhen);
        }
        decrees::sign(tx, &decree, on)?;
        let details = serde_json::json!({ "number": decree.number, "signed_on": on });
        audit::append(tx, actor, "decree.sign", &format!("decree:{}", decree.id), &details.to_string(), now)?;
        Ok(decrees::load(tx, &actor.office, decree_id)?)
    })
}

fn plan(conn: &mut DbConn, pack: &Pack, actor: &Actor, today: NaiveDate) -> Result<DecreePlan, Refusal> {
    let rules = &pack.office.decree;
    let cut_off = rules.cut_off(today);
    let (line, ready, left_out) = line_to_decree(conn, pack, actor, today, cut_off)?;
    let total = Rupiah::sum(ready.iter().map(|claim| claim.amount)).ok_or(Refusal::TotalsDiffer("SK"))?;
    let minimum = usize::try_from(rules.minimum_items).unwrap_or(usize::MAX);
    let missing = minimum.saturating_sub(ready.len());
    let seal = seal(&ready);
    Ok(DecreePlan { line, ready, left_out, total, cut_off, missing, seal })
}

/// A decree charges one line: the first by account code that has somebody ready, else the first that is open.
fn line_to_decree(
    conn: &mut DbConn,
    pack: &Pack,
    actor: &Actor,
    today: NaiveDate,
    cut_off: Option<NaiveDate>,
) -> Result<(Line, Vec<Claim>, LeftOut), Refusal> {
    let mut first = None;
    let mut all_left_out = LeftOut::new();
    for line in budget::of_year(conn, &actor.office, today.year())?.into_iter().filter(|line| line.open) {
        let approved = claims::approved_on_line(conn, &actor.office, &line.id, cut_off)?;
        let (ready, left_out) = sort_out(conn, pack, actor, today, approved)?;
        all_left_out.extend(left_out);
        if !ready.is_empty() {
            return Ok((line, ready, all_left_out));
        }
        first = first.or(Some(line));
    }
    first.map(|line| (line, Vec::new(), all_left_out)).ok_or(Refusal::NoBudget(today.year()))
}

/// SHA-256 over claims, versions and amounts: another list, another seal.
fn seal(ready: &[Claim]) -> String {
    let mut list = String::new();
    for claim in ready {
        list.push_str(&format!("{}:{}:{};", claim.id, claim.version, claim.amount.whole()));
    }
    sha256_hex(list.as_bytes())
}

/// Claims this person may put on a decree, and those somebody else has to.
fn sort_out(
    conn: &mut DbConn,
    pack: &Pack,
    actor: &Actor,
    today: NaiveDate,
    approved: Vec<Claim>,
) -> Result<(Vec<Claim>, LeftOut), Refusal> {
    let (mut allowed, mut left_out) = (Vec::new(), Vec::new());
    let waits = waits_of(conn, actor)?;
    let all = action_facts_of(conn, actor, &approved)?;
    for (claim, facts) in approved.into_iter().zip(all) {
        match decide(&Action { step: Step::Decree, reason: String::new() }, actor, &facts) {
            Ok(_) if waits.contains_key(&claim.id) => left_out.push((claim.code, waits.get(&claim.id).cloned().unwrap_or_default())),
            Ok(_) => allowed.push(claim),
            Err(crate::domain::claim::Refused::NotYourRole) => return Err(Refusal::NotYourRole),
            Err(refused) => left_out.push((claim.code, Refusal::from(refused).to_string())),
        }
    }
    let died = payees_died(conn, pack, &allowed, today)?;
    let (dead, ready): (Vec<_>, Vec<_>) = allowed.into_iter().zip(died).partition(|(_, died)| died.is_some());
    left_out.extend(dead.into_iter().map(|(claim, _)| (claim.code, PAYEE_DEAD.to_owned())));
    Ok((ready.into_iter().map(|(claim, _)| claim).collect(), left_out))
}

/// Approved claims that have to wait for a decision about them, each with what it waits for.
fn waits_of(conn: &mut DbConn, actor: &Actor) -> Result<HashMap<String, String>, StoreError> {
    let struck = decrees::struck_unsigned(conn, &actor.office)?.into_iter();
    let struck = struck.map(|(claim, number)| (claim, format!("SK perubahan Nomor {number} yang mencoretnya belum ditandatangani.")));
    let asked = annulments::open(conn, &actor.office)?.into_iter();
    let asked = asked.map(|one| (one.claim_id, "pembatalannya sedang diminta dan menunggu keputusan Kepala Dinas.".to_owned()));
    Ok(struck.chain(asked).collect())
}

/// Notes anew which approved claims of the line have a payee known as dead, for the desks.
fn watch_payees(tx: &mut Tx<'_>, issuer: &Issuer<'_>, line: &Line) -> Result<(), Refusal> {
    for claim in claims::approved_on_line(tx, &issuer.actor.office, &line.id, None)? {
        watch_payee(tx, issuer.pack, &claim, "penyusunan SK", issuer.now)?;
    }
    Ok(())
}

/// The list with its total, in the order of filing.
fn locked(issuer: &Issuer<'_>, planned: &DecreePlan, number: String) -> Decree {
    let item = |claim: &Claim| DecreeItem { claim_id: claim.id.clone(), amount: claim.amount, kind: RowKind::List, struck_by: None };
    Decree {
        id: new_id(),
        budget_line_id: planned.line.id.clone(),
        amends: None,
        number,
        decreed_on: issuer.today(),
        total: planned.total,
        items: planned.ready.iter().map(item).collect(),
        signed_on: None,
        reason: String::new(),
        formed_by: issuer.actor.id.clone(),
        formed_at: issuer.now,
        version: 1,
    }
}

/// Every claim of the list moves on, with its story and its audit entry.
fn advance(tx: &mut Tx<'_>, issuer: &Issuer<'_>, listed: &[Claim], decree: &Decree) -> Result<(), Refusal> {
    let ids: Vec<&str> = listed.iter().map(|claim| claim.id.as_str()).collect();
    claims::advance_all(tx, &ids, State::Approved, State::Decreed, issuer.now)?;
    let findings = events::findings_of(tx, &ids)?;
    let action = Action { step: Step::Decree, reason: format!("SK Nomor {}", decree.number) };
    record_steps(tx, issuer, listed, &action, State::Decreed, &findings)
}

fn issue_letters(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    line: &Line,
    decree: &Decree,
    ready: &[Claim],
    number: Numbered,
) -> Result<(), Refusal> {
    let rows = ready.iter().map(nominative_row).collect::<Result<Vec<_>, _>>()?;
    let about = About { decree_id: Some(decree.id.clone()), ..About::default() };
    let sk = LetterContent::SkPenetapan(decree_letter(issuer, line, decree, rows.clone()));
    issuer.issue_as(tx, Draft { about, village: issuer.actor.office.clone(), content: sk }, number)?;
    nominative_list(tx, issuer, line, decree, rows)
}

/// The list for the treasury, with whole numbers: when a decree is locked, and anew when it is amended.
pub fn nominative_list(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    line: &Line,
    decree: &Decree,
    rows: Vec<NominativeRow>,
) -> Result<(), Refusal> {
    let list = Nominatif {
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        fiscal_year: line.year,
        account_code: line.account_code.clone(),
        account_name: line.name.clone(),
        total: Rupiah::sum(rows.iter().map(|row| row.amount)).ok_or(Refusal::TotalsDiffer("daftar nominatif"))?,
        rows,
        treasurer: issuer.signatory(SigningRole::Treasurer)?,
        pptk: issuer.signatory(SigningRole::Pptk).ok(),
    };
    let masked = NominatifSamar::of(&list, &issuer.pack.office.contact);
    for content in [LetterContent::Nominatif(list), LetterContent::NominatifSamar(masked)] {
        let about = About { decree_id: Some(decree.id.clone()), ..About::default() };
        issuer.issue(tx, Draft { about, village: issuer.actor.office.clone(), content })?;
    }
    Ok(())
}

fn decree_letter(issuer: &Issuer<'_>, line: &Line, decree: &Decree, rows: Vec<NominativeRow>) -> SkPenetapan {
    let office = &issuer.pack.office;
    SkPenetapan {
        subject: office.texts.decree_subject.clone(),
        considering: office.texts.considering.clone(),
        recalling: office.texts.recalling.clone(),
        noting: vec![],
        agency: office.texts.agency.clone(),
        fiscal_year: line.year,
        account_code: line.account_code.clone(),
        account_name: line.name.clone(),
        budget_document: line.document.clone(),
        enacted_at: office.letterhead.town.clone(),
        rows,
        total: decree.total,
        copies: office.texts.decree_copies.clone(),
    }
}

/// A claim as a row of the list.
pub fn nominative_row(claim: &Claim) -> Result<NominativeRow, Refusal> {
    let content = &claim.content;
    let no_heir = || Refusal::Settings(format!("permohonan {} tidak memuat ahli waris", claim.code));
    let heir = content.payee().ok_or_else(no_heir)?;
    let no_nik = || Refusal::Settings(format!("NIK ahli waris permohonan {} belum ada; lengkapi sebelum ditetapkan", claim.code));
    let address = &content.deceased.address;
    Ok(NominativeRow {
        claim_code: claim.code.clone(),
        deceased: content.deceased.name.without_late(),
        deceased_nik: content.deceased.nik.number.clone(),
        died_on: content.death.died_on,
        address: address_line(&address.street, &address.rt, &address.rw),
        place: place(&content.deceased.village),
        heir: heir.name.to_string(),
        heir_nik: heir.nik.number.clone().ok_or_else(no_nik)?,
        relation: heir.relation,
        payout: content.payout.clone(),
        amount: claim.amount,
    })
}

fn address_line(street: &str, rt: &str, rw: &str) -> String {
    let numbers = if rt.is_empty() && rw.is_empty() { String::new() } else { format!("RT {rt} RW {rw}") };
    [street.trim(), numbers.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
