//! The profile of one bank's product: which files it takes, how they are named and what stands in them.

use std::collections::BTreeSet;

use toml::Value;

use super::file_spec::{FileSpec, RAILS, TableFormat};
use super::keys::{Keys, ProfileFault, Words};
use super::pattern::{Pattern, Use};
use crate::domain::payment::{Bic, Rail, RailRule};
use crate::exchange::pain001::Version;

/// Longest name of a profile.
const NAME_CHARS_MAX: usize = 40;

/// Largest profile, in bytes.
const PROFILE_BYTES_MAX: usize = 1 << 18;

/// What one bank's product takes, as one TOML file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The word on the command line: small letters, digits and hyphens, for example `bpd`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The bank whose product it is; `None` = the bank the office pays from.
    pub bank: Option<Bic>,
    pub(super) remark: Pattern,
    pub(super) strip_titles: bool,
    pub(super) name_replace: Vec<(String, String)>,
    pub(super) format: Format,
    result: Option<Value>,
}

/// What kind of files a profile makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// Tables, one or more files by rail.
    Tables {
        /// Rails in the order of preference.
        rails: Vec<RailSpec>,
        /// Files in the order in which they are made.
        files: Vec<FileSpec>,
    },
    /// One ISO 20022 message.
    Message {
        /// Its version.
        version: Version,
        /// How it is named.
        file_name: Pattern,
    },
}

/// A rail with what the bank calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RailSpec {
    pub rule: RailRule,
    /// For example BAU for BI-FAST at Mandiri; often empty.
    pub code: String,
}

#[derive(Clone, Copy)]
enum FormatName {
    Table(TableFormat),
    Message(Version),
}

const FORMATS: &Words<FormatName> = &[
    ("delimited", FormatName::Table(TableFormat::Delimited)),
    ("fixed_width", FormatName::Table(TableFormat::FixedWidth)),
    ("xlsx", FormatName::Table(TableFormat::Xlsx)),
    ("pain.001.001.03", FormatName::Message(Version::V03)),
    ("pain.001.001.09", FormatName::Message(Version::V09)),
];

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Every [`ProfileFault`], so that an operator mends the file in one go.
    pub fn parse(text: &str) -> Result<Self, Vec<ProfileFault>> {
        let unreadable = |why: String| vec![ProfileFault { place: "profil".to_owned(), why }];
        if text.len() > PROFILE_BYTES_MAX {
            return Err(unreadable("berkas lebih dari 256 KiB".to_owned()));
        }
        let table: toml::Table = toml::from_str(text).map_err(|why| unreadable(not_toml(text, &why)))?;
        let mut keys = Keys::new("profil", Value::Table(table));
        let name = keys.need("name", Keys::text).filter(|name| {
            let right = is_name(name);
            if !right {
                keys.fault("name: 1 sampai 40 huruf kecil, angka atau tanda hubung, misalnya \"bpd\"");
            }
            right
        });
        let title = keys.need("title", Keys::text);
        let bank = keys.text("bank").and_then(|text| read_bic(&mut keys, &text));
        let remark = keys.pattern("remark", Use::Payment).unwrap_or_else(Pattern::words);
        let (strip_titles, name_replace) = read_names(&mut keys);
        let result = keys.raw("result");
        if result.as_ref().is_some_and(|result| !result.is_table()) {
            keys.fault("result: harus berupa tabel [result]");
        }
        let kind = keys.need("format", |keys, key| keys.choice(key, FORMATS));
        let format = kind.and_then(|kind| read_format(&mut keys, kind));
        let faults = if kind.is_some() { keys.finish() } else { keys.into_faults() };
        match (name, title, format) {
            (Some(name), Some(title), Some(format)) if faults.is_empty() => {
                Ok(Self { name, title, bank, remark, strip_titles, name_replace, format, result })
            }
            _ => Err(faults),
        }
    }

    /// The table `[result]`, which says how the bank's result file is read; `None` if the bank's product has none.
    pub fn result(&self) -> Option<&Value> {
        self.result.as_ref()
    }

    /// The rails it uses, in the order of preference; empty for a message, which leaves the choice to the bank.
    pub fn rails(&self) -> Vec<Rail> {
        match &self.format {
            Format::Tables { rails, .. } => rails.iter().map(|spec| spec.rule.rail).collect(),
            Format::Message { .. } => Vec::new(),
        }
    }
}

