use proptest::prelude::*;

use super::super::ReturnReason;
use super::super::report::{Note, Return};
use super::*;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, n).unwrap()
}

fn an_item(n: u32, standing: Standing) -> SentItem {
    SentItem {
        id: format!("item-{n}"),
        order_id: "order-1".to_owned(),
        reference: format!("BTG-2026-{n:06}"),
        account: AccountNumber::parse(&format!("5955{n:06}")).unwrap(),
        holder: HolderName(format!("PENERIMA {n}")),
        amount: Rupiah::new(1_000_000).unwrap(),
        standing,
        bank_message_id: Some("MSG-1".to_owned()),
        bank_part_id: Some(format!("MSG-1-{}", if n.is_multiple_of(2) { 1 } else { 2 })),
        booking: None,
    }
}

fn settled(on: u32) -> Fate {
    Fate::Settled { on: Some(day(on)), bank_ref: Some(format!("B{on}")) }
}

fn back(on: u32) -> Return {
    Return { reason: ReturnReason::ClosedAccount, text: "AC04".to_owned(), on: Some(day(on)), bank_ref: None }
}

/// What a bank says about the item of this number.
fn a_line(n: u32, fate: Fate) -> ReportLine {
    let item = an_item(n, Standing::Sent);
    let direction = if matches!(fate, Fate::Returned(_)) { Direction::Credit } else { Direction::Debit };
    ReportLine {
        position: n,
        reference: Some(item.reference),
        remark: None,
        account: Some(item.account),
        holder: Some(item.holder.0),
        amount: Some(item.amount.into()),
        direction,
        fate,
        is_reversal: false,
        raw_sha256: String::new(),
    }
}

fn a_report(lines: Vec<ReportLine>) -> Report {
    Report {
        kind: ReportKind::Statement,
        message_id: Some("S-1".to_owned()),
        original_message_id: None,
        created_on: Some(day(22)),
        accounts: vec![],
        controls: vec![],
        read: Totals::of(&lines).unwrap(),
        lines,
        blankets: vec![],
        notes: Vec::<Note>::new(),
    }
}

fn a_blanket(scope: Scope, fate: Option<Fate>) -> Blanket {
    Blanket { position: 1, scope, fate, direction: Direction::Debit, is_reversal: false, count: None, sum: None, raw_sha256: String::new() }
}

fn remembered(reconciled: &Reconciled) -> Vec<Recorded> {
    let recorded =
        |verdict: &Verdict| Recorded { fingerprint: verdict.fingerprint.clone(), item: verdict.outcome.item().map(str::to_owned) };
    reconciled.verdicts.iter().map(recorded).collect()
}

fn words(reconciled: &Reconciled) -> Vec<&'static str> {
    reconciled.verdicts.iter().map(|verdict| verdict.outcome.word()).collect()
}

/// What one line means for item 1 in a standing.
fn one(standing: Standing, line: ReportLine) -> (Outcome, Option<Doubt>) {
    let verdict = reconcile(&[an_item(1, standing)], &[], &a_report(vec![line])).unwrap().verdicts.remove(0);
    (verdict.outcome, verdict.doubt)
}

#[test]
fn every_standing_and_every_fate_have_one_answer() {
    let reversal = |fate| ReportLine { is_reversal: true, direction: Direction::Credit, ..a_line(1, fate) };
    let credit = |fate| ReportLine { direction: Direction::Credit, ..a_line(1, fate) };
    let taken_back = |fate| ReportLine { is_reversal: true, ..a_line(1, fate) };
    let at_bank = Fate::Rejected(Return { reason: ReturnReason::DuplicateAtBank, ..back(22) });
    let table: [(ReportLine, [&str; 6]); 9] = [
        // sent, paid, returned, replaced, deposited, cancelled
        (a_line(1, settled(22)), ["matched", "duplicate", "bad_reversal", "bad_reversal", "bad_reversal", "bad_reversal"]),
        (a_line(1, Fate::Rejected(back(22))), ["returned", "reversed", "bad_reversal", "bad_reversal", "bad_reversal", "bad_reversal"]),
        (a_line(1, Fate::Returned(back(22))), ["returned", "reversed", "bad_reversal", "bad_reversal", "bad_reversal", "bad_reversal"]),
        (a_line(1, Fate::Pending), ["pending", "duplicate", "duplicate", "duplicate", "duplicate", "bad_reversal"]),
        (a_line(1, Fate::Received), ["pending", "duplicate", "duplicate", "duplicate", "duplicate", "bad_reversal"]),
        (reversal(settled(22)), ["bad_reversal", "reversed", "bad_reversal", "bad_reversal", "bad_reversal", "bad_reversal"]),
        (credit(settled(22)), ["returned", "reversed", "bad_reversal", "bad_reversal", "bad_reversal", "bad_reversal"]),
        (taken_back(settled(22)), ["bad_reversal"; 6]),
        (a_line(1, at_bank), ["duplicate"; 6]),
    ];
    for (line, expected) in table {
        for (standing, word) in Standing::ALL.into_iter().zip(expected) {
            let (outcome, _) = one(standing, line.clone());
            assert_eq!(outcome.word(), word, "{standing:?} {line:?}");
            assert_eq!(outcome.item(), Some("item-1"));
            assert!(outcome.sentence().ends_with('.'));
        }
    }
}

