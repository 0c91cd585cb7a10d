use std::io::Write as _;
use std::process::Command;

use chrono::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::exchange::bank_file::tests::{a_line, an_office};
use crate::exchange::bank_table;

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/iso20022/pain.001.001.09.xsd");

fn a_message() -> Message {
    Message {
        id: "3325-2026-000001".to_owned(),
        created_at: Utc.with_ymd_and_hms(2026, 6, 21, 20, 30, 0).unwrap(),
        execute_on: NaiveDate::from_ymd_opt(2026, 6, 22).unwrap(),
        sequence: 1,
    }
}

fn write_lines(lines: &[PaymentLine]) -> Result<OutFile, Pain001Fault> {
    let table = bank_table::read(include_str!("../../../fixtures/bank_codes.csv")).unwrap();
    write(&a_message(), &table, &an_office(), lines)
}

fn text(file: &OutFile) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// Holds a message against the published schema; a machine without xmllint fails here rather than passing unseen.
fn assert_valid(file: &OutFile) {
    let mut kept = tempfile::NamedTempFile::new().unwrap();
    kept.write_all(&file.bytes).unwrap();
    let run = Command::new("xmllint").args(["--noout", "--nonet", "--schema", SCHEMA]).arg(kept.path()).output();
    let run = run.expect("xmllint is missing: apt-get install libxml2-utils");
    assert!(run.status.success(), "{}\n{}", String::from_utf8_lossy(&run.stderr), text(file));
}

/// What stands in every element of this name, read back by another door than the writer.
fn contents(file: &OutFile, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let xml = text(file);
    let inner = xml.split(&open).skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    inner.map(|rest| rest.split_once('>').unwrap().1.split_once(&close).unwrap().0.replace("&apos;", "'")).collect()
}

fn six_banks() -> Vec<PaymentLine> {
    ["BRI", "MANDIRI", "BANK JATENG", "BNI", "BSI", "BPR BKK BATANG"]
        .iter()
        .zip(1..)
        .map(|(bank, n)| a_line(n, bank, "MUH. SYAFI\u{2019}I, S.Pd.", 1_000_000))
        .collect()
}

#[test]
fn an_order_passes_the_schema_and_carries_its_totals() {
    let file = write_lines(&six_banks()).unwrap();
    assert_valid(&file);
    assert_eq!((file.name.as_str(), file.items, file.total.whole()), ("PAIN001_DINSOS_22062026_1.xml", 6, 6_000_000));
    assert_eq!(contents(&file, "NbOfTxs"), ["6", "1", "4", "1"]);
    assert_eq!(contents(&file, "CtrlSum"), ["6000000", "1000000", "4000000", "1000000"]);
    assert_eq!(contents(&file, "CreDtTm"), ["2026-06-22T03:30:00+07:00"]);
    assert_eq!(contents(&file, "PmtInfId"), ["3325-2026-000001-1", "3325-2026-000001-2", "3325-2026-000001-3"]);
    assert_eq!(contents(&file, "Dt"), ["2026-06-22"; 3]);
    assert_eq!(contents(&file, "ChrgBr"), ["DEBT"; 3]);
}

#[test]
fn bank_jateng_is_paid_at_pdjgidj1_and_a_bank_without_a_code_by_its_name() {
    let file = write_lines(&six_banks()).unwrap();
    let bics = contents(&file, "BICFI");
    // Three debtor agents and one payee at Bank Jateng; the village bank has none.
    assert_eq!(bics.iter().filter(|bic| *bic == "PDJGIDJ1").count(), 4);
    assert!(!text(&file).contains("PDJTIDJ1"));
    assert_eq!(bics.len(), 3 + 5);
    assert!(text(&file).contains("<Nm>BPR BKK BATANG</Nm>"));
    assert!(!text(&file).contains("IBAN"));
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    assert_eq!(write_lines(&six_banks()).unwrap(), write_lines(&six_banks()).unwrap());
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let check = |lines: &[PaymentLine], part: &str| {
        let fault = write_lines(lines).unwrap_err().to_string();
        assert!(fault.contains(part), "{fault}");
    };
    check(&[a_line(1, "BRI", "KARTO", 5), a_line(2, "BRI", "سوبرمي", 5), a_line(3, "银行", "KARTI", 5)], "[2, 3]");
    check(&[], "tidak ada yang dibayar");
    check(&[a_line(1, "BRI", "KARTO", 1_000_000_000_000_000_000)], "terlalu besar");
    check(&[a_line(1, "BRI", "KARTO", 5), a_line(1, "BRI", "KARTI", 5)], "dipakai dua kali");
}

#[test]
fn a_message_id_keeps_room_for_its_parts() {
    let table = bank_table::read(include_str!("../../../fixtures/bank_codes.csv")).unwrap();
    for (id, right) in [("A".repeat(33), true), ("A".repeat(34), false), (String::new(), false), ("A/B".to_owned(), false)] {
        let message = Message { id: id.clone(), ..a_message() };
        let written = write(&message, &table, &an_office(), &six_banks());
        assert_eq!(written.is_ok(), right, "{id}");
        written.iter().for_each(assert_valid);
    }
}

#[test]
fn long_names_are_cut_at_the_schema_and_short_remarks_left_out() {
    let mut line = a_line(1, "BPR BKK BATANG", &"KARTO ".repeat(40), 5);
    line.remark = "é".repeat(300);
    let mut bare = a_line(2, "BRI", "X", 999_999_999_999_999_990);
    bare.remark = " \u{200b}".to_owned();
    let file = write_lines(&[line, bare]).unwrap();
    assert_valid(&file);
    assert_eq!(contents(&file, "Ustrd"), ["e".repeat(140)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_name_gives_a_valid_message_with_exact_totals(
        parts in prop::collection::vec((0..6_usize, 1..9_000_000_i64, ".{0,40}[a-zé<>&\"'/-][a-z].{0,200}", ".{0,200}"), 1..30),
    ) {
        let banks = ["BRI", "BANK JATENG", "BPR BKK BATANG", "MANDIRI", "K & K <bank>", "BSI"];
        let lines: Vec<PaymentLine> = parts
            .iter()
            .zip(1..)
            .map(|((bank, amount, holder, remark), n)| PaymentLine { remark: remark.clone(), ..a_line(n, banks[*bank], holder, *amount) })
            .collect();
        let file = write_lines(&lines).unwrap();
        assert_valid(&file);
        let amounts: i64 = contents(&file, "InstdAmt").iter().map(|a| a.parse::<i64>().unwrap()).sum();
        let sums: Vec<i64> = contents(&file, "CtrlSum").iter().map(|a| a.parse().unwrap()).collect();
        prop_assert_eq!(amounts, file.total.whole());
        prop_assert_eq!(sums[0], amounts);
        prop_assert_eq!(sums[1..].iter().sum::<i64>(), amounts);
        prop_assert!(contents(&file, "Nm").iter().all(|name| name.is_ascii() && (1..=140).contains(&name.len())));
    }
}
