//! All profiles of an office: its own, and those of the program.

use super::keys::ProfileFault;
use super::profile::Profile;
use super::{BankFileFault, Batch};
use crate::exchange::OutFile;

/// Profiles that come with the program, by name. No public layout exists for most banks, so an operator writes what a bank hands over.
const BUILT_IN: [(&str, &str); 7] = [
    ("bpd", include_str!("../../../fixtures/bank_profiles/bpd.toml")),
    ("mandiri", include_str!("../../../fixtures/bank_profiles/mandiri.toml")),
    ("bca", include_str!("../../../fixtures/bank_profiles/bca.toml")),
    ("csv", include_str!("../../../fixtures/bank_profiles/csv.toml")),
    ("xlsx", include_str!("../../../fixtures/bank_profiles/xlsx.toml")),
    ("pain001-03", include_str!("../../../fixtures/bank_profiles/pain001-03.toml")),
    ("pain001-09", include_str!("../../../fixtures/bank_profiles/pain001-09.toml")),
];

/// The profiles an office can export by. An own one goes before one of the program with the same name, even if it is broken:
/// a file by another layout than the office set would be worse than none.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    name: String,
    read: Result<Profile, Vec<ProfileFault>>,
}

/// Why a profile is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfilesFault {
    /// No profile of this name.
    #[error("profil bank \"{name}\" tidak ada; yang ada: {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// Names that can be used.
        known: String,
    },
    /// The office's own profile has faults.
    #[error("profil bank bank_profiles/{name}.toml belum dapat dipakai: {}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Broken {
        /// Its name.
        name: String,
        /// Everything wrong in it.
        faults: Vec<ProfileFault>,
    },
}

/// Why an export by name gives no files.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfilesFault),
    /// The order does not fit the profile.
    #[error(transparent)]
    File(#[from] BankFileFault),
}

impl Profiles {
    /// Those of the program alone.
    pub fn built_in() -> Self {
        Self::with_own(&[])
    }

    /// The office's own profiles, as file name and bytes, before those of the program. A file is named as its profile: `bpd.toml`.
    pub fn with_own(own: &[(String, Vec<u8>)]) -> Self {
        let mut entries: Vec<Entry> = own.iter().map(|(file, bytes)| read_own(file, bytes)).collect();
        for (name, text) in BUILT_IN {
            if !entries.iter().any(|entry| entry.name == name) {
                entries.push(Entry { name: name.to_owned(), read: Profile::parse(text) });
            }
        }
        Self { entries }
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// [`ProfilesFault`].
    pub fn find(&self, name: &str) -> Result<&Profile, ProfilesFault> {
        match self.entries.iter().find(|entry| entry.name == name) {
            Some(Entry { read: Ok(profile), .. }) => Ok(profile),
            Some(Entry { name, read: Err(faults) }) => Err(ProfilesFault::Broken { name: name.clone(), faults: faults.clone() }),
            None => {
                let known = self.all().map(|profile| profile.name.as_str()).collect::<Vec<_>>().join(", ");
                Err(ProfilesFault::Unknown { name: name.to_owned(), known })
            }
        }
    }

    /// Profiles that can be used: own ones first.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        self.entries.iter().filter_map(|entry| entry.read.as_ref().ok())
    }

    /// Every own profile that cannot be used, with everything wrong in it.
    pub fn broken(&self) -> Vec<ProfilesFault> {
        let fault = |entry: &Entry| {
            entry.read.as_ref().err().map(|faults| ProfilesFault::Broken { name: entry.name.clone(), faults: faults.clone() })
        };
        self.entries.iter().filter_map(fault).collect()
    }

    /// Writes the files of an order by a profile's name.
    ///
    /// # Errors
    /// [`ExportFault`].
    pub fn write(&self, name: &str, batch: &Batch<'_>) -> Result<Vec<OutFile>, ExportFault> {
        Ok(self.find(name)?.write(batch)?)
    }

    /// The text of a profile of the program, to begin an own one with.
    pub fn built_in_text(name: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }
}

fn read_own(file: &str, bytes: &[u8]) -> Entry {
    let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
    let fault = |why: String| vec![ProfileFault { place: "profil".to_owned(), why }];
    let read = match std::str::from_utf8(bytes) {
        Err(_not_text) => Err(fault("berkas bukan teks UTF-8".to_owned())),
        Ok(text) => Profile::parse(text.trim_start_matches('\u{feff}')).and_then(|profile| {
            let wrong = format!("name = \"{}\" harus sama dengan nama berkas {name}.toml", profile.name);
            if profile.name == name { Ok(profile) } else { Err(fault(wrong)) }
        }),
    };
    Entry { name, read }
}
