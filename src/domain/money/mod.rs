//! Whole rupiah, exact, and their words.

mod about;
mod rupiah;
mod share;
mod words;

pub use rupiah::{MoneyFault, Rupiah};
pub use share::split;
pub use words::{in_words, rupiah_in_words};
