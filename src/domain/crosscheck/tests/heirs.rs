//! Who receives: heir, family card and account.

use super::super::run;
use super::world::*;
use crate::domain::claim::{BankAccount, ClaimedNik, DocumentKind, Payout};
use crate::domain::identity::{FamilyCard, PersonName, Sex};
use crate::domain::register::ResidentStatus;

#[test]
fn an_heir_from_another_card_is_refused_where_the_card_must_be_the_same() {
    let mut world = clean();
    world.register[1].family_card = FamilyCard::parse("3325013105140009").ok();
    world.content.documents.insert(DocumentKind::SuratAhliWaris);
    assert_eq!(run_world(&world), []);
    let mut policy = policy();
    policy.heirs.same_card = true;
    assert_eq!(run_by(&world, &policy)[0].code, F::AhliWarisBukanKeluarga);
}

#[test]
fn the_heir_is_a_living_member_of_the_family_and_not_the_deceased() {
    let heir = |name: &'static str, number: &'static str| {
        move |w: &mut World| {
            w.content.heirs[0].name = PersonName::parse(name).unwrap();
            w.content.heirs[0].nik = ClaimedNik::take(number);
            w.content.payout = Payout::Cash;
        }
    };
    check(heir("JUMONO", NIK), &[F::AhliWarisAdalahAlmarhum]);
    check(heir("JUMONO", "3325012609450003"), &[F::AhliWarisAdalahAlmarhum]);
    check(heir("KASTURI", "3325012609450003"), &[]);
    check(|w| w.register[1].status = ResidentStatus::Dead, &[F::AhliWarisSudahMeninggal]);
    check(|w| w.register[1].family_card = FamilyCard::parse("3325013105140009").ok(), &[F::AhliWarisBukanKeluarga]);
    check(
        |w| {
            w.register[1].family_card = FamilyCard::parse("3325013105140009").ok();
            w.content.documents.insert(DocumentKind::SuratAhliWaris);
        },
        &[],
    );
    check(|w| w.content.heirs[0].family_card = FamilyCard::parse("3325013105140009").ok(), &[]);
    check(|w| w.register.truncate(1), &[]);
}

#[test]
fn a_living_twin_may_inherit() {
    let twin = |w: &mut World| {
        w.register.push(resident("DT3", "3325012609450002", "JUMINO", "1945-09-26", Sex::Male));
        w.register[2].mother = "SUMINI".to_owned();
        w.register[2].name = "JUMADI".to_owned();
        w.content.heirs[0].name = PersonName::parse("JUMADI").unwrap();
        w.content.heirs[0].nik = ClaimedNik::take("3325012609450002");
        w.content.payout = Payout::Cash;
    };
    check(twin, &[]);
}

#[test]
fn an_heir_of_an_earlier_deceased_has_died_themselves() {
    let claimed = |died: &'static str| {
        move |w: &mut World| {
            let mut claim = other_claim(1);
            claim.deceased_nik = nik(HEIR_NIK);
            claim.deceased_name = "KASTURAH".to_owned();
            claim.died_on = day(died);
            w.earlier.push(claim);
        }
    };
    check(claimed("2026-02-20"), &[F::AhliWarisSudahMeninggal]);
    check(claimed("2026-03-21"), &[]);
    let mut world = clean();
    let mut facts = facts_of(&world);
    claimed("2026-02-20")(&mut world);
    facts.heir_claims = world.earlier;
    let codes: Vec<F> = run(&world.content, world.filed_on, &facts, &world.policy).iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&F::AhliWarisSudahMeninggal), "the claim that tells of it may be filed later: {codes:?}");
}

#[test]
fn the_third_deceased_of_one_heir_is_looked_at() {
    let with = |claims: u32, same_deceased: bool| {
        move |w: &mut World| {
            for number in 1..=claims {
                let mut claim = other_claim(number);
                claim.heir_nik = nik(HEIR_NIK);
                claim.clerk = "LAIN".to_owned();
                if same_deceased {
                    claim.deceased_nik = other_claim(1).deceased_nik;
                }
                w.earlier.push(claim);
            }
        }
    };
    check(with(1, false), &[]);
    check(with(2, false), &[F::AhliWarisBerulang]);
    check(with(2, true), &[]);
}

#[test]
fn an_account_belongs_to_the_heir_alone() {
    let account = |w: &mut World| {
        let mut claim = other_claim(1);
        claim.account = "595597594616062".to_owned();
        w.earlier.push(claim);
    };
    check(account, &[F::RekeningBanyakAhliWaris]);
    let own = |w: &mut World| {
        account(w);
        w.earlier[0].heir_nik = nik(HEIR_NIK);
    };
    check(own, &[]);
    let held = |holder: &'static str| {
        move |w: &mut World| {
            w.content.payout = Payout::Bank(BankAccount { bank: "BRI".to_owned(), number: "1".to_owned(), holder: holder.to_owned() });
        }
    };
    check(held("IBU KASTURAH"), &[]);
    check(held(""), &[]);
    check(held("TASRI"), &[F::NamaRekeningBeda]);
}
