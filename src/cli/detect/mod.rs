//! `santunan detect`: how well the cross-check and the matching do on invented data, written down as a report.

mod matching;

pub use matching::measure_matching;

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;

use super::check::{Answer, check};
use super::fault::CliFault;
use super::generate::{as_of, claims_json, write_activities, write_register};
use super::over_files::FilesFault;
use crate::exchange::activity_csv::read_activities;
use crate::exchange::claims_json::read_claims;
use crate::invented::claims::{Claim, file};
use crate::invented::grade::{CaseTally, CodeTally, Grade, per_mille};
use crate::invented::{Order, Words};

/// Ukur ketepatan pemeriksaan dan pencocokan pada data rekaan.
#[derive(Debug, clap::Args)]
pub struct DetectArgs {
    /// Angka benih, dipisah koma.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
    seeds: Vec<u64>,
    /// Banyak baris data warga tiap benih.
    #[arg(long, default_value_t = 20_000)]
    residents: usize,
    /// Banyak permohonan tiap benih.
    #[arg(long, default_value_t = 600)]
    claims: usize,
    /// Banyak pertanyaan pencocokan tiap benih, sekali yang biasa dan sekali yang lebih sulit.
    #[arg(long, default_value_t = 600)]
    queries: usize,
    /// Berkas laporan.
    #[arg(long, value_name = "BERKAS.md", default_value = "docs/detection.md")]
    out: PathBuf,
    /// Tulis juga setiap selisih, satu baris tiap permohonan.
    #[arg(long, value_name = "BERKAS.txt")]
    rows: Option<PathBuf>,
}

/// What one seed gave.
#[derive(Debug, Default)]
pub struct Measured {
    /// The seed.
    pub seed: u64,
    /// Counts.
    pub grade: Grade,
    /// One line for each claim that was not answered as expected.
    pub differences: Vec<String>,
}

/// Makes a register and claims from a seed, checks them as `santunan check` would, and counts.
///
/// # Errors
/// [`FilesFault`] as of a check.
pub fn measure(seed: u64, residents: usize, claims: usize) -> Result<Measured, FilesFault> {
    let words = Words::carried();
    let mut register = Vec::new();
    let unwritten = |why: String| FilesFault::File { path: PathBuf::from("data rekaan"), why };
    let order = Order { seed, residents, as_of: as_of() };
    let families = write_register(&mut register, &words, order).map_err(|e| unwritten(e.to_string()))?;
    let filing = file(&words, seed, &families, claims, as_of());
    let mut events = Vec::new();
    write_activities(&mut events, &filing.activities).map_err(|e| unwritten(e.to_string()))?;
    let events = read_activities(&events)?;
    let json = claims_json(&filing).map_err(|e| unwritten(e.to_string()))?;
    let filed = read_claims(&json).map_err(|e| unwritten(e.to_string()))?;
    let checked = check(Cursor::new(register), &events, &filed)?;
    let mut measured = Measured { seed, ..Measured::default() };
    for (claim, answer) in filing.claims.iter().zip(&checked.answers) {
        measured.mark(claim, answer);
    }
    Ok(measured)
}

impl Measured {
    fn mark(&mut self, claim: &Claim, answer: &Answer) {
        let codes: Vec<String> = answer.findings.iter().filter_map(written).collect();
        let found: Vec<&str> = codes.iter().map(String::as_str).collect();
        let verdict = written(&answer.verdict).unwrap_or_default();
        let expected = &claim.expected;
        let (missed, wrong) = self.grade.mark(expected, &verdict, &found);
        let right = verdict == expected.verdict || expected.also_acceptable.contains(&verdict.as_str());
        if missed.is_empty() && wrong.is_empty() && right {
            return;
        }
        self.differences.push(format!(
            "benih {} {} {}: kurang {missed:?}, lebih {wrong:?}, putusan {verdict} (seharusnya {})",
            self.seed, claim.claim_id, expected.case, expected.verdict
        ));
    }
}

/// A code or verdict as the answer file has it.
fn written<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// Measures each seed and writes the report.
///
/// # Errors
/// [`CliFault`] with the exit code.
pub fn run(args: &DetectArgs) -> Result<(), CliFault> {
    let mut runs = Vec::new();
    for seed in &args.seeds {
        runs.push(measure(*seed, args.residents, args.claims)?);
    }
    let mut report = report(args, &runs);
    matching::report(&mut report, args)?;
    std::fs::write(&args.out, report).map_err(|e| CliFault::file(&args.out, &e))?;
    if let Some(path) = &args.rows {
        let rows: Vec<&str> = runs.iter().flat_map(|run| &run.differences).map(String::as_str).collect();
        std::fs::write(path, rows.join("\n")).map_err(|e| CliFault::file(path, &e))?;
    }
    println!("Laporan {} benih ada di {}.", runs.len(), args.out.display());
    Ok(())
}

fn report(args: &DetectArgs, runs: &[Measured]) -> String {
    let mut all = Grade::default();
    for run in runs {
        all.add(&run.grade);
    }
    let seeds = args.seeds.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
    let mut text = format!(
        "# What the cross-check finds\n\nMade by one command, from invented people only:\n\n    santunan detect --seeds {seeds} --residents {} --claims {} --queries {} --out {}\n\n\
         Precision: of the codes reported that are not a matter of taste, how many are right. Recall: of those that had to be reported, how many were. \
         A verdict counts when it is the expected one or one named as acceptable too. The faults are planted by construction \
         (`src/invented/claims`), so the right answer is known.\n\n",
        args.residents,
        args.claims,
        args.queries,
        args.out.display()
    );
    text.push_str(
        "## Per seed\n\n| seed | claims | precision | recall | false alarms | verdicts |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for run in runs {
        seed_line(&mut text, &run.seed.to_string(), &run.grade);
    }
    seed_line(&mut text, "all", &all);
    text.push_str(
        "\n## Per code\n\n| code | found | missed | false alarms | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (code, tally) in &all.codes {
        code_line(&mut text, code, *tally);
    }
    text.push_str("\n## Per case\n\n| case | claims | verdicts right | exactly | codes missed | false alarms |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (case, tally) in &all.cases {
        case_line(&mut text, case, *tally);
    }
    text
}

fn seed_line(text: &mut String, seed: &str, grade: &Grade) {
    let (codes, claims) = (grade.all_codes(), grade.all_claims());
    let verdicts = share(per_mille(claims.verdicts, claims.claims));
    let line =
        [claims.claims.to_string(), share(codes.precision()), share(codes.recall()), codes.false_alarms.to_string(), verdicts].join(" | ");
    let _written = writeln!(text, "| {seed} | {line} |");
}

fn code_line(text: &mut String, code: &str, tally: CodeTally) {
    let CodeTally { hits, misses, false_alarms } = tally;
    let _written =
        writeln!(text, "| {code} | {hits} | {misses} | {false_alarms} | {} | {} |", share(tally.precision()), share(tally.recall()));
}

fn case_line(text: &mut String, case: &str, tally: CaseTally) {
    let CaseTally { claims, verdicts, exact, misses, false_alarms } = tally;
    let _written = writeln!(text, "| {case} | {claims} | {verdicts} | {exact} | {misses} | {false_alarms} |");
}

/// Per thousand as a decimal number.
fn share(per_mille: u32) -> String {
    format!("{}.{:03}", per_mille / 1000, per_mille % 1000)
}
