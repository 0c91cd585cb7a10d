//! The treasurer's page.

use super::alert::desk_alerts;
use super::{budget_view, flash};
use crate::domain::access::Role;
use crate::domain::calendar::long_date;
use crate::domain::claim::{Payout, State};
use crate::domain::letter::LetterKind;
use crate::domain::money::Rupiah;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::{self, Claim, ClaimQuery};
use crate::store::payee_alerts::{self, PayeeAlert};
use crate::store::payments::{self, BankFile, Decree, Order};
use crate::store::{DbConn, StoreError, letters};
use crate::web::page::{Chip, Link, Tone};
use crate::web::pages::{DecreeView, FinancePage, OrderView, WaitingRow};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};

/// Most approved claims shown before a decree.
const WAITING_MAX: i64 = 2_000;

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct FinanceAttempt {
    /// Decree whose payment needs a reason.
    pub decree_id: String,
    /// Reason as typed.
    pub reason: String,
    /// Order whose SP2D was typed.
    pub order_id: String,
    /// Number as typed.
    pub number: String,
    /// Date as typed.
    pub date: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn finance_page(site: &Site, staff: &Staff, attempt: &FinanceAttempt) -> Result<FinancePage, Problem> {
    let pack = site.pack()?;
    let query = ClaimQuery { states: vec![State::Approved], limit: WAITING_MAX, ..ClaimQuery::default() };
    let (waiting, budget, decrees, alerts) = site.desk.store.read(|conn| {
        let (waiting, _) = claims::list(conn, &staff.actor, &query)?;
        let decrees = decree_views(conn, staff, attempt)?;
        Ok::<_, Problem>((waiting, budget_view(conn, site, &pack)?, decrees, desk_alerts(conn, staff)?))
    })?;
    Ok(FinancePage {
        shell: site.shell_for(staff, "Keuangan").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        alerts,
        budget,
        waiting_total: Rupiah::sum(waiting.iter().map(|c| c.amount)).unwrap_or_default().to_string(),
        waiting: waiting.iter().map(waiting_row).collect(),
        can_decree: staff.actor.role == Role::Finance,
        decrees,
    })
}

fn waiting_row(claim: &Claim) -> WaitingRow {
    WaitingRow {
        code: claim.code.clone(),
        deceased: claim.content.deceased.name.to_string(),
        heir: claim.content.payee().map(|h| h.name.to_string()).unwrap_or_default(),
        village: village_name(&claim.village),
        method: match &claim.content.payout {
            Payout::Cash => "Tunai".to_owned(),
            Payout::Bank(account) => format!("{} {}", account.bank, account.masked_number()),
        },
        amount: claim.amount.to_string(),
    }
}

fn decree_views(conn: &mut DbConn, staff: &Staff, attempt: &FinanceAttempt) -> Result<Vec<DecreeView>, StoreError> {
    let office = &staff.actor.office;
    let orders = payments::orders(conn, office)?;
    let decrees = payments::decrees(conn, office)?;
    let dead = payee_alerts::open(conn, &staff.actor)?;
    let view = |decree: &Decree| {
        let order = orders.iter().find(|o| o.decree_id == decree.id);
        let view = decree_view(conn, staff, decree, order, attempt)?;
        Ok(DecreeView { payees_dead: payees_dead(decree, &dead, attempt), ..view })
    };
    decrees.iter().map(view).collect()
}

/// Codes on a decree that need a word before money goes out.
fn payees_dead(decree: &Decree, dead: &[PayeeAlert], attempt: &FinanceAttempt) -> String {
    let own = dead.iter().filter(|alert| decree.items.iter().any(|(claim_id, _)| *claim_id == alert.claim_id));
    let codes: Vec<&str> = own.map(|alert| alert.claim_code.as_str()).collect();
    if codes.is_empty() && attempt.decree_id == decree.id { "Lihat pesan di atas.".to_owned() } else { codes.join(", ") }
}

fn decree_view(
    conn: &mut DbConn,
    staff: &Staff,
    decree: &Decree,
    order: Option<&Order>,
    attempt: &FinanceAttempt,
) -> Result<DecreeView, StoreError> {
    let mut files: Vec<Link> = letters::of_decree(conn, &decree.id)?.iter().map(|l| letter_file(&l.id, &l.kind)).collect();
    if let Some(order) = order {
        let own = letters::of_order(conn, &order.id)?;
        files.extend(own.iter().filter(|l| l.kind == LetterKind::PerintahBayar.code()).map(|l| letter_file(&l.id, &l.kind)));
        files.push(Link {
            href: format!("/keuangan/perintah/{}/surat", order.id),
            label: "Semua surat (PDF)".into(),
            value: String::new(),
        });
        files.extend(payments::files(conn, &order.id)?.iter().map(|f| bank_file(&order.id, f)));
    }
    let (text, tone) = match order {
        None => ("Menunggu perintah bayar", Tone::Moving),
        Some(order) if order.sp2d.is_none() => ("Menunggu pencairan", Tone::Moving),
        Some(_paid) => ("Sudah dibayar", Tone::Good),
    };
    Ok(DecreeView {
        id: decree.id.clone(),
        number: decree.number.clone(),
        chip: Chip::new(text, tone),
        date: long_date(decree.decreed_on),
        items: count(decree.items.len()),
        total: decree.total.to_string(),
        files,
        can_order: order.is_none() && staff.actor.role == Role::Finance,
        payees_dead: String::new(),
        reason_key: format!("alasan_{}", decree.id),
        typed_reason: if attempt.decree_id == decree.id { attempt.reason.clone() } else { String::new() },
        order: order.map(|order| order_view(staff, order, attempt)),
    })
}

fn letter_file(id: &str, kind: &str) -> Link {
    let label = LetterKind::parse(kind).map_or("Surat", LetterKind::label);
    Link { href: format!("/surat/{id}"), label: format!("{label} (PDF)"), value: String::new() }
}

fn bank_file(order_id: &str, file: &BankFile) -> Link {
    Link {
        href: format!("/keuangan/perintah/{order_id}/bank/{}", file.name),
        label: format!("Berkas bank {}", file.name),
        value: String::new(),
    }
}

fn order_view(staff: &Staff, order: &Order, attempt: &FinanceAttempt) -> OrderView {
    let by_bank = order.items.iter().filter(|item| item.account.is_some()).count();
    let typed = attempt.order_id == order.id;
    let text = |value: &String| if typed { value.clone() } else { String::new() };
    OrderView {
        id: order.id.clone(),
        version: order.version,
        number: order.number.clone(),
        date: long_date(order.ordered_on),
        items: count(order.items.len()),
        total: order.total.to_string(),
        by_bank: count(by_bank),
        by_cash: count(order.items.len() - by_bank),
        can_pay: order.sp2d.is_none() && staff.actor.role == Role::Finance,
        open: typed,
        number_key: format!("nomor_{}", order.id),
        date_key: format!("tanggal_{}", order.id),
        typed_number: text(&attempt.number),
        typed_date: text(&attempt.date),
        sp2d: order.sp2d.as_ref().map(|(number, on)| format!("{number}, {}", long_date(*on))).unwrap_or_default(),
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
