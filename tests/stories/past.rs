//! Years of past claims: what is looked at, what is left out, and in which order.

use chrono::{Days, NaiveDate};
use santunan::domain::claim::ClaimContent;
use santunan::domain::crosscheck::{CrosscheckFacts, EarlierClaim};
use santunan::store::history::Origin;
use santunan::store::{StoreError, history};
use santunan::workflow::crosscheck::{Submission, gather};

use crate::support::{Office, a_claim, june, on_both_engines};

/// Claims that share one value and are looked at.
const LOOKED_AT: i64 = 200;
/// Letters beside a claim's own that are looked at, on each side.
const LETTERS: i64 = 3;

impl Office {
    fn gathered(&self, content: &ClaimContent) -> CrosscheckFacts {
        let submission = Submission { office: &self.code, clerk: "operator", filed_on: june(20), before_sequence: 1_000 };
        self.desk.store.read(|conn| gather(conn, &submission, content)).unwrap()
    }

    /// So many claims of the days before, one a day, each changed by its number.
    fn remember(&self, count: i64, change: impl Fn(i64, EarlierClaim) -> EarlierClaim) {
        let kept = self.desk.store.write::<_, StoreError>(self.code.as_str(), |tx| {
            for sequence in 1..=count {
                let claim = change(sequence, stranger(sequence, &a_claim().submission().content));
                history::insert(tx, &self.code, &format!("lama-{sequence}"), Origin::History, &claim)?;
            }
            Ok(())
        });
        kept.unwrap();
    }
}

/// A claim that shares nothing with another but the village.
fn stranger(sequence: i64, content: &ClaimContent) -> EarlierClaim {
    let filed_on: NaiveDate = june(1) - Days::new(400 - sequence.unsigned_abs());
    EarlierClaim {
        claim_code: format!("LAMA-{sequence}"),
        sequence,
        village: content.village.clone(),
        clerk: "petugas lain".to_owned(),
        filed_on,
        died_on: filed_on - Days::new(7),
        deceased_nik: None,
        deceased_register_id: None,
        deceased_name: format!("ALMARHUM {sequence}"),
        deceased_born_on: None,
        deceased_mother: String::new(),
        deceased_village: content.village.clone(),
        heir_nik: None,
        heir_name: String::new(),
        heir_phone: String::new(),
        heir_outside_family: false,
        account: String::new(),
        letter_number: String::new(),
        letter_on: None,
        filed_at: None,
        proxy_nik: None,
    }
}

fn sequences(facts: &CrosscheckFacts) -> Vec<i64> {
    facts.earlier.iter().map(|claim| claim.sequence).collect()
}

#[test]
fn of_a_telephone_in_hundreds_of_claims_the_newest_are_looked_at() {
    on_both_engines(|office| {
        let content = a_claim().submission().content;
        office.remember(LOOKED_AT + 5, |_, claim| EarlierClaim { heir_phone: "085700000000".to_owned(), ..claim });
        assert_eq!(sequences(&office.gathered(&content)), (6..=LOOKED_AT + 5).collect::<Vec<_>>());
    });
}

#[test]
fn a_clerk_and_the_villages_letters_are_seen_up_to_a_limit_and_the_nearest_first() {
    on_both_engines(|office| {
        let content = a_claim().submission().content;
        // The claim's own letter is the 21st of the year.
        office.remember(40, |sequence, claim| EarlierClaim {
            clerk: "operator".to_owned(),
            filed_on: june(20) - Days::new(345 + sequence.unsigned_abs()),
            letter_number: format!("474.3/{sequence:03}/2026"),
            letter_on: Some(june(1)),
            ..claim
        });
        let around = office.gathered(&content).around;
        let letters: Vec<i64> = around.letters.iter().map(|letter| letter.sequence).collect();
        assert_eq!(letters, (21 - LETTERS..21).rev().chain(22..22 + LETTERS).collect::<Vec<_>>());
        let filed: Vec<NaiveDate> = around.clerk.iter().map(|filing| filing.filed_on).collect();
        assert_eq!(filed, (346..=365).map(|days| june(20) - Days::new(days)).collect::<Vec<_>>());
    });
}

#[test]
fn a_claim_that_shares_nothing_is_not_looked_at_and_the_next_place_follows_the_last() {
    on_both_engines(|office| {
        office.remember(3, |_, claim| claim);
        assert_eq!(sequences(&office.gathered(&a_claim().submission().content)), Vec::<i64>::new());
        assert_eq!(office.desk.store.read(history::next_sequence).unwrap(), 4);
    });
}
