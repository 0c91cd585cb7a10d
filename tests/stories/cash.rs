//! Cash at the counter: invited, looked at, handed over, counted; and what nobody collects goes back to the treasury.

use chrono::{Days, NaiveTime};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use santunan::clock::Clock;
use santunan::domain::access::Role;
use santunan::domain::claim::{ClaimedNik, Heir, State};
use santunan::domain::identity::{PersonName, Relation};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{
    CashKind, CashRefused, Comparison, CorrectionRefused, Counted, DayPlan, DepositSlip, IdentityCheck, IdentityPaper, ItemState,
    NOT_COLLECTED, ReceiptMark, Receiver,
};
use santunan::domain::region::RegionCode;
use santunan::store::money::cash::{self, CashEntry};
use santunan::store::money::collection::{self, CollectionDay, HandOver, Outcome};
use santunan::store::money::deposits;
use santunan::store::money::items::{self, Item};
use santunan::store::money::ledger;
use santunan::store::outbox;
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::money::cash::{
    HandingOver, NextHeir, Photo, close_day, count_cash, deposit, explain_difference, hand_over, name_next_heir, open_day, redraw,
    return_unclaimed, undo_hand_over,
};
use santunan::workflow::money::{Answer, ByHand, Judge, judge, make_renewed_order, record_by_hand};
use santunan::workflow::{Desk, Refusal};

use crate::support::{AClaim, Engine, Office, a_claim, june, now, on_both_engines, open, register_file, register_text};

fn rupiah(whole: i64) -> Rupiah {
    Rupiah::new(whole).unwrap()
}

fn million(n: i64) -> Rupiah {
    rupiah(n * 1_000_000)
}

/// Cash payments of the first families, released today.
fn at_the_counter(office: &Office, families: usize) -> Vec<Item> {
    for family in 0..families {
        office.approved(&a_claim().of_family(family).paid_in_cash());
    }
    office.sent().order.items
}

fn plan(capacity: u32) -> DayPlan {
    DayPlan {
        area: RegionCode::parse("33.25.01").unwrap(),
        held_on: june(22),
        opens: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
        closes: NaiveTime::from_hms_opt(11, 30, 0).unwrap(),
        place: "Balai Desa".into(),
        capacity,
    }
}

impl Office {
    fn day(&self, capacity: u32) -> Result<CollectionDay, Refusal> {
        open_day(&self.desk, self.who("bendahara"), &plan(capacity))
    }

    fn item(&self, id: &str) -> Item {
        self.desk.store.read(|conn| items::load(conn, &self.code, id)).unwrap()
    }

    fn cash_book(&self) -> Vec<CashEntry> {
        self.desk.store.read(|conn| cash::book(conn, &self.code)).unwrap()
    }

    fn in_box(&self) -> Rupiah {
        self.cash_book().last().map(|entry| entry.balance).unwrap_or_default()
    }

    fn outcomes(&self, day: &CollectionDay) -> Vec<Outcome> {
        let day = self.desk.store.read(|conn| collection::load(conn, &self.code, &day.id)).unwrap();
        day.appointments.into_iter().map(|appointment| appointment.outcome).collect()
    }

    /// The same office some days later.
    fn later(&self, days: u64) -> Desk {
        self.desk.at(Clock::Fixed(now() + Days::new(days)))
    }

    /// What lies in the box by the journal alone: every entry of a cash payment, told again from the first.
    fn by_the_journal(&self) -> Rupiah {
        use santunan::domain::ledger::Account;
        let (all, entries) = self
            .desk
            .store
            .read(|conn| Ok::<_, santunan::store::StoreError>((items::all(conn, &self.code)?, ledger::entries_after(conn, &self.code, 0)?)))
            .unwrap();
        let in_box = |account| matches!(account, Account::Sent | Account::Returned);
        let whole = entries.iter().map(|entry| {
            let of = entry.item.as_ref().and_then(|id| all.iter().find(|item| item.id == *id));
            let Some(item) = of.filter(|item| item.account.is_none()) else { return 0 };
            let (from, to) = entry.way();
            item.amount.whole() * (i64::from(in_box(to)) - i64::from(in_box(from)))
        });
        rupiah(whole.sum())
    }

    fn cash_agrees(&self) {
        self.books();
        assert_eq!(self.in_box(), self.by_the_journal());
    }
}

fn refused_with<T: std::fmt::Debug>(result: Result<T, Refusal>, expected: &CashRefused) {
    assert!(matches!(&result, Err(Refusal::Cash(why)) if why == expected), "{result:?}, not {expected:?}");
}

