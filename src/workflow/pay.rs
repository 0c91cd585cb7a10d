//! Ordering the payment of a decree and marking it as paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::claim::{Action, ClaimContent, Payout, REASON_CHARS_MIN, State, Step, decide};
use crate::domain::letter::{Hand, Kuitansi, LetterContent, LetterKind, PaymentGroup, Pemberitahuan, PerintahBayar};
use crate::domain::money::Rupiah;
use crate::domain::office::SigningRole;
use crate::domain::payment::PaymentLine;
use crate::exchange::{OutFile, bank_file, pain001};
use crate::store::budget::Line;
use crate::store::claims::{self, Claim};
use crate::store::letters::About;
use crate::store::payments::{self, BankFile, Decree, Item, Order};
use crate::store::{Tx, audit, budget, events, letters};

use super::checked::payee_died;
use super::decide::{action_facts, record_step};
use super::desk::Desk;
use super::letter::{Draft, Issuer, Words, departed, heir_addressee, heir_named};
use super::refusal::Refusal;

/// A payment order with the files made for the bank.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The order.
    pub order: Order,
    /// Files for the bank and, for banks without a code, for the treasurer.
    pub files: Vec<BankFile>,
    /// Codes of claims whose payee is known as dead today, ordered all the same with a reason.
    pub payees_dead: Vec<String>,
}

/// Orders the payment of a decree: order, receipts, notices and bank files, equal to the rupiah or not at all.
///
/// `reason` is asked for where a payee is known as dead by now, and else may be empty: a decree's list is locked, so that the
/// treasurer has to say who gets that money.
///
/// # Errors
/// [`Refusal::PayeeDead`], [`Refusal::AlreadyOrdered`], [`Refusal::BankFile`], [`Refusal::TotalsDiffer`].
pub fn form_order(desk: &Desk, actor: &Actor, decree_id: &str, reason: &str) -> Result<Ordered, Refusal> {
    desk.store.write_long(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let decree = payments::decree(tx, &actor.office, decree_id)?;
        let line = budget::line(tx, &decree.budget_line_id)?;
        let claims = claims_of(tx, actor, &decree)?;
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        let number = issuer.number(tx, LetterKind::PerintahBayar)?;
        let mut order = Order {
            id: new_id(),
            decree_id: decree.id.clone(),
            number: number.text.clone(),
            ordered_on: issuer.today(),
            total: decree.total,
            sp2d: None,
            version: 1,
            items: vec![],
            formed_by: actor.id.clone(),
            formed_at: issuer.now,
        };
        let mut receipts = Vec::new();
        for claim in &claims {
            let receipt_number = issuer.number(tx, LetterKind::Kuitansi)?;
            order.items.push(item(claim, receipt_number.text.clone()));
            receipts.push(receipt_number);
        }
        if Rupiah::sum(order.items.iter().map(|i| i.amount)) != Some(decree.total) {
            return Err(Refusal::TotalsDiffer("SK"));
        }
        payments::insert_order(tx, &actor.office, &order)?;
        let about = About { order_id: Some(order.id.clone()), ..About::default() };
        let content = LetterContent::PerintahBayar(order_letter(tx, &issuer, &line, &decree, &order)?);
        let issued = issuer.issue_as(tx, Draft { about, village: actor.office.clone(), content }, number)?;
        notify_treasurer(tx, &issuer, &issued)?;
        for (claim, number) in claims.iter().zip(receipts) {
            issuer.issue_as(tx, receipt(&issuer, &line, &decree, &order, claim)?, number)?;
            notice(tx, &issuer, &decree, &order, claim)?;
        }
        let files = write_bank_files(tx, &issuer, &order, &claims)?;
        let (items, total) = (order.items.len(), order.total.whole());
        let details = serde_json::json!({ "number": order.number, "items": items, "total": total, "payees_dead": payees_dead, "reason": said(&payees_dead, reason) });
        audit::append(tx, actor, "order.form", &format!("order:{}", order.id), &details.to_string(), issuer.now)?;
        Ok(Ordered { order, files, payees_dead })
    })
}

