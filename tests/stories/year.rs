//! The money through the year: several lines, the waiting list, a programme that stands still, and the end of the year.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use santunan::clock::Clock;
use santunan::domain::access::Role;
use santunan::domain::budget::YearAct;
use santunan::domain::budget::forecast::PlaceOutlook;
use santunan::domain::claim::{Action, State, Step};
use santunan::domain::ledger::Account;
use santunan::domain::money::Rupiah;
use santunan::domain::office::BudgetLine;
use santunan::domain::payment::{CashRefused, DepositSlip};
use santunan::domain::undo::Ground;
use santunan::exchange::pack::included;
use santunan::store::money::budget::{self, Line};
use santunan::store::money::decrees;
use santunan::store::money::items::{self, Item};
use santunan::store::money::orders::Order;
use santunan::store::money::programme::Announced;
use santunan::workflow::money::cash::pay_deposited;
use santunan::workflow::money::{
    NewLine, Overview, Suspend, add_line, announce_revision, cancel_order, confirm_year_act, lock_decree, make_order, overview,
    plan_year_end, propose_year_act, release_waiting, resume_programme, set_soft_limit, sign_decree, suspend_programme, verify_ledger,
    withdraw_year_act,
};
use santunan::workflow::{Acted, Desk, OfficeSources, Refusal, Wish, act, open_office, submit};

use crate::support::{Office, a_claim, june, on_both_engines};

const ACCOUNT: &str = "5.3.01.01.01.0001";
const NOTICE: &str = "Anggaran tahun ini sudah habis. Permohonan tetap kami terima.";

fn million(n: i64) -> Rupiah {
    Rupiah::new(n * 1_000_000).unwrap()
}

/// Nine in the morning (WIB) of a day.
fn on(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 2, 0, 0).unwrap()
}

fn at(office: &Office, moment: DateTime<Utc>) -> Desk {
    office.desk.at(Clock::Fixed(moment))
}

fn new_line(year: i32, account_code: &str, ceiling: Rupiah) -> NewLine {
    let line = BudgetLine {
        year,
        source: "BTT".into(),
        account_code: account_code.into(),
        name: "Belanja Tidak Terduga".into(),
        document: format!("DPA {year}/{account_code}"),
        ceiling,
        soft_limit_percent: 80,
    };
    NewLine { line, dated_on: june(1) }
}

/// The office's settings with a rule about its budget.
fn with_rules(office: &Office, rules: &str) {
    let text = format!("{}\n[budget_rules]\n{rules}\n", included::OFFICE);
    open_office(&office.desk, OfficeSources { office: &text, policy: included::POLICY, emblem: included::EMBLEM }).unwrap();
}

fn approve(office: &Office, desk: &Desk, id: &str) -> Result<Acted, Refusal> {
    let action = Action { step: Step::Approve, reason: String::new() };
    act(desk, office.who("kepala.dinas"), &Wish { claim_id: id, expected_version: office.claim(id).version, action })
}

fn year(office: &Office, desk: &Desk, year: i32) -> Overview {
    let seen = overview(desk, &office.code, year).unwrap();
    for line in &seen.lines {
        assert!(line.sums.position.adds_up() && line.sums.balances.adds_up(), "{:?}", line.sums.position);
    }
    assert!(seen.total.position.adds_up() && seen.total.balances.adds_up());
    seen
}

fn lines(office: &Office, year: i32) -> Vec<Line> {
    office.desk.store.read(|conn| budget::of_year(conn, &office.code, year)).unwrap()
}

fn budget_words(refused: Result<impl std::fmt::Debug, Refusal>) -> String {
    match refused {
        Err(Refusal::Budget(words)) => words,
        other => panic!("{other:?}"),
    }
}

/// Closes a year by its two persons.
fn close(office: &Office, desk: &Desk, closing: i32) {
    let asked = propose_year_act(desk, office.who("bendahara"), closing, YearAct::Close, "akhir tahun anggaran").unwrap();
    let seal = plan_year_end(desk, &office.code, closing).unwrap().seal;
    confirm_year_act(desk, office.who("ppk"), &asked.id, &seal).unwrap();
    assert!(verify_ledger(desk, &office.code).unwrap().is_ok());
}

