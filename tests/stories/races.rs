//! Two people at once: one of them is first, the other is told so, and nothing is done twice.

use std::sync::Barrier;

use santunan::domain::access::Role;
use santunan::domain::claim::{ClaimContent, Payout, State, Step};
use santunan::domain::undo::Ground;
use santunan::store::{StoreError, letters};
use santunan::workflow::money::{Answer, ByHand, make_order, record_by_hand};
use santunan::workflow::{Refusal, replay, submit};

use crate::support::{Engine, Office, a_claim, june, open};

/// Rounds enough to meet a race that is there, few enough to be quick.
const ROUNDS: [(Engine, usize); 2] = [(Engine::Sqlite, 25), (Engine::Postgres, 10)];

/// Prepares an office on each engine and plays rounds in it.
fn repeatedly<S>(prepare: impl Fn(&Office) -> S, round: impl Fn(&Office, &S, usize)) {
    for (engine, rounds) in ROUNDS {
        let office = open(engine);
        let stage = prepare(&office);
        (0..rounds).for_each(|number| round(&office, &stage, number));
        office.audit().unwrap();
    }
}

type Job<'a, T> = Box<dyn FnOnce() -> T + Send + 'a>;

/// Lets all jobs start at the same moment.
fn at_once<T: Send>(jobs: Vec<Job<'_, T>>) -> Vec<T> {
    let barrier = &Barrier::new(jobs.len());
    std::thread::scope(|scope| {
        let mut running = Vec::new();
        for job in jobs {
            running.push(scope.spawn(move || {
                barrier.wait();
                job()
            }));
        }
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn of_two_approvers_one_decides_and_the_other_looks_again() {
    let prepare = |office: &Office| office.hire("sekretaris.dinas", Role::Approver, "33.25", "3325016506809501", "3325010101109501");
    repeatedly(prepare, |office, second, round| {
        let id = &office.verified(&a_claim().with_key(&format!("putaran-{round}")));
        let version = office.claim(id).version;
        let approve = |who| move || office.act_at(who, id, version, Step::Approve, "");
        let done = at_once(vec![Box::new(approve(office.who("kepala.dinas"))), Box::new(approve(second))]);
        assert_eq!(done.iter().filter(|r| r.is_ok()).count(), 1, "{done:?}");
        assert!(done.iter().any(|r| matches!(r, Err(Refusal::Stale))), "{done:?}");
        assert_eq!(office.position().committed.whole(), 1_000_000);
        office.annulled(id, Ground::Forged);
        office.books();
    });
}

#[test]
fn money_for_one_claim_goes_to_one_of_two() {
    repeatedly(
        |office: &Office| office.set_ceiling(1_000_000),
        |office, (), round| {
            let ids = &[0, 1].map(|n| office.verified(&a_claim().of_family(n).with_key(&format!("putaran-{round}-{n}"))));
            let versions = ids.each_ref().map(|id| office.claim(id).version);
            let head = office.who("kepala.dinas");
            let step = |n: usize| move || office.act_at(head, &ids[n], versions[n], Step::Approve, "").unwrap().state;
            let mut states = at_once(vec![Box::new(step(0)), Box::new(step(1))]);
            states.sort();
            assert_eq!(states, [State::Approved, State::Waiting]);
            assert_eq!(office.position().committed.whole(), 1_000_000);
            // Both go away again, so that the next round finds the office as it was.
            for id in ids {
                if office.claim(id).state == State::Waiting {
                    office.act(head, id, Step::Reject, "hanya untuk uji balapan").unwrap();
                } else {
                    office.annulled(id, Ground::Forged);
                }
            }
            office.books();
        },
    );
}

#[test]
fn eight_threads_take_numbers_without_gap_or_double() {
    repeatedly(
        |_| (),
        |office, (), round| {
            let take = || {
                let next = || {
                    office.desk.store.write::<_, StoreError>(office.code.as_str(), |tx| {
                        letters::next_number(tx, &office.code, "kuitansi", &format!("PUTARAN-{round}"), 2026)
                    })
                };
                (0..4).map(|_| next().unwrap()).collect::<Vec<_>>()
            };
            let jobs = (0..8).map(|_| -> Job<'_, Vec<i64>> { Box::new(take) }).collect();
            let mut taken: Vec<i64> = at_once(jobs).concat();
            taken.sort_unstable();
            assert_eq!(taken, (1..=32).collect::<Vec<_>>());
        },
    );
}

#[test]
fn of_two_clerks_one_files_for_the_deceased() {
    let prepare = |office: &Office| office.hire("operator.kedua", Role::Operator, "33.25.01.2006", "3325016506809501", "3325010101109501");
    repeatedly(prepare, |office, second, round| {
        office.sql("UPDATE claims SET state = 'withdrawn'").unwrap();
        let file = |who, key: String| move || submit(&office.desk, who, &a_claim().with_key(&key).submission());
        let first = office.who("operator.wonotunggal");
        let done = at_once(vec![Box::new(file(first, format!("a{round}"))), Box::new(file(second, format!("b{round}")))]);
        assert_eq!(done.iter().filter(|r| r.is_ok()).count(), 1, "{done:?}");
        assert!(done.iter().any(|r| matches!(r, Err(Refusal::DeceasedHasClaim))), "{done:?}");
    });
}

#[test]
fn a_payment_is_answered_once_and_a_decree_ordered_once() {
    repeatedly(
        |_| (),
        |office, (), round| {
            office.approved(&a_claim().with_key(&format!("putaran-{round}")));
            let finance = office.who("bendahara");
            let decree = office.decreed();
            let order = || make_order(&office.desk, finance, &decree.id, "");
            let made = at_once(vec![Box::new(order), Box::new(order)]);
            assert_eq!(made.iter().filter(|r| r.is_ok()).count(), 1, "{made:?}");
            assert!(made.iter().any(|r| matches!(r, Err(Refusal::AlreadyOrdered))), "{made:?}");
            let order = made.into_iter().find_map(Result::ok).unwrap().order;
            let item = office.released(&order).order.items.remove(0);
            let answer = |answer: Answer| {
                let item = item.clone();
                move || {
                    let told =
                        ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran" };
                    record_by_hand(&office.desk, finance, &told)
                }
            };
            let jobs: Vec<Job<'_, _>> =
                vec![Box::new(answer(Answer::Paid)), Box::new(answer(Answer::Paid)), Box::new(answer(Answer::Returned("AC04".to_owned())))];
            let done = at_once(jobs);
            assert_eq!(done.iter().filter(|r| r.is_ok()).count(), 1, "{done:?}");
            assert_eq!(done.iter().filter(|r| matches!(r, Err(Refusal::Stale))).count(), 2, "{done:?}");
            office.books();
            // The next round's claim is for the same person: a hand on the database lets the office forget this one.
            office.sql("UPDATE claims SET deceased_nik = NULL; DELETE FROM claim_keys; DELETE FROM deaths").unwrap();
        },
    );
}

#[test]
fn claims_filed_together_are_judged_as_if_one_after_the_other() {
    let shared = |content: &mut ClaimContent| {
        content.heirs[0].phone = "081234567890".into();
        if let Payout::Bank(account) = &mut content.payout {
            account.number = "3011009998".into();
        }
    };
    for (engine, rounds) in [(Engine::Sqlite, 4), (Engine::Postgres, 1)] {
        for _round in 0..rounds {
            let office = &open(engine);
            let file = |family: usize| move || office.file(&a_claim().of_family(family).but(shared)).unwrap();
            let filed = at_once((0..8).map(|family| -> Job<'_, _> { Box::new(file(family)) }).collect());
            for one in filed {
                // Worked out again by its place in the order of filing, with everybody's claim there.
                let replay = replay(&office.desk, &one.claim.code).unwrap();
                assert_eq!((&one.findings, &replay.decisions[0].kept), (&replay.today.findings, &replay.today.findings));
            }
            office.audit().unwrap();
        }
    }
}