#[test]
fn a_village_is_invited_collects_and_the_box_is_counted() {
    on_both_engines(|office| {
        let (finance, items) = (office.who("bendahara"), at_the_counter(office, 3));
        let book = office.cash_book();
        assert_eq!(
            book.iter().map(|entry| (entry.kind, entry.balance)).collect::<Vec<_>>(),
            [1, 2, 3].map(|n| (CashKind::Received, million(n)))
        );
        assert!(book.iter().all(|entry| entry.evidence.starts_with("SP2D SP2D/")), "{book:?}");
        let elsewhere = DayPlan { area: RegionCode::parse("33.25.02").unwrap(), ..plan(20) };
        refused_with(open_day(&office.desk, finance, &elsewhere), &CashRefused::NobodyWaits);
        assert!(matches!(open_day(&office.desk, office.who("kepala.dinas"), &plan(20)), Err(Refusal::NotYourRole)));
        let day = office.day(20).unwrap();
        refused_with(office.day(20), &CashRefused::NobodyWaits);
        invited_by_name(office, &day);
        for item in items.iter().take(2) {
            let given = office.collected(item);
            assert_eq!((given.receipt_number.clone(), given.day_id), (office.item(&item.id).receipt_number, Some(day.id.clone())));
            refused_with(office.collect("bendahara", item), &CashRefused::HandedOver(given.receipt_number));
            assert_eq!(office.claim(&item.claim_id).state, State::Paid);
        }
        let count = |cash, in_bank| count_cash(&office.desk, finance, june(22), Counted { cash: rupiah(cash), in_bank: rupiah(in_bank) });
        assert_eq!(count(900_000, 0).unwrap().comparison, Comparison::Short(rupiah(100_000)));
        assert_eq!(count(600_000, 400_000).unwrap().comparison, Comparison::Equal);
        refused_with(count(1_000_000, 0), &CashRefused::BookClosed);
        refused_with(office.collect("bendahara", &items[2]), &CashRefused::BookClosed);
        assert_eq!(close_day(&office.desk, finance, &day.id).unwrap(), 1);
        refused_with(close_day(&office.desk, finance, &day.id), &CashRefused::DayClosed);
        let mut outcomes = office.outcomes(&day);
        outcomes.sort();
        assert_eq!(outcomes, [Outcome::Collected, Outcome::Collected, Outcome::Missed]);
        office.cash_agrees();
        office.audit().unwrap();
    });
}

/// One mail for the village: names and codes, what to bring, no NIK.
fn invited_by_name(office: &Office, day: &CollectionDay) {
    let due = office.desk.store.read(|conn| outbox::due(conn, now(), 100)).unwrap();
    let notices: Vec<_> = due.into_iter().filter(|mail| mail.subject.starts_with("Pengambilan santunan")).collect();
    let [notice] = notices.as_slice() else { panic!("{} notices", notices.len()) };
    assert_eq!(notice.recipient, "desa-3325012006@batang.example");
    for appointment in &day.appointments {
        let item = office.item(&appointment.item_id);
        let claim = office.claim(&item.claim_id);
        assert!(notice.body.contains(&item.payee) && notice.body.contains(&claim.code), "{}", notice.body);
        assert!(!notice.body.contains(&office.digits(&item)), "{}", notice.body);
    }
    for words in ["Senin, 22 Juni 2026", "08.00–11.30 WIB", "Balai Desa", "KTP asli", "surat kuasa asli", "Tidak ada biaya"] {
        assert!(notice.body.contains(words), "{words}: {}", notice.body);
    }
}

#[test]
fn whoever_missed_a_day_is_invited_again_and_a_full_day_leaves_people_for_the_next() {
    on_both_engines(|office| {
        let items = at_the_counter(office, 3);
        let (first, second) = (office.day(2).unwrap(), office.day(2).unwrap());
        assert_eq!((first.appointments.len(), second.appointments.len()), (2, 1));
        refused_with(office.day(2), &CashRefused::NobodyWaits);
        assert_eq!(close_day(&office.desk, office.who("bendahara"), &first.id).unwrap(), 2);
        let third = office.day(2).unwrap();
        let invited = |day: &CollectionDay| day.appointments.iter().map(|a| a.item_id.clone()).collect::<Vec<_>>();
        assert_eq!(invited(&first), invited(&third), "the longest waiting first");
        // Whoever comes without an invitation, or on another day than invited, gets the money too.
        office.collected(office_item(&items, &invited(&second)[0]));
        let tomorrow = DayPlan { held_on: june(23), ..plan(2) };
        assert_eq!(close_day(&office.desk, office.who("bendahara"), &third.id).unwrap(), 2);
        let fourth = open_day(&office.desk, office.who("bendahara"), &tomorrow).unwrap();
        refused_with(close_day(&office.desk, office.who("bendahara"), &fourth.id), &CashRefused::DayNotOver);
        office.collected(office_item(&items, &invited(&fourth)[1]));
        assert_eq!(office.outcomes(&fourth), [Outcome::Expected, Outcome::Collected]);
        office.cash_agrees();
    });
}

