//! Somebody who stands beside the office, writes down what its trail and journal say, and compares it with what its tables say.

use std::collections::{BTreeMap, HashSet};

use crate::domain::access::Duty;
use crate::domain::claim::{Next, State, Step, duty_of};
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, ItemStep, OrderState, OrderStep};

use super::cast::Cast;
use super::invariant::{Broken, Invariant, hold};
use super::office::Office;
use super::rows::{NumberKind, Trail};

/// A claim as its trail tells it.
#[derive(Debug, Clone)]
pub struct SeenClaim {
    pub state: State,
    resume: Option<State>,
    /// Who had which duty.
    duties: Vec<(Duty, usize)>,
    approved: bool,
    decreed: bool,
    /// Version with which it ended.
    ended: Option<i64>,
}

/// A payment as trail and journal tell it.
#[derive(Debug, Clone)]
pub struct SeenItem {
    pub state: ItemState,
    ordered: bool,
    sent: bool,
    ended: Option<i64>,
}

/// An order as its trail tells it.
#[derive(Debug, Clone)]
pub struct SeenOrder {
    pub state: OrderState,
    ended: Option<i64>,
}

/// What was seen so far.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    pub claims: Vec<SeenClaim>,
    pub items: Vec<SeenItem>,
    pub orders: Vec<SeenOrder>,
    trail: usize,
    journal: usize,
    numbers: usize,
    numbered: BTreeMap<(NumberKind, i32), i64>,
    references: HashSet<String>,
    corrected: HashSet<i64>,
    closed_lines: HashSet<usize>,
}

impl Witness {
    /// Looks at everything a committed act added.
    ///
    /// # Errors
    /// The first [`Broken`] invariant.
    pub fn look(&mut self, office: &Office, cast: &Cast) -> Result<(), Broken> {
        self.read_numbers(office)?;
        self.read_journal(office)?;
        let before: Vec<State> = self.claims.iter().map(|claim| claim.state).collect();
        for row in office.trail.rows().iter().skip(self.trail) {
            match row {
                Trail::Claim { claim, step, to, by } => {
                    self.read_claim(office, cast, &before, Told { of: *claim, to: *to, by: *by }, *step)?;
                }
                Trail::Item { item, step, to, by } => self.read_item(office, cast, Told { of: *item, to: *to, by: *by }, *step)?,
                Trail::Order { order, step, to, by } => self.read_order(office, cast, Told { of: *order, to: *to, by: *by }, *step)?,
                Trail::Year { line, open: true } => {
                    self.closed_lines.remove(line);
                }
                Trail::Year { line, open: false } => {
                    self.closed_lines.insert(*line);
                }
            }
        }
        self.trail = office.trail.len();
        Ok(())
    }

    fn read_numbers(&mut self, office: &Office) -> Result<(), Broken> {
        for row in office.numbers.rows().iter().skip(self.numbers) {
            let last = self.numbered.entry((row.kind, row.year)).or_default();
            let next = last.saturating_add(1);
            hold(Invariant::NumbersGapless, row.number == next, || format!("{:?} {}: {} setelah {last}", row.kind, row.year, row.number))?;
            *last = next;
        }
        self.numbers = office.numbers.len();
        Ok(())
    }

    fn read_journal(&mut self, office: &Office) -> Result<(), Broken> {
        for posted in office.journal.rows().iter().skip(self.journal) {
            let entry = &posted.entry;
            let late = [Movement::Reverse, Movement::Deposit, Movement::Reclaim, Movement::Recover, Movement::Revive];
            let rests = !self.closed_lines.contains(&posted.line) || late.contains(&entry.movement);
            hold(Invariant::ClosedYearRests, rests, || format!("{}: {:?} jurnal {}", entry.line, entry.movement, entry.sequence))?;
            if let Some(wrong) = entry.corrects {
                let named = office.journal.rows().iter().find(|other| other.entry.sequence == wrong);
                let fits = named.is_some_and(|named| {
                    let named = &named.entry;
                    (named.amount, named.movement, named.corrects, &named.line) == (entry.amount, entry.movement, None, &entry.line)
                });
                hold(Invariant::CorrectedOnce, fits && self.corrected.insert(wrong), || {
                    format!("jurnal {} membalik {wrong}", entry.sequence)
                })?;
            }
            if matches!(entry.movement, Movement::Order | Movement::Reissue) {
                let place = entry.item.as_deref().and_then(|id| id.strip_prefix('P')).and_then(|at| at.parse::<usize>().ok());
                // The payment's own trail row stands in the same act and is read behind this.
                self.note_ordered(office, place);
            }
        }
        self.journal = office.journal.len();
        Ok(())
    }

