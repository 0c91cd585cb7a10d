//! `santunan import register FILE`: a register file as a dated release of its source.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Subcommand;
use indicatif::ProgressBar;

use crate::clock::Clock;
use crate::domain::calendar::{parse_date, short_date, wib_date};
use crate::exchange::register_csv::{RegisterReport, each_resident};
use crate::exchange::table::TableFault;
use crate::store::register::Intake;
use crate::workflow::import::{Imported, Origin, import_register};

use super::fault::CliFault;
use super::setup;

/// Faults shown on the screen; the rest is counted.
const FAULTS_SHOWN: usize = 20;

/// Masukkan data dari berkas.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Data warga (DTSEN, DTKS, Dukcapil) dari berkas CSV.
    Register(RegisterArgs),
}

/// Masukkan data warga; seluruhnya atau tidak sama sekali.
#[derive(Debug, clap::Args)]
pub struct RegisterArgs {
    /// Berkas CSV.
    file: PathBuf,
    /// Hanya periksa, tidak menyimpan apa pun.
    #[arg(long)]
    dry_run: bool,
    /// Sumber data.
    #[arg(long, default_value = "DTSEN")]
    source: String,
    /// Tanggal rilis (bawaan: hari ini).
    #[arg(long, value_parser = civil, value_name = "TANGGAL")]
    released_on: Option<NaiveDate>,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Reads a date given on the command line.
pub(super) fn civil(text: &str) -> Result<NaiveDate, String> {
    parse_date(text).map_err(|fault| fault.to_string())
}

/// Runs an import.
pub fn run(command: &ImportCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let ImportCommand::Register(args) = command;
    let bytes = std::fs::read(&args.file).map_err(|e| CliFault::file(&args.file, &e))?;
    let report = if args.dry_run {
        each_resident::<TableFault>(&bytes, |_| Ok(())).map_err(|fault| CliFault::Refused(format!("{}: {fault}", args.file.display())))?
    } else {
        let desk = setup::desk(&setup::config(config)?)?;
        let by = setup::operator_of_machine(&setup::office(&desk, args.office.as_deref())?);
        let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let released_on = args.released_on.unwrap_or_else(|| wib_date(Clock::System.now()));
        let bar = ProgressBar::new(u64::try_from(bytes.split(|byte| *byte == b'\n').count()).unwrap_or_default());
        let origin = Origin { source: &args.source, released_on, file_name: &name, bytes: &bytes };
        let imported = import_register(&desk, &by, &origin, || bar.inc(1))?;
        bar.finish_and_clear();
        told(&imported, args);
        imported.report
    };
    tell(&report, args);
    Ok(())
}

/// What the release changed, for people; the JSON answer has the counts of the file.
fn told(imported: &Imported, args: &RegisterArgs) {
    if args.json {
        return;
    }
    if let Some(release) = &imported.already {
        println!("Berkas ini sudah masuk sebagai {} tanggal {}; tidak ada yang diubah.", release.source, short_date(release.released_on));
        return;
    }
    let Intake { added, changed, unchanged, repeated, vanished, deaths, late } = imported.intake;
    println!(
        "Warga baru {added}, berubah {changed}, tetap {unchanged}, baris berulang {repeated}, tidak lagi tercantum {vanished}, tercatat meninggal {deaths}."
    );
    if late {
        println!("Ada rilis yang lebih baru; berkas ini ditempatkan menurut tanggalnya.");
    }
}

fn tell(file: &RegisterReport, args: &RegisterArgs) {
    let accepted = file.accepted;
    if args.json {
        let faults: Vec<String> = file.faults.iter().map(ToString::to_string).collect();
        let answer = serde_json::json!({
            "read": file.read, "accepted": accepted, "set_aside": file.set_aside, "faults": faults, "dry_run": args.dry_run
        });
        println!("{answer}");
        return;
    }
    println!("Dibaca {} baris: diterima {accepted}, disisihkan {}.", file.read, file.set_aside);
    for fault in file.faults.iter().take(FAULTS_SHOWN) {
        println!("  {fault}");
    }
    if file.faults.len() > FAULTS_SHOWN {
        println!("  … dan {} catatan lain; gunakan --json untuk semuanya.", file.faults.len() - FAULTS_SHOWN);
    }
    if args.dry_run {
        println!("Hanya diperiksa; tidak ada yang disimpan.");
    }
}
