//! Whether the person has died, when, and whether somebody claimed before.

use super::super::*;
use super::world::*;
use crate::domain::register::{Activity, ResidentStatus};

#[test]
fn the_register_may_have_an_older_death() {
    let died = |on: &'static str| {
        move |w: &mut World| {
            w.register[0].status = ResidentStatus::Dead;
            w.register[0].died_on = Some(day(on));
        }
    };
    check(died("2026-03-01"), &[]);
    check(died("2026-01-30"), &[]);
    check(died("2026-01-29"), &[F::SudahMeninggalLama]);
    check(|w| w.register[0].status = ResidentStatus::Dead, &[]);
}

#[test]
fn only_a_presence_after_the_death_shows_life() {
    let seen = |on: &'static str, kind: &'static str| {
        move |w: &mut World| w.activities.push(Activity { nik: nik(NIK).unwrap(), happened_on: day(on), kind: kind.to_owned() })
    };
    for kind in PRESENCE_KINDS {
        check(seen("2026-03-02", kind), &[F::MasihHidup]);
        check(seen("2026-03-01", kind), &[]);
    }
    check(seen("2026-03-05", "AUTO_KREDIT_PKH"), &[]);
}

#[test]
fn one_person_is_claimed_once() {
    let earlier = |change: fn(&mut EarlierClaim)| {
        move |w: &mut World| {
            let mut claim = other_claim(1);
            claim.clerk = "LAIN".to_owned();
            change(&mut claim);
            w.earlier.push(claim);
        }
    };
    check(earlier(|_| {}), &[]);
    check(earlier(|e| e.deceased_nik = nik(NIK)), &[F::KlaimGandaNik]);
    check(earlier(|e| e.deceased_register_id = Some("DT1".to_owned())), &[F::KlaimGandaMirip]);
    let alike = |e: &mut EarlierClaim| {
        e.deceased_register_id = None;
        e.deceased_name = "DJUMONO".to_owned();
        e.deceased_born_on = Some(day("1945-09-26"));
    };
    check(earlier(alike), &[F::KlaimGandaMirip]);
    check(
        earlier(|e| {
            e.deceased_register_id = None;
            e.deceased_name = "JUMONO".to_owned();
        }),
        &[],
    );
}
