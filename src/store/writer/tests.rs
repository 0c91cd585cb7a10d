use std::collections::BTreeSet;
use std::sync::mpsc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};

use crate::store::files::FileStore;
use crate::store::{Change, DatabaseUrl, DbConn, Key, Store, StoreError, Tx};

const OFFICE: &str = "33.25";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
}

/// A database with a table of names, each allowed once.
struct Place {
    folder: tempfile::TempDir,
    store: Store,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::migrate_and_open(&DatabaseUrl::Sqlite(folder.path().join("uji.db"))).unwrap().0;
    run(&store, "CREATE TABLE acts (name TEXT NOT NULL UNIQUE); CREATE TABLE sums (n BIGINT NOT NULL); INSERT INTO sums VALUES (0)")
        .unwrap();
    run(&store, "CREATE TABLE parents (id TEXT PRIMARY KEY); CREATE TABLE children (parent TEXT REFERENCES parents (id))").unwrap();
    Place { folder, store }
}

fn run(store: &Store, sql: &str) -> Result<(), StoreError> {
    store.write(OFFICE, |tx| Ok(tx.batch_execute(sql)?))
}

fn add(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    sql_query("INSERT INTO acts VALUES (?)").bind::<sql_types::Text, _>(name).execute(&mut **tx)?;
    Ok(())
}

fn names(conn: &mut DbConn) -> BTreeSet<String> {
    let rows: Vec<Row> = sql_query("SELECT name FROM acts").load(conn).unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

fn seen(store: &Store) -> BTreeSet<String> {
    store.read::<_, StoreError>(|conn| Ok(names(conn))).unwrap()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

type Act<'a> = Box<dyn FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'a>;

fn act<'a>(work: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'a) -> Act<'a> {
    Box::new(work)
}

/// Runs acts as one group: the first keeps the seat until all others wait, in their order. `None` stands for a panic.
fn together(store: &Store, acts: Vec<Act<'_>>) -> Vec<Option<Result<(), StoreError>>> {
    let writer = store.writer.as_ref().unwrap();
    let others = acts.len() - 1;
    let mut acts = acts.into_iter();
    let first = acts.next().unwrap();
    std::thread::scope(|scope| {
        let (inside, first_is_inside) = mpsc::channel();
        let mut threads = vec![scope.spawn(move || {
            store.write(OFFICE, |tx| {
                inside.send(()).unwrap();
                wait_until(|| writer.waiting() == others);
                first(tx)
            })
        })];
        first_is_inside.recv().unwrap();
        for (before, act) in acts.enumerate() {
            // Nobody leaves the queue before the last one stands in it.
            wait_until(|| writer.waiting() == before);
            threads.push(scope.spawn(move || store.write(OFFICE, act)));
        }
        threads.into_iter().map(|thread| thread.join().ok()).collect()
    })
}

fn wait_until(holds: impl Fn() -> bool) {
    while !holds() {
        std::thread::yield_now();
    }
}

#[test]
fn readers_see_nothing_of_a_group_before_its_commit_and_its_acts_see_each_other() {
    let Place { store, .. } = &place();
    let look = |tx: &mut Tx<'_>| {
        assert_eq!(names(tx), set(&["a", "b"]), "an act sees those before it");
        assert_eq!(seen(store), set(&[]), "a reader does not");
        add(tx, "c")
    };
    let answers = together(store, vec![act(|tx| add(tx, "a")), act(|tx| add(tx, "b")), act(look)]);
    assert!(answers.iter().all(|answer| matches!(answer, Some(Ok(())))), "{answers:?}");
    assert_eq!(seen(store), set(&["a", "b", "c"]));
}

#[test]
fn an_act_that_is_refused_or_breaks_a_rule_or_panics_is_undone_alone() {
    let Place { store, .. } = &place();
    let refused = |tx: &mut Tx<'_>| add(tx, "refused").and(Err(StoreError::Stale));
    let double = |tx: &mut Tx<'_>| add(tx, "double").and_then(|()| add(tx, "a"));
    let panics = |tx: &mut Tx<'_>| {
        add(tx, "panics").unwrap();
        panic!("on purpose")
    };
    let acts = vec![
        act(|tx| add(tx, "a")),
        act(refused),
        act(|tx| add(tx, "b")),
        act(double),
        act(|tx| add(tx, "c")),
        act(panics),
        act(|tx| add(tx, "d")),
    ];
    let answers = together(store, acts);
    assert!(matches!(answers[1], Some(Err(StoreError::Stale))), "{answers:?}");
    assert!(matches!(answers[3], Some(Err(StoreError::Duplicate(Key::Other)))), "{answers:?}");
    assert!(answers[5].is_none(), "{answers:?}");
    assert!([0, 2, 4, 6].into_iter().all(|at| matches!(answers[at], Some(Ok(())))), "{answers:?}");
    assert_eq!(seen(store), set(&["a", "b", "c", "d"]));
}

