//! Cash at the counter: collection days, handing over, the treasurer's book, and money back to the treasury.
//!
//! The book is kept by the one door of payments ([`move_item`](super::item::move_item)) and by nobody else: whenever a step brings a
//! cash payment into the box or takes it out, its line is written in the same transaction. In particular "terima uang kas dari
//! pencairan" is no act of its own but part of the release. A separate act would let ledger and book disagree for as long as nobody
//! did it, and it could be done twice or for another sum; the release already rests on three persons and on the SP2D, whose number
//! the line carries. Where the money itself lies, in the box or still in the treasurer's account, is asked when it is counted.

mod book;
mod counter;
mod day;
mod deposit;
mod next_heir;
mod next_year;
mod notice;
mod unclaimed;

pub(in crate::workflow::money) use book::enter;
pub use book::{CountedDay, count_cash, explain_difference};
pub use counter::{HandingOver, Photo, hand_over, undo_hand_over};
pub use day::{Waiting, close_day, open_day, waiting};
pub use deposit::{deposit, redraw};
pub use next_heir::{NextHeir, name_next_heir};
pub(in crate::workflow::money) use next_year::standing;
pub use next_year::{pay_deposited, payable_deposited};
pub use notice::{bring, village_lists};
pub use unclaimed::{return_unclaimed, unclaimed};

use crate::domain::access::{Actor, Role};
use crate::domain::payment::{CashRefused, hand};
use crate::store::money::items::{self, Item};
use crate::store::{Tx, users};
use crate::workflow::refusal::Refusal;

/// Only the finance office handles money.
fn finance(actor: &Actor) -> Result<(), Refusal> {
    if actor.role == Role::Finance { Ok(()) } else { Err(Refusal::NotYourRole) }
}

/// A payment that is collected at the counter.
fn cash_item(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Item, Refusal> {
    let item = items::load(tx, &actor.office, id)?;
    if item.account.is_some() { Err(CashRefused::NotCash.into()) } else { Ok(item) }
}

/// Whether this is somebody else than those who did the first half.
fn second_person(tx: &mut Tx<'_>, actor: &Actor, first: impl IntoIterator<Item = String>) -> Result<(), Refusal> {
    for id in first {
        let account = users::by_id(tx, &id)?;
        if actor.is_same_person(&hand(&id, account.actor.nik)) {
            return Err(CashRefused::SecondPerson.into());
        }
    }
    Ok(())
}
