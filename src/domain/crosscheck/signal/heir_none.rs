//! AHLI_WARIS_TIDAK_ADA (note, or look): nobody inherits, and what has to be done about it.
//!
//! Some places then pay whoever buried the dead (RT, RW, burial association) against a stamped statement of use; the
//! policy names them (`heirs.no_heir`), empty = nobody. Before that, the family card must not hold a living adult.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::{Finding, Severity};
use super::heir_nearer::{is_able, rank};
use super::kinship::relation_to;
use crate::domain::claim::NoHeir;
use crate::domain::identity::Relation;
use crate::domain::policy::When;
use crate::domain::register::Resident;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    if !case.content.heirs.is_empty() {
        return Vec::new();
    }
    let finding = match &case.content.stand_ins.no_heir {
        None => Some(nobody(case)),
        Some(no_heir) => family(case, no_heir).or_else(|| unruled(case, no_heir)).or_else(|| without_statement(case, no_heir)),
    };
    finding.into_iter().collect()
}

fn nobody(case: &Case<'_>) -> Finding {
    Finding {
        claimed: "tidak ada ahli waris".to_owned(),
        ..case.finding_of_claim(
            FindingCode::AhliWarisTidakAda,
            "Belum ada ahli waris; bila almarhum tidak berkeluarga, mohon ditulis siapa yang mengurus pemakaman.",
        )
    }
}

/// Somebody of the family lives on the card.
fn family(case: &Case<'_>, no_heir: &NoHeir) -> Option<Finding> {
    let dead = case.facts.person.row()?;
    let taken = |row: &&Resident| relation_to(dead, row).and_then(|relation: Relation| rank(case, relation)).is_some();
    let row = case.facts.around.family.iter().filter(|row| is_able(case, row)).find(taken)?;
    Some(Finding {
        severity: Severity::Review,
        registered: format!("{} hidup pada KK almarhum", row.name),
        ..told(
            case,
            no_heir,
            "Pada KK almarhum masih ada keluarga; mohon ditanyakan dahulu kepada keluarga itu sebelum diberikan kepada orang lain.",
        )
    })
}

fn unruled(case: &Case<'_>, no_heir: &NoHeir) -> Option<Finding> {
    case.policy.heirs.no_heir.is_empty().then(|| Finding {
        severity: Severity::Review,
        registered: "tidak diatur dalam peraturan".to_owned(),
        ..told(
            case,
            no_heir,
            "Peraturan daerah ini belum mengatur penerima selain ahli waris; mohon dicari ahli warisnya, atau dimintakan petunjuk tertulis.",
        )
    })
}

fn without_statement(case: &Case<'_>, no_heir: &NoHeir) -> Option<Finding> {
    case.policy.lacks_paper(case.content, When::NoHeir).then(|| {
        told(case, no_heir, "Tidak ada ahli waris; mohon dilengkapi surat pernyataan bermeterai tentang penggunaan santunan dari penerima.")
    })
}

fn told(case: &Case<'_>, no_heir: &NoHeir, sentence: &str) -> Finding {
    Finding {
        claimed: format!("{}, {}", no_heir.recipient.name, no_heir.capacity),
        registered: case.policy.heirs.no_heir.join("; "),
        ..case.finding(FindingCode::AhliWarisTidakAda, sentence)
    }
}
