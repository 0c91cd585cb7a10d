use std::collections::HashMap;
use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::domain::identity::{Nik, Sex};
use crate::domain::region::RegionCode;
use crate::domain::register::ResidentStatus;

const RIGHT_VALUES: &str = include_str!("../../../fixtures/register/exports/export_sample_right_values.csv");
const POPULATION: &str = include_str!("../../../fixtures/register/population_sample.csv");
const WORKBOOK: &[u8] = include_bytes!("../../../fixtures/register/exports/population_sample.xlsx");
const EXPORTS: [(&str, &[u8]); 4] = [
    ("export_sample_a.csv", include_bytes!("../../../fixtures/register/exports/export_sample_a.csv")),
    ("export_sample_b.csv", include_bytes!("../../../fixtures/register/exports/export_sample_b.csv")),
    ("export_sample_c.csv", include_bytes!("../../../fixtures/register/exports/export_sample_c.csv")),
    ("export_sample_d.csv", include_bytes!("../../../fixtures/register/exports/export_sample_d.csv")),
];

struct Read {
    recognised: Recognised,
    rows: Vec<ReadRow>,
    report: RegisterReport,
}

fn open(bytes: &[u8]) -> RegisterFile<Cursor<&[u8]>> {
    RegisterFile::open(Cursor::new(bytes), &Mappings::built_in(), NaiveDate::from_ymd_opt(2026, 6, 22).unwrap()).unwrap()
}

fn read(bytes: &[u8]) -> Read {
    let mut file = open(bytes);
    let mut rows = Vec::new();
    let report = file
        .each_row::<TableFault>(|row| {
            rows.push(row);
            Ok(())
        })
        .unwrap();
    assert_eq!(report.read, report.accepted + report.set_aside + report.repeated + report.other_lines, "counts add up");
    assert_eq!((rows.len(), file.recognised().rows), (report.rows(), report.rows()));
    Read { recognised: file.recognised(), rows, report }
}

fn resident(row: &ReadRow) -> &Resident {
    match &row.fate {
        Fate::Accepted(resident) => resident,
        other => panic!("row {} is {other:?}", row.number),
    }
}

/// The register row an id names, whatever letters stand before its digits.
fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_digit).collect()
}

fn population() -> HashMap<String, Resident> {
    let mut by_id = HashMap::new();
    open(POPULATION.as_bytes())
        .each_resident::<TableFault>(|resident| {
            by_id.insert(digits(&resident.register_id), resident);
            Ok(())
        })
        .unwrap();
    assert_eq!(by_id.len(), 5000);
    by_id
}

#[test]
fn every_recoverable_number_and_date_of_the_exports_is_right_and_every_other_one_marked() {
    let right: Vec<csv::StringRecord> = csv::Reader::from_reader(RIGHT_VALUES.as_bytes()).records().map(Result::unwrap).collect();
    for (name, bytes) in EXPORTS {
        let found = read(bytes);
        let expected: Vec<_> = right.iter().filter(|row| &row[0] == name).collect();
        assert_eq!(found.rows.len(), expected.len(), "{name}");
        for (row, expected) in found.rows.iter().zip(expected) {
            let place = format!("{name} row {} ({} {}): {:?}", row.number, &expected[5], &expected[6], row.notes);
            assert_eq!(row.number.to_string(), &expected[1], "{place}");
            assert_eq!(row.born_on.map(|day| day.to_string()).as_deref(), Some(&expected[4]), "{place}");
            if &expected[7] == "1" {
                assert_eq!((row.nik.as_deref(), row.flags().count()), (Some(&expected[3]), 0), "{place}");
            } else {
                assert_eq!((row.nik.as_deref(), row.flags().count()), (None, 1), "{place}");
            }
        }
    }
}

