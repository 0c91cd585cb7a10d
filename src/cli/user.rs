//! `santunan user`: accounts from the command line.

use std::path::Path;

use clap::Subcommand;

use crate::clock::{new_id, new_secret};
use crate::domain::access::{Actor, Role};
use crate::domain::identity::{FamilyCard, Nik, NumberFault};
use crate::domain::region::RegionCode;
use crate::store::users;
use crate::workflow::Desk;
use crate::workflow::accounts::{NewAccount, add_account, reset_password, set_disabled};

use super::fault::CliFault;
use super::setup;

/// Kelola akun.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Buat akun; kata sandi awal ditampilkan satu kali.
    Add(AddArgs),
    /// Beri kata sandi baru, ditampilkan satu kali; semua sesi diakhiri.
    Reset(NameArgs),
    /// Tutup akun; semua sesi diakhiri.
    Disable(NameArgs),
    /// Tampilkan semua akun.
    List(ListArgs),
}

/// Akun baru.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Nama akun, misalnya operator.wonotunggal.
    username: String,
    /// Nama lengkap orangnya.
    #[arg(long)]
    name: String,
    /// Tugas: operator, village_head, verifier, approver, finance, auditor, admin.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Wilayah yang dilihat, misalnya 33.25.01.2006; bawaan: seluruh kabupaten.
    #[arg(long, value_parser = region)]
    region: Option<RegionCode>,
    /// NIK orangnya, agar satu orang tidak memegang dua tugas.
    #[arg(long, value_parser = nik)]
    nik: Option<Nik>,
    /// Nomor KK orangnya, agar tidak menangani keluarga sendiri.
    #[arg(long, value_parser = card)]
    kk: Option<FamilyCard>,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Satu akun.
#[derive(Debug, clap::Args)]
pub struct NameArgs {
    /// Nama akun.
    username: String,
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Daftar akun.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Kode kantor, bila lebih dari satu.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| format!("tugas \"{text}\" tidak dikenal"))
}

fn region(text: &str) -> Result<RegionCode, String> {
    RegionCode::parse(text).map_err(|fault| fault.to_string())
}

fn nik(text: &str) -> Result<Nik, NumberFault> {
    Nik::parse(text)
}

fn card(text: &str) -> Result<FamilyCard, NumberFault> {
    FamilyCard::parse(text)
}

/// A first password: 80 random bits as groups a person can copy from paper.
pub(super) fn first_password() -> String {
    let secret: Vec<char> = new_secret().chars().take(20).collect();
    secret.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Runs an account command.
pub fn run(command: &UserCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let desk = setup::desk(&setup::config(config)?)?;
    match command {
        UserCommand::Add(args) => add(&desk, args),
        UserCommand::Reset(args) => reset(&desk, args),
        UserCommand::Disable(args) => disable(&desk, args),
        UserCommand::List(args) => list(&desk, args),
    }
}

fn add(desk: &Desk, args: &AddArgs) -> Result<(), CliFault> {
    let office = setup::office(desk, args.office.as_deref())?;
    let actor = Actor {
        id: new_id(),
        name: args.name.clone(),
        role: args.role,
        region: args.region.clone().unwrap_or_else(|| office.clone()),
        nik: args.nik.clone(),
        family_card: args.kk.clone(),
        office: office.clone(),
    };
    let password = first_password();
    add_account(desk, &setup::operator_of_machine(&office), &NewAccount { actor, username: args.username.clone() }, &password)?;
    tell_password(&args.username, &password, args.json);
    Ok(())
}

fn reset(desk: &Desk, args: &NameArgs) -> Result<(), CliFault> {
    let by = setup::operator_of_machine(&setup::office(desk, args.office.as_deref())?);
    let password = first_password();
    reset_password(desk, &by, &args.username, &password)?;
    tell_password(&args.username, &password, args.json);
    Ok(())
}

fn tell_password(username: &str, password: &str, json: bool) {
    if json {
        println!("{}", serde_json::json!({ "username": username, "password": password }));
    } else {
        println!("Akun {username}, kata sandi (hanya ditampilkan sekali): {password}");
    }
}

fn disable(desk: &Desk, args: &NameArgs) -> Result<(), CliFault> {
    let by = setup::operator_of_machine(&setup::office(desk, args.office.as_deref())?);
    set_disabled(desk, &by, &args.username, true)?;
    if args.json {
        println!("{}", serde_json::json!({ "username": args.username, "disabled": true }));
    } else {
        println!("Akun {} ditutup dan semua sesinya diakhiri.", args.username);
    }
    Ok(())
}

fn list(desk: &Desk, args: &ListArgs) -> Result<(), CliFault> {
    let office = setup::office(desk, args.office.as_deref())?;
    let accounts = desk.store.read(|conn| users::list(conn, office.as_str()))?;
    if args.json {
        let rows: Vec<_> = accounts
            .iter()
            .map(|a| {
                serde_json::json!({
                    "username": a.username, "name": a.actor.name, "role": a.actor.role.code(), "region": a.actor.region.as_str(), "disabled": a.disabled
                })
            })
            .collect();
        println!("{}", serde_json::Value::Array(rows));
        return Ok(());
    }
    for account in accounts {
        let shut = if account.disabled { " (ditutup)" } else { "" };
        println!("{:<28} {:<26} {:<14} {}{shut}", account.username, account.actor.role.label(), account.actor.region, account.actor.name);
    }
    Ok(())
}
