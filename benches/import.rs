//! Import of a register file with its matching keys against the raw loaders of SQLite and PostgreSQL, in one run.
//!
//! A file of invented residents is made first. Our import runs in a process of its own, so that its peak memory (`VmHWM`) is
//! nobody else's; its time goes from opening the file to the commit: recognising, reading twice, keys, rows, indexes. The raw
//! loader gets the very rows of our table (ids and keys computed already) as CSV and makes the same indexes afterwards: the least
//! that anybody could do. A second source of the same people follows, with the first in its place.
//!
//! `cargo bench --bench import` · rows by `SANTUNAN_BENCH_ROWS` (830,000), PostgreSQL by `SANTUNAN_TEST_POSTGRES_URL`. Needs
//! the programs `sqlite3` and `psql`.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use santunan::cli::generate::{as_of, write_register};
use santunan::clock::{Clock, new_id};
use santunan::domain::access::{Actor, Role};
use santunan::domain::region::RegionCode;
use santunan::exchange::register_file::{Mappings, RegisterFile};
use santunan::invented::{Order, Words};
use santunan::store::{DatabaseUrl, Store, StoreError, packs};
use santunan::workflow::Desk;
use santunan::workflow::import::{Origin, import_register};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The kabupaten whose office imports.
const OFFICE: &str = "33.25";
/// The word by which this program calls itself for one import: address, file, source.
const CHILD: &str = "import-one";

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [child, address, file, source] = words.as_slice()
        && child == CHILD
    {
        return import(address, Path::new(file), source);
    }
    let server = std::env::var("SANTUNAN_TEST_POSTGRES_URL");
    let server = server.map_err(|_unset| "set SANTUNAN_TEST_POSTGRES_URL: half of this measurement is PostgreSQL")?;
    let rows: usize = std::env::var("SANTUNAN_BENCH_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(830_000);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("register.csv");
    write_register(&mut BufWriter::new(File::create(&file)?), &Words::carried(), Order { seed: 1, residents: rows, as_of: as_of() })?;
    println!("{rows} residents, {} MB", std::fs::metadata(&file)?.len() >> 20);
    let path = folder.path().join("ours.db");
    let address = format!("sqlite://{}", path.display());
    let ours = in_a_child(&address, &file, "DTSEN")?;
    tell("SQLite", &ours, sqlite_raw(folder.path(), &path)?);
    second("SQLite", &in_a_child(&address, &file, "DTKS")?);
    psql(&server, "DROP SCHEMA IF EXISTS bench_import CASCADE; CREATE SCHEMA bench_import", folder.path())?;
    let mark = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{mark}options=-c%20search_path%3Dbench_import");
    let ours = in_a_child(&url, &file, "DTSEN")?;
    tell("PostgreSQL", &ours, postgres_raw(folder.path(), &url)?);
    second("PostgreSQL", &in_a_child(&url, &file, "DTKS")?);
    psql(&server, "SET client_min_messages = warning; DROP SCHEMA bench_import CASCADE", folder.path())
}

/// What our import took.
struct Ours {
    took: Duration,
    peak_kb: u64,
}

fn tell(engine: &str, ours: &Ours, raw: Duration) {
    let percent = ours.took.as_millis().saturating_mul(100).checked_div(raw.as_millis()).unwrap_or_default();
    let (whole, rest) = (percent.div_euclid(100), percent.rem_euclid(100));
    println!("{engine}: import {:.1?}, raw loader {raw:.1?}, ratio {whole}.{rest:02}, peak memory {} MB", ours.took, ours.peak_kb >> 10);
}

fn second(engine: &str, ours: &Ours) {
    println!("{engine}: second source {:.1?}, peak memory {} MB", ours.took, ours.peak_kb >> 10);
}

fn in_a_child(address: &str, file: &Path, source: &str) -> Outcome<Ours> {
    let told = output(Command::new(std::env::current_exe()?).arg(CHILD).arg(address).arg(file).arg(source))?;
    let (millis, peak) = told.trim().split_once(' ').ok_or("the child said nothing")?;
    Ok(Ours { took: Duration::from_millis(millis.parse()?), peak_kb: peak.parse()? })
}

/// One import, in a process of its own; says milliseconds and peak memory in kB.
fn import(address: &str, file: &Path, source: &str) -> Outcome<()> {
    let (store, _) = Store::migrate_and_open(&DatabaseUrl::parse(address)?)?;
    let office = RegionCode::parse(OFFICE)?;
    let now = Clock::System.now();
    store.write::<_, StoreError>(OFFICE, |tx| packs::ensure_office(tx, OFFICE, "Kabupaten", now))?;
    let folder = file.parent().ok_or("the file has no folder")?;
    let desk = Desk::new(store, folder, Clock::System, "http://localhost".to_owned());
    let region = office.clone();
    let machine = Actor { id: new_id(), name: "mesin".to_owned(), role: Role::Admin, office, region, nik: None, family_card: None };
    let begun = Instant::now();
    let mut register = RegisterFile::open(BufReader::new(File::open(file)?), &Mappings::built_in(), now.date_naive())?;
    let origin = Origin { source, released_on: now.date_naive(), file_name: "bench.csv", file: &mut register };
    import_register(&desk, &machine, origin, || ())?;
    let took = begun.elapsed();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak memory on this system")?;
    println!("{} {}", took.as_millis(), peak.trim().trim_end_matches(" kB"));
    Ok(())
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