/// Claims of a decree in its order, each still free for this person to pay.
fn claims_of(tx: &mut Tx<'_>, actor: &Actor, decree: &Decree) -> Result<Vec<Claim>, Refusal> {
    let mut found = Vec::with_capacity(decree.items.len());
    for (claim_id, _) in &decree.items {
        let claim = claims::load(tx, actor, claim_id)?;
        decide(&Action { step: Step::Pay, reason: String::new() }, actor, &action_facts(tx, actor, &claim)?)?;
        found.push(claim);
    }
    Ok(found)
}

/// Codes of claims whose payee is known as dead today; with any of them, nothing is paid without a reason in words.
fn payees_dead(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claims: &[Claim], reason: &str) -> Result<Vec<String>, Refusal> {
    let mut dead = Vec::new();
    for claim in claims {
        if payee_died(tx, issuer.pack, claim, issuer.today())?.is_some() {
            dead.push(claim.code.clone());
        }
    }
    if !dead.is_empty() && reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::PayeeDead(dead));
    }
    Ok(dead)
}

/// The reason as it is kept: only where it was asked for.
fn said<'a>(payees_dead: &[String], reason: &'a str) -> Option<&'a str> {
    (!payees_dead.is_empty()).then(|| reason.trim())
}

fn item(claim: &Claim, receipt_number: String) -> Item {
    let account = match &claim.content.payout {
        Payout::Cash => None,
        Payout::Bank(account) => Some((account.bank.clone(), account.number.clone(), account.holder.clone())),
    };
    Item { id: new_id(), claim_id: claim.id.clone(), amount: claim.amount, account, receipt_number, paid_on: None }
}

fn order_letter(tx: &mut Tx<'_>, issuer: &Issuer<'_>, line: &Line, decree: &Decree, order: &Order) -> Result<PerintahBayar, Refusal> {
    let list = letters::of_decree(tx, &decree.id)?.into_iter().find(|l| l.kind == LetterKind::Nominatif.code());
    let mut groups: BTreeMap<String, (u32, Rupiah)> = BTreeMap::new();
    for item in &order.items {
        let label = item.account.as_ref().map_or_else(|| "Tunai melalui bendahara".to_owned(), |(bank, _, _)| bank.clone());
        let (recipients, amount) = groups.entry(label).or_default();
        *recipients = recipients.saturating_add(1);
        *amount = amount.checked_add(item.amount).ok_or(Refusal::TotalsDiffer("perintah bayar"))?;
    }
    let texts = &issuer.pack.office.texts;
    Ok(PerintahBayar {
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        decree_subject: texts.decree_subject.clone(),
        fiscal_year: line.line.year,
        account_code: line.line.account_code.clone(),
        account_name: line.line.name.clone(),
        list_number: list.map(|l| l.number).unwrap_or_default(),
        groups: groups.into_iter().map(|(label, (recipients, amount))| PaymentGroup { label, recipients, amount }).collect(),
        total: order.total,
        treasurer: issuer.signatory(SigningRole::Treasurer)?,
        copies: vec![],
    })
}

fn about_claim(order: &Order, claim: &Claim) -> About {
    About { claim_id: Some(claim.id.clone()), order_id: Some(order.id.clone()), ..About::default() }
}

fn receipt(issuer: &Issuer<'_>, line: &Line, decree: &Decree, order: &Order, claim: &Claim) -> Result<Draft, Refusal> {
    let missing = || Refusal::Settings(format!("ahli waris permohonan {} belum lengkap", claim.code));
    let heir = claim.content.payee().ok_or_else(missing)?;
    let content = LetterContent::Kuitansi(Kuitansi {
        claim_code: claim.code.clone(),
        fiscal_year: line.line.year,
        account_code: line.line.account_code.clone(),
        payer: format!("Bendahara Pengeluaran {}", issuer.pack.office.texts.agency),
        amount: claim.amount,
        departed: departed(&claim.content),
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        heir: heir.name.to_string(),
        heir_nik: heir.nik.number.clone().ok_or_else(missing)?,
        heir_address: heir_addressee(&claim.content).at,
        relation: heir.relation,
        payout: claim.content.payout.clone(),
        agreed_by: issuer.signatory(SigningRole::HeadOfAgency).ok(),
        hand: Hand::of(&claim.content),
    });
    Ok(Draft { about: about_claim(order, claim), village: claim.village.clone(), content })
}

