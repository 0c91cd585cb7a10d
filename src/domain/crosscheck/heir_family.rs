//! AHLI_WARIS_BUKAN_KELUARGA (look): another family card and no heir letter.
//!
//! Compares what the *register* has for both. The card numbers written on the
//! claim are not compared: a new card is issued when the head of the family dies.
//! Says nothing if either is not in the register. Policy: `letter_if_other_card`.

use super::code::FindingCode;
use super::facts::{Case, outside_family};
use super::finding::Finding;
use crate::domain::claim::DocumentKind;
use crate::domain::identity::FamilyCard;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rule = &case.policy.heirs;
    // Where the heir has to be on the same card, no letter helps.
    let letter = !rule.same_card && case.content.documents.contains(&DocumentKind::SuratAhliWaris);
    let no_heir = case.content.heirs.is_empty();
    let asked = !no_heir && (rule.letter_if_other_card || rule.same_card) && !letter;
    let Some(row) = case.facts.person.row().filter(|_row| asked && outside_family(case.content, case.facts)) else { return Vec::new() };
    let heir = case.content.payee().map(|h| h.name.as_str().to_owned()).unwrap_or_default();
    vec![Finding {
        claimed: heir,
        registered: format!("KK almarhum {}", row.family_card.as_ref().map(FamilyCard::masked).unwrap_or_default()),
        ..case.finding(
            FindingCode::AhliWarisBukanKeluarga,
            "Ahli waris berada pada KK lain dan surat pernyataan ahli waris belum dilampirkan; mohon suratnya dilengkapi.",
        )
    }]
}
