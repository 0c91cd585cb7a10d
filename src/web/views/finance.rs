//! The treasurer's page: the next decree, the decrees and their orders.

use super::alert::desk_alerts;
use super::order::chip_of_order;
use super::{budget_view, flash};
use crate::domain::access::Role;
use crate::domain::calendar::long_date;
use crate::domain::claim::Payout;
use crate::domain::letter::LetterKind;
use crate::domain::payment::OrderState;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::{self, Claim};
use crate::store::money::amendments::{self, Outcome};
use crate::store::money::annulments;
use crate::store::money::decrees::{self, Decree};
use crate::store::money::orders::{self, Order};
use crate::store::payee_alerts::{self, PayeeAlert};
use crate::store::{DbConn, StoreError, letters};
use crate::web::page::{Chip, Fact, Link, Tone};
use crate::web::pages::{DecreeView, FinancePage, OrderLink, WaitingRow};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::workflow::Refusal;
use crate::workflow::money::{DecreePlan, plan_decree};

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct FinanceAttempt {
    /// Decree it was about.
    pub decree_id: String,
    /// Reason as typed.
    pub reason: String,
    /// Day of signing as typed.
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
    let plan = planned(site, staff)?;
    let (budget, decrees, alerts, undecided) = site.desk.store.read(|conn| {
        let decrees = decree_views(conn, staff, attempt)?;
        Ok::<_, Problem>((budget_view(conn, site, &pack)?, decrees, desk_alerts(conn, staff)?, undecided(conn, staff)?))
    })?;
    let ready = plan.as_ref().map(|plan| plan.ready.as_slice()).unwrap_or_default();
    let finance = staff.actor.role == Role::Finance;
    Ok(FinancePage {
        shell: site.shell_for(staff, "Keuangan").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        alerts,
        budget,
        waiting_total: plan.as_ref().map(|plan| plan.total.to_string()).unwrap_or_default(),
        waiting: ready.iter().map(waiting_row).collect(),
        left_out: plan.iter().flat_map(|plan| &plan.left_out).map(|(code, why)| Fact::new(code, why)).collect(),
        plan_note: plan.as_ref().map(plan_note).unwrap_or_default(),
        seal: plan.as_ref().map(|plan| plan.seal.clone()).unwrap_or_default(),
        undecided,
        can_decree: finance && plan.as_ref().is_some_and(|plan| plan.missing == 0),
        decrees,
    })
}

