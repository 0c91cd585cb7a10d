//! What the profiles of the program write, letter by letter, and that they lose and add nothing.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;

use super::*;
use crate::domain::payment::{PaymentPlan, Route};

const NAMES: [&str; 7] = ["bpd", "mandiri", "bca", "csv", "xlsx", "pain001-03", "pain001-09"];

#[test]
fn every_profile_of_the_program_can_be_read_and_passes_its_trial() {
    let profiles = Profiles::built_in();
    assert_eq!(profiles.all().map(|p| p.name.as_str()).collect::<Vec<_>>(), NAMES);
    assert_eq!(profiles.broken(), []);
    let (table, office) = (a_table(), an_office());
    for profile in profiles.all() {
        let batch = a_batch(&table, &office, &[]);
        let files = profile.trial(&table, &office, batch.execute_on, batch.created_at).unwrap();
        let lines = profile.sample(&table, &office);
        assert_eq!(files.iter().map(|f| f.items).sum::<usize>(), lines.len(), "{}", profile.name);
        if profile.name == "bca" {
            assert_eq!(files.len(), 4, "each rail has a sample");
        }
        assert!(lines.len() >= 5 && lines.iter().all(|line| line.holder.to_uppercase().contains("CONTOH")), "{}", profile.name);
    }
}

#[test]
fn the_bpd_pair_and_its_manual_list_are_as_banks_take_them() {
    let lines = [
        a_line(1, "BRI", "Muh. Syafi\u{2019}i", 1_000_000),
        a_line(2, "BANK JATENG", "José & Sons; =1+1", 1_500_000),
        a_line(3, "BPR BKK BATANG", "Siti \"Tini\"; Aminah", 1_000_000),
        a_line(4, "BSI", "Karto", 1_000_000),
    ];
    let files = write_with(built_in("bpd"), &lines).unwrap();
    assert_eq!(
        summary(&files),
        [
            ("OB_DINSOS_22062026_1.csv", 1, 1_500_000),
            ("SKN_DINSOS_22062026_1.csv", 2, 2_000_000),
            ("MANUAL_DINSOS_22062026_1.csv", 1, 1_000_000)
        ]
    );
    assert_eq!(
        text(&files[0]),
        "BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;JOSE DAN SONS 11;005501824100002;1500000;SANTUNAN BTG-2026-000002\r\n"
    );
    assert_eq!(
        text(&files[1]),
        "BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;MUH. SYAFII;BRINIDJA;005501824100001;1000000;IDR;SANTUNAN BTG-2026-000001\r\n\
         BENDAHARA PENGELUARAN DINAS SOSIAL;1001001234;KARTO;BSMDIDJA;005501824100004;1000000;IDR;SANTUNAN BTG-2026-000004\r\n"
    );
    assert_eq!(
        text(&files[2]),
        "\u{feff}No;Kode Permohonan;Nama Penerima;Bank;Nomor Rekening;Jumlah (Rp);Keterangan\r\n\
         3;BTG-2026-000003;\"Siti \"\"Tini\"\"; Aminah\";BPR BKK BATANG;0055 0182 4100 003;1.000.000;\
         SANTUNAN BTG-2026-000003\r\n"
    );
}

#[test]
fn the_mandiri_payroll_file_has_its_header_and_chooses_the_service_by_bank_and_amount() {
    let lines = [
        a_line(1, "MANDIRI", "Karto, S.E.", 1_000_000),
        a_line(2, "BRI", "Muh. Syafi\u{2019}i", 250_000_000),
        a_line(3, "BRI", "Siti", 250_000_001),
        a_line(4, "BNI", "Sri", 1_000_000_001),
        a_line(5, "BPR BKK BATANG", "Tini", 1_000_000),
    ];
    let files = write_with(built_in("mandiri"), &lines).unwrap();
    assert_eq!(summary(&files), [("MCM_DINSOS_20260622_1_1.csv", 4, 1_501_000_002), ("MANUAL_DINSOS_22062026_1.csv", 1, 1_000_000)]);
    assert_eq!(
        text(&files[0]),
        "P,20260622,1001001234,4,1501000002.00\r\n\
         005501824100001,KARTO S.E.,,,,IDR,1000000.00,SANTUNAN KEMATIAN BTG-2026-000001,BTG-2026-000001,IBU,BMRIIDJA,MANDIRI\r\n\
         005501824100002,MUH. SYAFI'I,,,,IDR,250000000.00,SANTUNAN KEMATIAN BTG-2026-000002,BTG-2026-000002,BAU,BRINIDJA,BRI\r\n\
         005501824100003,SITI,,,,IDR,250000001.00,SANTUNAN KEMATIAN BTG-2026-000003,BTG-2026-000003,LBU,BRINIDJA,BRI\r\n\
         005501824100004,SRI,,,,IDR,1000000001.00,SANTUNAN KEMATIAN BTG-2026-000004,BTG-2026-000004,RBU,BNINIDJA,BNI\r\n"
    );
}

