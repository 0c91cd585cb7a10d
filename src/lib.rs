//! `santunan`: from a village's claim to the printed payment order.
//!
//! The rooms of the house, in reading order; `docs/ARCHITECTURE.md` is the map.

pub mod domain;
pub mod letters;
