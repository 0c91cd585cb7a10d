//! Files for the bank, made at the release and held against the order before anything is kept.

use chrono::{TimeDelta, TimeZone};

use crate::clock::new_id;
use crate::domain::money::Rupiah;
use crate::domain::payment::PaymentLine;
use crate::exchange::{OutFile, bank_file, pain001};
use crate::store::Tx;
use crate::store::money::bank_files::{self, BankFile, Made};
use crate::store::money::orders::{self, Order};
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// Seconds by which the office's day (WIB) begins before that of UTC.
const WIB_SECONDS: i64 = 7 * 3600;

/// Writes the files of an order by every profile the office releases with. Their sum and the cash at the counter are the order, or
/// nothing is kept.
pub fn write_bank_files(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order) -> Result<Vec<BankFile>, Refusal> {
    let lines = payment_lines(order);
    if lines.is_empty() {
        return Ok(vec![]);
    }
    let office = &issuer.pack.office.bank;
    let sequence = day_sequence(tx, issuer)?;
    let lists = bank_file::write(&issuer.pack.layouts, &issuer.pack.banks, office, &lines, issuer.today(), sequence)
        .map_err(|fault| Refusal::BankFile(fault.to_string()))?;
    let message = pain001::Message { id: message_id(order), created_at: issuer.now, execute_on: issuer.today(), sequence };
    let xml = pain001::write(&message, &issuer.pack.banks, office, &lines).map_err(|fault| Refusal::BankFile(fault.to_string()))?;
    held_against(order, &lists)?;
    held_against(order, std::slice::from_ref(&xml))?;
    let mut kept = Vec::new();
    for file in &lists {
        kept.push(keep(tx, issuer, order, "bpd", file)?);
    }
    kept.push(keep(tx, issuer, order, "pain001-09", &xml)?);
    Ok(kept)
}

/// Files and cash together are the order, to the rupiah.
fn held_against(order: &Order, files: &[OutFile]) -> Result<(), Refusal> {
    let cash = Rupiah::sum(order.items.iter().filter(|i| i.account.is_none()).map(|i| i.amount)).unwrap_or_default();
    let listed = Rupiah::sum(files.iter().map(|f| f.total).chain([cash]));
    if listed == Some(order.total) { Ok(()) } else { Err(Refusal::TotalsDiffer("berkas bank")) }
}

fn keep(tx: &mut Tx<'_>, issuer: &Issuer<'_>, order: &Order, profile: &str, file: &OutFile) -> Result<BankFile, Refusal> {
    let kept = BankFile {
        profile: profile.to_owned(),
        name: file.name.clone(),
        sha256: issuer.desk.files.keep(&file.bytes)?,
        items: i64::try_from(file.items).unwrap_or(i64::MAX),
        total: file.total.whole(),
        downloads: 0,
    };
    let made = Made { id: new_id(), order_id: &order.id, by: &issuer.actor.id, at: issuer.now };
    bank_files::add(tx, &issuer.actor.office, &made, &kept)?;
    Ok(kept)
}

/// Number of the order among those released on this day of the office, from 1: two orders of a day must not overwrite each other.
fn day_sequence(tx: &mut Tx<'_>, issuer: &Issuer<'_>) -> Result<u32, Refusal> {
    let midnight = issuer.today().and_hms_opt(0, 0, 0).unwrap_or_default();
    let from = chrono::Utc.from_utc_datetime(&midnight).checked_sub_signed(TimeDelta::seconds(WIB_SECONDS)).unwrap_or(issuer.now);
    let until = from.checked_add_signed(TimeDelta::days(1)).unwrap_or(issuer.now);
    let released = orders::released_between(tx, &issuer.actor.office, from, until)?;
    Ok(u32::try_from(released.max(1)).unwrap_or(u32::MAX))
}

/// Transfers of an order; cash is paid at the counter and is in no bank file.
pub fn payment_lines(order: &Order) -> Vec<PaymentLine> {
    let lines = (1_u32..).zip(&order.items);
    lines
        .filter_map(|(sequence, item)| {
            let (bank, account, holder) = item.account.clone()?;
            Some(PaymentLine {
                sequence,
                reference: item.reference.clone(),
                bank,
                account,
                holder,
                amount: item.amount,
                remark: format!("SANTUNAN KEMATIAN {}", item.reference),
            })
        })
        .collect()
}

/// The order's id without dashes: 32 characters, unique for ever.
pub fn message_id(order: &Order) -> String {
    order.id.replace('-', "")
}
