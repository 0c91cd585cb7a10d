//! Rules beyond the codes programs outside know: what an inspector would look for.
//!
//! They come from fraud and audit reports of other places (funds paid for the living, letters
//! reused, heirs who are officials, villages with far too many deaths). Most only inform; the
//! office's policy may let them weigh more.

pub(super) mod account_exact;
pub(super) mod account_of_deceased;
pub(super) mod active_later;
pub(super) mod age;
pub mod clerk_habits;
pub(super) mod death_date;
pub(super) mod files;
pub(super) mod heir_adult;
pub(super) mod heir_nearer;
pub(super) mod heir_nik;
pub(super) mod heir_none;
pub(super) mod heir_official;
pub(super) mod heir_relation;
mod kinship;
pub(super) mod letter;
pub(super) mod other_benefit;
pub(super) mod phone_shared;
pub(super) mod programme;
pub(super) mod proxy;
pub(super) mod residence_months;
pub(super) mod stand_in_odd;
pub mod surge;
