//! Proofs of a paid year at the command line: books that were tampered with, evidence that is missing, lists for other programmes.

use std::fs;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::program::{Ended, santunan};
use crate::road::demo;

/// The demo's database in a folder of its own, with something done to it behind the program's back.
fn tampered(data: &Path, sql: &str) -> (tempfile::TempDir, Ended) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("santunan.db");
    SqliteConnection::establish(data.join("santunan.db").to_str().unwrap())
        .unwrap()
        .batch_execute(&format!("VACUUM INTO '{}'", copy.display()))
        .unwrap();
    SqliteConnection::establish(copy.to_str().unwrap()).unwrap().batch_execute(sql).unwrap();
    let ended = santunan(folder.path(), &["ledger", "verify"]);
    (folder, ended)
}

#[test]
fn a_paid_demo_proves_itself_and_every_tampering_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(demo(folder.path()).code, 0);
    let data = folder.path().join("data");
    let whole = santunan(&data, &["ledger", "verify"]);
    assert!(whole.code == 0 && whole.said.contains("Pembukuan cocok"), "{whole:?}");
    tampered(&data, "").1.said.contains("Pembukuan cocok").then_some(()).unwrap();
    let tamper = |sql: &str, words: &str| {
        let (copy, ended) = tampered(&data, sql);
        ended.refused(1, "Pembukuan tidak cocok");
        ended.refused(1, words);
        let json = santunan(copy.path(), &["ledger", "verify", "--json"]);
        assert_eq!(json.code, 1, "{json:?}");
        let told: serde_json::Value = serde_json::from_str(&json.said).unwrap();
        assert!(told["ok"] == false && told["difference"].as_str().unwrap().contains(words), "{told}");
    };
    tamper("DROP TRIGGER ledger_entries_no_update; UPDATE ledger_entries SET amount = amount + 1 WHERE sequence = 40", "jurnal nomor");
    tamper(
        "DROP TRIGGER ledger_entries_no_delete; DELETE FROM ledger_entries WHERE sequence = 7",
        "jurnal nomor 8 berada di tempat nomor 7",
    );
    tamper(
        "UPDATE payment_items SET state = 'returned' WHERE id = (SELECT min(id) FROM payment_items WHERE state = 'paid')",
        "kantor 33.25",
    );
    evidence(&data);
    stop_lists(&data);
}

fn evidence(data: &Path) {
    let ended = santunan(data, &["spj", "show", "--year", "2026"]);
    ended.refused(1, "belum lengkap");
    assert!(ended.said.contains("SP2D Rp") && ended.said.contains("kurang: "), "{ended:?}");
    let json = santunan(data, &["spj", "show", "--year", "2026", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&json.said).unwrap();
    assert_eq!((json.code, &told["is_complete"]), (1, &false.into()));
    let number = told["orders"][0]["number"].as_str().unwrap();
    assert_eq!(santunan(data, &["spj", "show", "--order", number]).code, 1);
    santunan(data, &["spj", "show", "--order", "900/0"]).refused(1, "tidak ditemukan");
    assert_eq!(santunan(data, &["spj", "show"]).code, 2);
    assert_eq!(santunan(data, &["spj", "show", "--year", "2019"]).code, 0, "a year without orders lacks nothing");
}

fn stop_lists(data: &Path) {
    let out = data.join("henti.csv");
    let export = |programme: &str, more: &[&str]| {
        let words = ["stoplist", "export", "--programme", programme, "--out", out.to_str().unwrap()];
        santunan(data, &[&words[..], more].concat())
    };
    let made = export("pkh", &["--json"]).json();
    assert_eq!((&made["number"], &made["withdrawals"]), (&1.into(), &0.into()));
    let text = fs::read_to_string(&out).unwrap();
    let rows = text.lines().filter(|line| line.contains(",HENTI,")).count();
    assert_eq!(made["stops"], rows);
    assert!(text.contains(&format!("angka_kendali={}", made["control"])), "{text}");
    export("pkh", &[]).refused(1, "Tidak ada nama baru");
    let copy = export("pkh", &["--again", "1", "--json"]).json();
    assert_eq!((&copy["sha256"], fs::read_to_string(&out).unwrap()), (&made["sha256"], text));
    assert!(copy["name"].as_str().unwrap().starts_with("SALINAN-2_"), "{copy}");
    export("raskin", &[]).refused(1, "raskin");
    export("pkh", &["--again", "9"]).refused(1, "tidak ada");
    assert_eq!(santunan(data, &["stoplist", "export", "--programme", "pkh", "--out", "henti.pdf"]).code, 2);
    assert_eq!(export("pkh", &["--from", "kemarin"]).code, 2);
}