#[test]
fn what_a_person_must_look_at_is_marked() {
    let check = |standing, line, doubt| assert_eq!(one(standing, line).1, doubt);
    check(Standing::Sent, a_line(1, settled(22)), None);
    check(Standing::Paid, a_line(1, Fate::Rejected(back(23))), Some(Doubt::RejectedAfterPaid));
    check(Standing::Paid, ReportLine { direction: Direction::Credit, ..a_line(1, settled(23)) }, Some(Doubt::CreditWithoutReason));
    let booked = SentItem { booking: Some("B22".to_owned()), ..an_item(1, Standing::Paid) };
    let verdict = |line| reconcile(std::slice::from_ref(&booked), &[], &a_report(vec![line])).unwrap().verdicts.remove(0);
    assert_eq!(verdict(a_line(1, settled(23))).doubt, Some(Doubt::PaidTwice));
    assert_eq!(verdict(a_line(1, settled(22))).doubt, None);
    let twice = a_report(vec![a_line(1, settled(22)), a_line(1, settled(23))]);
    let reconciled = reconcile(&[an_item(1, Standing::Sent)], &[], &twice).unwrap();
    assert_eq!(words(&reconciled), ["matched", "duplicate"]);
    assert_eq!(reconciled.verdicts[1].doubt, Some(Doubt::PaidTwice));
}

#[test]
fn a_number_with_another_amount_or_account_is_for_a_person() {
    let other = |whole: &str, sen: &str| ReportLine { amount: BankAmount::of_digits(whole, sen), ..a_line(1, settled(22)) };
    for line in [other("999999", ""), other("1000000", "01"), other("0", "")] {
        let (outcome, _) = one(Standing::Sent, line.clone());
        let Outcome::AmountMismatch { expected, found, .. } = outcome else { panic!("{line:?}") };
        assert_eq!((expected.whole(), Some(found)), (1_000_000, line.amount));
    }
    let account = |text: &str| ReportLine { account: AccountNumber::parse(text), ..a_line(1, settled(22)) };
    assert_eq!(one(Standing::Sent, account("5955000002")).0.word(), "account_mismatch");
    for same in ["005955000001", "5955-000001", "5955****01", ""] {
        assert_eq!(one(Standing::Sent, account(same)).0.word(), "matched", "{same}");
    }
    let status_only = ReportLine { amount: None, account: None, holder: None, ..a_line(1, settled(22)) };
    assert_eq!(one(Standing::Sent, status_only).0.word(), "matched");
}

#[test]
fn a_line_is_found_by_its_number_wherever_it_stands() {
    let by = |reference: Option<&str>, remark: Option<&str>| {
        let line = ReportLine {
            reference: reference.map(str::to_owned),
            remark: remark.map(str::to_owned),
            account: None,
            ..a_line(1, settled(22))
        };
        one(Standing::Sent, line)
    };
    for (reference, remark) in [
        (Some("BTG-2026-000001"), None),
        (Some(" btg-2026-000001 "), None),
        (None, Some("TRF/SANTUNAN BTG-2026-000001, A.N. X")),
        (Some("9001"), Some("SANTUNAN;BTG-2026-000001.")),
    ] {
        assert_eq!(by(reference, remark), (Outcome::Matched { item: "item-1".to_owned() }, None), "{reference:?} {remark:?}");
    }
    for (reference, remark) in
        [(Some("BTG-2026-000009"), None), (None, Some("BTG-2026-0000019")), (None, Some("XBTG-2026-000001")), (None, None)]
    {
        assert_eq!(by(reference, remark).0, Outcome::Unknown, "{reference:?} {remark:?}");
    }
    let items = [an_item(1, Standing::Sent), an_item(2, Standing::Sent)];
    let both = ReportLine { reference: None, remark: Some("BTG-2026-000001 BTG-2026-000002".to_owned()), ..a_line(1, settled(22)) };
    let verdict = reconcile(&items, &[], &a_report(vec![both])).unwrap().verdicts.remove(0);
    assert_eq!((verdict.outcome, verdict.doubt), (Outcome::Unknown, Some(Doubt::Several)));
}

