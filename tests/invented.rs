//! Invented data: the same from the same seed, shaped like the practice register, and consistent with itself.

use std::collections::{HashMap, HashSet};

use santunan::cli::generate::{as_of, places};
use santunan::invented::{Asker, Household, Keeper, Kind, Order, Register, Standing, Strain, Words};

fn register(seed: u64, residents: usize) -> Vec<Household> {
    Register::new(&Words::carried(), &places(), Order { seed, residents, as_of: as_of() }).collect()
}

#[test]
fn one_seed_gives_one_register_and_another_another() {
    let rows =
        |seed| register(seed, 600).iter().flat_map(|family| &family.people).map(|person| person.cells().join(",")).collect::<Vec<_>>();
    assert_eq!(rows(1), rows(1));
    assert_ne!(rows(1), rows(2));
}

#[test]
fn numbers_are_unique_but_for_those_shared_on_purpose() {
    let families = register(3, 8000);
    let people: Vec<_> = families.iter().flat_map(|family| &family.people).collect();
    assert_eq!(people.iter().map(|person| &person.id).collect::<HashSet<_>>().len(), people.len());
    let mut holders: HashMap<&str, Vec<bool>> = HashMap::new();
    for person in &people {
        holders.entry(&person.nik).or_default().push(person.nik_shared || !person.twice_as.is_empty());
        assert_eq!(person.nik.len(), 16);
        assert!(!person.nik.ends_with("0000"), "serial 0000 is never given");
    }
    for (nik, planned) in holders.iter().filter(|(_, people)| people.len() > 1) {
        assert!(planned.iter().all(|planned| *planned), "{nik} has several holders by accident");
    }
}

#[test]
fn children_carry_the_names_of_the_couple_on_their_card() {
    let mut children = 0;
    for family in register(4, 4000) {
        let Some(wife) = family.people.iter().find(|person| person.place == "ISTRI") else { continue };
        for child in family.people.iter().filter(|person| person.place == "ANAK") {
            children += 1;
            assert_eq!(child.mother, wife.plain_name);
            assert!(child.born_on > wife.born_on && child.born_on <= as_of());
        }
    }
    assert!(children > 500);
}

/// Shares of the practice register (5,000 rows), with room for chance.
#[test]
fn the_register_is_shaped_like_the_practice_register() {
    let families = register(5, 20_000);
    let people: Vec<_> = families.iter().flat_map(|family| &family.people).collect();
    let share = |count: usize| count * 1000 / people.len();
    let of = |fit: &dyn Fn(&santunan::invented::Resident) -> bool| share(people.iter().filter(|person| fit(person)).count());
    for (what, got, low, high) in [
        ("heads", of(&|p| p.place == "KEPALA KELUARGA"), 310, 380),
        ("children", of(&|p| p.place == "ANAK"), 270, 350),
        ("poor", of(&|p| p.hearth.decile.is_some_and(|decile| decile <= 4)), 400, 500),
        ("from elsewhere", of(&|p| !p.nik.starts_with("3325")), 38, 62),
        ("dead", of(&|p| p.standing == Standing::Dead), 7, 18),
        ("with an account", of(&|p| p.account.is_some()), 260, 360),
        ("unknown birthdays", of(&|p| ["12-31", "07-01", "01-01"].contains(&&p.born_on.to_string()[5..])), 25, 60),
    ] {
        assert!((low..=high).contains(&got), "{what}: {got} of a thousand");
    }
}

#[test]
fn answers_name_rows_that_exist_and_strangers_none() {
    let words = Words::carried();
    let mut keeper = Keeper::new(6, 2000);
    let mut ids = HashSet::new();
    for family in Register::new(&words, &places(), Order { seed: 6, residents: 5000, as_of: as_of() }) {
        ids.extend(family.people.iter().map(|person| person.id.clone()));
        keeper.show(&family);
    }
    for query in Asker::new(&words, 6, Strain::Harder, as_of()).queries(&keeper.families, 500) {
        let stranger = matches!(query.kind, Kind::NoneRandom | Kind::NoneNamesake | Kind::NoneSibling);
        assert_eq!(query.answer.is_empty(), stranger, "{}", query.id);
        assert!(query.answer.iter().all(|id| ids.contains(id)) || !query.answer.is_empty());
        assert!(!query.cells[1].is_empty(), "{} has no name", query.id);
    }
}
