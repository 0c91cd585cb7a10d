//! An approved claim makes a death known for good, and nobody pays a dead heir in silence.

use santunan::domain::claim::{State, Step};
use santunan::domain::crosscheck::FindingCode;
use santunan::domain::identity::Nik;
use santunan::domain::register::{Death, ResidentStatus};
use santunan::domain::undo::Ground;
use santunan::store::payee_alerts::{self, PayeeAlert};
use santunan::store::{StoreError, deaths, events, history, register};
use santunan::workflow::crosscheck::{Submission, gather};
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::money::{Answer, ByHand, Release, check_order, lock_decree, make_order, record_by_hand, release_order};
use santunan::workflow::{Refusal, work_due};

use crate::support::{AClaim, Office, PASSWORD, a_claim, june, on_both_engines, register_file, register_text};

/// The deceased of family 0, in its register row.
const NIK: &str = "3325011003509100";
/// Another number of the same person, one slip away.
const SLIPPED: &str = "3325011003509199";

fn nik(text: &str) -> Nik {
    Nik::parse(text).unwrap()
}

fn release(office: &Office, text: &str, day: u32) {
    let file_name = format!("rilis-{day}.csv");
    let mut file = register_file(text);
    let origin = Origin { source: "DTSEN (uji)", released_on: june(day), file_name: &file_name, file: &mut file };
    import_register(&office.desk, office.who("admin"), origin, || ()).unwrap();
}

impl Office {
    fn deaths(&self, number: &str) -> Vec<Death> {
        self.desk.store.read(|conn| deaths::of_nik(conn, &self.code, &nik(number))).unwrap()
    }

    fn codes(&self, id: &str) -> Vec<FindingCode> {
        self.desk.store.read(|conn| events::findings(conn, id)).unwrap().into_iter().map(|f| f.code).collect()
    }

    fn alerts(&self) -> Vec<PayeeAlert> {
        self.desk.store.read(|conn| payee_alerts::open(conn, self.who("bendahara"))).unwrap()
    }
}

/// A claim of another family whose heir is the deceased of family 0.
fn with_the_dead_as_heir(family: usize) -> AClaim {
    let dead = a_claim().submission().content.deceased;
    a_claim().of_family(family).but(move |content| {
        content.heirs[0].name = dead.name.clone();
        content.heirs[0].nik = dead.nik.clone();
        content.heirs[0].family_card = dead.family_card.clone();
    })
}

#[test]
fn the_list_of_the_dead_has_everybody_a_payment_would_stop_at() {
    on_both_engines(|office| {
        let dead = || office.desk.store.read(|conn| deaths::numbers_of_dead(conn, &office.code)).unwrap();
        let other = a_claim().of_family(1).submission().content.deceased.nik.number.unwrap();
        assert!(!dead().contains(NIK) && !dead().contains(other.expose()));
        // The claim names the number with a slip; the row that was found has the right one.
        let id = office.file(&a_claim().deceased_nik(SLIPPED)).unwrap().claim.id;
        assert!(dead().contains(NIK) && dead().contains(SLIPPED), "the deceased of a claim, and their row");
        office.act(office.who("operator.wonotunggal"), &id, Step::Withdraw, "keluarga meminta ditarik").unwrap();
        assert!(!dead().contains(NIK) && !dead().contains(SLIPPED), "a claim that was withdrawn says nothing");
        office.approved(&a_claim().of_family(1));
        assert!(dead().contains(other.expose()), "a death that an approval made known");
    });
}

