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

#[test]
fn values_that_make_no_sense_in_an_office_are_told() {
    let check = |from: &str, to: &str, part: &str| {
        let text = version("a", "2018-01-01", None).replacen(from, to, 1);
        let told = faults(&text);
        assert!(told.iter().any(|t| t.contains(part)), "{part} not in {told:#?}");
    };
    check("amount = 500000", "amount = 0", "besar santunan");
    check("amount = 500000", "amount = { base = 1, rows = [{ amount = 2, case = \"x\" }] }", "tanpa syarat");
    check("amount = 500000", "amount = { base = 1, incomplete_percent = 101 }", "lebih dari 100");
    check("unit = \"working\"", "unit = \"weeks\"", "deadline");
    check("death_is_day_one = true", "death_is_day_one = true, december_until_january = 32", "december_until_january");
    check("death_is_day_one = true", "death_is_day_one = true, waived_by = \"operator\"", "waived_by");
    check("{ decile = { max = 4 } }", "\"papers\"", "harus menyebut suratnya");
    check("{ decile = { max = 4 } }", "{ criteria = { at_least = 6, of = 5 } }", "kriteria");
    check("listed = [\"deceased\"]", "listed = []", "poverty.listed");
    check("any_of = [\"kk\"]", "any_of = []", "papers");
    check("any_of = [\"kk\"]", "any_of = [\"kartu\"]", "papers");
}

#[test]
fn a_suspended_programme_says_so_on_its_days() {
    let notice = "suspended = [{ from = \"2026-11-01\", until = \"2026-12-31\", notice = \"Anggaran habis.\" }]\namount =";
    let text = version("a", "2018-01-01", None).replacen("amount =", notice, 1);
    let pack = PolicyPack::parse(&text).unwrap();
    let said = |on: &str| pack.versions()[0].suspension_on(day(on)).map(|period| period.notice.as_str());
    assert_eq!(said("2026-10-31"), None);
    assert_eq!(said("2026-11-01"), Some("Anggaran habis."));
    assert_eq!(said("2026-12-31"), Some("Anggaran habis."));
    assert_eq!(said("2027-01-01"), None);
}

/// A pack with the papers of a place that tells every case apart.
fn with_papers() -> Policy {
    let papers = r#"papers = [
  { any_of = ["akta_kematian", "bukti_proses_akta"], copies = 4 },
  { any_of = ["ktp_almarhum"], when = ["adult"] },
  { any_of = ["surat_kelahiran"], when = ["stillborn", "newborn"] },
  { any_of = ["akta_kelahiran"], when = ["child"] },
  { any_of = ["surat_kuasa"], when = ["several_heirs", "proxy"] },
  { any_of = ["buku_rekening"], when = ["transfer"], original = true },
  { any_of = ["kartu_anggota"], optional = true },
]"#;
    let text = version("a", "2018-01-01", None).replacen("papers = [{ any_of = [\"kk\"] }]", papers, 1);
    PolicyPack::parse(&text).unwrap().versions()[0].clone()
}

#[test]
fn the_checklist_follows_the_case() {
    let policy = with_papers();
    let check = |case: PaperCase, expected: &[&str]| {
        let lines = policy.checklist(&case);
        let required: Vec<&str> = lines.iter().filter(|line| line.is_required()).map(|line| line.rule.any_of[0].code()).collect();
        assert_eq!(required, expected, "{case:?}");
    };
    check(PaperCase::unknown(), &["akta_kematian"]);
    check(PaperCase::unknown().aged(AgeClass::Adult), &["akta_kematian", "ktp_almarhum"]);
    check(PaperCase::unknown().aged(AgeClass::Newborn), &["akta_kematian", "surat_kelahiran"]);
    check(PaperCase::unknown().aged(AgeClass::Stillborn), &["akta_kematian", "surat_kelahiran"]);
    check(PaperCase::unknown().aged(AgeClass::Child), &["akta_kematian", "akta_kelahiran"]);
    check(PaperCase::unknown().with(When::SeveralHeirs, true), &["akta_kematian", "surat_kuasa"]);
    check(PaperCase::unknown().with(When::Transfer, true), &["akta_kematian", "buku_rekening"]);
}

#[test]
fn a_line_says_its_condition_copies_and_original() {
    let policy = with_papers();
    let words = |case: &PaperCase, code: &str| {
        let lines = policy.checklist(case);
        lines.iter().find(|line| line.rule.any_of[0].code() == code).map(PaperLine::words)
    };
    let open = PaperCase::unknown();
    assert_eq!(
        words(&open, "akta_kematian").as_deref(),
        Some("Akta kematian dari Dukcapil atau Tanda terima pengurusan akta kematian (4 lembar salinan)")
    );
    assert_eq!(
        words(&open, "buku_rekening").as_deref(),
        Some("Halaman depan buku rekening (bila santunan dikirim ke rekening; aslinya ditunjukkan)")
    );
    assert_eq!(words(&open.clone().with(When::Transfer, false), "buku_rekening"), None);
    assert_eq!(
        words(&open.clone().with(When::SeveralHeirs, false), "surat_kuasa").as_deref(),
        Some("Surat kuasa bermeterai (bila diwakilkan kepada orang lain)")
    );
    assert_eq!(words(&open, "kartu_anggota").as_deref(), Some("Kartu anggota linmas (bila ada)"));
}

#[test]
fn two_versions_are_compared_in_words() {
    let pack = PolicyPack::parse(&version("a", "2018-01-01", Some("2024-08-15"))).unwrap();
    let other =
        PolicyPack::parse(&version("a", "2018-01-01", Some("2024-08-15")).replace("500000", "750000").replace("count = 7", "count = 30"))
            .unwrap();
    let (one, other) = (&pack.versions()[0], &other.versions()[0]);
    assert_eq!(Difference::between(one, one), []);
    let told: Vec<(&str, String)> =
        Difference::between(one, other).into_iter().map(|d| (d.about, format!("{} -> {}", d.first, d.second))).collect();
    assert_eq!(
        told,
        [
            ("besar santunan", "Rp500.000 -> Rp750.000".to_owned()),
            (
                "batas waktu",
                "7 hari kerja, hari meninggal dihitung hari pertama -> 30 hari kerja, hari meninggal dihitung hari pertama".to_owned()
            ),
        ]
    );
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
