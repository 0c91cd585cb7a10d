//! Proving the books of years: a million postings walked and held against balances, claims, payments and lists.
//!
//!     cargo bench --bench ledger
//!     SANTUNAN_BENCH_POSTINGS=100000 cargo bench --bench ledger
//!
//! On SQLite on disk and on the PostgreSQL of `SANTUNAN_TEST_POSTGRES_URL`. Every claim goes the whole way: promised, decreed,
//! ordered, sent, paid; a thousand of them are one decree and one order. The rows are written in bulk, in the very shapes the
//! office's acts leave; that the proof finds no difference in them says that they are. Beside it the least anybody could do in the
//! same run: the database adds the journal up by accounts, and the program reads every entry and looks at none.

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "times and ratios of times")]

#[expect(dead_code, reason = "what the other benches ask of a kabupaten")]
mod kabupaten;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kabupaten::{Database, databases, forget_peak, now, office, peak_memory, settle, size};
use santunan::clock::Clock;
use santunan::domain::ledger::Account;
use santunan::store::schema::ledger_entries;
use santunan::store::{Store, StoreError, Tx, packs};
use santunan::workflow::Desk;
use santunan::workflow::money::verify_ledger;

/// Entries of one claim on its way from the ceiling to the heir.
const STEPS: [(&str, &str, &str); 5] = [
    ("commit", "free", "committed"),
    ("decree", "committed", "decreed"),
    ("order", "decreed", "ordered"),
    ("send", "ordered", "sent"),
    ("pay", "sent", "paid"),
];
/// Claims of one decree and its order.
const BATCH: usize = 1_000;
/// Rows of one statement.
const ROWS: usize = 500;
/// A benefit, in rupiah.
const AMOUNT: usize = 1_000_000;
/// The proof is taken this often; the fastest counts, as other work on the machine only ever adds.
const RUNS: usize = 3;

fn main() {
    let postings = size("SANTUNAN_BENCH_POSTINGS", 1_000_000);
    // The ceiling's own entries fill up what no whole claim fills.
    let claims = postings.saturating_sub(1) / STEPS.len();
    let ceilings = postings - claims * STEPS.len();
    println!("{postings} postings of {claims} claims\n");
    println!("| engine | what | seconds | raw scan | entries read |");
    println!("| --- | --- | ---: | ---: | ---: |");
    for Database { engine, store, .. } in &databases("ledger") {
        let begun = Instant::now();
        store.write::<_, StoreError>(office().as_str(), |tx| fill(tx, claims, ceilings)).expect("a year's rows");
        settle(store);
        eprintln!("{engine}: filled in {:.0?}", begun.elapsed());
        let desk = Desk::new(store.clone(), &std::env::temp_dir(), Clock::Fixed(now()), "http://localhost".into());
        let raw = fastest(|| raw_scan(store));
        let read = fastest(|| read_all(store, postings));
        forget_peak();
        let proof = fastest(|| {
            let proved = verify_ledger(&desk, &office()).expect("a journal that can be read").expect("books that agree");
            assert_eq!(usize::try_from(proved.entries).expect("a count"), postings);
            assert_eq!((proved.claims, proved.items), (claims, claims));
        });
        let [proof_s, raw_s, read_s] = [proof, raw, read].map(|took| took.as_secs_f64());
        println!("| {engine} | `ledger verify` (bar 5 s) | {proof_s:.2} | {:.1} times | {:.1} times |", proof_s / raw_s, proof_s / read_s);
        println!("| {engine} | the database adds the journal up | {raw_s:.2} | | |");
        println!("| {engine} | every entry read, none looked at | {read_s:.2} | | |");
        eprintln!("{engine}: most memory {}", peak_memory());
    }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    std::iter::repeat_n((), RUNS).map(once).min().expect("at least one run")
}

fn raw_scan(store: &Store) {
    let sums = store.read::<_, StoreError>(|conn| {
        let by_accounts = ledger_entries::table.group_by((ledger_entries::credit_account, ledger_entries::debit_account));
        let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(SUM(ledger_entries.amount) AS BIGINT)");
        Ok(by_accounts.select((ledger_entries::credit_account, ledger_entries::debit_account, sum)).load::<(String, String, i64)>(conn)?)
    });
    assert_eq!(sums.expect("a scan").len(), STEPS.len() + 1);
}