/// The exports are of people who stand in the population sample too: whatever a file says about them has to agree.
#[test]
fn every_other_value_of_the_exports_agrees_with_the_register() {
    let people = population();
    for (name, bytes) in EXPORTS {
        let found = read(bytes);
        for row in &found.rows {
            let Fate::Accepted(read) = &row.fate else { continue };
            let Some(known) = people.get(&digits(&read.register_id)) else { continue };
            // Some senders write names in small letters or with accents.
            let name_of = |person: &Resident| crate::exchange::plain_text::fold(&person.name).to_uppercase();
            assert_eq!(
                (name_of(read), read.sex, &read.village, &read.rt, &read.rw, read.status == ResidentStatus::Dead),
                (
                    name_of(known),
                    known.sex,
                    &known.village,
                    &known.rt,
                    &known.rw,
                    name != "export_sample_d.csv" && known.status == ResidentStatus::Dead
                ),
                "{name} row {}",
                row.number
            );
            assert_eq!((read.pkh, read.sembako, read.pbi), (known.pkh, known.sembako, known.pbi), "{name} row {}", row.number);
            assert!(read.family_card.is_none() || read.family_card == known.family_card, "{name} row {}", row.number);
            if name != "export_sample_d.csv" {
                assert_eq!(
                    (read.decile, read.died_on, read.account.as_ref().map(|a| &a.number)),
                    (known.decile, known.died_on, known.account.as_ref().map(|a| &a.number)),
                    "{name} {}",
                    row.number
                );
            }
        }
    }
}

#[test]
fn each_export_is_recognised_for_what_it_is() {
    let told = |bytes| {
        let found = read(bytes);
        let r = &found.report;
        (found.recognised.form.to_string(), found.recognised.mapping, [r.accepted, r.set_aside, r.repeated, r.other_lines])
    };
    let form = |text: &str, mapping: &str, counts| (text.to_owned(), mapping.to_owned(), counts);
    assert_eq!(told(EXPORTS[0].1), form("teks UTF-8 (BOM), pemisah \";\"", "DTSEN", [400, 0, 0, 0]));
    assert_eq!(told(EXPORTS[1].1), form("teks Windows-1252, pemisah \",\"", "DTSEN", [400, 0, 3, 0]));
    assert_eq!(told(EXPORTS[2].1), form("teks UTF-8, pemisah tab", "Daftar penduduk", [400, 0, 0, 1]));
    assert_eq!(told(EXPORTS[3].1), form("teks UTF-8, pemisah \",\"", "DTKS", [400, 0, 0, 0]));
}

#[test]
fn the_workbook_holds_the_register_but_for_digits_that_excel_lost() {
    let people = population();
    let found = read(WORKBOOK);
    assert_eq!((found.recognised.form.to_string().as_str(), found.report.accepted), ("Excel, lembar \"Data\"", 5000));
    let mut lost = 0;
    for row in &found.rows {
        let read = resident(row);
        // The workbook spells some occupations in another way.
        let known = &Resident { occupation: read.occupation.clone(), ..people[&digits(&read.register_id)].clone() };
        if read.nik == known.nik {
            assert_eq!(read, known);
        } else {
            lost += 1;
            assert_eq!((&read.nik, row.flags().collect::<Vec<_>>()), (&None, vec![Flag::NikLost]));
            assert_eq!(&Resident { nik: known.nik.clone(), ..read.clone() }, known);
        }
    }
    assert_eq!((lost, found.rows.len()), (196, 5000));
}

fn one(text: &str) -> ReadRow {
    read(text.as_bytes()).rows.remove(0)
}

#[test]
fn joined_columns_and_names_of_villages_are_taken_apart() {
    let row = one("NIK KTP|Nama Lengkap|Tempat, Tgl Lahir|L/P|RT/RW|Desa/Kelurahan|Kecamatan|Ket.\n\
        3325010903430001|RATMIN|BATANG, 9 Maret 1943|L|6/2|WONOTUNGGAL|WONOTUNGGAL|Meninggal\n");
    let read = resident(&row);
    assert_eq!((read.birth_place.as_str(), read.rt.as_str(), read.rw.as_str()), ("BATANG", "006", "002"));
    assert_eq!((read.born_on, read.sex, read.status), (NaiveDate::from_ymd_opt(1943, 3, 9), Some(Sex::Male), ResidentStatus::Dead));
    assert_eq!((read.village.clone(), read.nik.clone()), (RegionCode::parse("33.25.01.2006").ok(), Nik::parse("3325010903430001").ok()));
    assert_eq!((read.register_id.as_str(), row.notes.len()), ("baris-1", 0));
}

