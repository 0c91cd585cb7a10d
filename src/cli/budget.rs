//! `santunan budget`: where the money of a year stands.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use clap::Subcommand;
use serde::Serialize;

use crate::domain::budget::forecast::{Ahead, Balance, Forecast, NoForecast};
use crate::domain::calendar::{long_date, wib_date};
use crate::domain::ledger::Account;
use crate::domain::money::Rupiah;
use crate::store::money::budget::{Line, Revision};
use crate::workflow::money::{LineView, Overview, Sums, overview};

use super::fault::CliFault;
use super::setup;

/// Lihat anggaran.
#[derive(Debug, Subcommand)]
pub enum BudgetCommand {
    /// Tampilkan posisi anggaran satu tahun: pagu, terikat, dibayar, sisa, daftar tunggu, dan perkiraan.
    Show(ShowArgs),
}

/// Anggaran satu tahun.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Tahun anggaran; bawaan: tahun ini.
    #[arg(long, value_name = "TAHUN")]
    year: Option<i32>,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a budget command.
pub fn run(command: &BudgetCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let BudgetCommand::Show(args) = command;
    let desk = setup::desk(&setup::config(config)?)?;
    let office = setup::office(&desk, args.office.as_deref())?;
    let year = args.year.unwrap_or_else(|| wib_date(desk.clock.now()).year());
    let seen = overview(&desk, &office, year)?;
    if seen.lines.is_empty() && !args.json {
        return Err(CliFault::Refused(format!("Belum ada mata anggaran untuk tahun {year}.")));
    }
    if args.json {
        let shown = Shown { office: office.as_str(), year, lines: seen.lines.iter().map(line).collect(), total: total(&seen) };
        let text = serde_json::to_string_pretty(&shown).map_err(|fault| CliFault::Environment(fault.to_string()))?;
        println!("{text}");
    } else {
        print_table(&seen);
    }
    Ok(())
}

/// The answer as JSON. Amounts are whole rupiah.
#[derive(Serialize)]
struct Shown<'a> {
    office: &'a str,
    year: i32,
    lines: Vec<Money<'a>>,
    total: Money<'a>,
}

/// One line, or all of them together.
#[derive(Serialize)]
struct Money<'a> {
    id: &'a str,
    year: i32,
    source: &'a str,
    account_code: &'a str,
    name: &'a str,
    state: &'static str,
    ceiling: i64,
    committed: i64,
    decreed: i64,
    ordered: i64,
    sent: i64,
    paid: i64,
    returned: i64,
    receivable: i64,
    back_to_treasury: i64,
    carried: i64,
    lapsed: i64,
    remaining: i64,
    /// Taken over from the year before.
    opening: i64,
    /// Where every rupiah of the ceiling lies, each in one place.
    places: BTreeMap<&'static str, i64>,
    soft_limit_percent: Option<i64>,
    warning: bool,
    revisions: Vec<Document<'a>>,
    waiting: Waiting,
    forecast: ForecastJson,
}

/// A document behind a ceiling.
#[derive(Serialize)]
struct Document<'a> {
    position: i64,
    #[serde(rename = "document")]
    name: &'a str,
    dated_on: NaiveDate,
    change: i64,
    reason: &'a str,
}

/// Who waits for the money.
#[derive(Serialize)]
struct Waiting {
    count: usize,
    amount: i64,
}

/// The day the money ends.
#[derive(Serialize, Default)]
struct ForecastJson {
    /// `ahead`, `too_little` (not enough seen) or `no_benefit`.
    status: &'static str,
    /// Claims the rest still pays.
    claims_left: u32,
    gone_since: Option<NaiveDate>,
    run_out: Option<RunOutJson>,
    year_end: Option<YearEndJson>,
    months: Vec<MonthJson>,
}

/// One chance in ten, in two, nine in ten.
#[derive(Serialize)]
struct RunOutJson {
    early: Option<NaiveDate>,
    middle: Option<NaiveDate>,
    late: Option<NaiveDate>,
    within_year_percent: u8,
}

/// Left (positive) or short (negative) on 31 December.
#[derive(Serialize)]
struct YearEndJson {
    few: i64,
    middle: i64,
    many: i64,
}

/// Asked for at the end of a month.
#[derive(Serialize)]
struct MonthJson {
    on: NaiveDate,
    low: i64,
    middle: i64,
    high: i64,
}

/// What a line is, apart from its money.
struct Head<'a> {
    id: &'a str,
    year: i32,
    source: &'a str,
    account_code: &'a str,
    name: &'a str,
    open: bool,
    soft_limit_percent: Option<i64>,
}

fn line(view: &LineView) -> Money<'_> {
    let Line { id, year, source, account_code, name, open, soft_limit_percent, .. } = &view.line;
    let head = Head { id, year: *year, source, account_code, name, open: *open, soft_limit_percent: Some(*soft_limit_percent) };
    money(&head, &view.sums, &view.revisions)
}

