//! Worked examples of a policy pack: the rules must give exactly the answers the office wrote down.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AgeClass, AmountFacts, Policy, PolicyPack, PovertyFacts, Programme, Standing};
use crate::domain::calendar::{Filing, Holidays};
use crate::domain::claim::{Cause, DocumentKind};
use crate::domain::money::Rupiah;

/// A death as an office would explain its rules with, and the answer it expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// What the example shows, in a few Indonesian words.
    pub name: String,
    /// Day of death.
    pub died_on: NaiveDate,
    /// Day of filing.
    pub filed_on: NaiveDate,
    /// Date of the death document, where the deadline counts from it.
    pub document_on: Option<NaiveDate>,
    /// Day of birth, where the age matters.
    pub born_on: Option<NaiveDate>,
    /// Cause of death, where it matters.
    pub cause: Option<Cause>,
    /// Decile of the deceased in the register; absent = not ranked.
    pub decile: Option<u8>,
    /// Programmes the deceased receives by the register.
    pub programmes: Vec<Programme>,
    /// Decile of another member of the family card.
    pub household_decile: Option<u8>,
    /// Decile of the heir.
    pub heir_decile: Option<u8>,
    /// Papers attached.
    pub papers: BTreeSet<DocumentKind>,
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
    /// The route by which the family counts as poor; absent = none is met.
    #[serde(default)]
    pub route: Option<String>,
    /// Whether occupation and cause of death are covered.
    #[serde(default = "yes")]
    pub covered: bool,
}

fn yes() -> bool {
    true
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
        let words = |outcome: &Option<Outcome>| outcome.as_ref().map_or("program belum atau tidak berlaku".to_owned(), Outcome::words);
        write!(f, "{}: seharusnya {}; menurut aturan {}", self.name, words(&self.expected), words(&self.actual))
    }
}

impl Outcome {
    /// The answer as an officer reads it.
    pub fn words(&self) -> String {
        format!(
            "{}, batas {}, {}, {}, {}",
            self.amount,
            crate::domain::calendar::long_date(self.last_filing_day),
            if self.in_time { "tepat waktu" } else { "terlambat" },
            self.route.as_ref().map_or("belum ditunjukkan miskin".to_owned(), |route| format!("miskin menurut rute {route}")),
            if self.covered { "tidak dikecualikan" } else { "dikecualikan" },
        )
    }
}

impl Example {
    /// Puts the example to the rules.
    pub(super) fn run(&self, pack: &PolicyPack, holidays: &Holidays) -> ExampleResult {
        let actual = pack.for_death(self.died_on).ok().map(|policy| self.outcome(policy, holidays));
        ExampleResult { name: self.name.clone(), expected: self.expected.clone(), actual }
    }

    fn outcome(&self, policy: &Policy, holidays: &Holidays) -> Outcome {
        let filing = Filing { died_on: self.died_on, document_on: self.document_on, filed_on: self.filed_on };
        let countdown = filing.countdown(&policy.deadline, holidays);
        Outcome {
            amount: policy.amount.of(&self.amount_facts()),
            last_filing_day: countdown.last,
            in_time: !countdown.is_late(),
            route: policy.poverty.assess(&self.poverty_facts()).met.map(|route| route.name.clone()),
            covered: policy.covers_occupation(&self.occupation) && policy.covers_cause(self.cause),
        }
    }

    fn amount_facts(&self) -> AmountFacts<'_> {
        let age = match self.cause {
            Some(Cause::Stillbirth) => Some(AgeClass::Stillborn),
            _ => self.born_on.and_then(|born_on| AgeClass::at(born_on, self.died_on)),
        };
        AmountFacts {
            cause: self.cause,
            age,
            papers: &self.papers,
            family_role: "",
            occupation: &self.occupation,
            days_after_death: self.filed_on.signed_duration_since(self.died_on).num_days(),
            incomplete: false,
        }
    }

    fn poverty_facts(&self) -> PovertyFacts {
        let ranked = |decile: u8| Standing { decile: Some(decile), programmes: vec![] };
        PovertyFacts {
            deceased: Some(Standing { decile: self.decile, programmes: self.programmes.clone() }),
            household: self.household_decile.map(ranked).into_iter().collect(),
            heir: self.heir_decile.map(ranked).into_iter().collect(),
            papers: self.papers.clone(),
        }
    }
}