#[test]
fn a_refusal_or_a_panic_of_the_first_leaves_the_door_open() {
    let Place { store, .. } = &place();
    let panics = |tx: &mut Tx<'_>| {
        add(tx, "panics").unwrap();
        panic!("on purpose")
    };
    let refused = |tx: &mut Tx<'_>| add(tx, "refused").and(Err(StoreError::NotFound));
    let answers = together(store, vec![act(panics), act(refused), act(|tx| add(tx, "a"))]);
    assert!(matches!(answers[..], [None, Some(Err(StoreError::NotFound)), Some(Ok(()))]), "{answers:?}");
    assert_eq!(seen(store), set(&["a"]));
}

/// Leaves a row without its parent, which the database minds only at the commit.
fn orphan(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    Ok(tx.batch_execute("PRAGMA defer_foreign_keys = ON; INSERT INTO children VALUES ('nobody')")?)
}

#[test]
fn a_commit_that_fails_reaches_everybody_whose_answer_hung_on_it() {
    let Place { store, .. } = &place();
    let refused = |tx: &mut Tx<'_>| if names(tx).contains("a") { Err(StoreError::Stale) } else { Ok(()) };
    let answers = together(store, vec![act(|tx| add(tx, "a")), act(refused), act(orphan), act(|tx| add(tx, "b"))]);
    assert!(answers.iter().all(|answer| matches!(answer, Some(Err(StoreError::Uncommitted(_))))), "{answers:?}");
    assert_eq!(seen(store), set(&[]));
    run(store, "INSERT INTO acts VALUES ('after')").unwrap();
    assert_eq!(seen(store), set(&["after"]));
}

#[test]
fn a_file_that_cannot_be_kept_undoes_its_group_and_the_next_one_goes_on() {
    let Place { folder, store } = &place();
    let files = FileStore::new(folder.path());
    let loses_its_file = |tx: &mut Tx<'_>| {
        let name = files.keep_with(tx, b"kuitansi").unwrap();
        // A folder where the file should be: the disk says no when the act is over.
        std::fs::create_dir_all(folder.path().join("files").join(&name[..2]).join(&name).join("x")).unwrap();
        add(tx, "a")
    };
    let answers = together(store, vec![act(loses_its_file), act(|tx| add(tx, "b"))]);
    assert!(answers.iter().all(|answer| matches!(answer, Some(Err(StoreError::Uncommitted(_))))), "{answers:?}");
    run(store, "INSERT INTO acts VALUES ('after')").unwrap();
    assert_eq!(seen(store), set(&["after"]));
}

#[test]
fn a_file_is_kept_with_its_act_and_goes_with_its_act() {
    let Place { folder, store } = &place();
    let files = FileStore::new(folder.path());
    let mut name = String::new();
    let undone = store.write(OFFICE, |tx| {
        name = files.keep_with(tx, b"kuitansi").unwrap();
        Err::<(), _>(StoreError::Stale)
    });
    assert!(matches!(undone, Err(StoreError::Stale)));
    assert!(files.read(&name).is_err());
    assert_eq!(std::fs::read_dir(folder.path().join("files").join(&name[..2])).unwrap().count(), 0, "no part is left");
    store.write::<_, StoreError>(OFFICE, |tx| Ok(files.keep_with(tx, b"kuitansi").unwrap())).unwrap();
    assert_eq!(files.read(&name).unwrap(), b"kuitansi");
}

