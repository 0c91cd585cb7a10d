//! Money that comes back: the plan that is agreed, the parts that come, and a wrong booking that is moved back.

use chrono::NaiveDate;

use super::Evidence;
use super::annul::remark;
use super::recovery_letters::{demand, receipt};
use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::ledger::Movement;
use crate::domain::letter::LetterKind;
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemStep, hand};
use crate::domain::undo::{Instalment, NewPart, PartFacts, Plan, RecoveryRefused, check_part, may_void};
use crate::store::claims;
use crate::store::letters::Issued;
use crate::store::money::items::{self, Trace};
use crate::store::money::ledger::{self, Posting};
use crate::store::money::recoveries::{self, AgreedPlan, Case, Payment};
use crate::store::{Tx, audit, events, users};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::money::books::booking;
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::refusal::Refusal;

/// A plan that was agreed with the debtor.
#[derive(Debug, Clone)]
pub struct AgreePlan<'a> {
    /// Case.
    pub case_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// When how much comes back.
    pub instalments: Vec<Instalment>,
    /// What it rests on, in words.
    pub basis: &'a str,
}

/// A part that came back, with the scan of its slip.
#[derive(Debug, Clone)]
pub struct RecordPart<'a> {
    /// Case.
    pub case_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// Day on which it reached the treasury.
    pub paid_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
    /// Number of the slip (STS).
    pub number: &'a str,
    /// The scan.
    pub evidence: Option<Evidence<'a>>,
}

/// A wrong booking.
#[derive(Debug, Clone, Copy)]
pub struct VoidPart<'a> {
    /// Case.
    pub case_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// The part.
    pub payment_id: &'a str,
    /// What is wrong and what is right.
    pub reason: &'a str,
}

/// The case as the person saw it.
fn seen(tx: &mut Tx<'_>, actor: &Actor, case_id: &str, expected_version: i64) -> Result<Case, Refusal> {
    let case = recoveries::load(tx, &actor.office, case_id)?;
    if case.version == expected_version { Ok(case) } else { Err(Refusal::Stale) }
}

/// Records an agreed plan and issues the demand that carries it. A former plan stays as it was.
///
/// # Errors
/// [`Refusal::Recovery`], [`Refusal::Stale`].
pub fn agree_plan(desk: &Desk, actor: &Actor, agree: &AgreePlan<'_>) -> Result<(Case, Issued), Refusal> {
    if actor.role != Role::Finance {
        return Err(RecoveryRefused::NotYourRole.into());
    }
    let basis = agree.basis.trim();
    if basis.chars().count() < REASON_CHARS_MIN {
        return Err(RecoveryRefused::NoBasis.into());
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let case = seen(tx, actor, agree.case_id, agree.expected_version)?;
        let plan = Plan::agree(agree.instalments.clone(), case.balance(), issuer.today())?;
        let agreed = AgreedPlan {
            id: new_id(),
            position: i64::try_from(case.plans.len()).unwrap_or(i64::MAX).saturating_add(1),
            plan,
            basis: basis.to_owned(),
            agreed_on: issuer.today(),
            by: actor.id.clone(),
            at: issuer.now,
        };
        recoveries::add_plan(tx, &actor.office, &case.id, &agreed)?;
        recoveries::advance(tx, &case, case.settled)?;
        let issued = demand(tx, &issuer, &case, &agreed)?;
        let told = format!("Rencana angsuran ke-{} disepakati: {}; surat Nomor {}.", agreed.position, agreed.basis, issued.number);
        tell(tx, &issuer, &case, &told)?;
        let details = serde_json::json!({ "plan": agreed.position, "covers": agreed.plan.total().whole(), "letter": issued.number });
        note(tx, &issuer, &case, "recovery.plan", &details)?;
        Ok((recoveries::load(tx, &actor.office, &case.id)?, issued))
    })
}

