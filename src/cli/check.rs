//! `santunan check`: the cross-check over files alone, in a throw-away database.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::fault::CliFault;
use crate::clock::{Clock, new_id};
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::{Holidays, wib_date};
use crate::domain::crosscheck::{self, FindingCode, Verdict};
use crate::domain::policy::PolicyPack;
use crate::domain::region::RegionCode;
use crate::exchange::activity_csv::{ActivityFile, read_activities};
use crate::exchange::claims_json::{FiledClaim, read_claims};
use crate::exchange::pack::{included, read_office};
use crate::exchange::register_file::{Mappings, RegisterFile, RegisterReport};
use crate::exchange::table::TableFault;
use crate::store::releases::NewRelease;
use crate::store::{Store, StoreError, Tx, activities, packs};
use crate::workflow::crosscheck::{Submission, gather, office_habit, remember};
use crate::workflow::import::{feed, take_in};

/// Periksa permohonan dalam berkas terhadap data warga dalam berkas, tanpa menyimpan apa pun.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Data warga (CSV atau Excel .xlsx).
    #[arg(long, value_name = "BERKAS")]
    pub register: PathBuf,
    /// Daftar permohonan menurut urutan pengajuan (JSON).
    #[arg(long, value_name = "BERKAS.json")]
    pub claims: PathBuf,
    /// Catatan kegiatan per NIK (CSV).
    #[arg(long, value_name = "BERKAS.csv")]
    pub activity: Option<PathBuf>,
    /// Berkas jawaban (JSON).
    #[arg(long, value_name = "BERKAS.json")]
    pub out: PathBuf,
}

/// Why a check could not be done.
#[derive(Debug, thiserror::Error)]
pub enum CheckFault {
    /// A file cannot be opened or is not what it should be.
    #[error("{}: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The register is not what it should be.
    #[error("data warga tidak dapat dipakai")]
    Register(#[from] TableFault),
    /// The throw-away database failed.
    #[error("pemeriksaan tidak dapat dijalankan di komputer ini")]
    Store(#[from] StoreError),
    /// The answer cannot be written.
    #[error("jawaban tidak dapat ditulis ke {}", path.display())]
    Answer {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
}

impl CheckFault {
    /// 1 for a file that is refused, 3 for a machine that cannot.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File { .. } | Self::Register(_) => 1,
            Self::Store(_) | Self::Answer { .. } => 3,
        }
    }
}

/// The answer about one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its id in the file.
    pub claim_id: String,
    /// What the findings together say.
    pub verdict: Verdict,
    /// What was found.
    pub findings: Vec<FindingCode>,
    /// What else an inspector would look at; never part of the verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<FindingCode>,
    /// The register row taken for the deceased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_id_dtsen: Option<String>,
}

/// What a check did, for the closing lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// One answer per claim, in the order of the file.
    pub answers: Vec<Answer>,
    /// Register rows read.
    pub rows_read: usize,
    /// Register rows that could not be taken.
    pub rows_set_aside: usize,
    /// Claims of which something could not be read.
    pub damaged_claims: usize,
}

/// Reads the files, checks every claim in the order of the file and writes the answer.
///
/// # Errors
/// [`CheckFault`]; nothing is written then.
pub fn run(args: &CheckArgs) -> Result<Checked, CheckFault> {
    let claims = file(&args.claims, |bytes| read_claims(&bytes).map_err(|e| e.to_string()))?;
    let events = args.activity.as_deref().map(|path| file(path, |bytes| read_activities(&bytes).map_err(|e| e.to_string()))).transpose()?;
    let register = file(&args.register, Ok)?;
    let checked = check(&register, &events.unwrap_or_default(), &claims)?;
    let text =
        serde_json::to_string_pretty(&checked.answers).map_err(|e| CheckFault::Answer { path: args.out.clone(), source: e.into() })?;
    std::fs::write(&args.out, text + "\n").map_err(|source| CheckFault::Answer { path: args.out.clone(), source })?;
    Ok(checked)
}

fn file<T>(path: &Path, read: impl FnOnce(Vec<u8>) -> Result<T, String>) -> Result<T, CheckFault> {
    let fault = |why| CheckFault::File { path: path.to_owned(), why };
    let bytes = std::fs::read(path).map_err(|e| fault(format!("berkas tidak dapat dibuka ({e})")))?;
    read(bytes).map_err(fault)
}

/// The command: does the check and says what it did.
///
/// # Errors
/// [`CliFault`] with the exit code.
pub fn command(args: &CheckArgs) -> Result<(), CliFault> {
    let checked = run(args)?;
    println!(
        "{} permohonan diperiksa terhadap {} baris data warga ({} disisihkan); jawaban di {}.",
        checked.answers.len(),
        checked.rows_read,
        checked.rows_set_aside,
        args.out.display()
    );
    if checked.damaged_claims > 0 {
        println!("{} permohonan tidak terbaca seluruhnya dan ditandai perlu dilihat petugas.", checked.damaged_claims);
    }
    Ok(())
}

