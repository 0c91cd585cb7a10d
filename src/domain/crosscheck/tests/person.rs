//! Who is taken for the deceased, how surely, and who is only shown.

use super::super::*;
use super::world::*;
use crate::domain::claim::ClaimedNik;
use crate::domain::identity::{PersonName, Sex};
use crate::domain::linkage::{Frequencies, Model};

fn person_of(change: impl FnOnce(&mut World)) -> CrosscheckFacts {
    let mut world = clean();
    change(&mut world);
    facts_of(&world)
}

fn taken(change: impl FnOnce(&mut World)) -> (Vec<String>, Option<FoundBy>) {
    let person = person_of(change).person;
    (person.rows.iter().map(|row| row.register_id.clone()).collect(), person.found_by)
}

#[test]
fn the_number_with_the_name_is_the_person_whatever_else_differs() {
    let all_else = |w: &mut World| {
        w.content.deceased.born_on = Some(day("1961-02-14"));
        w.content.deceased.mother = "RATMI".to_owned();
        w.content.deceased.village = village("33.25.03.2007");
    };
    assert_eq!(taken(all_else), (vec!["DT1".to_owned()], Some(FoundBy::Nik)));
}

#[test]
fn a_name_nearly_the_same_is_another_where_birth_and_mother_say_so() {
    let neighbour = |w: &mut World| {
        w.content.deceased.name = PersonName::parse("SUMONO").unwrap();
        w.content.deceased.born_on = Some(day("1938-02-14"));
        w.content.deceased.mother = "WAKIYAH".to_owned();
    };
    let facts = person_of(neighbour);
    assert_eq!((facts.person.rows.len(), facts.person.found_by, facts.person.nik_rows.len()), (0, None, 1));
}

#[test]
fn a_relatives_number_with_a_name_nearly_the_same_is_a_relatives_number() {
    let sister = |w: &mut World| {
        w.register.push(resident("DT3", "3325014602760002", "JUMONI", "1976-02-06", Sex::Female));
        w.content.deceased.nik = ClaimedNik::take("3325014602760002");
        w.content.deceased.mother.clear();
    };
    assert_eq!(taken(sister), (vec!["DT1".to_owned()], Some(FoundBy::Evidence)));
    check(sister, &[FindingCode::NikTanggalBeda, FindingCode::NamaBeda]);
    let alone = |w: &mut World| {
        sister(w);
        w.register.remove(0);
    };
    // A wrong letter in her own name, at her own birth date, is a slip: the number is hers.
    let herself = |w: &mut World| {
        alone(w);
        w.content.deceased.born_on = Some(day("1976-02-06"));
    };
    assert_eq!(taken(herself), (vec!["DT3".to_owned()], Some(FoundBy::Nik)));
    let facts = person_of(alone);
    let numbered: Vec<&str> = facts.person.nik_rows.iter().map(|row| row.register_id.as_str()).collect();
    assert_eq!(
        (facts.person.rows.len(), facts.person.found_by, numbered),
        (0, None, vec!["DT3"]),
        "without the brother's row she is shown"
    );
    check(alone, &[FindingCode::NikTanggalBeda, FindingCode::NamaBeda]);
}

#[test]
fn a_person_found_without_their_number_says_by_what_and_how_surely() {
    let person = person_of(|w| w.content.deceased.nik = ClaimedNik::take("")).person;
    assert_eq!((person.row().unwrap().register_id.as_str(), person.found_by), ("DT1", Some(FoundBy::Evidence)));
    assert!(person.certainty.unwrap() > 950, "{:?}", person.certainty);
    let grounds = person.grounds().unwrap();
    for word in ["nama", "tanggal lahir", "desa", "nama ibu", "keyakinan lebih dari 99 %"] {
        assert!(grounds.contains(word), "{grounds}");
    }
    assert_eq!(person_of(|_| {}).person.grounds(), None, "a number needs no grounds");
}

