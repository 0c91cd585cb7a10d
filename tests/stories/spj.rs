//! The treasurer's evidence: what is missing is named, a scan cures it, and the sums are the SP2D.

use std::io::{Cursor, Read};

use santunan::domain::claim::DocumentKind;
use santunan::domain::payment::spj::{AttachRefused, Attached, Cure, Difference, Evidence, Spj, Standing};
use santunan::domain::payment::{IdentityCheck, IdentityPaper, ItemState, ReceiptMark, Receiver};
use santunan::exchange::bundle::verify_bundle;
use santunan::exchange::table_file::Form;
use santunan::store::audit;
use santunan::store::money::items::{self, Item};
use santunan::workflow::Refusal;
use santunan::workflow::money::cash::{HandingOver, Photo, hand_over};
use santunan::workflow::money::{Answer, Attach, ByHand, Scope, SpjScope, attach, record_by_hand, spj, spj_file, write_bundle};

use crate::support::{Office, a_claim, june, on_both_engines};

/// The builder's claims come without the first page of the passbook, which the rules ask for a transfer.
const NO_PASSBOOK: (Evidence, Cure) = (Evidence::ClaimPaper, Cure::Attach);
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nfoto";

impl Office {
    fn spj(&self, scope: &SpjScope) -> Spj {
        spj(&self.desk, self.who("inspektorat"), scope).unwrap()
    }

    fn scan(&self, item: &Item, kind: Attached, bytes: &[u8]) -> Result<(), Refusal> {
        let wish = Attach { item_id: &item.id, kind, media_type: "image/png", bytes, note: "" };
        attach(&self.desk, self.who("bendahara"), &wish).map(drop)
    }

    fn by_hand(&self, item: &Item, answer: Answer) {
        let by_hand =
            ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran halaman 4" };
        record_by_hand(&self.desk, self.who("bendahara"), &by_hand).unwrap();
    }
}

/// What a payment lacks.
fn gaps(spj: &Spj, item: &Item) -> Vec<(Evidence, Cure)> {
    let payment = spj.orders.iter().flat_map(|order| &order.payments).find(|payment| payment.id == item.id).unwrap();
    payment
        .missing()
        .map(|line| match &line.standing {
            Standing::Missing { cure, .. } => (line.evidence, *cure),
            Standing::There { .. } => unreachable!(),
        })
        .collect()
}

#[test]
fn an_order_is_complete_once_every_piece_is_there() {
    on_both_engines(|office| {
        for claim in [a_claim(), a_claim().of_family(1).paid_in_cash(), a_claim().of_family(2).paid_in_cash()] {
            office.approved(&claim);
        }
        let released = office.sent();
        let scope = SpjScope::Order(released.order.number.clone());
        let [bank, bare, pictured] = &released.order.items[..] else { panic!("three payments") };
        let before = office.spj(&scope);
        assert_eq!(gaps(&before, bank), [NO_PASSBOOK, (Evidence::Outcome, Cure::BankResults)]);
        assert_eq!(gaps(&before, bare), [(Evidence::Outcome, Cure::Counter)]);
        let open = Difference::Open { amount: released.order.total, payments: 3 };
        assert_eq!((before.totals.complete, before.totals.differences), (0, vec![open]));
        office.by_hand(bank, Answer::Paid);
        office.collected(bare);
        with_a_photo(office, pictured);
        let after = office.spj(&scope);
        assert_eq!((after.totals.complete, after.totals.payments), (1, 3));
        assert!(after.totals.balances() && !after.is_complete(), "{:?}", after.totals);
        assert_eq!((gaps(&after, bank), gaps(&after, bare)), (vec![NO_PASSBOOK], vec![(Evidence::Photo, Cure::Attach)]));
        office.scan(bank, Attached::Paper(DocumentKind::BukuRekening), PNG).unwrap();
        office.scan(bare, Attached::Photo, PNG).unwrap();
        assert!(office.spj(&scope).is_complete());
        for wider in [SpjScope::Year(2026), SpjScope::Month(2026, 6), SpjScope::Decree(released.order.decree_id.clone().unwrap())] {
            assert_eq!(office.spj(&wider).totals, office.spj(&scope).totals, "{wider:?}");
        }
        assert!(office.spj(&SpjScope::Month(2026, 7)).orders.is_empty());
        office.audit().unwrap();
    });
}