#[test]
fn an_approval_records_the_death_of_the_row_that_was_found_and_no_import_undoes_it() {
    on_both_engines(|office| {
        let id = office.verified(&a_claim().deceased_nik(SLIPPED));
        assert_eq!(office.deaths(NIK), [], "verified is not approved");
        office.act(office.who("kepala.dinas"), &id, Step::Approve, "").unwrap();
        let recorded = office.deaths(NIK);
        let [death] = recorded.as_slice() else { panic!("{recorded:?}") };
        assert_eq!((death.register_id.as_str(), death.died_on), ("UJI00A", Some(june(15))));
        assert_eq!((death.claim_code.clone(), death.dataset.name.as_str()), (office.claim(&id).code, "permohonan"));
        assert_eq!(office.deaths(SLIPPED), [], "the number on the form is nobody's");
        release(office, &register_text().replace(",2,HIDUP", ",3,HIDUP"), 20);
        assert_eq!(office.deaths(NIK), recorded);
        let seen = office.desk.store.read::<_, StoreError>(|conn| {
            let rows = register::by_nik(conn, &office.code, &nik(NIK))?;
            let known = deaths::about(conn, &office.code, &rows)?;
            Ok(rows.into_iter().map(|row| row.with_deaths(&known).status).collect::<Vec<_>>())
        });
        assert_eq!(seen.unwrap(), [ResidentStatus::Dead]);
    });
}

#[test]
fn a_refused_or_annulled_claim_leaves_no_death() {
    on_both_engines(|office| {
        let head = office.who("kepala.dinas");
        let refused = office.verified(&a_claim());
        office.act(head, &refused, Step::Reject, "tidak memenuhi ketentuan").unwrap();
        assert_eq!(office.deaths(NIK), []);
        let annulled = office.approved(&a_claim().with_key("kedua"));
        let open = office.file(&with_the_dead_as_heir(1)).unwrap().claim.id;
        assert!(office.codes(&open).contains(&FindingCode::AhliWarisSudahMeninggal));
        office.annulled(&annulled, Ground::PersonAlive);
        assert_eq!(office.deaths(NIK), []);
        work_due(&office.desk).unwrap();
        assert!(!office.codes(&open).contains(&FindingCode::AhliWarisSudahMeninggal));
    });
}

#[test]
fn where_nobody_was_found_in_the_register_the_claimed_number_stands_for_the_person() {
    on_both_engines(|office| {
        let unknown = "9471016502509123";
        let id = office.verified(&a_claim().but(|content| {
            content.deceased.name = santunan::domain::identity::PersonName::parse("YOHANES WAROMI").unwrap();
            content.deceased.mother.clear();
            content.deceased.nik = santunan::domain::claim::ClaimedNik::take("9471016502509123");
            content.deceased.born_on = None;
            content.deceased.family_card = None;
        }));
        office.act(office.who("kepala.dinas"), &id, Step::Approve, "dipastikan dengan akta kematian").unwrap();
        assert_eq!(office.deaths(unknown).iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["YOHANES WAROMI"]);
    });
}

#[test]
fn a_claim_is_no_witness_against_itself() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let claim = office.claim(&id);
        let own = office.desk.store.read::<_, StoreError>(|conn| {
            let sequence = history::sequence_of(conn, &office.code, &claim.code)?.unwrap();
            let submission = Submission { office: &office.code, clerk: "x", filed_on: june(22), before_sequence: sequence };
            let later = Submission { before_sequence: sequence + 1, ..submission };
            let status = |facts: santunan::domain::crosscheck::CrosscheckFacts| facts.person.row().map(|row| row.status);
            Ok((status(gather(conn, &submission, &claim.content)?), status(gather(conn, &later, &claim.content)?)))
        });
        assert_eq!(own.unwrap(), (Some(ResidentStatus::Alive), Some(ResidentStatus::Dead)));
        // Stopped after its approval, it is looked at like any open claim.
        office.act(office.who("kepala.dinas"), &id, Step::Hold, "menunggu surat keluarga").unwrap();
        release(office, &register_text().replace("SUMIATI", "SUMIYATI"), 20);
        work_due(&office.desk).unwrap();
        let accusing = [FindingCode::SudahMeninggalLama, FindingCode::TglMeninggalBeda, FindingCode::KlaimGandaNik];
        assert!(!office.codes(&id).iter().any(|code| accusing.contains(code)), "{:?}", office.codes(&id));
    });
}

