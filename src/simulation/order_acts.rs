//! Payment orders: made, checked, released, closed or cancelled, and made anew for what came back.

use crate::domain::access::{Duty, Role};
use crate::domain::claim::Step;
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::payment::{
    ItemState, ItemStep, OrderFacts, OrderKind, OrderState, OrderStep, PaperKind, PaymentLine, PaymentPlan, Route, TreasuryPaper,
    check_paper, decide_order, hand,
};

use super::cast::BANK_NAMES;
use super::claim_acts;
use super::flaw::Flaw;
use super::office::{Moment, Office, Posting};
use super::refused::Refused;
use super::rows::{BankFile, BankLine, Cash, Claim, Item, NumberKind, Order, Paper, Trail};
use super::undo_acts;

/// A step somebody wants to take, and whether they proved again who they are.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub step: OrderStep,
    pub proved: bool,
}

/// Orders the payment of a signed decree, equal to it to the rupiah or not at all.
pub fn make(office: &mut Office, at: &Moment<'_>, decree: usize) -> Result<(), Refused> {
    let row = office.decrees.get(decree)?.clone();
    if !row.signed || row.amends.is_some() {
        return Err(Refused::NotSigned);
    }
    if !undo_acts::is_settled(office, decree) {
        return Err(Refused::StillOpen);
    }
    let claims: Vec<usize> = row.standing().map(|row| row.claim).collect();
    none_is_asked_for(office, &claims)?;
    take_part(office, at, &claims)?;
    let living = office.orders.rows().iter().any(|order| order.decree == Some(decree) && order.state != OrderState::Cancelled);
    if living && !at.is_broken(Flaw::SecondPayment) {
        return Err(Refused::Twice("perintah bayar"));
    }
    if claims.is_empty() {
        return Err(Refused::NothingToList);
    }
    let order = office.orders.len();
    let mut items = Vec::new();
    for claim in claims {
        let claimed = office.claims.get(claim)?.clone();
        items.push(insert_item(office, at, first_item(office, order, claim, &claimed))?);
    }
    insert(office, at, OrderKind::First, row.line, Some(decree), items)?;
    let ordered = office.orders.get(order)?.clone();
    if row.standing_total() != Some(ordered.total) && !at.is_broken(Flaw::OrderOffByOne) {
        return Err(Refused::TotalsDiffer);
    }
    for item in ordered.items {
        let (amount, claim) = office.items.get(item).map(|item| (item.amount, item.claim))?;
        let booked = office.book(at, Posting { item: Some(item), ..Posting::of_claim(row.line, Movement::Order, amount, claim) });
        if !(living && booked.is_err()) {
            booked?;
        }
    }
    Ok(())
}

/// No money moves while it is asked whether a claim stands at all.
fn none_is_asked_for(office: &Office, claims: &[usize]) -> Result<(), Refused> {
    if claims.iter().any(|claim| undo_acts::is_asked_for(office, *claim)) { Err(Refused::StillOpen) } else { Ok(()) }
}

/// Claims this person may pay, with their hand in it written down: a later duty is somebody else's, whatever becomes of the order.
fn take_part(office: &mut Office, at: &Moment<'_>, claims: &[usize]) -> Result<(), Refused> {
    for claim in claims {
        claim_acts::may(at, office.claims.get(*claim)?, claim_acts::Wish { step: Step::Pay, in_words: false })?;
        office.claims.change(*claim, |claim| claim.participants.extend(at.cast.participant(at.by, Duty::Pay)))?;
    }
    Ok(())
}

fn first_item(office: &Office, order: usize, claim: usize, row: &Claim) -> Item {
    let earlier = office.items.rows().iter().filter(|item| item.claim == claim).count();
    let reference = if earlier == 0 { row.code.clone() } else { format!("{}.{}", row.code, earlier.saturating_add(1)) };
    Item {
        id: format!("P{}", office.items.len()),
        order,
        claim,
        replaces: None,
        reference,
        amount: row.amount,
        heir: row.heir,
        bank: row.bank,
        state: ItemState::Ordered,
        sends: 0,
        receipts: 0,
        version: 1,
    }
}

fn insert_item(office: &mut Office, at: &Moment<'_>, mut item: Item) -> Result<usize, Refused> {
    let taken = |other: &Item| other.reference.eq_ignore_ascii_case(&item.reference);
    if office.items.rows().iter().any(taken) && !at.is_broken(Flaw::ReferenceReused) {
        return Err(Refused::Twice("nomor rujukan"));
    }
    item.receipts = u32::from(at.is_broken(Flaw::ReceiptTooEarly));
    let item = office.items.insert(item);
    office.trail.insert(Trail::Item { item, step: None, to: ItemState::Ordered, by: at.by });
    Ok(item)
}

