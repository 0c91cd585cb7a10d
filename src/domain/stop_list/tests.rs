use super::*;

fn june(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

fn person(n: u32, day: u32) -> Confirmed {
    Confirmed {
        claim_id: format!("c{n}"),
        code: format!("BTG-{n}"),
        nik: Some(Nik::parse(&format!("992501150005{n:04}")).unwrap()),
        confirmed_on: june(day),
        state: State::Paid,
        undone_because: String::new(),
    }
}

fn alive(one: Confirmed) -> Confirmed {
    Confirmed { state: State::Annulled, undone_because: "Orangnya masih hidup. Datang sendiri ke kantor desa".into(), ..one }
}

const JUNE: fn() -> Period = || Period { from: june(1), until: june(30) };

fn rows(plan: &Plan) -> Vec<(&str, &str)> {
    plan.rows.iter().map(|row| (row.kind.word(), row.claim_id.as_str())).collect()
}

fn stopped(ids: &[&str]) -> BTreeSet<(String, RowKind)> {
    ids.iter().map(|id| ((*id).to_owned(), RowKind::Stop)).collect()
}

#[test]
fn everybody_confirmed_in_the_period_is_listed_once_in_order() {
    let people = [person(2, 9), person(1, 9), person(3, 1), person(4, 30)];
    let first = plan(JUNE(), &people, &BTreeSet::new());
    assert_eq!(rows(&first), [("HENTI", "c3"), ("HENTI", "c1"), ("HENTI", "c2"), ("HENTI", "c4")]);
    assert_eq!(first.control, 1 + 2 + 3 + 4);
    let next = plan(JUNE(), &people, &stopped(&["c1", "c2", "c3"]));
    assert_eq!(rows(&next), [("HENTI", "c4")]);
    assert_eq!(plan(JUNE(), &people, &stopped(&["c1", "c2", "c3", "c4"])), Plan::default());
}

#[test]
fn the_borders_of_the_period_count_and_nobody_before_it_is_forgotten() {
    let people = [person(1, 4), person(2, 5), person(3, 20), person(4, 21)];
    let found = plan(Period { from: june(5), until: june(20) }, &people, &BTreeSet::new());
    assert_eq!(rows(&found), [("HENTI", "c2"), ("HENTI", "c3")]);
    assert_eq!(found.left_behind, ["BTG-1"]);
}

#[test]
fn whoever_was_listed_and_lives_is_withdrawn_once_whatever_the_period() {
    let late = Period { from: june(29), until: june(30) };
    let people = [alive(person(1, 2)), person(2, 29)];
    let found = plan(late, &people, &stopped(&["c1"]));
    assert_eq!(rows(&found), [("CABUT", "c1"), ("HENTI", "c2")]);
    assert_eq!(plan(late, &people[..1], &BTreeSet::new()), Plan::default(), "never listed, nothing to withdraw");
    let both = BTreeSet::from([("c1".to_owned(), RowKind::Stop), ("c1".to_owned(), RowKind::Withdraw)]);
    assert_eq!(plan(late, &people[..1], &both), Plan::default());
}

#[test]
fn another_reason_withdraws_nobody_but_is_shown() {
    let check = |because: &str, withdrawn: bool| {
        let one = Confirmed { state: State::Annulled, undone_because: because.into(), ..person(1, 2) };
        let found = plan(JUNE(), &[one], &stopped(&["c1"]));
        assert_eq!((found.count(RowKind::Withdraw), found.undone_otherwise.len()), (usize::from(withdrawn), usize::from(!withdrawn)));
    };
    check("Orangnya masih hidup", true);
    check("almarhum ternyata HIDUP, pulang dari rantau", true);
    check("Penerima bukan ahli waris yang berhak", false);
    check("Penerima bukan ahli waris yang berhak. Istri pertama masih hidup.", false);
    check("menghidupi anak almarhum", false);
}

#[test]
fn nobody_without_a_nik_is_listed_and_their_claims_are_named() {
    let found = plan(JUNE(), &[Confirmed { nik: None, ..person(1, 2) }], &BTreeSet::new());
    assert_eq!((found.rows.len(), found.without_nik), (0, vec!["BTG-1".to_owned()]));
}

#[test]
fn who_lists_and_for_which_days() {
    for role in Role::ALL {
        assert_eq!(may_list(role).is_ok(), matches!(role, Role::Verifier | Role::Approver | Role::Admin), "{role:?}");
    }
    let check = |from, until, fits: bool| assert_eq!(check_period(Period { from, until }, june(22)).is_ok(), fits);
    check(june(1), june(22), true);
    check(june(22), june(22), true);
    check(june(22), june(21), false);
    check(june(1), june(23), false);
}
