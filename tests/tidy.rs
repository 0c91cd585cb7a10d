//! The house rules that a compiler does not check, read from the sources themselves.

use std::fs;
use std::path::{Path, PathBuf};

/// Production lines a file may have; generated schemas aside.
const FILE_LINES_MAX: usize = 600;
/// Lines a function may have, signature and braces included.
const FUNCTION_LINES_MAX: usize = 70;

/// Functions that may be longer, each with the reason.
const LONG_FUNCTIONS: [(&str, &str, &str); 2] = [
    (
        "src/domain/claim/state.rs",
        "pub fn next(",
        "one table of all pairs of state and step: nothing to read but the table, and splitting it would hide a pair",
    ),
    ("src/domain/payment/item.rs", "pub fn next(", "one table of all pairs of state and step, like that of the claim"),
];

/// Which room may import which others. A room always may import itself. `domain` imports nobody.
const IMPORTS: [(&str, &[&str]); 17] = [
    ("domain", &[]),
    ("clock", &[]),
    ("config", &["domain"]),
    ("text", &["domain", "store", "workflow"]),
    ("seal", &["domain"]),
    ("store", &["domain", "seal"]),
    ("letters", &["domain", "seal", "text"]),
    ("mail", &["domain", "text", "letters"]),
    ("exchange", &["domain", "text"]),
    ("live", &["domain"]),
    ("invented", &["domain"]),
    ("simulation", &["domain", "invented"]),
    ("workflow", &["domain", "seal", "store", "letters", "mail", "exchange", "live", "clock", "text"]),
    ("web", &["domain", "seal", "store", "workflow", "letters", "exchange", "clock", "config", "text"]),
    (
        "cli",
        &[
            "domain",
            "seal",
            "store",
            "workflow",
            "letters",
            "mail",
            "exchange",
            "live",
            "clock",
            "config",
            "text",
            "web",
            "invented",
            "simulation",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Crates that belong to one room, and the rooms that may use them.
const CRATES: [(&str, &[&str]); 12] = [
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("rocket", &["web", "cli"]),
    ("printpdf", &["letters"]),
    ("lopdf", &["letters"]),
    ("ed25519_dalek", &["seal"]),
    ("base64", &["seal"]),
    ("qrcodegen", &["letters"]),
    ("lettre", &["mail", "config"]),
    ("ureq", &["live"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
];

/// What `domain` never does: files, environment, clock, randomness, waiting.
const IMPURE: [&str; 8] = ["std::fs", "std::env", "std::net", "std::process", "tokio", "rand::", "async fn", "Utc::now"];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "manager", "misc", "shared"];

struct Source {
    /// Path below the crate's root.
    path: String,
    /// First folder or file below `src`, without `.rs`.
    room: String,
    /// The lines outside tests, without comments.
    lines: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Every file below a folder, in a fixed order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn below_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

/// Lines before the test module at the end of the file, comments taken out.
fn production(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let tests_begin = lines
        .windows(2)
        .position(|pair| matches!(pair, [attribute, module] if *attribute == "#[cfg(test)]" && module.starts_with("mod ") && module.ends_with('{')))
        .unwrap_or(lines.len());
    lines
        .into_iter()
        .take(tests_begin)
        .map(|line| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() })
        .collect()
}

fn sources() -> Vec<Source> {
    let found: Vec<Source> = files(&root().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| {
            let lines = production(&read(&path));
            let path = below_root(&path);
            let room = path.trim_start_matches("src/").split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            Source { path, room, lines }
        })
        .filter(|source| !is_test_file(&source.path))
        .collect();
    assert!(found.len() > 10, "the sources were not found");
    found
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn allowed<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(key, _)| *key == name).map(|(_, list)| *list)
}

/// Words that follow `prefix` in a line: `crate::store::Tx` gives `store` for `crate::`; `crate::{a, b}` gives both.
fn words_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(prefix)
        .filter(|(at, _)| !line.get(..*at).is_some_and(|before| before.ends_with(is_word)))
        .filter_map(|(at, _)| line.get(at + prefix.len()..))
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
            None => vec![rest],
        })
        .filter_map(|rest| rest.split(|c| !is_word(c)).next())
        .filter(|word| !word.is_empty() && word.starts_with(|c: char| c.is_lowercase()))
        .collect()
}

#[test]
fn imports_point_one_way() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some(may) = allowed(&IMPORTS, &source.room) else {
            faults.push(format!("{}: the room \"{}\" is not in the table of imports", source.path, source.room));
            continue;
        };
        for (number, line) in (1..).zip(&source.lines) {
            let rooms = [words_after(line, "crate::"), words_after(line, "santunan::")].concat();
            let wrong = rooms.into_iter().filter(|room| *room != source.room && allowed(&IMPORTS, room).is_some() && !may.contains(room));
            faults.extend(wrong.map(|room| format!("{}:{number}: {} may not import {room}", source.path, source.room)));
        }
    }
    report(&faults);
}

