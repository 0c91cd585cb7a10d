//! What a profile may ask for beyond those of the program: other shapes, limits, divided files, rules for names.

use super::*;

const FIXED: &str = r#"
name = "lebar"
title = "Lebar tetap"
format = "fixed_width"
remark = "{kode}"

[names]
strip_titles = true
replace = { "MUH." = "MUHAMMAD" }

[[rail]]
name = "own_bank"
[[rail]]
name = "bi_fast"
code = "B"
amount_max = 250_000_000
except_banks = ["BSMDIDJA"]
[[rail]]
name = "rtgs"
code = "R"
amount_min = 100_000_000
[[rail]]
name = "skn"
code = "S"

[[file]]
rails = ["own_bank", "bi_fast", "rtgs", "skn"]
file_name = "{unit}{tanggal:DDMMYY}{no:2}-{bagian}.txt"
rows_max = 2
line_end = "lf"
marks = ".'"
amount = "cents"
date = "DD/MM/YYYY"
header = [[{ text = "H", width = 1 }, { field = "date", width = 10 }, { field = "count", width = 5, align = "right", pad = "0" }]]
trailer = [[
  { text = "T{bagian:2}", width = 3 },
  { field = "total", width = 15, align = "right", pad = "0" },
  { field = "account_sum", width = 6, align = "right", pad = "0" },
]]
column = [
  { text = "D", width = 1 },
  { field = "rail_code", width = 1, may_be_empty = true },
  { field = "account", width = 16 },
  { field = "holder", width = 12, too_long = "cut", capitals = true },
  { field = "bic", width = 8 },
  { field = "amount", width = 12, align = "right", pad = "0" },
  { field = "remark", width = 16 },
]
"#;

#[test]
fn columns_of_fixed_width_divided_files_and_control_sums_are_written() {
    let lines = [
        a_line(1, "BRI", "H. Muh. Syafi'i, S.Pd.", 1_000_000),
        a_line(2, "BANK JATENG", "MUH. KARTO DARMOREJO", 5),
        a_line(3, "BSI", "Siti", 7),
    ];
    let files = write_with(FIXED, &lines).unwrap();
    assert_eq!(summary(&files), [("DINSOS22062601-1.txt", 2, 1_000_005), ("DINSOS22062601-2.txt", 1, 7)]);
    // The sums are 005501824100001 + 005501824100002 and 005501824100003, of which six digits are kept.
    assert_eq!(
        text(&files[0]),
        "H22/06/202600002\n\
         DB005501824100001 MUH. SYAFI'IBRINIDJA000100000000BTG2026000001   \n\
         D 005501824100002 MUHAMMAD KARPDJGIDJ1000000000500BTG2026000002   \n\
         T01000000100000500200003\n"
    );
    assert!(text(&files[1]).contains("DS005501824100003 SITI        BSMDIDJA000000000700"));
    assert!(text(&files[1]).ends_with("T02000000000000700100003\n"));
}

#[test]
fn a_payment_above_the_limit_of_one_rail_goes_on_the_next_and_above_all_is_refused() {
    let rail = |bank: &str, amount: i64| {
        let files = write_with(FIXED, &[a_line(1, bank, "KARTO", amount)]).unwrap();
        text(&files[0]).lines().nth(1).unwrap().chars().nth(1).unwrap()
    };
    assert_eq!(rail("BRI", 250_000_000), 'B');
    assert_eq!(rail("BRI", 250_000_001), 'R');
    assert_eq!(rail("BSI", 99_999_999), 'S');
    assert_eq!(rail("BSI", 100_000_000), 'R');
    let bi_fast_only = FIXED.replace("name = \"skn\"\ncode = \"S\"", "name = \"skn\"\namount_max = 5");
    let Err(BankFileFault::NoRail(faults)) = write_with(&bi_fast_only, &[a_line(1, "BSI", "KARTO", 6)]) else { panic!("written") };
    assert_eq!(faults[0].sequence, 1);
    let without_list = write_with(FIXED, &[a_line(4, "BPR BKK BATANG", "KARTO", 6)]).unwrap_err();
    assert!(without_list.to_string().contains("baris 4"), "{without_list}");
}

