//! PEKERJAAN_DIKECUALIKAN (block): civil servants, PPPK, TNI and Polri are covered elsewhere.
//!
//! The policy lists the occupations as the register writes them. A pensioner is
//! not a civil servant any more.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let excluded: Vec<String> = case.policy.excluded_occupations.iter().map(|o| plain(o)).collect();
    let row = case.facts.person.rows.iter().find(|row| excluded.contains(&plain(&row.occupation)));
    let finding = row.map(|row| Finding {
        claimed: case.content.deceased.name.as_str().to_owned(),
        registered: row.occupation.clone(),
        ..case.finding(
            FindingCode::PekerjaanDikecualikan,
            "Pekerjaan almarhum tidak termasuk penerima santunan ini; mohon keluarga diarahkan ke hak dari instansinya.",
        )
    });
    finding.into_iter().collect()
}

/// The words of an occupation without the abbreviation in brackets.
fn plain(occupation: &str) -> String {
    let words = occupation.split('(').next().unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase()
}
