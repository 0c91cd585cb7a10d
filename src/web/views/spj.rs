//! The treasurer's evidence as its pages show it.

use chrono::Datelike;

use super::cash::signatory;
use super::flash;
use crate::domain::access::Role;
use crate::domain::calendar::{long_date, month_name, wib_date};
use crate::domain::office::SigningRole;
use crate::domain::payment::ItemState;
use crate::domain::payment::spj::{Attached, Cure, Difference, Line, OrderSpj, PaymentSpj, Spj, SpjTotals, Standing};
use crate::exchange::claim_form::FieldErrors;
use crate::store::money::items::{self, Item};
use crate::store::money::spj::{self as evidence, SpjPaper};
use crate::store::money::{decrees, orders};
use crate::store::{StoreError, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{SpjLineRow, SpjOrderPage, SpjOrderRow, SpjPage, SpjPaymentPage, SpjPaymentRow, SpjSums};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::workflow::money::{SpjScope, spj};

/// Payments on one page of a list.
const PER_PAGE: usize = 50;
/// Incomplete payments shown over several orders.
const SHOWN_MAX: usize = 100;

/// What the page is asked for.
#[derive(Debug, Clone, Default)]
pub struct SpjRequest {
    /// Fiscal year; this one without an answer.
    pub year: Option<i32>,
    /// Month of release.
    pub month: Option<u32>,
    /// Decree, by its id.
    pub decree: Option<String>,
    /// Only what is missing.
    pub only_missing: bool,
    /// Page of a list, from 1.
    pub page: usize,
}

impl SpjRequest {
    /// What the report is about.
    pub fn scope(&self, site: &Site) -> SpjScope {
        let year = self.year.unwrap_or_else(|| site.today().year());
        match (&self.decree, self.month) {
            (Some(decree), _) => SpjScope::Decree(decree.clone()),
            (None, Some(month)) => SpjScope::Month(year, month),
            (None, None) => SpjScope::Year(year),
        }
    }

    fn query(&self, year: i32) -> String {
        let month = self.month.map(|month| month.to_string()).unwrap_or_default();
        format!("tahun={year}&bulan={month}&sk={}", self.decree.as_deref().unwrap_or_default())
    }
}

/// The page over orders.
///
/// # Errors
/// [`Problem`] of the database; not found for a decree nobody knows.
pub fn spj_page(site: &Site, staff: &Staff, request: &SpjRequest) -> Result<SpjPage, Problem> {
    let report = spj(&site.desk, &staff.actor, &request.scope(site))?;
    let pack = site.pack()?;
    let year = request.year.unwrap_or_else(|| site.today().year());
    let decrees = site.desk.store.read(|conn| decrees::all(conn, &staff.actor.office))?;
    let is_chosen = |id: &String| request.decree.as_ref() == Some(id);
    let incomplete: Vec<SpjPaymentRow> = if request.only_missing {
        report.orders.iter().flat_map(|order| order.payments.iter().map(move |p| (order, p))).filter(|(_, p)| lacks(p)).map(row).collect()
    } else {
        Vec::new()
    };
    Ok(SpjPage {
        shell: site.shell_for(staff, "SPJ bendahara").at("/keuangan"),
        year: year.to_string(),
        months: months(request.month),
        decrees: decrees
            .into_iter()
            .filter(|decree| decree.amends.is_none())
            .map(|decree| Choice { checked: is_chosen(&decree.id), ..Choice::new(&decree.id, format!("SK {}", decree.number)) })
            .collect(),
        only_missing: request.only_missing,
        sums: sums(&report.totals),
        orders: report.orders.iter().map(|order| order_row(order, request.only_missing)).collect(),
        more: incomplete.len().saturating_sub(SHOWN_MAX),
        payments: incomplete.into_iter().take(SHOWN_MAX).collect(),
        downloads: downloads(&report, &request.query(year)),
        signatories: [SigningRole::HeadOfAgency, SigningRole::Treasurer].map(|role| signatory(site, &pack, role)).to_vec(),
        scope: report.scope,
    })
}

fn months(chosen: Option<u32>) -> Vec<Choice> {
    let first = |month| chrono::NaiveDate::from_ymd_opt(2000, month, 1);
    let choice =
        |(month, on): (u32, chrono::NaiveDate)| Choice { checked: chosen == Some(month), ..Choice::new(month.to_string(), month_name(on)) };
    (1..=12).filter_map(|month| Some((month, first(month)?))).map(choice).collect()
}

fn downloads(report: &Spj, query: &str) -> Vec<Link> {
    if report.orders.is_empty() {
        return Vec::new();
    }
    let link = |form: &str, label: &str| Link {
        href: format!("/keuangan/spj/unduh?{query}&bentuk={form}"),
        label: label.to_owned(),
        value: String::new(),
    };
    vec![link("xlsx", "Unduh Excel"), link("csv", "Unduh CSV")]
}

fn sums(totals: &SpjTotals) -> SpjSums {
    SpjSums {
        chip: complete_chip("Bukti lengkap", (totals.complete, totals.payments)),
        facts: vec![
            Fact::new("SP2D", totals.sp2d.to_string()),
            Fact::new("Diterima ahli waris", totals.received.to_string()),
            Fact::new("Disetor ke kas daerah", totals.deposited.to_string()),
        ],
        differences: totals.differences.iter().map(Difference::sentence).collect(),
    }
}

fn complete_chip(what: &str, (complete, all): (usize, usize)) -> Chip {
    Chip::new(format!("{what} {complete} dari {all}"), if complete == all { Tone::Good } else { Tone::Attention })
}

fn order_row(order: &OrderSpj, only_missing: bool) -> SpjOrderRow {
    let filter = if only_missing { "?kurang=1" } else { "" };
    SpjOrderRow {
        href: format!("/keuangan/spj/perintah/{}{filter}", order.id),
        number: order.number.clone(),
        remark: format!("{} · {}", long_date(order.ordered_on), order.state.to_lowercase()),
        amount: order.totals.sp2d.to_string(),
        chip: complete_chip("Lengkap", order.complete()),
        missing: order.missing().map(|line| gap(line, order, None)).collect(),
    }
}

fn lacks(payment: &PaymentSpj) -> bool {
    payment.missing().next().is_some()
}

fn row((order, payment): (&OrderSpj, &PaymentSpj)) -> SpjPaymentRow {
    let missing: Vec<Link> = payment.missing().map(|line| gap(line, order, Some(payment))).collect();
    SpjPaymentRow {
        href: format!("/keuangan/spj/bayar/{}", payment.id),
        payee: payment.payee.clone(),
        remark: format!("{} · {} · {}", payment.claim, if payment.is_cash { "tunai" } else { "bank" }, payment.order),
        amount: payment.amount.to_string(),
        state: payment.state.to_owned(),
        chip: complete_chip("Bukti", (payment.lines.len().saturating_sub(missing.len()), payment.lines.len())),
        missing,
    }
}

/// Something that is missing, with the address where it is put right.
fn gap(line: &Line, order: &OrderSpj, payment: Option<&PaymentSpj>) -> Link {
    let Standing::Missing { words, cure } = &line.standing else { return Link::default() };
    Link { href: address(*cure, order, payment), label: line.what.clone(), value: words.clone() }
}

fn address(cure: Cure, order: &OrderSpj, payment: Option<&PaymentSpj>) -> String {
    let of_order = format!("/keuangan/perintah/{}", order.id);
    match (cure, payment) {
        (Cure::Claim, Some(payment)) => format!("/permohonan/{}", payment.claim),
        (Cure::Attach, Some(payment)) => format!("/keuangan/spj/bayar/{}#lampirkan", payment.id),
        (Cure::Counter, Some(payment)) => format!("/keuangan/loket/serah/{}", payment.id),
        (Cure::Decree, _) => "/keuangan".to_owned(),
        (Cure::BankResults, _) => "/keuangan/hasil".to_owned(),
        (Cure::Returns, _) => "/keuangan/retur".to_owned(),
        (Cure::Deposits, _) => "/keuangan/loket/setor".to_owned(),
        (Cure::Order | Cure::Claim | Cure::Attach | Cure::Counter, _) => of_order,
    }
}

fn line_row(line: &Line, order: &OrderSpj, payment: Option<&PaymentSpj>) -> SpjLineRow {
    let label = line.evidence.label();
    let what = if line.what == label { label.to_owned() } else { format!("{label}: {}", line.what) };
    match &line.standing {
        Standing::There { words } => SpjLineRow { what, chip: Chip::new("Ada", Tone::Good), words: words.clone(), href: String::new() },
        Standing::Missing { words, cure } => {
            SpjLineRow { what, chip: Chip::new("Kurang", Tone::Attention), words: words.clone(), href: address(*cure, order, payment) }
        }
    }
}

/// The page of one order.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn spj_order_page(site: &Site, staff: &Staff, id: &str, request: &SpjRequest) -> Result<SpjOrderPage, Problem> {
    let report = spj(&site.desk, &staff.actor, &SpjScope::Order(id.to_owned()))?;
    let order = report.orders.first().ok_or_else(Problem::not_found)?;
    let pack = site.pack()?;
    let asked: Vec<SpjPaymentRow> =
        order.payments.iter().filter(|payment| !request.only_missing || lacks(payment)).map(|payment| row((order, payment))).collect();
    let own = format!("/keuangan/spj/perintah/{}", order.id);
    let filter = if request.only_missing { "kurang=1&" } else { "" };
    let (page, last) = (request.page.max(1), asked.len().div_ceil(PER_PAGE).max(1));
    let mut pages = Vec::new();
    if page > 1 {
        pages.push(Link { href: format!("{own}?{filter}halaman={}", page - 1), label: "Sebelumnya".to_owned(), value: String::new() });
    }
    if page < last {
        pages.push(Link {
            href: format!("{own}?{filter}halaman={}", page.saturating_add(1)),
            label: "Berikutnya".to_owned(),
            value: String::new(),
        });
    }
    Ok(SpjOrderPage {
        shell: site.shell_for(staff, format!("SPJ perintah bayar {}", order.number)).at("/keuangan"),
        order_href: format!("/keuangan/perintah/{}", order.id),
        lines: order.lines.iter().map(|line| line_row(line, order, None)).collect(),
        sums: sums(&order.totals),
        only_missing: request.only_missing,
        toggle: if request.only_missing { own.clone() } else { format!("{own}?kurang=1") },
        payments: asked.into_iter().skip(page.saturating_sub(1).saturating_mul(PER_PAGE)).take(PER_PAGE).collect(),
        pages,
        downloads: downloads(&report, &format!("perintah={}", order.id)),
        signatories: [SigningRole::HeadOfAgency, SigningRole::Treasurer].map(|role| signatory(site, &pack, role)).to_vec(),
    })
}

