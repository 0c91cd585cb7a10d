//! Not a rupiah appears, vanishes or is promised twice.

use santunan::domain::claim::{State, Step};
use santunan::domain::ledger::Difference;
use santunan::domain::letter::{Letter, LetterContent};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{OrderRefused, OrderState, PaperKind, TreasuryPaper};
use santunan::domain::undo::Ground;
use santunan::store::StoreError;
use santunan::workflow::Refusal;
use santunan::workflow::money::{
    Answer, ByHand, Release, cancel_order, check_order, close_order, fetch_bank_file, lock_decree, make_order, plan_decree, record_by_hand,
    record_paper, release_order, sign_decree, verify_ledger,
};

use crate::support::{Office, PASSWORD, a_claim, june, on_both_engines};

fn million(n: i64) -> Rupiah {
    Rupiah::new(n * 1_000_000).unwrap()
}

/// The sum of all kuitansi as they were frozen.
fn receipts(office: &Office) -> Rupiah {
    let frozen = office.letters().into_iter().map(|issued| serde_json::from_str::<Letter>(&issued.content).unwrap());
    let amounts = frozen.filter_map(|letter| match letter.content {
        LetterContent::Kuitansi(kuitansi) => Some(kuitansi.amount),
        _ => None,
    });
    Rupiah::sum(amounts).unwrap()
}

#[test]
fn every_stage_of_the_road_has_the_same_total() {
    on_both_engines(|office| {
        let ids = [a_claim(), a_claim().of_family(1), a_claim().of_family(2).paid_in_cash()].map(|claim| office.approved(&claim));
        let finance = office.who("bendahara");
        assert_eq!(office.position().committed, million(3));
        let plan = plan_decree(&office.desk, finance).unwrap();
        assert_eq!((plan.total, plan.ready.len(), plan.left_out.len()), (million(3), 3, 0));
        let decreed = lock_decree(&office.desk, finance, &plan.seal).unwrap();
        assert_eq!((decreed.decree.total, office.position().decreed, decreed.left_out), (million(3), million(3), vec![]));
        let unsigned = make_order(&office.desk, finance, &decreed.decree.id, "");
        assert!(matches!(unsigned, Err(Refusal::NotSigned)), "{unsigned:?}");
        assert!(matches!(sign_decree(&office.desk, finance, &decreed.decree.id, june(21)), Err(Refusal::SignedWhen)));
        sign_decree(&office.desk, finance, &decreed.decree.id, june(22)).unwrap();
        let order = make_order(&office.desk, finance, &decreed.decree.id, "").unwrap().order;
        assert_eq!((order.total, office.position().ordered, office.position().sent), (million(3), million(3), Rupiah::ZERO));
        assert!(matches!(make_order(&office.desk, finance, &decreed.decree.id, ""), Err(Refusal::AlreadyOrdered)));
        let released = office.released(&order);
        assert_eq!((receipts(office), office.position().sent), (million(3), million(3)));
        let (xml, lists): (Vec<_>, Vec<_>) = released.files.iter().partition(|file| file.profile.starts_with("pain001"));
        let transfers = million(2).whole();
        assert_eq!(xml.iter().map(|f| f.total).sum::<i64>(), transfers, "the third takes cash");
        assert_eq!(lists.iter().map(|f| f.total).sum::<i64>(), transfers);
        office.books();
        for item in &released.order.items {
            if item.account.is_none() {
                office.collected(item);
                continue;
            }
            let told = ByHand {
                item_id: &item.id,
                expected_version: item.version,
                answer: Answer::Paid,
                on: june(22),
                evidence: "rekening koran",
            };
            record_by_hand(&office.desk, finance, &told).unwrap();
            assert!(matches!(record_by_hand(&office.desk, finance, &told), Err(Refusal::Stale)));
        }
        let position = office.position();
        assert_eq!((position.committed, position.paid, position.sent, position.adds_up()), (million(3), million(3), Rupiah::ZERO, true));
        assert!(ids.iter().all(|id| office.claim(id).state == State::Paid));
        let version = released.order.version;
        let same = close_order(&office.desk, finance, &order.id, version);
        assert!(matches!(same, Err(Refusal::Order(OrderRefused::SamePerson))), "{same:?}");
        assert_eq!(close_order(&office.desk, office.who("ppk"), &order.id, version).unwrap().state, OrderState::Closed);
        assert!(matches!(lock_decree(&office.desk, finance, ""), Err(Refusal::NothingToDecree)));
        office.books();
    });
}

