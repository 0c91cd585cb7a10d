//! The half of the report about matching: who written people are, on questions worn as usual and on harder ones.

use std::fmt::Write as _;
use std::io::Cursor;

use super::{DetectArgs, as_of, share, write_register};
use crate::cli::fault::CliFault;
use crate::cli::generate::write_queries;
use crate::cli::match_people::match_people;
use crate::exchange::match_csv::read_people;
use crate::invented::match_grade::{MatchGrade, MatchTally};
use crate::invented::{Asker, Order, Strain, Words};

/// The two sets of questions and what they are called in the report.
const SETS: [(Strain, &str); 2] =
    [(Strain::Usual, "questions as usual"), (Strain::Harder, "harder questions: several faults in every field")];

/// Makes a register and questions from a seed, matches them as `santunan match` would, and counts.
///
/// # Errors
/// [`CliFault`] as of a matching.
pub fn measure_matching(seed: u64, residents: usize, queries: usize, strain: Strain) -> Result<MatchGrade, CliFault> {
    let words = Words::carried();
    let (mut register, mut questions) = (Vec::new(), Vec::new());
    let unwritten = |why: String| CliFault::Environment(format!("data rekaan: {why}"));
    let order = Order { seed, residents, as_of: as_of() };
    let families = write_register(&mut register, &words, order).map_err(|e| unwritten(e.to_string()))?;
    let asked = Asker::new(&words, seed, strain, as_of()).queries(&families, queries);
    write_queries(&mut questions, &asked).map_err(|e| unwritten(e.to_string()))?;
    let people = read_people(&questions).map_err(|e| unwritten(e.to_string()))?;
    let matched = match_people(Cursor::new(&register), &people.people)?;
    let mut grade = MatchGrade::default();
    for (query, answer) in asked.iter().zip(&matched.answers) {
        grade.mark(query, &answer.register_ids);
    }
    Ok(grade)
}

/// Measures every seed on both sets and writes the part of the report.
///
/// # Errors
/// [`CliFault`] as of a matching.
pub(super) fn report(text: &mut String, args: &DetectArgs) -> Result<(), CliFault> {
    text.push_str(
        "\n# What the matching finds\n\nBy the same command and seeds: who the people of a list are, as `santunan match` answers. \
         Precision: of the rows named, how many are the person. Recall: of the person's rows, how many were named. F1 is their harmonic mean. \
         A false link names somebody for a person who is not in the register.\n",
    );
    for (strain, name) in SETS {
        let mut all = MatchGrade::default();
        let _written = write!(
            text,
            "\n## Per seed, {name}\n\n| seed | questions | precision | recall | F1 | about nobody | false links | share |\n\
             | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        );
        for seed in &args.seeds {
            let grade = measure_matching(*seed, args.residents, args.queries, strain)?;
            seed_line(text, &seed.to_string(), grade.all());
            all.add(&grade);
        }
        seed_line(text, "all", all.all());
        let _written = write!(
            text,
            "\n## Per kind, {name}\n\n| kind | questions | right | missed | wrong | precision | recall | F1 | false links |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        );
        for (kind, tally) in &all.kinds {
            kind_line(text, kind, *tally);
        }
    }
    Ok(())
}

fn seed_line(text: &mut String, seed: &str, tally: MatchTally) {
    let MatchTally { queries, absent, false_links, .. } = tally;
    let figures = [tally.precision(), tally.recall(), tally.f1()].map(share).join(" | ");
    let _written = writeln!(text, "| {seed} | {queries} | {figures} | {absent} | {false_links} | {} |", share(tally.false_link_rate()));
}

/// Of questions about nobody there is no recall to speak of.
fn kind_line(text: &mut String, kind: &str, tally: MatchTally) {
    let MatchTally { queries, absent, right, missed, wrong, false_links } = tally;
    let figures = match absent {
        0 => [tally.precision(), tally.recall(), tally.f1()].map(share).join(" | "),
        _ => "– | – | –".to_owned(),
    };
    let _written = writeln!(text, "| {kind} | {queries} | {right} | {missed} | {wrong} | {figures} | {false_links} |");
}
