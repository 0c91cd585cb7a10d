//! What a claim's full cross-check costs against a whole kabupaten and years of past claims, and a batch of claims.
//!
//!     cargo bench --bench crosscheck
//!     SANTUNAN_BENCH_RESIDENTS=50000 SANTUNAN_BENCH_PAST=12000 SANTUNAN_BENCH_CLAIMS=600 cargo bench --bench crosscheck
//!
//! Register and past claims are put in with the office's own functions, on SQLite on disk and on the PostgreSQL of
//! `SANTUNAN_TEST_POSTGRES_URL`. Each claim is judged as at its filing (facts gathered, all rules run) on one thread, beside a
//! raw read of one row by its NIK. The batch also remembers each claim, as `santunan check` does, in one transaction.

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "times and ratios of times")]

mod kabupaten;

use std::time::Instant;

use chrono::{Datelike, Days, NaiveDate};
use kabupaten::{Database, Times, fill, forget_peak, head, now, office, peak_memory, raw_read, settle, size};
use santunan::cli::generate::{as_of, claims_json, places, write_activities};
use santunan::domain::crosscheck::{self, CrosscheckFacts, EarlierClaim};
use santunan::domain::identity::Nik;
use santunan::domain::policy::PolicyPack;
use santunan::domain::region::RegionCode;
use santunan::exchange::activity_csv::read_activities;
use santunan::exchange::claims_json::{FiledClaim, read_claims};
use santunan::invented::claims::file;
use santunan::invented::{Household, Order, Register, Words};
use santunan::store::history::Origin;
use santunan::store::{DbConn, Store, StoreError, activities, history};
use santunan::workflow::crosscheck::{Submission, gather, remember};

/// Years over which the past claims were filed.
const PAST_YEARS: u64 = 10;
/// Has no factor in common with the days of those years, so that its multiples come to every day once.
const FAR_APART: u64 = 7_919;

fn main() {
    let residents = size("SANTUNAN_BENCH_RESIDENTS", 830_000);
    let past = size("SANTUNAN_BENCH_PAST", 200_000);
    let claims = size("SANTUNAN_BENCH_CLAIMS", 3_000);
    println!("{residents} residents, {past} past claims, {claims} claims\n");
    let words = Words::carried();
    let order = Order { seed: 7, residents, as_of: as_of() };
    let pack = PolicyPack::parse(include_str!("../fixtures/offices/33.25/policy.toml")).expect("policy");
    for (at, Database { engine, store, .. }) in kabupaten::databases("crosscheck").iter().enumerate() {
        let begun = Instant::now();
        let families = fill(store, &words, order, |_| ());
        let remembered = past_claims(store, &words, order, past);
        let filing = file(&words, 7, &families, claims, as_of());
        let mut events = Vec::new();
        write_activities(&mut events, &filing.activities).expect("events");
        let events = read_activities(&events).expect("events are a table");
        let kept = store.write::<_, StoreError>(office().as_str(), |tx| activities::insert_all(tx, &office(), "bench", &events.activities));
        kept.expect("events are kept");
        settle(store);
        let filed = read_claims(&claims_json(&filing).expect("claims")).expect("claims are a list");
        eprintln!("{engine}: filled in {:.0?}", begun.elapsed());
        if at == 0 {
            head();
        }
        forget_peak();
        one_by_one(engine, store, &filed, &pack, remembered);
        batch(engine, store, &filed, &pack, remembered);
    }
}

/// Each claim as at its filing, beside the raw read of its NIK.
fn one_by_one(engine: &str, store: &Store, filed: &[FiledClaim], pack: &PolicyPack, remembered: i64) {
    let (mut full, mut gathering, mut raw) = (Times::default(), Times::default(), Times::default());
    let office = office();
    let done = store.read::<_, StoreError>(|conn| {
        for (sequence, claim) in (remembered + 1..).zip(filed) {
            let Some(content) = &claim.content else { continue };
            let number = content.deceased.nik.written.clone();
            raw.note(|| raw_read(conn, &number));
            full.note(|| {
                let facts = gathering.note(|| facts(conn, &office, claim, sequence))?;
                let policy = pack.nearest(content.death.died_on).ok_or(StoreError::NotFound)?;
                std::hint::black_box(crosscheck::run(content, claim.filed_on, &facts, policy));
                Ok::<_, StoreError>(())
            })?;
        }
        Ok(())
    });
    done.expect("claims are judged");
    raw.line(engine, "raw read of one row by its NIK", &raw);
    gathering.line(engine, "gathering a claim's facts", &raw);
    full.line(engine, "full cross-check of a claim", &raw);
}

