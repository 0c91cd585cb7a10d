//! REKENING_ALMARHUM (note): the money would go to the account of the dead.
//!
//! The bank blocks it as soon as it learns of the death. Compares the digits of the number the register knows.

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::facts::{account_digits, digits};
use super::super::finding::Finding;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let number = account_digits(case.content);
    let own = case.facts.person.rows.iter().filter_map(|row| row.account.as_ref());
    let account = own.into_iter().find(|account| !number.is_empty() && digits(&account.number) == number);
    let finding = account.map(|account| Finding {
        claimed: account.masked_number(),
        registered: "rekening almarhum".to_owned(),
        ..case.finding(
            FindingCode::RekeningAlmarhum,
            "Nomor rekening ini milik almarhum dan dapat diblokir bank; mohon gunakan rekening ahli waris atau ambil tunai.",
        )
    });
    finding.into_iter().collect()
}
