//! Counts and neighbours around a claim: its village, its clerk, the village's letters. Every question is a range of one index.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

use super::convert::utc;
use super::history::{Earlier, Lookup, earlier};
use super::schema::{claim_keys, village_populations};
use super::{DbConn, StoreError, Tx, dialect};
use crate::domain::crosscheck::{LetterNumber, LetterUse, PAST_DAYS, PastFiling, SURGE_DAYS, Volume};
use crate::domain::region::RegionCode;

/// Days of a clerk's past that are looked at.
const CLERK_DAYS: u64 = 365;
/// Filings of a clerk that are looked at, the newest first.
const CLERK_FILINGS_MAX: i64 = 500;
/// Filings of everybody else that are looked at, the newest first.
const OTHER_FILINGS_MAX: i64 = 2_000;
/// Neighbouring letters looked at on each side.
const LETTERS_EACH_SIDE: i64 = 3;

/// Remembers how many residents the villages have; a village keeps the largest count any release had.
///
/// # Errors
/// [`StoreError`].
pub fn set_populations(tx: &mut Tx<'_>, office: &RegionCode, counts: &BTreeMap<String, i64>) -> Result<(), StoreError> {
    let known: Vec<(String, i64)> = village_populations::table
        .filter(village_populations::office_id.eq(office.as_str()))
        .select((village_populations::village, village_populations::residents))
        .load(&mut **tx)?;
    let mut largest = counts.clone();
    for (village, residents) in known {
        let count = largest.entry(village).or_insert(residents);
        *count = residents.max(*count);
    }
    diesel::delete(village_populations::table.filter(village_populations::office_id.eq(office.as_str()))).execute(&mut **tx)?;
    for (village, residents) in largest {
        let row = (
            village_populations::office_id.eq(office.as_str()),
            village_populations::village.eq(village),
            village_populations::residents.eq(residents),
        );
        diesel::insert_into(village_populations::table).values(row).execute(&mut **tx)?;
    }
    Ok(())
}

/// How many claims come from the filing village, and how many people live there.
///
/// # Errors
/// [`StoreError`].
pub fn village_volume(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Volume, StoreError> {
    let village = lookup.content.village.as_str();
    let residents: Vec<i64> =
        village_populations::table.find((lookup.office.as_str(), village)).select(village_populations::residents).load(conn)?;
    let from = days_before(lookup.filed_on, u64::from(SURGE_DAYS));
    let past_from = days_before(from, u64::from(PAST_DAYS));
    let of_village = || earlier(lookup).filter(claim_keys::village.eq(village));
    let recent: i64 =
        of_village().filter(claim_keys::filed_on.gt(from)).filter(claim_keys::filed_on.le(lookup.filed_on)).count().get_result(conn)?;
    let before: i64 =
        of_village().filter(claim_keys::filed_on.gt(past_from)).filter(claim_keys::filed_on.le(from)).count().get_result(conn)?;
    Ok(Volume { residents: residents.first().copied().map(count), recent: count(recent), before: count(before) })
}

/// The clerk's other claims of the last year.
///
/// # Errors
/// [`StoreError`].
pub fn clerk_filings(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<PastFiling>, StoreError> {
    let of_clerk = earlier(lookup).filter(claim_keys::clerk.eq(lookup.clerk));
    filings(conn, lookup, of_clerk, CLERK_FILINGS_MAX)
}

/// The claims of everybody else in the office in the last year.
///
/// # Errors
/// [`StoreError`].
pub fn other_filings(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<PastFiling>, StoreError> {
    let of_others = earlier(lookup).filter(claim_keys::clerk.ne(lookup.clerk));
    filings(conn, lookup, of_others, OTHER_FILINGS_MAX)
}

fn filings(conn: &mut DbConn, lookup: &Lookup<'_>, of: Earlier<'_>, limit: i64) -> Result<Vec<PastFiling>, StoreError> {
    type Row = (NaiveDate, Option<NaiveDateTime>, NaiveDate, Option<NaiveDate>);
    let from = days_before(lookup.filed_on, CLERK_DAYS);
    let filings = of
        .filter(claim_keys::filed_on.between(from, lookup.filed_on))
        .order((claim_keys::filed_on.desc(), claim_keys::id))
        .select((claim_keys::filed_on, claim_keys::filed_at, claim_keys::died_on, claim_keys::letter_on));
    let filings = match dialect::bound_limit(conn, limit) {
        Some(most) => filings.limit(most),
        None => filings,
    };
    let rows = filings.load_iter::<Row, DefaultLoadingMode>(conn)?.take(usize::try_from(limit).unwrap_or_default());
    rows.map(|row| {
        let (filed_on, filed_at, died_on, letter_on) = row?;
        Ok(PastFiling { filed_on, filed_at: filed_at.map(utc), died_on, letter_on })
    })
    .collect()
}

/// The village's death letters whose numbers come just before and just after this one's, in its year.
///
/// # Errors
/// [`StoreError`].
pub fn neighbour_letters(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<LetterUse>, StoreError> {
    let death = &lookup.content.death;
    let Some(number) = LetterNumber::read(&death.letter_number) else { return Ok(Vec::new()) };
    let year = number.year.or_else(|| death.letter_on.map(|on| chrono::Datelike::year(&on)));
    let (Some(sequence), Some(year)) = (number.sequence, year) else { return Ok(Vec::new()) };
    let of_year = || {
        let of_village = earlier(lookup).filter(claim_keys::village.eq(lookup.content.village.as_str()));
        of_village.filter(claim_keys::letter_year.eq(i64::from(year)))
    };
    let below = of_year().filter(claim_keys::letter_sequence.lt(sequence)).order((claim_keys::letter_sequence.desc(), claim_keys::id));
    let above = of_year().filter(claim_keys::letter_sequence.gt(sequence)).order((claim_keys::letter_sequence.asc(), claim_keys::id));
    let columns = (claim_keys::claim_code, claim_keys::letter_sequence.assume_not_null(), claim_keys::letter_on);
    let mut letters = Vec::new();
    for side in [below, above] {
        let side: Earlier<'_> = match dialect::bound_limit(conn, LETTERS_EACH_SIDE) {
            Some(most) => side.limit(most),
            None => side,
        };
        let rows = side.select(columns).load_iter::<(String, i64, Option<NaiveDate>), DefaultLoadingMode>(conn)?;
        for row in rows.take(usize::try_from(LETTERS_EACH_SIDE).unwrap_or_default()) {
            let (claim_code, sequence, on) = row?;
            letters.extend(on.map(|letter_on| LetterUse { claim_code, sequence, letter_on }));
        }
    }
    Ok(letters)
}

fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
