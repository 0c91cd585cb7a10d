//! Excel workbooks, cell by cell: a sheet is never held whole, however far apart its cells lie.

use std::io::{Read, Seek};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::limits::{CELL_BYTES_MAX, COLUMNS_MAX, HEADER_LINES_MAX, SHEETS_MAX};
use super::row::{Kind, Row, TypedCell};
use super::{Flow, Score};
use crate::exchange::table::TableFault;

/// Last day number taken for a date: the end of the year 9999.
const DAY_NUMBER_MAX: f64 = 2_958_465.0;

/// Opens a workbook that has been weighed.
pub(super) fn open<R: Read + Seek>(source: R) -> Result<Xlsx<R>, TableFault> {
    Xlsx::new(source).map_err(broken)
}

/// The sheet in which the row of column names is seen best with every other that has the same names (one sheet a village), in
/// the order of the workbook; and every further sheet that has a row of column names too.
pub(super) fn sheets_of<R: Read + Seek>(book: &mut Xlsx<R>, score: Score<'_>) -> Result<(Vec<String>, Vec<String>), TableFault> {
    let names: Vec<String> = book.sheet_names().into_iter().take(SHEETS_MAX).collect();
    let mut rated = Vec::new();
    for name in names {
        let head = head_of(book, &name, score)?;
        rated.push((head, name));
    }
    // The first of equals wins: `max_by_key` would take the last.
    let best = rated.iter().rev().max_by_key(|(head, _)| head.score).map(|(head, _)| head.names.clone()).ok_or(TableFault::Empty)?;
    let (same, others): (Vec<_>, Vec<_>) = rated.into_iter().partition(|(head, _)| head.names == best);
    let others = others.into_iter().filter(|(head, _)| head.score > 1);
    Ok((same.into_iter().map(|(_, name)| name).collect(), others.map(|(_, name)| name).collect()))
}

/// The row of a sheet that looks most like column names.
#[derive(Default)]
struct Head {
    score: usize,
    names: Vec<String>,
}

fn head_of<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, score: Score<'_>) -> Result<Head, TableFault> {
    let (mut best, mut lines) = (Head::default(), 0);
    let look = &mut |_line: u64, row: &Row<'_>| {
        let score = score(row);
        if score > best.score {
            let mut names: Vec<String> = row.cells().map(|cell| cell.text.to_uppercase()).collect();
            names.truncate(names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
            best = Head { score, names };
        }
        lines += 1;
        Ok::<_, TableFault>(if lines < HEADER_LINES_MAX { Flow::Go } else { Flow::Stop })
    };
    match each(book, sheet, look) {
        // A chart sheet has no cells.
        Err(TableFault::BrokenWorkbook(why)) if why.contains("orksheet") => Ok(Head::default()),
        read => read.map(|_flow| best),
    }
}

/// Hands every row that has something in it to `take`, with its number in the sheet, counted from 1; says whether to go on.
pub(super) fn each<R: Read + Seek, E: From<TableFault>>(
    book: &mut Xlsx<R>,
    sheet: &str,
    take: &mut dyn FnMut(u64, &Row<'_>) -> Result<Flow, E>,
) -> Result<Flow, E> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut line = Line::default();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        if row != line.row {
            if line.hand_over(take)? == Flow::Stop {
                return Ok(Flow::Stop);
            }
            line.row = row;
        }
        line.put(usize::try_from(column).unwrap_or(usize::MAX), cell.get_value())?;
    }
    line.hand_over(take)
}

/// The row being put together; its cells are used again for the next one.
#[derive(Default)]
struct Line {
    row: u32,
    cells: Vec<TypedCell>,
    written: bool,
}

impl Line {
    fn put(&mut self, column: usize, value: &DataRef<'_>) -> Result<(), TableFault> {
        if matches!(value, DataRef::Empty) {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(TableFault::TooManyColumns);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, TypedCell::default());
        }
        let Some(cell) = self.cells.get_mut(column) else { return Ok(()) };
        write(cell, value);
        self.written = true;
        if cell.text.len() > CELL_BYTES_MAX { Err(TableFault::LongCell(u64::from(self.row) + 1)) } else { Ok(()) }
    }

    fn hand_over<E>(&mut self, take: &mut dyn FnMut(u64, &Row<'_>) -> Result<Flow, E>) -> Result<Flow, E> {
        if !std::mem::take(&mut self.written) {
            return Ok(Flow::Go);
        }
        let row = Row::typed(&self.cells);
        let flow = if row.is_empty() { Flow::Go } else { take(u64::from(self.row) + 1, &row)? };
        self.cells.clear();
        Ok(flow)
    }
}

fn write(cell: &mut TypedCell, value: &DataRef<'_>) {
    let (kind, text) = match value {
        DataRef::Empty => return,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (Kind::Text, text.clone()),
        DataRef::SharedString(text) => (Kind::Text, (*text).to_owned()),
        DataRef::Int(number) => (Kind::Number, number.to_string()),
        // Rust writes a float with all its digits and never with an exponent.
        DataRef::Float(number) => (Kind::Number, number.to_string()),
        DataRef::Bool(yes) => (Kind::Text, if *yes { "YA" } else { "TIDAK" }.to_owned()),
        DataRef::DateTime(day) if (0.0..=DAY_NUMBER_MAX).contains(&day.as_f64()) => match day.as_datetime() {
            Some(at) => (Kind::Date, at.date().to_string()),
            None => (Kind::Number, day.as_f64().to_string()),
        },
        DataRef::DateTime(day) => (Kind::Number, day.as_f64().to_string()),
        DataRef::Error(error) => (Kind::Broken, error.to_string()),
    };
    (cell.kind, cell.text) = (kind, text);
}

fn broken(error: XlsxError) -> TableFault {
    TableFault::BrokenWorkbook(error.to_string())
}
