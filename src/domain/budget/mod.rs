//! The budget line: what may be paid, what is promised, what is gone, and when it will end.

pub mod forecast;
mod pace;
mod position;
mod season;
#[cfg(test)]
mod tests;

pub use position::{CeilingReached, Position};
pub use season::MonthCount;
