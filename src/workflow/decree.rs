//! Putting approved claims on a decree: the legal list of recipients.

use chrono::Datelike;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::claim::{Action, Step, decide};
use crate::domain::letter::{LetterContent, LetterKind, Nominatif, NominativeRow, SkPenetapan};
use crate::domain::money::Rupiah;
use crate::domain::office::SigningRole;
use crate::store::budget::Line;
use crate::store::claims::{self, Claim};
use crate::store::letters::About;
use crate::store::payments::{self, Decree};
use crate::store::{Tx, audit, budget, events};

use super::decide::{action_facts, record_step};
use super::desk::Desk;
use super::letter::{Draft, Issuer, Numbered, place};
use super::recheck::watch_payee;
use super::refusal::Refusal;

/// Why a claim stays out whose payee is known as dead.
const PAYEE_DEAD: &str = "penerimanya tercatat sudah meninggal. Kepala Dinas dapat menunda atau membatalkan persetujuan, agar keluarga menunjuk ahli waris lain.";

/// A decree that was formed.
#[derive(Debug, Clone)]
pub struct Decreed {
    /// The decree.
    pub decree: Decree,
    /// Approved claims that had to stay out, with the reason: for example the treasurer's own family.
    pub left_out: LeftOut,
}

/// Codes of claims with the reason why they stay out.
pub type LeftOut = Vec<(String, String)>;

/// Forms a decree of all approved claims this person may handle, with its nominative list. Locked from the first moment:
/// a row changes only by an amending decree.
///
/// # Errors
/// [`Refusal::NothingToDecree`]; [`Refusal::Letter`] when a fact for the list is missing, and then nothing is changed.
pub fn form_decree(desk: &Desk, actor: &Actor) -> Result<Decreed, Refusal> {
    desk.store.write_long(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let line = budget::line_of_year(tx, &actor.office, issuer.today().year())?;
        let approved = claims::approved_on_line(tx, &actor.office, &line.id)?;
        let (ready, left_out) = sort_out(tx, &issuer, approved)?;
        if ready.is_empty() {
            return Err(Refusal::NothingToDecree);
        }
        let number = issuer.number(tx, LetterKind::SkPenetapan)?;
        let decree = plan(&issuer, &line, &ready, number.text.clone())?;
        payments::insert_decree(tx, &actor.office, &decree)?;
        for claim in &ready {
            advance(tx, &issuer, claim, &decree)?;
        }
        issue_letters(tx, &issuer, &line, &decree, &ready, number)?;
        let details = serde_json::json!({ "number": decree.number, "items": decree.items.len(), "total": decree.total.whole() });
        audit::append(tx, actor, "decree.form", &format!("decree:{}", decree.id), &details.to_string(), issuer.now)?;
        Ok(Decreed { decree, left_out })
    })
}

/// Claims this person may put on a decree, and those somebody else has to.
fn sort_out(tx: &mut Tx<'_>, issuer: &Issuer<'_>, approved: Vec<Claim>) -> Result<(Vec<Claim>, LeftOut), Refusal> {
    let actor = issuer.actor;
    let (mut ready, mut left_out) = (Vec::new(), Vec::new());
    for claim in approved {
        let facts = action_facts(tx, actor, &claim)?;
        match decide(&Action { step: Step::Decree, reason: String::new() }, actor, &facts) {
            Ok(_) if watch_payee(tx, issuer.pack, &claim, "penyusunan SK", issuer.now)?.0.is_some() => {
                left_out.push((claim.code, PAYEE_DEAD.to_owned()));
            }
            Ok(_) => ready.push(claim),
            Err(crate::domain::claim::Refused::NotYourRole) => return Err(Refusal::NotYourRole),
            Err(refused) => left_out.push((claim.code, Refusal::from(refused).to_string())),
        }
    }
    Ok((ready, left_out))
}

/// The list with its total, in the order of filing.
fn plan(issuer: &Issuer<'_>, line: &Line, ready: &[Claim], number: String) -> Result<Decree, Refusal> {
    Ok(Decree {
        id: new_id(),
        budget_line_id: line.id.clone(),
        number,
        decreed_on: issuer.today(),
        total: Rupiah::sum(ready.iter().map(|c| c.amount)).ok_or(Refusal::TotalsDiffer("SK"))?,
        items: ready.iter().map(|c| (c.id.clone(), c.amount)).collect(),
        formed_by: issuer.actor.id.clone(),
        formed_at: issuer.now,
    })
}

fn advance(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim, decree: &Decree) -> Result<(), Refusal> {
    let to = crate::domain::claim::State::Decreed;
    claims::advance(tx, claim, claim.state, to, None, issuer.now)?;
    let findings = events::findings(tx, &claim.id)?;
    let action = Action { step: Step::Decree, reason: format!("SK Nomor {}", decree.number) };
    record_step(tx, issuer, claim, &action, to, &findings)
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
    let office = issuer.actor.office.clone();
    let about = || About { decree_id: Some(decree.id.clone()), ..About::default() };
    let sk = LetterContent::SkPenetapan(decree_letter(issuer, line, decree, rows.clone()));
    issuer.issue_as(tx, Draft { about: about(), village: office.clone(), content: sk }, number)?;
    let list = LetterContent::Nominatif(Nominatif {
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        fiscal_year: line.line.year,
        account_code: line.line.account_code.clone(),
        account_name: line.line.name.clone(),
        rows,
        total: decree.total,
        treasurer: issuer.signatory(SigningRole::Treasurer)?,
        pptk: issuer.signatory(SigningRole::Pptk).ok(),
    });
    issuer.issue(tx, Draft { about: about(), village: office, content: list })?;
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
        fiscal_year: line.line.year,
        account_code: line.line.account_code.clone(),
        account_name: line.line.name.clone(),
        budget_document: line.line.document.clone(),
        enacted_at: office.letterhead.town.clone(),
        rows,
        total: decree.total,
        copies: office.texts.decree_copies.clone(),
    }
}

/// A claim as a row of the list.
fn nominative_row(claim: &Claim) -> Result<NominativeRow, Refusal> {
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