#[test]
fn the_limit_from_which_desks_warn_is_changed_with_a_reason() {
    on_both_engines(|office| {
        office.set_ceiling(2_000_000);
        office.approved(&a_claim());
        let line = lines(office, 2026)[0].clone();
        let set = |who: &str, percent, reason: &str| set_soft_limit(&office.desk, office.who(who), &line.id, percent, reason);
        assert!(!year(office, &office.desk, 2026).lines[0].sums.warning);
        assert!(matches!(set("kepala.dinas", 40, "peringatan lebih awal"), Err(Refusal::NotYourRole)));
        assert!(matches!(set("bendahara", 40, "awal"), Err(Refusal::ReasonMissing)));
        for percent in [0, 101] {
            assert!(budget_words(set("bendahara", percent, "peringatan lebih awal")).contains("antara 1 dan 100"));
        }
        assert!(budget_words(set("bendahara", 90, "peringatan lebih awal")).contains("sudah 90 persen"));
        assert_eq!(set("bendahara", 40, "peringatan lebih awal").unwrap().soft_limit_percent, 40);
        let seen = year(office, &office.desk, 2026);
        assert!(seen.lines[0].sums.warning);
        assert_eq!(seen.lines[0].sums.position.ceiling, million(2), "no money moves");
        office.books();
        office.audit().unwrap();
    });
}

/// Three claims that wait for money, in the order of their filing.
fn three_wait(office: &Office) -> [String; 3] {
    office.set_ceiling(1_000_000);
    office.approved(&a_claim());
    [1, 2, 3].map(|n| {
        let id = office.verified(&a_claim().of_family(n));
        assert_eq!(office.act(office.who("kepala.dinas"), &id, Step::Approve, "").unwrap().step, Step::Queue);
        id
    })
}

#[test]
fn of_several_lines_the_first_pays_and_the_next_only_by_rule() {
    on_both_engines(|office| {
        office.set_ceiling(1_000_000);
        let second = add_line(&office.desk, office.who("bendahara"), &new_line(2026, "5.3.01.01.01.0002", million(1))).unwrap();
        let [first, other] = [0, 1].map(|n| office.verified(&a_claim().of_family(n)));
        approve(office, &office.desk, &first).unwrap();
        assert_eq!(approve(office, &office.desk, &other).unwrap().state, State::Waiting, "it waits for the first line");
        with_rules(office, "spill_over = true");
        assert_eq!(approve(office, &office.desk, &other).unwrap().state, State::Approved);
        let seen = year(office, &office.desk, 2026);
        assert_eq!(seen.lines.iter().map(|line| line.sums.position.committed).collect::<Vec<_>>(), [million(1), million(1)]);
        assert_eq!(seen.total.position.ceiling, million(2));
        // Each line has a decree of its own.
        let finance = office.who("bendahara");
        let decree = lock_decree(&office.desk, finance, "").unwrap().decree;
        assert_eq!(decree.items.iter().map(|item| &item.claim_id).collect::<Vec<_>>(), [&first]);
        let next = lock_decree(&office.desk, finance, "").unwrap().decree;
        assert_eq!((next.items.len(), &next.budget_line_id), (1, &second.id));
        office.books();
    });
}

#[test]
fn a_source_that_is_not_the_programmes_pays_nothing() {
    on_both_engines(|office| {
        with_rules(office, "source = \"BANSOS\"");
        let id = office.verified(&a_claim());
        assert!(matches!(approve(office, &office.desk, &id), Err(Refusal::NoBudget(2026))));
    });
}