fn not_toml(text: &str, why: &toml::de::Error) -> String {
    let line = why.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1);
    format!("baris {line} bukan TOML yang benar ({})", why.message())
}

fn is_name(name: &str) -> bool {
    let right = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=NAME_CHARS_MAX).contains(&name.len()) && name.chars().all(right) && !name.starts_with('-')
}

fn read_bic(keys: &mut Keys, text: &str) -> Option<Bic> {
    let bic = Bic::parse(text);
    if bic.is_none() {
        keys.fault(format!("bank: \"{text}\" bukan BIC"));
    }
    bic
}

fn read_names(keys: &mut Keys) -> (bool, Vec<(String, String)>) {
    let Some(value) = keys.raw("names") else { return (false, Vec::new()) };
    let mut names = Keys::new("names", value);
    let read = (names.flag("strip_titles"), names.replacements("replace"));
    keys.add(names.finish());
    read
}

fn read_format(keys: &mut Keys, kind: FormatName) -> Option<Format> {
    match kind {
        FormatName::Message(version) => {
            keys.need("file_name", |keys, key| keys.pattern(key, Use::FileName)).map(|file_name| Format::Message { version, file_name })
        }
        FormatName::Table(format) => {
            let rails = keys.need("rail", |keys, key| Some(keys.list(key))).unwrap_or_default();
            let files = keys.need("file", |keys, key| Some(keys.list(key))).unwrap_or_default();
            let (rails, files) = (
                read_all(keys, "jalur", rails, read_rail),
                read_all(keys, "berkas", files, |place, value| FileSpec::read(place, value, Some(format))),
            );
            if keys.is_faultless() {
                for why in homeless(&rails, &files) {
                    keys.fault(why);
                }
            }
            Some(Format::Tables { rails, files })
        }
    }
}

fn read_all<T>(keys: &mut Keys, what: &str, values: Vec<Value>, read: impl Fn(&str, Value) -> Result<T, Vec<ProfileFault>>) -> Vec<T> {
    let mut found = Vec::new();
    for (number, value) in (1..).zip(values) {
        match read(&format!("{what} {number}"), value) {
            Ok(one) => found.push(one),
            Err(faults) => keys.add(faults),
        }
    }
    found
}

fn read_rail(place: &str, value: Value) -> Result<RailSpec, Vec<ProfileFault>> {
    let mut keys = Keys::new(place, value);
    let rail = keys.need("name", |keys, key| keys.choice(key, RAILS));
    let (amount_min, amount_max) = (keys.amount("amount_min"), keys.amount("amount_max"));
    let (banks, except_banks) = (keys.bics("banks"), keys.bics("except_banks"));
    let code = keys.text("code").unwrap_or_default();
    if amount_min.zip(amount_max).is_some_and(|(least, most)| least > most) {
        keys.fault("amount_min melebihi amount_max");
    }
    if rail == Some(Rail::ByHand) && !(banks.is_empty() && except_banks.is_empty()) {
        keys.fault("by_hand adalah untuk bank tanpa BIC, maka tidak dapat dibatasi dengan banks atau except_banks");
    }
    let faults = keys.finish();
    match rail {
        Some(rail) if faults.is_empty() => Ok(RailSpec { rule: RailRule { rail, amount_min, amount_max, banks, except_banks }, code }),
        _ => Err(faults),
    }
}

/// Rails that no file carries, or two do, and files that carry what the profile has no rail for.
fn homeless(rails: &[RailSpec], files: &[FileSpec]) -> Vec<String> {
    let mut faults = Vec::new();
    let named: BTreeSet<Rail> = rails.iter().map(|spec| spec.rule.rail).collect();
    for rail in Rail::ALL {
        let carried = files.iter().flat_map(|file| &file.rails).filter(|carried| **carried == rail).count();
        match (named.contains(&rail), carried) {
            (true, 1) | (false, 0) => {}
            (true, count) => faults.push(format!("jalur {rail} harus dibawa tepat satu berkas, sekarang {count}")),
            (false, _) => faults.push(format!("berkas membawa jalur {rail} yang tidak ada dalam [[rail]]")),
        }
    }
    faults
}
