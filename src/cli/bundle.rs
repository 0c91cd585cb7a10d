//! `santunan bundle`: everything behind an order or a year in one file for an inspector, and the proof of such a file by itself.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::exchange::bundle::{Manifest, verify_bundle};
use crate::workflow::money::{BundleRefused, Scope, write_bundle};

use super::fault::CliFault;
use super::setup;

/// Bundel pemeriksaan untuk Inspektorat atau BPK.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BundleArgs {
    #[command(subcommand)]
    verify: Option<Verify>,
    /// Satu perintah bayar, menurut nomor atau kodenya.
    #[arg(long, value_name = "KODE", conflicts_with = "year")]
    order: Option<String>,
    /// Satu tahun anggaran.
    #[arg(long, value_name = "TAHUN")]
    year: Option<i32>,
    /// Hanya sekian permohonan contoh dari tahun itu.
    #[arg(long, value_name = "JUMLAH", requires = "year")]
    sample: Option<usize>,
    /// Angka undian contoh; angka yang sama memilih contoh yang sama.
    #[arg(long, value_name = "ANGKA", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Berkas hasil (zip).
    #[arg(long, value_name = "BERKAS")]
    out: Option<PathBuf>,
    /// Kantor, bila ada beberapa.
    #[arg(long, value_name = "KODE")]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Verify {
    /// Buktikan sebuah bundel dari berkasnya saja, tanpa basis data.
    Verify {
        /// Bundel.
        file: PathBuf,
        /// Jawaban sebagai JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Writes a bundle or proves one.
pub fn run(args: &BundleArgs, config: Option<&Path>) -> Result<(), CliFault> {
    if let Some(Verify::Verify { file, json }) = &args.verify {
        return prove(file, *json);
    }
    let scope = scope(args)?;
    let out = args.out.as_ref().ok_or_else(|| CliFault::Usage("sebutkan berkas hasil dengan --out".into()))?;
    let desk = setup::desk(&setup::config(config)?)?;
    let office = setup::office(&desk, args.office.as_deref())?;
    let made = write(&desk, &office, &scope, out);
    if made.is_err() {
        // Half a bundle must not lie about looking like a whole one.
        let _already_gone = std::fs::remove_file(out);
    }
    let manifest = made?;
    if args.json {
        let told = json!({ "out": out, "scope": manifest.scope, "claims": manifest.claims, "files": manifest.files.len(), "paid": manifest.paid.whole() });
        println!("{told}");
    } else {
        println!("Bundel {}: {} permohonan, {} berkas, dibayar {}.", manifest.scope, manifest.claims, manifest.files.len(), manifest.paid);
        println!("Isinya data pribadi lengkap, hanya untuk pemeriksaan: {}", out.display());
    }
    Ok(())
}

fn write(
    desk: &crate::workflow::Desk,
    office: &crate::domain::region::RegionCode,
    scope: &Scope,
    out: &Path,
) -> Result<Manifest, CliFault> {
    // Nobody but the owner may read it.
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(out).map_err(|e| CliFault::file(out, &e))?;
    match write_bundle(desk, &setup::operator_of_machine(office), scope, BufWriter::new(file)) {
        Ok(manifest) => Ok(manifest),
        Err(BundleRefused::Refusal(refusal)) => Err(refusal.into()),
        Err(BundleRefused::Write(fault)) => Err(CliFault::Environment(fault.to_string())),
    }
}

fn scope(args: &BundleArgs) -> Result<Scope, CliFault> {
    match (&args.order, args.year, args.sample) {
        (Some(code), None, _) => Ok(Scope::Order(code.clone())),
        (None, Some(year), None) => Ok(Scope::Year(year)),
        (None, Some(year), Some(size)) => Ok(Scope::Sample { year, size, seed: args.seed }),
        _ => Err(CliFault::Usage("sebutkan --order KODE atau --year TAHUN".into())),
    }
}

fn prove(path: &Path, as_json: bool) -> Result<(), CliFault> {
    let file = File::open(path).map_err(|e| CliFault::file(path, &e))?;
    let proved = verify_bundle(BufReader::new(file));
    if as_json {
        let told = match &proved {
            Ok(proved) => json!({
                "ok": true,
                "office": proved.office,
                "scope": proved.scope,
                "claims": proved.claims,
                "files": proved.files,
                "entries": proved.entries,
                "paid": proved.paid.whole(),
            }),
            Err(fault) => json!({ "ok": false, "first_fault": fault.to_string() }),
        };
        println!("{told}");
    }
    match proved {
        Ok(proved) if !as_json => {
            println!(
                "Bundel cocok: kantor {}, {}, {} permohonan, {} berkas, {} jurnal, dibayar {}.",
                proved.office, proved.scope, proved.claims, proved.files, proved.entries, proved.paid
            );
            Ok(())
        }
        Ok(_told) => Ok(()),
        Err(fault) => Err(CliFault::Refused(format!("bundel TIDAK cocok: {fault}"))),
    }
}
