//! Claims submitted durably by many clients at once, beside the naive door: one transaction and one fsync for each claim.
//!
//!     cargo bench --bench durable
//!     SANTUNAN_BENCH_CLIENTS=32 SANTUNAN_BENCH_CLAIMS=4000 SANTUNAN_BENCH_RESIDENTS=60000 cargo bench --bench durable
//!
//! Both sides call `workflow::submit` for claims of the same kind on the same SQLite file with `synchronous=FULL`: full cross-check,
//! findings, story, audit, snapshot, numbered receipt, mail row; each claim is filed by the account of its village, as in an office.
//! Naive is one client after the other, so every claim is BEGIN IMMEDIATE … COMMIT by itself; its latency is counted without the
//! waiting. Rounds of both alternate, because the database grows. The PDFs of the receipts are drawn after the acts, by nobody who
//! waits: how many a second is a line of its own. The last two lines leave the claim's own work out: three small rows for each act,
//! one transaction each and through the door. What sharing commits can gain hangs on what the disk asks for one: that is measured too.

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "times and ratios of times")]

#[expect(dead_code, reason = "what the other benches ask of a kabupaten")]
mod kabupaten;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use kabupaten::{fill, now, office, size};
use santunan::cli::generate::{as_of, claims_json};
use santunan::clock::{Clock, new_id};
use santunan::domain::access::{Actor, Role};
use santunan::domain::region::RegionCode;
use santunan::exchange::claims_json::{FiledClaim, read_claims};
use santunan::exchange::pack::included;
use santunan::invented::claims::file;
use santunan::invented::{Order, Words};
use santunan::store::users::{self, Account};
use santunan::store::{DatabaseUrl, Store, StoreError};
use santunan::workflow::{Channel, Desk, OfficeSources, Refusal, Submission, draw_due, open_office, submit};

/// Rounds of each kind, in turn.
const ROUNDS: usize = 3;
/// The naive door gets a part of the claims: it is slow.
const NAIVE_SHARE: usize = 4;

fn main() {
    let clients = size("SANTUNAN_BENCH_CLIENTS", 32);
    let wanted = size("SANTUNAN_BENCH_CLAIMS", 4_000);
    let residents = size("SANTUNAN_BENCH_RESIDENTS", 60_000);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk that is measured");
    let url = DatabaseUrl::Sqlite(folder.path().join("bench.db"));
    let (store, _) = Store::migrate_and_open(&url).expect("a database");
    let order = Order { seed: 11, residents, as_of: as_of() };
    let words = Words::carried();
    let families = fill(&store, &words, order, |_| ());
    let desk = Desk::new(store, folder.path(), Clock::Fixed(now()), "http://localhost".into());
    open_office(&desk, OfficeSources { office: included::OFFICE, policy: included::POLICY, emblem: included::EMBLEM }).expect("an office");
    let filed = read_claims(&claims_json(&file(&words, 11, &families, wanted, as_of())).expect("claims")).expect("a list of claims");
    let claims: Vec<Submission> = filed.iter().filter_map(submission).collect();
    let clerks = clerks(&desk, &claims);
    let file = |claim: &Submission| submit(&desk, clerks.get(&claim.content.village).expect("a clerk"), claim);
    println!("{} claims by {clients} clients, a register of {residents}, SQLite with synchronous=FULL\n", claims.len());
    let (mut naive, mut ours) = (Run::default(), Run::default());
    for round in claims.chunks(claims.len().div_ceil(ROUNDS).max(1)) {
        let (few, many) = round.split_at(round.len() / (NAIVE_SHARE + 1));
        let one_at_a_time = Mutex::new(());
        naive.add(&play(few, clients, |claim| {
            let _turn = one_at_a_time.lock().expect("nobody panics");
            timed(|| file(claim))
        }));
        ours.add(&play(many, clients, |claim| timed(|| file(claim))));
    }
    let begun = Instant::now();
    let drawn = draw_due(&desk).expect("receipts");
    let drawing = begun.elapsed();
    let [fsync_median, fsync_p95] = fsync(folder.path());
    let (bare, together) = bare(folder.path(), clients);
    println!("| door | acts | refused | acts/s | p50 ms | p95 ms | p99 ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    naive.line("submit, one transaction each");
    ours.line("submit, waiting claims together");
    bare.line("three small rows, one transaction each");
    together.line("three small rows, waiting acts together");
    println!("\nsubmit: {:.1} times the naive rate (bar 4), p95 {:.1} ms (bar 50)", ours.rate() / naive.rate(), ours.at(950));
    let drawn = f64::from(u32::try_from(drawn).unwrap_or(u32::MAX));
    println!("receipts drawn and kept afterwards, by one thread: {:.0}/s", drawn / drawing.as_secs_f64());
    println!("the disk asks {fsync_median:.2} ms (p95 {fsync_p95:.2}) for one fsync");
    println!("the door alone: {:.1} times the naive rate, p95 {:.1} ms", together.rate() / bare.rate(), together.at(950));
}

/// Clients take acts from one pile until it is empty.
fn play<A: Sync>(acts: &[A], clients: usize, work: impl Fn(&A) -> (Duration, bool) + Sync) -> Run {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    let each: Vec<Vec<(Duration, bool)>> = std::thread::scope(|scope| {
        let client = || std::iter::from_fn(|| acts.get(next.fetch_add(1, Ordering::Relaxed))).map(&work).collect();
        let running: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        running.into_iter().map(|thread| thread.join().expect("no client panics")).collect()
    });
    let took = begun.elapsed();
    let (kept, refused): (Vec<_>, Vec<_>) = each.concat().into_iter().partition(|(_, kept)| *kept);
    Run { took, latencies: kept.into_iter().map(|(latency, _)| latency).collect(), refused: refused.len() }
}

fn timed<T>(work: impl FnOnce() -> Result<T, Refusal>) -> (Duration, bool) {
    let begun = Instant::now();
    let kept = match work() {
        Ok(_) => true,
        Err(Refusal::DeceasedHasClaim) => false,
        Err(other) => panic!("{other:?}"),
    };
    (begun.elapsed(), kept)
}

/// One kind of run, over all rounds.
#[derive(Default)]
struct Run {
    took: Duration,
    latencies: Vec<Duration>,
    refused: usize,
}

impl Run {
    fn add(&mut self, other: &Self) {
        self.took += other.took;
        self.refused += other.refused;
        self.latencies.extend_from_slice(&other.latencies);
    }

    /// Claims kept a second; what was refused took its time too.
    fn rate(&self) -> f64 {
        f64::from(u32::try_from(self.latencies.len()).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }

    fn at(&self, of_a_thousand: usize) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() * of_a_thousand / 1000).copied().unwrap_or_default().as_secs_f64() * 1000.0
    }

    fn line(&self, door: &str) {
        let (kept, refused) = (self.latencies.len(), self.refused);
        println!("| {door} | {kept} | {refused} | {:.0} | {:.2} | {:.2} | {:.2} |", self.rate(), self.at(500), self.at(950), self.at(990));
    }
}

