//! The office's own mapping files: read from the data folder every time they are needed, so that a new one counts at once.

use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::exchange::register_file::{Mapping, MappingFault, Mappings};
use crate::store::audit;
use crate::store::mapping_files::MappingFiles;

use super::desk::Desk;
use super::refusal::Refusal;

/// Letters of a file's name.
const NAME_CHARS_MAX: usize = 60;

/// A mapping file of the office.
#[derive(Debug, Clone)]
pub struct OwnMapping {
    /// Name of the file in the folder `mappings`.
    pub file_name: String,
    /// What it says, or everything that is wrong in it.
    pub read: Result<Mapping, Vec<MappingFault>>,
}

/// Why a mapping file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum MappingRefusal {
    /// What is wrong in it.
    #[error("berkas pemetaan belum dapat dipakai")]
    Faults(Vec<MappingFault>),
    /// Anything else.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// The office's own mapping files, in the order of their names.
///
/// # Errors
/// [`Refusal::Files`].
pub fn own_mappings(desk: &Desk) -> Result<Vec<OwnMapping>, Refusal> {
    own_files(&desk.mapping_files)
}

/// The mapping files of a folder, where there is no desk yet.
///
/// # Errors
/// [`Refusal::Files`].
pub fn own_files(folder: &MappingFiles) -> Result<Vec<OwnMapping>, Refusal> {
    let files = folder.all()?;
    Ok(files.into_iter().map(|(file_name, bytes)| OwnMapping { file_name, read: read(&bytes) }).collect())
}

/// Everything that is wrong in the own mapping files, each fault with its file.
pub fn faults_of(own: &[OwnMapping]) -> Vec<String> {
    let of = |file: &OwnMapping| {
        let faults = file.read.as_ref().err().into_iter().flatten();
        faults.map(|fault| format!("mappings/{}, {fault}", file.file_name)).collect::<Vec<_>>()
    };
    own.iter().flat_map(of).collect()
}

/// All mappings a register file is read by: the usable own ones before those of the program.
///
/// # Errors
/// [`Refusal::Files`].
pub fn mappings(desk: &Desk) -> Result<Mappings, Refusal> {
    let own = own_mappings(desk)?.into_iter().rev().filter_map(|file| file.read.ok());
    Ok(own.fold(Mappings::built_in(), Mappings::with))
}

/// Keeps a mapping file of the office, under the name it gives itself; it counts from now on.
///
/// # Errors
/// [`MappingRefusal::Faults`] with everything that is wrong in it; nothing is kept then. [`Refusal::NotYourRole`].
pub fn add_mapping(desk: &Desk, by: &Actor, bytes: &[u8]) -> Result<String, MappingRefusal> {
    if !matches!(by.role, Role::Admin | Role::Verifier) {
        return Err(Refusal::NotYourRole.into());
    }
    let mapping = read(bytes).map_err(MappingRefusal::Faults)?;
    let file_name = file_name(&mapping.name);
    let details = serde_json::json!({ "name": mapping.name, "file": file_name, "sha256": sha256_hex(bytes) });
    desk.store.write::<_, Refusal>(by.office.as_str(), |tx| {
        audit::append(tx, by, "mapping.add", &format!("mapping:{file_name}"), &details.to_string(), desk.clock.now())?;
        desk.mapping_files.put(&file_name, &String::from_utf8_lossy(bytes))?;
        Ok(())
    })?;
    Ok(mapping.name)
}

fn read(bytes: &[u8]) -> Result<Mapping, Vec<MappingFault>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Mapping::parse(text.trim_start_matches('\u{feff}')),
        Err(error) => {
            let before = bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
            Err(vec![MappingFault { line: before.saturating_add(1), why: "bukan teks UTF-8; simpan ulang sebagai teks UTF-8".to_owned() }])
        }
    }
}

/// `Puskesos Kab. Batang` as `puskesos-kab-batang.toml`.
fn file_name(name: &str) -> String {
    let words: Vec<String> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let short: String = words.join("-").chars().take(NAME_CHARS_MAX).collect();
    format!("{}.toml", if short.is_empty() { "pemetaan" } else { &short })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_sender_and_stays_in_its_folder() {
        for (name, expected) in [("Puskesos Kab. Batang", "puskesos-kab-batang.toml"), ("../../etc", "etc.toml"), ("…", "pemetaan.toml")]
        {
            assert_eq!(file_name(name), expected);
        }
    }
}
