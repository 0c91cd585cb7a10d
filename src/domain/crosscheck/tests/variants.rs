//! Situations close to each other that must be told apart.

use chrono::{Days, NaiveDate};

use super::super::*;
use super::world::*;
use crate::domain::claim::{BankAccount, ClaimedNik, Payout};
use crate::domain::identity::PersonName;
use crate::domain::register::ResidentStatus;

#[test]
fn an_accident_with_a_lent_telephone_and_accounts_in_a_row_is_no_batch() {
    let claims = |died: fn(u64) -> NaiveDate, outside: bool| {
        linked(4, move |n, e| {
            e.heir_phone = "085715717070".to_owned();
            e.account = format!("{}", 595_597_594_616_062_u64 + n);
            e.died_on = died(n);
            e.heir_outside_family = outside;
        })
    };
    check(claims(|_| day("2026-03-01"), false), &[]);
    check(claims(|_| day("2026-03-01"), true), &[F::BatchMencurigakan]);
    check(claims(|n| day("2026-02-20") + Days::new(n), false), &[F::BatchMencurigakan]);
}

#[test]
fn a_slip_in_the_heirs_number_does_not_hide_the_third_claim() {
    let with = |name: &'static str| {
        move |w: &mut World| {
            for (number, heir) in [(1, HEIR_NIK), (2, "3325014101510009")] {
                let mut claim = other_claim(number);
                claim.heir_nik = nik(heir);
                claim.heir_name = name.to_owned();
                claim.clerk = "LAIN".to_owned();
                w.earlier.push(claim);
            }
        }
    };
    check(with("KASTURAH"), &[F::AhliWarisBerulang]);
    check(with("SITI AMINAH"), &[]);
}

#[test]
fn an_heir_known_as_dead_is_found_behind_a_slip() {
    check(
        |w| {
            w.content.heirs[0].nik = ClaimedNik::take("3325014101510009");
            w.register[1].status = ResidentStatus::Dead;
            w.around.family = vec![w.register[1].clone()];
        },
        &[F::AhliWarisSudahMeninggal],
    );
}

#[test]
fn a_passbook_in_the_registers_writing_of_the_heir_is_theirs() {
    check(
        |w| {
            w.content.heirs[0].name = PersonName::parse("KASTURAH B").unwrap();
            w.register[1].name = "KASTURAH BUDIARTI".to_owned();
            w.content.payout =
                Payout::Bank(BankAccount { bank: "BRI".to_owned(), number: "1".to_owned(), holder: "K BUDIARTI".to_owned() });
        },
        &[],
    );
}

/// An earlier claim for somebody the register does not know, beside a claim for the same: how alike must they be?
#[test]
fn two_claims_for_one_unregistered_person_need_more_than_a_name() {
    let twice = |change: fn(&mut EarlierClaim), expected: bool| {
        let mut world = clean();
        world.register.remove(0);
        let mut claim = other_claim(1);
        claim.clerk = "LAIN".to_owned();
        claim.deceased_register_id = None;
        claim.deceased_name = "DJUMONO".to_owned();
        claim.deceased_born_on = Some(day("1945-09-26"));
        claim.deceased_village = village("33.25.03.2007");
        change(&mut claim);
        world.earlier.push(claim);
        let found = run_world(&world).iter().any(|finding| finding.code == F::KlaimGandaMirip);
        assert_eq!(found, expected, "{:?}", world.earlier);
    };
    twice(|_| {}, true);
    twice(|e| e.deceased_name = "SARDI".to_owned(), false);
    twice(|e| e.deceased_mother = "RATMI".to_owned(), false);
    twice(|e| e.deceased_born_on = Some(day("1945-09-27")), false);
    twice(
        |e| {
            e.deceased_born_on = Some(day("1945-09-27"));
            e.died_on = day("2026-03-01");
        },
        true,
    );
    twice(|e| e.deceased_born_on = None, false);
    twice(
        |e| {
            e.deceased_born_on = None;
            e.died_on = day("2026-03-01");
            e.deceased_village = village("33.25.01.2006");
        },
        true,
    );
    twice(
        |e| {
            e.deceased_born_on = Some(day("1951-02-03"));
            e.died_on = day("2026-03-01");
        },
        false,
    );
}
