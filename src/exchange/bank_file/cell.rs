//! What stands in one cell of a bank's file.

use std::fmt;

use super::Batch;
use super::column::{AmountFormat, Column, Content, Field, Shown, TooLong};
use super::file_spec::{FileSpec, Shape};
use super::pattern::Values;
use crate::domain::money::Rupiah;
use crate::domain::payment::PlannedLine;
use crate::exchange::plain_text::cut;

/// Digits kept of the sum of account numbers where the column does not say how many.
const ACCOUNT_SUM_DIGITS: usize = 15;

/// Where in a file a fault lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Row of the order.
    Line(u32),
    /// A row before the payments.
    Header,
    /// A row behind the payments.
    Trailer,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(sequence) => write!(f, "baris {sequence}"),
            Self::Header => f.write_str("baris kepala"),
            Self::Trailer => f.write_str("baris penutup"),
        }
    }
}

/// What a cell holds, as faults name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellName {
    /// A fact.
    Field(Field),
    /// A fixed text with places.
    Text,
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Text => f.write_str("teks tetap"),
        }
    }
}

/// Why a payment does not fit into a bank's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Longer than the column.
    #[error("{spot}: {cell} lebih dari {chars_max} huruf")]
    TooLong {
        /// Where.
        spot: Spot,
        /// The column.
        cell: CellName,
        /// Its width.
        chars_max: usize,
    },
    /// Nothing is left of a text in the bank's character set, or there was nothing.
    #[error("{spot}: {cell} kosong atau tidak dapat ditulis dengan huruf yang diterima bank")]
    Lost {
        /// Where.
        spot: Spot,
        /// The column.
        cell: CellName,
    },
    /// A reference that the profile's rules make equal to an earlier one: the bank's answer would fit two payments.
    #[error("{spot}: nomor rujukan \"{reference}\" sudah dipakai baris lain setelah diubah menurut profil")]
    SameReference {
        /// Where.
        spot: Spot,
        /// The reference as written.
        reference: String,
    },
    /// A number has more digits than its place in the pattern.
    #[error("{spot}: nomor berkas hari ini melebihi angka yang disediakan pola {{no}} atau {{bagian}}")]
    Number {
        /// Where.
        spot: Spot,
    },
}

/// A written cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    /// Whether a workbook holds it as a number.
    pub number: bool,
}

/// A payment on its way, with what the bank calls its rail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent<'a> {
    pub planned: &'a PlannedLine,
    pub rail_code: &'a str,
}

/// One file about to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub spec: &'a FileSpec,
    pub batch: &'a Batch<'a>,
    pub sent: &'a [Sent<'a>],
    pub total: Rupiah,
    /// Which piece of a divided file, from 1.
    pub piece: u32,
    /// BIC of the payees' bank, where a file holds one bank's payments.
    pub bank: &'a str,
}

impl Sheet<'_> {
    /// What a file name or a header's fixed text is filled with.
    pub(super) fn values(&self) -> Values<'_> {
        let Batch { office, execute_on, day_sequence, .. } = *self.batch;
        Values { unit: &office.unit_code, on: execute_on, number: day_sequence, piece: self.piece, bank: self.bank, code: "", words: "" }
    }

    /// The cells of a row about the whole file, or everything that keeps it from fitting.
    pub(super) fn file_row(&self, spot: Spot, columns: &[Column]) -> Result<Vec<Cell>, Vec<CellFault>> {
        all(columns.iter().map(|column| {
            let text = match &column.content {
                Content::Field(field) => self.of_file(*field, column),
                Content::Text(pattern) => pattern.fill(&self.values()).ok_or(CellFault::Number { spot })?,
            };
            self.finish(spot, column, text)
        }))
    }

    /// The cells of a payment; `row` is its place in the file, from 1.
    pub(super) fn payment_row(&self, row: usize, sent: &Sent<'_>) -> Result<Vec<Cell>, Vec<CellFault>> {
        let line = &sent.planned.line;
        let spot = Spot::Line(line.sequence);
        all(self.spec.columns.iter().map(|column| {
            let text = match &column.content {
                Content::Field(field) => self.of_payment(*field, column, row, sent),
                Content::Text(pattern) => pattern
                    .fill(&Values { code: &line.reference, words: &line.remark, ..self.values() })
                    .ok_or(CellFault::Number { spot })?,
            };
            self.finish(spot, column, text)
        }))
    }

    fn of_payment(&self, field: Field, column: &Column, row: usize, sent: &Sent<'_>) -> String {
        let (line, bank) = (&sent.planned.line, sent.planned.bank.as_ref());
        match field {
            Field::Holder => line.holder.clone(),
            Field::Account => grouped(&line.account, column),
            Field::Bic => bank.map(|bank| bank.bic.to_string()).unwrap_or_default(),
            Field::BankCode => bank.map(|bank| bank.code.clone()).unwrap_or_default(),
            Field::BankName => line.bank.clone(),
            Field::Amount => write_amount(self.spec.amount_format(column), line.amount),
            Field::Remark => line.remark.clone(),
            Field::Reference => line.reference.clone(),
            Field::Sequence => line.sequence.to_string(),
            Field::Row => row.to_string(),
            Field::RailCode => sent.rail_code.to_owned(),
            of_file => self.of_file(of_file, column),
        }
    }

    fn of_file(&self, field: Field, column: &Column) -> String {
        let Batch { office, execute_on, message_id, .. } = *self.batch;
        let date = column.date.as_ref().unwrap_or(&self.spec.date);
        match field {
            Field::UnitCode => office.unit_code.clone(),
            Field::SourceHolder => office.holder.clone(),
            Field::SourceAccount => grouped(&digits(&office.account), column),
            Field::Date => date.write(execute_on),
            Field::CreatedDate => date.write(self.batch.created_on()),
            Field::Count => self.sent.len().to_string(),
            Field::Total => write_amount(self.spec.amount_format(column), self.total),
            Field::AccountSum => account_sum(self.sent, column.chars_max.unwrap_or(ACCOUNT_SUM_DIGITS)),
            Field::MessageId => message_id.to_owned(),
            Field::Currency => "IDR".to_owned(),
            // The profile's reader lets no field of one payment into a row of the file.
            _ => String::new(),
        }
    }

    fn finish(&self, spot: Spot, column: &Column, text: String) -> Result<Cell, CellFault> {
        let field = column.field();
        let cell = field.map_or(CellName::Text, CellName::Field);
        let text = if field.is_none_or(Field::is_words) { self.clean(&text, column) } else { exact(text, column) };
        if text.is_empty() && !column.may_be_empty {
            return Err(CellFault::Lost { spot, cell });
        }
        let text = match column.chars_max {
            Some(most) if text.chars().count() <= most => text,
            Some(most) if column.too_long == TooLong::Cut => cut(&text, most),
            Some(chars_max) => return Err(CellFault::TooLong { spot, cell, chars_max }),
            None => text,
        };
        Ok(Cell { text, number: column.shown == Shown::Number })
    }

    fn clean(&self, text: &str, column: &Column) -> String {
        let cleaned = self.spec.texts.clean(text, column.marks.as_deref(), &column.replace);
        let cased = if column.capitals { cleaned.to_uppercase() } else { cleaned };
        match self.spec.shape {
            // A workbook says of each cell that it is a text.
            Shape::Xlsx => cased,
            Shape::Delimited { .. } | Shape::FixedWidth { .. } => harmless(cased, self.spec.spreadsheet),
        }
    }
}

