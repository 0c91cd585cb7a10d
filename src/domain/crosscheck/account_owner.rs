//! NAMA_REKENING_BEDA (look): the account stands in another name than the heir's or, for a child, the guardian's.
//!
//! Short forms of the bank (25 letters at most, first letters, SDR/BPK/IBU) are
//! the same person: `identity::is_account_name_of`. The claimed writing of the heir's
//! name and the register's both count. A passbook without a name is not judged.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::Finding;
use super::person::registered_heir;
use crate::domain::claim::Payout;
use crate::domain::identity::is_account_name_of;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let (Some(heir), Payout::Bank(account)) = (case.content.payee(), &case.content.payout) else { return Vec::new() };
    let mut registered = registered_heir(heir, &case.facts.heir_rows);
    let mut claimed = case.content.account_names();
    let is_own = claimed.any(|name| is_account_name_of(name.as_str(), &account.holder))
        || registered.any(|row| is_account_name_of(&row.name, &account.holder));
    if account.holder.trim().is_empty() || is_own {
        return Vec::new();
    }
    vec![Finding {
        claimed: heir.name.as_str().to_owned(),
        registered: format!("{} {} a.n. {}", account.bank, account.masked_number(), account.holder),
        dataset: "permohonan".to_owned(),
        dataset_on: Some(case.filed_on),
        ..case.finding(
            FindingCode::NamaRekeningBeda,
            "Nama pemilik rekening bukan nama ahli waris; mohon gunakan rekening ahli waris sendiri atau ambil tunai.",
        )
    }]
}