fn total(seen: &Overview) -> Money<'_> {
    let open = seen.lines.iter().any(|view| view.line.open);
    let head = Head { id: "total", year: seen.year, source: "", account_code: "", name: "Jumlah", open, soft_limit_percent: None };
    let mut whole = money(&head, &seen.total, &[]);
    whole.revisions = seen.lines.iter().flat_map(|view| view.revisions.iter().map(document)).collect();
    whole
}

fn money<'a>(head: &Head<'a>, sums: &Sums, revisions: &'a [Revision]) -> Money<'a> {
    let position = &sums.position;
    let places = Account::ALL.into_iter().filter(|account| *account != Account::Appropriation);
    Money {
        id: head.id,
        year: head.year,
        source: head.source,
        account_code: head.account_code,
        name: head.name,
        state: if head.open { "open" } else { "closed" },
        ceiling: position.ceiling.whole(),
        committed: position.committed.whole(),
        decreed: position.decreed.whole(),
        ordered: position.ordered.whole(),
        sent: position.sent.whole(),
        paid: position.paid.whole(),
        returned: position.returned.whole(),
        receivable: position.receivable.whole(),
        back_to_treasury: position.deposited.whole(),
        carried: position.carried.whole(),
        lapsed: position.lapsed.whole(),
        remaining: position.remaining.whole(),
        opening: sums.taken_over.whole(),
        places: places.map(|account| (account.code(), sums.balances.holds(account).whole())).collect(),
        soft_limit_percent: head.soft_limit_percent,
        warning: sums.warning,
        revisions: revisions.iter().map(document).collect(),
        waiting: Waiting { count: sums.waiting, amount: sums.waiting_amount.whole() },
        forecast: forecast(&sums.forecast),
    }
}

fn document(revision: &Revision) -> Document<'_> {
    Document {
        position: revision.position,
        name: &revision.document,
        dated_on: revision.dated_on,
        change: revision.change,
        reason: &revision.reason,
    }
}

fn forecast(made: &Forecast) -> ForecastJson {
    let plain = ForecastJson { claims_left: made.payable, gone_since: made.gone_since, ..ForecastJson::default() };
    let balance = |balance: Balance| match balance {
        Balance::Left(amount) => amount.whole(),
        Balance::Short(amount) => amount.whole().saturating_neg(),
    };
    match &made.ahead {
        Err(NoForecast::TooLittle { .. }) => ForecastJson { status: "too_little", ..plain },
        Err(NoForecast::NoBenefit) => ForecastJson { status: "no_benefit", ..plain },
        Ok(Ahead { months, run_out, year_end }) => ForecastJson {
            status: "ahead",
            run_out: run_out.map(|out| RunOutJson {
                early: out.early,
                middle: out.middle,
                late: out.late,
                within_year_percent: out.within_year_percent,
            }),
            year_end: Some(YearEndJson { few: balance(year_end.few), middle: balance(year_end.middle), many: balance(year_end.many) }),
            months: months
                .iter()
                .map(|band| MonthJson { on: band.on, low: band.low.whole(), middle: band.middle.whole(), high: band.high.whole() })
                .collect(),
            ..plain
        },
    }
}

fn print_table(seen: &Overview) {
    println!("Anggaran {}, keadaan {}", seen.year, long_date(seen.today));
    for view in &seen.lines {
        let state = if view.line.open { "" } else { " (ditutup)" };
        println!("\n{} {} {}{state}", view.line.source, view.line.account_code, view.line.name);
        print_money(&view.sums);
    }
    if seen.lines.len() > 1 {
        println!("\nJumlah");
        print_money(&seen.total);
    }
    if let Some(suspended) = &seen.suspension {
        println!("\nProgram sedang dihentikan sementara: {}", suspended.notice);
    }
}

/// Every place with money, and their sum: the ceiling.
fn print_money(sums: &Sums) {
    let row = |label: &str, amount: Rupiah| println!("  {label:<36} {:>20}", amount.to_string());
    for account in Account::ALL.into_iter().filter(|account| *account != Account::Appropriation) {
        let amount = sums.balances.holds(account);
        if amount > Rupiah::ZERO || account == Account::Free {
            row(account.label(), amount);
        }
    }
    row("Pagu", sums.position.ceiling);
    if sums.waiting > 0 {
        row(&format!("Daftar tunggu ({} permohonan)", sums.waiting), sums.waiting_amount);
    }
    if sums.warning {
        println!("  Peringatan: pemakaian pagu sudah melewati batas peringatan.");
    }
    let run_out = sums.forecast.ahead.as_ref().ok().and_then(|ahead| ahead.run_out).and_then(|out| out.middle);
    if let Some(day) = run_out {
        println!("  Pagu diperkirakan habis sekitar {}.", long_date(day));
    }
}
