//! What banks answer: nothing dropped, nothing twice, and money that came back finds its way.

use std::collections::BTreeMap;

use santunan::domain::access::{Duty, Role};
use santunan::domain::claim::{BankAccount, ClaimedNik, Heir, Payout, State};
use santunan::domain::identity::{PersonName, Relation};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{Correction, CorrectionRefused, ItemState, OrderRefused};
use santunan::exchange::bank_table;
use santunan::invented::bank::{Bank, Manner};
use santunan::store::money::items::{self, Item};
use santunan::store::money::orders::{self, Order};
use santunan::store::money::reports;
use santunan::workflow::Refusal;
use santunan::workflow::money::{
    AnswerLine, ImportReport, Imported, Judge, Propose, Released, answer_line, cancel_order, close_order, import_report, judge,
    make_renewed_order, propose, shared_with,
};

use crate::support::{Engine, Office, a_claim, on_both_engines, open};

/// A table by the profile `csv`: what became of some payments.
fn table(rows: &[(&Item, &str, &str)]) -> Vec<u8> {
    let mut text = TITLES.to_owned();
    for (item, status, reason) in rows {
        let (_, number, holder) = item.account.clone().unwrap();
        text.push_str(&format!("{},{number},{holder},{},{status},{reason}\n", item.reference, item.amount.whole()));
    }
    text.into_bytes()
}

const TITLES: &str = "Kode Permohonan,Nomor Rekening,Nama Penerima,Jumlah (Rp),Status,Keterangan\n";

fn import(office: &Office, name: &str, bytes: &[u8]) -> Imported {
    import_as(office, "bendahara", name, bytes).unwrap()
}

fn import_as(office: &Office, who: &str, name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    import_report(&office.desk, office.who(who), &ImportReport { file_name: name, bytes, profile: "csv" })
}

fn counted(imported: &Imported) -> BTreeMap<&str, u32> {
    imported.report.counts.iter().filter(|(_, count)| **count > 0).map(|(word, count)| (word.as_str(), *count)).collect()
}

/// Some families' payments at the bank.
fn at_the_bank(office: &Office, families: usize) -> Released {
    for family in 0..families {
        office.approved(&a_claim().of_family(family));
    }
    office.sent()
}

fn now(office: &Office, item: &Item) -> Item {
    office.desk.store.read(|conn| items::load(conn, &office.code, &item.id)).unwrap()
}

fn order_now(office: &Office, order: &Order) -> Order {
    office.desk.store.read(|conn| orders::load(conn, &office.code, &order.id)).unwrap()
}

fn open_lines(office: &Office) -> Vec<reports::ReportedLine> {
    office.desk.store.read(|conn| reports::open_lines(conn, &office.code, 100)).unwrap()
}

fn million(n: i64) -> Rupiah {
    Rupiah::new(n * 1_000_000).unwrap()
}

