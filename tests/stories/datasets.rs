//! Releases beside each other: newer, older, twice, in disagreement, and what they say of the day of a death.

use chrono::NaiveDate;
use santunan::domain::claim::ClaimContent;
use santunan::domain::crosscheck::{CrosscheckFacts, FindingCode, run};
use santunan::domain::identity::Nik;
use santunan::domain::linkage::{PersonRecord, match_keys};
use santunan::domain::policy::PolicyPack;
use santunan::domain::register::{Field, Resident, ResidentStatus, Standing};
use santunan::exchange::pack::included;
use santunan::store::{StoreError, deaths, match_model, register, releases};
use santunan::workflow::Refusal;
use santunan::workflow::crosscheck::{Submission, gather};
use santunan::workflow::import::{Imported, Origin, import_register};
use santunan::workflow::model::of_office;

use crate::support::{Office, a_claim, on_both_engines, register_file};

const HEAD: &str = "id_dtsen,nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,desil,status,tgl_meninggal\n";
const ANI: &str = "3325015505809801";
const BUDI: &str = "3325010101709802";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ani(decile: &str, status: &str) -> String {
    format!("R1,{ANI},3325010101109801,ANI ROKHANAH,1980-05-15,P,33.25.01.2006,{decile},{status}\n")
}

fn budi() -> String {
    format!("R2,{BUDI},3325010101109801,BUDI SANTOSO,1970-01-01,L,33.25.01.2006,2,HIDUP,\n")
}

/// Somebody else, so that a release with the same two people is another file.
fn neighbour() -> String {
    "R3,3325014104659803,3325010101109803,WARSINAH,1965-04-01,P,33.25.01.2006,3,HIDUP,\n".to_owned()
}

/// Decile, seen from, superseded on, vanished on.
type Line = (Option<u8>, String, Option<String>, Option<String>);

impl Office {
    fn release(&self, source: &str, on: &str, lines: &[String]) -> Result<Imported, Refusal> {
        let text = HEAD.to_owned() + &lines.concat();
        let mut file = register_file(&text);
        import_register(
            &self.desk,
            self.who("admin"),
            Origin { source, released_on: day(on), file_name: "rilis.csv", file: &mut file },
            || (),
        )
    }

    fn of_nik(&self, nik: &str) -> Vec<Resident> {
        self.desk.store.read(|conn| register::by_nik(conn, &self.code, &Nik::parse(nik).unwrap())).unwrap()
    }

    fn told(&self, nik: &str) -> Vec<Line> {
        let told = self.desk.store.read(|conn| register::ever_with_nik(conn, &self.code, &Nik::parse(nik).unwrap())).unwrap();
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        told.into_iter()
            .map(|t| {
                (t.resident.decile, t.version.seen_from.to_string(), text(t.version.end.superseded_on), text(t.version.end.vanished_on))
            })
            .collect()
    }

    fn facts(&self, content: &ClaimContent) -> CrosscheckFacts {
        let submission = Submission { office: &self.code, clerk: "operator", filed_on: day("2026-06-20"), before_sequence: 1_000 };
        self.desk.store.read(|conn| gather(conn, &submission, content)).unwrap()
    }
}

/// A claim for Ani.
fn of_ani(died_on: &str) -> ClaimContent {
    let mut content = a_claim().submission().content;
    content.deceased.name = santunan::domain::identity::PersonName::parse("ANI ROKHANAH").unwrap();
    content.deceased.nik = santunan::domain::claim::ClaimedNik::take(ANI);
    content.deceased.born_on = Some(day("1980-05-15"));
    content.deceased.sex = santunan::domain::identity::Sex::parse("P");
    content.deceased.family_card = None;
    content.death.died_on = day(died_on);
    content
}

fn dated(from: &str, superseded: Option<&str>, vanished: Option<&str>, decile: u8) -> (Option<u8>, String, Option<String>, Option<String>) {
    (Some(decile), from.into(), superseded.map(Into::into), vanished.map(Into::into))
}

#[test]
fn a_newer_release_keeps_what_it_repeats_and_supersedes_what_it_changes() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi()]).unwrap();
        let second = office.release("SIKS", "2026-04-01", &[ani("6", "HIDUP,"), budi()]).unwrap().intake;
        assert_eq!((second.added, second.changed, second.unchanged, second.vanished, second.late), (0, 1, 1, 0, false));
        assert_eq!(office.told(ANI), [dated("2026-01-01", Some("2026-04-01"), None, 2), dated("2026-04-01", None, None, 6)]);
        assert_eq!(office.of_nik(ANI).iter().map(|row| row.decile).collect::<Vec<_>>(), [Some(6)]);
    });
}

