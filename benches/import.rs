//! Import of a register with its matching keys against the raw loaders of SQLite and PostgreSQL, in one run.
//!
//! The raw loader gets the very rows of our table (ids and keys computed already) as CSV and makes the same indexes
//! afterwards: the least that anybody could do. Shown are seconds, the ratio, and our peak memory.
//!
//! `cargo bench --bench import` · rows by `SANTUNAN_BENCH_ROWS` (100,000), PostgreSQL by `SANTUNAN_TEST_POSTGRES_URL`
//! (left out where it is not set). Needs the programs `sqlite3` and `psql`.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Datelike, NaiveDate};
use santunan::domain::identity::{FamilyCard, Nik, Sex};
use santunan::domain::region::RegionCode;
use santunan::domain::register::{Resident, ResidentStatus};
use santunan::store::releases::{NewRelease, Rows};
use santunan::store::{DatabaseUrl, Store, StoreError, packs, register};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The kabupaten whose office imports.
const OFFICE: &str = "33.25";

fn main() -> Outcome<()> {
    let rows: u32 = std::env::var("SANTUNAN_BENCH_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    println!("{rows} residents");
    let path = folder.path().join("ours.db");
    let ours = import(&DatabaseUrl::Sqlite(path.clone()), rows)?;
    tell("SQLite", &ours, sqlite_raw(folder.path(), &path)?);
    if let Ok(server) = std::env::var("SANTUNAN_TEST_POSTGRES_URL") {
        psql(&server, "DROP SCHEMA IF EXISTS bench_import CASCADE; CREATE SCHEMA bench_import", folder.path())?;
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-c%20search_path%3Dbench_import");
        let ours = import(&DatabaseUrl::Postgres(url.clone()), rows)?;
        tell("PostgreSQL", &ours, postgres_raw(folder.path(), &url)?);
        psql(&server, "SET client_min_messages = warning; DROP SCHEMA bench_import CASCADE", folder.path())?;
    }
    Ok(())
}

/// What our import took.
struct Ours {
    took: Duration,
    peak_memory: String,
}

fn tell(engine: &str, ours: &Ours, raw: Duration) {
    let percent = ours.took.as_millis().saturating_mul(100).checked_div(raw.as_millis()).unwrap_or_default();
    let (whole, rest) = (percent.div_euclid(100), percent.rem_euclid(100));
    println!("{engine}: import {:?}, raw loader {raw:?}, ratio {whole}.{rest:02}, peak memory {}", ours.took, ours.peak_memory);
}

fn import(url: &DatabaseUrl, rows: u32) -> Outcome<Ours> {
    let (store, _) = Store::migrate_and_open(url)?;
    let office = RegionCode::parse(OFFICE)?;
    let now = DateTime::UNIX_EPOCH;
    let release = NewRelease {
        office: office.clone(),
        source: "DTSEN".into(),
        released_on: now.date_naive(),
        file_name: "bench.csv".into(),
        sha256: "bench".into(),
        imported_at: now,
    };
    // Where the system forbids it, the peak is that of the whole run.
    let _kept = std::fs::write("/proc/self/clear_refs", "5");
    let begun = Instant::now();
    store.write::<_, StoreError>(OFFICE, |tx| {
        packs::ensure_office(tx, OFFICE, "Kabupaten", now)?;
        register::take_in::<(), StoreError>(tx, &release, |take| {
            for n in 0..rows {
                take(resident(n).ok_or(StoreError::NotFound)?)?;
            }
            Ok(((), Rows::default()))
        })
    })?;
    let took = begun.elapsed();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned();
    Ok(Ours { took, peak_memory: peak })
}

fn sqlite_raw(folder: &Path, ours: &Path) -> Outcome<Duration> {
    let csv = folder.join("rows.csv");
    run(Command::new("sqlite3")
        .arg(ours)
        .arg("-cmd")
        .arg(".mode csv")
        .arg(format!(".once {}", csv.display()))
        .arg("SELECT * FROM residents"))?;
    let schema = output(
        Command::new("sqlite3")
            .arg(ours)
            .arg("SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'residents' AND sql IS NOT NULL ORDER BY type DESC"),
    )?;
    let (table, indexes) = schema.split_once("CREATE INDEX").ok_or("no indexes")?;
    let script = format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n{table}\n.mode csv\n.import {} residents\nCREATE INDEX{indexes}",
        csv.display()
    );
    let begun = Instant::now();
    feed(Command::new("sqlite3").arg(folder.join("raw.db")), &script)?;
    Ok(begun.elapsed())
}

