//! Blocking keys: two records that share one are compared; nobody else is.
//!
//! Each key forgives other mistakes, so that one is left whole by the usual ones:
//!
//! | key | made of | forgives |
//! | --- | --- | --- |
//! | 1 | birth date, first letter | village, name from the second letter on |
//! | 2 | birth date, village | name |
//! | 3 | birth year, village, first letter | day and month, name from the second letter on |
//! | 4 | first three consonants, village | birth date, vowels, last words |
//! | 5 | first five consonants, birth year | village, day and month, vowels, last words |
//!
//! The NIK has an index of its own and needs no key.

use chrono::Datelike;

use super::record::PersonRecord;
use crate::domain::identity::name_key;

/// How many keys a record has.
pub const KEYS: usize = 5;

/// Consonants that with the village make a key.
const CONSONANTS_IN_VILLAGE: usize = 3;
/// Consonants that with the birth year make a key.
const CONSONANTS_IN_YEAR: usize = 5;

/// The keys of a record, in a fixed order; none where what it is made of is missing.
///
/// They are stored with each register row and indexed, so that a query is a few index
/// lookups and never a scan. The kind of key is part of its value.
pub fn match_keys(record: &PersonRecord) -> [Option<i64>; KEYS] {
    let name = name_key(&record.name);
    let first = name.chars().next().map(|c| Part::Number(u32::from(c)));
    let short = consonants(&name, CONSONANTS_IN_VILLAGE);
    let long = consonants(&name, CONSONANTS_IN_YEAR);
    let named = |text| first.map(|_named| Part::Text(text));
    let day = record.born_on.map(|born| Part::Number(born.num_days_from_ce().cast_unsigned()));
    let year = record.born_on.map(|born| Part::Number(born.year().cast_unsigned()));
    let village = record.village.as_ref().map(|village| Part::Text(village.as_str()));
    [
        key(1, [day, first, Some(Part::None)]),
        key(2, [day, village, Some(Part::None)]),
        key(3, [year, village, first]),
        key(4, [named(&short), village, Some(Part::None)]),
        key(5, [named(&long), year, Some(Part::None)]),
    ]
}

/// The first consonants of a name's key without H, which comes and goes.
fn consonants(key: &str, most: usize) -> String {
    let mut found = String::with_capacity(most);
    for c in key.chars().filter(|c| !matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'H')) {
        if found.len() < most && !found.ends_with(c) {
            found.push(c);
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Text(&'a str),
    Number(u32),
    None,
}

/// FNV-1a (Fowler, Noll, Vo; RFC 9923): fast, the same on every machine; a chance collision only costs one comparison more.
fn key(kind: u8, parts: [Option<Part<'_>>; 3]) -> Option<i64> {
    let mut hash = fold(0xcbf2_9ce4_8422_2325, &[kind]);
    for part in parts {
        hash = match part? {
            Part::Text(text) => fold(fold(hash, text.as_bytes()), &[0]),
            Part::Number(number) => fold(hash, &number.to_le_bytes()),
            Part::None => hash,
        };
    }
    Some(hash.cast_signed())
}

fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
