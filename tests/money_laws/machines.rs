//! The machines of claim, payment and order, walked through completely: every state with every step, alone and joined.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use santunan::domain::claim::{Next, State, Step};
use santunan::domain::ledger::{
    Account, Balance, Balances, ClaimStanding, DecreeRow, Entry, ItemStanding, Movement, RecoveryStanding, Standing, verify,
};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{ItemState, ItemStep, OrderState, OrderStep};
use santunan::domain::undo::RowKind;

#[test]
fn each_machine_knows_every_pair_and_reaches_every_state() {
    let claims = walk(State::Submitted, |state| {
        let to = |step: Step| match state.next(step) {
            Ok(Next::To(to)) => vec![to],
            // Held claims go back to wherever a hold is possible.
            Ok(Next::Back) => State::ALL.into_iter().filter(|from| from.next(Step::Hold).is_ok()).collect(),
            Err(refused) => {
                assert_eq!((refused.from, refused.step), (*state, step));
                vec![]
            }
        };
        Step::ALL.into_iter().flat_map(to).collect()
    });
    assert_eq!(claims, State::ALL.into_iter().collect());
    let items = walk(ItemState::Ordered, |state| ItemStep::ALL.into_iter().filter_map(|step| state.next(step).ok()).collect());
    assert_eq!(items, ItemState::ALL.into_iter().collect());
    let orders = walk(OrderState::Made, |state| OrderStep::ALL.into_iter().filter_map(|step| state.next(step)).collect());
    assert_eq!(orders, OrderState::ALL.into_iter().collect());
}

#[test]
fn the_tables_have_exactly_the_steps_of_the_office() {
    let claims = State::ALL.into_iter().flat_map(|s| Step::ALL.into_iter().filter(move |t| s.next(*t).is_ok())).count();
    let items = ItemState::ALL.into_iter().flat_map(|s| ItemStep::ALL.into_iter().filter(move |t| s.next(*t).is_ok())).count();
    let orders = OrderState::ALL.into_iter().flat_map(|s| OrderStep::ALL.into_iter().filter(move |t| s.next(*t).is_some())).count();
    let pairs =
        State::ALL.len() * Step::ALL.len() + ItemState::ALL.len() * ItemStep::ALL.len() + OrderState::ALL.len() * OrderStep::ALL.len();
    assert_eq!((claims, items, orders, pairs), (29, 12, 5, 308), "a new step or state is a decision: change the figure with it");
}

#[test]
fn what_is_over_stays_over() {
    for state in State::ALL.into_iter().filter(|state| state.is_terminal()) {
        assert!(Step::ALL.into_iter().all(|step| state.next(step).is_err()), "{state:?}");
    }
    assert!(ItemStep::ALL.into_iter().all(|step| ItemState::Cancelled.next(step).is_err()));
    // What came back whole is touched by one thing only: a part of it was booked by mistake.
    let from_recovered: Vec<ItemStep> = ItemStep::ALL.into_iter().filter(|step| ItemState::Recovered.next(*step).is_ok()).collect();
    assert_eq!(from_recovered, [ItemStep::Reopen]);
    for state in [OrderState::Closed, OrderState::Cancelled] {
        assert!(OrderStep::ALL.into_iter().all(|step| state.next(step).is_none()), "{state:?}");
    }
}

/// Everything reachable from a state.
fn walk<S: Ord + Clone>(from: S, next: impl Fn(&S) -> Vec<S>) -> BTreeSet<S> {
    let mut seen = BTreeSet::from([from.clone()]);
    let mut queue = VecDeque::from([from]);
    while let Some(state) = queue.pop_front() {
        for to in next(&state) {
            if seen.insert(to.clone()) {
                queue.push_back(to);
            }
        }
    }
    seen
}

/// The benefit, small enough that paying it back in parts is walked through whole.
const AMOUNT: i64 = 3;

/// One claim with all its payments: where it stands, where the last payment and its order stand, and where the money lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Joint {
    claim: State,
    resume: Option<State>,
    /// Last payment with its order, if there is one.
    item: Option<ItemState>,
    order: Option<OrderState>,
    /// Whether that payment took the place of a failed one, which then stands at `Replaced`.
    renewed: bool,
    /// How the money lies over the accounts.
    places: BTreeMap<Account, i64>,
    road: Road,
}

