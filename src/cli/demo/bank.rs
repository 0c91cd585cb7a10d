//! The demo's bank: answers what the office releases, so that paid and returned transfers can be seen, and one put right.

use crate::cli::fault::CliFault;
use crate::domain::access::Actor;
use crate::domain::claim::{BankAccount, Payout};
use crate::domain::payment::{Correction, ItemState, ReturnReason};
use crate::invented::bank::{Answer, Bank, Course, Manner};
use crate::store::money::items::{self, Item};
use crate::store::money::orders::Order;
use crate::workflow::money::{ImportReport, Judge, Propose, Released, import_report, judge, make_renewed_order, propose};
use crate::workflow::{Desk, Refusal};

use super::story::{Hands, OfficeHours, through_hands};

/// Profile of the messages the demo's bank reads.
const MESSAGES: &str = "pain001-09";

/// Seeds tried until the bank refuses one or two payments for reasons of the payee's account.
const SEEDS: u64 = 500;

/// Of a thousand payments the bank refuses so many.
const REFUSED_PER_MILLE: u32 = 80;

/// A page of a passbook, for the correction.
const PASSBOOK: &[u8] = b"%PDF-1.4\n% contoh halaman depan buku rekening\n";

/// Answers of the bank, as files beside the letters.
pub(super) type Answers = Vec<(String, Vec<u8>)>;

/// Lets the bank answer the released order, imports the answer, and brings one returned payment through correction, fresh approval
/// and a renewed order to its payee. Returns every order and every answer.
pub(super) fn answered(
    desk: &Desk,
    hours: &mut OfficeHours,
    hands: &Hands<'_>,
    released: &Released,
) -> Result<(Vec<Order>, Answers), CliFault> {
    let banks = desk.store.read(|conn| desk.pack(conn, &hands.maker.actor.office))?;
    let mut bank = Bank::new(banks.banks.all().iter().map(|bank| bank.bic.to_string()));
    let mut answers = Vec::new();
    let mut orders = vec![released.order.clone()];
    let Some(message) = message_of(desk, released)? else { return Ok((orders, answers)) };
    let (after, answer) = (1..=SEEDS)
        .find_map(|seed| seeded(&bank, &message, seed))
        .ok_or_else(|| CliFault::Environment("bank contoh tidak menjawab".into()))?;
    bank = after;
    take(desk, hours, &hands.maker.actor, &answer, &mut answers)?;
    let Some(failed) = first_failed(desk, &released.order)? else { return Ok((orders, answers)) };
    let renewed = renew(desk, hours, hands, &failed)?;
    if let Some(message) = message_of(desk, &renewed)? {
        let manner = Manner { seed: 1, rejected_per_mille: 0, returned_per_mille: 0, in_batches: false };
        let answer = bank.answer(&message, manner).map_err(|why| CliFault::Environment(why.to_string()))?;
        take(desk, hours, &hands.maker.actor, &answer, &mut answers)?;
    }
    orders.push(renewed.order);
    Ok((orders, answers))
}

/// The frozen message of an order, if it went out as one.
fn message_of(desk: &Desk, released: &Released) -> Result<Option<Vec<u8>>, CliFault> {
    let file = released.files.iter().find(|file| file.profile == MESSAGES);
    Ok(file.map(|file| desk.files.read(&file.sha256)).transpose().map_err(Refusal::from)?)
}

/// The bank after an answer in which one or two accounts were refused.
fn seeded(bank: &Bank, message: &[u8], seed: u64) -> Option<(Bank, Answer)> {
    let mut bank = bank.clone();
    let manner = Manner { seed, rejected_per_mille: REFUSED_PER_MILLE, returned_per_mille: 0, in_batches: false };
    let answer = bank.answer(message, manner).ok()?;
    let refused = answer.courses.iter().filter(|(_, course)| matches!(course, Course::Rejected(code, _) if *code != "RC01")).count();
    (answer.refused.is_none() && (1..=2).contains(&refused)).then_some((bank, answer))
}

/// Finance imports the bank's status report.
fn take(desk: &Desk, hours: &mut OfficeHours, finance: &Actor, answer: &Answer, answers: &mut Answers) -> Result<(), CliFault> {
    let name = format!("BANK_pain002_{}.xml", answers.len() + 1);
    let bytes = answer.pain002.clone().into_bytes();
    import_report(&desk.at(hours.tick()), finance, &ImportReport { file_name: &name, bytes: &bytes, profile: MESSAGES })?;
    answers.push((name, bytes));
    Ok(())
}

/// The first payment that came back for a reason another account cures.
fn first_failed(desk: &Desk, order: &Order) -> Result<Option<Item>, CliFault> {
    let items = desk.store.read(|conn| items::of_order(conn, &order.id))?;
    let curable = |item: &Item| ReturnReason::from_code(&item.return_code).is_some_and(|why| why != ReturnReason::WrongBank);
    Ok(items.into_iter().find(|item| item.state == ItemState::Returned && item.account.is_some() && curable(item)))
}

/// Another account with its evidence, approved by the head of the agency, ordered anew and released by three persons.
fn renew(desk: &Desk, hours: &mut OfficeHours, hands: &Hands<'_>, failed: &Item) -> Result<Released, CliFault> {
    let (bank, number, holder) = failed.account.clone().unwrap_or_default();
    let account = BankAccount { bank, number: format!("{}7", number.trim()), holder };
    let correction =
        Correction { payout: Payout::Bank(account), payee: None, reason: "buku rekening baru ditunjukkan keluarga di kantor desa".into() };
    let evidence = Some(("application/pdf", PASSBOOK));
    let wish = Propose { item_id: &failed.id, expected_version: failed.version, correction, evidence };
    let proposed = propose(&desk.at(hours.tick()), &hands.maker.actor, &wish)?;
    judge(&desk.at(hours.tick()), &hands.approver.actor, &Judge { correction_id: &proposed.id, approves: true, reason: "" })?;
    let order = make_renewed_order(&desk.at(hours.tick()), &hands.maker.actor, "")?.order;
    through_hands(desk, hours, hands, order, 2)
}
