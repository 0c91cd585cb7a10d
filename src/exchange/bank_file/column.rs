//! One cell of a row as a profile describes it: what stands in it and how it is written.

use std::fmt;

use toml::Value;

use super::date_format::DateFormat;
use super::keys::{Keys, ProfileFault, Words};
use super::pattern::{Pattern, Use};

/// One column of the payments, or one cell of a header or trailer row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub content: Content,
    /// Its title, where the file has a row of titles.
    pub title: String,
    /// Whether letters are raised.
    pub capitals: bool,
    /// Longest content in characters.
    pub chars_max: Option<usize>,
    /// What happens to longer content.
    pub too_long: TooLong,
    /// Exact width in characters, in files of fixed width.
    pub width: Option<usize>,
    /// Where content narrower than its width stands.
    pub align: Align,
    /// What fills the rest of the width.
    pub pad: char,
    /// How an amount is written; `None` = as the file says.
    pub amount: Option<AmountFormat>,
    /// How a date is written; `None` = as the file says.
    pub date: Option<DateFormat>,
    /// As what it is shown.
    pub shown: Shown,
    /// Whether it may stay empty.
    pub may_be_empty: bool,
    /// What stands for texts the bank does not take, before those of the file.
    pub replace: Vec<(String, String)>,
    /// What it may hold beside plain letters, digits and spaces; `None` = as the file says.
    pub marks: Option<String>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A fact of the payment or of the file.
    Field(Field),
    /// A fixed text with places.
    Text(Pattern),
}

/// A fact of a payment or of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Short code of the paying unit.
    UnitCode,
    /// Name the source account stands in.
    SourceHolder,
    /// Source account.
    SourceAccount,
    /// Day of payment.
    Date,
    /// Day on which the file is made.
    CreatedDate,
    /// Number of payments in the file.
    Count,
    /// What the file pays.
    Total,
    /// Sum of all payees' account numbers, of which the last digits are kept.
    AccountSum,
    /// Id of the message, never used twice.
    MessageId,
    /// Always IDR.
    Currency,
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
    /// Words for the payee's statement.
    Remark,
    /// The payment's own reference.
    Reference,
    /// Row of the order.
    Sequence,
    /// Row of the file, from 1.
    Row,
    /// What the bank calls the payment's rail.
    RailCode,
}

/// The words for fields in a profile.
pub(super) const FIELDS: [(&str, Field); 21] = [
    ("unit_code", Field::UnitCode),
    ("source_holder", Field::SourceHolder),
    ("source_account", Field::SourceAccount),
    ("date", Field::Date),
    ("created_date", Field::CreatedDate),
    ("count", Field::Count),
    ("total", Field::Total),
    ("account_sum", Field::AccountSum),
    ("message_id", Field::MessageId),
    ("currency", Field::Currency),
    ("holder", Field::Holder),
    ("account", Field::Account),
    ("bic", Field::Bic),
    ("bank_code", Field::BankCode),
    ("bank_name", Field::BankName),
    ("amount", Field::Amount),
    ("remark", Field::Remark),
    ("reference", Field::Reference),
    ("sequence", Field::Sequence),
    ("row", Field::Row),
    ("rail_code", Field::RailCode),
];

impl Field {
    /// Whether it belongs to one payment rather than to the whole file.
    pub fn is_of_payment(self) -> bool {
        match self {
            Self::UnitCode
            | Self::SourceHolder
            | Self::SourceAccount
            | Self::Date
            | Self::CreatedDate
            | Self::Count
            | Self::Total
            | Self::AccountSum
            | Self::MessageId
            | Self::Currency => false,
            Self::Holder
            | Self::Account
            | Self::Bic
            | Self::BankCode
            | Self::BankName
            | Self::Amount
            | Self::Remark
            | Self::Reference
            | Self::Sequence
            | Self::Row
            | Self::RailCode => true,
        }
    }

    /// Whether it is an amount of money.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Amount | Self::Total)
    }

    /// Words that marks the bank does not take are taken out of; a number, date or reference without them would be another one.
    pub fn is_words(self) -> bool {
        self.may_be_cut() || matches!(self, Self::UnitCode | Self::RailCode)
    }

    /// Words of people, which may lose their end; half of anything else is something else.
    fn may_be_cut(self) -> bool {
        matches!(self, Self::SourceHolder | Self::Holder | Self::BankName | Self::Remark)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, people) = (FIELDS.iter().find(|(_, field)| field == self).map_or("", |(word, _)| word), self.for_people());
        write!(f, "{people} ({word})")
    }
}

impl Field {
    fn for_people(self) -> &'static str {
        match self {
            Self::UnitCode => "kode unit",
            Self::SourceHolder => "nama rekening sumber dana",
            Self::SourceAccount => "rekening sumber dana",
            Self::Date => "tanggal bayar",
            Self::CreatedDate => "tanggal dibuat",
            Self::Count => "banyaknya pembayaran",
            Self::Total => "jumlah seluruhnya",
            Self::AccountSum => "jumlah kontrol rekening",
            Self::MessageId => "nomor pesan",
            Self::Currency => "mata uang",
            Self::Holder => "nama penerima",
            Self::Account => "rekening penerima",
            Self::Bic => "BIC bank penerima",
            Self::BankCode => "kode bank penerima",
            Self::BankName => "nama bank penerima",
            Self::Amount => "jumlah uang",
            Self::Remark => "keterangan",
            Self::Reference => "nomor rujukan",
            Self::Sequence => "baris perintah bayar",
            Self::Row => "nomor urut",
            Self::RailCode => "kode jalur",
        }
    }
}

