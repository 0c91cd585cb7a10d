//! From which money an approval is promised, or why it has to wait.

use chrono::Datelike;

use crate::domain::budget::NoLine;
use crate::domain::money::Rupiah;
use crate::store::Tx;
use crate::store::claims::{self, Claim};
use crate::store::money::budget::{self, Line};
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

use super::programme::suspension;

/// Whether an approval can be promised now.
#[derive(Debug)]
pub enum Funding {
    /// A line holds it.
    Line,
    /// It waits, for this reason.
    Wait(Refusal),
}

/// Looks for the money of a claim: the programme runs, nobody waits longer, and a line of the day's year holds it. An approval is
/// always promised from the year of its own day, however late in the old one the family died or filed.
///
/// # Errors
/// [`Refusal::NoBudget`] when the year has no line at all.
pub fn funding(tx: &mut Tx<'_>, issuer: &Issuer<'_>, claim: &Claim) -> Result<Funding, Refusal> {
    if let Some(suspended) = suspension(tx, issuer.pack, &claim.office, issuer.today())? {
        return Ok(Funding::Wait(Refusal::Suspended(suspended.notice)));
    }
    let lacking = match line_to_charge(tx, issuer, claim.amount) {
        Ok(_line) => None,
        Err(why @ (Refusal::CeilingReached(_) | Refusal::YearClosed(_))) => Some(why),
        Err(other) => return Err(other),
    };
    if let Some(earlier) = claims::first_waiting_before(tx, claim)? {
        return Ok(Funding::Wait(Refusal::EarlierWaits(earlier)));
    }
    Ok(lacking.map_or(Funding::Line, Funding::Wait))
}

/// The line of the day's year that a promise of this amount is booked on, by the office's rule.
///
/// # Errors
/// [`Refusal::NoBudget`], [`Refusal::YearClosed`], [`Refusal::CeilingReached`].
pub fn line_to_charge(tx: &mut Tx<'_>, issuer: &Issuer<'_>, amount: Rupiah) -> Result<Line, Refusal> {
    let year = issuer.today().year();
    let lines = budget::money_of_year(tx, &issuer.actor.office, year)?;
    match issuer.pack.office.budget_rules.choose(&lines, amount) {
        Ok(chosen) => Ok(budget::line(tx, &chosen.id)?),
        Err(NoLine::None) => Err(Refusal::NoBudget(year)),
        Err(NoLine::Closed) => Err(Refusal::YearClosed(year)),
        Err(NoLine::Full(reached)) => Err(Refusal::CeilingReached(reached)),
    }
}