#[test]
fn every_line_ends_as_something_and_only_plain_ones_move_money() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 5).order.items;
        let mails = office.traces().1;
        let other_account =
            Item { account: sent[4].account.clone().map(|(bank, _, holder)| (bank, "99887766".to_owned(), holder)), ..sent[4].clone() };
        let short = Item { amount: Rupiah::new(999_999).unwrap(), ..sent[2].clone() };
        let nobody = Item { reference: "BTG-ZZZZ-ZZZZ".to_owned(), ..sent[2].clone() };
        let first = table(&[
            (&sent[0], "SUKSES", ""),
            (&sent[1], "RETUR", "REKENING TUTUP"),
            (&short, "SUKSES", ""),
            (&sent[3], "PROSES", ""),
            (&other_account, "SUKSES", ""),
            (&nobody, "SUKSES", ""),
            (&sent[0], "SUKSES", ""),
        ]);
        let told = import(office, "hasil.csv", &first);
        let expected = [
            ("account_mismatch", 1),
            ("amount_mismatch", 1),
            ("duplicate", 1),
            ("matched", 1),
            ("pending", 1),
            ("returned", 1),
            ("unknown", 1),
        ];
        assert_eq!(counted(&told), BTreeMap::from(expected));
        assert_eq!((told.report.lines, told.open), (7, 3));
        let states: Vec<ItemState> = sent.iter().map(|item| now(office, item).state).collect();
        let (back, sent_off) = (ItemState::Returned, ItemState::Sent);
        assert_eq!(states, [ItemState::Paid, back, sent_off, sent_off, sent_off]);
        assert_eq!(now(office, &sent[1]).return_code, "closed_account");
        assert_eq!([0, 1].map(|n| office.claim(&sent[n].claim_id).state), [State::Paid, State::Decreed]);
        let position = office.position();
        assert_eq!((position.sent, position.paid, position.returned), (million(3), million(1), million(1)));
        assert_eq!(office.traces().1, mails + 1, "the village hears of what came back");
        office.books();

        let second = table(&[(&sent[0], "RETUR", "REKENING DIBLOKIR"), (&sent[1], "SUKSES", ""), (&sent[3], "SUKSES", "")]);
        let told = import(office, "hasil2.csv", &second);
        assert_eq!(counted(&told), BTreeMap::from([("bad_reversal", 1), ("matched", 1), ("reversed", 1)]));
        assert_eq!(now(office, &sent[0]).state, back);
        assert_eq!((now(office, &sent[1]).state, office.claim(&sent[0].claim_id).state), (back, State::Decreed));
        assert_eq!(open_lines(office).len(), 4);
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn the_same_report_twice_changes_nothing() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 3).order.items;
        let rows = [(&sent[0], "SUKSES", ""), (&sent[1], "RETUR", "REKENING TUTUP"), (&sent[2], "SUKSES", "")];
        let first = import(office, "hasil.csv", &table(&rows));
        let before = (office.traces(), office.position());
        let again = import(office, "hasil-salinan.csv", &table(&rows));
        assert!(again.repeated && !first.repeated);
        assert_eq!(again.report, first.report);
        assert_eq!((office.traces(), office.position()), before);
        let turned = import(office, "urutan-lain.csv", &table(&[rows[2], rows[0], rows[1]]));
        assert_eq!(counted(&turned), BTreeMap::from([("duplicate", 3)]));
        assert_eq!((turned.open, office.position()), (0, before.1));
        office.books();
    });
}

#[test]
fn of_two_imports_at_once_each_payment_moves_once() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 4).order.items;
        let rows: Vec<(&Item, &str, &str)> = sent.iter().map(|item| (item, "SUKSES", "")).collect();
        let turned: Vec<(&Item, &str, &str)> = rows.iter().rev().copied().collect();
        let files = [table(&rows), table(&turned), table(&rows)];
        let told: Vec<Imported> = std::thread::scope(|scope| {
            let threads: Vec<_> = files.iter().map(|bytes| scope.spawn(|| import(office, "hasil.csv", bytes))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let news = told.iter().filter(|one| !one.repeated && one.report.counts["matched"] == 4).count();
        assert_eq!((news, office.position().paid), (1, million(4)));
        assert!(told.iter().any(|one| one.report.counts["duplicate"] == 4), "{told:?}");
        office.books();
    });
}

#[test]
fn in_whatever_order_reports_come_in_and_however_often_they_end_alike() {
    let orders: [&[usize]; 6] = [&[0, 1, 2], &[2, 1, 0], &[1, 0, 2], &[1, 2, 0, 1], &[0, 0, 2, 1, 2], &[2, 0, 1, 0]];
    let mut ends = Vec::new();
    for turn in orders {
        let office = open(Engine::Sqlite);
        let sent = at_the_bank(&office, 3).order.items;
        let files = [
            table(&[(&sent[0], "SUKSES", ""), (&sent[1], "SUKSES", "")]),
            table(&[(&sent[0], "RETUR", "REKENING TUTUP"), (&sent[2], "SUKSES", "")]),
            table(&[(&sent[1], "SUKSES", ""), (&sent[2], "PROSES", ""), (&sent[0], "PROSES", "")]),
        ];
        for at in turn {
            import(&office, &format!("{at}.csv"), &files[*at]);
        }
        office.books();
        let states: Vec<_> = sent.iter().map(|item| (now(&office, item).state, office.claim(&item.claim_id).state)).collect();
        ends.push((states, office.position()));
    }
    assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}");
    assert_eq!(ends[0].0[0], (ItemState::Returned, State::Decreed));
}