    fn note_ordered(&mut self, office: &Office, place: Option<usize>) {
        let Some(place) = place else { return };
        self.meet(office, place);
        if let Some(item) = self.items.get_mut(place) {
            item.ordered = true;
        }
    }

    /// Begins to follow payments up to this one.
    fn meet(&mut self, office: &Office, place: usize) {
        while self.items.len() <= place && self.items.len() < office.items.len() {
            self.items.push(SeenItem { state: ItemState::Ordered, ordered: false, sent: false, ended: None });
        }
    }

    fn read_claim(&mut self, office: &Office, cast: &Cast, before: &[State], told: Told<State>, step: Option<Step>) -> Result<(), Broken> {
        let Some(step) = step else {
            hold(Invariant::OnTheGraph, told.to == State::Submitted && told.of == self.claims.len(), || format!("permohonan {}", told.of))?;
            let duties = vec![(Duty::File, told.by)];
            self.claims.push(SeenClaim { state: told.to, resume: None, duties, approved: false, decreed: false, ended: None });
            return no_kin(office, cast, told.of, told.by);
        };
        let missing = || Broken { invariant: Invariant::TrailTellsState, found: format!("permohonan {} tidak berawal", told.of) };
        let seen = self.claims.get_mut(told.of).ok_or_else(missing)?;
        let expected = match seen.state.next(step) {
            Ok(Next::To(to)) => Some(to),
            Ok(Next::Back) => seen.resume,
            Err(_) => None,
        };
        hold(Invariant::OnTheGraph, expected == Some(told.to), || format!("permohonan {}: {step:?} dari {:?}", told.of, seen.state))?;
        seen.resume = (step == Step::Hold).then_some(seen.state);
        seen.state = told.to;
        seen.approved |= step == Step::Approve;
        seen.decreed |= step == Step::Decree;
        let (approved, decreed) = (seen.approved, seen.decreed);
        waiting_in_order(before, told.of, step)?;
        if step == Step::Pay {
            return hold(Invariant::RoadToPayment, approved && decreed, || format!("permohonan {} dibayar tanpa putusan atau SK", told.of));
        }
        if step == Step::Reverse {
            return Ok(());
        }
        let duty = cast.actors.get(told.by).and_then(|actor| duty_of(step, actor.role));
        self.note_duty(office, cast, told.of, duty, told.by)
    }

    fn note_duty(&mut self, office: &Office, cast: &Cast, claim: usize, duty: Option<Duty>, by: usize) -> Result<(), Broken> {
        let Some(duty) = duty else { return Ok(()) };
        if let Some(seen) = self.claims.get_mut(claim) {
            let twice = seen.duties.iter().find(|(other, who)| *other != duty && cast.is_same_person(*who, by));
            hold(Invariant::FiveDuties, twice.is_none(), || format!("permohonan {claim}: akun {by} {duty:?} dan {twice:?}"))?;
            seen.duties.push((duty, by));
        }
        no_kin(office, cast, claim, by)
    }

    fn read_item(&mut self, office: &Office, cast: &Cast, told: Told<ItemState>, step: Option<ItemStep>) -> Result<(), Broken> {
        let missing = || Broken { invariant: Invariant::TrailTellsState, found: format!("pembayaran {} tidak ada", told.of) };
        let row = office.items.get(told.of).map_err(|_not_found| missing())?;
        let Some(step) = step else {
            self.meet(office, told.of);
            let new = self.references.insert(row.reference.to_ascii_uppercase());
            return hold(Invariant::ReferenceOnce, new, || row.reference.clone());
        };
        let seen = self.items.get_mut(told.of).ok_or_else(missing)?;
        if step == ItemStep::Pay {
            let road = seen.ordered && seen.sent;
            hold(Invariant::RoadToPayment, road, || format!("pembayaran {} tanpa perintah atau pelepasan", row.id))?;
        }
        let expected = seen.state.next(step).ok();
        hold(Invariant::OnTheGraph, expected == Some(told.to), || format!("pembayaran {}: {step:?} dari {:?}", row.id, seen.state))?;
        seen.state = told.to;
        seen.sent |= step == ItemStep::Send;
        // At the counter somebody hands money over; a report is only brought.
        if step == ItemStep::Pay && row.bank.is_none() {
            return self.note_duty(office, cast, row.claim, Some(Duty::Pay), told.by);
        }
        Ok(())
    }

