//! A table of results by the layout of a bank.

use std::collections::HashMap;
use std::io::Cursor;

use super::draft::{self, Draft};
use super::fault::{Place, ResultFault, shown};
use super::layout::{ColumnName, ControlRow, ResultLayout, StatusKind, TableFormat, folded};
use super::written::Written;
use crate::domain::audit::sha256_hex;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{
    AccountNumber, BankAmount, ControlTotal, Direction, Fate, Report, ReportKind, ReportLine, Return, Totals,
};
use crate::exchange::sheet::{Cell, Flow, Kind, Row, Sheet};
use crate::exchange::table::TableFault;

/// Digits a number cell of a spreadsheet keeps; an account number beyond is no longer the one the bank wrote.
const TRUE_DIGITS_MAX: usize = 15;

/// Reads a file by its layout.
pub(super) fn read(bytes: &[u8], layout: &ResultLayout) -> Result<Report, ResultFault> {
    let mut results = Results { layout, places: HashMap::new(), best: None, draft: Draft::default(), stated: None };
    if !layout.has_titles {
        let numbers = layout.columns.named().filter_map(|(field, column)| match column {
            ColumnName::Number(number) => Some((field, number.saturating_sub(1))),
            ColumnName::Title(_) => None,
        });
        results.places = numbers.collect();
    }
    let looks_like_titles = |row: &Row<'_>| results_titles(layout, row);
    let file = Cursor::new(bytes);
    let is_workbook = bytes.starts_with(b"PK");
    let mut sheet = match layout.format {
        TableFormat::Workbook if !is_workbook && !bytes.starts_with(b"\xd0\xcf\x11\xe0") => {
            return Err(ResultFault::OtherKind { expected: "buku kerja Excel (.xlsx)", found: None });
        }
        TableFormat::Text if is_workbook => return Err(TableFault::Workbook.into()),
        TableFormat::Workbook => Sheet::open(file, &looks_like_titles)?,
        TableFormat::Text => Sheet::open_text(file, layout.delimiter, layout.encoding)?,
    };
    sheet.each(|line, row| results.take(line, row))?;
    results.finish()
}

/// How many titles of the layout stand in a row; without titles how many cells it has.
fn results_titles(layout: &ResultLayout, row: &Row<'_>) -> usize {
    if !layout.has_titles {
        return row.len();
    }
    let titles: Vec<String> = row.cells().map(|cell| folded(cell.text)).collect();
    layout.columns.named().filter(|(_, column)| matches!(column, ColumnName::Title(title) if titles.contains(&folded(title)))).count()
}

struct Results<'a> {
    layout: &'a ResultLayout,
    /// Place of every field, counted from 0; empty until the titles have been seen.
    places: HashMap<&'static str, usize>,
    /// The title that was missing in the row that looked most like titles.
    best: Option<(usize, String)>,
    draft: Draft,
    stated: Option<(Option<u32>, Option<BankAmount>)>,
}

