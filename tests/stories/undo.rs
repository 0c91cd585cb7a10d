//! Undoing after the fact: decrees amended row by row, claims annulled by two persons, money that comes back in parts.

use santunan::domain::claim::{BankAccount, ClaimContent, ClaimedNik, Heir, Payout, State, Step};
use santunan::domain::identity::{Nik, PersonName, Relation};
use santunan::domain::letter::{Letter, LetterContent, LetterKind};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{DepositSlip, ItemNotAllowed, ItemState};
use santunan::domain::register::ResidentStatus;
use santunan::domain::undo::{AmendRefused, AnnulRefused, Ground, Instalment, NewPayee, RecoveryRefused, RowChange, even_plan};
use santunan::store::StoreError;
use santunan::store::money::amendments::{Amendment, ProposedRow};
use santunan::store::money::decrees::{self, Decree};
use santunan::store::money::items::{self, Item};
use santunan::store::money::recoveries::{self, Case};
use santunan::workflow::Refusal;
use santunan::workflow::crosscheck::{Submission, gather};
use santunan::workflow::money::cash::{deposit, redraw};
use santunan::workflow::money::undo::{
    AgreePlan, JudgeAnnulment, Lock, ProposeAmendment, RecordPart, VoidPart, agree_plan, judge_annulment, lock_amendment,
    preview_amendment, propose_amendment, record_part, void_part, withdraw_amendment,
};
use santunan::workflow::money::{Answer, ByHand, cancel_order, lock_decree, make_order, plan_decree, record_by_hand, sign_decree};

use crate::support::{EVIDENCE, Office, a_claim, june, on_both_engines, register_file, register_text};

fn rupiah(whole: i64) -> Rupiah {
    Rupiah::new(whole).unwrap()
}

fn million(n: i64) -> Rupiah {
    rupiah(n * 1_000_000)
}

const WORDS: &str = "diketahui dari pemeriksaan ulang";

fn strike(ground: Ground) -> RowChange {
    RowChange::Strike { ground, words: WORDS.into() }
}

/// The payee as they are, paid into another account.
fn other_account(content: &ClaimContent) -> RowChange {
    let heir = content.payee().unwrap().clone();
    let account = BankAccount { bank: "BRI".into(), number: "595501999888".into(), holder: heir.name.to_string() };
    RowChange::Amend { payee: NewPayee::Corrected(heir), payout: Payout::Bank(account), words: WORDS.into() }
}

fn next_heir() -> NewPayee {
    NewPayee::Next(Heir {
        name: PersonName::parse("SULASTRI").unwrap(),
        nik: ClaimedNik::take("3325014101900077"),
        family_card: None,
        relation: Relation::Saudara,
        phone: String::new(),
        address: "DUKUH GONDANG".into(),
    })
}

fn rows(office: &Office, changes: &[(&str, RowChange)]) -> Vec<ProposedRow> {
    let row = |(id, change): &(&str, RowChange)| ProposedRow {
        claim_id: (*id).to_owned(),
        version: office.claim(id).version,
        change: change.clone(),
    };
    changes.iter().map(row).collect()
}

fn propose(office: &Office, decree: &Decree, changes: &[(&str, RowChange)]) -> Result<Amendment, Refusal> {
    let propose = ProposeAmendment { decree_id: &decree.id, rows: rows(office, changes), evidence: Some(EVIDENCE) };
    propose_amendment(&office.desk, office.who("bendahara"), &propose)
}

fn amended(office: &Office, decree: &Decree, changes: &[(&str, RowChange)]) -> Lock {
    let proposed = propose(office, decree, changes).unwrap();
    let lock = lock_amendment(&office.desk, office.who("kepala.dinas"), &proposed.id).unwrap();
    sign_decree(&office.desk, office.who("bendahara"), &lock.decree.id, june(22)).unwrap();
    lock
}

fn now(office: &Office, item: &Item) -> Item {
    office.desk.store.read(|conn| items::load(conn, &office.code, &item.id)).unwrap()
}

fn decree_now(office: &Office, decree: &Decree) -> Decree {
    office.desk.store.read(|conn| decrees::load(conn, &office.code, &decree.id)).unwrap()
}

