//! What people ask of the office. A request is plain data, so that it can be told twice.

use chrono::NaiveDate;

use crate::domain::claim::Step;
use crate::domain::money::Rupiah;
use crate::domain::payment::{OrderStep, PaperKind};

use super::office::{Moment, Office};
use super::reconcile::ReportLine;
use super::refused::Refused;
use super::rows::RowWish;
use super::{claim_acts, counter, list_acts, order_acts, results, undo_acts, year_acts};

/// Somebody's request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Account, by number.
    pub by: usize,
    /// What.
    pub act: Act,
}

/// Everything that can be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// A village files a claim; the key makes a repetition known.
    File { key: u64, deceased: usize, heir: usize, amount: Rupiah, bank: Option<usize>, doubtful: bool },
    /// A step on a claim as the person saw it.
    Step { claim: usize, version: i64, step: Step, in_words: bool },
    /// Asks that a claim be annulled: the wrong heir, or nobody died.
    AskAnnul { claim: usize, version: i64 },
    /// Decides about that.
    JudgeAnnul { annulment: usize, agrees: bool },
    /// Opens the budget of a year.
    OpenYear { year: i32, ceiling: Rupiah },
    /// Sets a ceiling by a document.
    Revise { line: usize, ceiling: Rupiah },
    /// Moves a wrong revision back.
    Correct { sequence: i64 },
    /// Locks the decree whose list the person saw.
    Lock { seal: u64 },
    /// The decree was signed.
    Sign { decree: usize, version: i64 },
    /// Proposes an amending decree of one row.
    Propose { decree: usize, version: i64, claim: usize, wish: RowWish },
    /// Locks it.
    LockAmending { amendment: usize },
    /// Orders a decree's payment.
    Order { decree: usize },
    /// Orders returned payments anew.
    Renew { items: Vec<usize> },
    /// A step on an order as the person saw it.
    OrderStep { order: usize, version: i64, step: OrderStep, proved: bool },
    /// Records a paper of the state's system.
    Paper { order: usize, kind: PaperKind, value: Rupiah },
    /// Brings a bank's report.
    Import { lines: Vec<ReportLine> },
    /// Hands money over at the counter.
    HandOver { item: usize, version: i64, collector: usize },
    /// Nobody came for it.
    NotCollected { item: usize, version: i64 },
    /// Asks for another account or heir of a payment that came back.
    AskCorrection { item: usize, heir: usize, bank: Option<usize> },
    /// Approves that.
    ApproveCorrection { correction: usize },
    /// Gives returned money back to the treasury.
    Deposit { item: usize, version: i64 },
    /// Draws it again.
    Redraw { item: usize, version: i64 },
    /// Agrees how a debt is paid back.
    Plan { case: usize, version: i64, parts: u32 },
    /// A part of a wrong payment came back.
    Instalment { case: usize, version: i64, amount: Rupiah, slip: u64, paid_on: NaiveDate },
    /// A part was booked by mistake.
    Void { case: usize, version: i64, part: usize },
    /// Closes a year.
    CloseYear { line: usize },
    /// Opens it again.
    ReopenYear { line: usize },
}

