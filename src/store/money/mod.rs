//! Everything that carries money: budget lines, the books, decrees, orders with their payments, papers of the treasury, bank files,
//! what banks answered, and where money was sent instead.

pub mod bank_files;
pub mod budget;
pub mod cash;
pub mod collection;
pub mod corrections;
pub mod decrees;
pub mod deposits;
pub mod items;
pub mod ledger;
pub mod orders;
pub mod papers;
pub mod programme;
pub mod reports;
pub mod spj;
pub mod year_acts;
