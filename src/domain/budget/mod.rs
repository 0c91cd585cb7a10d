//! The budget line: what may be paid, what is promised, what is gone, when it will end, by which rules, and how its year ends.

pub mod forecast;
mod pace;
mod position;
mod rules;
mod season;
#[cfg(test)]
mod tests;
mod year_end;

pub use position::{CeilingReached, Position};
pub use rules::{BudgetRules, CarryOver, Deposited, LineMoney, NoLine};
pub use season::MonthCount;
pub use year_end::{CloseFacts, CloseFault, ClosePlan, Fate, NextLine, Promise, YearAct, YearActState, plan_close};
