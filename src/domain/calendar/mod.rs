//! Civil dates of the office (WIB), working days and deadlines.

mod civil;

pub use civil::{DateFault, day_name, long_date, long_date_time, month_name, parse_date, roman_month, short_date, wib, wib_date};
