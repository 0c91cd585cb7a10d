//! The name of the deceased against the register.
//!
//! NAMA_VARIAN (note): one name in another spelling or a short form. NAMA_BEDA
//! (look): the claimed NIK stands in the register only under another name.
//! Thresholds: `identity::compare_names`.

use super::facts::Case;
use super::finding::{Finding, FindingCode, Severity};
use super::person::name_of_nik;
use crate::domain::identity::NameLikeness;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let person = &case.facts.person;
    let deceased = &case.content.deceased;
    let mut findings = Vec::new();
    if let Some(owner) = person.nik_rows.first().filter(|_owner| person.nik_is_of_another()) {
        findings.push(Finding {
            claimed: deceased.name.as_str().to_owned(),
            registered: owner.name.clone(),
            ..case.finding(
                FindingCode::NamaBeda,
                Severity::Review,
                "NIK almarhum dalam data milik orang dengan nama lain; mohon periksa KTP dan KK, lalu perbaiki NIK atau namanya.",
            )
        });
    }
    let as_registered = person.rows.iter().any(|row| name_of_nik(deceased, row) == NameLikeness::Same);
    if let Some(row) = person.row().filter(|_row| !as_registered) {
        findings.push(Finding {
            claimed: deceased.name.as_str().to_owned(),
            registered: row.name.clone(),
            ..case.finding(
                FindingCode::NamaVarian,
                Severity::Note,
                "Ejaan nama almarhum sedikit berbeda dari data; cukup dicocokkan dengan KTP.",
            )
        });
    }
    findings
}