#[test]
fn names_of_columns_of_other_senders_are_known() {
    let row = one("NO_KK;NIK;NAMA_LGKP;JENIS_KLMIN;TMPT_LHR;TGL_LHR;STAT_HBKEL;NAMA_KEC;NAMA_KEL\n\
        3325010107170001;3325010903430001;RATMIN;1;BATANG;09-03-1943;KEPALA KELUARGA;BLADO;KALISARI\n");
    assert_eq!(resident(&row).village, RegionCode::parse("33.25.03.2007").ok());
    let row =
        one("No.;Nomor Induk Kependudukan;Nama Warga;Tanggal Lahir;JK;Kode Desa\n1;3325010903430001;RATMIN;09-03-1943;L;3325032007\n");
    assert_eq!((resident(&row).name.as_str(), resident(&row).sex), ("RATMIN", Some(Sex::Male)));
}

#[test]
fn an_office_can_name_columns_of_its_own() {
    let own = Mapping::parse("nama = \"Puskesos\"\n[kolom]\nnik = [\"Kunci\"]\nnama = [\"Sebutan\"]\n").unwrap();
    let text = b"Kunci;Sebutan\n3325010903430001;RATMIN\n";
    assert!(matches!(RegisterFile::open(Cursor::new(text), &Mappings::built_in(), NaiveDate::MAX), Err(TableFault::NoHeader)));
    let file = RegisterFile::open(Cursor::new(text), &Mappings::built_in().with(own), NaiveDate::MAX).unwrap();
    assert_eq!((file.recognised().mapping.as_str(), file.recognised().rows), ("Puskesos", 1));
}

#[test]
fn what_people_write_around_the_table_is_no_row() {
    let found = read(
        b"DAFTAR WARGA\nsep=;\n\nNo;NIK;Nama;Tgl Lahir;Desa\n1;2;3;4;5\n1;3325010903430001;RATMIN;09-03-1943;KAUMAN\n;;;;\n\
        No;NIK;Nama;Tgl Lahir;Desa\n2;;SARMI;;KAUMAN\nJUMLAH;2;;;\n;;;;Batang, 22 Juni 2026\n;;Mengetahui,;;Kepala Desa\n",
    );
    assert_eq!((found.report.accepted, found.report.other_lines, found.report.read), (2, 5, 7));
    assert_eq!(found.rows[1].flags().collect::<Vec<_>>(), [Flag::NikMissing]);
}

/// Name and birth date of every row, as understood.
fn people(bytes: &[u8]) -> Vec<(String, String)> {
    let told = |row: &ReadRow| (resident(row).name.clone(), row.born_on.map(|day| day.to_string()).unwrap_or_default());
    read(bytes).rows.iter().map(told).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, born)| ((*name).to_owned(), (*born).to_owned())).collect()
}

#[test]
fn in_a_narrow_file_somebody_without_a_number_is_a_row_all_the_same() {
    let text = "NIK;NAMA;TANGGAL LAHIR\n;SUMIRAN;01/02/1970\n3325011303790001;TARJO;13/03/1979\n;PAIMIN;12-05-1931\n;JUMLAH;3\n";
    assert_eq!(people(text.as_bytes()), pairs(&[("SUMIRAN", "1970-02-01"), ("TARJO", "1979-03-13"), ("PAIMIN", "1931-05-12")]));
    let counted = "No;NIK;Nama;Alamat;Ket\n1;3325011303790001;TARJO;KRAJAN;\n2;;KARNI;;\n;DESA;KAUMAN;;\n";
    assert_eq!(people(counted.as_bytes()), pairs(&[("TARJO", ""), ("KARNI", "")]));
}

#[test]
fn lines_about_the_rows_are_no_rows_and_the_head_of_a_family_is_one() {
    let text = "SHDK;NIK;NAMA;JK\n-----;-----;-----;---\nDESA KAUMAN;KECAMATAN BATANG;KABUPATEN BATANG;\nRT 001;RW 002;DUSUN II;\n\
                KEPALA KELUARGA;;TARJO;L\nISTRI;3325015203800002;SITI;P\nLk: 1;Pr: 1;Jml: 2;\nKepala Desa Kauman;;SUKARNO;\n";
    assert_eq!(people(text.as_bytes()), pairs(&[("TARJO", ""), ("SITI", "")]));
}