/// The letter that tells the heir, and the mail that brings it to the village.
fn notice(tx: &mut Tx<'_>, issuer: &Issuer<'_>, decree: &Decree, order: &Order, claim: &Claim) -> Result<(), Refusal> {
    let texts = &issuer.pack.office.texts;
    let content = &claim.content;
    let (heir, relation) = heir_named(content);
    let letter = LetterContent::Pemberitahuan(Pemberitahuan {
        claim_code: claim.code.clone(),
        addressee: heir_addressee(content),
        departed: departed(content),
        heir,
        relation,
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        amount: claim.amount,
        payout: content.payout.clone(),
        pay_when: texts.pay_when.clone(),
        pay_where: texts.pay_where.clone(),
        bring: texts.bring.iter().cloned().chain(bring_too(content)).collect(),
        contact: issuer.pack.office.contact.clone(),
        copies: vec![],
    });
    let issued = issuer.issue(tx, Draft { about: about_claim(order, claim), village: claim.village.clone(), content: letter })?;
    let words = Words {
        subject: &format!("Pemberitahuan untuk ahli waris, permohonan {}", claim.code),
        body: "Surat pemberitahuan untuk ahli waris terlampir. Mohon dicetak dan disampaikan kepada keluarga.\n\nTidak ada biaya atau potongan apa pun.",
    };
    issuer.mail(tx, &issued, issuer.pack.office.mailboxes.of_village(&claim.village), words)?;
    Ok(())
}

/// What a proxy brings besides what everybody brings.
fn bring_too(content: &ClaimContent) -> Option<String> {
    let proxy = content.stand_ins.proxy.as_ref().filter(|_proxy| matches!(content.payout, Payout::Cash))?;
    Some(format!("surat kuasa asli dan KTP {}, yang mengambilkan", proxy.name))
}

fn notify_treasurer(tx: &mut Tx<'_>, issuer: &Issuer<'_>, issued: &letters::Issued) -> Result<(), Refusal> {
    let words = Words {
        subject: &format!("Perintah bayar Nomor {}", issued.number),
        body: "Perintah bayar santunan kematian terlampir. Daftar nominatif, kuitansi, dan berkas bank tersedia di halaman keuangan.",
    };
    issuer.mail(tx, issued, issuer.pack.office.mailboxes.finance.clone(), words)?;
    Ok(())
}

/// Files for the bank; their sum and the cash at the counter are held against the order before anything is kept.
fn write_bank_files(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order, claims: &[Claim]) -> Result<Vec<BankFile>, Refusal> {
    let lines = payment_lines(order, claims);
    if lines.is_empty() {
        return Ok(vec![]);
    }
    let office = &issuer.pack.office.bank;
    let sequence = u32::try_from(payments::orders_on(tx, &issuer.actor.office, order.ordered_on)?).unwrap_or(1);
    let mut made = bank_file::write(&issuer.pack.layouts, &issuer.pack.banks, office, &lines, order.ordered_on, sequence)
        .map_err(|fault| Refusal::BankFile(fault.to_string()))?;
    let message = pain001::Message { id: message_id(order), created_at: issuer.now, execute_on: order.ordered_on, sequence };
    let xml = pain001::write(&message, &issuer.pack.banks, office, &lines).map_err(|fault| Refusal::BankFile(fault.to_string()))?;
    let cash = Rupiah::sum(order.items.iter().filter(|i| i.account.is_none()).map(|i| i.amount)).unwrap_or_default();
    let listed = Rupiah::sum(made.iter().map(|f| f.total).chain([cash]));
    if listed != Some(order.total) || xml.total.checked_add(cash) != Some(order.total) {
        return Err(Refusal::TotalsDiffer("berkas bank"));
    }
    made.push(xml);
    made.iter().map(|file| keep(tx, issuer, order, file)).collect()
}