fn contents(office: &Office, kind: LetterKind) -> Vec<LetterContent> {
    let own = office.letters().into_iter().filter(|issued| issued.kind == kind.code());
    own.map(|issued| serde_json::from_str::<Letter>(&issued.content).unwrap().content).collect()
}

fn refused<T>(result: Result<T, Refusal>) -> Refusal {
    result.err().expect("it should have been refused")
}

#[test]
fn a_signed_decree_changes_row_by_row_and_money_claims_and_lists_go_with_it() {
    on_both_engines(|office| {
        let [alive, doubtful, misspelt] = [0, 1, 2].map(|n| office.approved(&a_claim().of_family(n)));
        let finance = office.who("bendahara");
        let unsigned = lock_decree(&office.desk, finance, "").unwrap().decree;
        let early = propose(office, &unsigned, &[(&alive, strike(Ground::PersonAlive))]);
        assert!(matches!(refused(early), Refusal::Amend(AmendRefused::NotSigned)));
        let decree = sign_decree(&office.desk, finance, &unsigned.id, june(22)).unwrap();
        let account = other_account(&office.claim(&misspelt).content);
        let changes =
            [(alive.as_str(), strike(Ground::PersonAlive)), (doubtful.as_str(), strike(Ground::Doubt)), (misspelt.as_str(), account)];
        let seen = preview_amendment(&office.desk, finance, &decree.id, &rows(office, &changes)).unwrap();
        assert_eq!((seen.before.total, seen.struck.unwrap().total, seen.after.unwrap().total), (million(3), million(2), million(1)));
        assert_ne!(seen.rows[2].before.payout, seen.rows[2].after.as_ref().unwrap().payout);

        let proposed = propose(office, &decree, &changes).unwrap();
        assert!(matches!(refused(propose(office, &decree, &changes)), Refusal::Amend(AmendRefused::Proposed)));
        let ordered = make_order(&office.desk, finance, &decree.id, "");
        assert!(matches!(refused(ordered), Refusal::Amend(AmendRefused::Proposed)));
        assert!(matches!(refused(lock_amendment(&office.desk, finance, &proposed.id)), Refusal::Amend(AmendRefused::NotYourRole)));
        let lock = lock_amendment(&office.desk, office.who("kepala.dinas"), &proposed.id).unwrap();
        let again = lock_amendment(&office.desk, office.who("kepala.dinas"), &proposed.id);
        assert!(matches!(refused(again), Refusal::Amend(AmendRefused::Decided)));
        assert_eq!((lock.decree.total, lock.decree.items.len(), lock.annulled), (million(3), 3, vec![office.claim(&alive).code]));
        let states = [&alive, &doubtful, &misspelt].map(|id| office.claim(id).state);
        assert_eq!(states, [State::Annulled, State::Approved, State::Decreed]);
        let position = office.position();
        assert_eq!((position.committed, position.decreed), (million(2), million(1)));
        assert_eq!(decree_now(office, &decree).standing_total(), Some(million(1)));
        office.books();

        let ordered = make_order(&office.desk, finance, &decree.id, "");
        assert!(matches!(refused(ordered), Refusal::Amend(AmendRefused::Unsigned(_))));
        let plan = plan_decree(&office.desk, finance).unwrap();
        assert!(plan.ready.is_empty() && plan.left_out[0].1.contains("belum ditandatangani"), "{:?}", plan.left_out);
        sign_decree(&office.desk, finance, &lock.decree.id, june(22)).unwrap();
        let second = lock_decree(&office.desk, finance, "").unwrap().decree;
        assert_eq!(second.items.iter().map(|item| &item.claim_id).collect::<Vec<_>>(), [&doubtful]);

        let order = make_order(&office.desk, finance, &decree.id, "").unwrap().order;
        assert_eq!((order.total, order.items.len()), (million(1), 1));
        assert_eq!(order.items[0].account.as_ref().unwrap().1, "595501999888");
        let Some(LetterContent::SkPerubahan(letter)) = contents(office, LetterKind::SkPerubahan).pop() else { panic!() };
        assert!(letter.adds_up() && letter.subject.starts_with("PERUBAHAN ATAS KEPUTUSAN") && letter.changes.len() == 3);
        let lists = contents(office, LetterKind::Nominatif);
        let totals = lists.iter().map(|list| match list {
            LetterContent::Nominatif(list) => list.total,
            other => panic!("{other:?}"),
        });
        assert_eq!(totals.collect::<Vec<_>>(), [million(3), million(1), million(1)], "first list, list after the change, second decree");
        let Some(LetterContent::PerintahBayar(told)) = contents(office, LetterKind::PerintahBayar).pop() else { panic!() };
        let newest = office.letters().into_iter().filter(|l| l.kind == "nominatif").nth(1).unwrap();
        assert_eq!(told.list_number, newest.number, "the order rests on the list as it was amended");
        office.released(&order);
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn a_row_whose_money_has_moved_is_not_struck_and_the_refusal_says_what_comes_first() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let finance = office.who("bendahara");
        let decree = office.decreed();
        let try_to = || propose(office, &decree, &[(&id, strike(Ground::PersonAlive))]);
        let order = make_order(&office.desk, finance, &decree.id, "").unwrap().order;
        let words = refused(try_to()).to_string();
        assert!(words.contains("Batalkan dahulu perintah bayarnya"), "{words}");
        cancel_order(&office.desk, finance, &order.id, order.version, "baris akan dicoret").unwrap();
        let proposed = try_to().unwrap();
        withdraw_amendment(&office.desk, finance, &proposed.id, "akan dibicarakan dahulu").unwrap();
        let order = make_order(&office.desk, finance, &decree.id, "").unwrap().order;
        let released = office.released(&order).order;
        assert!(refused(try_to()).to_string().contains("Tunggu hasil bank"));
        let item = &released.items[0];
        let paid =
            ByHand { item_id: &item.id, expected_version: item.version, answer: Answer::Paid, on: june(22), evidence: "rekening koran" };
        record_by_hand(&office.desk, finance, &paid).unwrap();
        assert!(refused(try_to()).to_string().contains("batalkan permohonannya"));
        let before = office.traces();
        assert!(matches!(refused(try_to()), Refusal::Amend(AmendRefused::Paid(_))));
        assert_eq!(office.traces(), before);
        office.books();
    });
}