fn postgres_raw(folder: &Path, url: &str) -> Outcome<Duration> {
    let csv = folder.join("rows.pg");
    psql(url, &format!("\\copy residents TO '{}'", csv.display()), folder)?;
    psql(url, "CREATE TABLE raw_residents (LIKE residents INCLUDING CONSTRAINTS)", folder)?;
    let indexes = "SELECT replace(replace(indexdef, 'INDEX ', 'INDEX raw_'), '.residents ', '.raw_residents ') || ';' FROM pg_indexes
                   WHERE schemaname = current_schema() AND tablename = 'residents'";
    let indexes = output(Command::new("psql").args([url, "-qAtc", indexes]))?;
    let begun = Instant::now();
    psql(url, &format!("\\copy raw_residents FROM '{}'", csv.display()), folder)?;
    psql(url, &indexes, folder)?;
    Ok(begun.elapsed())
}

fn psql(url: &str, script: &str, folder: &Path) -> Outcome<()> {
    let file = folder.join("script.sql");
    std::fs::write(&file, script)?;
    run(Command::new("psql").args([url, "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(file))
}

fn run(command: &mut Command) -> Outcome<()> {
    output(command).map(drop)
}

fn output(command: &mut Command) -> Outcome<String> {
    let done = command.output()?;
    if !done.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn feed(command: &mut Command, script: &str) -> Outcome<()> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().ok_or("no input")?.write_all(script.as_bytes())?;
    if child.wait()?.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}

const FIRST: [&str; 16] = [
    "SITI", "MUHAMAD", "SRI", "NUR", "AHMAD", "SUTRISNO", "BUDI", "WAHYU", "KASMINAH", "TURIYAH", "JUMADI", "PARTO", "CASMADI", "RASMINI",
    "ZAENAL", "FATIMAH",
];
const SYLLABLES: [&str; 16] = ["SU", "KA", "MI", "RO", "TA", "DI", "WA", "JO", "PU", "NA", "RI", "YA", "SA", "LE", "TRI", "MAN"];

/// Digits that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or_default() % n
    }

    fn word(&mut self) -> String {
        let count = 2 + self.below(3);
        (0..count).filter_map(|_| usize::try_from(self.below(16)).ok().and_then(|at| SYLLABLES.get(at))).copied().collect()
    }
}

/// The `n`-th invented resident.
fn resident(n: u32) -> Option<Resident> {
    let mut dice = Dice(u64::from(n));
    let first = FIRST.get(usize::try_from(dice.below(16)).ok()?)?;
    let born_on = NaiveDate::from_ymd_opt(1935 + i32::try_from(dice.below(88)).ok()?, 1 + dice.below(12), 1 + dice.below(28))?;
    let (subdistrict, village) = (1 + dice.below(15), 2001 + dice.below(17));
    let sex = if dice.below(2) == 0 { Sex::Male } else { Sex::Female };
    let day = born_on.day() + if sex == Sex::Male { 0 } else { 40 };
    let nik = format!("3325{subdistrict:02}{day:02}{}{:04}", born_on.format("%m%y"), 1 + dice.below(9_998));
    let card = format!("3325{subdistrict:02}010110{:04}", 1 + n / 4 % 9_998);
    Some(Resident {
        register_id: format!("B{n:09}"),
        nik: Nik::parse(&nik).ok(),
        family_card: FamilyCard::parse(&card).ok(),
        name: if dice.below(5) == 0 { (*first).to_owned() } else { format!("{first} {}", dice.word()) },
        birth_place: "BATANG".into(),
        born_on: Some(born_on),
        sex: Some(sex),
        family_role: "FAMILI LAIN".into(),
        marital_status: "KAWIN".into(),
        occupation: "BURUH HARIAN LEPAS".into(),
        mother: dice.word(),
        father: dice.word(),
        street: "DUKUH GONDANG".into(),
        hamlet: "GONDANG".into(),
        rt: format!("{:03}", dice.below(12)),
        rw: format!("{:03}", dice.below(6)),
        village: RegionCode::parse(&format!("33.25.{subdistrict:02}.{village}")).ok(),
        decile: u8::try_from(1 + dice.below(10)).ok(),
        pkh: dice.below(5) == 0,
        sembako: dice.below(4) == 0,
        pbi: dice.below(3) == 0,
        status: ResidentStatus::Alive,
        died_on: None,
        account: None,
    })
}
