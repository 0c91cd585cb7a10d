//! The cross-check: everything that can be known about a claim from the register and from other claims.
//!
//! Facts are gathered once ([`CrosscheckFacts`]), then every rule looks at the
//! same [`Case`] and says what it found. Rules do not know each other; none
//! stops another. One rule per file, each with its meaning and thresholds.

mod account_owner;
mod account_shared;
mod answers;
mod batch;
mod birth_digits;
mod cause;
mod dates;
mod duplicate;
mod facts;
mod finding;
mod heir_alive;
mod heir_family;
mod heir_is_deceased;
mod heir_repeated;
mod live_sources;
mod name;
mod nik;
mod occupation;
mod person;
mod poverty;
mod register_status;
mod residence;
#[cfg(test)]
mod tests;

pub use answers::{Beside, IdentityAnswer, Pair, Sameness, identify_answered, pairs, rivals, subject_key};
pub use facts::{Case, CrosscheckFacts, EarlierClaim, Filing, account_digits, digits, outside_family};
pub use finding::{Finding, FindingCode, Severity, Verdict};
pub use person::{FoundBy, Person, identify, registered_heir};
pub use poverty::poverty_facts;
pub use register_status::PRESENCE_KINDS;

use chrono::NaiveDate;

use crate::domain::claim::ClaimContent;
use crate::domain::policy::Policy;

/// Days before the filing in which a clerk's other claims are looked at together.
pub const BATCH_DAYS: u32 = batch::DAYS;

/// Names the program and the state of its rules; kept with every snapshot. Counts up when a rule changes its mind.
pub const ENGINE: &str = concat!("santunan ", env!("CARGO_PKG_VERSION"), ", aturan 1");

/// Every rule, each looking for itself.
const RULES: [fn(&Case<'_>) -> Vec<Finding>; 18] = [
    nik::check,
    birth_digits::check,
    name::check,
    register_status::check,
    duplicate::check,
    dates::check,
    heir_is_deceased::check,
    heir_alive::check,
    heir_family::check,
    heir_repeated::check,
    account_shared::check,
    account_owner::check,
    residence::check,
    poverty::check,
    occupation::check,
    cause::check,
    batch::check,
    live_sources::check,
];

/// All findings about a claim, in the order of [`FindingCode`].
pub fn run(content: &ClaimContent, filed_on: NaiveDate, facts: &CrosscheckFacts, policy: &Policy) -> Vec<Finding> {
    let case = Case { content, filed_on, facts, policy };
    let mut findings = answers::apply(&case, RULES.iter().flat_map(|rule| rule(&case)).collect());
    findings.sort_by_key(|finding| finding.code);
    findings.dedup_by_key(|finding| finding.code);
    findings
}
