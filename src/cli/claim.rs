//! `santunan claim file FILE.json`: a claim through the same door as the page.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::access::Actor;
use crate::domain::calendar::wib_date;
use crate::exchange::claim_form::{ClaimForm, FormContext};
use crate::exchange::reference::Regions;
use crate::store::users;
use crate::workflow::{Desk, Submission, submit};

use super::fault::CliFault;
use super::setup;

/// Ajukan permohonan dari berkas.
#[derive(Debug, Subcommand)]
pub enum ClaimCommand {
    /// Ajukan satu permohonan dari berkas JSON, dengan aturan yang sama seperti halaman web.
    File(FileArgs),
}

/// Permohonan dari berkas.
#[derive(Debug, clap::Args)]
pub struct FileArgs {
    /// Berkas JSON.
    file: PathBuf,
    /// Nama akun operator desa yang mengajukan.
    #[arg(long, value_name = "AKUN")]
    by: String,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Files a claim.
pub fn run(command: &ClaimCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let ClaimCommand::File(args) = command;
    let desk = setup::desk(&setup::config(config)?)?;
    let account = desk.store.read(|conn| users::by_username(conn, &args.by));
    let account = account.map_err(|_unknown| CliFault::Refused(format!("akun {} tidak ada", args.by)))?;
    if account.disabled {
        return Err(CliFault::Refused(format!("akun {} sudah ditutup", args.by)));
    }
    let bytes = std::fs::read(&args.file).map_err(|e| CliFault::file(&args.file, &e))?;
    let submission = read(&desk, &account.actor, &bytes)?;
    let filed = submit(&desk, &account.actor, &submission)?;
    if args.json {
        let findings: Vec<&str> = filed.findings.iter().map(|f| f.code.as_str()).collect();
        let answer = serde_json::json!({
            "code": filed.claim.code, "verdict": filed.claim.verdict.code(), "findings": findings, "repeated": filed.repeated
        });
        println!("{answer}");
        return Ok(());
    }
    println!("Permohonan {} tersimpan.", filed.claim.code);
    for finding in &filed.findings {
        println!("  {}", finding.sentence);
    }
    Ok(())
}

fn read(desk: &Desk, actor: &Actor, bytes: &[u8]) -> Result<Submission, CliFault> {
    let form: ClaimForm = serde_json::from_slice(bytes).map_err(|e| unreadable(&e))?;
    let regions = Regions::current();
    let context = FormContext {
        today: wib_date(desk.clock.now()),
        region: &actor.region,
        office: &actor.office,
        known_village: &|village| regions.name(village).is_some(),
    };
    let content = form.parse(&context).map_err(|faults| CliFault::Refused(faults.to_string()))?;
    if form.kunci.trim().is_empty() {
        return Err(CliFault::Refused(
            "isi \"kunci\" dengan tanda unik permohonan ini, agar pengiriman ulang tidak menjadi dua permohonan".into(),
        ));
    }
    Ok(Submission { idempotency_key: form.kunci.trim().to_owned(), content, filed_on: None, attachments: vec![] })
}

/// Where a file stops being a claim, and which field is unknown; without the reader's own (English) words or any value.
fn unreadable(error: &serde_json::Error) -> CliFault {
    let words = error.to_string();
    let unknown = words.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let what = unknown.map_or_else(
        || "berkas bukan permohonan yang terbaca; periksa tanda baca dan nama isian".to_owned(),
        |field| format!("isian \"{field}\" tidak dikenal; periksa ejaan namanya"),
    );
    CliFault::Refused(format!("{what} di baris {}, kolom {}", error.line(), error.column()))
}
