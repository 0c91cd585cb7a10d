//! Gathering what the cross-check looks at.

use chrono::NaiveDate;

use crate::domain::calendar::{self, Holidays};
use crate::domain::claim::ClaimContent;
use crate::domain::crosscheck::{
    Around, CrosscheckFacts, EarlierClaim, Filing, IdentityAnswer, LastDays, Person, Residence, claimed_person, family_cards, identify,
    is_last_day, last_days_of, subject_key,
};
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::policy::Policy;
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Death, Resident, Told, Witness, as_of, of_poverty};
use crate::store::history::{self, Lookup, Origin};
use crate::store::{DbConn, StoreError, Tx, activities, alive, answers, deaths, register, releases, surroundings, users};

use super::candidates;
use super::model::of_office;

/// Where and when a claim is filed.
#[derive(Debug, Clone, Copy)]
pub struct Submission<'a> {
    /// The office.
    pub office: &'a RegionCode,
    /// The account of the clerk.
    pub clerk: &'a str,
    /// Day of filing (WIB).
    pub filed_on: NaiveDate,
    /// The claim's place in the order of filing; only smaller ones are compared.
    pub before_sequence: i64,
}

/// Everything the rules look at, gathered once; the office's closed days and an accepted lateness are the caller's to add.
///
/// # Errors
/// [`StoreError`].
pub fn gather(conn: &mut DbConn, submission: &Submission<'_>, content: &ClaimContent) -> Result<CrosscheckFacts, StoreError> {
    let office = submission.office;
    let heir_nik = content.payee().and_then(|heir| heir.nik.number.as_ref());
    let heir_rows = heir_nik.map(|nik| register::by_nik(conn, office, nik)).transpose()?.unwrap_or_default();
    let answers = answers::of_subject(conn, office, &subject_key(&content.deceased))?;
    let Seen { told, person, rivals, heir_rows } = look(conn, submission, content, heir_rows, &answers)?;
    let own: Vec<&Told> = person.rows.iter().filter_map(|row| told.iter().find(|told| is_of(row, told))).collect();
    let dataset = dataset(conn, office, &own)?;
    let poverty = poverty(conn, office, &own, content.death.died_on)?;
    let clerk = submission.clerk.to_owned();
    let (activities, earlier, live) = (Vec::new(), Vec::new(), Vec::new());
    let (nothing_around, holidays, waiver) = (Around::default(), Holidays::default(), None);
    let mut facts = CrosscheckFacts {
        person,
        heir_rows,
        activities,
        earlier,
        heir_claims: Vec::new(),
        clerk,
        dataset,
        poverty,
        rivals,
        answers,
        live,
        around: nothing_around,
        holidays,
        waiver,
    };
    let niks: Vec<Nik> =
        content.deceased.nik.number.iter().chain(facts.person.rows.iter().filter_map(|row| row.nik.as_ref())).cloned().collect();
    facts.activities = activities::after(conn, office, &niks, content.death.died_on)?;
    let lookup =
        Lookup { office, content, clerk: submission.clerk, filed_on: submission.filed_on, before_sequence: submission.before_sequence };
    facts.earlier = history::related(conn, &lookup, &facts)?;
    facts.heir_claims = history::later_about_heir(conn, &lookup)?;
    facts.around = Around { residence: residence(conn, office, &own)?, ..around(conn, &lookup, &facts)? };
    Ok(facts)
}

/// How often everybody else files on the last day; none unless this claim was filed on it, for only then it is compared.
///
/// # Errors
/// [`StoreError`].
pub fn office_habit(
    conn: &mut DbConn,
    submission: &Submission<'_>,
    content: &ClaimContent,
    facts: &CrosscheckFacts,
    policy: &Policy,
) -> Result<Option<LastDays>, StoreError> {
    let Submission { office, clerk, filed_on, before_sequence } = *submission;
    let death = &content.death;
    let this = calendar::Filing { died_on: death.died_on, document_on: death.letter_on, filed_on };
    if !is_last_day(this, policy, &facts.holidays) {
        return Ok(None);
    }
    let others = surroundings::other_filings(conn, &Lookup { office, content, clerk, filed_on, before_sequence })?;
    Ok(Some(last_days_of(&others, policy, &facts.holidays)))
}

