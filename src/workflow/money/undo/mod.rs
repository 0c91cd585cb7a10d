//! Undoing after the fact: decrees amended row by row, claims annulled by two persons, money that comes back in parts
//! (`docs/adr/0021`). Nothing of it edits what was; each act adds what it changes, with its entries, in one transaction.

mod amend;
mod amend_letters;
mod annul;
mod recovery;
mod recovery_letters;

pub use amend::{Lock, Preview, ProposeAmendment, ROWS_MAX, lock_amendment, preview_amendment, propose_amendment, withdraw_amendment};
pub use annul::{AskAnnulment, JudgeAnnulment, ask_annulment, judge_annulment, last_payment};
pub use recovery::{AgreePlan, RecordPart, VoidPart, agree_plan, record_part, void_part};

use crate::domain::access::Actor;
use crate::domain::undo::{AmendRefused, AnnulRefused};
use crate::store::claims::Claim;
use crate::store::money::decrees::{self, Decree};
use crate::store::money::{amendments, annulments};
use crate::store::{DbConn, Tx};
use crate::workflow::refusal::Refusal;

/// A paper that comes along: its type by content, and its bytes.
pub type Evidence<'a> = (&'a str, &'a [u8]);

/// Nothing about a decree waits to be decided or signed.
pub(in crate::workflow::money) fn is_settled(conn: &mut DbConn, decree: &Decree) -> Result<(), Refusal> {
    if amendments::open_of(conn, &decree.id)?.is_some() {
        return Err(AmendRefused::Proposed.into());
    }
    match decrees::amendments(conn, &decree.id)?.into_iter().find(|amending| amending.signed_on.is_none()) {
        Some(amending) => Err(AmendRefused::Unsigned(amending.number).into()),
        None => Ok(()),
    }
}

/// No money moves to somebody while it is asked whether the claim stands at all.
pub(in crate::workflow::money) fn none_is_asked_for(tx: &mut Tx<'_>, actor: &Actor, claims: &[Claim]) -> Result<(), Refusal> {
    let open = annulments::open(tx, &actor.office)?;
    let asked = claims.iter().filter(|claim| open.iter().any(|one| one.claim_id == claim.id));
    let codes: Vec<String> = asked.map(|claim| claim.code.clone()).collect();
    if codes.is_empty() { Ok(()) } else { Err(AnnulRefused::Pending(codes).into()) }
}
