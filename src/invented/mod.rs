//! Invented people: a register of any size, the claims about them and the questions a clerk would ask, all from one seed.
//!
//! Counts and rates are measured on the practice register (5,000 rows of six villages), so what is found out here about speed and detection
//! can be compared with a real office. Nobody here lives; any likeness is chance.

pub mod bank;
pub mod claims;
mod dice;
mod family;
pub mod grade;
pub mod match_grade;
mod naming;
mod numbers;
mod query;
mod register;
mod resident;
mod variant;
mod words;

pub use dice::Dice;
pub use query::{Asker, Keeper, Kind, Query, Strain};
pub use register::{Order, Place, Register};
pub use resident::{Hearth, Household, REGISTER_COLUMNS, Resident, Standing};
pub use words::Words;
