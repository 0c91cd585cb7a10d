//! A version of the rules in rows of words, and where two of them differ.

use super::{PaperCase, Policy};
use crate::domain::calendar::long_date;

/// One row in which two versions differ.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// What the row is about.
    pub about: &'static str,
    /// The first version.
    pub first: String,
    /// The second.
    pub second: String,
}

impl Difference {
    /// Every row in which two versions differ, in the order of [`rows`].
    pub fn between(first: &Policy, second: &Policy) -> Vec<Self> {
        let pairs = rows(first).into_iter().zip(rows(second));
        let differing = pairs.filter(|((_, one), (_, other))| one != other);
        differing.map(|((about, first), (_, second))| Self { about, first, second }).collect()
    }
}

/// The rules in rows an officer can read aloud; the same rows in the same order for every version.
pub fn rows(policy: &Policy) -> Vec<(&'static str, String)> {
    let until = policy.deaths_until.map(|day| format!(" sampai {}", long_date(day))).unwrap_or_default();
    let routes = policy
        .poverty
        .routes
        .iter()
        .map(|route| format!("({}) {}, diputuskan {}", route.name, policy.poverty.route_words(route), route.decided_by.label()));
    let suspended = policy.suspended.iter().map(|period| {
        let end = period.until.map_or_else(|| "seterusnya".to_owned(), long_date);
        format!("{} sampai {end}: {}", long_date(period.from), period.notice)
    });
    vec![
        ("kematian", format!("mulai {}{until}", long_date(policy.deaths_from))),
        ("dasar hukum", policy.legal_basis.clone()),
        ("besar santunan", policy.amount.words()),
        ("batas waktu", policy.deadline.words()),
        ("cuti bersama", if policy.deadline.joint_leave_counts { "dihitung hari kerja" } else { "bukan hari kerja" }.to_owned()),
        ("keringanan", policy.deadline.waived_by.map_or("tidak ada", |role| role.label()).to_owned()),
        ("masa henti", list(suspended)),
        ("tempat tinggal", residence(policy)),
        ("miskin", list(routes)),
        ("pekerjaan", list(policy.excluded_occupations.iter().map(|o| format!("{o} tidak termasuk")))),
        ("sebab", list(policy.excluded_causes.iter().map(|cause| format!("{} tidak termasuk", cause.label())))),
        ("ahli waris", list(policy.heirs.relations.iter().map(|relation| relation.label().to_owned()))),
        ("KK ahli waris", same_card(policy).to_owned()),
        ("tanpa ahli waris", list(policy.heirs.no_heir.iter().cloned())),
        ("berkas", list(policy.checklist(&PaperCase::unknown()).iter().map(super::PaperLine::words))),
        ("anggapan", list(policy.assumptions.iter().cloned())),
    ]
}

fn residence(policy: &Policy) -> String {
    match policy.residence_months {
        Some(months) => format!("wilayah {}, sedikitnya {months} bulan", policy.residence),
        None => format!("wilayah {}", policy.residence),
    }
}

fn same_card(policy: &Policy) -> &'static str {
    match (policy.heirs.same_card, policy.heirs.letter_if_other_card) {
        (true, _) => "harus satu KK dengan almarhum/almarhumah",
        (false, true) => "boleh KK lain dengan surat pernyataan ahli waris",
        (false, false) => "boleh KK lain",
    }
}

fn list(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { "tidak ada".to_owned() } else { lines.join("; ") }
}
