//! Civil dates of the office (WIB), working days and deadlines.

mod civil;
mod deadline;
mod working_days;

pub use civil::{DateFault, day_name, long_date, long_date_time, month_name, parse_date, roman_month, short_date, wib, wib_date};
pub use deadline::{Countdown, Filing, in_time, last_filing_day};
pub use working_days::Holidays;
