//! Which payment system carries a payment, by the rules of one bank's product.

use std::fmt;

use super::super::money::Rupiah;
use super::banks::Bic;
use super::plan::{PlannedLine, Route};

/// A payment system. Limits are no part of it: they change by decree and by bank, and so are data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rail {
    /// Booked over inside one bank.
    OwnBank,
    /// Bank Indonesia's instant payments, day and night.
    BiFast,
    /// National clearing (SKN, LLG), in clearing hours.
    Skn,
    /// Real-time gross settlement, for large amounts.
    Rtgs,
    /// Paid by the treasurer at a counter, because no BIC is known.
    ByHand,
}

impl Rail {
    /// All rails.
    pub const ALL: [Self; 5] = [Self::OwnBank, Self::BiFast, Self::Skn, Self::Rtgs, Self::ByHand];

    /// The road it belongs to.
    pub fn route(self) -> Route {
        match self {
            Self::OwnBank => Route::OwnBank,
            Self::BiFast | Self::Skn | Self::Rtgs => Route::OtherBank,
            Self::ByHand => Route::ByHand,
        }
    }
}

impl fmt::Display for Rail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OwnBank => "bank sendiri",
            Self::BiFast => "BI-FAST",
            Self::Skn => "SKN",
            Self::Rtgs => "RTGS",
            Self::ByHand => "manual",
        })
    }
}

/// When a rail may be used. A list of them is in the order of preference: the first that takes a payment carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RailRule {
    /// The rail.
    pub rail: Rail,
    /// Least it carries in one transfer.
    pub amount_min: Option<Rupiah>,
    /// Most it carries in one transfer. A benefit is never cut in two to get below it.
    pub amount_max: Option<Rupiah>,
    /// Only these banks of payees; empty = all.
    pub banks: Vec<Bic>,
    /// Not these banks of payees.
    pub except_banks: Vec<Bic>,
}

impl RailRule {
    /// Whether this rail carries a payment; `home` is the bank whose product it is.
    pub fn takes(&self, home: &Bic, planned: &PlannedLine) -> bool {
        let bic = planned.bank.as_ref().map(|bank| &bank.bic);
        let amount = planned.line.amount;
        self.rail.route() == route_from(home, bic)
            && self.amount_min.is_none_or(|least| amount >= least)
            && self.amount_max.is_none_or(|most| amount <= most)
            && (self.banks.is_empty() || bic.is_some_and(|bic| self.banks.contains(bic)))
            && !bic.is_some_and(|bic| self.except_banks.contains(bic))
    }
}

fn route_from(home: &Bic, payee: Option<&Bic>) -> Route {
    match payee {
        None => Route::ByHand,
        Some(bic) if bic == home => Route::OwnBank,
        Some(_) => Route::OtherBank,
    }
}

/// No rail of a bank's product carries this payment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("baris {sequence}: tidak ada jalur profil ini yang menerima {amount} untuk {payee_bank}")]
pub struct NoRail {
    /// Row of the order.
    pub sequence: u32,
    /// What is paid.
    pub amount: Rupiah,
    /// The payee's bank as the village wrote it.
    pub payee_bank: String,
}

/// The place in `rules` of the first rail that carries a payment.
///
/// # Errors
/// [`NoRail`].
pub fn choose_rail<'a>(rules: impl IntoIterator<Item = &'a RailRule>, home: &Bic, planned: &PlannedLine) -> Result<usize, NoRail> {
    rules.into_iter().position(|rule| rule.takes(home, planned)).ok_or_else(|| NoRail {
        sequence: planned.line.sequence,
        amount: planned.line.amount,
        payee_bank: planned.line.bank.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Bank, PaymentLine};
    use super::*;

    fn bic(text: &str) -> Bic {
        Bic::parse(text).unwrap()
    }

    fn rule(rail: Rail, min: Option<i64>, max: Option<i64>) -> RailRule {
        let rupiah = |whole: Option<i64>| whole.map(|w| Rupiah::new(w).unwrap());
        RailRule { rail, amount_min: rupiah(min), amount_max: rupiah(max), banks: vec![], except_banks: vec![] }
    }

    fn check(rules: &[RailRule], payee: Option<&str>, amount: i64, expected: Option<Rail>) {
        let bank = payee.map(|b| Bank { code: String::new(), bic: bic(b), name: b.to_owned() });
        let line = PaymentLine {
            sequence: 1,
            reference: "A".to_owned(),
            bank: "BANK".to_owned(),
            account: "12345".to_owned(),
            holder: "A".to_owned(),
            amount: Rupiah::new(amount).unwrap(),
            remark: String::new(),
        };
        let planned = PlannedLine { line, route: Route::OtherBank, bank };
        let chosen = choose_rail(rules, &bic("BMRIIDJA"), &planned).ok().map(|at| rules[at].rail);
        assert_eq!(chosen, expected, "{payee:?} {amount}");
    }

    #[test]
    fn a_payment_goes_on_the_first_rail_that_carries_its_amount_and_bank() {
        let mut rules = vec![
            rule(Rail::OwnBank, None, None),
            rule(Rail::BiFast, None, Some(250_000_000)),
            rule(Rail::Skn, None, Some(1_000_000_000)),
            rule(Rail::Rtgs, Some(100_000_000), None),
        ];
        rules[1].except_banks = vec![bic("SYJGIDJ1")];
        check(&rules, Some("BMRIIDJA"), 5_000_000_000, Some(Rail::OwnBank));
        check(&rules, Some("BRINIDJA"), 250_000_000, Some(Rail::BiFast));
        check(&rules, Some("BRINIDJA"), 250_000_001, Some(Rail::Skn));
        check(&rules, Some("SYJGIDJ1"), 1, Some(Rail::Skn));
        check(&rules, Some("BRINIDJA"), 1_000_000_000, Some(Rail::Skn));
        check(&rules, Some("BRINIDJA"), 1_000_000_001, Some(Rail::Rtgs));
        check(&rules, None, 1, None);
        rules[3].banks = vec![bic("BNINIDJA")];
        check(&rules, Some("BRINIDJA"), 1_000_000_001, None);
        check(&rules, Some("BNINIDJA"), 1_000_000_001, Some(Rail::Rtgs));
        check(&rules[3..], Some("BNINIDJA"), 99_999_999, None);
    }
}