/// As what a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// A text.
    #[default]
    Text,
    /// A number in a workbook, which people can add up.
    Number,
    /// An account number in groups of four, which a spreadsheet leaves alone.
    InFours,
}

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountFormat {
    /// `1000000`.
    Plain,
    /// `1000000.00`.
    TwoDecimals,
    /// `1000000,00`.
    TwoDecimalsComma,
    /// `100000000`: the last two digits are cents, always zero.
    Cents,
    /// `1.000.000`, for people.
    Grouped,
}

pub(super) const AMOUNTS: [(&str, AmountFormat); 5] = [
    ("plain", AmountFormat::Plain),
    ("two_decimals", AmountFormat::TwoDecimals),
    ("two_decimals_comma", AmountFormat::TwoDecimalsComma),
    ("cents", AmountFormat::Cents),
    ("grouped", AmountFormat::Grouped),
];

/// What happens to content longer than its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TooLong {
    /// The whole file is refused: half an account number is another account.
    #[default]
    Refuse,
    /// The end is cut off.
    Cut,
}

const TOO_LONG: &Words<TooLong> = &[("refuse", TooLong::Refuse), ("cut", TooLong::Cut)];

/// Where content narrower than its width stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left, filled behind.
    #[default]
    Left,
    /// At the right, filled before.
    Right,
}

const ALIGN: &Words<Align> = &[("left", Align::Left), ("right", Align::Right)];

impl Column {
    /// Reads one; `used` says whether it stands in a payment's row.
    pub(super) fn read(place: &str, value: Value, used: Use) -> Result<Self, Vec<ProfileFault>> {
        let mut keys = Keys::new(place, value);
        let content = read_content(&mut keys, used);
        let width = keys.count("width");
        let date = keys.text("date");
        let column = content.map(|content| Self {
            may_be_empty: keys.flag("may_be_empty") || matches!(content, Content::Text(_) | Content::Field(Field::Remark)),
            content,
            title: keys.text("title").unwrap_or_default(),
            capitals: keys.flag("capitals"),
            chars_max: keys.count("chars_max").or(width),
            too_long: keys.choice("too_long", TOO_LONG).unwrap_or_default(),
            width,
            align: keys.choice("align", ALIGN).unwrap_or_default(),
            pad: read_pad(&mut keys),
            amount: keys.choice("amount", &AMOUNTS),
            date: date.as_deref().and_then(DateFormat::parse),
            shown: read_shown(&mut keys),
            replace: keys.replacements("replace"),
            marks: keys.text("marks"),
        });
        if date.is_some() && column.as_ref().is_some_and(|column| column.date.is_none()) {
            keys.fault("date: tulis dengan DD, MM, YYYY atau YY, misalnya DDMMYYYY");
        }
        for why in column.iter().flat_map(Self::contradictions) {
            keys.fault(why);
        }
        // Without its content the other keys were not looked at, so that they would all seem unknown.
        match column {
            Some(column) => {
                let faults = keys.finish();
                if faults.is_empty() { Ok(column) } else { Err(faults) }
            }
            None => Err(keys.into_faults()),
        }
    }

    /// The field in it, unless it is a fixed text.
    pub fn field(&self) -> Option<Field> {
        match &self.content {
            Content::Field(field) => Some(*field),
            Content::Text(_) => None,
        }
    }

    fn contradictions(&self) -> Vec<String> {
        let field = self.field();
        let mut faults = Vec::new();
        let exact = field.filter(|field| !field.may_be_cut());
        if let Some(field) = exact.filter(|_field| self.too_long == TooLong::Cut) {
            faults.push(format!("{field} tidak boleh dipotong; hapus too_long = \"cut\""));
        }
        if self.shown == Shown::Number
            && !field.is_some_and(|field| field.is_money() || matches!(field, Field::Count | Field::Row | Field::Sequence))
        {
            faults.push("number hanya untuk jumlah uang, count, row dan sequence; nomor rekening selalu teks".to_owned());
        }
        if self.shown == Shown::Number && self.amount.is_some_and(|format| format != AmountFormat::Plain) {
            faults.push("number hanya bersama amount = \"plain\"".to_owned());
        }
        if self.shown == Shown::InFours && !matches!(field, Some(Field::Account | Field::SourceAccount)) {
            faults.push("groups_of_four hanya untuk nomor rekening".to_owned());
        }
        if self.marks.as_deref().is_some_and(|marks| marks.chars().any(char::is_control)) {
            faults.push("marks tidak boleh berisi tanda kendali".to_owned());
        }
        faults
    }
}

fn read_content(keys: &mut Keys, used: Use) -> Option<Content> {
    match (keys.choice("field", &FIELDS), keys.pattern("text", used)) {
        (Some(field), None) if used == Use::Header && field.is_of_payment() => {
            keys.fault(format!("{field} milik satu pembayaran dan tidak dapat berada di baris kepala atau penutup"));
            None
        }
        (Some(field), None) => Some(Content::Field(field)),
        (None, Some(text)) => Some(Content::Text(text)),
        (None, None) if !keys.is_faultless() => None,
        _ => {
            keys.fault("isi tepat satu dari field atau text");
            None
        }
    }
}

fn read_shown(keys: &mut Keys) -> Shown {
    match (keys.flag("number"), keys.flag("groups_of_four")) {
        (false, false) => Shown::Text,
        (true, false) => Shown::Number,
        (false, true) => Shown::InFours,
        (true, true) => {
            keys.fault("pilih salah satu dari number dan groups_of_four");
            Shown::Text
        }
    }
}

fn read_pad(keys: &mut Keys) -> char {
    let Some(text) = keys.text("pad") else { return ' ' };
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(pad), None) if pad.is_ascii() && !pad.is_ascii_control() => pad,
        _ => {
            keys.fault("pad: harus satu tanda, misalnya \"0\"");
            ' '
        }
    }
}