#[test]
fn a_line_that_cannot_be_is_refused_in_words() {
    on_both_engines(|office| {
        let finance = office.who("bendahara");
        let good = || new_line(2026, "5.1.06.01.01.0001", million(5));
        let before = office.traces();
        let check = |change: &dyn Fn(&mut NewLine), expected: &str| {
            let mut line = good();
            change(&mut line);
            let words = budget_words(add_line(&office.desk, finance, &line));
            assert!(words.contains(expected), "{words}");
        };
        check(&|new| new.line.year = 2025, "tahun ini atau tahun depan");
        check(&|new| new.line.source = "APBN".into(), "sumber dana");
        check(&|new| new.line.account_code = "5..1".into(), "Kode rekening");
        check(&|new| new.line.name = " ".into(), "nama mata anggaran");
        check(&|new| new.line.document = String::new(), "dokumen anggaran");
        check(&|new| new.line.ceiling = Rupiah::ZERO, "lebih dari nol");
        check(&|new| new.line.soft_limit_percent = 101, "100 persen");
        check(&|new| new.dated_on = june(23), "setelah hari ini");
        check(&|new| new.line.account_code = ACCOUNT.into(), "sudah ada");
        assert!(matches!(add_line(&office.desk, office.who("kepala.dinas"), &good()), Err(Refusal::NotYourRole)));
        assert_eq!(office.traces(), before);
        add_line(&office.desk, finance, &good()).unwrap();
        office.books();
    });
}