/// The four columns a proof cannot do without, in the journal's order.
fn read_all(store: &Store, postings: usize) {
    let read = store.read::<_, StoreError>(|conn| {
        let columns = (ledger_entries::movement, ledger_entries::amount, ledger_entries::claim_id, ledger_entries::item_id);
        let ordered = ledger_entries::table.order((ledger_entries::office_id, ledger_entries::sequence)).select(columns);
        let rows = ordered.load_iter::<(String, i64, Option<String>, Option<String>), _>(conn)?;
        Ok(rows.filter_map(Result::ok).map(std::hint::black_box).count())
    });
    assert_eq!(read.expect("a read"), postings);
}

/// Text of one statement after the other, each of many rows.
struct Bulk<'t, 'c> {
    tx: &'t mut Tx<'c>,
    table: &'static str,
    rows: usize,
    text: String,
}

impl<'t, 'c> Bulk<'t, 'c> {
    fn into(tx: &'t mut Tx<'c>, table: &'static str) -> Self {
        Self { tx, table, rows: 0, text: String::new() }
    }

    fn row(&mut self, values: std::fmt::Arguments<'_>) -> Result<(), StoreError> {
        if self.rows == ROWS {
            self.end()?;
        }
        let before = if self.rows == 0 { format!("INSERT INTO {} VALUES (", self.table) } else { ", (".to_owned() };
        write!(self.text, "{before}{values})").expect("room");
        self.rows += 1;
        Ok(())
    }

    fn end(&mut self) -> Result<(), StoreError> {
        let text = std::mem::take(&mut self.text);
        if std::mem::take(&mut self.rows) > 0 {
            self.tx.batch_execute(&text)?;
        }
        Ok(())
    }
}

const OFFICE: &str = "33.25";
const AT: &str = "2026-03-02 03:00:00";
const ON: &str = "2026-03-02";

/// The rows of the years, as the office's acts would have left them.
fn fill(tx: &mut Tx<'_>, claims: usize, ceilings: usize) -> Result<(), StoreError> {
    packs::ensure_office(tx, OFFICE, "Kabupaten", now())?;
    tx.batch_execute(&format!(
        "INSERT INTO users VALUES ('u', '{OFFICE}', 'u', 'U', 'finance', '{OFFICE}', NULL, NULL, '-', FALSE, 0, NULL, '{AT}', 1);
         INSERT INTO budget_lines VALUES ('line', '{OFFICE}', 2026, 'APBD', '5.1.05', 'Santunan', 'DPA', 'open', 80, 1)"
    ))?;
    let ceiling = claims * AMOUNT;
    let mut revisions = Bulk::into(tx, "budget_revisions");
    for at in 1..=ceilings {
        let change = if at == 1 { ceiling + AMOUNT * ceilings } else { AMOUNT };
        revisions.row(format_args!("'r{at}', '{OFFICE}', 'line', {at}, 'd{at}', '{ON}', {change}, '-', 'u', '{AT}'"))?;
    }
    revisions.end()?;
    people(tx, claims)?;
    lists(tx, claims)?;
    journal(tx, claims, ceilings)?;
    balances(tx, claims, ceilings)
}

fn people(tx: &mut Tx<'_>, claims: usize) -> Result<(), StoreError> {
    let mut rows = Bulk::into(tx, "claims");
    for n in 0..claims {
        rows.row(format_args!(
            "'c{n}', '{OFFICE}', 'BTG-{n}', 'k{n}', '-', 6, 'paid', NULL, '33.25.01.2001', '{ON}', '{AT}', 'u', NULL, 'A', 'B', '{ON}', 'v', \
             {AMOUNT}, 'eligible', 'A B', '{{}}', '{AT}'"
        ))?;
    }
    rows.end()?;
    let mut rows = Bulk::into(tx, "commitments");
    for n in 0..claims {
        rows.row(format_args!("'c{n}', '{OFFICE}', 'line', {AMOUNT}, '{AT}', NULL"))?;
    }
    rows.end()
}

