//! The budget through the year as its page shows it.

use chrono::{Datelike, NaiveDate};

use crate::domain::access::Role;
use crate::domain::budget::forecast::PlaceOutlook;
use crate::domain::budget::{YearAct, YearActState};
use crate::domain::calendar::{long_date, long_date_time, month_name, wib_date};
use crate::domain::claim::State;
use crate::domain::ledger::Account;
use crate::domain::money::Rupiah;
use crate::domain::payment::hand;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::Claim;
use crate::store::money::budget::Revision;
use crate::store::money::programme::Period;
use crate::store::money::year_acts::OnYear;
use crate::store::{DbConn, StoreError, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{AskedBox, DocumentRow, LineBox, MoneyRow, PlaceRow, WaitingBox, Written, YearEndBox, YearPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::web::views::flash;
use crate::web::views::forecast::forecast_view;
use crate::workflow::money::{LineView, Overview, Place, SOURCES, Sums, overview, plan_year_end, suspension, waiting_list};
use crate::workflow::{Pack, Refusal};

/// An act that did not go through, or whose outcome needs more than a sentence.
#[derive(Debug, Clone, Default)]
pub struct YearAttempt {
    /// Year asked for; none = this one.
    pub year: Option<i32>,
    /// What was typed.
    pub typed: Written,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// What came of it, line by line.
    pub told: Vec<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn year_page(site: &Site, staff: &Staff, attempt: &YearAttempt) -> Result<YearPage, Problem> {
    let this_year = site.today().year();
    let year = attempt.year.unwrap_or(this_year);
    let seen = overview(&site.desk, &staff.actor.office, year)?;
    let end = year_end(site, staff, &seen)?;
    let role = staff.actor.role;
    let several = seen.lines.len() > 1;
    Ok(YearPage {
        shell: site.shell_for(staff, format!("Anggaran {year}")).at("/anggaran").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        told: attempt.told.clone(),
        year,
        years: seen.years.iter().filter(|other| **other != year).map(|other| year_link(*other)).collect(),
        suspended: seen.suspension.as_ref().map(|suspended| suspended.notice.clone()).unwrap_or_default(),
        lines: seen.lines.iter().map(|view| line_box(view, role)).collect(),
        total: if several { money_rows(&seen.total) } else { Vec::new() },
        forecast: (year == this_year && !seen.lines.is_empty()).then(|| forecast_view(&seen.total.forecast)),
        waiting: WaitingBox {
            places: seen.waiting.places.iter().map(|place| place_row(place, &seen)).collect(),
            note: waiting_note(&seen),
            can_release: role == Role::Approver && seen.suspension.is_none() && seen.waiting.payable() > 0,
            announced: announced(&seen),
        },
        can_finance: role == Role::Finance,
        sources: SOURCES.iter().map(|source| Choice::new(*source, *source)).collect(),
        can_programme: role == Role::Approver,
        is_suspended: seen.periods.iter().any(|period| period.is_ahead_of(seen.today)),
        periods: seen.periods.iter().map(|period| period_fact(period, seen.today)).collect(),
        end,
        typed: attempt.typed.clone(),
    })
}

fn year_link(year: i32) -> Link {
    Link { href: format!("/anggaran?tahun={year}"), label: format!("Tahun {year}"), value: String::new() }
}

fn line_box(view: &LineView, role: Role) -> LineBox {
    let line = &view.line;
    let (ceiling, remaining) = (view.sums.position.ceiling.whole(), view.sums.position.remaining.whole());
    let used = ceiling.checked_sub(remaining).and_then(|used| used.checked_mul(100)).and_then(|used| used.checked_div(ceiling));
    let chip = match (line.open, view.sums.warning) {
        (false, _) => Chip::new("Ditutup", Tone::Plain),
        (true, true) => Chip::new(format!("Pemakaian melewati {} %", line.soft_limit_percent), Tone::Attention),
        (true, false) => Chip::new("Terbuka", Tone::Good),
    };
    LineBox {
        id: line.id.clone(),
        title: format!("{} {} {}", line.source, line.account_code, line.name),
        chip,
        rows: money_rows(&view.sums),
        used_percent: used.unwrap_or_default(),
        soft_limit: format!("{} %", line.soft_limit_percent),
        documents: view.revisions.iter().map(document_row).collect(),
        can_revise: role == Role::Finance && line.open,
        keys: ["dokumen", "tanggal", "pagu", "alasan"].map(|field| format!("{field}_{}", line.id)),
        limit_keys: ["batas", "alasan_batas"].map(|field| format!("{field}_{}", line.id)),
    }
}

/// Every place with money, and the ceiling as their sum.
fn money_rows(sums: &Sums) -> Vec<MoneyRow> {
    let row = |label: &str, amount: Rupiah, is_sum| MoneyRow { label: label.to_owned(), amount: amount.to_string(), is_sum };
    let always = [Account::Free, Account::Committed, Account::Decreed, Account::Paid];
    let shown = |account: &Account| always.contains(account) || sums.balances.holds(*account) > Rupiah::ZERO;
    let places = Account::ALL.into_iter().filter(|account| *account != Account::Appropriation).filter(shown);
    let mut rows: Vec<MoneyRow> = places.map(|account| row(account.label(), sums.balances.holds(account), false)).collect();
    rows.push(row("Pagu", sums.position.ceiling, true));
    if sums.taken_over > Rupiah::ZERO {
        rows.push(row("Di antaranya saldo awal: janji dari tahun lalu", sums.taken_over, false));
    }
    rows
}

fn document_row(revision: &Revision) -> DocumentRow {
    let amount = Rupiah::new(revision.change.saturating_abs()).unwrap_or_default();
    DocumentRow {
        document: revision.document.clone(),
        date: long_date(revision.dated_on),
        change: format!("{}{amount}", if revision.change < 0 { "−" } else { "+" }),
        reason: revision.reason.clone(),
    }
}

fn place_row(place: &Place, seen: &Overview) -> PlaceRow {
    let claim = &place.claim;
    PlaceRow {
        place: format!("{} dari {}", place.number, seen.waiting.places.len()),
        code: claim.code.clone(),
        deceased: claim.content.deceased.name.to_string(),
        village: village_name(&claim.village),
        filed: long_date(claim.filed_on),
        expected: if seen.suspension.is_some() { AFTER_SUSPENSION.to_owned() } else { expected(place.outlook) },
        amount: claim.amount.to_string(),
    }
}

/// What a waiting family is told while the programme stands still.
const AFTER_SUSPENSION: &str = "setelah program dibuka kembali";

/// When money is expected, in words.
fn expected(outlook: PlaceOutlook) -> String {
    match outlook {
        PlaceOutlook::InMonth(month) => format!("perkiraan {} {}", month_name(month), month.year()),
        PlaceOutlook::NoRevision => "menunggu anggaran tambahan".to_owned(),
        PlaceOutlook::BeyondRevision => "menunggu anggaran setelah perubahan yang diumumkan".to_owned(),
    }
}

/// The place of a claim that waits for money, and when it is expected; none for a claim that does not wait.
///
/// # Errors
/// [`StoreError`].
pub fn place_words(conn: &mut DbConn, pack: &Pack, claim: &Claim, today: NaiveDate) -> Result<Option<String>, StoreError> {
    if claim.state != State::Waiting {
        return Ok(None);
    }
    let list = waiting_list(conn, pack, &claim.office, today)?;
    let Some(place) = list.of(&claim.id) else { return Ok(None) };
    let suspended = suspension(conn, pack, &claim.office, today)?.is_some();
    let when = if suspended { AFTER_SUSPENSION.to_owned() } else { expected(place.outlook) };
    Ok(Some(format!("urutan {} dari {}, {when}", place.number, list.places.len())))
}

fn waiting_note(seen: &Overview) -> String {
    let waiting = &seen.waiting;
    if waiting.places.is_empty() {
        return String::new();
    }
    let payable = match waiting.payable() {
        0 => "Uangnya belum tersedia.".to_owned(),
        n => format!("Pagu sekarang cukup untuk {n} teratas."),
    };
    format!(
        "{} permohonan menunggu {}. {payable} Urutannya menurut tanggal pengajuan dan tidak dapat dilompati.",
        waiting.places.len(),
        waiting.amount
    )
}

fn announced(seen: &Overview) -> String {
    let Some(announced) = seen.announced else { return String::new() };
    let added = announced.added.map_or_else(|| "besarnya belum diketahui".to_owned(), |added| format!("tambahan {added}"));
    format!("Perubahan anggaran diperkirakan berlaku {}, {added}.", long_date(announced.on))
}

fn period_fact(period: &Period, today: NaiveDate) -> Fact {
    let until = period.until.map_or_else(|| "seterusnya".to_owned(), long_date);
    let now = match &period.resumed {
        Some(resumed) => format!(" Dibuka kembali {}: {}", long_date(resumed.on), resumed.reason),
        None if period.holds(today) => " Sedang berlaku.".to_owned(),
        None => String::new(),
    };
    Fact::new(
        format!("{} sampai {until}", long_date(period.from)),
        format!("{} Alasan: {}.{now}", period.notice, period.reason.trim_end_matches('.')),
    )
}

fn year_end(site: &Site, staff: &Staff, seen: &Overview) -> Result<YearEndBox, Problem> {
    let finance = staff.actor.role == Role::Finance;
    let any_open = seen.lines.iter().any(|view| view.line.open);
    let in_time = seen.closes_from.is_some_and(|from| from <= seen.today);
    let asked = seen.acts.iter().find(|act| act.state == YearActState::Proposed);
    let waits = asked.is_some();
    let mut end = YearEndBox {
        rule: format!("Aturan kantor ini: {}.", seen.carry_over.label()),
        can_close: finance && any_open && in_time && !waits,
        can_reopen: finance && !any_open && !seen.lines.is_empty() && !waits,
        ..YearEndBox::default()
    };
    if any_open && !in_time {
        end.first = seen.closes_from.map(|from| format!("Dapat ditutup mulai {}.", long_date(from))).unwrap_or_default();
    } else if any_open {
        match plan_year_end(&site.desk, &staff.actor.office, seen.year) {
            Ok(plan) => {
                end.preview = vec![
                    Fact::new("Dilanjutkan ke tahun berikutnya", format!("{} untuk {} permohonan", plan.carried_amount, plan.carried)),
                    Fact::new("Masuk daftar tunggu tahun baru", format!("{} permohonan, {}", plan.waits, plan.waits_amount)),
                    Fact::new("Tidak terpakai", plan.lapses.to_string()),
                ];
                end.seal = plan.seal;
            }
            Err(Refusal::Budget(words)) => end.first = words,
            Err(other) => return Err(other.into()),
        }
    }
    site.desk.store.read(|conn| {
        end.acts =
            seen.acts.iter().filter(|act| act.state != YearActState::Proposed).map(|act| done(conn, act)).collect::<Result<_, _>>()?;
        end.asked = asked.map(|act| asked_box(conn, staff, act)).transpose()?;
        Ok::<_, Problem>(())
    })?;
    Ok(end)
}

fn done(conn: &mut DbConn, act: &OnYear) -> Result<Fact, StoreError> {
    let first = users::by_id(conn, &act.proposed_by)?.actor.name;
    let second = act.decided_by.as_ref().map(|by| users::by_id(conn, by)).transpose()?.map(|account| account.actor.name);
    let when = act.decided_at.map(|at| long_date(wib_date(at))).unwrap_or_default();
    let (second, state) = (second.unwrap_or_default(), act.state.label().to_lowercase());
    let outcome = if act.outcome.is_empty() { String::new() } else { format!(" {}.", act.outcome) };
    Ok(Fact::new(
        act.act.label(),
        format!("{state} {when} oleh {second}, diajukan {first}: {}.{outcome}", act.reason.trim_end_matches('.')),
    ))
}

fn asked_box(conn: &mut DbConn, staff: &Staff, act: &OnYear) -> Result<AskedBox, StoreError> {
    let first = users::by_id(conn, &act.proposed_by)?.actor;
    let finance = staff.actor.role == Role::Finance;
    Ok(AskedBox {
        id: act.id.clone(),
        label: match act.act {
            YearAct::Close => "Tutup tahun anggaran",
            YearAct::Reopen => "Buka kembali tahun anggaran",
        },
        can_confirm: finance && !staff.actor.is_same_person(&hand(&first.id, first.nik.clone())),
        can_withdraw: finance,
        facts: vec![
            Fact::new("Diajukan", format!("{}, {}", first.name, long_date_time(act.proposed_at))),
            Fact::new("Alasan", &act.reason),
        ],
    })
}