#[test]
fn the_waiting_list_is_released_from_the_top_as_far_as_the_money_holds() {
    on_both_engines(|office| {
        let ids = three_wait(office);
        let head = office.who("kepala.dinas");
        let seen = year(office, &office.desk, 2026);
        let places: Vec<_> = seen.waiting.places.iter().map(|place| (place.claim.id.clone(), place.number, place.outlook)).collect();
        assert_eq!(places, [0, 1, 2].map(|n| (ids[n].clone(), n + 1, PlaceOutlook::NoRevision)));
        assert_eq!((seen.total.waiting, seen.total.waiting_amount, seen.waiting.payable()), (3, million(3), 0));
        let october = NaiveDate::from_ymd_opt(2026, 10, 15).unwrap();
        announce_revision(&office.desk, office.who("bendahara"), 2026, Some(Announced { on: october, added: Some(million(2)) })).unwrap();
        let outlooks: Vec<_> = year(office, &office.desk, 2026).waiting.places.iter().map(|place| place.outlook).collect();
        let month = PlaceOutlook::InMonth(NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
        assert_eq!(outlooks, [month, month, PlaceOutlook::BeyondRevision]);
        assert!(matches!(release_waiting(&office.desk, office.who("bendahara")), Err(Refusal::NotYourRole)));
        office.set_ceiling(3_000_000);
        let seen = year(office, &office.desk, 2026);
        assert_eq!((seen.waiting.payable(), seen.announced), (2, None), "what was announced is in force");
        let outcome = release_waiting(&office.desk, head).unwrap();
        let codes = ids.each_ref().map(|id| office.claim(id).code);
        assert_eq!(outcome.released, codes[..2]);
        let stopped = outcome.stopped.unwrap();
        assert!(stopped.code == codes[2] && stopped.why.contains("tambahan anggaran"), "{}", stopped.why);
        assert_eq!((outcome.waiting, office.position().remaining), (1, Rupiah::ZERO));
        // Money also comes when an approval is annulled; the one who waits gets it, nobody else.
        office.annulled(&ids[0], Ground::PersonAlive);
        let newcomer = office.verified(&a_claim().of_family(4));
        assert_eq!(approve(office, &office.desk, &newcomer).unwrap().state, State::Waiting);
        assert_eq!(release_waiting(&office.desk, head).unwrap().released, codes[2..]);
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn the_list_stops_at_the_approvers_own_family_and_says_whom_it_waits_for() {
    on_both_engines(|office| {
        office.set_ceiling(1_000_000);
        office.approved(&a_claim());
        let ids = [1, 2].map(|n| office.verified(&a_claim().of_family(n)));
        for id in &ids {
            approve(office, &office.desk, id).unwrap();
        }
        let of_first = office.claim(&ids[1]).content.deceased.family_card.clone().unwrap();
        let relative = office.hire("kepala.dua", Role::Approver, "33.25", "3325010101700077", of_first.expose());
        office.set_ceiling(9_000_000);
        let outcome = release_waiting(&office.desk, &relative).unwrap();
        assert_eq!(outcome.released, [office.claim(&ids[0]).code], "who stands before may go");
        let why = outcome.stopped.unwrap().why;
        assert!(why.contains("keluarga Anda") && why.contains("pejabat penyetuju lain"), "{why}");
        assert_eq!(release_waiting(&office.desk, office.who("kepala.dinas")).unwrap().released, [office.claim(&ids[1]).code]);
        assert!(budget_words(release_waiting(&office.desk, office.who("kepala.dinas"))).contains("Tidak ada permohonan"));
        office.books();
    });
}

#[test]
fn while_the_programme_stands_still_claims_queue_and_nothing_is_approved() {
    on_both_engines(|office| {
        let head = office.who("kepala.dinas");
        let suspend = Suspend { from: june(22), until: None, notice: NOTICE, reason: "pagu habis, menunggu perubahan" };
        assert!(matches!(suspend_programme(&office.desk, office.who("verifikator"), &suspend), Err(Refusal::NotYourRole)));
        assert!(matches!(suspend_programme(&office.desk, head, &Suspend { reason: "x", ..suspend }), Err(Refusal::ReasonMissing)));
        let wrong = [
            (Suspend { notice: "habis", ..suspend }, "pengumuman"),
            (Suspend { from: june(21), ..suspend }, "tidak surut"),
            (Suspend { until: Some(june(21)), ..suspend }, "Hari terakhir"),
        ];
        for (wrong, words) in wrong {
            assert!(budget_words(suspend_programme(&office.desk, head, &wrong)).contains(words));
        }
        suspend_programme(&office.desk, head, &suspend).unwrap();
        assert!(budget_words(suspend_programme(&office.desk, head, &suspend)).contains("sudah dihentikan"));
        let id = office.verified(&a_claim());
        assert_eq!(approve(office, &office.desk, &id).unwrap().state, State::Waiting, "received and queued");
        assert!(matches!(approve(office, &office.desk, &id), Err(Refusal::Suspended(words)) if words == NOTICE));
        assert!(matches!(release_waiting(&office.desk, head), Err(Refusal::Suspended(_))));
        let seen = year(office, &office.desk, 2026);
        assert_eq!((seen.suspension.unwrap().notice.as_str(), seen.waiting.places[0].outlook), (NOTICE, PlaceOutlook::NoRevision));
        resume_programme(&office.desk, head, "perubahan anggaran sudah berlaku").unwrap();
        assert!(budget_words(resume_programme(&office.desk, head, "perubahan anggaran sudah berlaku")).contains("tidak sedang"));
        assert_eq!(release_waiting(&office.desk, head).unwrap().released.len(), 1);
        for touch in ["UPDATE programme_periods SET notice = 'x'", "DELETE FROM programme_periods"] {
            assert!(office.sql(touch).is_err(), "{touch}");
        }
        office.books();
        office.audit().unwrap();
    });
}

#[test]
fn a_suspension_ends_by_itself_on_its_last_day() {
    on_both_engines(|office| {
        let suspend = Suspend { from: june(22), until: Some(june(24)), notice: NOTICE, reason: "penataan ulang anggaran" };
        suspend_programme(&office.desk, office.who("kepala.dinas"), &suspend).unwrap();
        let id = office.verified(&a_claim());
        approve(office, &at(office, on(2026, 6, 24)), &id).unwrap();
        assert_eq!(office.claim(&id).state, State::Waiting);
        assert_eq!(approve(office, &at(office, on(2026, 6, 25)), &id).unwrap().state, State::Approved);
    });
}

#[test]
fn a_late_december_death_approved_in_january_is_promised_from_january() {
    on_both_engines(|office| {
        let december = at(office, on(2026, 12, 29));
        add_line(&december, office.who("bendahara"), &new_line(2027, ACCOUNT, million(9))).unwrap();
        let claim = a_claim().died_on("2026-12-28");
        let id = submit(&december, office.who("operator.wonotunggal"), &claim.submission()).unwrap().claim.id;
        let january = at(office, on(2027, 1, 4));
        for (who, step) in [("kades.wonotunggal", Step::Endorse), ("verifikator", Step::Verify), ("kepala.dinas", Step::Approve)] {
            let action = Action { step, reason: "sudah dibandingkan dengan berkas".into() };
            act(&january, office.who(who), &Wish { claim_id: &id, expected_version: office.claim(&id).version, action }).unwrap();
        }
        assert_eq!(office.claim(&id).filed_on, NaiveDate::from_ymd_opt(2026, 12, 29).unwrap());
        assert_eq!(year(office, &january, 2027).total.position.committed, million(1));
        assert_eq!(year(office, &january, 2026).total.position.committed, Rupiah::ZERO);
        office.books();
    });
}

#[test]
fn the_end_of_a_year_carries_what_is_promised_and_lets_the_rest_lapse() {
    on_both_engines(|office| {
        office.set_ceiling(9_000_000);
        let paid = office.approved(&a_claim());
        office.paid();
        let decreed = office.approved(&a_claim().of_family(1));
        let decree = office.decreed();
        let approved = office.approved(&a_claim().of_family(2));
        let held = office.approved(&a_claim().of_family(3));
        office.act(office.who("kepala.dinas"), &held, Step::Hold, "Ahli waris berselisih").unwrap();
        let finance = office.who("bendahara");
        let (december, january) = (at(office, on(2026, 12, 31)), at(office, on(2027, 1, 5)));
        let ask = |desk: &Desk| propose_year_act(desk, finance, 2026, YearAct::Close, "akhir tahun anggaran");
        assert!(budget_words(ask(&december)).contains("mulai 1 Januari 2027"));
        let order = released_order(office);
        assert!(budget_words(ask(&january)).contains(&order), "an order goes on");
        close_orders(office);
        assert!(budget_words(ask(&january)).contains("Belum ada mata anggaran tahun berikutnya"));
        add_line(&january, finance, &new_line(2027, ACCOUNT, million(2))).unwrap();
        assert!(matches!(propose_year_act(&january, finance, 2026, YearAct::Close, "ya"), Err(Refusal::ReasonMissing)));
        let asked = ask(&january).unwrap();
        assert!(budget_words(ask(&january)).contains("menunggu orang kedua"));
        assert!(budget_words(confirm_year_act(&january, finance, &asked.id, "")).contains("orang lain"));
        let plan = plan_year_end(&january, &office.code, 2026).unwrap();
        assert_eq!((plan.carried, plan.carried_amount, plan.waits, plan.lapses), (2, million(2), 1, million(6)));
        assert!(matches!(confirm_year_act(&january, office.who("ppk"), &asked.id, "lain"), Err(Refusal::PlanChanged)));
        confirm_year_act(&january, office.who("ppk"), &asked.id, &plan.seal).unwrap();
        office.books();
        let states = [&paid, &decreed, &approved, &held].map(|id| office.claim(id).state);
        assert_eq!(states, [State::Paid, State::Decreed, State::Approved, State::OnHold]);
        assert_eq!(office.claim(&held).resume, Some(State::Waiting), "the new line was full before its turn came");
        let old = year(office, &january, 2026);
        let holds = |account| old.total.balances.holds(account);
        assert_eq!((holds(Account::Carried), holds(Account::Lapsed), holds(Account::Paid)), (million(2), million(6), million(1)));
        let new = year(office, &january, 2027);
        assert_eq!(
            (new.total.taken_over, new.total.position.decreed, new.total.position.remaining),
            (million(2), million(1), Rupiah::ZERO)
        );
        // The decree is paid from the new line.
        let order = make_order(&january, finance, &decree.id, "").unwrap().order;
        assert_eq!(order.budget_line_id, lines(office, 2027)[0].id);
        let again = lock_decree(&january, finance, "").unwrap().decree;
        assert_eq!((again.items[0].claim_id.clone(), again.items.len()), (approved, 1));
        let reopen = propose_year_act(&january, finance, 2026, YearAct::Reopen, "ada kekeliruan penutupan");
        assert!(budget_words(reopen).contains("sudah dilanjutkan"));
        assert!(budget_words(add_line(&january, finance, &new_line(2026, "5.3.9", million(1)))).contains("tahun ini atau tahun depan"));
        assert!(office.sql("UPDATE year_acts SET outcome = ''").is_err() && office.sql("DELETE FROM year_acts").is_err());
        office.books();
        office.audit().unwrap();
    });
}

/// An order that is out, of a claim of its own.
fn released_order(office: &Office) -> String {
    use santunan::workflow::money::plan_decree;
    let waiting = plan_decree(&office.desk, office.who("bendahara")).unwrap().ready.len();
    assert!(waiting > 0);
    let decree = office.desk.store.read(|conn| decrees::all(conn, &office.code)).unwrap().remove(0);
    let order = make_order(&office.desk, office.who("bendahara"), &decree.id, "").unwrap().order;
    order.number
}

/// Every order that can be cancelled is; the money lies on its decree again. Those that are out are closed.
fn close_orders(office: &Office) {
    use santunan::domain::payment::OrderState;
    use santunan::store::money::orders;
    use santunan::workflow::money::{cancel_order, close_order};
    for order in office.desk.store.read(|conn| orders::all(conn, &office.code)).unwrap() {
        match order.state {
            OrderState::Made => {
                drop(cancel_order(&office.desk, office.who("ppk"), &order.id, order.version, "dibayar tahun depan").unwrap());
            }
            OrderState::Released => drop(close_order(&office.desk, office.who("ppk"), &order.id, order.version).unwrap()),
            _ => {}
        }
    }
}

#[test]
fn where_money_is_of_its_year_approved_claims_wait_for_the_new_one() {
    on_both_engines(|office| {
        with_rules(office, "carry_over = \"same_year_only\"");
        office.set_ceiling(3_000_000);
        let finance = office.who("bendahara");
        let decreed = office.approved(&a_claim());
        let decree = office.decreed();
        let approved = office.approved(&a_claim().of_family(1));
        let january = at(office, on(2027, 1, 5));
        let ask = || propose_year_act(&january, finance, 2026, YearAct::Close, "akhir tahun anggaran");
        assert!(budget_words(ask()).contains(&decree.number), "what is decreed is struck first");
        let order = make_order(&office.desk, finance, &decree.id, "").unwrap().order;
        let released = office.released(&order);
        answer_all(office, &released.order);
        close_orders(office);
        close(office, &january, 2026);
        let states = [&decreed, &approved].map(|id| office.claim(id).state);
        assert_eq!(states, [State::Paid, State::Waiting]);
        assert_eq!(year(office, &january, 2026).total.balances.holds(Account::Lapsed), million(2));
        let refused = approve(office, &january, &approved);
        assert!(matches!(refused, Err(Refusal::NoBudget(2027))), "{refused:?}");
        add_line(&january, finance, &new_line(2027, ACCOUNT, million(1))).unwrap();
        assert_eq!(release_waiting(&january, office.who("kepala.dinas")).unwrap().released, [office.claim(&approved).code]);
        let new = year(office, &january, 2027);
        assert_eq!((new.total.position.committed, new.total.taken_over), (million(1), Rupiah::ZERO));
        assert!(office.desk.store.read(|conn| budget::line_of_claim(conn, &approved)).unwrap().year == 2027);
        office.books();
        office.audit().unwrap();
    });
}

fn answer_all(office: &Office, order: &Order) {
    use santunan::workflow::money::{Answer, ByHand, record_by_hand};
    for item in &order.items {
        let (item_id, expected_version) = (item.id.as_str(), item.version);
        let by_hand = ByHand { item_id, expected_version, answer: Answer::Paid, on: june(22), evidence: "rekening koran" };
        record_by_hand(&office.desk, office.who("bendahara"), &by_hand).unwrap();
    }
}

#[test]
fn a_year_is_opened_again_by_two_persons_while_nothing_was_taken_over() {
    on_both_engines(|office| {
        office.set_ceiling(3_000_000);
        let january = at(office, on(2027, 1, 5));
        let (finance, second) = (office.who("bendahara"), office.who("ppk"));
        let early = propose_year_act(&january, finance, 2026, YearAct::Reopen, "ada kekeliruan penutupan");
        assert!(budget_words(early).contains("belum ditutup"));
        close(office, &january, 2026);
        assert_eq!(year(office, &january, 2026).total.position.lapsed, million(3));
        assert!(budget_words(propose_year_act(&january, finance, 2026, YearAct::Close, "akhir tahun anggaran")).contains("sudah ditutup"));
        let asked = propose_year_act(&january, finance, 2026, YearAct::Reopen, "ada kekeliruan penutupan").unwrap();
        withdraw_year_act(&january, finance, &asked.id).unwrap();
        assert!(matches!(confirm_year_act(&january, second, &asked.id, ""), Err(Refusal::Stale)));
        let asked = propose_year_act(&january, finance, 2026, YearAct::Reopen, "ada kekeliruan penutupan").unwrap();
        confirm_year_act(&january, second, &asked.id, "").unwrap();
        assert_eq!(year(office, &january, 2026).total.position.remaining, million(3));
        office.books();
        close(office, &january, 2026);
        office.audit().unwrap();
    });
}

#[test]
fn closed_in_its_last_days_a_year_lets_new_approvals_wait_for_january() {
    on_both_engines(|office| {
        with_rules(office, "close_last_days = 3");
        let december = at(office, on(2026, 12, 30));
        close(office, &december, 2026);
        let id = office.verified(&a_claim());
        assert_eq!(approve(office, &december, &id).unwrap().state, State::Waiting);
        assert!(matches!(approve(office, &december, &id), Err(Refusal::YearClosed(2026))));
        add_line(&december, office.who("bendahara"), &new_line(2027, ACCOUNT, million(5))).unwrap();
        let january = at(office, on(2027, 1, 2));
        assert_eq!(release_waiting(&january, office.who("kepala.dinas")).unwrap().released.len(), 1);
        office.books();
    });
}

#[test]
fn a_decree_signed_in_the_old_year_can_be_struck_on_the_new_line() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let decree = lock_decree(&office.desk, office.who("bendahara"), "").unwrap().decree;
        let january = at(office, on(2027, 1, 5));
        add_line(&january, office.who("bendahara"), &new_line(2027, ACCOUNT, million(5))).unwrap();
        close(office, &january, 2026);
        let carried = office.desk.store.read(|conn| decrees::load(conn, &office.code, &decree.id)).unwrap();
        assert_eq!(carried.budget_line_id, office.desk.store.read(|conn| budget::line_of_claim(conn, &id)).unwrap().id);
        sign_decree(&january, office.who("bendahara"), &decree.id, NaiveDate::from_ymd_opt(2027, 1, 5).unwrap()).unwrap();
        office.books();
    });
}

/// A claim of 2026 whose transfer came back and went to the treasury, in a year that has closed since.
fn deposited_and_closed(office: &Office) -> Item {
    use santunan::workflow::money::cash::deposit;
    use santunan::workflow::money::{Answer, ByHand, record_by_hand};
    office.approved(&a_claim());
    let released = office.sent();
    let item = &released.order.items[0];
    let answer = Answer::Returned("AC04".into());
    let by_hand = ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran" };
    record_by_hand(&office.desk, office.who("bendahara"), &by_hand).unwrap();
    let slip = DepositSlip { number: "00045/STS/2026".into(), dated_on: june(22), value: million(1) };
    deposit(&office.desk, office.who("bendahara"), &slip, std::slice::from_ref(&item.id)).unwrap();
    close_orders(office);
    item.clone()
}

#[test]
fn money_that_went_back_with_a_closed_year_is_paid_from_the_next_before_all_who_wait() {
    on_both_engines(|office| {
        office.set_ceiling(2_000_000);
        let old = deposited_and_closed(office);
        let january = at(office, on(2027, 1, 5));
        let finance = office.who("bendahara");
        let pay = |ids: &[String]| pay_deposited(&january, finance, ids, "keluarga datang membawa rekening baru");
        let ids = [old.id.clone()];
        assert!(matches!(pay(&ids), Err(Refusal::Cash(CashRefused::SettledWithYear))), "the rule of an office that says nothing");
        with_rules(office, "deposited = \"next_year\"");
        assert!(matches!(pay(&ids), Err(Refusal::Cash(CashRefused::YearOpen(2026)))));
        close(office, &january, 2026);
        add_line(&january, finance, &new_line(2027, ACCOUNT, million(1))).unwrap();
        let waits = office.verified(&a_claim().of_family(1));
        assert!(matches!(pay(&ids), Err(Refusal::Cash(CashRefused::CorrectFirst(_)))), "the account is closed as before");
        corrected_in_january(office, &january, &old);
        let made = pay(&ids).unwrap().order;
        assert!(made.items[0].account.is_none(), "the family takes cash now");
        assert!(matches!(pay(&ids), Err(Refusal::PaymentGoesOn)));
        assert_eq!(approve(office, &january, &waits).unwrap().state, State::Waiting, "whoever was promised first is paid first");
        let cancelled = cancel_order(&january, finance, &made.id, made.version, "nomor rekening keliru").unwrap();
        assert!(verify_ledger(&january, &office.code).unwrap().is_ok());
        let again = pay(&ids).unwrap().order;
        assert_ne!((again.number.as_str(), again.items[0].reference.as_str()), (cancelled.number.as_str(), old.reference.as_str()));
        let reopen = propose_year_act(&january, finance, 2026, YearAct::Reopen, "ada kekeliruan penutupan");
        assert!(budget_words(reopen).contains("dilanjutkan ke tahun 2027"));
        assert!(verify_ledger(&january, &office.code).unwrap().is_ok());
        paid_in_january(office, &january, &again);
        let claim = office.claim(&old.claim_id);
        assert_eq!(claim.state, State::Paid);
        let [before, after] = [2026, 2027].map(|on| year(office, &january, on).total.balances);
        assert_eq!((before.holds(Account::Deposited), after.holds(Account::Paid)), (million(1), million(1)));
        assert!(verify_ledger(&january, &office.code).unwrap().is_ok());
        assert!(matches!(pay(&ids), Err(Refusal::NotAllowed(_))), "a paid claim is paid once");
        office.audit().unwrap();
    });
}

/// The family asks for cash; the head of the agency approves.
fn corrected_in_january(office: &Office, january: &Desk, old: &Item) {
    use santunan::domain::claim::Payout;
    use santunan::domain::payment::Correction;
    use santunan::workflow::money::{Judge, Propose, judge, propose};
    let version = office.desk.store.read(|conn| items::load(conn, &office.code, &old.id)).unwrap().version;
    let correction = Correction { payout: Payout::Cash, payee: None, reason: "rekening ditutup, keluarga minta tunai".into() };
    let evidence = Some(("application/pdf", &b"%PDF-1.7 surat bank"[..]));
    let wish = Propose { item_id: &old.id, expected_version: version, correction, evidence };
    let proposed = propose(january, office.who("bendahara"), &wish).unwrap();
    judge(january, office.who("kepala.dinas"), &Judge { correction_id: &proposed.id, approves: true, reason: "" }).unwrap();
}

/// Papers, check, release and the counter, all in January.
fn paid_in_january(office: &Office, january: &Desk, order: &Order) {
    use santunan::domain::payment::{IdentityCheck, IdentityPaper, PaperKind, ReceiptMark, Receiver, TreasuryPaper};
    use santunan::workflow::money::cash::{HandingOver, hand_over};
    use santunan::workflow::money::{Release, check_order, record_paper, release_order};
    let day = NaiveDate::from_ymd_opt(2027, 1, 5).unwrap();
    for kind in PaperKind::ALL {
        let paper = TreasuryPaper { kind, number: format!("{}/2027/1", kind.label()), dated_on: day, value: order.total };
        record_paper(january, office.who("bendahara"), &order.id, &paper).unwrap();
    }
    let checked = check_order(january, office.who("ppk"), &order.id, order.version).unwrap();
    let release = Release { order_id: &order.id, expected_version: checked.version, password: crate::support::PASSWORD, reason: "" };
    let sent = release_order(january, office.who("kuasa.bud"), &release).unwrap().order;
    let item = &sent.items[0];
    let check = IdentityCheck {
        receiver: Receiver::Payee,
        paper: IdentityPaper::Ktp,
        last_digits: office.digits(item),
        proxy_letter: String::new(),
    };
    let mark = ReceiptMark::Signature;
    let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark, photo: None };
    hand_over(january, office.who("bendahara"), &handing).unwrap();
}
