use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::exchange::bank_table;

const BPD: &str = include_str!("../../../fixtures/bank_layouts/bpd.toml");

fn a_table() -> BankTable {
    bank_table::read(include_str!("../../../fixtures/bank_codes.csv")).unwrap()
}

pub(in crate::exchange) fn an_office() -> OfficeBank {
    let aliases = [
        ("BANK JATENG", "PDJGIDJ1"),
        ("BRI", "BRINIDJA"),
        ("MANDIRI", "BMRIIDJA"),
        ("BNI", "BNINIDJA"),
        ("BSI", "BSMDIDJA"),
        ("BPR BKK BATANG", ""),
    ];
    OfficeBank {
        bank: "BANK JATENG".to_owned(),
        account: "1-001-00123-4".to_owned(),
        holder: "Bendahara Pengeluaran Dinas Sosial".to_owned(),
        unit_code: "DINSOS".to_owned(),
        aliases: aliases.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<BTreeMap<_, _>>(),
    }
}

pub(in crate::exchange) fn a_line(sequence: u32, bank: &str, holder: &str, amount: i64) -> PaymentLine {
    PaymentLine {
        sequence,
        reference: format!("BTG-2026-{sequence:06}"),
        bank: bank.to_owned(),
        account: format!("0055 0182 41{sequence:05}"),
        holder: holder.to_owned(),
        amount: Rupiah::new(amount).unwrap(),
        remark: "Santunan kematian a.n. almarhum Ratmen bin Karso".to_owned(),
    }
}

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 22).unwrap()
}

fn write_with(layout: &str, lines: &[PaymentLine]) -> Result<Vec<OutFile>, BankFileFault> {
    write(&Layouts::parse(layout).unwrap(), &a_table(), &an_office(), lines, on(), 1)
}

fn text(file: &OutFile) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

#[test]
fn one_order_becomes_a_file_per_road() {
    let lines = [
        a_line(1, "BRI", "Muh. Syafi\u{2019}i", 1_000_000),
        a_line(2, "BANK JATENG", "José & Sons; =1+1", 1_500_000),
        a_line(3, "BPR BKK BATANG", "Siti \"Tini\"; Aminah", 1_000_000),
        a_line(4, "BSI", "Karto", 1_000_000),
    ];
    let files = write_with(BPD, &lines).unwrap();
    let summary: Vec<(&str, usize, i64)> = files.iter().map(|f| (f.name.as_str(), f.items, f.total.whole())).collect();
    assert_eq!(
        summary,
        [
            ("OB_DINSOS_22062026_1.csv", 1, 1_500_000),
            ("SKN_DINSOS_22062026_1.csv", 2, 2_000_000),
            ("MANUAL_DINSOS_22062026_1.csv", 1, 1_000_000)
        ]
    );
    assert_eq!(
        text(&files[0]),
        "BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;JOSE DAN SONS 11;005501824100002;1500000;Santunan kematian a.n. almarhu\r\n"
    );
    assert_eq!(
        text(&files[1]),
        "BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;MUH. SYAFII;BRINIDJA;005501824100001;1000000;IDR;Santunan kematian a.n. almarhu\r\n\
         BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;KARTO;BSMDIDJA;005501824100004;1000000;IDR;Santunan kematian a.n. almarhu\r\n"
    );
    assert_eq!(
        text(&files[2]),
        "\u{feff}No;Kode Permohonan;Nama Penerima;Bank;Nomor Rekening;Jumlah (Rp);Keterangan\r\n\
         3;BTG-2026-000003;\"Siti \"\"Tini\"\"; Aminah\";BPR BKK BATANG;0055 0182 4100 003;1.000.000;\
         Santunan kematian a.n. almarhum Ratmen bin Karso\r\n"
    );
}

#[test]
fn the_office_of_batang_pays_from_bank_jateng_and_names_only_banks_that_exist() {
    let pack: toml::Table = toml::from_str(include_str!("../../../fixtures/offices/33.25/office.toml")).unwrap();
    let office: OfficeBank = pack["bank"].clone().try_into().unwrap();
    let lines = [a_line(1, "BANK JATENG", "KARTO", 5), a_line(2, "BPR BKK BATANG", "KARTI", 5)];
    let plan = PaymentPlan::plan(&a_table(), &office, &lines, Rupiah::new(10).unwrap()).unwrap();
    assert_eq!((plan.own_bank().code.as_str(), plan.own_bank().bic.as_str()), ("113", "PDJGIDJ1"));
    assert_eq!(Route::ALL.map(|route| plan.carried_by(route).len()), [1, 0, 1]);
}

#[test]
fn a_name_cannot_become_a_formula_in_any_file() {
    let check = |bank: &str, part: &str| {
        let files = write_with(BPD, &[a_line(1, bank, "-+@=HYPERLINK(A)", 5)]).unwrap();
        assert!(text(&files[0]).contains(part), "{}", text(&files[0]));
    };
    check("BANK JATENG", ";HYPERLINK(A);");
    check("BRI", ";HYPERLINK(A);");
    check("BPR BKK BATANG", ";'-+@=HYPERLINK(A);");
}

#[test]
fn what_does_not_fit_is_refused_with_every_line_named() {
    let lines = [a_line(1, "BRI", "سوبرمي", 5), a_line(2, "BRI", "KARTO", 1_000_000_001), a_line(3, "BANK JATENG", "苏", 5)];
    let Err(BankFileFault::Cells(faults)) = write_with(BPD, &lines) else { panic!("written") };
    let expected = [
        CellFault::Lost { sequence: 3, field: Field::Holder },
        CellFault::Lost { sequence: 1, field: Field::Holder },
        CellFault::AboveLimit { sequence: 2, most: Rupiah::new(1_000_000_000).unwrap() },
    ];
    assert_eq!(faults, expected);
}