#[test]
fn without_a_number_only_one_payment_of_account_amount_and_name_is_taken_and_marked() {
    let bare = ReportLine { reference: None, ..a_line(1, settled(22)) };
    let check = |items: &[SentItem], line: &ReportLine, word: &str, doubt| {
        let verdict = reconcile(items, &[], &a_report(vec![line.clone()])).unwrap().verdicts.remove(0);
        assert_eq!((verdict.outcome.word(), verdict.doubt), (word, doubt));
    };
    let item = an_item(1, Standing::Sent);
    let twin = SentItem { id: "item-9".to_owned(), reference: "BTG-2026-000009".to_owned(), standing: Standing::Paid, ..item.clone() };
    let items = std::slice::from_ref(&item);
    check(items, &bare, "matched", Some(Doubt::NoReference));
    check(&[item.clone(), twin], &bare, "unknown", Some(Doubt::Several));
    check(items, &ReportLine { holder: Some("ORANG LAIN".to_owned()), ..bare.clone() }, "unknown", None);
    check(items, &ReportLine { holder: None, ..bare.clone() }, "unknown", None);
    check(items, &ReportLine { amount: BankAmount::of_digits("999999", ""), ..bare.clone() }, "unknown", None);
    check(items, &ReportLine { account: AccountNumber::parse("5955****01"), ..bare.clone() }, "unknown", None);
    check(items, &ReportLine { reference: Some("BUKAN-KAMI".to_owned()), ..bare.clone() }, "unknown", None);
    let doubtful = reconcile(items, &[], &a_report(vec![bare])).unwrap();
    assert_eq!(doubtful.settled().count(), 0);
}

#[test]
fn lines_about_one_item_are_taken_by_their_days() {
    let check = |lines: Vec<ReportLine>, expected: &[&str]| {
        let reconciled = reconcile(&[an_item(1, Standing::Sent)], &[], &a_report(lines)).unwrap();
        assert_eq!(words(&reconciled), expected);
    };
    check(vec![a_line(1, Fate::Returned(back(23))), a_line(1, settled(22)), a_line(1, Fate::Pending)], &["reversed", "matched", "pending"]);
    check(vec![a_line(1, Fate::Returned(back(22))), a_line(1, settled(22))], &["reversed", "matched"]);
    // Back first and booked later: perhaps carried out a second time, so a person must look.
    check(vec![a_line(1, settled(24)), a_line(1, Fate::Returned(back(23)))], &["bad_reversal", "returned"]);
    check(vec![a_line(1, Fate::Returned(back(23))), a_line(1, Fate::Returned(back(24)))], &["returned", "bad_reversal"]);
    check(vec![a_line(1, Fate::Returned(back(23))), a_line(1, Fate::Returned(back(23)))], &["returned", "duplicate"]);
}

#[test]
fn a_blanket_statement_covers_what_is_not_listed() {
    let items: Vec<SentItem> = (1..=4).map(|n| an_item(n, Standing::Sent)).collect();
    let check = |lines: Vec<ReportLine>, blankets: Vec<Blanket>, expected: &[(&str, Option<&str>)]| {
        let report = Report { blankets, ..a_report(lines) };
        let reconciled = reconcile(&items, &[], &report).unwrap();
        let found: Vec<_> = reconciled.verdicts.iter().map(|v| (v.outcome.word(), v.outcome.item())).collect();
        assert_eq!(found, expected);
    };
    let whole = |fate| a_blanket(Scope::Message("MSG-1".to_owned()), fate);
    let part = |n: u8, fate| a_blanket(Scope::Part(format!("MSG-1-{n}")), fate);
    let rejected = || Some(Fate::Rejected(back(22)));
    let all = [1, 2, 3, 4].map(|n| format!("item-{n}"));
    let each = |word| all.iter().map(|item| (word, Some(item.as_str()))).collect::<Vec<_>>();
    check(vec![], vec![whole(rejected())], &each("returned"));
    check(vec![a_line(2, settled(22))], vec![whole(None)], &[("matched", Some("item-2"))]);
    check(
        vec![a_line(2, settled(22))],
        vec![part(1, rejected()), whole(Some(settled(22)))],
        &[("matched", Some("item-2")), ("returned", Some("item-4")), ("matched", Some("item-1")), ("matched", Some("item-3"))],
    );
    check(vec![], vec![part(1, None), whole(Some(settled(22)))], &[("matched", Some("item-1")), ("matched", Some("item-3"))]);
    check(vec![], vec![a_blanket(Scope::Message("MSG-9".to_owned()), rejected())], &[("unknown", None)]);
    check(vec![], vec![Blanket { count: Some(3), ..whole(rejected()) }], &[("unknown", None)]);
    check(vec![], vec![Blanket { sum: BankAmount::of_digits("4000001", ""), ..whole(rejected()) }], &[("unknown", None)]);
    let right = Blanket { count: Some(4), sum: BankAmount::of_digits("4000000", ""), ..whole(rejected()) };
    check(vec![], vec![right], &each("returned"));
}

