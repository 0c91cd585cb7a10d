//! Reads the fields of one TOML table, noting every fault instead of stopping at the first.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::PolicyFault;

/// A table being emptied field by field; what is left at the end is unknown.
pub(super) struct Fields<'a> {
    place: String,
    table: Table,
    faults: &'a mut Vec<PolicyFault>,
}

impl<'a> Fields<'a> {
    /// Starts on a table; `place` names it in faults, for example `version 2`.
    pub(super) fn new(place: String, table: Table, faults: &'a mut Vec<PolicyFault>) -> Self {
        Self { place, table, faults }
    }

    /// A field that has to be there.
    pub(super) fn need<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        if !self.table.contains_key(key) {
            self.faults.push(PolicyFault::Missing { place: self.place.clone(), key });
            return None;
        }
        self.may(key)
    }

    /// A field that may be absent.
    pub(super) fn may<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value: Value = self.table.remove(key)?;
        match value.try_into() {
            Ok(read) => Some(read),
            Err(why) => {
                self.faults.push(PolicyFault::Unreadable { place: self.place.clone(), key, why });
                None
            }
        }
    }

    /// Notes every field nobody asked for.
    pub(super) fn finish(self) {
        for (key, _value) in self.table {
            self.faults.push(PolicyFault::Unknown { place: self.place.clone(), key });
        }
    }
}