#[test]
fn a_write_inside_a_write_is_told_so_at_once() {
    let Place { store, .. } = &place();
    let begun = std::time::Instant::now();
    let inner = store.write::<_, StoreError>(OFFICE, |tx| {
        add(tx, "outer")?;
        Ok(store.write(OFFICE, |tx| add(tx, "inner")))
    });
    assert!(matches!(inner, Ok(Err(StoreError::Busy))), "{inner:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(seen(store), set(&["outer"]));
}

#[test]
fn before_a_long_act_what_others_did_is_committed() {
    let Place { store, .. } = &place();
    let writer = store.writer.as_ref().unwrap();
    let long = |tx: &mut Tx<'_>| {
        assert_eq!(seen(store), set(&["before"]), "committed, though the queue was not empty");
        add(tx, "long")
    };
    std::thread::scope(|scope| {
        let (inside, first_is_inside) = mpsc::channel();
        scope.spawn(move || {
            let first = store.write(OFFICE, |tx| {
                inside.send(()).unwrap();
                wait_until(|| writer.waiting() == 1);
                add(tx, "before")
            });
            first.unwrap();
        });
        first_is_inside.recv().unwrap();
        store.write_long(OFFICE, long).unwrap();
    });
    assert_eq!(seen(store), set(&["before", "long"]));
}

#[test]
fn facts_read_ahead_hold_until_somebody_changes_something() {
    let Place { folder, store } = &place();
    let ahead = || store.read_ahead::<_, StoreError>(|conn| Ok(names(conn))).unwrap().unwrap().1;
    let unchanged = |moment| {
        store.write::<_, StoreError>(OFFICE, |tx| {
            tx.changes(Change::Nothing);
            Ok(tx.since(moment).is_some_and(|filed| filed.is_empty()))
        })
    };
    let moment = ahead();
    assert!(unchanged(moment).unwrap());
    assert!(unchanged(moment).unwrap(), "an act that changes nothing is nobody's matter");
    store.write(OFFICE, |tx| add(tx, "a")).unwrap();
    assert!(!unchanged(moment).unwrap());
    let moment = ahead();
    assert!(unchanged(moment).unwrap());
    store.write(OFFICE, |tx| add(tx, "b").and(Err::<(), _>(StoreError::Stale))).unwrap_err();
    assert!(unchanged(moment).unwrap(), "what was undone changed nothing");
    // Another process: the command line, beside the server.
    let other = Store::open(&DatabaseUrl::Sqlite(folder.path().join("uji.db"))).unwrap();
    other.write(OFFICE, |tx| add(tx, "c")).unwrap();
    assert!(!unchanged(moment).unwrap());
    assert!(unchanged(ahead()).unwrap());
}

#[test]
fn facts_read_ahead_know_nothing_of_acts_that_wait_for_their_commit() {
    let Place { store, .. } = &place();
    let looks = |tx: &mut Tx<'_>| {
        // As a reader would who comes now: what lies before in this group is not to be read yet.
        let (seen, moment) = store.read_ahead::<_, StoreError>(|conn| Ok(names(conn)))?.unwrap();
        assert_eq!((seen, tx.since(moment).is_some()), (set(&[]), false));
        add(tx, "b")
    };
    let answers = together(store, vec![act(|tx| add(tx, "a")), act(looks)]);
    assert!(answers.iter().all(|answer| matches!(answer, Some(Ok(())))), "{answers:?}");
}

#[test]
fn thirty_two_threads_count_exactly_and_what_was_answered_is_there_after_opening_again() {
    let Place { folder, store } = place();
    let acts = |thread: usize| {
        let store = &store;
        move || {
            let mut kept = Vec::new();
            for number in 0..40 {
                let name = format!("{thread}-{number}");
                // Every fifth changes its mind after it has written.
                let done = store.write(OFFICE, |tx| {
                    tx.batch_execute("UPDATE sums SET n = n + 1")?;
                    add(tx, &name)?;
                    if number % 5 == 4 { Err(StoreError::Stale) } else { Ok(()) }
                });
                if done.is_ok() {
                    kept.push(name);
                }
            }
            kept
        }
    };
    let kept: BTreeSet<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..32).map(|thread| scope.spawn(acts(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(kept.len(), 32 * 32);
    drop(store);
    let again = Store::open(&DatabaseUrl::Sqlite(folder.path().join("uji.db"))).unwrap();
    assert_eq!(seen(&again), kept);
    let exact = again.read::<_, StoreError>(|conn| Ok(sql_query("SELECT CAST(n AS TEXT) AS name FROM sums").load::<Row>(conn)?)).unwrap();
    assert_eq!(exact[0].name, (32 * 32).to_string());
}
