//! What a source said before: one small record per version, in order.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::schema::residents::dsl;
use super::super::{DbConn, StoreError};
use crate::domain::region::RegionCode;
use crate::domain::register::{End, Version};

/// Versions read at once.
const PER_QUERY: i64 = 20_000;

/// Every version of a source, by person and then by time.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Whose each version is.
    people: Vec<i64>,
    versions: Vec<Version>,
}

type Row = (i64, i64, i64, NaiveDate, Option<NaiveDate>, Option<NaiveDate>);

/// Reads what a source said before.
pub(super) fn known(conn: &mut DbConn, office: &RegionCode, source: &str) -> Result<History, StoreError> {
    let mut versions = Vec::new();
    let mut last = i64::MIN;
    loop {
        let rows = dsl::residents.filter(dsl::id.gt(last)).filter(dsl::office_id.eq(office.as_str())).filter(dsl::source.eq(source));
        let columns = (dsl::id, dsl::person, dsl::row_hash, dsl::seen_from, dsl::superseded_on, dsl::vanished_on);
        let page: Vec<Row> = rows.select(columns).order(dsl::id).limit(PER_QUERY).load(conn)?;
        let Some(row) = page.last() else { break };
        last = row.0;
        versions.extend(page.into_iter().map(|(id, person, hash, seen_from, superseded_on, vanished_on)| {
            (person, Version { id, hash, seen_from, end: End { superseded_on, vanished_on } })
        }));
    }
    versions.sort_unstable_by_key(|(person, version)| (*person, version.seen_from, version.id));
    Ok(History { people: versions.iter().map(|(person, _)| *person).collect(), versions: versions.into_iter().map(|(_, v)| v).collect() })
}

impl History {
    /// One person's versions, oldest first.
    pub(super) fn of(&self, person: i64) -> &[Version] {
        let begin = self.people.partition_point(|p| *p < person);
        let more = self.people.iter().skip(begin).take_while(|p| **p == person).count();
        self.versions.get(begin..begin + more).unwrap_or_default()
    }

    /// Every person with their versions.
    pub(super) fn people(&self) -> impl Iterator<Item = (i64, &[Version])> {
        let mut rest = self.versions.as_slice();
        self.people.chunk_by(|a, b| a == b).filter_map(move |same| {
            let (own, others) = rest.split_at_checked(same.len())?;
            rest = others;
            Some((*same.first()?, own))
        })
    }
}