/// Checks claims against a register file in a throw-away database.
///
/// # Errors
/// [`CheckFault::Register`] when the register is no table, [`CheckFault::Store`] when this machine cannot hold the database.
pub fn check(register: &[u8], events: &ActivityFile, claims: &[FiledClaim]) -> Result<Checked, CheckFault> {
    let settings = read_office(included::OFFICE).map_err(|faults| unusable_pack(format!("{faults:?}")))?;
    let rules = Rules {
        pack: PolicyPack::parse(included::POLICY).map_err(|faults| unusable_pack(format!("{faults:?}")))?,
        holidays: settings.closed_days(),
    };
    let office = settings.region;
    let store = Store::throw_away(&std::env::temp_dir(), &new_id())?;
    let report = store.write(office.as_str(), |tx| load(tx, &office, &settings.letterhead.government, register, events))?;
    let bar = progress(claims.len(), "permohonan");
    let answers = store.write(office.as_str(), |tx| {
        let numbered = (1_i64..).zip(claims);
        let answers = numbered.map(|(sequence, claim)| {
            bar.inc(1);
            answer(tx, &office, &rules, sequence, claim)
        });
        answers.collect::<Result<Vec<_>, StoreError>>()
    })?;
    bar.finish_and_clear();
    let damaged_claims = claims.iter().filter(|claim| !claim.faults.is_empty()).count();
    Ok(Checked { answers, rows_read: report.rows(), rows_set_aside: report.set_aside, damaged_claims })
}

fn load(tx: &mut Tx<'_>, office: &RegionCode, name: &str, register: &[u8], events: &ActivityFile) -> Result<RegisterReport, CheckFault> {
    let now = Clock::System.now();
    packs::ensure_office(tx, office.as_str(), name, now)?;
    let release = NewRelease {
        office: office.clone(),
        source: "DTSEN".to_owned(),
        released_on: wib_date(now),
        file_name: String::new(),
        sha256: sha256_hex(register),
        imported_at: now,
    };
    let mut file = RegisterFile::open(Cursor::new(register), &Mappings::built_in(), wib_date(now))?;
    let bar = progress(file.recognised().rows, "data warga");
    let (report, _) = take_in::<CheckFault>(tx, &release, |take| {
        feed(&mut file, |resident| {
            bar.inc(1);
            take(resident)
        })
    })?;
    bar.finish_and_clear();
    activities::insert_all(tx, office, &new_id(), &events.activities)?;
    Ok(report)
}

/// What claims are checked by.
struct Rules {
    pack: PolicyPack,
    holidays: Holidays,
}

fn answer(tx: &mut Tx<'_>, office: &RegionCode, rules: &Rules, sequence: i64, claim: &FiledClaim) -> Result<Answer, StoreError> {
    let claim_id = claim.claim_id.clone();
    let Some(content) = &claim.content else {
        return Ok(Answer { claim_id, verdict: Verdict::NeedsReview, findings: Vec::new(), signals: Vec::new(), matched_id_dtsen: None });
    };
    let submission = Submission { office, clerk: &claim.clerk, filed_on: claim.filed_on, before_sequence: sequence };
    let mut facts = gather(tx, &submission, content)?;
    facts.holidays.clone_from(&rules.holidays);
    // The date of a register file is not known; the day it was read must not count as its date.
    facts.dataset.released_on = None;
    let Some(policy) = rules.pack.nearest(content.death.died_on) else { return Err(unusable_pack("tanpa versi")) };
    facts.around.office = office_habit(tx, &submission, content, &facts, policy)?;
    let findings = crosscheck::run(content, claim.filed_on, &facts, policy);
    remember(tx, &submission, content, &facts, &new_id(), &claim_id)?;
    let of_public = verdict(Verdict::of_public(&findings), claim);
    let (public, signals) = findings.iter().map(|finding| finding.code).partition(|code| code.is_public());
    Ok(Answer {
        claim_id,
        verdict: of_public,
        findings: public,
        signals,
        matched_id_dtsen: facts.person.row().map(|row| row.register_id.clone()),
    })
}

/// A claim that could not be read whole is never clean.
fn verdict(of_findings: Verdict, claim: &FiledClaim) -> Verdict {
    match of_findings {
        Verdict::Eligible if !claim.faults.is_empty() => Verdict::NeedsReview,
        verdict => verdict,
    }
}

fn progress(steps: usize, what: &'static str) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} sisa {eta}").unwrap_or_else(|_plain| ProgressStyle::default_bar());
    ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_style(style).with_message(what)
}

fn unusable_pack(why: impl std::fmt::Display) -> StoreError {
    StoreError::Unreachable(format!("paket aturan bawaan tidak terbaca: {why}"))
}
