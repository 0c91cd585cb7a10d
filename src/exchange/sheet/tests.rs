use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::limits::{COLUMNS_MAX, RECORD_BYTES_MAX, UNPACKED_BYTES_MAX};
use super::*;

fn any_word(row: &Row<'_>) -> usize {
    row.cells().filter(|cell| cell.text.eq_ignore_ascii_case("nik") || cell.text.eq_ignore_ascii_case("nama")).count()
}

fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, TableFault> {
    let mut sheet = Sheet::open(Cursor::new(bytes), &any_word)?;
    let mut found = Vec::new();
    sheet.each(|_, row| {
        found.push(row.cells().map(|cell| cell.text.to_owned()).collect());
        Ok::<_, TableFault>(Flow::Go)
    })?;
    Ok(found)
}

fn refused(bytes: &[u8], expected: &str) {
    match rows(bytes) {
        Ok(found) => panic!("{} rows were read where \"{expected}\" was expected", found.len()),
        Err(fault) => assert!(fault.to_string().contains(expected), "{fault}"),
    }
}

#[test]
fn text_in_every_encoding_is_read() {
    let expected = vec![vec!["NIK".to_owned(), "Nama".to_owned()], vec!["1".to_owned(), "José".to_owned()]];
    let text = "NIK;Nama\r\n1;José\r\n";
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let files: [Vec<u8>; 7] = [
        text.as_bytes().to_vec(),
        [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat(),
        b"NIK;Nama\r1;Jos\xe9\r".to_vec(),
        [&b"\xff\xfe"[..], &le].concat(),
        [&b"\xfe\xff"[..], &be].concat(),
        le,
        be,
    ];
    for bytes in files {
        assert_eq!(rows(&bytes).unwrap(), expected, "{bytes:?}");
    }
}

#[test]
fn rows_are_named_by_the_line_they_begin_on() {
    for (text, expected) in [
        ("NIK;Nama\n1;A\n\n\n2;\"B\nC\"\n3;D", vec![1, 2, 5, 7]),
        ("NIK;Nama\r\n1;A\r\n\r\n\r\n2;\"B\r\nC\"\r\n3;D", vec![1, 2, 5, 7]),
        ("\n\nNIK;Nama\n1;A\n", vec![3, 4]),
    ] {
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes().to_vec(), wide] {
            let mut found = Vec::new();
            let take = |line, _: &Row<'_>| {
                found.push(line);
                Ok::<_, TableFault>(Flow::Go)
            };
            Sheet::open(Cursor::new(bytes), &any_word).unwrap().each(take).unwrap();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

#[test]
fn a_delimiter_inside_titles_does_not_mislead() {
    let text = "Daftar, warga, miskin, desa, Kauman\nper 1,2,3,4,5\nNIK;Nama\n1;\"A;B\nC\"\n";
    assert_eq!(rows(text.as_bytes()).unwrap().last().unwrap(), &["1", "A;B\nC"]);
}

#[test]
fn what_is_no_table_is_refused_with_a_sentence() {
    refused(b"", "kosong");
    refused(b" \r\n \n", "kosong");
    refused(&vec![0; 100_000], "bukan teks");
    refused(&[&b"NIK,Nama\n1,A\n"[..], &vec![0; 100_000]].concat(), "bukan teks");
    refused(&[&b"NIK,Nama\n"[..], &b"1,A\n".repeat(5_000), &[0; 1_000]].concat(), "bukan teks");
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "Excel lama");
    refused(b"\x1f\x8b\x08 gzip", "arsip");
    refused(b"PK\x03\x04 cut off", "rusak atau terpotong");
}

#[test]
fn endless_rows_are_refused_after_a_megabyte() {
    let long = |head: &[u8], body: &[u8]| [head, &body.repeat(4 * RECORD_BYTES_MAX / body.len())].concat();
    refused(&long(b"NIK,Nama\n1,\"A\n", b"2,B\n"), "baris 2 tidak berakhir");
    refused(&long(b"NIK,Nama\n", b"\n"), "tidak berakhir");
    refused(&long(b"NIK,Nama\n1,", b"A"), "tidak berakhir");
    refused(&long(b"NIK,Nama\n", b","), "tidak berakhir");
    refused(&[&b"NIK,Nama\n"[..], &b",".repeat(COLUMNS_MAX + 1), b"\n"].concat(), "1.000 kolom");
    refused(&[&b"NIK,Nama\n1,"[..], &b"A".repeat(100_000), b"\n"].concat(), "terlalu panjang");
}

struct Book(ZipWriter<Cursor<Vec<u8>>>);

impl Book {
    /// A workbook whose only sheet holds these rows of XML.
    fn new() -> Self {
        let mut book = Self(ZipWriter::new(Cursor::new(Vec::new())));
        book.part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        book.part(
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        );
        book.part(
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        );
        book.part(
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        );
        book
    }

    fn part(&mut self, name: &str, content: &str) {
        self.begin(name);
        self.0.write_all(content.as_bytes()).unwrap();
    }

    fn begin(&mut self, name: &str) {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.0.start_file(name, options).unwrap();
    }

    fn sheet(mut self, data: &str) -> Vec<u8> {
        self.part(
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
            ),
        );
        self.finish()
    }

    fn finish(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

fn text_cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn cells_far_apart_do_not_make_a_sheet_large() {
    let head = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "NIK"), text_cell("B1", "Nama"));
    let far = format!("<row r=\"1048576\">{}{}</row>", text_cell("A1048576", "1"), text_cell("B1048576", "A"));
    let found = rows(&Book::new().sheet(&(head.clone() + &far))).unwrap();
    assert_eq!(found, [["NIK", "Nama"], ["1", "A"]]);
    let wide = format!("<row r=\"2\">{}</row>", text_cell("XFD2", "A"));
    refused(&Book::new().sheet(&(head + &wide)), "1.000 kolom");
}