#[test]
fn a_decree_is_amended_as_often_as_it_has_to_be_and_the_last_word_counts() {
    on_both_engines(|office| {
        let [first, second] = [0, 1].map(|n| office.approved(&a_claim().of_family(n)));
        let decree = office.decreed();
        let cash = |payee| RowChange::Amend { payee, payout: Payout::Cash, words: WORDS.into() };
        amended(office, &decree, &[(&first, other_account(&office.claim(&first).content))]);
        amended(office, &decree, &[(&first, cash(next_heir()))]);
        let content = office.claim(&first).content;
        assert_eq!((content.payee().unwrap().name.as_str(), &content.payout, content.heirs.len()), ("SULASTRI", &Payout::Cash, 2));
        amended(office, &decree, &[(&second, strike(Ground::FamilyWithdraws))]);
        amended(office, &decree, &[(&first, strike(Ground::Doubt))]);
        let gone = propose(office, &decree, &[(&first, strike(Ground::Doubt))]);
        assert!(matches!(refused(gone), Refusal::Amend(AmendRefused::Gone(_))));
        assert_eq!(decree_now(office, &decree).standing().count(), 0);
        let empty = make_order(&office.desk, office.who("bendahara"), &decree.id, "");
        assert!(matches!(refused(empty), Refusal::NothingToDecree));
        let again = office.decreed();
        assert_eq!((again.items.len(), again.total), (1, million(1)));
        office.released(&make_order(&office.desk, office.who("bendahara"), &again.id, "").unwrap().order);
        let LetterContent::SkPerubahan(last) = contents(office, LetterKind::SkPerubahan).pop().unwrap() else { panic!() };
        assert_eq!((last.before.recipients, last.after), (1, None));
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn what_changed_since_it_was_proposed_is_not_locked() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let decree = office.decreed();
        let proposed = propose(office, &decree, &[(&id, strike(Ground::Doubt))]).unwrap();
        office.sql("UPDATE claims SET version = version + 1").unwrap();
        assert!(matches!(refused(lock_amendment(&office.desk, office.who("kepala.dinas"), &proposed.id)), Refusal::PlanChanged));
        assert_eq!(office.claim(&id).state, State::Decreed);
        office.books();
    });
}

