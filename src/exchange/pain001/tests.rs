use std::io::Write as _;
use std::process::Command;

use proptest::prelude::*;

use super::*;
use crate::domain::payment::PaymentLine;
use crate::exchange::bank_file::tests::{a_batch, a_line, a_table, an_office};

const BOTH: [Version; 2] = [Version::V03, Version::V09];

fn write_as(version: Version, lines: &[PaymentLine]) -> Result<OutFile, Pain001Fault> {
    write(version, &a_batch(&a_table(), &an_office(), lines), "PAIN001.xml".to_owned())
}

fn write_lines(lines: &[PaymentLine]) -> Result<OutFile, Pain001Fault> {
    write_as(Version::V09, lines)
}

fn text(file: &OutFile) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// Holds a message against the published schema; a machine without xmllint fails here rather than passing unseen.
fn assert_valid(file: &OutFile) {
    let version = if text(file).contains("pain.001.001.03") { "03" } else { "09" };
    let schema = format!("{}/fixtures/iso20022/pain.001.001.{version}.xsd", env!("CARGO_MANIFEST_DIR"));
    let mut kept = tempfile::NamedTempFile::new().unwrap();
    kept.write_all(&file.bytes).unwrap();
    let run = Command::new("xmllint").args(["--noout", "--nonet", "--schema", &schema]).arg(kept.path()).output();
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
fn an_order_passes_the_schema_of_both_versions_and_carries_its_totals() {
    for version in BOTH {
        let file = write_as(version, &six_banks()).unwrap();
        assert_valid(&file);
        assert_eq!((file.name.as_str(), file.items, file.total.whole()), ("PAIN001.xml", 6, 6_000_000));
        assert_eq!(contents(&file, "NbOfTxs"), ["6", "1", "4", "1"]);
        assert_eq!(contents(&file, "CtrlSum"), ["6000000", "1000000", "4000000", "1000000"]);
        assert_eq!(contents(&file, "CreDtTm"), ["2026-06-22T03:30:00+07:00"]);
        assert_eq!(contents(&file, "PmtInfId"), ["3325-2026-000001-1", "3325-2026-000001-2", "3325-2026-000001-3"]);
        assert_eq!(contents(&file, "ChrgBr"), ["DEBT"; 3]);
        assert_eq!(contents(&file, "InstdAmt"), ["1000000"; 6]);
    }
}

#[test]
fn the_versions_differ_in_the_date_and_in_the_element_of_a_bic() {
    let (old, new) = (write_as(Version::V03, &six_banks()).unwrap(), write_as(Version::V09, &six_banks()).unwrap());
    assert_eq!((contents(&old, "ReqdExctnDt").join(" "), contents(&old, "Dt").len()), (["2026-06-22"; 3].join(" "), 0));
    assert_eq!(contents(&new, "Dt"), ["2026-06-22"; 3]);
    assert_eq!((contents(&old, "BIC").len(), contents(&old, "BICFI").len()), (8, 0));
    assert_eq!((contents(&new, "BIC").len(), contents(&new, "BICFI").len()), (0, 8));
}

#[test]
fn every_bank_of_the_list_can_be_paid_in_both_versions_and_one_that_cannot_is_named() {
    let lines: Vec<PaymentLine> =
        a_table().all().iter().zip(1..).map(|(bank, n)| a_line(n, bank.bic.as_str(), "KARTO", 1_000_000)).collect();
    for version in BOTH {
        assert_valid(&write_as(version, &lines).unwrap());
    }
    let odd = Bank { code: String::new(), bic: Bic::parse("B1RIIDJA").unwrap(), name: "BANK SATU".to_owned() };
    let table = crate::domain::payment::BankTable::new(a_table().all().iter().cloned().chain([odd]).collect()).unwrap();
    let (office, lines) = (an_office(), [a_line(1, "BANK SATU", "KARTO", 5)]);
    let batch = a_batch(&table, &office, &lines);
    assert!(write(Version::V03, &batch, String::new()).unwrap_err().to_string().contains("BIC B1RIIDJA"));
    assert_valid(&write(Version::V09, &batch, String::new()).unwrap());
}

#[test]
fn two_slashes_never_stand_where_clearing_reads_a_code_word() {
    let mut line = a_line(1, "BRI", "/KARTO // ///DARMO/", 5);
    line.remark = "//".to_owned();
    let file = write_lines(&[line]).unwrap();
    assert_valid(&file);
    assert!(contents(&file, "Nm").contains(&"KARTO / /DARMO".to_owned()), "{}", text(&file));
    assert!(contents(&file, "Ustrd").is_empty());
}

#[test]
fn a_message_that_was_changed_does_not_read_back_as_its_order() {
    let (table, office, lines) = (a_table(), an_office(), six_banks());
    let file = write_lines(&lines).unwrap();
    let plan = PaymentPlan::plan(&table, &office, &lines, file.total).unwrap();
    let right = read_back::Carried::of(&plan);
    let check = |from: &str, to: &str, same: bool| {
        let changed = text(&file).replacen(from, to, 1);
        assert_eq!(read_back(changed.as_bytes(), Version::V09).as_ref() == Some(&right), same, "{from} {to}");
    };
    check("KARTO", "KARTO", true);
    check("<CtrlSum>6000000", "<CtrlSum>6000001", false);
    check(">1000000</InstdAmt>", ">1000001</InstdAmt>", false);
    check(">1000000</InstdAmt>", ">1000000.50</InstdAmt>", false);
    check("005501824100003", "005501824100004", false);
    check("<EndToEndId>BTG-2026-000003", "<EndToEndId>BTG-2026-000009", false);
    check("pain.001.001.09", "pain.001.001.03", false);
    check("</Document>", "", false);
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
    let (table, office, lines) = (a_table(), an_office(), six_banks());
    for (id, right) in [("A".repeat(33), true), ("A".repeat(34), false), (String::new(), false), ("A/B".to_owned(), false)] {
        let written = write(Version::V09, &Batch { message_id: &id, ..a_batch(&table, &office, &lines) }, "A.xml".to_owned());
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
    #![proptest_config(ProptestConfig::with_cases(32))]
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
        for version in BOTH {
        let file = write_as(version, &lines).unwrap();
        assert_valid(&file);
        let amounts: i64 = contents(&file, "InstdAmt").iter().map(|a| a.parse::<i64>().unwrap()).sum();
        let sums: Vec<i64> = contents(&file, "CtrlSum").iter().map(|a| a.parse().unwrap()).collect();
        prop_assert_eq!(amounts, file.total.whole());
        prop_assert_eq!(sums[0], amounts);
        prop_assert_eq!(sums[1..].iter().sum::<i64>(), amounts);
        prop_assert!(contents(&file, "Nm").iter().all(|name| name.is_ascii() && (1..=140).contains(&name.len())));
        }
    }
}
