//! A bank that is nobody's: reads a payment order (pain.001 .03 or .09) as a bank's host would, refuses what is wrong in it, and
//! settles or returns each payment from a seed.
//!
//! It shares no code with the writer of orders and none with the reader of answers, so that a mistake of theirs is not its own.

mod answers;
mod order;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Dice;
pub use order::Unreadable;
use order::{Order, Payment};

/// How the bank behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// From it follows which payment fails.
    pub seed: u64,
    /// How many of a thousand are refused before any money moves.
    pub rejected_per_mille: u32,
    /// How many of a thousand are paid and come back on the next day.
    pub returned_per_mille: u32,
    /// Whether a part of the order leaves the account in one sum.
    pub in_batches: bool,
}

/// A bank with a memory of what it was sent.
#[derive(Debug, Clone, Default)]
pub struct Bank {
    bics: BTreeSet<String>,
    messages: BTreeSet<String>,
    payments: BTreeSet<String>,
}

/// What became of one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// Paid.
    Settled,
    /// Refused at once, with code and words.
    Rejected(&'static str, &'static str),
    /// Paid, and back on the next day, with code and words.
    Returned(&'static str, &'static str),
}

/// What the bank answers, each in its own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Why the whole order was refused, with code and words; no file but the status report exists then.
    pub refused: Option<(&'static str, String)>,
    /// What became of each payment, by the office's reference, in the order of the file.
    pub courses: Vec<(String, Course)>,
    /// Status report, pain.002.001.12.
    pub pain002: String,
    /// Statement of the account, camt.053.001.08.
    pub camt053: Option<String>,
    /// Notice of the payments that came back, camt.054.001.08.
    pub camt054: Option<String>,
    /// Statement of the account, MT940.
    pub mt940: Option<String>,
    /// Table of results of the portal.
    pub csv: Option<String>,
}

/// Reasons for which single payments fail.
const REASONS: [(&str, &str); 5] = [
    ("AC01", "REKENING TIDAK DITEMUKAN"),
    ("AC04", "REKENING TUTUP"),
    ("AC06", "REKENING DIBLOKIR"),
    ("BE01", "NAMA TIDAK SESUAI"),
    ("AG01", "REKENING TIDAK DAPAT MENERIMA TRANSFER"),
];

impl Bank {
    /// A bank that reaches the banks of these BICs.
    pub fn new(bics: impl IntoIterator<Item = String>) -> Self {
        Self { bics: bics.into_iter().collect(), ..Self::default() }
    }

    /// Answers an order.
    ///
    /// # Errors
    /// [`Unreadable`] if there is not even a message id to answer.
    pub fn answer(&mut self, pain001: &[u8], manner: Manner) -> Result<Answer, Unreadable> {
        let order = Order::read(pain001)?;
        let refused = self.refusal(&order);
        if let Some((code, words)) = refused {
            let pain002 = answers::refusal(&order, code, &words);
            let courses = Vec::new();
            return Ok(Answer { refused: Some((code, words)), courses, pain002, camt053: None, camt054: None, mt940: None, csv: None });
        }
        self.messages.insert(order.message_id.clone());
        self.payments.extend(order.payments().map(|payment| payment.end_to_end_id.clone()));
        let mut dice = Dice::new(manner.seed, 0x0BA2);
        let told: Vec<(&Payment, Course)> = order.payments().map(|payment| (payment, Self::course(payment, manner, &mut dice))).collect();
        let files = answers::Files::new(&order, &told, manner.in_batches);
        Ok(Answer {
            refused: None,
            courses: told.iter().map(|(payment, course)| (payment.end_to_end_id.clone(), course.clone())).collect(),
            pain002: files.pain002(),
            camt053: Some(files.camt053()),
            camt054: Some(files.camt054()),
            mt940: Some(files.mt940()),
            csv: Some(files.csv()),
        })
    }

    fn course(payment: &Payment, manner: Manner, dice: &mut Dice) -> Course {
        let (throw, reason) = (dice.below(1000), dice.pick(&REASONS).copied().unwrap_or_default());
        if payment.bic.is_none() {
            return Course::Rejected("RC01", "BANK TUJUAN TIDAK DIKENAL");
        }
        if throw < manner.rejected_per_mille {
            Course::Rejected(reason.0, reason.1)
        } else if throw < manner.rejected_per_mille.saturating_add(manner.returned_per_mille) {
            Course::Returned(reason.0, reason.1)
        } else {
            Course::Settled
        }
    }

    /// Why an order is refused as a whole.
    fn refusal(&self, order: &Order) -> Option<(&'static str, String)> {
        let count = |stated: Option<u64>, found: usize| stated.is_some_and(|stated| u64::try_from(found).ok() != Some(stated));
        let sum = |stated: Option<u64>, found: Option<u64>| stated.is_some() && stated != found;
        if self.messages.contains(&order.message_id) {
            return Some(("AM05", "pesan dengan nomor ini sudah diterima".to_owned()));
        }
        if let Some((code, words)) = &order.fault {
            return Some((code, words.clone()));
        }
        if order.count.is_none() || count(order.count, order.payments().count()) {
            return Some(("AM18", "banyaknya transaksi tidak cocok".to_owned()));
        }
        if sum(order.sum, order::sum(order.payments())) {
            return Some(("AM10", "jumlah kontrol tidak cocok".to_owned()));
        }
        for part in &order.parts {
            if count(part.count, part.payments.len()) || sum(part.sum, order::sum(part.payments.iter())) {
                return Some(("AM20", format!("jumlah kontrol bagian {} tidak cocok", part.id)));
            }
        }
        self.payment_refusal(order)
    }

    fn payment_refusal(&self, order: &Order) -> Option<(&'static str, String)> {
        let mut seen = BTreeSet::new();
        for payment in order.payments() {
            let id = &payment.end_to_end_id;
            if !seen.insert(id) || self.payments.contains(id) {
                return Some(("DU04", format!("EndToEndId {id} dipakai dua kali")));
            }
            if payment.amount == 0 {
                return Some(("AM01", format!("{id}: jumlah nol")));
            }
            if payment.account.is_empty() || !payment.account.chars().all(|c| c.is_ascii_digit()) {
                return Some(("AC03", format!("{id}: nomor rekening bukan angka")));
            }
            if let Some(bic) = payment.bic.as_ref().filter(|bic| !self.bics.contains(*bic)) {
                return Some(("RC04", format!("{id}: BIC {bic} tidak dikenal")));
            }
        }
        let own = order.debtor_bics.iter().find(|bic| !self.bics.contains(*bic));
        own.map(|bic| ("RC03", format!("BIC bank pengirim {bic} tidak dikenal")))
    }
}

/// The day after.
fn next_day(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

#[cfg(test)]
mod tests;
