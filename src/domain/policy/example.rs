//! Worked examples of a policy pack: the rules must give exactly the answers the office wrote down.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Policy, PolicyPack};
use crate::domain::calendar::{Filing, Holidays, in_time, last_filing_day};
use crate::domain::money::Rupiah;

/// A death as an office would explain its rules with, and the answer it expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the example shows, in a few Indonesian words.
    pub name: String,
    /// Day of death.
    pub died_on: NaiveDate,
    /// Day of filing.
    pub filed_on: NaiveDate,
    /// Decile in the register; absent = not ranked.
    pub decile: Option<u8>,
    /// Whether an SKTM is attached.
    pub sktm: bool,
    /// Occupation as the register writes it.
    pub occupation: String,
    /// What the rules must say; absent = no version covers this death.
    pub expected: Option<Outcome>,
}

/// What the rules say about an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The benefit.
    pub amount: Rupiah,
    /// The last day of filing.
    pub last_filing_day: NaiveDate,
    /// Whether the claim was filed by then.
    pub in_time: bool,
    /// Whether the deceased counts as poor.
    pub poor: bool,
    /// Whether the occupation is covered.
    pub covered_occupation: bool,
}

/// An example beside what the rules really say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleResult {
    /// Name of the example.
    pub name: String,
    /// What the office expects.
    pub expected: Option<Outcome>,
    /// What the rules say.
    pub actual: Option<Outcome>,
}

impl ExampleResult {
    /// Whether both agree.
    pub fn passed(&self) -> bool {
        self.expected == self.actual
    }
}

impl std::fmt::Display for ExampleResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: seharusnya {:?}, menurut aturan {:?}", self.name, self.expected, self.actual)
    }
}

impl Example {
    /// Puts the example to the rules.
    pub(super) fn run(&self, pack: &PolicyPack, holidays: &Holidays) -> ExampleResult {
        let actual = pack.for_death(self.died_on).ok().map(|policy| self.outcome(policy, holidays));
        ExampleResult { name: self.name.clone(), expected: self.expected.clone(), actual }
    }

    fn outcome(&self, policy: &Policy, holidays: &Holidays) -> Outcome {
        let filing = Filing { died_on: self.died_on, filed_on: self.filed_on };
        Outcome {
            amount: policy.amount,
            last_filing_day: last_filing_day(self.died_on, &policy.deadline, holidays),
            in_time: in_time(filing, &policy.deadline, holidays),
            poor: policy.poverty.is_poor(self.decile, self.sktm),
            covered_occupation: policy.covers_occupation(&self.occupation),
        }
    }
}
