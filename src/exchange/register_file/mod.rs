//! A register of residents out of the files offices really get: text of any kind or Excel, with titles, totals, other column
//! names and the damage that spreadsheets do.
//!
//! A damaged NIK is never guessed: it is set aside with its reason and the row kept without it. A row without a name cannot
//! be used at all and is set aside as a whole. The file is walked twice: the first walk learns what only the whole file can say
//! (do its numbers lose digits? which rows stand in it twice?), the second reads the rows.

mod columns;
mod example;
mod field;
mod header;
mod line;
mod mapping;
mod note;
mod person;
mod repeats;
mod report;
mod survey;
mod value;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::io::{Read, Seek, SeekFrom};

use chrono::NaiveDate;

pub use example::{example, guess_columns};
pub use field::Field;
pub use mapping::{Mapping, MappingFault, Mappings};
pub use note::{Flag, Note, Weight};
pub use report::{Fate, ReadRow, RegisterReport, RowsFile};

use super::sheet::limits::{FILE_BYTES_MAX, HEADER_LINES_MAX};
use super::sheet::{Flow, Form, Row, Sheet};
use super::table::TableFault;
use crate::domain::audit::sha256_hex_of;
use crate::domain::register::Resident;
use columns::Columns;
use header::Header;
use person::Reading;
use repeats::{Repeats, Standing};
use survey::{Survey, Surveyor, key_of};

/// Fewest column names that make a row a header.
const HEADER_SCORE_MIN: usize = 2;

/// What a register file turned out to be, for the person who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Kind of file, encoding, delimiter or sheet.
    pub form: Form,
    /// Name of the mapping of columns used.
    pub mapping: String,
    /// Every column by its name in the file, and what it is taken for; none for an unknown one.
    pub columns: Vec<(String, Option<Field>)>,
    /// Rows of the register in it.
    pub rows: usize,
}

/// An open register file.
pub struct RegisterFile<R> {
    sheet: Sheet<R>,
    header: Header,
    /// Rows up to the one with the column names, itself included.
    head_rows: usize,
    columns: Columns,
    survey: Survey,
    today: NaiveDate,
    sha256: String,
}

impl<R: Read + Seek> RegisterFile<R> {
    /// Recognises a file and walks through it once. No date in it lies after `today`.
    ///
    /// # Errors
    /// [`TableFault`] for what is no register, is damaged, or costs more than the limits of [`super::sheet`] allow.
    pub fn open(mut source: R, mappings: &Mappings, today: NaiveDate) -> Result<Self, TableFault> {
        let sha256 = hash_of(&mut source)?;
        let mut sheet = Sheet::open(source, &|row| header::score(row, mappings))?;
        let (header, head_rows) = find_header(&mut sheet, mappings)?;
        let columns = Columns::of(&header);
        let mut surveyor = Surveyor::default();
        each_line(&mut sheet, head_rows, |row| {
            if !line::is_beside_the_data(row, &header, &columns) {
                surveyor.see(row, &columns);
            }
            Ok::<(), TableFault>(())
        })?;
        Ok(Self { sheet, header, head_rows, columns, survey: surveyor.finish(), today, sha256 })
    }

    /// What the file turned out to be.
    pub fn recognised(&self) -> Recognised {
        Recognised {
            form: self.sheet.form(),
            mapping: self.header.mapping.clone(),
            columns: self.header.columns.clone(),
            rows: self.survey.rows,
        }
    }

    /// SHA-256 of the file's bytes, by which it is known again.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Reads row by row; memory does not grow with the file.
    ///
    /// # Errors
    /// [`TableFault`] where the file stops being a table, or whatever `take` returns.
    pub fn each_row<E: From<TableFault>>(&mut self, mut take: impl FnMut(ReadRow) -> Result<(), E>) -> Result<RegisterReport, E> {
        let Self { sheet, header, columns, survey, today, .. } = self;
        let mut repeats = Repeats::of(survey.repeated.clone());
        let mut reading = Reading { columns, survey, today: *today, villages: value::Villages::default() };
        let mut report = RegisterReport::default();
        let mut number = 0;
        each_line(sheet, self.head_rows, |row| {
            if line::is_beside_the_data(row, header, columns) {
                report.read += 1;
                report.other_lines += 1;
                return Ok(());
            }
            number += 1;
            let read = read_row(&mut reading, &mut repeats, row, number);
            report.count(&read);
            take(read)
        })?;
        Ok(report)
    }

