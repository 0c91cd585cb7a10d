//! The database server goes away in the middle and comes again, at once and by `SIGKILL`, and the office's program is never touched:
//! it comes back by itself, says "later" meanwhile in words, and nothing is lost. `SANTUNAN_RESTARTS` says how often.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use santunan::store::StoreError;

use crate::house::House;
use crate::proof::{inventory, left_over, prove};
use crate::server::Server;
use crate::support::{Database, PASSWORD};
use crate::wire::{Heard, Page};
use crate::wished;
use crate::work::{Stage, Town, claim_form, is_over, stages};

/// Restarts, unless somebody wishes for another number.
const RESTARTS: u64 = 8;
/// Longest wait of somebody before they hear "later": the office waits ten seconds for its database.
const LATER: Duration = Duration::from_secs(20);

#[test]
fn an_office_whose_database_goes_and_comes_goes_on_by_itself() {
    let (wanted, seed) = (usize::try_from(wished("SANTUNAN_RESTARTS", RESTARTS)).unwrap(), wished("SANTUNAN_SEED", 1));
    let server = Server::start();
    let (mut dice, begun) = (StdRng::seed_from_u64(seed), Instant::now());
    let (mut done, mut put_off, mut offices, mut expected) = (0, 0, 0, None);
    while expected.is_none() || done < wanted {
        let house = House::open(Database::on_server(&server.url()));
        let town = Town::new(&house);
        for stage in stages() {
            // The first office is left in peace, to know what to expect.
            let wish = expected.is_some() && done < wanted && dice.random_ratio(2, 3);
            let moment = wish.then(|| (dice.random_range(0.0..1.0), dice.random_bool(0.3)));
            done += usize::from(at_work(&server, &town, &stage, moment));
        }
        offices += 1;
        put_off += town.put_off.load(Ordering::SeqCst);
        assert!(house.is_serving(), "the program itself was never to end");
        prove(&house, &town.acknowledged.lock().unwrap());
        assert_eq!(house.call(&["ledger", "verify"]).status.code(), Some(0));
        left_over(&house);
        assert!(!house.complaints().contains("internal problem"), "{}", house.complaints());
        let found = inventory(&house);
        assert!(is_over(&found.states));
        assert_eq!(expected.get_or_insert_with(|| inventory(&house)), &found, "SANTUNAN_SEED={seed}");
    }
    println!(
        "{done} restarts of the server in {offices} offices, SANTUNAN_SEED={seed}: {put_off} times somebody heard \"later\", nothing lost, nothing twice, {:.1?}",
        begun.elapsed()
    );
}

/// People work; somebody takes the server away in the middle, or in the end if they are quicker. Returns whether it was taken.
fn at_work(server: &Server, town: &Town<'_>, stage: &Stage, moment: Option<(f64, bool)>) -> bool {
    let begun = town.house.line.begun.load(Ordering::SeqCst);
    let open = AtomicUsize::new(stage.acts.len());
    std::thread::scope(|scope| {
        for act in &stage.acts {
            scope.spawn(|| {
                town.insist(*act);
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
        let Some((part, is_killed)) = moment else { return false };
        while town.house.line.begun.load(Ordering::SeqCst) == begun {
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_millis(40).mul_f64(part));
        if is_killed {
            server.kill();
            server.begin();
        } else {
            server.restart_at_once();
        }
        true
    })
}

/// What the server keeps to in the office's sessions.
fn setting(house: &House, name: &str) -> String {
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = sql_types::Text)]
        setting: String,
    }
    let ask = format!("SELECT current_setting('{name}') AS setting");
    let said = house.look(|desk| desk.store.read::<_, StoreError>(|conn| Ok(sql_query(ask).get_result::<Said>(conn)?)));
    said.unwrap().setting
}

#[test]
fn while_the_database_is_away_everybody_hears_later_in_words_and_then_it_works_again() {
    let server = Server::start();
    let house = House::open(Database::on_server(&server.url()));
    let town = Town::new(&house);
    let clerk = town.person("operator.wonotunggal");
    let form = clerk.json("/api/v1/claims", &claim_form(0, "kunci").to_string());
    server.stop();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let sentence = "Sistem sedang sibuk. Isian Bapak/Ibu belum tercatat; mohon tunggu sebentar, lalu kirim sekali lagi.";
        let later = move |page: &Page| {
            assert_eq!(page.status, 503, "{}", page.text());
            assert!(page.text().contains(sentence), "{}", page.text());
        };
        scope.spawn(move || later(&clerk.send(&form)));
        scope.spawn(move || later(&clerk.get("/permohonan")));
        let at_the_door = format!("nama=operator.wonotunggal&sandi={PASSWORD}");
        let knock = format!(
            "POST /masuk HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{at_the_door}",
            at_the_door.len()
        );
        let line = &house.line;
        scope.spawn(move || match line.send(knock.as_bytes()) {
            Heard::Answer(page) => later(&page),
            other => panic!("{other:?}"),
        });
        scope.spawn(move || assert!(matches!(line.get("/readyz"), Heard::Answer(page) if page.status == 503)));
        scope.spawn(move || assert!(matches!(line.get("/healthz"), Heard::Answer(page) if page.status == 200)));
    });
    assert!(begun.elapsed() < LATER, "{:?}", begun.elapsed());
    server.begin();
    assert_eq!(setting(&house, "tcp_keepalives_idle"), "30", "a server notices that an office has vanished");
    assert_eq!(setting(&house, "idle_in_transaction_session_timeout"), "5min");
    let filed = clerk.send(&clerk.json("/api/v1/claims", &claim_form(0, "kunci").to_string()));
    assert_eq!(filed.status, 201, "{}", filed.text());
    assert!(house.is_serving());
    prove(&house, &std::collections::BTreeSet::new());
}