/// The next decree as it would be locked now; none for a role that locks none, and in a year without a line.
fn planned(site: &Site, staff: &Staff) -> Result<Option<DecreePlan>, Problem> {
    match plan_decree(&site.desk, &staff.actor) {
        Ok(plan) => Ok(Some(plan)),
        Err(Refusal::NotYourRole | Refusal::NoBudget(_)) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

fn plan_note(plan: &DecreePlan) -> String {
    let cut_off = plan.cut_off.map(|on| format!("Yang disetujui setelah {} masuk SK berikutnya.", long_date(on)));
    let missing =
        (plan.missing > 0 && !plan.ready.is_empty()).then(|| format!("SK dibentuk bila {} permohonan lagi sudah terkumpul.", plan.missing));
    [cut_off, missing].into_iter().flatten().collect::<Vec<_>>().join(" ")
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

/// What waits for the head of agency, each with the way to its page.
pub fn undecided(conn: &mut DbConn, staff: &Staff) -> Result<Vec<Link>, StoreError> {
    let office = &staff.actor.office;
    let mut links = Vec::new();
    for one in amendments::all(conn, office)?.into_iter().filter(|one| one.outcome == Outcome::Proposed) {
        let number = decrees::load(conn, office, &one.decree_id)?.number;
        let (href, value) = (format!("/keuangan/perubahan/{}", one.id), format!("{} baris", one.rows.len()));
        links.push(Link { href, label: format!("Usulan perubahan SK {number}"), value });
    }
    for one in annulments::open(conn, office)? {
        let code = claims::code_of(conn, &one.claim_id)?;
        let (href, value) = (format!("/permohonan/{code}/pembatalan"), one.ground.label().to_owned());
        links.push(Link { href, label: format!("Pembatalan permohonan {code}"), value });
    }
    Ok(links)
}

fn decree_views(conn: &mut DbConn, staff: &Staff, attempt: &FinanceAttempt) -> Result<Vec<DecreeView>, StoreError> {
    let office = &staff.actor.office;
    let orders = orders::all(conn, office)?;
    let decrees = decrees::all(conn, office)?;
    let dead = payee_alerts::open(conn, &staff.actor)?;
    let view = |decree: &Decree| {
        let own: Vec<&Order> = orders.iter().filter(|o| o.decree_id.as_deref() == Some(decree.id.as_str())).collect();
        let view = decree_view(conn, staff, decree, &own, attempt)?;
        let amends = decree.amends.as_ref().and_then(|id| decrees.iter().find(|base| base.id == *id));
        let amended = decrees.iter().filter(|other| other.amends.as_deref() == Some(decree.id.as_str())).count();
        let remark = match amends {
            Some(base) => format!("Mengubah SK {}.", base.number),
            None if amended > 0 => format!("Sudah diubah {amended} kali; yang tertulis di sini yang berlaku sekarang."),
            None => String::new(),
        };
        Ok(DecreeView { payees_dead: payees_dead(decree, &dead, attempt), remark, ..view })
    };
    decrees.iter().map(view).collect()
}

/// Codes on a decree that need a word before money goes out.
fn payees_dead(decree: &Decree, dead: &[PayeeAlert], attempt: &FinanceAttempt) -> String {
    let own = dead.iter().filter(|alert| decree.standing().any(|item| item.claim_id == alert.claim_id));
    let codes: Vec<&str> = own.map(|alert| alert.claim_code.as_str()).collect();
    let asked = attempt.decree_id == decree.id && attempt.errors.is_empty();
    if codes.is_empty() && asked { "Lihat pesan di atas.".to_owned() } else { codes.join(", ") }
}

fn decree_view(
    conn: &mut DbConn,
    staff: &Staff,
    decree: &Decree,
    orders: &[&Order],
    attempt: &FinanceAttempt,
) -> Result<DecreeView, StoreError> {
    let may_read = |kind: &str| LetterKind::parse(kind).is_none_or(|kind| kind.may_read(staff.actor.role));
    let files = letters::of_decree(conn, &decree.id)?.iter().filter(|l| may_read(&l.kind)).map(|l| letter_file(&l.id, &l.kind)).collect();
    let living = orders.iter().find(|order| order.state != OrderState::Cancelled);
    let finance = staff.actor.role == Role::Finance;
    let typed = attempt.decree_id == decree.id;
    let (text, tone) = match (decree.signed_on, living) {
        (None, _) => ("Terkunci, menunggu tanda tangan", Tone::Moving),
        (Some(_), None) if decree.amends.is_some() => ("Perubahan, sudah ditandatangani", Tone::Plain),
        (Some(_), None) => ("Menunggu perintah bayar", Tone::Moving),
        (Some(_), Some(order)) if order.state == OrderState::Closed => ("Selesai dibayar", Tone::Good),
        (Some(_), Some(_)) => ("Sedang dibayar", Tone::Moving),
    };
    let listed = |decree: &Decree| match &decree.amends {
        Some(_) => (decree.items.len(), decree.total),
        None => (decree.standing().count(), decree.standing_total().unwrap_or_default()),
    };
    let (items, total) = listed(decree);
    let can_amend = finance && decree.signed_on.is_some() && decree.amends.is_none() && decree.standing().next().is_some();
    Ok(DecreeView {
        remark: String::new(),
        amend_href: if can_amend { format!("/keuangan/sk/{}/perubahan", decree.id) } else { String::new() },
        id: decree.id.clone(),
        number: decree.number.clone(),
        chip: Chip::new(text, tone),
        date: long_date(decree.decreed_on),
        items: i64::try_from(items).unwrap_or(i64::MAX),
        total: total.to_string(),
        files,
        can_sign: finance && decree.signed_on.is_none(),
        sign_key: format!("tanggal_{}", decree.id),
        typed_date: if typed { attempt.date.clone() } else { String::new() },
        can_order: finance && decree.signed_on.is_some() && decree.amends.is_none() && living.is_none(),
        payees_dead: String::new(),
        reason_key: format!("alasan_{}", decree.id),
        typed_reason: if typed { attempt.reason.clone() } else { String::new() },
        orders: orders.iter().map(|order| order_link(order)).collect(),
    })
}

fn order_link(order: &Order) -> OrderLink {
    OrderLink {
        href: format!("/keuangan/perintah/{}", order.id),
        number: order.number.clone(),
        remark: format!("{} · {} penerima · {}", long_date(order.ordered_on), order.items.len(), order.total),
        chip: chip_of_order(order.state),
    }
}

fn letter_file(id: &str, kind: &str) -> Link {
    let label = LetterKind::parse(kind).map_or("Surat", LetterKind::label);
    Link { href: format!("/surat/{id}"), label: format!("{label} (PDF)"), value: String::new() }
}
