//! Findings are worked out anew when something changes, and decisions can be worked out again from what they rested on.

use santunan::domain::audit::sha256_hex;
use santunan::domain::claim::{State, Step};
use santunan::domain::crosscheck::{FindingCode, Severity};
use santunan::store::{DatabaseUrl, StoreError, events, tasks};
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::{Worked, replay, work_due};

use crate::support::{Office, a_claim, june, on_both_engines, register_file, register_text};

fn codes(office: &Office, id: &str) -> Vec<FindingCode> {
    let found = office.desk.store.read(|conn| events::findings(conn, id)).unwrap();
    found.into_iter().map(|f| f.code).collect()
}

/// A newer release, with one word of the register replaced.
fn new_release(office: &Office, old: &str, new: &str) {
    let text = register_text();
    assert!(text.contains(old), "{old}");
    let text = text.replace(old, new);
    let mut file = register_file(&text);
    let origin = Origin { source: "DTSEN (uji)", released_on: june(10), file_name: "baru.csv", file: &mut file };
    import_register(&office.desk, office.who("admin"), origin, || ()).unwrap();
}

fn work(office: &Office) -> Worked {
    let worked = work_due(&office.desk).unwrap();
    assert_eq!((worked.put_off, worked.dead), (0, 0));
    assert!(office.desk.store.read(|conn| tasks::open(conn, &office.code)).unwrap().is_empty());
    worked
}

#[test]
fn a_new_release_changes_open_claims_and_leaves_decided_ones() {
    on_both_engines(|office| {
        let open = office.file(&a_claim()).unwrap().claim;
        let decided = office.approved(&a_claim().of_family(1));
        work(office);
        assert!(!codes(office, &open.id).contains(&FindingCode::TidakMiskin));
        let before = codes(office, &decided);
        new_release(office, ",2,HIDUP", ",9,HIDUP");
        assert!(!codes(office, &open.id).contains(&FindingCode::TidakMiskin), "the act itself does not wait for it");
        assert_eq!(work(office).done, 1);
        assert!(codes(office, &open.id).contains(&FindingCode::TidakMiskin));
        assert_eq!(office.claim(&open.id).verdict.code(), "ineligible");
        assert_eq!(codes(office, &decided), before);
        // The same again changes nothing and adds nothing.
        let after = codes(office, &open.id);
        new_release(office, ",2,HIDUP", ",9,HIDUP");
        work(office);
        assert_eq!(codes(office, &open.id), after);
        office.audit().unwrap();
    });
}

#[test]
fn a_claim_that_falls_clears_the_ones_it_cast_a_shadow_on() {
    on_both_engines(|office| {
        let first = office.file(&a_claim()).unwrap().claim;
        let again = a_claim().with_key("kedua").deceased_nik("3325011003509199");
        let second = office.file(&again).unwrap().claim;
        work(office);
        assert!(codes(office, &second.id).contains(&FindingCode::KlaimGandaMirip));
        office.act(office.who("operator.wonotunggal"), &first.id, Step::Withdraw, "keluarga meminta ditarik").unwrap();
        assert_eq!(work(office).done, 1);
        assert!(!codes(office, &second.id).contains(&FindingCode::KlaimGandaMirip));
    });
}

#[test]
fn every_decision_can_be_worked_out_again_though_the_data_have_moved_on() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let code = office.claim(&id).code;
        new_release(office, ",2,HIDUP", ",9,HIDUP");
        work(office);
        let again = replay(&office.desk, &code).unwrap();
        let steps: Vec<&str> = again.decisions.iter().map(|d| d.step.as_str()).collect();
        assert_eq!(steps, ["file", "verify", "approve"]);
        assert!(again.decisions.iter().all(|d| d.proves() && !d.other_engine() && !d.rows.is_empty()));
        assert!(again.today.findings.iter().any(|f| (f.code, f.severity) == (FindingCode::TidakMiskin, Severity::Block)));
        assert!(!again.today.changed_rows.is_empty(), "the rows say something else now");
        assert_eq!(office.claim(&id).state, State::Approved);
    });
}

#[test]
fn a_snapshot_that_was_touched_is_noticed_even_with_its_own_hash_mended() {
    on_both_engines(|office| {
        let claim = office.file(&a_claim()).unwrap().claim;
        for touch in ["UPDATE finding_snapshots SET step = 'x'", "DELETE FROM finding_snapshots", "DELETE FROM kept_policies"] {
            assert!(matches!(office.sql(touch), Err(StoreError::Db(_))), "{touch}");
        }
        // Whoever owns the database takes the trigger away first.
        let on_table = if matches!(office.database.url(), DatabaseUrl::Postgres(_)) { " ON finding_snapshots" } else { "" };
        office.sql(&format!("DROP TRIGGER finding_snapshots_no_update{on_table}")).unwrap();
        office.sql("UPDATE finding_snapshots SET content = replace(content, '\"decile\":2', '\"decile\":1')").unwrap();
        assert!(!replay(&office.desk, &claim.code).unwrap().decisions[0].intact);
        // Whoever also mends the hash is betrayed by the audit trail.
        let kept = office.desk.store.read(|conn| santunan::store::snapshots::of_claim(conn, &claim.id)).unwrap();
        let whole = kept[0].content.replace("\"decile\":1", "\"decile\":3");
        let hash = sha256_hex(whole.as_bytes());
        office.sql(&format!("UPDATE finding_snapshots SET content = '{}', sha256 = '{hash}'", whole.replace('\'', "''"))).unwrap();
        let again = replay(&office.desk, &claim.code).unwrap();
        assert!(!again.decisions[0].intact && !again.decisions[0].proves());
    });
}

#[test]
fn many_open_claims_are_looked_at_in_batches_and_none_is_left_out() {
    on_both_engines(|office| {
        let ids: Vec<String> = (0..12).map(|n| office.file(&a_claim().of_family(n)).unwrap().claim.id).collect();
        new_release(office, ",2,HIDUP", ",9,HIDUP");
        work(office);
        assert!(ids.iter().all(|id| codes(office, id).contains(&FindingCode::TidakMiskin)));
    });
}
