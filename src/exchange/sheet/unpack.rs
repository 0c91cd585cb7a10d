//! The door for Excel files: what is inside is weighed before anybody opens it.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::limits::{HELD_PART_BYTES_MAX, PARTS_MAX, UNPACKED_BYTES_MAX, WORKBOOK_BYTES_MAX};
use crate::exchange::table::TableFault;

/// Refuses whatever is no Excel workbook, or unpacks to more than is good for this machine.
///
/// Every part is unpacked once, counted and thrown away: sizes that an archive declares are promises.
///
/// # Errors
/// [`TableFault`] with what the archive is, or why it is refused.
pub(super) fn weigh<R: Read + Seek>(source: &mut R) -> Result<(), TableFault> {
    if source.seek(SeekFrom::End(0))? > WORKBOOK_BYTES_MAX {
        return Err(TableFault::LargeWorkbook);
    }
    source.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(&mut *source).map_err(broken)?;
    if archive.len() > PARTS_MAX {
        return Err(TableFault::LargeWorkbook);
    }
    is_workbook(archive.file_names().filter_map(Result::ok).map(|name| name.to_lowercase()).collect())?;
    let mut left = UNPACKED_BYTES_MAX;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_lowercase();
        let limit = if name.starts_with("xl/worksheets/") { left } else { left.min(HELD_PART_BYTES_MAX) };
        if part.size() > limit {
            return Err(TableFault::LargeWorkbook);
        }
        left = left.saturating_sub(weigh_part(part, limit)?);
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn is_workbook(names: Vec<String>) -> Result<(), TableFault> {
    let has = |name: &str| names.iter().any(|other| other.replace('\\', "/") == name);
    if has("xl/workbook.xml") {
        Ok(())
    } else if has("content.xml") || has("xl/workbook.bin") {
        Err(TableFault::OtherWorkbook)
    } else {
        Err(TableFault::Archive)
    }
}

/// Unpacks a part to nowhere and says how large it was.
fn weigh_part(part: impl Read, limit: u64) -> Result<u64, TableFault> {
    let mut part = part.take(limit.saturating_add(1));
    let mut chunk = vec![0; 1 << 16];
    let mut weight = 0_u64;
    loop {
        let count = part.read(&mut chunk).map_err(|error| TableFault::BrokenWorkbook(error.to_string()))?;
        let read = chunk.get(..count).unwrap_or_default();
        if weight == 0 && declares_entities(read) {
            return Err(TableFault::Entities);
        }
        weight = weight.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        if weight > limit {
            return Err(TableFault::LargeWorkbook);
        }
        if count == 0 {
            return Ok(weight);
        }
    }
}

/// Excel never writes a document type; one that defines entities can grow without end.
fn declares_entities(head: &[u8]) -> bool {
    let head = head.get(..head.len().min(4096)).unwrap_or_default();
    head.starts_with(b"<") && [&b"<!DOCTYPE"[..], b"<!ENTITY"].iter().any(|mark| head.windows(mark.len()).any(|window| window == *mark))
}

fn broken(error: zip::result::ZipError) -> TableFault {
    TableFault::BrokenWorkbook(error.to_string())
}
