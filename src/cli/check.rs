//! `santunan check`: the cross-check over files alone, in a throw-away database.

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::path::PathBuf;

use serde::Serialize;

use super::fault::CliFault;
use super::over_files::{FilesFault, Loaded, included_office, load_register, open, progress, read, recognise, unusable_pack, write};
use crate::clock::new_id;
use crate::domain::calendar::Holidays;
use crate::domain::claim::ClaimContent;
use crate::domain::crosscheck::{self, CrosscheckFacts, FindingCode, Verdict};
use crate::domain::identity::Nik;
use crate::domain::policy::PolicyPack;
use crate::domain::region::RegionCode;
use crate::exchange::activity_csv::{ActivityFile, read_activities};
use crate::exchange::claims_json::{FiledClaim, read_claims};
use crate::exchange::pack::included;
use crate::store::{StoreError, Tx, activities};
use crate::workflow::crosscheck::{Submission, gather, office_habit, remember};

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
/// [`FilesFault`]; nothing is written then.
pub fn run(args: &CheckArgs) -> Result<Checked, FilesFault> {
    let claims = read(&args.claims, read_claims)?;
    let events = args.activity.as_deref().map(|path| read(path, read_activities)).transpose()?;
    let checked = check(open(&args.register)?, &events.unwrap_or_default(), &claims)?;
    let text = serde_json::to_string_pretty(&checked.answers);
    let text = text.map_err(|e| FilesFault::Answer { path: args.out.clone(), source: e.into() })?;
    write(&args.out, (text + "\n").as_bytes())?;
    Ok(checked)
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
/// [`FilesFault::Register`] when the register is no table, [`FilesFault::Store`] when this machine cannot hold the database.
pub fn check(register: impl Read + Seek, events: &ActivityFile, claims: &[FiledClaim]) -> Result<Checked, FilesFault> {
    let settings = included_office()?;
    let rules = Rules {
        pack: PolicyPack::parse(included::POLICY).map_err(|faults| unusable_pack(format!("{faults:?}")))?,
        holidays: settings.closed_days(),
    };
    let Loaded { store, report } = load_register(&settings, &mut recognise(register)?)?;
    let office = settings.region;
    let bar = progress(claims.len(), "permohonan");
    let answers = store.write(office.as_str(), |tx| {
        activities::insert_all(tx, &office, &new_id(), &events.activities)?;
        let numbered = (1_i64..).zip(claims);
        let answers = numbered.map(|(sequence, claim)| {
            bar.inc(1);
            let (answer, facts) = answer(tx, &office, &rules, sequence, claim)?;
            if let (Some(content), Some(facts)) = (&claim.content, facts) {
                remember(tx, &submission(&office, sequence, claim), content, &facts, &new_id(), &claim.claim_id)?;
            }
            Ok(answer)
        });
        let mut answers = answers.collect::<Result<Vec<_>, StoreError>>()?;
        for at in with_heirs_of_later_claims(claims) {
            if let (Some(slot), Some((sequence, claim))) = (answers.get_mut(at), (1_i64..).zip(claims).nth(at)) {
                *slot = answer(tx, &office, &rules, sequence, claim)?.0;
            }
        }
        Ok::<_, StoreError>(answers)
    })?;
    bar.finish_and_clear();
    let damaged_claims = claims.iter().filter(|claim| !claim.faults.is_empty()).count();
    Ok(Checked { answers, rows_read: report.rows(), rows_set_aside: report.set_aside, damaged_claims })
}

/// Places of claims whose heir is the deceased of a claim further down: only at the end of the file it is known that they died.
fn with_heirs_of_later_claims(claims: &[FiledClaim]) -> Vec<usize> {
    let contents = || claims.iter().enumerate().filter_map(|(at, claim)| Some((at, claim.content.as_ref()?)));
    let last: HashMap<&Nik, usize> = contents().filter_map(|(at, content)| Some((content.deceased.nik.number.as_ref()?, at))).collect();
    let later = |content: &ClaimContent| last.get(content.payee()?.nik.number.as_ref()?).copied();
    contents().filter(|(at, content)| later(content).is_some_and(|later| later > *at)).map(|(at, _)| at).collect()
}

fn submission<'a>(office: &'a RegionCode, sequence: i64, claim: &'a FiledClaim) -> Submission<'a> {
    Submission { office, clerk: &claim.clerk, filed_on: claim.filed_on, before_sequence: sequence }
}

/// What claims are checked by.
struct Rules {
    pack: PolicyPack,
    holidays: Holidays,
}

/// The answer about a claim, with the facts it rests on; none for a claim of which not enough could be read.
fn answer(
    tx: &mut Tx<'_>,
    office: &RegionCode,
    rules: &Rules,
    sequence: i64,
    claim: &FiledClaim,
) -> Result<(Answer, Option<CrosscheckFacts>), StoreError> {
    let claim_id = claim.claim_id.clone();
    let Some(content) = &claim.content else {
        let (findings, signals) = (Vec::new(), Vec::new());
        return Ok((Answer { claim_id, verdict: Verdict::NeedsReview, findings, signals, matched_id_dtsen: None }, None));
    };
    let submission = submission(office, sequence, claim);
    let mut facts = gather(tx, &submission, content)?;
    facts.holidays.clone_from(&rules.holidays);
    // The date of a register file is not known; the day it was read must not count as its date.
    facts.dataset.released_on = None;
    let Some(policy) = rules.pack.nearest(content.death.died_on) else { return Err(unusable_pack("tanpa versi")) };
    facts.around.office = office_habit(tx, &submission, content, &facts, policy)?;
    let findings = crosscheck::run(content, claim.filed_on, &facts, policy);
    let of_public = verdict(Verdict::of_public(&findings), claim);
    let (public, signals) = findings.iter().map(|finding| finding.code).partition(|code| code.is_public());
    let matched_id_dtsen = facts.person.row().map(|row| row.register_id.clone());
    Ok((Answer { claim_id, verdict: of_public, findings: public, signals, matched_id_dtsen }, Some(facts)))
}

/// A claim that could not be read whole is never clean.
fn verdict(of_findings: Verdict, claim: &FiledClaim) -> Verdict {
    match of_findings {
        Verdict::Eligible if !claim.faults.is_empty() => Verdict::NeedsReview,
        verdict => verdict,
    }
}
