//! Reading a profile key by key, so that every fault is named at once and in words an operator understands.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::pattern::{Pattern, Use};
use crate::domain::money::Rupiah;
use crate::domain::payment::Bic;

/// What is wrong in a profile, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct ProfileFault {
    /// Part of the profile, for example `berkas 2, kolom 3`.
    pub place: String,
    /// What is wrong and what to write.
    pub why: String,
}

/// Fixed words: what is written, and what it means.
pub(super) type Words<T> = [(&'static str, T)];

/// One table of a profile, from which keys are taken until none is left.
pub(super) struct Keys {
    place: String,
    table: Table,
    faults: Vec<ProfileFault>,
}

impl Keys {
    pub(super) fn new(place: &str, value: Value) -> Self {
        let mut keys = Self { place: place.to_owned(), table: Table::new(), faults: Vec::new() };
        match value {
            Value::Table(table) => keys.table = table,
            _ => keys.fault("harus berupa tabel"),
        }
        keys
    }

    pub(super) fn fault(&mut self, why: impl Into<String>) {
        self.faults.push(ProfileFault { place: self.place.clone(), why: why.into() });
    }

    /// Faults of a part inside this one.
    pub(super) fn add(&mut self, faults: Vec<ProfileFault>) {
        self.faults.extend(faults);
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn is_faultless(&self) -> bool {
        self.faults.is_empty()
    }

    /// Everything that is wrong, with the keys nobody asked for.
    pub(super) fn finish(mut self) -> Vec<ProfileFault> {
        let unknown: Vec<String> = self.table.keys().cloned().collect();
        for key in unknown {
            self.fault(format!("kunci \"{key}\" tidak dikenal; periksa ejaannya"));
        }
        self.faults
    }

    /// Only what was found wrong; keys that were not looked at do not count.
    pub(super) fn into_faults(self) -> Vec<ProfileFault> {
        self.faults
    }

    pub(super) fn raw(&mut self, key: &str) -> Option<Value> {
        self.table.remove(key)
    }

    /// A key that must be there.
    pub(super) fn need<T>(&mut self, key: &str, take: impl FnOnce(&mut Self, &str) -> Option<T>) -> Option<T> {
        if !self.table.contains_key(key) {
            self.fault(format!("kunci \"{key}\" harus diisi"));
        }
        take(self, key)
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        match self.raw(key)? {
            Value::String(text) => Some(text),
            _ => self.wrong(key, "harus berupa teks di antara tanda kutip"),
        }
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        match self.raw(key) {
            None => false,
            Some(Value::Boolean(flag)) => flag,
            Some(_) => self.wrong::<bool>(key, "harus true atau false").unwrap_or_default(),
        }
    }

    /// A number above zero.
    pub(super) fn count(&mut self, key: &str) -> Option<usize> {
        let value = self.raw(key)?;
        let count = value.as_integer().and_then(|number| usize::try_from(number).ok()).filter(|number| *number > 0);
        count.or_else(|| self.wrong(key, "harus bilangan bulat lebih dari nol"))
    }

    /// An amount above zero.
    pub(super) fn amount(&mut self, key: &str) -> Option<Rupiah> {
        let value = self.raw(key)?;
        let amount = value.as_integer().and_then(|whole| Rupiah::new(whole).ok()).filter(|amount| *amount > Rupiah::ZERO);
        amount.or_else(|| self.wrong(key, "harus rupiah bulat lebih dari nol, misalnya 250_000_000"))
    }

    /// One of some fixed words.
    pub(super) fn choice<T: Clone>(&mut self, key: &str, words: &Words<T>) -> Option<T> {
        let text = self.text(key)?;
        let found = choice_of(&text, words);
        found.or_else(|| self.wrong(key, &format!("\"{text}\" tidak dikenal; pilih salah satu dari {}", listed(words))))
    }

    /// Several of some fixed words.
    pub(super) fn choices<T: Clone>(&mut self, key: &str, words: &Words<T>) -> Vec<T> {
        let mut found = Vec::new();
        for text in self.texts(key) {
            match choice_of(&text, words) {
                Some(word) => found.push(word),
                None => self.fault(format!("{key}: \"{text}\" tidak dikenal; pilih dari {}", listed(words))),
            }
        }
        found
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.raw(key) else { return Vec::new() };
        let texts: Option<Vec<String>> =
            value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        texts.or_else(|| self.wrong(key, "harus daftar teks, misalnya [\"a\", \"b\"]")).unwrap_or_default()
    }

    pub(super) fn bics(&mut self, key: &str) -> Vec<Bic> {
        let mut found = Vec::new();
        for text in self.texts(key) {
            match Bic::parse(&text) {
                Some(bic) => found.push(bic),
                None => self.fault(format!("{key}: \"{text}\" bukan BIC")),
            }
        }
        found
    }

    /// Texts and what stands for them, the longest first.
    pub(super) fn replacements(&mut self, key: &str) -> Vec<(String, String)> {
        let Some(value) = self.raw(key) else { return Vec::new() };
        let pairs: Option<BTreeMap<String, String>> =
            value.as_table().and_then(|table| table.iter().map(|(from, to)| to.as_str().map(|to| (from.clone(), to.to_owned()))).collect());
        let Some(pairs) = pairs.filter(|pairs| !pairs.contains_key("")) else {
            self.fault(format!("{key}: harus berbentuk {{ \"&\" = \" DAN \" }}"));
            return Vec::new();
        };
        let mut pairs: Vec<(String, String)> = pairs.into_iter().collect();
        pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.chars().count()));
        pairs
    }

    /// The parts of a list, in order.
    pub(super) fn list(&mut self, key: &str) -> Vec<Value> {
        match self.raw(key) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => self.wrong(key, "harus berupa daftar").unwrap_or_default(),
        }
    }

    pub(super) fn pattern(&mut self, key: &str, used: Use) -> Option<Pattern> {
        let text = self.text(key)?;
        match Pattern::parse(&text, used) {
            Ok(pattern) => Some(pattern),
            Err(faults) => {
                for fault in faults {
                    self.fault(format!("{key}: {fault}"));
                }
                None
            }
        }
    }

    fn wrong<T>(&mut self, key: &str, why: &str) -> Option<T> {
        self.fault(format!("{key}: {why}"));
        None
    }
}

fn choice_of<T: Clone>(text: &str, words: &Words<T>) -> Option<T> {
    words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning.clone())
}

fn listed<T>(words: &Words<T>) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}
