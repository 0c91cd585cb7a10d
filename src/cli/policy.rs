//! `santunan policy`: run a pack's worked examples, show its rules, compare two of them.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::calendar::Holidays;
use crate::domain::policy::{Difference, Policy, PolicyPack, rows};
use crate::domain::region::RegionCode;
use crate::exchange::pack::{POLICIES, included, read_office};
use crate::exchange::reference::Regions;

use super::fault::CliFault;

/// Uji, tampilkan, atau bandingkan aturan program.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Jalankan contoh-contoh di dalam paket aturan; tanpa pilihan: semua paket bawaan.
    Test(PolicyArgs),
    /// Tampilkan aturan yang berlaku.
    Show(PolicyArgs),
    /// Bandingkan aturan dua daerah, atau dua versi.
    Compare(CompareArgs),
}

/// Paket aturan.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    /// Kode daerah bawaan (misalnya 33.19), atau folder kantor berisi policy.toml.
    #[arg(long, value_name = "KODE|FOLDER", conflicts_with = "file")]
    office: Option<String>,
    /// Berkas aturan.
    #[arg(long, value_name = "BERKAS.toml")]
    file: Option<PathBuf>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Dua aturan.
#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// Kode, folder, atau berkas; dengan `@versi` untuk versi tertentu (bawaan: versi terakhir).
    #[arg(value_name = "A")]
    first: String,
    /// Yang dibandingkan dengannya.
    #[arg(value_name = "B")]
    second: String,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a policy command.
pub fn run(command: &PolicyCommand, _config: Option<&Path>) -> Result<(), CliFault> {
    match command {
        PolicyCommand::Test(args) => test(args),
        PolicyCommand::Show(args) => show(args),
        PolicyCommand::Compare(args) => compare(args),
    }
}

/// A pack with its name and the closed days it counts by.
struct Named {
    name: String,
    pack: PolicyPack,
    holidays: Holidays,
}

/// A pack by code, folder or file. A place without settings of its own counts by the national holidays of the office compiled in.
fn read(place: &str) -> Result<Named, CliFault> {
    let path = Path::new(place);
    let file = if path.is_dir() { path.join("policy.toml") } else { path.to_owned() };
    let text = match POLICIES.iter().find(|(code, _)| *code == place) {
        Some((_, text)) => (*text).to_owned(),
        None => std::fs::read_to_string(&file).map_err(|e| CliFault::file(&file, &e))?,
    };
    let pack = PolicyPack::parse(&text).map_err(|faults| refused(&faults))?;
    let settings = match std::fs::read_to_string(path.join("office.toml")) {
        Ok(text) if path.is_dir() => text,
        _ => included::OFFICE.to_owned(),
    };
    let holidays = read_office(&settings).map_err(|faults| refused(&faults))?.closed_days();
    Ok(Named { name: title(place, &pack), pack, holidays })
}

/// The place the rules are for, by its name where the code is known.
fn title(place: &str, pack: &PolicyPack) -> String {
    let region = pack.versions().last().map(|policy| &policy.residence);
    region.and_then(|code: &RegionCode| Regions::current().titled(code)).unwrap_or_else(|| place.to_owned())
}

fn chosen(args: &PolicyArgs) -> Result<Option<Named>, CliFault> {
    let file = args.file.as_ref().map(|file| file.display().to_string());
    args.office.clone().or(file).map(|place| read(&place)).transpose()
}

fn refused<F: ToString>(faults: &[F]) -> CliFault {
    CliFault::Refused(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn test(args: &PolicyArgs) -> Result<(), CliFault> {
    let packs = match chosen(args)? {
        Some(one) => vec![one],
        None => POLICIES.iter().map(|(code, _)| read(code)).collect::<Result<Vec<_>, _>>()?,
    };
    let (mut examples, mut failed) = (0_usize, Vec::new());
    for named in &packs {
        let results = named.pack.run_examples(&named.holidays);
        let wrong: Vec<String> = results.iter().filter(|r| !r.passed()).map(ToString::to_string).collect();
        if !args.json {
            println!("{}: {} contoh dijalankan, {} tidak sesuai.", named.name, results.len(), wrong.len());
            for line in &wrong {
                println!("  {line}");
            }
        }
        examples = examples.saturating_add(results.len());
        failed.extend(wrong);
    }
    if args.json {
        println!("{}", serde_json::json!({ "packs": packs.len(), "examples": examples, "failed": failed }));
    }
    if failed.is_empty() { Ok(()) } else { Err(CliFault::Refused("contoh aturan tidak sesuai".into())) }
}

fn show(args: &PolicyArgs) -> Result<(), CliFault> {
    let Named { name, pack, .. } = match chosen(args)? {
        Some(one) => one,
        None => read(included::CODE)?,
    };
    if args.json {
        println!("{}", pretty(&pack.versions())?);
        return Ok(());
    }
    println!("{name}");
    for policy in pack.versions() {
        println!("\n{}", policy.version);
        for (about, words) in rows(policy) {
            print_row(about, &words);
        }
    }
    Ok(())
}

/// A row with its parts below each other, so that long lists stay readable.
fn print_row(about: &str, words: &str) {
    for (number, part) in words.split("; ").enumerate() {
        println!("  {:<17} {part}", if number == 0 { about } else { "" });
    }
}

fn pretty<T: serde::Serialize>(value: &T) -> Result<String, CliFault> {
    serde_json::to_string_pretty(value).map_err(|e| CliFault::Environment(e.to_string()))
}

/// A place with the version after `@`, or its last one.
fn version(place: &str) -> Result<(String, Policy), CliFault> {
    let (place, wanted) = place.split_once('@').map_or((place, None), |(place, version)| (place, Some(version)));
    let named = read(place)?;
    let policy = match wanted {
        Some(version) => named.pack.named(version),
        None => named.pack.versions().last(),
    };
    let unknown = || CliFault::Refused(format!("{place}: versi {} tidak ada", wanted.unwrap_or_default()));
    let policy = policy.ok_or_else(unknown)?.clone();
    Ok((format!("{} ({})", named.name, policy.version), policy))
}

fn compare(args: &CompareArgs) -> Result<(), CliFault> {
    let ((first, one), (second, other)) = (version(&args.first)?, version(&args.second)?);
    let differences = Difference::between(&one, &other);
    if args.json {
        println!("{}", pretty(&differences)?);
        return Ok(());
    }
    println!("A  {first}\nB  {second}\n");
    for difference in &differences {
        println!("{}", difference.about);
        print_row("A", &difference.first);
        print_row("B", &difference.second);
    }
    println!("{} hal berbeda.", differences.len());
    Ok(())
}
