//! The report over orders: which payments are complete, and whether the sums are those of the SP2D.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::{ItemState, OrderState, PaperKind};
use super::{Line, OrderFacts, PaymentFacts, lines};
use crate::domain::money::Rupiah;

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spj {
    /// What it is about, in words.
    pub scope: String,
    /// Orders, the oldest first.
    pub orders: Vec<OrderSpj>,
    /// Sums over all of them.
    pub totals: SpjTotals,
}

/// An order with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderSpj {
    /// Id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Date.
    pub ordered_on: NaiveDate,
    /// Where it stands, in words.
    pub state: &'static str,
    /// Evidence of the order as a whole.
    pub lines: Vec<Line>,
    /// Its payments.
    pub payments: Vec<PaymentSpj>,
    /// Its sums.
    pub totals: SpjTotals,
}

/// A payment with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentSpj {
    /// Id.
    pub id: String,
    /// Number of its own order.
    pub order: String,
    /// Code of the claim.
    pub claim: String,
    /// Name of the payee.
    pub payee: String,
    /// Reference.
    pub reference: String,
    /// Amount.
    pub amount: Rupiah,
    /// Where it stands, in words.
    pub state: &'static str,
    /// Whether it is collected at the counter.
    pub is_cash: bool,
    /// Its evidence.
    pub lines: Vec<Line>,
}

impl PaymentSpj {
    /// What is missing.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_missing())
    }
}

impl OrderSpj {
    /// What the order as a whole lacks.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_missing())
    }

    /// Complete payments of all: without its order's papers no payment is.
    pub fn complete(&self) -> (usize, usize) {
        let own = self.payments.iter().filter(|payment| payment.missing().next().is_none()).count();
        (if self.missing().next().is_none() { own } else { 0 }, self.payments.len())
    }
}

/// What the sums differ by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Difference {
    /// Orders without an SP2D.
    NoSp2d {
        /// Their numbers.
        orders: Vec<String>,
    },
    /// Money neither with the heir nor with the treasury.
    Open {
        /// How much.
        amount: Rupiah,
        /// In how many payments.
        payments: usize,
    },
    /// An SP2D of another value than its order.
    OtherValue {
        /// Number of the order.
        order: String,
        /// By the SP2D.
        sp2d: Rupiah,
        /// By the payments.
        payments: Rupiah,
    },
}

impl Difference {
    /// The difference in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NoSp2d { orders } => format!("SP2D belum dicatat untuk perintah bayar {}.", orders.join(", ")),
            Self::Open { amount, payments } => {
                format!("{amount} dalam {payments} pembayaran belum diterima ahli waris dan belum disetor ke kas daerah.")
            }
            Self::OtherValue { order, sp2d, payments } => {
                format!("Nilai SP2D perintah bayar {order} adalah {sp2d}, sedangkan pembayarannya {payments}.")
            }
        }
    }
}

/// Σ receipts + Σ money given back = SP2D, or the difference by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SpjTotals {
    /// By the SP2D.
    pub sp2d: Rupiah,
    /// With the heirs.
    pub received: Rupiah,
    /// Back at the treasury.
    pub deposited: Rupiah,
    /// Complete payments.
    pub complete: usize,
    /// Payments.
    pub payments: usize,
    /// What the sums differ by; empty when they are equal to the rupiah.
    pub differences: Vec<Difference>,
}

impl SpjTotals {
    /// Whether the sums are equal to the rupiah.
    pub fn balances(&self) -> bool {
        self.differences.is_empty()
    }
}

impl Spj {
    /// The report over some orders; `None` past the largest amount.
    pub fn of(scope: String, orders: &[OrderFacts]) -> Option<Self> {
        let orders: Vec<OrderSpj> = orders.iter().map(order_spj).collect::<Option<_>>()?;
        let totals = orders.iter().try_fold(SpjTotals::default(), |sum, order| added(sum, &order.totals))?;
        Some(Self { scope, orders, totals })
    }

