//! The layout of a bank's files as data, with every fault of it named at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::file_name::FileName;
use super::layout_fault::LayoutFault;
use crate::domain::money::Rupiah;
use crate::domain::payment::Route;

/// The files one bank takes: one layout per road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layouts {
    /// What the bank or product is called.
    pub name: String,
    files: Vec<FileLayout>,
}

/// One file of a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLayout {
    /// Which payments it carries.
    pub route: Route,
    /// How it is named.
    pub file_name: FileName,
    /// Mark between the columns.
    pub delimiter: u8,
    /// Whether the first row holds the columns' titles.
    pub header: bool,
    /// Whether people read it in a spreadsheet rather than a bank's machine.
    pub spreadsheet: bool,
    /// What a text may hold beside plain letters, digits and spaces; `None` = everything but control characters.
    pub marks: Option<String>,
    /// What stands for a character the file cannot carry.
    pub replace: BTreeMap<char, String>,
    /// How amounts are written.
    pub amount: AmountFormat,
    /// Most one payment of this road may be.
    pub amount_max: Option<Rupiah>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What stands in it.
    pub field: Field,
    /// Its title, where the file has a heading.
    #[serde(default)]
    pub title: String,
    /// Whether letters are raised.
    #[serde(default)]
    pub capitals: bool,
    /// Longest content in characters.
    pub chars_max: Option<usize>,
    /// What happens to longer content.
    #[serde(default)]
    pub too_long: TooLong,
}

/// What a column may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Short code of the paying unit.
    UnitCode,
    /// Name the source account stands in.
    SourceHolder,
    /// Source account.
    SourceAccount,
    /// Payee's name.
    Holder,
    /// Payee's account.
    Account,
    /// BIC of the payee's bank.
    Bic,
    /// Three-digit code of the payee's bank.
    BankCode,
    /// Payee's bank as the village wrote it.
    BankName,
    /// Amount.
    Amount,
    /// Always IDR.
    Currency,
    /// Words for the payee's statement.
    Remark,
    /// The payment's own reference.
    Reference,
    /// Row of the order.
    Sequence,
    /// Day of the file, DDMMYYYY.
    Date,
}

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountFormat {
    /// `1000000`.
    Plain,
    /// `1000000.00`.
    TwoDecimals,
    /// `1.000.000`, for people.
    Grouped,
}

/// What happens to content longer than its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TooLong {
    /// The whole file is refused: half an account number is another account.
    #[default]
    Refuse,
    /// The end is cut off.
    Cut,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLayouts {
    name: String,
    file: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    route: Route,
    file_name: String,
    delimiter: String,
    header: bool,
    #[serde(default)]
    spreadsheet: bool,
    marks: Option<String>,
    #[serde(default)]
    replace: BTreeMap<String, String>,
    amount: AmountFormat,
    amount_max: Option<i64>,
    column: Vec<toml::Value>,
}

impl Layouts {
    /// Reads a layout.
    ///
    /// # Errors
    /// Every [`LayoutFault`], so that an operator mends the file in one go.
    pub fn parse(text: &str) -> Result<Self, Vec<LayoutFault>> {
        let raw: RawLayouts = toml::from_str(text)
            .map_err(|why| vec![LayoutFault::Unreadable { place: "layout".to_owned(), why: why.message().to_owned() }])?;
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let mut routes = Vec::new();
        for (number, value) in (1..).zip(raw.file) {
            routes.extend(value.get("route").cloned().and_then(|route| route.try_into::<Route>().ok()));
            match read_file(number, value) {
                Ok(file) => files.push(file),
                Err(found) => faults.extend(found),
            }
        }
        for route in Route::ALL {
            let found = routes.iter().filter(|r| **r == route).count();
            if found != 1 {
                faults.push(LayoutFault::Route(route, found));
            }
        }
        if faults.is_empty() { Ok(Self { name: raw.name, files }) } else { Err(faults) }
    }

    /// The file of a road.
    pub fn for_route(&self, route: Route) -> Option<&FileLayout> {
        self.files.iter().find(|file| file.route == route)
    }
}

