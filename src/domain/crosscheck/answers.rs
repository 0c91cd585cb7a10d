//! What officers have decided about who is who, and how the cross-check goes by it.
//!
//! An answer belongs to the person as claimed ([`subject_key`]): it holds for every claim for the same NIK, name and
//! birth date, and lapses when the claim is repaired to say somebody else. "Orang lain" takes a register row out of
//! the search, or an earlier claim out of the comparison; "orang yang sama" makes it certain.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::code::FindingCode;
use super::facts::{Case, EarlierClaim};
use super::finding::{Finding, Severity};
use super::person::FoundBy;
use crate::domain::calendar::short_date;
use crate::domain::claim::Deceased;
use crate::domain::identity::{Nik, name_key};
use crate::domain::linkage::Candidate;
use crate::domain::register::Resident;

/// Whether two records are one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// Orang yang sama.
    Same,
    /// Orang lain.
    Other,
}

/// What lies beside the deceased of a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "reference", rename_all = "snake_case")]
pub enum Beside {
    /// The deceased of another claim, by its code.
    Claim(String),
    /// A row of the register, by its number there.
    Register(String),
}

/// An officer's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityAnswer {
    /// What was compared with the claim's deceased.
    pub beside: Beside,
    /// The answer.
    pub sameness: Sameness,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When (WIB).
    pub decided_on: NaiveDate,
}

impl Sameness {
    /// The word in the database, in forms and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Same, Self::Other].into_iter().find(|s| s.code() == code)
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Same => "orang yang sama",
            Self::Other => "orang lain",
        }
    }
}

impl Beside {
    /// Kind and reference as columns.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Claim(code) => ("claim", code),
            Self::Register(id) => ("register", id),
        }
    }

    /// Reads kind and reference.
    pub fn from_parts(kind: &str, reference: &str) -> Option<Self> {
        match kind {
            "claim" => Some(Self::Claim(reference.to_owned())),
            "register" => Some(Self::Register(reference.to_owned())),
            _ => None,
        }
    }
}

/// The person an answer is about, as claimed: NIK (or village where there is none), name and birth date.
pub fn subject_key(deceased: &Deceased) -> String {
    let number = deceased.nik.number.as_ref().map_or_else(|| deceased.village.as_str(), Nik::expose);
    let born = deceased.born_on.map(|day| day.to_string()).unwrap_or_default();
    format!("{number}|{}|{born}", name_key(deceased.name.as_str()))
}

/// What an officer has to look at side by side, answered or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pair<'a> {
    /// An earlier claim for what seems the same deceased.
    Claim(&'a EarlierClaim),
    /// A register row that may be the deceased.
    Row(&'a Resident),
}

impl Pair<'_> {
    /// What the answer is about.
    pub fn beside(&self) -> Beside {
        match self {
            Self::Claim(earlier) => Beside::Claim(earlier.claim_code.clone()),
            Self::Row(row) => Beside::Register(row.register_id.clone()),
        }
    }
}

/// Every pair worth an officer's eye: duplicates, the number's owner under another name, the row behind a slip of the pen, rivals.
///
/// A row that carries the claimed number and name alone is no question. Pairs that were answered stay, so that the answer can be seen and changed.
pub fn pairs<'a>(case: &Case<'a>) -> Vec<Pair<'a>> {
    let facts = case.facts;
    let answered = |beside: &Beside| facts.answers.iter().any(|answer| answer.beside == *beside);
    let mut found: Vec<Pair<'a>> = facts
        .earlier
        .iter()
        .filter(|earlier| super::duplicate::is_alike(case, earlier) || answered(&Pair::Claim(earlier).beside()))
        .map(Pair::Claim)
        .collect();
    let person = &facts.person;
    let by_slip = person.rows.iter().filter(|_row| person.found_by == Some(FoundBy::Evidence));
    let owners = person.nik_rows.iter().filter(|_row| person.nik_is_of_another() || person.nik_rows.len() > 1);
    let settled = person.rows.iter().chain(&person.nik_rows).filter(|row| answered(&Beside::Register(row.register_id.clone())));
    for row in by_slip.chain(owners).chain(settled).chain(&facts.rivals) {
        if !found.iter().any(|pair| matches!(pair, Pair::Row(other) if other.register_id == row.register_id)) {
            found.push(Pair::Row(row));
        }
    }
    found
}

