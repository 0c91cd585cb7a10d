//! Files in and out: reference data, office packs.

pub mod pack;
pub mod reference;
//! Files in and out: what banks read and what lists are loaded from.

pub mod bank_file;
pub mod bank_table;
mod out_file;
pub mod pain001;
pub mod plain_text;

pub use out_file::OutFile;
