//! The cash book and the deposits as their pages show them.

use chrono::NaiveDate;

use super::cash::{CashAttempt, signatory};
use super::flash;
use super::order::chip_of_item;
use super::words::why_returned;
use crate::domain::access::Role;
use crate::domain::calendar::{day_name, long_date, long_date_time, short_date};
use crate::domain::money::{Rupiah, rupiah_in_words};
use crate::domain::office::SigningRole;
use crate::domain::payment::{CashKind, Comparison, ItemState, masked_account};
use crate::domain::region::RegionCode;
use crate::store::money::cash::{self, CashClosing, CashCount, CashEntry};
use crate::store::money::deposits::{self, Deposit};
use crate::store::money::items::{self, Item};
use crate::store::{DbConn, StoreError, claims, users};
use crate::web::page::{Chip, Fact, Link, Tone};
use crate::web::pages::{BookRow, CashBookPage, CashRow, DepositsPage, SlipRow, SlipView};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::workflow::money::cash::payable_deposited;

/// Days of the book offered beside the page.
const DAYS_MAX: i64 = 31;

/// The book of one day.
///
/// # Errors
/// [`Problem`] of the database.
pub fn cash_book_page(site: &Site, staff: &Staff, day: NaiveDate, attempt: &CashAttempt) -> Result<CashBookPage, Problem> {
    let pack = site.pack()?;
    let office = &staff.actor.office;
    site.desk.store.read(|conn| {
        let before = day.pred_opt().map(|yesterday| cash::last(conn, office, yesterday)).transpose()?.flatten();
        let entries = cash::of_day(conn, office, day)?;
        let opening = before.map(|entry| entry.balance).unwrap_or_default();
        let balance = entries.last().map_or(opening, |entry| entry.balance);
        let (count, closing) = (cash::last_count(conn, office, day)?, cash::closing(conn, office, day)?);
        let may = staff.actor.role == Role::Finance && closing.is_none();
        let differs = count.as_ref().is_some_and(|count| count.by != staff.actor.id);
        Ok(CashBookPage {
            shell: site
                .shell_for(staff, format!("Buku kas {}, {}", day_name(day), long_date(day)))
                .at("/keuangan")
                .with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            day: short_date(day),
            chip: chip_of_book(closing.as_ref(), count.as_ref()),
            opening: opening.grouped(),
            received: total(&entries, true),
            given: total(&entries, false),
            balance: balance.grouped(),
            in_words: rupiah_in_words(balance),
            counted: counted_facts(conn, count.as_ref(), closing.as_ref())?,
            can_count: may && day <= site.today(),
            can_explain: may && differs,
            cash: attempt.typed.text("tunai").to_owned(),
            in_bank: attempt.typed.text("rekening").to_owned(),
            explanation: attempt.typed.text("penjelasan").to_owned(),
            days: cash::days(conn, office, DAYS_MAX)?.into_iter().map(day_link).collect(),
            signatories: [SigningRole::HeadOfAgency, SigningRole::Treasurer].map(|role| signatory(site, &pack, role)).to_vec(),
            rows: book_rows(conn, office, &entries)?,
        })
    })
}

fn chip_of_book(closing: Option<&CashClosing>, count: Option<&CashCount>) -> Chip {
    match (closing, count) {
        (Some(_), _) => Chip::new("Sudah ditutup", Tone::Good),
        (None, Some(_)) => Chip::new("Ada selisih, belum ditutup", Tone::Bad),
        (None, None) => Chip::new("Belum ditutup", Tone::Attention),
    }
}

fn day_link((day, closed): (NaiveDate, bool)) -> Link {
    Link {
        href: format!("/keuangan/loket/kas?hari={}", short_date(day)),
        label: long_date(day),
        value: if closed { "ditutup" } else { "belum ditutup" }.to_owned(),
    }
}

fn total(entries: &[CashEntry], receipts: bool) -> String {
    let amounts = entries.iter().filter(|entry| entry.kind.is_receipt() == receipts).map(|entry| entry.amount);
    Rupiah::sum(amounts).unwrap_or_default().grouped()
}

/// Lines of one order that came in one after the other are one line of the page.
fn book_rows(conn: &mut DbConn, office: &RegionCode, entries: &[CashEntry]) -> Result<Vec<BookRow>, StoreError> {
    let together = |a: &CashEntry, b: &CashEntry| a.kind == CashKind::Received && b.kind == a.kind && b.document == a.document;
    entries.chunk_by(together).map(|lines| book_row(conn, office, lines)).collect()
}

fn book_row(conn: &mut DbConn, office: &RegionCode, lines: &[CashEntry]) -> Result<BookRow, StoreError> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Err(StoreError::NotFound) };
    let amount = Rupiah::sum(lines.iter().map(|entry| entry.amount)).unwrap_or_default().grouped();
    let who = match lines.len() {
        1 => {
            let item = items::load(conn, office, &first.item_id)?;
            format!("{} ({})", item.payee, item.reference)
        }
        n => format!("{n} penerima"),
    };
    let (received, given) = if first.kind.is_receipt() { (amount, String::new()) } else { (String::new(), amount) };
    Ok(BookRow {
        number: if lines.len() == 1 { first.sequence.to_string() } else { format!("{}–{}", first.sequence, last.sequence) },
        what: format!("{}: {who}", first.kind.label()),
        evidence: first.evidence.clone(),
        received,
        given,
        balance: last.balance.grouped(),
    })
}