fn read_file(number: usize, value: toml::Value) -> Result<FileLayout, Vec<LayoutFault>> {
    let raw: RawFile = read(format!("berkas {number}"), value).map_err(|fault| vec![fault])?;
    let (mut columns, mut faults) = (Vec::new(), Vec::new());
    for (place, value) in (1..).zip(raw.column.iter().cloned()) {
        match read::<Column>(format!("berkas {number} kolom {place}"), value) {
            Ok(column) => columns.push(column),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        faults.extend(column_faults(number, raw.route, &columns));
    }
    faults.extend(text_faults(number, &raw));
    let file_name = FileName::parse(&raw.file_name)
        .map_err(|found| faults.extend(found.into_iter().map(|fault| LayoutFault::FileName { file: number, fault })));
    match (file_name, raw.delimiter.bytes().next()) {
        (Ok(file_name), Some(delimiter)) if faults.is_empty() => Ok(finish(raw, file_name, delimiter, columns)),
        _ => Err(faults),
    }
}

fn finish(raw: RawFile, file_name: FileName, delimiter: u8, columns: Vec<Column>) -> FileLayout {
    FileLayout {
        route: raw.route,
        file_name,
        delimiter,
        header: raw.header,
        spreadsheet: raw.spreadsheet,
        marks: raw.marks,
        replace: raw.replace.into_iter().filter_map(|(key, by)| key.chars().next().map(|c| (c, by))).collect(),
        amount: raw.amount,
        amount_max: raw.amount_max.and_then(|whole| Rupiah::new(whole).ok()),
        columns,
    }
}

fn read<T: DeserializeOwned>(place: String, value: toml::Value) -> Result<T, LayoutFault> {
    value.try_into().map_err(|why: toml::de::Error| LayoutFault::Unreadable { place, why: why.message().to_owned() })
}

fn text_faults(file: usize, raw: &RawFile) -> Vec<LayoutFault> {
    let marks = raw.marks.as_deref().unwrap_or_default();
    let one_mark = matches!(raw.delimiter.as_bytes(), [b] if b.is_ascii_punctuation() || *b == b'\t');
    let usable = one_mark && !matches!(raw.delimiter.as_str(), "\"" | "'") && !marks.contains(&raw.delimiter);
    // A machine's file is written without quotes, so nothing that needs them may get in.
    let machine_needs_marks = raw.marks.is_none() && !raw.spreadsheet;
    let odd_mark = marks.chars().any(|c| matches!(c, '"' | '=' | '@') || c.is_control());
    let mut faults = Vec::new();
    faults.extend((!usable).then_some(LayoutFault::Delimiter(file)));
    faults.extend((machine_needs_marks || odd_mark).then_some(LayoutFault::Marks(file)));
    faults.extend(raw.amount_max.is_some_and(|most| most <= 0).then_some(LayoutFault::AmountMax(file)));
    let bad_keys = raw.replace.keys().filter(|key| key.chars().count() != 1);
    faults.extend(bad_keys.map(|key| LayoutFault::Replace { file, key: key.clone() }));
    faults
}

fn column_faults(file: usize, route: Route, columns: &[Column]) -> Vec<LayoutFault> {
    let road_needs: &[Field] = match route {
        Route::OwnBank => &[],
        Route::OtherBank => &[Field::Bic],
        Route::ByHand => &[Field::BankName],
    };
    let needed = [Field::Holder, Field::Account, Field::Amount].iter().chain(road_needs);
    let present: BTreeSet<Field> = columns.iter().map(|column| column.field).collect();
    let mut faults: Vec<LayoutFault> =
        needed.filter(|f| !present.contains(f)).map(|f| LayoutFault::Column { file, field: *f, found: 0 }).collect();
    for field in present {
        let found = columns.iter().filter(|column| column.field == field).count();
        faults.extend((found > 1).then_some(LayoutFault::Column { file, field, found }));
    }
    faults.extend(columns.iter().filter(|column| !is_wide_enough(column)).map(|column| LayoutFault::Width { file, field: column.field }));
    faults
}

fn is_wide_enough(column: &Column) -> bool {
    let exact =
        matches!(column.field, Field::Account | Field::SourceAccount | Field::Amount | Field::Bic | Field::BankCode | Field::Reference);
    column.chars_max != Some(0) && !(exact && column.too_long == TooLong::Cut)
}
