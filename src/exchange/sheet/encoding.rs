//! Which letters the bytes of a text file mean.

use std::io::{Read, Seek, SeekFrom};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::limits::FILE_BYTES_MAX;
use crate::exchange::table::TableFault;

/// Bytes looked at for the marks of an encoding.
const HEAD_BYTES: usize = 4096;

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// The encoding.
    pub(super) encoding: &'static Encoding,
    /// Its name for people.
    pub(super) name: &'static str,
    /// Bytes of the mark at the beginning, which are no text.
    pub(super) mark_bytes: u64,
}

/// Tells the encoding. Text that is not UTF-8 and has no mark of its own is Windows-1252, which holds all of Latin-1.
///
/// # Errors
/// [`TableFault`] for an empty or too large file, or one that is no text.
pub(super) fn letters_of<R: Read + Seek>(source: &mut R) -> Result<Letters, TableFault> {
    let length = source.seek(SeekFrom::End(0))?;
    if length > FILE_BYTES_MAX {
        return Err(TableFault::TooLarge);
    }
    let head = head_of(source)?;
    if head.iter().all(u8::is_ascii_whitespace) && length <= u64::try_from(head.len()).unwrap_or_default() {
        return Err(TableFault::Empty);
    }
    let letters = |encoding, name, mark_bytes| Letters { encoding, name, mark_bytes };
    Ok(match head.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => letters(UTF_8, "UTF-8 (BOM)", 3),
        [0xff, 0xfe, ..] => letters(UTF_16LE, "UTF-16 LE", 2),
        [0xfe, 0xff, ..] => letters(UTF_16BE, "UTF-16 BE", 2),
        head if head.contains(&0) => unmarked_utf_16(head).ok_or(TableFault::NotText)?,
        _ if is_utf_8(source)? => letters(UTF_8, "UTF-8", 0),
        _ => letters(WINDOWS_1252, "Windows-1252", 0),
    })
}

fn head_of<R: Read + Seek>(source: &mut R) -> Result<Vec<u8>, TableFault> {
    source.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    source.take(u64::try_from(HEAD_BYTES).unwrap_or_default()).read_to_end(&mut head)?;
    Ok(head)
}

/// Western text in UTF-16 has a zero byte in nearly every letter, always on the same side.
fn unmarked_utf_16(head: &[u8]) -> Option<Letters> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, letters) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > letters * 8 && even * 20 < letters {
        Some(Letters { encoding: UTF_16LE, name: "UTF-16 LE", mark_bytes: 0 })
    } else if even * 10 > letters * 8 && odd * 20 < letters {
        Some(Letters { encoding: UTF_16BE, name: "UTF-16 BE", mark_bytes: 0 })
    } else {
        None
    }
}

fn is_utf_8<R: Read + Seek>(source: &mut R) -> Result<bool, TableFault> {
    source.seek(SeekFrom::Start(0))?;
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let (mut bytes, mut text) = (vec![0; 1 << 16], vec![0; 1 << 18]);
    loop {
        let count = source.read(&mut bytes)?;
        let (_, _, _, had_errors) = decoder.decode_to_utf8(bytes.get(..count).unwrap_or_default(), &mut text, count == 0);
        if had_errors {
            return Ok(false);
        }
        if count == 0 {
            return Ok(true);
        }
    }
}
