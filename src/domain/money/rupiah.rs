//! An amount of money in whole rupiah.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Whole rupiah. Never negative in this system: a correction is a new linked row, not a minus.
///
/// ```
/// use santunan::domain::money::Rupiah;
/// let amount = Rupiah::parse("Rp. 1.000.000,-").unwrap();
/// assert_eq!(amount.whole(), 1_000_000);
/// assert_eq!(amount.to_string(), "Rp1.000.000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Rupiah(i64);

/// Why a text or number is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyFault {
    /// Not an amount as people write it.
    #[error("jumlah uang harus seperti Rp1.000.000")]
    Unreadable,
    /// Cents other than zero.
    #[error("jumlah uang harus rupiah bulat, tanpa sen")]
    Cents,
    /// Below zero.
    #[error("jumlah uang tidak boleh kurang dari nol")]
    Negative,
    /// Beyond what a budget can hold.
    #[error("jumlah uang terlalu besar")]
    TooLarge,
}

impl Rupiah {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount from whole rupiah.
    ///
    /// # Errors
    /// [`MoneyFault::Negative`].
    pub fn new(whole: i64) -> Result<Self, MoneyFault> {
        if whole < 0 { Err(MoneyFault::Negative) } else { Ok(Self(whole)) }
    }

    /// Whole rupiah as a number.
    pub fn whole(self) -> i64 {
        self.0
    }

    /// The same amount for calculations and files with decimals.
    pub fn decimal(self) -> Decimal {
        Decimal::from(self.0)
    }

    /// Back from a calculation, only if it came out whole.
    ///
    /// # Errors
    /// [`MoneyFault::Cents`] for a fraction, [`MoneyFault::Negative`], [`MoneyFault::TooLarge`].
    pub fn from_decimal(value: Decimal) -> Result<Self, MoneyFault> {
        if !value.fract().is_zero() {
            return Err(MoneyFault::Cents);
        }
        match i64::try_from(value) {
            Ok(whole) => Self::new(whole),
            Err(_too_large) => Err(MoneyFault::TooLarge),
        }
    }

    /// Reads what people type: `1000000`, `1.000.000`, `Rp 1.000.000,-`, `Rp1.000.000,00`.
    ///
    /// # Errors
    /// [`MoneyFault`]; in particular `1.5` and `1,000,000` are refused, because they mean different things to different people.
    pub fn parse(text: &str) -> Result<Self, MoneyFault> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
        let lower = compact.to_lowercase();
        let body = lower.strip_prefix("rp").map_or(lower.as_str(), |r| r.trim_start_matches('.'));
        let body = body.strip_prefix("idr").unwrap_or(body);
        if body.starts_with('-') {
            return Err(MoneyFault::Negative);
        }
        let (whole, cents) = body.split_once(',').unwrap_or((body, ""));
        match cents {
            "" | "-" | "--" | "0" | "00" => {}
            c if c.len() <= 2 && c.chars().all(|d| d.is_ascii_digit()) => return Err(MoneyFault::Cents),
            _ => return Err(MoneyFault::Unreadable),
        }
        let digits = grouped_digits(whole).ok_or(MoneyFault::Unreadable)?;
        digits.parse().map(Self).map_err(|_overflow: std::num::ParseIntError| MoneyFault::TooLarge)
    }

    /// Sum of two amounts, or `None` past the largest.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left after taking `other` off, or `None` if that is more than there is.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).filter(|left| *left >= 0).map(Self)
    }

    /// Exact sum, or `None` past the largest.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Digits with dots for thousands and no sign: `1.000.000`, for table columns headed "Rp".
    pub fn grouped(self) -> String {
        let digits = self.0.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push('.');
            }
            out.push(c);
        }
        out
    }

    /// `Rp1.000.000,00`, as decrees and receipts write it.
    pub fn with_cents(self) -> String {
        format!("Rp{},00", self.grouped())
    }
}

/// `1000000` or `1.000.000`; `None` for anything else, also for groups that are not of three.
fn grouped_digits(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let all_digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let well_grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|g| g.len() == 3));
    (all_digits(first) && well_grouped && rest.iter().all(|g| all_digits(g))).then(|| format!("{first}{}", rest.concat()))
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rp{}", self.grouped())
    }
}

impl TryFrom<i64> for Rupiah {
    type Error = MoneyFault;
    fn try_from(whole: i64) -> Result<Self, MoneyFault> {
        Self::new(whole)
    }
}

impl From<Rupiah> for i64 {
    fn from(amount: Rupiah) -> Self {
        amount.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<i64, MoneyFault>) {
        assert_eq!(Rupiah::parse(text).map(Rupiah::whole), expected, "{text:?}");
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for text in ["1000000", "1.000.000", "Rp1.000.000,00", "Rp 1.000.000,-", "Rp. 1.000.000,-", "rp1000000", "IDR 1.000.000"] {
            check(text, Ok(1_000_000));
        }
        check("Rp0", Ok(0));
        check("9.007.199.254.740.993", Ok(9_007_199_254_740_993));
    }

    #[test]
    fn what_is_ambiguous_or_broken_is_refused() {
        for text in ["", "Rp", "sejuta", "1,000,000", "1.5", "1.00.000", "1e6", "1_000", ".000"] {
            check(text, Err(MoneyFault::Unreadable));
        }
        check("1.000,50", Err(MoneyFault::Cents));
        check("-5", Err(MoneyFault::Negative));
        check("99999999999999999999", Err(MoneyFault::TooLarge));
    }

    proptest! {
        #[test]
        fn every_amount_reads_back_from_its_own_writing(whole in 0..=i64::MAX) {
            let amount = Rupiah::new(whole).unwrap();
            prop_assert_eq!(Rupiah::parse(&amount.to_string()), Ok(amount));
            prop_assert_eq!(Rupiah::parse(&amount.with_cents()), Ok(amount));
            prop_assert_eq!(Rupiah::from_decimal(amount.decimal()), Ok(amount));
        }

        #[test]
        fn adding_and_taking_off_again_changes_nothing(a in 0..i64::MAX / 2, b in 0..i64::MAX / 2) {
            let (a, b) = (Rupiah::new(a).unwrap(), Rupiah::new(b).unwrap());
            prop_assert_eq!(a.checked_add(b).and_then(|s| s.checked_sub(b)), Some(a));
        }
    }
}
