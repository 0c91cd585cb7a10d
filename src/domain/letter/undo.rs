//! Letters that undo: the amending decree, the demand for money that has to come back, the note for an instalment.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Addressee, NominativeRow};
use crate::domain::money::Rupiah;

/// A row of a decree as it was and as it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowAmendment {
    /// As it stood.
    pub before: NominativeRow,
    /// As it stands from now on; none where it is struck.
    pub after: Option<NominativeRow>,
    /// Why, in words.
    pub why: String,
}

/// How many recipients a decree has, and their sum; none where nobody is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSum {
    /// Recipients.
    pub recipients: u32,
    /// Sum.
    pub total: Rupiah,
}

/// Decree that amends another (keputusan perubahan). Its list shows NIKs and accounts masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkPerubahan {
    /// What stands under TENTANG, in capitals.
    pub subject: String,
    /// Menimbang: considerations, lettered a, b, c.
    pub considering: Vec<String>,
    /// Mengingat: laws, and the decree that is amended, numbered.
    pub recalling: Vec<String>,
    /// Number of the decree that is amended.
    pub decree_number: String,
    /// Its date.
    pub decree_on: NaiveDate,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// Town in which it is enacted.
    pub enacted_at: String,
    /// The rows it strikes or changes, at least one.
    pub changes: Vec<RowAmendment>,
    /// The list before.
    pub before: ListSum,
    /// What is struck.
    pub struck: Option<ListSum>,
    /// The list after.
    pub after: Option<ListSum>,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}

impl SkPerubahan {
    /// Whether the sums say what the rows say: what is struck is the sum of the struck rows, the rest is what is left, and a changed
    /// row keeps its amount.
    pub fn adds_up(&self) -> bool {
        let struck: Vec<Rupiah> = self.changes.iter().filter(|row| row.after.is_none()).map(|row| row.before.amount).collect();
        let kept = self.changes.iter().all(|row| row.after.as_ref().is_none_or(|after| after.amount == row.before.amount));
        let sum = |list: Option<ListSum>| list.map_or((0, Rupiah::ZERO), |list| (list.recipients, list.total));
        let ((struck_rows, struck_total), (after_rows, after_total)) = (sum(self.struck), sum(self.after));
        let rows_fit = u32::try_from(struck.len()).is_ok_and(|rows| rows == struck_rows);
        kept && rows_fit
            && Rupiah::sum(struck) == Some(struck_total)
            && self.before.recipients.checked_sub(struck_rows) == Some(after_rows)
            && self.before.total.checked_sub(struck_total) == Some(after_total)
    }
}

/// One part of the plan, as the demand lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueLine {
    /// Last day.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
}

/// Demand for money that reached the wrong person (surat permintaan pengembalian).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermintaanPengembalian {
    /// Code of the annulled claim.
    pub claim_code: String,
    /// Who has to pay back.
    pub addressee: Addressee,
    /// Whose death the claim was about, as a name only: the person may live.
    pub about: String,
    /// What was paid.
    pub paid: Rupiah,
    /// When it was paid.
    pub paid_on: NaiveDate,
    /// Why it has to come back, in words.
    pub reason: String,
    /// Day of the annulment.
    pub annulled_on: NaiveDate,
    /// What is still owed.
    pub balance: Rupiah,
    /// What the plan rests on, in words.
    pub basis: String,
    /// The plan: its parts are the balance.
    pub instalments: Vec<DueLine>,
    /// To whom it is paid, in words: the treasury's account by way of the treasurer.
    pub pay_to: String,
    /// Where the debtor may ask.
    pub contact: String,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}

/// Note for an instalment that came back (bukti angsuran).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuktiAngsuran {
    /// Code of the annulled claim.
    pub claim_code: String,
    /// Who paid back.
    pub debtor: String,
    /// Address in one line.
    pub debtor_address: String,
    /// Whose death the claim was about.
    pub about: String,
    /// Which payment of the debt it is, from 1.
    pub sequence: u32,
    /// What came.
    pub amount: Rupiah,
    /// Day it reached the treasury.
    pub paid_on: NaiveDate,
    /// Number of the treasury's slip.
    pub slip_number: String,
    /// The whole debt.
    pub owed: Rupiah,
    /// What came so far, this part included.
    pub so_far: Rupiah,
    /// What is still owed; none when this was the last part.
    pub balance: Option<Rupiah>,
}

impl BuktiAngsuran {
    /// Whether debt, payments and rest add up.
    pub fn adds_up(&self) -> bool {
        self.owed.checked_sub(self.so_far) == Some(self.balance.unwrap_or(Rupiah::ZERO)) && self.amount <= self.so_far
    }
}
