//! The roads a claim can take.

use santunan::domain::claim::{NotAllowed, State, Step};
use santunan::domain::crosscheck::Verdict;
use santunan::store::events;
use santunan::workflow::{Refusal, resubmit, submit};

use crate::support::{a_claim, june, on_both_engines};

#[test]
fn a_clean_claim_goes_straight_from_filing_to_approval() {
    on_both_engines(|office| {
        let filed = office.file(&a_claim()).unwrap();
        assert_eq!((filed.claim.verdict, &filed.findings[..]), (Verdict::Eligible, &[][..]));
        let road = [("kades.wonotunggal", Step::Endorse, State::Endorsed), ("verifikator", Step::Verify, State::Verified)];
        for (who, step, state) in road.into_iter().chain([("kepala.dinas", Step::Approve, State::Approved)]) {
            assert_eq!(office.act(office.who(who), &filed.claim.id, step, "").unwrap().state, state);
        }
        let story = office.desk.store.read(|conn| events::story(conn, &filed.claim.id)).unwrap();
        assert_eq!(story.len(), 4);
    });
}

#[test]
fn a_returned_claim_keeps_its_filing_date_and_comes_back_repaired() {
    on_both_engines(|office| {
        let clerk = office.who("operator.wonotunggal");
        let first = santunan::workflow::Submission { filed_on: Some(june(17)), ..a_claim().submission() };
        let filed = submit(&office.desk, clerk, &first).unwrap().claim;
        let returned = office.act(office.who("kades.wonotunggal"), &filed.id, Step::Return, "Nama ibu keliru -> lihat KK").unwrap();
        assert_eq!((returned.state, returned.letter.unwrap().kind.as_str()), (State::Returned, "pengembalian"));
        let repaired = a_claim().but(|content| content.death.place = "RSUD BATANG".into()).submission();
        let again = resubmit(&office.desk, clerk, &filed.id, 2, &repaired).unwrap().claim;
        assert_eq!((again.state, again.filed_on, &again.code), (State::Submitted, june(17), &filed.code));
        assert_eq!(office.claim(&filed.id).content.death.place, "RSUD BATANG");
        assert!(matches!(resubmit(&office.desk, clerk, &filed.id, 2, &repaired), Err(Refusal::Stale)));
    });
}

#[test]
fn a_refused_family_gets_a_letter_and_may_claim_anew() {
    on_both_engines(|office| {
        let id = office.verified(&a_claim());
        let refused = office.act(office.who("kepala.dinas"), &id, Step::Reject, "Almarhum masih tercatat di daerah lain").unwrap();
        assert_eq!((refused.state, refused.letter.unwrap().kind.as_str()), (State::Rejected, "penolakan"));
        office.file(&a_claim().with_key("baru")).unwrap();
    });
}

#[test]
fn a_held_claim_goes_on_where_it_stopped() {
    on_both_engines(|office| {
        let id = office.verified(&a_claim());
        let head = office.who("kepala.dinas");
        assert_eq!(office.act(head, &id, Step::Hold, "Ahli waris berselisih").unwrap().state, State::OnHold);
        assert!(matches!(office.act(head, &id, Step::Approve, ""), Err(Refusal::NotAllowed(_))));
        assert_eq!(office.act(head, &id, Step::Resume, "").unwrap().state, State::Verified);
    });
}

#[test]
fn a_withdrawn_claim_frees_the_deceased_for_a_new_one() {
    on_both_engines(|office| {
        let id = office.file(&a_claim()).unwrap().claim.id;
        assert!(matches!(office.file(&a_claim().with_key("kedua")), Err(Refusal::DeceasedHasClaim)));
        office.act(office.who("operator.wonotunggal"), &id, Step::Withdraw, "Keluarga menarik permohonan").unwrap();
        let again = office.file(&a_claim().with_key("ketiga")).unwrap();
        assert_eq!(again.claim.verdict, Verdict::Eligible, "{:?}", again.findings);
    });
}

#[test]
fn the_same_claim_sent_twice_is_one_claim() {
    on_both_engines(|office| {
        let first = office.file(&a_claim()).unwrap();
        let traces = office.traces();
        let again = office.file(&a_claim()).unwrap();
        assert_eq!((again.claim.id, again.repeated), (first.claim.id, true));
        assert!(matches!(office.file(&a_claim().of_family(1).with_key("kunci-0")), Err(Refusal::KeyReused)));
        assert_eq!(office.traces(), traces);
    });
}

#[test]
fn steps_that_write_more_than_a_state_have_their_own_door() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let traces = office.traces();
        for (who, step, from) in [
            ("bendahara", Step::Decree, State::Approved),
            ("bendahara", Step::Pay, State::Approved),
            ("kepala.dinas", Step::Queue, State::Approved),
            ("operator.wonotunggal", Step::Resubmit, State::Approved),
        ] {
            let refused = office.act(office.who(who), &id, step, "tanpa pintu sendiri");
            assert!(matches!(refused, Err(Refusal::NotAllowed(pair)) if pair == NotAllowed { from, step }), "{step:?} {refused:?}");
        }
        assert_eq!((office.claim(&id).state, office.traces()), (State::Approved, traces));
    });
}