#[test]
fn an_account_longer_than_its_column_stops_the_file() {
    let layout = BPD.replace("{ field = \"account\" }", "{ field = \"account\", chars_max = 10 }");
    let Err(BankFileFault::Cells(faults)) = write_with(&layout, &[a_line(1, "BRI", "KARTO", 5)]) else { panic!("written") };
    assert_eq!(faults, [CellFault::TooLong { sequence: 1, field: Field::Account, chars_max: 10 }]);
}

#[test]
fn an_order_with_a_fault_gives_no_file_and_a_missing_line_is_noticed() {
    let mut lines = [a_line(1, "BRI", "KARTO", 5), a_line(2, "BRI", "KARTI", 6)];
    let files = write_with(BPD, &lines).unwrap();
    assert!(check_total(&files, Rupiah::new(11).unwrap()).is_ok());
    assert!(matches!(check_total(&files, Rupiah::new(12).unwrap()), Err(BankFileFault::Total { .. })));
    lines[1].account = "12".to_owned();
    assert!(matches!(write_with(BPD, &lines), Err(BankFileFault::Plan(_))));
}

#[test]
fn amounts_may_have_two_decimals() {
    let layout = BPD.replace("amount = \"plain\"", "amount = \"two_decimals\"");
    let files = write_with(&layout, &[a_line(1, "BRI", "KARTO", 1_000_000)]).unwrap();
    assert!(text(&files[0]).contains(";1000000.00;IDR;"));
    assert_eq!(files[0].total.whole(), 1_000_000);
}

#[test]
fn every_fault_of_a_layout_is_named_at_once() {
    let broken = BPD
        .replacen("header = false", "heading = false", 1)
        .replacen("marks = \".,-/()\"\namount = \"plain\"\n# Clearing", "marks = \"=;\"\namount = \"plain\"\n# Clearing", 1)
        .replace("{ field = \"currency\" }", "{ field = \"curency\" }")
        .replace("1_000_000_000", "0")
        .replace("MANUAL_{unit}", "MANUAL");
    let faults = Layouts::parse(&broken).unwrap_err();
    let words = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for part in
        ["berkas 1: ", "heading", "berkas 2 kolom 7: ", "curency", "berkas 2: tanda pemisah", "berkas 2: marks", "berkas 2: amount_max"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(words.contains("berkas 3: nama berkas: harus memuat"), "{words}");
}

#[test]
fn a_layout_must_carry_what_each_road_needs() {
    let check = |from: &str, to: &str, expected: LayoutFault| {
        assert_eq!(Layouts::parse(&BPD.replace(from, to)).unwrap_err(), [expected]);
    };
    check("  { field = \"bic\" },\n", "", LayoutFault::Column { file: 2, field: Field::Bic, found: 0 });
    check("{ field = \"bic\" }", "{ field = \"bic\" },{ field = \"bic\" }", LayoutFault::Column { file: 2, field: Field::Bic, found: 2 });
    check(
        "{ field = \"bic\" }",
        "{ field = \"bic\", chars_max = 4, too_long = \"cut\" }",
        LayoutFault::Width { file: 2, field: Field::Bic },
    );
    check(
        "{ \"&\" = \" DAN \" }\ncolumn = [\n  { field = \"source_holder\", capitals = true, chars_max = 70, too_long = \"cut\" },\n  { field = \"source_account\" },\n  { field = \"holder\", capitals = true, chars_max = 70, too_long = \"cut\" },\n  { field = \"bic\" }",
        "{ \"dan\" = \"\" }\ncolumn = [\n  { field = \"holder\" },\n  { field = \"bic\" }",
        LayoutFault::Replace { file: 2, key: "dan".to_owned() },
    );
    let faults = Layouts::parse(&BPD.replace("\"by_hand\"", "\"own_bank\"")).unwrap_err();
    assert_eq!(faults, [LayoutFault::Route(Route::OwnBank, 2), LayoutFault::Route(Route::ByHand, 0)]);
}

proptest! {
    #[test]
    fn files_carry_the_order_to_the_rupiah_whatever_the_names(
        parts in prop::collection::vec((0..6_usize, 1..5_000_000_i64, "[A-Z]\\PC{0,60}"), 1..40),
    ) {
        let banks = ["BRI", "BANK JATENG", "BPR BKK BATANG", "MANDIRI", "BNI", "BSI"];
        let lines: Vec<PaymentLine> = parts.iter().zip(1..).map(|((b, amount, name), n)| a_line(n, banks[*b], name, *amount)).collect();
        let order = Rupiah::sum(lines.iter().map(|l| l.amount)).unwrap();
        let files = write_with(BPD, &lines).unwrap();
        prop_assert_eq!(Rupiah::sum(files.iter().map(|f| f.total)), Some(order));
        prop_assert_eq!(files.iter().map(|f| f.items).sum::<usize>(), lines.len());
        for file in files.iter().filter(|f| !f.name.starts_with("MANUAL")) {
            let text = text(file);
            prop_assert!(text.is_ascii() && !text.contains(['"', '=', '@', '\'']));
            prop_assert_eq!(text.lines().count(), file.items);
        }
    }
}
