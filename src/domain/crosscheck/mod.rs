//! The cross-check: everything that can be known about a claim from the register and from other claims.

mod finding;

pub use finding::{Finding, FindingCode, Severity, Verdict};