#[test]
fn nobody_climbs_out_of_a_room_by_super() {
    let mut faults = Vec::new();
    for source in sources() {
        let depth = source.path.trim_start_matches("src/").trim_end_matches("mod.rs").trim_end_matches('/').split('/').count();
        let climb = "super::".repeat(depth);
        let lines = (1..).zip(&source.lines).filter(|(_, line)| source.room != "lib" && line.contains(&climb));
        faults.extend(lines.map(|(number, _)| format!("{}:{number}: reaches the crate's root by super; write crate::", source.path)));
    }
    report(&faults);
}

#[test]
fn a_crate_is_used_only_in_its_room() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in (1..).zip(&source.lines) {
            for (name, rooms) in CRATES {
                let used =
                    line.contains(&format!("use {name};")) || !words_after(line, &format!("{name}::")).is_empty() || names_item(line, name);
                if used && !rooms.contains(&source.room.as_str()) {
                    faults.push(format!("{}:{number}: {name} belongs to {rooms:?}", source.path));
                }
            }
        }
    }
    report(&faults);
}

/// `diesel::Queryable`: an item with a capital letter or a glob, which `words_after` leaves out.
fn names_item(line: &str, name: &str) -> bool {
    let path = format!("{name}::");
    line.match_indices(&path)
        .any(|(at, _)| !line.get(..at).is_some_and(|b| b.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')))
}

#[test]
fn the_domain_is_pure() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.room == "domain") {
        for (number, line) in (1..).zip(&source.lines) {
            let impure = IMPURE.iter().filter(|word| line.contains(**word));
            faults.extend(impure.map(|word| format!("{}:{number}: {word} in domain", source.path)));
        }
    }
    report(&faults);
}

#[test]
fn only_the_command_line_prints() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.room.as_str(), "cli" | "main")) {
        let printing = |line: &str| ["println!(", "print!(", "eprintln!(", "eprint!("].iter().any(|word| line.contains(word));
        let lines = (1..).zip(&source.lines).filter(|(_, line)| printing(line));
        faults.extend(lines.map(|(number, _)| format!("{}:{number}: prints; use tracing", source.path)));
    }
    report(&faults);
}

#[test]
fn files_are_short() {
    let long = |source: &&Source| source.lines.len() > FILE_LINES_MAX && !source.path.ends_with("/schema.rs");
    let faults: Vec<String> =
        sources().iter().filter(long).map(|s| format!("{}: {} lines, at most {FILE_LINES_MAX}", s.path, s.lines.len())).collect();
    report(&faults);
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, lines) in functions(&source.lines) {
            let signature = source.lines.get(number - 1).map_or("", |line| line.trim_start());
            let excused = LONG_FUNCTIONS.iter().any(|(path, begin, _reason)| *path == source.path && signature.starts_with(begin));
            if lines > FUNCTION_LINES_MAX && !excused {
                faults.push(format!("{}:{number}: a function of {lines} lines, at most {FUNCTION_LINES_MAX}", source.path));
            }
        }
    }
    report(&faults);
}

/// First line and length of every function. The formatter puts the closing brace under the first letter of the signature.
fn functions(lines: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let signature = line.trim_start();
        let words: Vec<&str> = signature.split_whitespace().take_while(|word| *word != "fn").collect();
        let known =
            |word: &&str| word.starts_with("pub") || word.starts_with("in") || matches!(*word, "const" | "async" | "unsafe" | "extern");
        let is_function = signature.split_whitespace().any(|word| word == "fn") && words.iter().all(known);
        if !is_function {
            continue;
        }
        let indent = line.len() - signature.len();
        let close = format!("{}}}", " ".repeat(indent));
        let rest = lines.iter().skip(at);
        let length = rest.enumerate().find(|(n, l)| {
            **l == close || (*n == 0 && (l.ends_with(';') || l.ends_with('}'))) || l.trim_end() == format!("{};", " ".repeat(indent))
        });
        found.push((at + 1, length.map_or(1, |(n, _)| n + 1)));
    }
    found
}

#[test]
fn a_long_function_would_be_seen() {
    let body: Vec<String> =
        ["impl A {", "    pub async fn b() {", "        c();", "    }", "", "    fn d() -> u8 { 1 }", "}"].map(str::to_owned).to_vec();
    assert_eq!(functions(&body), [(2, 3), (6, 1)]);
}

