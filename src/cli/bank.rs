//! `santunan bank`: files for the bank, and what it answers.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::access::{Actor, Role};
use crate::domain::region::RegionCode;
use crate::store::StoreError;
use crate::store::money::orders;
use crate::store::users;
use crate::workflow::Desk;
use crate::workflow::accounts::prove_again;
use crate::workflow::money::{ImportReport, Imported, export_order, import_report};

use super::fault::CliFault;
use super::setup;

/// Where the password of `--as` may come from, besides the first line of standard input.
const PASSWORD: &str = "SANTUNAN_PASSWORD";

/// Berkas untuk bank dan jawaban bank.
#[derive(Debug, Subcommand)]
pub enum BankCommand {
    /// Tulis berkas bank sebuah perintah bayar yang sudah dilepas.
    Export(ExportArgs),
    /// Impor jawaban bank: pain.002, camt.053, camt.054, MT940, atau tabel menurut profil.
    Import(ImportArgs),
}

/// Siapa yang melakukan.
#[derive(Debug, clap::Args)]
pub struct ByArgs {
    /// Akun bagian keuangan; kata sandinya dari SANTUNAN_PASSWORD atau baris pertama masukan. Tanpa ini dicatat atas nama akun
    /// keuangan pertama kantor, dengan keterangan "lewat baris perintah".
    #[arg(long = "as", value_name = "AKUN")]
    by: Option<String>,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
}

/// Satu perintah bayar.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Nomor atau id perintah bayar.
    #[arg(long, value_name = "KODE")]
    order: String,
    /// Profil bank, misalnya pain001-09, bpd, csv.
    #[arg(long, value_name = "PROFIL")]
    profile: String,
    /// Berkas hasil. Bila profil membuat beberapa berkas, yang pertama di sini dan yang lain di sebelahnya dengan nama dari bank.
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
    #[command(flatten)]
    by: ByArgs,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Satu jawaban bank.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Berkas dari bank.
    file: PathBuf,
    /// Profil bank untuk tabel; pesan ISO 20022 dan MT940 dikenali dari isinya.
    #[arg(long, value_name = "PROFIL")]
    profile: String,
    #[command(flatten)]
    by: ByArgs,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a bank command.
pub fn run(command: &BankCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let desk = setup::desk(&setup::config(config)?)?;
    match command {
        BankCommand::Export(args) => export(&desk, args),
        BankCommand::Import(args) => import(&desk, args),
    }
}

fn export(desk: &Desk, args: &ExportArgs) -> Result<(), CliFault> {
    let office = setup::office(desk, args.by.office.as_deref())?;
    let actor = acting(desk, &office, args.by.by.as_deref())?;
    let number = number_of(desk, &office, args.order.trim())?;
    let files = export_order(desk, &actor, &number, args.profile.trim())?;
    let mut written = Vec::new();
    for (place, file) in files.iter().enumerate() {
        let path = if place == 0 { args.out.clone() } else { args.out.with_file_name(&file.name) };
        write_whole(&path, &file.bytes).map_err(|e| CliFault::file(&path, &e))?;
        written.push((path, file));
    }
    if args.json {
        let rows: Vec<_> = written
            .iter()
            .map(|(path, file)| serde_json::json!({ "path": path.display().to_string(), "name": file.name, "items": file.items, "total": file.total.whole() }))
            .collect();
        println!("{}", serde_json::json!({ "order": number, "profile": args.profile.trim(), "by": actor.name, "files": rows }));
        return Ok(());
    }
    println!("Perintah bayar {number}, profil {}; atas nama {}.", args.profile.trim(), actor.name);
    for (path, file) in written {
        println!("  {} ({}): {} baris, {}", path.display(), file.name, file.items, file.total);
    }
    Ok(())
}

/// Writes beside and renames: half a list of payments is never found under the list's name.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = path.with_file_name(name);
    let written = File::create(&beside).and_then(|mut part| part.write_all(bytes).and_then(|()| part.sync_all()));
    written.and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        let _may_never_have_been = std::fs::remove_file(&beside);
    })
}

/// The number of an order that is named by its number or its id.
fn number_of(desk: &Desk, office: &RegionCode, code: &str) -> Result<String, CliFault> {
    let found = desk.store.read(|conn| match orders::load(conn, office, code) {
        Err(StoreError::NotFound) => orders::by_number(conn, office, code),
        other => other,
    });
    match found {
        Ok(order) => Ok(order.number),
        Err(StoreError::NotFound) => Err(CliFault::Refused(format!("perintah bayar {code} tidak ada"))),
        Err(other) => Err(other.into()),
    }
}

