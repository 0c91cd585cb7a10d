//! `santunan spj`: the treasurer's evidence, order by order or over a year.

use std::path::Path;

use crate::domain::payment::spj::{Line, OrderSpj, Spj, Standing};
use crate::workflow::money::{SpjScope, spj};

use super::fault::CliFault;
use super::setup;

/// Kelengkapan bukti bendahara (SPJ).
#[derive(Debug, clap::Subcommand)]
pub enum SpjCommand {
    /// Sebutkan bukti yang kurang untuk setiap pembayaran; kode keluar 1 bila ada yang kurang.
    Show(ShowArgs),
}

/// Yang diperiksa.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("scope").required(true))]
pub struct ShowArgs {
    /// Satu perintah bayar, menurut nomor atau kodenya.
    #[arg(long, value_name = "KODE", group = "scope")]
    order: Option<String>,
    /// Satu tahun anggaran.
    #[arg(long, value_name = "TAHUN", group = "scope")]
    year: Option<i32>,
    /// Kantor, bila ada beberapa.
    #[arg(long, value_name = "KODE")]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs an SPJ command.
pub fn run(command: &SpjCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let SpjCommand::Show(args) = command;
    let scope = match (&args.order, args.year) {
        (Some(code), _) => SpjScope::Order(code.clone()),
        (None, Some(year)) => SpjScope::Year(year),
        (None, None) => return Err(CliFault::Usage("sebutkan --order KODE atau --year TAHUN".into())),
    };
    let desk = setup::desk(&setup::config(config)?)?;
    let office = setup::office(&desk, args.office.as_deref())?;
    let report = spj(&desk, &setup::operator_of_machine(&office), &scope)?;
    if args.json {
        let mut told = serde_json::to_value(&report).map_err(|fault| CliFault::Environment(fault.to_string()))?;
        if let Some(fields) = told.as_object_mut() {
            fields.insert("is_complete".to_owned(), report.is_complete().into());
        }
        println!("{told}");
    } else {
        print(&report);
    }
    if report.is_complete() {
        return Ok(());
    }
    let totals = &report.totals;
    Err(CliFault::Refused(format!(
        "bukti SPJ {} belum lengkap: lengkap {} dari {} pembayaran",
        report.scope, totals.complete, totals.payments
    )))
}

fn print(report: &Spj) {
    let totals = &report.totals;
    println!("SPJ {}: lengkap {} dari {} pembayaran.", report.scope, totals.complete, totals.payments);
    println!("SP2D {} = diterima {} + disetor {}", totals.sp2d, totals.received, totals.deposited);
    for difference in &totals.differences {
        println!("  selisih: {}", difference.sentence());
    }
    report.orders.iter().for_each(print_order);
}

fn print_order(order: &OrderSpj) {
    let (complete, all) = order.complete();
    println!("Perintah bayar {} ({}): lengkap {complete} dari {all}", order.number, order.state.to_lowercase());
    order.missing().for_each(|line| print_line("", line));
    for payment in &order.payments {
        payment.missing().for_each(|line| print_line(&format!("{} ", payment.reference), line));
    }
}

fn print_line(of: &str, line: &Line) {
    if let Standing::Missing { words, .. } = &line.standing {
        println!("  kurang: {of}{}: {words}", line.what);
    }
}
