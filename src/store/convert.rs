//! Between columns and domain values. A column that cannot be read back is reported, not passed over.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

use super::error::StoreError;

/// Names the row a value came from, for the report of a corrupt one.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowOf<'a> {
    pub table: &'static str,
    pub id: &'a str,
}

impl RowOf<'_> {
    pub fn corrupt(&self, why: impl ToString) -> StoreError {
        StoreError::Corrupt { table: self.table, id: self.id.to_owned(), why: why.to_string() }
    }

    pub fn region(&self, text: &str) -> Result<RegionCode, StoreError> {
        RegionCode::parse(text).map_err(|e| self.corrupt(e))
    }

    pub fn rupiah(&self, whole: i64) -> Result<Rupiah, StoreError> {
        Rupiah::new(whole).map_err(|e| self.corrupt(e))
    }

    pub fn nik(&self, text: Option<&str>) -> Result<Option<Nik>, StoreError> {
        text.map(Nik::parse).transpose().map_err(|e| self.corrupt(e))
    }

    pub fn family_card(&self, text: Option<&str>) -> Result<Option<FamilyCard>, StoreError> {
        text.map(FamilyCard::parse).transpose().map_err(|e| self.corrupt(e))
    }

    pub fn known<T>(&self, value: Option<T>, column: &str) -> Result<T, StoreError> {
        value.ok_or_else(|| self.corrupt(format!("nilai kolom {column} tidak dikenal")))
    }

    pub fn json<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T, StoreError> {
        serde_json::from_str(text).map_err(|e| self.corrupt(e))
    }
}

pub(super) fn utc(at: NaiveDateTime) -> DateTime<Utc> {
    at.and_utc()
}

/// A value as the JSON text of a column. Our own types always have one.
pub(super) fn to_json<T: serde::Serialize>(value: &T, table: &'static str, id: &str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| RowOf { table, id }.corrupt(e))
}

/// Lengths and counts as the database's number.
pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