fn counted_facts(conn: &mut DbConn, count: Option<&CashCount>, closing: Option<&CashClosing>) -> Result<Vec<Fact>, StoreError> {
    let Some(count) = count else { return Ok(Vec::new()) };
    let comparison = count.counted.compare(count.book).unwrap_or(Comparison::Equal);
    let mut facts = vec![
        Fact::new("Menurut buku", count.book.to_string()),
        Fact::new("Uang tunai di kas", count.counted.cash.to_string()),
        Fact::new("Di rekening bendahara", count.counted.in_bank.to_string()),
        Fact::new("Hasil", comparison.to_string()),
        Fact::new("Dihitung", format!("{}, {}", users::by_id(conn, &count.by)?.actor.name, long_date_time(count.at))),
    ];
    if let Some(closing) = closing {
        let name = users::by_id(conn, &closing.by)?.actor.name;
        facts.push(Fact::new("Ditutup", format!("{name}, {}", long_date_time(closing.at.and_utc()))));
        if !closing.explanation.is_empty() {
            facts.push(Fact::new("Penjelasan selisih", &closing.explanation));
        }
    }
    Ok(facts)
}

/// Money back to the treasury.
///
/// # Errors
/// [`Problem`] of the database.
pub fn deposits_page(site: &Site, staff: &Staff, attempt: &CashAttempt) -> Result<DepositsPage, Problem> {
    let office = &staff.actor.office;
    let ticked = attempt.typed.all("pembayaran");
    let (pack, again) = (site.pack()?, attempt.typed.all("terlambat"));
    site.desk.store.read(|conn| {
        let late = payable_deposited(conn, &pack, &staff.actor, site.today())?;
        let late: Result<Vec<CashRow>, StoreError> = late.iter().map(|item| returned_row(conn, staff, item, &again)).collect();
        let back = items::in_states(conn, office, &[ItemState::Returned])?;
        let returned: Result<Vec<CashRow>, StoreError> = back.iter().map(|item| returned_row(conn, staff, item, &ticked)).collect();
        let slips: Result<Vec<SlipView>, StoreError> =
            deposits::all(conn, office)?.iter().map(|deposit| slip_view(conn, staff, deposit, attempt)).collect();
        Ok(DepositsPage {
            shell: site.shell_for(staff, "Setoran ke kas daerah").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            total: Rupiah::sum(back.iter().map(|item| item.amount)).unwrap_or_default().to_string(),
            returned: returned?,
            can_act: staff.actor.role == Role::Finance,
            number: attempt.typed.text("nomor").to_owned(),
            date: attempt.typed.text("tanggal").to_owned(),
            value: attempt.typed.text("nilai").to_owned(),
            slips: slips?,
            late: late?,
            late_reason: attempt.typed.text("alasan_terlambat").to_owned(),
        })
    })
}

fn returned_row(conn: &mut DbConn, staff: &Staff, item: &Item, ticked: &[String]) -> Result<CashRow, StoreError> {
    let claim = claims::load(conn, &staff.actor, &item.claim_id)?;
    let method = item.account.as_ref().map_or_else(|| "tunai".to_owned(), |(bank, number, _)| format!("{bank} {}", masked_account(number)));
    let why = why_returned(&item.return_code);
    let since = item.returned_on.map(|on| format!(", kembali {}", long_date(on))).unwrap_or_default();
    Ok(CashRow {
        id: item.id.clone(),
        position: 0,
        payee: item.payee.clone(),
        code: claim.code.clone(),
        village: village_name(&claim.village),
        amount: item.amount.to_string(),
        receipt: item.receipt_number.clone(),
        chip: chip_of_item(item.state),
        can_give: false,
        remark: format!("{method}{since} ({why})"),
        checked: ticked.contains(&item.id),
    })
}

fn slip_view(conn: &mut DbConn, staff: &Staff, deposit: &Deposit, attempt: &CashAttempt) -> Result<SlipView, StoreError> {
    let rows: Result<Vec<SlipRow>, StoreError> = deposit
        .items
        .iter()
        .map(|(id, amount)| {
            let item = items::load(conn, &staff.actor.office, id)?;
            let tried = attempt.typed.text("pembayaran") == item.id;
            let key = format!("alasan_{id}");
            let may = staff.actor.role == Role::Finance && deposit.by != staff.actor.id && item.state == ItemState::Deposited;
            Ok(SlipRow {
                version: item.version,
                payee: item.payee.clone(),
                code: claims::load(conn, &staff.actor, &item.claim_id)?.code,
                amount: amount.to_string(),
                chip: chip_of_item(item.state),
                can_redraw: may,
                reason: if tried { attempt.typed.text(&key).to_owned() } else { String::new() },
                key,
                id: item.id,
            })
        })
        .collect();
    let name = users::by_id(conn, &deposit.by)?.actor.name;
    Ok(SlipView {
        number: deposit.slip.number.clone(),
        remark: format!("{}, {}, dicatat {name}", long_date(deposit.slip.dated_on), deposit.slip.value),
        rows: rows?,
    })
}
