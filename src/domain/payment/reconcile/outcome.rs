//! What a line of a report can mean, and the table of standings by which it is told.

use super::super::super::money::Rupiah;
use super::super::ReturnReason;
use super::super::report::{BankAmount, Direction, Fate, Return};

/// What is known of a payment so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Handed to the bank, nothing more is known.
    Sent,
    /// Booked at the payee's account, as far as the bank says.
    Paid,
    /// Did not arrive, or came back; the money is in the treasury.
    Returned,
    /// Came back, and another item was made in its place.
    Replaced,
    /// Came back, and the money was deposited with the treasury (STS).
    Deposited,
    /// Taken back before the bank carried it out.
    Cancelled,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 6] = [Self::Sent, Self::Paid, Self::Returned, Self::Replaced, Self::Deposited, Self::Cancelled];
}

/// What a line of a report means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The payment is booked.
    Matched {
        /// The item.
        item: String,
    },
    /// The payment did not arrive; nothing had said that it did.
    Returned {
        /// The item.
        item: String,
        /// Why.
        why: Return,
    },
    /// A payment that was booked came back later.
    Reversed {
        /// The item.
        item: String,
        /// Why.
        why: Return,
    },
    /// The bank has the payment and has not finished with it.
    Pending {
        /// The item.
        item: String,
    },
    /// Nothing that was sent is meant, or it cannot be told what.
    Unknown,
    /// Nothing new.
    Duplicate {
        /// The item, if one is meant.
        item: Option<String>,
        /// Of what it is a repetition.
        of: DuplicateOf,
    },
    /// Our number, another amount.
    AmountMismatch {
        /// The item.
        item: String,
        /// What was sent.
        expected: Rupiah,
        /// What the bank names.
        found: BankAmount,
    },
    /// Our number, another account.
    AccountMismatch {
        /// The item.
        item: String,
    },
    /// Something that cannot follow upon what is known.
    BadReversal {
        /// The item.
        item: String,
        /// What cannot follow upon what.
        clash: Clash,
    },
}

/// Of what a line is a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DuplicateOf {
    /// The same fact stands in this report, or in one recorded earlier.
    SameLine,
    /// The payment is known as booked already.
    AlreadyPaid,
    /// Later news than this are known.
    OlderNews,
    /// The bank refuses a payment or a file because it has it already; the first one stands.
    AtBank,
}

/// What cannot follow upon what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clash {
    /// A booking is taken back that nobody has seen.
    NeverPaid,
    /// What came back already comes back again.
    AlreadyReturned,
    /// What came back is booked after all: sent again, it would be paid twice.
    PaidAfterReturn,
    /// The bank takes back money that had come in.
    CreditTakenBack,
    /// The payment was taken back before it was carried out.
    Cancelled,
}

/// Why a person must look before a verdict counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Found by account, amount and name only.
    NoReference,
    /// More than one payment could be meant.
    Several,
    /// The report answers another sending of this payment.
    OtherMessage,
    /// The bank counts other payments in the order than were sent.
    OtherTotals,
    /// Refused after it was reported as booked.
    RejectedAfterPaid,
    /// Money came in with our number and no word why.
    CreditWithoutReason,
    /// Booked twice under two numbers of the bank: the payee may hold the money twice.
    PaidTwice,
}

impl Outcome {
    /// The words of all outcomes, in the order in which counts are shown.
    pub const WORDS: [&'static str; 9] =
        ["matched", "returned", "reversed", "pending", "unknown", "duplicate", "amount_mismatch", "account_mismatch", "bad_reversal"];

    /// A stable word for stores, JSON and counts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Matched { .. } => "matched",
            Self::Returned { .. } => "returned",
            Self::Reversed { .. } => "reversed",
            Self::Pending { .. } => "pending",
            Self::Unknown => "unknown",
            Self::Duplicate { .. } => "duplicate",
            Self::AmountMismatch { .. } => "amount_mismatch",
            Self::AccountMismatch { .. } => "account_mismatch",
            Self::BadReversal { .. } => "bad_reversal",
        }
    }

    /// The item it is about.
    pub fn item(&self) -> Option<&str> {
        match self {
            Self::Matched { item }
            | Self::Returned { item, .. }
            | Self::Reversed { item, .. }
            | Self::Pending { item }
            | Self::AmountMismatch { item, .. }
            | Self::AccountMismatch { item }
            | Self::BadReversal { item, .. } => Some(item),
            Self::Duplicate { item, .. } => item.as_deref(),
            Self::Unknown => None,
        }
    }

    /// Where the item stands afterwards, if that is news.
    pub fn new_standing(&self) -> Option<Standing> {
        match self {
            Self::Matched { .. } => Some(Standing::Paid),
            Self::Returned { .. } | Self::Reversed { .. } => Some(Standing::Returned),
            Self::Pending { .. }
            | Self::Unknown
            | Self::Duplicate { .. }
            | Self::AmountMismatch { .. }
            | Self::AccountMismatch { .. }
            | Self::BadReversal { .. } => None,
        }
    }

    /// The outcome as the office says it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Matched { .. } => "Sudah dibayar.".to_owned(),
            Self::Returned { why, .. } => format!("Tidak sampai. {}", why.reason.sentence()),
            Self::Reversed { why, .. } => format!("Sudah dibayar, lalu kembali. {}", why.reason.sentence()),
            Self::Pending { .. } => "Masih diproses bank.".to_owned(),
            Self::Unknown => "Bukan pembayaran yang dikenal.".to_owned(),
            Self::Duplicate { of: DuplicateOf::SameLine, .. } => "Sudah pernah dicatat.".to_owned(),
            Self::Duplicate { of: DuplicateOf::AlreadyPaid, .. } => "Sudah diketahui dibayar.".to_owned(),
            Self::Duplicate { of: DuplicateOf::OlderNews, .. } => "Kabar lama; keadaan terbaru sudah diketahui.".to_owned(),
            Self::Duplicate { of: DuplicateOf::AtBank, .. } => {
                "Ditolak bank karena sudah pernah dikirim; kiriman pertama yang berlaku. Periksa rekening koran sebelum mengirim ulang."
                    .to_owned()
            }
            Self::AmountMismatch { expected, found, .. } => format!("Jumlah berbeda: dikirim {expected}, menurut bank {found}."),
            Self::AccountMismatch { .. } => "Nomor rekening menurut bank berbeda dari yang dikirim.".to_owned(),
            Self::BadReversal { clash, .. } => clash.sentence().to_owned(),
        }
    }
}

