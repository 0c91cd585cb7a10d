//! One file of a bank's product as a profile describes it.

use toml::Value;

use super::column::{AMOUNTS, AmountFormat, Column, Content, Field, Shown};
use super::date_format::DateFormat;
use super::keys::{Keys, ProfileFault, Words};
use super::pattern::{Pattern, Use};
use super::text_rule::{ENCODINGS, Encoding, TextRule};
use crate::domain::payment::Rail;

/// One file, or several of one kind where it is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSpec {
    /// Which payments it carries.
    pub rails: Vec<Rail>,
    /// How it is named.
    pub file_name: Pattern,
    /// What kind of file it is.
    pub shape: Shape,
    /// Most payments in one file; more go into a further one.
    pub rows_max: Option<usize>,
    /// Whether each bank of payees has a file of its own.
    pub split_by_bank: bool,
    /// Rows before the payments.
    pub header: Vec<Vec<Column>>,
    /// Whether a row of titles stands above the payments.
    pub titles: bool,
    /// Columns of a payment from left to right.
    pub columns: Vec<Column>,
    /// Rows behind the payments.
    pub trailer: Vec<Vec<Column>>,
    /// What texts may hold.
    pub texts: TextRule,
    /// Whether people read it in a spreadsheet rather than a bank's machine.
    pub spreadsheet: bool,
    /// How amounts are written where the column does not say.
    pub amount: AmountFormat,
    /// How dates are written where the column does not say.
    pub date: DateFormat,
}

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Columns with a mark between them.
    Delimited {
        /// The mark, one byte.
        delimiter: u8,
        /// When texts stand in quotes.
        quoting: Quoting,
        /// What ends a row.
        line_end: LineEnd,
    },
    /// Columns of fixed width.
    FixedWidth {
        /// What ends a row.
        line_end: LineEnd,
    },
    /// An Excel workbook of one sheet.
    Xlsx,
}

/// When texts stand in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Never: what would need quotes is not let in.
    Never,
    /// Where a text holds the delimiter or a quote.
    Necessary,
    /// Always.
    Always,
}

/// What ends a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// As Windows does.
    CrLf,
    /// As everybody else does.
    Lf,
}

/// The formats of tables, as profiles name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableFormat {
    Delimited,
    FixedWidth,
    Xlsx,
}

const TABLE_FORMATS: &Words<TableFormat> =
    &[("delimited", TableFormat::Delimited), ("fixed_width", TableFormat::FixedWidth), ("xlsx", TableFormat::Xlsx)];
const QUOTING: &Words<Quoting> = &[("never", Quoting::Never), ("necessary", Quoting::Necessary), ("always", Quoting::Always)];
const LINE_ENDS: &Words<LineEnd> = &[("crlf", LineEnd::CrLf), ("lf", LineEnd::Lf)];

pub(super) const RAILS: &Words<Rail> =
    &[("own_bank", Rail::OwnBank), ("bi_fast", Rail::BiFast), ("skn", Rail::Skn), ("rtgs", Rail::Rtgs), ("by_hand", Rail::ByHand)];

impl FileSpec {
    /// Reads one; `format` is that of the profile, which a file may change for itself.
    pub(super) fn read(place: &str, value: Value, format: Option<TableFormat>) -> Result<Self, Vec<ProfileFault>> {
        let mut keys = Keys::new(place, value);
        let format = keys.choice("format", TABLE_FORMATS).or(format);
        let shape = format.and_then(|format| read_shape(&mut keys, format));
        let rails = keys.need("rails", |keys, key| Some(keys.choices(key, RAILS))).unwrap_or_default();
        let file_name = keys.need("file_name", |keys, key| keys.pattern(key, Use::FileName));
        let spreadsheet = keys.flag("spreadsheet");
        let texts = read_texts(&mut keys, format, spreadsheet);
        let date = read_date(&mut keys);
        let (rows_max, split_by_bank, titles) = (keys.count("rows_max"), keys.flag("split_by_bank"), keys.flag("titles"));
        let amount = keys.choice("amount", &AMOUNTS).unwrap_or(AmountFormat::Plain);
        let (header, trailer) = (read_rows(&mut keys, "header", "kepala"), read_rows(&mut keys, "trailer", "penutup"));
        let columns = read_columns(&mut keys);
        let spec = match (shape, file_name) {
            (Some(shape), Some(file_name)) => Some(Self {
                rails,
                file_name,
                shape,
                rows_max,
                split_by_bank,
                header,
                titles,
                columns,
                trailer,
                texts,
                spreadsheet,
                amount,
                date,
            }),
            _ => None,
        };
        if let Some(spec) = spec.as_ref().filter(|_spec| keys.is_faultless()) {
            for why in spec.contradictions() {
                keys.fault(why);
            }
        }
        let faults = if shape.is_some() { keys.finish() } else { keys.into_faults() };
        match spec {
            Some(spec) if faults.is_empty() => Ok(spec),
            _ => Err(faults),
        }
    }