/// The answer about an earlier claim, if there is one.
pub(super) fn about_claim<'a>(case: &Case<'a>, earlier: &EarlierClaim) -> Option<&'a IdentityAnswer> {
    case.facts.answers.iter().find(|answer| matches!(&answer.beside, Beside::Claim(code) if *code == earlier.claim_code))
}

/// Puts the findings that an answer settles in its light: who decided, and what is left to do.
pub(super) fn apply(case: &Case<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    for answer in &case.facts.answers {
        match &answer.beside {
            Beside::Register(id) => settle_register(case, answer, id, &mut findings),
            Beside::Claim(_) => settle_claim(case, answer, &mut findings),
        }
    }
    findings
}

/// Another claim was for another person: nothing is left of the suspicion but a note.
fn settle_claim(case: &Case<'_>, answer: &IdentityAnswer, findings: &mut Vec<Finding>) {
    let suspected = findings.iter().any(|finding| finding.code == FindingCode::KlaimGandaMirip);
    let earlier = case.facts.earlier.iter().find(|e| answer.beside == Beside::Claim(e.claim_code.clone()));
    if let (Sameness::Other, false, Some(earlier)) = (answer.sameness, suspected, earlier) {
        findings.push(Finding {
            claimed: case.content.deceased.name.as_str().to_owned(),
            registered: format!("{} ({})", earlier.claim_code, earlier.deceased_name),
            dataset: "permohonan".to_owned(),
            dataset_on: Some(earlier.filed_on),
            severity: Severity::Note,
            ..case.finding(FindingCode::KlaimGandaMirip, &decided(answer, "Permohonan terdahulu itu untuk orang lain"))
        });
    }
}

fn settle_register(case: &Case<'_>, answer: &IdentityAnswer, id: &str, findings: &mut [Finding]) {
    let owner = case.facts.person.nik_rows.iter().any(|row| row.register_id == id);
    let taken = case.facts.person.rows.iter().any(|row| row.register_id == id);
    for finding in findings {
        let (severity, sentence) = match (finding.code, answer.sameness) {
            (FindingCode::NamaBeda | FindingCode::NamaVarian, Sameness::Same) if taken => {
                (Severity::Note, "Nama di permohonan dan di data milik orang yang sama")
            }
            (FindingCode::NamaBeda, Sameness::Other) if owner => {
                (Severity::Review, "NIK di permohonan milik orang lain; mohon NIK almarhum diperbaiki")
            }
            (FindingCode::NikSalahKetik, Sameness::Same) if taken => {
                (Severity::Review, "Orangnya sudah pasti, NIK-nya yang salah tulis; mohon NIK almarhum diperbaiki")
            }
            (FindingCode::NikGandaRegistri, Sameness::Other) if owner => {
                (Severity::Note, "Baris lain dengan NIK ini milik orang lain; laporkan kepada pengelola data")
            }
            _ => continue,
        };
        finding.severity = severity;
        finding.sentence = decided(answer, sentence);
    }
}

/// A sentence with who decided it, when and why.
fn decided(answer: &IdentityAnswer, sentence: &str) -> String {
    format!("{sentence} (diputuskan {}, {}: {}).", answer.by, short_date(answer.decided_on), answer.reason.trim_end_matches('.'))
}

/// Whether an officer said so of a register row.
pub(super) fn says(answers: &[IdentityAnswer], row: &Candidate, wanted: Sameness) -> bool {
    answers.iter().any(|answer| answer.sameness == wanted && matches!(&answer.beside, Beside::Register(id) if *id == row.register_id))
}
