//! Undoing after the fact: rows of decrees, approvals, and money that reached the wrong person.

use chrono::NaiveDate;

use crate::domain::access::{Duty, Role, may_take_part};
use crate::domain::claim::{Refused as ClaimRefused, State, Step};
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, ItemStep, hand};
use crate::domain::undo::{
    AmendRefused, AnnulFacts, Ground, NewPart, PartFacts, Plan, Road, RowKind, Why, ask_annulment, balance_of, check_part, even_plan,
    judge_annulment, may_decide, may_propose, may_void, row_is_free,
};

use super::claim_acts::{Wish, advance, facts, give_back, may};
use super::flaw::Flaw;
use super::office::{Moment, Office, Posting};
use super::refused::Refused;
use super::rows::{Amendment, Annulment, Case, Decree, DecreeRow, Instalment, NumberKind, RowWish};

const WORDS: &str = "diketahui dari pemeriksaan ulang";

/// The last payment of a claim that still says where its money is.
fn last_payment(office: &Office, claim: usize) -> Option<(usize, ItemState)> {
    let all = office.items.places(|item| item.claim == claim);
    let state = |at: &usize| office.items.get(*at).map(|item| item.state).ok();
    let gone = |at: &&usize| matches!(state(at), Some(ItemState::Cancelled | ItemState::Replaced));
    let last = all.iter().rev().find(|at| !gone(at)).or_else(|| all.last()).copied()?;
    Some((last, state(&last)?))
}

fn annul_facts(office: &Office, at: &Moment<'_>, claim: usize) -> Result<AnnulFacts, Refused> {
    let row = office.claims.get(claim)?;
    let known = facts(at, row);
    let payment = last_payment(office, claim).map(|(_, state)| state);
    Ok(AnnulFacts { state: row.state, payment, participants: known.participants, interested: known.interested })
}

/// Whether money of a claim has to stay where it is, because it is asked whether the claim stands at all.
pub fn is_asked_for(office: &Office, claim: usize) -> bool {
    office.annulments.rows().iter().any(|one| one.claim == claim && one.decided.is_none())
}

/// Asks that a claim be annulled.
pub fn ask(office: &mut Office, at: &Moment<'_>, claim: usize, version: i64) -> Result<(), Refused> {
    if office.claims.get(claim)?.version != version {
        return Err(Refused::Stale);
    }
    let why = Why { ground: Ground::WrongHeir, words: WORDS, has_evidence: true };
    ask_annulment(at.actor, &annul_facts(office, at, claim)?, why)?;
    if is_asked_for(office, claim) {
        return Err(Refused::Twice("pembatalan"));
    }
    office.annulments.insert(Annulment { claim, asked_by: at.by, decided: None });
    office.claims.change(claim, |row| row.version += 1)
}

/// Decides about a request: the claim ends, or goes on.
pub fn judge(office: &mut Office, at: &Moment<'_>, annulment: usize, agrees: bool) -> Result<(), Refused> {
    let row = office.annulments.get(annulment)?.clone();
    if row.decided.is_some() {
        return Err(Refused::Twice("putusan"));
    }
    let asker = at.cast.actors.get(row.asked_by).map(|actor| hand(&actor.id, actor.nik.clone())).ok_or(Refused::NotFound)?;
    let asked = annul_facts(office, at, row.claim)?;
    let mut known = asked.clone();
    if !agrees {
        (known.state, known.payment) = (State::Approved, None);
    }
    let road = match judge_annulment(at.actor, &asker, &known) {
        Err(_) if at.is_broken(Flaw::AskerDecides) && at.cast.is_same_person(at.by, row.asked_by) => {
            crate::domain::undo::road_of(asked.state, asked.payment)?
        }
        judged => judged?,
    };
    office.annulments.change(annulment, |one| one.decided = Some((at.by, agrees)))?;
    if !agrees {
        // What is at its end already does not change any more.
        if asked.state.is_terminal() {
            return Ok(());
        }
        return office.claims.change(row.claim, |claim| claim.version += 1);
    }
    end(office, at, row.claim, road)
}

/// Ends a claim with its money.
fn end(office: &mut Office, at: &Moment<'_>, claim: usize, road: Road) -> Result<(), Refused> {
    let row = office.claims.get(claim)?.clone();
    advance(office, at, claim, Step::Annul)?;
    match road {
        Road::Release => give_back(office, at, claim, &row),
        Road::Treasury => Ok(()),
        Road::Reclaim => {
            let (item, _) = last_payment(office, claim).ok_or(Refused::NotFound)?;
            office.move_item(at, item, ItemStep::Reclaim)?;
            if !at.is_broken(Flaw::CaseForgotten) {
                let (owed, opened_on) = (office.items.get(item)?.amount, at.today());
                office.cases.insert(Case { claim, item, owed, plans: Vec::new(), settled: false, opened_on, version: 1 });
            }
            Ok(())
        }
    }
}

