//! A delimited text file as a table: bytes made text, the delimiter found, columns called by name.

use std::collections::HashMap;

/// Largest file taken, in bytes (a whole kabupaten's register is about 200 MB).
const FILE_BYTES_MAX: usize = 1 << 30;

/// Why a file is not a table.
#[derive(Debug, thiserror::Error)]
pub enum TableFault {
    /// Nothing in it.
    #[error("berkas kosong")]
    Empty,
    /// Over [`FILE_BYTES_MAX`].
    #[error("berkas terlalu besar (lebih dari 1 GB)")]
    TooLarge,
    /// An Excel workbook where only text is taken.
    #[error("berkas ini buku kerja Excel; buka di Excel lalu simpan sebagai CSV (UTF-8)")]
    Workbook,
    /// Bytes that are not text.
    #[error("berkas bukan teks; simpan sebagai CSV (UTF-8)")]
    NotText,
    /// A column without which nothing can be done.
    #[error("kolom {0} tidak ada pada baris judul")]
    NoColumn(&'static str),
    /// The reader's own words, for example for a quote that never closes.
    #[error("berkas CSV tidak terbaca: {0}")]
    Csv(#[from] csv::Error),
    /// No line names the columns of a register.
    #[error("baris judul kolom tidak ditemukan; berkas data warga harus mempunyai kolom NIK dan Nama")]
    NoHeader,
    /// A workbook of Excel before 2007, or one under a password.
    #[error("berkas ini Excel lama (.xls) atau diberi kata sandi; buka di Excel, lepas kata sandinya, lalu simpan sebagai .xlsx atau CSV")]
    OldWorkbook,
    /// An OpenDocument or binary workbook.
    #[error("berkas ini buku kerja .ods atau .xlsb; simpan sebagai .xlsx atau CSV")]
    OtherWorkbook,
    /// An archive with files inside.
    #[error("berkas ini arsip (ZIP dan sejenisnya), bukan tabel; keluarkan dulu isinya, lalu kirim berkas Excel atau CSV di dalamnya")]
    Archive,
    /// A workbook that weighs too much, packed or unpacked.
    #[error("berkas Excel terlalu besar setelah dibuka; simpan sebagai CSV atau pecah menjadi beberapa berkas")]
    LargeWorkbook,
    /// A workbook that is damaged or cut off; carries the reader's words.
    #[error("berkas Excel rusak atau terpotong; buka di Excel lalu simpan lagi ({0})")]
    BrokenWorkbook(String),
    /// A workbook with a document type of its own.
    #[error("berkas Excel berisi definisi yang tidak lazim dan ditolak demi keamanan; simpan lagi dari Excel")]
    Entities,
    /// More columns than any register has.
    #[error("berkas mempunyai lebih dari 1.000 kolom; ini bukan data warga")]
    TooManyColumns,
    /// A row that does not end; carries the line it begins near.
    #[error("baris {0} tidak berakhir: ada tanda petik yang tidak ditutup, atau terlalu banyak baris kosong")]
    EndlessRow(u64),
    /// A cell longer than any text of a register; carries the line.
    #[error("satu sel pada baris {0} terlalu panjang; periksa tanda petik di sekitarnya")]
    LongCell(u64),
    /// The file could not be read to its end.
    #[error("berkas tidak dapat dibaca sampai selesai ({0})")]
    Read(#[from] std::io::Error),
}

/// A row that was not taken, or of which a value was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Data row, counted from 1 without the header.
    pub row: usize,
    /// Column as the header names it.
    pub column: &'static str,
    /// What is wrong, in Indonesian; personal numbers are not repeated.
    pub why: String,
}

impl std::fmt::Display for RowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "baris {}, kolom {}: {}", self.row, self.column, self.why)
    }
}

/// A table with named columns.
#[derive(Debug)]
pub struct Table<'a> {
    columns: HashMap<String, usize>,
    reader: csv::Reader<&'a [u8]>,
}

