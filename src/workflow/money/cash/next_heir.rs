//! The heir died before collecting: the money stays in the box, and the next heir is named at the counter.

use super::{cash_item, finance};
use crate::domain::access::Actor;
use crate::domain::calendar::long_date;
use crate::domain::claim::{Heir, Payout};
use crate::domain::payment::{CashRefused, Correction, ItemStep, ReturnReason};
use crate::store::audit;
use crate::store::money::collection;
use crate::store::money::corrections::Proposed;
use crate::store::money::items::{self, Trace};
use crate::store::money::orders;
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::money::order::claims_of;
use crate::workflow::money::renewal::keep_proposal;
use crate::workflow::refusal::Refusal;

/// Who takes the place of an heir who died before collecting, with the paper about that death.
#[derive(Clone)]
pub struct NextHeir<'a> {
    /// Payment.
    pub item_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// The next heir; who it is by law, the approver decides.
    pub heir: Option<Heir>,
    /// What it rests on, in words.
    pub reason: &'a str,
    /// Death letter of the former heir: type by content, and content.
    pub evidence: Option<(&'a str, &'a [u8])>,
}

impl std::fmt::Debug for NextHeir<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NextHeir").field("item_id", &self.item_id).field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// Takes an uncollected payment back because its heir has died, and proposes the next one, in one act. Nobody gets the money before
/// somebody else has approved the next heir afresh and a new order, with a payment that names this one, has gone through its hands.
///
/// # Errors
/// [`CashRefused::HandedOver`], [`CashRefused::NotCash`], [`Refusal::ItemNotAllowed`], [`Refusal::Correction`] without heir, paper or
/// words, [`Refusal::OwnFamily`], [`Refusal::Stale`].
pub fn name_next_heir(desk: &Desk, actor: &Actor, next: &NextHeir<'_>) -> Result<Proposed, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = cash_item(tx, actor, next.item_id)?;
        if let Some(earlier) = collection::handed_over(tx, &actor.office, &item.id)? {
            return Err(CashRefused::HandedOver(earlier.receipt_number).into());
        }
        if item.version != next.expected_version {
            return Err(Refusal::Stale);
        }
        claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
        let order = orders::load(tx, &actor.office, &item.order_id)?;
        let told = format!("{} meninggal sebelum mengambil, {}", item.payee, long_date(issuer.today()));
        let trace = Trace {
            returned_on: Some(issuer.today()),
            return_code: ReturnReason::HolderDead.code(),
            evidence: told.clone(),
            ..Trace::default()
        };
        let moved = Moved { step: ItemStep::Return, act: "cash.heir_died", document: &order.id, trace, reason: told };
        move_item(tx, &issuer, &order.budget_line_id, &item, &moved)?;
        collection::mark_missed(tx, &item.id)?;
        let item = items::load(tx, &actor.office, &item.id)?;
        let correction = Correction { payout: Payout::Cash, payee: next.heir.clone(), reason: next.reason.to_owned() };
        let proposed = keep_proposal(tx, &issuer, &item, &correction, next.evidence)?;
        let details = serde_json::json!({ "reference": item.reference, "amount": item.amount.whole(), "correction": proposed.id });
        audit::append(tx, actor, "cash.heir_died", &format!("payment:{}", item.id), &details.to_string(), issuer.now)?;
        Ok(proposed)
    })
}
