//! What a bank answered, in one shape whatever file it came in.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | report | laporan hasil bank | one file from the bank |
//! | line | baris hasil | what the bank says about one payment, or one booking of the account |
//! | blanket statement | pernyataan menyeluruh | what it says about a whole order, or a part of one, without naming the payments |
//! | sen | sen | a hundredth of a rupiah; banks write it, payments never have it |

use std::fmt;

use chrono::NaiveDate;

use super::super::audit::sha256_hex;
use super::super::money::Rupiah;
use super::return_reason::ReturnReason;
use super::{ACCOUNT_DIGITS_MAX, masked_account};

/// In what kind of file the bank answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// ISO 20022 pain.002: status of an order, before and after it is carried out.
    PaymentStatus,
    /// ISO 20022 camt.053: statement of the account for a period.
    Statement,
    /// ISO 20022 camt.054: notice of single bookings.
    Notification,
    /// SWIFT MT940: statement of the account.
    Mt940,
    /// A table of results by the profile of a bank.
    Table,
}

impl ReportKind {
    /// Whether its lines are bookings of the account rather than the fate of payments; such a file also holds what is not ours.
    pub fn is_of_account(self) -> bool {
        matches!(self, Self::Statement | Self::Notification | Self::Mt940)
    }

    /// How the kind is called on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::PaymentStatus => "status pembayaran (pain.002)",
            Self::Statement => "rekening koran (camt.053)",
            Self::Notification => "pemberitahuan mutasi (camt.054)",
            Self::Mt940 => "rekening koran (MT940)",
            Self::Table => "tabel hasil bank",
        }
    }
}

/// An account number as a bank writes it; masked wherever it could be seen by chance.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// Letters, digits and the marks by which banks hide digits; blanks, dots and hyphens do not count.
    /// `None` if nothing is left or it is longer than any account.
    pub fn parse(text: &str) -> Option<Self> {
        let kept: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'' | '`')).collect();
        let known = kept.chars().all(|c| c.is_ascii_alphanumeric() || c == '*');
        (known && !kept.is_empty() && kept.len() <= ACCOUNT_DIGITS_MAX).then(|| Self(kept.to_ascii_uppercase()))
    }

    /// The number itself, for comparing and for the bank.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether two writings can be the same account: zeros in front do not count, and hidden digits may be anything.
    pub fn may_be(&self, other: &Self) -> bool {
        if self.is_hidden() || other.is_hidden() {
            return self.0.len() == other.0.len() && self.0.chars().zip(other.0.chars()).all(|(a, b)| a == b || hides(a) || hides(b));
        }
        self.0.trim_start_matches('0') == other.0.trim_start_matches('0')
    }

    /// Whether some of its digits are hidden, so that it proves nothing by itself.
    pub fn is_hidden(&self) -> bool {
        self.0.chars().any(hides)
    }
}

fn hides(c: char) -> bool {
    matches!(c, '*' | 'X')
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked_account(&self.0))
    }
}

/// An amount a bank wrote, in sen, never below zero. Only what is whole can be a payment of ours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BankAmount(i64);

/// Sen of one rupiah.
const SEN_PER_RUPIAH: i64 = 100;

impl BankAmount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads whole rupiah and a fraction of digits, as they stand in front of and behind the decimal mark.
    ///
    /// `None` for anything but digits, more than two digits behind the mark that are not zero, or too large an amount.
    pub fn of_digits(whole: &str, fraction: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let sen_text = fraction.trim_end_matches('0');
        if whole.is_empty() || !digits(whole) || !digits(fraction) || sen_text.len() > 2 {
            return None;
        }
        let rupiah: i64 = whole.parse().ok()?;
        let sen: i64 = format!("{sen_text:0<2}").parse().ok()?;
        rupiah.checked_mul(SEN_PER_RUPIAH)?.checked_add(sen).map(Self)
    }

    /// The amount in whole rupiah; `None` if there are sen behind it.
    pub fn rupiah(self) -> Option<Rupiah> {
        (self.0.checked_rem(SEN_PER_RUPIAH) == Some(0)).then_some(())?;
        self.0.checked_div(SEN_PER_RUPIAH).and_then(|whole| Rupiah::new(whole).ok())
    }

    /// The amount in sen.
    pub fn sen(self) -> i64 {
        self.0
    }

    /// Sum of two amounts, or `None` past the largest.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Exact sum, or `None` past the largest.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