#[test]
fn a_report_that_cannot_be_read_whole_is_refused_in_words_and_leaves_nothing() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 1).order.items;
        let before = office.traces();
        let refused = |who: &str, profile: &str, bytes: &[u8]| {
            import_report(&office.desk, office.who(who), &ImportReport { file_name: "x", bytes, profile }).unwrap_err()
        };
        let good = table(&[(&sent[0], "SUKSES", "")]);
        assert!(matches!(refused("inspektorat", "csv", &good), Refusal::NotYourRole));
        let check = |profile: &str, bytes: &[u8], words: &str| {
            let text = refused("bendahara", profile, bytes).to_string();
            assert!(text.contains(words), "{text}");
        };
        check("tidak-ada", &good, "tidak ada; yang ada");
        check("pain001-09", &good, "belum memuat susunan berkas hasil");
        check("csv", b"", "kosong");
        check("csv", b"<?xml version=\"1.0\"?><salah/>", "bukan");
        let strange = String::from_utf8(good).unwrap().replace("SUKSES", "ENTAH");
        check("csv", strange.as_bytes(), "ENTAH");
        assert_eq!(office.traces(), before);
        office.books();
    });
}

#[test]
fn an_outside_bank_answers_our_message_and_its_answers_are_taken_as_they_are() {
    on_both_engines(|office| {
        let released = at_the_bank(office, 6);
        let file = released.files.iter().find(|file| file.profile == "pain001-09").unwrap();
        let order = office.desk.files.read(&file.sha256).unwrap();
        let banks = bank_table::read(include_str!("../../fixtures/bank_codes.csv")).unwrap();
        let mut bank = Bank::new(banks.all().iter().map(|bank| bank.bic.to_string()));
        let manner = Manner { seed: 11, rejected_per_mille: 300, returned_per_mille: 300, in_batches: true };
        let answer = bank.answer(&order, manner).unwrap();
        assert_eq!(answer.refused, None);
        let status = import(office, "status.xml", answer.pain002.as_bytes());
        let (matched, returned) = (status.report.counts["matched"], status.report.counts["returned"]);
        assert_eq!((matched + returned, status.open), (6, 0));
        office.books();
        for (name, text) in [("koran.xml", answer.camt053), ("mutasi.xml", answer.camt054)] {
            let told = import(office, name, text.unwrap().as_bytes());
            assert_eq!(told.open, 0, "{name}: {:?}", open_lines(office));
            office.books();
        }
        let position = office.position();
        import(office, "koran.txt", answer.mt940.unwrap().as_bytes());
        assert_eq!(office.position(), position, "the same bookings in another form move nothing");
        office.books();
        let states: Vec<ItemState> = released.order.items.iter().map(|item| now(office, item).state).collect();
        assert!(states.iter().all(|state| matches!(state, ItemState::Paid | ItemState::Returned)), "{states:?}");
        assert!(states.contains(&ItemState::Returned) && states.contains(&ItemState::Paid), "{states:?}");
    });
}

#[test]
fn an_open_line_is_answered_once_and_may_be_taken_as_what_it_seems() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 2).order.items;
        let without = Item { reference: String::new(), ..sent[0].clone() };
        let nobody = Item { reference: "BTG-ZZZZ-ZZZZ".to_owned(), ..sent[1].clone() };
        let told = import(office, "hasil.csv", &table(&[(&without, "SUKSES", ""), (&nobody, "SUKSES", "")]));
        assert_eq!((told.open, now(office, &sent[0]).state), (2, ItemState::Sent));
        let again = || import(office, "hasil.csv", &table(&[(&without, "SUKSES", ""), (&nobody, "SUKSES", "")])).open;
        assert_eq!(again(), 2, "the same file again is the same answer");
        let answer = |position, accept, reason| {
            let answer = AnswerLine { report_id: &told.report.id, position, accept, reason };
            answer_line(&office.desk, office.who("bendahara"), &answer)
        };
        assert!(matches!(answer(1, true, "ya"), Err(Refusal::ReasonMissing)));
        assert!(matches!(answer(2, true, "dikira pembayaran kita"), Err(Refusal::ReportLine(_))));
        answer(1, true, "dicocokkan dengan rekening koran").unwrap();
        assert!(matches!(answer(1, false, "dicocokkan sekali lagi"), Err(Refusal::ReportLine(_))));
        answer(2, false, "milik dinas lain, sudah ditelepon").unwrap();
        assert_eq!((open_lines(office).len(), again(), now(office, &sent[0]).state), (0, 0, ItemState::Paid));
        assert_eq!(office.claim(&sent[0].claim_id).state, State::Paid);
        office.books();
    });
}

