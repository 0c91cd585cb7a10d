//! The other commands: their answers, their sentences, their exit codes.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program::{santunan, santunan_with};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

#[test]
fn a_wrong_word_is_a_usage_fault_and_a_wrong_address_one_of_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["bayar"][..], &["demo", "--tanpa-layanan"], &["user", "add", "x.y", "--name", "X", "--role", "raja"], &[]] {
        assert_eq!(santunan(folder.path(), words).code, 2, "{words:?}");
    }
    let data = folder.path().to_str().unwrap();
    let wrong = [("SANTUNAN_DATA_DIR", data), ("SANTUNAN_DATABASE_URL", "mysql://root@localhost/santunan")];
    let ended = santunan_with(&wrong, &["migrate"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made from a wrong address");
    let both = santunan_with(&[("SANTUNAN_DATABASE_URL", "mysql://root@localhost/santunan"), ("SANTUNAN_LISTENN", "1")], &["migrate"]);
    both.refused(3, "SANTUNAN_DATABASE_URL");
    both.refused(3, "SANTUNAN_LISTENN");
}

#[test]
fn the_rules_of_the_office_pass_their_own_examples() {
    let folder = tempfile::tempdir().unwrap();
    let ended = santunan(folder.path(), &["policy", "test"]);
    assert_eq!(ended.code, 0, "{ended:?}");
}

#[test]
fn check_answers_every_claim_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("jawaban.json");
    let [register, claims, activity] =
        ["register/population_sample.csv", "claims/claims_sample.json", "register/activity_sample.csv"].map(|f| format!("{FIXTURES}/{f}"));
    let files = ["--register", &register, "--claims", &claims, "--activity", &activity, "--out", out.to_str().unwrap()];
    let ended = santunan(folder.path(), &[&["check"], &files[..]].concat());
    assert_eq!(ended.code, 0, "{ended:?}");
    let answers: Vec<Value> = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(answers.len(), 60);
    assert!(answers.iter().all(|a| a["claim_id"].is_string() && a["verdict"].is_string() && a["findings"].is_array()));
    let missing = santunan(folder.path(), &["check", "--register", "tidak-ada.csv", "--claims", &claims, "--out", out.to_str().unwrap()]);
    missing.refused(1, "tidak-ada.csv");
}

#[test]
fn an_office_is_opened_staffed_and_takes_a_claim() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert_eq!(santunan(data, &["user", "list"]).code, 3, "nothing is migrated yet");
    assert!(!santunan(data, &["migrate", "--json"]).json()["migrations"].as_array().unwrap().is_empty());
    assert_eq!(santunan(data, &["migrate", "--json"]).json()["migrations"], json!([]));
    accounts(data);
    register(data);
    claims(data);
}

fn accounts(data: &Path) {
    let add = ["user", "add", "operator.uji", "--name", "UJI", "--role", "operator", "--region", "33.25.01.2006"];
    let added = santunan(data, &[&add[..], &["--json"]].concat()).json();
    assert!(added["password"].as_str().unwrap().len() >= 12);
    santunan(data, &add).refused(1, "sudah dipakai");
    santunan(data, &["user", "add", "orang.luar", "--name", "X", "--role", "operator", "--region", "33.26.01.2001"]).refused(1, "Wilayah");
    assert_eq!(santunan(data, &["user", "add", "tutup.uji", "--name", "X", "--role", "admin"]).code, 0);
    assert_eq!(santunan(data, &["user", "disable", "tutup.uji"]).code, 0);
    santunan(data, &["user", "disable", "tidak.ada"]).refused(1, "tidak ditemukan");
    let list = santunan(data, &["user", "list", "--json"]).json();
    let shut = |name: &str| list.as_array().unwrap().iter().find(|u| u["username"] == name).unwrap()["disabled"].clone();
    assert_eq!((shut("operator.uji"), shut("tutup.uji")), (json!(false), json!(true)));
}

fn register(data: &Path) {
    let file = format!("{FIXTURES}/register/population_sample.csv");
    let read = santunan(data, &["import", "register", &file, "--dry-run", "--json"]).json();
    let count = |name: &str| read[name].as_i64().unwrap();
    assert_eq!(count("read"), count("accepted") + count("set_aside"));
    assert_eq!((count("read") >= 5_000, &read["dry_run"]), (true, &json!(true)));
    let table = data.join("kosong.csv");
    fs::write(&table, "").unwrap();
    assert_eq!(santunan(data, &["import", "register", table.to_str().unwrap(), "--dry-run"]).code, 1);
}

#[test]
fn a_messy_export_is_reported_row_by_row_with_no_database_and_no_settings() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("baris.csv");
    let words = |file: &str| -> Vec<String> {
        let fixed = ["import", "register", file, "--dry-run", "--json", "--report"];
        fixed.iter().map(|word| (*word).to_owned()).chain([report.display().to_string()]).collect()
    };
    let call = |file: &str| santunan_with(&[], &words(file).iter().map(String::as_str).collect::<Vec<_>>());
    for (name, rows) in [("export_sample_b.csv", 403), ("export_sample_c.csv", 400), ("population_sample.xlsx", 5_000)] {
        let read = call(&format!("{FIXTURES}/register/exports/{name}")).json();
        let count = |name: &str| read[name].as_i64().unwrap();
        assert_eq!(count("read"), count("accepted") + count("set_aside") + count("repeated") + count("other_lines"), "{name}");
        let lines = fs::read_to_string(&report).unwrap();
        assert_eq!((lines.lines().next(), lines.lines().count()), (Some("row,nik,tgl_lahir,flag,reason"), rows + 1), "{name}");
    }
    fs::remove_file(&report).unwrap();
    let broken = folder.path().join("rusak.xlsx");
    fs::write(&broken, b"PK\x03\x04").unwrap();
    call(broken.to_str().unwrap()).refused(1, "rusak atau terpotong");
    assert!(!report.exists(), "a refused file leaves no report");
}