fn facts(conn: &mut DbConn, office: &RegionCode, claim: &FiledClaim, sequence: i64) -> Result<CrosscheckFacts, StoreError> {
    let submission = Submission { office, clerk: &claim.clerk, filed_on: claim.filed_on, before_sequence: sequence };
    gather(conn, &submission, claim.content.as_ref().ok_or(StoreError::NotFound)?)
}

/// All claims one after the other in one transaction, each remembered for the next.
fn batch(engine: &str, store: &Store, filed: &[FiledClaim], pack: &PolicyPack, remembered: i64) {
    let office = office();
    let begun = Instant::now();
    let done = store.write::<_, StoreError>(office.as_str(), |tx| {
        for (sequence, claim) in (remembered + 1..).zip(filed) {
            let Some(content) = &claim.content else { continue };
            let facts = facts(tx, &office, claim, sequence)?;
            let policy = pack.nearest(content.death.died_on).ok_or(StoreError::NotFound)?;
            std::hint::black_box(crosscheck::run(content, claim.filed_on, &facts, policy));
            let submission = Submission { office: &office, clerk: &claim.clerk, filed_on: claim.filed_on, before_sequence: sequence };
            remember(tx, &submission, content, &facts, &format!("batch-{sequence}"), &claim.claim_id)?;
        }
        Ok(())
    });
    done.expect("the batch is judged");
    println!("| {engine} | batch of {} claims: {:.2?}, peak memory {} | | | | | |", filed.len(), begun.elapsed(), peak_memory());
}

/// Remembers about so many claims of earlier years, one a family, as many each day and from all villages; returns the last in the
/// order of filing.
fn past_claims(store: &Store, words: &Words, order: Order, count: usize) -> i64 {
    let days = PAST_YEARS * 365;
    let a_day = u64::try_from(count).unwrap_or(u64::MAX).div_ceil(days);
    let first = as_of() - Days::new(days);
    let kept = store.write::<_, StoreError>(office().as_str(), |tx| {
        let families = Register::new(words, &places(), order).filter(|household| household.people.len() > 1);
        for (number, household) in (0_u64..).zip(families.take(count)) {
            // Villages follow each other in the register, days do not: every day has claims from everywhere.
            let day = number * FAR_APART % days;
            let sequence = i64::try_from(day * a_day + number / days + 1).unwrap_or(i64::MAX);
            if let Some(claim) = past_claim(&household, sequence, first + Days::new(day)) {
                history::insert(tx, &office(), &format!("past-{sequence}"), Origin::History, &claim)?;
            }
        }
        Ok(i64::try_from(days * a_day).unwrap_or(i64::MAX))
    });
    kept.expect("past claims are remembered")
}

/// The oldest of the family died, the next oldest is the heir.
fn past_claim(household: &Household, sequence: i64, filed_on: NaiveDate) -> Option<EarlierClaim> {
    let mut people: Vec<_> = household.people.iter().collect();
    people.sort_by_key(|person| person.born_on);
    let [deceased, heir, ..] = people.as_slice() else { return None };
    let village = RegionCode::parse(&deceased.hearth.village).ok()?;
    let died_on = filed_on - Days::new(sequence.unsigned_abs() % 50 + 3);
    Some(EarlierClaim {
        claim_code: format!("LAMA-{sequence}"),
        sequence,
        village: village.clone(),
        clerk: format!("PTG-{}", deceased.hearth.village.replace('.', "")),
        filed_on,
        died_on,
        deceased_nik: Nik::parse(&deceased.nik).ok(),
        deceased_register_id: Some(deceased.id.clone()),
        deceased_name: deceased.plain_name.clone(),
        deceased_born_on: Some(deceased.born_on),
        deceased_mother: deceased.mother.clone(),
        deceased_village: village,
        heir_nik: Nik::parse(&heir.nik).ok(),
        heir_name: heir.plain_name.clone(),
        heir_phone: format!("08{:010}", sequence.unsigned_abs() * 7_919),
        heir_outside_family: false,
        account: heir.account.clone().map_or_else(|| format!("9{sequence:014}"), |(_, number)| number),
        letter_number: format!("474.3/{:03}/{}", died_on.ordinal(), died_on.year()),
        letter_on: Some(died_on),
        filed_at: Some(now()),
        proxy_nik: None,
    })
}
