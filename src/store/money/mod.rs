//! Everything that carries money: budget lines, the books, decrees, orders with their payments, papers of the treasury, bank files,
//! what banks answered, and where money was sent instead.

pub mod bank_files;
pub mod budget;
pub mod corrections;
pub mod decrees;
pub mod items;
pub mod ledger;
pub mod orders;
pub mod papers;
pub mod reports;
