//! The office acts that move money. Each books its entries in the transaction of its cause (`docs/adr/0014`).

mod books;
mod budget;
mod by_hand;
pub mod cash;
mod decree;
mod fetch;
mod files;
mod item;
mod ledger;
mod order;
mod order_letters;
mod papers;

pub use budget::{Revise, revise_budget};
pub use by_hand::{Answer, ByHand, close_order, record_by_hand};
pub use decree::{DecreePlan, Decreed, LeftOut, lock_decree, plan_decree, sign_decree};
pub use fetch::fetch_bank_file;
pub use files::export_order;
pub use ledger::{Proof, verify_ledger};
pub use order::{Made, Release, Released, cancel_order, check_order, make_order, release_order};
pub use papers::record_paper;

pub(super) use books::{booking, open_budget};
