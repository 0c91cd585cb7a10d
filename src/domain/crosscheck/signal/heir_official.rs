//! AHLI_WARIS_PETUGAS (look): the heir, or the family card of heir or deceased, is that of somebody with an account here.
//!
//! Clerk, village head, verifier and treasurer may have a death in the family too; then somebody else handles the
//! claim. The comparison is by number, never by name.

use super::super::around::Official;
use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::super::person::registered_heir;
use crate::domain::identity::FamilyCard;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let cards = family_cards(case);
    let near = case.facts.around.officials.iter().find_map(|official| nearness(case, official, &cards).map(|how| (official, how)));
    let heir = case.content.payee().map(|heir| heir.name.as_str().to_owned()).unwrap_or_default();
    let finding = near.map(|(official, how)| Finding {
        claimed: heir,
        registered: format!("{} ({}): {how}", official.name, official.role),
        dataset: "akun petugas".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::AhliWarisPetugas,
            "Ahli waris atau almarhum sekeluarga dengan petugas; mohon permohonan ini ditangani petugas lain.",
        )
    });
    finding.into_iter().collect()
}

fn nearness(case: &Case<'_>, official: &Official, cards: &[&FamilyCard]) -> Option<&'static str> {
    let heir = case.content.payee().and_then(|heir| heir.nik.number.as_ref());
    if heir.is_some() && heir == official.nik.as_ref() {
        return Some("orang yang sama");
    }
    official.family_card.as_ref().filter(|card| cards.contains(card)).map(|_card| "KK yang sama")
}

fn family_cards<'a>(case: &Case<'a>) -> Vec<&'a FamilyCard> {
    let heir = case.content.payee();
    let claimed = case.content.deceased.family_card.iter().chain(heir.and_then(|heir| heir.family_card.as_ref()));
    let rows = case.facts.person.rows.iter().chain(heir.into_iter().flat_map(|heir| registered_heir(heir, &case.facts.heir_rows)));
    claimed.chain(rows.filter_map(|row| row.family_card.as_ref())).collect()
}
