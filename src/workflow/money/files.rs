//! Files for the bank, made at the release and held against the order before anything is kept.

use chrono::{TimeDelta, TimeZone};

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::money::Rupiah;
use crate::domain::payment::{OrderState, PaymentLine};
use crate::exchange::OutFile;
use crate::exchange::bank_file::Batch;
use crate::store::money::bank_files::{self, BankFile, Made};
use crate::store::money::items::Item;
use crate::store::money::orders::{self, Order};
use crate::store::{Tx, audit};
use crate::workflow::desk::Desk;
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
    let day_sequence = day_sequence(tx, issuer)?;
    let mut kept = Vec::new();
    for (place, profile) in (0_u32..).zip(&issuer.pack.office.payment.profiles) {
        for file in made_by(issuer, order, &lines, Writing { profile, place, day_sequence })? {
            kept.push(keep(tx, issuer, order, profile, &file)?);
        }
    }
    Ok(kept)
}

/// By which profile files are made, at which place among the office's, as which of the day.
#[derive(Debug, Clone, Copy)]
struct Writing<'a> {
    profile: &'a str,
    place: u32,
    day_sequence: u32,
}

fn made_by(issuer: &Issuer<'_>, order: &Order, lines: &[PaymentLine], writing: Writing<'_>) -> Result<Vec<OutFile>, Refusal> {
    let batch = Batch {
        table: &issuer.pack.banks,
        office: &issuer.pack.office.bank,
        lines,
        execute_on: issuer.today(),
        created_at: issuer.now,
        day_sequence: writing.day_sequence,
        // Two messages of one order must not look like one message sent twice.
        message_id: &format!("{}{}", message_base(&order.id), writing.place.rem_euclid(10)),
    };
    let made = issuer.desk.bank_profiles()?.write(writing.profile, &batch).map_err(|fault| Refusal::BankFile(fault.to_string()))?;
    held_against(order, &made)?;
    Ok(made)
}

/// Writes an order that was released by any profile, for a bank the office has only now: the same payments, in another form. The
/// frozen files stay the ones that count.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::OrderOver`] for an order that is not released, [`Refusal::BankFile`].
pub fn export_order(desk: &Desk, actor: &Actor, number: &str, profile: &str) -> Result<Vec<OutFile>, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = orders::by_number(tx, &actor.office, number)?;
        if !matches!(order.state, OrderState::Released | OrderState::Closed) {
            return Err(Refusal::OrderOver(order.state));
        }
        let frozen: Vec<BankFile> = bank_files::of_order(tx, &order.id)?.into_iter().filter(|file| file.profile == profile).collect();
        let made = if frozen.is_empty() {
            made_by(&issuer, &order, &payment_lines(&order), Writing { profile, place: 9, day_sequence: 1 })?
        } else {
            frozen.iter().map(|file| frozen_file(desk, file)).collect::<Result<_, _>>()?
        };
        let names: Vec<&str> = made.iter().map(|file| file.name.as_str()).collect();
        let details = serde_json::json!({ "number": number, "profile": profile, "files": names, "frozen": !frozen.is_empty() });
        audit::append(tx, actor, "bank_file.export", &format!("order:{}", order.id), &details.to_string(), issuer.now)?;
        Ok(made)
    })
}

/// A file as it was frozen at the release, byte for byte.
fn frozen_file(desk: &Desk, file: &BankFile) -> Result<OutFile, Refusal> {
    Ok(OutFile {
        name: file.name.clone(),
        bytes: desk.files.read(&file.sha256)?,
        items: usize::try_from(file.items).unwrap_or_default(),
        total: Rupiah::new(file.total).unwrap_or_default(),
    })
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
        sha256: issuer.desk.files.keep_with(tx, &file.bytes)?,
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
    lines_of(&order.items)
}

/// Payments as they are handed to a bank, those in cash left out.
pub fn lines_of(items: &[Item]) -> Vec<PaymentLine> {
    let lines = (1_u32..).zip(items);
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

/// The order's id without dashes: 32 characters, unique for ever. What is sent by a profile carries one digit more.
pub fn message_base(order_id: &str) -> String {
    order_id.replace('-', "")
}
