//! AHLI_WARIS_LEBIH_DEKAT (note): somebody nearer lives on the family card of the deceased.
//!
//! Order of the policy's `heirs.relations`; husband, wife and children stand on one step, minors, the dead and those who
//! moved away are passed over. Families often send whoever has time, so this only asks for the family's consent, and a
//! power of attorney or a letter of the heirs is that consent: then nothing is said.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::super::person::registered_heir;
use super::kinship::relation_to;
use crate::domain::claim::DocumentKind;
use crate::domain::identity::Relation;
use crate::domain::register::{Resident, ResidentStatus};

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (Some(heir), Some(dead)) = (case.content.heirs.first(), case.facts.person.row()) else { return Vec::new() };
    let is_heir = |row: &Resident| registered_heir(heir, std::slice::from_ref(row)).next().is_some();
    // A clerk may have written another relation than the card shows; the nearer of the two counts for the heir.
    let by_card = case.facts.around.family.iter().filter(|row| is_heir(row)).filter_map(|row| relation_to(dead, row));
    let own = by_card.chain([heir.relation]).filter_map(|relation| rank(case, relation)).min();
    let Some(own) = own.filter(|_own| !has_consent(case)) else { return Vec::new() };
    let able = case.facts.around.family.iter().filter(|row| is_able(case, row) && !is_heir(row));
    let ranked = able.filter_map(|row| relation_to(dead, row).and_then(|relation| Some((rank(case, relation)?, relation, row))));
    let finding = ranked.filter(|(rank, _, _)| *rank < own).min_by_key(|(rank, _, _)| *rank).map(|(_, relation, row)| Finding {
        claimed: format!("{} ({})", heir.name, heir.relation.label()),
        registered: format!("{} ({})", row.name, relation.label()),
        ..case.finding(
            FindingCode::AhliWarisLebihDekat,
            "Pada KK ada keluarga yang lebih dekat daripada ahli waris; cukup dipastikan bahwa keluarga sepakat.",
        )
    });
    finding.into_iter().collect()
}

/// A paper in which the family says who receives.
fn has_consent(case: &Case<'_>) -> bool {
    [DocumentKind::SuratKuasa, DocumentKind::SuratAhliWaris].iter().any(|paper| case.content.documents.contains(paper))
}

/// The step of a relation in the policy's order; none if the policy does not take it.
pub(super) fn rank(case: &Case<'_>, relation: Relation) -> Option<usize> {
    case.policy.heirs.relations.iter().position(|allowed| same_rank(*allowed, relation))
}

/// Husband, wife and children stand on one step: any of them speaks for the household.
fn same_rank(one: Relation, other: Relation) -> bool {
    let nearest = |relation| matches!(relation, Relation::Suami | Relation::Istri | Relation::Anak);
    one == other || (nearest(one) && nearest(other))
}

/// Alive and of age.
pub(super) fn is_able(case: &Case<'_>, row: &Resident) -> bool {
    let years = row.born_on.and_then(|born| case.filed_on.years_since(born)).unwrap_or(0);
    row.status == ResidentStatus::Alive && years >= case.limits().heir_adult_years
}