fn import(desk: &Desk, args: &ImportArgs) -> Result<(), CliFault> {
    let office = setup::office(desk, args.by.office.as_deref())?;
    let actor = acting(desk, &office, args.by.by.as_deref())?;
    let bytes = std::fs::read(&args.file).map_err(|e| CliFault::file(&args.file, &e))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let imported = import_report(desk, &actor, &ImportReport { file_name: &name, bytes: &bytes, profile: &args.profile })?;
    if args.json {
        println!("{}", as_json(&imported, &actor));
    } else {
        tell(&imported, &actor);
    }
    Ok(())
}

fn as_json(imported: &Imported, actor: &Actor) -> serde_json::Value {
    let report = &imported.report;
    serde_json::json!({
        "report": report.id, "kind": report.kind, "file": report.file_name, "sha256": report.sha256, "lines": report.lines,
        "counts": report.counts, "already_imported": imported.repeated, "open": imported.open, "notes": report.notes, "by": actor.name
    })
}

fn tell(imported: &Imported, actor: &Actor) {
    let report = &imported.report;
    if imported.repeated {
        println!("Berkas yang sama sudah diimpor sebelumnya; tidak ada yang berubah. Hasilnya waktu itu:");
    } else {
        println!("Diimpor atas nama {}: {} baris.", actor.name, report.lines);
    }
    for (outcome, count) in report.counts.iter().filter(|(_, count)| **count > 0) {
        println!("  {:<18} {count:>8}", label(outcome));
    }
    for note in &report.notes {
        println!("  Catatan: {note}.");
    }
    if imported.open > 0 {
        println!("{} baris menunggu dilihat orang di halaman Hasil bank.", imported.open);
    }
}

/// An outcome as the office says it.
fn label(outcome: &str) -> &str {
    match outcome {
        "matched" => "dibayar",
        "returned" => "kembali",
        "reversed" => "ditarik kembali",
        "pending" => "masih diproses",
        "unknown" => "tidak dikenal",
        "duplicate" => "berulang",
        "amount_mismatch" => "jumlah berbeda",
        "account_mismatch" => "rekening berbeda",
        "bad_reversal" => "tidak runtut",
        other => other,
    }
}

/// Who acts: a finance account that proves itself, or the office's first one, named as acting from the command line.
fn acting(desk: &Desk, office: &RegionCode, named: Option<&str>) -> Result<Actor, CliFault> {
    if let Some(username) = named {
        let account = desk.store.read(|conn| users::by_username(conn, username));
        let account = account.map_err(|fault| CliFault::missing(fault, format!("akun {username} tidak ada")))?;
        if account.actor.role != Role::Finance {
            return Err(CliFault::Refused(format!("akun {username} bukan akun bagian keuangan")));
        }
        prove_again(desk, &account.actor, &password()?)?;
        return Ok(account.actor);
    }
    let accounts = desk.store.read(|conn| users::list(conn, office.as_str()))?;
    let first = accounts.into_iter().find(|account| account.actor.role == Role::Finance && !account.disabled);
    let actor = first.map(|account| account.actor).ok_or_else(|| {
        CliFault::Refused("kantor belum memiliki akun bagian keuangan; buat dengan `santunan user add --role finance`".into())
    })?;
    Ok(Actor { name: format!("{} (lewat baris perintah)", actor.name), ..actor })
}

fn password() -> Result<String, CliFault> {
    if let Ok(set) = std::env::var(PASSWORD) {
        return Ok(set);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| CliFault::Environment(format!("kata sandi tidak terbaca: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_there_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let names = || std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        let path = folder.path().join("bayar.csv");
        write_whole(&path, b"lama").unwrap();
        write_whole(&path, b"baru").unwrap();
        assert_eq!((std::fs::read(&path).unwrap(), names()), (b"baru".to_vec(), vec!["bayar.csv".into()]));
        // A folder of that name cannot give way to a file.
        std::fs::create_dir_all(folder.path().join("folder/isi")).unwrap();
        assert!(write_whole(&folder.path().join("folder"), b"baru").is_err());
        assert_eq!(names().len(), 2, "no part is left");
    }
}
