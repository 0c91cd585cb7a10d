//! The simulated database: one writer, transactions, compare-and-set versions, unique rules; and the doors every act goes through.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::access::{Actor, Role};
use crate::domain::calendar::wib_date;
use crate::domain::ledger::{Account, Balance, Balances, Entry, Movement};
use crate::domain::money::Rupiah;
use crate::domain::office::DecreeRules;
use crate::domain::payment::{Chain, ItemState, ItemStep};

use super::cast::Cast;
use super::flaw::Flaw;
use super::refused::Refused;
use super::rows::{
    Amendment, Annulment, Answered, BankFile, Case, Cash, Claim, Correction, Counters, Decree, Heard, Instalment, Item, Line, NumberKind,
    Numbered, Order, Paper, Posted, Revision, Trail,
};
use super::table::{Table, Undoable};

/// Settings of the office in one run.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Who pays.
    pub chain: Chain,
    /// How decrees are formed.
    pub decrees: DecreeRules,
    /// Days after which nobody comes any more.
    pub unclaimed_days: i64,
    /// A rule of the program that is broken on purpose.
    pub flaw: Option<Flaw>,
}

/// Who acts, when, under which rules.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Everybody.
    pub cast: &'a Cast,
    /// Settings.
    pub rules: &'a Rules,
    /// Account, by number.
    pub by: usize,
    /// The same account.
    pub actor: &'a Actor,
    /// The instant.
    pub now: DateTime<Utc>,
}

impl Moment<'_> {
    /// The day in the office.
    pub fn today(&self) -> NaiveDate {
        wib_date(self.now)
    }

    /// Whether this rule is broken in this run.
    pub fn is_broken(&self, flaw: Flaw) -> bool {
        self.rules.flaw == Some(flaw)
    }

    /// Refuses everybody but a role.
    pub fn only(&self, role: Role) -> Result<(), Refused> {
        if self.actor.role == role { Ok(()) } else { Err(Refused::NotYourRole) }
    }
}

/// What one entry is about.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    /// Budget line.
    pub line: usize,
    /// Way.
    pub movement: Movement,
    /// Amount.
    pub amount: Rupiah,
    /// Claim.
    pub claim: Option<usize>,
    /// Payment.
    pub item: Option<usize>,
    /// The entry it moves back.
    pub corrects: Option<i64>,
}

impl Posting {
    /// A movement of a claim's money.
    pub fn of_claim(line: usize, movement: Movement, amount: Rupiah, claim: usize) -> Self {
        Self { line, movement, amount, claim: Some(claim), item: None, corrects: None }
    }

    /// A movement of a line as a whole.
    pub fn of_line(line: usize, movement: Movement, amount: Rupiah) -> Self {
        Self { line, movement, amount, claim: None, item: None, corrects: None }
    }
}

/// Everything the office keeps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Office {
    pub lines: Table<Line>,
    pub revisions: Table<Revision>,
    pub claims: Table<Claim>,
    pub trail: Table<Trail>,
    pub decrees: Table<Decree>,
    pub orders: Table<Order>,
    pub items: Table<Item>,
    pub papers: Table<Paper>,
    pub files: Table<BankFile>,
    pub corrections: Table<Correction>,
    pub heard: Table<Heard>,
    /// Who recorded an answer for a payment of which order.
    pub answerers: Table<(usize, usize)>,
    pub cash: Table<Cash>,
    pub instalments: Table<Instalment>,
    pub annulments: Table<Annulment>,
    pub amendments: Table<Amendment>,
    pub cases: Table<Case>,
    pub counters: Table<Counters>,
    pub numbers: Table<Numbered>,
    pub answered: Table<Answered>,
    pub journal: Table<Posted>,
}

impl Office {
    /// Every table; one that is forgotten here does not compile.
    fn tables(&mut self) -> [&mut dyn Undoable; 21] {
        let Self {
            lines,
            revisions,
            claims,
            trail,
            decrees,
            orders,
            items,
            papers,
            files,
            corrections,
            heard,
            answerers,
            cash,
            instalments,
            annulments,
            amendments,
            cases,
            counters,
            numbers,
            answered,
            journal,
        } = self;
        [
            lines,
            revisions,
            claims,
            trail,
            decrees,
            orders,
            items,
            papers,
            files,
            corrections,
            heard,
            answerers,
            cash,
            instalments,
            annulments,
            amendments,
            cases,
            counters,
            numbers,
            answered,
            journal,
        ]
    }

