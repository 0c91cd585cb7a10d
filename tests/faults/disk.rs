//! Folders with an office in them, the shim, and the child that works behind it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use santunan::store::StoreError;

use crate::support::{Engine, Office, open};
use crate::work::{Act, Place, TRIES, drive};

/// Tells the child which folder to work in.
const FOLDER: &str = "SANTUNAN_FAULT_FOLDER";
/// Longest work of a child, failing disk and all.
const PATIENCE: Duration = Duration::from_secs(60);

/// An office on its first day, to be copied for every try.
pub struct FirstDay(Office);

impl FirstDay {
    pub fn make() -> Self {
        let office = open(Engine::Sqlite);
        // With an empty log there is nothing to put away when the copy is opened: faults meet the work, not the opening.
        office.desk.store.read::<_, StoreError>(|conn| Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)).unwrap();
        Self(office)
    }

    /// A folder of its own with the same office.
    pub fn copy(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        copy_all(self.0.database.folder(), folder.path());
        folder
    }
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_all(&source, &target);
        } else if !source.to_str().unwrap().ends_with("-shm") {
            // The index of the log belongs to the processes that have it open; it is made anew.
            fs::copy(source, target).unwrap();
        }
    }
}

/// The compiled shim; made once, lest a child of one test load what another is still writing.
pub fn shim() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{}.so", std::process::id()));
        let words = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"];
        let ended = Command::new("gcc").args(words).arg(&made).arg(source).args(["-ldl", "-lpthread"]).status();
        assert!(ended.expect("these tests need gcc: apt-get install gcc, or run `bash .ci/test`").success());
        made
    };
    MADE.get_or_init(make).clone()
}

/// What a child was told, and how its disk fared.
#[derive(Debug)]
pub struct Worked {
    /// Names of the acts it was told are done.
    pub acknowledged: BTreeSet<String>,
    /// Why it gave up, if it did.
    pub gave_up: Option<String>,
    /// Calls that wrote, that synced, and that failed on purpose.
    pub calls: [usize; 3],
}

/// Lets a child do the office's work behind the shim.
pub fn work_behind(shim: &Path, folder: &Path, faults: &[(&str, &str)]) -> Worked {
    let report = tempfile::NamedTempFile::new().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "disk::an_office_works_in_the_folder_it_is_given", "--nocapture"]);
    child.env("LD_PRELOAD", shim).env(FOLDER, folder).env("SANTUNAN_FAULT_DIR", fs::canonicalize(folder).unwrap());
    child.env("SANTUNAN_FAULT_REPORT", report.path()).envs(faults.iter().copied());
    let begun = Instant::now();
    let output = child.output().unwrap();
    assert!(begun.elapsed() < PATIENCE, "{faults:?}: the office stood still for {:?}", begun.elapsed());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{faults:?}: {said}\n{}", String::from_utf8_lossy(&output.stderr));
    let lines = |mark: &str| said.lines().filter_map(|line| line.split_once(mark)).map(|(_, rest)| rest.to_owned()).collect::<Vec<_>>();
    let calls = fs::read_to_string(report.path()).unwrap();
    let calls: Vec<usize> = calls.split_whitespace().map(|count| count.parse().unwrap()).collect();
    Worked {
        acknowledged: lines("ACK ").into_iter().collect(),
        gave_up: lines("GAVE UP ").pop(),
        calls: calls.try_into().expect("the shim was loaded and told its counts"),
    }
}

/// Not a test by itself: the child of the others. Without a folder there is nothing to do.
#[test]
fn an_office_works_in_the_folder_it_is_given() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let full = std::env::var_os("SANTUNAN_FAULT_FULL").map(PathBuf::from).filter(|mark| mark.exists());
    let acknowledged = |act: Act| println!("\nACK {}", act.name());
    let place = (0..TRIES).find_map(|_| Place::open(&folder).ok());
    let mut done = match &place {
        Some(place) => drive(place, &acknowledged),
        None => Err("cannot be opened".to_owned()),
    };
    if let Some(mark) = full.filter(|_| done.is_err()) {
        // Somebody makes room; the same process works on, or the office is opened for the first time.
        fs::remove_file(mark).unwrap();
        done = match place {
            Some(place) => drive(&place, &acknowledged),
            None => drive(&Place::open(&folder).unwrap(), &acknowledged),
        };
    }
    if let Err(why) = done {
        println!("\nGAVE UP {why}");
    }
}