/// Records a part that came back: the money lies with the treasury, the debtor gets a numbered note, and the last part settles the
/// case, all in one transaction.
///
/// # Errors
/// [`Refusal::Recovery`] for more than is owed, a slip recorded before, a missing scan; [`Refusal::Stale`].
pub fn record_part(desk: &Desk, actor: &Actor, record: &RecordPart<'_>) -> Result<(Case, Issued), Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let case = seen(tx, actor, record.case_id, record.expected_version)?;
        let number = record.number.trim();
        let (media_type, bytes) = record.evidence.unwrap_or_default();
        let part = NewPart { paid_on: record.paid_on, amount: record.amount, number: number.to_owned(), has_evidence: !bytes.is_empty() };
        let balance = case.balance();
        let facts = PartFacts {
            balance,
            opened_on: case.opened_on,
            today: issuer.today(),
            number_is_used: recoveries::number_is_used(tx, &actor.office, number)?,
        };
        check_part(actor, &part, &facts)?;
        let note_number = issuer.number(tx, LetterKind::BuktiAngsuran)?;
        let payment = Payment {
            id: new_id(),
            position: recoveries::next_position(&case),
            paid_on: record.paid_on,
            amount: record.amount,
            number: number.to_owned(),
            evidence_sha256: desk.files.keep_with(tx, bytes)?,
            evidence_type: media_type.to_owned(),
            receipt_number: note_number.text.clone(),
            by: actor.id.clone(),
            at: issuer.now,
            voided: None,
        };
        recoveries::add_payment(tx, &actor.office, &case.id, &payment)?;
        let posting = booking(&case.line_id, Movement::Recover, payment.amount, &case.claim_id, Some(&case.item_id));
        issuer.book(tx, "recovery.part", &payment.id, &[posting])?;
        let settled = payment.amount == balance;
        recoveries::advance(tx, &case, settled)?;
        if settled {
            let trace = Trace { evidence: format!("Lunas dengan {number}"), ..Trace::default() };
            step(tx, &issuer, &case, (ItemStep::Settle, "recovery.part", trace))?;
        }
        let after = recoveries::load(tx, &actor.office, &case.id)?;
        let issued = receipt(tx, &issuer, &after, &payment, note_number)?;
        let rest = if settled { "lunas".to_owned() } else { format!("sisa {}", after.balance()) };
        tell(tx, &issuer, &case, &format!("Pengembalian {} diterima kas daerah, {number}; {rest}.", payment.amount))?;
        let details = serde_json::json!({
            "part": payment.position, "amount": payment.amount.whole(), "slip": number, "evidence": payment.evidence_sha256,
            "balance": after.balance().whole(),
        });
        note(tx, &issuer, &case, "recovery.part", &details)?;
        Ok((after, issued))
    })
}

/// Moves a wrongly booked part back by a linked entry; it stays to be seen, and what it settled is owed again.
///
/// # Errors
/// [`Refusal::Recovery`], [`Refusal::Stale`].
pub fn void_part(desk: &Desk, actor: &Actor, void: &VoidPart<'_>) -> Result<Case, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let case = seen(tx, actor, void.case_id, void.expected_version)?;
        let payment = case.payments.iter().find(|payment| payment.id == void.payment_id).ok_or(Refusal::NotFound)?;
        let recorder = hand(&payment.by, users::by_id(tx, &payment.by)?.actor.nik);
        may_void(actor, &recorder, payment.voided.is_some(), void.reason)?;
        let reason = void.reason.trim();
        recoveries::void_payment(tx, &payment.id, (&actor.id, issuer.now), reason)?;
        let wrong = entry_of(tx, &case, &payment.id)?;
        let back = booking(&case.line_id, Movement::Recover, payment.amount, &case.claim_id, Some(&case.item_id));
        issuer.book(tx, "recovery.void", &payment.id, &[Posting { corrects: Some(wrong), ..back }])?;
        recoveries::advance(tx, &case, false)?;
        if case.settled {
            let trace = Trace { evidence: format!("Koreksi {}", payment.number), ..Trace::default() };
            step(tx, &issuer, &case, (ItemStep::Reopen, "recovery.void", trace))?;
        }
        tell(tx, &issuer, &case, &format!("Angsuran {} ({}) salah catat dan dibalik: {reason}.", payment.amount, payment.number))?;
        let details = serde_json::json!({ "part": payment.position, "entry": wrong, "reason": reason });
        note(tx, &issuer, &case, "recovery.void", &details)?;
        Ok(recoveries::load(tx, &actor.office, &case.id)?)
    })
}

/// The journal's entry of a part.
fn entry_of(tx: &mut Tx<'_>, case: &Case, payment_id: &str) -> Result<i64, Refusal> {
    let told = ledger::of_claim(tx, &case.claim_id)?;
    let booked = told.iter().find(|told| told.document == payment_id && told.entry.corrects.is_none());
    booked.map(|told| told.entry.sequence).ok_or(Refusal::NotFound)
}

fn step(tx: &mut Tx<'_>, issuer: &Issuer<'_>, case: &Case, (step, act, trace): (ItemStep, &str, Trace)) -> Result<(), Refusal> {
    let item = items::load(tx, &issuer.actor.office, &case.item_id)?;
    let moved = Moved { step, act, document: &case.id, trace, reason: String::new() };
    move_item(tx, issuer, &case.line_id, &item, &moved).map(drop)
}

fn tell(tx: &mut Tx<'_>, issuer: &Issuer<'_>, case: &Case, told: &str) -> Result<(), Refusal> {
    let claim = claims::load(tx, issuer.actor, &case.claim_id)?;
    remark(tx, (issuer.actor, issuer.now), &claim, told, events::RECOVERY)
}

fn note(tx: &mut Tx<'_>, issuer: &Issuer<'_>, case: &Case, act: &str, details: &serde_json::Value) -> Result<(), Refusal> {
    audit::append(tx, issuer.actor, act, &format!("claim:{}", case.claim_id), &details.to_string(), issuer.now)?;
    Ok(())
}
