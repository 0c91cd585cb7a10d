//! What an office act needs at hand: the store, the kept files, the office's settings, the clock.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::Holidays;
use crate::domain::claim::ClaimContent;
use crate::domain::office::Office;
use crate::domain::payment::BankTable;
use crate::domain::policy::{Policy, PolicyPack};
use crate::domain::region::RegionCode;
use crate::exchange::bank_file::Profiles;
use crate::live::PopulationSource;
use crate::store::bank_profile_files::BankProfileFiles;
use crate::store::files::FileStore;
use crate::store::letter_keys::LetterKeys;
use crate::store::mapping_files::MappingFiles;
use crate::store::packs::{self, PackKind, pack};
use crate::store::{DbConn, Store};

use super::refusal::Refusal;

/// The list of banks that comes with the program.
const BANKS: &str = include_str!("../../fixtures/bank_codes.csv");

/// Everything at hand, cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The database.
    pub store: Store,
    /// Letters, papers, bank files.
    pub files: FileStore,
    /// Mapping files of the office.
    pub mapping_files: MappingFiles,
    /// Bank profiles of the office.
    pub bank_profile_files: BankProfileFiles,
    /// Keys letters are signed with.
    pub letter_keys: LetterKeys,
    /// Programmes that receive stop lists, as the office describes them.
    pub stop_list_files: MappingFiles,
    /// The time.
    pub clock: Clock,
    /// Address of the public pages, as printed on receipts.
    pub public_url: String,
    /// Other registers that can be asked live; often none.
    pub sources: Arc<[Box<dyn PopulationSource>]>,
    shelf: Arc<Mutex<BTreeMap<RegionCode, Arc<Pack>>>>,
}

/// An office's settings, read and checked.
#[derive(Debug)]
pub struct Pack {
    /// Letterhead, signatories, bank.
    pub office: Office,
    /// Rules by date of death.
    pub policies: PolicyPack,
    /// Closed days.
    pub holidays: Holidays,
    /// Emblem as PNG.
    pub emblem: Arc<[u8]>,
    /// Its SHA-256 among the packs.
    pub emblem_sha256: String,
    /// Banks and their codes.
    pub banks: BankTable,
    /// Hashes of the texts it was read from, to notice a newer pack.
    hashes: [Option<String>; 3],
}

impl Desk {
    /// A desk over a store, with files in `data_dir`.
    pub fn new(store: Store, data_dir: &Path, clock: Clock, public_url: String) -> Self {
        let (files, mapping_files) = (FileStore::new(data_dir), MappingFiles::new(data_dir));
        let bank_profile_files = BankProfileFiles::new(data_dir);
        let letter_keys = LetterKeys::new(data_dir);
        Self {
            store,
            files,
            mapping_files,
            bank_profile_files,
            letter_keys,
            stop_list_files: MappingFiles::of_stop_lists(data_dir),
            clock,
            public_url,
            sources: Arc::from([]),
            shelf: Arc::default(),
        }
    }

    /// The same desk with live sources to ask.
    #[must_use]
    pub fn with_sources(self, sources: Vec<Box<dyn PopulationSource>>) -> Self {
        Self { sources: Arc::from(sources), ..self }
    }

    /// The same desk at another time, for the demo's simulated days.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// The profiles bank files are made by: read every time they are needed, so that a new one counts at once.
    ///
    /// # Errors
    /// [`Refusal::Files`].
    pub fn bank_profiles(&self) -> Result<Profiles, Refusal> {
        Ok(Profiles::with_own(&self.bank_profile_files.all()?))
    }

    /// The office's settings in force; read again only when a newer pack was loaded.
    ///
    /// # Errors
    /// [`Refusal::Settings`] when the office has none or they cannot be read.
    pub fn pack(&self, conn: &mut DbConn, office: &RegionCode) -> Result<Arc<Pack>, Refusal> {
        let hashes = packs::in_force(conn, office.as_str())?;
        if let Some(known) = self.shelf().get(office).filter(|known| known.hashes == hashes) {
            return Ok(Arc::clone(known));
        }
        let mut sources = [None, None, None];
        for (kind, slot) in PackKind::ALL.into_iter().zip(&mut sources) {
            *slot = pack(conn, office.as_str(), kind)?;
        }
        let read = Arc::new(Pack::read(&sources)?);
        self.shelf().insert(office.clone(), Arc::clone(&read));
        Ok(read)
    }

    fn shelf(&self) -> MutexGuard<'_, BTreeMap<RegionCode, Arc<Pack>>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The emblem a letter carries, also where the office has another one by now.
    ///
    /// # Errors
    /// [`Refusal::Settings`] when it cannot be read; not found when the office never had it.
    pub(super) fn emblem(&self, conn: &mut DbConn, office: &RegionCode, sha256: &str) -> Result<Arc<[u8]>, Refusal> {
        let known = self.shelf().get(office).filter(|pack| pack.emblem_sha256 == sha256).map(|pack| Arc::clone(&pack.emblem));
        match known {
            Some(emblem) => Ok(emblem),
            None => picture(&packs::by_sha256(conn, office.as_str(), PackKind::Emblem, sha256)?),
        }
    }
}

impl Pack {
    fn read(sources: &[Option<String>; 3]) -> Result<Self, Refusal> {
        let [Some(office), Some(policy), Some(emblem)] = sources else {
            return Err(Refusal::Settings("pengaturan, aturan, atau lambang kantor belum dimuat; jalankan `santunan migrate`".into()));
        };
        let office = crate::exchange::pack::read_office(office).map_err(|faults| settings(&faults))?;
        let policies = PolicyPack::parse(policy).map_err(|faults| settings(&faults))?;
        Ok(Self {
            holidays: office.closed_days(),
            banks: crate::exchange::bank_table::read(BANKS).map_err(|fault| Refusal::Settings(fault.to_string()))?,
            emblem: picture(emblem)?,
            emblem_sha256: sha256_hex(emblem.as_bytes()),
            office,
            policies,
            hashes: sources.each_ref().map(|text| text.as_ref().map(|text| sha256_hex(text.as_bytes()))),
        })
    }

    /// The rules a claim is checked by, nearest to its date of death.
    ///
    /// # Errors
    /// [`Refusal::Settings`] for a pack without versions.
    pub fn policy_for(&self, content: &ClaimContent) -> Result<&Policy, Refusal> {
        self.policies.nearest(content.death.died_on).ok_or_else(|| Refusal::Settings("paket aturan tidak memuat satu versi pun".into()))
    }

    /// The rules money may be promised by: the programme must cover the date of death.
    ///
    /// # Errors
    /// [`Refusal::NoPolicy`].
    pub fn policy_in_force(&self, content: &ClaimContent) -> Result<&Policy, Refusal> {
        self.policies.for_death(content.death.died_on).map_err(Refusal::NoPolicy)
    }
}

fn settings<F: ToString>(faults: &[F]) -> Refusal {
    Refusal::Settings(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

fn picture(hex: &str) -> Result<Arc<[u8]>, Refusal> {
    from_hex(hex).map(Arc::from).ok_or_else(|| Refusal::Settings("lambang kantor rusak".into()))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| text.get(at..at.checked_add(2)?).and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect()
}
