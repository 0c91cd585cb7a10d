//! Which claims filed meanwhile are a matter of another one.

use super::super::{Died, EarlierClaim, Filed, Meanwhile, PaperMark, account_digits, concerns, concerns_payee, digits};
use super::world::{HEIR_NIK, NIK, World, clean, day, facts_of, nik, other_claim, village};

/// A stranger's claim from another village by another clerk, changed, beside the clean one.
fn check(change: impl FnOnce(&mut Filed), expected: bool) {
    let World { content, .. } = clean();
    let mut filed = Filed { claim: stranger(), papers: vec![paper("b", Some(0xffff_0000_ffff_0000))] };
    change(&mut filed);
    let papers = [paper("a", Some(0x0000_ffff_0000_ffff)), paper("c", None)];
    let meanwhile = Meanwhile::Filed(filed);
    assert_eq!(concerns(&content, &facts_of(&clean()), &papers, &meanwhile), expected, "{meanwhile:?}");
}

fn paper(sha256: &str, photo: Option<u64>) -> PaperMark {
    PaperMark { sha256: sha256.to_owned(), photo }
}

fn stranger() -> EarlierClaim {
    EarlierClaim {
        village: village("33.25.09.2001"),
        clerk: "orang lain".to_owned(),
        deceased_nik: nik("3325094101410002"),
        deceased_register_id: Some("lain".to_owned()),
        deceased_name: "NGATINAH".to_owned(),
        deceased_born_on: Some(day("1941-01-01")),
        heir_nik: nik("3325094101710002"),
        heir_phone: "080000000000".to_owned(),
        account: "999".to_owned(),
        ..other_claim(1)
    }
}

#[test]
fn a_strangers_claim_is_nobodys_matter() {
    check(|_| {}, false);
}

#[test]
fn whatever_is_shared_makes_it_a_matter() {
    let World { content, .. } = clean();
    let heir = content.payee().cloned().unwrap();
    let account = account_digits(&content);
    check(|filed| filed.claim.village = content.village.clone(), true);
    check(|filed| filed.claim.clerk = facts_of(&clean()).clerk, true);
    check(|filed| filed.claim.deceased_nik = nik(NIK), true);
    check(|filed| filed.claim.deceased_nik = heir.nik.number.clone(), true);
    check(|filed| filed.claim.deceased_born_on = content.deceased.born_on, true);
    check(|filed| filed.claim.deceased_name = content.deceased.name.as_str().to_owned(), true);
    check(|filed| filed.claim.heir_nik = heir.nik.number.clone(), true);
    check(|filed| filed.claim.heir_phone = digits(&heir.phone), !heir.phone.is_empty());
    check(|filed| filed.claim.account = account.clone(), !account.is_empty());
    check(|filed| filed.papers = vec![paper("a", None)], true);
    check(|filed| filed.papers = vec![paper("d", Some(0x0000_1234_5678_9abc))], true);
}

#[test]
fn a_death_matters_to_whoever_has_to_do_with_the_person() {
    let World { content, .. } = clean();
    let facts = facts_of(&clean());
    let check = |niks: &[&str], rows: &[&str], expected: (bool, bool)| {
        let niks = niks.iter().filter_map(|number| nik(number)).collect();
        let died = Died { niks, rows: rows.iter().map(ToString::to_string).collect() };
        let of_payee = concerns_payee(&content, &facts, &died);
        assert_eq!((concerns(&content, &facts, &[], &Meanwhile::Died(died.clone())), of_payee), expected, "{died:?}");
    };
    check(&["3325094101410002"], &["lain"], (false, false));
    check(&[NIK], &[], (true, false));
    check(&[HEIR_NIK], &[], (true, true));
    let own_row = facts.person.rows[0].register_id.clone();
    check(&[], &[&own_row], (true, false));
    let heir_row = facts.heir_rows[0].register_id.clone();
    check(&[], &[&heir_row], (true, true));
}
