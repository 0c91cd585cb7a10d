//! Not a rupiah appears, vanishes or is promised twice.

use santunan::domain::claim::{State, Step};
use santunan::domain::letter::{Letter, LetterContent};
use santunan::domain::money::Rupiah;
use santunan::store::StoreError;
use santunan::workflow::{Payment, Refusal, form_decree, form_order, mark_paid};

use crate::support::{Office, a_claim, june, on_both_engines};

fn million(n: i64) -> Rupiah {
    Rupiah::new(n * 1_000_000).unwrap()
}

/// Sets the year's ceiling.
fn ceiling(office: &Office, whole: i64) {
    office.sql(&format!("UPDATE budget_lines SET ceiling = {whole}")).unwrap();
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
        let decreed = form_decree(&office.desk, finance).unwrap();
        assert_eq!((decreed.decree.total, office.position().decreed, decreed.left_out), (million(3), million(3), vec![]));
        let ordered = form_order(&office.desk, finance, &decreed.decree.id, "").unwrap();
        assert_eq!((ordered.order.total, office.position().ordered, receipts(office)), (million(3), million(3), million(3)));
        let (xml, lists): (Vec<_>, Vec<_>) =
            ordered.files.iter().partition(|file| std::path::Path::new(&file.name).extension().is_some_and(|e| e == "xml"));
        let transfers = million(2).whole();
        assert_eq!(xml.iter().map(|f| f.total).sum::<i64>(), transfers, "the third takes cash");
        assert_eq!(lists.iter().map(|f| f.total).sum::<i64>(), transfers);
        assert!(matches!(form_order(&office.desk, finance, &decreed.decree.id, ""), Err(Refusal::AlreadyOrdered)));
        assert!(matches!(
            mark_paid(&office.desk, finance, &Payment { order_id: &ordered.order.id, sp2d_number: " ", sp2d_on: june(22), reason: "" }),
            Err(Refusal::Sp2dMissing)
        ));
        let paid = mark_paid(
            &office.desk,
            finance,
            &Payment { order_id: &ordered.order.id, sp2d_number: "00123/SP2D/2026", sp2d_on: june(22), reason: "" },
        )
        .unwrap();
        assert!(paid.items.iter().all(|item| item.paid_on == Some(june(22))));
        let position = office.position();
        assert_eq!((position.committed, position.paid, position.adds_up()), (million(3), million(3), true));
        assert!(ids.iter().all(|id| office.claim(id).state == State::Paid));
        assert!(matches!(
            mark_paid(
                &office.desk,
                finance,
                &Payment { order_id: &ordered.order.id, sp2d_number: "00123/SP2D/2026", sp2d_on: june(22), reason: "" }
            ),
            Err(Refusal::Stale)
        ));
        assert!(matches!(form_decree(&office.desk, finance), Err(Refusal::NothingToDecree)));
    });
}

#[test]
fn an_annulled_approval_gives_the_money_back() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        office.act(office.who("kepala.dinas"), &id, Step::Annul, "Almarhum ternyata masih hidup").unwrap();
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
        ceiling(office, 1_000_000);
        let head = office.who("kepala.dinas");
        office.approved(&a_claim());
        let [second, third] = [1, 2].map(|n| {
            let id = office.verified(&a_claim().of_family(n));
            assert_eq!(office.act(head, &id, Step::Approve, "").unwrap().state, State::Waiting);
            id
        });
        assert!(matches!(office.act(head, &second, Step::Approve, ""), Err(Refusal::CeilingReached(_))));
        ceiling(office, 2_000_000);
        let earlier = office.claim(&second).code;
        let jumped = office.act(head, &third, Step::Approve, "");
        assert!(matches!(&jumped, Err(Refusal::EarlierWaits(code)) if *code == earlier), "{jumped:?}");
        assert_eq!(office.act(head, &second, Step::Approve, "").unwrap().state, State::Approved);
        assert!(matches!(office.act(head, &third, Step::Approve, ""), Err(Refusal::CeilingReached(_))));
        assert_eq!(office.position().remaining(), Rupiah::ZERO);
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
        form_decree(&office.desk, office.who("bendahara")).unwrap();
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
        let finance = office.who("bendahara");
        for claim in [guarded, collected, buried] {
            office.approved(&claim);
        }
        let decreed = form_decree(&office.desk, finance).unwrap();
        let ordered = form_order(&office.desk, finance, &decreed.decree.id, "").unwrap();
        assert_eq!((decreed.decree.total, ordered.order.total, receipts(office)), (million(3), million(3), million(3)));
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