fn office_item<'a>(items: &'a [Item], id: &str) -> &'a Item {
    items.iter().find(|item| item.id == id).unwrap()
}

fn somebody(name: &str, nik: &str) -> santunan::domain::claim::StandIn {
    santunan::domain::claim::StandIn {
        name: PersonName::parse(name).unwrap(),
        nik: ClaimedNik::take(nik),
        relation: "paman".to_owned(),
        phone: String::new(),
    }
}

fn try_as(office: &Office, item: &Item, receiver: Receiver, digits: &str, letter: &str) -> Result<HandOver, Refusal> {
    let check =
        IdentityCheck { receiver, paper: IdentityPaper::FamilyCard, last_digits: digits.to_owned(), proxy_letter: letter.to_owned() };
    let photo = Some(Photo { media_type: "image/png", bytes: b"\x89PNG\r\n\x1a\nfoto".to_vec() });
    let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Thumbprint, photo };
    hand_over(&office.desk, office.who("bendahara"), &handing)
}

#[test]
fn only_those_the_claim_names_take_the_money_and_only_with_their_own_number() {
    on_both_engines(|office| {
        let guarded = a_claim().paid_in_cash().but(|content| content.stand_ins.guardian = Some(somebody("SULASTRI", "3325014101700009")));
        let sent_by =
            a_claim().of_family(1).paid_in_cash().but(|content| content.stand_ins.proxy = Some(somebody("TARMUDI", "3325010101700017")));
        let nameless =
            a_claim().of_family(2).paid_in_cash().but(|content| content.stand_ins.proxy = Some(somebody("WAGIMAN", "tidak hafal")));
        let ids = [guarded, sent_by, nameless].map(|claim: AClaim| office.approved(&claim));
        let sent = office.sent().order.items;
        let item = |at: usize| sent.iter().find(|item| item.claim_id == ids[at]).unwrap();
        let before = office.traces();
        refused_with(try_as(office, item(0), Receiver::Payee, &office.digits(item(0)), ""), &CashRefused::NotNamed);
        refused_with(try_as(office, item(0), Receiver::Proxy, "0009", "1/2026"), &CashRefused::NotNamed);
        for digits in ["0008", "009", "", "00 9", "01700009"] {
            refused_with(try_as(office, item(0), Receiver::Guardian, digits, ""), &CashRefused::DigitsDiffer);
        }
        refused_with(try_as(office, item(1), Receiver::Proxy, "0017", " "), &CashRefused::ProxyLetter);
        refused_with(try_as(office, item(2), Receiver::Proxy, "0017", "1/2026"), &CashRefused::NoNumber);
        assert_eq!((office.traces(), office.in_box()), (before, million(3)));
        let guardian = try_as(office, item(0), Receiver::Guardian, "0009", "").unwrap();
        assert_eq!((guardian.receiver_name.as_str(), guardian.day_id), ("SULASTRI", None));
        let (sha256, kind) = guardian.photo.unwrap();
        assert_eq!((office.desk.files.read(&sha256).unwrap().starts_with(b"\x89PNG"), kind.as_str()), (true, "image/png"));
        let proxy = try_as(office, item(1), Receiver::Proxy, "0017", "474/12/2026").unwrap();
        assert_eq!((proxy.receiver_name.as_str(), proxy.proxy_letter.as_str()), ("TARMUDI", "474/12/2026"));
        try_as(office, item(2), Receiver::Payee, &office.digits(item(2)), "").unwrap();
        office.cash_agrees();
    });
}

