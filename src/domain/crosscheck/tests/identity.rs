//! Who the deceased is: number, name, birth and the row of the register.

use proptest::prelude::*;

use super::super::*;
use super::world::*;
use crate::domain::claim::ClaimedNik;
use crate::domain::identity::{PersonName, Sex};

#[test]
fn the_nik_is_there_right_known_and_only_once() {
    for missing in ["", "-", "9999999999999996"] {
        check(|w| w.content.deceased.nik = ClaimedNik::take(missing), &[F::NikTidakTersedia]);
    }
    check(|w| w.content.deceased.nik = ClaimedNik::take("3325012609450009"), &[F::NikSalahKetik]);
    check(|w| w.content.deceased.nik = ClaimedNik::take("3325012609540001"), &[F::NikSalahKetik, F::NikTanggalBeda]);
    check(|w| w.content.deceased.nik = ClaimedNik::take("332501260945001"), &[F::NikSalahKetik]);
    check(|w| w.register.remove(0).register_id.clear(), &[F::NikTidakDitemukan]);
    check(
        |w| {
            w.content.deceased.nik = ClaimedNik::take("");
            w.register.remove(0);
        },
        &[F::NikTidakDitemukan, F::NikTidakTersedia],
    );
    check(|w| w.register.push(resident("DT3", NIK, "AKBAR", "2015-06-24", Sex::Male)), &[F::NikGandaRegistri]);
}

#[test]
fn a_namesake_with_another_birth_date_is_not_the_deceased() {
    let namesake = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("");
        w.register[0].born_on = Some(day("1971-02-03"));
    };
    check(namesake, &[F::NikTidakDitemukan, F::NikTidakTersedia]);
}

#[test]
fn two_people_who_fit_equally_well_are_nobody() {
    let twins = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("");
        w.content.deceased.mother.clear();
        w.register.push(resident("DT3", "3325012609450002", "JUMONO", "1945-09-26", Sex::Male));
        w.register[2].mother = "RATMI".to_owned();
    };
    check(twins, &[F::NikTidakDitemukan, F::NikTidakTersedia]);
}

#[test]
fn a_name_is_the_same_a_variant_or_another() {
    let named = |name: &'static str| move |w: &mut World| w.content.deceased.name = PersonName::parse(name).unwrap();
    check(named("ALM. H. Jumono"), &[]);
    check(named("DJUMONO"), &[F::NamaVarian]);
    check(named("JUMENO"), &[F::NamaVarian]);
    check(named("ANDI HERU"), &[F::NamaBeda]);
    let neighbour = |w: &mut World| {
        w.content.deceased.name = PersonName::parse("SUMONO").unwrap();
        w.content.deceased.born_on = Some(day("1938-02-14"));
        w.content.deceased.mother = "WAKIYAH".to_owned();
    };
    check(neighbour, &[F::NikTanggalBeda, F::NamaBeda]);
    let on_a_neighbours_number = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("3325012609450002");
        w.register.push(resident("DT3", "3325012609450002", "KASMURI", "1945-09-26", Sex::Male));
    };
    check(on_a_neighbours_number, &[F::NikSalahKetik]);
}

#[test]
fn what_is_said_about_the_number_alone_only_informs() {
    check(|w| w.content.deceased.born_on = Some(day("1946-09-26")), &[F::NikTanggalBeda]);
    check(|w| w.content.deceased.sex = Some(Sex::Female), &[F::NikTanggalBeda]);
    let notes = [F::NikTanggalBeda, F::NamaVarian, F::NikGandaRegistri];
    let mut world = clean();
    world.content.deceased.sex = Some(Sex::Female);
    world.content.deceased.name = PersonName::parse("JUMENO").unwrap();
    world.register.push(resident("DT3", NIK, "AKBAR", "2015-06-24", Sex::Male));
    let findings = run_world(&world);
    assert!(notes.iter().all(|code| findings.iter().any(|f| f.code == *code)));
    assert_eq!(Verdict::of(&findings), Verdict::Eligible);
}

proptest! {
    #[test]
    fn any_nik_one_digit_off_still_finds_the_person(at in 0..16_usize, digit in 0..10_u8) {
        let mut digits = NIK.as_bytes().to_vec();
        prop_assume!(digits[at] != b'0' + digit);
        digits[at] = b'0' + digit;
        let mut world = clean();
        world.content.deceased.nik = ClaimedNik::take(std::str::from_utf8(&digits).unwrap());
        let findings = run_world(&world);
        prop_assert!(findings.iter().any(|f| f.code == F::NikSalahKetik));
        prop_assert!(findings.iter().all(|f| f.code != F::NikTidakDitemukan));
    }
}
