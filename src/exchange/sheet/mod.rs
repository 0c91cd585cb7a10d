//! A sheet of rows out of whatever file an office has: text with any delimiter and encoding, or an Excel workbook.
//!
//! The sheet can be walked as often as one likes; every walk reads the file anew from its beginning, so that memory does not
//! grow with it. What hostile files may cost stands in [`limits`].

mod delimited;
mod encoding;
pub mod limits;
mod row;
mod stream;
mod unpack;
mod workbook;

#[cfg(test)]
mod tests;

use std::io::{Read, Seek, SeekFrom};

use calamine::Xlsx;

pub use row::{Cell, Kind, Row};

use super::table::TableFault;
use encoding::Letters;

/// Whether a walk goes on after a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next row, please.
    Go,
    /// Enough.
    Stop,
}

/// How much a row looks like the row of column names; by it the delimiter and the sheet are chosen.
pub type Score<'a> = &'a dyn Fn(&Row<'_>) -> usize;

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Text with a delimiter.
    Delimited {
        /// Name of the encoding.
        encoding: &'static str,
        /// The delimiter.
        delimiter: char,
    },
    /// Sheets of a workbook.
    Workbook {
        /// The sheets that are read, one behind the other: all with the same column names.
        sheets: Vec<String>,
        /// Further sheets that look like a register, with other column names, and are not read.
        others: Vec<String>,
    },
}

/// An open file.
pub struct Sheet<R>(Source<R>);

enum Source<R> {
    Delimited { file: R, letters: Letters, delimiter: u8 },
    Workbook { book: Box<Xlsx<R>>, sheets: Vec<String>, others: Vec<String> },
}

impl<R: Read + Seek> Sheet<R> {
    /// Tells what the file is and finds its delimiter or its sheet.
    ///
    /// # Errors
    /// [`TableFault`] for what is no table, or costs more than [`limits`] allow.
    pub fn open(mut file: R, score: Score<'_>) -> Result<Self, TableFault> {
        let mut magic = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.by_ref().take(4).read_to_end(&mut magic)?;
        match magic.as_slice() {
            [b'P', b'K', ..] => {
                unpack::weigh(&mut file)?;
                let mut book = Box::new(workbook::open(file)?);
                let (sheets, others) = workbook::sheets_of(&mut book, score)?;
                Ok(Self(Source::Workbook { book, sheets, others }))
            }
            [0xd0, 0xcf, 0x11, 0xe0] => Err(TableFault::OldWorkbook),
            [0x1f, 0x8b, ..] | [b'R', b'a', b'r', b'!'] | [b'7', b'z', 0xbc, 0xaf] => Err(TableFault::Archive),
            _ => {
                let letters = encoding::letters_of(&mut file)?;
                let delimiter = delimited::delimiter_of(&mut file, letters, score)?;
                Ok(Self(Source::Delimited { file, letters, delimiter }))
            }
        }
    }

    /// Opens a text file whose delimiter is known, and perhaps its encoding; a mark at its beginning goes before both.
    ///
    /// # Errors
    /// [`TableFault`] for what is no text, or costs more than [`limits`] allow.
    pub fn open_text(mut file: R, delimiter: u8, encoding: Option<&'static encoding_rs::Encoding>) -> Result<Self, TableFault> {
        let mut letters = encoding::letters_of(&mut file)?;
        if let Some(encoding) = encoding.filter(|_| letters.mark_bytes == 0) {
            (letters.encoding, letters.name) = (encoding, encoding.name());
        }
        Ok(Self(Source::Delimited { file, letters, delimiter }))
    }

    /// What the file turned out to be.
    pub fn form(&self) -> Form {
        match &self.0 {
            Source::Delimited { letters, delimiter, .. } => Form::Delimited { encoding: letters.name, delimiter: char::from(*delimiter) },
            Source::Workbook { sheets, others, .. } => Form::Workbook { sheets: sheets.clone(), others: others.clone() },
        }
    }

    /// Walks from the first row to the last; blank rows are passed over. `take` hears the line of each in its sheet, counted from 1.
    ///
    /// # Errors
    /// [`TableFault`] where the file stops being a table, or whatever `take` returns.
    pub fn each<E: From<TableFault>>(&mut self, mut take: impl FnMut(u64, &Row<'_>) -> Result<Flow, E>) -> Result<(), E> {
        match &mut self.0 {
            Source::Delimited { file, letters, delimiter } => delimited::each(file, *letters, *delimiter, &mut take),
            Source::Workbook { book, sheets, .. } => {
                for sheet in sheets.iter() {
                    if workbook::each(book, sheet, &mut take)? == Flow::Stop {
                        break;
                    }
                }
                Ok(())
            }
        }
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Delimited { encoding, delimiter: '\t' } => write!(f, "teks {encoding}, pemisah tab"),
            Self::Delimited { encoding, delimiter } => write!(f, "teks {encoding}, pemisah \"{delimiter}\""),
            Self::Workbook { sheets, others } => {
                write!(f, "Excel, lembar \"{}\"", sheets.join("\", \""))?;
                if others.is_empty() {
                    Ok(())
                } else {
                    write!(f, "; tidak dibaca karena judul kolomnya lain: \"{}\"", others.join("\", \""))
                }
            }
        }
    }
}
