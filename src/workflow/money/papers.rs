//! Recording what the state's own system issued for an order: SPP, SPM, SP2D.

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::payment::{OrderState, TreasuryPaper, check_paper};
use crate::store::audit;
use crate::store::money::orders;
use crate::store::money::papers::{self, Recorded};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// Records a paper of the state's system and matches it to the order, to the rupiah. Numbers are never made here.
///
/// # Errors
/// [`Refusal::Paper`], [`Refusal::NotYourRole`], [`Refusal::PaperElsewhere`] when the number stands on another order.
pub fn record_paper(desk: &Desk, actor: &Actor, order_id: &str, paper: &TreasuryPaper) -> Result<(), Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let order = orders::load(tx, &actor.office, order_id)?;
        if matches!(order.state, OrderState::Cancelled | OrderState::Closed) {
            return Err(Refusal::OrderOver(order.state));
        }
        let earlier = papers::of_order(tx, order_id)?;
        let chain = pack.office.payment.chain;
        check_paper(paper, (order.ordered_on, order.total), &earlier, chain, issuer.today()).map_err(Refusal::Paper)?;
        papers::add(tx, &actor.office, &Recorded { id: new_id(), order_id, by: &actor.id, at: issuer.now }, paper)?;
        let details = serde_json::json!({ "kind": paper.kind.code(), "number": paper.number.trim(), "value": paper.value.whole() });
        audit::append(tx, actor, "order.paper", &format!("order:{order_id}"), &details.to_string(), issuer.now)?;
        Ok(())
    })
}
