//! Each rule on its own: one clean case, one change at a time, and the codes that follow.

mod person;
mod signals;
mod variants;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Holidays;
use crate::domain::claim::{Address, BankAccount, ClaimedNik, Death, Deceased, DocumentKind, Heir, Payout, Reporter, Waiver};
use crate::domain::identity::{FamilyCard, Nik, PersonName, Relation, Sex};
use crate::domain::linkage::{Candidate, Frequencies, Model, PersonRecord};
use crate::domain::policy::{DayUnit, PolicyPack};
use crate::domain::region::RegionCode;
use crate::domain::register::{Activity, Dataset, Resident, ResidentStatus, Standing, Witness};
use crate::domain::source::{Answer, Element, NoAnswer, SourceAnswer, Who};

const NIK: &str = "3325012609450001";
const HEIR_NIK: &str = "3325014101510001";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn nik(text: &str) -> Option<Nik> {
    Nik::parse(text).ok()
}

fn village(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

/// A claim and all there is to know about it; clean until changed.
#[derive(Clone)]
struct World {
    content: ClaimContent,
    filed_on: NaiveDate,
    register: Vec<Resident>,
    activities: Vec<Activity>,
    earlier: Vec<EarlierClaim>,
    around: Around,
    released_on: Option<NaiveDate>,
    policy: Policy,
    waiver: Option<Waiver>,
    holidays: Holidays,
}

fn resident(id: &str, number: &str, name: &str, born: &str, sex: Sex) -> Resident {
    Resident {
        register_id: id.to_owned(),
        nik: nik(number),
        family_card: FamilyCard::parse("3325013105140001").ok(),
        name: name.to_owned(),
        birth_place: String::new(),
        born_on: Some(day(born)),
        sex: Some(sex),
        family_role: "KEPALA KELUARGA".to_owned(),
        marital_status: String::new(),
        occupation: "BURUH HARIAN LEPAS".to_owned(),
        mother: "SUMINI".to_owned(),
        father: String::new(),
        street: String::new(),
        hamlet: String::new(),
        rt: String::new(),
        rw: String::new(),
        village: Some(village("33.25.01.2006")),
        decile: Some(2),
        pkh: false,
        sembako: false,
        pbi: false,
        status: ResidentStatus::Alive,
        died_on: None,
        account: None,
    }
}

fn clean() -> World {
    let deceased = Deceased {
        name: PersonName::parse("JUMONO").unwrap(),
        nik: ClaimedNik::take(NIK),
        family_card: None,
        born_on: Some(day("1945-09-26")),
        sex: Some(Sex::Male),
        mother: "SUMINI".to_owned(),
        address: Address::default(),
        village: village("33.25.01.2006"),
    };
    let heir = Heir {
        name: PersonName::parse("KASTURAH").unwrap(),
        nik: ClaimedNik::take(HEIR_NIK),
        family_card: None,
        relation: Relation::Istri,
        phone: "085715717070".to_owned(),
        address: String::new(),
    };
    let death = Death { died_on: day("2026-03-01"), place: "RUMAH".to_owned(), letter_number: String::new(), letter_on: None, cause: None };
    let account = BankAccount { bank: "BRI".to_owned(), number: "595597594616062".to_owned(), holder: "KASTURAH".to_owned() };
    let content = ClaimContent {
        village: village("33.25.01.2006"),
        deceased,
        death,
        reporter: Reporter { name: PersonName::parse("KASTURAH").unwrap(), relation: String::new(), phone: String::new() },
        heirs: vec![heir],
        payout: Payout::Bank(account),
        documents: BTreeSet::new(),
    };
    let register =
        vec![resident("DT1", NIK, "JUMONO", "1945-09-26", Sex::Male), resident("DT2", HEIR_NIK, "KASTURAH", "1951-01-01", Sex::Female)];
    World {
        content,
        filed_on: day("2026-03-20"),
        register,
        activities: Vec::new(),
        earlier: Vec::new(),
        around: Around::default(),
        released_on: None,
        policy: policy(),
        waiver: None,
        holidays: Holidays::default(),
    }
}

/// Another deceased, heir and account, filed by the same clerk two days before.
fn other_claim(number: u32) -> EarlierClaim {
    EarlierClaim {
        claim_code: format!("K{number}"),
        sequence: i64::from(number),
        village: village("33.25.01.2006"),
        clerk: "PTG".to_owned(),
        filed_on: day("2026-03-18"),
        died_on: day("2026-02-27"),
        deceased_nik: nik(&format!("33250105065500{number:02}")),
        deceased_register_id: Some(format!("DX{number}")),
        deceased_name: "WAGIMIN".to_owned(),
        deceased_born_on: Some(day("1955-06-05")),
        deceased_mother: String::new(),
        deceased_village: village("33.25.01.2006"),
        heir_nik: nik(&format!("33250145067700{number:02}")),
        heir_name: format!("RUKMINI {}", ["ASIH", "BUDIARTI", "CAHYANI", "DEWANTI"][usize::try_from(number).unwrap() % 4]),
        heir_phone: format!("0812000000{number:02}"),
        heir_outside_family: false,
        account: format!("{}", 700_000 + number * 1_000),
        letter_number: String::new(),
        letter_on: None,
        filed_at: None,
    }
}

fn policy() -> Policy {
    let pack = PolicyPack::parse(include_str!("../../../../fixtures/offices/33.25/policy.toml")).unwrap();
    pack.for_death(day("2026-03-01")).unwrap().clone()
}

fn candidates_of(world: &World) -> Vec<Candidate> {
    let rows = (0..).zip(&world.register);
    rows.map(|(row, resident)| Candidate { row, register_id: resident.register_id.clone(), record: PersonRecord::of(resident) }).collect()
}

fn facts_of(world: &World) -> CrosscheckFacts {
    let heir_nik = world.content.payee().and_then(|h| h.nik.number.clone());
    let heir_rows: Vec<Resident> = world.register.iter().filter(|r| r.nik.is_some() && r.nik == heir_nik).cloned().collect();
    let sighting = identify(&Model::prior(Frequencies::default()), &world.content, &candidates_of(world), &heir_rows, &[]);
    let (person, rivals) = sighting.told(|at| world.register.get(at).cloned());
    let dataset = Dataset { name: "DTSEN".to_owned(), released_on: world.released_on.or(Some(day("2026-01-01"))) };
    let in_force = |row: &Resident| Witness { resident: row.clone(), dataset: dataset.clone(), standing: Standing::InForce };
    CrosscheckFacts {
        rivals,
        answers: Vec::new(),
        live: Vec::new(),
        poverty: person.row().map(in_force),
        person,
        heir_rows,
        activities: world.activities.clone(),
        earlier: world.earlier.clone(),
        clerk: "PTG".to_owned(),
        dataset,
        around: world.around.clone(),
        holidays: world.holidays.clone(),
        waiver: world.waiver.clone(),
    }
}

fn run_world(world: &World) -> Vec<Finding> {
    run_by(world, &world.policy)
}

fn run_by(world: &World, policy: &Policy) -> Vec<Finding> {
    run(&world.content, world.filed_on, &facts_of(world), policy)
}

fn check(change: impl FnOnce(&mut World), expected: &[FindingCode]) {
    let mut world = clean();
    change(&mut world);
    let found: Vec<FindingCode> = run_world(&world).iter().map(|finding| finding.code).filter(|code| code.is_public()).collect();
    assert_eq!(found, expected);
}

use FindingCode as F;

#[test]
fn a_clean_claim_has_no_findings() {
    check(|_| {}, &[]);
    check(|w| w.content.payout = Payout::Cash, &[]);
    check(|w| w.content.heirs.clear(), &[]);
}

#[test]
fn the_nik_is_there_right_known_and_only_once() {
    for missing in ["", "-", "9999999999999996"] {
        check(|w| w.content.deceased.nik = ClaimedNik::take(missing), &[F::NikTidakTersedia]);
    }
    check(|w| w.content.deceased.nik = ClaimedNik::take("3325012609450009"), &[F::NikSalahKetik]);
    check(|w| w.content.deceased.nik = ClaimedNik::take("3325012609540001"), &[F::NikSalahKetik, F::NikTanggalBeda]);
    check(|w| w.content.deceased.nik = ClaimedNik::take("332501260945001"), &[F::NikSalahKetik]);
    check(|w| w.register.remove(0).register_id.clear(), &[F::NikTidakDitemukan]);
    check(
        |w| {
            w.content.deceased.nik = ClaimedNik::take("");
            w.register.remove(0);
        },
        &[F::NikTidakDitemukan, F::NikTidakTersedia],
    );
    check(|w| w.register.push(resident("DT3", NIK, "AKBAR", "2015-06-24", Sex::Male)), &[F::NikGandaRegistri]);
}

#[test]
fn a_namesake_with_another_birth_date_is_not_the_deceased() {
    let namesake = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("");
        w.register[0].born_on = Some(day("1971-02-03"));
    };
    check(namesake, &[F::NikTidakDitemukan, F::NikTidakTersedia]);
}

