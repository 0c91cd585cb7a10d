//! Gathering what the cross-check looks at.

use chrono::NaiveDate;

use crate::domain::calendar::Holidays;
use crate::domain::claim::{ClaimContent, Deceased};
use crate::domain::crosscheck::{Around, CrosscheckFacts, EarlierClaim, Filing, Person, identify_answered, rivals, subject_key};
use crate::domain::identity::{FamilyCard, Nik, nik_slips};
use crate::domain::linkage::{PersonRecord, match_keys};
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Death, Resident, Told, Witness, as_of, of_poverty};
use crate::store::history::{self, Lookup, Origin};
use crate::store::{DbConn, StoreError, Tx, activities, answers, deaths, register, releases, surroundings, users};

/// Rows looked at for one blocking key; the most common ones of a kabupaten stay below.
const CANDIDATES_MAX: usize = 500;

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
    let told = candidates(conn, office, content, &heir_rows)?;
    let deaths = deaths::about(conn, office, told.iter().map(|told| &told.resident).chain(&heir_rows))?;
    let deaths = told_by_others(conn, submission, deaths)?;
    let heir_rows: Vec<Resident> = heir_rows.into_iter().map(|row| row.with_deaths(&deaths)).collect();
    let rows: Vec<Resident> = told.iter().map(|told| told.resident.clone().with_deaths(&deaths)).collect();
    let answers = answers::of_subject(conn, office, &subject_key(&content.deceased))?;
    let person = identify_answered(content, &rows, &heir_rows, &answers);
    let rivals = rivals(content, &rows, &person);
    let own: Vec<&Told> = person.rows.iter().filter_map(|row| told.get(rows.iter().position(|other| other == row)?)).collect();
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
    facts.around = around(conn, &lookup, &facts)?;
    Ok(facts)
}

/// What stands around the claim; the instant of filing and the files are added by who has them.
fn around(conn: &mut DbConn, lookup: &Lookup<'_>, facts: &CrosscheckFacts) -> Result<Around, StoreError> {
    let family = family(conn, lookup.office, &facts.person)?;
    let heir = lookup.content.payee();
    let niks: Vec<&Nik> = heir.and_then(|heir| heir.nik.number.as_ref()).into_iter().collect();
    let claimed = lookup.content.deceased.family_card.iter().chain(heir.and_then(|heir| heir.family_card.as_ref()));
    let registered = facts.person.rows.iter().chain(&facts.heir_rows).filter_map(|row| row.family_card.as_ref());
    let cards: Vec<&FamilyCard> = claimed.chain(registered).collect();
    Ok(Around {
        filed_at: None,
        officials: users::with_numbers(conn, lookup.office, &niks, &cards)?,
        village: surroundings::village_volume(conn, lookup)?,
        clerk: surroundings::clerk_filings(conn, lookup)?,
        letters: surroundings::neighbour_letters(conn, lookup)?,
        papers: Vec::new(),
        family,
    })
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
    Ok(family)
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

/// Every register row that could be the deceased, each once: by number and its slips, by blocking keys, by family card.
fn candidates(conn: &mut DbConn, office: &RegionCode, content: &ClaimContent, heir_rows: &[Resident]) -> Result<Vec<Told>, StoreError> {
    let deceased = &content.deceased;
    let mut numbers = nik_slips(deceased.nik.number.as_ref().map_or(deceased.nik.written.as_str(), Nik::expose));
    numbers.extend(deceased.nik.number.as_ref().map(|nik| nik.expose().to_owned()));
    let mut ids = register::ids_by_niks(conn, office, &numbers)?;
    ids.extend(register::candidates(conn, office, &match_keys(&record(deceased)), CANDIDATES_MAX)?.into_iter().map(|found| found.row));
    let mut cards: Vec<_> = deceased.family_card.iter().chain(heir_rows.iter().filter_map(|row| row.family_card.as_ref())).collect();
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        ids.extend(register::ids_by_family_card(conn, office, card)?);
    }
    ids.sort_unstable();
    ids.dedup();
    register::told(conn, &ids)
}

fn record(deceased: &Deceased) -> PersonRecord {
    PersonRecord {
        nik: deceased.nik.number.clone(),
        family_card: deceased.family_card.clone(),
        name: deceased.name.as_str().to_owned(),
        born_on: deceased.born_on,
        sex: deceased.sex,
        village: Some(deceased.village.clone()),
        mother: deceased.mother.clone(),
    }
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
