//! What the simulated database keeps.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::access::Participant;
use crate::domain::claim::{State, Step};
use crate::domain::crosscheck::Verdict;
use crate::domain::ledger::{Balances, Entry};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, ItemStep, OrderKind, OrderState, OrderStep, TreasuryPaper};
use crate::domain::undo::RowKind;

use super::reconcile::{Outcome, ReportLine};

/// A budget line of one year, with its balances as they are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub id: String,
    pub year: i32,
    pub open: bool,
    pub kept: Balances,
}

/// What a budget document gave or took.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    pub line: usize,
    /// Rupiah; below zero for what it took.
    pub change: i64,
}

/// A claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub code: String,
    /// Family that lost somebody; one death each.
    pub deceased: usize,
    /// Which of the family's heirs is to be paid.
    pub heir: usize,
    pub amount: Rupiah,
    /// Bank as the village wrote it; none for cash.
    pub bank: Option<usize>,
    pub verdict: Verdict,
    pub state: State,
    pub resume: Option<State>,
    pub approved_on: Option<NaiveDate>,
    /// Line that promises its money.
    pub line: Option<usize>,
    pub participants: Vec<Participant>,
    pub version: i64,
}

/// One step of somebody or something, as the trail has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Trail {
    Claim { claim: usize, step: Option<Step>, to: State, by: usize },
    Item { item: usize, step: Option<ItemStep>, to: ItemState, by: usize },
    Order { order: usize, step: Option<OrderStep>, to: OrderState, by: usize },
    Year { line: usize, open: bool },
}

/// A row of a decree.
#[derive(Debug, Clone, PartialEq)]
pub struct DecreeRow {
    pub claim: usize,
    pub amount: Rupiah,
    pub kind: RowKind,
    /// The amending decree that took it out.
    pub struck_by: Option<usize>,
}

/// A decree, or one that amends another.
#[derive(Debug, Clone, PartialEq)]
pub struct Decree {
    pub line: usize,
    pub amends: Option<usize>,
    pub rows: Vec<DecreeRow>,
    pub total: Rupiah,
    pub signed: bool,
    pub version: i64,
}

impl Decree {
    /// Listed rows nobody has struck.
    pub fn standing(&self) -> impl Iterator<Item = &DecreeRow> {
        self.rows.iter().filter(|row| row.kind == RowKind::List && row.struck_by.is_none())
    }

    /// Their sum.
    pub fn standing_total(&self) -> Option<Rupiah> {
        Rupiah::sum(self.standing().map(|row| row.amount))
    }
}

/// A payment order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub number: String,
    pub line: usize,
    pub kind: OrderKind,
    pub decree: Option<usize>,
    pub items: Vec<usize>,
    pub total: Rupiah,
    pub state: OrderState,
    pub ordered_on: NaiveDate,
    pub released_on: Option<NaiveDate>,
    /// Maker, checker, releaser.
    pub hands: Vec<usize>,
    pub version: i64,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub id: String,
    pub order: usize,
    pub claim: usize,
    pub replaces: Option<usize>,
    pub reference: String,
    pub amount: Rupiah,
    pub heir: usize,
    pub bank: Option<usize>,
    pub state: ItemState,
    pub sends: u32,
    pub receipts: u32,
    pub version: i64,
}

/// A paper of the state's system that was recorded for an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    pub order: usize,
    pub paper: TreasuryPaper,
}

/// What a bank gets when an order is released.
#[derive(Debug, Clone, PartialEq)]
pub struct BankFile {
    pub order: usize,
    pub total: Rupiah,
    pub lines: Vec<BankLine>,
}

/// A payment in a bank's file.
#[derive(Debug, Clone, PartialEq)]
pub struct BankLine {
    pub reference: String,
    pub amount: Rupiah,
    pub item: usize,
}

/// A corrected account or payee of a payment that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub item: usize,
    pub heir: usize,
    pub bank: Option<usize>,
    pub asked_by: usize,
    pub approved_by: Option<usize>,
    pub used: bool,
}

/// A line of a report with what it was found to mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub line: ReportLine,
    pub outcome: Outcome,
}

/// Money at the counter: drawn for an heir, handed over, or brought back.
#[derive(Debug, Clone, PartialEq)]
pub struct Cash {
    pub item: usize,
    /// Rupiah; below zero for what left the drawer.
    pub change: i64,
}

/// A wish that a claim be annulled.
#[derive(Debug, Clone, PartialEq)]
pub struct Annulment {
    pub claim: usize,
    pub asked_by: usize,
    /// Who decided, and whether the claim is annulled.
    pub decided: Option<(usize, bool)>,
}

/// What shall become of a row of a decree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RowWish {
    /// Struck; the claim ends with it, or stays approved.
    Strike { ends: bool },
    /// Paid to another heir or account.
    Amend { heir: usize, bank: Option<usize> },
}

/// An amending decree in the making: one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Amendment {
    pub decree: usize,
    pub claim: usize,
    /// Version of the claim as it was seen.
    pub version: i64,
    pub wish: RowWish,
    pub proposed_by: usize,
    /// Who locked it.
    pub locked_by: Option<usize>,
}

/// Money that has to come back.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub claim: usize,
    pub item: usize,
    pub owed: Rupiah,
    /// Plans with what was owed when each was agreed.
    pub plans: Vec<(Rupiah, Vec<Rupiah>)>,
    pub settled: bool,
    pub opened_on: NaiveDate,
    pub version: i64,
}

/// A part of a wrong payment that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Instalment {
    pub case: usize,
    pub item: usize,
    pub amount: Rupiah,
    /// Number of the treasury's slip.
    pub slip: u64,
    /// Its entry in the journal.
    pub entry: i64,
    pub by: usize,
    pub voided: bool,
}

/// A number that was given, never to be given again.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered {
    pub kind: NumberKind,
    pub year: i32,
    pub number: i64,
}

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    Claim,
    Decree,
    Amending,
    Order,
    Receipt,
}

/// An answer that is given again when its request is told again.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub key: u64,
    pub deceased: usize,
    pub claim: usize,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    pub entry: Entry,
    pub line: usize,
}

/// The last number of every sequence.
pub type Counters = BTreeMap<(NumberKind, i32), i64>;