#[test]
fn bca_takes_three_files_with_value_date_and_a_batch_number_of_two_digits() {
    let lines = [
        a_line(1, "BCA", "Karto", 1_000_000),
        a_line(2, "BRI", "Siti", 1_000_000_000),
        a_line(3, "BRI", "Sri", 1_000_000_001),
        a_line(4, "BCA", "Tini", 2_000_000),
    ];
    let (table, office, profile) = (a_table(), an_office(), Profile::parse(built_in("bca")).unwrap());
    let files = profile.write(&Batch { day_sequence: 7, ..a_batch(&table, &office, &lines) }).unwrap();
    assert_eq!(
        files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["BCA_DINSOS_20260622_07.csv", "LLG_DINSOS_20260622_07.csv", "RTGS_DINSOS_20260622_07.csv"]
    );
    assert_eq!(
        text(&files[0]),
        "22062026;07;1001001234;2;3000000.00\r\n\
         1;005501824100001;KARTO;1000000.00;IDR;SANTUNAN BTG-2026-000001;BTG-2026-000001\r\n\
         2;005501824100004;TINI;2000000.00;IDR;SANTUNAN BTG-2026-000004;BTG-2026-000004\r\n"
    );
    assert_eq!(
        text(&files[1]),
        "22062026;07;1001001234;1;1000000000.00\r\n\
         1;LLG;BRINIDJA;005501824100002;SITI;1000000000.00;IDR;SANTUNAN BTG-2026-000002;BTG-2026-000002\r\n"
    );
    assert_eq!(
        text(&files[2]),
        "22062026;07;1001001234;1;1000000001.00\r\n\
         1;RTGS;BRINIDJA;005501824100003;SRI;1000000001.00;IDR;SANTUNAN BTG-2026-000003;BTG-2026-000003\r\n"
    );
    let hundredth = profile.write(&Batch { day_sequence: 100, ..a_batch(&table, &office, &lines) }).unwrap_err();
    assert!(hundredth.to_string().contains("nomor berkas hari ini"), "{hundredth}");
}

#[test]
fn the_plain_list_holds_every_payment_and_no_formula() {
    let lines = [a_line(1, "BRI", "=HYPERLINK(\"a\";1)", 1_000_000), a_line(2, "BPR BKK BATANG", "Siti, \"Tini\" \u{202e}Añ", 5)];
    let files = write_with(built_in("csv"), &lines).unwrap();
    assert_eq!(
        text(&files[0]),
        "No,Kode Permohonan,Nama Penerima,Jalur,Bank,Kode Bank,BIC,Nomor Rekening,Jumlah (Rp),Tanggal Bayar,Keterangan\r\n\
         1,BTG-2026-000001,\"'=HYPERLINK(\"\"a\"\";1)\",BI-FAST,BRI,002,BRINIDJA,005501824100001,1000000,2026-06-22,Santunan kematian a.n. almarhum Ratmen bin Karso\r\n\
         2,BTG-2026-000002,\"Siti, \"\"Tini\"\" Añ\",MANUAL,BPR BKK BATANG,,,005501824100002,5,2026-06-22,Santunan kematian a.n. almarhum Ratmen bin Karso\r\n"
    );
}

