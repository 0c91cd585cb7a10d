//! When how much comes back.

use chrono::{Months, NaiveDate};

use super::RecoveryRefused;
use crate::domain::money::{Rupiah, split};

/// Most instalments of one plan: five years of months.
pub const INSTALMENTS_MAX: usize = 60;

/// One part of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Last day on which it is in time.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
}

/// Instalments that add up to what is owed, each on a later day than the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Vec<Instalment>);

impl Plan {
    /// A plan as it was agreed on a day about a balance.
    ///
    /// # Errors
    /// [`RecoveryRefused`]: no instalment or too many, a part of nothing, days that do not follow each other, a first day before the
    /// agreement, a sum that is not the balance.
    pub fn agree(instalments: Vec<Instalment>, balance: Rupiah, agreed_on: NaiveDate) -> Result<Self, RecoveryRefused> {
        if balance == Rupiah::ZERO {
            return Err(RecoveryRefused::Settled);
        }
        if instalments.is_empty() || instalments.len() > INSTALMENTS_MAX {
            return Err(RecoveryRefused::PlanLength(instalments.len()));
        }
        if instalments.iter().any(|part| part.amount == Rupiah::ZERO) {
            return Err(RecoveryRefused::PlanPart);
        }
        let first = instalments.first().map(|part| part.due_on);
        let in_order = instalments.windows(2).all(|pair| matches!(pair, [a, b] if a.due_on < b.due_on));
        if !in_order || first.is_none_or(|on| on < agreed_on) {
            return Err(RecoveryRefused::PlanDays);
        }
        match Rupiah::sum(instalments.iter().map(|part| part.amount)) {
            Some(sum) if sum == balance => Ok(Self(instalments)),
            sum => Err(RecoveryRefused::PlanSum { sum: sum.unwrap_or_default(), balance }),
        }
    }

    /// The instalments, in order.
    pub fn instalments(&self) -> &[Instalment] {
        &self.0
    }

    /// What the plan is about.
    pub fn total(&self) -> Rupiah {
        // Summed when it was agreed.
        Rupiah::sum(self.0.iter().map(|part| part.amount)).unwrap_or_default()
    }
}

/// Equal monthly instalments from a day on, the odd rupiah with the first ones.
pub fn even_plan(balance: Rupiah, first: NaiveDate, parts: u32) -> Vec<Instalment> {
    let due = |at: u32| first.checked_add_months(Months::new(at)).unwrap_or(NaiveDate::MAX);
    (0..).zip(split(balance, parts)).map(|(at, amount)| Instalment { due_on: due(at), amount }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, d).unwrap()
    }

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    fn check(parts: &[(u32, i64)], expected: Result<(), RecoveryRefused>) {
        let parts = parts.iter().map(|(d, whole)| Instalment { due_on: day(*d), amount: rupiah(*whole) }).collect();
        assert_eq!(Plan::agree(parts, rupiah(10), day(2)).map(|_| ()), expected);
    }

    #[test]
    fn a_plan_is_the_whole_debt_on_days_that_follow_each_other() {
        check(&[(2, 10)], Ok(()));
        check(&[(2, 4), (3, 6)], Ok(()));
        check(&[], Err(RecoveryRefused::PlanLength(0)));
        check(&[(1, 10)], Err(RecoveryRefused::PlanDays));
        check(&[(3, 4), (3, 6)], Err(RecoveryRefused::PlanDays));
        check(&[(4, 4), (3, 6)], Err(RecoveryRefused::PlanDays));
        check(&[(3, 0), (4, 10)], Err(RecoveryRefused::PlanPart));
        check(&[(3, 9)], Err(RecoveryRefused::PlanSum { sum: rupiah(9), balance: rupiah(10) }));
        assert_eq!(Plan::agree(vec![], Rupiah::ZERO, day(2)), Err(RecoveryRefused::Settled));
    }

    #[test]
    fn months_end_where_they_end() {
        let last = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let days: Vec<String> = even_plan(rupiah(9), last, 3).iter().map(|part| part.due_on.to_string()).collect();
        assert_eq!(days, ["2026-12-31", "2027-01-31", "2027-02-28"]);
    }

    proptest! {
        #[test]
        fn equal_parts_are_always_a_plan(whole in 1_i64..50_000_000, parts in 1_u32..=60) {
            let proposed = even_plan(rupiah(whole), day(31), parts);
            let plan = Plan::agree(proposed, rupiah(whole), day(1)).unwrap();
            prop_assert_eq!(plan.total(), rupiah(whole));
        }
    }
}