#[test]
fn column_names_in_two_rows_are_joined() {
    let text = "NO;NIK;NAMA;LAHIR;;JK\n;;;TEMPAT;TANGGAL;\n1;3325011303790001;TARJO;BATANG;13/03/1979;L\n2;3325015203800002;SITI;BATANG;12/03/1980;P\n";
    assert_eq!(people(text.as_bytes()), pairs(&[("TARJO", "1979-03-13"), ("SITI", "1980-03-12")]));
    assert_eq!(resident(&read(text.as_bytes()).rows[0]).birth_place, "BATANG");
    let known_alone = text.replace("LAHIR;;JK", "KELAHIRAN;;JK").replace("TEMPAT;TANGGAL;", "TEMPAT LAHIR;TANGGAL LAHIR;");
    assert_eq!(people(known_alone.as_bytes()), people(text.as_bytes()));
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_people_behind_it() {
    let lines: Vec<String> = (1..=9).map(|n| format!("332501130379000{n};ORANG {n};1979-03-1{n};KRAJAN")).collect();
    let text = format!("NIK;NAMA;TGL LAHIR;ALAMAT\n{}\n", lines.join("\n"));
    let broken = text.replacen("ORANG 3;1979-03-13;KRAJAN", "ORANG 3;1979-03-13;\"KRAJAN BARU", 1);
    assert_eq!(people(broken.as_bytes()), people(text.as_bytes()));
    let closed_later = broken.replacen("ORANG 7;1979-03-17;KRAJAN", "ORANG 7;1979-03-17;\"KRAJAN\"", 1);
    assert_eq!(people(closed_later.as_bytes()), people(text.as_bytes()));
}

#[test]
fn a_quote_around_whole_lines_leaves_every_person_their_own_number() {
    let text = "NIK,Nama,Tgl Lahir\n3325010903430001,\"RATMIN,09-03-1943\n3325010903430002,SARMI,09-03-1944\n3325010903430003,KASIM,1950-01-01\"\n";
    assert_eq!(people(text.as_bytes()), pairs(&[("RATMIN", "1943-03-09"), ("SARMI", "1944-03-09"), ("KASIM", "1950-01-01")]));
    let numbers: Vec<_> = read(text.as_bytes()).rows.iter().map(|row| row.nik.clone().unwrap()).collect();
    assert_eq!(numbers, ["3325010903430001", "3325010903430002", "3325010903430003"]);
}

#[test]
fn an_address_of_several_lines_makes_nobody_of_its_second_line() {
    let text = "NIK,Nama,Tgl Lahir,Alamat\n3325010903430001,RATMIN,09-03-1943,\"KRAJAN\nRT 1, RW 2, DESA KAUMAN, BATANG\"\n3325010903430002,SARMI,09-03-1944,KRAJAN\n";
    let found = read(text.as_bytes());
    assert_eq!((found.report.read - found.report.other_lines, found.report.accepted, found.report.set_aside), (2, 1, 1));
    assert!(matches!(found.rows[0].fate, Fate::SetAside) && found.rows[0].reason().contains("tanda petik"), "{:?}", found.rows[0].notes);
    assert_eq!(resident(&found.rows[1]).name, "SARMI");
}

#[test]
fn every_sheet_with_the_same_column_names_is_read_and_others_are_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut sheet = |name: &str, cells: &[[&str; 3]]| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(cells) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, *cell).unwrap();
            }
        }
    };
    let head = ["NIK", "Nama", "Tgl Lahir"];
    sheet("Kauman", &[["DESA KAUMAN", "", ""], head, ["3325011303790001", "TARJO", "13/03/1979"]]);
    sheet("Rekap", &[["Desa", "Jumlah", "Ket"], ["Kauman", "1", ""]]);
    sheet("Kalisari", &[["DESA KALISARI", "", ""], head, ["3325015203800002", "SITI", "12/03/1980"]]);
    sheet("Lama", &[["No KK", "NIK", "Nama"], ["3325011303790009", "3325011303790001", "TARJO"]]);
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(people(&bytes), pairs(&[("TARJO", "1979-03-13"), ("SITI", "1980-03-12")]));
    let words = read(&bytes).recognised.form.to_string();
    assert!(words.contains("\"Kauman\", \"Kalisari\"") && words.contains("tidak dibaca") && words.contains("\"Lama\""), "{words}");
}