#[test]
fn the_card_of_the_heir_helps_to_find_the_deceased() {
    let worn = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("");
        w.content.deceased.mother.clear();
        w.content.deceased.name = PersonName::parse("JUMINO").unwrap();
        w.content.deceased.born_on = Some(day("1945-12-31"));
    };
    assert_eq!(taken(worn).0, ["DT1"]);
    let certainty = |change: fn(&mut World)| {
        let facts = person_of(|w| {
            worn(w);
            change(w);
        });
        facts.person.likeness.iter().map(|likeness| likeness.certainty).max().unwrap_or_default()
    };
    let with = certainty(|_| ());
    let without = certainty(|w| w.register[1].family_card = None);
    assert!(without < with, "{without} {with}");
}

#[test]
fn a_row_of_another_name_is_never_taken_but_shown_if_all_else_agrees() {
    let renamed = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("3325012609450009");
        w.content.deceased.name = PersonName::parse("ANDI HERU").unwrap();
    };
    let facts = person_of(renamed);
    assert_eq!(facts.person.found_by, None);
    assert_eq!(facts.rivals.iter().map(|row| row.register_id.as_str()).collect::<Vec<_>>(), ["DT1"]);
    assert!(facts.person.likeness_of("DT1").is_some_and(|likeness| likeness.certainty > 100));
}

#[test]
fn a_namesake_of_another_mother_or_birthday_is_only_shown_unless_card_or_number_agrees() {
    let other_mother = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("3325015511900007");
        w.content.deceased.mother = "WAKIYAH".to_owned();
        w.register.truncate(1);
    };
    let facts = person_of(other_mother);
    assert_eq!((facts.person.found_by, facts.rivals.len()), (None, 1));
    let other_birthday = |w: &mut World| {
        other_mother(w);
        w.content.deceased.mother.clear();
        w.content.deceased.born_on = Some(day("1945-02-17"));
    };
    assert_eq!(taken(other_birthday).1, None);
    let with_card = |w: &mut World| {
        other_mother(w);
        w.content.deceased.family_card = w.register[0].family_card.clone();
    };
    assert_eq!(taken(with_card).1, Some(FoundBy::Evidence));
    let with_slip = |w: &mut World| {
        other_mother(w);
        w.content.deceased.nik = ClaimedNik::take("3325012609450009");
    };
    assert_eq!(taken(with_slip).1, Some(FoundBy::Evidence));
}

#[test]
fn an_officers_answer_goes_before_the_engine() {
    let answered = |sameness: Sameness, id: &str| {
        let mut world = clean();
        world.content.deceased.nik = ClaimedNik::take("");
        world.register.push(resident("DT3", "3325012609450002", "JUMONO", "1945-09-26", Sex::Male));
        world.register[2].mother = "RATMI".to_owned();
        let answer = IdentityAnswer {
            beside: Beside::Register(id.to_owned()),
            sameness,
            reason: "KK asli".to_owned(),
            by: "VERIFIKATOR".to_owned(),
            decided_on: day("2026-03-21"),
        };
        let candidates = candidates_of(&world);
        let sighting = identify(&Model::prior(Frequencies::default()), &world.content, &candidates, &[], &[answer]);
        sighting.told(|at| world.register.get(at).cloned())
    };
    assert_eq!(answered(Sameness::Same, "DT3").0.row().unwrap().register_id, "DT3");
    assert_eq!(answered(Sameness::Same, "DT3").0.certainty, None);
    let (person, rivals) = answered(Sameness::Other, "DT1");
    assert_eq!(person.rows, [], "the namesake has another mother");
    assert_eq!(rivals.iter().map(|row| row.register_id.as_str()).collect::<Vec<_>>(), ["DT1", "DT3"], "the answer can be changed");
}

#[test]
fn thousandths_are_told_as_whole_percent_and_never_as_certainty() {
    let check = |certainty: u16, expected: &str| assert_eq!(percent(certainty), expected);
    check(0, "kurang dari 1 %");
    check(10, "1 %");
    check(974, "97 %");
    check(975, "98 %");
    check(989, "99 %");
    check(990, "lebih dari 99 %");
    check(1_000, "lebih dari 99 %");
}
