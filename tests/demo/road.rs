//! `santunan demo`: sixty claims from filing to payment, twice.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{Ended, santunan};

pub fn demo(folder: &Path) -> Ended {
    let (data, out) = (folder.join("data"), folder.join("hasil"));
    santunan(&data, &["demo", "--no-serve", "--json", "--data-dir", data.to_str().unwrap(), "--out", out.to_str().unwrap()])
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_demo_pays_what_it_promised_and_starts_clean_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = demo(folder.path()).json();
    let out = folder.path().join("hasil");
    let written: Value = serde_json::from_slice(&fs::read(out.join("ringkasan.json")).unwrap()).unwrap();
    assert_eq!(written, first);
    money_is_equal_at_every_stage(&first);
    every_kind_of_letter_is_there(&names(&out));
    bank_files_pass_their_schema(&out);

    let before = names(&out);
    fs::write(out.join("usang.txt"), "dari jalan pertama").unwrap();
    let second = demo(folder.path()).json();
    assert_eq!((&second["claims"], &second["budget"], &second["letters"]), (&first["claims"], &first["budget"], &first["letters"]));
    assert!(names(&out).iter().all(|name| name != "usang.txt"));
    assert_eq!(names(&out).len(), before.len());
}

fn ends_as(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

fn money_is_equal_at_every_stage(summary: &Value) {
    let budget = &summary["budget"];
    let committed = budget["committed"].as_i64().unwrap();
    assert!(committed > 0);
    for stage in ["decreed", "ordered"] {
        assert_eq!(budget[stage].as_i64(), Some(committed), "{stage}");
    }
    let [sent, paid, returned] = ["sent", "paid", "returned"].map(|place| budget[place].as_i64().unwrap());
    assert_eq!(sent + paid + returned, committed, "every rupiah is in one place");
    assert!(paid > 0, "the demo's bank has answered");
    let day = &summary["cash_day"];
    assert_eq!(*day, serde_json::json!({ "invited": 3, "collected": 2, "missed": 1, "in_box": 1_000_000, "closed": true }));
    assert_eq!(sent, 1_000_000, "only whoever did not come waits for the money");
    assert_eq!(summary["claims"]["in_file"], 60);
    assert_eq!(summary["mail"]["due"], 0);
}

fn every_kind_of_letter_is_there(files: &[String]) {
    let kinds = [
        "kuitansi",
        "sk-penetapan",
        "nominatif",
        "nominatif-samar",
        "perintah-bayar",
        "tanda-terima",
        "penolakan",
        "pengembalian",
        "pemberitahuan",
    ];
    for kind in kinds {
        assert!(files.iter().any(|name| name.contains(kind) && ends_as(name, "pdf")), "{kind}");
    }
}

fn bank_files_pass_their_schema(out: &Path) {
    let xml: Vec<String> = names(out).into_iter().filter(|name| ends_as(name, "xml")).collect();
    let (answers, orders): (Vec<_>, Vec<_>) = xml.into_iter().partition(|name| name.contains("pain002"));
    for (schema, names) in [("pain.001.001.09", orders), ("pain.002.001.12", answers)] {
        assert_eq!(names.len(), 2, "the order and the renewed one: {names:?}");
        let schema = format!("{}/fixtures/iso20022/{schema}.xsd", env!("CARGO_MANIFEST_DIR"));
        let output = Command::new("xmllint").args(["--noout", "--schema", &schema]).args(names.iter().map(|name| out.join(name))).output();
        let output = output.expect("xmllint is needed: apt-get install libxml2-utils");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_demo_leaves_a_folder_of_others_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("hasil");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("skripsi.txt"), "bab satu").unwrap();
    demo(folder.path()).refused(1, "sudah berisi data lain");
    assert_eq!(names(&out), ["skripsi.txt"]);
    assert_eq!(fs::read_to_string(out.join("skripsi.txt")).unwrap(), "bab satu");
}
