use std::collections::BTreeSet;

use super::*;

/// Seeds that are tried until a flaw shows.
const SEEDS_MAX: u64 = 400;

/// What the invariants are good for: each flaw is found, and by the invariant that is meant to find it.
fn finds(flaw: Flaw) -> Invariant {
    match flaw {
        Flaw::SecondPayment => Invariant::OneLivingPayment,
        Flaw::SecondClaim => Invariant::OneLivingClaim,
        Flaw::LostCreditLeg => Invariant::OnePlace,
        Flaw::EntryForgotten => Invariant::BooksProve,
        Flaw::StateTableIgnored => Invariant::OnTheGraph,
        Flaw::CheckerIsMaker => Invariant::ThreeHands,
        Flaw::DutiesForgotten => Invariant::FiveDuties,
        Flaw::PaidUnsent => Invariant::RoadToPayment,
        Flaw::MoneyFromNowhere => Invariant::CeilingHolds,
        Flaw::OrderOffByOne => Invariant::OrderIsItsDecree,
        Flaw::PaperOffByOne => Invariant::PapersToTheRupiah,
        Flaw::ReferenceReused => Invariant::ReferenceOnce,
        Flaw::NumberSkipped => Invariant::NumbersGapless,
        Flaw::QueueJumped => Invariant::WaitingInOrder,
        Flaw::RefusalReopened => Invariant::EndsStay,
        Flaw::RevisionAdds => Invariant::TwiceIsOnce,
        Flaw::AnswerGuessed => Invariant::BankAgrees,
        Flaw::DrawerForgotten => Invariant::DrawerAgrees,
        Flaw::TrailForgotten => Invariant::TrailTellsState,
        Flaw::CorrectedTwice => Invariant::CorrectedOnce,
        Flaw::ReceiptTooEarly => Invariant::ReceiptForSending,
        Flaw::InstalmentTwice => Invariant::PartsWithinPayment,
        Flaw::ClosedOpen => Invariant::ClosedIsAnswered,
        Flaw::OwnFamilyDecides => Invariant::NobodysOwnFamily,
        Flaw::CrashKeepsNumber => Invariant::CrashLeavesNothing,
        Flaw::StaleTaken => Invariant::StaleIsRefused,
        Flaw::LinkForgotten | Flaw::SelfApproved => Invariant::RenewedIsLinked,
        Flaw::RowNotStruck => Invariant::OneDecreeRow,
        Flaw::SentTwice => Invariant::PaidOnce,
        Flaw::DrawnAfterClose => Invariant::ClosedYearRests,
        Flaw::FileTotalOff => Invariant::BankGotTheOrder,
        Flaw::AnyCollector => Invariant::HandedToTheHeir,
        Flaw::CaseForgotten => Invariant::OwedIsFollowed,
        Flaw::SlipTwice => Invariant::SlipOnce,
        Flaw::OrderedRowStruck => Invariant::StruckIsNotOrdered,
        Flaw::PlanForgivesRupiah => Invariant::PlanIsTheDebt,
        Flaw::AskerDecides => Invariant::UndoneByTwo,
    }
}

#[test]
fn every_broken_rule_is_found_by_the_invariant_that_guards_it() {
    let cast = Cast::assemble().unwrap();
    let mut wrong = Vec::new();
    for flaw in Flaw::ALL {
        // One broken rule can be seen from two sides (a second payment is also an act that was not once), so
        // the seeds are lived through until the invariant that guards this rule is the one that speaks.
        let mut seen = (1..=SEEDS_MAX).filter_map(|seed| run(&cast, seed, EVENTS, Some(flaw)).err());
        match seen.find(|violation| violation.invariant == finds(flaw)) {
            Some(violation) => {
                let again = run(&cast, violation.seed, EVENTS, Some(flaw)).unwrap_err();
                assert_eq!(again.to_string(), violation.to_string(), "a seed gives the same run again");
            }
            None => wrong.push(format!("{flaw:?}: {:?} did not speak in {SEEDS_MAX} seeds", finds(flaw))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_invariant_is_there_that_no_broken_rule_can_reach() {
    let reached: BTreeSet<Invariant> = Flaw::ALL.into_iter().map(finds).collect();
    assert_eq!(reached, BTreeSet::from(Invariant::ALL));
    let names: BTreeSet<&str> = Invariant::ALL.into_iter().map(Invariant::name).collect();
    assert_eq!(names.len(), Invariant::ALL.len());
}

#[test]
fn two_thousand_offices_live_through_everything_without_a_fault() {
    let cast = Cast::assemble().unwrap();
    let halves = std::thread::scope(|scope| {
        let half = |from: u64| (from..=2_000).step_by(2).map(|seed| run(&cast, seed, 250, None)).collect::<Vec<_>>();
        let other = scope.spawn(move || half(2));
        let mut all = half(1);
        all.extend(other.join().unwrap());
        all
    });
    let mut tally = Tally::default();
    for lived in halves {
        match lived {
            Ok(one) => tally.add(&one),
            Err(violation) => panic!("{violation}"),
        }
    }
    assert_eq!((tally.seeds, tally.events), (2_000, 500_000));
    let kinds = (tally.done.len(), tally.refused.len(), tally.faults.len());
    assert!(tally.paid > 0 && kinds >= (30, 20, 8), "{kinds:?} {tally:#?}");
}
