//! What somebody asks for next: mostly what the office needs, sometimes what nobody should be given.

use chrono::Datelike;

use crate::domain::access::Role;
use crate::domain::calendar::wib_date;
use crate::domain::claim::{State, Step, duty_of};
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderState, OrderStep, PaperKind};

use super::cast::{BANK_NAMES, FAMILIES, HEIRS};
use super::list_acts;
use super::office::Moment;
use super::request::{Act, Request};
use super::rows::RowWish;
use super::undo_acts;
use super::world::World;

/// What people come for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Errand {
    #[default]
    File,
    Step,
    Lock,
    Sign,
    Propose,
    LockAmending,
    Order,
    OrderStep(OrderStep),
    Paper,
    Import,
    ImportAgain,
    HandOver,
    NotCollected,
    AskCorrection,
    ApproveCorrection,
    Renew,
    Deposit,
    Redraw,
    AskAnnul,
    JudgeAnnul,
    Plan,
    Instalment,
    Void,
    Revise,
    Correct,
    OpenYear,
    CloseYear,
    ReopenYear,
}

/// How often, compared with each other.
const ERRANDS: [(Errand, u32); 31] = [
    (Errand::File, 60),
    (Errand::Step, 330),
    (Errand::Lock, 40),
    (Errand::Sign, 60),
    (Errand::Propose, 22),
    (Errand::LockAmending, 30),
    (Errand::Order, 60),
    (Errand::OrderStep(OrderStep::Check), 60),
    (Errand::OrderStep(OrderStep::Release), 70),
    (Errand::OrderStep(OrderStep::Close), 50),
    (Errand::OrderStep(OrderStep::Cancel), 7),
    (Errand::Paper, 150),
    (Errand::Import, 90),
    (Errand::ImportAgain, 8),
    (Errand::HandOver, 60),
    (Errand::NotCollected, 20),
    (Errand::AskCorrection, 30),
    (Errand::ApproveCorrection, 50),
    (Errand::Renew, 40),
    (Errand::Deposit, 15),
    (Errand::Redraw, 25),
    (Errand::AskAnnul, 20),
    (Errand::JudgeAnnul, 40),
    (Errand::Plan, 15),
    (Errand::Instalment, 40),
    (Errand::Void, 8),
    (Errand::Revise, 12),
    (Errand::Correct, 4),
    (Errand::OpenYear, 25),
    (Errand::CloseYear, 20),
    (Errand::ReopenYear, 3),
];

/// Errands somebody thinks of before going home without one.
const TRIES: usize = 12;
/// One request in so many comes from somebody whose act it may not be, in thousandths.
const ANYBODY: u32 = 100;
/// One request in so many is about something picked blindly, in thousandths.
const BLINDLY: u32 = 70;

