//! Whole rupiah, exact, and their words.

mod about;
mod rupiah;
mod words;

pub use rupiah::{MoneyFault, Rupiah};
pub use words::{in_words, rupiah_in_words};
