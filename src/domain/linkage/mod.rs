//! Record linkage: which register row is the person somebody wrote down?

mod keys;
mod record;

pub use keys::{KEYS, match_keys};
pub use record::PersonRecord;
