//! A claim that came after its deadline, and somebody who accepts it.

use santunan::domain::claim::Step;
use santunan::domain::crosscheck::{FindingCode, Severity, Verdict};
use santunan::store::events;
use santunan::workflow::{Refusal, waive_lateness};

use crate::support::{Office, a_claim, on_both_engines};

const WHY: &str = "Jalan desa terputus banjir selama dua minggu.";

fn lateness(office: &Office, id: &str) -> Option<Severity> {
    let findings = office.desk.store.read(|conn| events::findings(conn, id)).unwrap();
    findings.iter().find(|finding| finding.code == FindingCode::Lewat60Hari).map(|finding| finding.severity)
}

#[test]
fn a_late_claim_is_accepted_by_whom_the_rules_name_with_a_reason_and_once() {
    on_both_engines(|office| {
        let id = office.file(&a_claim().died_on("2026-04-20")).unwrap().claim.id;
        assert_eq!((lateness(office, &id), office.claim(&id).verdict), (Some(Severity::Block), Verdict::Ineligible));
        let waive = |who: &str, reason| waive_lateness(&office.desk, office.who(who), &id, office.claim(&id).version, reason);
        for who in ["operator.wonotunggal", "kades.wonotunggal", "verifikator", "bendahara", "admin"] {
            assert!(matches!(waive(who, WHY), Err(Refusal::NotYourRole)), "{who}");
        }
        assert!(matches!(waive("kepala.dinas", " ya "), Err(Refusal::ReasonMissing)));
        assert!(matches!(waive_lateness(&office.desk, office.who("kepala.dinas"), &id, 99, WHY), Err(Refusal::Stale)));
        let findings = waive("kepala.dinas", WHY).unwrap();
        let note = findings.iter().find(|finding| finding.code == FindingCode::Lewat60Hari).unwrap();
        assert!(note.sentence.contains("3 hari setelah batas 60 hari") && note.sentence.contains(WHY), "{}", note.sentence);
        assert_eq!((lateness(office, &id), office.claim(&id).verdict), (Some(Severity::Note), Verdict::Eligible));
        assert!(matches!(waive("kepala.dinas", WHY), Err(Refusal::NotLate)));
        office.audit().unwrap();
    });
}

#[test]
fn an_accepted_lateness_holds_when_the_claim_is_checked_again() {
    on_both_engines(|office| {
        let id = office.file(&a_claim().died_on("2026-04-20")).unwrap().claim.id;
        waive_lateness(&office.desk, office.who("kepala.dinas"), &id, 1, WHY).unwrap();
        office.act(office.who("kades.wonotunggal"), &id, Step::Endorse, "").unwrap();
        office.act(office.who("verifikator"), &id, Step::Verify, "").unwrap();
        assert_eq!((lateness(office, &id), office.claim(&id).verdict), (Some(Severity::Note), Verdict::Eligible));
    });
}

#[test]
fn a_claim_in_time_has_nothing_to_accept() {
    on_both_engines(|office| {
        let id = office.file(&a_claim().died_on("2026-04-23")).unwrap().claim.id;
        let accepted = waive_lateness(&office.desk, office.who("kepala.dinas"), &id, 1, WHY);
        assert!(matches!(accepted, Err(Refusal::NotLate)));
        assert_eq!(office.claim(&id).verdict, Verdict::Eligible);
    });
}
