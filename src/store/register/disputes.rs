//! Which numbers sources do not agree about. The list is walked in stretches, so that no page costs more than one of them,
//! however many people the sources share.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, sql_query};

use super::super::convert::RowOf;
use super::super::schema::{deaths, residents};
use super::super::{DbConn, StoreError, releases};
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::{Brief, BriefDeath, ResidentStatus, in_dispute};

/// Numbers looked at in one stretch: about half a second on a register of two sources.
const STRETCH: i64 = 20_000;
/// Values per `IN (…)`.
const PER_QUERY: usize = 500;

/// What a stretch of the list has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// Numbers the sources do not agree about, in order.
    pub niks: Vec<Nik>,
    /// Where the next stretch begins; none at the end.
    pub next: Option<i64>,
}

#[derive(QueryableByName)]
struct Candidate {
    #[diesel(sql_type = Text)]
    nik: String,
}

/// Which numbers could anybody disagree about: those that stand in the register more than once, and those of recorded deaths?
///
/// `residents_by_nik` and `deaths_by_nik` answer it without touching a row.
const CANDIDATES: &str = "
SELECT nik FROM (
  SELECT nik FROM residents WHERE nik IS NOT NULL GROUP BY nik HAVING count(*) > 1
  UNION SELECT nik FROM deaths WHERE office_id = $1 AND nik IS NOT NULL
) AS candidates ORDER BY nik LIMIT $2 OFFSET $3";

/// Numbers about which the sources do not agree today, of people whom at least one source has in `region`; at most `limit`,
/// from a place in the list of candidates on.
///
/// # Errors
/// [`StoreError`].
pub fn disputed(conn: &mut DbConn, office: &RegionCode, region: &RegionCode, from: i64, limit: usize) -> Result<Stretch, StoreError> {
    let question = sql_query(CANDIDATES).bind::<Text, _>(office.as_str()).bind::<BigInt, _>(STRETCH + 1).bind::<BigInt, _>(from);
    let mut candidates: Vec<String> = question.load::<Candidate>(conn)?.into_iter().map(|row| row.nik).collect();
    let stretch = usize::try_from(STRETCH).unwrap_or(usize::MAX);
    let is_last = candidates.len() <= stretch;
    candidates.truncate(stretch);
    let newest = newest_releases(conn, office)?;
    let (mut found, mut seen) = (Vec::new(), 0_usize);
    for chunk in candidates.chunks(PER_QUERY) {
        let disputed = disputed_of(conn, office, region, chunk, &newest)?;
        for (at, nik) in chunk.iter().enumerate().filter(|(_, nik)| disputed.contains(nik)) {
            found.extend(RowOf { table: "residents", id: "nik" }.nik(Some(nik))?);
            if found.len() >= limit {
                let next = from.saturating_add(super::super::convert::count(seen + at + 1));
                return Ok(Stretch { niks: found, next: Some(next) });
            }
        }
        seen += chunk.len();
    }
    let next = from.saturating_add(super::super::convert::count(seen));
    Ok(Stretch { niks: found, next: (!is_last).then_some(next) })
}

/// The date of the newest release of every source.
fn newest_releases(conn: &mut DbConn, office: &RegionCode) -> Result<BTreeMap<String, NaiveDate>, StoreError> {
    Ok(releases::list(conn, office)?.into_iter().map(|release| (release.source, release.released_on)).collect())
}

type Line = (String, String, String, Option<NaiveDate>, String, String, Option<i64>);

/// Those of some numbers that are in dispute, in the order they came.
fn disputed_of(
    conn: &mut DbConn,
    office: &RegionCode,
    region: &RegionCode,
    niks: &[String],
    newest: &BTreeMap<String, NaiveDate>,
) -> Result<Vec<String>, StoreError> {
    let rows = residents::table.filter(residents::nik.eq_any(niks)).filter(residents::office_id.eq(office.as_str()));
    let columns = (
        residents::nik.assume_not_null(),
        residents::source,
        residents::name,
        residents::born_on,
        residents::status,
        residents::village,
        residents::decile,
    );
    let lines: Vec<Line> = rows.filter(residents::superseded_on.is_null()).select(columns).load(conn)?;
    let mut people: BTreeMap<String, Vec<Brief>> = BTreeMap::new();
    for (nik, source, name, born_on, status, village, decile) in lines {
        let newest = newest.get(&source).copied();
        let status = ResidentStatus::from_code(&status).unwrap_or(ResidentStatus::Alive);
        people.entry(nik).or_default().push(Brief { newest, name, born_on, status, village, decile });
    }
    let recorded = deaths::table.filter(deaths::nik.eq_any(niks)).filter(deaths::office_id.eq(office.as_str()));
    let recorded = recorded.filter(deaths::withdrawn_at.is_null());
    let mut dead: BTreeMap<String, Vec<BriefDeath>> = BTreeMap::new();
    for (nik, name, recorded_from) in
        recorded.select((deaths::nik.assume_not_null(), deaths::name, deaths::recorded_from)).load::<(String, String, NaiveDate)>(conn)?
    {
        dead.entry(nik).or_default().push(BriefDeath { name, recorded_from });
    }
    let is_inside = |rows: &[Brief]| rows.iter().any(|row| row.village.starts_with(region.as_str()) || region == office);
    let no_death = Vec::new();
    let disputed = people.into_iter().filter(|(nik, rows)| is_inside(rows) && in_dispute(rows, dead.get(nik).unwrap_or(&no_death)));
    Ok(disputed.map(|(nik, _)| nik).collect())
}
