//! The days in which a claim may be filed.

use chrono::Days;
use proptest::prelude::*;

use super::super::*;
use super::world::*;
use crate::domain::claim::Waiver;
use crate::domain::policy::DayUnit;

#[test]
fn day_sixty_is_in_time_and_day_sixty_one_is_not() {
    check(|w| w.filed_on = w.content.death.died_on + Days::new(60), &[]);
    check(|w| w.filed_on = w.content.death.died_on + Days::new(61), &[F::Lewat60Hari]);
    check(|w| w.filed_on = w.content.death.died_on, &[]);
    check(|w| w.filed_on = day("2026-02-28"), &[F::TglMeninggalMasaDepan]);
    check(|w| w.content.death.died_on = day("1945-09-25"), &[F::Lewat60Hari, F::MeninggalSebelumLahir]);
}

#[test]
fn a_late_claim_somebody_accepted_is_only_noted() {
    let mut world = clean();
    world.filed_on = world.content.death.died_on + Days::new(63);
    let late = run_world(&world);
    assert!(late[0].sentence.contains("3 hari setelah batas 60 hari, yaitu 30 April 2026"), "{}", late[0].sentence);
    assert_eq!(Verdict::of(&late), Verdict::Ineligible);
    world.waiver = Some(Waiver {
        by: "RATNA".to_owned(),
        role: crate::domain::access::Role::Approver,
        reason: "jalan desa terputus banjir".to_owned(),
        on: day("2026-05-04"),
    });
    let waived = run_world(&world);
    assert_eq!((waived.len(), waived[0].code, waived[0].severity), (1, F::Lewat60Hari, Severity::Note));
    assert!(waived[0].sentence.contains("RATNA (Kepala Dinas Sosial) pada 4 Mei 2026: jalan desa terputus banjir"));
}

#[test]
fn the_deadline_is_counted_by_the_holidays_of_the_office() {
    let mut world = clean();
    world.content.death.died_on = day("2026-03-16");
    world.filed_on = day("2026-03-25");
    let mut policy = policy();
    policy.deadline.unit = DayUnit::Working;
    policy.deadline.count = 7;
    assert_eq!(run_by(&world, &policy), []);
    world.filed_on = day("2026-03-26");
    assert_eq!(run_by(&world, &policy)[0].code, F::Lewat60Hari);
    world.holidays = ["2026-03-19", "2026-03-20"].into_iter().map(day).collect();
    assert_eq!(run_by(&world, &policy), []);
}

proptest! {
    #[test]
    fn a_later_filing_never_makes_a_late_claim_timely(days in 0..400_u64) {
        let mut world = clean();
        world.filed_on = world.content.death.died_on + Days::new(days);
        let late = run_world(&world).iter().any(|f| f.code == F::Lewat60Hari);
        prop_assert_eq!(late, days > 60);
    }
}