#[test]
fn a_formula_gives_the_value_it_had_and_is_never_computed() {
    let head = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "NIK"), text_cell("B1", "Nama"));
    let row = "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>7</v></c><c r=\"B2\" t=\"str\"><f>HYPERLINK(\"http://x\")</f><v>A</v></c></row>";
    assert_eq!(rows(&Book::new().sheet(&(head + row))).unwrap()[1], ["7", "A"]);
}

#[test]
fn a_sheet_that_unpacks_without_end_is_refused_before_it_is_opened() {
    let mut book = Book::new();
    book.begin("xl/worksheets/sheet1.xml");
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..=(UNPACKED_BYTES_MAX >> 20) {
        book.0.write_all(&chunk).unwrap();
    }
    let bytes = book.finish();
    assert!(bytes.len() < 500_000, "{}", bytes.len());
    refused(&bytes, "terlalu besar setelah dibuka");
    let mut book = Book::new();
    book.begin("xl/sharedStrings.xml");
    for _ in 0..65 {
        book.0.write_all(&chunk).unwrap();
    }
    refused(&book.finish(), "terlalu besar setelah dibuka");
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_refused() {
    let honest = Book::new().sheet(&" ".repeat(1 << 20));
    let mut lying = honest.clone();
    let size = u32::try_from(honest.windows(4).count()).unwrap();
    assert!(size > 0);
    // The unpacked size stands in both headers of the last part, little-endian.
    let true_size = u32::try_from(
        (1 << 20)
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData></sheetData></worksheet>".len(),
    )
    .unwrap();
    let mark = true_size.to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == mark).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&7_u32.to_le_bytes());
    }
    assert!(rows(&lying).is_err());
}

#[test]
fn entities_archives_and_other_workbooks_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData/></worksheet>";
    let mut book = Book::new();
    book.part("xl/worksheets/sheet1.xml", bomb);
    refused(&book.finish(), "demi keamanan");
    for (name, expected) in [("data.xlsx", "arsip"), ("content.xml", ".ods"), ("xl/workbook.bin", ".xlsb")] {
        let mut archive = Book(ZipWriter::new(Cursor::new(Vec::new())));
        archive.part(name, "x");
        refused(&archive.finish(), expected);
    }
}

#[test]
fn a_workbook_cut_off_anywhere_is_refused_and_breaks_nothing() {
    let head = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "NIK"), text_cell("B1", "Nama"));
    let whole = Book::new().sheet(&head);
    for length in (4..whole.len()).step_by(37) {
        refused(&whole[..length], "rusak atau terpotong");
    }
}

#[test]
fn dates_of_a_workbook_beyond_the_calendar_are_numbers() {
    let mut book = Book::new();
    book.part(
        "xl/styles.xml",
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    );
    let cell = |(at, day): (usize, &str)| format!("<row r=\"{0}\"><c r=\"A{0}\" s=\"1\"><v>{day}</v></c></row>", at + 2);
    let cells: Vec<String> = ["39993", "-1e300", "1e300", "2958466"].into_iter().enumerate().map(cell).collect();
    let head = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "NIK"), text_cell("B1", "Nama"));
    // Styles are found through the workbook's relations only by name, as Excel writes them.
    let found = rows(&book.sheet(&(head + &cells.concat()))).unwrap();
    assert_eq!((found.len(), found[1][0].as_str()), (5, "2009-06-29"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = rows(&bytes);
    }

    #[test]
    fn a_workbook_with_any_byte_changed_breaks_nothing(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let head = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "NIK"), text_cell("B1", "Nama"));
        let mut bytes = Book::new().sheet(&head);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = rows(&bytes);
    }
}
