//! How a bank lays out its table of results, as data: the `[result]` table of a profile.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use serde::Deserialize;

use super::written::{DayFormat, Written};

/// The layout of a table of results.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawLayout")]
pub struct ResultLayout {
    /// What kind of file it is.
    pub format: TableFormat,
    /// Mark between the columns of a text file.
    pub delimiter: u8,
    /// How the letters of a text file are written; `None` = told from the file.
    pub encoding: Option<&'static Encoding>,
    /// Lines in front that say nothing about payments. With titles, the row of titles is looked for behind them.
    pub skip_lines: u64,
    /// Whether a row of titles stands above the payments.
    pub has_titles: bool,
    /// Where everything stands.
    pub columns: Columns,
    /// Which words of the status column mean what.
    pub status: StatusWords,
    /// How amounts are written in text; number cells of a workbook are always read as numbers.
    pub amount: Written,
    /// How days are written; the first that fits counts.
    pub days: Vec<DayFormat>,
    /// The row in which the bank states its totals.
    pub control: Option<ControlRow>,
    /// Rows whose first cell begins with one of these say nothing about payments (small letters).
    pub ignore: Vec<String>,
}

/// Kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Text with a delimiter.
    Text,
    /// Excel (.xlsx).
    Workbook,
}

/// A column by its title or by its number, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ColumnName {
    /// By number.
    Number(usize),
    /// By title; capitals and blanks do not count.
    Title(String),
}

/// Where everything stands. `amount` must be there, and something by which a payment is known again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The office's number of the payment, alone in its column.
    pub reference: Option<ColumnName>,
    /// Text in which that number stands among other words.
    pub remark: Option<ColumnName>,
    /// The payee's account.
    pub account: Option<ColumnName>,
    /// The payee's name.
    pub holder: Option<ColumnName>,
    /// The amount.
    pub amount: Option<ColumnName>,
    /// The currency; must be IDR where it stands.
    pub currency: Option<ColumnName>,
    /// What became of the payment.
    pub status: Option<ColumnName>,
    /// The bank's code of the reason.
    pub reason_code: Option<ColumnName>,
    /// The bank's words of the reason.
    pub reason: Option<ColumnName>,
    /// The day of the booking.
    pub day: Option<ColumnName>,
    /// The bank's number of the booking.
    pub bank_ref: Option<ColumnName>,
}

/// What a status word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// Booked.
    Settled,
    /// Not carried out; no money left the account.
    Rejected,
    /// Left the account and came back.
    Returned,
    /// On its way.
    Pending,
}

/// Words of the status column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusWords {
    words: BTreeMap<String, StatusKind>,
    /// What every row of the file means, where there is no status column.
    pub every_row: Option<StatusKind>,
}

/// The row in which the bank states its totals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlRow {
    /// With which word it begins; `None` = it is the first line of the file.
    pub begins_with: Option<String>,
    /// Number of the column with the count.
    pub count: Option<usize>,
    /// Number of the column with the sum.
    pub sum: Option<usize>,
    /// Number of the column with the account the money left from.
    pub account: Option<usize>,
}

/// Why a layout is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultLayoutFault {
    /// No column of amounts.
    #[error("columns.amount belum ditentukan")]
    NoAmount,
    /// Nothing by which a payment could be known again.
    #[error("columns harus memuat reference, remark, atau account")]
    NoReference,
    /// Neither a column of status words nor one meaning for all rows.
    #[error("tentukan columns.status beserta [result.status], atau status.every_row")]
    NoStatus,
    /// One word with two meanings.
    #[error("kata status \"{0}\" tercantum dengan dua arti")]
    StatusTwice(String),
    /// An empty status word.
    #[error("kata status kosong")]
    EmptyStatus,
    /// Columns by title in a file without titles.
    #[error("kolom \"{0}\" disebut dengan judul, padahal titles = false; pakai nomor kolom")]
    TitleWithoutTitles(String),
    /// Column number 0, or beyond any table.
    #[error("nomor kolom {0} harus 1 sampai 1000")]
    Number(usize),
    /// A delimiter that is not one plain character.
    #[error("delimiter \"{0}\" harus satu huruf ASCII")]
    Delimiter(String),
    /// An encoding nobody knows.
    #[error("encoding \"{0}\" tidak dikenal; pakai utf-8 atau windows-1252")]
    Encoding(String),
    /// A day without a way to read it.
    #[error("columns.day perlu days, misalnya [\"DD/MM/YYYY\"]")]
    NoDays,
    /// A control row that states nothing.
    #[error("control harus memuat count atau sum")]
    EmptyControl,
}

