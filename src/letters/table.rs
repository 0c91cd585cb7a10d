//! Tables with rules that go on over pages, their head repeated, with page totals.

use super::fault::LetterFault;
use super::fonts::{EM_UNITS, Face};
use super::sheet::{Lie, Sheet, leading};
use super::text::{self, Align, Line, Measure, Span};
use crate::domain::money::Rupiah;

const PADDING_X: f32 = 3.0;
const PADDING_TOP: f32 = 2.2;
const PADDING_BOTTOM: f32 = 3.2;
const RULE: f32 = 0.5;
/// Most lines in one cell; more would be a paragraph, not a cell.
const CELL_LINES_MAX: usize = 14;
/// Rows that stay together with what follows the table, so that no signature stands alone.
const ROWS_WITH_TAIL: usize = 3;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Words of the head.
    pub(super) head: &'static str,
    /// Share of the table's width.
    pub(super) share: f32,
    /// Alignment of its cells.
    pub(super) align: Align,
}

/// A column from its words, share and alignment.
pub(super) fn column(head: &'static str, share: f32, align: Align) -> Column {
    Column { head, share, align }
}

/// A row: its cells, and the amount that goes into the totals.
pub(super) struct Row {
    /// One text per column.
    pub(super) cells: Vec<String>,
    /// The amount, if the table has totals.
    pub(super) amount: Rupiah,
    /// Least height in points, for signatures.
    pub(super) least: f32,
}

/// A table to be drawn.
pub(super) struct Table {
    /// Where in the letter its rows come from.
    pub(super) field: &'static str,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Font size of cells.
    pub(super) size: f32,
    /// Column that holds amounts and totals, if any.
    pub(super) totals: Option<usize>,
    /// Whether the columns carry numbers below their heads, as official lists do.
    pub(super) numbered: bool,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

struct Laid {
    cells: Vec<Vec<Line>>,
    height: f32,
}

struct Grid<'t> {
    table: &'t Table,
    widths: Vec<f32>,
    left: f32,
}

impl Table {
    /// Draws the table; `tail` points below it stay on the page of its last rows.
    ///
    /// # Errors
    /// [`LetterFault::Overflow`] for a cell with too many lines.
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>, lie: Lie, tail: f32) -> Result<(), LetterFault> {
        let shares: f32 = self.columns.iter().map(|c| c.share).sum();
        let widths = self.columns.iter().map(|c| c.share / shares * sheet.width()).collect();
        let grid = Grid { table: self, widths, left: sheet.left() };
        let rows = self.rows.iter().map(|row| grid.lay(sheet, row)).collect::<Result<Vec<_>, _>>()?;
        grid.draw(sheet, lie, &rows, tail)
    }
}