#[test]
fn nobody_hands_money_to_their_own_family_or_for_a_dead_payee() {
    on_both_engines(|office| {
        let items = at_the_counter(office, 2);
        let relative = office.hire("bendahara.pembantu", Role::Finance, "33.25", "3325016506809599", "3325010101109301");
        let other = items.iter().find(|item| office.digits(item).ends_with("01")).unwrap();
        let check = IdentityCheck {
            receiver: Receiver::Payee,
            paper: IdentityPaper::Ktp,
            last_digits: office.digits(other),
            proxy_letter: String::new(),
        };
        let handing = HandingOver { item_id: &other.id, expected_version: other.version, check, mark: ReceiptMark::Signature, photo: None };
        let own = hand_over(&office.desk, &relative, &handing);
        assert!(matches!(own, Err(Refusal::OwnFamily)), "{own:?}");
        assert!(matches!(hand_over(&office.desk, office.who("inspektorat"), &handing), Err(Refusal::NotYourRole)));
        let alive = "1975-06-10,P,ANAK,PEDAGANG,SUMIATI,DUKUH GONDANG,006,002,33.25.01.2006,2,HIDUP";
        let text = register_text().replace(alive, &alive.replace("HIDUP", "MENINGGAL"));
        let mut file = register_file(&text);
        let origin = Origin { source: "DTSEN (uji)", released_on: june(20), file_name: "baru.csv", file: &mut file };
        import_register(&office.desk, office.who("admin"), origin, || ()).unwrap();
        let dead = items.iter().find(|item| office.digits(item).ends_with("00")).unwrap();
        let refused = office.collect("bendahara", dead);
        assert!(matches!(&refused, Err(Refusal::PayeeDead(codes)) if codes.len() == 1), "{refused:?}");
        office.collected(other);
        office.cash_agrees();
    });
}

#[test]
fn a_transfer_is_no_matter_of_the_counter_and_cash_none_of_the_bank_statement() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        office.approved(&a_claim().of_family(1).paid_in_cash());
        let items = office.sent().order.items;
        let (bank, cash): (Vec<_>, Vec<_>) = items.iter().partition(|item| item.account.is_some());
        refused_with(office.collect("bendahara", bank[0]), &CashRefused::NotCash);
        for answer in [Answer::Paid, Answer::Returned("AC04".to_owned())] {
            let told = ByHand { item_id: &cash[0].id, expected_version: cash[0].version, answer, on: june(22), evidence: "rekening koran" };
            refused_with(record_by_hand(&office.desk, office.who("bendahara"), &told), &CashRefused::AtCounterOnly);
        }
        assert_eq!((office.cash_book().len(), office.in_box()), (1, million(1)));
        office.cash_agrees();
    });
}

#[test]
fn what_nobody_collects_goes_to_the_treasury_and_may_be_drawn_again() {
    on_both_engines(|office| {
        let (finance, items) = (office.who("bendahara"), at_the_counter(office, 2));
        office.day(20).unwrap();
        let (ids, soon, late) = (items.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), office.later(89), office.later(90));
        let first = &items[0];
        refused_with(return_unclaimed(&late, finance, &ids), &CashRefused::StillInvited(first.reference.clone()));
        let day = office.desk.store.read(|conn| collection::all(conn, &office.code, 9)).unwrap().remove(0);
        close_day(&late, finance, &day.id).unwrap();
        let waits = CashRefused::StillWaits { reference: first.reference.clone(), from: "20 September 2026".into() };
        refused_with(return_unclaimed(&soon, finance, &ids), &waits);
        assert_eq!(return_unclaimed(&late, finance, &ids).unwrap(), 2);
        assert!(matches!(return_unclaimed(&late, finance, &ids), Err(Refusal::ItemNotAllowed(_))));
        let back = office.item(&ids[0]);
        assert_eq!((back.state, back.return_code.as_str(), office.in_box()), (ItemState::Returned, NOT_COLLECTED, million(2)));
        office.cash_agrees();
        deposited_and_drawn_again(office, &late, &ids);
    });
}

fn deposited_and_drawn_again(office: &Office, late: &Desk, ids: &[String]) {
    let (finance, second) = (office.who("bendahara"), office.who("ppk"));
    let day = june(22) + Days::new(90);
    let slip = |number: &str, value| DepositSlip { number: number.into(), dated_on: day, value: rupiah(value) };
    let differs = CashRefused::SlipValue { slip: rupiah(1_999_999), payments: million(2) };
    refused_with(deposit(late, finance, &slip("STS-1", 1_999_999), ids), &differs);
    refused_with(deposit(late, finance, &slip("STS-1", 0), &[]), &CashRefused::SlipEmpty);
    deposit(late, finance, &slip("STS-1", 1_000_000), &ids[..1]).unwrap();
    refused_with(deposit(late, finance, &slip("STS-1", 1_000_000), &ids[1..]), &CashRefused::SlipTwice);
    assert!(matches!(deposit(late, finance, &slip("STS-2", 2_000_000), ids), Err(Refusal::ItemNotAllowed(_))));
    let (position, item) = (office.position(), office.item(&ids[0]));
    assert_eq!((position.deposited, position.returned, position.adds_up(), office.in_box()), (million(1), million(1), true, million(1)));
    assert_eq!((item.state, item.evidence.as_str()), (ItemState::Deposited, "STS STS-1"));
    office.cash_agrees();
    let reason = "Ahli waris baru pulang dari rantau";
    let draw = |desk: &Desk, who, reason: &str| redraw(desk, who, &ids[0], item.version, reason);
    assert!(matches!(draw(late, second, "pulang"), Err(Refusal::ReasonMissing)));
    refused_with(draw(late, finance, reason), &CashRefused::SecondPerson);
    refused_with(draw(&office.later(193), second, reason), &CashRefused::OtherYear(2026));
    draw(late, second, reason).unwrap();
    assert!(matches!(draw(late, second, reason), Err(Refusal::Stale)));
    assert_eq!((office.item(&ids[0]).state, office.in_box(), office.position().deposited), (ItemState::Returned, million(2), Rupiah::ZERO));
    deposit(late, finance, &slip("STS-3", 2_000_000), ids).unwrap();
    let slips = office.desk.store.read(|conn| deposits::all(conn, &office.code)).unwrap();
    assert_eq!(slips.iter().map(|d| d.items.len()).sum::<usize>(), 3);
    office.cash_agrees();
    office.audit().unwrap();
}