    fn read_order(&mut self, office: &Office, cast: &Cast, told: Told<OrderState>, step: Option<OrderStep>) -> Result<(), Broken> {
        let missing = || Broken { invariant: Invariant::TrailTellsState, found: format!("perintah {} tidak ada", told.of) };
        let row = office.orders.get(told.of).map_err(|_not_found| missing())?;
        if step.is_none() {
            self.orders.push(SeenOrder { state: told.to, ended: None });
            let decree = row.decree.and_then(|decree| office.decrees.get(decree).ok());
            let sum = Rupiah::sum(row.items.iter().filter_map(|item| Some(office.items.get(*item).ok()?.amount)));
            let equal = sum == Some(row.total) && decree.is_none_or(|decree| decree.standing_total() == Some(row.total));
            hold(Invariant::OrderIsItsDecree, equal, || format!("{}: {} dan {sum:?}", row.number, row.total))?;
        } else if let Some(step) = step {
            let seen = self.orders.get_mut(told.of).ok_or_else(missing)?;
            let expected = seen.state.next(step);
            hold(Invariant::OnTheGraph, expected == Some(told.to), || format!("{}: {step:?} dari {:?}", row.number, seen.state))?;
            seen.state = told.to;
        }
        if step == Some(OrderStep::Close) {
            let answered = office.answerers.rows().iter().any(|(of, by)| *of == told.of && cast.is_same_person(*by, told.by));
            hold(Invariant::ThreeHands, !answered, || format!("{}: akun {} mencatat jawaban dan menutup", row.number, told.by))?;
        }
        let claims: Vec<usize> = row.items.iter().filter_map(|item| Some(office.items.get(*item).ok()?.claim)).collect();
        if matches!(step, None | Some(OrderStep::Check | OrderStep::Release)) {
            for claim in claims {
                self.note_duty(office, cast, claim, Some(Duty::Pay), told.by)?;
            }
        }
        Ok(())
    }

    /// Compares every state with the trail, and what is over with how it ended.
    ///
    /// # Errors
    /// The first [`Broken`] invariant.
    pub fn compare(&mut self, office: &Office) -> Result<(), Broken> {
        for (seen, row) in self.claims.iter_mut().zip(office.claims.rows()) {
            ends(&mut seen.ended, seen.state.is_terminal(), (row.version, row.state == seen.state), &row.code)?;
            let same = (seen.state, seen.resume) == (row.state, row.resume);
            hold(Invariant::TrailTellsState, same, || format!("{}: {:?}, jejak {:?}", row.code, row.state, seen.state))?;
        }
        for (seen, row) in self.items.iter_mut().zip(office.items.rows()) {
            let over = seen.state == ItemState::Cancelled;
            ends(&mut seen.ended, over, (row.version, row.state == seen.state), &row.id)?;
            hold(Invariant::TrailTellsState, seen.state == row.state, || format!("{}: {:?}, jejak {:?}", row.id, row.state, seen.state))?;
        }
        for (seen, row) in self.orders.iter_mut().zip(office.orders.rows()) {
            let over = matches!(seen.state, OrderState::Closed | OrderState::Cancelled);
            ends(&mut seen.ended, over, (row.version, row.state == seen.state), &row.number)?;
            hold(Invariant::TrailTellsState, seen.state == row.state, || {
                format!("{}: {:?}, jejak {:?}", row.number, row.state, seen.state)
            })?;
        }
        let rows = (office.claims.len(), office.items.len(), office.orders.len());
        hold(Invariant::TrailTellsState, rows == (self.claims.len(), self.items.len(), self.orders.len()), || format!("{rows:?} baris"))
    }
}

/// Nobody has a hand in money of their own family.
fn no_kin(office: &Office, cast: &Cast, claim: usize, by: usize) -> Result<(), Broken> {
    let family = office.claims.get(claim).map_or(usize::MAX, |claim| claim.deceased);
    hold(Invariant::NobodysOwnFamily, !cast.is_of_family(by, family), || format!("permohonan {claim}: akun {by}"))
}

/// An approval goes to whoever waits longest; nobody passes by those who wait.
fn waiting_in_order(before: &[State], claim: usize, step: Step) -> Result<(), Broken> {
    if step != Step::Approve {
        return Ok(());
    }
    let first = before.iter().position(|state| *state == State::Waiting);
    hold(Invariant::WaitingInOrder, first.is_none_or(|first| first == claim), || format!("permohonan {claim} sebelum {first:?}"))
}

/// One step as the trail tells it.
struct Told<S> {
    of: usize,
    to: S,
    by: usize,
}

/// Remembers the version with which something ended, and holds it against the one it has now.
fn ends(ended: &mut Option<i64>, over: bool, now: (i64, bool), name: &str) -> Result<(), Broken> {
    let (version, as_seen) = now;
    if let Some(last) = *ended {
        return hold(Invariant::EndsStay, last == version && as_seen, || name.to_owned());
    }
    *ended = over.then_some(version);
    Ok(())
}