/// Every fault of a layout at once.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
struct LayoutFaults(Vec<ResultLayoutFault>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLayout {
    format: TableFormat,
    #[serde(default = "comma")]
    delimiter: String,
    encoding: Option<String>,
    #[serde(default)]
    skip_lines: u64,
    #[serde(default = "yes")]
    titles: bool,
    columns: Columns,
    #[serde(default)]
    status: RawStatus,
    #[serde(default)]
    amount: Written,
    #[serde(default)]
    days: Vec<DayFormat>,
    control: Option<ControlRow>,
    #[serde(default)]
    ignore: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawStatus {
    settled: Vec<String>,
    rejected: Vec<String>,
    returned: Vec<String>,
    pending: Vec<String>,
    every_row: Option<StatusKind>,
}

fn comma() -> String {
    ",".to_owned()
}

fn yes() -> bool {
    true
}

/// Largest column number.
const COLUMN_MAX: usize = 1_000;

impl TryFrom<RawLayout> for ResultLayout {
    type Error = LayoutFaults;

    fn try_from(raw: RawLayout) -> Result<Self, LayoutFaults> {
        let mut faults = column_faults(&raw);
        let delimiter = match raw.delimiter.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() => *byte,
            _ => {
                faults.push(ResultLayoutFault::Delimiter(raw.delimiter.clone()));
                b','
            }
        };
        let encoding = raw.encoding.as_ref().map(|label| (label, Encoding::for_label(label.as_bytes())));
        if let Some((label, None)) = encoding {
            faults.push(ResultLayoutFault::Encoding(label.clone()));
        }
        let status = status_words(&raw.status, &mut faults);
        if raw.columns.status.is_some() == status.words.is_empty() || (raw.columns.status.is_none() && status.every_row.is_none()) {
            faults.push(ResultLayoutFault::NoStatus);
        }
        if raw.control.as_ref().is_some_and(|control| control.count.is_none() && control.sum.is_none()) {
            faults.push(ResultLayoutFault::EmptyControl);
        }
        if !faults.is_empty() {
            return Err(LayoutFaults(faults));
        }
        Ok(Self {
            format: raw.format,
            delimiter,
            encoding: encoding.and_then(|(_, known)| known),
            skip_lines: raw.skip_lines,
            has_titles: raw.titles,
            columns: raw.columns,
            status,
            amount: raw.amount,
            days: raw.days,
            control: raw.control,
            ignore: raw.ignore.iter().map(|word| word.to_lowercase()).filter(|word| !word.trim().is_empty()).collect(),
        })
    }
}

fn column_faults(raw: &RawLayout) -> Vec<ResultLayoutFault> {
    let columns = &raw.columns;
    let mut faults = Vec::new();
    if columns.amount.is_none() {
        faults.push(ResultLayoutFault::NoAmount);
    }
    if columns.reference.is_none() && columns.remark.is_none() && columns.account.is_none() {
        faults.push(ResultLayoutFault::NoReference);
    }
    if columns.day.is_some() && raw.days.is_empty() {
        faults.push(ResultLayoutFault::NoDays);
    }
    for (_, column) in columns.named() {
        match column {
            ColumnName::Title(title) if !raw.titles => faults.push(ResultLayoutFault::TitleWithoutTitles(title.clone())),
            ColumnName::Number(number) if !(1..=COLUMN_MAX).contains(number) => faults.push(ResultLayoutFault::Number(*number)),
            ColumnName::Title(_) | ColumnName::Number(_) => {}
        }
    }
    let control = raw.control.iter().flat_map(|control| [control.count, control.sum, control.account]).flatten();
    faults.extend(control.filter(|number| !(1..=COLUMN_MAX).contains(number)).map(ResultLayoutFault::Number));
    faults
}

fn status_words(raw: &RawStatus, faults: &mut Vec<ResultLayoutFault>) -> StatusWords {
    let mut words = BTreeMap::new();
    let kinds = [
        (&raw.settled, StatusKind::Settled),
        (&raw.rejected, StatusKind::Rejected),
        (&raw.returned, StatusKind::Returned),
        (&raw.pending, StatusKind::Pending),
    ];
    for (written, kind) in kinds.into_iter().flat_map(|(list, kind)| list.iter().map(move |word| (word, kind))) {
        let word = folded(written);
        if word.is_empty() {
            faults.push(ResultLayoutFault::EmptyStatus);
        } else if words.insert(word, kind).is_some_and(|earlier| earlier != kind) {
            faults.push(ResultLayoutFault::StatusTwice(written.clone()));
        }
    }
    StatusWords { words, every_row: raw.every_row }
}

impl StatusWords {
    /// What a status means: the longest known word it is, or begins with (`SUKSES - 00`). `None` if there is none.
    pub fn meaning_of(&self, written: &str) -> Option<StatusKind> {
        let written = folded(written);
        let begins = |word: &str| written.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        self.words.iter().filter(|(word, _)| begins(word)).max_by_key(|(word, _)| word.len()).map(|(_, kind)| *kind)
    }
}

impl Columns {
    /// Every column that is set, by the name of its field.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &ColumnName)> {
        let all = [
            ("reference", &self.reference),
            ("remark", &self.remark),
            ("account", &self.account),
            ("holder", &self.holder),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("status", &self.status),
            ("reason_code", &self.reason_code),
            ("reason", &self.reason),
            ("day", &self.day),
            ("bank_ref", &self.bank_ref),
        ];
        all.into_iter().filter_map(|(name, column)| column.as_ref().map(|column| (name, column)))
    }
}

/// Small letters and single blanks, as words and titles are compared.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