#[test]
fn a_transfer_that_came_back_goes_to_the_treasury_without_touching_the_box() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        let item = office.sent().order.items.remove(0);
        let finance = office.who("bendahara");
        let answer = Answer::Returned("AC04".to_owned());
        let told = ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran" };
        record_by_hand(&office.desk, finance, &told).unwrap();
        let slip = DepositSlip { number: "STS-9".into(), dated_on: june(22), value: million(1) };
        deposit(&office.desk, finance, &slip, std::slice::from_ref(&item.id)).unwrap();
        assert_eq!((office.item(&item.id).state, office.cash_book()), (ItemState::Deposited, vec![]));
        redraw(&office.desk, office.who("ppk"), &item.id, office.item(&item.id).version, "Nomor rekening sudah dibetulkan").unwrap();
        assert_eq!((office.position().returned, office.cash_book()), (million(1), vec![]));
        office.cash_agrees();
    });
}

#[test]
fn a_difference_is_explained_by_a_second_person_and_the_book_stays_as_it_is() {
    on_both_engines(|office| {
        let items = at_the_counter(office, 2);
        let (first, second) = (office.who("bendahara"), office.who("ppk"));
        let explain = |who, words: &str| explain_difference(&office.desk, who, june(22), words);
        let words = "Selisih kurang ditagihkan kepada bendahara";
        refused_with(explain(second, words), &CashRefused::NothingToExplain);
        let counted = Counted { cash: rupiah(1_950_000), in_bank: Rupiah::ZERO };
        refused_with(count_cash(&office.desk, first, june(23), counted), &CashRefused::BookWhen);
        count_cash(&office.desk, first, june(22), counted).unwrap();
        office.collected(&items[0]);
        refused_with(explain(second, words), &CashRefused::CountedBefore);
        let counted = Counted { cash: rupiah(950_000), in_bank: Rupiah::ZERO };
        assert_eq!(count_cash(&office.desk, first, june(22), counted).unwrap().comparison, Comparison::Short(rupiah(50_000)));
        refused_with(explain(first, words), &CashRefused::SecondPerson);
        refused_with(explain(second, "kurang"), &CashRefused::Unexplained);
        assert_eq!(explain(second, words).unwrap(), Comparison::Short(rupiah(50_000)));
        refused_with(explain(second, words), &CashRefused::BookClosed);
        assert_eq!(office.in_box(), million(1));
        // The next day goes on.
        let tomorrow = office.later(1);
        let item = office.item(&items[1].id);
        let check = IdentityCheck {
            receiver: Receiver::Payee,
            paper: IdentityPaper::Letter,
            last_digits: office.digits(&item),
            proxy_letter: String::new(),
        };
        let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Signature, photo: None };
        hand_over(&tomorrow, first, &handing).unwrap();
        assert_eq!(
            count_cash(&tomorrow, first, june(23), Counted { cash: Rupiah::ZERO, in_bank: Rupiah::ZERO }).unwrap().comparison,
            Comparison::Equal
        );
        office.cash_agrees();
    });
}