#[test]
fn an_order_passes_three_persons_with_papers_of_its_own_value() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let [maker, checker, releaser] = ["bendahara", "ppk", "kuasa.bud"].map(|name| office.who(name));
        let order = make_order(&office.desk, maker, &office.decreed().id, "").unwrap().order;
        let release = |version, password| Release { order_id: &order.id, expected_version: version, password, reason: "" };
        let own = check_order(&office.desk, maker, &order.id, order.version);
        assert!(matches!(own, Err(Refusal::Order(OrderRefused::SamePerson))), "{own:?}");
        let checked = check_order(&office.desk, checker, &order.id, order.version).unwrap();
        assert!(matches!(check_order(&office.desk, releaser, &order.id, order.version), Err(Refusal::Stale)));
        let early = release_order(&office.desk, releaser, &release(checked.version, PASSWORD));
        assert!(matches!(early, Err(Refusal::Order(OrderRefused::PaperMissing(PaperKind::Spp)))), "{early:?}");
        let wrong = TreasuryPaper { kind: PaperKind::Spp, number: "1".into(), dated_on: june(22), value: million(2) };
        assert!(matches!(record_paper(&office.desk, maker, &order.id, &wrong), Err(Refusal::Paper(_))));
        office.papers(&order);
        let guessed = release_order(&office.desk, releaser, &release(checked.version, "bukan-kata-sandi"));
        assert!(matches!(guessed, Err(Refusal::WrongPassword)), "{guessed:?}");
        let twice = release_order(&office.desk, checker, &release(checked.version, PASSWORD));
        assert!(matches!(twice, Err(Refusal::Order(OrderRefused::SamePerson))), "{twice:?}");
        assert_eq!(office.position().sent, Rupiah::ZERO);
        release_order(&office.desk, releaser, &release(checked.version, PASSWORD)).unwrap();
        assert_eq!(office.position().sent, million(1));
        office.books();
    });
}

#[test]
fn a_cancelled_order_leaves_the_money_on_the_decree_and_its_number_used() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let maker = office.who("bendahara");
        let decree = office.decreed();
        let first = make_order(&office.desk, maker, &decree.id, "").unwrap().order;
        assert!(matches!(cancel_order(&office.desk, maker, &first.id, first.version, "salah"), Err(Refusal::ReasonMissing)));
        cancel_order(&office.desk, maker, &first.id, first.version, "rekening satu penerima keliru").unwrap();
        assert_eq!((office.position().decreed, office.position().ordered), (million(1), Rupiah::ZERO));
        office.books();
        let second = make_order(&office.desk, maker, &decree.id, "").unwrap().order;
        assert_ne!(first.number, second.number);
        assert_ne!(first.items[0].reference, second.items[0].reference, "a reference is never used twice");
        office.released(&second);
        office.books();
    });
}

#[test]
fn a_list_that_changed_since_it_was_seen_is_not_locked() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let finance = office.who("bendahara");
        let plan = plan_decree(&office.desk, finance).unwrap();
        office.approved(&a_claim().of_family(1));
        assert!(matches!(lock_decree(&office.desk, finance, &plan.seal), Err(Refusal::PlanChanged)));
        let again = plan_decree(&office.desk, finance).unwrap();
        assert_eq!(lock_decree(&office.desk, finance, &again.seal).unwrap().decree.items.len(), 2);
    });
}

#[test]
fn a_bank_file_fetched_again_says_which_copy_it_is() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let released = office.paid();
        let name = released.files[0].name.clone();
        let fetch = |who: &str| fetch_bank_file(&office.desk, office.who(who), &released.order.id, &name);
        let (first, second) = (fetch("bendahara").unwrap(), fetch("bendahara").unwrap());
        assert_eq!((first.1, second.1), (name.clone(), format!("SALINAN-2_{name}")));
        assert_eq!(first.0, second.0);
        assert!(matches!(fetch("inspektorat"), Err(Refusal::NotYourRole)));
    });
}

#[test]
fn the_database_itself_keeps_the_books_as_they_are() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        office.sent();
        for touch in [
            "UPDATE ledger_entries SET amount = 1",
            "DELETE FROM ledger_entries",
            "UPDATE payment_items SET amount = 1",
            "UPDATE payment_items SET account = '1'",
            "DELETE FROM payment_items",
            "UPDATE treasury_papers SET value = 1",
            "UPDATE ledger_balances SET credits = debits + 1 WHERE account = 'free'",
        ] {
            assert!(office.sql(touch).is_err(), "{touch}");
        }
        office.books();
        office.sql("UPDATE ledger_balances SET debits = debits + 5 WHERE account = 'paid'").unwrap();
        let proof = verify_ledger(&office.desk, &office.code).unwrap();
        assert!(matches!(proof, Err(Difference::Balance { .. })), "{proof:?}");
    });
}

#[test]
fn an_annulled_approval_gives_the_money_back() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        assert_eq!(office.annulled(&id, Ground::PersonAlive), None);
        assert_eq!(office.position().committed, Rupiah::ZERO);
        office.file(&a_claim().with_key("baru")).unwrap();
    });
}

#[test]
fn a_claim_withdrawn_after_its_approval_gives_the_money_back() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        office.act(office.who("kepala.dinas"), &id, Step::Hold, "Ahli waris berselisih").unwrap();
        assert_eq!(office.position().committed, million(1));
        office.act(office.who("operator.wonotunggal"), &id, Step::Withdraw, "Keluarga menarik permohonan").unwrap();
        assert_eq!((office.claim(&id).state, office.position().committed), (State::Withdrawn, Rupiah::ZERO));
    });
}

