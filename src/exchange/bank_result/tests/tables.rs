use super::*;

#[derive(serde::Deserialize, Debug)]
struct Profile {
    result: ResultLayout,
}

pub(super) fn layout(change: impl Fn(&str) -> String) -> ResultLayout {
    toml::from_str::<Profile>(&change(&sample("hasil.toml"))).unwrap().result
}

fn layout_fault(from: &str, to: &str) -> String {
    let text = sample("hasil.toml");
    assert!(text.contains(from), "{from}");
    toml::from_str::<Profile>(&text.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_table_is_read_by_the_layout_of_its_profile() {
    let layout = layout(str::to_owned);
    let report = read(sample("hasil.csv").as_bytes(), How::Table(&layout)).unwrap();
    let expected = [
        "BTG-2026-000001 D Rp1.000.000 settled 2026-06-22 -",
        "BTG-2026-000002 D Rp1.000.000 rejected wrong_account \"REKENING TIDAK DITEMUKAN\"",
        "BTG-2026-000003 D Rp1.000.000 returned name_differs \"Nama beda\"",
        "BTG-2026-000004 D Rp1.000.000 pending",
    ];
    assert_eq!(told_of(&report), expected);
    assert_eq!(report.lines[0].account.as_ref().unwrap().expose(), "595501824120001");
    assert_eq!(report.read.count, 4);
}

#[test]
fn a_file_without_titles_and_with_totals_in_front_is_read_by_numbers() {
    let text = r#"
        format = "text"
        delimiter = "|"
        titles = false
        columns = { remark = 1, account = 2, amount = 3, currency = 5, reason_code = 4 }
        amount = "point"
        status = { every_row = "returned" }
        control = { count = 4, sum = 5, account = 3 }
    "#;
    let layout: ResultLayout = toml::from_str(text).unwrap();
    let file =
        "P|20260622|1034567890|2|2000000.00\nSANTUNAN BTG-2026-000001 X|5955|1000000.00|AC04|IDR\nBTG-2026-000002|5956|1000000|ZZ|IDR\n";
    let report = read(file.as_bytes(), How::Table(&layout)).unwrap();
    assert_eq!(told_of(&report)[..1], ["- D Rp1.000.000 returned closed_account \"AC04\"".to_owned()].map(|line| line));
    assert_eq!(report.accounts[0].expose(), "1034567890");
    let fault = refusal(&file.replace("2000000.00", "2000001.00"), How::Table(&layout));
    assert!(fault.contains("jumlah kontrol tidak cocok"), "{fault}");
    assert!(refusal(&file.replace("IDR", "USD"), How::Table(&layout)).contains("mata uang USD"));
}

#[test]
fn a_workbook_is_read_by_the_same_layout() {
    let text_layout = layout(str::to_owned);
    let layout = layout(|text| text.replace("format = \"text\"", "format = \"workbook\""));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Laporan").unwrap();
    for (column, title) in
        (0..).zip(["No", "No Referensi", "Rekening Tujuan", "Nama Penerima", "Nominal", "Status", "Keterangan", "Tanggal"])
    {
        sheet.write_string(2, column, title).unwrap();
    }
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 6, 22).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for row in 3..5 {
        sheet.write_string(row, 1, format!("BTG-2026-00000{row}")).unwrap();
        sheet.write_string(row, 2, "595501824129452").unwrap();
        sheet.write_number(row, 4, 1_000_000.0).unwrap();
        sheet.write_string(row, 5, "Sukses").unwrap();
        sheet.write_datetime_with_format(row, 7, &day, &format).unwrap();
    }
    sheet.write_string(5, 0, "Total").unwrap();
    sheet.write_number(5, 1, 2.0).unwrap();
    sheet.write_number(5, 4, 2_000_000.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let report = read(&bytes, How::Table(&layout)).unwrap();
    assert_eq!(told(&report.lines[1]), "BTG-2026-000004 D Rp1.000.000 settled 2026-06-22 -");
    assert!(read(&bytes, How::Table(&text_layout)).unwrap_err().to_string().contains("Excel"));
    assert!(read(sample("hasil.csv").as_bytes(), How::Table(&layout)).unwrap_err().to_string().contains("Excel"));
}

#[test]
fn whatever_is_not_understood_refuses_the_table_with_line_and_column() {
    let layout = layout(str::to_owned);
    let check = |from: &str, to: &str, words: &[&str]| {
        let text = sample("hasil.csv");
        assert!(text.contains(from), "{from}");
        let fault = refusal(&text.replacen(from, to, 1), How::Table(&layout));
        assert!(words.iter().all(|word| fault.contains(word)), "{from}: {fault}");
    };
    check(";SUKSES;", ";OKE;", &["baris 4", "OKE", "[result.status]"]);
    check(";SUKSES;", ";SUKSESS;", &["SUKSESS"]);
    check(";SUKSES;", ";;", &["baris 4", "tidak ada"]);
    check("1.000.000,00;SUKSES", "1,000,000.00;SUKSES", &["baris 4, kolom 5 (amount)", "bukan jumlah uang"]);
    check("1.000.000,00;SUKSES", "1.000.000,50;SUKSES", &["memuat sen"]);
    check("1.000.000,00;SUKSES", ";SUKSES", &["amount", "tidak ada"]);
    check(";22/06/2026", ";06/22/2026", &["baris 4", "tanggal"]);
    check("Nominal", "Jumlah", &["kolom \"Nominal\" tidak ada"]);
    check("TOTAL;4", "TOTAL;5", &["jumlah kontrol", "5 baris"]);
    check("4.000.000,00", "3.000.000,00", &["jumlah kontrol"]);
    check("TOTAL;4;;;4.000.000,00;;;\r\n", "", &["baris jumlah"]);
    check("TOTAL;4;;;4.000.000,00;;;\r\n", "TOTAL;4;;;4.000.000,00;;;\r\nTOTAL;4;;;4.000.000,00;;;\r\n", &["lebih dari sekali"]);
    check("'595501824120001", "5,95502E+14", &["nomor rekening"]);
    check("TOTAL;4", "Tanda tangan;;;;;;;\r\nTOTAL;4", &["amount", "tidak ada"]);
    check("1;BTG-2026-000001;'595501824120001", "1;;", &["reference", "tidak ada"]);
}

#[test]
fn every_fault_of_a_layout_is_named_at_once() {
    let fault = layout_fault(
        "columns = { reference = \"No Referensi\", account = \"Rekening Tujuan\", holder = \"Nama Penerima\", amount = \"Nominal\", status = \"Status\"",
        "columns = { holder = 0",
    );
    for words in ["columns.amount", "reference, remark, atau account", "columns.status", "nomor kolom 0"] {
        assert!(fault.contains(words), "{fault}");
    }
    for (from, to, words) in [
        ("delimiter = \";\"", "delimiter = \";;\"", "delimiter"),
        ("encoding = \"utf-8\"", "encoding = \"klingon\"", "klingon"),
        ("\"DITOLAK\"", "\"sukses\"", "dua arti"),
        ("\"DITOLAK\"", "\"\"", "kosong"),
        ("format = \"text\"", "format = \"text\"\ntitles = false", "judul"),
        ("days = [\"DD/MM/YYYY\", \"YYYY-MM-DD\"]", "", "days"),
        ("days = [\"DD/MM/YYYY\"", "days = [\"HH/MM\"", "HH/MM"),
        ("count = 2, sum = 5", "", "count atau sum"),
        ("format = \"text\"", "format = \"text\"\nfoo = 1", "foo"),
    ] {
        let fault = layout_fault(from, to);
        assert!(fault.contains(words), "{to}: {fault}");
    }
}

#[test]
fn the_longest_status_word_counts() {
    let layout = layout(|text| text.replace("\"GAGAL\"", "\"GAGAL\", \"SUKSES SEBAGIAN\""));
    let check = |written: &str, expected: Option<StatusKind>| assert_eq!(layout.status.meaning_of(written), expected, "{written}");
    check("sukses", Some(StatusKind::Settled));
    check("SUKSES - 00", Some(StatusKind::Settled));
    check("Sukses  Sebagian", Some(StatusKind::Rejected));
    check("TIDAK SUKSES", None);
    check("", None);
}
