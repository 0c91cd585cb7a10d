//! A PostgreSQL server of the test's own, which keeps what it promised: it may be restarted and killed.

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for a server that recovers.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; ends with its owner.
pub struct Server {
    programs: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
}

impl Server {
    /// Makes and starts one with `fsync` on.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed.
    pub fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { programs: programs(), folder: tempfile::Builder::new().prefix("santunan-pg").tempdir().unwrap(), port };
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(server.folder.path()).status().unwrap();
            assert!(given.success(), "PostgreSQL does not run as root, and there is no user postgres");
        }
        let data = server.data();
        server.must("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        server.begin();
        server
    }

    /// Where it is reached.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it; after a crash it first recovers, and the remains of the last one may still be in the way.
    pub fn begin(&self) {
        let (data, log) = (self.data(), self.folder.path().join("server.log").display().to_string());
        let settings = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on -c max_connections=60 -c shared_buffers=16MB",
            self.port,
            self.folder.path().display()
        );
        let until = Instant::now() + PATIENCE;
        while !self.call("pg_ctl", &["-D", &data, "-l", &log, "-w", "-s", "-o", &settings, "start"]) {
            assert!(Instant::now() < until, "PostgreSQL does not start: {}", std::fs::read_to_string(&log).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Everybody's connection breaks at once, as when the power goes; then it starts and recovers.
    pub fn restart_at_once(&self) {
        self.stop();
        self.begin();
    }

    /// The first process of the server is killed; its children notice and go.
    pub fn kill(&self) {
        let noted = std::fs::read_to_string(Path::new(&self.data()).join("postmaster.pid")).unwrap();
        let first = noted.lines().next().unwrap().to_owned();
        // The shell knows the word on every machine.
        assert!(Command::new("sh").args(["-c", &format!("kill -9 {first}")]).status().unwrap().success());
    }

    /// Stops it without goodbye.
    pub fn stop(&self) {
        self.must("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "-s", "stop"]);
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn must(&self, program: &str, words: &[&str]) {
        assert!(self.call(program, words), "{program} {words:?}");
    }

    fn call(&self, program: &str, words: &[&str]) -> bool {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", "postgres", "--regid", "postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // Its children keep no pipe of ours open, or whoever waits for its end would wait for theirs.
        command.args(words).env("LC_ALL", "C").current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.call("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "-s", "stop"]);
    }
}

/// `/proc/self` belongs to whoever we are.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Where initdb and pg_ctl are: the newest that Debian installed, or those in the path.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let with_number = versions.filter_map(|path| Some((path.file_name()?.to_str()?.parse::<u32>().ok()?, path.join("bin"))));
    let newest = with_number.filter(|(_, bin)| bin.join("initdb").exists()).max();
    let in_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| folder.join("initdb").exists());
    let found = newest.map(|(_, bin)| bin).or_else(in_path);
    found.expect("these tests need PostgreSQL's programs: apt-get install postgresql, or run `bash .ci/test`")
}