    /// Reads the residents that can be taken, one by one.
    ///
    /// # Errors
    /// As [`Self::each_row`].
    pub fn each_resident<E: From<TableFault>>(&mut self, mut take: impl FnMut(Resident) -> Result<(), E>) -> Result<RegisterReport, E> {
        self.each_row(|row| match row.fate {
            Fate::Accepted(resident) => take(*resident),
            Fate::Repeats(_) | Fate::SetAside => Ok(()),
        })
    }
}

/// Names the file before it is read; a file beyond the limit is not read at all.
fn hash_of<R: Read + Seek>(source: &mut R) -> Result<String, TableFault> {
    if source.seek(SeekFrom::End(0))? > FILE_BYTES_MAX {
        return Err(TableFault::TooLarge);
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(sha256_hex_of(source)?)
}

/// A row that looks like column names.
#[derive(Default)]
struct Best {
    score: usize,
    names: Vec<String>,
    /// The row below it.
    below: Vec<String>,
    lines: usize,
}

/// The first of the rows that look most like column names, joined with the row below it where that belongs to it.
fn find_header<R: Read + Seek>(sheet: &mut Sheet<R>, mappings: &Mappings) -> Result<(Header, usize), TableFault> {
    let best: RefCell<Best> = RefCell::default();
    let mut lines = 0;
    sheet.each(|_, row| {
        lines += 1;
        let (score, mut best) = (header::score(row, mappings), best.borrow_mut());
        if score >= HEADER_SCORE_MIN && score > best.score {
            *best = Best { score, names: header::names_in(row), below: Vec::new(), lines };
        } else if best.score > 0 && lines == best.lines + 1 {
            best.below = header::names_in(row);
        }
        Ok::<_, TableFault>(if lines < HEADER_LINES_MAX { Flow::Go } else { Flow::Stop })
    })?;
    let Best { score, names, below, lines } = best.into_inner();
    let (names, lines) = match header::joined(&names, &below, mappings) {
        Some(joined) => (joined, lines + 1),
        None => (names, lines),
    };
    match Header::read(names, mappings) {
        Some(header) if score > 0 => Ok((header, lines)),
        _ if score > HEADER_SCORE_MIN => Err(TableFault::NoColumn("NIK atau Nama")),
        _ => Err(TableFault::NoHeader),
    }
}

fn each_line<R: Read + Seek, E: From<TableFault>>(
    sheet: &mut Sheet<R>,
    head_rows: usize,
    mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut rows = 0;
    sheet.each(|_, row| {
        rows += 1;
        if rows > head_rows {
            take(row)?;
        }
        Ok(Flow::Go)
    })
}

fn read_row(reading: &mut Reading<'_>, repeats: &mut Repeats, row: &Row<'_>, number: usize) -> ReadRow {
    let mut person = reading.person(row, number);
    let born_on = person.resident.born_on;
    let mut note = |field, flag, why: String| person.notes.push(Note { field, weight: Weight::SetAside, flag: Some(flag), why });
    let fate = if let Some((field, why)) = unusable(reading, row, &person.resident) {
        note(field, Flag::RowSetAside, why.to_owned());
        Fate::SetAside
    } else {
        match repeats.place(key_of(row, reading.columns), number, &person.resident) {
            Standing::First => Fate::Accepted(Box::new(person.resident)),
            Standing::Repeats(of) => Fate::Repeats(of),
            Standing::Contradicts(first, count) => {
                note(Field::RegisterId, Flag::IdTwice, format!("id sama dengan baris {first} tetapi isinya berbeda; keduanya disimpan"));
                person.resident.register_id = format!("{}/{count}", person.resident.register_id);
                Fate::Accepted(Box::new(person.resident))
            }
        }
    };
    ReadRow { number, nik: person.nik, born_on, fate, notes: person.notes }
}

/// Why a row cannot be used at all.
fn unusable(reading: &Reading<'_>, row: &Row<'_>, resident: &Resident) -> Option<(Field, &'static str)> {
    if row.has_swallowed_lines() {
        return Some((Field::Name, "beberapa baris menyatu karena tanda petik yang tidak ditutup; baris disisihkan"));
    }
    let beyond = row.may_shift() && (reading.columns.count..row.len()).any(|at| !row.cell(at).text.is_empty());
    if beyond {
        return Some((Field::Name, "isinya lebih banyak daripada kolom; mungkin ada tanda pemisah di dalam isi; baris disisihkan"));
    }
    resident.name.is_empty().then_some((Field::Name, "nama kosong; baris disisihkan"))
}
