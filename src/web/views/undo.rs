//! What was tried on the pages that undo, and the parts they share.

use crate::domain::claim::Payout;
use crate::domain::letter::{ListSum, NominativeRow, RowAmendment};
use crate::exchange::claim_form::FieldErrors;
use crate::web::forms::Typed;
use crate::web::page::Fact;
use crate::web::pages::{ChangeView, ChangesView};
use crate::workflow::money::undo::Preview;

/// An act that did not go through, shown again with what was typed.
#[derive(Clone, Default)]
pub struct UndoAttempt {
    /// What was typed.
    pub typed: Typed,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// Rows before and after, as pages show them.
pub fn changes_view(preview: &Preview) -> ChangesView {
    let sums = [("Semula", Some(preview.before)), ("Dicoret", preview.struck), ("Menjadi", preview.after)];
    ChangesView {
        rows: preview.rows.iter().map(change_view).collect(),
        sums: sums.into_iter().map(|(label, list)| Fact::new(label, list_text(list))).collect(),
    }
}

/// How many recipients, and their sum.
pub fn list_text(list: Option<ListSum>) -> String {
    list.map_or_else(|| "tidak ada".to_owned(), |list| format!("{} penerima, {}", list.recipients, list.total))
}

fn change_view(row: &RowAmendment) -> ChangeView {
    ChangeView {
        code: row.before.claim_code.clone(),
        deceased: row.before.deceased.clone(),
        before: payee(&row.before),
        after: row.after.as_ref().map(payee).unwrap_or_default(),
        why: row.why.clone(),
        amount: row.before.amount.to_string(),
    }
}

fn payee(row: &NominativeRow) -> String {
    format!("{} ({}), NIK {}, {}", row.heir, row.relation.label().to_lowercase(), row.heir_nik.masked(), payout_text(&row.payout))
}

/// How somebody is paid; the account masked.
pub fn payout_text(payout: &Payout) -> String {
    match payout {
        Payout::Cash => "tunai".to_owned(),
        Payout::Bank(account) => format!("{} {} a.n. {}", account.bank, account.masked_number(), account.holder),
    }
}