#[test]
fn an_annulment_takes_two_persons_and_holds_the_money_meanwhile() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim().paid_in_cash());
        let head = office.who("kepala.dinas");
        let bare = office.act(head, &id, Step::Annul, "Almarhum ternyata masih hidup");
        assert!(matches!(refused(bare), Refusal::Annul(AnnulRefused::TwoPersons)));
        let asked = office.ask_annulment("kepala.dinas", &id, Ground::Forged).unwrap();
        assert!(matches!(refused(office.agree_annulment(&asked)), Refusal::Annul(AnnulRefused::SamePerson)));
        assert!(matches!(refused(office.ask_annulment("verifikator2", &id, Ground::Forged)), Refusal::Annul(AnnulRefused::Asked)));
        let plan = plan_decree(&office.desk, office.who("bendahara")).unwrap();
        assert!(plan.ready.is_empty() && plan.left_out[0].1.contains("pembatalannya sedang diminta"), "{:?}", plan.left_out);
        // Nobody else may decide; another head of agency refuses, and the claim goes on.
        let second =
            office.hire("sekretaris.dinas", santunan::domain::access::Role::Approver, "33.25", "3325016506809501", "3325010101109501");
        let judge = |agrees, reason| JudgeAnnulment { annulment_id: &asked.id, agrees, reason, debtor: None };
        let silent = judge_annulment(&office.desk, &second, &judge(false, "tidak"));
        assert!(matches!(refused(silent), Refusal::Annul(AnnulRefused::NoReason)));
        judge_annulment(&office.desk, &second, &judge(false, "suratnya ternyata benar")).unwrap();
        let again = judge_annulment(&office.desk, &second, &judge(true, ""));
        assert!(matches!(refused(again), Refusal::Annul(AnnulRefused::Decided)));
        let decree = office.decreed();
        let on_list = office.ask_annulment("verifikator2", &id, Ground::Forged);
        assert!(matches!(refused(on_list), Refusal::Annul(AnnulRefused::OnDecree)));
        let released = office.released(&make_order(&office.desk, office.who("bendahara"), &decree.id, "").unwrap().order);
        let on_its_way = office.ask_annulment("verifikator2", &id, Ground::Forged);
        assert!(matches!(refused(on_its_way), Refusal::Annul(AnnulRefused::OnItsWay)));
        office.collected(&released.order.items[0]);
        office.books();
    });
}

#[test]
fn money_with_the_wrong_person_is_owed_and_the_right_heir_files_anew() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let item = office.paid().order.items[0].clone();
        let own = office.ask_annulment("bendahara", &id, Ground::WrongHeir);
        assert!(matches!(refused(own), Refusal::Annul(AnnulRefused::PaidIt)), "who paid does not judge the payment");
        let case = office.annulled(&id, Ground::WrongHeir).unwrap();
        assert_eq!((case.owed, case.balance(), case.debtor.name.clone()), (million(1), million(1), item.payee.clone()));
        assert_eq!((office.claim(&id).state, now(office, &item).state), (State::Annulled, ItemState::Recovering));
        let position = office.position();
        assert_eq!((position.paid, position.receivable), (Rupiah::ZERO, million(1)));
        office.books();
        let anew = office.file(&a_claim().with_key("ahli waris yang benar")).unwrap().claim;
        let nik = anew.content.deceased.nik.number.clone().unwrap();
        let owed = office.desk.store.read(|conn| recoveries::open_about(conn, &office.code, &[nik.expose()])).unwrap();
        assert_eq!(owed.iter().map(|case| case.claim_id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
        office.audit().unwrap();
    });
}

