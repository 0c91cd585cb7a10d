//! Is this the same person? The officer's answer, and what follows from it.

use santunan::domain::claim::Step;
use santunan::domain::crosscheck::{Beside, FindingCode, Sameness, Severity};
use santunan::domain::identity::PersonName;
use santunan::store::claims::Claim;
use santunan::workflow::{Judgement, Refusal, answer_identity, pairs_of, work_due};

use crate::support::{AClaim, Office, a_claim, on_both_engines};

const REASON: &str = "KK asli dan keterangan kepala dusun";

/// The same family's claim again, with a number that is in no register and so escapes the index.
fn again() -> AClaim {
    a_claim().with_key("kedua").deceased_nik("3325011003509199")
}

fn answer(office: &Office, who: &str, claim: &Claim, beside: Beside, sameness: Sameness) -> Result<Severity, Refusal> {
    let judgement = Judgement { claim_id: &claim.id, beside, sameness, reason: REASON };
    let answered = answer_identity(&office.desk, office.who(who), &judgement)?;
    let found = answered.findings.iter().find(|f| f.code == FindingCode::KlaimGandaMirip).expect("still told, if only as a note");
    assert!(found.sentence.contains("VERIFIKATOR"), "{}", found.sentence);
    Ok(found.severity)
}

fn pairs(office: &Office, claim: &Claim) -> Vec<Beside> {
    let found = office.desk.store.read::<_, Refusal>(|conn| {
        let pack = office.desk.pack(conn, &office.code)?;
        pairs_of(conn, &pack, claim)
    });
    found.unwrap().into_iter().map(|pair| pair.beside).collect()
}

#[test]
fn an_answer_settles_a_likely_duplicate_and_is_used_the_next_time() {
    on_both_engines(|office| {
        let first = office.file(&a_claim()).unwrap().claim;
        let filed = office.file(&again()).unwrap();
        assert!(filed.findings.iter().any(|f| (f.code, f.severity) == (FindingCode::KlaimGandaMirip, Severity::Review)));
        let second = filed.claim;
        let beside = Beside::Claim(first.code.clone());
        assert!(pairs(office, &second).contains(&beside));
        assert_eq!(answer(office, "verifikator", &second, beside.clone(), Sameness::Other).unwrap(), Severity::Note);
        // The last answer counts, and it stays the answer whenever the findings are worked out anew.
        assert_eq!(answer(office, "verifikator", &second, beside.clone(), Sameness::Same).unwrap(), Severity::Block);
        office.act(office.who("kades.wonotunggal"), &second.id, Step::Endorse, "").unwrap();
        assert_eq!(office.claim(&second.id).verdict.code(), "ineligible");
        // The claim is taken back and the person claimed for anew: nobody has to answer again.
        office.act(office.who("operator.wonotunggal"), &second.id, Step::Withdraw, "keluarga meminta ditarik").unwrap();
        let third = office.file(&again().with_key("ketiga")).unwrap();
        assert!(third.findings.iter().any(|f| (f.code, f.severity) == (FindingCode::KlaimGandaMirip, Severity::Block)));
        office.audit().unwrap();
    });
}

#[test]
fn a_row_that_is_another_person_is_not_taken_again() {
    on_both_engines(|office| {
        let filed = office.file(&again()).unwrap();
        assert!(filed.findings.iter().any(|f| f.code == FindingCode::NikSalahKetik), "{:?}", filed.findings);
        let claim = filed.claim;
        let row = pairs(office, &claim).into_iter().find(|b| matches!(b, Beside::Register(_))).unwrap();
        let judgement = Judgement { claim_id: &claim.id, beside: row.clone(), sameness: Sameness::Other, reason: REASON };
        let answered = answer_identity(&office.desk, office.who("verifikator"), &judgement).unwrap();
        assert!(answered.findings.iter().all(|f| f.code != FindingCode::NikSalahKetik));
        assert!(answered.findings.iter().any(|f| f.code == FindingCode::NikTidakDitemukan));
        let same = Judgement { sameness: Sameness::Same, ..judgement };
        let answered = answer_identity(&office.desk, office.who("verifikator"), &same).unwrap();
        let slip = answered.findings.iter().find(|f| f.code == FindingCode::NikSalahKetik).unwrap();
        assert!(slip.sentence.contains("sudah pasti"), "{}", slip.sentence);
    });
}

#[test]
fn who_filed_or_is_no_verifier_may_not_answer_and_nothing_is_left_of_the_try() {
    on_both_engines(|office| {
        let first = office.file(&a_claim()).unwrap().claim;
        let second = office.file(&again()).unwrap().claim;
        let beside = Beside::Claim(first.code);
        let before = office.traces();
        for who in ["operator.wonotunggal", "kades.wonotunggal", "kepala.dinas", "inspektorat"] {
            assert!(matches!(answer(office, who, &second, beside.clone(), Sameness::Other), Err(Refusal::NotYourRole)), "{who}");
        }
        let unknown = Beside::Claim("BTG-LAIN".into());
        assert!(matches!(answer(office, "verifikator", &second, unknown, Sameness::Other), Err(Refusal::NotFound)));
        let short = Judgement { claim_id: &second.id, beside: beside.clone(), sameness: Sameness::Same, reason: "ya" };
        assert!(matches!(answer_identity(&office.desk, office.who("verifikator"), &short), Err(Refusal::ReasonMissing)));
        // The clerk under a second account is still the clerk.
        let clerk = office.who("operator.wonotunggal");
        let (nik, card) = (clerk.nik.clone().unwrap(), clerk.family_card.clone().unwrap());
        let double = office.hire("verifikator.dua", santunan::domain::access::Role::Verifier, "33.25", nik.expose(), card.expose());
        let judgement = Judgement { claim_id: &second.id, beside, sameness: Sameness::Other, reason: REASON };
        assert!(matches!(answer_identity(&office.desk, &double, &judgement), Err(Refusal::SamePerson(_))));
        assert_eq!(office.traces(), before);
    });
}

#[test]
fn an_answer_lapses_when_the_claim_is_repaired_to_say_somebody_else() {
    on_both_engines(|office| {
        let first = office.file(&a_claim()).unwrap().claim;
        let second = office.file(&again()).unwrap().claim;
        answer(office, "verifikator", &second, Beside::Claim(first.code), Sameness::Same).unwrap();
        office.act(office.who("kades.wonotunggal"), &second.id, Step::Return, "nama belum sesuai KK").unwrap();
        let name = PersonName::parse("DULKARIM HASAN").unwrap();
        let repaired = again().but(move |content| content.deceased.name = name.clone()).submission();
        let version = office.claim(&second.id).version;
        let filed = santunan::workflow::resubmit(&office.desk, office.who("operator.wonotunggal"), &second.id, version, &repaired).unwrap();
        assert!(filed.findings.iter().all(|f| f.code != FindingCode::KlaimGandaMirip), "{:?}", filed.findings);
        assert_eq!(work_due(&office.desk).unwrap().dead, 0);
    });
}