impl World<'_> {
    /// The next request; `None` on a day on which nobody has one.
    pub fn next_request(&mut self) -> Option<Request> {
        if self.office.lines.len() == 0 {
            return self.open_year().map(|act| self.by(act, Role::Finance));
        }
        (0..TRIES).find_map(|_| {
            let errand = self.dice.weigh(&ERRANDS);
            self.errand(errand)
        })
    }

    fn by(&mut self, act: Act, role: Role) -> Request {
        let anybody = self.dice.chance(ANYBODY);
        let able = if anybody { (0..self.cast.actors.len()).collect() } else { self.cast.of_role(role) };
        Request { by: self.dice.pick(&able).copied().unwrap_or(0), act }
    }

    fn errand(&mut self, errand: Errand) -> Option<Request> {
        let (act, role) = match errand {
            Errand::File => (self.file(), Role::Operator),
            Errand::Step => return self.claim_step(),
            Errand::Lock => return self.lock(),
            Errand::ApproveCorrection => (self.approve_correction()?, Role::Approver),
            Errand::AskAnnul => return self.ask_annul(),
            Errand::JudgeAnnul => (self.judge_annul()?, Role::Approver),
            Errand::LockAmending => (self.lock_amending()?, Role::Approver),
            Errand::Sign => (self.sign()?, Role::Finance),
            Errand::Propose => (self.propose()?, Role::Finance),
            Errand::Order => (self.order()?, Role::Finance),
            Errand::OrderStep(step) => (self.order_step(step)?, Role::Finance),
            Errand::Paper => (self.paper()?, Role::Finance),
            Errand::Import => (self.import()?, Role::Finance),
            Errand::ImportAgain => (self.told_long_ago()?, Role::Finance),
            Errand::HandOver => (self.hand_over()?, Role::Finance),
            Errand::NotCollected => (self.not_collected()?, Role::Finance),
            Errand::AskCorrection => (self.ask_correction()?, Role::Finance),
            Errand::Renew => (self.renew()?, Role::Finance),
            Errand::Deposit => (self.deposit()?, Role::Finance),
            Errand::Redraw => (self.redraw()?, Role::Finance),
            Errand::Plan => (self.plan()?, Role::Finance),
            Errand::Instalment => (self.instalment()?, Role::Finance),
            Errand::Void => (self.void()?, Role::Finance),
            Errand::Revise => (self.revise()?, Role::Finance),
            Errand::Correct => (self.correct()?, Role::Finance),
            Errand::OpenYear => (self.open_year()?, Role::Finance),
            Errand::CloseYear => (self.close_year()?, Role::Finance),
            Errand::ReopenYear => (self.reopen_year()?, Role::Finance),
        };
        Some(self.by(act, role))
    }

    /// One of the fitting places, or now and then any.
    fn place(&mut self, fitting: &[usize], all: usize) -> Option<usize> {
        if self.dice.chance(BLINDLY) && all > 0 { Some(self.dice.place(all)) } else { self.dice.pick(fitting).copied() }
    }

    fn file(&mut self) -> Act {
        self.keys += 1;
        // A clerk may press the button of yesterday's form again.
        let key = if self.dice.chance(40) { 1 + u64::from(self.dice.below(u32::try_from(self.keys).unwrap_or(1))) } else { self.keys };
        let amount = self.dice.weigh(&[(1_000_000, 700), (500_000, 150), (2_500_000, 150)]);
        Act::File {
            key,
            deceased: self.dice.place(FAMILIES),
            heir: self.dice.place(HEIRS),
            amount: Rupiah::new(amount).unwrap_or_default(),
            bank: self.bank(),
            doubtful: self.dice.chance(80),
        }
    }

    fn bank(&mut self) -> Option<usize> {
        (!self.dice.chance(400)).then(|| self.dice.place(BANK_NAMES.len()))
    }

    fn claim_step(&mut self) -> Option<Request> {
        let open = self.office.claims.places(|claim| !claim.state.is_settled() && claim.state != State::Decreed);
        let claim = self.place(&open, self.office.claims.len())?;
        let (state, version) = self.office.claims.get(claim).map(|claim| (claim.state, claim.version)).ok()?;
        let step = if self.dice.chance(60) { Step::ALL.get(self.dice.place(Step::ALL.len())).copied()? } else { self.usual_step(state)? };
        let act = Act::Step { claim, version, step, in_words: self.dice.chance(900) };
        let able: Vec<Role> = Role::ALL.into_iter().filter(|role| duty_of(step, *role).is_some()).collect();
        let role = self.dice.pick(&able).copied().unwrap_or(Role::Auditor);
        Some(self.by(act, role))
    }

    fn usual_step(&mut self, state: State) -> Option<Step> {
        let table: &[(Option<Step>, u32)] = match state {
            State::Submitted => &[(Some(Step::Endorse), 80), (Some(Step::Return), 8), (Some(Step::Hold), 5), (Some(Step::Withdraw), 4)],
            State::Endorsed => &[(Some(Step::Verify), 80), (Some(Step::Return), 6), (Some(Step::Hold), 5), (Some(Step::Withdraw), 3)],
            State::Verified => &[(Some(Step::Approve), 80), (Some(Step::Return), 4), (Some(Step::Reject), 6), (Some(Step::Hold), 4)],
            State::Waiting => &[(Some(Step::Approve), 80), (Some(Step::Reject), 3), (Some(Step::Hold), 6)],
            State::Returned => &[(Some(Step::Resubmit), 85), (Some(Step::Withdraw), 15)],
            State::OnHold => &[(Some(Step::Resume), 85), (Some(Step::Withdraw), 15)],
            State::Approved => &[(Some(Step::Hold), 6), (None, 94)],
            State::Decreed | State::Paid | State::Rejected | State::Withdrawn | State::Annulled => &[(Some(Step::Resume), 1)],
        };
        self.dice.weigh(table)
    }

    /// The treasurer looks at the list and locks it; now and then somebody else has changed it since.
    fn lock(&mut self) -> Option<Request> {
        let request = self.by(Act::Lock { seal: 0 }, Role::Finance);
        let actor = self.cast.actors.get(request.by)?;
        let at = Moment { cast: self.cast, rules: &self.rules, by: request.by, actor, now: self.now };
        let seal = list_acts::plan(&self.office, &at).map_or(0, |plan| plan.seal);
        let seal = if self.dice.chance(50) { seal ^ 1 } else { seal };
        Some(Request { act: Act::Lock { seal }, ..request })
    }

    fn sign(&mut self) -> Option<Act> {
        let unsigned = self.office.decrees.places(|decree| !decree.signed);
        let decree = self.place(&unsigned, self.office.decrees.len())?;
        Some(Act::Sign { decree, version: self.office.decrees.get(decree).ok()?.version })
    }

    /// A row of a signed decree is to be struck, or paid otherwise.
    fn propose(&mut self) -> Option<Act> {
        let signed = self.office.decrees.places(|decree| decree.signed && decree.amends.is_none() && decree.standing().next().is_some());
        let decree = self.place(&signed, self.office.decrees.len())?;
        let row = self.office.decrees.get(decree).ok()?;
        let claims: Vec<usize> = row.standing().map(|row| row.claim).collect();
        let (version, claim) = (row.version, self.dice.pick(&claims).copied()?);
        let bank = self.bank();
        let wish = match self.dice.below(3) {
            0 => RowWish::Amend { heir: self.dice.place(HEIRS), bank },
            1 => RowWish::Strike { ends: true },
            _ => RowWish::Strike { ends: false },
        };
        Some(Act::Propose { decree, version, claim, wish })
    }

    fn lock_amending(&mut self) -> Option<Act> {
        let open = self.office.amendments.places(|amendment| amendment.locked_by.is_none());
        Some(Act::LockAmending { amendment: self.place(&open, self.office.amendments.len())? })
    }

    fn order(&mut self) -> Option<Act> {
        let ordered = |at: usize| self.office.orders.rows().iter().any(|o| o.decree == Some(at) && o.state != OrderState::Cancelled);
        let all: Vec<usize> = self.office.decrees.places(|decree| decree.signed && decree.amends.is_none());
        let waiting: Vec<usize> = all.into_iter().filter(|at| !ordered(*at)).collect();
        Some(Act::Order { decree: self.place(&waiting, self.office.decrees.len())? })
    }

    fn order_step(&mut self, step: OrderStep) -> Option<Act> {
        let able = self.office.orders.places(|order| order.state.next(step).is_some());
        let order = self.place(&able, self.office.orders.len())?;
        let version = self.office.orders.get(order).ok()?.version;
        Some(Act::OrderStep { order, version, step, proved: self.dice.chance(950) })
    }

    fn paper(&mut self) -> Option<Act> {
        let able = self.office.orders.places(|order| !matches!(order.state, OrderState::Closed | OrderState::Cancelled));
        let order = self.place(&able, self.office.orders.len())?;
        let value = self.office.orders.get(order).ok()?.total;
        let recorded = |kind: &PaperKind| self.office.papers.rows().iter().any(|p| p.order == order && p.paper.kind == *kind);
        let missing = PaperKind::ALL.into_iter().find(|kind| !recorded(kind));
        let kind = if self.dice.chance(150) { self.dice.pick(&PaperKind::ALL).copied()? } else { missing? };
        let off = Rupiah::new(i64::from(self.dice.chance(60))).unwrap_or_default();
        Some(Act::Paper { order, kind, value: value.checked_add(off)? })
    }

    fn import(&mut self) -> Option<Act> {
        Some(Act::Import { lines: self.outside.reports.first()?.clone() })
    }

    fn item(&mut self, fits: impl Fn(&super::rows::Item) -> bool) -> Option<(usize, i64)> {
        let fitting = self.office.items.places(fits);
        let item = self.place(&fitting, self.office.items.len())?;
        Some((item, self.office.items.get(item).ok()?.version))
    }

    /// Whoever is named comes if they live; now and then it is somebody else of the family, or nobody's money is looked for.
    fn hand_over(&mut self) -> Option<Act> {
        let (item, version) = self.item(|item| item.bank.is_none() && item.state == ItemState::Sent)?;
        let row = self.office.items.get(item).ok()?;
        let (family, named) = (self.office.claims.get(row.claim).ok()?.deceased, row.heir);
        let comes = if self.dice.chance(100) { self.dice.place(HEIRS) } else { named };
        self.outside.lives(family, comes).then_some(Act::HandOver { item, version, collector: comes })
    }

    fn not_collected(&mut self) -> Option<Act> {
        let (item, version) = self.item(|item| item.bank.is_none() && item.state == ItemState::Sent)?;
        Some(Act::NotCollected { item, version })
    }

    /// Another account, another bank, cash instead, or the next heir.
    fn ask_correction(&mut self) -> Option<Act> {
        let (item, _) = self.item(|item| item.state == ItemState::Returned)?;
        let bank = self.bank();
        Some(Act::AskCorrection { item, heir: self.dice.place(HEIRS), bank })
    }

    fn approve_correction(&mut self) -> Option<Act> {
        let open = self.office.corrections.places(|correction| correction.approved_by.is_none());
        Some(Act::ApproveCorrection { correction: self.place(&open, self.office.corrections.len())? })
    }

    fn renew(&mut self) -> Option<Act> {
        let approved: Vec<usize> =
            self.office.corrections.rows().iter().filter(|c| c.approved_by.is_some() && !c.used).map(|c| c.item).collect();
        let still = |item: &usize| self.office.items.get(*item).is_ok_and(|item| item.state == ItemState::Returned);
        let mut items: Vec<usize> = approved.into_iter().filter(still).collect();
        if self.dice.chance(BLINDLY) {
            items.push(self.dice.place(self.office.items.len()));
        }
        (!items.is_empty()).then_some(Act::Renew { items })
    }

    fn deposit(&mut self) -> Option<Act> {
        let (item, version) = self.item(|item| item.state == ItemState::Returned)?;
        Some(Act::Deposit { item, version })
    }

    fn redraw(&mut self) -> Option<Act> {
        let (item, version) = self.item(|item| item.state == ItemState::Deposited)?;
        Some(Act::Redraw { item, version })
    }

    fn ask_annul(&mut self) -> Option<Request> {
        let paid = self.office.claims.places(|claim| matches!(claim.state, State::Paid | State::Decreed | State::Approved));
        let claim = self.place(&paid, self.office.claims.len())?;
        let version = self.office.claims.get(claim).ok()?.version;
        let role = self.dice.pick(&[Role::Verifier, Role::Approver, Role::Finance, Role::VillageHead]).copied()?;
        Some(self.by(Act::AskAnnul { claim, version }, role))
    }

    fn judge_annul(&mut self) -> Option<Act> {
        let open = self.office.annulments.places(|one| one.decided.is_none());
        let annulment = self.place(&open, self.office.annulments.len())?;
        Some(Act::JudgeAnnul { annulment, agrees: self.dice.chance(800) })
    }

    fn case(&mut self, settled: bool) -> Option<(usize, i64)> {
        let fitting = self.office.cases.places(|case| case.settled == settled);
        let case = self.place(&fitting, self.office.cases.len())?;
        Some((case, self.office.cases.get(case).ok()?.version))
    }

    fn plan(&mut self) -> Option<Act> {
        let (case, version) = self.case(false)?;
        Some(Act::Plan { case, version, parts: u32::try_from(self.dice.between(1, 12)).ok()? })
    }

    /// A part, the rest, now and then a rupiah too much or a slip that was recorded before.
    fn instalment(&mut self) -> Option<Act> {
        let (case, version) = self.case(false)?;
        let owed = undo_acts::balance(&self.office, case)?;
        let part = if self.dice.chance(400) { owed.whole() } else { owed.whole() / i64::from(self.dice.between(2, 4)) };
        let amount = Rupiah::new(part + i64::from(self.dice.chance(50))).ok()?;
        self.keys += 1;
        let earlier = self.dice.pick(self.office.instalments.rows()).map(|part| part.slip);
        let slip = earlier.filter(|_| self.dice.chance(100)).unwrap_or(self.keys);
        Some(Act::Instalment { case, version, amount, slip, paid_on: wib_date(self.now) })
    }

    fn void(&mut self) -> Option<Act> {
        let parts = self.office.instalments.places(|part| !part.voided);
        let part = self.place(&parts, self.office.instalments.len())?;
        let case = self.office.instalments.get(part).ok()?.case;
        Some(Act::Void { case, version: self.office.cases.get(case).ok()?.version, part })
    }

    /// More money, less, or less than is promised.
    fn revise(&mut self) -> Option<Act> {
        let open = self.office.lines.places(|line| line.open);
        let line = self.place(&open, self.office.lines.len())?;
        let ceiling = self.office.lines.get(line).ok()?.kept.ceiling();
        let millions = i64::from(self.dice.between(-6, 14));
        Some(Act::Revise { line, ceiling: Rupiah::new(ceiling.whole() + millions * 1_000_000).ok()? })
    }

    fn correct(&mut self) -> Option<Act> {
        let wrong = self.office.journal.places(|posted| posted.entry.movement == Movement::Appropriate);
        let at = self.place(&wrong, self.office.journal.len())?;
        Some(Act::Correct { sequence: self.office.journal.get(at).ok()?.entry.sequence })
    }

    fn open_year(&mut self) -> Option<Act> {
        let year = wib_date(self.now).year() + i32::from(self.dice.chance(200));
        let ceiling = Rupiah::new(i64::from(self.dice.between(4, 22)) * 1_000_000).ok()?;
        Some(Act::OpenYear { year, ceiling })
    }

    fn close_year(&mut self) -> Option<Act> {
        let today = wib_date(self.now);
        let over = self.office.lines.places(|line| line.open && line.year < today.year());
        Some(Act::CloseYear { line: self.place(&over, self.office.lines.len())? })
    }

    fn reopen_year(&mut self) -> Option<Act> {
        let closed = self.office.lines.places(|line| !line.open);
        Some(Act::ReopenYear { line: self.place(&closed, self.office.lines.len())? })
    }
}
