//! NIK_AHLI_WARIS_JANGGAL (note): the heir's NIK is missing or another's.
//!
//! A NIK that the register has under another name only, or that cannot be read, is a slip or a borrowed card.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::claim::Heir;
use crate::domain::identity::{NameLikeness, Nik, compare_names};

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let odd = case.content.payee().and_then(|heir| owner(case, heir).map(|registered| odd(case, heir, registered)));
    odd.into_iter().collect()
}

/// What the register says about the number, if it does not say that it is this heir's.
fn owner(case: &Case<'_>, heir: &Heir) -> Option<String> {
    let rows = &case.facts.heir_rows;
    if heir.nik.number.is_none() {
        return Some(if heir.nik.written.is_empty() { "kosong".to_owned() } else { "tidak terbaca".to_owned() });
    }
    let own = rows.iter().any(|row| compare_names(heir.name.as_str(), &row.name) != NameLikeness::Different);
    rows.first().filter(|_row| !own).map(|row| row.name.clone())
}

fn odd(case: &Case<'_>, heir: &Heir, registered: String) -> Finding {
    let number = heir.nik.number.as_ref().map(Nik::masked).unwrap_or_default();
    Finding {
        claimed: format!("{} {number}", heir.name).trim().to_owned(),
        registered,
        ..case.finding(
            FindingCode::NikAhliWarisJanggal,
            "NIK ahli waris belum ada atau tercatat atas nama lain; mohon dicocokkan dengan KTP ahli waris.",
        )
    }
}