impl From<Rupiah> for BankAmount {
    /// An amount of ours. Beyond what a bank can write it is the largest there is, which equals nothing a bank writes.
    fn from(amount: Rupiah) -> Self {
        Self(amount.whole().checked_mul(SEN_PER_RUPIAH).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for BankAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.checked_div(SEN_PER_RUPIAH).and_then(|whole| Rupiah::new(whole).ok()).unwrap_or_default();
        match self.0.checked_rem(SEN_PER_RUPIAH) {
            None | Some(0) => write!(f, "{whole}"),
            Some(sen) => write!(f, "{whole},{sen:02}"),
        }
    }
}

impl fmt::Debug for BankAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Which way money went, seen from the office's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Money came in.
    Credit,
    /// Money went out.
    Debit,
}

/// What the bank says became of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The bank has the payment and nothing more (RCVD, ACTC, ACCP; entries of status INFO).
    Received,
    /// It is on its way (ACSP, PDNG; entries of status PDNG).
    Pending,
    /// It is booked.
    Settled {
        /// The day of the booking, if the bank names one.
        on: Option<NaiveDate>,
        /// The bank's own number of the booking.
        bank_ref: Option<String>,
    },
    /// The bank did not carry it out; no money left the account.
    Rejected(Return),
    /// Money left the account and came back.
    Returned(Return),
}

/// Why money did not arrive, or came back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Return {
    /// The reason, as far as it is understood.
    pub reason: ReturnReason,
    /// The bank's own words.
    pub text: String,
    /// The day, if the bank names one.
    pub on: Option<NaiveDate>,
    /// The bank's own number of the booking.
    pub bank_ref: Option<String>,
}

/// One line of a report.
#[derive(Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Where it stands in the file: transaction, entry or row, counted from 1.
    pub position: u32,
    /// The office's own number of the payment, if the bank gives it back in a field of its own.
    pub reference: Option<String>,
    /// Free text in which such a number may stand.
    pub remark: Option<String>,
    /// The payee's account.
    pub account: Option<AccountNumber>,
    /// The payee's name as the bank knows it.
    pub holder: Option<String>,
    /// How much. Status messages may leave it out.
    pub amount: Option<BankAmount>,
    /// Which way the money went.
    pub direction: Direction,
    /// What became of it.
    pub fate: Fate,
    /// Whether the bank takes back a booking of its own with this line.
    pub is_reversal: bool,
    /// SHA-256 of the bytes of the line in the bank's file.
    pub raw_sha256: String,
}

impl fmt::Debug for ReportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportLine")
            .field("position", &self.position)
            .field("reference", &self.reference)
            .field("account", &self.account)
            .field("amount", &self.amount)
            .field("direction", &self.direction)
            .field("fate", &self.fate)
            .field("is_reversal", &self.is_reversal)
            .finish_non_exhaustive()
    }
}

/// What a blanket statement covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every payment of the order sent under this message id.
    Message(String),
    /// Every payment of one part of the order, by the part's id.
    Part(String),
}

/// What the bank says about payments it does not list one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blanket {
    /// Where it stands in the file, counted from 1 together with the lines.
    pub position: u32,
    /// What it covers, apart from payments that are listed.
    pub scope: Scope,
    /// What became of them. `None` only keeps a wider statement away from this scope (status PART).
    pub fate: Option<Fate>,
    /// Which way the money went.
    pub direction: Direction,
    /// Whether the bank takes back a booking of its own.
    pub is_reversal: bool,
    /// How many payments the bank counts in the scope, listed ones included.
    pub count: Option<u32>,
    /// Their sum by the bank.
    pub sum: Option<BankAmount>,
    /// SHA-256 of the bytes of the statement in the bank's file.
    pub raw_sha256: String,
}

