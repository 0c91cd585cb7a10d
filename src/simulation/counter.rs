//! Cash at the counter: handed to the heir who comes, or brought back when nobody does.

use chrono::Days;

use crate::domain::access::Role;
use crate::domain::claim::Step;
use crate::domain::payment::{ItemState, ItemStep};

use super::claim_acts::{Wish, advance, may};
use super::flaw::Flaw;
use super::office::{Moment, Office};
use super::refused::Refused;
use super::rows::{Cash, Item};
use super::undo_acts::is_asked_for;

/// Hands money over to the heir named in the payment and to nobody else.
pub fn hand_over(office: &mut Office, at: &Moment<'_>, item: usize, version: i64, collector: usize) -> Result<(), Refused> {
    let row = at_counter(office, at, item, version)?;
    if collector != row.heir && !at.is_broken(Flaw::AnyCollector) {
        return Err(Refused::WrongCollector);
    }
    if is_asked_for(office, row.claim) {
        return Err(Refused::StillOpen);
    }
    may(at, office.claims.get(row.claim)?, Wish { step: Step::Pay, in_words: false })?;
    office.move_item(at, item, ItemStep::Pay)?;
    office.answerers.insert((row.order, at.by));
    office.cash.insert(Cash { item, change: row.amount.whole().saturating_neg() });
    advance(office, at, row.claim, Step::Pay)
}

/// Brings money back to the treasurer when nobody came in the office's time.
pub fn not_collected(office: &mut Office, at: &Moment<'_>, item: usize, version: i64) -> Result<(), Refused> {
    let row = at_counter(office, at, item, version)?;
    let released = office.orders.get(row.order)?.released_on;
    let days = u64::try_from(at.rules.unclaimed_days).unwrap_or(0);
    let until = released.and_then(|on| on.checked_add_days(Days::new(days)));
    if row.state == ItemState::Sent && until.is_none_or(|until| at.today() < until) {
        return Err(Refused::TooEarly);
    }
    office.move_item(at, item, ItemStep::Return)?;
    office.answerers.insert((row.order, at.by));
    if !at.is_broken(Flaw::DrawerForgotten) {
        office.cash.insert(Cash { item, change: row.amount.whole().saturating_neg() });
    }
    Ok(())
}

/// The payment as the person saw it, if it is paid in cash.
fn at_counter(office: &Office, at: &Moment<'_>, item: usize, version: i64) -> Result<Item, Refused> {
    at.only(Role::Finance)?;
    let row = office.items.get(item)?;
    if row.version != version {
        return Err(Refused::Stale);
    }
    if row.bank.is_some() { Err(Refused::NotFound) } else { Ok(row.clone()) }
}
