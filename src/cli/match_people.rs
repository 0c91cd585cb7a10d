//! `santunan match`: who in a register the people of a file are, in a throw-away database.

use std::io::{Read, Seek};
use std::path::PathBuf;

use super::fault::CliFault;
use super::over_files::{FilesFault, Loaded, included_office, load_register, open, read, recognise, write};
use crate::exchange::match_csv::{MatchLine, WrittenPerson, read_people, write_answers};
use crate::workflow::matching::{Answer, answer};
use crate::workflow::model::{learn_from_batch, of_office};

/// Cocokkan daftar orang dengan data warga: baris mana orang yang dimaksud, atau tidak ada.
#[derive(Debug, clap::Args)]
pub struct MatchArgs {
    /// Data warga (CSV atau Excel .xlsx).
    #[arg(long, value_name = "BERKAS")]
    pub register: PathBuf,
    /// Daftar orang yang dicari (CSV: qid, nik, nama, tgl_lahir, jenis_kelamin, kode_desa, nama_ibu).
    #[arg(long, value_name = "BERKAS.csv")]
    pub queries: PathBuf,
    /// Berkas jawaban (CSV: qid, id_dtsen, score).
    #[arg(long, value_name = "BERKAS.csv")]
    pub out: PathBuf,
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
    let people = read(&args.queries, read_people)?;
    let matched = match_people(open(&args.register)?, &people.people)?;
    let lines: Vec<MatchLine<'_>> = people.people.iter().zip(&matched.answers).flat_map(lines).collect();
    let bytes = write_answers(&lines).map_err(|e| FilesFault::Answer { path: args.out.clone(), source: e.into() })?;
    write(&args.out, &bytes)?;
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

/// Matches people against a register file in a throw-away database.
///
/// # Errors
/// [`FilesFault::Register`] when the register is no table, [`FilesFault::Store`] when this machine cannot hold the database.
pub fn match_people(register: impl Read + Seek, people: &[WrittenPerson]) -> Result<Matched, FilesFault> {
    let settings = included_office()?;
    let mut register = recognise(register)?;
    let Loaded { store, report } = load_register(&settings, &mut register)?;
    let office = settings.region;
    store.read(|conn| {
        let model = of_office(conn, &office)?;
        let model = learn_from_batch(conn, &office, &model, people.iter().map(|written| &written.person))?;
        let begun = std::time::Instant::now();
        let answers: Vec<Answer> = people.iter().map(|written| answer(conn, &office, &model, &written.person)).collect::<Result<_, _>>()?;
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX).max(1);
        Ok(Matched { answers, rows: report.accepted, mean_time: begun.elapsed() / count })
    })
}
