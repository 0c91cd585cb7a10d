//! One clean claim and all there is to know about it, to be changed by the tests.

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub(super) use super::super::FindingCode as F;
use super::super::*;
use crate::domain::calendar::Holidays;
use crate::domain::claim::{Address, BankAccount, ClaimedNik, Death, Deceased, Heir, Payout, Reporter, StandIns, Waiver};
use crate::domain::identity::{FamilyCard, Nik, PersonName, Relation, Sex};
use crate::domain::linkage::{Candidate, Frequencies, Model, PersonRecord};
use crate::domain::policy::PolicyPack;
use crate::domain::region::RegionCode;
use crate::domain::register::{Activity, Dataset, Resident, ResidentStatus, Standing, Witness};

pub(super) const NIK: &str = "3325012609450001";
pub(super) const HEIR_NIK: &str = "3325014101510001";

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn nik(text: &str) -> Option<Nik> {
    Nik::parse(text).ok()
}

pub(super) fn village(text: &str) -> RegionCode {
    RegionCode::parse(text).unwrap()
}

/// A claim and all there is to know about it; clean until changed.
#[derive(Clone)]
pub(super) struct World {
    pub(super) content: ClaimContent,
    pub(super) filed_on: NaiveDate,
    pub(super) register: Vec<Resident>,
    pub(super) activities: Vec<Activity>,
    pub(super) earlier: Vec<EarlierClaim>,
    pub(super) around: Around,
    pub(super) released_on: Option<NaiveDate>,
    pub(super) policy: Policy,
    pub(super) waiver: Option<Waiver>,
    pub(super) holidays: Holidays,
}

pub(super) fn resident(id: &str, number: &str, name: &str, born: &str, sex: Sex) -> Resident {
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

pub(super) fn clean() -> World {
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
        stand_ins: StandIns::default(),
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
pub(super) fn other_claim(number: u32) -> EarlierClaim {
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
        proxy_nik: None,
    }
}

pub(super) fn policy() -> Policy {
    let pack = PolicyPack::parse(include_str!("../../../../fixtures/offices/33.25/policy.toml")).unwrap();
    pack.for_death(day("2026-03-01")).unwrap().clone()
}

pub(super) fn candidates_of(world: &World) -> Vec<Candidate> {
    let rows = (0..).zip(&world.register);
    rows.map(|(row, resident)| Candidate { row, register_id: resident.register_id.clone(), record: PersonRecord::of(resident) }).collect()
}

pub(super) fn facts_of(world: &World) -> CrosscheckFacts {
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
        heir_claims: Vec::new(),
        clerk: "PTG".to_owned(),
        dataset,
        around: world.around.clone(),
        holidays: world.holidays.clone(),
        waiver: world.waiver.clone(),
    }
}

pub(super) fn run_world(world: &World) -> Vec<Finding> {
    run_by(world, &world.policy)
}

pub(super) fn run_by(world: &World, policy: &Policy) -> Vec<Finding> {
    run(&world.content, world.filed_on, &facts_of(world), policy)
}

pub(super) fn check(change: impl FnOnce(&mut World), expected: &[FindingCode]) {
    let mut world = clean();
    change(&mut world);
    let found: Vec<FindingCode> = run_world(&world).iter().map(|finding| finding.code).filter(|code| code.is_public()).collect();
    assert_eq!(found, expected);
}

/// Claims 1 to `claims` of the same clerk, each changed with its number.
pub(super) fn linked(claims: u32, change: impl Fn(u64, &mut EarlierClaim)) -> impl FnOnce(&mut World) {
    move |w| {
        for number in 1..=claims {
            let mut claim = other_claim(number);
            change(u64::from(number), &mut claim);
            w.earlier.push(claim);
        }
    }
}
