//! PEKERJAAN_DIKECUALIKAN (block): civil servants, PPPK, TNI and Polri are covered elsewhere.
//!
//! The policy lists the occupations as identity cards write them; registers shorten them ([`SAME`]). A pensioner is not a civil
//! servant any more, and the wife of a soldier never was one.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let excluded: Vec<String> = case.policy.excluded_occupations.iter().flat_map(|o| meanings(o)).collect();
    let row = case.facts.person.rows.iter().find(|row| meanings(&row.occupation).iter().any(|o| excluded.contains(o)));
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

/// Short and other words for the occupations that identity cards know (Permendagri 109/2019, list of occupations).
const SAME: [(&str, &str); 13] = [
    ("PNS", "PEGAWAI NEGERI SIPIL"),
    ("ASN", "PEGAWAI NEGERI SIPIL"),
    ("PEGAWAI NEGERI", "PEGAWAI NEGERI SIPIL"),
    ("APARATUR SIPIL NEGARA", "PEGAWAI NEGERI SIPIL"),
    ("PPPK", "PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA"),
    ("P3K", "PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA"),
    ("TNI", "TENTARA NASIONAL INDONESIA"),
    ("TENTARA", "TENTARA NASIONAL INDONESIA"),
    ("POLRI", "KEPOLISIAN RI"),
    ("POLISI", "KEPOLISIAN RI"),
    ("POLISI RI", "KEPOLISIAN RI"),
    ("KEPOLISIAN NEGARA RI", "KEPOLISIAN RI"),
    ("KEPOLISIAN REPUBLIK INDONESIA", "KEPOLISIAN RI"),
];
/// Branches of the army behind its name.
const BRANCHES: [&str; 3] = [" AD", " AL", " AU"];

/// What an occupation says, in the words of identity cards, without the abbreviation in brackets; several where short words
/// stand for either (TNI/POLRI).
fn meanings(occupation: &str) -> Vec<String> {
    let words = occupation.split('(').next().unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let either: Option<Vec<String>> = words.split('/').map(|part| known(part.trim())).collect();
    either.unwrap_or_else(|| vec![words])
}

fn known(short: &str) -> Option<String> {
    let bare = short.strip_prefix("ANGGOTA ").unwrap_or(short).replace('-', " ");
    let bare = BRANCHES.iter().find_map(|branch| bare.strip_suffix(branch)).unwrap_or(&bare);
    SAME.iter().find(|(other, _)| *other == bare).map(|(_, full)| (*full).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_mean_what_the_card_says_and_the_family_of_a_soldier_is_no_soldier() {
        let civil = "PEGAWAI NEGERI SIPIL";
        for (written, expected) in [
            ("PEGAWAI NEGERI SIPIL (PNS)", vec![civil]),
            ("pns", vec![civil]),
            ("ASN", vec![civil]),
            ("P3K", vec!["PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA"]),
            ("TNI-AD", vec!["TENTARA NASIONAL INDONESIA"]),
            ("ANGGOTA TNI AL", vec!["TENTARA NASIONAL INDONESIA"]),
            ("Anggota Polri", vec!["KEPOLISIAN RI"]),
            ("TNI/POLRI", vec!["TENTARA NASIONAL INDONESIA", "KEPOLISIAN RI"]),
            ("PENSIUNAN PNS", vec!["PENSIUNAN PNS"]),
            ("ISTRI TNI", vec!["ISTRI TNI"]),
            ("BURUH TANI/PERKEBUNAN", vec!["BURUH TANI/PERKEBUNAN"]),
        ] {
            assert_eq!(meanings(written), expected, "{written}");
        }
    }
}