#[test]
fn what_is_wider_than_its_column_stops_the_file_unless_it_may_be_cut() {
    let narrow = |from: &str, to: &str| write_with(&FIXED.replace(from, to), &[a_line(1, "BRI", "KARTO", 5)]);
    let Err(BankFileFault::Cells(faults)) = narrow("\"account\", width = 16", "\"account\", width = 10") else { panic!("written") };
    assert_eq!(faults, [CellFault::TooLong { spot: Spot::Line(1), cell: CellName::Field(Field::Account), chars_max: 10 }]);
    let Err(BankFileFault::Cells(faults)) = narrow("\"total\", width = 15", "\"total\", width = 2") else { panic!("written") };
    assert_eq!(faults, [CellFault::TooLong { spot: Spot::Trailer, cell: CellName::Field(Field::Total), chars_max: 2 }]);
}

#[test]
fn a_reference_stays_as_it_is_and_may_not_become_that_of_another_payment() {
    // The marks of the profile hold no hyphen.
    let files = write_with(&FIXED.replace("field = \"remark\"", "field = \"reference\""), &[a_line(1, "BRI", "KARTO", 5)]).unwrap();
    assert!(text(&files[0]).contains("BTG-2026-000001 "));
    let shorn = FIXED.replace("{ field = \"remark\", width = 16 }", "{ field = \"reference\", width = 16, replace = { \"-\" = \"\" } }");
    let mut lines = [a_line(1, "BRI", "KARTO", 5), a_line(2, "BRI", "KARTI", 5)];
    assert!(text(&write_with(&shorn, &lines).unwrap()[0]).contains("BTG2026000001 "));
    lines[0].reference = "A-11".to_owned();
    lines[1].reference = "a1-1".to_owned();
    let Err(BankFileFault::Cells(faults)) = write_with(&shorn, &lines) else { panic!("written") };
    assert_eq!(faults, [CellFault::SameReference { spot: Spot::Line(2), reference: "a11".to_owned() }]);
}

#[test]
fn each_bank_of_payees_may_have_a_file_of_its_own() {
    let profile =
        built_in("csv").replace("BAYAR_{unit}", "{bank}_{unit}").replace("spreadsheet = true", "spreadsheet = true\nsplit_by_bank = true");
    let lines = [a_line(1, "BRI", "A", 1), a_line(2, "BPR BKK BATANG", "B", 2), a_line(3, "BNI", "C", 3), a_line(4, "BRI", "D", 4)];
    let files = write_with(&profile, &lines).unwrap();
    assert_eq!(
        summary(&files),
        [("BNINIDJA_DINSOS_20260622_1.csv", 1, 3), ("BRINIDJA_DINSOS_20260622_1.csv", 2, 5), ("MANUAL_DINSOS_20260622_1.csv", 1, 2)]
    );
}

#[test]
fn quotes_encoding_and_decimals_are_as_the_profile_says() {
    let profile = built_in("csv").replace(
        "quoting = \"necessary\"\nencoding = \"utf-8\"",
        "quoting = \"always\"\nencoding = \"windows-1252\"\nline_end = \"lf\"\namount = \"two_decimals_comma\"",
    );
    let files = write_with(&profile, &[a_line(1, "BRI", "José 苏", 1_000)]).unwrap();
    let line = files[0].bytes.split(|byte| *byte == b'\n').nth(1).unwrap();
    assert!(line.starts_with(b"\"1\",\"BTG-2026-000001\",\"Jos\xe9\",\"BI-FAST\""));
    assert!(String::from_utf8_lossy(line).contains("\"1000,00\""));
}

#[test]
fn two_files_of_one_name_and_a_bank_nobody_knows_are_refused() {
    let same = built_in("bpd").replace("SKN_{unit}", "OB_{unit}");
    let lines = [a_line(1, "BRI", "KARTO", 5), a_line(2, "BANK JATENG", "KARTI", 5)];
    assert!(matches!(write_with(&same, &lines), Err(BankFileFault::SameName(name)) if name == "OB_DINSOS_22062026_1.csv"));
    let unknown = built_in("bpd").replacen("format =", "bank = \"XXXXIDJA\"\nformat =", 1);
    assert!(matches!(write_with(&unknown, &lines), Err(BankFileFault::UnknownBank(_))));
}

#[test]
fn a_mark_that_breaks_the_columns_is_noticed_before_the_bank_does() {
    // A comma as decimal mark between columns parted by commas: no key is wrong by itself.
    let broken = built_in("mandiri").replace("amount = \"two_decimals\"", "amount = \"two_decimals_comma\"");
    let fault = write_with(&broken, &[a_line(1, "BRI", "KARTO", 5)]).unwrap_err();
    assert!(matches!(fault, BankFileFault::NotReadable(_)), "{fault}");
}
