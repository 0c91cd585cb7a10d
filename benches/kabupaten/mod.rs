//! A kabupaten's database for a bench, made once per run: an invented register on SQLite on disk and, where
//! `SANTUNAN_TEST_POSTGRES_URL` names a server, in a schema of its own there.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use santunan::cli::generate::{as_of, places};
use santunan::domain::claim::BankAccount;
use santunan::domain::identity::{FamilyCard, Nik};
use santunan::domain::region::RegionCode;
use santunan::domain::register::{Resident, ResidentStatus};
use santunan::invented::{self, Household, Keeper, Order, Register, Standing, Words};
use santunan::store::releases::{NewRelease, Rows};
use santunan::store::schema::residents;
use santunan::store::{DatabaseUrl, DbConn, Store, StoreError, packs, register, surroundings};
use santunan::workflow::model::learn_registers;

/// Families kept to make questions and claims about.
const FAMILIES: usize = 40_000;

/// An empty database in shape; it goes when the bench ends.
pub struct Database {
    pub engine: &'static str,
    pub store: Store,
    _until_the_end: Kept,
}

enum Kept {
    Folder(#[expect(dead_code, reason = "held for its end")] tempfile::TempDir),
    Schema { server: String, name: String },
}

/// The kabupaten of the bench.
pub fn office() -> RegionCode {
    RegionCode::parse("33.25").expect("a code of a kabupaten")
}

/// A database of each engine at hand.
pub fn databases(bench: &str) -> Vec<Database> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = DatabaseUrl::Sqlite(folder.path().join("bench.db"));
    let mut all = vec![Database { engine: "SQLite", store: migrated(&url), _until_the_end: Kept::Folder(folder) }];
    if let Ok(server) = std::env::var("SANTUNAN_TEST_POSTGRES_URL") {
        let name = format!("bench_{bench}");
        run(&server, &format!("SET client_min_messages = warning; DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"));
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = DatabaseUrl::Postgres(format!("{server}{mark}options=-c%20search_path%3D{name}"));
        all.push(Database { engine: "PostgreSQL", store: migrated(&url), _until_the_end: Kept::Schema { server, name } });
    }
    all
}

fn migrated(url: &DatabaseUrl) -> Store {
    Store::migrate_and_open(url).expect("a database").0
}

fn run(server: &str, sql: &str) {
    PgConnection::establish(server).expect("the server").batch_execute(sql).expect("a schema");
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Self::Schema { server, name } = self {
            run(server, &format!("SET client_min_messages = warning; DROP SCHEMA {name} CASCADE"));
        }
    }
}

/// Fills the register and shows every resident to `each`; returns families of it.
pub fn fill(store: &Store, words: &Words, order: Order, mut each: impl FnMut(&Resident)) -> Vec<Household> {
    let mut keeper = Keeper::new(order.seed, FAMILIES);
    let mut villages = std::collections::BTreeMap::new();
    let taken = store.write::<_, StoreError>(office().as_str(), |tx| {
        packs::ensure_office(tx, office().as_str(), "Kabupaten", now())?;
        register::take_in::<(), StoreError>(tx, &release(), |take| {
            for household in Register::new(words, &places(), order) {
                keeper.show(&household);
                for person in &household.people {
                    let row = resident(person);
                    *villages.entry(person.hearth.village.clone()).or_default() += 1;
                    each(&row);
                    take(row)?;
                }
            }
            Ok(((), Rows::default()))
        })?;
        surroundings::set_populations(tx, &office(), &villages)?;
        learn_registers(tx, &office(), now())
    });
    taken.expect("the register fits in");
    keeper.families
}

/// What a running server does by itself within a minute.
pub fn settle(store: &Store) {
    let settled = store.read::<_, StoreError>(|conn| match conn {
        DbConn::Sqlite(_) => Ok(()),
        DbConn::Postgres(c) => Ok(c.batch_execute("VACUUM ANALYZE")?),
    });
    settled.expect("statistics");
}

