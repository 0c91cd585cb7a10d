//! The rules of the programme as data: a policy pack per kabupaten, its versions chosen by the date of death.

mod example;
mod fields;
mod pack;
mod rules;

pub use example::{Example, ExampleResult, Outcome};
pub use pack::{PolicyFault, PolicyGap, PolicyPack};
pub use rules::{RuleLimits, RuleSet, RuleWeight};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::identity::Relation;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// One version of the rules, in force for deaths from a day on.
///
/// Parameters P1–P20 of the programme's configuration; each field names its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Short unique name of the version, kept with every claim, for example `batang-2017`.
    pub version: String,
    /// First day of death the version covers (P2).
    pub deaths_from: NaiveDate,
    /// Last day of death, if the programme has ended (P3).
    pub deaths_until: Option<NaiveDate>,
    /// The regulation, as letters cite it.
    pub legal_basis: String,
    /// Benefit per death (P1).
    pub amount: Rupiah,
    /// Until when a claim may be filed (P4).
    pub deadline: DeadlineRule,
    /// Where the deceased must have lived (P5).
    pub residence: RegionCode,
    /// How poverty is shown (P6, P7).
    pub poverty: PovertyRule,
    /// Occupations that are never covered, as the register writes them (P8).
    pub excluded_occupations: Vec<String>,
    /// Who may inherit (P11).
    pub heirs: HeirRule,
    /// From how many claims with the same heir on a claim is looked at.
    pub same_heir_claims_review: u32,
    /// A register death older than this many days before the claimed one is another death (days).
    pub earlier_death_days: u32,
    /// Which cross-check rules are used and how much they weigh.
    #[serde(default)]
    pub rules: RuleSet,
    /// Papers every claim needs (P13), by code.
    pub required_documents: Vec<String>,
    /// What no source says and somebody assumed, in sentences for the pages; an office strikes out what it has confirmed.
    pub assumptions: Vec<String>,
}

impl Policy {
    /// Whether the version's period holds a day of death.
    pub fn covers(&self, died_on: NaiveDate) -> bool {
        self.deaths_from <= died_on && self.deaths_until.is_none_or(|until| died_on <= until)
    }

    /// Whether an occupation, as the register writes it, is covered.
    pub fn covers_occupation(&self, occupation: &str) -> bool {
        let occupation = occupation.trim();
        !self.excluded_occupations.iter().any(|excluded| excluded.eq_ignore_ascii_case(occupation))
    }
}

/// The filing deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// How many days there are.
    pub days: u32,
    /// Which days count.
    pub unit: DayUnit,
    /// Whether the day of death is itself day 1 (Kudus) or day 0 (Batang, assumed).
    pub death_is_day_one: bool,
}

/// Which days count towards a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// Every day.
    Calendar,
    /// Monday to Friday without holidays and joint leave.
    Working,
}

/// How poverty is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PovertyRule {
    /// Highest decile (1 poorest to 10) that counts as poor.
    pub decile_max: u8,
    /// Whether a village letter (SKTM) with a house photo is accepted instead.
    pub sktm_accepted: bool,
}

impl PovertyRule {
    /// Whether somebody counts as poor: by decile in the register (`None` = not ranked), or by an SKTM where it is accepted.
    pub fn is_poor(&self, decile: Option<u8>, has_sktm: bool) -> bool {
        decile.is_some_and(|d| (1..=self.decile_max).contains(&d)) || (has_sktm && self.sktm_accepted)
    }
}

/// Who may inherit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeirRule {
    /// Allowed relations, in order of precedence.
    pub relations: Vec<Relation>,
    /// Whether an heir from another family card needs the heir letter.
    pub letter_if_other_card: bool,
}

#[cfg(test)]
mod tests;
