//! What other registers answered.

use super::super::*;
use super::world::*;
use crate::domain::source::{Answer, Element, NoAnswer, SourceAnswer, Who};

/// Runs the world with what sources said.
fn with_sources(said: &[(Who, Answer)]) -> Vec<(F, Severity)> {
    let world = clean();
    let live = said.iter().map(|(who, answer)| SourceAnswer {
        source: "Dukcapil".to_owned(),
        who: *who,
        question_key: String::new(),
        answer: answer.clone(),
        asked_on: day("2026-03-20"),
    });
    let facts = CrosscheckFacts { live: live.collect(), ..facts_of(&world) };
    // Facts survive the way through a snapshot.
    let kept: CrosscheckFacts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
    assert_eq!(kept, facts);
    run(&world.content, world.filed_on, &kept, &policy()).into_iter().map(|finding| (finding.code, finding.severity)).collect()
}

#[test]
fn a_source_speaks_for_and_against_and_its_silence_for_nothing() {
    let check = |said: &[(Who, Answer)], expected: &[(F, Severity)]| assert_eq!(with_sources(said), expected);
    let found = |dead, differing: &[Element]| Answer::Match { dead, differing: differing.to_vec() };
    let silent = Answer::Unavailable { why: NoAnswer::Slow };
    check(&[], &[]);
    check(&[(Who::Deceased, found(true, &[])), (Who::Heir, found(false, &[]))], &[(F::KematianTerkonfirmasi, Severity::Note)]);
    check(&[(Who::Deceased, found(false, &[]))], &[(F::KematianBelumTercatat, Severity::Note)]);
    check(&[(Who::Heir, found(true, &[]))], &[(F::AhliWarisSudahMeninggal, Severity::Review)]);
    check(&[(Who::Deceased, found(true, &[Element::Name]))], &[(F::DataSumberBeda, Severity::Review)]);
    check(&[(Who::Deceased, Answer::NoMatch), (Who::Heir, Answer::Several)], &[(F::DataSumberBeda, Severity::Review)]);
    check(&[(Who::Deceased, silent.clone()), (Who::Heir, silent)], &[(F::SumberTidakTerjangkau, Severity::Note)]);
}
