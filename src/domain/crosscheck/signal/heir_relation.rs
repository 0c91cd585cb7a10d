//! HUBUNGAN_TIDAK_DITERIMA (look): the policy does not take this relation. HUBUNGAN_TIDAK_COCOK (note): it cannot be.
//!
//! A husband is a man, a wife a woman; parents are at least `parent_age_gap_years` older than their children, twice that
//! for grandparents; and who stands on the family card of the deceased is what the card says.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::super::person::registered_heir;
use super::kinship::relation_to;
use crate::domain::claim::Heir;
use crate::domain::identity::{Relation, Sex};
use crate::domain::register::Resident;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    // Who receives where nobody inherits is no family, and heir_none says what there is to say.
    let Some(heir) = case.content.heirs.first() else { return Vec::new() };
    not_taken(case, heir).into_iter().chain(cannot_be(case, heir)).collect()
}

fn not_taken(case: &Case<'_>, heir: &Heir) -> Option<Finding> {
    (!case.policy.heirs.relations.contains(&heir.relation)).then(|| Finding {
        claimed: heir.relation.label().to_owned(),
        dataset: "peraturan".to_owned(),
        dataset_on: None,
        ..case.finding(
            FindingCode::HubunganTidakDiterima,
            "Hubungan ini tidak termasuk ahli waris menurut peraturan; mohon ditunjuk ahli waris lain dari keluarga.",
        )
    })
}

fn cannot_be(case: &Case<'_>, heir: &Heir) -> Option<Finding> {
    let row = registered_heir(heir, &case.facts.heir_rows).next();
    let why = wrong_sex(case, heir, row).or_else(|| wrong_age(case, heir, row)).or_else(|| another_on_card(case, heir, row))?;
    Some(Finding {
        claimed: heir.relation.label().to_owned(),
        registered: why,
        ..case.finding(
            FindingCode::HubunganTidakCocok,
            "Hubungan ahli waris tidak cocok dengan jenis kelamin, umur, atau susunan KK; mohon diperiksa pada KK.",
        )
    })
}

fn wrong_sex(case: &Case<'_>, heir: &Heir, row: Option<&Resident>) -> Option<String> {
    let wanted = match heir.relation {
        Relation::Suami => Sex::Male,
        Relation::Istri => Sex::Female,
        _ => return None,
    };
    let sex = row.map_or_else(|| heir.nik.number.as_ref().map(|nik| nik.birth_digits().sex), |row| row.sex);
    let deceased = case.facts.person.row().and_then(|row| row.sex).or(case.content.deceased.sex);
    let of_heir = sex.filter(|sex| *sex != wanted).map(|sex| format!("ahli waris {}", sex.label()));
    of_heir.or_else(|| deceased.filter(|sex| *sex == wanted).map(|sex| format!("almarhum {}", sex.label())))
}

/// How many times the parents' age gap the heir must be older (negative) or younger than the deceased.
fn generations(relation: Relation) -> Option<i32> {
    match relation {
        Relation::Anak => Some(1),
        Relation::Cucu => Some(2),
        Relation::OrangTua => Some(-1),
        Relation::KakekNenek => Some(-2),
        _ => None,
    }
}

fn wrong_age(case: &Case<'_>, heir: &Heir, row: Option<&Resident>) -> Option<String> {
    let steps = generations(heir.relation)?;
    let heir_born = row?.born_on?;
    let deceased_born = case.facts.person.row().and_then(|row| row.born_on).or(case.content.deceased.born_on)?;
    let (elder, younger) = if steps > 0 { (deceased_born, heir_born) } else { (heir_born, deceased_born) };
    let gap = younger.years_since(elder);
    let needed = case.limits().parent_age_gap_years.saturating_mul(steps.unsigned_abs());
    (gap.is_none_or(|years| years < needed))
        .then(|| gap.map_or_else(|| "urutan umur terbalik".to_owned(), |years| format!("selisih umur {years} tahun")))
}

fn another_on_card(case: &Case<'_>, heir: &Heir, row: Option<&Resident>) -> Option<String> {
    let dead = case.facts.person.row()?;
    let living = row.filter(|row| row.family_card.is_some() && row.family_card == dead.family_card)?;
    let by_card = relation_to(dead, living)?;
    (by_card != heir.relation).then(|| format!("{} menurut KK", by_card.label()))
}
