//! `santunan match`: who in a register the people of a file are, in a throw-away database.

use std::path::{Path, PathBuf};

use super::fault::CliFault;
use crate::clock::{Clock, new_id};
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::wib_date;
use crate::domain::region::RegionCode;
use crate::exchange::match_csv::{MatchLine, WrittenPerson, read_people, write_answers};
use crate::exchange::register_file::{RegisterReport, each_resident};
use crate::exchange::table::TableFault;
use crate::store::releases::NewRelease;
use crate::store::{Store, StoreError, Tx, packs};
use crate::workflow::import::take_in;
use crate::workflow::matching::{Answer, answer};
use crate::workflow::model::{learn_from_batch, of_office};

/// Cocokkan daftar orang dengan data warga: baris mana orang yang dimaksud, atau tidak ada.
#[derive(Debug, clap::Args)]
pub struct MatchArgs {
    /// Data warga (CSV).
    #[arg(long, value_name = "BERKAS.csv")]
    pub register: PathBuf,
    /// Daftar orang yang dicari (CSV: qid, nik, nama, tgl_lahir, jenis_kelamin, kode_desa, nama_ibu).
    #[arg(long, value_name = "BERKAS.csv")]
    pub queries: PathBuf,
    /// Berkas jawaban (CSV: qid, id_dtsen, score).
    #[arg(long, value_name = "BERKAS.csv")]
    pub out: PathBuf,
}

/// Why people could not be matched.
#[derive(Debug, thiserror::Error)]
pub enum MatchFault {
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
    #[error("pencocokan tidak dapat dijalankan di komputer ini")]
    Store(#[from] StoreError),
}

impl MatchFault {
    /// 1 for a file that is refused, 3 for a machine that cannot.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File { .. } | Self::Register(_) => 1,
            Self::Store(_) => 3,
        }
    }
}

/// What a matching did, for the closing lines.
#[derive(Debug, Clone)]
pub struct Matched {
    /// One answer per written person, in the order of the file.
    pub answers: Vec<Answer>,
    /// Register rows taken.
    pub rows: usize,
    /// How long finding one person took, without loading and learning.
    pub mean_time: std::time::Duration,
}

/// The command: matches and says what it did.
///
/// # Errors
/// [`CliFault`] with the exit code.
pub fn command(args: &MatchArgs) -> Result<(), CliFault> {
    let people = read(&args.queries, |bytes| read_people(&bytes).map_err(|e| e.to_string()))?;
    let matched = match_people(&read(&args.register, Ok)?, &people.people)?;
    let lines: Vec<MatchLine<'_>> = people.people.iter().zip(&matched.answers).flat_map(lines).collect();
    let fault = |why: String| MatchFault::File { path: args.out.clone(), why };
    let bytes = write_answers(&lines).map_err(|e| fault(e.to_string()))?;
    std::fs::write(&args.out, bytes).map_err(|e| fault(format!("jawaban tidak dapat ditulis ({e})")))?;
    let found = matched.answers.iter().filter(|answer| !answer.register_ids.is_empty()).count();
    println!(
        "{} dari {} orang ditemukan di antara {} baris data warga ({:.0?} per orang); jawaban di {}.",
        found,
        people.people.len(),
        matched.rows,
        matched.mean_time,
        args.out.display()
    );
    if !people.faults.is_empty() {
        println!("{} isian tidak terbaca dan tidak dipakai; orangnya dicari dengan isian lain.", people.faults.len());
    }
    Ok(())
}

fn lines<'a>((written, answer): (&'a WrittenPerson, &'a Answer)) -> impl Iterator<Item = MatchLine<'a>> {
    answer.register_ids.iter().map(|id| MatchLine { qid: &written.qid, register_id: id, score: answer.probability })
}

fn read<T>(path: &Path, parse: impl FnOnce(Vec<u8>) -> Result<T, String>) -> Result<T, MatchFault> {
    let fault = |why| MatchFault::File { path: path.to_owned(), why };
    let bytes = std::fs::read(path).map_err(|e| fault(format!("berkas tidak dapat dibuka ({e})")))?;
    parse(bytes).map_err(fault)
}

/// Matches people against a register file in a throw-away database.
///
/// # Errors
/// [`MatchFault::Register`] when the register is no table, [`MatchFault::Store`] when this machine cannot hold the database.
pub fn match_people(register: &[u8], people: &[WrittenPerson]) -> Result<Matched, MatchFault> {
    let office = RegionCode::parse("33.25").map_err(|e| StoreError::Unreachable(e.to_string()))?;
    let store = Store::throw_away(&std::env::temp_dir(), &new_id())?;
    let report = store.write(office.as_str(), |tx| load(tx, &office, register))?;
    store.read(|conn| {
        let model = of_office(conn, &office)?;
        let model = learn_from_batch(conn, &office, &model, people.iter().map(|written| &written.person))?;
        let begun = std::time::Instant::now();
        let answers: Vec<Answer> = people.iter().map(|written| answer(conn, &office, &model, &written.person)).collect::<Result<_, _>>()?;
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX).max(1);
        Ok(Matched { answers, rows: report.accepted, mean_time: begun.elapsed() / count })
    })
}

fn load(tx: &mut Tx<'_>, office: &RegionCode, bytes: &[u8]) -> Result<RegisterReport, MatchFault> {
    let now = Clock::System.now();
    packs::ensure_office(tx, office.as_str(), "Kabupaten", now)?;
    let release = NewRelease {
        office: office.clone(),
        source: "DTSEN".to_owned(),
        released_on: wib_date(now),
        file_name: String::new(),
        sha256: sha256_hex(bytes),
        imported_at: now,
    };
    let (report, _) = take_in::<MatchFault>(tx, &release, |take| each_resident(bytes, |resident| take(resident)))?;
    Ok(report)
}
