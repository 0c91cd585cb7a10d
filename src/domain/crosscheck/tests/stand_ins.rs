//! Who collects for the heir, who signs for a child, and who receives where nobody inherits.

use super::super::*;
use super::world::*;
use crate::domain::claim::{BankAccount, ClaimedNik, DocumentKind, Heir, NoHeir, Payout, StandIn};
use crate::domain::identity::{PersonName, Relation, Sex};
use crate::domain::policy::{PaperRule, When};
use crate::domain::register::ResidentStatus;

const OTHER_NIK: &str = "3325014101700009";

fn all_codes(change: impl FnOnce(&mut World)) -> Vec<F> {
    let mut world = clean();
    change(&mut world);
    run_world(&world).iter().map(|finding| finding.code).collect()
}

fn check(change: impl FnOnce(&mut World), expected: &[F]) {
    assert_eq!(all_codes(change), expected);
}

fn somebody(number: &str) -> StandIn {
    StandIn {
        name: PersonName::parse("SULASTRI").unwrap(),
        nik: ClaimedNik::take(number),
        relation: "tetangga".to_owned(),
        phone: String::new(),
    }
}

/// The policy asks a paper in a case.
fn asked(w: &mut World, when: When, paper: DocumentKind) {
    w.policy.papers.push(PaperRule { any_of: vec![paper], when: vec![when], optional: false, copies: 0, original: false });
}

fn with_proxy(w: &mut World) {
    w.content.stand_ins.proxy = Some(somebody(OTHER_NIK));
    asked(w, When::Proxy, DocumentKind::SuratKuasa);
    w.content.documents.insert(DocumentKind::SuratKuasa);
}

#[test]
fn a_proxy_needs_rules_that_know_proxies_and_their_paper() {
    check(|w| w.content.stand_ins.proxy = Some(somebody(OTHER_NIK)), &[F::KuasaTidakDiatur]);
    check(with_proxy, &[]);
    let without_paper = |w: &mut World| {
        with_proxy(w);
        w.content.documents.clear();
    };
    check(without_paper, &[F::KuasaTanpaSurat]);
}

#[test]
fn an_official_who_collects_is_looked_at() {
    let account = |w: &mut World| {
        with_proxy(w);
        let nik = nik(OTHER_NIK);
        w.around.officials = vec![Official { name: "SULASTRI".to_owned(), role: "Petugas desa".to_owned(), nik, family_card: None }];
    };
    check(account, &[F::KuasaPetugas]);
    let occupation = |words: &'static str| {
        move |w: &mut World| {
            with_proxy(w);
            let mut row = resident("DT9", OTHER_NIK, "SULASTRI", "1970-01-01", Sex::Female);
            row.occupation = words.to_owned();
            w.around.stand_ins = vec![row];
        }
    };
    check(occupation("Perangkat Desa"), &[F::KuasaPetugas]);
    check(occupation("PETANI/PEKEBUN"), &[]);
}

#[test]
fn one_proxy_for_many_families_is_worth_knowing() {
    let earlier = |claims: u32, of_one: bool| {
        move |w: &mut World| {
            with_proxy(w);
            for number in 1..=claims {
                let mut claim = other_claim(number);
                claim.proxy_nik = nik(OTHER_NIK);
                if of_one {
                    claim.deceased_nik = other_claim(1).deceased_nik;
                }
                w.earlier.push(claim);
            }
        }
    };
    check(earlier(1, false), &[]);
    check(earlier(2, false), &[F::KuasaBerulang]);
    check(earlier(3, true), &[]);
}

fn child(w: &mut World) {
    w.register.truncate(1);
    w.content.heirs[0].nik = ClaimedNik::take("3325014101150001");
    w.content.heirs[0].relation = Relation::Anak;
}

