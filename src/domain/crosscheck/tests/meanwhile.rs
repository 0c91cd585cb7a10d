//! Which claims filed meanwhile are a matter of another one.

use super::super::{EarlierClaim, FiledMeanwhile, PaperMark, account_digits, concerns, digits};
use super::world::{NIK, World, clean, day, facts_of, nik, other_claim, village};

/// A stranger's claim from another village by another clerk, changed, beside the clean one.
fn check(change: impl FnOnce(&mut FiledMeanwhile), expected: bool) {
    let World { content, .. } = clean();
    let mut filed = FiledMeanwhile { claim: stranger(), papers: vec![paper("b", Some(0xffff_0000_ffff_0000))] };
    change(&mut filed);
    let papers = [paper("a", Some(0x0000_ffff_0000_ffff)), paper("c", None)];
    assert_eq!(concerns(&content, &facts_of(&clean()), &papers, &filed), expected, "{filed:?}");
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
