//! The files a bank's cash management takes, and the list of what the treasurer pays by hand.

mod cell;
mod file_name;
mod layout;
mod layout_fault;

pub use cell::CellFault;
pub use file_name::{FileName, FileNameFault};
pub use layout::{AmountFormat, Column, Field, FileLayout, Layouts, TooLong};
pub use layout_fault::LayoutFault;

use chrono::NaiveDate;

use self::cell::{Sheet, read_amount};
use super::OutFile;
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;
use crate::domain::payment::{BankTable, PaymentLine, PaymentPlan, PlanFault, PlannedLine, Route};

/// Mark by which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Why an order does not become files. Nothing is written then: half an order is worse than none.
#[derive(Debug, thiserror::Error)]
pub enum BankFileFault {
    /// The order cannot be handed to a bank.
    #[error("{}", list(.0))]
    Plan(Vec<PlanFault>),
    /// Payments that do not fit into the bank's layout.
    #[error("{}", list(.0))]
    Cells(Vec<CellFault>),
    /// The layout has no file for a road.
    #[error("tata letak bank tidak punya berkas untuk jalur {0:?}")]
    NoLayout(Route),
    /// The files do not carry what the order pays.
    #[error("jumlah dalam berkas {files} tidak sama dengan perintah bayar {order}")]
    Total {
        /// Sum read back from the files.
        files: Rupiah,
        /// Total of the order.
        order: Rupiah,
    },
    /// A written file does not read back as it should.
    #[error("berkas {0} tidak terbaca kembali")]
    NotReadable(String),
    /// The file could not be put together.
    #[error("berkas tidak dapat disusun: {0}")]
    Csv(#[from] csv::Error),
}

fn list<T: std::fmt::Display>(faults: &[T]) -> String {
    faults.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
}

/// Writes the files of an order: own bank, other banks, by hand. A road without payments has no file.
///
/// `sequence` is the number of the order's file on that day. Every file is read back and the sums are
/// held against the order before anything is returned.
///
/// # Errors
/// [`BankFileFault`], with all faults of its kind.
pub fn write(
    layouts: &Layouts,
    table: &BankTable,
    office: &OfficeBank,
    lines: &[PaymentLine],
    on: NaiveDate,
    sequence: u32,
) -> Result<Vec<OutFile>, BankFileFault> {
    let order = Rupiah::sum(lines.iter().map(|line| line.amount)).ok_or(BankFileFault::Plan(vec![PlanFault::TooLarge]))?;
    let plan = PaymentPlan::plan(table, office, lines, order).map_err(BankFileFault::Plan)?;
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for route in Route::ALL {
        let carried = plan.carried_by(route);
        if carried.is_empty() {
            continue;
        }
        let layout = layouts.for_route(route).ok_or(BankFileFault::NoLayout(route))?;
        match write_one(Sheet { layout, office, on }, &carried, sequence) {
            Err(BankFileFault::Cells(found)) => faults.extend(found),
            other => files.push(other?),
        }
    }
    if !faults.is_empty() {
        return Err(BankFileFault::Cells(faults));
    }
    check_total(&files, order)?;
    Ok(files)
}

/// Holds the files against the payment order they were written for.
///
/// # Errors
/// [`BankFileFault::Total`] if they carry another sum.
pub fn check_total(files: &[OutFile], order: Rupiah) -> Result<(), BankFileFault> {
    let files = Rupiah::sum(files.iter().map(|file| file.total)).ok_or(BankFileFault::Plan(vec![PlanFault::TooLarge]))?;
    if files == order { Ok(()) } else { Err(BankFileFault::Total { files, order }) }
}

fn write_one(sheet: Sheet<'_>, carried: &[&PlannedLine], sequence: u32) -> Result<OutFile, BankFileFault> {
    let layout = sheet.layout;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for planned in carried {
        match sheet.row(planned) {
            Ok(row) => rows.push(row),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(BankFileFault::Cells(faults));
    }
    let name = layout.file_name.write(&sheet.office.unit_code, sheet.on, sequence);
    let bytes = to_bytes(layout, &rows)?;
    let total = read_back(layout, &bytes, carried.len()).ok_or_else(|| BankFileFault::NotReadable(name.clone()))?;
    Ok(OutFile { name, bytes, items: carried.len(), total })
}

fn to_bytes(layout: &FileLayout, rows: &[Vec<String>]) -> Result<Vec<u8>, BankFileFault> {
    // A bank's machine knows no quotes; the layout's marks hold nothing that would need them.
    let quotes = if layout.spreadsheet { csv::QuoteStyle::Necessary } else { csv::QuoteStyle::Never };
    let start = if layout.spreadsheet { BYTE_ORDER_MARK.as_bytes().to_vec() } else { Vec::new() };
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(layout.delimiter).terminator(csv::Terminator::CRLF).quote_style(quotes);
    let mut writer = builder.from_writer(start);
    if layout.header {
        writer.write_record(layout.columns.iter().map(|column| &column.title))?;
    }
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|broken| BankFileFault::Csv(broken.into_error().into()))
}

/// The sum of a finished file, if it has the right number of rows and columns.
fn read_back(layout: &FileLayout, bytes: &[u8], items: usize) -> Option<Rupiah> {
    let amounts_at = layout.columns.iter().position(|column| column.field == Field::Amount)?;
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(layout.delimiter).has_headers(layout.header).quoting(layout.spreadsheet);
    let mut reader = builder.from_reader(bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes));
    let mut amounts = Vec::new();
    for record in reader.records() {
        let record = record.ok().filter(|record| record.len() == layout.columns.len())?;
        amounts.push(read_amount(layout.amount, record.get(amounts_at)?)?);
    }
    (amounts.len() == items).then(|| Rupiah::sum(amounts)).flatten()
}

#[cfg(test)]
pub(super) mod tests;
