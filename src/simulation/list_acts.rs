//! Decrees: locked and signed.

use chrono::Datelike;

use crate::domain::access::Role;
use crate::domain::claim::{Refused as ClaimRefused, State, Step};
use crate::domain::ledger::Movement;
use crate::domain::money::Rupiah;
use crate::domain::undo::RowKind;

use super::claim_acts::{Wish, advance, may};
use super::office::{Moment, Office, Posting};
use super::refused::Refused;
use super::rows::{Decree, DecreeRow, NumberKind};
use super::undo_acts;

/// The list as it would be locked now.
pub struct Plan {
    /// Line it would charge.
    pub line: usize,
    /// Claims, in the order of filing.
    pub ready: Vec<usize>,
    /// Stands for exactly this list.
    pub seal: u64,
}

/// The list this person could lock now.
pub fn plan(office: &Office, at: &Moment<'_>) -> Result<Plan, Refused> {
    let line = office.line_of_year(at.today().year())?;
    let cut_off = at.rules.decrees.cut_off(at.today());
    let mut ready = Vec::new();
    for (claim, row) in (0..).zip(office.claims.rows()) {
        let in_time = cut_off.is_none_or(|cut_off| row.approved_on.is_some_and(|on| on <= cut_off));
        let waits = undo_acts::is_asked_for(office, claim) || undo_acts::is_struck_unsigned(office, claim);
        if row.state != State::Approved || row.line != Some(line) || !in_time || waits {
            continue;
        }
        match may(at, row, Wish { step: Step::Decree, in_words: false }) {
            Ok(_) => ready.push(claim),
            Err(ClaimRefused::NotYourRole) => return Err(Refused::NotYourRole),
            // The treasurer's own family, or a claim this person had another duty on: a colleague's list.
            Err(_) => {}
        }
    }
    let versions = ready.iter().filter_map(|claim| Some((*claim, office.claims.get(*claim).ok()?.version)));
    let seal = versions.fold(17, |seal: u64, (claim, version)| {
        let next = u64::try_from(claim).unwrap_or(0) << 20 | version.unsigned_abs();
        seal.wrapping_mul(0x0100_0000_01B3) ^ next
    });
    Ok(Plan { line, ready, seal })
}

/// Locks the list the person saw.
pub fn lock(office: &mut Office, at: &Moment<'_>, seal: u64) -> Result<(), Refused> {
    let planned = plan(office, at)?;
    let minimum = usize::try_from(at.rules.decrees.minimum_items).unwrap_or(usize::MAX);
    if planned.ready.is_empty() || planned.ready.len() < minimum {
        return Err(Refused::NothingToList);
    }
    if planned.seal != seal {
        return Err(Refused::PlanChanged);
    }
    let mut rows = Vec::new();
    for claim in &planned.ready {
        rows.push(DecreeRow { claim: *claim, amount: office.claims.get(*claim)?.amount, kind: RowKind::List, struck_by: None });
    }
    let total = Rupiah::sum(rows.iter().map(|row| row.amount)).ok_or(Refused::TotalsDiffer)?;
    for row in &rows {
        office.book(at, Posting::of_claim(planned.line, Movement::Decree, row.amount, row.claim))?;
        advance(office, at, row.claim, Step::Decree)?;
    }
    office.number(at, NumberKind::Decree)?;
    office.decrees.insert(Decree { line: planned.line, amends: None, rows, total, signed: false, version: 1 });
    Ok(())
}

/// Records that a decree was signed.
pub fn sign(office: &mut Office, at: &Moment<'_>, decree: usize, version: i64) -> Result<(), Refused> {
    at.only(Role::Finance)?;
    let row = office.decrees.get(decree)?;
    if row.version != version || row.signed {
        return Err(Refused::Stale);
    }
    office.decrees.change(decree, |row| {
        row.signed = true;
        row.version += 1;
    })
}