/// A claim that is right in everything; the people are invented.
fn a_claim() -> Value {
    json!({
        "kunci": "uji-1", "kode_desa_pengaju": "33.25.01.2006",
        "almarhum": {
            "nama": "SITI NUR'AENI", "nik": "3325 0141 0745 9801", "no_kk": "3325010101109801", "tgl_lahir": "01-07-1945",
            "jenis_kelamin": "P", "kode_desa": "33.25.01.2006"
        },
        "tgl_meninggal": "21-06-2025", "tempat_meninggal": "RUMAH", "no_surat_kematian": "474.3/1/2025", "tgl_surat_kematian": "22-06-2025",
        "pelapor": { "nama": "Slamet" },
        "ahli_waris": [{ "nama": "Slamet", "nik": "3325010107709802", "hubungan": "ANAK" }],
        "cara_bayar": "tunai", "dokumen": ["surat_kematian"]
    })
}

fn claims(data: &Path) {
    let path = data.join("permohonan.json");
    let file = |claim: &Value, by: &str| {
        fs::write(&path, claim.to_string()).unwrap();
        santunan(data, &["claim", "file", path.to_str().unwrap(), "--by", by, "--json"])
    };
    let bad = |change: fn(&mut Value), words: &str| {
        let mut claim = a_claim();
        change(&mut claim);
        file(&claim, "operator.uji").refused(1, words);
    };
    bad(|c| c["almarhum"]["nik"] = json!("332501410745980"), "15 angka");
    bad(|c| c["almarhum"]["nik"] = json!("33250141074598011"), "17 angka");
    bad(|c| c["tgl_meninggal"] = json!("31-02-2025"), "kalender");
    bad(|c| c["tgl_meninggal"] = json!("21-06-2090"), "belum tiba");
    bad(|c| c["kode_desa_pengaju"] = json!("33.25.03.2007"), "desa");
    bad(|c| c["ahli_waris"] = json!([]), "ahli waris");
    bad(|c| c["rekening_gelap"] = json!("1"), "rekening_gelap");
    bad(|c| c["kunci"] = json!(" "), "kunci");
    file(&a_claim(), "tutup.uji").refused(1, "ditutup");
    file(&a_claim(), "tidak.ada").refused(1, "tidak ada");
    fs::write(&path, "{ bukan json").unwrap();
    santunan(data, &["claim", "file", path.to_str().unwrap(), "--by", "operator.uji"]).refused(1, "bukan permohonan yang terbaca");

    let first = file(&a_claim(), "operator.uji").json();
    let again = file(&a_claim(), "operator.uji").json();
    assert_eq!((&again["code"], &first["repeated"], &again["repeated"]), (&first["code"], &json!(false), &json!(true)));
    bad(|c| c["kunci"] = json!("uji-2"), "sudah memiliki permohonan");
}

#[test]
fn an_import_with_new_column_names_says_which_and_takes_the_offices_own_mapping() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mappings) = (folder.path(), folder.path().join("mappings"));
    let file = data.join("aneh.csv");
    fs::write(&file, "Kunci;Sebutan;Kelompok\n3325011003509100;WIRYO SUMARTO;B\n").unwrap();
    let words = ["import", "register", file.to_str().unwrap(), "--dry-run"];
    santunan(data, &words).refused(1, "Kolom yang belum dikenal: Kunci, Sebutan, Kelompok.");
    santunan(data, &words).refused(1, "abaikan = [\"Kunci\", \"Sebutan\", \"Kelompok\"]");
    fs::create_dir_all(&mappings).unwrap();
    fs::write(mappings.join("a.toml"), "nama = \"A\"\n[kolom]\nwarna = [\"X\"]\n").unwrap();
    fs::write(mappings.join("b.toml"), "judul = \"B\"\n").unwrap();
    santunan(data, &words).refused(1, "mappings/a.toml, baris 3: isian \"warna\" tidak dikenal");
    santunan(data, &words).refused(1, "mappings/b.toml, baris 1: \"judul\" tidak dikenal");
    fs::remove_file(mappings.join("a.toml")).unwrap();
    fs::write(mappings.join("b.toml"), "nama = \"B\"\n[kolom]\nnik = [\"Kunci\"]\nnama = [\"Sebutan\"]\n").unwrap();
    let ended = santunan(data, &[&words[..], &["--json"]].concat());
    assert_eq!((ended.json()["mapping"].as_str(), ended.json()["accepted"].as_u64()), (Some("B"), Some(1)), "{ended:?}");
    let named = data.join("lain.toml");
    fs::write(&named, "nama = \"Lain\"\n[kolom]\nnik = [\"Kunci\"]\nnama = [\"Sebutan\"]\nabaikan = [\"Kelompok\"]\n").unwrap();
    let ended = santunan(data, &[&words[..], &["--json", "--mapping", named.to_str().unwrap()]].concat());
    assert_eq!(ended.json()["mapping"], "Lain", "{ended:?}");
}
