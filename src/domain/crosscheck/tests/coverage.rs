//! Whom the programme covers: cause, residence, poverty, occupation.

use super::world::*;
use crate::domain::claim::{Cause, ClaimedNik, DocumentKind};
use crate::domain::identity::Sex;
use crate::domain::register::ResidentStatus;

#[test]
fn a_cause_the_place_excludes_is_told_and_others_are_not() {
    let mut world = clean();
    world.content.death.cause = Some(Cause::Suicide);
    assert_eq!(run_world(&world), [], "this place excludes no cause");
    let mut policy = policy();
    policy.excluded_causes = vec![Cause::Suicide];
    let found = |world: &World| run_by(world, &policy).iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(found(&world), [F::SebabDikecualikan]);
    world.content.death.cause = None;
    assert_eq!(found(&world), []);
}

#[test]
fn what_is_missing_for_poverty_is_named() {
    let mut world = clean();
    world.register[0].decile = Some(5);
    let findings = run_world(&world);
    assert!(findings[0].sentence.contains("lengkapi surat keterangan tidak mampu dengan foto rumah"), "{}", findings[0].sentence);
    world.content.documents.insert(DocumentKind::SuratTanpaPenghasilan);
    assert_eq!(run_world(&world), []);
}

#[test]
fn residence_is_where_the_person_lived_not_where_the_nik_was_issued() {
    check(|w| w.register[0].village = Some(village("33.25.03.2007")), &[F::BedaDesa]);
    check(|w| w.content.deceased.village = village("33.27.04.2001"), &[F::LuarBatang]);
    check(|w| w.register[0].status = ResidentStatus::Moved, &[F::LuarBatang]);
    let entered_twice = |w: &mut World| {
        w.register[0].village = Some(village("33.25.03.2007"));
        w.register.push(resident("DT0", NIK, "JUMONO", "1945-09-26", Sex::Male));
    };
    check(entered_twice, &[F::NikGandaRegistri]);
    let born_outside = |w: &mut World| {
        w.register[0].nik = nik("3171032609450001");
        w.content.deceased.nik = ClaimedNik::take("3171032609450001");
    };
    check(born_outside, &[]);
}

#[test]
fn poverty_is_shown_by_the_decile_or_by_the_letter() {
    for (decile, letter, expected) in [
        (Some(4), false, &[][..]),
        (Some(5), false, &[F::TidakMiskin]),
        (None, false, &[F::TidakMiskin]),
        (Some(10), true, &[]),
        (None, true, &[]),
    ] {
        let change = |w: &mut World| {
            w.register[0].decile = decile;
            if letter {
                w.content.documents.insert(DocumentKind::Sktm);
            }
        };
        check(change, expected);
    }
}

#[test]
fn civil_servants_are_covered_elsewhere_and_pensioners_here() {
    for (occupation, expected) in [
        ("PEGAWAI NEGERI SIPIL (PNS)", &[F::PekerjaanDikecualikan][..]),
        ("PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA (PPPK)", &[F::PekerjaanDikecualikan]),
        ("KEPOLISIAN RI (POLRI)", &[F::PekerjaanDikecualikan]),
        ("TENTARA NASIONAL INDONESIA (TNI)", &[F::PekerjaanDikecualikan]),
        ("PENSIUNAN", &[]),
        ("", &[]),
    ] {
        check(|w| w.register[0].occupation = occupation.to_owned(), expected);
    }
}