/// How a joint state was reached first. Two roads to one state are the same state.
#[derive(Debug, Clone, Default)]
struct Road {
    /// Movements with their amount and the number of the payment they are about.
    entries: Vec<Booked>,
    /// Numbers of the living payment and of those it replaced; how many there ever were.
    items: Vec<usize>,
    count: usize,
}

/// An entry: which way, how much, for which payment, and the entry it moves back.
#[derive(Debug, Clone, Copy)]
struct Booked {
    movement: Movement,
    amount: i64,
    item: Option<usize>,
    corrects: Option<i64>,
}

impl PartialEq for Road {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Road {}

impl PartialOrd for Road {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Road {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Joint {
    fn start() -> Self {
        let places = BTreeMap::from([(Account::Free, AMOUNT)]);
        Self { claim: State::Submitted, resume: None, item: None, order: None, renewed: false, places, road: Road::default() }
    }

    fn moved(&self, movement: Movement, amount: i64) -> Option<Self> {
        let (from, to) = movement.way();
        let mut next = self.clone();
        let left = next.places.get(&from).copied().unwrap_or(0) - amount;
        if left < 0 || amount == 0 {
            return None;
        }
        next.places.insert(from, left);
        *next.places.entry(to).or_default() += amount;
        next.places.retain(|_, held| *held != 0);
        let of_item = !matches!(movement, Movement::Commit | Movement::Release | Movement::Decree | Movement::Strike);
        let item = self.road.items.last().copied().filter(|_| of_item);
        next.road.entries.push(Booked { movement, amount, item, corrects: None });
        Some(next)
    }

    /// Moves a part that was booked as come back to where it was; each entry once.
    fn moved_back(&self, at: usize) -> Option<Self> {
        let sequence = i64::try_from(at).unwrap() + 2;
        let wrong = *self.road.entries.get(at)?;
        let again = self.road.entries.iter().any(|entry| entry.corrects == Some(sequence));
        if wrong.movement != Movement::Recover || wrong.corrects.is_some() || again {
            return None;
        }
        let mut next = self.clone();
        *next.places.entry(Account::Deposited).or_default() -= wrong.amount;
        *next.places.entry(Account::Receivable).or_default() += wrong.amount;
        next.places.retain(|_, held| *held != 0);
        next.road.entries.push(Booked { corrects: Some(sequence), ..wrong });
        if self.item == Some(ItemState::Recovered) { next.paid(ItemStep::Reopen) } else { Some(next) }
    }

    fn stepped(&self, step: Step) -> Option<Self> {
        let mut next = self.clone();
        next.claim = match self.claim.next(step).ok()? {
            Next::To(to) => to,
            Next::Back => self.resume?,
        };
        next.resume = (step == Step::Hold).then_some(self.claim);
        Some(next)
    }

    /// A step of the payment with its entry, as `workflow::money` moves both together with the claim.
    fn paid(&self, step: ItemStep) -> Option<Self> {
        let state = self.item?.next(step).ok()?;
        let mut next = match step.movement(self.renewed) {
            Some(movement) => self.moved(movement, AMOUNT)?,
            None => self.clone(),
        };
        next.item = Some(state);
        match step {
            ItemStep::Pay => next.stepped(Step::Pay),
            ItemStep::Reverse => next.stepped(Step::Reverse),
            _ => Some(next),
        }
    }

    fn ordered(&self, step: OrderStep) -> Option<Self> {
        let mut next = self.clone();
        next.order = Some(self.order?.next(step)?);
        Some(next)
    }

    /// Every act that is allowed here: the bare steps, and those that move more than one of the three.
    fn acts(&self) -> Vec<Self> {
        let mut next = Vec::new();
        for step in Step::ALL {
            next.extend(self.claim_act(step));
        }
        next.extend(self.order_acts());
        next.extend(self.answers());
        next.extend(self.after_the_fact());
        next
    }

