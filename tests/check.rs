//! The sample claims against the sample register, through the store: what is right, what is missed, what is a false alarm.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::io::Cursor;

use santunan::cli::check::{Answer, check};
use santunan::exchange::activity_csv::read_activities;
use santunan::exchange::claims_json::read_claims;
use serde_json::Value;

const REGISTER: &[u8] = include_bytes!("../fixtures/register/population_sample.csv");
const ACTIVITY: &[u8] = include_bytes!("../fixtures/register/activity_sample.csv");
const CLAIMS: &[u8] = include_bytes!("../fixtures/claims/claims_sample.json");

#[derive(Debug, Default)]
struct Score {
    verdicts_right: usize,
    missed: Vec<String>,
    false_alarms: Vec<String>,
    wrong_verdicts: Vec<String>,
    wrong_rows: Vec<String>,
}

fn codes(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

impl Score {
    fn add(&mut self, answer: &Answer, expected: &Value) {
        let id = &answer.claim_id;
        let verdict = answer.verdict.code();
        let right = expected["verdict"] == verdict || codes(&expected["also_acceptable"]).contains(verdict);
        if right {
            self.verdicts_right += 1;
        } else {
            self.wrong_verdicts.push(format!("{id} {} {verdict} {:?}", expected["case"], answer.findings));
        }
        let found = codes(&serde_json::to_value(&answer.findings).unwrap());
        let must = codes(&expected["must_find"]);
        let may = codes(&expected["may_find"]);
        self.missed.extend(must.difference(&found).map(|code| format!("{id} {} {code}", expected["case"])));
        self.false_alarms.extend(
            found.iter().filter(|c| !must.contains(*c) && !may.contains(*c)).map(|code| format!("{id} {} {code}", expected["case"])),
        );
        let rows = codes(&expected["register_rows_of_deceased"]);
        if answer.matched_id_dtsen.as_ref().map_or(!rows.is_empty(), |id| !rows.contains(id)) {
            self.wrong_rows.push(format!("{id} {} {:?}", expected["case"], answer.matched_id_dtsen));
        }
    }
}

#[test]
fn the_sample_claims_are_judged_as_expected() {
    let checked = check(Cursor::new(REGISTER), &read_activities(ACTIVITY).unwrap(), &read_claims(CLAIMS).unwrap()).unwrap();
    let expected: Value = serde_json::from_slice(CLAIMS).unwrap();
    let mut score = Score::default();
    for (answer, claim) in checked.answers.iter().zip(expected.as_array().unwrap()) {
        assert_eq!(answer.claim_id, claim["claim_id"]);
        score.add(answer, &claim["expected"]);
    }
    println!("{score:#?}");
    assert_eq!(checked.rows_read, 5_000);
    assert_eq!(score.verdicts_right, 60, "{:#?}", score.wrong_verdicts);
    assert!(score.missed.is_empty(), "{:#?}", score.missed);
    assert!(score.false_alarms.is_empty(), "{:#?}", score.false_alarms);
    assert!(score.wrong_rows.is_empty(), "{:#?}", score.wrong_rows);
}
