//! Record linkage: which register row is the person somebody wrote down, or is nobody?
//!
//! **Method.** Fellegi and Sunter (1969): every field of a written person is compared with a row's and comes out
//! on one of a few levels. A level weighs `ln(m / u)`: `m` is how often two records of one person come out so,
//! `u` how often a stranger's row does. The weights of all fields add up.
//!
//! * `u` is not one figure a level but reckoned for the value at hand from the counts of the register
//!   ([`Frequencies`]): agreeing on a rare name says more than on a common one (Winkler 2000), and equal 31 Decembers
//!   of an old cohort say less than an ordinary birthday.
//! * `m` begins as a documented error model ([`Model::prior`]) and is learned without labels by EM (Winkler 1988;
//!   Enamorado, Fifield and Imai 2019) from the register's own people on two rows, and from a batch of written people when there
//!   is one ([`learn()`]). The error model counts as a Dirichlet prior, so that few pairs move it little.
//! * Strangers are not the only wrong answer. For every row two more stories are weighed: the person is absent and *kin* of
//!   this row (same mother, village, a relative's NIK), or absent and a *namesake* of about the same age. They take the
//!   probability away from siblings and namesakes that chance alone would not explain.
//! * A written person is at most one resident, so all rows and stories share one probability of 1 ([`find`]): a rival lowers
//!   the best, and no pairwise threshold is needed (the one-to-one constraint of Jaro 1989, without assignment).
//! * Rows are fetched by [`match_keys`], five blocking keys of which any one is enough (Christen 2012, chapter 4), never by a scan.
//!
//! **What a probability means.** Of links said with 0.9, nine of ten should be right where errors are as the model has learned them.
//! A person of a list is linked from [`LINK_FROM`] on. A claim knows more than a list ([`Query::with_cards`]), and an office has rules about who
//! may be taken at all ([`choose`]); the cross-check says from where on it takes a row.
//!
//! Literature: I. P. Fellegi, A. B. Sunter, *A Theory for Record Linkage*, JASA 64 (1969) · W. E. Winkler, *Using the EM Algorithm
//! for Weight Computation in the Fellegi–Sunter Model of Record Linkage*, ASA Survey Research Methods (1988) · W. E. Winkler,
//! *Frequency-Based Matching in the Fellegi–Sunter Model of Record Linkage*, US Census Bureau RR2000/06 (2000) · M. A. Jaro, *Advances in
//! Record-Linkage Methodology as Applied to Matching the 1985 Census of Tampa, Florida*, JASA 84 (1989) · P. Christen, *Data Matching*,
//! Springer (2012) · T. Enamorado, B. Fifield, K. Imai, *Using a Probabilistic Model to Assist Merging of Large-Scale
//! Administrative Records*, APSR 113 (2019).

mod birth;
mod chance;
mod decide;
mod explain;
mod frequency;
mod keys;
mod learn;
mod model;
mod name_form;
mod number;
mod record;
mod story;
#[cfg(test)]
mod tests;
mod weigh;

pub use birth::{BirthLevel, is_unknown_day, nearly};
pub use decide::{Found, LINK_FROM, choose, find, is_likely, same_person, weigh_all};
pub use explain::{Field, FieldWeight, Reason, Speaks, explain};
pub use frequency::Frequencies;
pub use keys::{KEYS, match_keys};
pub use learn::{Lesson, learn};
pub use model::{Errors, Model, Presence};
pub use name_form::NameLevel;
pub use number::NikLevel;
pub use record::{Candidate, PersonRecord};
pub use weigh::{CardLevel, Outcomes, Query, VillageLevel, Weighed};