#[test]
fn a_workbook_read_by_another_program_has_texts_for_accounts_numbers_for_money_and_no_formula() {
    let lines = [a_line(1, "BRI", "=1+1 KARTO", 1_000_000), a_line(2, "BANK JATENG", "Siti", 2_500_000)];
    let files = write_with(built_in("xlsx"), &lines).unwrap();
    assert_eq!(summary(&files), [("BAYAR_DINSOS_20260622_1.xlsx", 2, 3_500_000)]);
    let mut book = Xlsx::new(Cursor::new(&files[0].bytes)).unwrap();
    let range = book.worksheet_range("Pembayaran").unwrap();
    let text = |word: &str| Data::String(word.to_owned());
    assert_eq!(range.get_size(), (4, 11));
    assert_eq!(range[(0, 7)], text("Nomor Rekening"));
    assert_eq!(
        (&range[(1, 2)], &range[(1, 7)], &range[(1, 8)]),
        (&text("=1+1 KARTO"), &text("005501824100001"), &Data::Float(1_000_000.0))
    );
    assert_eq!((&range[(3, 0)], &range[(3, 8)]), (&text("JUMLAH"), &Data::Float(3_500_000.0)));
    assert!(book.worksheet_formula("Pembayaran").unwrap().is_empty());
}

#[test]
fn a_sum_that_a_spreadsheet_would_round_is_refused_not_rounded() {
    let lines = [a_line(1, "BANK JATENG", "KARTO", 9_007_199_254_740_993)];
    assert!(matches!(write_with(built_in("xlsx"), &lines), Err(BankFileFault::NotReadable(_))));
    assert!(write_with(built_in("csv"), &lines).is_ok());
}

#[test]
fn a_name_cannot_become_a_formula_in_any_file() {
    let check = |bank: &str, part: &str| {
        let files = write_with(built_in("bpd"), &[a_line(1, bank, "-+@=HYPERLINK(A)", 5)]).unwrap();
        assert!(text(&files[0]).contains(part), "{}", text(&files[0]));
    };
    check("BANK JATENG", ";HYPERLINK(A);");
    check("BRI", ";HYPERLINK(A);");
    check("BPR BKK BATANG", ";'-+@=HYPERLINK(A);");
}

#[test]
fn the_office_of_the_pack_pays_from_its_bank_and_names_only_banks_that_exist() {
    let pack: toml::Table = toml::from_str(include_str!("../../../../fixtures/offices/33.25/office.toml")).unwrap();
    let office: OfficeBank = pack["bank"].clone().try_into().unwrap();
    let lines = [a_line(1, "BANK JATENG", "KARTO", 5), a_line(2, "BPR BKK BATANG", "KARTI", 5)];
    let plan = PaymentPlan::plan(&a_table(), &office, &lines, Rupiah::new(10).unwrap()).unwrap();
    assert_eq!((plan.own_bank().code.as_str(), plan.own_bank().bic.as_str()), ("113", "PDJGIDJ1"));
    assert_eq!(Route::ALL.map(|route| plan.carried_by(route).len()), [1, 0, 1]);
}

