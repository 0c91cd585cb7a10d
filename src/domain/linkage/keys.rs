//! Blocking keys: two records that share one are compared; nobody else is.

use super::record::PersonRecord;
use crate::domain::identity::name_key;

/// How many keys a record has.
pub const KEYS: usize = 5;

/// The keys of a record, in a fixed order; none where what it is made of is missing.
///
/// They are stored with each register row and indexed, so that a query is a few index
/// lookups and never a scan. The kind of key is part of its value.
pub fn match_keys(record: &PersonRecord) -> [Option<i64>; KEYS] {
    let name = name_key(&record.name);
    let first: String = name.chars().take(4).collect();
    let named = !name.is_empty();
    let born = record.born_on.map(|day| day.to_string());
    let village = record.village.as_ref().map(ToString::to_string);
    let nik = record.nik.as_ref().map(|nik| nik.expose().to_owned());
    let tail = nik.as_ref().and_then(|digits| digits.get(6..).map(str::to_owned));
    [
        born.as_ref().filter(|_born| named).map(|born| key("1", &[&first, born])),
        born.as_ref().zip(village.as_ref()).map(|(born, village)| key("2", &[born, village])),
        village.as_ref().filter(|_village| named).map(|village| key("3", &[&name, village])),
        nik.map(|nik| key("4", &[&nik])),
        tail.map(|tail| key("5", &[&tail])),
    ]
}

/// FNV-1a (Fowler, Noll, Vo; RFC 9923): fast, the same on every machine; a chance collision only costs one comparison more.
fn key(kind: &str, parts: &[&str]) -> i64 {
    let bytes = std::iter::once(&kind).chain(parts).flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    hash.cast_signed()
}
