//! One file per office act: gather, decide, record.

pub mod crosscheck;
mod deliver;

pub use deliver::{Delivered, deliver_due};
