//! The money of a big year: ten thousand approvals, one decree, one payment order, and the bank's answer to all of them.
//!
//!     cargo bench --bench year
//!     SANTUNAN_BENCH_CLAIMS=1000 SANTUNAN_BENCH_CLIENTS=4 cargo bench --bench year
//!
//! On SQLite on disk and on the PostgreSQL of `SANTUNAN_TEST_POSTGRES_URL`. Claims are filed by `workflow::submit`; that they were
//! endorsed and verified is written in bulk, which is not timed. Then the office's own acts: every approval is one act with its full
//! cross-check, snapshot, tombstone, promise and entry in the books, by several approvers at once; the decree is locked with its
//! list and signed; the order is made, checked and released, each in one transaction; the result file of the bank is read and
//! booked, and read again, which changes nothing. Totals are held against each other to the rupiah and the books are proved at the
//! end. Beside it the least the database could do in the same run: three small rows for each approval, one commit each.

#![expect(clippy::expect_used, reason = "a bench that cannot run says why and ends")]
#![expect(clippy::float_arithmetic, reason = "times and ratios of times")]

#[expect(dead_code, reason = "what the other benches ask of a kabupaten")]
mod kabupaten;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use kabupaten::{Database, databases, fill, now, office, settle, size};
use santunan::cli::generate::{as_of, claims_json};
use santunan::clock::{Clock, new_id};
use santunan::domain::access::{Actor, Role};
use santunan::domain::claim::{Action, State, Step};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{PaperKind, TreasuryPaper};
use santunan::exchange::claims_json::read_claims;
use santunan::exchange::pack::included;
use santunan::invented::claims::file;
use santunan::invented::{Order, Words};
use santunan::store::money::items::Item;
use santunan::store::users::{self, Account};
use santunan::store::{Store, StoreError};
use santunan::workflow::money::{
    ImportReport, Release, check_order, import_report, lock_decree, make_order, record_paper, release_order, sign_decree, verify_ledger,
};
use santunan::workflow::{Channel, Desk, OfficeSources, Refusal, Submission, Wish, act, open_office, submit};

/// Everybody's password in this office.
const PASSWORD: &str = "kata-sandi-tolok-ukur";

fn main() {
    let wanted = size("SANTUNAN_BENCH_CLAIMS", 10_000);
    let clients = size("SANTUNAN_BENCH_CLIENTS", 8);
    println!("{wanted} claims, approved by {clients} people at once\n");
    println!("| engine | what | seconds |");
    println!("| --- | --- | ---: |");
    for Database { engine, store, .. } in &databases("year") {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on the disk that is measured");
        let begun = Instant::now();
        let year = Year::begin(store, folder.path(), wanted);
        settle(store);
        eprintln!("{engine}: {} claims verified in {:.0?}", year.verified.len(), begun.elapsed());
        year.run(engine, wanted, clients);
    }
}

/// An office in the middle of a year, and its people.
struct Year {
    desk: Desk,
    approver: Actor,
    finance: Actor,
    checker: Actor,
    releaser: Actor,
    verified: Vec<String>,
}