#[test]
fn bank_jateng_is_never_paid_through_the_bank_of_east_java_by_any_profile() {
    let lines = [a_line(1, "BANK JATENG", "KARTO", 5), a_line(2, "113", "KARTI", 5), a_line(3, "BPD Jawa Tengah", "SITI", 5)];
    for name in ["csv", "mandiri", "bca", "pain001-03", "pain001-09"] {
        let all: String = write_with(built_in(name), &lines).unwrap().iter().map(text).collect();
        assert!(all.matches("PDJGIDJ1").count() >= 3 && !all.contains("PDJTIDJ1"), "{name}: {all}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_every_line_named() {
    let lines = [a_line(1, "BRI", "سوبرمي", 5), a_line(2, "BRI", "KARTO", 6), a_line(3, "BANK JATENG", "苏", 5)];
    let Err(BankFileFault::Cells(faults)) = write_with(built_in("bpd"), &lines) else { panic!("written") };
    let lost = |sequence| CellFault::Lost { spot: Spot::Line(sequence), cell: CellName::Field(Field::Holder) };
    assert_eq!(faults, [lost(3), lost(1)]);
    assert_eq!(faults[0].to_string(), "baris 3: nama penerima (holder) kosong atau tidak dapat ditulis dengan huruf yang diterima bank");

    let lines =
        [a_line(1, "BRI", "KARTO", 1_000_000_001), a_line(2, "BRI", "KARTI", 1_000_000_000), a_line(3, "BSI", "SITI", 2_000_000_000)];
    let Err(BankFileFault::NoRail(faults)) = write_with(built_in("bpd"), &lines) else { panic!("written") };
    assert_eq!(faults.iter().map(|fault| fault.sequence).collect::<Vec<_>>(), [1, 3]);
    assert!(faults[0].to_string().contains("Rp1.000.000.001 untuk BRI"), "{}", faults[0]);
}

#[test]
fn an_order_with_a_fault_gives_no_file_and_a_missing_line_is_noticed() {
    let mut lines = [a_line(1, "BRI", "KARTO", 5), a_line(2, "BRI", "KARTI", 6)];
    let files = write_with(built_in("bpd"), &lines).unwrap();
    assert!(check_total(&files, Rupiah::new(11).unwrap()).is_ok());
    assert!(matches!(check_total(&files, Rupiah::new(12).unwrap()), Err(BankFileFault::Total { .. })));
    for (change, name) in [(0, "rekening"), (1, "rujukan"), (2, "kosong")] {
        let mut wrong = lines.clone();
        match change {
            0 => wrong[1].account = "12".to_owned(),
            1 => wrong[1].reference = wrong[0].reference.to_lowercase(),
            _ => wrong[1].holder = " ".to_owned(),
        }
        for profile in NAMES {
            let fault = write_with(built_in(profile), &wrong).unwrap_err();
            assert!(fault.to_string().contains(name), "{profile}: {fault}");
        }
    }
    lines[0].amount = Rupiah::ZERO;
    assert!(matches!(write_with(built_in("bpd"), &lines), Err(BankFileFault::Plan(_))));
}

/// Account numbers in the files, found without the profile by the digits with which all of them begin.
fn accounts(files: &[OutFile]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let cells: Vec<String> = if file.bytes.starts_with(b"PK") {
            let mut book = Xlsx::new(Cursor::new(&file.bytes)).unwrap();
            let range = book.worksheet_range_at(0).unwrap().unwrap();
            range.rows().map(|row| row[7].to_string()).collect()
        } else {
            text(file).split(['\n', '\r', ',', ';', '<', '>']).map(|cell| cell.replace(' ', "")).collect()
        };
        found.extend(cells.into_iter().filter(|cell| cell.len() == 15 && cell.starts_with("0055018241")));
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn files_carry_the_order_to_the_rupiah_whatever_the_names(
        parts in prop::collection::vec((0..7_usize, 1..5_000_000_i64, "[A-Z]\\PC{0,60}", "\\PC{0,60}"), 1..30),
    ) {
        let banks = ["BRI", "BANK JATENG", "BPR BKK BATANG", "MANDIRI", "BNI", "BSI", "BCA"];
        let numbered = parts.iter().zip(1..);
        let lines: Vec<PaymentLine> = numbered
            .map(|((bank, amount, name, remark), n)| PaymentLine { remark: remark.clone(), ..a_line(n, banks[*bank], name, *amount) })
            .collect();
        let order = Rupiah::sum(lines.iter().map(|l| l.amount)).unwrap();
        let mut expected: Vec<String> = lines.iter().map(|line| line.account.replace(' ', "")).collect();
        expected.sort();
        for profile in Profiles::built_in().all() {
            let files = write_by(profile, &lines).unwrap();
            prop_assert_eq!(Rupiah::sum(files.iter().map(|f| f.total)), Some(order), "{}", &profile.name);
            prop_assert_eq!(files.iter().map(|f| f.items).sum::<usize>(), lines.len());
            prop_assert_eq!(&accounts(&files), &expected, "{}", &profile.name);
            prop_assert_eq!(&files, &write_by(profile, &lines).unwrap(), "{} differs from itself", &profile.name);
            for file in files.iter().filter(|f| ["OB_", "SKN_", "MCM_", "BCA_", "LLG_", "RTGS_"].iter().any(|begin| f.name.starts_with(begin))) {
                let text = text(file);
                prop_assert!(text.is_ascii() && !text.contains(['"', '=', '@']));
                prop_assert_eq!(text.lines().count(), file.items + usize::from(!matches!(profile.name.as_str(), "bpd")));
            }
        }
    }
}