    /// How this cell writes amounts.
    pub fn amount_format(&self, column: &Column) -> AmountFormat {
        column.amount.unwrap_or(self.amount)
    }

    fn contradictions(&self) -> Vec<String> {
        let mut faults = self.missing_fields();
        if self.rails.is_empty() {
            faults.push("rails harus memuat paling sedikit satu jalur".to_owned());
        }
        if self.rows_max.is_some() && !self.file_name.tells_pieces_apart() {
            faults.push("file_name harus memuat {bagian} karena rows_max membagi berkas".to_owned());
        }
        if self.split_by_bank && !self.file_name.tells_banks_apart() {
            faults.push("file_name harus memuat {bank} karena split_by_bank membagi berkas".to_owned());
        }
        if !self.split_by_bank && self.file_name.tells_banks_apart() {
            faults.push("file_name memuat {bank}, maka isi split_by_bank = true".to_owned());
        }
        if let (Shape::Delimited { delimiter, quoting: Quoting::Never, .. }, Some(marks)) = (self.shape, &self.texts.marks)
            && marks.bytes().any(|byte| byte == delimiter)
        {
            faults.push("delimiter tidak boleh ada di dalam marks bila quoting = \"never\"".to_owned());
        }
        faults.extend(self.all_columns().filter_map(|column| self.column_contradiction(column)));
        faults
    }

    /// What a bank cannot pay without.
    fn missing_fields(&self) -> Vec<String> {
        let has = |field: Field| self.columns.iter().filter(|column| column.field() == Some(field)).count();
        let pays_others = self.rails.iter().any(|rail| matches!(rail, Rail::BiFast | Rail::Skn | Rail::Rtgs));
        let needed =
            [Field::Holder, Field::Account, Field::Amount].into_iter().chain(self.rails.contains(&Rail::ByHand).then_some(Field::BankName));
        let mut faults: Vec<String> = needed.filter(|field| has(*field) == 0).map(|field| format!("kolom {field} harus ada")).collect();
        let sure_code = self.columns.iter().any(|column| column.field() == Some(Field::BankCode) && !column.may_be_empty);
        if pays_others && has(Field::Bic) == 0 && !sure_code {
            faults.push("berkas ke bank lain harus memuat kolom bic, atau bank_code yang tidak boleh kosong".to_owned());
        }
        for field in [Field::Account, Field::Amount] {
            if has(field) > 1 {
                faults.push(format!("kolom {field} hanya boleh satu kali"));
            }
        }
        faults
    }

    pub(super) fn all_columns(&self) -> impl Iterator<Item = &Column> {
        self.header.iter().flatten().chain(&self.columns).chain(self.trailer.iter().flatten())
    }

    fn column_contradiction(&self, column: &Column) -> Option<String> {
        let name = column.field().map_or_else(|| "teks tetap".to_owned(), |field| field.to_string());
        match self.shape {
            Shape::FixedWidth { .. } if column.width.is_none() => Some(format!("{name}: width harus diisi dalam berkas lebar tetap")),
            Shape::FixedWidth { .. } if column.chars_max > column.width => Some(format!("{name}: chars_max melebihi width")),
            Shape::Delimited { delimiter, quoting: Quoting::Never, .. } => {
                let holds = |text: &str| text.bytes().any(|byte| byte == delimiter || byte == b'"');
                let fixed = match &column.content {
                    Content::Text(pattern) => pattern.texts().any(holds),
                    Content::Field(_) => false,
                };
                (fixed || holds(&column.title) || column.marks.as_deref().is_some_and(holds))
                    .then(|| format!("{name}: memuat tanda pemisah atau kutip, padahal quoting = \"never\""))
            }
            _ if column.shown == Shown::Number && self.shape != Shape::Xlsx => Some(format!("{name}: number hanya untuk xlsx")),
            _ => None,
        }
    }
}

