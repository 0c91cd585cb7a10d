//! Undoing what was decided, without ever editing it: rows of a decree, approvals, and money that reached the wrong person.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | amending decree | SK perubahan | strikes rows of a signed decree or changes to whom they are paid |
//! | ground | dasar | why something is undone, from a closed list |
//! | annulment | pembatalan | ends an approval; asked for by one person, decided by another |
//! | recovery | pengembalian | money that reached the wrong person comes back, whole or in parts |
//! | plan | rencana angsuran | when how much comes back; a new one never changes the old one |
//! | instalment | angsuran | one part of a plan |

#![deny(clippy::arithmetic_side_effects)]

mod amend;
mod annul;
mod ground;
mod plan;
mod recovery;

pub use amend::{
    AmendRefused, NewPayee, RowChange, RowFacts, RowKind, amended_content, may_decide, may_propose, row_is_free, row_may_change,
};
pub use annul::{AnnulFacts, AnnulRefused, Road, Why, ask_annulment, judge_annulment, road_of};
pub use ground::Ground;
pub use plan::{INSTALMENTS_MAX, Instalment, Plan, even_plan};
pub use recovery::{Due, NewPart, Part, PartFacts, RecoveryRefused, balance_of, check_part, may_void, overdue, standing_of};