#[test]
fn a_row_that_says_nothing_new_repeats_and_one_that_says_otherwise_is_kept_and_marked() {
    let head = "ID_DTSEN,NIK,NO_KK,NAMA,TGL_LAHIR,KODE_DESA";
    let first = "DT1,3325010903430001,3325010107170001,RATMIN,1943-03-09,33.25.01.2006";
    let again = "DT1,'3325010903430001,3.32501E+15,Ratmin,9 Maret 1943,3325012006";
    let other = "DT1,3325010903430001,3325010107170001,RATMIN,1944-03-09,33.25.01.2006";
    let found = read(format!("{head}\n{first}\nDT2,,,SARMI,,33.25.01.2006\n{again}\n{other}\n").as_bytes());
    assert_eq!((found.report.accepted, found.report.repeated), (3, 1));
    assert!(matches!(found.rows[2].fate, Fate::Repeats(1)) && found.rows[2].reason().contains("baris 1"));
    assert_eq!(found.rows[3].flags().collect::<Vec<_>>(), [Flag::IdTwice]);
    assert_eq!(resident(&found.rows[3]).register_id, "DT1/2");
}

#[test]
fn a_row_that_cannot_be_used_is_set_aside_with_its_reason() {
    let head = "NIK,Nama,Tgl Lahir";
    for (line, why) in [
        ("3325010903430001,,09-03-1943", "nama kosong"),
        ("3325010903430001,ILHAM, S.PD.,09-03-1943", "lebih banyak daripada kolom"),
        (
            "3325010903430001,\"RATMIN,09-03-1943\n3325010903430002,SARMI,09-03-1944\n3325010903430003,KASIM,S.PD.,1950-01-01\"",
            "tanda petik",
        ),
    ] {
        let row = one(&format!("{head}\n{line}\n"));
        assert!(matches!(row.fate, Fate::SetAside) && row.reason().contains(why), "{:?}", row.notes);
    }
}

#[test]
fn each_unreadable_value_is_named_and_the_row_kept() {
    let head = "id_dtsen;nik;no_kk;nama;tgl_lahir;jenis_kelamin;kode_desa;desil;pkh;status;tgl_meninggal;no_rekening";
    let row = one(&format!("{head}\nDT1;3325010903430001;12;RATMIN;31-02-1943;X;99;11;?;RAIB;kemarin;5,9E+14\n"));
    let named: Vec<&str> = row.notes.iter().map(|note| note.field.word()).collect();
    let mut expected = vec!["no_kk", "tgl_lahir", "jenis_kelamin", "kode_desa", "desil", "pkh", "status", "tgl_meninggal", "no_rekening"];
    expected.sort_unstable();
    assert_eq!(
        {
            let mut named = named;
            named.sort_unstable();
            named
        },
        expected
    );
    assert_eq!(resident(&row).nik, Nik::parse("3325010903430001").ok());
    assert_eq!(row.flags().collect::<Vec<_>>(), [Flag::BirthLost]);
}

#[test]
fn dates_with_the_month_in_front_are_not_turned_around() {
    let lines = ["12/31/1960", "01/25/1970", "05/11/1999", "03/30/1981"];
    let rows: Vec<String> = lines.iter().map(|date| format!("3325010903430001,WARGA {date},{date}")).collect();
    let found = read(format!("NIK,Nama,Tgl Lahir\n{}\n", rows.join("\n")).as_bytes());
    assert!(found.rows.iter().all(|row| row.born_on.is_none() && row.flags().any(|flag| flag == Flag::BirthLost)));
}

#[test]
fn the_report_has_one_line_per_row_and_says_why() {
    let mut out = Vec::new();
    let mut rows = RowsFile::begin(&mut out).unwrap();
    for row in &read(b"NIK,Nama,Tgl Lahir\n3325O10903430001,RATMIN,09-03-1943\n3.32501E+15,SARMI,?\n").rows {
        rows.add(row).unwrap();
    }
    rows.finish().unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("row,nik,tgl_lahir,flag,reason"));
    assert!(lines.next().unwrap().starts_with("1,3325010903430001,1943-03-09,,nik: huruf O"));
    assert!(lines.next().unwrap().starts_with("2,,,tanggal_rusak+nik_rusak,"));
}