/// Whether nothing about a decree waits to be decided or signed.
pub fn is_settled(office: &Office, decree: usize) -> bool {
    let proposed = office.amendments.rows().iter().any(|one| one.decree == decree && one.locked_by.is_none());
    let unsigned = office.decrees.rows().iter().any(|row| row.amends == Some(decree) && !row.signed);
    !proposed && !unsigned
}

/// Whether a claim was struck by a decree that is not signed yet.
pub fn is_struck_unsigned(office: &Office, claim: usize) -> bool {
    let strikes = |decree: &Decree| decree.rows.iter().any(|row| row.kind == RowKind::Strike && row.claim == claim);
    office.decrees.rows().iter().any(|decree| !decree.signed && strikes(decree))
}

/// Proposes an amending decree of one row.
pub fn propose(office: &mut Office, at: &Moment<'_>, (decree, version): (usize, i64), claim: usize, wish: RowWish) -> Result<(), Refused> {
    may_propose(at.actor, 1, true)?;
    let row = office.decrees.get(decree)?;
    if row.version != version {
        return Err(Refused::Stale);
    }
    if !row.signed || row.amends.is_some() {
        return Err(Refused::NotSigned);
    }
    if !is_settled(office, decree) {
        return Err(Refused::Twice("usulan"));
    }
    free_row(office, at, decree, claim)?;
    let claimed = office.claims.get(claim)?;
    let known = facts(at, claimed);
    may_take_part(at.actor, Duty::Pay, &known.participants, &known.interested).map_err(ClaimRefused::Conflict)?;
    if let RowWish::Amend { heir, bank } = wish
        && (heir, bank) == (claimed.heir, claimed.bank)
    {
        return Err(Refused::NoChange);
    }
    let version = claimed.version;
    office.amendments.insert(Amendment { decree, claim, version, wish, proposed_by: at.by, locked_by: None });
    Ok(())
}

fn free_row(office: &Office, at: &Moment<'_>, decree: usize, claim: usize) -> Result<DecreeRow, Refused> {
    let row = office.decrees.get(decree)?.standing().find(|row| row.claim == claim).cloned().ok_or(Refused::NotFound)?;
    let (code, state) = office.claims.get(claim).map(|claim| (claim.code.clone(), claim.state))?;
    match row_is_free(&code, true, state, last_payment(office, claim).map(|(_, state)| state)) {
        Err(AmendRefused::Ordered(_)) if at.is_broken(Flaw::OrderedRowStruck) => Ok(row),
        Err(refused) => Err(refused.into()),
        Ok(()) => Ok(row),
    }
}

/// Locks an amending decree as it was proposed; its money moves with it.
pub fn lock(office: &mut Office, at: &Moment<'_>, amendment: usize) -> Result<(), Refused> {
    let row = office.amendments.get(amendment)?.clone();
    let proposer = at.cast.actors.get(row.proposed_by).map(|actor| hand(&actor.id, actor.nik.clone())).ok_or(Refused::NotFound)?;
    may_decide(at.actor, &proposer, row.locked_by.is_some())?;
    let base = office.decrees.get(row.decree)?.clone();
    let listed = free_row(office, at, row.decree, row.claim)?;
    let claimed = office.claims.get(row.claim)?.clone();
    if claimed.version != row.version {
        return Err(Refused::PlanChanged);
    }
    let kind = if matches!(row.wish, RowWish::Strike { .. }) { RowKind::Strike } else { RowKind::Amend };
    office.number(at, NumberKind::Amending)?;
    let rows = vec![DecreeRow { claim: row.claim, amount: listed.amount, kind, struck_by: None }];
    let amending =
        office.decrees.insert(Decree { line: base.line, amends: Some(row.decree), rows, total: listed.amount, signed: false, version: 1 });
    office.amendments.change(amendment, |one| one.locked_by = Some(at.by))?;
    match row.wish {
        RowWish::Amend { heir, bank } => {
            let known = facts(at, &claimed);
            may_take_part(at.actor, Duty::Approve, &known.participants, &known.interested).map_err(ClaimRefused::Conflict)?;
            let approver = at.cast.participant(at.by, Duty::Approve);
            office.claims.change(row.claim, |claim| {
                (claim.heir, claim.bank) = (heir, bank);
                claim.participants.extend(approver);
                claim.version += 1;
            })
        }
        RowWish::Strike { ends } => {
            may(at, &claimed, Wish { step: Step::Strike, in_words: true })?;
            strike(office, at, (row.decree, amending), &listed)?;
            if ends { end(office, at, row.claim, Road::Release) } else { Ok(()) }
        }
    }
}

