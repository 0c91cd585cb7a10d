//! Files in and out: office packs and reference data, claims as typed, what banks read.

pub mod bank_file;
pub mod bank_table;
pub mod claim_form;
mod out_file;
pub mod pack;
pub mod pain001;
pub mod plain_text;
pub mod reference;

pub use out_file::OutFile;
