//! Tables the office hands out: one sheet as CSV, or several as a workbook. Texts stay texts, so that no formula runs and no number
//! with leading zeros or sixteen digits is changed.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Format, Workbook};

use super::bank_file::{AMOUNT_FORMAT, excel_time, harmless};
use crate::domain::money::Rupiah;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, or digits that are no number.
    Text(String),
    /// Money.
    Amount(Rupiah),
    /// A count.
    Count(usize),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A sheet with its titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSheet {
    /// Name of the sheet.
    pub name: String,
    /// Titles of the columns.
    pub columns: Vec<String>,
    /// Rows under them.
    pub rows: Vec<Vec<Cell>>,
}

/// In which form a table is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Comma-separated text, UTF-8.
    Csv,
    /// Excel workbook.
    Xlsx,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// The ending of the file's name, and the word in forms.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Reads an ending.
    pub fn parse(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }
}

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum TableFileFault {
    /// The text could not be put together.
    #[error("berkas CSV tidak dapat disusun: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook could not be put together.
    #[error("berkas Excel tidak dapat disusun: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// A sheet as CSV.
///
/// # Errors
/// [`TableFileFault::Csv`].
pub fn to_csv(sheet: &TableSheet) -> Result<Vec<u8>, TableFileFault> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(&sheet.columns)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text.clone(), true),
            Cell::Amount(amount) => amount.whole().to_string(),
            Cell::Count(count) => count.to_string(),
        }))?;
    }
    writer.into_inner().map_err(|broken| TableFileFault::Csv(broken.into_error().into()))
}

/// Sheets as a workbook. The same sheets and instant give the same bytes.
///
/// # Errors
/// [`TableFileFault::Xlsx`].
pub fn to_xlsx(sheets: &[TableSheet], at: DateTime<Utc>) -> Result<Vec<u8>, TableFileFault> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&excel_time(at)?));
    let (bold, amount_format) = (Format::new().set_bold(), Format::new().set_num_format(AMOUNT_FORMAT));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        for (column, title) in (0_u16..).zip(&sheet.columns) {
            page.write_string_with_format(0, column, title, &bold)?;
        }
        for (row, cells) in (1_u32..).zip(&sheet.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                let number = match cell {
                    Cell::Text(text) => {
                        page.write_string(row, column, text)?;
                        continue;
                    }
                    Cell::Amount(amount) => amount.whole().to_string(),
                    Cell::Count(count) => count.to_string(),
                };
                // A spreadsheet knows no other number than this one; amounts of a budget are far below what it holds exactly.
                match number.parse::<f64>() {
                    Ok(number) => page.write_number_with_format(row, column, number, &amount_format)?,
                    Err(_no_number) => page.write_string(row, column, number)?,
                };
            }
        }
        page.autofit();
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use chrono::TimeZone;

    use super::*;

    fn sheet() -> TableSheet {
        let row = |name: &str, nik: &str| vec![Cell::text(name), Cell::text(nik), Cell::Amount(Rupiah::new(1_000_000).unwrap())];
        TableSheet {
            name: "Uji".into(),
            columns: ["nama", "nik", "jumlah"].map(str::to_owned).to_vec(),
            rows: vec![row("=HYPERLINK(\"x\")", "0025011500050001"), row("SITI, \"BU\"", "9925011500050001")],
        }
    }

    #[test]
    fn csv_keeps_zeros_and_quotes_and_runs_no_formula() {
        let text = String::from_utf8(to_csv(&sheet()).unwrap()).unwrap();
        assert_eq!(
            text,
            "nama,nik,jumlah\r\n\"'=HYPERLINK(\"\"x\"\")\",0025011500050001,1000000\r\n\"SITI, \"\"BU\"\"\",9925011500050001,1000000\r\n"
        );
    }

    #[test]
    fn a_workbook_keeps_texts_as_texts_and_is_the_same_twice() {
        let at = Utc.with_ymd_and_hms(2026, 6, 22, 1, 0, 0).unwrap();
        let bytes = to_xlsx(&[sheet()], at).unwrap();
        assert_eq!(bytes, to_xlsx(&[sheet()], at).unwrap());
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        assert!(book.worksheet_formula("Uji").unwrap().is_empty());
        let range = book.worksheet_range("Uji").unwrap();
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("=HYPERLINK(\"x\")".into())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::String("0025011500050001".into())));
        assert_eq!(range.get_value((1, 2)), Some(&Data::Float(1_000_000.0)));
    }
}