impl Clash {
    /// What does not fit, for the page of the report.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NeverPaid => "Bank membatalkan pembukuan yang tidak pernah tercatat dibayar.",
            Self::AlreadyReturned => "Uang ini sudah tercatat kembali; bank menyebutnya kembali sekali lagi.",
            Self::PaidAfterReturn => "Uang ini sudah tercatat kembali, tetapi bank menyebutnya dibayar. Jangan kirim ulang sebelum jelas.",
            Self::CreditTakenBack => "Bank menarik lagi uang yang sudah masuk kembali.",
            Self::Cancelled => "Pembayaran ini sudah dibatalkan kantor sebelum dijalankan.",
        }
    }
}

impl Doubt {
    /// A stable word for stores and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoReference => "no_reference",
            Self::Several => "several",
            Self::OtherMessage => "other_message",
            Self::OtherTotals => "other_totals",
            Self::RejectedAfterPaid => "rejected_after_paid",
            Self::CreditWithoutReason => "credit_without_reason",
            Self::PaidTwice => "paid_twice",
        }
    }

    /// What a person should look at.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoReference => "Tanpa nomor rujukan; dicocokkan hanya dari rekening, jumlah dan nama. Periksa sebelum diterima.",
            Self::Several => "Lebih dari satu pembayaran cocok. Pilih yang dimaksud.",
            Self::OtherMessage => "Jawaban untuk kiriman lain dari pembayaran ini, bukan kiriman terakhir.",
            Self::OtherTotals => "Jumlah pembayaran menurut bank tidak sama dengan yang dikirim.",
            Self::RejectedAfterPaid => "Ditolak setelah dilaporkan dibayar. Periksa rekening koran.",
            Self::CreditWithoutReason => "Uang masuk dengan nomor rujukan kantor tanpa keterangan retur. Periksa rekening koran.",
            Self::PaidTwice => "Dua pembukuan bank untuk satu pembayaran. Penerima mungkin menerima dua kali; hubungi bank.",
        }
    }
}

/// What a fate means for an item whose number, account and amount are right.
pub(super) fn of(standing: Standing, fate: &Fate, direction: Direction, is_reversal: bool, item: String) -> (Outcome, Option<Doubt>) {
    match fate {
        Fate::Received | Fate::Pending => (unfinished(standing, item), None),
        Fate::Settled { .. } if direction == Direction::Debit && !is_reversal => (paid(standing, item), None),
        Fate::Settled { .. } if direction == Direction::Debit => (Outcome::BadReversal { item, clash: Clash::CreditTakenBack }, None),
        Fate::Settled { on, bank_ref } => {
            let why = Return { reason: ReturnReason::NotStated, text: String::new(), on: *on, bank_ref: bank_ref.clone() };
            (back(standing, why, is_reversal, item), (!is_reversal).then_some(Doubt::CreditWithoutReason))
        }
        Fate::Rejected(why) if why.reason == ReturnReason::DuplicateAtBank => {
            (Outcome::Duplicate { item: Some(item), of: DuplicateOf::AtBank }, None)
        }
        Fate::Rejected(why) => {
            let doubt = (standing == Standing::Paid).then_some(Doubt::RejectedAfterPaid);
            (back(standing, why.clone(), is_reversal, item), doubt)
        }
        Fate::Returned(why) => (back(standing, why.clone(), is_reversal, item), None),
    }
}

fn unfinished(standing: Standing, item: String) -> Outcome {
    match standing {
        Standing::Sent => Outcome::Pending { item },
        Standing::Paid | Standing::Returned | Standing::Replaced | Standing::Deposited => {
            Outcome::Duplicate { item: Some(item), of: DuplicateOf::OlderNews }
        }
        Standing::Cancelled => Outcome::BadReversal { item, clash: Clash::Cancelled },
    }
}

fn paid(standing: Standing, item: String) -> Outcome {
    match standing {
        Standing::Sent => Outcome::Matched { item },
        Standing::Paid => Outcome::Duplicate { item: Some(item), of: DuplicateOf::AlreadyPaid },
        Standing::Returned | Standing::Replaced | Standing::Deposited => Outcome::BadReversal { item, clash: Clash::PaidAfterReturn },
        Standing::Cancelled => Outcome::BadReversal { item, clash: Clash::Cancelled },
    }
}

fn back(standing: Standing, why: Return, is_reversal: bool, item: String) -> Outcome {
    match standing {
        Standing::Sent if is_reversal => Outcome::BadReversal { item, clash: Clash::NeverPaid },
        Standing::Sent => Outcome::Returned { item, why },
        Standing::Paid => Outcome::Reversed { item, why },
        Standing::Returned | Standing::Replaced | Standing::Deposited => Outcome::BadReversal { item, clash: Clash::AlreadyReturned },
        Standing::Cancelled => Outcome::BadReversal { item, clash: Clash::Cancelled },
    }
}
