use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Holidays;

const BATANG: &str = include_str!("../../../fixtures/offices/33.25/policy.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A version as TOML; `more` replaces or adds lines at the top level of the version.
fn version(name: &str, from: &str, until: Option<&str>) -> String {
    let until = until.map_or_else(String::new, |u| format!("deaths_until = \"{u}\"\n"));
    format!(
        r#"
[[version]]
version = "{name}"
deaths_from = "{from}"
{until}legal_basis = "Perbup contoh"
amount = 500000
residence = "33.25"
excluded_occupations = []
same_heir_claims_review = 3
earlier_death_days = 30
papers = [{{ any_of = ["kk"] }}]
assumptions = []
deadline = {{ count = 7, unit = "working", death_is_day_one = true }}
poverty = {{ listed = ["deceased"], routes = [{{ name = "A", proof = {{ decile = {{ max = 4 }} }}, decided_by = "verifier" }}] }}
heirs = {{ relations = ["ANAK"], letter_if_other_card = true }}
"#
    )
}

fn faults(text: &str) -> Vec<String> {
    PolicyPack::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_examples_of_batang_come_out_as_written() {
    let pack = PolicyPack::parse(BATANG).unwrap();
    let results = pack.run_examples(&Holidays::default());
    assert!(results.len() >= 10);
    for result in results {
        assert!(result.passed(), "{result:#?}");
    }
}

#[test]
fn an_example_that_expects_something_else_fails() {
    let wrong = BATANG.replacen("last_filing_day = \"2025-12-03\"\nin_time = true", "last_filing_day = \"2025-12-03\"\nin_time = false", 1);
    assert_ne!(wrong, BATANG);
    let failed: Vec<_> =
        PolicyPack::parse(&wrong).unwrap().run_examples(&Holidays::default()).into_iter().filter(|r| !r.passed()).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].name, "Hari ke-60 masih diterima");
}

#[test]
fn every_assumption_marked_in_the_file_is_shown_to_users() {
    let marked = BATANG.matches("# ANGGAPAN").count();
    let pack = PolicyPack::parse(BATANG).unwrap();
    assert_eq!(marked, pack.versions()[0].assumptions.len());
}

#[test]
fn a_death_is_judged_by_the_rules_of_its_day() {
    let text = version("lama", "2017-10-25", Some("2024-08-15")) + &version("baru", "2024-08-16", Some("2025-12-31"));
    let pack = PolicyPack::parse(&text).unwrap();
    let check = |died_on: &str, expected: Result<&str, PolicyGap>| {
        assert_eq!(pack.for_death(day(died_on)).map(|p| p.version.as_str()), expected, "{died_on}");
    };
    check("2017-10-24", Err(PolicyGap::BeforeProgramme(day("2017-10-25"))));
    check("2017-10-25", Ok("lama"));
    check("2024-08-15", Ok("lama"));
    check("2024-08-16", Ok("baru"));
    check("2025-12-31", Ok("baru"));
    check("2026-01-01", Err(PolicyGap::AfterProgramme(day("2025-12-31"))));
}

#[test]
fn a_programme_that_stood_still_covers_nobody_who_died_meanwhile() {
    let text = version("kedua", "2022-01-01", None) + &version("pertama", "2018-01-01", Some("2020-12-31"));
    let pack = PolicyPack::parse(&text).unwrap();
    assert_eq!(pack.for_death(day("2021-06-01")), Err(PolicyGap::BetweenVersions));
    assert_eq!(pack.versions()[0].version, "pertama");
    assert_eq!(pack.named("kedua").map(|p| p.deaths_from), Some(day("2022-01-01")));
}

#[test]
fn all_faults_are_told_at_once() {
    let text = version("a", "2018-01-01", None)
        .replace("amount = 500000", "amount = -5\namuont = 500000")
        .replace("legal_basis = \"Perbup contoh\"\n", "")
        .replace("\"2018-01-01\"", "\"31-02-2018\"")
        + &version("b", "2019-01-01", Some("2018-01-01")).replace("max = 4", "max = 11").replace("count = 7", "count = 0");
    let told = faults(&text);
    for part in [
        "version ke-1: \"deaths_from\" tidak terbaca",
        "version ke-1: \"legal_basis\" belum diisi",
        "version ke-1: \"amount\" tidak terbaca",
        "version ke-1: \"amuont\" tidak dikenal",
        "versi \"b\": desil tertinggi",
        "versi \"b\": batas waktu",
        "versi \"b\" berakhir sebelum dimulai",
    ] {
        assert!(told.iter().any(|t| t.contains(part)), "{part} not in {told:#?}");
    }
    assert_eq!(told.len(), 7, "{told:#?}");
}

#[test]
fn versions_neither_share_a_name_nor_a_day() {
    let twice = version("a", "2018-01-01", Some("2018-12-31")) + &version("a", "2019-01-01", None);
    assert_eq!(faults(&twice), ["nama versi \"a\" dipakai lebih dari sekali"]);
    let overlap = version("a", "2018-01-01", None) + &version("b", "2019-01-01", None);
    assert_eq!(faults(&overlap), ["versi \"a\" dan \"b\" berlaku pada tanggal yang sama"]);
    assert_eq!(faults(""), ["berkas kebijakan tidak memuat satu pun [[version]]"]);
    assert!(faults("version = 3")[0].contains("tidak dikenal"));
    assert!(faults("[[version]")[0].starts_with("berkas kebijakan bukan TOML"));
}

#[test]
fn excluded_occupations_are_known_in_any_writing() {
    let pack = PolicyPack::parse(BATANG).unwrap();
    let policy = pack.for_death(day("2026-01-01")).unwrap();
    for excluded in ["PEGAWAI NEGERI SIPIL (PNS)", " pegawai negeri sipil (pns) ", "KEPOLISIAN RI (POLRI)"] {
        assert!(!policy.covers_occupation(excluded), "{excluded}");
    }
    for covered in ["PENSIUNAN", "GURU", "PERANGKAT DESA", ""] {
        assert!(policy.covers_occupation(covered), "{covered}");
    }
}

proptest! {
    #[test]
    fn every_day_has_one_version_or_a_reason(offset in 0_u64..8000) {
        let text = version("lama", "2017-10-25", Some("2024-08-15")) + &version("baru", "2024-09-01", None);
        let pack = PolicyPack::parse(&text).unwrap();
        let died_on = day("2010-01-01") + chrono::Days::new(offset);
        let covering = pack.versions().iter().filter(|v| v.covers(died_on)).count();
        prop_assert!(covering <= 1);
        prop_assert_eq!(pack.for_death(died_on).is_ok(), covering == 1);
    }
}
