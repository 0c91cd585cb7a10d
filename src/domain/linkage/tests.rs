use chrono::NaiveDate;
use proptest::prelude::*;

use super::birth::compare_births;
use super::decide::weigh_all;
use super::name_form::NameForm;
use super::*;
use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::region::RegionCode;

fn person(nik: &str, name: &str, born_on: &str, village: &str, mother: &str) -> PersonRecord {
    PersonRecord {
        nik: Nik::parse(nik).ok(),
        family_card: None,
        name: name.to_owned(),
        born_on: born_on.parse().ok(),
        sex: Some(Sex::Male),
        village: RegionCode::parse(village).ok(),
        mother: mother.to_owned(),
    }
}

/// A register of 2,000 men with a few common names in forty villages, and one with a rare name.
fn register() -> Vec<PersonRecord> {
    let names = ["SLAMET", "SUPARDI", "KASMURI RIYADI", "AHMAD FAUZI", "MUHAMMAD ROFIQ", "WASTONO", "TARJONO", "SUGITO"];
    let mothers = ["SITI AMINAH", "CASMINAH", "TURMINI", "WAKIYAH SUTINAH", "DARSITI"];
    let begin = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap();
    let mut rows: Vec<PersonRecord> = (0..2_000_u32)
        .map(|i| {
            let born = begin + chrono::Days::new(u64::from(i) * 11);
            let village = format!("33.25.{:02}.{}", 1 + i % 4, 2001 + (i / 4) % 10);
            let nik = format!("3325{:02}{}{:04}", 1 + i % 4, born.format("%d%m%y"), 1 + i % 7);
            let at = |list: &[&str], i: u32| list[usize::try_from(i).unwrap() % list.len()].to_owned();
            person(&nik, &at(&names, i * 7 / 3), &born.to_string(), &village, &at(&mothers, i * 3 / 2))
        })
        .collect();
    rows.push(person("3325011503510001", "KARTODIKROMO", "1951-03-15", "33.25.01.2001", "NGATIYEM"));
    rows
}

fn model() -> Model {
    let mut frequencies = Frequencies::default();
    for row in &register() {
        frequencies.add(row);
    }
    Model::prior(frequencies)
}

fn probability(written: &PersonRecord, row: &PersonRecord) -> f64 {
    find(&model(), &Query::of(written), &[row]).probability
}

#[test]
fn names_compare_on_levels() {
    let check = |one: &str, other: &str, expected: NameLevel| {
        assert_eq!(NameForm::of(one).fit(&NameForm::of(other)).level, expected, "{one} / {other}");
        assert_eq!(NameForm::of(other).fit(&NameForm::of(one)).level, expected, "{other} / {one}");
    };
    check("ALM. SOEPARDI", "SUPARDI", NameLevel::Same);
    check("H. MOCH. TASLIM", "MUHAMMAD TASLIM", NameLevel::Same);
    check("PURSOKARNOTO", "PURSO KARNOTO", NameLevel::Same);
    check("TJASRAH BINTI KARJO", "CASRAH", NameLevel::Same);
    check("RATMEN", "RATMIN", NameLevel::OneSlip);
    check("NRUHAYATI", "NURHAYATI", NameLevel::OneSlip);
    check("M. DARSO", "MUHAMMAD DARSO", NameLevel::Short);
    check("ABDUL", "ABDUL WAHAB", NameLevel::Short);
    check("ROPIQ W", "ROFIQ WIJAYA", NameLevel::Short);
    check("SAARTANA", "SARTONO", NameLevel::TwoSlips);
    check("KASAN", "ANDI HERU SULAIMAN", NameLevel::Different);
    check("SITI AMINAH", "SITI QOMARIYAH", NameLevel::Different);
    check("UMI", "", NameLevel::Missing);
}

#[test]
fn birth_dates_compare_on_levels() {
    let check = |one: &str, other: &str, expected: BirthLevel| {
        assert_eq!(compare_births(one.parse().ok(), other.parse().ok()), expected, "{one} / {other}");
    };
    check("1951-03-15", "1951-03-15", BirthLevel::Equal);
    check("1999-01-12", "1999-12-01", BirthLevel::Swapped);
    check("1951-03-15", "1951-03-17", BirthLevel::Days);
    check("1966-02-04", "1966-01-25", BirthLevel::NearDays);
    check("1956-01-01", "1956-07-19", BirthLevel::UnknownWritten);
    check("1956-07-19", "1956-01-01", BirthLevel::UnknownRegistered);
    check("1970-06-22", "1980-06-22", BirthLevel::YearSlip);
    check("1970-06-22", "1975-06-22", BirthLevel::YearOther);
    check("1970-06-22", "1970-11-22", BirthLevel::OnePart);
    check("1974-12-28", "1964-12-31", BirthLevel::TwoSlips);
    check("1978-06-06", "1978-10-18", BirthLevel::YearOnly);
    check("1970-06-22", "1955-02-01", BirthLevel::Different);
    check("", "1955-02-01", BirthLevel::Missing);
}

