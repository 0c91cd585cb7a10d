//! Cash at the counter: what moves the treasurer's box, who may take the money home, and how the box is counted.
//!
//! The box holds a cash payment from its release until it is handed over, given back to the treasury, or ordered anew. So the
//! treasurer's book (buku kas pembantu) follows from the steps of payments alone: [`CashKind::of`] is the only rule, and the book
//! can never say anything else than the ledger.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | collection day | hari pengambilan | a day on which a village or kecamatan collects |
//! | handing over | penyerahan | the receiver takes the money and signs the receipt |
//! | cash book | buku kas pembantu | every rupiah that came into the box or left it, with the balance after it |
//! | closing | penutupan kas | the counted money is compared with the book at the end of a day |
//! | deposit | setoran (STS) | money goes back to the regional treasury under the treasury's own number |

mod book;
mod day;
mod hand_over;
mod refused;

pub use book::{CashKind, Comparison, Counted, book_balance, explained, lies_in_box};
pub use day::{DayPlan, DepositSlip, unclaimed_from};
pub use hand_over::{IdentityCheck, IdentityPaper, ReceiptMark, Receiver};
pub use refused::CashRefused;

/// Most people one collection day can be planned for.
pub const CAPACITY_MAX: u32 = 500;
/// Longest name of a place, and longest number of a letter, in characters.
const TEXT_CHARS_MAX: usize = 80;
/// Code of a payment that nobody collected, where a bank's reason would stand.
pub const NOT_COLLECTED: &str = "TIDAK_DIAMBIL";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use chrono::{NaiveDate, NaiveTime};

    use super::super::item::{ItemState, ItemStep};
    use super::*;
    use crate::domain::money::Rupiah;
    use crate::domain::region::RegionCode;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, d).unwrap()
    }

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    #[test]
    fn the_box_changes_exactly_when_a_payment_comes_into_it_or_leaves_it() {
        for state in ItemState::ALL {
            for step in ItemStep::ALL {
                let Ok(next) = state.next(step) else { continue };
                let moved = match (lies_in_box(state), lies_in_box(next)) {
                    (false, true) => Some(true),
                    (true, false) => Some(false),
                    _ => None,
                };
                assert_eq!(CashKind::of(step).map(CashKind::is_receipt), moved, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn codes_read_back() {
        assert!(CashKind::ALL.into_iter().all(|kind| CashKind::parse(kind.code()) == Some(kind)));
        assert!(Receiver::ALL.into_iter().all(|receiver| Receiver::parse(receiver.code()) == Some(receiver)));
        assert!(IdentityPaper::ALL.into_iter().all(|paper| IdentityPaper::parse(paper.code()) == Some(paper)));
        assert!(ReceiptMark::ALL.into_iter().all(|mark| ReceiptMark::parse(mark.code()) == Some(mark)));
    }

    #[test]
    fn a_day_is_planned_for_a_time_a_place_and_a_number_of_people() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let plan = DayPlan {
            area: RegionCode::parse("33.25.01").unwrap(),
            held_on: day(22),
            opens: time(8),
            closes: time(11),
            place: "Balai Desa".into(),
            capacity: 20,
        };
        assert_eq!((plan.check(day(22)), plan.window()), (Ok(()), "08.00–11.00".to_owned()));
        assert_eq!(plan.check(day(23)), Err(CashRefused::DayWhen));
        assert_eq!(DayPlan { closes: time(8), ..plan.clone() }.check(day(22)), Err(CashRefused::Window));
        assert_eq!(DayPlan { place: " x ".into(), ..plan.clone() }.check(day(22)), Err(CashRefused::Place));
        for capacity in [0, CAPACITY_MAX + 1] {
            assert_eq!(DayPlan { capacity, ..plan.clone() }.check(day(22)), Err(CashRefused::Capacity));
        }
    }

    #[test]
    fn a_slip_fits_by_number_date_and_value() {
        let slip = DepositSlip { number: "STS-1".into(), dated_on: day(22), value: rupiah(3) };
        let payments = [(rupiah(1), Some(day(20))), (rupiah(2), Some(day(21)))];
        let check = |slip: &DepositSlip, expected| assert_eq!(slip.check(&payments, day(23)), expected);
        check(&slip, Ok(()));
        check(&DepositSlip { number: "  ".into(), ..slip.clone() }, Err(CashRefused::SlipNumber));
        check(&DepositSlip { dated_on: day(20), ..slip.clone() }, Err(CashRefused::SlipDate));
        check(&DepositSlip { dated_on: day(24), ..slip.clone() }, Err(CashRefused::SlipDate));
        let differs = CashRefused::SlipValue { slip: rupiah(4), payments: rupiah(3) };
        check(&DepositSlip { value: rupiah(4), ..slip.clone() }, Err(differs));
        assert_eq!(slip.check(&[], day(23)), Err(CashRefused::SlipEmpty));
    }

    #[test]
    fn box_and_account_together_are_compared_with_the_book() {
        let check = |cash, in_bank, book, expected| {
            let counted = Counted { cash: rupiah(cash), in_bank: rupiah(in_bank) };
            assert_eq!(counted.compare(rupiah(book)), Ok(expected));
        };
        check(2, 3, 5, Comparison::Equal);
        check(0, 0, 0, Comparison::Equal);
        check(2, 4, 5, Comparison::Over(rupiah(1)));
        check(2, 0, 5, Comparison::Short(rupiah(3)));
        let counted = Counted { cash: rupiah(i64::MAX), in_bank: rupiah(1) };
        assert_eq!(counted.compare(Rupiah::ZERO), Err(CashRefused::TooLarge));
    }

    #[test]
    fn money_waits_whole_days_for_its_owner() {
        assert_eq!(unclaimed_from(day(1), 0), day(1));
        assert_eq!(unclaimed_from(day(1), 29), day(30));
        assert_eq!(unclaimed_from(NaiveDate::MAX, 30), NaiveDate::MAX);
    }

    proptest! {
        /// Any way a payment can take leaves it in the box or not, and the book says the same.
        #[test]
        fn a_book_of_any_ways_of_payments_is_what_lies_in_the_box(
            ways in prop::collection::vec((1_i64..5_000_000, prop::collection::vec(0_usize..ItemStep::ALL.len(), 0..12)), 1..8),
        ) {
            let (mut book, mut balance, mut in_box) = (Vec::new(), Rupiah::ZERO, Rupiah::ZERO);
            for (whole, steps) in ways {
                let (amount, mut state) = (rupiah(whole), ItemState::Ordered);
                for step in steps.into_iter().map(|at| ItemStep::ALL[at]) {
                    let Ok(next) = state.next(step) else { continue };
                    state = next;
                    if let Some(kind) = CashKind::of(step) {
                        balance = kind.applied(balance, amount).unwrap();
                        book.push((kind, amount, balance));
                    }
                }
                if lies_in_box(state) {
                    in_box = in_box.checked_add(amount).unwrap();
                }
            }
            prop_assert_eq!(book_balance(book.iter().copied()), Some(in_box));
            if let Some(last) = book.last_mut() {
                last.2 = last.2.checked_add(rupiah(1)).unwrap();
                prop_assert_eq!(book_balance(book), None);
            }
        }
    }
}