/// A claim as another program would send it.
fn submission(filed: &FiledClaim) -> Option<Submission> {
    Some(Submission {
        idempotency_key: filed.claim_id.clone(),
        content: filed.content.clone()?,
        filed_on: Some(filed.filed_on),
        attachments: Vec::new(),
        channel: Channel::Program,
    })
}

/// An account for every village that files.
fn clerks(desk: &Desk, claims: &[Submission]) -> BTreeMap<RegionCode, Actor> {
    let villages: BTreeSet<&RegionCode> = claims.iter().map(|claim| &claim.content.village).collect();
    let clerk = |village: &RegionCode| Actor {
        id: new_id(),
        name: "PETUGAS".into(),
        role: Role::Operator,
        office: office(),
        region: village.clone(),
        nik: None,
        family_card: None,
    };
    let clerks: BTreeMap<RegionCode, Actor> = villages.into_iter().map(|village| (village.clone(), clerk(village))).collect();
    let kept = desk.store.write::<_, StoreError>(office().as_str(), |tx| {
        clerks.values().try_for_each(|actor| {
            let account = Account {
                actor: actor.clone(),
                username: actor.region.to_string(),
                password_hash: "-".into(),
                disabled: false,
                failed_logins: 0,
                locked_until: None,
            };
            users::insert(tx, &account, now())
        })
    });
    kept.expect("accounts");
    clerks
}

/// What the disk asks to keep a few written bytes, median and 95th percentile.
fn fsync(folder: &Path) -> [f64; 2] {
    let mut file = std::fs::File::create(folder.join("fsync")).expect("a file");
    let mut times = Run::default();
    for _ in 0..200 {
        file.write_all(&[1; 8_192]).expect("room");
        let begun = Instant::now();
        file.sync_all().expect("a disk");
        times.latencies.push(begun.elapsed());
    }
    [times.at(500), times.at(950)]
}

/// Three small rows for each act with nothing decided: on a plain connection, one transaction and fsync each, and through the door.
fn bare(folder: &Path, clients: usize) -> (Run, Run) {
    let path = folder.join("bare.db");
    let (store, _) = Store::migrate_and_open(&DatabaseUrl::Sqlite(path.clone())).expect("a database");
    let tables = ["a", "b", "c"].map(|table| format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY, t TEXT);")).concat();
    store.write::<_, StoreError>(office().as_str(), |tx| Ok(tx.batch_execute(&tables)?)).expect("tables");
    let text = "x".repeat(300);
    let rows = ["a", "b", "c"].map(|table| format!("INSERT INTO {table} (t) VALUES ('{text}');")).concat();
    let mut conn = SqliteConnection::establish(path.to_str().expect("a path")).expect("a database");
    conn.batch_execute("PRAGMA synchronous = FULL").expect("a setting");
    let one_at_a_time = Mutex::new(conn);
    let naive = play(&[(); 1_000], clients, |()| {
        let mut conn = one_at_a_time.lock().expect("nobody panics");
        timed(|| {
            conn.batch_execute(&format!("BEGIN IMMEDIATE; {rows} COMMIT")).map_err(StoreError::from)?;
            Ok(())
        })
    });
    let together = play(&[(); 4_000], clients, |()| {
        timed(|| store.write::<_, Refusal>(office().as_str(), |tx| Ok(tx.batch_execute(&rows).map_err(StoreError::from)?)))
    });
    (naive, together)
}
