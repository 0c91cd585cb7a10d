//! The files banks take, by profiles that are data: what a bank wants is written in a file an operator can add.
//!
//! [`Profiles`] holds those of the program and the office's own. [`Profile::write`] makes the files of a [`Batch`]; nothing is
//! returned unless every file, read back, carries exactly the payments it was written for.

mod cell;
mod column;
mod date_format;
mod file_spec;
mod keys;
mod name_rule;
mod pattern;
mod profile;
mod profiles;
mod table_bytes;
mod text_rule;
mod trial;
mod workbook;
mod write;

pub use cell::{CellFault, CellName, Spot};
pub use column::{Align, AmountFormat, Column, Content, Field, Shown, TooLong};
pub use date_format::DateFormat;
pub use file_spec::{FileSpec, LineEnd, Quoting, Shape};
pub use keys::ProfileFault;
pub use pattern::{Pattern, PatternFault};
pub use profile::Profile;
pub use profiles::{ExportFault, Profiles, ProfilesFault};
pub use text_rule::{Encoding, TextRule};
pub use write::check_total;

pub(super) use cell::harmless;
pub(super) use workbook::{AMOUNT_FORMAT, excel_time};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::pain001::Pain001Fault;
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;
use crate::domain::payment::{BankTable, NoRail, PaymentLine, PlanFault};

/// Seconds by which the office's clock (WIB) is ahead of UTC.
const WIB_SECONDS: i32 = 7 * 3600;

/// An order on its way to a bank.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Banks and their codes.
    pub table: &'a BankTable,
    /// The office's own bank and the names villages write.
    pub office: &'a OfficeBank,
    /// Payments; those in cash are not among them.
    pub lines: &'a [PaymentLine],
    /// On which day the bank pays.
    pub execute_on: NaiveDate,
    /// When the files are made.
    pub created_at: DateTime<Utc>,
    /// Number of the order's files on that day, from 1.
    pub day_sequence: u32,
    /// Never used for another order; letters, digits, dots and hyphens, at most 33.
    pub message_id: &'a str,
}

impl Batch<'_> {
    /// The office's day on which the files are made.
    fn created_on(&self) -> NaiveDate {
        let wib = FixedOffset::east_opt(WIB_SECONDS);
        wib.map_or_else(|| self.created_at.date_naive(), |wib| self.created_at.with_timezone(&wib).date_naive())
    }
}

/// Why an order does not become files. Nothing is written then: half an order is worse than none.
#[derive(Debug, thiserror::Error)]
pub enum BankFileFault {
    /// The order cannot be handed to a bank.
    #[error("{}", list(.0))]
    Plan(Vec<PlanFault>),
    /// Payments that no rail of the profile carries.
    #[error("{}", list(.0))]
    NoRail(Vec<NoRail>),
    /// Payments that do not fit into the bank's columns.
    #[error("{}", list(.0))]
    Cells(Vec<CellFault>),
    /// Two files of the order would have one name.
    #[error("dua berkas bernama {0}; ubah file_name dalam profil")]
    SameName(String),
    /// The profile is for a bank that is not in the bank table.
    #[error("bank profil ini ({0}) tidak ada dalam daftar bank")]
    UnknownBank(String),
    /// The files do not carry what the order pays.
    #[error("jumlah dalam berkas {files} tidak sama dengan perintah bayar {order}")]
    Total {
        /// Sum read back from the files.
        files: Rupiah,
        /// Total of the order.
        order: Rupiah,
    },
    /// A written file does not read back as it should.
    #[error("berkas {0} tidak terbaca kembali sama seperti perintah bayar; periksa tanda pemisah, lebar kolom, dan huruf dalam profil")]
    NotReadable(String),
    /// A character that cannot be written in the file's encoding.
    #[error("ada huruf yang tidak dapat ditulis dalam pengodean berkas; ubah encoding dalam profil")]
    Encoding,
    /// The message could not be made.
    #[error(transparent)]
    Message(#[from] Pain001Fault),
    /// The file could not be put together.
    #[error("berkas tidak dapat disusun: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook could not be put together.
    #[error("berkas Excel tidak dapat disusun: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

fn list<T: std::fmt::Display>(faults: &[T]) -> String {
    faults.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
pub(super) mod tests;