/// Count and sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// How many lines.
    pub count: u32,
    /// Sum of those that name an amount.
    pub sum: BankAmount,
}

/// A total the bank states beside the same total as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlTotal {
    /// Of what, as a person would say it: `semua mutasi`, `bagian 0001-1`.
    pub of: String,
    /// How many the bank states.
    pub count: Option<u32>,
    /// The sum the bank states.
    pub sum: Option<BankAmount>,
    /// What was read.
    pub read: Totals,
}

impl ControlTotal {
    /// Whether everything that is stated is also what was read.
    pub fn agrees(&self) -> bool {
        self.count.is_none_or(|count| count == self.read.count) && self.sum.is_none_or(|sum| sum == self.read.sum)
    }
}

impl fmt::Display for ControlTotal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.count.map(|count| format!("{count} baris"));
        let stated: Vec<String> = count.into_iter().chain(self.sum.map(|sum| sum.to_string())).collect();
        write!(f, "{}: bank menyebut {}, yang terbaca {} baris, {}", self.of, stated.join(", "), self.read.count, self.read.sum)
    }
}

/// What a person should know about a report that is nevertheless read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Opening balance and bookings do not give the closing balance.
    BalanceGap,
    /// The bank announces further pages of this statement in other files.
    MorePages,
    /// The bank calls this a copy or a duplicate of an earlier file.
    Copy,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BalanceGap => "saldo awal ditambah mutasi tidak sama dengan saldo akhir; mungkin ada mutasi yang tidak dimuat bank",
            Self::MorePages => "rekening koran ini bersambung ke berkas lain; impor juga lanjutannya",
            Self::Copy => "bank menandai berkas ini sebagai salinan",
        })
    }
}

/// One file of a bank, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// In what kind of file the bank answered.
    pub kind: ReportKind,
    /// The bank's number of this file.
    pub message_id: Option<String>,
    /// The order it answers, where it answers one.
    pub original_message_id: Option<String>,
    /// On which day (WIB) the bank made it.
    pub created_on: Option<NaiveDate>,
    /// The accounts it is about, where it is of accounts.
    pub accounts: Vec<AccountNumber>,
    /// Every total the bank states, beside what was read.
    pub controls: Vec<ControlTotal>,
    /// Count and sum of the lines.
    pub read: Totals,
    /// Everything it says about single payments or bookings.
    pub lines: Vec<ReportLine>,
    /// Everything it says about payments it does not list.
    pub blankets: Vec<Blanket>,
    /// What a person should know about it.
    pub notes: Vec<Note>,
}

impl Report {
    /// The day of a fate: the one the bank names with it, else the day of the report.
    pub fn day_of(&self, fate: &Fate) -> Option<NaiveDate> {
        match fate {
            Fate::Received | Fate::Pending => self.created_on,
            Fate::Settled { on, .. } => on.or(self.created_on),
            Fate::Rejected(why) | Fate::Returned(why) => why.on.or(self.created_on),
        }
    }

    /// The first total that is not what was read. Such a report is not used: something is missing in it, or was added.
    pub fn disagreement(&self) -> Option<&ControlTotal> {
        self.controls.iter().find(|control| !control.agrees())
    }
}

impl Totals {
    /// Count and sum of lines; `None` past the largest.
    pub fn of(lines: &[ReportLine]) -> Option<Self> {
        let sum = BankAmount::sum(lines.iter().filter_map(|line| line.amount))?;
        Some(Self { count: u32::try_from(lines.len()).ok()?, sum })
    }
}

impl ReportLine {
    /// Hash of what the line says, without its place and the file it stands in: the same fact told twice has the same hash.
    pub fn fact(&self) -> String {
        let amount = self.amount.map(|amount| amount.sen().to_string());
        let account = self.account.as_ref().map(AccountNumber::expose);
        let texts = [self.reference.as_deref(), self.remark.as_deref(), account, self.holder.as_deref(), amount.as_deref()];
        hashed(texts, &self.fate, self.direction, self.is_reversal)
    }
}

