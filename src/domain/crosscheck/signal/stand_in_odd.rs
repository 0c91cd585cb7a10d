//! WAKIL_JANGGAL (note): proxy or guardian cannot act as written.
//!
//! Registered as dead, the number under another name only, the deceased themselves, or not of age (`heir_adult_years`).

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use super::heir_adult::years_of;
use crate::domain::claim::StandIn;
use crate::domain::identity::{NameLikeness, compare_names};
use crate::domain::register::{Resident, ResidentStatus};

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let odd = case.content.stand_ins.people().find_map(|person| why(case, person).map(|why| (person, why)));
    let finding = odd.map(|(person, why)| Finding {
        claimed: person.name.to_string(),
        registered: why,
        ..case
            .finding(FindingCode::WakilJanggal, "Data penerima kuasa atau wali tidak cocok; mohon dicocokkan dengan KTP orang yang datang.")
    });
    finding.into_iter().collect()
}

fn why(case: &Case<'_>, person: &StandIn) -> Option<String> {
    let number = person.nik.number.as_ref();
    if number.is_some() && number == case.content.deceased.nik.number.as_ref() {
        return Some("NIK almarhum".to_owned());
    }
    let rows: Vec<&Resident> = case.facts.around.stand_ins.iter().filter(|row| number.is_some() && row.nik.as_ref() == number).collect();
    let own = rows.iter().find(|row| compare_names(person.name.as_str(), &row.name) != NameLikeness::Different);
    if let (Some(other), None) = (rows.first(), own) {
        return Some(format!("NIK tercatat atas nama {}", other.name));
    }
    if own.is_some_and(|row| row.status == ResidentStatus::Dead) {
        return Some("tercatat meninggal".to_owned());
    }
    let years = years_of(own.and_then(|row| row.born_on), &person.nik, case.filed_on)?;
    (years < case.limits().heir_adult_years).then(|| format!("baru {years} tahun"))
}
