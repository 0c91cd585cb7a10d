//! The same test on both engines, each time on a database of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{DatabaseUrl, Store};

/// Runs `work` on a fresh SQLite file and on a fresh PostgreSQL database.
///
/// PostgreSQL is a server of the test's own, reached through a socket in its folder: no port, no
/// password, nothing left behind. A machine without PostgreSQL fails here rather than passing unseen.
pub(crate) fn on_both_engines(work: impl Fn(&Store)) {
    let folder = tempfile::tempdir().unwrap();
    work(&migrated(&DatabaseUrl::Sqlite(folder.path().join("uji.db"))));
    let cluster = Cluster::start();
    work(&migrated(&cluster.url()));
}

fn migrated(url: &DatabaseUrl) -> Store {
    Store::migrate_and_open(url).unwrap().0
}

struct Cluster {
    folder: tempfile::TempDir,
}

impl Cluster {
    fn start() -> Self {
        let cluster = Self { folder: tempfile::tempdir().unwrap() };
        if is_root() {
            // PostgreSQL refuses to run as root.
            run("chown", &["postgres", cluster.text()]);
        }
        let (data, log) = (cluster.data(), format!("{}/log", cluster.text()));
        let options = format!("-c listen_addresses= -c fsync=off -c unix_socket_directories={}", cluster.text());
        server("initdb", &["-D", &data, "-U", "santunan", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        server("pg_ctl", &["-D", &data, "-l", &log, "-w", "-o", &options, "start"]);
        cluster
    }

    fn url(&self) -> DatabaseUrl {
        DatabaseUrl::Postgres(format!("postgres://santunan@/postgres?host={}", self.text()))
    }

    fn text(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn data(&self) -> String {
        format!("{}/data", self.text())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        server("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
    }
}

fn is_root() -> bool {
    run("id", &["-u"]).stdout.starts_with(b"0\n")
}

fn server(program: &str, args: &[&str]) {
    let program = program_path(program);
    let program = program.to_str().unwrap();
    if is_root() {
        run("runuser", &[&["-u", "postgres", "--", program], args].concat());
    } else {
        run(program, args);
    }
}

/// Debian keeps the server's programs out of the path.
fn program_path(program: &str) -> PathBuf {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|v| v.path().join("bin").join(program)).collect();
    versions.sort();
    versions.pop().filter(|path| path.exists()).unwrap_or_else(|| Path::new(program).to_path_buf())
}

fn run(program: &str, args: &[&str]) -> Output {
    let output = Command::new(program).args(args).current_dir("/").output();
    let output = output.unwrap_or_else(|e| panic!("{program}: {e}; PostgreSQL is needed: apt-get install postgresql"));
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
