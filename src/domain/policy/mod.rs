//! The rules of the programme as data: a policy pack per kabupaten, its versions chosen by the date of death.

mod age;
mod amount;
mod checks;
mod deadline;
mod difference;
mod example;
mod fault;
mod fields;
mod pack;
mod papers;
mod period;
mod poverty;
mod read;
mod rules;

pub use age::AgeClass;
pub use amount::{AmountFacts, AmountRow, AmountRule, DayShare};
pub use deadline::{DayUnit, DeadlineRule, StartEvent};
pub use difference::{Difference, rows};
pub use example::{Example, ExampleResult, Outcome};
pub use fault::{PolicyFault, PolicyGap};
pub use pack::PolicyPack;
pub use papers::{PaperCase, PaperLine, PaperRule, When};
pub use period::Suspension;
pub use poverty::{Assessment, Listed, NearRoute, PovertyFacts, PovertyRule, Programme, Proof, Route, Standing};
pub use rules::{RuleLimits, RuleSet, RuleWeight};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::claim::{Cause, ClaimContent, DocumentKind};
use crate::domain::identity::Relation;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::domain::register::Resident;

/// One version of the rules, in force for deaths from a day on.
///
/// Parameters P1–P20 of the programme's configuration; each field names its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Short unique name of the version, kept with every claim, for example `perbup-2017`.
    pub version: String,
    /// First day of death the version covers (P2).
    pub deaths_from: NaiveDate,
    /// Last day of death, if the programme has ended (P3).
    pub deaths_until: Option<NaiveDate>,
    /// The regulation, as letters cite it.
    pub legal_basis: String,
    /// Benefit per death (P1).
    pub amount: AmountRule,
    /// Until when a claim may be filed (P4).
    pub deadline: DeadlineRule,
    /// Times in which nothing is paid out, with the notice families read (P3); claims are still taken in.
    pub suspended: Vec<Suspension>,
    /// Where the deceased must have lived (P5).
    pub residence: RegionCode,
    /// For how many months at least, where the place asks it (P5); shown to families, seen on the family card.
    pub residence_months: Option<u32>,
    /// How poverty is shown (P6, P7).
    pub poverty: PovertyRule,
    /// Occupations that are never covered, as the register writes them (P8).
    pub excluded_occupations: Vec<String>,
    /// Causes of death that are not covered (P9).
    pub excluded_causes: Vec<Cause>,
    /// Who may inherit (P11).
    pub heirs: HeirRule,
    /// From how many claims with the same heir on a claim is looked at.
    pub same_heir_claims_review: u32,
    /// A register death older than this many days before the claimed one is another death (days).
    pub earlier_death_days: u32,
    /// Which cross-check rules are used and how much they weigh.
    #[serde(default)]
    pub rules: RuleSet,
    /// The checklist of papers (P13), in the order of pages.
    pub papers: Vec<PaperRule>,
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

    /// Whether a cause of death is covered; one that was not asked is.
    pub fn covers_cause(&self, cause: Option<Cause>) -> bool {
        cause.is_none_or(|cause| !self.excluded_causes.contains(&cause))
    }

    /// Whether the place asks for the cause of death at all: because some are not covered, or are worth another amount or paper.
    pub fn asks_cause(&self) -> bool {
        let paper = |when: &When| matches!(when, When::Accident | When::Stillborn);
        !self.excluded_causes.is_empty()
            || self.amount.rows.iter().any(|row| !row.causes.is_empty())
            || self.papers.iter().flat_map(|rule| &rule.when).any(paper)
    }

    /// The checklist for a case: what applies, and what may apply where the case is not fully known.
    pub fn checklist(&self, case: &PaperCase) -> Vec<PaperLine<'_>> {
        self.papers.iter().filter_map(|rule| rule.in_case(case)).collect()
    }

    /// Required lines of which the claim holds no paper.
    pub fn missing_papers(&self, content: &ClaimContent) -> Vec<PaperLine<'_>> {
        let lacks = |line: &PaperLine<'_>| !line.rule.any_of.iter().any(|kind| content.documents.contains(kind));
        self.checklist(&PaperCase::of(content)).into_iter().filter(|line| line.is_required() && lacks(line)).collect()
    }

    /// Whether the rules know a case: they ask a paper for it.
    pub fn knows(&self, case: When) -> bool {
        self.papers.iter().any(|rule| rule.when.contains(&case))
    }

    /// Whether a paper of a case is asked for and the claim holds none.
    pub fn lacks_paper(&self, content: &ClaimContent, case: When) -> bool {
        let mut asked = self.papers.iter().filter(|rule| rule.when.contains(&case) && !rule.optional);
        let held = |rule: &PaperRule| rule.any_of.iter().any(|kind| content.documents.contains(kind));
        asked.any(|rule| !held(rule))
    }

    /// Every paper the checklist or a route names, in the order of the checklist.
    pub fn known_papers(&self) -> Vec<DocumentKind> {
        let routes = self.poverty.routes.iter().flat_map(|route| &route.papers);
        let named: Vec<&DocumentKind> = self.papers.iter().flat_map(|rule| &rule.any_of).chain(routes).collect();
        DocumentKind::ALL.into_iter().filter(|kind| named.contains(&kind)).collect()
    }

    /// The benefit of a claim (P1); `row` is the deceased in the register, if found there.
    pub fn amount_for(&self, content: &ClaimContent, filed_on: NaiveDate, row: Option<&Resident>) -> Rupiah {
        self.amount.of(&AmountFacts {
            cause: content.death.cause,
            age: AgeClass::of(content),
            papers: &content.documents,
            family_role: row.map_or("", |row| row.family_role.as_str()),
            occupation: row.map_or("", |row| row.occupation.as_str()),
            days_after_death: filed_on.signed_duration_since(content.death.died_on).num_days(),
            incomplete: !self.missing_papers(content).is_empty(),
        })
    }

    /// The notice of a time in which nothing is paid out, if `day` lies in one.
    pub fn suspension_on(&self, day: NaiveDate) -> Option<&Suspension> {
        self.suspended.iter().find(|period| period.holds(day))
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
    /// Whether the heir has to be on the family card of the deceased, whatever letter there is.
    #[serde(default)]
    pub same_card: bool,
    /// Who receives where nobody inherits (P12), for example the chair of the RT; empty = nobody.
    #[serde(default)]
    pub no_heir: Vec<String>,
}

#[cfg(test)]
mod tests;