#[test]
fn two_people_who_fit_equally_well_are_nobody() {
    let twins = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("");
        w.content.deceased.mother.clear();
        w.register.push(resident("DT3", "3325012609450002", "JUMONO", "1945-09-26", Sex::Male));
        w.register[2].mother = "RATMI".to_owned();
    };
    check(twins, &[F::NikTidakDitemukan, F::NikTidakTersedia]);
}

#[test]
fn a_name_is_the_same_a_variant_or_another() {
    let named = |name: &'static str| move |w: &mut World| w.content.deceased.name = PersonName::parse(name).unwrap();
    check(named("ALM. H. Jumono"), &[]);
    check(named("DJUMONO"), &[F::NamaVarian]);
    check(named("JUMENO"), &[F::NamaVarian]);
    check(named("ANDI HERU"), &[F::NamaBeda]);
    let neighbour = |w: &mut World| {
        w.content.deceased.name = PersonName::parse("SUMONO").unwrap();
        w.content.deceased.born_on = Some(day("1938-02-14"));
        w.content.deceased.mother = "WAKIYAH".to_owned();
    };
    check(neighbour, &[F::NikTanggalBeda, F::NamaBeda]);
    let on_a_neighbours_number = |w: &mut World| {
        w.content.deceased.nik = ClaimedNik::take("3325012609450002");
        w.register.push(resident("DT3", "3325012609450002", "KASMURI", "1945-09-26", Sex::Male));
    };
    check(on_a_neighbours_number, &[F::NikSalahKetik]);
}

