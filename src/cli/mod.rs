//! The command line: one file per command. Exit codes: 0 done, 1 refused, 2 usage, 3 environment.

mod bank;
mod budget;
mod bundle;
pub mod check;
mod claim;
mod demo;
pub mod detect;
mod fault;
pub mod generate;
mod import;
mod keys;
mod ledger;
pub mod match_people;
mod migrate;
pub mod over_files;
mod policy;
mod recovery;
mod serve;
mod setup;
mod simulate;
mod spj;
mod stoplist;
mod user;
mod verify;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use fault::CliFault;

/// Santunan kematian: dari permohonan desa sampai perintah bayar.
#[derive(Debug, Parser)]
#[command(name = "santunan", version, about, long_about = None, disable_help_subcommand = true)]
#[command(after_help = "Kode keluar: 0 selesai, 1 ditolak, 2 salah pemakaian, 3 gangguan lingkungan.")]
pub struct Cli {
    /// Berkas pengaturan TOML (bawaan: tidak ada; semua juga dapat diatur lewat SANTUNAN_*).
    #[arg(long, global = true, value_name = "BERKAS")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Siapkan contoh lengkap: 60 permohonan dari pengajuan sampai pembayaran, lalu layani aplikasi web.
    Demo(demo::DemoArgs),
    /// Layani aplikasi web dan kirim surat elektronik yang menunggu.
    Serve(serve::ServeArgs),
    /// Siapkan atau mutakhirkan basis data dan muat pengaturan kantor.
    Migrate(migrate::MigrateArgs),
    /// Masukkan data dari berkas.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Kelola akun.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Uji atau tampilkan aturan program.
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Ajukan permohonan dari berkas.
    #[command(subcommand)]
    Claim(claim::ClaimCommand),
    /// Lihat posisi anggaran, daftar tunggu, dan perkiraan.
    #[command(subcommand)]
    Budget(budget::BudgetCommand),
    /// Buktikan pembukuan.
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Lihat uang yang harus dikembalikan.
    #[command(subcommand)]
    Recovery(recovery::RecoveryCommand),
    /// Tulis berkas untuk bank dan impor jawabannya.
    #[command(subcommand)]
    Bank(bank::BankCommand),
    /// Periksa kelengkapan bukti bendahara (SPJ).
    #[command(subcommand)]
    Spj(spj::SpjCommand),
    /// Daftar kematian untuk program lain.
    #[command(subcommand)]
    Stoplist(stoplist::StopListCommand),
    /// Cocokkan daftar orang dalam berkas dengan data warga dalam berkas.
    Match(match_people::MatchArgs),
    /// Periksa permohonan dalam berkas terhadap data warga dalam berkas.
    Check(check::CheckArgs),
    /// Buat data warga, permohonan, dan pertanyaan pencocokan rekaan dari satu angka benih.
    Generate(generate::GenerateArgs),
    /// Periksa keaslian surat dari berkasnya atau kode QR-nya.
    #[command(subcommand)]
    Verify(verify::VerifyCommand),
    /// Kelola kunci tanda tangan surat.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Susun atau buktikan bundel pemeriksaan.
    Bundle(bundle::BundleArgs),
    /// Ukur ketepatan pemeriksaan pada data rekaan dan tulis laporannya.
    Detect(detect::DetectArgs),
    /// Uji inti keuangan dengan tahun anggaran tiruan dan segala gangguan dari angka benih.
    Simulate(simulate::SimulateArgs),
}

/// Runs a command line and says how it ended.
///
/// # Errors
/// [`CliFault`], with the exit code it stands for.
pub fn run(cli: Cli) -> Result<(), CliFault> {
    let config = cli.config.as_deref();
    match cli.command {
        Command::Demo(args) => demo::run(&args, config),
        Command::Serve(args) => serve::run(&args, config),
        Command::Migrate(args) => migrate::run(&args, config),
        Command::Import(command) => import::run(&command, config),
        Command::User(command) => user::run(&command, config),
        Command::Policy(command) => policy::run(&command, config),
        Command::Claim(command) => claim::run(&command, config),
        Command::Budget(command) => budget::run(&command, config),
        Command::Ledger(command) => ledger::run(&command, config),
        Command::Recovery(command) => recovery::run(&command, config),
        Command::Bank(command) => bank::run(&command, config),
        Command::Spj(command) => spj::run(&command, config),
        Command::Stoplist(command) => stoplist::run(&command, config),
        Command::Match(args) => match_people::command(&args),
        Command::Check(args) => check::command(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Verify(command) => verify::run(&command, config),
        Command::Keys(command) => keys::run(&command, config),
        Command::Detect(args) => detect::run(&args),
        Command::Bundle(args) => bundle::run(&args, config),
        Command::Simulate(args) => simulate::run(&args),
    }
}
