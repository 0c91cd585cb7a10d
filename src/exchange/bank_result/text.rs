//! The letters of a file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::fault::ResultFault;

/// Bytes at the beginning in which an XML file names its encoding.
const DECLARATION_BYTES: usize = 200;

/// Text of an XML file, in the encoding it names.
pub(super) fn of_xml(bytes: &[u8]) -> Result<Cow<'_, str>, ResultFault> {
    if Encoding::for_bom(bytes).is_some() {
        return decoded(bytes, UTF_8);
    }
    let head = bytes.get(..bytes.len().min(DECLARATION_BYTES)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let declaration = head.split_once("?>").filter(|(before, _)| before.trim_start().starts_with("<?xml")).map(|(before, _)| before);
    let label =
        declaration.and_then(|text| text.split_once("encoding")).map(|(_, rest)| rest.trim_start().trim_start_matches('=').trim_start());
    let label = label.and_then(|rest| rest.trim_start_matches(['"', '\'']).split(['"', '\'']).next());
    match label {
        None => decoded(bytes, UTF_8),
        Some(label) => decoded(bytes, Encoding::for_label(label.as_bytes()).ok_or(ResultFault::NotText)?),
    }
}

/// Text of a plain file: UTF-8, else Windows-1252, which holds all of Latin-1.
pub(super) fn of_plain(bytes: &[u8]) -> Result<Cow<'_, str>, ResultFault> {
    let is_utf_8 = Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    decoded(bytes, if is_utf_8 { UTF_8 } else { WINDOWS_1252 })
}

/// Decodes by the mark at the beginning, else as told; refuses what has no letters for some bytes, and zero letters.
fn decoded<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Cow<'b, str>, ResultFault> {
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors || text.contains('\0') { Err(ResultFault::NotText) } else { Ok(text) }
}
