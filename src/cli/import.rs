//! `santunan import register FILE`: a register file in the place of the former release.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Subcommand;
use indicatif::ProgressBar;

use crate::clock::Clock;
use crate::domain::calendar::{parse_date, short_date, wib_date};
use crate::exchange::register_file::{
    Field, Mapping, Mappings, Recognised, RegisterFile, RegisterReport, RowsFile, example, guess_columns,
};
use crate::exchange::table::TableFault;
use crate::store::mapping_files::MappingFiles;
use crate::store::register::Intake;
use crate::workflow::import::{Imported, Origin, import_register};
use crate::workflow::mappings::{OwnMapping, faults_of, own_files};

use super::fault::CliFault;
use super::setup;

/// Faults shown on the screen; the rest is counted.
const FAULTS_SHOWN: usize = 20;

/// Masukkan data dari berkas.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Data warga (DTSEN, DTKS, Dukcapil) dari berkas CSV atau Excel (.xlsx).
    Register(RegisterArgs),
}

/// Masukkan data warga; rilis sebelumnya diganti seluruhnya atau tidak sama sekali.
#[derive(Debug, clap::Args)]
pub struct RegisterArgs {
    /// Berkas CSV (pemisah dan aksara apa pun) atau Excel (.xlsx).
    file: PathBuf,
    /// Hanya periksa, tidak menyimpan apa pun.
    #[arg(long)]
    dry_run: bool,
    /// Laporan per baris (CSV): row, nik, tgl_lahir, flag, reason.
    #[arg(long, value_name = "BERKAS.csv")]
    report: Option<PathBuf>,
    /// Pemetaan judul kolom milik kantor (TOML), didahulukan dari yang bawaan.
    #[arg(long, value_name = "BERKAS.toml")]
    mapping: Option<PathBuf>,
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
    let mappings = mappings(args, config)?;
    let read = |fault| refused(args, &mappings, &fault);
    let file = File::open(&args.file).map_err(|e| CliFault::file(&args.file, &e))?;
    let mut file = RegisterFile::open(BufReader::new(file), &mappings, today()).map_err(read)?;
    let recognised = file.recognised();
    let report = if args.dry_run || args.report.is_some() { Some(look_through(&mut file, args)?) } else { None };
    let report = match report {
        Some(report) if args.dry_run => report,
        _ => take_in(args, &mut file, config)?,
    };
    tell(&recognised, &report, args);
    Ok(())
}

fn today() -> NaiveDate {
    wib_date(Clock::System.now())
}

/// Why a file was not taken; where its column names are new, with a mapping file to begin with.
fn refused(args: &RegisterArgs, mappings: &Mappings, fault: &TableFault) -> CliFault {
    let why = format!("{}: {fault}", args.file.display());
    let columns = match (fault, File::open(&args.file)) {
        (TableFault::NoHeader | TableFault::NoColumn(_), Ok(file)) => guess_columns(BufReader::new(file), mappings).unwrap_or_default(),
        _ => Vec::new(),
    };
    if columns.is_empty() {
        return CliFault::Refused(why);
    }
    let unknown: Vec<&str> = columns.iter().filter(|(_, field)| field.is_none()).map(|(name, _)| name.as_str()).collect();
    CliFault::Refused(format!(
        "{why}\nKolom yang belum dikenal: {}.\nSimpan contoh berikut sebagai berkas .toml, pindahkan judul ke isiannya, lalu ulangi dengan --mapping:\n\n{}",
        unknown.join(", "),
        example(&columns)
    ))
}

/// The mappings of the program, before them the office's own, before all the one named on the command line; every fault of all files at once.
fn mappings(args: &RegisterArgs, config: Option<&Path>) -> Result<Mappings, CliFault> {
    let mut own: Vec<OwnMapping> = own_files(&MappingFiles::new(&setup::config(config)?.data_dir))?;
    let mut faults = faults_of(&own);
    let named = match &args.mapping {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| CliFault::file(path, &e))?;
            match Mapping::parse(&text) {
                Ok(mapping) => Some(mapping),
                Err(found) => {
                    faults.extend(found.iter().map(|fault| format!("{}, {fault}", path.display())));
                    None
                }
            }
        }
    };
    if !faults.is_empty() {
        return Err(CliFault::Refused(format!("berkas pemetaan kolom belum dapat dipakai:\n{}", faults.join("\n"))));
    }
    own.reverse();
    Ok(own.into_iter().filter_map(|file| file.read.ok()).chain(named).fold(Mappings::built_in(), Mappings::with))
}