#[test]
fn an_approval_reaches_the_claims_whose_heir_has_died_whenever_they_were_filed() {
    on_both_engines(|office| {
        let before = office.file(&with_the_dead_as_heir(1)).unwrap().claim.id;
        assert!(!office.codes(&before).contains(&FindingCode::AhliWarisSudahMeninggal));
        office.approved(&a_claim());
        work_due(&office.desk).unwrap();
        assert!(office.codes(&before).contains(&FindingCode::AhliWarisSudahMeninggal));
        let after = office.file(&with_the_dead_as_heir(2)).unwrap().claim.id;
        let found = office.desk.store.read(|conn| events::findings(conn, &after)).unwrap();
        let heir = found.iter().find(|f| f.code == FindingCode::AhliWarisSudahMeninggal).unwrap();
        assert!(heir.registered.starts_with("almarhum pada ") && heir.dataset == "permohonan", "{heir:?}");
        assert_eq!(office.alerts(), [], "nothing of these is to be paid");
    });
}

/// Makes the heir of family 0 dead in a new release.
fn heir_dies(office: &Office) {
    let old = "1975-06-10,P,ANAK,PEDAGANG,SUMIATI,DUKUH GONDANG,006,002,33.25.01.2006,2,HIDUP";
    let text = register_text();
    assert!(text.contains(old), "{text}");
    release(office, &text.replace(old, &old.replace("HIDUP", "MENINGGAL")), 20);
    work_due(&office.desk).unwrap();
}

#[test]
fn a_dead_payee_is_seen_before_the_decree_and_stays_off_it() {
    on_both_engines(|office| {
        let [dead, living] = [office.approved(&a_claim()), office.approved(&a_claim().of_family(1))];
        let before = office.codes(&dead);
        heir_dies(office);
        let code = office.claim(&dead).code;
        let alerts = office.alerts();
        assert_eq!(alerts.iter().map(|a| (a.claim_code.as_str(), a.decreed)).collect::<Vec<_>>(), [(code.as_str(), false)]);
        assert_eq!(office.codes(&dead), before, "a decision keeps its findings");
        let decreed = lock_decree(&office.desk, office.who("bendahara"), "").unwrap();
        assert_eq!(decreed.decree.items.iter().map(|item| &item.claim_id).collect::<Vec<_>>(), [&living]);
        assert!(matches!(decreed.left_out.as_slice(), [(left, why)] if *left == code && why.contains("sudah meninggal")));
        assert_eq!(office.claim(&dead).state, State::Approved);
        office.annulled(&dead, Ground::PayeeDied);
        assert_eq!(office.alerts(), []);
        office.audit().unwrap();
    });
}

#[test]
fn a_payee_who_dies_after_the_decree_is_paid_only_with_a_word() {
    on_both_engines(|office| {
        let id = office.approved(&a_claim());
        let finance = office.who("bendahara");
        let decree = office.decreed();
        heir_dies(office);
        let code = office.claim(&id).code;
        assert!(office.alerts().iter().all(|alert| alert.decreed && alert.claim_code == code) && office.alerts().len() == 1);
        let before = office.traces();
        for reason in ["", "ya sudah"] {
            let refused = make_order(&office.desk, finance, &decree.id, reason);
            assert!(matches!(&refused, Err(Refusal::PayeeDead(codes)) if *codes == [code.clone()]), "{refused:?}");
        }
        assert_eq!(office.traces(), before);
        let reason = "Dibayarkan tunai kepada ahli waris pengganti, surat desa 474/12";
        let ordered = make_order(&office.desk, finance, &decree.id, reason).unwrap();
        assert_eq!(ordered.payees_dead, [code]);
        // The word that was given with the order holds; whoever releases it may say more.
        office.papers(&ordered.order);
        let checked = check_order(&office.desk, office.who("ppk"), &ordered.order.id, ordered.order.version).unwrap();
        let release = Release { order_id: &ordered.order.id, expected_version: checked.version, password: PASSWORD, reason: "" };
        let released = release_order(&office.desk, office.who("kuasa.bud"), &release).unwrap();
        assert_eq!((released.payees_dead.len(), released.order.reason.as_str()), (1, reason));
        let paid = ByHand {
            item_id: &released.order.items[0].id,
            expected_version: released.order.items[0].version,
            answer: Answer::Paid,
            on: june(22),
            evidence: "kuitansi bertanda tangan",
        };
        record_by_hand(&office.desk, finance, &paid).unwrap();
        assert_eq!(office.alerts(), [], "it is paid");
        office.audit().unwrap();
    });
}