impl Act {
    /// The word it is counted under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::Step { step, .. } => step.code(),
            Self::AskAnnul { .. } => "ask_annul",
            Self::JudgeAnnul { agrees: true, .. } => "annul",
            Self::JudgeAnnul { agrees: false, .. } => "refuse_annul",
            Self::OpenYear { .. } => "open_year",
            Self::Revise { .. } => "revise",
            Self::Correct { .. } => "correct",
            Self::Lock { .. } => "lock",
            Self::Sign { .. } => "sign",
            Self::Propose { .. } => "propose_amendment",
            Self::LockAmending { .. } => "lock_amendment",
            Self::Order { .. } => "order",
            Self::Renew { .. } => "renew",
            Self::OrderStep { step: OrderStep::Check, .. } => "order_check",
            Self::OrderStep { step: OrderStep::Release, .. } => "order_release",
            Self::OrderStep { step: OrderStep::Close, .. } => "order_close",
            Self::OrderStep { step: OrderStep::Cancel, .. } => "order_cancel",
            Self::Paper { .. } => "paper",
            Self::Import { .. } => "import",
            Self::HandOver { .. } => "hand_over",
            Self::NotCollected { .. } => "not_collected",
            Self::AskCorrection { .. } => "ask_correction",
            Self::ApproveCorrection { .. } => "approve_correction",
            Self::Deposit { .. } => "deposit",
            Self::Redraw { .. } => "redraw",
            Self::Plan { .. } => "plan",
            Self::Instalment { .. } => "instalment",
            Self::Void { .. } => "void",
            Self::CloseYear { .. } => "close_year",
            Self::ReopenYear { .. } => "reopen_year",
        }
    }

    /// The same request by somebody who saw an earlier version; `None` if it rests on none.
    pub fn seen_earlier(&self) -> Option<Self> {
        let mut earlier = self.clone();
        match &mut earlier {
            Self::Step { version, .. }
            | Self::AskAnnul { version, .. }
            | Self::Sign { version, .. }
            | Self::Propose { version, .. }
            | Self::OrderStep { version, .. }
            | Self::HandOver { version, .. }
            | Self::NotCollected { version, .. }
            | Self::Deposit { version, .. }
            | Self::Redraw { version, .. }
            | Self::Plan { version, .. }
            | Self::Instalment { version, .. }
            | Self::Void { version, .. } => *version -= 1,
            _ => return None,
        }
        Some(earlier)
    }
}

impl Office {
    /// Does what is asked, or refuses it. Whoever calls commits or takes back.
    pub fn handle(&mut self, at: &Moment<'_>, act: &Act) -> Result<(), Refused> {
        match act {
            Act::File { .. } => claim_acts::file(self, at, act),
            Act::Step { claim, version, step, in_words } => {
                claim_acts::step(self, at, *claim, *version, claim_acts::Wish { step: *step, in_words: *in_words })
            }
            Act::AskAnnul { claim, version } => undo_acts::ask(self, at, *claim, *version),
            Act::JudgeAnnul { annulment, agrees } => undo_acts::judge(self, at, *annulment, *agrees),
            Act::OpenYear { year, ceiling } => year_acts::open(self, at, *year, *ceiling),
            Act::Revise { line, ceiling } => year_acts::revise(self, at, *line, *ceiling),
            Act::Correct { sequence } => year_acts::correct(self, at, *sequence),
            Act::Lock { seal } => list_acts::lock(self, at, *seal),
            Act::Sign { decree, version } => list_acts::sign(self, at, *decree, *version),
            Act::Propose { decree, version, claim, wish } => undo_acts::propose(self, at, (*decree, *version), *claim, *wish),
            Act::LockAmending { amendment } => undo_acts::lock(self, at, *amendment),
            Act::Order { decree } => order_acts::make(self, at, *decree),
            Act::Renew { items } => order_acts::renew(self, at, items),
            Act::OrderStep { order, version, step, proved } => {
                order_acts::step(self, at, *order, *version, order_acts::Wish { step: *step, proved: *proved })
            }
            Act::Paper { order, kind, value } => order_acts::paper(self, at, *order, *kind, *value),
            Act::Import { lines } => results::import(self, at, lines),
            Act::HandOver { item, version, collector } => counter::hand_over(self, at, *item, *version, *collector),
            Act::NotCollected { item, version } => counter::not_collected(self, at, *item, *version),
            Act::AskCorrection { item, heir, bank } => results::ask_correction(self, at, *item, *heir, *bank),
            Act::ApproveCorrection { correction } => results::approve_correction(self, at, *correction),
            Act::Deposit { item, version } => results::deposit(self, at, *item, *version),
            Act::Redraw { item, version } => results::redraw(self, at, *item, *version),
            Act::Plan { case, version, parts } => undo_acts::plan(self, at, (*case, *version), *parts),
            Act::Instalment { case, version, amount, slip, paid_on } => {
                undo_acts::instalment(self, at, (*case, *version), *amount, (*slip, *paid_on))
            }
            Act::Void { case, version, part } => undo_acts::void(self, at, (*case, *version), *part),
            Act::CloseYear { line } => year_acts::close(self, at, *line),
            Act::ReopenYear { line } => year_acts::reopen(self, at, *line),
        }
    }
}
