//! `santunan policy`: run a pack's worked examples, show its rules.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::calendar::{Holidays, long_date};
use crate::domain::policy::PolicyPack;
use crate::exchange::pack::{batang, read_office};

use super::fault::CliFault;

/// Uji atau tampilkan aturan program.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Jalankan contoh-contoh di dalam paket aturan.
    Test(PolicyArgs),
    /// Tampilkan aturan yang berlaku.
    Show(PolicyArgs),
}

/// Paket aturan.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    /// Folder kantor berisi office.toml dan policy.toml (bawaan: contoh Kabupaten Batang).
    #[arg(long, value_name = "FOLDER")]
    office: Option<PathBuf>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a policy command.
pub fn run(command: &PolicyCommand, _config: Option<&Path>) -> Result<(), CliFault> {
    match command {
        PolicyCommand::Test(args) => test(args),
        PolicyCommand::Show(args) => show(args),
    }
}

fn read(args: &PolicyArgs) -> Result<(PolicyPack, Holidays), CliFault> {
    let text = |name: &str, embedded: &str| match &args.office {
        None => Ok(embedded.to_owned()),
        Some(folder) => std::fs::read_to_string(folder.join(name)).map_err(|e| CliFault::file(&folder.join(name), &e)),
    };
    let pack = PolicyPack::parse(&text("policy.toml", batang::POLICY)?).map_err(|faults| refused(&faults))?;
    let office = read_office(&text("office.toml", batang::OFFICE)?).map_err(|faults| refused(&faults))?;
    Ok((pack, office.holidays.iter().map(|h| h.on).collect()))
}

fn refused<F: ToString>(faults: &[F]) -> CliFault {
    CliFault::Refused(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn test(args: &PolicyArgs) -> Result<(), CliFault> {
    let (pack, holidays) = read(args)?;
    let results = pack.run_examples(&holidays);
    let failed: Vec<String> = results.iter().filter(|r| !r.passed()).map(ToString::to_string).collect();
    if args.json {
        println!("{}", serde_json::json!({ "examples": results.len(), "failed": failed }));
    } else {
        println!("{} contoh dijalankan, {} tidak sesuai.", results.len(), failed.len());
        for line in &failed {
            println!("  {line}");
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(CliFault::Refused("contoh aturan tidak sesuai".into())) }
}

fn show(args: &PolicyArgs) -> Result<(), CliFault> {
    let (pack, _) = read(args)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(pack.versions()).map_err(|e| CliFault::Environment(e.to_string()))?);
        return Ok(());
    }
    for policy in pack.versions() {
        println!("{} — kematian mulai {}", policy.version, long_date(policy.deaths_from));
        println!("  dasar hukum   {}", policy.legal_basis);
        println!("  santunan      {}", policy.amount);
        println!("  batas ajukan  {} hari ({:?})", policy.deadline.days, policy.deadline.unit);
        println!(
            "  miskin        desil 1-{} atau SKTM: {}",
            policy.poverty.decile_max,
            if policy.poverty.sktm_accepted { "ya" } else { "tidak" }
        );
        println!("  dikecualikan  {}", policy.excluded_occupations.join("; "));
        for assumption in &policy.assumptions {
            println!("  anggapan      {assumption}");
        }
    }
    Ok(())
}