#[test]
fn what_is_said_about_the_number_alone_only_informs() {
    check(|w| w.content.deceased.born_on = Some(day("1946-09-26")), &[F::NikTanggalBeda]);
    check(|w| w.content.deceased.sex = Some(Sex::Female), &[F::NikTanggalBeda]);
    let notes = [F::NikTanggalBeda, F::NamaVarian, F::NikGandaRegistri];
    let mut world = clean();
    world.content.deceased.sex = Some(Sex::Female);
    world.content.deceased.name = PersonName::parse("JUMENO").unwrap();
    world.register.push(resident("DT3", NIK, "AKBAR", "2015-06-24", Sex::Male));
    let findings = run_world(&world);
    assert!(notes.iter().all(|code| findings.iter().any(|f| f.code == *code)));
    assert_eq!(Verdict::of(&findings), Verdict::Eligible);
}

#[test]
fn the_register_may_have_an_older_death() {
    let died = |on: &'static str| {
        move |w: &mut World| {
            w.register[0].status = ResidentStatus::Dead;
            w.register[0].died_on = Some(day(on));
        }
    };
    check(died("2026-03-01"), &[]);
    check(died("2026-01-30"), &[]);
    check(died("2026-01-29"), &[F::SudahMeninggalLama]);
    check(|w| w.register[0].status = ResidentStatus::Dead, &[]);
}

