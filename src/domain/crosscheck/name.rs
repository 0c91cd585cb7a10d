//! The name of the deceased against the register.
//!
//! NAMA_VARIAN (note): one name in another spelling or a short form. NAMA_BEDA
//! (look): the claimed NIK stands in the register only under another name, and the
//! person found otherwise is not one slip away (that is NIK_SALAH_KETIK alone: a
//! slip can land on a neighbour's number).
//! Thresholds: `identity::compare_names`.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use super::person::name_of_nik;
use crate::domain::identity::{NameLikeness, one_slip_apart};
use crate::domain::linkage::PersonRecord;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let person = &case.facts.person;
    let deceased = &case.content.deceased;
    let mut findings = Vec::new();
    let one_slip = deceased.nik.number.iter().any(|nik| person.rows.iter().any(|row| row.nik.iter().any(|own| one_slip_apart(nik, own))));
    if let Some(owner) = person.nik_rows.first().filter(|_owner| person.nik_is_of_another() && !one_slip) {
        findings.push(Finding {
            claimed: deceased.name.as_str().to_owned(),
            registered: owner.name.clone(),
            ..case.finding(
                FindingCode::NamaBeda,
                "NIK almarhum dalam data milik orang dengan nama lain; mohon periksa KTP dan KK, lalu perbaiki NIK atau namanya.",
            )
        });
    }
    let as_registered = person.rows.iter().any(|row| name_of_nik(deceased, &PersonRecord::of(row)) == NameLikeness::Same);
    if let Some(row) = person.row().filter(|_row| !as_registered) {
        findings.push(Finding {
            claimed: deceased.name.as_str().to_owned(),
            registered: row.name.clone(),
            ..case.finding(FindingCode::NamaVarian, "Ejaan nama almarhum sedikit berbeda dari data; cukup dicocokkan dengan KTP.")
        });
    }
    findings
}