/// Since when the sources have the deceased in a village of the kabupaten: the earliest of them counts.
fn residence(conn: &mut DbConn, office: &RegionCode, own: &[&Told]) -> Result<Option<Residence>, StoreError> {
    let mut known: Vec<Residence> = Vec::new();
    for told in own {
        let versions = register::versions(conn, told.version.id)?;
        let here = |told: &&Told| told.resident.village.as_ref().is_some_and(|village| office.contains(village));
        let Some(seen_from) = versions.iter().filter(here).map(|told| told.version.seen_from).min() else { continue };
        let older = releases::dates(conn, office, &told.source)?.into_iter().filter(|release| *release < seen_from);
        known.push(Residence { seen_from, missing_on: older.max() });
    }
    Ok(known.into_iter().min_by_key(|residence| residence.seen_from))
}

/// What stands around the claim; the instant of filing and the files are added by who has them.
fn around(conn: &mut DbConn, lookup: &Lookup<'_>, facts: &CrosscheckFacts) -> Result<Around, StoreError> {
    let family = family(conn, lookup.office, &facts.person)?;
    let heir = lookup.content.payee();
    let niks: Vec<&Nik> = lookup.content.receiving_niks().filter_map(|nik| nik.number.as_ref()).collect();
    let claimed = lookup.content.deceased.family_card.iter().chain(heir.and_then(|heir| heir.family_card.as_ref()));
    let registered = facts.person.rows.iter().chain(&facts.heir_rows).filter_map(|row| row.family_card.as_ref());
    let cards: Vec<&FamilyCard> = claimed.chain(registered).collect();
    Ok(Around {
        stand_ins: stand_ins(conn, lookup)?,
        office: None,
        residence: None,
        filed_at: None,
        officials: users::with_numbers(conn, lookup.office, &niks, &cards)?,
        village: surroundings::village_volume(conn, lookup)?,
        clerk: surroundings::clerk_filings(conn, lookup)?,
        letters: surroundings::neighbour_letters(conn, lookup)?,
        papers: Vec::new(),
        family,
    })
}