#[test]
fn a_handing_over_recorded_by_mistake_is_taken_back_by_a_second_person() {
    on_both_engines(|office| {
        let item = at_the_counter(office, 1).remove(0);
        office.collected(&item);
        let paid = office.item(&item.id);
        let undo = |who, version, reason: &str| undo_hand_over(&office.desk, who, &item.id, version, reason);
        let reason = "Yang datang keluarga lain dengan nama yang sama";
        assert!(matches!(undo(office.who("ppk"), paid.version, "salah"), Err(Refusal::ReasonMissing)));
        assert!(matches!(undo(office.who("ppk"), item.version, reason), Err(Refusal::Stale)));
        refused_with(undo(office.who("bendahara"), paid.version, reason), &CashRefused::SecondPerson);
        undo(office.who("ppk"), paid.version, reason).unwrap();
        assert_eq!((office.claim(&item.claim_id).state, office.item(&item.id).state), (State::Decreed, ItemState::Returned));
        let kinds: Vec<CashKind> = office.cash_book().iter().map(|entry| entry.kind).collect();
        assert_eq!((kinds, office.in_box()), (vec![CashKind::Received, CashKind::HandedOver, CashKind::Correction], million(1)));
        office.cash_agrees();
        let again = office.collect("ppk", &office.item(&item.id));
        assert!(matches!(again, Err(Refusal::Cash(CashRefused::HandedOver(_)))), "{again:?}");
    });
}

#[test]
fn of_two_counters_one_hands_over() {
    for (engine, rounds) in [(Engine::Sqlite, 8), (Engine::Postgres, 5)] {
        let office = &open(engine);
        for (round, item) in at_the_counter(office, rounds).iter().enumerate() {
            let barrier = &std::sync::Barrier::new(3);
            let done: Vec<Result<HandOver, Refusal>> = std::thread::scope(|scope| {
                let jobs: Vec<_> = ["bendahara", "ppk", "kuasa.bud"]
                    .into_iter()
                    .map(|who| {
                        scope.spawn(move || {
                            barrier.wait();
                            office.collect(who, item)
                        })
                    })
                    .collect();
                jobs.into_iter().map(|job| job.join().unwrap()).collect()
            });
            assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1, "{round}: {done:?}");
            let late = done.iter().filter(|result| matches!(result, Err(Refusal::Cash(CashRefused::HandedOver(_)) | Refusal::Stale)));
            assert_eq!(late.count(), 2, "{round}: {done:?}");
        }
        assert_eq!(office.in_box(), Rupiah::ZERO);
        office.cash_agrees();
        office.audit().unwrap();
    }
}

#[test]
fn of_two_plans_for_one_village_one_invites_and_of_two_slips_one_counts() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = &open(engine);
        let items = at_the_counter(office, 2);
        let ids = &items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        let at_once = |job: &(dyn Fn() -> Result<(), Refusal> + Sync)| -> usize {
            let barrier = &std::sync::Barrier::new(2);
            std::thread::scope(|scope| {
                let jobs: Vec<_> = (0..2)
                    .map(|_| {
                        scope.spawn(move || {
                            barrier.wait();
                            job()
                        })
                    })
                    .collect();
                jobs.into_iter().map(|job| usize::from(job.join().unwrap().is_ok())).sum::<usize>()
            })
        };
        assert_eq!(at_once(&|| office.day(20).map(drop)), 1);
        let (late, finance) = (office.later(90), office.who("bendahara"));
        let day = office.desk.store.read(|conn| collection::all(conn, &office.code, 9)).unwrap().remove(0);
        close_day(&late, finance, &day.id).unwrap();
        assert_eq!(at_once(&|| return_unclaimed(&late, finance, ids).map(drop)), 1);
        let slip = DepositSlip { number: "STS-1".into(), dated_on: june(22) + Days::new(90), value: million(2) };
        assert_eq!(at_once(&|| deposit(&late, finance, &slip, ids).map(drop)), 1);
        assert_eq!(office.in_box(), Rupiah::ZERO);
        office.cash_agrees();
    }
}

#[test]
fn the_database_itself_keeps_the_book_and_who_took_the_money() {
    on_both_engines(|office| {
        let items = at_the_counter(office, 1);
        office.collected(&items[0]);
        count_cash(&office.desk, office.who("bendahara"), june(22), Counted { cash: Rupiah::ZERO, in_bank: Rupiah::ZERO }).unwrap();
        for touch in [
            "UPDATE cash_entries SET amount = 1",
            "DELETE FROM cash_entries",
            "UPDATE hand_overs SET receiver_name = 'X'",
            "DELETE FROM hand_overs",
            "UPDATE cash_counts SET cash = 1",
            "DELETE FROM cash_closings",
        ] {
            assert!(office.sql(touch).is_err(), "{touch}");
        }
        let on_table = if matches!(office.database.url(), santunan::store::DatabaseUrl::Postgres(_)) { " ON cash_entries" } else { "" };
        office.sql(&format!("DROP TRIGGER cash_entries_no_update{on_table}")).unwrap();
        assert!(office.sql("UPDATE cash_entries SET balance = -1").is_err(), "a box never holds less than nothing");
        office.sql("UPDATE cash_entries SET balance = 5 WHERE sequence = 2").unwrap();
        let proof = santunan::workflow::money::verify_ledger(&office.desk, &office.code).unwrap();
        assert!(proof.is_err_and(|difference| difference.to_string().contains("buku kas")));
    });
}

