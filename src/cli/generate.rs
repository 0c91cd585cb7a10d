//! `santunan generate`: invented residents, claims and match queries in the formats of the practice data.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::fault::CliFault;
use crate::invented::claims::{Activity, Filing, file};
use crate::invented::{Asker, Household, Keeper, Order, Place, Query, REGISTER_COLUMNS, Register, Strain, Words};

/// Families kept for claims and queries out of a larger register.
const FAMILIES_KEPT: usize = 40_000;
const REGIONS: &str = include_str!("../../fixtures/regions/wilayah_33.25.csv");

/// Buat data rekaan; benih yang sama selalu memberi berkas yang sama.
#[derive(Debug, clap::Args)]
pub struct GenerateArgs {
    /// Banyak baris data warga.
    #[arg(long, default_value_t = 20_000)]
    residents: usize,
    /// Banyak permohonan.
    #[arg(long, default_value_t = 600)]
    claims: usize,
    /// Banyak pertanyaan pencocokan.
    #[arg(long, default_value_t = 600)]
    queries: usize,
    /// Angka benih.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Pertanyaan yang rusak di banyak kolom sekaligus.
    #[arg(long)]
    harder: bool,
    /// Folder tujuan.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// The day an invented register shows.
pub fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap_or_default()
}

/// The villages of the list of regions this program carries.
pub fn places() -> Vec<Place> {
    REGIONS.lines().filter_map(place).collect()
}

fn place(line: &str) -> Option<Place> {
    let mut cells = line.split(',');
    let code = cells.next().filter(|code| code.split('.').count() == 4)?;
    Some(Place { code: code.to_owned(), name: cells.nth(2)?.to_owned() })
}

/// Makes the files.
///
/// # Errors
/// [`CliFault`] with the exit code.
pub fn run(args: &GenerateArgs) -> Result<(), CliFault> {
    std::fs::create_dir_all(&args.out).map_err(|e| CliFault::file(&args.out, &e))?;
    let words = Words::carried();
    let order = Order { seed: args.seed, residents: args.residents, as_of: as_of() };
    let families = in_file(&args.out.join("population.csv"), |file| write_register(file, &words, order))?;
    let filing = file(&words, args.seed, &families, args.claims, as_of());
    let strain = if args.harder { Strain::Harder } else { Strain::Usual };
    let queries = Asker::new(&words, args.seed, strain, as_of()).queries(&families, args.queries);
    let claims = claims_json(&filing).map_err(|e| CliFault::Environment(e.to_string()))?;
    in_file(&args.out.join("claims.json"), |file| Ok(file.write_all(&claims)?))?;
    in_file(&args.out.join("activity.csv"), |file| write_activities(file, &filing.activities))?;
    in_file(&args.out.join("match_queries.csv"), |file| write_queries(file, &queries))?;
    in_file(&args.out.join("match_answers.csv"), |file| write_answers(file, &queries))?;
    println!(
        "{} permohonan dan {} pertanyaan tentang data warga rekaan ada di {}.",
        filing.claims.len(),
        queries.len(),
        args.out.display()
    );
    Ok(())
}

fn in_file<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T, csv::Error>) -> Result<T, CliFault> {
    let file = std::fs::File::create(path).map_err(|e| CliFault::file(path, &e))?;
    let mut file = std::io::BufWriter::new(file);
    let written = write(&mut file).map_err(|e| CliFault::Environment(format!("{}: {e}", path.display())))?;
    file.flush().map_err(|e| CliFault::file(path, &e))?;
    Ok(written)
}

/// Writes a register row by row and keeps families to make claims and queries about.
///
/// # Errors
/// What the writer says.
pub fn write_register(to: &mut dyn Write, words: &Words, order: Order) -> Result<Vec<Household>, csv::Error> {
    let mut table = csv::Writer::from_writer(to);
    table.write_record(REGISTER_COLUMNS)?;
    let mut keeper = Keeper::new(order.seed, FAMILIES_KEPT);
    for household in Register::new(words, &places(), order) {
        keeper.show(&household);
        for person in &household.people {
            table.write_record(person.cells())?;
        }
    }
    table.flush()?;
    Ok(keeper.families)
}

/// The claims with what is expected of each.
///
/// # Errors
/// What the JSON writer says.
pub fn claims_json(filing: &Filing) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec_pretty(&filing.claims)
}

/// Writes events.
///
/// # Errors
/// What the writer says.
pub fn write_activities(to: &mut dyn Write, activities: &[Activity]) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_writer(to);
    table.write_record(["nik", "tanggal", "jenis"])?;
    for event in activities {
        table.write_record([event.nik.as_str(), &event.day.to_string(), event.kind])?;
    }
    Ok(table.flush()?)
}

/// Writes match queries.
///
/// # Errors
/// What the writer says.
pub fn write_queries(to: &mut dyn Write, queries: &[Query]) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_writer(to);
    table.write_record(["qid", "nik", "nama", "tgl_lahir", "jenis_kelamin", "kode_desa", "nama_ibu"])?;
    for query in queries {
        table.write_record(std::iter::once(&query.id).chain(&query.cells))?;
    }
    Ok(table.flush()?)
}

fn write_answers(to: &mut dyn Write, queries: &[Query]) -> Result<(), csv::Error> {
    let mut table = csv::Writer::from_writer(to);
    table.write_record(["qid", "kind", "id_dtsen"])?;
    for query in queries {
        table.write_record([query.id.as_str(), query.kind.code(), &query.answer.join("|")])?;
    }
    Ok(table.flush()?)
}