#[test]
fn a_resident_is_found_whatever_single_thing_is_wrong() {
    let rows = register();
    let right = rows.last().unwrap();
    let written = |change: fn(&mut PersonRecord)| {
        let mut written = right.clone();
        change(&mut written);
        written
    };
    for wrong in [
        written(|_| ()),
        written(|p| p.nik = None),
        written(|p| p.nik = Nik::parse("3325011503510008").ok()),
        written(|p| p.name = "ALM. KARTADIKROMO".to_owned()),
        written(|p| p.born_on = NaiveDate::from_ymd_opt(1951, 12, 31)),
        written(|p| p.village = RegionCode::parse("33.25.04.2009").ok()),
        written(|p| p.mother = String::new()),
    ] {
        let candidates: Vec<&PersonRecord> = rows.iter().collect();
        let found = find(&model(), &Query::of(&wrong), &candidates);
        assert_eq!(found.linked(), [rows.len() - 1], "{wrong:?} {}", found.probability);
    }
}

#[test]
fn a_namesake_of_the_same_age_is_not_taken() {
    let right = register().pop().unwrap();
    let namesake = person("", "KARTODIKROMO", "1951-09-22", "33.25.01.2001", "");
    assert!(probability(&namesake, &right) < LINK_FROM);
    let with_own_mother = person("", "KARTODIKROMO", "1951-03-22", "33.25.01.2001", "SITI AMINAH");
    assert!(probability(&with_own_mother, &right) < LINK_FROM);
}

#[test]
fn a_sibling_is_not_taken() {
    let right = register().pop().unwrap();
    assert!(probability(&person("", "KARTOWIJOYO", "1953-03-11", "33.25.01.2001", "NGATIYEM"), &right) < LINK_FROM);
    assert!(probability(&person("3325011503510001", "SUTINAH", "1953-03-11", "33.25.01.2001", "NGATIYEM"), &right) < LINK_FROM);
}

#[test]
fn a_rare_name_weighs_more_than_a_common_one() {
    let weight = |name: &str| {
        let row = person("", name, "1951-03-15", "33.25.01.2001", "");
        let weighed = weigh_all(&model(), &Query::of(&row), &[&row]);
        weighed[0].fields[0].weight
    };
    assert!(weight("KARTODIKROMO") > weight("SLAMET") + 2.0);
}

#[test]
fn two_rows_of_one_person_are_both_answered() {
    let row = register().pop().unwrap();
    let again = PersonRecord { name: "KARTODIKROEMO".to_owned(), village: RegionCode::parse("33.25.02.2003").ok(), ..row.clone() };
    let other = person("", "SLAMET", "1951-03-15", "33.25.01.2001", "NGATIYEM");
    let found = find(&model(), &Query::of(&row), &[&other, &again, &row]);
    assert_eq!(found.linked(), [2, 1]);
    assert!(found.probability > 0.99);
}

#[test]
fn an_administrative_birth_date_makes_no_neighbours_of_villages_one_person() {
    let (here, there) = ("33.25.06.2005", "33.25.09.2006");
    let row = person("3325060107390003", "SUMARDI", "1939-07-01", here, "SITI ALFIYAH");
    let check = |name: &str, born_on: &str, village: &str, expected: bool| {
        let other = person("3325140107390002", name, born_on, village, "ALFIYAH");
        let row = PersonRecord { born_on: other.born_on, ..row.clone() };
        assert_eq!((same_person(&row, &other), same_person(&other, &row)), (expected, expected), "{name} {born_on} {village}");
    };
    check("SUKARDI", "1939-07-01", there, false);
    check("SUKARDI", "1939-07-01", here, true);
    check("SUKARDI", "1939-07-14", there, true);
    check("SOEMARDI", "1939-07-01", there, true);
}