fn insert(
    office: &mut Office,
    at: &Moment<'_>,
    kind: OrderKind,
    line: usize,
    decree: Option<usize>,
    items: Vec<usize>,
) -> Result<(), Refused> {
    let number = office.number(at, NumberKind::Order)?;
    let mut amounts = Vec::new();
    for item in &items {
        amounts.push(office.items.get(*item)?.amount);
    }
    if at.is_broken(Flaw::OrderOffByOne) {
        amounts.extend(Rupiah::new(1));
    }
    let total = Rupiah::sum(amounts).ok_or(Refused::TotalsDiffer)?;
    let order = office.orders.insert(Order {
        number: format!("PB{}-{}", number.year, number.number),
        line,
        kind,
        decree,
        items,
        total,
        state: OrderState::Made,
        ordered_on: at.today(),
        released_on: None,
        hands: vec![at.by],
        version: 1,
    });
    office.trail.insert(Trail::Order { order, step: None, to: OrderState::Made, by: at.by });
    Ok(())
}

/// Orders payments that came back, each with its approved correction, as new ones linked to the failed ones.
pub fn renew(office: &mut Office, at: &Moment<'_>, failed: &[usize]) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let order = office.orders.len();
    let (mut items, mut line) = (Vec::new(), None);
    for old in failed {
        let row = office.items.get(*old)?.clone();
        let charged = office.orders.get(row.order)?.line;
        if *line.get_or_insert(charged) != charged || !office.lines.get(charged)?.open {
            return Err(Refused::NoBudget);
        }
        none_is_asked_for(office, &[row.claim])?;
        take_part(office, at, &[row.claim])?;
        let approved = office.corrections.places(|c| c.item == *old && c.approved_by.is_some() && !c.used);
        let correction = *approved.first().ok_or(Refused::NotSigned)?;
        office.corrections.change(correction, |correction| correction.used = true)?;
        office.move_item(at, *old, ItemStep::Replace)?;
        let corrected = office.corrections.get(correction)?.clone();
        let claim = office.claims.get(row.claim)?.clone();
        let mut new = first_item(office, order, row.claim, &claim);
        new.replaces = Some(*old).filter(|_| !at.is_broken(Flaw::LinkForgotten));
        (new.heir, new.bank) = (corrected.heir, corrected.bank);
        if at.is_broken(Flaw::ReferenceReused) {
            new.reference.clone_from(&row.reference);
        }
        items.push(insert_item(office, at, new)?);
    }
    insert(office, at, OrderKind::Renewed, line.ok_or(Refused::NothingToList)?, None, items)?;
    let ordered = office.orders.get(order)?.clone();
    for item in ordered.items {
        let (amount, claim) = office.items.get(item).map(|item| (item.amount, item.claim))?;
        office.book(at, Posting { item: Some(item), ..Posting::of_claim(ordered.line, Movement::Reissue, amount, claim) })?;
    }
    Ok(())
}

/// Takes a step on the order the person saw.
pub fn step(office: &mut Office, at: &Moment<'_>, order: usize, version: i64, wish: Wish) -> Result<(), Refused> {
    let row = office.orders.get(order)?.clone();
    if row.version != version {
        return Err(Refused::Stale);
    }
    if wish.step == OrderStep::Release && !wish.proved {
        return Err(Refused::WrongPassword);
    }
    let to = decide_order(wish.step, at.actor, &facts(office, at, order, &row, wish.step)?)?;
    if matches!(wish.step, OrderStep::Check | OrderStep::Release) {
        let claims: Vec<usize> = row.items.iter().filter_map(|item| Some(office.items.get(*item).ok()?.claim)).collect();
        none_is_asked_for(office, &claims)?;
        take_part(office, at, &claims)?;
    }
    office.orders.change(order, |row| {
        row.state = to;
        row.version += 1;
        if matches!(wish.step, OrderStep::Check | OrderStep::Release) {
            row.hands.push(at.by);
        }
        if to == OrderState::Released {
            row.released_on = Some(at.today());
        }
    })?;
    office.trail.insert(Trail::Order { order, step: Some(wish.step), to, by: at.by });
    match wish.step {
        OrderStep::Release => release(office, at, order, &row),
        OrderStep::Cancel => cancel(office, at, &row),
        OrderStep::Check | OrderStep::Close => Ok(()),
    }
}

