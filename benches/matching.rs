//! Who is this written person: questions a second against a whole kabupaten, beside what the raw database offers.
//!
//!     cargo bench --bench matching
//!     SANTUNAN_BENCH_RESIDENTS=50000 SANTUNAN_BENCH_QUERIES=300 cargo bench --bench matching
//!
//! The questions have faults in many fields at once. Beside them, on one thread and in the same database: one row by its NIK (which
//! finds only right numbers), the names most alike by trigrams (FTS5 of SQLite, `pg_trgm` of PostgreSQL, each with its index), and
//! `LIKE` with the longest word of the name. The extension `pg_trgm` stays in the server's schema `public`.

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "times and ratios of times")]

mod kabupaten;

use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use kabupaten::{Database, Times, fill, forget_peak, head, office, peak_memory, raw_read, settle, size};
use santunan::cli::generate::{as_of, write_queries};
use santunan::domain::linkage::Model;
use santunan::exchange::match_csv::{WrittenPerson, read_people};
use santunan::invented::{Asker, Household, Order, Strain, Words};
use santunan::store::{DbConn, Store, StoreError};
use santunan::workflow::matching::answer;
use santunan::workflow::model::{learn_from_batch, of_office};

fn main() {
    let residents = size("SANTUNAN_BENCH_RESIDENTS", 830_000);
    let queries = size("SANTUNAN_BENCH_QUERIES", 2_000);
    println!("{residents} residents, {queries} questions\n");
    let words = Words::carried();
    let order = Order { seed: 7, residents, as_of: as_of() };
    for (at, Database { engine, store, .. }) in kabupaten::databases("matching").iter().enumerate() {
        let begun = Instant::now();
        let families = fill(store, &words, order, |_resident| ());
        settle(store);
        let people = written(&words, &families, queries);
        let filled = begun.elapsed();
        let model = learned(store, &people);
        eprintln!("{engine}: filled in {filled:.0?}, learned in {:.0?}", begun.elapsed().saturating_sub(filled));
        if at == 0 {
            head();
        }
        forget_peak();
        compare(engine, store, &model, &people, &families);
        println!("| {engine} | peak memory of the questions {} | | | | | |", peak_memory());
    }
}

fn written(words: &Words, families: &[Household], queries: usize) -> Vec<WrittenPerson> {
    let mut questions = Vec::new();
    let asked = Asker::new(words, 7, Strain::Harder, as_of()).queries(families, queries);
    write_queries(&mut questions, &asked).expect("questions");
    read_people(&questions).expect("questions are a table").people
}

fn learned(store: &Store, people: &[WrittenPerson]) -> Model {
    let learned = store.read::<_, StoreError>(|conn| {
        let model = of_office(conn, &office())?;
        learn_from_batch(conn, &office(), &model, people.iter().map(|written| &written.person))
    });
    learned.expect("the model is learned")
}

fn compare(engine: &str, store: &Store, model: &Model, people: &[WrittenPerson], families: &[Household]) {
    let (mut ours, mut raw, mut trigrams, mut like) = (Times::default(), Times::default(), Times::default(), Times::default());
    let (office, residents) = (office(), families.iter().flat_map(|family| &family.people));
    let done = store.read::<_, StoreError>(|conn| {
        for (written, resident) in people.iter().zip(residents) {
            raw.note(|| raw_read(conn, &resident.nik));
            ours.note(|| answer(conn, &office, model, &written.person).map(std::hint::black_box))?;
        }
        index_trigrams(conn)?;
        for written in people.iter().step_by(20) {
            trigrams.note(|| most_alike(conn, &written.person.name).map(std::hint::black_box))?;
            like.note(|| with_word(conn, &written.person.name).map(std::hint::black_box))?;
        }
        Ok(())
    });
    done.expect("people are looked for");
    raw.line(engine, "raw read of one row by its NIK", &raw);
    ours.line(engine, "who is this person", &raw);
    trigrams.line(engine, "ten names most alike by trigrams", &raw);
    like.line(engine, "LIKE with the longest word", &raw);
    let [mean, ..] = ours.figures();
    println!("| {engine} | {:.0} questions a second | | | | | |", 1000.0 / mean);
}

fn index_trigrams(conn: &mut DbConn) -> Result<(), StoreError> {
    match conn {
        DbConn::Sqlite(c) => c.batch_execute(
            "CREATE VIRTUAL TABLE alike USING fts5 (name, content = '', tokenize = 'trigram');
             INSERT INTO alike (rowid, name) SELECT id, name FROM residents;",
        )?,
        DbConn::Postgres(c) => c.batch_execute(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
             CREATE INDEX residents_alike ON residents USING gin (name public.gin_trgm_ops); ANALYZE residents;",
        )?,
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    #[expect(dead_code, reason = "only the finding is timed")]
    id: i64,
}

fn most_alike(conn: &mut DbConn, name: &str) -> Result<usize, StoreError> {
    let rows: Vec<Row> = match conn {
        DbConn::Sqlite(c) => {
            let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
            let parts: Vec<String> = letters.windows(3).map(|part| format!("\"{}\"", part.iter().collect::<String>())).collect();
            sql_query("SELECT rowid AS id FROM alike WHERE alike MATCH ? ORDER BY rank LIMIT 10")
                .bind::<Text, _>(parts.join(" OR "))
                .load(c)?
        }
        DbConn::Postgres(c) => {
            sql_query("SELECT id FROM residents WHERE name OPERATOR(public.%) $1 ORDER BY public.similarity(name, $1) DESC LIMIT 10")
                .bind::<Text, _>(name)
                .load(c)?
        }
    };
    Ok(rows.len())
}

fn with_word(conn: &mut DbConn, name: &str) -> Result<usize, StoreError> {
    let word = name.split_whitespace().max_by_key(|word| word.len()).unwrap_or_default();
    let pattern = format!("%{}%", word.to_uppercase());
    let rows: Vec<Row> = match conn {
        DbConn::Sqlite(c) => sql_query("SELECT id FROM residents WHERE name LIKE ?").bind::<Text, _>(pattern).load(c)?,
        DbConn::Postgres(c) => sql_query("SELECT id FROM residents WHERE name LIKE $1").bind::<Text, _>(pattern).load(c)?,
    };
    Ok(rows.len())
}