/// The day of the register, at midnight.
pub fn now() -> DateTime<Utc> {
    as_of().and_time(chrono::NaiveTime::MIN).and_utc()
}

fn release() -> NewRelease {
    NewRelease {
        office: office(),
        source: "DTSEN".into(),
        released_on: as_of(),
        file_name: "bench.csv".into(),
        sha256: "bench".into(),
        imported_at: now(),
    }
}

fn resident(row: &invented::Resident) -> Resident {
    let home = row.hearth.clone();
    let [pkh, sembako, pbi] = home.aids;
    Resident {
        register_id: row.id.clone(),
        nik: Nik::parse(&row.nik).ok(),
        family_card: FamilyCard::parse(&home.card).ok(),
        name: row.name.clone(),
        birth_place: row.birth_place.clone(),
        born_on: Some(row.born_on),
        sex: Some(row.sex),
        family_role: row.place.to_owned(),
        marital_status: row.marital.to_owned(),
        occupation: row.occupation.clone(),
        mother: row.mother.clone(),
        father: row.father.clone(),
        street: home.street,
        hamlet: home.hamlet,
        rt: home.rt,
        rw: home.rw,
        village: RegionCode::parse(&home.village).ok(),
        decile: home.decile.and_then(|decile| u8::try_from(decile).ok()),
        pkh,
        sembako,
        pbi,
        status: match row.standing {
            Standing::Living => ResidentStatus::Alive,
            Standing::Dead => ResidentStatus::Dead,
            Standing::Moved => ResidentStatus::Moved,
        },
        died_on: row.died_on,
        account: row.account.clone().map(|(bank, number)| BankAccount { bank, number, holder: row.name.clone() }),
    }
}

/// The least anybody could do: one row by its number, through its index, with a statement that stays prepared.
pub fn raw_read(conn: &mut DbConn, nik: &str) -> Option<String> {
    residents::table.filter(residents::nik.eq(nik)).select(residents::name).load(conn).expect("a read").pop()
}

/// How long each of many runs took.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Runs something and notes how long it took.
    pub fn note<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.0.push(begun.elapsed());
        done
    }

    /// Mean, median and 99th percentile, in milliseconds.
    pub fn figures(&self) -> [f64; 3] {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = |of_a_thousand: usize| sorted.get((sorted.len() * of_a_thousand / 1000).min(sorted.len().saturating_sub(1)));
        let count = u32::try_from(sorted.len()).unwrap_or(u32::MAX).max(1);
        let mean = sorted.iter().sum::<Duration>() / count;
        [mean, at(500).copied().unwrap_or_default(), at(990).copied().unwrap_or_default()].map(|time| time.as_secs_f64() * 1000.0)
    }

    /// One line of the table: absolute times, and how many raw reads each is.
    pub fn line(&self, engine: &str, what: &str, raw: &Self) {
        let ([mean, median, p99], [raw_mean, raw_median, raw_p99]) = (self.figures(), raw.figures());
        let ratios = format!("{:.0} / {:.0} / {:.0}", mean / raw_mean, median / raw_median, p99 / raw_p99);
        println!("| {engine} | {what} | {} | {mean:.3} | {median:.3} | {p99:.3} | {ratios} |", self.0.len());
    }
}

/// Head of the table of [`Times::line`].
pub fn head() {
    println!("| engine | what | runs | mean ms | median ms | p99 ms | raw reads (mean / median / p99) |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
}

/// A size from the environment.
pub fn size(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Lets the peak be counted from here on; where the system forbids it, it is that of the whole run.
pub fn forget_peak() {
    let _kept = std::fs::write("/proc/self/clear_refs", "5");
}

/// Most memory in use since [`forget_peak`] (VmHWM), as the kernel tells it.
pub fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known on this system".to_owned(), |line| line.trim().to_owned())
}
