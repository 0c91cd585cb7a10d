//! Collection days: who is invited, and what becomes of those who did not come.

use std::collections::BTreeSet;

use super::finance;
use super::notice::queue_notices;
use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::payment::{CashRefused, DayPlan, ItemState};
use crate::store::claims::{self, Claim};
use crate::store::money::collection::{self, Appointment, CollectionDay, Outcome};
use crate::store::money::items::{self, Item};
use crate::store::{DbConn, StoreError, audit};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// A payment that lies at the counter, with its claim.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The payment.
    pub item: Item,
    /// The claim.
    pub claim: Claim,
    /// Whether it stands on an open day.
    pub is_invited: bool,
}

/// Cash payments that nobody has collected yet, the longest waiting first.
///
/// # Errors
/// [`StoreError`].
pub fn waiting(conn: &mut DbConn, actor: &Actor) -> Result<Vec<Waiting>, StoreError> {
    let invited: BTreeSet<String> = collection::expected(conn, &actor.office)?.into_iter().map(|(item, _)| item).collect();
    let sent = items::in_states(conn, &actor.office, &[ItemState::Sent])?;
    let cash = sent.into_iter().filter(|item| item.account.is_none());
    cash.map(|item| {
        let claim = claims::load(conn, actor, &item.claim_id)?;
        Ok(Waiting { is_invited: invited.contains(&item.id), item, claim })
    })
    .collect()
}

/// Plans a collection day: whoever of the area waits and is not invited yet, the longest waiting first, as many as the day holds.
/// Each village gets its list by mail.
///
/// # Errors
/// [`CashRefused`] for a plan that cannot be; [`CashRefused::NobodyWaits`].
pub fn open_day(desk: &Desk, actor: &Actor, plan: &DayPlan) -> Result<CollectionDay, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        plan.check(issuer.today())?;
        let places = usize::try_from(plan.capacity).unwrap_or(usize::MAX);
        let free = waiting(tx, actor)?.into_iter().filter(|one| !one.is_invited && plan.area.contains(&one.claim.village));
        let mut invited: Vec<Waiting> = free.take(places).collect();
        if invited.is_empty() {
            return Err(CashRefused::NobodyWaits.into());
        }
        invited.sort_by(|a, b| (&a.claim.village, &a.item.payee, &a.item.id).cmp(&(&b.claim.village, &b.item.payee, &b.item.id)));
        let appointment = |(position, one): (i64, &Waiting)| Appointment {
            item_id: one.item.id.clone(),
            position,
            village: one.claim.village.clone(),
            outcome: Outcome::Expected,
        };
        let appointments = (1_i64..).zip(&invited).map(appointment).collect();
        let day = CollectionDay { id: new_id(), plan: plan.clone(), is_open: true, appointments };
        collection::insert(tx, &actor.office, &day, &actor.id, issuer.now)?;
        queue_notices(tx, &issuer, &day, &invited)?;
        let details = serde_json::json!({ "area": plan.area.as_str(), "on": plan.held_on, "people": invited.len() });
        audit::append(tx, actor, "cash.day", &format!("collection_day:{}", day.id), &details.to_string(), issuer.now)?;
        Ok(day)
    })
}

/// Ends a day. Whoever did not come stays at the counter and can be invited again. Returns how many.
///
/// # Errors
/// [`CashRefused::DayNotOver`] before its date; [`CashRefused::DayClosed`].
pub fn close_day(desk: &Desk, actor: &Actor, day_id: &str) -> Result<usize, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let day = collection::load(tx, &actor.office, day_id)?;
        if !day.is_open {
            return Err(CashRefused::DayClosed.into());
        }
        if day.plan.held_on > issuer.today() {
            return Err(CashRefused::DayNotOver.into());
        }
        let missed = collection::close(tx, &day.id, &actor.id, issuer.now)?;
        let details = serde_json::json!({ "people": day.appointments.len(), "missed": missed });
        audit::append(tx, actor, "cash.day_close", &format!("collection_day:{day_id}"), &details.to_string(), issuer.now)?;
        Ok(missed)
    })
}
