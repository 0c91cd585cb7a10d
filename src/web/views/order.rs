//! A payment order as its page shows it.

use crate::domain::access::Role;
use crate::domain::calendar::{long_date, long_date_time};
use crate::domain::letter::LetterKind;
use crate::domain::payment::{ItemState, OrderState, OrderStep, PaperKind, TreasuryPaper, masked_account};
use crate::exchange::claim_form::FieldErrors;
use crate::store::money::bank_files::{self, BankFile};
use crate::store::money::items::Item;
use crate::store::money::orders::{self, Mark, Order};
use crate::store::money::papers;
use crate::store::{DbConn, StoreError, claims, letters, payee_alerts, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{OrderPage, PaymentRow};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::flash;
use crate::web::views::words::why_returned;

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct OrderAttempt {
    /// Step that was tried.
    pub step: String,
    /// Reason as typed.
    pub reason: String,
    /// Kind of paper as chosen.
    pub kind: String,
    /// Number as typed.
    pub number: String,
    /// Date as typed.
    pub date: String,
    /// Value as typed.
    pub value: String,
    /// What became of a payment, as chosen.
    pub answer: String,
    /// Payment, day, bank's reason and evidence of an answer, as typed.
    pub typed_answer: [String; 4],
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page of one order.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn order_page(site: &Site, staff: &Staff, id: &str, attempt: &OrderAttempt) -> Result<OrderPage, Problem> {
    site.desk.store.read(|conn| {
        let order = orders::load(conn, &staff.actor.office, id)?;
        let recorded = papers::of_order(conn, id)?;
        let payees_dead = payees_dead(conn, staff, &order)?;
        let steps = Steps::of(staff, &order);
        let [typed_item, typed_on, typed_why, typed_evidence] = attempt.typed_answer.clone();
        Ok(OrderPage {
            shell: site
                .shell_for(staff, format!("Perintah bayar {}", order.number))
                .at("/keuangan")
                .with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            id: order.id.clone(),
            version: order.version,
            chip: chip_of_order(order.state),
            facts: facts(conn, &order)?,
            papers: recorded.iter().map(paper_fact).collect(),
            paper_kinds: paper_kinds(staff, &order, &recorded, attempt),
            typed_number: attempt.number.clone(),
            typed_date: attempt.date.clone(),
            typed_value: if attempt.value.is_empty() { order.total.to_string() } else { attempt.value.clone() },
            open_items: open_items(staff, &order),
            answers: answers(attempt),
            typed_item,
            typed_on,
            typed_why,
            typed_evidence,
            step: steps.next,
            can_cancel: steps.cancel,
            waits_for: steps.waits_for,
            payees_dead,
            typed_reason: if attempt.reason.is_empty() { order.reason.clone() } else { attempt.reason.clone() },
            payments: payment_rows(conn, &order)?,
            letters: letter_links(conn, staff, &order)?,
            files: bank_files::of_order(conn, id)?.iter().map(|file| file_link(id, file)).collect(),
            can_fetch: staff.actor.role == Role::Finance,
        })
    })
}

/// Which steps are this person's now.
struct Steps {
    next: &'static str,
    cancel: bool,
    waits_for: String,
}

impl Steps {
    fn of(staff: &Staff, order: &Order) -> Self {
        let finance = staff.actor.role == Role::Finance;
        let mine = |mark: &Mark| mark.by == staff.actor.id;
        let had_a_hand = mine(&order.made) || order.checked.as_ref().is_some_and(mine);
        let open = order.items.iter().filter(|item| matches!(item.state, ItemState::Ordered | ItemState::Sent)).count();
        let (next, waits_for) = match order.state {
            OrderState::Made if finance && !had_a_hand => ("check", ""),
            OrderState::Checked if finance && !had_a_hand => ("release", ""),
            OrderState::Made => ("", "Menunggu orang kedua di bagian keuangan memeriksa perintah ini."),
            OrderState::Checked => ("", "Menunggu orang ketiga di bagian keuangan melepas perintah ini."),
            OrderState::Released if finance && open == 0 => ("close", ""),
            OrderState::Released | OrderState::Closed | OrderState::Cancelled => ("", ""),
        };
        let waits_for = match order.state {
            OrderState::Released if open > 0 => {
                format!("Belum dapat ditutup: {open} pembayaran belum ada jawabannya dari bank atau loket.")
            }
            _ => waits_for.to_owned(),
        };
        Self { next, cancel: finance && order.state.next(OrderStep::Cancel).is_some(), waits_for }
    }
}

/// Transfers without an answer, for recording one by hand.
fn open_items(staff: &Staff, order: &Order) -> Vec<Choice> {
    if staff.actor.role != Role::Finance || order.state != OrderState::Released {
        return Vec::new();
    }
    let open = order.items.iter().filter(|item| item.state == ItemState::Sent);
    // The version goes along: somebody else may record the bank's answer meanwhile.
    open.map(|item| Choice::new(format!("{} {}", item.id, item.version), format!("{}, {}", item.reference, item.payee))).collect()
}

fn answers(attempt: &OrderAttempt) -> Vec<Choice> {
    let ways = [("diterima", "Sudah diterima"), ("kembali", "Kembali (retur)")];
    let chosen = if attempt.answer.is_empty() { "diterima" } else { attempt.answer.as_str() };
    ways.into_iter().map(|(value, label)| Choice { checked: value == chosen, ..Choice::new(value, label) }).collect()
}

/// Where an order stands, in colour.
pub fn chip_of_order(state: OrderState) -> Chip {
    let tone = match state {
        OrderState::Made | OrderState::Checked | OrderState::Released => Tone::Moving,
        OrderState::Closed => Tone::Good,
        OrderState::Cancelled => Tone::Plain,
    };
    Chip::new(state.label(), tone)
}

/// Where a payment stands, in colour.
pub fn chip_of_item(state: ItemState) -> Chip {
    let tone = match state {
        ItemState::Ordered | ItemState::Sent => Tone::Moving,
        ItemState::Paid => Tone::Good,
        ItemState::Returned | ItemState::Recovering => Tone::Attention,
        ItemState::Replaced | ItemState::Deposited | ItemState::Cancelled | ItemState::Recovered => Tone::Plain,
    };
    Chip::new(state.label(), tone)
}

fn facts(conn: &mut DbConn, order: &Order) -> Result<Vec<Fact>, StoreError> {
    let by_bank = order.items.iter().filter(|item| item.account.is_some()).count();
    let cash = order.items.len().saturating_sub(by_bank);
    let mut facts = vec![
        Fact::new("Tanggal", long_date(order.ordered_on)),
        Fact::new("Jumlah", format!("{} untuk {} penerima", order.total, order.items.len())),
        Fact::new("Cara bayar", format!("{by_bank} lewat bank, {cash} tunai")),
    ];
    let marks = [
        ("Dibuat", Some(&order.made)),
        ("Diperiksa", order.checked.as_ref()),
        ("Dilepas", order.released.as_ref()),
        ("Ditutup", order.closed.as_ref()),
        ("Dibatalkan", order.cancelled.as_ref()),
    ];
    for (label, mark) in marks {
        let Some(mark) = mark else { continue };
        let name = users::by_id(conn, &mark.by)?.actor.name;
        facts.push(Fact::new(label, format!("{name}, {}", long_date_time(mark.at))));
    }
    if order.state == OrderState::Cancelled {
        facts.push(Fact::new("Alasan", &order.reason));
    }
    Ok(facts)
}

fn paper_fact(paper: &TreasuryPaper) -> Fact {
    Fact::new(paper.kind.label(), format!("{}, {}, {}", paper.number, long_date(paper.dated_on), paper.value))
}

/// Kinds not recorded yet, while the order goes on.
fn paper_kinds(staff: &Staff, order: &Order, recorded: &[TreasuryPaper], attempt: &OrderAttempt) -> Vec<Choice> {
    if staff.actor.role != Role::Finance || matches!(order.state, OrderState::Cancelled | OrderState::Closed) {
        return Vec::new();
    }
    let open: Vec<PaperKind> = PaperKind::ALL.into_iter().filter(|kind| !recorded.iter().any(|paper| paper.kind == *kind)).collect();
    let chosen = PaperKind::parse(&attempt.kind).or_else(|| open.first().copied());
    open.into_iter().map(|kind| Choice { checked: chosen == Some(kind), ..Choice::new(kind.code(), kind.label()) }).collect()
}

fn payees_dead(conn: &mut DbConn, staff: &Staff, order: &Order) -> Result<String, StoreError> {
    if !matches!(order.state, OrderState::Made | OrderState::Checked) {
        return Ok(String::new());
    }
    let alerts = payee_alerts::open(conn, &staff.actor)?;
    let own = alerts.iter().filter(|alert| order.items.iter().any(|item| item.claim_id == alert.claim_id));
    Ok(own.map(|alert| alert.claim_code.as_str()).collect::<Vec<_>>().join(", "))
}

fn payment_rows(conn: &mut DbConn, order: &Order) -> Result<Vec<PaymentRow>, StoreError> {
    order.items.iter().map(|item| Ok(payment_row(&claims::by_id(conn, &item.claim_id)?.code, item))).collect()
}

fn payment_row(code: &str, item: &Item) -> PaymentRow {
    let mut remarks = Vec::new();
    if !item.receipt_number.is_empty() {
        remarks.push(format!("kuitansi {}", item.receipt_number));
    }
    if let Some(on) = item.paid_on {
        remarks.push(format!("diterima {}", long_date(on)));
    }
    if let Some(on) = item.returned_on {
        let why = why_returned(&item.return_code);
        remarks.push(format!("kembali {}: {why}", long_date(on)));
    }
    PaymentRow {
        code: code.to_owned(),
        payee: item.payee.clone(),
        method: item.account.as_ref().map_or_else(|| "Tunai".to_owned(), |(bank, number, _)| format!("{bank} {}", masked_account(number))),
        amount: item.amount.to_string(),
        chip: chip_of_item(item.state),
        remark: remarks.join(" · "),
    }
}

fn letter_links(conn: &mut DbConn, staff: &Staff, order: &Order) -> Result<Vec<Link>, StoreError> {
    let own = letters::of_order(conn, &order.id)?;
    let own = own.iter().filter(|letter| letter.kind == LetterKind::PerintahBayar.code());
    let link = |href: String, label: String| Link { href, label, value: String::new() };
    let mut links: Vec<Link> =
        own.map(|letter| link(format!("/surat/{}", letter.id), format!("{} (PDF)", LetterKind::PerintahBayar.label()))).collect();
    let of_decree = order.decree_id.as_ref().map(|id| letters::of_decree(conn, id)).transpose()?.unwrap_or_default();
    let lists = of_decree.iter().filter_map(|letter| Some((letter, LetterKind::parse(&letter.kind)?)));
    let lists = lists.filter(|(_, kind)| matches!(kind, LetterKind::Nominatif | LetterKind::NominatifSamar));
    let readable = lists.filter(|(_, kind)| kind.may_read(staff.actor.role));
    links.extend(readable.map(|(letter, kind)| link(format!("/surat/{}", letter.id), format!("{} (PDF)", kind.label()))));
    links.push(link(format!("/keuangan/perintah/{}/surat", order.id), "Semua surat (PDF)".to_owned()));
    links.push(link(format!("/keuangan/spj/perintah/{}", order.id), "Bukti SPJ".to_owned()));
    if matches!(staff.actor.role, Role::Finance | Role::Auditor) {
        links.push(link(format!("/keuangan/perintah/{}/bundel", order.id), "Bundel pemeriksaan (zip)".to_owned()));
    }
    Ok(links)
}

fn file_link(order_id: &str, file: &BankFile) -> Link {
    let fetched = match file.downloads {
        0 => "belum diambil".to_owned(),
        n => format!("sudah diambil {n} kali"),
    };
    Link {
        href: format!("/keuangan/perintah/{order_id}/bank/{}", file.name),
        label: file.name.clone(),
        value: format!("{} baris, {fetched}", file.items),
    }
}
