//! The same thing sent again: twice, a month late, with something else in it, fifty times at once. One effect, one answer.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};
use santunan::clock::Clock;
use santunan::store::{audit, letters};
use santunan::workflow::{Desk, Refusal, submit};
use serde_json::Value;

use crate::house::House;
use crate::proof::prove_desk;
use crate::support::{Database, Engine, Office, a_claim, now, on_both_engines};
use crate::wire::{Heard, Page};
use crate::work::{Town, claim_form, page_fields};

/// Senders at once.
const AT_ONCE: usize = 50;

fn later(days: u64) -> DateTime<Utc> {
    now().checked_add_days(Days::new(days)).unwrap()
}

/// Claims filed, receipts issued: the effects of a filing.
fn effects(office: &Office) -> (usize, usize) {
    let chain = office.desk.store.read(|conn| audit::chain(conn, office.code.as_str())).unwrap();
    let issued = office.desk.store.read(|conn| letters::all(conn, &office.code)).unwrap();
    (chain.iter().filter(|(entry, _)| entry.action == "claim.file").count(), issued.len())
}

#[test]
fn the_same_claim_twice_and_a_month_late_is_the_same_claim() {
    on_both_engines(|office| {
        let clerk = office.who("operator.wonotunggal");
        let first = office.file(&a_claim()).unwrap();
        for days in [0, 1, 31, 400] {
            let desk: Desk = office.desk.at(Clock::Fixed(later(days)));
            let again = submit(&desk, clerk, &a_claim().submission()).unwrap();
            assert!(again.repeated && !first.repeated, "after {days} days");
            assert_eq!((&again.claim.code, again.claim.filed_on), (&first.claim.code, first.claim.filed_on), "after {days} days");
            assert_eq!(again.findings, first.findings, "after {days} days");
        }
        assert_eq!(effects(office), (1, 1));
        prove_desk(&office.desk, office.code.as_str(), false).unwrap();
    });
}

#[test]
fn a_key_with_something_else_in_it_is_refused_however_late() {
    on_both_engines(|office| {
        let clerk = office.who("operator.wonotunggal");
        office.file(&a_claim().with_key("satu")).unwrap();
        for days in [0, 31] {
            let desk: Desk = office.desk.at(Clock::Fixed(later(days)));
            for other in [a_claim().of_family(1), a_claim().paid_in_cash(), a_claim().died_on("2026-06-14")] {
                let refused = submit(&desk, clerk, &other.with_key("satu").submission());
                assert!(matches!(refused, Err(Refusal::KeyReused)), "after {days} days: {refused:?}");
            }
        }
        let colleague = office.hire("operator.kedua", clerk.role, "33.25.01.2006", "3325016506809501", "3325010101109501");
        let refused = submit(&office.desk, &colleague, &a_claim().with_key("satu").submission());
        assert!(matches!(refused, Err(Refusal::KeyReused)), "somebody else's key: {refused:?}");
        assert_eq!(effects(office), (1, 1));
    });
}

/// Everything of an answer that is about the claim.
fn told(page: &Page) -> Value {
    let mut told: Value = serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{}: {}", page.status, page.text()));
    assert!(told.as_object_mut().unwrap().remove("repeated").is_some_and(|word| word.is_boolean()));
    told
}

#[test]
fn fifty_at_once_under_one_key_are_one_claim_with_one_answer() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(Database::make(engine));
        let town = Town::new(&house);
        let clerk = town.person("operator.wonotunggal");
        for round in 0..4 {
            let key = format!("lima-puluh-{round}");
            let sent = clerk.json("/api/v1/claims", &claim_form(round, &key).to_string());
            let pages: Vec<Page> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(|| clerk.send(&sent))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let count = |status: u16| pages.iter().filter(|page| page.status == status).count();
            assert_eq!((count(201), count(200)), (1, AT_ONCE - 1));
            let answers: BTreeSet<String> = pages.iter().map(|page| told(page).to_string()).collect();
            assert_eq!(answers.len(), 1, "{answers:?}");
            let repeated: BTreeSet<&str> = pages.iter().filter(|page| page.status == 200).map(|page| page.body.as_str()).collect();
            assert_eq!(repeated.len(), 1, "the same answer, byte for byte");
        }
        house.look(|desk| prove_desk(desk, house.code.as_str(), house.is_embedded())).unwrap();
    }
}

#[test]
fn the_form_sent_again_leads_to_the_same_claim_and_with_other_words_comes_back_with_a_sentence() {
    let house = House::open(Database::make(Engine::Sqlite));
    let town = Town::new(&house);
    let clerk = town.person("operator.wonotunggal");
    let form = |place: &str| {
        let mut fields = page_fields(&claim_form(0, "formulir-1"));
        fields.iter_mut().find(|(key, _)| key == "tempat_meninggal").unwrap().1 = place.to_owned();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        clerk.form("/permohonan/baru", &fields)
    };
    let first = clerk.send(&form("RUMAH"));
    assert_eq!(first.status, 303, "{}", first.text());
    house.kill();
    assert!(matches!(house.line.send(&form("RUMAH")), Heard::NotReached));
    house.serve();
    let again = clerk.send(&form("RUMAH"));
    assert_eq!((again.status, &again.location), (303, &first.location));
    let other = clerk.send(&form("RUMAH SAKIT BATANG"));
    assert_eq!(other.status, 409);
    assert!(other.text().contains("sudah pernah dikirim dengan isi yang berbeda"), "{}", other.text());
    assert!(other.body.contains("RUMAH SAKIT BATANG"), "what was typed is still there");
}
