//! The sample of written people against the sample register, through the store: who is found, who is missed, who is taken for another.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::float_arithmetic, reason = "precision and recall are figures of a report")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use santunan::cli::match_people::match_people;
use santunan::exchange::match_csv::read_people;

const REGISTER: &[u8] = include_bytes!("../fixtures/register/population_sample.csv");
const QUERIES: &[u8] = include_bytes!("../fixtures/register/match_sample_queries.csv");
const ANSWERS: &[u8] = include_bytes!("../fixtures/register/match_sample_answers.csv");

/// Right, linked and true rows.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: u32,
    linked: u32,
    truly: u32,
}

impl Count {
    fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from(self.linked + self.truly)
    }
}

#[derive(Debug, Default)]
struct Score {
    rows: Count,
    absent: u32,
    taken_for_another: Vec<String>,
    by_kind: BTreeMap<String, Count>,
}

impl Score {
    fn add(&mut self, qid: &str, kind: &str, linked: &BTreeSet<String>, truth: &BTreeSet<String>) {
        let size = |set: &BTreeSet<String>| u32::try_from(set.len()).unwrap();
        let right = u32::try_from(linked.intersection(truth).count()).unwrap();
        for count in [&mut self.rows, self.by_kind.entry(kind.to_owned()).or_default()] {
            count.right += right;
            count.linked += size(linked);
            count.truly += size(truth);
        }
        if truth.is_empty() {
            self.absent += 1;
            if !linked.is_empty() {
                self.taken_for_another.push(format!("{qid} {kind}"));
            }
        }
    }
}

fn truths() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut reader = csv::Reader::from_reader(ANSWERS);
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let ids = row.get(2).unwrap_or_default().split('|').filter(|id| !id.is_empty()).map(str::to_owned).collect();
        (row.get(0).unwrap_or_default().to_owned(), (row.get(1).unwrap_or_default().to_owned(), ids))
    });
    rows.collect()
}

#[test]
fn the_sample_people_are_found_and_absent_ones_are_nobody() {
    let people = read_people(QUERIES).unwrap().people;
    let matched = match_people(Cursor::new(REGISTER), &people).unwrap();
    let truths = truths();
    let mut score = Score::default();
    for (written, answer) in people.iter().zip(&matched.answers) {
        let (kind, truth) = &truths[&written.qid];
        score.add(&written.qid, kind, &answer.register_ids.iter().cloned().collect(), truth);
    }
    println!("F1 {:.4}, {:?} a person, {score:#?}", score.rows.f1(), matched.mean_time);
    assert_eq!((people.len(), matched.rows), (300, 5_000));
    assert!(score.rows.f1() >= 0.97, "F1 {:.4} {:#?}", score.rows.f1(), score.by_kind);
    assert!(score.taken_for_another.len() * 100 <= 3 * usize::try_from(score.absent).unwrap(), "{:?}", score.taken_for_another);
}

#[test]
fn every_right_number_with_the_right_name_is_found() {
    let people = read_people(QUERIES).unwrap().people;
    let truths = truths();
    let right_number: Vec<_> = people.into_iter().filter(|written| truths[&written.qid].0 == "nik_ok").collect();
    let matched = match_people(Cursor::new(REGISTER), &right_number).unwrap();
    for (written, answer) in right_number.iter().zip(&matched.answers) {
        assert!(answer.register_ids.iter().any(|id| truths[&written.qid].1.contains(id)), "{} {answer:?}", written.qid);
        assert!(answer.probability > 0.99, "{} {answer:?}", written.qid);
    }
}
