//! One file per office act: gather, decide, record.

pub mod crosscheck;
