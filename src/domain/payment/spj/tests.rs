use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ItemState as S;
use super::*;
use crate::domain::access::{Actor, Role};
use crate::domain::payment::PaperKind;
use crate::domain::region::RegionCode;

fn june(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

fn million(n: i64) -> Rupiah {
    Rupiah::parse(&format!("{n}000000")).unwrap()
}

fn by(who: &str) -> Told {
    Told { who: who.into(), on: june(20) }
}

fn payment(state: ItemState, is_cash: bool) -> PaymentFacts {
    let paid = matches!(state, ItemState::Paid | ItemState::Recovering | ItemState::Recovered);
    PaymentFacts {
        id: "p".into(),
        order: "900/1".into(),
        claim: "BTG-26-00001".into(),
        payee: "SITI".into(),
        reference: "BTG-26-00001".into(),
        amount: million(1),
        state,
        ends: state,
        is_cash,
        receipt: "900/0001/KW/2026".into(),
        paid_on: paid.then(|| june(22)),
        returned: None,
        recorded: String::new(),
        papers: vec![PaperFacts { any_of: vec![DocumentKind::Kk], held: Held::Seen }],
        verified: Some(by("VERIFIKATOR")),
        decided: Some(by("KEPALA DINAS")),
        bank_line: (paid && !is_cash).then(|| "laporan bank a.csv baris 3".into()),
        hand_over: (paid && is_cash).then(|| HandOverFacts {
            on: june(22),
            receiver: Receiver::Payee,
            name: "SITI".into(),
            paper: IdentityPaper::Ktp,
            proxy_letter: String::new(),
            mark: ReceiptMark::Thumbprint,
            has_photo: true,
        }),
        correction: None,
        replaced_by: None,
        deposit: None,
        attached: BTreeSet::new(),
    }
}

fn order(payments: Vec<PaymentFacts>) -> OrderFacts {
    let total = Rupiah::sum(payments.iter().map(|payment| payment.amount)).unwrap();
    let paper = |kind: PaperKind| TreasuryPaper { kind, number: format!("1/{}", kind.label()), dated_on: june(21), value: total };
    OrderFacts {
        id: "o".into(),
        number: "900/1".into(),
        counts: true,
        state: OrderState::Released,
        ordered_on: june(21),
        total,
        chain: Chain::OwnTreasurer,
        photo_required: true,
        decree: Some(("400.9/1".into(), Some(june(21)))),
        papers: PaperKind::ALL.map(paper).to_vec(),
        released: Some(by("KUASA BUD")),
        payments,
    }
}

fn report(orders: &[OrderFacts]) -> Spj {
    Spj::of("uji".into(), orders).unwrap()
}

/// Labels of what a payment lacks.
fn lacks(facts: PaymentFacts, expected: &[(Evidence, Cure)]) {
    let state = facts.state;
    let spj = report(&[order(vec![facts])]);
    let found: Vec<(Evidence, Cure)> = spj.orders[0].payments[0]
        .missing()
        .map(|line| match &line.standing {
            Standing::Missing { words, cure } if words.ends_with('.') => (line.evidence, *cure),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(found, expected, "{state:?}");
    assert_eq!(spj.totals.complete, usize::from(expected.is_empty()));
}

#[test]
fn what_each_end_of_a_payment_has_to_show() {
    lacks(payment(S::Paid, false), &[]);
    lacks(payment(S::Paid, true), &[]);
    lacks(payment(S::Ordered, false), &[(Evidence::Outcome, Cure::Order)]);
    lacks(payment(S::Sent, false), &[(Evidence::Outcome, Cure::BankResults)]);
    lacks(payment(S::Sent, true), &[(Evidence::Outcome, Cure::Counter)]);
    let back = |state| PaymentFacts { returned: Some((june(23), "rekening tutup".into())), ..payment(state, false) };
    lacks(back(S::Returned), &[(Evidence::Outcome, Cure::Returns)]);
    lacks(payment(S::Returned, false), &[(Evidence::Return, Cure::Returns), (Evidence::Outcome, Cure::Returns)]);
    lacks(back(S::Deposited), &[(Evidence::Deposit, Cure::Deposits)]);
    lacks(PaymentFacts { deposit: Some(("STS-1".into(), june(24))), ..back(S::Deposited) }, &[]);
    lacks(back(S::Replaced), &[(Evidence::Correction, Cure::Returns), (Evidence::Outcome, Cure::Returns)]);
    let corrected = CorrectionTold { proposed_on: june(23), has_paper: true, approved: Some(by("KEPALA DINAS")) };
    let renewed = PaymentFacts { replaced_by: Some("BTG-26-00001-2".into()), correction: Some(corrected.clone()), ..back(S::Replaced) };
    lacks(renewed.clone(), &[]);
    let bare = CorrectionTold { has_paper: false, ..corrected.clone() };
    lacks(PaymentFacts { correction: Some(bare), ..renewed.clone() }, &[(Evidence::Correction, Cure::Returns)]);
    let waiting = CorrectionTold { approved: None, ..corrected };
    lacks(PaymentFacts { correction: Some(waiting), ..renewed }, &[(Evidence::Correction, Cure::Returns)]);
    lacks(payment(S::Recovering, true), &[(Evidence::Outcome, Cure::Deposits)]);
    lacks(payment(S::Recovered, true), &[(Evidence::Deposit, Cure::Deposits)]);
}

#[test]
fn every_piece_that_is_taken_away_is_missed_and_a_scan_takes_its_place() {
    use Evidence as E;
    let paid = |is_cash| payment(ItemState::Paid, is_cash);
    let with = |facts: PaymentFacts, scan| PaymentFacts { attached: BTreeSet::from([scan]), ..facts };
    let no_paper = PaymentFacts { papers: vec![PaperFacts { any_of: vec![DocumentKind::Kk], held: Held::Missing }], ..paid(false) };
    lacks(no_paper.clone(), &[(E::ClaimPaper, Cure::Attach)]);
    lacks(with(no_paper.clone(), Attached::Paper(DocumentKind::Kk)), &[]);
    lacks(with(no_paper, Attached::Photo), &[(E::ClaimPaper, Cure::Attach)]);
    lacks(PaymentFacts { verified: None, ..paid(false) }, &[(E::Verification, Cure::Claim)]);
    lacks(PaymentFacts { decided: None, ..paid(false) }, &[(E::Decision, Cure::Claim)]);
    lacks(PaymentFacts { receipt: String::new(), ..paid(false) }, &[(E::Receipt, Cure::Order)]);
    let no_line = PaymentFacts { bank_line: None, ..paid(false) };
    lacks(no_line.clone(), &[(E::BankLine, Cure::Attach)]);
    lacks(with(no_line.clone(), Attached::Bank), &[]);
    lacks(PaymentFacts { recorded: "rekening koran hlm. 4".into(), ..no_line }, &[]);
    let given = |change: fn(HandOverFacts) -> HandOverFacts| PaymentFacts { hand_over: paid(true).hand_over.map(change), ..paid(true) };
    let no_photo = given(|over| HandOverFacts { has_photo: false, ..over });
    lacks(no_photo.clone(), &[(E::Photo, Cure::Attach)]);
    lacks(with(no_photo, Attached::Photo), &[]);
    let no_letter = given(|over| HandOverFacts { receiver: Receiver::Proxy, ..over });
    lacks(no_letter.clone(), &[(E::ProxyLetter, Cure::Attach)]);
    lacks(with(no_letter, Attached::ProxyLetter), &[]);
    let unseen = PaymentFacts { hand_over: None, ..paid(true) };
    lacks(unseen, &[(E::HandOver, Cure::Attach), (E::Identity, Cure::Attach)]);
}

#[test]
fn an_office_that_asks_for_no_photo_misses_none() {
    let facts = payment(ItemState::Paid, true);
    let bare = PaymentFacts { hand_over: facts.hand_over.clone().map(|given| HandOverFacts { has_photo: false, ..given }), ..facts };
    let spj = report(&[OrderFacts { photo_required: false, ..order(vec![bare]) }]);
    assert!(spj.is_complete(), "{spj:?}");
}

#[test]
fn without_the_orders_own_papers_no_payment_is_complete() {
    let whole = || order(vec![payment(ItemState::Paid, false), payment(ItemState::Paid, true)]);
    assert!(report(&[whole()]).is_complete());
    let check = |changed: OrderFacts, evidence, cure| {
        let spj = report(&[changed]);
        let found: Vec<_> = spj.orders[0].missing().map(|line| (line.evidence, line.standing.clone())).collect();
        assert!(matches!(&found[..], [(e, Standing::Missing { cure: c, .. })] if *e == evidence && *c == cure), "{found:?}");
        assert_eq!((spj.totals.complete, spj.totals.payments, spj.is_complete()), (0, 2, false));
    };
    check(OrderFacts { decree: Some(("1".into(), None)), ..whole() }, Evidence::Decree, Cure::Decree);
    check(OrderFacts { released: None, ..whole() }, Evidence::Release, Cure::Order);
    let no_spm = OrderFacts { papers: whole().papers.into_iter().filter(|p| p.kind != PaperKind::Spm).collect(), ..whole() };
    check(no_spm.clone(), Evidence::TreasuryPaper, Cure::Order);
    // The regional treasury keeps its own SPP and SPM.
    let only_sp2d = no_spm.papers.iter().filter(|p| p.kind == PaperKind::Sp2d).cloned().collect();
    assert!(report(&[OrderFacts { chain: Chain::RegionalTreasury, papers: only_sp2d, ..no_spm }]).is_complete());
}

#[test]
fn receipts_and_money_given_back_are_the_sp2d_or_the_difference_is_named() {
    let ended = |state, ends| PaymentFacts { ends, ..payment(state, false) };
    let told = |payments: Vec<PaymentFacts>| report(&[order(payments)]).totals;
    let equal = told(vec![ended(S::Paid, S::Paid), ended(S::Replaced, S::Paid), ended(S::Deposited, S::Deposited)]);
    assert_eq!((equal.sp2d, equal.received, equal.deposited), (million(3), million(2), million(1)));
    assert!(equal.balances());
    let open = told(vec![ended(S::Paid, S::Paid), ended(S::Sent, S::Sent), ended(S::Replaced, S::Returned)]);
    assert_eq!(open.differences, [Difference::Open { amount: million(2), payments: 2 }]);
    assert!(open.differences[0].sentence().contains("Rp2.000.000 dalam 2 pembayaran"));
    let mut wrong = order(vec![ended(S::Paid, S::Paid)]);
    for paper in &mut wrong.papers {
        paper.value = million(2);
    }
    let spj = report(&[wrong]);
    let named = Difference::OtherValue { order: "900/1".into(), sp2d: million(2), payments: million(1) };
    assert_eq!(spj.totals.differences, [named]);
    assert_eq!(spj.orders[0].missing().count(), 3, "each paper says so too");
    let without = OrderFacts { papers: vec![], ..order(vec![ended(S::Paid, S::Paid)]) };
    let both = report(&[without.clone(), OrderFacts { number: "900/2".into(), ..without }]).totals;
    assert_eq!(both.differences, [Difference::NoSp2d { orders: vec!["900/1".into(), "900/2".into()] }]);
}

#[test]
fn a_renewed_orders_money_is_counted_once_and_a_cancelled_order_owes_only_its_sp2d() {
    let renewed = OrderFacts { counts: false, decree: None, number: "900/2".into(), ..order(vec![payment(ItemState::Paid, false)]) };
    let mut failed = payment(ItemState::Replaced, false);
    failed.ends = ItemState::Paid;
    let spj = report(&[order(vec![failed]), renewed]);
    assert_eq!((spj.totals.sp2d, spj.totals.received, spj.totals.payments), (million(1), million(1), 2));
    assert!(spj.totals.balances());
    let cancelled = OrderFacts { state: OrderState::Cancelled, ..order(vec![payment(ItemState::Cancelled, false)]) };
    assert!(!report(std::slice::from_ref(&cancelled)).is_complete(), "its SP2D stands in the state's books");
    let quiet = report(&[OrderFacts { papers: vec![], ..cancelled }]);
    assert!(quiet.is_complete() && quiet.orders[0].payments.is_empty());
}

#[test]
fn sums_past_the_largest_amount_give_no_report() {
    let mut rich = payment(ItemState::Paid, false);
    rich.amount = Rupiah::parse("Rp9.000.000.000.000.000.000").unwrap_or_else(|_| Rupiah::new(i64::MAX).unwrap());
    let one = order(vec![rich]);
    assert_eq!(Spj::of("uji".into(), &[one.clone(), one]), None);
}

#[test]
fn finance_attaches_scans_to_what_went_out() {
    let actor = |role| {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: "a".into(), name: "A".into(), role, office: region.clone(), region, nik: None, family_card: None }
    };
    let good = AttachFacts { state: ItemState::Paid, scans: 0, is_known: false, note: "" };
    let check = |role, facts: &AttachFacts<'_>, expected: Result<(), AttachRefused>| {
        assert_eq!(may_attach(&actor(role), facts), expected);
    };
    check(Role::Finance, &good, Ok(()));
    check(Role::Auditor, &good, Err(AttachRefused::NotYourRole));
    for state in [ItemState::Ordered, ItemState::Cancelled] {
        check(Role::Finance, &AttachFacts { state, ..good }, Err(AttachRefused::NotOut(state)));
    }
    check(Role::Finance, &AttachFacts { scans: 40, ..good }, Err(AttachRefused::TooMany));
    check(Role::Finance, &AttachFacts { is_known: true, ..good }, Err(AttachRefused::Twice));
    check(Role::Finance, &AttachFacts { note: &"a".repeat(201), ..good }, Err(AttachRefused::Note));
    for kind in Attached::OF_PAYMENT.into_iter().chain(DocumentKind::ALL.map(Attached::Paper)) {
        assert_eq!(Attached::parse(kind.code()), Some(kind));
    }
}