#[test]
fn only_a_presence_after_the_death_shows_life() {
    let seen = |on: &'static str, kind: &'static str| {
        move |w: &mut World| w.activities.push(Activity { nik: nik(NIK).unwrap(), happened_on: day(on), kind: kind.to_owned() })
    };
    for kind in PRESENCE_KINDS {
        check(seen("2026-03-02", kind), &[F::MasihHidup]);
        check(seen("2026-03-01", kind), &[]);
    }
    check(seen("2026-03-05", "AUTO_KREDIT_PKH"), &[]);
}

#[test]
fn day_sixty_is_in_time_and_day_sixty_one_is_not() {
    check(|w| w.filed_on = w.content.death.died_on + Days::new(60), &[]);
    check(|w| w.filed_on = w.content.death.died_on + Days::new(61), &[F::Lewat60Hari]);
    check(|w| w.filed_on = w.content.death.died_on, &[]);
    check(|w| w.filed_on = day("2026-02-28"), &[F::TglMeninggalMasaDepan]);
    check(|w| w.content.death.died_on = day("1945-09-25"), &[F::Lewat60Hari, F::MeninggalSebelumLahir]);
}

#[test]
fn a_late_claim_somebody_accepted_is_only_noted() {
    let mut world = clean();
    world.filed_on = world.content.death.died_on + Days::new(63);
    let late = run_world(&world);
    assert!(late[0].sentence.contains("3 hari setelah batas 60 hari, yaitu 30 April 2026"), "{}", late[0].sentence);
    assert_eq!(Verdict::of(&late), Verdict::Ineligible);
    world.waiver = Some(Waiver {
        by: "RATNA".to_owned(),
        role: crate::domain::access::Role::Approver,
        reason: "jalan desa terputus banjir".to_owned(),
        on: day("2026-05-04"),
    });
    let waived = run_world(&world);
    assert_eq!((waived.len(), waived[0].code, waived[0].severity), (1, F::Lewat60Hari, Severity::Note));
    assert!(waived[0].sentence.contains("RATNA (Kepala Dinas Sosial) pada 4 Mei 2026: jalan desa terputus banjir"));
}

#[test]
fn a_cause_the_place_excludes_is_told_and_others_are_not() {
    let mut world = clean();
    world.content.death.cause = Some(crate::domain::claim::Cause::Suicide);
    assert_eq!(run_world(&world), [], "this place excludes no cause");
    let mut policy = policy();
    policy.excluded_causes = vec![crate::domain::claim::Cause::Suicide];
    let found = |world: &World| run_by(world, &policy).iter().map(|f| f.code).collect::<Vec<_>>();
    assert_eq!(found(&world), [F::SebabDikecualikan]);
    world.content.death.cause = None;
    assert_eq!(found(&world), []);
}

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
fn the_deadline_is_counted_by_the_holidays_of_the_office() {
    let mut world = clean();
    world.content.death.died_on = day("2026-03-16");
    world.filed_on = day("2026-03-25");
    let mut policy = policy();
    policy.deadline.unit = DayUnit::Working;
    policy.deadline.count = 7;
    assert_eq!(run_by(&world, &policy), []);
    world.filed_on = day("2026-03-26");
    assert_eq!(run_by(&world, &policy)[0].code, F::Lewat60Hari);
    world.holidays = ["2026-03-19", "2026-03-20"].into_iter().map(day).collect();
    assert_eq!(run_by(&world, &policy), []);
}

#[test]
fn what_is_missing_for_poverty_is_named() {
    let mut world = clean();
    world.register[0].decile = Some(5);
    let findings = run_world(&world);
    assert!(findings[0].sentence.contains("lengkapi surat keterangan tidak mampu dengan foto rumah"), "{}", findings[0].sentence);
    world.content.documents.insert(DocumentKind::SuratTanpaPenghasilan);
    assert_eq!(run_world(&world), []);
}

