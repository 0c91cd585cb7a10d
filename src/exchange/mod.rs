//! Files in and out: office packs and reference data, claims as typed, what banks read.

pub mod activity_csv;
pub mod bank_file;
pub mod bank_result;
pub mod bank_table;
pub mod bundle;
pub mod claim_form;
pub mod claims_json;
pub mod match_csv;
mod out_file;
pub mod pack;
pub mod pain001;
pub mod photo;
pub mod plain_text;
pub mod reference;
pub mod register_file;
pub mod sheet;
pub mod spj_file;
pub mod stop_list;
pub mod table;
pub mod table_file;

pub use out_file::OutFile;
