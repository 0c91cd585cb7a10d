//! Closing a budget year, and opening it again: asked for by one person of the finance office, done by another.
//!
//! What is free lapses. What is promised and not paid goes the way of the office's rule: to the line of the next year, or, where money
//! is of its own year, back to the waiting list with its place by the day of filing. A year is opened again only before the next one
//! has taken anything over.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::domain::budget::{CloseFacts, ClosePlan, Fate, NextLine, Promise, YearAct, YearActState, plan_close};
use crate::domain::calendar::{long_date, wib_date};
use crate::domain::claim::{Action, REASON_CHARS_MAX, REASON_CHARS_MIN, State, Step};
use crate::domain::ledger::{Account, Movement};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderState, hand};
use crate::domain::region::RegionCode;
use crate::store::claims::{self, Claim};
use crate::store::money::budget::{self, Line};
use crate::store::money::decrees::{self, Decree};
use crate::store::money::ledger::{self, Posting, YEAR_CLOSE};
use crate::store::money::year_acts::{self, Decision, OnYear};
use crate::store::money::{items, orders};
use crate::store::{DbConn, Key, StoreError, Tx, audit, events, users};
use crate::workflow::decide::record_step;
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

use super::books::{booking, line_booking};

/// The end of a year as it would be now, before anything is done.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// Promises that the next year takes over.
    pub carried: usize,
    /// Their sum.
    pub carried_amount: Rupiah,
    /// Approved claims that will wait for money of the new year.
    pub waits: usize,
    /// Their sum.
    pub waits_amount: Rupiah,
    /// What lapses, with what the waiting ones give back.
    pub lapses: Rupiah,
    /// Stands for exactly this end: doing it with this seal is refused once something has changed.
    pub seal: String,
}

/// The end of a year, for the preview. Nothing is changed.
///
/// # Errors
/// [`Refusal::Budget`] with what has to be done first.
pub fn plan_year_end(desk: &Desk, office: &RegionCode, year: i32) -> Result<Ending, Refusal> {
    desk.store.read(|conn| {
        let pack = desk.pack(conn, office)?;
        let told = gather(conn, &pack, office, year)?;
        let plan = plan_close(&told.facts).map_err(|fault| Refusal::Budget(fault.to_string()))?;
        ending(conn, &told, &plan)
    })
}

/// Asks for closing a year or opening it again.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::ReasonMissing`], [`Refusal::Budget`] when it is too early, cannot be done or is asked for already.
pub fn propose_year_act(desk: &Desk, actor: &Actor, year: i32, act: YearAct, reason: &str) -> Result<OnYear, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    let reason = reason.trim();
    if !(REASON_CHARS_MIN..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        may_be_done(tx, &issuer, year, act)?;
        let asked = OnYear {
            id: new_id(),
            year,
            act,
            state: YearActState::Proposed,
            reason: reason.to_owned(),
            proposed_by: actor.id.clone(),
            proposed_at: issuer.now,
            decided_by: None,
            decided_at: None,
            outcome: String::new(),
        };
        year_acts::propose(tx, &actor.office, &asked).map_err(|fault| match fault {
            StoreError::Duplicate(Key::Other) => Refusal::Budget(format!("Tahun {year} sudah diajukan dan menunggu orang kedua.")),
            other => other.into(),
        })?;
        let details = serde_json::json!({ "year": year, "reason": reason });
        audit::append(tx, actor, &format!("year.{}.propose", act.code()), &subject(year), &details.to_string(), issuer.now)?;
        Ok(asked)
    })
}

/// The second person does what the first asked for. `seal` is that of the end they saw; empty does whatever it is now.
///
/// # Errors
/// [`Refusal::Budget`]: the same person, or something goes on that has to end first; [`Refusal::PlanChanged`]; [`Refusal::Stale`].
pub fn confirm_year_act(desk: &Desk, actor: &Actor, act_id: &str, seal: &str) -> Result<OnYear, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let asked = waiting_act(tx, actor, act_id)?;
        let first = users::by_id(tx, &asked.proposed_by)?.actor;
        if actor.is_same_person(&hand(&first.id, first.nik)) {
            return Err(Refusal::Budget(format!("{} dikonfirmasi oleh orang lain daripada yang mengajukannya.", asked.act.label())));
        }
        may_be_done(tx, &issuer, asked.year, asked.act)?;
        let outcome = match asked.act {
            YearAct::Close => close(tx, &issuer, &asked, seal)?,
            YearAct::Reopen => reopen(tx, &issuer, &asked)?,
        };
        let decision = Decision { state: YearActState::Confirmed, by: &actor.id, at: issuer.now, outcome: &outcome };
        year_acts::decide(tx, act_id, &decision)?;
        let details = serde_json::json!({ "year": asked.year, "proposed_by": first.name, "reason": asked.reason, "outcome": outcome });
        audit::append(tx, actor, &format!("year.{}", asked.act.code()), &subject(asked.year), &details.to_string(), issuer.now)?;
        Ok(year_acts::load(tx, &actor.office, act_id)?)
    })
}