/// The heir comes, signs, and a photo is taken.
fn with_a_photo(office: &Office, item: &Item) {
    let check = IdentityCheck {
        receiver: Receiver::Payee,
        paper: IdentityPaper::Ktp,
        last_digits: office.digits(item),
        proxy_letter: String::new(),
    };
    let photo = Some(Photo { media_type: "image/png", bytes: PNG.to_vec() });
    let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Thumbprint, photo };
    hand_over(&office.desk, office.who("bendahara"), &handing).unwrap();
}

#[test]
fn scans_are_for_finance_once_each_and_stay() {
    on_both_engines(|office| {
        office.approved(&a_claim().paid_in_cash());
        let item = office.sent().order.items[0].clone();
        office.collected(&item);
        let refused = |who: &str| {
            let wish = Attach { item_id: &item.id, kind: Attached::Photo, media_type: "image/png", bytes: PNG, note: "" };
            attach(&office.desk, office.who(who), &wish).unwrap_err()
        };
        assert!(matches!(refused("inspektorat"), Refusal::Attach(AttachRefused::NotYourRole)));
        office.scan(&item, Attached::Photo, PNG).unwrap();
        assert!(matches!(refused("bendahara"), Refusal::Attach(AttachRefused::Twice)));
        office.scan(&item, Attached::Photo, b"\x89PNG\r\n\x1a\nfoto lain").unwrap();
        assert!(office.sql("DELETE FROM spj_papers").is_err() && office.sql("UPDATE spj_papers SET note = 'x'").is_err());
        assert!(matches!(spj(&office.desk, office.who("verifikator"), &SpjScope::Year(2026)), Err(Refusal::NotYourRole)));
        assert!(matches!(spj(&office.desk, office.who("bendahara"), &SpjScope::Order("900/9".into())), Err(Refusal::NotFound)));
    });
}

#[test]
fn money_that_came_back_stays_open_until_it_has_an_end() {
    on_both_engines(|office| {
        for claim in [a_claim(), a_claim().of_family(1)] {
            office.approved(&claim);
        }
        let released = office.sent();
        let [paid, failed] = &released.order.items[..] else { panic!("two payments") };
        office.by_hand(paid, Answer::Paid);
        office.by_hand(failed, Answer::Returned("AC04".into()));
        let spj = office.spj(&SpjScope::Year(2026));
        assert_eq!(gaps(&spj, failed), [NO_PASSBOOK, (Evidence::Outcome, Cure::Returns)]);
        assert_eq!(spj.totals.received.whole(), 1_000_000);
        let state = office.desk.store.read(|conn| items::load(conn, &office.code, &failed.id)).unwrap().state;
        assert_eq!(state, ItemState::Returned);
        assert!(matches!(spj.totals.differences[..], [Difference::Open { payments: 1, .. }]));
    });
}

#[test]
fn the_report_goes_along_as_a_file_and_in_the_inspectors_bundle() {
    on_both_engines(|office| {
        office.approved(&a_claim().paid_in_cash());
        let released = office.sent();
        let item = &released.order.items[0];
        office.collected(item);
        office.scan(item, Attached::Receipt, PNG).unwrap();
        let scope = SpjScope::Order(released.order.number.clone());
        let (csv, name) = spj_file(&office.desk, office.who("bendahara"), &scope, Form::Csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(name.starts_with("spj-perintah-bayar-900-") && name.rsplit('.').next() == Some("csv"), "{name}");
        assert!(csv.contains("Foto penyerahan,Foto penyerahan,Kurang,") && csv.contains(",SP2D,Ada,"), "{csv}");
        let (xlsx, _) = spj_file(&office.desk, office.who("inspektorat"), &scope, Form::Xlsx).unwrap();
        assert!(xlsx.starts_with(b"PK\x03\x04"));
        let chain = office.desk.store.read(|conn| audit::chain(conn, office.code.as_str())).unwrap();
        assert_eq!(chain.iter().filter(|(entry, _)| entry.action == "spj.export").count(), 2, "who took it along is known");
        let mut bytes = Cursor::new(Vec::new());
        write_bundle(&office.desk, office.who("inspektorat"), &Scope::Order(released.order.number.clone()), &mut bytes).unwrap();
        verify_bundle(Cursor::new(bytes.get_ref())).unwrap();
        let mut zip = zip::ZipArchive::new(bytes).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().to_string()).collect();
        assert!(names.iter().any(|name| name.starts_with("bukti/") && name.ends_with("kuitansi.png")), "{names:?}");
        let mut text = String::new();
        zip.by_name("spj.json").unwrap().read_to_string(&mut text).unwrap();
        let told: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(told["totals"]["sp2d"], 1_000_000);
    });
}
