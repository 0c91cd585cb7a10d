//! One row of a sheet, whatever file it comes from.

/// What kind of cell a value stood in. Text files know only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Written letters and digits.
    #[default]
    Text,
    /// A number cell: digits beyond the fifteenth are not to be trusted.
    Number,
    /// A date cell, given as `yyyy-mm-dd`.
    Date,
    /// An error of the spreadsheet, such as `#REF!`.
    Broken,
}

/// A value with the kind of its cell, trimmed of blanks of every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell<'a> {
    /// What stands there.
    pub text: &'a str,
    /// The kind of cell.
    pub kind: Kind,
}

/// A cell of a workbook while its row is put together.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedCell {
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a>(Cells<'a>);

#[derive(Debug, Clone, Copy)]
enum Cells<'a> {
    Text(&'a csv::StringRecord, u8),
    Typed(&'a [TypedCell]),
}

impl<'a> Row<'a> {
    pub(super) fn text(record: &'a csv::StringRecord, delimiter: u8) -> Self {
        Self(Cells::Text(record, delimiter))
    }

    pub(super) fn typed(cells: &'a [TypedCell]) -> Self {
        Self(Cells::Typed(cells))
    }

    /// The cell at a place counted from 0; empty beyond the end.
    pub fn cell(&self, at: usize) -> Cell<'a> {
        match self.0 {
            Cells::Text(record, _) => Cell { text: trimmed(record.get(at).unwrap_or_default()), kind: Kind::Text },
            Cells::Typed(cells) => cells.get(at).map_or_else(Cell::default, |cell| Cell { text: trimmed(&cell.text), kind: cell.kind }),
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        match self.0 {
            Cells::Text(record, _) => record.len(),
            Cells::Typed(cells) => cells.len(),
        }
    }

    /// Whether nothing is written in the row.
    pub fn is_empty(&self) -> bool {
        self.cells().all(|cell| cell.text.is_empty())
    }

    /// All cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let row = *self;
        (0..row.len()).map(move |at| row.cell(at))
    }

    /// Whether a mark inside a cell could have been taken for the end of it, as in text files.
    pub fn may_shift(&self) -> bool {
        matches!(self.0, Cells::Text(..))
    }

    /// Whether several lines of a text file have run together into one cell, as behind a quote that was never closed: such a
    /// cell holds line breaks and the delimiter more than once.
    pub fn has_swallowed_lines(&self) -> bool {
        let Cells::Text(record, delimiter) = self.0 else { return false };
        record.as_slice().contains('\n')
            && record.iter().any(|cell| cell.contains('\n') && cell.bytes().filter(|byte| *byte == delimiter).count() > 2)
    }
}

/// Without blanks, no-break spaces, zero-width marks and byte order marks at both ends.
fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
}
