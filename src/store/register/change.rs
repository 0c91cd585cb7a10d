//! Changes to rows that are there: an end, an earlier beginning, a content that holds again.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::schema::residents::dsl;
use super::super::{StoreError, Tx};
use super::row::{Bearing, NewRow, ResidentRow};
use crate::domain::register::End;

/// Ids per statement.
const PER_STATEMENT: usize = 500;

/// A content that holds again from a later release on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resumed {
    /// The row with the content.
    pub of: i64,
    /// Date of that later release.
    pub seen_from: NaiveDate,
    /// Where it ends.
    pub end: End,
}

/// Writes where versions end.
pub(super) fn end(tx: &mut Tx<'_>, ends: &BTreeMap<End, Vec<i64>>) -> Result<(), StoreError> {
    for (end, ids) in ends {
        for chunk in ids.chunks(PER_STATEMENT) {
            diesel::update(dsl::residents.filter(dsl::id.eq_any(chunk)))
                .set((dsl::superseded_on.eq(end.superseded_on), dsl::vanished_on.eq(end.vanished_on)))
                .execute(&mut **tx)?;
        }
    }
    Ok(())
}

/// Lets versions begin with this release.
pub(super) fn stretch(tx: &mut Tx<'_>, bearing: Bearing<'_>, ids: &[i64]) -> Result<(), StoreError> {
    for chunk in ids.chunks(PER_STATEMENT) {
        diesel::update(dsl::residents.filter(dsl::id.eq_any(chunk)))
            .set((dsl::seen_from.eq(bearing.seen_from), dsl::release_id.eq(bearing.release_id)))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// New rows with old contents, in the later release `release_id`; the caller gives them their ids.
pub(super) fn resume(
    tx: &mut Tx<'_>,
    bearing: Bearing<'_>,
    release_id: Option<i64>,
    resumed: Vec<Resumed>,
) -> Result<Vec<NewRow>, StoreError> {
    let Some(release_id) = release_id else { return Ok(Vec::new()) };
    let mut rows = Vec::with_capacity(resumed.len());
    for chunk in resumed.chunks(PER_STATEMENT) {
        let wanted: HashMap<i64, Resumed> = chunk.iter().map(|resumed| (resumed.of, *resumed)).collect();
        let found = dsl::residents.filter(dsl::id.eq_any(chunk.iter().map(|resumed| resumed.of))).order(dsl::id);
        for old in found.select(ResidentRow::as_select()).load(&mut **tx)? {
            let Some(resumed) = wanted.get(&old.id) else { continue };
            let person = old.person;
            let bearing = Bearing { release_id, seen_from: resumed.seen_from, ..bearing };
            let row = NewRow::of(bearing, person, old.into_resident()?)?;
            rows.push(NewRow { superseded_on: resumed.end.superseded_on, vanished_on: resumed.end.vanished_on, ..row });
        }
    }
    Ok(rows)
}