/// A failure while rows are looked through: the register's, or that of the report file.
#[derive(Debug, thiserror::Error)]
enum LookFault {
    #[error(transparent)]
    Table(#[from] TableFault),
    #[error(transparent)]
    Report(#[from] csv::Error),
    #[error(transparent)]
    File(#[from] std::io::Error),
}

/// Reads all rows without keeping any, and writes the report if one is wished.
fn look_through(file: &mut RegisterFile<BufReader<File>>, args: &RegisterArgs) -> Result<RegisterReport, CliFault> {
    let bar = bar(file.recognised().rows);
    let looked = match &args.report {
        None => file.each_row::<LookFault>(|_| {
            bar.inc(1);
            Ok(())
        }),
        Some(path) => write_rows(file, path, &bar),
    };
    bar.finish_and_clear();
    looked.map_err(|fault| match fault {
        LookFault::Table(fault) => CliFault::Refused(format!("{}: {fault}", args.file.display())),
        fault => CliFault::Environment(format!("laporan tidak dapat ditulis ({fault})")),
    })
}

fn write_rows(file: &mut RegisterFile<BufReader<File>>, path: &Path, bar: &ProgressBar) -> Result<RegisterReport, LookFault> {
    let mut rows = RowsFile::begin(File::create(path)?)?;
    let report = file.each_row::<LookFault>(|row| {
        bar.inc(1);
        Ok(rows.add(&row)?)
    })?;
    rows.finish()?;
    Ok(report)
}

fn take_in(args: &RegisterArgs, file: &mut RegisterFile<BufReader<File>>, config: Option<&Path>) -> Result<RegisterReport, CliFault> {
    let desk = setup::desk(&setup::config(config)?)?;
    let by = setup::operator_of_machine(&setup::office(&desk, args.office.as_deref())?);
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let released_on = args.released_on.unwrap_or_else(today);
    let bar = bar(file.recognised().rows);
    let imported = import_register(&desk, &by, Origin { source: &args.source, released_on, file_name: &name, file }, || bar.inc(1))?;
    bar.finish_and_clear();
    told(&imported, args);
    Ok(imported.report)
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

fn bar(rows: usize) -> ProgressBar {
    ProgressBar::new(u64::try_from(rows).unwrap_or_default())
}

fn tell(recognised: &Recognised, report: &RegisterReport, args: &RegisterArgs) {
    if args.json {
        println!("{}", as_json(recognised, report, args));
        return;
    }
    let unknown: Vec<&str> = recognised.columns.iter().filter(|(_, field)| field.is_none()).map(|(name, _)| name.as_str()).collect();
    println!("Dikenali: {}; pemetaan kolom {}.", recognised.form, recognised.mapping);
    if !unknown.is_empty() {
        println!("Kolom yang tidak dikenal dan tidak dipakai: {}.", unknown.join(", "));
    }
    println!(
        "Dibaca {} baris: diterima {}, disisihkan {}, berulang {}, judul dan jumlah {}.",
        report.read, report.accepted, report.set_aside, report.repeated, report.other_lines
    );
    println!("Diterima tanpa NIK: {}; dibaca setelah dirapikan: {}.", report.without_nik, report.repaired);
    for (flag, count) in &report.flagged {
        println!("  {flag}: {count}");
    }
    if let Some(advice) = report.advice() {
        println!("{advice}");
    }
    for fault in report.faults.iter().take(FAULTS_SHOWN) {
        println!("  {fault}");
    }
    if report.faults.len() > FAULTS_SHOWN {
        println!("  … dan {} catatan lain; gunakan --report untuk semuanya.", report.faults.len() - FAULTS_SHOWN);
    }
    if args.dry_run {
        println!("Hanya diperiksa; tidak ada yang disimpan.");
    }
}

fn as_json(recognised: &Recognised, report: &RegisterReport, args: &RegisterArgs) -> serde_json::Value {
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    let columns: serde_json::Map<String, serde_json::Value> =
        recognised.columns.iter().map(|(name, field)| (name.clone(), field.map(Field::word).into())).collect();
    serde_json::json!({
        "read": report.read,
        "accepted": report.accepted,
        "set_aside": report.set_aside,
        "repeated": report.repeated,
        "other_lines": report.other_lines,
        "without_nik": report.without_nik,
        "repaired": report.repaired,
        "flags": report.flagged,
        "unreadable_nik": report.unreadable.values().sum::<usize>(),
        "form": recognised.form.to_string(),
        "mapping": recognised.mapping,
        "columns": columns,
        "faults": faults,
        "dry_run": args.dry_run,
    })
}