#[test]
fn names_say_what_is_inside_and_folders_have_a_door() {
    let mut faults = Vec::new();
    for path in files(&root().join("src")) {
        let name = below_root(&path);
        let empty = name.trim_end_matches(".rs").split('/').find(|part| EMPTY_NAMES.contains(part));
        faults.extend(empty.map(|part| format!("{name}: \"{part}\" says nothing about what is inside")));
        let folder = path.parent().unwrap_or(&path);
        let holds_code = path.extension().is_some_and(|e| e == "rs");
        if holds_code && folder != root().join("src") && !folder.join("mod.rs").is_file() {
            faults.push(format!("{name}: its folder has no mod.rs"));
        }
    }
    report(&faults);
}

/// Every text the project keeps, without what is built or written at run time.
fn kept_texts() -> Vec<(String, String)> {
    let folders = ["src", "tests", "docs", "migrations", "templates", "fixtures", ".ci", "benches"];
    let single = ["Cargo.toml", "README.md", "LICENSE", "clippy.toml", "rustfmt.toml"].map(|name| root().join(name));
    let all = folders.iter().flat_map(|folder| files(&root().join(folder))).chain(single);
    all.filter_map(|path| fs::read_to_string(&path).ok().map(|text| (below_root(&path), text))).collect()
}

#[test]
fn nothing_of_one_developers_machine_is_kept() {
    // Written in two halves so that this file is no finding of its own.
    let places = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!("C:", "\\"), concat!("/wo", "rk/")];
    let mut faults = Vec::new();
    for (path, text) in kept_texts() {
        for (number, line) in (1..).zip(text.lines()) {
            let place = places.iter().find(|place| line.match_indices(**place).any(|(at, _)| begins_a_path(line, at)));
            faults.extend(place.map(|place| format!("{path}:{number}: a path of somebody's machine ({place})")));
        }
    }
    report(&faults);
}

/// A place counts only at the beginning of a path, so that an address like `https://example.org/home/` is none.
fn begins_a_path(line: &str, at: usize) -> bool {
    line.get(..at).is_none_or(|before| !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/')))
}

#[test]
fn what_is_left_to_do_has_an_owner_and_no_test_is_switched_off() {
    let unfinished = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let switched_off = concat!("#[ig", "nore");
    let mut faults = Vec::new();
    for (path, text) in kept_texts().into_iter().filter(|(path, _)| !path.starts_with("fixtures/")) {
        for (number, line) in (1..).zip(text.lines()) {
            let orphan = unfinished.iter().any(|word| line.contains(word) && !line.contains(&format!("{word}(")));
            if orphan || line.contains(switched_off) {
                faults.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    report(&faults);
}

/// Places in the code that may name a place, each with the reason.
const PLACES_IN_CODE: [(&str, &str, &str); 4] = [
    ("src/", "LUAR_BATANG", "the code outside programs know; it means any place but the office's own"),
    ("src/", "LuarBatang", "the same code as a variant"),
    ("src/", "outside_batang", "the name of that case in the generated answer files"),
    ("src/letters/samples/", "", "invented letters for the golden files: fixtures that happen to be code"),
];

/// Names of the places the rules are packed for, by the list of regions: `Kabupaten Kudus` gives `KUDUS`.
fn packed_places() -> Vec<String> {
    let codes: Vec<String> = files(&root().join("fixtures/offices"))
        .into_iter()
        .filter(|path| path.ends_with("policy.toml"))
        .filter_map(|path| Some(path.parent()?.file_name()?.to_str()?.to_owned()))
        .collect();
    let regions = read(&root().join("fixtures/regions/wilayah_kabupaten.csv"));
    let rows = regions.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let named = rows.filter(|row| row.first().is_some_and(|code| codes.iter().any(|c| c == code)));
    named.filter_map(|row| row.last()?.split_whitespace().last().map(str::to_uppercase)).collect()
}

#[test]
fn no_code_knows_a_place_by_its_name() {
    let places = packed_places();
    assert!(places.len() >= 7, "the packs were not found: {places:?}");
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in (1..).zip(&source.lines) {
            let excused = |reason: &&(&str, &str, &str)| source.path.starts_with(reason.0) && line.contains(reason.1);
            let upper = line.to_uppercase();
            let named = places.iter().find(|place| upper.contains(place.as_str()));
            if let Some(place) = named.filter(|_| !PLACES_IN_CODE.iter().any(|reason| excused(&reason))) {
                faults.push(format!("{}:{number}: names {place}; a place belongs into its pack", source.path));
            }
        }
    }
    report(&faults);
}
