//! A register file looked at before it is taken in: what it is, what its rows come to. Nothing of it reaches the register.

use std::io::Cursor;

use super::desk::Desk;
use super::mappings::mappings;
use super::refusal::Refusal;
use crate::domain::access::Actor;
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::wib_date;
use crate::exchange::register_file::{Fate, ReadRow, Recognised, RegisterFile, RegisterReport, RowsFile, Weight};
use crate::exchange::table::TableFault;

/// Rows shown with what was set aside; all are in the report file.
const ROWS_SHOWN: usize = 30;
/// Letters of a file's name that are kept.
const NAME_CHARS_MAX: usize = 100;

/// A file that waits for its sender's word. Everybody has one at most.
#[derive(Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Name as sent.
    pub name: String,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What a file comes to.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What it was recognised as.
    pub recognised: Recognised,
    /// What happens to its rows.
    pub report: RegisterReport,
    /// The first rows of which something is set aside.
    pub aside: Vec<ReadRow>,
}

/// Keeps a file until its sender has decided, if it is a register at all.
///
/// # Errors
/// [`Refusal::Table`] for what is no register; nothing is kept then.
pub fn put_aside(desk: &Desk, by: &Actor, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    open(desk, bytes)?;
    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    Ok(desk.files.put_aside(&by.id, &[name.as_bytes(), b"\n", bytes].concat())?)
}

/// The file somebody has waiting.
///
/// # Errors
/// [`Refusal::Files`].
pub fn waiting(desk: &Desk, by: &Actor) -> Result<Option<Waiting>, Refusal> {
    let Some(kept) = desk.files.aside(&by.id)? else { return Ok(None) };
    let end = kept.iter().position(|byte| *byte == b'\n').unwrap_or(kept.len());
    let (name, rest) = kept.split_at(end);
    let bytes = rest.get(1..).unwrap_or_default().to_vec();
    Ok(Some(Waiting { name: String::from_utf8_lossy(name).into_owned(), sha256: sha256_hex(&bytes), bytes }))
}

/// Throws away the file somebody has waiting.
///
/// # Errors
/// [`Refusal::Files`].
pub fn drop_waiting(desk: &Desk, by: &Actor) -> Result<(), Refusal> {
    Ok(desk.files.drop_aside(&by.id)?)
}

/// Reads a waiting file through.
///
/// # Errors
/// [`Refusal::Table`].
pub fn look_through(desk: &Desk, file: &Waiting) -> Result<Preview, Refusal> {
    let mut register = open(desk, &file.bytes)?;
    let mut aside = Vec::new();
    let report = register.each_row::<TableFault>(|row| {
        let is_aside = row.notes.iter().any(|note| note.weight != Weight::Repaired) || !matches!(row.fate, Fate::Accepted(_));
        if is_aside && aside.len() < ROWS_SHOWN {
            aside.push(row);
        }
        Ok(())
    })?;
    Ok(Preview { recognised: register.recognised(), report, aside })
}

/// The report of a waiting file, one line per row.
///
/// # Errors
/// [`Refusal::Table`].
pub fn rows_of(desk: &Desk, file: &Waiting) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let mut rows = RowsFile::begin(&mut out).map_err(TableFault::from)?;
    open(desk, &file.bytes)?.each_row::<TableFault>(|row| Ok(rows.add(&row)?))?;
    rows.finish().map_err(TableFault::from)?;
    Ok(out)
}

/// Opens a register file that was sent, with the mappings of the program and the office's own.
///
/// # Errors
/// [`Refusal::Table`].
pub fn open<'a>(desk: &Desk, bytes: &'a [u8]) -> Result<RegisterFile<Cursor<&'a [u8]>>, Refusal> {
    Ok(RegisterFile::open(Cursor::new(bytes), &mappings(desk)?, wib_date(desk.clock.now()))?)
}
