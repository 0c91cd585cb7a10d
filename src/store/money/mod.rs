//! Everything that carries money: budget lines, the books, decrees, orders with their payments, papers of the treasury, bank files,
//! what banks answered, where money was sent instead, and what undoes all that after the fact.

pub mod amendments;
pub mod annulments;
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
pub mod recoveries;
pub mod reports;
pub mod spj;
pub mod year_acts;
