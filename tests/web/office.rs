//! A small office: two villages of the sample register, one account per role.

use std::io::Cursor;

use chrono::{DateTime, TimeZone, Utc};
use santunan::clock::{Clock, new_id};
use santunan::domain::access::{Actor, Role};
use santunan::domain::identity::Sex;
use santunan::domain::region::RegionCode;
use santunan::domain::register::{Resident, ResidentStatus};
use santunan::exchange::pack::{included, read_users};
use santunan::exchange::register_file::{Mappings, RegisterFile};
use santunan::exchange::table::TableFault;
use santunan::store::{DatabaseUrl, Store};
use santunan::workflow::accounts::{NewAccount, add_account};
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::{Desk, OfficeSources, open_office};

pub const PASSWORD: &str = "kata sandi uji coba";
const REGISTER: &[u8] = include_bytes!("../../fixtures/register/population_sample.csv");
pub const VILLAGE: &str = "33.25.01.2006";
const OTHER_VILLAGE: &str = "33.25.03.2007";

pub fn office_day() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 22, 2, 0, 0).unwrap()
}

pub fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).unwrap()
}

/// A desk with the office, its accounts and the register of its villages.
pub fn prepared(folder: &std::path::Path, clock: Clock, public_url: &str) -> (Desk, Vec<Resident>) {
    let url = DatabaseUrl::Sqlite(folder.join("uji.db"));
    let (store, _) = Store::migrate_and_open(&url).unwrap();
    let desk = Desk::new(store, folder, clock, public_url.to_owned());
    let sources = OfficeSources { office: included::OFFICE, policy: included::POLICY, emblem: included::EMBLEM };
    let office = open_office(&desk, sources).unwrap();
    let machine = actor(&office, "mesin", Role::Admin, &office);
    open_accounts(&desk, &machine);
    let bytes = register_of_both_villages();
    let released_on = office_day().date_naive();
    let mut residents = Vec::new();
    let mut file = RegisterFile::open(Cursor::new(&bytes), &Mappings::built_in(), released_on).unwrap();
    let keep = |resident| -> Result<(), TableFault> {
        residents.push(resident);
        Ok(())
    };
    file.each_resident(keep).unwrap();
    import_register(&desk, &machine, Origin { source: "DTSEN", released_on, file_name: "contoh.csv", file: &mut file }, || {}).unwrap();
    (desk, residents)
}

/// The header and the rows of the two villages.
fn register_of_both_villages() -> Vec<u8> {
    let text = std::str::from_utf8(REGISTER).unwrap();
    let ours = |line: &&str| line.starts_with("id_dtsen") || [VILLAGE, OTHER_VILLAGE].iter().any(|village| line.contains(village));
    text.lines().filter(ours).collect::<Vec<_>>().join("\n").into_bytes()
}

fn open_accounts(desk: &Desk, machine: &Actor) {
    let users = read_users(included::USERS).unwrap();
    let wanted = |role: Role, own: &RegionCode| {
        !matches!(role, Role::Operator | Role::VillageHead) || [VILLAGE, OTHER_VILLAGE].contains(&own.as_str())
    };
    for user in users.into_iter().filter(|user| wanted(user.role, &user.region)) {
        let person = Actor {
            nik: Some(user.nik),
            family_card: Some(user.family_card),
            ..actor(&machine.office, user.name.as_str(), user.role, &user.region)
        };
        add_account(desk, machine, &NewAccount { actor: person, username: user.username }, PASSWORD).unwrap();
    }
}

fn actor(office: &RegionCode, name: &str, role: Role, own: &RegionCode) -> Actor {
    Actor { id: new_id(), name: name.to_owned(), role, office: office.clone(), region: own.clone(), nik: None, family_card: None }
}

/// Login name of the first account of a role.
pub fn first_username(role: Role) -> String {
    let users = read_users(included::USERS).unwrap();
    users.into_iter().find(|u| u.role == role).unwrap().username
}

/// Heads of family with a living wife on the same card, the poor ones first.
pub fn families(residents: &[Resident]) -> Vec<(Resident, Resident)> {
    let fits = |r: &&Resident| r.status == ResidentStatus::Alive && r.village == Some(region(VILLAGE)) && r.nik.is_some();
    let unique = |r: &Resident| residents.iter().filter(|o| o.nik == r.nik).count() == 1;
    let heads = residents.iter().filter(fits).filter(|r| r.family_role == "KEPALA KELUARGA" && r.sex == Some(Sex::Male) && unique(r));
    let with_wife = |head: &Resident| {
        let wife = residents.iter().filter(fits).find(|r| r.family_role == "ISTRI" && r.family_card == head.family_card && unique(r));
        wife.map(|wife| (head.clone(), wife.clone()))
    };
    let mut families: Vec<_> = heads.filter_map(with_wife).collect();
    let is_rich = |head: &Resident| head.decile.is_none_or(|d| d > 4) || !head.occupation.starts_with("PETANI");
    families.sort_by_key(|(head, _)| is_rich(head));
    families
}