#[test]
fn two_rows_are_one_person_by_name_birth_and_one_thing_more() {
    let row = register().pop().unwrap();
    let check = |other: &PersonRecord, expected: bool| {
        assert_eq!(same_person(&row, other), expected, "{other:?}");
        assert_eq!(same_person(other, &row), expected, "{other:?}");
    };
    let bare = PersonRecord { nik: None, mother: String::new(), ..row.clone() };
    check(&row, true);
    check(&bare, false);
    check(&PersonRecord { mother: "NGATIJEM".to_owned(), ..bare.clone() }, true);
    check(&PersonRecord { nik: row.nik.clone(), ..bare.clone() }, true);
    check(&PersonRecord { nik: row.nik.clone(), born_on: NaiveDate::from_ymd_opt(1951, 3, 16), ..bare.clone() }, true);
    check(&PersonRecord { nik: row.nik.clone(), born_on: NaiveDate::from_ymd_opt(1983, 8, 2), ..bare.clone() }, false);
    check(&PersonRecord { nik: row.nik.clone(), sex: Some(Sex::Female), ..bare.clone() }, false);
    // A twin has another number and a name of its own, however alike.
    let twin = PersonRecord { nik: Nik::parse("3325011503510002").ok(), name: "KARTADIKRAMO".to_owned(), ..row.clone() };
    check(&twin, false);
    check(&PersonRecord { name: "KARTODIKROEMO".to_owned(), ..twin }, true);
    check(&PersonRecord { nik: row.nik.clone(), name: "SUTINAH".to_owned(), ..bare }, false);
}

#[test]
fn a_family_card_sets_the_family_apart_from_strangers_but_not_from_each_other() {
    let card = |number: &str| FamilyCard::parse(number).ok();
    let rows: Vec<PersonRecord> = register();
    let own = PersonRecord { family_card: card("3325011203080001"), ..rows.last().unwrap().clone() };
    let namesake = PersonRecord { nik: Nik::parse("3325020101600003").ok(), family_card: card("3325011203080002"), ..own.clone() };
    let written = PersonRecord { nik: None, mother: String::new(), ..own.clone() };
    let cards = || card("3325011203080001").into_iter().collect::<Vec<_>>();
    let found = |query: &Query<'_>, rows: &[&PersonRecord]| find(&model(), query, rows);
    let without = found(&Query::of(&written), &[&namesake, &own]);
    assert!((without.shares[0] - without.shares[1]).abs() < 1e-9, "{without:?}");
    let with = found(&Query::of(&written).with_cards(cards()), &[&namesake, &own]);
    assert_eq!(with.rows[0], 1);
    assert!(with.probability > 0.99, "{with:?}");
    // A brother named after him, absent himself: the card is his too, and decides nothing.
    let brother = PersonRecord { name: "KARTODIKRAMA".to_owned(), born_on: NaiveDate::from_ymd_opt(1958, 11, 2), ..written };
    assert!(found(&Query::of(&brother).with_cards(cards()), &[&own]).probability < LINK_FROM);
}

#[test]
fn a_number_with_a_digit_lost_is_still_a_slip_away() {
    let row = register().pop().unwrap();
    let written = PersonRecord { nik: None, ..row.clone() };
    let outcome = |number: &str| weigh_all(&model(), &Query::of(&written).with_damaged_number(number), &[&row])[0].outcomes.nik;
    assert_eq!(outcome("332501503510001"), NikLevel::Slip);
    assert_eq!(outcome("332501150351001"), NikLevel::SerialSlip);
    assert_eq!(outcome("33250115035100011"), NikLevel::SerialSlip);
    assert_eq!(outcome("000"), NikLevel::Other);
    assert_eq!(outcome(""), NikLevel::Missing);
}

/// Before any register was counted the engine goes by experience: what it says must be sensible all the same.
#[test]
fn without_counts_a_whole_agreement_is_sure_and_a_common_half_is_not() {
    let empty = Model::prior(Frequencies::default());
    let row = register().pop().unwrap();
    let probability = |written: &PersonRecord| find(&empty, &Query::of(written), &[&row]).probability;
    assert!(probability(&row) > 0.99);
    assert!(probability(&PersonRecord { nik: None, ..row.clone() }) > 0.99);
    let half = PersonRecord { nik: None, mother: String::new(), born_on: NaiveDate::from_ymd_opt(1966, 9, 2), ..row.clone() };
    assert!(probability(&half) < LINK_FROM);
}

#[test]
fn a_row_that_may_not_be_the_person_has_no_share() {
    let row = register().pop().unwrap();
    let namesake = PersonRecord { mother: "DARSITI".to_owned(), ..row.clone() };
    let (model, rows) = (model(), [&row, &namesake]);
    let weighed = weigh_all(&model, &Query::of(&row), &rows);
    let found = choose(&model, &weighed, &rows, |at| at == 1);
    assert_eq!((found.rows.as_slice(), found.shares[0].to_bits()), (&[1][..], 0));
    assert!(choose(&model, &weighed, &rows, |_| false).rows.is_empty());
}

