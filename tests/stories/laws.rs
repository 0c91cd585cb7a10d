//! Whatever people do, in whatever order, some things never happen.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use santunan::domain::claim::{State, Step};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::OrderState;
use santunan::store::claims::{self, Claim, ClaimQuery};
use santunan::store::money::orders::Order;
use santunan::store::money::{decrees, orders};
use santunan::store::{StoreError, events};
use santunan::workflow::money::{
    Answer, ByHand, Release, cancel_order, check_order, lock_decree, make_order, record_by_hand, release_order, sign_decree,
};

use crate::support::{Engine, Office, PASSWORD, a_claim, june, open};

/// One thing somebody tries; most tries are refused, and that is the point.
#[derive(Debug, Clone)]
enum Try {
    File(usize),
    /// The straight step from where the claim stands.
    Onward(usize),
    Step(usize, &'static str, Step),
    Decree,
    Order,
    Cancel,
    Release,
    /// What becomes of every payment that is out: it comes back, or it arrives.
    Answer(bool),
}

fn tries() -> impl Strategy<Value = Try> {
    let who = prop::sample::select(vec!["operator.wonotunggal", "kades.wonotunggal", "verifikator", "kepala.dinas", "bendahara"]);
    let aside =
        prop::sample::select(vec![("kepala.dinas", Step::Hold), ("kepala.dinas", Step::Resume), ("operator.wonotunggal", Step::Withdraw)]);
    prop_oneof![
        3 => (0..4_usize).prop_map(Try::File),
        16 => (0..8_usize).prop_map(Try::Onward),
        3 => (0..8_usize, aside).prop_map(|(claim, (who, step))| Try::Step(claim, who, step)),
        3 => (0..8_usize, who, prop::sample::select(Step::ALL.to_vec())).prop_map(|(claim, who, step)| Try::Step(claim, who, step)),
        4 => Just(Try::Decree),
        4 => Just(Try::Order),
        1 => Just(Try::Cancel),
        4 => Just(Try::Release),
        4 => prop::bool::weighted(0.2).prop_map(Try::Answer),
    ]
}

fn all(office: &Office) -> Vec<Claim> {
    let query = ClaimQuery { limit: 100, ..ClaimQuery::default() };
    office.desk.store.read(|conn| claims::list(conn, office.who("inspektorat"), &query)).unwrap().0
}

fn attempt(office: &Office, number: usize, what: &Try) {
    let finance = office.who("bendahara");
    match what {
        Try::File(family) => drop(office.file(&a_claim().of_family(*family).with_key(&format!("kunci-{number}")))),
        Try::Onward(at) => step(office, *at, |state| match state {
            State::Submitted => ("kades.wonotunggal", Step::Endorse),
            State::Endorsed => ("verifikator", Step::Verify),
            State::OnHold => ("kepala.dinas", Step::Resume),
            _ => ("kepala.dinas", Step::Approve),
        }),
        Try::Step(at, who, what) => step(office, *at, |_| (*who, *what)),
        Try::Decree => {
            if let Ok(decreed) = lock_decree(&office.desk, finance, "") {
                drop(sign_decree(&office.desk, finance, &decreed.decree.id, june(22)));
            }
        }
        Try::Order => {
            for decree in office.desk.store.read(|conn| decrees::all(conn, &office.code)).unwrap() {
                drop(make_order(&office.desk, finance, &decree.id, ""));
            }
        }
        Try::Cancel => {
            for order in orders(office) {
                drop(cancel_order(&office.desk, finance, &order.id, order.version, "rekening penerima keliru"));
            }
        }
        Try::Release => {
            for order in orders(office).into_iter().filter(|order| order.state == OrderState::Made) {
                office.papers(&order);
                let Ok(checked) = check_order(&office.desk, office.who("ppk"), &order.id, order.version) else { continue };
                let release = Release { order_id: &order.id, expected_version: checked.version, password: PASSWORD, reason: "" };
                drop(release_order(&office.desk, office.who("kuasa.bud"), &release));
            }
        }
        Try::Answer(returned) => {
            let answer = if *returned { Answer::Returned("AC04".to_owned()) } else { Answer::Paid };
            for item in orders(office).into_iter().flat_map(|order| order.items) {
                let told = ByHand {
                    item_id: &item.id,
                    expected_version: item.version,
                    answer: answer.clone(),
                    on: june(22),
                    evidence: "rekening koran",
                };
                drop(record_by_hand(&office.desk, finance, &told));
            }
        }
    }
}

fn orders(office: &Office) -> Vec<Order> {
    office.desk.store.read(|conn| orders::all(conn, &office.code)).unwrap()
}

fn step(office: &Office, at: usize, choose: impl Fn(State) -> (&'static str, Step)) {
    let there = all(office);
    if let Some(claim) = there.get(at % there.len().max(1)) {
        let (who, step) = choose(claim.state);
        drop(office.act(office.who(who), &claim.id, step, "Alasan yang cukup panjang"));
    }
}

fn holds(office: &Office) {
    let (position, claims) = (office.position(), all(office));
    assert!(position.adds_up(), "{position:?}");
    office.books();
    let promised = |c: &&Claim| {
        matches!((c.state, c.resume), (State::Approved | State::Decreed | State::Paid, _) | (State::OnHold, Some(State::Approved)))
    };
    assert_eq!(Rupiah::sum(claims.iter().filter(promised).map(|c| c.amount)), Some(position.committed));
    let mut living = BTreeMap::new();
    for claim in claims.iter().filter(|c| !matches!(c.state, State::Rejected | State::Withdrawn | State::Annulled)) {
        *living.entry(claim.content.deceased.nik.number.clone()).or_insert(0) += 1;
    }
    assert!(living.values().all(|n| *n == 1), "{living:?}");
    for claim in claims.iter().filter(|c| c.state == State::Paid) {
        let story = office.desk.store.read::<_, StoreError>(|conn| events::story(conn, &claim.id)).unwrap();
        let steps: Vec<&str> = story.iter().map(|event| event.action.as_str()).collect();
        assert!(steps.contains(&"approve") && steps.ends_with(&["decree", "pay"]), "{steps:?}");
    }
}

#[test]
fn no_order_of_acts_breaks_the_office() {
    let paid = std::cell::Cell::new(0);
    let config = ProptestConfig { cases: 8, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() };
    // Always the same days: whether one of them reaches payment must not be left to luck.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let played = TestRunner::new_with_rng(config, rng).run(&prop::collection::vec(tries(), 30..80), |tries| {
        let office = open(Engine::Sqlite);
        office.set_ceiling(2_000_000);
        for (number, what) in tries.iter().enumerate() {
            attempt(&office, number, what);
            holds(&office);
        }
        prop_assert!(office.audit().is_ok());
        paid.set(paid.get() + all(&office).iter().filter(|c| c.state == State::Paid).count());
        Ok(())
    });
    played.unwrap();
    assert!(paid.get() > 0, "a law about payments that never sees one says nothing");
}
