//! Rows as an Excel workbook and back. Account numbers and names are texts, so that nothing is rounded and no formula runs.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::table_bytes::GridRow;
use super::{BankFileFault, Batch};

/// Name of the only sheet.
const SHEET: &str = "Pembayaran";

/// Amounts with marks for thousands; the cell keeps the bare number.
pub(in crate::exchange) const AMOUNT_FORMAT: &str = "#,##0";

/// The workbook. The same batch gives the same bytes: the only time in it is the batch's own.
pub(super) fn to_bytes(batch: &Batch<'_>, rows: &[GridRow<'_>]) -> Result<Vec<u8>, BankFileFault> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&excel_time(batch.created_at)?));
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    let (bold, amount) = (Format::new().set_bold(), Format::new().set_num_format(AMOUNT_FORMAT));
    for (row, line) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(&line.cells) {
            // A spreadsheet knows no other number than this one; what it cannot hold exactly does not read back and is refused.
            match cell.text.parse::<f64>().ok().filter(|_number| cell.number && !line.titles) {
                Some(number) => sheet.write_number_with_format(row, column, number, &amount)?,
                None if line.titles => sheet.write_string_with_format(row, column, &cell.text, &bold)?,
                None => sheet.write_string(row, column, &cell.text)?,
            };
        }
    }
    sheet.autofit();
    Ok(book.save_to_buffer()?)
}

/// An instant as a workbook's own time.
pub(in crate::exchange) fn excel_time(at: DateTime<Utc>) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let minute = small(at.minute());
    ExcelDateTime::from_ymd(year, small(at.month()), small(at.day()))?.and_hms(u16::from(small(at.hour())), minute, at.second())
}

/// The cells of the only sheet, row by row; `None` if it is no workbook or holds rows beyond those asked for.
pub(super) fn from_bytes(bytes: &[u8], widths: impl Iterator<Item = usize>) -> Option<Vec<Vec<String>>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).ok()?;
    let range = book.worksheet_range(SHEET).ok()?;
    let mut rows = Vec::new();
    for (row, width) in (0_u32..).zip(widths) {
        let cells: Option<Vec<String>> = (0_u32..).take(width).map(|column| text_of(range.get_value((row, column)))).collect();
        rows.push(cells?);
    }
    let last = range.end().map_or(0, |(row, _)| usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1));
    (last <= rows.len()).then_some(rows)
}

fn text_of(cell: Option<&Data>) -> Option<String> {
    match cell {
        None | Some(Data::Empty) => Some(String::new()),
        Some(Data::String(text)) => Some(text.clone()),
        Some(Data::Int(number)) => Some(number.to_string()),
        Some(Data::Float(number)) => Some(number.to_string()),
        Some(_) => None,
    }
}