    fn claim_act(&self, step: Step) -> Option<Self> {
        let next = self.stepped(step)?;
        match step {
            Step::Approve => next.moved(Movement::Commit, AMOUNT),
            // At the end of a year that carries nothing over, an approval goes back to the waiting list.
            Step::Annul | Step::Queue if self.claim == State::Approved => next.moved(Movement::Release, AMOUNT),
            Step::Withdraw if self.resume == Some(State::Approved) => next.moved(Movement::Release, AMOUNT),
            Step::Decree => next.moved(Movement::Decree, AMOUNT),
            // An amending decree strikes a row only while its money lies on the decree.
            Step::Strike => next.moved(Movement::Strike, AMOUNT),
            // These are moved by a payment, or have their own door behind a decree.
            Step::Annul | Step::Pay | Step::Reverse => None,
            _ => Some(next),
        }
    }

    fn order_acts(&self) -> Vec<Self> {
        let living = self.item.is_some_and(ItemState::is_living);
        let mut next = Vec::new();
        if self.claim == State::Decreed && !living {
            next.extend(self.clone().new_item(false).moved(Movement::Order, AMOUNT));
        }
        if self.item == Some(ItemState::Returned) && self.claim == State::Decreed {
            next.extend(self.clone().new_item(true).moved(Movement::Reissue, AMOUNT));
        }
        next.extend(self.ordered(OrderStep::Check));
        next.extend(self.ordered(OrderStep::Release).and_then(|next| next.paid(ItemStep::Send)));
        if !matches!(self.item, Some(ItemState::Ordered | ItemState::Sent)) {
            next.extend(self.ordered(OrderStep::Close));
        }
        next.extend(self.ordered(OrderStep::Cancel).and_then(|next| next.paid(ItemStep::Cancel)).map(|mut next| {
            // The failed payment stands again; its own order was released.
            if self.renewed {
                next.road.items.pop();
                (next.item, next.order, next.renewed) =
                    (ItemState::Replaced.next(ItemStep::Reinstate).ok(), Some(OrderState::Released), false);
            }
            next
        }));
        next
    }

    fn new_item(mut self, renewed: bool) -> Self {
        (self.item, self.order, self.renewed) = (Some(ItemState::Ordered), Some(OrderState::Made), renewed);
        self.road.count += 1;
        self.road.items.push(self.road.count);
        self
    }

    fn answers(&self) -> Vec<Self> {
        [ItemStep::Pay, ItemStep::Return, ItemStep::Reverse, ItemStep::Deposit].into_iter().filter_map(|step| self.paid(step)).collect()
    }

    fn after_the_fact(&self) -> Vec<Self> {
        let mut next = Vec::new();
        if self.claim == State::Decreed {
            next.extend(self.paid(ItemStep::Redraw));
        }
        match (self.claim, self.item) {
            (State::Paid, Some(ItemState::Paid)) => next.extend(self.stepped(Step::Annul).and_then(|next| next.paid(ItemStep::Reclaim))),
            (State::Decreed, Some(ItemState::Deposited)) => next.extend(self.stepped(Step::Annul)),
            _ => {}
        }
        if self.item == Some(ItemState::Recovering) {
            let owed = self.places.get(&Account::Receivable).copied().unwrap_or(0);
            next.extend((0..self.road.entries.len()).filter_map(|at| self.moved_back(at)));
            for part in 1..=owed {
                let recovered = self.moved(Movement::Recover, part);
                next.extend(recovered.and_then(|next| if part == owed { next.paid(ItemStep::Settle) } else { Some(next) }));
            }
        }
        if self.item == Some(ItemState::Recovered) {
            next.extend((0..self.road.entries.len()).filter_map(|at| self.moved_back(at)));
        }
        next
    }

    /// Rows of decrees as the road made them: each strike takes out the last one.
    fn decree_rows(&self) -> Vec<DecreeRow> {
        let mut rows: Vec<DecreeRow> = Vec::new();
        for booked in &self.road.entries {
            let number = format!("SK {}", rows.len() + 1);
            let row = |kind| DecreeRow {
                decree: number.clone(),
                claim: "k".into(),
                kind,
                amount: Rupiah::new(booked.amount).unwrap(),
                struck_by: None,
            };
            match booked.movement {
                Movement::Decree => rows.push(row(RowKind::List)),
                Movement::Strike => {
                    rows.iter_mut().rfind(|row| row.kind == RowKind::List).unwrap().struck_by = Some(number.clone());
                    rows.push(row(RowKind::Strike));
                }
                _ => {}
            }
        }
        rows
    }

