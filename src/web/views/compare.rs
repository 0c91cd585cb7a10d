//! The claim beside the register, field by field.

use chrono::NaiveDate;

use crate::domain::calendar::short_date;
use crate::domain::claim::ClaimContent;
use crate::domain::identity::Sex;
use crate::domain::register::{Resident, ResidentStatus};
use crate::web::marking::{side_by_side, unmarked};
use crate::web::pages::CompareRow;
use crate::web::site::village_name;

/// Rows that differ, and rows that are the same. A field the claim leaves empty differs only if the register knows it.
pub(super) fn compare(content: &ClaimContent, row: &Resident) -> (Vec<CompareRow>, Vec<CompareRow>) {
    let person = &content.deceased;
    let date = |d: Option<NaiveDate>| d.map(short_date).unwrap_or_default();
    let nik = person.nik.number.as_ref().map_or(person.nik.written.clone(), |n| n.expose().to_owned());
    let pairs = [
        ("NIK", nik, row.nik.as_ref().map(|n| n.expose().to_owned()).unwrap_or_default()),
        ("Nama", person.name.to_string(), row.name.clone()),
        ("Tanggal lahir", date(person.born_on), date(row.born_on)),
        ("Jenis kelamin", label(person.sex.map(Sex::label)), label(row.sex.map(Sex::label))),
        (
            "Nomor KK",
            person.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
            row.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
        ),
        ("Nama ibu", person.mother.clone(), row.mother.clone()),
        ("Desa", village_name(&person.village), row.village.as_ref().map(village_name).unwrap_or_default()),
        ("Tanggal meninggal", short_date(content.death.died_on), date(row.died_on)),
    ];
    // The register rarely knows of a death before we do: that alone is no difference.
    let told = pairs.into_iter().filter(|(_, claimed, registered)| !registered.is_empty() || is_same(claimed, registered));
    told.map(|(label, claimed, registered)| compare_row(label, &claimed, &registered)).partition(|row| row.differs)
}

/// A field of both sides, with the letters marked that differ. An empty side is a dash.
pub(super) fn compare_row(label: &'static str, claimed: &str, other: &str) -> CompareRow {
    let differs = !is_same(claimed, other);
    let dashed = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let known = differs && !claimed.is_empty() && !other.is_empty();
    let (left, right) = if known { side_by_side(claimed, other) } else { (unmarked(&dashed(claimed)), unmarked(&dashed(other))) };
    CompareRow { label, claimed: left, registered: right, differs }
}

/// What only the register knows, for the judgement on poverty and status.
pub(super) fn register_only(row: &Resident) -> Vec<(&'static str, String)> {
    let yes = |on: bool, name: &str| if on { Some(name.to_owned()) } else { None };
    let aid: Vec<String> = [yes(row.pkh, "PKH"), yes(row.sembako, "Sembako"), yes(row.pbi, "PBI-JK")].into_iter().flatten().collect();
    let status = match row.status {
        ResidentStatus::Alive => "Hidup",
        ResidentStatus::Dead => "Meninggal",
        ResidentStatus::Moved => "Pindah",
    };
    vec![
        ("Desil", row.decile.map_or_else(|| "belum diperingkat".to_owned(), |d| d.to_string())),
        ("Bantuan", if aid.is_empty() { "tidak tercatat".to_owned() } else { aid.join(", ") }),
        ("Pekerjaan", row.occupation.clone()),
        ("Status", status.to_owned()),
        ("Kedudukan dalam KK", row.family_role.clone()),
    ]
}

fn is_same(claimed: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    plain(claimed) == plain(other)
}

fn label(text: Option<&'static str>) -> String {
    text.unwrap_or_default().to_owned()
}