fn quoted(cell: &str, quote: bool) -> String {
    if quote { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever form a file is given, the same people are in it.
    #[test]
    fn neither_delimiter_nor_quotes_nor_line_ends_nor_encoding_change_what_is_read(
        names in proptest::collection::vec("[A-Z][a-zé]{2,8} [A-Z][a-z]{2,8}", 1..20),
        delimiter in proptest::sample::select(vec![',', ';', '\t', '|']),
        line_end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        quote in any::<bool>(),
        encoding in 0..4_usize,
    ) {
        let line = |cells: &[&str]| cells.iter().map(|cell| quoted(cell, quote)).collect::<Vec<_>>().join(&delimiter.to_string()) + line_end;
        let mut text = line(&["NIK", "Nama", "Tgl Lahir"]);
        for (at, name) in names.iter().enumerate() {
            text += &line(&[&format!("332501090343{:04}", at + 1), name, "09-03-1943"]);
        }
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let bytes = match encoding {
            0 => text.clone().into_bytes(),
            1 => [&b"\xff\xfe"[..], &utf_16(u16::to_le_bytes)].concat(),
            2 => utf_16(u16::to_be_bytes),
            _ => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        };
        let found = read(&bytes);
        let read: Vec<&str> = found.rows.iter().map(|row| resident(row).name.as_str()).collect();
        prop_assert_eq!(read, names.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert!(found.rows.iter().all(|row| row.nik.is_some() && row.born_on.is_some()));
    }

    /// Whatever stands in a file, the counts add up and nothing breaks (the reader itself asserts it).
    #[test]
    fn counts_add_up_for_any_lines(lines in proptest::collection::vec("[0-9A-Za-z,;\"'./ \t-]{0,60}", 0..30)) {
        let text = format!("id_dtsen,nik,nama,tgl_lahir\n{}\n", lines.join("\n"));
        let _ = read(text.as_bytes());
    }

    /// The order of rows changes nothing but their numbers.
    #[test]
    fn rows_are_read_alike_in_any_order(seed in any::<u64>()) {
        let text = std::str::from_utf8(EXPORTS[3].1).unwrap();
        let mut lines: Vec<&str> = text.lines().skip(1).take(60).collect();
        let at = usize::try_from(seed % 60).unwrap();
        lines.rotate_left(at);
        let head = text.lines().next().unwrap();
        let turned = read(format!("{head}\n{}\n", lines.join("\n")).as_bytes());
        lines.rotate_right(at);
        let straight = read(format!("{head}\n{}\n", lines.join("\n")).as_bytes());
        let residents = |found: &Read| found.rows.iter().map(|row| resident(row).clone()).collect::<Vec<_>>();
        let mut expected = residents(&straight);
        expected.rotate_left(at);
        prop_assert_eq!(residents(&turned), expected);
    }
}

#[test]
fn numbers_a_spreadsheet_has_shortened_are_set_aside_counted_and_explained() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["NIK", "Nama", "Tgl Lahir", "Kode Desa"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    // Kept as a number: a last digit that became 0, a digit that fell away in front, one that is whole, and one kept as text.
    for (row, (nik, name)) in
        (1..).zip([(3_325_010_903_430_010_f64, "RATMIN"), (325_010_903_430_001_f64, "SARMI"), (3_325_010_903_430_003_f64, "KASIM")])
    {
        sheet.write_number(row, 0, nik).unwrap();
        for (column, text) in (1..).zip([name, "09-03-1943", "33.25.01.2006"]) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    for (column, text) in (0..).zip(["3325010903430020", "WAGIRAH", "09-03-1943", "33.25.01.2006"]) {
        sheet.write_string(4, column, text).unwrap();
    }
    let found = read(&book.save_to_buffer().unwrap());
    let niks: Vec<Option<String>> = found.rows.iter().map(|row| resident(row).nik.as_ref().map(|nik| nik.expose().to_owned())).collect();
    assert_eq!(niks[..3], [None, None, Some("3325010903430003".to_owned())], "nothing is guessed");
    assert_eq!(found.report.accepted, 4, "the rows stay, found by name");
    let reasons: Vec<String> = found.rows.iter().map(ReadRow::reason).collect();
    assert!(reasons[0].contains("buatan Excel") && reasons[1].contains("satu angka hilang, biasanya oleh Excel"), "{reasons:?}");
    let unreadable = found.rows.iter().filter(|row| resident(row).nik.is_none()).count();
    assert_eq!(found.report.unreadable, std::collections::BTreeMap::from([("33.25.01.2006".to_owned(), unreadable)]));
    let advice = found.report.advice().unwrap();
    assert!(
        advice.starts_with(&format!("{unreadable} baris NIK-nya tidak terbaca")) && advice.contains("format kolom NIK dan KK menjadi Teks"),
        "{advice}"
    );
    assert_eq!(read(b"NIK,Nama\n3325010903430001,RATMIN\n").report.advice(), None);
}
