//! Text files with a delimiter: comma, semicolon, tab, bar, or one of the marks that some programs use instead.

use std::io::{Cursor, Read, Seek, SeekFrom};

use super::encoding::Letters;
use super::limits::{CELL_BYTES_MAX, COLUMNS_MAX, HEADER_LINES_MAX, SAMPLE_BYTES};
use super::row::Row;
use super::stream::{Allowance, Halt, Text};
use super::{Flow, Score};
use crate::exchange::table::TableFault;

/// Delimiters in the order in which equals are preferred.
const DELIMITERS: [u8; 7] = *b",;\t|^~:";

/// Digits a cell must have to be a number or a date of somebody; house numbers and the like have fewer.
const NUMBER_DIGITS_MIN: usize = 5;

/// Bytes of text handed to the reader of rows at once.
const READ_BYTES: usize = 1 << 16;

/// Whichever delimiter lets the row of column names be seen best; among equals the one that cuts most.
pub(super) fn delimiter_of<R: Read + Seek>(source: &mut R, letters: Letters, score: Score<'_>) -> Result<u8, TableFault> {
    source.seek(SeekFrom::Start(letters.mark_bytes))?;
    let mut sample = vec![0; SAMPLE_BYTES];
    let mut text = Text::new(source, letters, Allowance::new());
    let mut length = 0;
    while let Some(room) = sample.get_mut(length..).filter(|room| room.len() > 4) {
        match text.read(room).map_err(|error| fault_of_io(error, 1))? {
            0 => break,
            count => length += count,
        }
    }
    sample.truncate(length);
    let rated = DELIMITERS.iter().rev().map(|delimiter| (rate(&sample, *delimiter, score), *delimiter));
    Ok(rated.max_by_key(|(rate, _)| *rate).map_or(b',', |(_, delimiter)| delimiter))
}

fn rate(sample: &[u8], delimiter: u8, score: Score<'_>) -> (usize, usize) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(Cursor::new(sample));
    let records = reader.records().take(HEADER_LINES_MAX).filter_map(Result::ok);
    records.map(|record| (score(&Row::text(&record, delimiter)), record.len())).max().unwrap_or_default()
}