/// One thing somebody tries at the counter; many tries are refused, and that is the point.
#[derive(Debug, Clone)]
enum Try {
    Invite(u32),
    CloseDays,
    HandOver(usize),
    Undo(usize),
    Unclaimed(usize),
    Deposit(usize, usize),
    Redraw(usize),
    Count(i64),
    Explain,
}

fn tries() -> impl Strategy<Value = Try> {
    let item = 0..FAMILIES;
    prop_oneof![
        2 => (1_u32..5).prop_map(Try::Invite),
        2 => Just(Try::CloseDays),
        5 => item.clone().prop_map(Try::HandOver),
        2 => item.clone().prop_map(Try::Undo),
        3 => item.clone().prop_map(Try::Unclaimed),
        3 => (item.clone(), item.clone()).prop_map(|(a, b)| Try::Deposit(a, b)),
        2 => item.prop_map(Try::Redraw),
        1 => (-1_i64..2).prop_map(Try::Count),
        1 => Just(Try::Explain),
    ]
}

const FAMILIES: usize = 6;

/// One of the payments in a state, so that acts meet what they are for; any other one when there is none, to be refused.
fn pick(office: &Office, ids: &[String], at: usize, state: ItemState) -> Item {
    let fitting: Vec<Item> = ids.iter().map(|id| office.item(id)).filter(|item| item.state == state).collect();
    fitting.get(at % fitting.len().max(1)).cloned().unwrap_or_else(|| office.item(&ids[at]))
}

/// Every try is made on a day of its own, so that a closed book does not end the story.
fn attempt(office: &Office, ids: &[String], number: usize, what: &Try) {
    let days = 90 + u64::try_from(number).unwrap();
    let (desk, day) = (office.later(days), june(22) + Days::new(days));
    let (finance, second) = (office.who("bendahara"), office.who("ppk"));
    let pick = |at: &usize, state| pick(office, ids, *at, state);
    match what {
        Try::Invite(capacity) => drop(open_day(&desk, finance, &DayPlan { held_on: day, ..plan(*capacity) })),
        Try::CloseDays => {
            for open in office.desk.store.read(|conn| collection::all(conn, &office.code, 99)).unwrap() {
                drop(close_day(&desk, finance, &open.id));
            }
        }
        Try::HandOver(at) => {
            let item = pick(at, ItemState::Sent);
            let check = IdentityCheck {
                receiver: Receiver::Payee,
                paper: IdentityPaper::Ktp,
                last_digits: office.digits(&item),
                proxy_letter: String::new(),
            };
            let handing =
                HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Signature, photo: None };
            drop(hand_over(&desk, finance, &handing));
        }
        Try::Undo(at) => {
            let item = pick(at, ItemState::Paid);
            drop(undo_hand_over(&desk, second, &item.id, item.version, "tercatat atas nama orang lain"));
        }
        Try::Unclaimed(at) => drop(return_unclaimed(&desk, finance, &[pick(at, ItemState::Sent).id])),
        Try::Deposit(a, b) => {
            let mut chosen = vec![pick(a, ItemState::Returned).id, pick(b, ItemState::Returned).id];
            chosen.dedup();
            let value = rupiah(1_000_000 * i64::try_from(chosen.len()).unwrap());
            drop(deposit(&desk, finance, &DepositSlip { number: format!("STS-{number}"), dated_on: day, value }, &chosen));
        }
        Try::Redraw(at) => {
            let item = pick(at, ItemState::Deposited);
            drop(redraw(&desk, second, &item.id, item.version, "ahli waris datang juga akhirnya"));
        }
        Try::Count(off) => {
            let cash = rupiah((office.in_box().whole() + off).max(0));
            drop(count_cash(&desk, finance, day, Counted { cash, in_bank: Rupiah::ZERO }));
        }
        Try::Explain => drop(explain_difference(&desk, second, day - Days::new(1), "selisih sudah ditelusuri berdua")),
    }
}

