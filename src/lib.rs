//! `santunan`: from a village's claim to the printed payment order.
//!
//! The rooms of the house, in reading order; `docs/ARCHITECTURE.md` is the map.

pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod invented;
pub mod letters;
pub mod live;
pub mod mail;
pub mod seal;
pub mod simulation;
pub mod store;
pub mod web;
pub mod workflow;
