//! Gathering what the cross-check looks at.

use chrono::NaiveDate;

use crate::domain::calendar::Holidays;
use crate::domain::claim::ClaimContent;
use crate::domain::crosscheck::{CrosscheckFacts, EarlierClaim, Filing, Person, identify_answered, rivals, subject_key};
use crate::domain::identity::{Nik, nik_slips};
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Resident};
use crate::store::history::{self, Lookup, Origin};
use crate::store::{DbConn, StoreError, Tx, activities, answers, register};

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
    let candidates = candidates(conn, office, content, &heir_rows)?;
    let dataset = register::dataset(conn, office)?.unwrap_or_else(|| Dataset { name: "DTSEN".to_owned(), released_on: None });
    let clerk = submission.clerk.to_owned();
    let answers = answers::of_subject(conn, office, &subject_key(&content.deceased))?;
    let person = identify_answered(content, &candidates, &heir_rows, &answers);
    let rivals = rivals(content, &candidates, &person);
    let household = household(conn, office, &person)?;
    let (activities, earlier, live) = (Vec::new(), Vec::new(), Vec::new());
    let (holidays, waiver) = (Holidays::default(), None);
    let mut facts = CrosscheckFacts {
        person,
        heir_rows,
        activities,
        earlier,
        clerk,
        dataset,
        rivals,
        answers,
        live,
        household,
        holidays,
        waiver,
    };
    let niks: Vec<Nik> =
        content.deceased.nik.number.iter().chain(facts.person.rows.iter().filter_map(|row| row.nik.as_ref())).cloned().collect();
    facts.activities = activities::after(conn, office, &niks, content.death.died_on)?;
    let lookup =
        Lookup { office, content, clerk: submission.clerk, filed_on: submission.filed_on, before_sequence: submission.before_sequence };
    facts.earlier = history::related(conn, &lookup, &facts)?;
    Ok(facts)
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

/// The others on the family card the register has for the deceased.
fn household(conn: &mut DbConn, office: &RegionCode, person: &Person) -> Result<Vec<Resident>, StoreError> {
    let Some(card) = person.row().and_then(|row| row.family_card.as_ref()) else { return Ok(Vec::new()) };
    let mut rows = register::by_family_card(conn, office, card)?;
    rows.retain(|row| !person.rows.iter().any(|own| own.register_id == row.register_id));
    Ok(rows)
}

/// Every register row that could be the deceased, each once: by number and its slips, birth date, name and village, family card.
fn candidates(conn: &mut DbConn, office: &RegionCode, content: &ClaimContent, heir_rows: &[Resident]) -> Result<Vec<Resident>, StoreError> {
    let deceased = &content.deceased;
    let mut numbers = nik_slips(deceased.nik.number.as_ref().map_or(deceased.nik.written.as_str(), Nik::expose));
    numbers.extend(deceased.nik.number.as_ref().map(|nik| nik.expose().to_owned()));
    let mut rows = register::by_niks(conn, office, &numbers)?;
    if let Some(born_on) = deceased.born_on {
        rows.extend(register::by_birth(conn, office, born_on)?);
    }
    rows.extend(register::by_name(conn, office, deceased.name.as_str(), &deceased.village)?);
    let mut cards: Vec<_> = deceased.family_card.iter().chain(heir_rows.iter().filter_map(|row| row.family_card.as_ref())).collect();
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        rows.extend(register::by_family_card(conn, office, card)?);
    }
    rows.sort_by(|a, b| a.register_id.cmp(&b.register_id));
    rows.dedup_by(|a, b| a.register_id == b.register_id);
    Ok(rows)
}
