//! The cross-check: everything that can be known about a claim from the register and from other claims.
//!
//! Facts are gathered once ([`CrosscheckFacts`]), then every rule looks at the
//! same [`Case`] and says what it found. Rules do not know each other; none
//! stops another. One rule per file, each with its meaning and thresholds.

mod account_owner;
mod account_shared;
mod answers;
mod around;
mod batch;
mod birth_digits;
mod cause;
mod code;
mod dates;
mod duplicate;
mod facts;
mod finding;
mod heir_alive;
mod heir_family;
mod heir_is_deceased;
mod heir_repeated;
mod letter_number;
mod live_sources;
mod meanwhile;
mod name;
mod nik;
mod occupation;
mod person;
mod poverty;
mod register_status;
mod residence;
mod search;
mod signal;
#[cfg(test)]
mod tests;

pub use answers::{Beside, IdentityAnswer, Pair, Sameness, pairs, subject_key};
pub use around::{Around, LastDays, LetterUse, Official, PastFiling, Residence, SharedPaper, Volume};
pub use code::FindingCode;
pub use facts::{Case, CrosscheckFacts, EarlierClaim, Filing, account_digits, digits, outside_family};
pub use finding::{Finding, Severity, Verdict};
pub use heir_alive::payee_dead;
pub use letter_number::LetterNumber;
pub use meanwhile::{Died, Filed, Meanwhile, PaperMark, concerns, concerns_payee};
pub use person::{FoundBy, Likeness, Person, claimed_person, family_cards, percent, registered_heir};
pub use poverty::poverty_facts;
pub use register_status::PRESENCE_KINDS;
pub use search::{Sighting, TAKE_FROM, identify};
pub use signal::clerk_habits::{is_last_day, last_days_of};
pub use signal::surge::{PAST_DAYS, SURGE_DAYS};

use chrono::NaiveDate;

use crate::domain::claim::ClaimContent;
use crate::domain::policy::Policy;

/// Days before the filing in which a clerk's other claims are looked at together.
pub const BATCH_DAYS: u32 = batch::DAYS;

/// Names the program and the state of its rules; kept with every snapshot. Counts up when a rule changes its mind.
pub const ENGINE: &str = concat!("santunan ", env!("CARGO_PKG_VERSION"), ", aturan 3");

/// A rule: looks at the case and says what it found.
type Rule = fn(&Case<'_>) -> Vec<Finding>;

/// Every rule, each looking for itself: first those whose codes programs outside know, then the signals.
const RULES: &[Rule] = &[
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
    signal::residence_months::check,
    signal::programme::check,
    signal::death_date::check,
    signal::active_later::check,
    signal::age::check,
    signal::other_benefit::check,
    signal::heir_none::check,
    signal::heir_nik::check,
    signal::heir_adult::check,
    signal::heir_relation::check,
    signal::heir_nearer::check,
    signal::heir_official::check,
    signal::proxy::check,
    signal::stand_in_odd::check,
    signal::phone_shared::check,
    signal::account_of_deceased::check,
    signal::account_exact::check,
    signal::letter::check,
    signal::files::check,
    signal::surge::check,
    signal::clerk_habits::check,
];

/// All findings about a claim, in the order of [`FindingCode`]: weighed as the policy says, then as officers have answered.
pub fn run(content: &ClaimContent, filed_on: NaiveDate, facts: &CrosscheckFacts, policy: &Policy) -> Vec<Finding> {
    let case = Case { content, filed_on, facts, policy };
    let found = RULES.iter().flat_map(|rule| rule(&case)).collect();
    let mut findings = answers::apply(&case, policy.rules.weigh(found));
    findings.sort_by_key(|finding| finding.code);
    findings.dedup_by_key(|finding| finding.code);
    findings
}