    /// The case of a payment that has to come back.
    fn recovery(&self) -> Option<RecoveryStanding> {
        let state = self.item.filter(|state| matches!(state, ItemState::Recovering | ItemState::Recovered))?;
        let owed = self.places.get(&Account::Receivable).copied().unwrap_or(0);
        Some(RecoveryStanding {
            code: "K".into(),
            item: format!("p{}", self.road.items.last().unwrap()),
            owed: Rupiah::new(AMOUNT).unwrap(),
            recovered: Rupiah::new(AMOUNT - owed).ok(),
            settled: state == ItemState::Recovered,
        })
    }

    /// The same moment as the books and the house see it, for the office's own proof.
    fn proof(&self) -> Result<(), String> {
        let amount = Rupiah::new(AMOUNT).unwrap();
        let opening = Booked { movement: Movement::Appropriate, amount: AMOUNT, item: None, corrects: None };
        let road = [opening].into_iter().chain(self.road.entries.iter().copied());
        let entries: Vec<Entry> = (1..).zip(road).map(|(sequence, step)| entry(sequence, step)).collect();
        let mut balances = Balances::new(Account::ALL.map(|account| (account, Balance::default())));
        for entry in &entries {
            balances.apply(entry).map_err(|fault| fault.to_string())?;
        }
        let claim = ClaimStanding { id: "k".into(), code: "K".into(), state: self.claim, resume: self.resume, amount };
        let item =
            self.item.map(|state| ItemStanding { id: format!("p{}", self.road.items.last().unwrap()), claim: "k".into(), state, amount });
        let standing = Standing {
            balances: vec![("l".into(), balances)],
            claims: vec![claim],
            items: item.into_iter().collect(),
            decree_rows: self.decree_rows(),
            recoveries: self.recovery().into_iter().collect(),
            ..Standing::default()
        };
        let told = entries.into_iter().map(Ok::<_, std::convert::Infallible>);
        verify(told, &standing).unwrap().map(|_| ()).map_err(|difference| difference.to_string())
    }
}

fn entry(sequence: i64, booked: Booked) -> Entry {
    let Booked { movement, amount, item, corrects } = booked;
    let claim = movement.is_of_claim().then(|| "k".into());
    let item = item.map(|number| format!("p{number}"));
    Entry { sequence, line: "l".into(), movement, amount: Rupiah::new(amount).unwrap(), claim, item, corrects }
}

#[test]
fn no_joint_state_contradicts_the_books() {
    let reached = walk(Joint::start(), Joint::acts);
    let contradictions: Vec<String> =
        reached.iter().filter_map(|joint| joint.proof().err().map(|why| format!("{joint:?}: {why}"))).collect();
    assert!(contradictions.is_empty(), "{} of {} states:\n{}", contradictions.len(), reached.len(), contradictions.join("\n"));
    let claims: BTreeSet<State> = reached.iter().map(|joint| joint.claim).collect();
    let items: BTreeSet<ItemState> = reached.iter().filter_map(|joint| joint.item).collect();
    assert_eq!(claims.len(), State::ALL.len());
    // A replaced payment is never the last one.
    assert_eq!(items.len(), ItemState::ALL.len() - 1);
    assert_eq!(reached.len(), JOINT_STATES, "another number of joint states is a decision: look at what is new");
}

/// Joint states of one claim, its last payment and its order.
const JOINT_STATES: usize = 61;

#[test]
fn only_what_is_meant_to_end_ends() {
    for joint in walk(Joint::start(), Joint::acts).into_iter().filter(|joint| joint.acts().is_empty()) {
        let order_over = joint.order.is_none_or(|order| matches!(order, OrderState::Closed | OrderState::Cancelled));
        let over = joint.claim.is_terminal() && order_over;
        assert!(over, "a hole: {joint:?}");
    }
}

#[test]
fn money_is_never_with_the_heir_and_still_promised() {
    for joint in walk(Joint::start(), Joint::acts) {
        let paid = joint.places.contains_key(&Account::Paid);
        assert_eq!(paid, joint.claim == State::Paid, "{joint:?}");
        assert_eq!(paid, joint.item == Some(ItemState::Paid), "{joint:?}");
        assert_eq!(joint.places.values().sum::<i64>(), AMOUNT, "{joint:?}");
    }
}
