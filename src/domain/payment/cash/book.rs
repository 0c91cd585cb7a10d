//! The treasurer's book: what moved the box, what it holds, and what was counted at the end of a day.

use std::fmt;

use super::super::item::{ItemState, ItemStep};
use super::CashRefused;
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::money::Rupiah;

/// Why money came into the box or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CashKind {
    /// An order with cash payments was released.
    Received,
    /// The receiver has it.
    HandedOver,
    /// A handing-over was recorded by mistake and is taken back; the box has the money still.
    Correction,
    /// Given back to the treasury.
    Deposited,
    /// Drawn again from the treasury.
    DrawnAgain,
    /// It goes out by another order.
    Reordered,
    /// That order was cancelled.
    ReorderUndone,
}

impl CashKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Received, Self::HandedOver, Self::Correction, Self::Deposited, Self::DrawnAgain, Self::Reordered, Self::ReorderUndone];

    /// What a step of a cash payment does to the box; `None` where the money stays where it is.
    pub fn of(step: ItemStep) -> Option<Self> {
        match step {
            ItemStep::Send => Some(Self::Received),
            ItemStep::Pay => Some(Self::HandedOver),
            ItemStep::Reverse => Some(Self::Correction),
            ItemStep::Deposit => Some(Self::Deposited),
            ItemStep::Redraw => Some(Self::DrawnAgain),
            ItemStep::Replace => Some(Self::Reordered),
            ItemStep::Reinstate => Some(Self::ReorderUndone),
            ItemStep::Return | ItemStep::Cancel | ItemStep::Reclaim | ItemStep::Settle | ItemStep::Reopen => None,
        }
    }

    /// Whether it brings money into the box.
    pub fn is_receipt(self) -> bool {
        match self {
            Self::Received | Self::Correction | Self::DrawnAgain | Self::ReorderUndone => true,
            Self::HandedOver | Self::Deposited | Self::Reordered => false,
        }
    }

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::HandedOver => "handed_over",
            Self::Correction => "correction",
            Self::Deposited => "deposited",
            Self::DrawnAgain => "drawn_again",
            Self::Reordered => "reordered",
            Self::ReorderUndone => "reorder_undone",
        }
    }

    /// The words of the book.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "Terima uang kas dari pencairan",
            Self::HandedOver => "Diserahkan kepada penerima",
            Self::Correction => "Koreksi: penyerahan dibatalkan",
            Self::Deposited => "Disetor ke kas daerah (STS)",
            Self::DrawnAgain => "Diambil lagi dari kas daerah",
            Self::Reordered => "Dibayar lewat perintah bayar baru",
            Self::ReorderUndone => "Perintah bayar baru dibatalkan",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The balance after one entry; `None` where more would leave the box than lies in it.
    pub fn applied(self, balance: Rupiah, amount: Rupiah) -> Option<Rupiah> {
        if self.is_receipt() { balance.checked_add(amount) } else { balance.checked_sub(amount) }
    }
}

/// Whether a cash payment in this state lies in the box.
pub fn lies_in_box(state: ItemState) -> bool {
    match state {
        ItemState::Sent | ItemState::Returned => true,
        ItemState::Ordered
        | ItemState::Paid
        | ItemState::Replaced
        | ItemState::Deposited
        | ItemState::Cancelled
        | ItemState::Recovering
        | ItemState::Recovered => false,
    }
}

/// The balance a book comes to when every entry is added up again; `None` at the first entry whose stated balance is another.
pub fn book_balance(entries: impl IntoIterator<Item = (CashKind, Rupiah, Rupiah)>) -> Option<Rupiah> {
    entries
        .into_iter()
        .try_fold(Rupiah::ZERO, |balance, (kind, amount, stated)| kind.applied(balance, amount).filter(|balance| *balance == stated))
}

/// What the treasurer counted at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Notes and coins in the box.
    pub cash: Rupiah,
    /// Still in the treasurer's account for payments at the counter.
    pub in_bank: Rupiah,
}

/// How the counted money compares with the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// To the rupiah.
    Equal,
    /// More than the book says.
    Over(Rupiah),
    /// Less than the book says.
    Short(Rupiah),
}

impl Counted {
    /// Box and account together; `None` past the largest amount.
    pub fn total(self) -> Option<Rupiah> {
        self.cash.checked_add(self.in_bank)
    }

    /// Compares with the book's balance.
    ///
    /// # Errors
    /// [`CashRefused::TooLarge`].
    pub fn compare(self, book: Rupiah) -> Result<Comparison, CashRefused> {
        let total = self.total().ok_or(CashRefused::TooLarge)?;
        Ok(match (total.checked_sub(book), book.checked_sub(total)) {
            (Some(Rupiah::ZERO), _) => Comparison::Equal,
            (Some(over), _) => Comparison::Over(over),
            (None, short) => Comparison::Short(short.unwrap_or_default()),
        })
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal => f.write_str("sama dengan buku"),
            Self::Over(by) => write!(f, "lebih {by} dari buku"),
            Self::Short(by) => write!(f, "kurang {by} dari buku"),
        }
    }
}

/// Whether words explain something.
///
/// # Errors
/// [`CashRefused::Unexplained`].
pub fn explained(words: &str) -> Result<&str, CashRefused> {
    let words = words.trim();
    if words.chars().count() < REASON_CHARS_MIN { Err(CashRefused::Unexplained) } else { Ok(words) }
}