#[test]
fn a_weight_says_in_words_what_speaks_for_and_against() {
    let row = register().pop().unwrap();
    let written = PersonRecord {
        nik: None,
        name: "KORTODIKROMO".to_owned(),
        born_on: NaiveDate::from_ymd_opt(1951, 12, 31),
        village: RegionCode::parse("33.25.04.2009").ok(),
        ..row.clone()
    };
    let reasons = explain(&weigh_all(&model(), &Query::of(&written), &[&row])[0]);
    let said: Vec<(&str, &str, Speaks)> = reasons.iter().map(|reason| (reason.field.label(), reason.words(), reason.speaks)).collect();
    assert!(said.contains(&("nama", "beda satu huruf", Speaks::For)), "{said:?}");
    assert!(said.contains(&("nama ibu", "sama", Speaks::For)), "{said:?}");
    assert!(said.contains(&("desa", "lain", Speaks::Against)), "{said:?}");
    let birth = said.iter().find(|(field, ..)| *field == "tanggal lahir").unwrap();
    assert_eq!(birth.1, "tahun sama, hari di permohonan tampaknya perkiraan");
    assert!(said.iter().all(|(field, ..)| !["NIK", "jenis kelamin", "kartu keluarga"].contains(field)), "{said:?}");
}

#[test]
fn a_model_survives_its_way_through_json() {
    let model = model();
    let text = serde_json::to_string(&model).unwrap();
    assert_eq!(serde_json::from_str::<Model>(&text).unwrap(), model);
}

#[test]
fn learning_moves_the_rates_towards_what_a_batch_shows() {
    let rows = register();
    let misspelled = |row: &PersonRecord| PersonRecord { name: format!("{}X", row.name), nik: None, ..row.clone() };
    let batch: Vec<_> = rows.iter().step_by(2).map(|row| (misspelled(row), vec![row.clone()])).collect();
    let prior = model();
    let learned = learn(&prior, &batch, Lesson::Written);
    assert!(learned.errors.name[1] > 2.0 * prior.errors.name[1], "{:?}", learned.errors.name);
    assert!(learned.presence.resident > prior.presence.resident);
    let from_register = learn(&prior, &batch, Lesson::Register);
    assert_eq!((&from_register.errors.birth, from_register.presence), (&prior.errors.birth, prior.presence));
    for model in [learned, from_register] {
        assert!((model.errors.name.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

#[test]
fn each_key_forgives_other_mistakes() {
    let shared = |one: &PersonRecord, other: &PersonRecord| {
        match_keys(one).iter().zip(match_keys(other)).filter(|(one, other)| one.is_some() && **one == *other).count()
    };
    let right = register().pop().unwrap();
    assert_eq!(shared(&right, &right), KEYS);
    let check = |written: &PersonRecord, keys: usize| assert_eq!(shared(written, &right), keys, "{written:?}");
    check(&PersonRecord { village: None, ..right.clone() }, 2);
    check(&PersonRecord { born_on: None, ..right.clone() }, 1);
    check(&PersonRecord { name: "SUTINAH".to_owned(), ..right.clone() }, 1);
    check(&PersonRecord { name: String::new(), ..right.clone() }, 1);
    check(&PersonRecord { born_on: NaiveDate::from_ymd_opt(1951, 12, 31), name: "KORTADIKROMO".to_owned(), ..right.clone() }, 3);
}

proptest! {
    #[test]
    fn names_compare_the_same_both_ways_when_whole(one in "[A-Z]{3,9}", other in "[A-Z]{3,9}") {
        let (one, other) = (NameForm::of(&one), NameForm::of(&other));
        prop_assert_eq!(one.fit(&other).level, other.fit(&one).level);
        prop_assert_eq!(one.fit(&one).level, NameLevel::Same);
    }

    #[test]
    fn more_agreement_never_lowers_the_weight(day in 2..28_u32, month in 2..12_u32, slip in 0..12_usize) {
        let row = person("3325011503510001", "KARTODIKROMO", "1951-03-15", "33.25.01.2001", "NGATIYEM");
        let mut letters: Vec<char> = row.name.chars().collect();
        letters.remove(slip);
        let date = NaiveDate::from_ymd_opt(1951, month, day).unwrap();
        let worse = PersonRecord { name: letters.into_iter().collect(), born_on: Some(date), nik: None, ..row.clone() };
        let model = model();
        let weight = |written: &PersonRecord| weigh_all(&model, &Query::of(written), &[&row])[0].total();
        let named = PersonRecord { name: row.name.clone(), ..worse.clone() };
        let dated = PersonRecord { born_on: row.born_on, ..named.clone() };
        prop_assert!(weight(&worse) <= weight(&named));
        prop_assert!(weight(&named) <= weight(&dated));
        prop_assert!(weight(&dated) <= weight(&row));
    }
}
