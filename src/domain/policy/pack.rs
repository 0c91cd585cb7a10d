//! A policy pack: every version of an office's rules, and the examples that explain them.

use chrono::NaiveDate;
use serde::Serialize;
use toml::Table;

use super::checks::{check_together, check_version};
use super::fields::Fields;
use super::read::{read_each, read_example, read_version};
use super::{Example, ExampleResult, Policy, PolicyFault, PolicyGap};
use crate::domain::calendar::Holidays;

/// All versions of the rules of one office, by day of death. No two versions cover the same day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyPack {
    versions: Vec<Policy>,
    examples: Vec<Example>,
}

impl PolicyPack {
    /// Reads a pack from its TOML text: `[[version]]` tables and `[[example]]` tables.
    ///
    /// # Errors
    /// Every [`PolicyFault`] there is, in the order of the file; never only the first.
    pub fn parse(text: &str) -> Result<Self, Vec<PolicyFault>> {
        let mut table: Table = text.parse().map_err(|why: toml::de::Error| vec![PolicyFault::NotToml(why)])?;
        let mut faults = Vec::new();
        let versions = read_each(&mut table, "version", &mut faults, read_version);
        let examples = read_each(&mut table, "example", &mut faults, read_example);
        Fields::new("berkas kebijakan".to_owned(), table, &mut faults).finish();
        if versions.is_empty() && faults.is_empty() {
            faults.push(PolicyFault::Empty);
        }
        for version in &versions {
            check_version(version, &mut faults);
        }
        check_together(&versions, &mut faults);
        if faults.is_empty() { Ok(Self::in_order(versions, examples)) } else { Err(faults) }
    }

    fn in_order(mut versions: Vec<Policy>, examples: Vec<Example>) -> Self {
        versions.sort_by_key(|v| v.deaths_from);
        Self { versions, examples }
    }

    /// The versions, oldest first; at least one.
    pub fn versions(&self) -> &[Policy] {
        &self.versions
    }

    /// The rules in force on a day of death. A claim keeps them, however late it is decided.
    ///
    /// # Errors
    /// [`PolicyGap`], with the nearest day the programme covers.
    pub fn for_death(&self, died_on: NaiveDate) -> Result<&Policy, PolicyGap> {
        self.versions.iter().find(|v| v.covers(died_on)).ok_or_else(|| self.gap(died_on))
    }

    /// The rules a claim is *checked* by: those of the day of death, or the first or last ones for a day the programme does not
    /// cover, so that its other faults are named too. Money is only ever promised by [`PolicyPack::for_death`].
    pub fn nearest(&self, died_on: NaiveDate) -> Option<&Policy> {
        let before = || self.versions.first().filter(|first| died_on < first.deaths_from);
        self.for_death(died_on).ok().or_else(before).or_else(|| self.versions.last())
    }

    /// The worked examples.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The version of a name, as claims keep it.
    pub fn named(&self, version: &str) -> Option<&Policy> {
        self.versions.iter().find(|v| v.version == version)
    }

    /// Puts every worked example to the rules.
    pub fn run_examples(&self, holidays: &Holidays) -> Vec<ExampleResult> {
        self.examples.iter().map(|e| e.run(self, holidays)).collect()
    }

    fn gap(&self, died_on: NaiveDate) -> PolicyGap {
        match (self.versions.first(), self.versions.last().and_then(|v| v.deaths_until)) {
            (Some(first), _) if died_on < first.deaths_from => PolicyGap::BeforeProgramme(first.deaths_from),
            (_, Some(until)) if died_on > until => PolicyGap::AfterProgramme(until),
            _ => PolicyGap::BetweenVersions,
        }
    }
}