fn strike(office: &mut Office, at: &Moment<'_>, (decree, amending): (usize, usize), listed: &DecreeRow) -> Result<(), Refused> {
    let kept = at.is_broken(Flaw::RowNotStruck);
    office.decrees.change(decree, |row| {
        row.version += 1;
        for row in row.rows.iter_mut().filter(|row| row.claim == listed.claim && !kept) {
            row.struck_by = row.struck_by.or(Some(amending));
        }
    })?;
    let line = office.decrees.get(decree)?.line;
    office.book(at, Posting::of_claim(line, Movement::Strike, listed.amount, listed.claim))?;
    advance(office, at, listed.claim, Step::Strike)
}

/// What is still owed in a case.
pub fn balance(office: &Office, at: usize) -> Option<Rupiah> {
    let case = office.cases.get(at).ok()?;
    let parts = office.instalments.rows().iter().filter(|part| part.case == at).map(|part| crate::domain::undo::Part {
        amount: part.amount,
        number: part.slip.to_string(),
        voided: part.voided,
    });
    balance_of(case.owed, &parts.collect::<Vec<_>>())
}

fn seen(office: &Office, at: &Moment<'_>, case: usize, version: i64) -> Result<(Case, Rupiah), Refused> {
    at.only(Role::Finance)?;
    let row = office.cases.get(case)?.clone();
    if row.version != version {
        return Err(Refused::Stale);
    }
    Ok((row, balance(office, case).ok_or(Refused::TotalsDiffer)?))
}

/// Agrees how a debt is paid back; the former plan stays.
pub fn plan(office: &mut Office, at: &Moment<'_>, (case, version): (usize, i64), parts: u32) -> Result<(), Refused> {
    let (_, owed) = seen(office, at, case, version)?;
    let mut instalments = even_plan(owed, at.today(), parts);
    if at.is_broken(Flaw::PlanForgivesRupiah) {
        instalments.pop();
        return office.cases.change(case, |row| {
            row.plans.push((owed, instalments.iter().map(|part| part.amount).collect()));
            row.version += 1;
        });
    }
    let agreed = Plan::agree(instalments, owed, at.today())?;
    office.cases.change(case, |row| {
        row.plans.push((owed, agreed.instalments().iter().map(|part| part.amount).collect()));
        row.version += 1;
    })
}

/// A part of a wrong payment comes back; the last one settles it.
pub fn instalment(
    office: &mut Office,
    at: &Moment<'_>,
    (case, version): (usize, i64),
    amount: Rupiah,
    (slip, paid_on): (u64, NaiveDate),
) -> Result<(), Refused> {
    let (row, owed) = seen(office, at, case, version)?;
    let used = office.instalments.rows().iter().any(|part| part.slip == slip && !part.voided);
    let part = NewPart { paid_on, amount, number: slip.to_string(), has_evidence: true };
    let number_is_used = used && !at.is_broken(Flaw::SlipTwice);
    check_part(at.actor, &part, &PartFacts { balance: owed, opened_on: row.opened_on, today: at.today(), number_is_used })?;
    let line = line_of(office, &row)?;
    office.book(at, Posting { item: Some(row.item), ..Posting::of_claim(line, Movement::Recover, amount, row.claim) })?;
    let entry = i64::try_from(office.journal.len()).unwrap_or(i64::MAX);
    let booked = Instalment { case, item: row.item, amount, slip, entry, by: at.by, voided: false };
    if at.is_broken(Flaw::InstalmentTwice) {
        office.instalments.insert(Instalment { slip: u64::MAX - slip, ..booked.clone() });
    }
    office.instalments.insert(booked);
    let settled = amount == owed;
    office.cases.change(case, |row| {
        row.settled = settled;
        row.version += 1;
    })?;
    if settled { office.move_item(at, row.item, ItemStep::Settle).map(|_| ()) } else { Ok(()) }
}

/// A second person moves a wrongly booked part back.
pub fn void(office: &mut Office, at: &Moment<'_>, (case, version): (usize, i64), part: usize) -> Result<(), Refused> {
    let (row, _) = seen(office, at, case, version)?;
    let booked = office.instalments.get(part)?.clone();
    if booked.case != case {
        return Err(Refused::NotFound);
    }
    let recorder = at.cast.actors.get(booked.by).map(|actor| hand(&actor.id, actor.nik.clone())).ok_or(Refused::NotFound)?;
    may_void(at.actor, &recorder, booked.voided, WORDS)?;
    office.instalments.change(part, |part| part.voided = true)?;
    let back = Posting::of_claim(line_of(office, &row)?, Movement::Recover, booked.amount, row.claim);
    office.book(at, Posting { item: Some(row.item), corrects: Some(booked.entry), ..back })?;
    office.cases.change(case, |row| {
        row.settled = false;
        row.version += 1;
    })?;
    if row.settled { office.move_item(at, row.item, ItemStep::Reopen).map(|_| ()) } else { Ok(()) }
}

fn line_of(office: &Office, case: &Case) -> Result<usize, Refused> {
    Ok(office.orders.get(office.items.get(case.item)?.order)?.line)
}