#[test]
fn an_answer_to_an_earlier_sending_does_not_touch_the_later_one() {
    let report = Report { original_message_id: Some("MSG-0".to_owned()), ..a_report(vec![a_line(1, Fate::Rejected(back(22)))]) };
    let verdict = reconcile(&[an_item(1, Standing::Sent)], &[], &report).unwrap().verdicts.remove(0);
    assert_eq!((verdict.outcome, verdict.doubt), (Outcome::Unknown, Some(Doubt::OtherMessage)));
}

#[test]
fn totals_that_do_not_agree_stop_everything() {
    let lines = vec![a_line(1, settled(22))];
    let read = Totals::of(&lines).unwrap();
    let control = ControlTotal { of: "semua mutasi".to_owned(), count: Some(2), sum: None, read };
    let report = Report { controls: vec![control], ..a_report(lines.clone()) };
    let fault = reconcile(&[], &[], &report).unwrap_err();
    assert!(fault.to_string().contains("semua mutasi: bank menyebut 2 baris"), "{fault}");
    let report = Report { read: Totals::default(), ..a_report(lines) };
    assert_eq!(reconcile(&[], &[], &report), Err(ReconcileFault::Sum));
}

#[test]
fn equal_lines_that_are_nobodys_are_all_kept_and_known_again() {
    let fee = ReportLine { reference: None, remark: Some("BIAYA ADM".to_owned()), account: None, holder: None, ..a_line(1, settled(22)) };
    let report = a_report(vec![fee.clone(), fee.clone()]);
    let first = reconcile(&[], &[], &report).unwrap();
    assert_eq!(words(&first), ["unknown", "unknown"]);
    let longer = a_report(vec![fee.clone(), fee.clone(), fee]);
    assert_eq!(words(&reconcile(&[], &remembered(&first), &longer).unwrap()), ["duplicate", "duplicate", "unknown"]);
    // Once the payment is known, a line that was nobody's is looked at again.
    let stray = a_report(vec![a_line(1, settled(22))]);
    let before = reconcile(&[], &[], &stray).unwrap();
    assert_eq!(words(&reconcile(&[an_item(1, Standing::Sent)], &remembered(&before), &stray).unwrap()), ["matched"]);
}

#[test]
fn a_fingerprint_reads_back_from_its_writing() {
    let verdict = reconcile(&[], &[], &a_report(vec![a_line(1, settled(22))])).unwrap().verdicts.remove(0);
    assert_eq!(Fingerprint::parse(&verdict.fingerprint.to_string()), Some(verdict.fingerprint));
    for wrong in ["", "-1", "abc-1", &format!("{}-x", "a".repeat(64))] {
        assert_eq!(Fingerprint::parse(wrong), None);
    }
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        1 => Just(Fate::Received),
        1 => Just(Fate::Pending),
        4 => (20..25_u32).prop_map(settled),
        2 => (20..25_u32).prop_map(|on| Fate::Returned(back(on))),
        2 => (20..25_u32).prop_map(|on| Fate::Rejected(back(on))),
        1 => Just(Fate::Settled { on: None, bank_ref: None }),
    ]
}

/// Lines about known and unknown payments, with wrong amounts, reversals, missing numbers and repetitions.
fn reports() -> impl Strategy<Value = Vec<ReportLine>> {
    let line = (1..9_u32, fates(), 0..10_u8, any::<bool>()).prop_map(|(n, fate, twist, credit)| {
        let line = a_line(n, fate);
        match twist {
            0 => ReportLine { amount: BankAmount::of_digits("999999", "99"), ..line },
            1 => ReportLine { is_reversal: true, direction: Direction::Credit, ..line },
            2 => ReportLine { reference: None, ..line },
            3 => ReportLine { reference: Some("ASING".to_owned()), ..line },
            4 => ReportLine { account: AccountNumber::parse("999999"), ..line },
            5 if credit => ReportLine { direction: Direction::Credit, ..line },
            6 => ReportLine { reference: None, account: None, ..line },
            _ => line,
        }
    });
    proptest::collection::vec(line, 0..20).prop_flat_map(|lines| {
        let again = proptest::collection::vec(any::<prop::sample::Index>(), 0..5);
        again.prop_map(move |again| {
            let repeated: Vec<ReportLine> = again.iter().filter(|_| !lines.is_empty()).map(|at| at.get(&lines).clone()).collect();
            lines.iter().cloned().chain(repeated).collect()
        })
    })
}

