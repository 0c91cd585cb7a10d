//! Who may see and do what.

use santunan::domain::access::{Duty, Role};
use santunan::domain::claim::{State, Step};
use santunan::domain::crosscheck::Verdict;
use santunan::workflow::{Refusal, resubmit, submit};

use crate::support::{a_claim, on_both_engines};

const OWN_NIK: &str = "3325016506809501";
const OWN_CARD: &str = "3325010101109501";

#[test]
fn a_claim_of_another_village_does_not_exist() {
    on_both_engines(|office| {
        let id = office.file(&a_claim()).unwrap().claim.id;
        let stranger = office.act(office.who("kades.kalisari"), &id, Step::Endorse, "");
        assert!(matches!(stranger, Err(Refusal::NotFound)));
        let elsewhere = submit(&office.desk, office.who("operator.kalisari"), &a_claim().of_family(1).submission());
        assert!(matches!(elsewhere, Err(Refusal::WrongVillage)));
        let outside = office.file(&a_claim().of_family(1).for_village("33.25.03.2007"));
        assert!(matches!(outside, Err(Refusal::WrongVillage)));
    });
}

#[test]
fn one_person_under_two_accounts_has_one_duty() {
    on_both_engines(|office| {
        let id = office.file(&a_claim()).unwrap().claim.id;
        let clerk = office.who("operator.wonotunggal");
        let own = clerk.nik.as_ref().unwrap().expose();
        let same = office.hire("kades.lain", Role::VillageHead, "33.25.01.2006", own, OWN_CARD);
        assert!(matches!(office.act(&same, &id, Step::Endorse, ""), Err(Refusal::SamePerson(Duty::File))));
        let other = office.hire("kades.baru", Role::VillageHead, "33.25.01.2006", OWN_NIK, OWN_CARD);
        assert_eq!(office.act(&other, &id, Step::Endorse, "").unwrap().state, State::Endorsed);
        let verifier = office.hire("verifikator.lain", Role::Verifier, "33.25", OWN_NIK, OWN_CARD);
        assert!(matches!(office.act(&verifier, &id, Step::Verify, ""), Err(Refusal::SamePerson(Duty::Endorse))));
    });
}

#[test]
fn nobody_handles_the_claim_of_their_own_family_card() {
    on_both_engines(|office| {
        let clerk = office.who("operator.wonotunggal");
        let card = clerk.family_card.clone().unwrap();
        let own = a_claim().heir_card(card.expose());
        assert!(matches!(office.file(&own), Err(Refusal::OwnFamily)));
        let id = office.file(&a_claim()).unwrap().claim.id;
        let registered = a_claim().submission().content.heirs[0].family_card.clone().unwrap();
        let cousin = office.hire("kades.sepupu", Role::VillageHead, "33.25.01.2006", OWN_NIK, registered.expose());
        assert!(matches!(office.act(&cousin, &id, Step::Endorse, ""), Err(Refusal::OwnFamily)));
    });
}

#[test]
fn a_clerk_cannot_repair_a_claim_into_one_for_their_own_family() {
    on_both_engines(|office| {
        let clerk = office.who("operator.wonotunggal");
        let id = office.file(&a_claim()).unwrap().claim.id;
        office.act(office.who("kades.wonotunggal"), &id, Step::Return, "Ahli waris belum jelas").unwrap();
        let repaired = a_claim().heir_nik(clerk.nik.as_ref().unwrap().expose()).submission();
        assert!(matches!(resubmit(&office.desk, clerk, &id, 2, &repaired), Err(Refusal::OwnFamily)));
        assert_eq!(office.claim(&id).state, State::Returned);
    });
}

#[test]
fn whoever_looked_at_an_older_version_must_look_again() {
    on_both_engines(|office| {
        let id = office.file(&a_claim()).unwrap().claim.id;
        let head = office.who("kades.wonotunggal");
        office.act_at(head, &id, 1, Step::Endorse, "").unwrap();
        assert!(matches!(office.act_at(head, &id, 1, Step::Endorse, ""), Err(Refusal::Stale)));
    });
}

#[test]
fn a_broken_rule_is_passed_over_only_with_words() {
    on_both_engines(|office| {
        let filed = office.file(&a_claim().died_on("2026-01-15")).unwrap();
        assert_eq!(filed.claim.verdict, Verdict::Ineligible, "sixty days are over");
        let id = filed.claim.id;
        office.act(office.who("kades.wonotunggal"), &id, Step::Endorse, "").unwrap();
        let verifier = office.who("verifikator");
        assert!(matches!(office.act(verifier, &id, Step::Verify, ""), Err(Refusal::ReasonMissing)));
        office.act(verifier, &id, Step::Verify, "Keluarga terisolasi banjir").unwrap();
        let head = office.who("kepala.dinas");
        assert!(matches!(office.act(head, &id, Step::Approve, "ya"), Err(Refusal::ReasonMissing)));
        office.act(head, &id, Step::Approve, "Bencana, sesuai berita acara").unwrap();
    });
}

#[test]
fn a_damaged_or_far_away_number_is_kept_as_written() {
    on_both_engines(|office| {
        let papua = "9471016502509123";
        let filed = office.file(&a_claim().deceased_nik(papua)).unwrap().claim;
        assert_eq!(office.claim(&filed.id).content.deceased.nik.number.unwrap().expose(), papua);
        let damaged = office.file(&a_claim().of_family(1).deceased_nik("33250111035091O1")).unwrap().claim;
        assert_eq!(office.claim(&damaged.id).content.deceased.nik.written, "33250111035091O1");
        assert_ne!(damaged.verdict, Verdict::Eligible);
    });
}
