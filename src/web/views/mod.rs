//! From what the office knows to what a page shows.

mod alert;
mod attention;
mod budget;
mod cash;
mod cash_book;
mod claim;
mod claim_form;
mod compare;
mod disputes;
mod finance;
mod identity;
mod list;
mod order;
mod public;
mod register;
mod rules;
mod words;
mod year;

pub use attention::{AttentionAttempt, attention_page};
pub use budget::budget_view;
pub use cash::{CashAttempt, cash_day_page, cash_desk_page, cash_notice_page, hand_over_page};
pub use cash_book::{cash_book_page, deposits_page};
pub use claim::{Attempt, WAIVE, claim_page, filed_page, seen_claim};
pub use claim_form::{FormState, family_of, fill_from_register, fill_heir, form_page, read_against};
pub use disputes::{DisputesRequest, disputes_page};
pub use finance::{FinanceAttempt, finance_page};
pub use list::{ListRequest, list_page};
pub use order::{OrderAttempt, order_page};
pub use public::public_claim;
pub use register::{RegisterAttempt, register_page};
pub use rules::{requirements, small};
pub use words::{flash, next_step, ready_faults};
pub use year::{YearAttempt, place_words, year_page};
