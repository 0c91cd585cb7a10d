//! The cross-check against planted faults: no number may fall below the floor that is kept with the code.

use santunan::cli::detect::{measure, measure_matching};
use santunan::invented::Strain;
use santunan::invented::claims::cases;
use santunan::invented::grade::{Grade, per_mille};
use santunan::invented::match_grade::MatchGrade;

#[derive(serde::Deserialize)]
struct Floor {
    seeds: Vec<u64>,
    residents: usize,
    claims: usize,
    precision: u32,
    recall: u32,
    verdicts: u32,
    /// Lowest recall of a code, where it is asked for at all.
    recall_of: std::collections::BTreeMap<String, u32>,
    /// Most false alarms of a code; of all others none.
    false_alarms_of: std::collections::BTreeMap<String, u32>,
    matching: MatchingFloor,
}

#[derive(serde::Deserialize)]
struct MatchingFloor {
    residents: usize,
    queries: usize,
    usual: Least,
    harder: Least,
}

/// What a set of questions has to reach.
#[derive(serde::Deserialize)]
struct Least {
    precision: u32,
    recall: u32,
    f1: u32,
    /// Most false links where the person is absent.
    false_links: u32,
    /// Lowest recall of a kind of question.
    recall_of: std::collections::BTreeMap<String, u32>,
}

fn floor() -> Floor {
    toml::from_str(include_str!("../fixtures/detection_floor.toml")).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn detection_does_not_fall_below_the_floor() {
    let floor = floor();
    let mut all = Grade::default();
    let mut differences = Vec::new();
    for seed in &floor.seeds {
        let measured = measure(*seed, floor.residents, floor.claims).unwrap();
        all.add(&measured.grade);
        differences.extend(measured.differences);
    }
    let (codes, claims) = (all.all_codes(), all.all_claims());
    let verdicts = per_mille(claims.verdicts, claims.claims);
    let rows = differences.join("\n");
    assert!(codes.precision() >= floor.precision, "precision {} < {}\n{rows}", codes.precision(), floor.precision);
    assert!(codes.recall() >= floor.recall, "recall {} < {}\n{rows}", codes.recall(), floor.recall);
    assert!(verdicts >= floor.verdicts, "verdicts {verdicts} < {}\n{rows}", floor.verdicts);
    for (code, tally) in &all.codes {
        let least = floor.recall_of.get(code).copied().unwrap_or(1000);
        assert!(tally.recall() >= least, "recall of {code}: {} < {least}\n{rows}", tally.recall());
        let most = floor.false_alarms_of.get(code).copied().unwrap_or(0);
        assert!(tally.false_alarms <= most, "false alarms of {code}: {} > {most}\n{rows}", tally.false_alarms);
    }
}

#[test]
fn matching_does_not_fall_below_the_floor() {
    let Floor { seeds, matching: MatchingFloor { residents, queries, usual, harder }, .. } = floor();
    for (strain, least) in [(Strain::Usual, usual), (Strain::Harder, harder)] {
        let mut grade = MatchGrade::default();
        for seed in &seeds {
            grade.add(&measure_matching(*seed, residents, queries, strain).unwrap());
        }
        let all = grade.all();
        println!("{strain:?} precision {} recall {} F1 {} {grade:#?}", all.precision(), all.recall(), all.f1());
        assert!(all.absent > 0, "nobody absent was asked for");
        assert!(all.precision() >= least.precision, "{strain:?} precision {} < {}", all.precision(), least.precision);
        assert!(all.recall() >= least.recall, "{strain:?} recall {} < {}", all.recall(), least.recall);
        assert!(all.f1() >= least.f1, "{strain:?} F1 {} < {}", all.f1(), least.f1);
        assert!(all.false_link_rate() <= least.false_links, "{strain:?} false links {}", all.false_link_rate());
        for (kind, recall) in &least.recall_of {
            let tally = grade.kinds.get(kind.as_str()).unwrap_or_else(|| panic!("{kind} was never asked"));
            assert!(tally.recall() >= *recall, "{strain:?} recall of {kind}: {} < {recall}", tally.recall());
        }
    }
}

/// A floor that holds only because nothing was planted would be no floor.
#[test]
fn nearly_every_case_is_planted_by_the_seeds_of_the_floor() {
    use santunan::cli::generate::{as_of, write_register};
    use santunan::invented::claims::file;
    use santunan::invented::{Order, Words};
    let words = Words::carried();
    let mut seen = std::collections::BTreeSet::new();
    for seed in floor().seeds {
        let order = Order { seed, residents: 12_000, as_of: as_of() };
        let families = write_register(&mut std::io::sink(), &words, order).unwrap();
        seen.extend(file(&words, seed, &families, 1500, as_of()).claims.into_iter().map(|claim| claim.expected.case));
    }
    let missing: Vec<&str> = cases().filter(|case| !seen.contains(case)).collect();
    // Two people of one name who can both be claimed for are rare in a register this small.
    assert!(missing.iter().all(|case| *case == "clean_namesake"), "{missing:?} never planted");
}