impl Results<'_> {
    fn take(&mut self, line: u64, row: &Row<'_>) -> Result<Flow, ResultFault> {
        let first = row.cells().find(|cell| !cell.text.is_empty()).map(|cell| cell.text.to_lowercase()).unwrap_or_default();
        if let Some(control) = self.layout.control.clone().filter(|control| self.is_control(control, line, &first)) {
            return self.totals(&control, line, row).map(|()| Flow::Go);
        }
        if line <= self.layout.skip_lines || self.layout.ignore.iter().any(|word| first.starts_with(word)) {
            return Ok(Flow::Go);
        }
        if self.layout.has_titles && self.find_titles(row) {
            return Ok(Flow::Go);
        }
        if self.places.is_empty() {
            return Ok(Flow::Go);
        }
        self.payment(line, row)?;
        Ok(Flow::Go)
    }

    fn is_control(&self, control: &ControlRow, line: u64, first: &str) -> bool {
        match &control.begins_with {
            Some(word) => !self.places.is_empty() && first.starts_with(&word.to_lowercase()),
            None => line == 1,
        }
    }

    /// Whether this is the row of titles, or the same again at the top of a new page.
    fn find_titles(&mut self, row: &Row<'_>) -> bool {
        let cells: Vec<String> = row.cells().map(|cell| folded(cell.text)).collect();
        let place = |column: &ColumnName| match column {
            ColumnName::Number(number) => Some(number.saturating_sub(1)),
            ColumnName::Title(title) => cells.iter().position(|cell| *cell == folded(title)),
        };
        let found = results_titles(self.layout, row);
        let missing = self.layout.columns.named().find(|(_, column)| place(column).is_none());
        match missing {
            // All titles found, or all columns known by number: then the first row is that of titles.
            None if found > 0 || self.places.is_empty() => {
                self.places = self.layout.columns.named().filter_map(|(field, column)| place(column).map(|at| (field, at))).collect();
                true
            }
            Some((_, ColumnName::Title(title))) if self.best.as_ref().is_none_or(|(most, _)| found > *most) => {
                self.best = Some((found, title.clone()));
                false
            }
            _ => false,
        }
    }

    fn totals(&mut self, control: &ControlRow, line: u64, row: &Row<'_>) -> Result<(), ResultFault> {
        let cell = |number: Option<usize>| number.map(|number| row.cell(number.saturating_sub(1)));
        let place = |part: &str| Place { line, part: part.to_owned() };
        if self.stated.is_some() {
            return Err(ResultFault::Twice(place("baris jumlah")));
        }
        let count = cell(control.count).map(|cell| {
            let digits: String = cell.text.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok().ok_or_else(|| ResultFault::unreadable(place("banyaknya"), cell.text, "banyaknya baris"))
        });
        let sum = cell(control.sum)
            .map(|cell| self.amount_in(cell).ok_or_else(|| ResultFault::unreadable(place("jumlah"), cell.text, "jumlah uang")));
        self.stated = Some((count.transpose()?, sum.transpose()?));
        if let Some(account) = cell(control.account) {
            self.draft.add_account(draft::account(account.text, || place("rekening sumber"))?);
        }
        Ok(())
    }

    fn amount_in(&self, cell: Cell<'_>) -> Option<BankAmount> {
        let written = if cell.kind == Kind::Number { Written::Point } else { self.layout.amount };
        written.read(cell.text.trim_start_matches(['\'', '`']))
    }

    fn payment(&mut self, line: u64, row: &Row<'_>) -> Result<(), ResultFault> {
        let cells = Cells { line, row, places: &self.places };
        let amount = self.whole_amount(&cells)?;
        if let Some(currency) = cells.text("currency").filter(|currency| !matches!(*currency, "IDR" | "RP" | "Rp")) {
            return Err(ResultFault::Currency { place: cells.place("currency"), found: shown(currency) });
        }
        let fate = self.fate(&cells)?;
        let reference = cells.text("reference").map(str::to_owned);
        let account = cells.account()?;
        if reference.is_none() && cells.text("remark").is_none() && account.is_none() {
            return Err(ResultFault::Missing(cells.place("reference")));
        }
        let position = self.draft.next_position()?;
        self.draft.lines.push(ReportLine {
            position,
            reference,
            remark: cells.text("remark").map(str::to_owned),
            account,
            holder: cells.text("holder").map(str::to_owned),
            amount: Some(amount),
            direction: Direction::Debit,
            fate,
            is_reversal: false,
            raw_sha256: sha256_hex(row.cells().map(|cell| cell.text).collect::<Vec<_>>().join("\u{1f}").as_bytes()),
        });
        Ok(())
    }

    fn whole_amount(&self, cells: &Cells<'_>) -> Result<BankAmount, ResultFault> {
        let place = || cells.place("amount");
        let cell = cells.cell("amount").ok_or_else(|| ResultFault::Missing(place()))?;
        let amount =
            self.amount_in(cell).ok_or_else(|| ResultFault::unreadable(place(), cell.text, "jumlah uang seperti pada profil bank"))?;
        if amount.rupiah().is_none() {
            return Err(ResultFault::Sen { place: place(), written: shown(cell.text) });
        }
        Ok(amount)
    }

    fn fate(&self, cells: &Cells<'_>) -> Result<Fate, ResultFault> {
        let kind = if self.layout.columns.status.is_none() {
            self.layout.status.every_row
        } else {
            let written = cells.text("status").ok_or_else(|| ResultFault::Missing(cells.place("status")))?;
            let unknown = || ResultFault::Status { place: cells.place("status"), written: shown(written) };
            Some(self.layout.status.meaning_of(written).ok_or_else(unknown)?)
        };
        let on = self.day(cells)?;
        let bank_ref = cells.text("bank_ref").map(str::to_owned);
        let text = draft::joined(["reason_code", "reason"].into_iter().filter_map(|field| cells.text(field))).unwrap_or_default();
        let by_code = cells.text("reason_code").map(ReturnReason::read).filter(|reason| !matches!(reason, ReturnReason::Other(_)));
        let reason = by_code.unwrap_or_else(|| ReturnReason::read(cells.text("reason").unwrap_or(&text)));
        match kind {
            Some(StatusKind::Settled) => Ok(Fate::Settled { on, bank_ref }),
            Some(StatusKind::Pending) => Ok(Fate::Pending),
            Some(StatusKind::Rejected) => Ok(Fate::Rejected(Return { reason, text, on, bank_ref })),
            Some(StatusKind::Returned) => Ok(Fate::Returned(Return { reason, text, on, bank_ref })),
            None => Err(ResultFault::Missing(cells.place("status"))),
        }
    }

    fn day(&self, cells: &Cells<'_>) -> Result<Option<chrono::NaiveDate>, ResultFault> {
        let Some(cell) = cells.cell("day") else { return Ok(None) };
        let read = match cell.kind {
            Kind::Date => super::written::iso_day(cell.text),
            Kind::Text | Kind::Number | Kind::Broken => self.layout.days.iter().find_map(|format| format.read(cell.text)),
        };
        read.map(Some).ok_or_else(|| ResultFault::unreadable(cells.place("day"), cell.text, "tanggal seperti pada profil bank"))
    }

    fn finish(mut self) -> Result<Report, ResultFault> {
        if self.places.is_empty() {
            let first = self.layout.columns.named().find_map(|(_, column)| match column {
                ColumnName::Title(title) => Some(title.clone()),
                ColumnName::Number(_) => None,
            });
            let missing = self.best.map(|(_, title)| title).or(first).unwrap_or_default();
            return Err(ResultFault::NoColumn(missing));
        }
        let read = Totals::of(&self.draft.lines).ok_or(ResultFault::Sum)?;
        match (self.stated, &self.layout.control) {
            (Some((count, sum)), _) => self.draft.controls.push(ControlTotal { of: "seluruh berkas".to_owned(), count, sum, read }),
            (None, Some(_)) => return Err(ResultFault::Missing(Place { line: 1, part: "baris jumlah menurut profil bank".to_owned() })),
            (None, None) if self.draft.lines.is_empty() => return Err(ResultFault::Empty),
            (None, None) => {}
        }
        self.draft.finish(ReportKind::Table)
    }
}

