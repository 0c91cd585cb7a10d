//! From what the office knows to what a page shows.

mod alert;
mod attention;
mod bank_profile;
mod budget;
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
mod renewal;
mod result;
mod rules;
mod words;

pub use attention::{AttentionAttempt, attention_page};
pub use bank_profile::{ProfileAttempt, profiles_page};
pub use budget::budget_view;
pub use claim::{Attempt, WAIVE, claim_page, filed_page, seen_claim};
pub use claim_form::{FormState, family_of, fill_from_register, fill_heir, form_page, read_against};
pub use disputes::{DisputesRequest, disputes_page};
pub use finance::{FinanceAttempt, finance_page};
pub use list::{ListRequest, list_page};
pub use order::{OrderAttempt, order_page};
pub use public::public_claim;
pub use register::{RegisterAttempt, register_page};
pub use renewal::{RenewalAttempt, keys_of, returns_page};
pub use result::{ResultAttempt, answer_key, report_page, results_page};
pub use rules::requirements;
pub use words::{flash, next_step, ready_faults};
