//! Rows as bytes and back: columns with a mark between them, or of fixed width.

use super::cell::Cell;
use super::column::{Align, Column};
use super::file_spec::{FileSpec, LineEnd, Quoting, Shape};
use super::workbook;
use super::{BankFileFault, Batch};

/// One row of a file with the columns it was written by.
pub(super) struct GridRow<'a> {
    pub columns: &'a [Column],
    pub cells: Vec<Cell>,
    /// Row of titles: written in bold where there is bold.
    pub titles: bool,
}

/// The bytes of a file.
pub(super) fn to_bytes(spec: &FileSpec, batch: &Batch<'_>, rows: &[GridRow<'_>]) -> Result<Vec<u8>, BankFileFault> {
    let text = match spec.shape {
        Shape::Xlsx => return workbook::to_bytes(batch, rows),
        Shape::Delimited { delimiter, quoting, line_end } => delimited(delimiter, quoting, line_end, rows)?,
        Shape::FixedWidth { line_end } => fixed_width(line_end, rows),
    };
    spec.texts.encoding.to_bytes(&text).ok_or(BankFileFault::Encoding)
}

/// The cells of a finished file; `None` if it does not have the shape of the rows it was written from.
pub(super) fn from_bytes(spec: &FileSpec, bytes: &[u8], rows: &[GridRow<'_>]) -> Option<Vec<Vec<String>>> {
    match spec.shape {
        Shape::Xlsx => workbook::from_bytes(bytes, rows.iter().map(|row| row.cells.len())),
        Shape::Delimited { delimiter, quoting, .. } => {
            let text = spec.texts.encoding.to_text(bytes)?;
            let mut builder = csv::ReaderBuilder::new();
            builder.delimiter(delimiter).has_headers(false).flexible(true).quoting(quoting != Quoting::Never);
            let mut reader = builder.from_reader(text.as_bytes());
            reader.records().map(|record| record.ok().map(|record| record.iter().map(str::to_owned).collect())).collect()
        }
        Shape::FixedWidth { line_end } => {
            let text = spec.texts.encoding.to_text(bytes)?;
            let lines: Vec<&str> = text.strip_suffix(line_end.mark())?.split(line_end.mark()).collect();
            (lines.len() == rows.len()).then(|| lines.iter().zip(rows).map(|(line, row)| take_apart(line, row)).collect()).flatten()
        }
    }
}

impl LineEnd {
    fn mark(self) -> &'static str {
        match self {
            Self::CrLf => "\r\n",
            Self::Lf => "\n",
        }
    }
}

fn delimited(delimiter: u8, quoting: Quoting, line_end: LineEnd, rows: &[GridRow<'_>]) -> Result<String, BankFileFault> {
    let quotes = match quoting {
        Quoting::Never => csv::QuoteStyle::Never,
        Quoting::Necessary => csv::QuoteStyle::Necessary,
        Quoting::Always => csv::QuoteStyle::Always,
    };
    let terminator = match line_end {
        LineEnd::CrLf => csv::Terminator::CRLF,
        LineEnd::Lf => csv::Terminator::Any(b'\n'),
    };
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(delimiter).terminator(terminator).quote_style(quotes).flexible(true);
    let mut writer = builder.from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.cells.iter().map(|cell| &cell.text))?;
    }
    let bytes = writer.into_inner().map_err(|broken| BankFileFault::Csv(broken.into_error().into()))?;
    String::from_utf8(bytes).map_err(|_not_text| BankFileFault::Encoding)
}

fn fixed_width(line_end: LineEnd, rows: &[GridRow<'_>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (cell, column) in row.cells.iter().zip(row.columns) {
            let fill: String = std::iter::repeat_n(column.pad, pads(column, cell)).collect();
            match column.align {
                Align::Left => text.extend([cell.text.as_str(), fill.as_str()]),
                Align::Right => text.extend([fill.as_str(), cell.text.as_str()]),
            }
        }
        text.push_str(line_end.mark());
    }
    text
}

fn pads(column: &Column, cell: &Cell) -> usize {
    column.width.unwrap_or_default().saturating_sub(cell.text.chars().count())
}

/// The contents of a line by the widths of its columns, without what only fills them; `None` if the line is not as wide as they are.
fn take_apart(line: &str, row: &GridRow<'_>) -> Option<Vec<String>> {
    let mut letters = line.chars();
    let mut contents = Vec::new();
    for (column, cell) in row.columns.iter().zip(&row.cells) {
        let width = column.width?;
        let whole: String = letters.by_ref().take(width).collect();
        if whole.chars().count() != width {
            return None;
        }
        let fill: String = std::iter::repeat_n(column.pad, pads(column, cell)).collect();
        let content = match column.align {
            Align::Left => whole.strip_suffix(fill.as_str()),
            Align::Right => whole.strip_prefix(fill.as_str()),
        };
        contents.push(content?.to_owned());
    }
    letters.next().is_none().then_some(contents)
}