#[test]
fn whoever_imported_the_answers_does_not_close_the_order() {
    on_both_engines(|office| {
        let order = at_the_bank(office, 2).order;
        let close = |who: &str| close_order(&office.desk, office.who(who), &order.id, order_now(office, &order).version);
        let early = close("ppk");
        assert!(matches!(early, Err(Refusal::Order(OrderRefused::Unanswered(2)))), "{early:?}");
        import(office, "hasil.csv", &table(&[(&order.items[0], "SUKSES", ""), (&order.items[1], "RETUR", "REKENING TUTUP")]));
        let own = close("bendahara");
        assert!(matches!(own, Err(Refusal::Order(OrderRefused::SamePerson))), "{own:?}");
        close("ppk").unwrap();
        office.books();
    });
}

#[test]
fn what_banks_said_and_people_made_of_it_stays_as_it_was() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 1).order.items;
        import(office, "hasil.csv", &table(&[(&sent[0], "RETUR", "REKENING TUTUP")]));
        proposed(office, "bendahara", &sent[0], "595501824777").unwrap();
        for touch in [
            "UPDATE bank_reports SET counts = '{}'",
            "DELETE FROM bank_report_lines",
            "UPDATE bank_report_lines SET outcome = 'matched'",
            "UPDATE payment_corrections SET new_account = '1'",
            "DELETE FROM payment_corrections",
        ] {
            assert!(office.sql(touch).is_err(), "{touch}");
        }
    });
}

const PASSBOOK: &[u8] = b"%PDF-1.4 buku rekening";

fn proposed(office: &Office, who: &str, item: &Item, number: &str) -> Result<santunan::store::money::corrections::Proposed, Refusal> {
    let payout = Payout::Bank(BankAccount { bank: "BRI".into(), number: number.into(), holder: item.payee.clone() });
    propose_to(office, who, item, Correction { payout, payee: None, reason: "buku rekening ditunjukkan keluarga".into() })
}

fn propose_to(
    office: &Office,
    who: &str,
    item: &Item,
    correction: Correction,
) -> Result<santunan::store::money::corrections::Proposed, Refusal> {
    let evidence = Some(("application/pdf", PASSBOOK));
    let wish = Propose { item_id: &item.id, expected_version: now(office, item).version, correction, evidence };
    propose(&office.desk, office.who(who), &wish)
}

fn approve(office: &Office, who: &str, id: &str) -> Result<(), Refusal> {
    judge(&office.desk, office.who(who), &Judge { correction_id: id, approves: true, reason: "" }).map(drop)
}