/// What the register has under the numbers of proxy and guardian.
fn stand_ins(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<Resident>, StoreError> {
    let mut rows = Vec::new();
    for nik in lookup.content.stand_ins.people().filter_map(|person| person.nik.number.as_ref()) {
        rows.extend(register::by_nik(conn, lookup.office, nik)?);
    }
    let (deaths, alive) = (deaths::about(conn, lookup.office, &rows)?, alive::about(conn, lookup.office, &rows)?);
    Ok(rows.into_iter().map(|row| row.with_alive(&alive).with_deaths(&deaths)).collect())
}

/// Deaths without those that the claim itself recorded: it is no witness to itself.
fn told_by_others(conn: &mut DbConn, submission: &Submission<'_>, deaths: Vec<Death>) -> Result<Vec<Death>, StoreError> {
    let mut others = Vec::with_capacity(deaths.len());
    for death in deaths {
        let own = !death.claim_code.is_empty()
            && history::sequence_of(conn, submission.office, &death.claim_code)? == Some(submission.before_sequence);
        if !own {
            others.push(death);
        }
    }
    Ok(others)
}

/// Who else stands on the family cards of the deceased.
fn family(conn: &mut DbConn, office: &RegionCode, person: &Person) -> Result<Vec<Resident>, StoreError> {
    let mut cards: Vec<&FamilyCard> = person.rows.iter().filter_map(|row| row.family_card.as_ref()).collect();
    cards.sort_unstable();
    cards.dedup();
    let mut family = Vec::new();
    for card in cards {
        family.extend(register::by_family_card(conn, office, card)?);
    }
    family.retain(|row| person.rows.iter().all(|own| own.register_id != row.register_id));
    let (deaths, alive) = (deaths::about(conn, office, &family)?, alive::about(conn, office, &family)?);
    Ok(family.into_iter().map(|row| row.with_alive(&alive).with_deaths(&deaths)).collect())
}

/// Keeps of a claim what later ones are compared with; `id` must be new.
///
/// # Errors
/// [`StoreError`].
pub fn remember(
    tx: &mut Tx<'_>,
    submission: &Submission<'_>,
    content: &ClaimContent,
    facts: &CrosscheckFacts,
    id: &str,
    claim_code: &str,
) -> Result<(), StoreError> {
    let filing = Filing { claim_code: claim_code.to_owned(), sequence: submission.before_sequence, filed_on: submission.filed_on };
    history::insert(tx, submission.office, id, Origin::Claim, &EarlierClaim::record(content, facts, filing))
}

/// What the register says of the people of a claim, with the deaths known by now.
struct Seen {
    told: Vec<Told>,
    person: Person,
    rivals: Vec<Resident>,
    heir_rows: Vec<Resident>,
}

/// Finds the deceased by what linkage compares; only the rows that matter are read whole.
fn look(
    conn: &mut DbConn,
    submission: &Submission<'_>,
    content: &ClaimContent,
    heir_rows: Vec<Resident>,
    answers: &[IdentityAnswer],
) -> Result<Seen, StoreError> {
    let (office, deceased) = (submission.office, &content.deceased);
    let cards = family_cards(content, &heir_rows);
    let candidates = candidates::of_deceased(conn, office, &claimed_person(deceased), &deceased.nik.written, cards)?;
    let sighting = identify(&*of_office(conn, office)?, content, &candidates, &heir_rows, answers);
    let ids: Vec<i64> = sighting.places().into_iter().filter_map(|at| candidates.get(at)).map(|candidate| candidate.row).collect();
    let told = register::told(conn, &ids)?;
    let deaths = deaths::about(conn, office, told.iter().map(|told| &told.resident).chain(&heir_rows))?;
    let deaths = told_by_others(conn, submission, deaths)?;
    let alive = alive::about(conn, office, told.iter().map(|told| &told.resident).chain(&heir_rows))?;
    let heir_rows = heir_rows.into_iter().map(|row| row.with_alive(&alive).with_deaths(&deaths)).collect();
    let (person, rivals) = sighting.told(|at| {
        let row = candidates.get(at)?.row;
        told.iter().find(|told| told.version.id == row).map(|told| told.resident.clone().with_alive(&alive).with_deaths(&deaths))
    });
    Ok(Seen { told, person, rivals, heir_rows })
}

/// Whether a row, now with the deaths known, is this one of the store.
fn is_of(row: &Resident, told: &Told) -> bool {
    let stored = &told.resident;
    Resident { status: stored.status, died_on: stored.died_on, ..row.clone() } == *stored
}

/// The newest release of the source that has the deceased; of the office where nobody was found.
fn dataset(conn: &mut DbConn, office: &RegionCode, own: &[&Told]) -> Result<Dataset, StoreError> {
    let found = match own.first() {
        Some(told) => Some(Dataset { name: told.source.clone(), released_on: releases::dates(conn, office, &told.source)?.pop() }),
        None => releases::newest(conn, office)?,
    };
    Ok(found.unwrap_or_else(|| Dataset { name: "DTSEN".to_owned(), released_on: None }))
}

/// What the sources said of the deceased's poverty on the day of death.
fn poverty(conn: &mut DbConn, office: &RegionCode, own: &[&Told], died_on: NaiveDate) -> Result<Option<Witness>, StoreError> {
    let mut witnesses = Vec::new();
    for told in own {
        let versions = register::versions(conn, told.version.id)?;
        let dates = releases::dates(conn, office, &told.source)?;
        witnesses.extend(as_of(&versions, &dates, died_on));
    }
    Ok(of_poverty(witnesses))
}