#[test]
fn a_late_release_is_fitted_in_by_its_date() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,")]).unwrap();
        office.release("SIKS", "2026-04-01", &[ani("2", "HIDUP,"), neighbour()]).unwrap();
        let late = office.release("SIKS", "2026-02-01", &[ani("4", "HIDUP,"), budi()]).unwrap().intake;
        assert!(late.late);
        let expected = [
            dated("2026-01-01", Some("2026-02-01"), None, 2),
            dated("2026-02-01", Some("2026-04-01"), None, 4),
            dated("2026-04-01", None, None, 2),
        ];
        assert_eq!(office.told(ANI), expected);
        assert_eq!(office.told(BUDI), [dated("2026-02-01", None, Some("2026-04-01"), 2)]);
        assert_eq!(office.of_nik(ANI)[0].decile, Some(2));
    });
}

#[test]
fn who_vanished_is_still_found_and_may_return() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi()]).unwrap();
        assert_eq!(office.release("SIKS", "2026-04-01", &[budi()]).unwrap().intake.vanished, 1);
        assert_eq!(office.of_nik(ANI).len(), 1);
        let keys = match_keys(&PersonRecord::of(&office.of_nik(ANI)[0]));
        let found = office.desk.store.read(|conn| register::candidates(conn, &office.code, &keys, 10)).unwrap();
        assert_eq!(found.iter().map(|c| c.register_id.as_str()).collect::<Vec<_>>(), ["R1"]);
        office.release("SIKS", "2026-05-01", &[ani("2", "HIDUP,"), budi(), neighbour()]).unwrap();
        let expected = [dated("2026-01-01", Some("2026-05-01"), Some("2026-04-01"), 2), dated("2026-05-01", None, None, 2)];
        assert_eq!(office.told(ANI), expected);
        assert_eq!(office.of_nik(ANI).len(), 1);
    });
}

#[test]
fn a_recorded_death_survives_a_release_that_says_alive() {
    on_both_engines(|office| {
        assert_eq!(office.release("DUKCAPIL", "2026-01-01", &[ani("", "MENINGGAL,2025-12-01")]).unwrap().intake.deaths, 1);
        office.release("DUKCAPIL", "2026-04-01", &[ani("2", "HIDUP,")]).unwrap();
        assert_eq!(office.of_nik(ANI)[0].status, ResidentStatus::Alive, "what the newest release says is not overwritten");
        let content = of_ani("2026-06-01");
        let facts = office.facts(&content);
        let row = facts.person.row().unwrap();
        assert_eq!((row.status, row.died_on), (ResidentStatus::Dead, Some(day("2025-12-01"))));
        let policy = PolicyPack::parse(included::POLICY).unwrap();
        let findings = run(&content, day("2026-06-20"), &facts, policy.for_death(day("2026-06-01")).unwrap());
        assert!(findings.iter().any(|finding| finding.code == FindingCode::SudahMeninggalLama), "{findings:?}");
    });
}

#[test]
fn a_death_under_a_shared_nik_is_not_laid_on_the_other_person() {
    on_both_engines(|office| {
        let other = format!("R9,{ANI},3325010101109899,WAHYU PRASETYO,1961-02-03,L,33.25.01.2006,2,MENINGGAL,2025-01-01\n");
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), other]).unwrap();
        let facts = office.facts(&of_ani("2026-06-01"));
        assert_eq!(facts.person.row().map(|row| row.status), Some(ResidentStatus::Alive));
    });
}

#[test]
fn the_same_file_twice_changes_nothing() {
    on_both_engines(|office| {
        let first = office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi()]).unwrap();
        assert!(first.already.is_none());
        let before = (office.told(ANI), office.traces(), office.desk.store.read(|conn| releases::list(conn, &office.code)).unwrap());
        let again = office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi()]).unwrap();
        assert_eq!(again.already.map(|release| release.released_on), Some(day("2026-01-01")));
        assert_eq!((again.report.read, again.report.accepted), (2, 2));
        let after = (office.told(ANI), office.traces(), office.desk.store.read(|conn| releases::list(conn, &office.code)).unwrap());
        assert_eq!(before, after);
    });
}

#[test]
fn the_same_file_under_a_new_date_is_the_release_in_force_from_then_on() {
    on_both_engines(|office| {
        let lines = [ani("2", "HIDUP,"), budi()];
        office.release("SIKS", "2026-01-01", &lines).unwrap();
        let rows = office.told(ANI);
        let quarter = office.release("SIKS", "2026-04-01", &lines).unwrap();
        assert!(quarter.already.is_none());
        assert_eq!((quarter.intake.unchanged, quarter.intake.added, quarter.intake.changed, quarter.intake.vanished), (2, 0, 0, 0));
        assert_eq!(office.told(ANI), rows, "what is said again has no second version");
        let in_force = |died_on: &str| office.facts(&of_ani(died_on)).poverty.unwrap().dataset.released_on;
        assert_eq!((in_force("2026-03-31"), in_force("2026-04-01")), (Some(day("2026-01-01")), Some(day("2026-04-01"))));
        let again = office.release("SIKS", "2026-04-01", &lines).unwrap();
        assert_eq!(again.already.map(|release| release.released_on), Some(day("2026-04-01")));
    });
}

