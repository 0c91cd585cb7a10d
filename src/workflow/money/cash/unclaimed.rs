//! Money that nobody collected: after the office's waiting time it comes back, and goes to the treasury or out by a new order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::day::{Waiting, waiting};
use super::{cash_item, finance};
use crate::domain::access::Actor;
use crate::domain::calendar::{long_date, wib_date};
use crate::domain::payment::{CashRefused, ItemStep, NOT_COLLECTED, unclaimed_from};
use crate::store::money::collection;
use crate::store::money::items::Trace;
use crate::store::money::orders::{self, Order};
use crate::store::{DbConn, audit};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::Issuer;
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::money::order::claims_of;
use crate::workflow::refusal::Refusal;

/// Payments that waited long enough, each with the day since when it could come back.
///
/// # Errors
/// [`Refusal`] of the database.
pub fn unclaimed(conn: &mut DbConn, pack: &Pack, actor: &Actor, today: NaiveDate) -> Result<Vec<(Waiting, NaiveDate)>, Refusal> {
    let mut since: BTreeMap<String, NaiveDate> = BTreeMap::new();
    let mut over = Vec::new();
    for one in waiting(conn, actor)?.into_iter().filter(|one| !one.is_invited) {
        let from = if let Some(known) = since.get(&one.item.order_id) {
            *known
        } else {
            let order = orders::load(conn, &actor.office, &one.item.order_id)?;
            *since.entry(order.id.clone()).or_insert(returnable_from(&order, pack))
        };
        if from <= today {
            over.push((one, from));
        }
    }
    Ok(over)
}

/// From which day on uncollected money of an order comes back; never before its release.
fn returnable_from(order: &Order, pack: &Pack) -> NaiveDate {
    let released = order.released.as_ref().map(|mark| wib_date(mark.at));
    released.map_or(NaiveDate::MAX, |on| unclaimed_from(on, pack.office.payment.unclaimed_days))
}

/// Takes uncollected payments back, all or none.
///
/// # Errors
/// [`CashRefused::StillWaits`], [`CashRefused::StillInvited`], [`CashRefused::SlipEmpty`], [`Refusal::ItemNotAllowed`].
pub fn return_unclaimed(desk: &Desk, actor: &Actor, item_ids: &[String]) -> Result<usize, Refusal> {
    finance(actor)?;
    if item_ids.is_empty() {
        return Err(CashRefused::SlipEmpty.into());
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        for id in item_ids {
            let item = cash_item(tx, actor, id)?;
            claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
            if collection::open_day_of(tx, &item.id)?.is_some() {
                return Err(CashRefused::StillInvited(item.reference).into());
            }
            let order = orders::load(tx, &actor.office, &item.order_id)?;
            let from = returnable_from(&order, &pack);
            if issuer.today() < from {
                return Err(CashRefused::StillWaits { reference: item.reference, from: long_date(from) }.into());
            }
            let evidence = format!("Tidak diambil sampai {}", long_date(issuer.today()));
            let trace = Trace {
                returned_on: Some(issuer.today()),
                return_code: NOT_COLLECTED.to_owned(),
                evidence: evidence.clone(),
                ..Trace::default()
            };
            let moved = Moved { step: ItemStep::Return, act: "cash.unclaimed", document: &order.id, trace, reason: evidence };
            move_item(tx, &issuer, &order.budget_line_id, &item, &moved)?;
            let details = serde_json::json!({ "reference": item.reference, "amount": item.amount.whole() });
            audit::append(tx, actor, "cash.unclaimed", &format!("payment:{id}"), &details.to_string(), issuer.now)?;
        }
        Ok(item_ids.len())
    })
}
