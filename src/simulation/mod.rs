//! The money core under everything that can go wrong, from one seed: an office year in memory, with the production rules.
//!
//! What decides here is what decides in the office: `claim::decide`, `budget::Position`, `payment::{ItemState, OrderState,
//! decide_order, check_paper, PaymentPlan}` and `ledger::{Balances, verify}`. What is simulated is only what stands around them: a
//! database with transactions, people who try what is not theirs, a bank that answers late, twice, in another order or wrongly,
//! heirs who do not come, a clock that jumps, machines that die before a commit, answers that are lost behind one.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | seed | benih | the one number a whole run follows from |
//! | event | kejadian | one request, one thing outside, or one jump of the clock |
//! | invariant | yang selalu berlaku | a rule no sequence of events may break, looked at after every act |
//! | witness | saksi | reads trail and journal beside the office and compares |
//! | flaw | cacat | a rule of the program broken on purpose, to show that an invariant sees it |

mod cast;
mod checks;
mod chooser;
mod claim_acts;
mod counter;
mod flaw;
mod invariant;
mod list_acts;
mod office;
mod order_acts;
mod outside;
mod reconcile;
mod refused;
mod request;
mod results;
mod rows;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod undo_acts;
mod witness;
mod world;
mod year_acts;

pub use cast::{Cast, CastFault};
pub use flaw::Flaw;
pub use invariant::Invariant;
pub use tally::{Tally, Violation};

/// Events of a run, unless somebody asks for more or fewer.
pub const EVENTS: u64 = 400;

/// Lets an office live so many events from a seed, under its rules as they are or with one of them broken.
///
/// # Errors
/// The first [`Violation`]; the same seed, events and flaw give it again.
pub fn run(cast: &Cast, seed: u64, events: u64, flaw: Option<Flaw>) -> Result<Tally, Box<Violation>> {
    world::World::new(cast, seed, flaw).live(events)
}