impl Blanket {
    /// Hash of what the statement says; see [`ReportLine::fact`].
    pub fn fact(&self) -> String {
        let (kind, id) = match &self.scope {
            Scope::Message(id) => ("message", id),
            Scope::Part(id) => ("part", id),
        };
        let (count, sum) = (self.count.map(|count| count.to_string()), self.sum.map(|sum| sum.sen().to_string()));
        let texts = [Some(kind), Some(id), count.as_deref(), sum.as_deref(), None];
        let fate = self.fate.clone().unwrap_or(Fate::Received);
        hashed(texts, &fate, self.direction, self.is_reversal)
    }
}

/// Every text behind its length, so that no two facts write the same bytes.
fn hashed(texts: [Option<&str>; 5], fate: &Fate, direction: Direction, is_reversal: bool) -> String {
    let (word, on, bank_ref, why) = match fate {
        Fate::Received => ("received", None, None, None),
        Fate::Pending => ("pending", None, None, None),
        Fate::Settled { on, bank_ref } => ("settled", *on, bank_ref.as_deref(), None),
        Fate::Rejected(why) => ("rejected", why.on, why.bank_ref.as_deref(), Some(why)),
        Fate::Returned(why) => ("returned", why.on, why.bank_ref.as_deref(), Some(why)),
    };
    let on = on.map(|day| day.to_string());
    let code = why.map(|why| why.reason.code());
    let way = match (direction, is_reversal) {
        (Direction::Credit, false) => "credit",
        (Direction::Credit, true) => "credit back",
        (Direction::Debit, false) => "debit",
        (Direction::Debit, true) => "debit back",
    };
    let rest = [Some(word), on.as_deref(), bank_ref, code.as_deref(), why.map(|why| why.text.as_str()), Some(way)];
    let mut bytes = Vec::new();
    for text in texts.into_iter().chain(rest) {
        let length = text.map_or(u64::MAX, |text| u64::try_from(text.len()).unwrap_or_default());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
    }
    sha256_hex(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> AccountNumber {
        AccountNumber::parse(text).unwrap()
    }

    #[test]
    fn an_account_is_the_same_however_a_bank_writes_it() {
        let check = |a: &str, b: &str, expected: bool| assert_eq!(account(a).may_be(&account(b)), expected, "{a} {b}");
        check("5955-01.824 129", "595501824129", true);
        check("0012345678", "12345678", true);
        check("12345678", "12345679", false);
        check("1234****", "12345678", true);
        check("****5678", "12345678", true);
        check("****5679", "12345678", false);
        check("**5678", "12345678", false);
        for wrong in ["", " . ", "12/34", "1".repeat(35).as_str()] {
            assert_eq!(AccountNumber::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_account_is_masked_in_logs() {
        assert_eq!(format!("{:?}", account("595501824129")), "*********129");
    }

    #[test]
    fn sen_are_read_and_never_rounded() {
        let check = |whole: &str, fraction: &str, sen: Option<i64>| {
            assert_eq!(BankAmount::of_digits(whole, fraction).map(BankAmount::sen), sen, "{whole}|{fraction}");
        };
        check("1000000", "", Some(100_000_000));
        check("1000000", "00", Some(100_000_000));
        check("1000000", "00000", Some(100_000_000));
        check("1", "5", Some(150));
        check("1", "05", Some(105));
        check("1", "005", None);
        check("", "5", None);
        check("-1", "", None);
        check("1 000", "", None);
        check("99999999999999999999", "", None);
        check("92233720368547758", "08", None);
        assert_eq!(BankAmount::of_digits("1", "50").unwrap().rupiah(), None);
        assert_eq!(BankAmount::of_digits("15", "00").unwrap().rupiah(), Rupiah::new(15).ok());
        assert_eq!(BankAmount::of_digits("1500", "05").unwrap().to_string(), "Rp1.500,05");
    }
}