impl Grid<'_> {
    fn lay(&self, sheet: &Sheet<'_>, row: &Row) -> Result<Laid, LetterFault> {
        let size = self.table.size;
        let lay_cell = |(text, width): (&String, &f32)| {
            let measure = Measure { size, width: width - 2.0 * PADDING_X, indent: 0.0 };
            text.split('\n').flat_map(|part| text::wrap(sheet.fonts, &[text::plain(part)], &measure)).collect::<Vec<_>>()
        };
        let cells: Vec<Vec<Line>> = row.cells.iter().zip(&self.widths).map(lay_cell).collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or_default();
        let broken_number = row.cells.iter().zip(&self.widths).any(|(text, width)| self.breaks_a_number(sheet, text, *width));
        if lines > CELL_LINES_MAX || broken_number {
            return Err(LetterFault::overflow(self.table.field));
        }
        Ok(Laid { cells, height: self.row_height(lines).max(row.least) })
    }

    /// A NIK or an account over two lines would be misread.
    fn breaks_a_number(&self, sheet: &Sheet<'_>, text: &str, width: f32) -> bool {
        let room = (width - 2.0 * PADDING_X) * EM_UNITS / self.table.size;
        let numbers = text.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'));
        numbers.into_iter().any(|number| text::points(sheet.fonts.units(Face::Regular, number)) > room)
    }

    fn row_height(&self, lines: usize) -> f32 {
        text::count(lines) * leading(self.table.size) + PADDING_TOP + PADDING_BOTTOM
    }

    fn draw(&self, sheet: &mut Sheet<'_>, lie: Lie, rows: &[Laid], tail: f32) -> Result<(), LetterFault> {
        let totals_height = if self.table.totals.is_some() { 2.0 * self.row_height(1) } else { 0.0 };
        let mut page_start = 0;
        self.head(sheet)?;
        for (i, row) in rows.iter().enumerate() {
            let keeps_tail = i + ROWS_WITH_TAIL == rows.len() || (i == 0 && rows.len() < ROWS_WITH_TAIL);
            let rest: f32 = rows.iter().skip(i).map(|r| r.height).sum();
            let needed = totals_height + if keeps_tail { rest + tail } else { row.height };
            if needed > sheet.room() && i > page_start {
                self.page_totals(sheet, page_start, i)?;
                sheet.turn(lie);
                page_start = i;
                self.head(sheet)?;
            }
            self.body_row(sheet, row);
        }
        if self.table.totals.is_some() {
            if page_start > 0 {
                self.total_row(sheet, "Jumlah halaman ini", self.sum(page_start, rows.len())?)?;
            }
            self.total_row(sheet, "JUMLAH SELURUHNYA", self.sum(0, rows.len())?)?;
        }
        Ok(())
    }

    fn page_totals(&self, sheet: &mut Sheet<'_>, from: usize, to: usize) -> Result<(), LetterFault> {
        if self.table.totals.is_none() {
            return Ok(());
        }
        self.total_row(sheet, "Jumlah halaman ini", self.sum(from, to)?)?;
        self.total_row(sheet, "Jumlah sampai dengan halaman ini", self.sum(0, to)?)
    }

    fn sum(&self, from: usize, to: usize) -> Result<Rupiah, LetterFault> {
        let amounts = self.table.rows.iter().take(to).skip(from).map(|row| row.amount);
        Rupiah::sum(amounts).ok_or_else(|| LetterFault::overflow(self.table.field))
    }

    /// The head in bold, and the columns' numbers below it.
    fn head(&self, sheet: &mut Sheet<'_>) -> Result<(), LetterFault> {
        let heads = self.table.columns.iter().map(|c| text::bold(c.head)).collect();
        self.head_row(sheet, heads)?;
        if self.table.numbered {
            let numbers = (1..=self.table.columns.len()).map(|n| text::italic(n.to_string())).collect();
            self.head_row(sheet, numbers)?;
        }
        Ok(())
    }

    fn head_row(&self, sheet: &mut Sheet<'_>, spans: Vec<Span>) -> Result<(), LetterFault> {
        let wrap = |(span, width): (Span, &f32)| {
            let measure = Measure { size: self.table.size, width: width - 2.0 * PADDING_X, indent: 0.0 };
            text::wrap(sheet.fonts, &[span], &measure)
        };
        let cells: Vec<Vec<Line>> = spans.into_iter().zip(&self.widths).map(wrap).collect();
        let height = self.row_height(cells.iter().map(Vec::len).max().unwrap_or_default());
        if height > sheet.full_room() {
            return Err(LetterFault::overflow(self.table.field));
        }
        self.cells(sheet, &Laid { cells, height }, |_column| Align::Center, true);
        Ok(())
    }

    fn body_row(&self, sheet: &mut Sheet<'_>, row: &Laid) {
        self.cells(sheet, row, |column| column.align, false);
    }

    fn cells(&self, sheet: &mut Sheet<'_>, row: &Laid, align: impl Fn(&Column) -> Align, middle: bool) {
        let (top, size) = (sheet.y, self.table.size);
        let mut x = self.left;
        for ((lines, width), column) in row.cells.iter().zip(&self.widths).zip(&self.table.columns) {
            let used = self.row_height(lines.len());
            let start = top + PADDING_TOP + if middle { (row.height - used) / 2.0 } else { 0.0 };
            for (i, line) in lines.iter().enumerate() {
                let at = (x + PADDING_X, start + text::count(i) * leading(size));
                sheet.page().text(line, at, (size, width - 2.0 * PADDING_X, align(column)));
            }
            sheet.page().frame((x, top), (*width, row.height), RULE);
            x += width;
        }
        sheet.skip(row.height);
    }

    /// A total: its words across the columns before the amounts, the amount in its column, the rest empty.
    fn total_row(&self, sheet: &mut Sheet<'_>, label: &str, amount: Rupiah) -> Result<(), LetterFault> {
        let at = self.table.totals.unwrap_or_default();
        let (top, height, size) = (sheet.y, self.row_height(1), self.table.size);
        let before: f32 = self.widths.iter().take(at).sum();
        let own = self.widths.get(at).copied().unwrap_or_default();
        let after: f32 = self.widths.iter().skip(at + 1).sum();
        let mut x = self.left;
        for (words, width, align) in
            [(label.to_owned(), before, Align::Right), (amount.grouped(), own, Align::Right), (String::new(), after, Align::Left)]
        {
            let inner = width - 2.0 * PADDING_X;
            sheet.page().frame((x, top), (width, height), RULE);
            if !words.is_empty() {
                sheet.y = top + PADDING_TOP;
                sheet.one_line(self.table.field, text::bold(words), (x + PADDING_X, inner, align), (size, size - 2.0))?;
            }
            x += width;
        }
        sheet.y = top + height;
        Ok(())
    }
}