#[test]
fn a_row_that_stands_in_the_file_twice_is_counted_and_two_people_under_one_id_are_both_kept() {
    on_both_engines(|office| {
        let namesake = ani("2", "HIDUP,").replace("ANI ROKHANAH", "SITI MUNAWAROH");
        let lines = [ani("2", "HIDUP,"), ani("2", "HIDUP,"), namesake, budi()];
        let first = office.release("SIKS", "2026-01-01", &lines).unwrap();
        assert_eq!((first.intake.added, first.report.repeated), (3, 1));
        assert_eq!(office.of_nik(ANI).len(), 2);
        let next = office.release("SIKS", "2026-02-01", &lines[1..]).unwrap().intake;
        assert_eq!((next.unchanged, next.changed, next.vanished), (3, 0, 0));
    });
}

#[test]
fn disagreements_of_sources_are_shown_and_nothing_is_overwritten() {
    on_both_engines(|office| {
        let moved = ani("2", "HIDUP,").replace("33.25.01.2006", "33.25.01.2007").replace("1980-05-15", "1980-05-16");
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,")]).unwrap();
        office.release("DUKCAPIL", "2026-02-01", &[moved.replace(",2,HIDUP,", ",,MENINGGAL,2026-01-20")]).unwrap();
        let found = office.desk.store.read(|conn| register::disagreements(conn, &office.code, &Nik::parse(ANI).unwrap())).unwrap();
        assert_eq!(found.iter().map(|d| d.field).collect::<Vec<_>>(), [Field::BornOn, Field::Status, Field::Village]);
        let status = &found[1].sides;
        assert_eq!(
            status.iter().map(|side| (side.value.as_str(), side.by[0].name.as_str())).collect::<Vec<_>>(),
            [("HIDUP", "SIKS"), ("MENINGGAL", "DUKCAPIL")]
        );
        assert_eq!(office.of_nik(ANI).len(), 2);
    });
}

#[test]
fn poverty_is_what_the_release_in_force_at_death_says() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,")]).unwrap();
        office.release("SIKS", "2026-04-01", &[ani("7", "HIDUP,")]).unwrap();
        let cases = [
            ("2026-03-31", 2, "2026-01-01", Standing::InForce),
            ("2026-04-01", 7, "2026-04-01", Standing::InForce),
            ("2025-12-31", 2, "2026-01-01", Standing::NotYet),
        ];
        for (died_on, decile, release, standing) in cases {
            let facts = office.facts(&of_ani(died_on));
            let witness = facts.poverty.unwrap();
            assert_eq!((witness.resident.decile, witness.standing), (Some(decile), standing), "{died_on}");
            assert_eq!((witness.dataset.name.as_str(), witness.dataset.released_on), ("SIKS", Some(day(release))), "{died_on}");
            assert_eq!(facts.person.row().unwrap().decile, Some(7), "who somebody is, the newest release says");
            assert_eq!(facts.dataset.released_on, Some(day("2026-04-01")));
        }
    });
}

#[test]
fn a_second_source_as_large_as_the_first_leaves_every_index_in_its_place() {
    on_both_engines(|office| {
        let line = |n: usize| format!("S{n},,3325010101109803,WARGA {n},1965-04-01,P,33.25.01.2006,3,HIDUP,\n");
        let lines: Vec<String> = (0..100).map(line).collect();
        assert_eq!(office.release("DTKS", "2026-01-01", &lines).unwrap().intake.added, 100);
        for index in ["person", "nik", "family_card", "key_1", "key_2", "key_3", "key_4", "key_5"] {
            office.sql(&format!("DROP INDEX residents_by_{index}")).unwrap();
        }
    });
}

#[test]
fn a_file_that_breaks_off_leaves_everything_as_it_was() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,")]).unwrap();
        let before = (office.told(ANI), office.traces());
        let release = releases::NewRelease {
            office: office.code.clone(),
            source: "SIKS".into(),
            released_on: day("2026-04-01"),
            file_name: "putus.csv".into(),
            sha256: "putus".into(),
            imported_at: crate::support::now(),
        };
        let changed = Resident { decile: Some(9), ..office.of_nik(ANI)[0].clone() };
        let refused = office.desk.store.write::<(), StoreError>(office.code.as_str(), |tx| {
            register::take_in::<(), StoreError>(tx, &release, |take| {
                take(changed.clone())?;
                Err(StoreError::Stale)
            })?;
            Ok(())
        });
        assert!(matches!(refused, Err(StoreError::Stale)));
        assert_eq!((office.told(ANI), office.traces()), before);
        assert_eq!(office.desk.store.read(|conn| deaths::of_nik(conn, &office.code, &Nik::parse(ANI).unwrap())).unwrap(), []);
    });
}