fn read_shape(keys: &mut Keys, format: TableFormat) -> Option<Shape> {
    match format {
        TableFormat::Xlsx => Some(Shape::Xlsx),
        TableFormat::FixedWidth => Some(Shape::FixedWidth { line_end: read_line_end(keys) }),
        TableFormat::Delimited => {
            let delimiter = keys.need("delimiter", Keys::text);
            let (quoting, line_end) = (keys.choice("quoting", QUOTING).unwrap_or(Quoting::Never), read_line_end(keys));
            let delimiter = delimiter?;
            match delimiter.as_bytes() {
                [mark] if (mark.is_ascii_punctuation() || *mark == b'\t') && !matches!(mark, b'"' | b'\'' | b'.') => {
                    Some(Shape::Delimited { delimiter: *mark, quoting, line_end })
                }
                _ => {
                    keys.fault("delimiter: harus satu tanda baca, misalnya \";\", atau \"\\t\"");
                    None
                }
            }
        }
    }
}

fn read_line_end(keys: &mut Keys) -> LineEnd {
    keys.choice("line_end", LINE_ENDS).unwrap_or(LineEnd::CrLf)
}

fn read_texts(keys: &mut Keys, format: Option<TableFormat>, spreadsheet: bool) -> TextRule {
    let usual = match (format, spreadsheet) {
        (Some(TableFormat::Xlsx), _) => Encoding::Utf8,
        (_, true) => Encoding::Utf8Marked,
        _ => Encoding::Ascii,
    };
    let (marks, replace) = (keys.text("marks"), keys.replacements("replace"));
    let encoding = if format == Some(TableFormat::Xlsx) { usual } else { keys.choice("encoding", &ENCODINGS).unwrap_or(usual) };
    // A machine's file without its set of marks would let in whatever a village types.
    if marks.is_none() && !spreadsheet && format != Some(TableFormat::Xlsx) {
        keys.fault("marks harus diisi untuk berkas bank, misalnya \".,-/()\"");
    }
    let odd = |c: char| c.is_control() || (!spreadsheet && matches!(c, '"' | '=' | '@'));
    if marks.as_deref().is_some_and(|marks| marks.chars().any(odd)) {
        keys.fault("marks tidak boleh berisi kutip, =, @ atau tanda kendali");
    }
    TextRule { marks, replace, encoding }
}

fn read_date(keys: &mut Keys) -> DateFormat {
    let Some(text) = keys.text("date") else { return DateFormat::usual() };
    DateFormat::parse(&text).unwrap_or_else(|| {
        keys.fault("date: tulis dengan DD, MM, YYYY atau YY, misalnya DDMMYYYY");
        DateFormat::usual()
    })
}

fn read_rows(keys: &mut Keys, key: &str, people: &str) -> Vec<Vec<Column>> {
    let mut rows = Vec::new();
    for (number, row) in (1..).zip(keys.list(key)) {
        let Value::Array(cells) = row else {
            keys.fault(format!("{key}: harus daftar baris, misalnya [[{{ text = \"P\" }}, {{ field = \"total\" }}]]"));
            continue;
        };
        let row_of = format!("{}, {people} {number}", keys.place());
        rows.push(read_cells(keys, &row_of, cells, Use::Header));
    }
    rows
}

fn read_columns(keys: &mut Keys) -> Vec<Column> {
    let cells = keys.need("column", |keys, key| Some(keys.list(key))).unwrap_or_default();
    let place = keys.place().to_owned();
    read_cells(keys, &place, cells, Use::Payment)
}

fn read_cells(keys: &mut Keys, place: &str, cells: Vec<Value>, used: Use) -> Vec<Column> {
    let mut columns = Vec::new();
    for (number, cell) in (1..).zip(cells) {
        match Column::read(&format!("{place}, kolom {number}"), cell, used) {
            Ok(column) => columns.push(column),
            Err(faults) => keys.add(faults),
        }
    }
    columns
}
