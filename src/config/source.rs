//! Where a value comes from: the environment first, then the file; the sections know the built-in value.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::fault::ConfigFault;
use super::hint;

/// Largest file a secret is read from, in bytes.
const SECRET_BYTES_MAX: u64 = 4096;

/// One thing that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    file: &'static str,
    env: &'static str,
    secret: bool,
}

impl Key {
    pub(super) const fn plain(file: &'static str, env: &'static str) -> Self {
        Self { file, env, secret: false }
    }

    /// A key whose value may also stand in a file of its own (`…_FILE`, `…_file`).
    pub(super) const fn secret(file: &'static str, env: &'static str) -> Self {
        Self { file, env, secret: true }
    }

    /// The variables that set it.
    pub(super) fn variables(&self) -> impl Iterator<Item = String> + use<> {
        let file = self.secret.then(|| format!("{}_FILE", self.env));
        std::iter::once(self.env.to_owned()).chain(file)
    }

    fn file_keys(&self) -> impl Iterator<Item = String> + use<> {
        let file = self.secret.then(|| format!("{}_file", self.file));
        std::iter::once(self.file.to_owned()).chain(file)
    }

    /// How a fault names the key when nothing was written.
    pub(super) fn name(self) -> String {
        format!("{} ({})", self.env, self.file)
    }
}

/// A value and what the operator called it.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) key: String,
}

/// The layers, and the faults met so far.
pub(super) struct Sources<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    file: BTreeMap<String, String>,
    file_name: String,
    faults: Vec<ConfigFault>,
}

impl<'a> Sources<'a> {
    /// Reads the file, if there is one, and notes every key in it that nobody knows.
    pub(super) fn open(env: &'a dyn Fn(&str) -> Option<String>, path: Option<&Path>, known: &[Key]) -> Self {
        let file_name = path.map(|p| p.display().to_string()).unwrap_or_default();
        let mut sources = Self { env, file: BTreeMap::new(), file_name, faults: Vec::new() };
        if let Some(table) = path.and_then(|path| sources.read_table(path)) {
            sources.flatten("", table);
        }
        sources.refuse_unknown(known);
        sources
    }

    /// The value of a key: variable, variable's file, key of the file, key's file. Blank counts as not set.
    pub(super) fn value(&mut self, key: Key) -> Option<Found> {
        let from_env = self.pair(key.variables(), |s, name| {
            (s.env)(name).filter(|v| !v.trim().is_empty()).map(|text| Found { text, key: name.to_owned() })
        });
        from_env.or_else(|| {
            self.pair(key.file_keys(), |s, name| {
                s.file.get(name).map(|text| Found { text: text.clone(), key: format!("{name} ({})", s.file_name) })
            })
        })
    }

    /// Notes that a found value cannot be used; the value itself is not repeated, it may be a secret.
    pub(super) fn refuse(&mut self, found: &Found, what: impl Into<String>) {
        self.faults.push(ConfigFault::new(found.key.clone(), what));
    }

    /// Notes that a key should have been set.
    pub(super) fn demand(&mut self, key: Key, what: &str) {
        self.faults.push(ConfigFault::new(key.name(), what));
    }

    /// All faults, in the order they were met.
    pub(super) fn into_faults(self) -> Vec<ConfigFault> {
        self.faults
    }

    /// The plain name and its `_FILE` sister; both at once is a fault, because one of them would silently lose.
    fn pair(&mut self, names: impl Iterator<Item = String>, look: impl Fn(&Self, &str) -> Option<Found>) -> Option<Found> {
        let mut found = names.map(|name| (look(self, &name), name.to_ascii_lowercase().ends_with("_file"))).collect::<Vec<_>>().into_iter();
        let plain = found.next().and_then(|(value, _)| value);
        let sister = found.next().and_then(|(value, _)| value);
        match (plain, sister) {
            (Some(_), Some(both)) => {
                self.refuse(&both, "dan nilainya langsung diisi bersamaan; pakai salah satu saja");
                None
            }
            (Some(value), None) => Some(value),
            (None, Some(path)) => self.read_secret(path),
            (None, None) => None,
        }
    }

    fn read_secret(&mut self, named: Found) -> Option<Found> {
        let path = Path::new(&named.text);
        let read = std::fs::metadata(path).and_then(|meta| {
            if meta.len() > SECRET_BYTES_MAX { Err(std::io::Error::other("lebih dari 4096 bita")) } else { std::fs::read_to_string(path) }
        });
        match read.map(|text| text.trim_end_matches(['\r', '\n']).to_owned()) {
            Ok(text) if text.is_empty() => self.refuse(&named, format!("menunjuk berkas kosong: {}", path.display())),
            Ok(text) => return Some(Found { text, key: named.key }),
            Err(why) => self.refuse(&named, format!("menunjuk berkas yang tidak dapat dibaca: {} ({why})", path.display())),
        }
        None
    }

    fn read_table(&mut self, path: &Path) -> Option<Table> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(why) => {
                self.faults.push(ConfigFault::new(path.display().to_string(), format!("tidak dapat dibaca: {why}")));
                return None;
            }
        };
        match text.parse() {
            Ok(table) => Some(table),
            Err(why) => {
                let why: toml::de::Error = why;
                // The reader's own text would repeat the line, which may hold a secret.
                self.faults.push(ConfigFault::new(path.display().to_string(), format!("bukan TOML yang benar: {}", why.message())));
                None
            }
        }
    }

    fn flatten(&mut self, prefix: &str, table: Table) {
        for (key, value) in table {
            let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            match value {
                Value::Table(inner) if prefix.is_empty() => self.flatten(&key, inner),
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => drop(self.file.insert(key, text)),
                Value::Integer(number) => drop(self.file.insert(key, number.to_string())),
                Value::Boolean(flag) => drop(self.file.insert(key, flag.to_string())),
                _ => self.faults.push(ConfigFault::new(format!("{key} ({})", self.file_name), "harus berupa teks atau angka")),
            }
        }
    }

    fn refuse_unknown(&mut self, known: &[Key]) {
        let names: Vec<String> = known.iter().flat_map(Key::file_keys).collect();
        for key in self.file.keys().filter(|key| !names.contains(key)) {
            let hint = hint::closest(key, names.iter().map(String::as_str));
            self.faults.push(ConfigFault::unknown(format!("{key} ({})", self.file_name), hint));
        }
    }
}