/// One row with the places of its fields.
struct Cells<'r> {
    line: u64,
    row: &'r Row<'r>,
    places: &'r HashMap<&'static str, usize>,
}

impl<'r> Cells<'r> {
    /// The cell of a field, if something stands in it.
    fn cell(&self, field: &str) -> Option<Cell<'r>> {
        self.places.get(field).map(|at| self.row.cell(*at)).filter(|cell| !cell.text.is_empty())
    }

    fn text(&self, field: &str) -> Option<&'r str> {
        self.cell(field).map(|cell| cell.text.trim_start_matches(['\'', '`'])).filter(|text| !text.is_empty() && *text != "-")
    }

    fn account(&self) -> Result<Option<AccountNumber>, ResultFault> {
        let Some(cell) = self.cell("account") else { return Ok(None) };
        let place = || self.place("account");
        let lost = cell.kind == Kind::Broken || (cell.kind == Kind::Number && cell.text.len() > TRUE_DIGITS_MAX);
        if lost || (cell.kind == Kind::Text && cell.text.contains("E+")) {
            let expected = "nomor rekening utuh; kolom itu tersimpan sebagai angka, minta berkas asli dari bank";
            return Err(ResultFault::unreadable(place(), cell.text, expected));
        }
        self.text("account").map(|written| draft::account(written, place)).transpose()
    }

    fn place(&self, field: &str) -> Place {
        let part = self.places.get(field).map_or_else(|| format!("kolom {field}"), |at| format!("kolom {} ({field})", at + 1));
        Place { line: self.line, part }
    }
}