/// Takes back what was asked for.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::Stale`] when it was decided meanwhile.
pub fn withdraw_year_act(desk: &Desk, actor: &Actor, act_id: &str) -> Result<(), Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let asked = waiting_act(tx, actor, act_id)?;
        year_acts::decide(tx, act_id, &Decision { state: YearActState::Withdrawn, by: &actor.id, at: now, outcome: "" })?;
        let details = serde_json::json!({ "year": asked.year });
        audit::append(tx, actor, &format!("year.{}.withdraw", asked.act.code()), &subject(asked.year), &details.to_string(), now)?;
        Ok(())
    })
}

fn subject(year: i32) -> String {
    format!("budget_year:{year}")
}

fn waiting_act(tx: &mut Tx<'_>, actor: &Actor, act_id: &str) -> Result<OnYear, Refusal> {
    let asked = year_acts::load(tx, &actor.office, act_id)?;
    if asked.state == YearActState::Proposed { Ok(asked) } else { Err(Refusal::Stale) }
}

/// Whether an act can be done at all today.
fn may_be_done(tx: &mut Tx<'_>, issuer: &Issuer<'_>, year: i32, act: YearAct) -> Result<(), Refusal> {
    let office = &issuer.actor.office;
    let lines = budget::of_year(tx, office, year)?;
    let refuse = |sentence: String| Err(Refusal::Budget(sentence));
    if lines.is_empty() {
        return Err(Refusal::NoBudget(year));
    }
    match act {
        YearAct::Close if lines.iter().all(|line| !line.open) => refuse(format!("Tahun anggaran {year} sudah ditutup.")),
        YearAct::Close => {
            let rules = &issuer.pack.office.budget_rules;
            if !rules.may_close(year, issuer.today()) {
                let from = rules.closes_from(year).map(long_date).unwrap_or_default();
                return refuse(format!("Tahun anggaran {year} dapat ditutup mulai {from}."));
            }
            let told = gather(tx, issuer.pack, office, year)?;
            plan_close(&told.facts).map(drop).map_err(|fault| Refusal::Budget(fault.to_string()))
        }
        YearAct::Reopen if lines.iter().any(|line| line.open) => refuse(format!("Tahun anggaran {year} belum ditutup.")),
        YearAct::Reopen => {
            for line in &lines {
                let paid_later = is_paid_later(tx, office, line)?;
                if paid_later || ledger::balances(tx, &line.id)?.holds(Account::Carried) > Rupiah::ZERO {
                    let next = year.saturating_add(1);
                    return refuse(format!(
                        "Tahun anggaran {year} tidak dapat dibuka kembali: sebagian uangnya sudah dilanjutkan ke tahun {next}."
                    ));
                }
            }
            Ok(())
        }
    }
}