    /// Makes what an act did last.
    pub fn commit(&mut self) {
        self.tables().into_iter().for_each(Undoable::commit);
    }

    /// Takes back what an act did.
    pub fn roll_back(&mut self) {
        self.tables().into_iter().for_each(Undoable::roll_back);
    }

    /// Whether the transaction changed anything.
    pub fn is_touched(&mut self) -> bool {
        self.tables().into_iter().any(|table| table.is_touched())
    }

    /// The open line of a year.
    pub fn line_of_year(&self, year: i32) -> Result<usize, Refused> {
        self.lines.places(|line| line.year == year && line.open).first().copied().ok_or(Refused::NoBudget)
    }

    /// Books a movement in the transaction of its cause.
    pub fn book(&mut self, at: &Moment<'_>, posting: Posting) -> Result<(), Refused> {
        let sequence = i64::try_from(self.journal.len()).unwrap_or(i64::MAX).saturating_add(1);
        let entry = Entry {
            sequence,
            line: self.lines.get(posting.line)?.id.clone(),
            movement: posting.movement,
            amount: posting.amount,
            claim: posting.claim.map(|claim| self.claims.get(claim).map(|row| row.code.clone())).transpose()?,
            item: posting.item.map(|item| self.items.get(item).map(|row| row.id.clone())).transpose()?,
            corrects: posting.corrects,
        };
        let mut kept = self.lines.get(posting.line)?.kept.clone();
        kept.apply(&entry)?;
        if at.is_broken(Flaw::LostCreditLeg) && posting.movement == Movement::Send {
            kept = without_credit(&kept, &entry);
        }
        self.lines.change(posting.line, |line| line.kept = kept)?;
        self.journal.insert(Posted { entry, line: posting.line });
        Ok(())
    }

    /// The next number of a sequence.
    pub fn number(&mut self, at: &Moment<'_>, kind: NumberKind) -> Result<Numbered, Refused> {
        let year = chrono::Datelike::year(&at.today());
        if self.counters.len() == 0 {
            self.counters.insert(Counters::new());
        }
        let last = self.counters.get(0)?.get(&(kind, year)).copied().unwrap_or(0);
        let skipped = at.is_broken(Flaw::NumberSkipped) && kind == NumberKind::Decree && last == 1;
        let number = last.saturating_add(if skipped { 2 } else { 1 });
        self.counters.change(0, |counters| {
            counters.insert((kind, year), number);
        })?;
        let numbered = Numbered { kind, year, number };
        self.numbers.insert(numbered.clone());
        Ok(numbered)
    }

    /// One door for every step of a payment: its state, its entry and its trail move together.
    pub fn move_item(&mut self, at: &Moment<'_>, item: usize, step: ItemStep) -> Result<ItemState, Refused> {
        let row = self.items.get(item)?.clone();
        let to = match row.state.next(step) {
            Ok(to) => to,
            Err(_) if step == ItemStep::Pay && at.is_broken(Flaw::PaidUnsent) => ItemState::Paid,
            Err(refused) => return Err(Refused::Item(refused)),
        };
        self.items.change(item, |row| {
            row.state = to;
            row.version += 1;
            row.sends += u32::from(step == ItemStep::Send);
        })?;
        self.trail.insert(Trail::Item { item, step: Some(step), to, by: at.by });
        let forgotten = at.is_broken(Flaw::EntryForgotten) && step == ItemStep::Return;
        if let Some(movement) = step.movement(row.replaces.is_some()).filter(|_| !forgotten) {
            let line = self.orders.get(row.order)?.line;
            let posting = Posting { item: Some(item), ..Posting::of_claim(line, movement, row.amount, row.claim) };
            match self.book(at, posting) {
                Err(_) if at.is_broken(Flaw::PaidUnsent) && row.state == ItemState::Ordered => {}
                booked => booked?,
            }
        }
        Ok(to)
    }
}

/// Kept balances in which an entry has only reached the account it went to.
fn without_credit(kept: &Balances, entry: &Entry) -> Balances {
    let (from, _) = entry.way();
    Balances::new(Account::ALL.map(|account| {
        let balance = kept.of(account);
        let credits = balance.credits.checked_sub(entry.amount).filter(|_| account == from).unwrap_or(balance.credits);
        (account, Balance { credits, ..balance })
    }))
}
