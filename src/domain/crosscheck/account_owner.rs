//! NAMA_REKENING_BEDA (look): the account stands in another name than the heir's.
//!
//! Short forms of the bank (25 letters at most, first letters, SDR/BPK/IBU) are
//! the same person: `identity::is_account_name_of`. A passbook without a name is
//! not judged.

use super::facts::Case;
use super::finding::{Finding, FindingCode, Severity};
use crate::domain::claim::Payout;
use crate::domain::identity::is_account_name_of;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (Some(heir), Payout::Bank(account)) = (case.content.payee(), &case.content.payout) else { return Vec::new() };
    if account.holder.trim().is_empty() || is_account_name_of(heir.name.as_str(), &account.holder) {
        return Vec::new();
    }
    vec![Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("{} {} a.n. {}", account.bank, account.masked_number(), account.holder),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(case.filed_on),
        ..case.finding(
            FindingCode::NamaRekeningBeda,
            Severity::Review,
            "Nama pemilik rekening bukan nama ahli waris; mohon gunakan rekening ahli waris sendiri atau ambil tunai.",
        )
    }]
}
