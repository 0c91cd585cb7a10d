//! A policy pack: every version of an office's rules, and the examples that explain them.

use chrono::NaiveDate;
use serde::Serialize;
use toml::{Table, Value};

use super::fields::Fields;
use super::{Example, ExampleResult, Policy};
use crate::domain::calendar::{Holidays, long_date};
use crate::domain::claim::DocumentKind;

/// All versions of the rules of one office, by day of death. No two versions cover the same day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyPack {
    versions: Vec<Policy>,
    examples: Vec<Example>,
}

/// Why no version covers a death.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolicyGap {
    /// The programme had not begun; carries its first day.
    #[error("program santunan baru berlaku untuk kematian mulai {}", long_date(*.0))]
    BeforeProgramme(NaiveDate),
    /// The programme has ended; carries its last day.
    #[error("program santunan berlaku untuk kematian sampai {}", long_date(*.0))]
    AfterProgramme(NaiveDate),
    /// Between two versions the programme stood still.
    #[error("pada tanggal kematian itu program santunan sedang tidak berlaku")]
    BetweenVersions,
}

/// One thing that is wrong in a policy pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The file is not TOML at all.
    #[error("berkas kebijakan bukan TOML yang benar: {0}")]
    NotToml(#[from] toml::de::Error),
    /// There is no version in it.
    #[error("berkas kebijakan tidak memuat satu pun [[version]]")]
    Empty,
    /// A field is not there.
    #[error("{place}: \"{key}\" belum diisi")]
    Missing {
        /// Which version or example.
        place: String,
        /// Which field.
        key: &'static str,
    },
    /// A field holds something else than it should.
    #[error("{place}: \"{key}\" tidak terbaca: {why}")]
    Unreadable {
        /// Which version or example.
        place: String,
        /// Which field.
        key: &'static str,
        /// What the reader says.
        why: toml::de::Error,
    },
    /// A field nobody knows, most often a slip of the pen.
    #[error("{place}: \"{key}\" tidak dikenal")]
    Unknown {
        /// Which version or example.
        place: String,
        /// The field as written.
        key: String,
    },
    /// Two versions of one name.
    #[error("nama versi \"{0}\" dipakai lebih dari sekali")]
    VersionTwice(String),
    /// Two versions cover one day of death.
    #[error("versi \"{0}\" dan \"{1}\" berlaku pada tanggal yang sama")]
    Overlap(String, String),
    /// The last day lies before the first.
    #[error("versi \"{0}\" berakhir sebelum dimulai")]
    EndsBeforeItBegins(String),
    /// A value that makes no sense in the office.
    #[error("versi \"{version}\": {what}")]
    Nonsense {
        /// Which version.
        version: String,
        /// What is wrong, in words.
        what: String,
    },
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

fn read_each<T>(table: &mut Table, key: &'static str, faults: &mut Vec<PolicyFault>, read: fn(&mut Fields<'_>) -> Option<T>) -> Vec<T> {
    let Some(value) = table.remove(key) else { return Vec::new() };
    let rows = if let Value::Array(rows) = value { rows } else { vec![value] };
    let mut out = Vec::new();
    for (row, number) in rows.into_iter().zip(1_u32..) {
        let place = format!("{key} ke-{number}");
        let Value::Table(row) = row else {
            faults.push(PolicyFault::Unknown { place, key: row.to_string() });
            continue;
        };
        let mut fields = Fields::new(place, row, faults);
        out.extend(read(&mut fields));
        fields.finish();
    }
    out
}

/// Asks for every field before giving up on one, so that all faults are noted.
fn read_version(fields: &mut Fields<'_>) -> Option<Policy> {
    let version = fields.need("version");
    let deaths_from = fields.need("deaths_from");
    let deaths_until = fields.may("deaths_until");
    let legal_basis = fields.need("legal_basis");
    let amount = fields.need("amount");
    let deadline = fields.need("deadline");
    let residence = fields.need("residence");
    let poverty = fields.need("poverty");
    let excluded_occupations = fields.need("excluded_occupations");
    let heirs = fields.need("heirs");
    let same_heir_claims_review = fields.need("same_heir_claims_review");
    let earlier_death_days = fields.need("earlier_death_days");
    let rules = fields.may("rules").unwrap_or_default();
    let required_documents = fields.need("required_documents");
    let assumptions = fields.need("assumptions");
    Some(Policy {
        version: version?,
        deaths_from: deaths_from?,
        deaths_until,
        legal_basis: legal_basis?,
        amount: amount?,
        deadline: deadline?,
        residence: residence?,
        poverty: poverty?,
        excluded_occupations: excluded_occupations?,
        heirs: heirs?,
        same_heir_claims_review: same_heir_claims_review?,
        earlier_death_days: earlier_death_days?,
        rules,
        required_documents: required_documents?,
        assumptions: assumptions?,
    })
}

fn read_example(fields: &mut Fields<'_>) -> Option<Example> {
    let name = fields.need("name");
    let died_on = fields.need("died_on");
    let filed_on = fields.need("filed_on");
    let decile = fields.may("decile");
    let sktm = fields.need("sktm");
    let occupation = fields.need("occupation");
    let expected = fields.may("expected");
    Some(Example { name: name?, died_on: died_on?, filed_on: filed_on?, decile, sktm: sktm?, occupation: occupation?, expected })
}

/// What a version says by itself must make sense in an office.
fn check_version(policy: &Policy, faults: &mut Vec<PolicyFault>) {
    let mut nonsense = |wrong: bool, what: &str| {
        if wrong {
            faults.push(PolicyFault::Nonsense { version: policy.version.clone(), what: what.to_owned() });
        }
    };
    nonsense(policy.version.trim().is_empty(), "nama versi kosong");
    nonsense(policy.legal_basis.trim().is_empty(), "dasar hukum (legal_basis) kosong");
    nonsense(policy.amount.whole() == 0, "besar santunan (amount) nol");
    nonsense(policy.deadline.days == 0, "batas waktu (deadline.days) nol hari");
    nonsense(!(1..=10).contains(&policy.poverty.decile_max), "desil tertinggi (poverty.decile_max) harus 1 sampai 10");
    nonsense(policy.heirs.relations.is_empty(), "tidak ada hubungan ahli waris yang diterima (heirs.relations)");
    nonsense(policy.same_heir_claims_review == 0, "same_heir_claims_review harus paling sedikit 1");
    for code in policy.required_documents.iter().filter(|code| DocumentKind::parse(code).is_none()) {
        nonsense(true, &format!("dokumen \"{code}\" (required_documents) tidak dikenal"));
    }
    if policy.deaths_until.is_some_and(|until| until < policy.deaths_from) {
        faults.push(PolicyFault::EndsBeforeItBegins(policy.version.clone()));
    }
}

/// No two versions may bear one name or cover one day.
fn check_together(versions: &[Policy], faults: &mut Vec<PolicyFault>) {
    for (index, later) in versions.iter().enumerate() {
        for earlier in versions.iter().take(index) {
            if earlier.version == later.version {
                faults.push(PolicyFault::VersionTwice(later.version.clone()));
            }
            if earlier.covers(later.deaths_from) || later.covers(earlier.deaths_from) {
                faults.push(PolicyFault::Overlap(earlier.version.clone(), later.version.clone()));
            }
        }
    }
}