fn facts(office: &Office, at: &Moment<'_>, order: usize, row: &Order, step: OrderStep) -> Result<OrderFacts, Refused> {
    // Who made, checked and released it has done their part; it is closed by somebody who did not record the answers.
    let answerers = office.answerers.rows().iter().filter(|(answered, _)| *answered == order).map(|(_, by)| *by);
    let known: Vec<usize> = if step == OrderStep::Close { answerers.collect() } else { row.hands.clone() };
    let known = known.iter().filter(|_| !at.is_broken(Flaw::CheckerIsMaker));
    let hands = known.filter_map(|by| at.cast.actors.get(*by)).map(|actor| hand(&actor.id, actor.nik.clone())).collect();
    let mut unanswered = 0_usize;
    for item in &row.items {
        let open = matches!(office.items.get(*item)?.state, ItemState::Ordered | ItemState::Sent);
        unanswered += usize::from(open && !at.is_broken(Flaw::ClosedOpen));
    }
    let papers = office.papers.rows().iter().filter(|paper| paper.order == order).map(|paper| paper.paper.clone());
    let total = row.total;
    let papers = papers.map(|paper| if at.is_broken(Flaw::PaperOffByOne) { TreasuryPaper { value: total, ..paper } } else { paper });
    Ok(OrderFacts { state: row.state, total, chain: at.rules.chain, hands, papers: papers.collect(), unanswered })
}

/// Money goes to bank and counter, each payment with its receipt; the bank's file is frozen.
fn release(office: &mut Office, at: &Moment<'_>, order: usize, row: &Order) -> Result<(), Refused> {
    let mut lines = Vec::new();
    for (sequence, item) in (1_u32..).zip(&row.items) {
        office.move_item(at, *item, ItemStep::Send)?;
        office.number(at, NumberKind::Receipt)?;
        office.items.change(*item, |item| item.receipts += 1)?;
        let sent = office.items.get(*item)?.clone();
        match sent.bank {
            None => {
                office.cash.insert(Cash { item: *item, change: sent.amount.whole() });
            }
            Some(bank) => lines.push((*item, line(sequence, &sent, bank))),
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    let total = Rupiah::sum(lines.iter().map(|(_, line)| line.amount)).ok_or(Refused::TotalsDiffer)?;
    let plain: Vec<PaymentLine> = lines.iter().map(|(_, line)| line.clone()).collect();
    let plan = PaymentPlan::plan(&at.cast.banks, &at.cast.own_bank, &plain, total).map_err(|_faults| Refused::BankFile)?;
    let planned: Vec<&PaymentLine> = Route::ALL.iter().flat_map(|route| plan.carried_by(*route)).map(|planned| &planned.line).collect();
    let item_of = |reference: &str| lines.iter().find(|(_, line)| line.reference == reference).map(|(item, _)| *item);
    let mut to_bank = Vec::new();
    for line in planned {
        let item = item_of(&line.reference).ok_or(Refused::BankFile)?;
        to_bank.push(BankLine { reference: line.reference.clone(), amount: line.amount, item });
    }
    let extra = if at.is_broken(Flaw::FileTotalOff) { Rupiah::new(1).unwrap_or_default() } else { Rupiah::ZERO };
    let total = plan.total().checked_add(extra).ok_or(Refused::TotalsDiffer)?;
    if at.is_broken(Flaw::SentTwice) {
        let again = to_bank.iter().map(|line| BankLine { reference: format!("{}.X", line.reference), ..line.clone() }).collect();
        office.files.insert(BankFile { order, total, lines: again });
    }
    office.files.insert(BankFile { order, total, lines: to_bank });
    Ok(())
}

fn line(sequence: u32, item: &Item, bank: usize) -> PaymentLine {
    PaymentLine {
        sequence,
        reference: item.reference.clone(),
        bank: BANK_NAMES.get(bank).copied().unwrap_or_default().to_owned(),
        account: format!("7000{:03}{}", item.claim, item.heir),
        holder: "AHLI WARIS".to_owned(),
        amount: item.amount,
        remark: "SANTUNAN".to_owned(),
    }
}

/// The money lies on the decree again, or with the payments that came back; numbers stay used.
fn cancel(office: &mut Office, at: &Moment<'_>, row: &Order) -> Result<(), Refused> {
    for item in &row.items {
        office.move_item(at, *item, ItemStep::Cancel)?;
        if let Some(failed) = office.items.get(*item)?.replaces {
            office.move_item(at, failed, ItemStep::Reinstate)?;
        }
    }
    Ok(())
}

/// Records a paper of the state's system.
pub fn paper(office: &mut Office, at: &Moment<'_>, order: usize, kind: PaperKind, value: Rupiah) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let row = office.orders.get(order)?;
    if matches!(row.state, OrderState::Closed | OrderState::Cancelled) {
        return Err(Refused::StillOpen);
    }
    let earlier: Vec<TreasuryPaper> =
        office.papers.rows().iter().filter(|paper| paper.order == order).map(|paper| paper.paper.clone()).collect();
    let number = format!("{}/{order}", kind.code());
    let paper = TreasuryPaper { kind, number, dated_on: at.today(), value };
    match check_paper(&paper, (row.ordered_on, row.total), &earlier, at.rules.chain, at.today()) {
        Err(crate::domain::payment::PaperRefused::Value { .. }) if at.is_broken(Flaw::PaperOffByOne) => {}
        checked => checked?,
    }
    office.papers.insert(Paper { order, paper });
    Ok(())
}