#[test]
fn money_that_came_back_is_corrected_approved_by_another_and_paid() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 3).order.items;
        let rows = [(&sent[0], "RETUR", "REKENING TIDAK DITEMUKAN"), (&sent[1], "SUKSES", ""), (&sent[2], "RETUR", "REKENING TUTUP")];
        import(office, "hasil.csv", &table(&rows));
        let (failed, other) = (&sent[0], &sent[2]);
        let old = failed.account.clone().unwrap().1;
        let same = proposed(office, "bendahara", failed, &old);
        assert!(matches!(same, Err(Refusal::Correction(CorrectionRefused::SameAccount(_)))), "{same:?}");
        let paid = proposed(office, "bendahara", &sent[1], "595501824777");
        assert!(matches!(paid, Err(Refusal::Correction(CorrectionRefused::NotReturned(ItemState::Paid)))), "{paid:?}");
        assert!(matches!(proposed(office, "operator.kalisari", failed, "595501824777"), Err(Refusal::NotFound)));
        let first = proposed(office, "operator.wonotunggal", failed, "595501824777").unwrap();
        let twice = proposed(office, "bendahara", failed, "595501824778");
        assert!(matches!(twice, Err(Refusal::Correction(CorrectionRefused::Another))), "{twice:?}");
        let nothing = make_renewed_order(&office.desk, office.who("bendahara"), "");
        assert!(matches!(nothing, Err(Refusal::Correction(CorrectionRefused::NothingApproved))), "{nothing:?}");
        let second = proposed(office, "bendahara", other, "595501824777").unwrap();
        let shared = office.desk.store.read(|conn| shared_with(conn, &office.code, &second)).unwrap();
        assert_eq!(shared, std::slice::from_ref(&failed.reference), "one account for two heirs is shown to the approver");
        let finance = approve(office, "bendahara", &first.id);
        assert!(matches!(finance, Err(Refusal::Correction(CorrectionRefused::NotYourRole))), "{finance:?}");
        let checker = office.who("ppk");
        let (nik, card) = (checker.nik.as_ref().unwrap().expose(), checker.family_card.as_ref().unwrap().expose());
        let second_account = office.hire("kepala.kedua", Role::Approver, "33.25", nik, card);
        let by_checker = judge(&office.desk, &second_account, &Judge { correction_id: &first.id, approves: true, reason: "" });
        assert!(matches!(by_checker, Err(Refusal::SamePerson(Duty::Pay))), "{by_checker:?}");
        approve(office, "kepala.dinas", &first.id).unwrap();
        assert!(matches!(approve(office, "kepala.dinas", &first.id), Err(Refusal::Correction(CorrectionRefused::Decided))));
        let no = Judge { correction_id: &second.id, approves: false, reason: "rekening milik orang lain" };
        judge(&office.desk, office.who("kepala.dinas"), &no).unwrap();
        office.books();

        let order = make_renewed_order(&office.desk, office.who("bendahara"), "").unwrap().order;
        assert_eq!((order.items.len(), order.decree_id.as_deref()), (1, None));
        let renewed = &order.items[0];
        assert_eq!((renewed.replaces.as_deref(), renewed.amount), (Some(failed.id.as_str()), million(1)));
        assert_ne!(renewed.reference, failed.reference);
        assert_eq!(now(office, failed).state, ItemState::Replaced);
        office.books();
        cancel_order(&office.desk, office.who("bendahara"), &order.id, order.version, "salah memilih tanggal").unwrap();
        assert_eq!((now(office, failed).state, office.position().returned), (ItemState::Returned, million(2)));
        office.books();
        let order = make_renewed_order(&office.desk, office.who("bendahara"), "").unwrap().order;
        let released = office.released(&order);
        office.books();
        let told = import(office, "hasil3.csv", &table(&[(&released.order.items[0], "SUKSES", "")]));
        assert_eq!(counted(&told), BTreeMap::from([("matched", 1)]));
        assert_eq!(office.claim(&failed.claim_id).state, State::Paid);
        let receipts = released.order.items.iter().filter(|item| !item.receipt_number.is_empty()).count();
        assert_eq!((receipts, office.position().returned), (1, million(1)));
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn where_the_payee_died_the_next_heir_is_checked_and_paid() {
    on_both_engines(|office| {
        let sent = at_the_bank(office, 1).order.items;
        import(office, "hasil.csv", &table(&[(&sent[0], "RETUR", "PEMILIK REKENING MENINGGAL")]));
        let lonely = proposed(office, "bendahara", &sent[0], "595501824777");
        assert!(matches!(lonely, Err(Refusal::Correction(CorrectionRefused::NextHeirMissing))), "{lonely:?}");
        let heir = Heir {
            name: PersonName::parse("SULASTRI").unwrap(),
            nik: ClaimedNik::take("3325014101700009"),
            family_card: None,
            relation: Relation::Anak,
            phone: String::new(),
            address: "DUKUH GONDANG".to_owned(),
        };
        let correction = Correction { payout: Payout::Cash, payee: Some(heir), reason: "surat kematian penerima dan surat waris".into() };
        let next = propose_to(office, "bendahara", &sent[0], correction).unwrap();
        let yes = Judge { correction_id: &next.id, approves: true, reason: "ahli waris berikutnya menurut surat waris" };
        judge(&office.desk, office.who("kepala.dinas"), &yes).unwrap();
        let claim = office.claim(&sent[0].claim_id);
        assert_eq!((claim.content.payee().unwrap().name.to_string(), claim.state), ("SULASTRI".to_owned(), State::Decreed));
        assert_eq!(claim.content.heirs.len(), 2, "the former payee stays on the claim");
        let order = make_renewed_order(&office.desk, office.who("bendahara"), "").unwrap().order;
        assert_eq!((order.items[0].payee.as_str(), order.items[0].account.as_ref()), ("SULASTRI", None));
        office.released(&order);
        office.books();
    });
}
