//! TIDAK_MISKIN (block): not shown to be poor.
//!
//! No route of the policy is met: the register does not list who has to be
//! listed, and the papers of no other route are complete. The sentence names the
//! paper that is missing for the shortest route. Of the deceased the release in
//! force on the day of death is asked, not the newest. Nothing is said while it is open
//! who in the register the deceased is: that has its own finding.

use super::code::FindingCode;
use super::facts::{Case, CrosscheckFacts};
use super::finding::Finding;
use super::person::registered_heir;
use crate::domain::claim::ClaimContent;
use crate::domain::policy::{NearRoute, PovertyFacts, Standing};
use crate::domain::register;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(witness) = case.facts.poverty.as_ref() else { return Vec::new() };
    let facts = poverty_facts(case.content, case.facts);
    let assessment = case.policy.poverty.assess(&facts);
    if assessment.met.is_some() {
        return Vec::new();
    }
    vec![Finding {
        claimed: if facts.papers.is_empty() { "tanpa surat".to_owned() } else { "surat belum lengkap".to_owned() },
        registered: witness.resident.decile.map_or_else(|| "desil belum ada".to_owned(), |decile| format!("desil {decile}"))
            + standing(witness.standing),
        dataset: witness.dataset.name.clone(),
        dataset_on: witness.dataset.released_on,
        ..case.finding(FindingCode::TidakMiskin, &sentence(assessment.near.first()))
    }]
}

/// What poverty is judged by: the register's rows and the papers at hand.
pub fn poverty_facts(content: &ClaimContent, facts: &CrosscheckFacts) -> PovertyFacts {
    let heir = content.payee().into_iter().flat_map(|heir| registered_heir(heir, &facts.heir_rows));
    PovertyFacts {
        deceased: facts.poverty.as_ref().map(|witness| &witness.resident).or_else(|| facts.person.row()).map(Standing::of),
        household: facts.around.family.iter().map(Standing::of).collect(),
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

/// What the clerk has to know of a release that was not in force on the day of death.
fn standing(standing: register::Standing) -> &'static str {
    match standing {
        register::Standing::InForce => "",
        register::Standing::Vanished => " (terakhir tercatat sebelum meninggal)",
        register::Standing::NotYet => " (rilis sesudah meninggal; belum ada yang lebih dulu)",
    }
}
