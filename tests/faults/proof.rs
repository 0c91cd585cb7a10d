//! What must be true of a folder whatever happened to its disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::prelude::*;
use diesel::{QueryableByName, sql_query, sql_types};
use santunan::domain::audit::verify;
use santunan::domain::claim::State;
use santunan::store::money::budget;
use santunan::store::{DbConn, StoreError, audit, events, letters, outbox, snapshots};
use santunan::workflow::money::verify_ledger;
use santunan::workflow::pdf_of;

use crate::work::{FAMILIES, Place, drive, stages};

/// How much of everything there is: equal for equal work, however often it was tried.
#[derive(Debug, PartialEq, Eq)]
pub struct Inventory {
    letters: BTreeMap<String, usize>,
    audited: BTreeMap<String, usize>,
    mails: i64,
    promised: i64,
    paid: i64,
    returned: i64,
    states: BTreeMap<State, usize>,
}

/// Opens the folder as after a restart and proves it; then does what is left and says what there is in the end.
pub fn prove_and_finish(folder: &Path, acknowledged: &BTreeSet<String>) -> Inventory {
    let place = Place::open(folder).unwrap();
    sound(&place);
    for act in stages().into_iter().flatten().filter(|act| acknowledged.contains(&act.name())) {
        assert!(act.is_done(&place).unwrap(), "{act:?} was acknowledged and is gone");
    }
    drive(&place, &|_| ()).unwrap();
    sound(&place);
    inventory(&place)
}

/// The file is whole, the chain is whole, and nothing is half done.
fn sound(place: &Place) {
    let (texts, foreign) = read(place, |conn| {
        Ok((texts(conn, "PRAGMA integrity_check"), texts(conn, "SELECT \"table\" AS integrity_check FROM pragma_foreign_key_check")))
    });
    assert_eq!((texts, foreign), (vec!["ok".to_owned()], vec![]));
    let chain = read(place, |conn| audit::chain(conn, place.code.as_str()));
    verify(chain.iter().map(|(entry, hash)| (entry, hash.as_str()))).unwrap();
    let books = verify_ledger(&place.desk, &place.code).unwrap();
    assert!(books.is_ok(), "{books:?}");
    let issued = read(place, |conn| letters::all(conn, &place.code));
    for letter in &issued {
        pdf_of(&place.desk, letter).unwrap();
    }
    let mut numbers: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for letter in &issued {
        numbers.entry(&letter.kind).or_default().push(letter.sequence);
    }
    for (kind, mut sequence) in numbers {
        sequence.sort_unstable();
        assert!((1..).zip(&sequence).all(|(expected, number)| expected == *number), "{kind}: {sequence:?}");
    }
    for family in 0..FAMILIES {
        whole_claim(place, family, &chain.iter().map(|(entry, _)| (entry.action.as_str(), entry.subject.as_str())).collect::<Vec<_>>());
    }
}

/// Story, state, version, receipt, snapshots and audit entries of a claim tell the same.
fn whole_claim(place: &Place, family: usize, audited: &[(&str, &str)]) {
    let Some(claim) = place.claim(family).unwrap() else { return };
    let (story, kept, issued) =
        read(place, |conn| Ok((events::story(conn, &claim.id)?, snapshots::of_claim(conn, &claim.id)?, letters::all(conn, &place.code)?)));
    assert_eq!(story.last().unwrap().to_state, claim.state);
    assert_eq!(i64::try_from(story.len()).unwrap(), claim.version);
    let receipts = issued.iter().filter(|letter| letter.kind == "tanda_terima" && letter.about.claim_id.as_ref() == Some(&claim.id));
    assert_eq!(receipts.count(), 1);
    let subject = format!("claim:{}", claim.id);
    let told = |action: &str| audited.iter().filter(|entry| **entry == (action, subject.as_str())).count();
    assert_eq!((told("claim.file"), told("claim.snapshot")), (1, kept.len()));
    let looked_at = story.iter().filter(|event| ["file", "verify", "approve"].contains(&event.action.as_str())).count();
    assert_eq!(kept.len(), looked_at);
}

fn inventory(place: &Place) -> Inventory {
    let count = |words: Vec<String>| {
        words.into_iter().fold(BTreeMap::new(), |mut counts, word| {
            *counts.entry(word).or_insert(0) += 1;
            counts
        })
    };
    let position = read(place, |conn| {
        let line = budget::line_of_year(conn, &place.code, 2026)?;
        budget::position(conn, &line)
    });
    let states = (0..FAMILIES).filter_map(|family| place.claim(family).unwrap()).fold(BTreeMap::new(), |mut states, claim| {
        *states.entry(claim.state).or_insert(0) += 1;
        states
    });
    Inventory {
        letters: count(read(place, |conn| Ok(letters::all(conn, &place.code)?.into_iter().map(|letter| letter.kind).collect()))),
        audited: count(read(place, |conn| {
            Ok(audit::chain(conn, place.code.as_str())?.into_iter().map(|(entry, _)| entry.action).collect())
        })),
        mails: read(place, |conn| outbox::counts(conn, &place.code)).due,
        promised: position.committed.whole(),
        paid: position.paid.whole(),
        returned: position.returned.whole(),
        states,
    }
}

fn read<T>(place: &Place, work: impl FnOnce(&mut DbConn) -> Result<T, StoreError>) -> T {
    place.desk.store.read(work).unwrap()
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = sql_types::Text)]
    integrity_check: String,
}

fn texts(conn: &mut DbConn, sql: &str) -> Vec<String> {
    sql_query(sql).load::<Said>(conn).unwrap().into_iter().map(|row| row.integrity_check).collect()
}
