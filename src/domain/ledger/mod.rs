//! The books: where every rupiah of a budget line lies at every moment, and how it got there.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | account | tempat uang | where a rupiah of a line lies: free, committed, decreed, ordered, sent, paid … |
//! | movement | perpindahan | the closed list of ways from one account to another |
//! | entry | jurnal | one movement of one amount: it debits one account and credits another, and is never changed |
//! | correction | jurnal pembalik | a new entry, linked to the wrong one, that moves the same amount back |
//! | books | pembukuan | balances of all accounts, folded from entries |
//!
//! Every entry has both legs in one row (as TigerBeetle's transfers have), so that no half of one can be lost.

#![deny(clippy::arithmetic_side_effects)]

mod account;
mod books;
mod entry;
mod movement;
mod verify;

pub use account::Account;
pub use books::{Balance, Balances, Books, LedgerFault};
pub use entry::Entry;
pub use movement::Movement;
pub use verify::{ClaimStanding, DecreeRow, Difference, ItemStanding, ListTotal, RecoveryStanding, Standing, Summary, verify};
