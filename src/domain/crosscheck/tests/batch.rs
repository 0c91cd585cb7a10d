//! Claims of one clerk that look made up together.

use super::super::*;
use super::world::*;

#[test]
fn a_batch_has_two_signs_and_an_accident_one_day() {
    let phone = |e: &mut EarlierClaim| e.heir_phone = "085715717070".to_owned();
    let sequence = |n: u64, e: &mut EarlierClaim| e.account = format!("{}", 595_597_594_616_062_u64 + n);
    check(linked(3, |_, _| {}), &[]);
    check(linked(3, move |_, e| phone(e)), &[]);
    check(linked(3, move |n, e| sequence(n, e)), &[]);
    let both = move |n: u64, e: &mut EarlierClaim| {
        phone(e);
        sequence(n, e);
    };
    check(linked(1, both), &[]);
    check(linked(2, both), &[F::BatchMencurigakan]);
    let outside = move |n: u64, e: &mut EarlierClaim| {
        sequence(n, e);
        e.heir_outside_family = true;
    };
    check(linked(3, outside), &[F::BatchMencurigakan]);
    let accident = move |n: u64, e: &mut EarlierClaim| {
        both(n, e);
        e.died_on = day("2026-03-01");
    };
    check(linked(4, accident), &[]);
    let other_clerk = move |n: u64, e: &mut EarlierClaim| {
        both(n, e);
        e.clerk = "LAIN".to_owned();
    };
    check(linked(4, other_clerk), &[]);
}