/// A claim that was paid and annulled.
fn owing(office: &Office) -> Case {
    let id = office.approved(&a_claim());
    office.paid();
    office.annulled(&id, Ground::Forged).unwrap()
}

fn part<'a>(case: &'a Case, whole: i64, number: &'a str) -> RecordPart<'a> {
    RecordPart {
        case_id: &case.id,
        expected_version: case.version,
        paid_on: june(22),
        amount: rupiah(whole),
        number,
        evidence: Some(EVIDENCE),
    }
}

#[test]
fn a_debt_comes_back_in_parts_to_the_rupiah_with_a_letter_for_each() {
    on_both_engines(|office| {
        let (finance, case) = (office.who("bendahara"), owing(office));
        let record = |case: &Case, whole, number: &str| record_part(&office.desk, finance, &part(case, whole, number)).map(|done| done.0);
        let agree = |case: &Case, instalments: Vec<Instalment>| {
            let basis = "surat pernyataan kesanggupan 22 Juni 2026";
            agree_plan(&office.desk, finance, &AgreePlan { case_id: &case.id, expected_version: case.version, instalments, basis })
        };
        let short = agree(&case, even_plan(rupiah(999_999), june(25), 3));
        assert!(matches!(refused(short), Refusal::Recovery(RecoveryRefused::PlanSum { .. })));
        let (case, demand) = agree(&case, even_plan(million(1), june(25), 3)).unwrap();
        assert_eq!(demand.kind, "permintaan_pengembalian");
        assert!(matches!(refused(agree(&Case { version: 1, ..case.clone() }, vec![])), Refusal::Stale));
        let case = record(&case, 333_334, "STS-1").unwrap();
        assert_eq!(
            (case.balance(), office.position().receivable, office.position().deposited),
            (rupiah(666_666), rupiah(666_666), rupiah(333_334))
        );
        let twice = record(&case, 333_333, " STS-1 ");
        assert!(matches!(refused(twice), Refusal::Recovery(RecoveryRefused::NumberTwice(number)) if number == "STS-1"));
        let more = record(&case, 666_667, "STS-2");
        assert!(matches!(refused(more), Refusal::Recovery(RecoveryRefused::Amount { .. })));
        let bare = RecordPart { evidence: None, ..part(&case, 1, "STS-2") };
        assert!(matches!(refused(record_part(&office.desk, finance, &bare)), Refusal::Recovery(RecoveryRefused::NoEvidence)));
        // Agreed anew about what is left; the first plan stays to be read.
        let (case, _) = agree(&case, even_plan(rupiah(666_666), june(30), 2)).unwrap();
        assert_eq!(case.plans.iter().map(|plan| plan.plan.total()).collect::<Vec<_>>(), [million(1), rupiah(666_666)]);
        let case = record(&case, 666_666, "STS-2").unwrap();
        assert!(case.settled && case.balance() == Rupiah::ZERO);
        assert!(matches!(refused(record(&case, 1, "STS-3")), Refusal::Recovery(RecoveryRefused::Settled)));
        let item = office.desk.store.read(|conn| items::load(conn, &office.code, &case.item_id)).unwrap();
        assert_eq!((item.state, office.position().receivable), (ItemState::Recovered, Rupiah::ZERO));
        let notes = contents(office, LetterKind::BuktiAngsuran).into_iter().map(|content| match content {
            LetterContent::BuktiAngsuran(note) => (note.amount.whole(), note.balance.map(Rupiah::whole)),
            other => panic!("{other:?}"),
        });
        assert_eq!(notes.collect::<Vec<_>>(), [(333_334, Some(666_666)), (666_666, None)]);
        assert_eq!(contents(office, LetterKind::PermintaanPengembalian).len(), 2);
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn a_wrong_booking_is_moved_back_by_a_linked_entry_and_its_slip_may_be_booked_rightly() {
    on_both_engines(|office| {
        let (finance, second, case) = (office.who("bendahara"), office.who("ppk"), owing(office));
        let case = record_part(&office.desk, finance, &part(&case, 1_000_000, "STS-7")).unwrap().0;
        let void = |who, reason| {
            let void = VoidPart { case_id: &case.id, expected_version: case.version, payment_id: &case.payments[0].id, reason };
            void_part(&office.desk, who, &void)
        };
        assert!(matches!(refused(void(finance, "nilai STS-nya 400.000")), Refusal::Recovery(RecoveryRefused::SamePerson)));
        assert!(matches!(refused(void(second, "salah")), Refusal::Recovery(RecoveryRefused::NoReason)));
        let back = void(second, "nilai STS-nya 400.000").unwrap();
        assert!(!back.settled && back.balance() == million(1) && back.payments[0].voided.is_some());
        assert_eq!((office.position().receivable, office.position().deposited), (million(1), Rupiah::ZERO));
        office.books();
        let right = record_part(&office.desk, finance, &part(&back, 400_000, "STS-7")).unwrap().0;
        assert_eq!((right.balance(), right.payments.len()), (rupiah(600_000), 2));
        for touch in [
            "UPDATE recovery_payments SET amount = 1",
            "UPDATE recovery_payments SET voided_at = NULL, voided_by = NULL",
            "DELETE FROM recovery_payments",
            "UPDATE recovery_cases SET owed = 1",
            "UPDATE annulments SET words = 'x'",
            "DELETE FROM annulments",
        ] {
            assert!(matches!(office.sql(touch), Err(StoreError::Db(_))), "{touch}");
        }
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn of_two_who_record_the_same_slip_at_once_one_is_refused() {
    on_both_engines(|office| {
        let case = owing(office);
        let done: Vec<bool> = std::thread::scope(|scope| {
            let record = |who: &'static str| {
                let case = &case;
                scope.spawn(move || record_part(&office.desk, office.who(who), &part(case, 400_000, "STS-9")).is_ok())
            };
            let threads = [record("bendahara"), record("ppk")];
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|one| **one).count(), 1);
        assert_eq!(office.position().deposited, rupiah(400_000));
        office.books();
    });
}

#[test]
fn money_that_came_back_from_the_bank_goes_to_the_treasury_before_the_claim_is_annulled() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let finance = office.who("bendahara");
        let item = office.sent().order.items[0].clone();
        let answer = Answer::Returned("AC04".into());
        let back = ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran" };
        record_by_hand(&office.desk, finance, &back).unwrap();
        let early = office.ask_annulment("verifikator2", &id, Ground::PersonAlive);
        let words = refused(early).to_string();
        assert!(words.contains("Setorkan dahulu ke kas daerah"), "{words}");
        let slip = DepositSlip { number: "STS-41".into(), dated_on: june(22), value: million(1) };
        deposit(&office.desk, finance, &slip, std::slice::from_ref(&item.id)).unwrap();
        assert_eq!(office.annulled(&id, Ground::PersonAlive), None, "nobody owes what the treasury has");
        assert_eq!((office.claim(&id).state, now(office, &item).state), (State::Annulled, ItemState::Deposited));
        let drawn = redraw(&office.desk, office.who("ppk"), &item.id, now(office, &item).version, "dibayarkan lagi saja");
        assert!(matches!(refused(drawn), Refusal::NotAllowed(_)));
        let owing = owing_after(office);
        let used = record_part(&office.desk, finance, &part(&owing, 1, "STS-41"));
        assert!(matches!(refused(used), Refusal::Recovery(RecoveryRefused::NumberTwice(_))), "a slip is a slip");
        office.books();
    });
}

/// Another family's claim, paid and annulled.
fn owing_after(office: &Office) -> Case {
    let id = office.approved(&a_claim().of_family(3));
    office.paid();
    office.annulled(&id, Ground::WrongHeir).unwrap()
}

#[test]
fn whoever_lives_is_not_called_dead_any_more_neither_by_the_claim_nor_by_the_register() {
    on_both_engines(|office| {
        let import = |text: &str, day: u32| {
            let file_name = format!("rilis-{day}.csv");
            let mut file = register_file(text);
            let origin = santunan::workflow::import::Origin {
                source: "DTSEN (uji)",
                released_on: june(day),
                file_name: &file_name,
                file: &mut file,
            };
            santunan::workflow::import::import_register(&office.desk, office.who("admin"), origin, || ()).unwrap();
        };
        let dead = |text: &str| {
            let line = text.lines().find(|line| line.contains("WIRYO SUMARTO")).unwrap();
            text.replace(line, &line.replace("HIDUP", "MENINGGAL"))
        };
        import(&dead(&register_text()), 10);
        let id = office.approved(&a_claim());
        office.paid();
        let claim = office.claim(&id);
        let status = || {
            let seen = office.desk.store.read::<_, StoreError>(|conn| {
                let submission = Submission { office: &office.code, clerk: "x", filed_on: june(22), before_sequence: 1_000 };
                Ok(gather(conn, &submission, &claim.content)?.person.row().map(|row| row.status))
            });
            seen.unwrap()
        };
        assert_eq!(status(), Some(ResidentStatus::Dead));
        let case = office.annulled(&id, Ground::PersonAlive).unwrap();
        assert_eq!((status(), case.owed), (Some(ResidentStatus::Alive), million(1)));
        let story = office.desk.store.read(|conn| santunan::store::events::story(conn, &id)).unwrap();
        assert!(story.last().unwrap().reason.contains("tercatat masih hidup"), "{story:?}");
        let nik: Nik = claim.content.deceased.nik.number.clone().unwrap();
        assert_eq!(office.desk.store.read(|conn| santunan::store::deaths::of_nik(conn, &office.code, &nik)).unwrap(), []);
        // The register says the same again: nothing new. It says something new: that counts.
        import(&dead(&register_text()), 20);
        assert_eq!(status(), Some(ResidentStatus::Alive));
        let moved = dead(&register_text()).replace(",2,MENINGGAL", ",3,MENINGGAL");
        import(&moved, 21);
        assert_eq!(status(), Some(ResidentStatus::Dead));
    });
}

#[test]
fn a_settled_debt_is_not_settled_twice_and_a_payment_of_an_annulled_claim_stays_where_it_is() {
    on_both_engines(|office| {
        let case = owing(office);
        let case = record_part(&office.desk, office.who("bendahara"), &part(&case, 1_000_000, "STS-1")).unwrap().0;
        let item = office.desk.store.read(|conn| items::load(conn, &office.code, &case.item_id)).unwrap();
        let reversed = item.state.next(santunan::domain::payment::ItemStep::Reverse);
        assert_eq!(reversed, Err(ItemNotAllowed { from: ItemState::Recovered, step: santunan::domain::payment::ItemStep::Reverse }));
        office.sql("UPDATE recovery_cases SET state = 'open'").unwrap();
        let proof = santunan::workflow::money::verify_ledger(&office.desk, &office.code);
        assert!(matches!(proof, Err(StoreError::Corrupt { table: "recovery_cases", .. })), "{proof:?}");
    });
}

#[test]
fn an_inspector_takes_the_papers_of_undoing_along() {
    use std::io::{Cursor, Read};
    let office = &crate::support::open(crate::support::Engine::Sqlite);
    let struck = office.approved(&a_claim().of_family(1));
    let decree = office.decreed();
    amended(office, &decree, &[(&struck, strike(Ground::Forged))]);
    let case = owing(office);
    record_part(&office.desk, office.who("bendahara"), &part(&case, 250_000, "STS-5")).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    let scope = santunan::workflow::money::Scope::Year(2026);
    santunan::workflow::money::write_bundle(&office.desk, office.who("inspektorat"), &scope, &mut bytes).unwrap();
    let bytes = bytes.into_inner();
    assert_eq!(santunan::exchange::bundle::verify_bundle(Cursor::new(&bytes)).unwrap().claims, 2);
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for part in ["surat/sk-perubahan-", "surat/bukti-angsuran-", "/pembatalan-", "/sts-", "/sk_perubahan-"] {
        assert!(names.iter().any(|name| name.contains(part)), "{part} is not in {names:?}");
    }
    let code = office.claim(&case.claim_id).code;
    let mut text = String::new();
    zip.by_name(&format!("klaim/{code}.json")).unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("\"STS-5\"") && text.contains("\"forged\""), "{text}");
}
