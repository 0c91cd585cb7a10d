//! TIDAK_MISKIN (block): not shown to be poor.
//!
//! No route of the policy is met: the register does not list who has to be
//! listed, and the papers of no other route are complete. The sentence names the
//! paper that is missing for the shortest route. Nothing is said while it is open
//! who in the register the deceased is: that has its own finding.

use super::facts::{Case, CrosscheckFacts};
use super::finding::{Finding, FindingCode, Severity};
use super::person::registered_heir;
use crate::domain::claim::ClaimContent;
use crate::domain::policy::{NearRoute, PovertyFacts, Standing};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(row) = case.facts.person.row() else { return Vec::new() };
    let facts = poverty_facts(case.content, case.facts);
    let assessment = case.policy.poverty.assess(&facts);
    if assessment.met.is_some() {
        return Vec::new();
    }
    vec![Finding {
        claimed: if facts.papers.is_empty() { "tanpa surat".to_owned() } else { "surat belum lengkap".to_owned() },
        registered: row.decile.map_or_else(|| "desil belum ada".to_owned(), |decile| format!("desil {decile}")),
        ..case.finding(FindingCode::TidakMiskin, Severity::Block, &sentence(assessment.near.first()))
    }]
}

/// What poverty is judged by: the register's rows and the papers at hand.
pub fn poverty_facts(content: &ClaimContent, facts: &CrosscheckFacts) -> PovertyFacts {
    let heir = content.payee().into_iter().flat_map(|heir| registered_heir(heir, &facts.heir_rows));
    PovertyFacts {
        deceased: facts.person.row().map(Standing::of),
        household: facts.household.iter().map(Standing::of).collect(),
        heir: heir.map(Standing::of).collect(),
        papers: content.documents.clone(),
    }
}

fn sentence(nearest: Option<&NearRoute<'_>>) -> String {
    let missing = nearest.map(|near| near.missing.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" dan "));
    match missing {
        Some(papers) => format!(
            "Data belum menunjukkan keluarga tidak mampu; bila keluarga memang tidak mampu, lengkapi {}{}.",
            papers.get(..1).map(str::to_lowercase).unwrap_or_default(),
            papers.get(1..).unwrap_or_default()
        ),
        None => "Data belum menunjukkan keluarga tidak mampu; mohon diperiksa kembali data keluarganya.".to_owned(),
    }
}