#[test]
fn no_order_of_acts_at_the_counter_parts_the_book_from_the_ledger() {
    let reached = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let config = ProptestConfig { cases: 3, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let played = TestRunner::new_with_rng(config, rng).run(&prop::collection::vec(tries(), 30..60), |tries| {
        let office = open(Engine::Sqlite);
        let ids: Vec<String> = at_the_counter(&office, FAMILIES).into_iter().map(|item| item.id).collect();
        for (number, what) in tries.iter().enumerate() {
            attempt(&office, &ids, number, what);
            office.cash_agrees();
        }
        prop_assert!(office.audit().is_ok());
        reached.borrow_mut().extend(office.cash_book().iter().map(|entry| entry.kind));
        Ok(())
    });
    played.unwrap();
    let reached: Vec<CashKind> = reached.into_inner().into_iter().collect();
    let acts = [CashKind::Received, CashKind::HandedOver, CashKind::Correction, CashKind::Deposited, CashKind::DrawnAgain];
    assert_eq!(reached, acts, "a law about the box that never sees an act says nothing about it");
}

fn next_heir_of_the_dead(reason: &'static str, item: &Item, heir: Option<Heir>, paper: &'static [u8]) -> NextHeir<'static> {
    NextHeir {
        item_id: item.id.clone().leak(),
        expected_version: item.version,
        heir,
        reason,
        evidence: (!paper.is_empty()).then_some(("application/pdf", paper)),
    }
}

fn child() -> Heir {
    Heir {
        name: PersonName::parse("SULASTRI").unwrap(),
        nik: ClaimedNik::take("3325014101700009"),
        family_card: None,
        relation: Relation::Anak,
        phone: String::new(),
        address: "DUKUH GONDANG".to_owned(),
    }
}

#[test]
fn where_the_heir_dies_before_the_day_the_next_one_collects_after_a_fresh_approval() {
    on_both_engines(|office| {
        let (finance, items) = (office.who("bendahara"), at_the_counter(office, 2));
        let (dead, other) = (&items[0], &items[1]);
        let day = office.day(20).unwrap();
        let reason = "meninggal 20 Juni, surat waris ditunjukkan anaknya";
        let name = |who: &str, next: &NextHeir<'_>| name_next_heir(&office.desk, office.who(who), next);
        let whole = next_heir_of_the_dead(reason, dead, Some(child()), b"%PDF-1.7 surat kematian");
        assert!(matches!(name("kepala.dinas", &whole), Err(Refusal::NotYourRole)));
        let refused = |next: NextHeir<'_>| match name("bendahara", &next) {
            Err(Refusal::Correction(why)) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(next_heir_of_the_dead(reason, dead, Some(child()), b"")), CorrectionRefused::NoEvidence);
        assert_eq!(refused(next_heir_of_the_dead("ya", dead, Some(child()), b"%PDF-")), CorrectionRefused::NoReason);
        assert_eq!(refused(next_heir_of_the_dead(reason, dead, None, b"%PDF-")), CorrectionRefused::NextHeirMissing);
        assert_eq!(office.item(&dead.id).state, ItemState::Sent, "a refused proposal moves nothing");
        let proposed = name("bendahara", &whole).unwrap();
        assert!(matches!(name("bendahara", &whole), Err(Refusal::Stale)));
        assert_eq!((office.item(&dead.id).state, office.in_box()), (ItemState::Returned, million(2)));
        let outcomes = office.outcomes(&day);
        assert!(outcomes.contains(&Outcome::Missed) && outcomes.contains(&Outcome::Expected), "{outcomes:?}");
        assert!(matches!(office.collect("bendahara", &office.item(&dead.id)), Err(Refusal::ItemNotAllowed(_))));
        let yes = Judge { correction_id: &proposed.id, approves: true, reason: "ahli waris berikutnya menurut surat waris" };
        assert!(judge(&office.desk, finance, &yes).is_err(), "nobody approves their own");
        judge(&office.desk, office.who("kepala.dinas"), &yes).unwrap();
        let order = make_renewed_order(&office.desk, finance, "").unwrap().order;
        let new = &order.items[0];
        assert_eq!((new.replaces.as_deref(), new.payee.as_str(), new.account.is_none()), (Some(dead.id.as_str()), "SULASTRI", true));
        let renewed = office.released(&order).order;
        office.collected(&renewed.items[0]);
        office.collected(other);
        assert_eq!((office.claim(&dead.claim_id).state, office.in_box()), (State::Paid, million(0)));
        office.cash_agrees();
        office.audit().unwrap();
        let given = next_heir_of_the_dead(reason, &office.item(&other.id), Some(child()), b"%PDF-");
        assert!(matches!(name("bendahara", &given), Err(Refusal::Cash(CashRefused::HandedOver(_)))));
    });
}
