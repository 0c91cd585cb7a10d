//! `santunan recovery`: money that has to come back.

use std::path::Path;

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

use crate::domain::calendar::{long_date, wib_date};
use crate::domain::money::Rupiah;
use crate::domain::undo::{overdue, standing_of};
use crate::store::money::recoveries::{self, Case};
use crate::store::{DbConn, StoreError, claims};

use super::fault::CliFault;
use super::setup;

/// Lihat pengembalian.
#[derive(Debug, Subcommand)]
pub enum RecoveryCommand {
    /// Tampilkan semua pengembalian: yang harus kembali, yang sudah kembali, sisa, dan yang terlambat.
    List(ListArgs),
}

/// Pengembalian satu kantor.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Hanya yang belum lunas.
    #[arg(long)]
    open: bool,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// The answer as JSON. Amounts are whole rupiah.
#[derive(Serialize)]
struct Shown {
    office: String,
    on: NaiveDate,
    owed: i64,
    recovered: i64,
    balance: i64,
    overdue: i64,
    cases: Vec<Row>,
}

/// One case.
#[derive(Serialize)]
struct Row {
    id: String,
    claim: String,
    debtor: String,
    state: &'static str,
    opened_on: NaiveDate,
    owed: i64,
    recovered: i64,
    balance: i64,
    overdue: i64,
    next_due_on: Option<NaiveDate>,
    next_amount: Option<i64>,
    plans: usize,
    payments: usize,
}

/// Runs a recovery command.
pub fn run(command: &RecoveryCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let RecoveryCommand::List(args) = command;
    let desk = setup::desk(&setup::config(config)?)?;
    let office = setup::office(&desk, args.office.as_deref())?;
    let today = wib_date(desk.clock.now());
    let cases: Vec<Row> = desk.store.read::<_, StoreError>(|conn| {
        let all = recoveries::all(conn, &office)?;
        all.iter().filter(|case| !args.open || !case.settled).map(|case| row(conn, case, today)).collect()
    })?;
    let sum = |of: fn(&Row) -> i64| cases.iter().map(of).fold(0_i64, i64::saturating_add);
    let shown = Shown {
        office: office.to_string(),
        on: today,
        owed: sum(|row| row.owed),
        recovered: sum(|row| row.recovered),
        balance: sum(|row| row.balance),
        overdue: sum(|row| row.overdue),
        cases,
    };
    if args.json {
        println!("{}", serde_json::to_string_pretty(&shown).map_err(|fault| CliFault::Environment(fault.to_string()))?);
    } else {
        print_list(&shown);
    }
    Ok(())
}

fn row(conn: &mut DbConn, case: &Case, today: NaiveDate) -> Result<Row, StoreError> {
    let balance = case.balance();
    let plan = case.plan().map(|agreed| &agreed.plan);
    let next = plan.and_then(|plan| standing_of(plan, balance).into_iter().find(|due| due.missing > Rupiah::ZERO));
    Ok(Row {
        id: case.id.clone(),
        claim: claims::code_of(conn, &case.claim_id)?,
        debtor: case.debtor.name.clone(),
        state: if case.settled { "settled" } else { "open" },
        opened_on: case.opened_on,
        owed: case.owed.whole(),
        recovered: case.owed.whole().saturating_sub(balance.whole()),
        balance: balance.whole(),
        overdue: overdue(plan, balance, today).whole(),
        next_due_on: next.map(|due| due.instalment.due_on),
        next_amount: next.map(|due| due.missing.whole()),
        plans: case.plans.len(),
        payments: case.payments.len(),
    })
}

fn print_list(shown: &Shown) {
    println!("Pengembalian, keadaan {}", long_date(shown.on));
    let rupiah = |whole: i64| Rupiah::new(whole).unwrap_or_default().to_string();
    for row in &shown.cases {
        println!(
            "  {:<16} {:<32} {:>14} dari {:>14}  terlambat {}",
            row.claim,
            row.debtor,
            rupiah(row.recovered),
            rupiah(row.owed),
            rupiah(row.overdue)
        );
    }
    println!(
        "Harus kembali {}, sudah kembali {}, sisa {}, terlambat {}",
        rupiah(shown.owed),
        rupiah(shown.recovered),
        rupiah(shown.balance),
        rupiah(shown.overdue)
    );
}