/// A scan that was not attached, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct AttachAttempt {
    /// Kind as chosen.
    pub kind: String,
    /// Remark as typed.
    pub note: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page of one payment.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn spj_payment_page(site: &Site, staff: &Staff, id: &str, attempt: &AttachAttempt) -> Result<SpjPaymentPage, Problem> {
    let item = site.desk.store.read(|conn| items::load(conn, &staff.actor.office, id))?;
    let report = spj(&site.desk, &staff.actor, &SpjScope::Order(item.order_id.clone()))?;
    let order = report.orders.first().ok_or_else(Problem::not_found)?;
    let payment = order.payments.iter().find(|payment| payment.id == item.id);
    let own = payment.map(|payment| payment.lines.as_slice()).unwrap_or_default();
    let lines: Vec<SpjLineRow> = order.lines.iter().chain(own).map(|line| line_row(line, order, payment)).collect();
    let there = lines.iter().filter(|line| line.href.is_empty()).count();
    let scans = site.desk.store.read(|conn| scans(conn, &item))?;
    Ok(SpjPaymentPage {
        shell: site.shell_for(staff, format!("SPJ {}", item.payee)).at("/keuangan").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        id: item.id.clone(),
        order_href: format!("/keuangan/spj/perintah/{}", order.id),
        order: site.desk.store.read(|conn| orders::number_of(conn, &item.order_id))?,
        chip: complete_chip("Bukti", (there, lines.len())),
        facts: vec![
            Fact::new("Permohonan", payment.map(|payment| payment.claim.clone()).unwrap_or_default()),
            Fact::new("Nomor pembayaran", &item.reference),
            Fact::new("Jumlah", item.amount.to_string()),
            Fact::new("Keadaan", item.state.label()),
        ],
        lines,
        scans,
        can_attach: staff.actor.role == Role::Finance && !matches!(item.state, ItemState::Ordered | ItemState::Cancelled),
        kinds: kinds(payment),
        kind: attempt.kind.clone(),
        note: attempt.note.clone(),
    })
}