/// One row; cells are called by column name and come trimmed.
#[derive(Debug)]
pub struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    cells: &'a csv::StringRecord,
}

impl<'a> Table<'a> {
    /// Reads the header. The delimiter is whichever of `;` `,` and tab the first line has most of.
    ///
    /// # Errors
    /// [`TableFault`] for what is not a table of text.
    pub fn open(bytes: &'a [u8]) -> Result<Self, TableFault> {
        let text = text_of(bytes)?;
        let delimiter = delimiter_of(text);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
        let columns = reader.headers()?.iter().enumerate().map(|(at, name)| (column_name(name), at)).collect();
        Ok(Self { columns, reader })
    }

    /// Refuses a table without a column.
    ///
    /// # Errors
    /// [`TableFault::NoColumn`].
    pub fn require(&self, columns: &[&'static str]) -> Result<(), TableFault> {
        columns.iter().find(|name| !self.columns.contains_key(**name)).map_or(Ok(()), |name| Err(TableFault::NoColumn(name)))
    }

    /// Calls `take` with every row and its number, counted from 1.
    ///
    /// # Errors
    /// [`TableFault::Csv`] when the file stops being a table, or whatever `take` returns.
    pub fn each_row<E: From<TableFault>>(mut self, mut take: impl FnMut(usize, &Row<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut cells = csv::StringRecord::new();
        let mut number = 0_usize;
        while self.reader.read_record(&mut cells).map_err(TableFault::from)? {
            number += 1;
            take(number, &Row { columns: &self.columns, cells: &cells })?;
        }
        Ok(())
    }
}

impl Row<'_> {
    /// The cell under a column, trimmed; empty if there is none.
    pub fn cell(&self, column: &str) -> &str {
        let cell = self.columns.get(column).and_then(|at| self.cells.get(*at)).unwrap_or_default();
        cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')
    }
}

/// Whichever of comma, semicolon and tab cuts the first line into most cells.
fn delimiter_of(text: &[u8]) -> u8 {
    let first_line = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let cells = |mark: &u8| first_line.split(|b| b == mark).count();
    [b',', b';', b'\t'].into_iter().max_by_key(cells).unwrap_or(b',')
}

fn column_name(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '.'], "_")
}

/// The bytes without a byte order mark, if they are UTF-8 text.
fn text_of(bytes: &[u8]) -> Result<&[u8], TableFault> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TableFault::Workbook);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(TableFault::TooLarge);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(TableFault::Empty);
    }
    match std::str::from_utf8(text) {
        Ok(_readable) if !text.contains(&0) => Ok(text),
        _ => Err(TableFault::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&str]) {
        let mut read = Vec::new();
        let take = |n, row: &Row<'_>| {
            read.push(format!("{n} {} {}", row.cell("nik"), row.cell("nama")));
            Ok::<(), TableFault>(())
        };
        Table::open(bytes).unwrap().each_row(take).unwrap();
        assert_eq!(read, expected);
    }

    #[test]
    fn the_delimiter_and_the_case_of_the_header_do_not_matter() {
        check(b"nik,nama\n1, A \n2,B\n", &["1 1 A", "2 2 B"]);
        check(b"\xef\xbb\xbfNIK;Nama\r\n1;\"A;B\"\r\n", &["1 1 A;B"]);
        check(b"nama\tnik\nA\t1\nB\n", &["1 1 A", "2  B"]);
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_sentence() {
        for (bytes, sentence) in [(&b"PK\x03\x04rest"[..], "simpan sebagai CSV"), (b" \n", "kosong"), (b"nik,nama\n\xff\xfe", "bukan teks")]
        {
            assert!(Table::open(bytes).unwrap_err().to_string().contains(sentence));
        }
        assert!(Table::open(b"nama,x\n").unwrap().require(&["nik"]).is_err());
    }
}