#[test]
fn the_model_counts_the_rows_of_all_sources_as_they_are_now() {
    on_both_engines(|office| {
        let model = || {
            office.desk.store.read::<_, StoreError>(|conn| {
                let version = match_model::version(conn, &office.code)?;
                let counted = serde_json::to_value(&*of_office(conn, &office.code)?).unwrap()["frequencies"]["rows"].as_i64();
                Ok((version, counted, register::size(conn, &office.code)?))
            })
        };
        let (before, counted, size) = model().unwrap();
        assert_eq!(counted, Some(size));
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi()]).unwrap();
        let (first, counted, _) = model().unwrap();
        assert_eq!(counted, Some(size + 2));
        assert_ne!(first, before);
        // Ani's row is superseded, Budi vanished but is still found, the neighbour is new.
        office.release("SIKS", "2026-04-01", &[ani("6", "HIDUP,"), neighbour()]).unwrap();
        let (second, counted, _) = model().unwrap();
        assert_eq!(counted, Some(size + 3));
        office.release("DUKCAPIL", "2026-04-01", &[ani("", "HIDUP,")]).unwrap();
        let (third, counted, size) = model().unwrap();
        assert_eq!(counted, Some(size), "a person in two sources stands on two rows");
        assert!(first != second && second != third);
        for (on, already) in [("2026-04-01", true), ("2026-05-01", false)] {
            let again = office.release("SIKS", on, &[ani("6", "HIDUP,"), neighbour()]).unwrap();
            assert_eq!((again.already.is_some(), again.intake.moved_rows()), (already, false), "{on}");
            assert_eq!(model().unwrap().0, third, "the very same file again teaches nothing, on {on}");
        }
        office.release("SIKS", "2026-06-01", &[ani("5", "HIDUP,"), neighbour()]).unwrap();
        assert_ne!(model().unwrap().0, third, "a row that changed does");
    });
}

#[test]
fn a_deceased_without_a_number_is_found_and_the_claim_says_how_surely() {
    on_both_engines(|office| {
        office.release("SIKS", "2026-01-01", &[ani("2", "HIDUP,"), budi(), neighbour()]).unwrap();
        let mut content = of_ani("2026-06-01");
        content.deceased.nik = santunan::domain::claim::ClaimedNik::take("332501550580981");
        let facts = office.facts(&content);
        assert_eq!(facts.person.row().map(|row| row.register_id.as_str()), Some("R1"));
        let policy = PolicyPack::parse(included::POLICY).unwrap();
        let findings = run(&content, day("2026-06-20"), &facts, policy.for_death(day("2026-06-01")).unwrap());
        let slip = findings.iter().find(|finding| finding.code == FindingCode::NikSalahKetik).unwrap();
        assert!(slip.sentence.contains("ditemukan dari") && slip.sentence.contains("keyakinan lebih dari 99 %"), "{}", slip.sentence);
    });
}

#[test]
fn rows_whose_number_a_spreadsheet_has_shortened_are_counted_for_their_village_until_a_better_file_comes() {
    on_both_engines(|office| {
        let region = |code: &str| santunan::domain::region::RegionCode::parse(code).unwrap();
        let unreadable = |code: &str| office.desk.store.read(|conn| releases::unreadable_in(conn, &office.code, &region(code))).unwrap();
        assert_eq!(unreadable("33.25"), 0);
        let shortened = "R4,332501410465980,3325010101109803,WARSINAH,1965-04-01,P,33.25.01.2006,3,HIDUP,\n".to_owned();
        let report = office.release("EKSPOR", "2026-06-10", &[budi(), shortened]).unwrap().report;
        assert_eq!((report.accepted, report.unreadable.values().sum::<usize>()), (2, 1));
        assert_eq!([unreadable("33.25.01.2006"), unreadable("33.25"), unreadable("33.25.03.2007")], [1, 1, 0]);
        office.release("EKSPOR", "2026-06-15", &[budi(), neighbour()]).unwrap();
        assert_eq!(unreadable("33.25"), 0, "the better file says it anew");
        let older = "R5,3.32501E+15,,SARMI,1950-02-02,P,33.25.01.2006,1,HIDUP,\n".to_owned();
        office.release("EKSPOR", "2026-06-12", &[budi(), older]).unwrap();
        assert_eq!(unreadable("33.25"), 0, "an older file that comes late says nothing of today");
    });
}