fn standings() -> impl Strategy<Value = Vec<SentItem>> {
    proptest::collection::vec(0..6_usize, 6).prop_map(|chosen| (1..).zip(chosen).map(|(n, at)| an_item(n, Standing::ALL[at % 6])).collect())
}

/// The items after everything that needs no person has been booked, and after all of it.
fn after(items: &[SentItem], reconciled: &Reconciled) -> Vec<SentItem> {
    let mut items = items.to_vec();
    let mut changes: Vec<(&str, Standing)> =
        reconciled.verdicts.iter().filter_map(|v| Some((v.outcome.item()?, v.outcome.new_standing()?))).collect();
    // Paid comes before returned, as in time.
    changes.sort_by_key(|(_, standing)| *standing == Standing::Returned);
    for (id, standing) in changes {
        items.iter_mut().find(|item| item.id == id).unwrap().standing = standing;
    }
    items
}

proptest! {
    #[test]
    fn every_line_has_exactly_one_outcome_and_the_sum_stays(items in standings(), lines in reports()) {
        let report = a_report(lines);
        let reconciled = reconcile(&items, &[], &report).unwrap();
        let told: Vec<Told> = reconciled.verdicts.iter().map(|verdict| verdict.told).collect();
        prop_assert_eq!(told, (0..report.lines.len()).map(Told::Line).collect::<Vec<_>>());
        let sum = BankAmount::sum(reconciled.verdicts.iter().filter_map(|verdict| verdict.amount));
        prop_assert_eq!(sum, Some(report.read.sum));
        prop_assert_eq!(reconciled.lines, report.read);
        let counted: u32 = reconciled.counts().values().sum();
        prop_assert_eq!(counted, report.read.count);
        let prints: HashSet<_> = reconciled.verdicts.iter().map(|verdict| &verdict.fingerprint).collect();
        prop_assert_eq!(prints.len(), report.lines.len());
    }

    #[test]
    fn the_same_report_twice_changes_nothing(items in standings(), lines in reports()) {
        let report = a_report(lines);
        let first = reconcile(&items, &[], &report).unwrap();
        let items = after(&items, &first);
        let second = reconcile(&items, &remembered(&first), &report).unwrap();
        prop_assert!(second.verdicts.iter().all(|verdict| verdict.outcome.word() == "duplicate"), "{:?}", words(&second));
        prop_assert_eq!(after(&items, &second), items);
    }

    #[test]
    fn another_order_of_the_lines_comes_to_the_same(items in standings(), lines in reports(), seed in any::<u64>()) {
        let mut shuffled: Vec<(String, ReportLine)> = (0..).zip(lines.clone()).map(|(at, line): (u64, _)| (sha256_hex(&(at ^ seed).to_be_bytes()), line)).collect();
        shuffled.sort_by(|a, b| a.0.cmp(&b.0));
        let shuffled = shuffled.into_iter().map(|(_, line)| line).collect();
        let (first, second) = (reconcile(&items, &[], &a_report(lines)).unwrap(), reconcile(&items, &[], &a_report(shuffled)).unwrap());
        let sorted = |reconciled: &Reconciled| {
            let mut told: Vec<_> = reconciled.verdicts.iter().map(|v| (v.fingerprint.clone(), format!("{:?} {:?}", v.outcome, v.doubt))).collect();
            told.sort();
            told
        };
        prop_assert_eq!(sorted(&first), sorted(&second));
        prop_assert_eq!(after(&items, &first), after(&items, &second));
    }

    #[test]
    fn no_item_is_paid_or_returned_twice_by_one_report(items in standings(), lines in reports()) {
        let reconciled = reconcile(&items, &[], &a_report(lines)).unwrap();
        for item in &items {
            let count = |words: &[&str]| {
                let about = reconciled.verdicts.iter().filter(|v| v.outcome.item() == Some(&item.id));
                about.filter(|v| words.contains(&v.outcome.word())).count()
            };
            prop_assert!(count(&["matched"]) <= 1 && count(&["returned", "reversed"]) <= 1);
            if item.standing != Standing::Sent {
                prop_assert_eq!(count(&["matched", "returned", "pending"]), 0);
            }
        }
    }
}