fn scans(conn: &mut crate::store::DbConn, item: &Item) -> Result<Vec<Link>, StoreError> {
    let link = |conn: &mut crate::store::DbConn, paper: SpjPaper| {
        let who = users::by_id(conn, &paper.by)?.actor.name;
        let note = if paper.note.is_empty() { String::new() } else { format!(" · {}", paper.note) };
        Ok(Link {
            href: format!("/keuangan/spj/bukti/{}", paper.id),
            label: paper.kind.label().to_owned(),
            value: format!("{who}, {}{note}", long_date(wib_date(paper.at))),
        })
    };
    evidence::attached(conn, &[&item.id])?.into_iter().map(|paper| link(conn, paper)).collect()
}

/// What a scan can show: first what this payment lacks.
fn kinds(payment: Option<&PaymentSpj>) -> Vec<Choice> {
    let lacking: Vec<&str> = payment.into_iter().flat_map(PaymentSpj::missing).map(|line| line.what.as_str()).collect();
    let papers = crate::domain::claim::DocumentKind::ALL.map(Attached::Paper);
    let mut all: Vec<Attached> = Attached::OF_PAYMENT.into_iter().chain(papers).collect();
    all.sort_by_key(|kind| !lacking.iter().any(|what| what.contains(kind.label())));
    all.into_iter().map(|kind| Choice::new(kind.code(), kind.label())).collect()
}
