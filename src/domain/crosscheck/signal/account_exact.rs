//! NAMA_REKENING_TIDAK_PERSIS (note): the passbook's name is the heir's, but not letter by letter.
//!
//! Banks compare the name of a transfer with the account literally and send the money back. A name cut at 25 letters is
//! what the bank itself prints and counts as the same.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::claim::Payout;
use crate::domain::identity::is_account_name_of;

/// Longest name a bank prints, in characters.
const BANK_NAME_CHARS_MAX: usize = 25;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Payout::Bank(account) = &case.content.payout else { return Vec::new() };
    let own = case.content.account_names().find(|name| is_account_name_of(name.as_str(), &account.holder));
    let Some(owner) = own else { return Vec::new() };
    let (written, printed) = (letters(owner.as_str()), letters(&account.holder));
    if printed.is_empty() || written == printed {
        return Vec::new();
    }
    vec![Finding {
        claimed: owner.as_str().to_owned(),
        registered: account.holder.clone(),
        ..case.finding_of_claim(
            FindingCode::NamaRekeningTidakPersis,
            "Nama pada buku rekening tidak persis sama dengan nama ahli waris; tulis nama seperti pada buku rekening agar transfer tidak kembali.",
        )
    }]
}

/// Capital letters with single spaces, as far as a bank prints them.
fn letters(name: &str) -> String {
    name.to_uppercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(BANK_NAME_CHARS_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}