#[test]
fn one_person_is_claimed_once() {
    let earlier = |change: fn(&mut EarlierClaim)| {
        move |w: &mut World| {
            let mut claim = other_claim(1);
            claim.clerk = "LAIN".to_owned();
            change(&mut claim);
            w.earlier.push(claim);
        }
    };
    check(earlier(|_| {}), &[]);
    check(earlier(|e| e.deceased_nik = nik(NIK)), &[F::KlaimGandaNik]);
    check(earlier(|e| e.deceased_register_id = Some("DT1".to_owned())), &[F::KlaimGandaMirip]);
    let alike = |e: &mut EarlierClaim| {
        e.deceased_register_id = None;
        e.deceased_name = "DJUMONO".to_owned();
        e.deceased_born_on = Some(day("1945-09-26"));
    };
    check(earlier(alike), &[F::KlaimGandaMirip]);
    check(
        earlier(|e| {
            e.deceased_register_id = None;
            e.deceased_name = "JUMONO".to_owned();
        }),
        &[],
    );
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

#[test]
fn residence_is_where_the_person_lived_not_where_the_nik_was_issued() {
    check(|w| w.register[0].village = Some(village("33.25.03.2007")), &[F::BedaDesa]);
    check(|w| w.content.deceased.village = village("33.27.04.2001"), &[F::LuarBatang]);
    check(|w| w.register[0].status = ResidentStatus::Moved, &[F::LuarBatang]);
    let entered_twice = |w: &mut World| {
        w.register[0].village = Some(village("33.25.03.2007"));
        w.register.push(resident("DT0", NIK, "JUMONO", "1945-09-26", Sex::Male));
    };
    check(entered_twice, &[F::NikGandaRegistri]);
    let born_outside = |w: &mut World| {
        w.register[0].nik = nik("3171032609450001");
        w.content.deceased.nik = ClaimedNik::take("3171032609450001");
    };
    check(born_outside, &[]);
}

#[test]
fn poverty_is_shown_by_the_decile_or_by_the_letter() {
    for (decile, letter, expected) in [
        (Some(4), false, &[][..]),
        (Some(5), false, &[F::TidakMiskin]),
        (None, false, &[F::TidakMiskin]),
        (Some(10), true, &[]),
        (None, true, &[]),
    ] {
        let change = |w: &mut World| {
            w.register[0].decile = decile;
            if letter {
                w.content.documents.insert(DocumentKind::Sktm);
            }
        };
        check(change, expected);
    }
}

#[test]
fn civil_servants_are_covered_elsewhere_and_pensioners_here() {
    for (occupation, expected) in [
        ("PEGAWAI NEGERI SIPIL (PNS)", &[F::PekerjaanDikecualikan][..]),
        ("PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA (PPPK)", &[F::PekerjaanDikecualikan]),
        ("KEPOLISIAN RI (POLRI)", &[F::PekerjaanDikecualikan]),
        ("TENTARA NASIONAL INDONESIA (TNI)", &[F::PekerjaanDikecualikan]),
        ("PENSIUNAN", &[]),
        ("", &[]),
    ] {
        check(|w| w.register[0].occupation = occupation.to_owned(), expected);
    }
}

/// Claims 1 to `claims` of the same clerk, each changed with its number.
fn linked(claims: u32, change: impl Fn(u64, &mut EarlierClaim)) -> impl FnOnce(&mut World) {
    move |w| {
        for number in 1..=claims {
            let mut claim = other_claim(number);
            change(u64::from(number), &mut claim);
            w.earlier.push(claim);
        }
    }
}

#[test]
fn a_batch_has_two_signs_and_an_accident_one_day() {
    let phone = |e: &mut EarlierClaim| e.heir_phone = "085715717070".to_owned();
    let sequence = |n: u64, e: &mut EarlierClaim| e.account = format!("{}", 595_597_594_616_062_u64 + n);
    check(linked(3, |_, _| {}), &[]);
    check(linked(3, move |_, e| phone(e)), &[]);
    check(linked(3, move |n, e| sequence(n, e)), &[]);
    let both = move |n: u64, e: &mut EarlierClaim| {
        phone(e);
        sequence(n, e);
    };
    check(linked(1, both), &[]);
    check(linked(2, both), &[F::BatchMencurigakan]);
    let outside = move |n: u64, e: &mut EarlierClaim| {
        sequence(n, e);
        e.heir_outside_family = true;
    };
    check(linked(3, outside), &[F::BatchMencurigakan]);
    let accident = move |n: u64, e: &mut EarlierClaim| {
        both(n, e);
        e.died_on = day("2026-03-01");
    };
    check(linked(4, accident), &[]);
    let other_clerk = move |n: u64, e: &mut EarlierClaim| {
        both(n, e);
        e.clerk = "LAIN".to_owned();
    };
    check(linked(4, other_clerk), &[]);
}

#[test]
fn a_finding_says_what_was_compared_and_hides_the_numbers() {
    let mut world = clean();
    world.content.deceased.nik = ClaimedNik::take("3325012609450009");
    let findings = run_world(&world);
    let finding = &findings[0];
    assert_eq!((finding.claimed.as_str(), finding.registered.as_str()), ("332501******0009", "332501******0001"));
    assert_eq!((finding.dataset.as_str(), finding.dataset_on), ("DTSEN", Some(day("2026-01-01"))));
    assert!(finding.sentence.ends_with('.'));
}

proptest! {
    #[test]
    fn a_later_filing_never_makes_a_late_claim_timely(days in 0..400_u64) {
        let mut world = clean();
        world.filed_on = world.content.death.died_on + Days::new(days);
        let late = run_world(&world).iter().any(|f| f.code == F::Lewat60Hari);
        prop_assert_eq!(late, days > 60);
    }

    #[test]
    fn any_nik_one_digit_off_still_finds_the_person(at in 0..16_usize, digit in 0..10_u8) {
        let mut digits = NIK.as_bytes().to_vec();
        prop_assume!(digits[at] != b'0' + digit);
        digits[at] = b'0' + digit;
        let mut world = clean();
        world.content.deceased.nik = ClaimedNik::take(std::str::from_utf8(&digits).unwrap());
        let findings = run_world(&world);
        prop_assert!(findings.iter().any(|f| f.code == F::NikSalahKetik));
        prop_assert!(findings.iter().all(|f| f.code != F::NikTidakDitemukan));
    }
}

/// Runs the world with what sources said.
fn with_sources(said: &[(Who, Answer)]) -> Vec<(F, Severity)> {
    let world = clean();
    let live = said.iter().map(|(who, answer)| SourceAnswer {
        source: "Dukcapil".to_owned(),
        who: *who,
        question_key: String::new(),
        answer: answer.clone(),
        asked_on: day("2026-03-20"),
    });
    let facts = CrosscheckFacts { live: live.collect(), ..facts_of(&world) };
    // Facts survive the way through a snapshot.
    let kept: CrosscheckFacts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
    assert_eq!(kept, facts);
    run(&world.content, world.filed_on, &kept, &policy()).into_iter().map(|finding| (finding.code, finding.severity)).collect()
}

#[test]
fn a_source_speaks_for_and_against_and_its_silence_for_nothing() {
    let check = |said: &[(Who, Answer)], expected: &[(F, Severity)]| assert_eq!(with_sources(said), expected);
    let found = |dead, differing: &[Element]| Answer::Match { dead, differing: differing.to_vec() };
    let silent = Answer::Unavailable { why: NoAnswer::Slow };
    check(&[], &[]);
    check(&[(Who::Deceased, found(true, &[])), (Who::Heir, found(false, &[]))], &[(F::KematianTerkonfirmasi, Severity::Note)]);
    check(&[(Who::Deceased, found(false, &[]))], &[(F::KematianBelumTercatat, Severity::Note)]);
    check(&[(Who::Heir, found(true, &[]))], &[(F::AhliWarisSudahMeninggal, Severity::Review)]);
    check(&[(Who::Deceased, found(true, &[Element::Name]))], &[(F::DataSumberBeda, Severity::Review)]);
    check(&[(Who::Deceased, Answer::NoMatch), (Who::Heir, Answer::Several)], &[(F::DataSumberBeda, Severity::Review)]);
    check(&[(Who::Deceased, silent.clone()), (Who::Heir, silent)], &[(F::SumberTidakTerjangkau, Severity::Note)]);
}
