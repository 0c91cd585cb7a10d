//! Each rule on its own: one clean case, one change at a time, and the codes that follow.

mod batch;
mod coverage;
mod deadline;
mod heirs;
mod identity;
mod life;
mod meanwhile;
mod person;
mod signals;
mod sources;
mod stand_ins;
mod variants;
mod world;

use crate::domain::claim::{ClaimedNik, Payout};
use world::*;

#[test]
fn a_clean_claim_has_no_findings() {
    check(|_| {}, &[]);
    check(|w| w.content.payout = Payout::Cash, &[]);
    check(|w| w.content.heirs.clear(), &[]);
}

#[test]
fn a_finding_says_what_was_compared_and_hides_the_numbers() {
    let mut world = clean();
    world.content.deceased.nik = ClaimedNik::take("3325012609450009");
    let findings = run_world(&world);
    let finding = &findings[0];
    assert_eq!((finding.claimed.as_str(), finding.registered.as_str()), ("332501******0009", "332501******0001"));
    assert_eq!((finding.dataset.as_str(), finding.dataset_on), ("DTSEN", Some(day("2026-01-01"))));
    assert!(finding.sentence.ends_with('.'));
}