#[test]
fn when_the_money_runs_out_claims_wait_in_the_order_of_filing() {
    on_both_engines(|office| {
        office.set_ceiling(1_000_000);
        let head = office.who("kepala.dinas");
        office.approved(&a_claim());
        let [second, third] = [1, 2].map(|n| {
            let id = office.verified(&a_claim().of_family(n));
            assert_eq!(office.act(head, &id, Step::Approve, "").unwrap().state, State::Waiting);
            id
        });
        assert!(matches!(office.act(head, &second, Step::Approve, ""), Err(Refusal::CeilingReached(_))));
        office.set_ceiling(2_000_000);
        let earlier = office.claim(&second).code;
        let jumped = office.act(head, &third, Step::Approve, "");
        assert!(matches!(&jumped, Err(Refusal::EarlierWaits(code)) if *code == earlier), "{jumped:?}");
        assert_eq!(office.act(head, &second, Step::Approve, "").unwrap().state, State::Approved);
        assert!(matches!(office.act(head, &third, Step::Approve, ""), Err(Refusal::CeilingReached(_))));
        assert_eq!(office.position().remaining, Rupiah::ZERO);
    });
}

#[test]
fn a_death_before_the_programme_is_never_paid() {
    on_both_engines(|office| {
        let id = office.verified(&a_claim().died_on("2017-10-24"));
        let refused = office.act(office.who("kepala.dinas"), &id, Step::Approve, "Mohon kebijakan khusus");
        assert!(matches!(refused, Err(Refusal::NoPolicy(_))), "{refused:?}");
        assert_eq!((office.claim(&id).state, office.position().committed), (State::Verified, Rupiah::ZERO));
    });
}

#[test]
fn the_trail_is_whole_until_somebody_touches_it() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        lock_decree(&office.desk, office.who("bendahara"), "").unwrap();
        office.audit().unwrap();
        for touch in ["UPDATE audit_entries SET actor_name = 'X'", "DELETE FROM audit_entries"] {
            assert!(matches!(office.sql(touch), Err(StoreError::Db(_))), "{touch}");
        }
        let on_table = if matches!(office.database.url(), santunan::store::DatabaseUrl::Postgres(_)) { " ON audit_entries" } else { "" };
        office.sql(&format!("DROP TRIGGER audit_entries_no_update{on_table}")).unwrap();
        office.sql("UPDATE audit_entries SET details = '{}' WHERE sequence = 3").unwrap();
        assert_eq!(office.audit(), Err(3));
    });
}

#[test]
fn who_collects_changes_the_receipt_and_never_the_money() {
    use santunan::domain::claim::{ClaimedNik, DocumentKind, Heir, NoHeir, StandIn};
    use santunan::domain::identity::{PersonName, Relation};
    use santunan::domain::letter::HandRight;
    let somebody = |name: &str| StandIn {
        name: PersonName::parse(name).unwrap(),
        nik: ClaimedNik::take("3325014101700009"),
        relation: "paman".to_owned(),
        phone: String::new(),
    };
    on_both_engines(|office| {
        let guarded = a_claim().of_family(1).but(move |content| {
            content.stand_ins.guardian = Some(somebody("SULASTRI"));
            content.stand_ins.proxy = Some(somebody("TARMUDI"));
        });
        let collected = a_claim().of_family(2).paid_in_cash().but(move |content| content.stand_ins.proxy = Some(somebody("TARMUDI")));
        let buried = a_claim().paid_in_cash().but(|content| {
            let recipient = Heir {
                name: PersonName::parse("SUDARNO").unwrap(),
                nik: ClaimedNik::take("3325010101700009"),
                family_card: None,
                relation: Relation::BukanKeluarga,
                phone: String::new(),
                address: "RT 003".to_owned(),
            };
            content.heirs.clear();
            content.documents.insert(DocumentKind::PernyataanPenggunaan);
            content.stand_ins.no_heir = Some(NoHeir { recipient, capacity: "ketua RT 003".to_owned() });
        });
        for claim in [guarded, collected, buried] {
            office.approved(&claim);
        }
        let ordered = office.sent();
        assert_eq!((ordered.order.total, receipts(office)), (million(3), million(3)));
        let frozen = office.letters().into_iter().map(|issued| serde_json::from_str::<Letter>(&issued.content).unwrap());
        let mut hands: Vec<_> = frozen
            .filter_map(|letter| match letter.content {
                LetterContent::Kuitansi(kuitansi) => Some((kuitansi.heir, kuitansi.hand.map(|hand| (hand.right, hand.name)))),
                _ => None,
            })
            .collect();
        hands.sort_by(|a, b| format!("{:?}", a.1).cmp(&format!("{:?}", b.1)));
        let rights: Vec<_> = hands.iter().map(|(_, hand)| hand.clone()).collect();
        let expected = [None, Some((HandRight::Guardian, "SULASTRI".to_owned())), Some((HandRight::Proxy, "TARMUDI".to_owned()))];
        assert_eq!(rights, expected, "a transfer is signed by the guardian, cash by who comes for it");
        assert_eq!(hands[0].0, "SUDARNO");
    });
}