/// Whether a later year pays a claim whose money of this line went back to the treasury.
fn is_paid_later(tx: &mut Tx<'_>, office: &RegionCode, line: &Line) -> Result<bool, StoreError> {
    for item in items::in_states(tx, office, &[ItemState::Deposited])? {
        if orders::line_of(tx, office, &item.order_id)? == line.id && budget::line_of_claim(tx, &item.claim_id)?.id != line.id {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Everything the end of a year is decided from, with the rows it moves.
struct Told {
    lines: Vec<Line>,
    claims: BTreeMap<String, Claim>,
    decrees: Vec<Decree>,
    facts: CloseFacts,
}

fn gather(conn: &mut DbConn, pack: &Pack, office: &RegionCode, year: i32) -> Result<Told, StoreError> {
    let lines: Vec<Line> = budget::of_year(conn, office, year)?.into_iter().filter(|line| line.open).collect();
    let ours: BTreeSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let orders: Vec<_> = orders::all(conn, office)?.into_iter().filter(|order| ours.contains(order.budget_line_id.as_str())).collect();
    let returned = items::in_states(conn, office, &[ItemState::Returned])?;
    let decrees = decrees::all(conn, office)?;
    let mut promised: Vec<(String, Claim)> = Vec::new();
    for line in &lines {
        promised.extend(claims::promised_on_line(conn, &line.id)?.into_iter().map(|claim| (line.id.clone(), claim)));
    }
    promised.sort_by(|(_, a), (_, b)| (a.filed_on, &a.id).cmp(&(b.filed_on, &b.id)));
    let mut facts = CloseFacts {
        rule: pack.office.budget_rules.carry_over,
        open_orders: orders.iter().filter(|order| is_open(order.state)).map(|order| order.number.clone()).collect(),
        returned: returned
            .iter()
            .filter(|item| orders.iter().any(|order| order.id == item.order_id))
            .map(|item| item.reference.clone())
            .collect(),
        promises: Vec::new(),
        next: next_lines(conn, office, &lines, year)?,
    };
    let mut claims = BTreeMap::new();
    for (line, claim) in promised {
        let decree = decrees.iter().find(|decree| claim.state == State::Decreed && decree.standing().any(|item| item.claim_id == claim.id));
        if !is_unpaid_promise(conn, &claim)? {
            continue;
        }
        let decree = decree.map(|decree| decree.number.clone());
        facts.promises.push(Promise { claim: claim.id.clone(), line, amount: claim.amount, decree });
        claims.insert(claim.id.clone(), claim);
    }
    Ok(Told { lines, claims, decrees, facts })
}

fn is_open(state: OrderState) -> bool {
    matches!(state, OrderState::Made | OrderState::Checked | OrderState::Released)
}

/// Whether money is promised to a claim that nobody was sent. Held before its approval it has none; given back to the treasury, its
/// money is settled with this year.
fn is_unpaid_promise(conn: &mut DbConn, claim: &Claim) -> Result<bool, StoreError> {
    match claim.state {
        State::OnHold => Ok(claim.resume == Some(State::Approved)),
        State::Decreed => {
            let promised = budget::line_of_claim(conn, &claim.id)?.id;
            for item in items::of_claim(conn, &claim.id)? {
                let is_over = match item.state {
                    ItemState::Cancelled => true,
                    // Settled with an earlier year, and taken over by this one.
                    ItemState::Deposited => orders::line_of(conn, &claim.office, &item.order_id)? != promised,
                    _ => false,
                };
                if !is_over {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        _ => Ok(true),
    }
}

/// The open line of the next year that goes on with each line: the one of the same account, else the first.
fn next_lines(conn: &mut DbConn, office: &RegionCode, lines: &[Line], year: i32) -> Result<BTreeMap<String, NextLine>, StoreError> {
    let later: Vec<Line> = budget::of_year(conn, office, year.saturating_add(1))?.into_iter().filter(|line| line.open).collect();
    let mut next = BTreeMap::new();
    for line in lines {
        let same = later.iter().find(|other| other.account_code == line.account_code);
        let Some(found) = same.or(later.first()) else { continue };
        next.insert(line.id.clone(), NextLine { id: found.id.clone(), free: budget::position(conn, found)?.remaining });
    }
    Ok(next)
}

fn ending(conn: &mut DbConn, told: &Told, plan: &ClosePlan) -> Result<Ending, Refusal> {
    let mut ending = Ending::default();
    let add = |sum: Rupiah, more: Rupiah| sum.checked_add(more).ok_or(Refusal::TotalsDiffer("tahun anggaran"));
    let mut sealed = String::new();
    for (promise, fate) in &plan.fates {
        let version = told.claims.get(&promise.claim).map_or(0, |claim| claim.version);
        sealed.push_str(&format!("{}:{version}:{fate:?};", promise.claim));
        match fate {
            Fate::Carry { .. } => {
                ending.carried = ending.carried.saturating_add(1);
                ending.carried_amount = add(ending.carried_amount, promise.amount)?;
            }
            Fate::Wait => {
                ending.waits = ending.waits.saturating_add(1);
                ending.waits_amount = add(ending.waits_amount, promise.amount)?;
            }
        }
    }
    for line in &told.lines {
        ending.lapses = add(ending.lapses, budget::position(conn, line)?.remaining)?;
    }
    ending.lapses = add(ending.lapses, ending.waits_amount)?;
    sealed.push_str(&ending.lapses.whole().to_string());
    ending.seal = sha256_hex(sealed.as_bytes());
    Ok(ending)
}

fn close(tx: &mut Tx<'_>, issuer: &Issuer<'_>, asked: &OnYear, seal: &str) -> Result<String, Refusal> {
    let told = gather(tx, issuer.pack, &issuer.actor.office, asked.year)?;
    let plan = plan_close(&told.facts).map_err(|fault| Refusal::Budget(fault.to_string()))?;
    let ending = ending(tx, &told, &plan)?;
    if !seal.is_empty() && seal != ending.seal {
        return Err(Refusal::PlanChanged);
    }
    let mut postings = Vec::new();
    for (promise, fate) in &plan.fates {
        match fate {
            Fate::Carry { to } => {
                postings.extend(carried(promise, to));
                budget::carry(tx, &promise.claim, to)?;
            }
            Fate::Wait => {
                postings.push(booking(&promise.line, Movement::Release, promise.amount, &promise.claim, None));
                budget::release(tx, &promise.claim, issuer.now)?;
                queue(tx, issuer, &told, promise, asked.year)?;
            }
        }
    }
    carry_decrees(tx, &told, &plan)?;
    for line in &told.lines {
        let given_back = Rupiah::sum(plan.fates.iter().filter(|(p, fate)| p.line == line.id && *fate == Fate::Wait).map(|(p, _)| p.amount));
        let free = budget::position(tx, line)?.remaining;
        let lapses = given_back.and_then(|more| free.checked_add(more)).ok_or(Refusal::TotalsDiffer("tahun anggaran"))?;
        if lapses > Rupiah::ZERO {
            postings.push(line_booking(&line.id, Movement::Lapse, lapses));
        }
    }
    issuer.book(tx, YEAR_CLOSE, &asked.id, &postings)?;
    for line in &told.lines {
        is_at_rest(tx, line)?;
        budget::set_open(tx, line, false)?;
    }
    Ok(format!(
        "{} untuk {} permohonan dilanjutkan, {} permohonan masuk daftar tunggu, {} tidak terpakai",
        ending.carried_amount, ending.carried, ending.waits, ending.lapses
    ))
}

/// The old line lets go of a promise, the new one makes it, as far as it had come.
fn carried(promise: &Promise, to: &str) -> Vec<Posting> {
    let book = |line: &str, movement| booking(line, movement, promise.amount, &promise.claim, None);
    match promise.decree {
        None => vec![book(&promise.line, Movement::CarryCommitted), book(to, Movement::Commit)],
        Some(_) => vec![book(&promise.line, Movement::CarryDecreed), book(to, Movement::Commit), book(to, Movement::Decree)],
    }
}

/// The approval stays, its money is gone with the year: the claim waits at its place by the day of filing.
fn queue(tx: &mut Tx<'_>, issuer: &Issuer<'_>, told: &Told, promise: &Promise, year: i32) -> Result<(), Refusal> {
    let claim = told.claims.get(&promise.claim).ok_or(Refusal::NotFound)?;
    let (to, resume) = match claim.state {
        State::OnHold => (State::OnHold, Some(State::Waiting)),
        _ => (State::Waiting, None),
    };
    claims::advance(tx, claim, claim.state, to, resume, issuer.now)?;
    let findings = events::findings(tx, &claim.id)?;
    let reason = format!("Tahun anggaran {year} ditutup sebelum dibayar; persetujuan tetap, menunggu anggaran tahun berikutnya");
    record_step(tx, issuer, claim, &Action { step: Step::Queue, reason }, to, &findings)
}

/// Decrees whose claims were taken over are paid from the line that took them.
fn carry_decrees(tx: &mut Tx<'_>, told: &Told, plan: &ClosePlan) -> Result<(), Refusal> {
    let mut moved: BTreeMap<&str, &str> = BTreeMap::new();
    for (promise, fate) in &plan.fates {
        if let (Some(number), Fate::Carry { to }) = (promise.decree.as_deref(), fate) {
            moved.insert(number, to);
        }
    }
    for (number, to) in moved {
        let decree = told.decrees.iter().find(|decree| decree.number == number).ok_or(Refusal::NotFound)?;
        decrees::carry(tx, decree, to)?;
    }
    Ok(())
}

/// Nothing of a closed line can still reach anybody from it.
fn is_at_rest(tx: &mut Tx<'_>, line: &Line) -> Result<(), Refusal> {
    let balances = ledger::balances(tx, &line.id)?;
    let restless = [Account::Free, Account::Committed, Account::Decreed, Account::Ordered, Account::Sent, Account::Returned];
    match restless.into_iter().find(|account| balances.holds(*account) > Rupiah::ZERO) {
        Some(account) => Err(Refusal::Books(account)),
        None => Ok(()),
    }
}

fn reopen(tx: &mut Tx<'_>, issuer: &Issuer<'_>, asked: &OnYear) -> Result<String, Refusal> {
    let mut revived = Rupiah::ZERO;
    for line in budget::of_year(tx, &issuer.actor.office, asked.year)? {
        let lapsed = ledger::balances(tx, &line.id)?.holds(Account::Lapsed);
        if lapsed > Rupiah::ZERO {
            issuer.book(tx, "year.reopen", &asked.id, &[line_booking(&line.id, Movement::Revive, lapsed)])?;
        }
        budget::set_open(tx, &line, true)?;
        revived = revived.checked_add(lapsed).ok_or(Refusal::TotalsDiffer("tahun anggaran"))?;
    }
    Ok(format!("{revived} dapat dipakai lagi sejak {}", long_date(wib_date(issuer.now))))
}