    /// Whether nothing is missing and the sums are equal.
    pub fn is_complete(&self) -> bool {
        self.totals.complete == self.totals.payments && self.totals.balances() && self.orders.iter().all(|o| o.missing().next().is_none())
    }
}

fn order_spj(order: &OrderFacts) -> Option<OrderSpj> {
    let payment = |facts: &PaymentFacts| PaymentSpj {
        id: facts.id.clone(),
        order: facts.order.clone(),
        claim: facts.claim.clone(),
        payee: facts.payee.clone(),
        reference: facts.reference.clone(),
        amount: facts.amount,
        state: facts.state.label(),
        is_cash: facts.is_cash,
        lines: lines::of_payment(order, facts),
    };
    let is_cancelled = order.state == OrderState::Cancelled;
    let mut spj = OrderSpj {
        id: order.id.clone(),
        number: order.number.clone(),
        ordered_on: order.ordered_on,
        state: order.state.label(),
        lines: if is_cancelled { Vec::new() } else { lines::of_order(order) },
        payments: if is_cancelled { Vec::new() } else { order.payments.iter().map(payment).collect() },
        totals: SpjTotals::default(),
    };
    let (complete, payments) = spj.complete();
    spj.totals = SpjTotals { complete, payments, ..sums(order)? };
    Some(spj)
}

fn sums(order: &OrderFacts) -> Option<SpjTotals> {
    if !order.counts {
        return Some(SpjTotals::default());
    }
    let ending =
        |wanted: fn(ItemState) -> bool| order.payments.iter().filter(move |payment| wanted(payment.ends)).map(|payment| payment.amount);
    let received = Rupiah::sum(ending(|state| state == ItemState::Paid))?;
    let deposited = Rupiah::sum(ending(|state| matches!(state, ItemState::Deposited | ItemState::Recovered)))?;
    let recorded = order.papers.iter().find(|paper| paper.kind == PaperKind::Sp2d).map(|paper| paper.value);
    let sp2d = recorded.unwrap_or_default();
    let mut differences = Vec::new();
    if recorded.is_none() && order.state != OrderState::Cancelled {
        differences.push(Difference::NoSp2d { orders: vec![order.number.clone()] });
    }
    let open = |state| !matches!(state, ItemState::Paid | ItemState::Deposited | ItemState::Recovered | ItemState::Cancelled);
    let amount = Rupiah::sum(ending(open))?;
    if amount > Rupiah::ZERO {
        differences.push(Difference::Open { amount, payments: ending(open).count() });
    }
    let accounted = received.checked_add(deposited)?.checked_add(amount)?;
    if recorded.is_some_and(|value| value != accounted) {
        differences.push(Difference::OtherValue { order: order.number.clone(), sp2d, payments: accounted });
    }
    Some(SpjTotals { sp2d, received, deposited, complete: 0, payments: 0, differences })
}

fn added(sum: SpjTotals, more: &SpjTotals) -> Option<SpjTotals> {
    let mut differences = sum.differences;
    for difference in &more.differences {
        match (difference, differences.iter_mut().find(|known| same_kind(known, difference))) {
            (Difference::NoSp2d { orders: numbers }, Some(Difference::NoSp2d { orders })) => orders.extend(numbers.iter().cloned()),
            (Difference::Open { amount: more, payments: n }, Some(Difference::Open { amount, payments })) => {
                *amount = amount.checked_add(*more)?;
                *payments = payments.checked_add(*n)?;
            }
            (other, _) => differences.push(other.clone()),
        }
    }
    Some(SpjTotals {
        sp2d: sum.sp2d.checked_add(more.sp2d)?,
        received: sum.received.checked_add(more.received)?,
        deposited: sum.deposited.checked_add(more.deposited)?,
        complete: sum.complete.checked_add(more.complete)?,
        payments: sum.payments.checked_add(more.payments)?,
        differences,
    })
}

fn same_kind(a: &Difference, b: &Difference) -> bool {
    matches!((a, b), (Difference::NoSp2d { .. }, Difference::NoSp2d { .. }) | (Difference::Open { .. }, Difference::Open { .. }))
}