fn all(cells: impl Iterator<Item = Result<Cell, CellFault>>) -> Result<Vec<Cell>, Vec<CellFault>> {
    let (mut right, mut faults) = (Vec::new(), Vec::new());
    for cell in cells {
        match cell {
            Ok(cell) => right.push(cell),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(right) } else { Err(faults) }
}

/// A number, date or reference: changed only by what the profile says for this very column.
fn exact(text: String, column: &Column) -> String {
    let replaced = column.replace.iter().fold(text, |text, (from, to)| text.replace(from, to));
    if column.capitals { replaced.to_uppercase() } else { replaced }
}

/// A cell that no spreadsheet takes for a formula: marked as text where people read it, shorn of its marks where a bank does.
pub(in crate::exchange) fn harmless(text: String, spreadsheet: bool) -> String {
    if !text.starts_with(['=', '+', '-', '@']) {
        text
    } else if spreadsheet {
        format!("'{text}")
    } else {
        text.trim_start_matches(['=', '+', '-', '@', ' ']).to_owned()
    }
}

pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `595501824129452` → `5955 0182 4129 452`: a spreadsheet leaves it alone, whereas it rounds long numbers.
fn grouped(account: &str, column: &Column) -> String {
    if column.shown != Shown::InFours {
        return account.to_owned();
    }
    let digits: Vec<char> = account.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The last digits of the sum of all account numbers, in decimal digits so that no number is too long for it.
fn account_sum(sent: &[Sent<'_>], digits_max: usize) -> String {
    let mut sum = vec![0_u8; digits_max];
    for line in sent {
        let mut carry = 0_u8;
        let account = line.planned.line.account.bytes().rev().map(|byte| byte.saturating_sub(b'0'));
        for (place, digit) in sum.iter_mut().zip(account.chain(std::iter::repeat(0))) {
            let added = *place + digit.min(9) + carry;
            (*place, carry) = (added % 10, added / 10);
        }
    }
    let text: String = sum.iter().rev().map(u8::to_string).collect();
    let short = text.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

fn write_amount(format: AmountFormat, amount: Rupiah) -> String {
    match format {
        AmountFormat::Plain => amount.whole().to_string(),
        AmountFormat::TwoDecimals => format!("{}.00", amount.whole()),
        AmountFormat::TwoDecimalsComma => format!("{},00", amount.whole()),
        AmountFormat::Cents => format!("{}00", amount.whole()),
        AmountFormat::Grouped => amount.grouped(),
    }
}

/// Reads an amount back as the bank would.
pub(super) fn read_amount(format: AmountFormat, text: &str) -> Option<Rupiah> {
    let whole = match format {
        AmountFormat::Plain => text.to_owned(),
        AmountFormat::TwoDecimals => text.strip_suffix(".00")?.to_owned(),
        AmountFormat::TwoDecimalsComma => text.strip_suffix(",00")?.to_owned(),
        AmountFormat::Cents => text.strip_suffix("00")?.to_owned(),
        AmountFormat::Grouped => text.replace('.', ""),
    };
    let plain = whole.bytes().all(|byte| byte.is_ascii_digit());
    whole.parse().ok().filter(|_whole| plain).and_then(|whole| Rupiah::new(whole).ok())
}