impl Year {
    fn begin(store: &Store, folder: &std::path::Path, wanted: usize) -> Self {
        let words = Words::carried();
        let families = fill(store, &words, Order { seed: 11, residents: 60_000, as_of: as_of() }, |_| ());
        let desk = Desk::new(store.clone(), folder, Clock::Fixed(now()), "http://localhost".into());
        let rich = included::OFFICE.replace("ceiling = 2_500_000_000", "ceiling = 99_000_000_000");
        open_office(&desk, OfficeSources { office: &rich, policy: included::POLICY, emblem: included::EMBLEM }).expect("an office");
        let [clerk, approver, finance, checker, releaser] =
            [Role::Operator, Role::Approver, Role::Finance, Role::Finance, Role::Finance].map(|role| hire(&desk, role));
        // Some are refused at once, and some approvals too: the invented claims have every kind of fault.
        let many = wanted + wanted / 4;
        let filed = read_claims(&claims_json(&file(&words, 11, &families, many, as_of())).expect("claims")).expect("a list of claims");
        let mut verified = Vec::new();
        for claim in filed {
            let Some(content) = claim.content else { continue };
            let (idempotency_key, filed_on) = (claim.claim_id, Some(claim.filed_on));
            let submission = Submission { idempotency_key, content, filed_on, attachments: Vec::new(), channel: Channel::Program };
            match submit(&desk, &clerk, &submission) {
                Ok(filed) => verified.push(filed.claim.id),
                Err(Refusal::DeceasedHasClaim) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let advance = "UPDATE claims SET state = 'verified', version = 3";
        store.write::<_, StoreError>(office().as_str(), |tx| Ok(tx.batch_execute(advance)?)).expect("verified claims");
        Self { desk, approver, finance, checker, releaser, verified }
    }

    fn run(&self, engine: &str, wanted: usize, clients: usize) {
        let line = |what: &str, took: Duration| println!("| {engine} | {what} | {:.2} |", took.as_secs_f64());
        let raw = raw(&self.desk.store, wanted);
        line("three small rows for each approval, one commit each, nothing decided", raw);
        let (approved, approving) = self.approve(wanted, clients);
        line(&format!("{approved} approvals"), approving);
        let (decree, decreeing) = timed(|| {
            let decree = lock_decree(&self.desk, &self.finance, "").expect("a decree").decree;
            sign_decree(&self.desk, &self.finance, &decree.id, as_of()).expect("a signed decree")
        });
        line(&format!("one decree of {}", decree.items.len()), decreeing);
        let (made, ordering) = timed(|| make_order(&self.desk, &self.finance, &decree.id, "tolok ukur").expect("an order").order);
        line(&format!("one order of {}", made.items.len()), ordering);
        assert_eq!(Some(made.total), Rupiah::sum(made.items.iter().map(|item| item.amount)));
        assert_eq!(made.total, decree.total, "the order is equal to the decree to the rupiah");
        let all = approving + decreeing + ordering;
        line("approvals, decree and order (bar 5 on SQLite, 10 on PostgreSQL)", all);
        eprintln!("{engine}: {:.0} times the raw rows", all.as_secs_f64() / raw.as_secs_f64());
        let ((), checking) = timed(|| self.release(&made.id, made.total, made.version));
        line("treasury's papers, check and release of that order, with its receipts, notices and bank files", checking);
        self.result(&made.items, &line);
        let (proof, proving) = timed(|| verify_ledger(&self.desk, &office()).expect("a journal"));
        line(&format!("`ledger verify` of {} entries", proof.expect("books that agree").entries), proving);
    }

    /// Approves until enough are; returns how many and how long it took.
    fn approve(&self, wanted: usize, clients: usize) -> (usize, Duration) {
        let (next, approved) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let client = || {
            while approved.load(Ordering::Relaxed) < wanted {
                let Some(claim_id) = self.verified.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                let action = Action { step: Step::Approve, reason: "sudah dibandingkan dengan berkas".into() };
                match act(&self.desk, &self.approver, &Wish { claim_id, expected_version: 3, action }) {
                    Ok(done) => {
                        assert_eq!(done.state, State::Approved);
                        approved.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(Refusal::NoPolicy(_)) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
        };
        let ((), took) = timed(|| std::thread::scope(|scope| (0..clients).for_each(|_| drop(scope.spawn(client)))));
        (approved.into_inner(), took)
    }

    fn release(&self, order_id: &str, value: Rupiah, version: i64) {
        for kind in PaperKind::ALL {
            let paper = TreasuryPaper { kind, number: kind.label().to_owned(), dated_on: as_of(), value };
            record_paper(&self.desk, &self.finance, order_id, &paper).expect("a paper");
        }
        let checked = check_order(&self.desk, &self.checker, order_id, version).expect("a checked order");
        let release = Release { order_id, expected_version: checked.version, password: PASSWORD, reason: "tolok ukur" };
        release_order(&self.desk, &self.releaser, &release).expect("a released order");
    }

    /// The bank's table with one line for each payment, of which every fiftieth did not arrive.
    fn result(&self, items: &[Item], line: &impl Fn(&str, Duration)) {
        let mut table = String::from("Kode Permohonan,Nomor Rekening,Nama Penerima,Jumlah (Rp),Status,Keterangan\n");
        let mut lines = 0_usize;
        for (at, item) in items.iter().enumerate() {
            let Some((_, account, holder)) = &item.account else { continue };
            let (status, why) = if at % 50 == 0 { ("RETUR", "REKENING TUTUP") } else { ("SUKSES", "") };
            let (reference, amount) = (&item.reference, item.amount.whole());
            writeln!(table, "{reference},{account},\"{holder}\",{amount},{status},{why}").expect("room");
            lines += 1;
        }
        let import = ImportReport { file_name: "hasil.csv", bytes: table.as_bytes(), profile: "csv" };
        let (first, importing) = timed(|| import_report(&self.desk, &self.finance, &import).expect("a report"));
        line(&format!("result file of {lines} lines imported and stored (bar 3)"), importing);
        assert_eq!((usize::try_from(first.report.lines).expect("a count"), first.repeated), (lines, false));
        let (again, second) = timed(|| import_report(&self.desk, &self.finance, &import).expect("the same report"));
        line("the same file again", second);
        assert!(again.repeated);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

fn hire(desk: &Desk, role: Role) -> Actor {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(8, 1, 1, None).expect("parameters");
    let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let actor = Actor { id: new_id(), name: "PETUGAS".into(), role, office: office(), region: office(), nik: None, family_card: None };
    let account = Account {
        username: actor.id.clone(),
        actor: actor.clone(),
        password_hash: hasher.hash_password(PASSWORD.as_bytes()).expect("a hash").to_string(),
        disabled: false,
        failed_logins: 0,
        locked_until: None,
    };
    desk.store.write(office().as_str(), |tx| users::insert(tx, &account, now())).expect("an account");
    actor
}

/// Three small rows for each act, one transaction each, by one after the other.
fn raw(store: &Store, acts: usize) -> Duration {
    let tables = ["a", "b", "c"].map(|table| format!("CREATE TABLE bench_{table} (t TEXT);")).concat();
    let write = |sql: &str| store.write::<_, StoreError>(office().as_str(), |tx| Ok(tx.batch_execute(sql)?)).expect("a write");
    write(&tables);
    let text = "x".repeat(300);
    let rows = ["a", "b", "c"].map(|table| format!("INSERT INTO bench_{table} (t) VALUES ('{text}');")).concat();
    timed(|| (0..acts).for_each(|_| write(&rows))).1
}