/// Decrees and orders of a thousand claims each, with their rows.
fn lists(tx: &mut Tx<'_>, claims: usize) -> Result<(), StoreError> {
    let sizes = || (0..claims.div_ceil(BATCH)).map(|list| (list, BATCH.min(claims - list * BATCH)));
    let mut rows = Bulk::into(tx, "decrees");
    for (list, many) in sizes() {
        let total = many * AMOUNT;
        rows.row(format_args!(
            "'d{list}', '{OFFICE}', 'line', NULL, 'SK/{list}', '{ON}', {many}, {total}, 'signed', '{ON}', '', 'u', '{AT}', 2"
        ))?;
    }
    rows.end()?;
    let mut rows = Bulk::into(tx, "payment_orders");
    for (list, many) in sizes() {
        let total = many * AMOUNT;
        rows.row(format_args!(
            "'o{list}', '{OFFICE}', 'line', 'first', 'd{list}', 'PB/{list}', '{ON}', {many}, {total}, 'closed', 'u', '{AT}', 'u', '{AT}', \
             'u', '{AT}', 'u', '{AT}', NULL, NULL, '', 4"
        ))?;
    }
    rows.end()?;
    let mut rows = Bulk::into(tx, "decree_items");
    for n in 0..claims {
        rows.row(format_args!("'d{}', {}, 'c{n}', '{OFFICE}', {AMOUNT}, 'list', NULL", n / BATCH, n % BATCH + 1))?;
    }
    rows.end()?;
    let mut rows = Bulk::into(tx, "payment_items");
    for n in 0..claims {
        rows.row(format_args!(
            "'p{n}', '{OFFICE}', 'o{}', {}, 'c{n}', NULL, 'BTG-{n}', {AMOUNT}, 'bank', 'BPD', '{n:010}', 'B', 'B', 'KW/{n}', 'paid', '{ON}', \
             NULL, '', 'laporan bank', 3",
            n / BATCH,
            n % BATCH + 1
        ))?;
    }
    rows.end()
}

/// A thousand claims are promised, then all decreed, ordered, sent and paid; then the next thousand.
fn journal(tx: &mut Tx<'_>, claims: usize, ceilings: usize) -> Result<(), StoreError> {
    let mut rows = Bulk::into(tx, "ledger_entries");
    let mut sequence = 0;
    for at in 1..=ceilings {
        sequence += 1;
        let amount = if at == 1 { claims * AMOUNT + AMOUNT * ceilings } else { AMOUNT };
        rows.row(format_args!(
            "'{OFFICE}', {sequence}, 'line', 'appropriate', 'appropriation', 'free', {amount}, NULL, NULL, NULL, 'budget.open', 'r{at}', 'u', '{ON}', '{AT}'"
        ))?;
    }
    for list in 0..claims.div_ceil(BATCH) {
        let batch = list * BATCH..claims.min((list + 1) * BATCH);
        for (movement, from, to) in STEPS {
            let of_item = !matches!(movement, "commit" | "decree");
            for n in batch.clone() {
                sequence += 1;
                let item = if of_item { format!("'p{n}'") } else { "NULL".to_owned() };
                rows.row(format_args!(
                    "'{OFFICE}', {sequence}, 'line', '{movement}', '{from}', '{to}', {AMOUNT}, 'c{n}', {item}, NULL, 'bench', 'd{list}', 'u', '{ON}', '{AT}'"
                ))?;
            }
        }
    }
    rows.end()
}

fn balances(tx: &mut Tx<'_>, claims: usize, ceilings: usize) -> Result<(), StoreError> {
    let (through, ceiling) = (claims * AMOUNT, claims * AMOUNT + AMOUNT * ceilings + AMOUNT * (ceilings - 1));
    let mut rows = Bulk::into(tx, "ledger_balances");
    for account in Account::ALL {
        let (debits, credits) = match account {
            Account::Appropriation => (0, ceiling),
            Account::Free => (ceiling, through),
            Account::Paid => (through, 0),
            Account::Committed | Account::Decreed | Account::Ordered | Account::Sent => (through, through),
            _ => (0, 0),
        };
        rows.row(format_args!("'line', '{}', '{OFFICE}', {debits}, {credits}", account.code()))?;
    }
    rows.end()
}