#[test]
fn a_child_needs_a_guardian_and_the_paper_the_rules_ask() {
    let guarded = |w: &mut World| {
        child(w);
        w.content.stand_ins.guardian = Some(somebody(OTHER_NIK));
    };
    check(child, &[F::AhliWarisBelumDewasa]);
    check(guarded, &[]);
    let paper = |held: bool| {
        move |w: &mut World| {
            guarded(w);
            asked(w, When::Guardian, DocumentKind::SuratWali);
            if held {
                w.content.documents.insert(DocumentKind::SuratWali);
            }
        }
    };
    check(paper(false), &[F::AhliWarisBelumDewasa]);
    check(paper(true), &[]);
    let account_of = |holder: &'static str| {
        move |w: &mut World| {
            guarded(w);
            w.content.payout = Payout::Bank(BankAccount { bank: "BRI".to_owned(), number: "77001".to_owned(), holder: holder.to_owned() });
        }
    };
    check(account_of("SULASTRI"), &[]);
    check(account_of("TASRI"), &[F::NamaRekeningBeda]);
}

#[test]
fn who_stands_in_is_alive_of_age_and_another_person() {
    let proxy = |number: &'static str| {
        move |w: &mut World| {
            with_proxy(w);
            w.content.stand_ins.proxy = Some(somebody(number));
        }
    };
    check(proxy(NIK), &[F::WakilJanggal]);
    check(proxy("3325014101150009"), &[F::WakilJanggal]);
    let registered = |name: &'static str, status: ResidentStatus| {
        move |w: &mut World| {
            with_proxy(w);
            w.around.stand_ins = vec![resident("DT9", OTHER_NIK, name, "1970-01-01", Sex::Female)];
            w.around.stand_ins[0].status = status;
        }
    };
    check(registered("SULASTRI", ResidentStatus::Alive), &[]);
    check(registered("SULASTRI", ResidentStatus::Dead), &[F::WakilJanggal]);
    check(registered("BUDI SANTOSO", ResidentStatus::Alive), &[F::WakilJanggal]);
}

fn without_heir(w: &mut World) {
    let recipient = Heir {
        name: PersonName::parse("SUDARNO").unwrap(),
        nik: ClaimedNik::take(OTHER_NIK),
        family_card: None,
        relation: Relation::BukanKeluarga,
        phone: String::new(),
        address: String::new(),
    };
    w.content.heirs.clear();
    w.register.truncate(1);
    w.content.payout = Payout::Cash;
    w.content.stand_ins.no_heir = Some(NoHeir { recipient, capacity: "ketua RT 003".to_owned() });
}

#[test]
fn somebody_else_receives_only_where_the_rules_say_so_and_nobody_of_the_family_lives() {
    let severity = |world: &World| run_world(world).iter().map(|finding| (finding.code, finding.severity)).collect::<Vec<_>>();
    let mut world = clean();
    without_heir(&mut world);
    assert_eq!(world.content.payee().unwrap().name.as_str(), "SUDARNO");
    assert_eq!(severity(&world), [(F::AhliWarisTidakAda, Severity::Review)], "no rule knows it");
    world.policy.heirs.no_heir = vec!["pengurus RT".to_owned()];
    assert_eq!(severity(&world), []);
    asked(&mut world, When::NoHeir, DocumentKind::PernyataanPenggunaan);
    assert_eq!(severity(&world), [(F::AhliWarisTidakAda, Severity::Note)], "the statement is missing");
    world.content.documents.insert(DocumentKind::PernyataanPenggunaan);
    assert_eq!(severity(&world), []);
    let mut son = resident("DT3", "3325010506700001", "SUROTO", "1970-06-05", Sex::Male);
    son.family_role = "ANAK".to_owned();
    world.around.family = vec![son];
    assert_eq!(severity(&world), [(F::AhliWarisTidakAda, Severity::Review)], "a son lives on the card");
    world.around.family[0].status = ResidentStatus::Dead;
    assert_eq!(severity(&world), []);
}

#[test]
fn a_claim_without_stand_ins_is_kept_as_it_always_was() {
    let kept = serde_json::to_value(clean().content).unwrap();
    assert!(kept.get("stand_ins").is_none());
    let mut world = clean();
    with_proxy(&mut world);
    let kept = serde_json::to_string(&world.content).unwrap();
    assert_eq!(serde_json::from_str::<ClaimContent>(&kept).unwrap(), world.content);
}
