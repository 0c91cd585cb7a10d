//! One thing the cross-check found, and what all of them together say.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::code::FindingCode;

impl Severity {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Review => "review",
            Self::Block => "block",
        }
    }

    /// Reads a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Note, Self::Review, Self::Block].into_iter().find(|s| s.code() == text)
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; the claim may still be clean.
    Note,
    /// A person has to look before going on.
    Review,
    /// A rule is plainly broken; a person still signs it.
    Block,
}

/// One finding with what was compared with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How much it weighs.
    pub severity: Severity,
    /// What the claim says; NIK and account masked.
    pub claimed: String,
    /// What the register or another claim says; NIK and account masked.
    pub registered: String,
    /// Where that comes from, for example `DTSEN 2026-2` or `permohonan`.
    pub dataset: String,
    /// The date of that dataset.
    pub dataset_on: Option<NaiveDate>,
    /// One plain Indonesian sentence: what is wrong and what to do.
    pub sentence: String,
}

/// What the findings together say. A person decides; this only sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing stands in the way.
    Eligible,
    /// A person has to look.
    NeedsReview,
    /// A rule is plainly broken.
    Ineligible,
}

impl Verdict {
    /// The verdict of a list of findings: the heaviest decides.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|f| f.severity).max() {
            None | Some(Severity::Note) => Self::Eligible,
            Some(Severity::Review) => Self::NeedsReview,
            Some(Severity::Block) => Self::Ineligible,
        }
    }

    /// The verdict programs outside this house get: only the codes they know count.
    pub fn of_public(findings: &[Finding]) -> Self {
        let public: Vec<Finding> = findings.iter().filter(|finding| finding.code.is_public()).cloned().collect();
        Self::of(&public)
    }

    /// The word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NeedsReview => "needs_review",
            Self::Ineligible => "ineligible",
        }
    }

    /// Reads a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Eligible, Self::NeedsReview, Self::Ineligible].into_iter().find(|v| v.code() == text)
    }
}
