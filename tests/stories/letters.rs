//! Letters: numbers without gaps, bytes that never change, nothing half done.

use santunan::domain::audit::sha256_hex;
use santunan::domain::claim::{State, Step};
use santunan::store::{letters, outbox};
use santunan::workflow::money::lock_decree;
use santunan::workflow::{Refusal, pdf_of};

use crate::support::{Office, a_claim, now, on_both_engines};

/// Sequence numbers issued so far of one kind.
fn numbers(office: &Office, kind: &str) -> Vec<i64> {
    office.letters().iter().filter(|letter| letter.kind == kind).map(|letter| letter.sequence).collect()
}

/// The office forgets who its treasurer is, who signs the list.
fn without_a_treasurer(office: &Office) {
    office
        .sql("UPDATE packs SET source = replace(source, 'role = \"treasurer\"', 'role = \"pptk\"'), sha256 = 'lain' WHERE kind = 'office'")
        .unwrap();
}

#[test]
fn a_refused_act_leaves_no_gap_and_no_trace() {
    on_both_engines(|office| {
        office.file(&a_claim()).unwrap();
        let traces = office.traces();
        assert!(office.sql("CREATE UNIQUE INDEX one_mail ON outbox (office_id)").is_ok());
        let broken = office.file(&a_claim().of_family(1));
        assert!(matches!(broken, Err(Refusal::Store(_))), "{broken:?}");
        office.sql("DROP INDEX one_mail").unwrap();
        assert_eq!(office.traces(), traces);
        office.file(&a_claim().of_family(1)).unwrap();
        assert_eq!(numbers(office, "tanda_terima"), [1, 2]);
    });
}

#[test]
fn every_kind_counts_for_itself() {
    on_both_engines(|office| {
        for family in [0, 1] {
            office.approved(&a_claim().of_family(family));
        }
        office.sent();
        for (kind, expected) in [
            ("tanda_terima", &[1, 2][..]),
            ("sk_penetapan", &[1]),
            ("nominatif", &[1]),
            ("nominatif_samar", &[1]),
            ("perintah_bayar", &[1]),
            ("kuitansi", &[1, 2]),
            ("pemberitahuan", &[1, 2]),
        ] {
            assert_eq!(numbers(office, kind), expected, "{kind}");
        }
        for letter in office.letters() {
            let bytes = pdf_of(&office.desk, &letter).unwrap();
            let kept = office.desk.store.read(|conn| letters::by_id(conn, &letter.id)).unwrap();
            assert_eq!((Some(sha256_hex(&bytes)), &bytes[..5]), (kept.drawn_sha256, &b"%PDF-"[..]));
        }
    });
}

#[test]
fn a_letter_that_cannot_be_written_rightly_stops_its_act() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        without_a_treasurer(office);
        let traces = office.traces();
        let refused = lock_decree(&office.desk, office.who("bendahara"), "");
        assert!(matches!(refused, Err(Refusal::Settings(_) | Refusal::Letter(_))), "{refused:?}");
        assert_eq!((office.claim(&id).state, office.position().decreed.whole(), office.traces()), (State::Approved, 0, traces));
    });
}

#[test]
fn a_letter_with_a_missing_field_stops_its_act() {
    on_both_engines(|office| {
        let traces = office.traces();
        let refused = office.file(&a_claim().but(|content| content.heirs.clear()));
        assert!(matches!(refused, Err(Refusal::Letter(_))), "{refused:?}");
        assert_eq!(office.traces(), traces);
    });
}

#[test]
fn a_mail_is_queued_with_its_act_and_only_then() {
    on_both_engines(|office| {
        let id = office.file(&a_claim()).unwrap().claim.id;
        let due = |office: &Office| office.desk.store.read(|conn| outbox::due(conn, now(), 10)).unwrap();
        let first = due(office);
        assert_eq!(first.len(), 1);
        let receipt = office.letters().remove(0);
        assert_eq!(first[0].letter_id.as_ref(), Some(&receipt.id));
        assert!(office.act(office.who("kades.wonotunggal"), &id, Step::Return, "-").is_err());
        assert_eq!(due(office).len(), 1);
        office.act(office.who("kades.wonotunggal"), &id, Step::Return, "Surat kematian belum ditandatangani").unwrap();
        assert_eq!(due(office).len(), 2);
    });
}
