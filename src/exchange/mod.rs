//! Files in and out: reference data, office packs.

pub mod pack;
pub mod reference;
