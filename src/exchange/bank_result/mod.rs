//! What banks answer: ISO 20022 messages, MT940 statements, and tables by the profile of a bank, all read into one shape.
//!
//! A file is read whole or refused whole, with the place and what to do. Nothing in it is passed over in silence, because what is
//! passed over could be a payment; what it may cost stands in [`limits`].

mod camt;
mod draft;
mod fault;
mod layout;
pub mod limits;
mod mt940;
mod pain002;
mod table;
mod text;
mod written;
mod xml;

pub use fault::{Place, ResultFault};
pub use layout::{ColumnName, Columns, ControlRow, ResultLayout, ResultLayoutFault, StatusKind, StatusWords, TableFormat};
pub use written::{DayFormat, Written};

use self::limits::BYTES_MAX;
use crate::domain::payment::report::{Report, ReportKind};

/// How a bank's file is to be read, by the profile a person chose.
#[derive(Debug, Clone, Copy)]
pub enum How<'a> {
    /// ISO 20022 XML: pain.002 (.03, .12), camt.053 and camt.054 (.02, .08); the namespace says which.
    Iso20022,
    /// SWIFT MT940.
    Mt940,
    /// Text with a delimiter, or an Excel workbook, as laid out by the bank.
    Table(&'a ResultLayout),
}

/// Reads a bank's file.
///
/// # Errors
/// [`ResultFault`] for another kind of file, a damaged or hostile one, and one whose totals do not agree.
pub fn read(bytes: &[u8], how: How<'_>) -> Result<Report, ResultFault> {
    if bytes.len() > BYTES_MAX {
        return Err(ResultFault::TooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ResultFault::Empty);
    }
    match how {
        How::Iso20022 => iso20022(&text::of_xml(bytes)?),
        How::Mt940 => mt940::read(&text::of_plain(bytes)?),
        How::Table(layout) => table::read(bytes, layout),
    }
}

/// What every ISO 20022 namespace begins with.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

fn iso20022(text: &str) -> Result<Report, ResultFault> {
    let (file, namespace) = xml::File::open(text)?;
    match namespace.strip_prefix(NAMESPACE) {
        Some("pain.002.001.03") => pain002::read(file, pain002::Version::V03),
        Some("pain.002.001.12") => pain002::read(file, pain002::Version::V12),
        Some("camt.053.001.02") => camt::read(file, camt::Version::V02, ReportKind::Statement),
        Some("camt.053.001.08") => camt::read(file, camt::Version::V08, ReportKind::Statement),
        Some("camt.054.001.02") => camt::read(file, camt::Version::V02, ReportKind::Notification),
        Some("camt.054.001.08") => camt::read(file, camt::Version::V08, ReportKind::Notification),
        other => Err(ResultFault::OtherKind {
            expected: "pain.002 (versi 03, 12), camt.053 atau camt.054 (versi 02, 08)",
            found: Some(fault::shown(other.unwrap_or(&namespace))),
        }),
    }
}

#[cfg(test)]
mod tests;
