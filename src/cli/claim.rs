//! `santunan claim`: file a claim through the same door as the page, work its decisions out again, ask the sources about it.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::access::Actor;
use crate::domain::calendar::{long_date, long_date_time, wib_date};
use crate::domain::identity::Nik;
use crate::domain::source::{Answer, Question};
use crate::exchange::claim_form::{ClaimForm, FormContext};
use crate::exchange::reference::Regions;
use crate::live::{PopulationSource, Releases};
use crate::store::users;
use crate::store::{claims, register};
use crate::workflow::{Channel, Desk, Replay, Replayed, Submission, ask_live, replay, submit};

use super::fault::CliFault;
use super::setup;

/// Ajukan permohonan dari berkas.
#[derive(Debug, Subcommand)]
pub enum ClaimCommand {
    /// Ajukan satu permohonan dari berkas JSON, dengan aturan yang sama seperti halaman web.
    File(FileArgs),
    /// Hitung ulang setiap keputusan dari rekamannya dan buktikan temuannya sama.
    Replay(CodeArgs),
    /// Tanyakan almarhum dan ahli waris kepada data kantor dan sumber lain saat ini juga; tidak ada yang diubah.
    Ask(CodeArgs),
}

/// Satu permohonan.
#[derive(Debug, clap::Args)]
pub struct CodeArgs {
    /// Kode permohonan.
    code: String,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
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

/// Runs a claim command.
pub fn run(command: &ClaimCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let desk = setup::desk(&setup::config(config)?)?;
    match command {
        ClaimCommand::File(args) => file(&desk, args),
        ClaimCommand::Replay(args) => work_out_again(&desk, args),
        ClaimCommand::Ask(args) => ask(&desk, args),
    }
}

fn work_out_again(desk: &Desk, args: &CodeArgs) -> Result<(), CliFault> {
    let again = replay(desk, &args.code)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&again).map_err(|e| CliFault::Environment(e.to_string()))?);
    } else {
        tell(&again);
    }
    let broken = again.decisions.iter().filter(|decision| !decision.proves()).count();
    if broken == 0 { Ok(()) } else { Err(CliFault::Refused(format!("{broken} rekaman tidak menghasilkan temuan yang sama"))) }
}

fn tell(again: &Replay) {
    for decision in &again.decisions {
        let dated = decision.dataset_on.map(|on| format!(" {}", long_date(on))).unwrap_or_default();
        println!(
            "{} — {}, {}, aturan {}, {}{dated}",
            long_date_time(decision.taken_at),
            decision.step,
            decision.engine,
            decision.policy_version,
            decision.dataset
        );
        println!("  {}", outcome(decision));
        for finding in &decision.kept {
            println!("  {} {}", finding.code.as_str(), if decision.again.contains(finding) { "sama" } else { "kini berbeda" });
        }
        for finding in decision.again.iter().filter(|finding| !decision.kept.contains(finding)) {
            println!("  {} baru dari hitung ulang", finding.code.as_str());
        }
    }
    let today: Vec<&str> = again.today.findings.iter().map(|finding| finding.code.as_str()).collect();
    println!("Dengan data hari ini: {}", if today.is_empty() { "tidak ada temuan".to_owned() } else { today.join(", ") });
    if !again.today.changed_rows.is_empty() {
        println!("Baris data warga yang berubah sejak keputusan terakhir: {}", again.today.changed_rows.join(", "));
    }
}

fn outcome(decision: &Replayed) -> &'static str {
    match (decision.intact, decision.kept == decision.again, decision.other_engine()) {
        (false, _, _) => "REKAMAN BERUBAH: tidak cocok dengan sidik jarinya atau jejak audit",
        (true, true, _) => "terbukti: temuan yang sama",
        (true, false, true) => "berbeda: program atau aturannya sudah berganti sejak keputusan ini",
        (true, false, false) => "BERBEDA dengan program yang sama",
    }
}

/// Every source, the office's own releases first. Questions to a live service count against its day like any other.
fn ask(desk: &Desk, args: &CodeArgs) -> Result<(), CliFault> {
    let claim = desk.store.read(|conn| claims::by_code(conn, &args.code.trim().to_uppercase()));
    let claim = claim.map_err(|fault| CliFault::missing(fault, format!("permohonan {} tidak ada", args.code)))?;
    let (store, office) = (desk.store.clone(), claim.office.clone());
    let own = Releases::new("Data kantor".to_owned(), move |nik: &Nik| store.read(|conn| register::by_nik(conn, &office, nik)).ok());
    let mut told = Vec::new();
    for question in Question::of(&claim.content) {
        told.push((own.name().to_owned(), question.who, own.ask(&question, desk.clock.now(), &mut || true)));
        for (source, answer) in ask_live(desk, &claim.office, &question)? {
            told.push((source, question.who, answer));
        }
    }
    for (source, who, answer) in told {
        let said = serde_json::to_value(&answer).map_err(|e| CliFault::Environment(e.to_string()))?;
        if args.json {
            println!("{}", serde_json::json!({ "source": source, "who": who.code(), "answer": said }));
        } else {
            println!("{source} tentang {}: {}", who.label(), in_words(&answer));
        }
    }
    Ok(())
}

fn in_words(answer: &Answer) -> String {
    match answer {
        Answer::Match { dead, differing } => {
            let state = if *dead { "tercatat meninggal" } else { "tercatat, tidak meninggal" };
            let parts: Vec<&str> = differing.iter().map(|element| element.label()).collect();
            if parts.is_empty() { state.to_owned() } else { format!("{state}; berbeda: {}", parts.join(", ")) }
        }
        Answer::NoMatch => "NIK tidak terdaftar".to_owned(),
        Answer::Several => "NIK terdaftar ganda".to_owned(),
        Answer::Inactive => "data tidak aktif".to_owned(),
        Answer::Unavailable { why } => format!("tidak ada jawaban, {}", why.label()),
    }
}

fn file(desk: &Desk, args: &FileArgs) -> Result<(), CliFault> {
    let account = desk.store.read(|conn| users::by_username(conn, &args.by));
    let account = account.map_err(|fault| CliFault::missing(fault, format!("akun {} tidak ada", args.by)))?;
    if account.disabled {
        return Err(CliFault::Refused(format!("akun {} sudah ditutup", args.by)));
    }
    let bytes = std::fs::read(&args.file).map_err(|e| CliFault::file(&args.file, &e))?;
    let submission = read(desk, &account.actor, &bytes)?;
    let filed = submit(desk, &account.actor, &submission)?;
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
    Ok(Submission {
        idempotency_key: form.kunci.trim().to_owned(),
        content,
        filed_on: None,
        attachments: vec![],
        channel: Channel::Program,
    })
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
