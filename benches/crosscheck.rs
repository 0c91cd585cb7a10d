//! What one claim's full cross-check costs: median and 99th percentile over invented claims, as a ratio to raw indexed SELECTs of the same
//! database in the same run, so that the figure means the same on a fast and a slow machine.
//!
//!     cargo bench --bench crosscheck
//!     SANTUNAN_BENCH_RESIDENTS=830000 SANTUNAN_BENCH_CLAIMS=3000 cargo bench --bench crosscheck

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "ratios of times")]

use std::time::{Duration, Instant};

use santunan::cli::check::check;
use santunan::cli::generate::{as_of, claims_json, write_activities, write_register};
use santunan::domain::crosscheck;
use santunan::domain::policy::PolicyPack;
use santunan::domain::region::RegionCode;
use santunan::exchange::activity_csv::read_activities;
use santunan::exchange::claims_json::{FiledClaim, read_claims};
use santunan::invented::claims::file;
use santunan::invented::{Order, Words};
use santunan::store::register::by_niks;
use santunan::store::{DatabaseUrl, Store};
use santunan::workflow::crosscheck::{Submission, gather};

fn main() {
    let residents = size("SANTUNAN_BENCH_RESIDENTS", 20_000);
    let claims = size("SANTUNAN_BENCH_CLAIMS", 300);
    let words = Words::carried();
    let mut register = Vec::new();
    let families = write_register(&mut register, &words, Order { seed: 7, residents, as_of: as_of() }).expect("register");
    let filing = file(&words, 7, &families, claims, as_of());
    let mut events = Vec::new();
    write_activities(&mut events, &filing.activities).expect("events");
    let events = read_activities(&events).expect("events are a table");
    let filed = read_claims(&claims_json(&filing).expect("claims")).expect("claims are a list");

    let started = Instant::now();
    let checked = check(std::io::Cursor::new(&register), &events, &filed).expect("check");
    let whole = started.elapsed();
    println!("{} residents, {} claims: loaded and checked in {whole:.1?}", checked.rows_read, checked.answers.len());
    println!("peak memory {}", peak_memory());
    if let Ok(url) = std::env::var("SANTUNAN_BENCH_DATABASE") {
        one_by_one(&url, &filed);
    }
}

/// Each claim against a database that already holds a register and past claims, beside the raw SELECT of its NIK.
fn one_by_one(url: &str, filed: &[FiledClaim]) {
    let store = Store::open(&DatabaseUrl::parse(url).expect("address")).expect("database");
    let office = RegionCode::parse("33.25").expect("office");
    let pack = PolicyPack::parse(include_str!("../fixtures/offices/33.25/policy.toml")).expect("policy");
    let (mut full, mut raw) = (Vec::new(), Vec::new());
    for claim in filed.iter().filter_map(|claim| Some((claim, claim.content.as_ref()?))) {
        let (claim, content) = claim;
        let number = content.deceased.nik.written.clone();
        let started = Instant::now();
        store.read(|conn| by_niks(conn, &office, std::slice::from_ref(&number))).expect("select");
        raw.push(started.elapsed());
        let submission = Submission { office: &office, clerk: &claim.clerk, filed_on: claim.filed_on, before_sequence: i64::MAX };
        let started = Instant::now();
        let facts = store.read(|conn| gather(conn, &submission, content)).expect("facts");
        let policy = pack.nearest(content.death.died_on).expect("policy of the day");
        std::hint::black_box(crosscheck::run(content, claim.filed_on, &facts, policy));
        full.push(started.elapsed());
    }
    full.sort_unstable();
    raw.sort_unstable();
    for (what, of_a_thousand) in [("median", 500), ("99th percentile", 990)] {
        let (full, raw) = (at(&full, of_a_thousand), at(&raw, of_a_thousand));
        println!("{what}: cross-check {full:.2?}, one raw indexed SELECT {raw:.2?}, ratio {:.1}", full.as_secs_f64() / raw.as_secs_f64());
    }
}

fn at(sorted: &[Duration], of_a_thousand: usize) -> Duration {
    sorted.get((sorted.len() * of_a_thousand / 1000).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn size(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Most memory this process ever had in use (VmHWM), as the kernel tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "not known on this system".to_owned(), |line| line.trim().to_owned())
}
