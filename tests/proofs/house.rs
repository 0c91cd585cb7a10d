//! The office as it runs: the real program as a process, with its data in a folder and perhaps on a server.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types};
use santunan::clock::Clock;
use santunan::domain::region::RegionCode;
use santunan::store::{DatabaseUrl, Store, StoreError};
use santunan::workflow::Desk;

use crate::support::{Database, Office, PASSWORD, open_in};
use crate::wire::{Heard, Line};

/// Longest wait for the program to answer after its start.
const PATIENCE: Duration = Duration::from_secs(60);

/// One office with its program.
pub struct House {
    database: Database,
    pub code: RegionCode,
    pub line: Line,
    serving: Mutex<Option<Child>>,
    /// Command lines that are at work, by process.
    calling: Mutex<BTreeMap<u32, Child>>,
}

impl House {
    /// An office on its first day, with its program running.
    pub fn open(database: Database) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let Office { database, code, .. } = open_in(database, Clock::System);
        let house = Self { database, code, line: Line::new(port), serving: Mutex::new(None), calling: Mutex::default() };
        house.serve();
        house
    }

    /// A place without an office, where nothing runs yet.
    pub fn empty(database: Database) -> Self {
        let code = RegionCode::parse("33.25").unwrap();
        Self { database, code, line: Line::new(0), serving: Mutex::new(None), calling: Mutex::default() }
    }

    /// Starts the program and waits until it answers.
    pub fn serve(&self) {
        let mut command = self.command(&["serve"]);
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        command.env("SANTUNAN_LISTEN", format!("127.0.0.1:{}", self.line.port)).env("SANTUNAN_LOG", "warn,rocket=off").stderr(log);
        let child = command.stdout(Stdio::null()).spawn().unwrap();
        *lock(&self.serving) = Some(child);
        let until = Instant::now() + PATIENCE;
        while !matches!(self.line.get("/readyz"), Heard::Answer(page) if page.status == 200) {
            let ended = lock(&self.serving).as_mut().and_then(|child| child.try_wait().unwrap());
            assert!(ended.is_none() && Instant::now() < until, "the program does not answer ({ended:?}): {}", self.complaints());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The program ends from one moment to the next.
    pub fn kill(&self) {
        if let Some(mut child) = lock(&self.serving).take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Asks the program to end, as the machine does before it goes down. Returns its exit code.
    pub fn ask_to_end(&self) -> Option<i32> {
        let mut child = lock(&self.serving).take().unwrap();
        assert!(Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status().unwrap().success());
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(ended) = child.try_wait().unwrap() {
                return ended.code();
            }
            assert!(Instant::now() < until, "the program does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the command lines that are at work. Returns how many.
    pub fn kill_calls(&self) -> usize {
        lock(&self.calling)
            .values_mut()
            .filter_map(|child| (child.try_wait().unwrap().is_none() && child.kill().is_ok()).then_some(()))
            .count()
    }

    /// Waits until the program answers again, if it was ended.
    pub fn wait_for_the_door(&self) {
        let until = Instant::now() + PATIENCE;
        while !matches!(self.line.get("/healthz"), Heard::Answer(page) if page.status == 200) {
            assert!(Instant::now() < until, "the program does not answer: {}", self.complaints());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether it is the same process as ever.
    pub fn is_serving(&self) -> bool {
        lock(&self.serving).as_mut().is_some_and(|child| child.try_wait().unwrap().is_none())
    }

    /// Waits until the server of the database has let go of everybody who was killed.
    pub fn wait_until_left(&self) {
        let DatabaseUrl::Postgres(url) = self.database.url() else { return };
        let name = url.rsplit_once("application_name=").unwrap().1.to_owned();
        let mut conn = PgConnection::establish(url.split_once("&application_name").unwrap().0).unwrap();
        let ask = format!("SELECT count(*) AS others FROM pg_stat_activity WHERE application_name = '{name}'");
        while sql_query(&ask).get_result::<Others>(&mut conn).unwrap().others > 0 {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Looks into the data beside the program.
    pub fn look<T>(&self, look: impl FnOnce(&Desk) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let store = Store::open(&self.database.url())?;
        look(&Desk::new(store, self.folder(), Clock::System, "http://localhost".into()))
    }

    /// Calls the program as somebody at the machine does, and waits for its end.
    pub fn call(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Calls the program where [`House::kill_calls`] finds it. Returns its exit code, if it ended by itself.
    pub fn call_in_danger(&self, words: &[&str]) -> Option<i32> {
        let child = self.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let process = child.id();
        lock(&self.calling).insert(process, child);
        self.line.begun.fetch_add(1, Ordering::SeqCst);
        loop {
            // Not under the lock, or whoever wants to kill it would wait for its end.
            let mut calling = lock(&self.calling);
            if let Some(ended) = calling.get_mut(&process).and_then(|child| child.try_wait().unwrap()) {
                calling.remove(&process);
                return ended.code();
            }
            drop(calling);
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Everything it keeps besides the database of a server.
    pub fn folder(&self) -> &Path {
        self.database.folder()
    }

    pub fn is_embedded(&self) -> bool {
        matches!(self.database.url(), DatabaseUrl::Sqlite(_))
    }

    /// What the program has complained about since its first start.
    pub fn complaints(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn log(&self) -> std::path::PathBuf {
        self.folder().join("program.log")
    }

    fn command(&self, words: &[&str]) -> Command {
        let kept = ["PATH", "HOME", "TMPDIR"].into_iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value)));
        let url = match self.database.url() {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url,
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_santunan"));
        command.env_clear().envs(kept).env("SANTUNAN_DATA_DIR", self.folder()).env("SANTUNAN_DATABASE_URL", url);
        command.env("SANTUNAN_PASSWORD", PASSWORD).stdin(Stdio::null()).args(words);
        command
    }

    /// A file beside the office's data, for a command line.
    pub fn beside(&self, name: &str, bytes: &[u8]) -> String {
        use std::io::Write;
        let path = self.folder().join(name);
        File::create(&path).and_then(|mut file| file.write_all(bytes)).unwrap();
        path.display().to_string()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.kill();
        self.kill_calls();
        // Whatever the server still does for those who are gone would stand in the way of clearing up.
        if !std::thread::panicking() {
            self.wait_until_left();
        }
    }
}

#[derive(QueryableByName)]
struct Others {
    #[diesel(sql_type = sql_types::BigInt)]
    others: i64,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
