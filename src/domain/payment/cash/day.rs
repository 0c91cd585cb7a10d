//! Collection days as they are planned, and money nobody collected on its way back to the treasury.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{CAPACITY_MAX, CashRefused, TEXT_CHARS_MAX};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// A collection day as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// Village or kecamatan whose people come.
    pub area: RegionCode,
    /// Day.
    pub held_on: NaiveDate,
    /// The counter opens (WIB).
    pub opens: NaiveTime,
    /// The counter closes (WIB).
    pub closes: NaiveTime,
    /// Where.
    pub place: String,
    /// How many people can be served.
    pub capacity: u32,
}

impl DayPlan {
    /// Whether people can be invited to it.
    ///
    /// # Errors
    /// [`CashRefused::DayWhen`], [`CashRefused::Window`], [`CashRefused::Place`], [`CashRefused::Capacity`].
    pub fn check(&self, today: NaiveDate) -> Result<(), CashRefused> {
        if self.held_on < today {
            return Err(CashRefused::DayWhen);
        }
        if self.opens >= self.closes {
            return Err(CashRefused::Window);
        }
        if !(5..=TEXT_CHARS_MAX).contains(&self.place.trim().chars().count()) {
            return Err(CashRefused::Place);
        }
        if self.capacity == 0 || self.capacity > CAPACITY_MAX { Err(CashRefused::Capacity) } else { Ok(()) }
    }

    /// `08.00–11.00`.
    pub fn window(&self) -> String {
        format!("{}–{}", self.opens.format("%H.%M"), self.closes.format("%H.%M"))
    }
}

/// From which day on money that nobody collected goes back to the treasury.
pub fn unclaimed_from(released_on: NaiveDate, unclaimed_days: u32) -> NaiveDate {
    released_on.checked_add_days(Days::new(u64::from(unclaimed_days))).unwrap_or(NaiveDate::MAX)
}

/// A deposit slip (STS) as the treasury gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositSlip {
    /// The treasury's number.
    pub number: String,
    /// Its date.
    pub dated_on: NaiveDate,
    /// Its value.
    pub value: Rupiah,
}

impl DepositSlip {
    /// Whether a slip fits the payments on it: to the rupiah, and not before the last of them came back.
    ///
    /// # Errors
    /// [`CashRefused::SlipEmpty`], [`CashRefused::SlipNumber`], [`CashRefused::SlipDate`], [`CashRefused::SlipValue`].
    pub fn check(&self, payments: &[(Rupiah, Option<NaiveDate>)], today: NaiveDate) -> Result<(), CashRefused> {
        if payments.is_empty() {
            return Err(CashRefused::SlipEmpty);
        }
        if !(1..=TEXT_CHARS_MAX).contains(&self.number.trim().chars().count()) {
            return Err(CashRefused::SlipNumber);
        }
        let last_back = payments.iter().filter_map(|(_, on)| *on).max();
        if self.dated_on > today || last_back.is_some_and(|on| self.dated_on < on) {
            return Err(CashRefused::SlipDate);
        }
        match Rupiah::sum(payments.iter().map(|(amount, _)| *amount)) {
            Some(sum) if sum == self.value => Ok(()),
            sum => Err(CashRefused::SlipValue { slip: self.value, payments: sum.unwrap_or_default() }),
        }
    }
}