fn keep(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order, file: &OutFile) -> Result<BankFile, Refusal> {
    let kept = BankFile {
        name: file.name.clone(),
        sha256: issuer.desk.files.keep_with(tx, &file.bytes)?,
        items: i64::try_from(file.items).unwrap_or(i64::MAX),
        total: file.total.whole(),
    };
    payments::add_file(tx, new_id(), &issuer.actor.office, &order.id, &kept, issuer.now)?;
    Ok(kept)
}

/// Transfers of an order; cash is paid at the counter and is in no bank file.
fn payment_lines(order: &Order, claims: &[Claim]) -> Vec<PaymentLine> {
    let transfers = (1_u32..).zip(order.items.iter().zip(claims));
    transfers
        .filter_map(|(sequence, (item, claim))| {
            let (bank, account, holder) = item.account.clone()?;
            Some(PaymentLine {
                sequence,
                reference: claim.code.clone(),
                bank,
                account,
                holder,
                amount: item.amount,
                remark: format!("SANTUNAN KEMATIAN {}", claim.code),
            })
        })
        .collect()
}

/// The order's id without dashes: 32 characters, unique for ever.
fn message_id(order: &Order) -> String {
    order.id.replace('-', "")
}

/// The word that the money went out.
#[derive(Debug, Clone, Copy)]
pub struct Payment<'a> {
    /// The order.
    pub order_id: &'a str,
    /// Number of the SP2D as the state's own system issued it.
    pub sp2d_number: &'a str,
    /// Its date.
    pub sp2d_on: NaiveDate,
    /// Who got the money of a payee who is known as dead by now; else may be empty.
    pub reason: &'a str,
}

/// Marks an order as paid under the SP2D that the state's own system issued.
///
/// # Errors
/// [`Refusal::Sp2dMissing`], [`Refusal::Stale`] when it was already marked, [`Refusal::PayeeDead`] without a reason.
pub fn mark_paid(desk: &Desk, actor: &Actor, payment: &Payment<'_>) -> Result<Order, Refusal> {
    let Payment { order_id, sp2d_on, reason, .. } = *payment;
    let number = payment.sp2d_number.trim();
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = payments::order(tx, &actor.office, order_id)?;
        if number.is_empty() || number.chars().count() > 80 || sp2d_on < order.ordered_on || sp2d_on > issuer.today() {
            return Err(Refusal::Sp2dMissing);
        }
        if order.sp2d.is_some() {
            return Err(Refusal::Stale);
        }
        let decree = payments::decree(tx, &actor.office, &order.decree_id)?;
        let claims = claims_of(tx, actor, &decree)?;
        let payees_dead = payees_dead(tx, &issuer, &claims, reason)?;
        payments::mark_paid(tx, &order, number, sp2d_on)?;
        for claim in &claims {
            claims::advance(tx, claim, claim.state, State::Paid, None, issuer.now)?;
            let findings = events::findings(tx, &claim.id)?;
            let why = if payees_dead.contains(&claim.code) { format!("SP2D {number}. {}", reason.trim()) } else { format!("SP2D {number}") };
            let action = Action { step: Step::Pay, reason: why };
            record_step(tx, &issuer, claim, &action, State::Paid, &findings)?;
        }
        let details = serde_json::json!({ "number": order.number, "sp2d": number, "total": order.total.whole(), "payees_dead": payees_dead, "reason": said(&payees_dead, reason) });
        audit::append(tx, actor, "order.paid", &format!("order:{}", order.id), &details.to_string(), issuer.now)?;
        payments::order(tx, &actor.office, order_id).map_err(Refusal::from)
    })
}
