//! Which register rows could be a written person: one room for lists, claims and lessons.
//!
//! | looked up by | for a list | for a claim |
//! | --- | --- | --- |
//! | five blocking keys | yes | yes |
//! | the NIK | yes | yes |
//! | family card of the NIK's owner | yes | yes |
//! | the about 160 numbers one slip from the NIK | only without birth date and village, which the keys need: they are 160 lookups more | yes |
//! | family cards of the claim and its heir | none are known | yes |

use crate::domain::identity::{FamilyCard, Nik, nik_slips};
use crate::domain::linkage::{Candidate, PersonRecord, match_keys};
use crate::domain::region::RegionCode;
use crate::store::{DbConn, StoreError, register};

/// Rows looked at for one blocking key; the most common ones of a kabupaten stay below.
const PER_KEY_MAX: usize = 300;
/// A family card with more people is a home or a fault, not a family.
const FAMILY_MAX: usize = 30;

/// Every row that could be a person of a list, each once.
///
/// # Errors
/// [`StoreError`].
pub fn of_person(conn: &mut DbConn, office: &RegionCode, person: &PersonRecord) -> Result<Vec<Candidate>, StoreError> {
    let found = gather(conn, office, person, Vec::new())?;
    match &person.nik {
        Some(nik) if person.born_on.is_none() && person.village.is_none() => with_slips(conn, office, nik.expose(), found),
        _ => Ok(found),
    }
}

/// Every row that could be the deceased of a claim, each once; `written` is the number as claimed if it is no NIK, `cards` are the
/// family cards they may stand on.
///
/// # Errors
/// [`StoreError`].
pub fn of_deceased(
    conn: &mut DbConn,
    office: &RegionCode,
    person: &PersonRecord,
    written: &str,
    cards: Vec<FamilyCard>,
) -> Result<Vec<Candidate>, StoreError> {
    let found = gather(conn, office, person, cards)?;
    with_slips(conn, office, person.nik.as_ref().map_or(written, Nik::expose), found)
}

fn with_slips(conn: &mut DbConn, office: &RegionCode, number: &str, found: Vec<Candidate>) -> Result<Vec<Candidate>, StoreError> {
    let mut rows = register::candidates_by_niks(conn, office, &nik_slips(number))?;
    rows.extend(found);
    Ok(each_once(rows))
}

fn gather(conn: &mut DbConn, office: &RegionCode, person: &PersonRecord, mut cards: Vec<FamilyCard>) -> Result<Vec<Candidate>, StoreError> {
    let mut found = register::candidates(conn, office, &match_keys(person), PER_KEY_MAX)?;
    if let Some(nik) = &person.nik {
        let owners = register::candidates_by_nik(conn, office, nik)?;
        cards.extend(owners.iter().filter_map(|owner| owner.record.family_card.clone()));
        found.extend(owners);
    }
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        found.extend(register::candidates_by_card(conn, office, &card, FAMILY_MAX)?);
    }
    Ok(each_once(found))
}

fn each_once(mut rows: Vec<Candidate>) -> Vec<Candidate> {
    rows.sort_unstable_by_key(|row| row.row);
    rows.dedup_by_key(|row| row.row);
    rows
}
