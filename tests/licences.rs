//! What the program is built from: every licence is one we may ship, and copies of one crate stay few.
//!
//! The list and its reasons are in `docs/licences.md`.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their text beside the program.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Weak copyleft by file: allowed for crates used unchanged, one by one, because changing them would oblige us.
const ALLOWED_UNCHANGED: [(&str, &str); 2] = [
    // Style sheets inside printpdf's text layout.
    ("azul-simplecss", "MPL-2.0"),
    // Tests only: the browser story speaks to chromedriver through it.
    ("webdriver", "MPL-2.0"),
];

/// Crate names that may come in more than one version.
///
/// The web framework (rocket 0.5) and the letters' PDF library each hold on to an older generation of small crates;
/// the ceiling is today's number. The signatures bring an older `const-oid`, which `sha2` 0.11 has left behind.
/// Lower it when one of them moves on; raise it only with the reason here.
const DUPLICATES_MAX: usize = 42;

/// Packages built for this machine, as cargo resolved them.
fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_not_set| "cargo".to_owned());
    let version = run(Command::new(&cargo).arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_else(|| panic!("no host in {version}")).to_owned();
    let text = run(Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host])
        .current_dir(env!("CARGO_MANIFEST_DIR")));
    let metadata: Value = serde_json::from_str(&text).unwrap_or_else(|why| panic!("cargo metadata: {why}"));
    metadata.get("packages").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|why| panic!("{command:?}: {why}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn every_licence_is_one_we_may_ship() {
    let packages = packages();
    assert!(packages.len() > 100, "cargo metadata listed {} packages", packages.len());
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !ALLOWED_UNCHANGED.contains(&(text(package, "name"), text(package, "license"))))
        .filter(|package| !satisfied(text(package, "license")))
        .map(|package| format!("{} {}: \"{}\"", text(package, "name"), text(package, "version"), text(package, "license")))
        .collect();
    assert!(refused.is_empty(), "\n{}\n", refused.join("\n"));
}

#[test]
fn copies_of_one_crate_stay_few() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages() {
        versions.entry(text(&package, "name").to_owned()).or_default().push(text(&package, "version").to_owned());
    }
    let twice: Vec<String> =
        versions.iter().filter(|(_, all)| all.len() > 1).map(|(name, all)| format!("{name} {}", all.join(", "))).collect();
    println!("{} crates in more than one version:\n{}", twice.len(), twice.join("\n"));
    assert!(
        twice.len() <= DUPLICATES_MAX,
        "{} crates in more than one version, at most {DUPLICATES_MAX}:\n{}",
        twice.len(),
        twice.join("\n")
    );
}

/// Whether an SPDX expression can be met with allowed licences alone. `/` is the old way to write OR.
fn satisfied(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ").replace(" WITH ", "\u{0}WITH\u{0}");
    let tokens: Vec<String> = spaced.split_whitespace().map(|token| token.replace('\u{0}', " ")).collect();
    let mut rest = tokens.iter().map(String::as_str).collect::<Vec<_>>().into_iter().peekable();
    let met = any_of(&mut rest);
    met && rest.peek().is_none()
}

type Tokens<'a> = std::iter::Peekable<std::vec::IntoIter<&'a str>>;

fn any_of(tokens: &mut Tokens<'_>) -> bool {
    let mut met = all_of(tokens);
    while tokens.next_if_eq(&"OR").is_some() {
        met |= all_of(tokens);
    }
    met
}

fn all_of(tokens: &mut Tokens<'_>) -> bool {
    let mut met = one(tokens);
    while tokens.next_if_eq(&"AND").is_some() {
        met &= one(tokens);
    }
    met
}

fn one(tokens: &mut Tokens<'_>) -> bool {
    match tokens.next() {
        Some("(") => any_of(tokens) && tokens.next() == Some(")"),
        Some(licence) => ALLOWED.contains(&licence),
        None => false,
    }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let check = |expression: &str, expected: bool| assert_eq!(satisfied(expression), expected, "{expression}");
    check("MIT", true);
    check("MIT OR Apache-2.0", true);
    check("MIT/Apache-2.0", true);
    check("GPL-3.0-only OR MIT", true);
    check("GPL-3.0-only", false);
    check("MIT AND GPL-3.0-only", false);
    check("(MIT OR GPL-3.0-only) AND Unicode-3.0", true);
    check("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", true);
    check("GPL-2.0-only AND (MIT OR ISC)", false);
    check("", false);
    check("MIT MIT", false);
}