/// Hands every row that has something in it to `take`, with the line it begins on, counted from 1.
pub(super) fn each<R: Read + Seek, E: From<TableFault>>(
    source: &mut R,
    letters: Letters,
    delimiter: u8,
    take: &mut dyn FnMut(u64, &Row<'_>) -> Result<Flow, E>,
) -> Result<(), E> {
    let has_returns = has_returns(source, letters).map_err(TableFault::from)?;
    source.seek(SeekFrom::Start(letters.mark_bytes)).map_err(TableFault::from)?;
    let allowance = Allowance::new();
    let text = Text::new(source, letters, allowance.clone());
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.delimiter(delimiter).has_headers(false).flexible(true).buffer_capacity(READ_BYTES).from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut width = 0;
    loop {
        let line = reader.position().line();
        if !reader.read_record(&mut record).map_err(|error| fault_of(error, line))? {
            return Ok(());
        }
        allowance.refill();
        let line = begins_on(&record, record.position().map_or(line, csv::Position::line), reader.position().line(), has_returns);
        let lines = if Row::text(&record, delimiter).has_swallowed_lines() { unfolded(&record, delimiter, width) } else { None };
        let flow = match &lines {
            None => hand_over(&record, delimiter, line, take)?,
            Some(records) => hand_over_all(records, delimiter, line, take)?,
        };
        if flow == Flow::Stop {
            return Ok(());
        }
        width = if record.len() > 1 && lines.is_none() { record.len() } else { width };
    }
}

/// Whether lines end with a carriage return and a line feed, told by the first line.
fn has_returns<R: Read + Seek>(source: &mut R, letters: Letters) -> std::io::Result<bool> {
    source.seek(SeekFrom::Start(letters.mark_bytes))?;
    let mut head = Vec::new();
    source.take(u64::try_from(SAMPLE_BYTES).unwrap_or_default()).read_to_end(&mut head)?;
    let mut letters = head.into_iter().filter(|byte| *byte != 0).scan(0, |before, byte| Some((std::mem::replace(before, byte), byte)));
    Ok(letters.find(|(_, byte)| *byte == b'\n').is_some_and(|(before, _)| before == b'\r'))
}

/// The line a row begins on. The reader counts from the end of the row before, so blank lines in between, and the line feed behind
/// a carriage return, would make it too small; counted back from the end of the row it is right.
fn begins_on(record: &csv::StringRecord, counted: u64, ends: u64, has_returns: bool) -> u64 {
    let inside = record.as_slice().bytes().filter(|byte| *byte == b'\n').count();
    let behind = u64::try_from(inside).unwrap_or_default().saturating_add(u64::from(!has_returns));
    counted.max(ends.saturating_sub(behind))
}

/// What [`each`] hands rows to.
type Take<'a, E> = &'a mut dyn FnMut(u64, &Row<'_>) -> Result<Flow, E>;

fn hand_over<E: From<TableFault>>(record: &csv::StringRecord, delimiter: u8, line: u64, take: Take<'_, E>) -> Result<Flow, E> {
    check(record, line)?;
    let row = Row::text(record, delimiter);
    if row.is_empty() { Ok(Flow::Go) } else { take(line, &row) }
}

fn hand_over_all<E: From<TableFault>>(records: &[csv::StringRecord], delimiter: u8, line: u64, take: Take<'_, E>) -> Result<Flow, E> {
    for (line, record) in (line..).zip(records) {
        if hand_over(record, delimiter, line, take)? == Flow::Stop {
            return Ok(Flow::Stop);
        }
    }
    Ok(Flow::Go)
}

/// The lines that ran together behind a quote that was never closed, read anew with the quote as a plain mark; none if they do
/// not all come out as wide as the rows before (`width`) and with a number or date below one of the first line's, because then the
/// quote may have been meant: the second line of an address is nobody.
fn unfolded(record: &csv::StringRecord, delimiter: u8, width: usize) -> Option<Vec<csv::StringRecord>> {
    let text = record.iter().collect::<Vec<_>>().join(&char::from(delimiter).to_string());
    let mut plainly = csv::ReaderBuilder::new();
    plainly.delimiter(delimiter).quoting(false).has_headers(false).flexible(true);
    let mut reader = plainly.from_reader(text.as_bytes());
    let bare = |cell: &str| cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).to_owned();
    let plain = |record: csv::StringRecord| record.iter().map(bare).collect::<csv::StringRecord>();
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.map(plain)).collect::<Result<_, _>>().ok()?;
    let as_wide = |record: &csv::StringRecord| record.len() == width || (record.len() <= 1 && record.iter().all(str::is_empty));
    let first = records.first()?;
    let is_row = |record: &csv::StringRecord| as_wide(record) && (record.len() <= 1 || has_numbers_alike(first, record));
    (width > 1 && records.iter().all(is_row)).then_some(records)
}

/// Whether some column has a number or a date in both lines.
fn has_numbers_alike(one: &csv::StringRecord, other: &csv::StringRecord) -> bool {
    let has_number = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count() >= NUMBER_DIGITS_MIN;
    one.iter().zip(other).any(|(one, other)| has_number(one) && has_number(other))
}

fn check(record: &csv::StringRecord, line: u64) -> Result<(), TableFault> {
    if record.len() > COLUMNS_MAX {
        return Err(TableFault::TooManyColumns);
    }
    if record.as_slice().len() > CELL_BYTES_MAX && record.iter().any(|cell| cell.len() > CELL_BYTES_MAX) {
        return Err(TableFault::LongCell(line));
    }
    Ok(())
}

fn fault_of(error: csv::Error, line: u64) -> TableFault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => fault_of_io(error, line),
        _ => TableFault::NotText,
    }
}

fn fault_of_io(error: std::io::Error, line: u64) -> TableFault {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Halt>()) {
        Some(Halt::ZeroLetters) => TableFault::NotText,
        Some(Halt::EndlessRow) => TableFault::EndlessRow(line),
        None => TableFault::Read(error),
    }
}
