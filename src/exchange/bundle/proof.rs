//! Proving a bundle from the file alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek};

use serde::de::DeserializeOwned;
use zip::ZipArchive;

use super::record::{ClaimRecord, DecreeRecord, EntryRecord, FileRecord, LetterRecord, Manifest, OrderRecord, PaperRecord};
use super::{CLAIMS, DECREES, FORMAT, LEDGER, MANIFEST, ORDERS};
use crate::domain::audit::{sha256_hex, sha256_hex_of};
use crate::domain::claim::State;
use crate::domain::ledger::{Account, Entry, Movement};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderState};

/// Largest file of a bundle that is read whole: records, not papers.
const RECORD_BYTES_MAX: u64 = 256 << 20;
/// Largest paper.
const FILE_BYTES_MAX: u64 = 512 << 20;
/// Most files.
const FILES_MAX: usize = 500_000;

/// What a bundle proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Office.
    pub office: String,
    /// Scope in words.
    pub scope: String,
    /// Files with the right hash.
    pub files: usize,
    /// Claims.
    pub claims: usize,
    /// Entries of the books.
    pub entries: usize,
    /// What was paid to heirs.
    pub paid: Rupiah,
}

/// The first thing in a bundle that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// Not a zip, or a damaged one.
    #[error("bundel tidak terbaca: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A file could not be read to its end.
    #[error("{path}: tidak terbaca ({why})")]
    Unreadable {
        /// File.
        path: String,
        /// Why.
        why: io::Error,
    },
    /// A record that is no record.
    #[error("{path}: isinya tidak terbaca ({why})")]
    Record {
        /// File.
        path: String,
        /// Why.
        why: serde_json::Error,
    },
    /// Another form of bundle.
    #[error("bentuk bundel \"{0}\" tidak dikenal program ini")]
    Format(String),
    /// Too many or too large files, or a name that leads out of the folder.
    #[error("{0}: nama atau ukurannya tidak wajar")]
    Odd(String),
    /// A file that is not in the list, or stands twice.
    #[error("{0}: tidak ada dalam manifest.json, atau dua kali")]
    Extra(String),
    /// A file of the list that is not there.
    #[error("{0}: tercatat dalam manifest.json tetapi tidak ada")]
    Missing(String),
    /// Another content than listed.
    #[error("{0}: isinya berubah (sidik jari atau ukurannya berbeda)")]
    Changed(String),
    /// A record names a paper with another hash than the file has.
    #[error("{record}: menyebut {path} dengan sidik jari lain")]
    Named {
        /// Record.
        record: String,
        /// File.
        path: String,
    },
    /// Money that does not add up.
    #[error("{record}: {why}")]
    Money {
        /// Record.
        record: String,
        /// Why.
        why: String,
    },
}

/// Checks everything a bundle says: every hash, no file too few or too many, and all money again from the entries of the books.
///
/// # Errors
/// The first [`BundleFault`].
pub fn verify_bundle<R: Read + Seek>(source: R) -> Result<Proved, BundleFault> {
    let mut zip = ZipArchive::new(source)?;
    if zip.len() > FILES_MAX {
        return Err(BundleFault::Odd(format!("{} berkas", zip.len())));
    }
    let manifest: Manifest = record(&mut zip, MANIFEST)?;
    if manifest.format != FORMAT {
        return Err(BundleFault::Format(manifest.format));
    }
    let listed: BTreeMap<&str, &FileRecord> = manifest.files.iter().map(|file| (file.path.as_str(), file)).collect();
    check_files(&mut zip, &listed)?;
    let entries = lines(&mut zip, LEDGER)?;
    let decrees: Vec<DecreeRecord> = record(&mut zip, DECREES)?;
    let orders: Vec<OrderRecord> = record(&mut zip, ORDERS)?;
    let mut money = Money::of(&entries)?;
    let paths: Vec<String> = listed.keys().filter(|path| path.starts_with(CLAIMS)).map(|path| (*path).to_owned()).collect();
    for path in &paths {
        let claim: ClaimRecord = record(&mut zip, path)?;
        named(path, &claim.papers, &claim.letters, &listed)?;
        for payment in &claim.payments {
            named(path, &payment.scans, &[], &listed)?;
        }
        decisions(path, &claim)?;
        money.claim(path, &claim)?;
    }
    for order in &orders {
        named(ORDERS, &order.bank_files, &order.letters, &listed)?;
        money.order(order)?;
    }
    for decree in &decrees {
        named(DECREES, &[], &decree.letters, &listed)?;
        decree_adds_up(decree)?;
    }
    money.finish(&manifest, paths.len())?;
    Ok(Proved {
        files: manifest.files.len(),
        claims: paths.len(),
        entries: entries.len(),
        paid: money.paid,
        office: manifest.office,
        scope: manifest.scope,
    })
}

fn check_files<R: Read + Seek>(zip: &mut ZipArchive<R>, listed: &BTreeMap<&str, &FileRecord>) -> Result<(), BundleFault> {
    let mut seen = BTreeSet::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index)?;
        let path = file.name()?.into_owned();
        if file.enclosed_name().is_none() || path.contains('\\') || file.is_dir() {
            return Err(BundleFault::Odd(path));
        }
        if path == MANIFEST && seen.insert(path.clone()) {
            continue;
        }
        let Some(expected) = listed.get(path.as_str()).filter(|_| seen.insert(path.clone())) else {
            return Err(BundleFault::Extra(path));
        };
        if expected.bytes > FILE_BYTES_MAX {
            return Err(BundleFault::Odd(path));
        }
        // One byte more than listed is enough to see that it is another file, however much the zip would unpack.
        let mut bounded = Counted { inner: (&mut file).take(expected.bytes.saturating_add(1)), count: 0 };
        let hash = sha256_hex_of(&mut bounded).map_err(|why| BundleFault::Unreadable { path: path.clone(), why })?;
        if hash != expected.sha256 || bounded.count != expected.bytes {
            return Err(BundleFault::Changed(path));
        }
    }
    match listed.keys().find(|path| !seen.contains(**path)) {
        Some(missing) => Err(BundleFault::Missing((*missing).to_owned())),
        None => Ok(()),
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count = self.count.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

fn whole<R: Read + Seek>(zip: &mut ZipArchive<R>, path: &str) -> Result<Vec<u8>, BundleFault> {
    let file = match zip.by_name(path) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Err(BundleFault::Missing(path.to_owned())),
        Err(other) => return Err(other.into()),
    };
    let mut bytes = Vec::new();
    file.take(RECORD_BYTES_MAX).read_to_end(&mut bytes).map_err(|why| BundleFault::Unreadable { path: path.to_owned(), why })?;
    Ok(bytes)
}

fn record<T: DeserializeOwned, R: Read + Seek>(zip: &mut ZipArchive<R>, path: &str) -> Result<T, BundleFault> {
    serde_json::from_slice(&whole(zip, path)?).map_err(|why| BundleFault::Record { path: path.to_owned(), why })
}

fn lines<R: Read + Seek>(zip: &mut ZipArchive<R>, path: &str) -> Result<Vec<EntryRecord>, BundleFault> {
    let bytes = whole(zip, path)?;
    let rows = bytes.split(|byte| *byte == b'\n').filter(|row| !row.is_empty());
    rows.map(|row| serde_json::from_slice(row).map_err(|why| BundleFault::Record { path: path.to_owned(), why })).collect()
}

/// Every file a record names is there with the hash it names.
fn named(record: &str, papers: &[PaperRecord], letters: &[LetterRecord], listed: &BTreeMap<&str, &FileRecord>) -> Result<(), BundleFault> {
    let papers = papers.iter().map(|paper| (&paper.path, &paper.sha256));
    let letters = letters.iter().map(|letter| (&letter.path, &letter.sha256));
    for (path, sha256) in papers.chain(letters) {
        if listed.get(path.as_str()).is_none_or(|file| file.sha256 != *sha256) {
            return Err(BundleFault::Named { record: record.to_owned(), path: path.clone() });
        }
    }
    Ok(())
}

/// What a decision rested on is still the text that was hashed.
fn decisions(path: &str, claim: &ClaimRecord) -> Result<(), BundleFault> {
    match claim.decisions.iter().find(|decision| sha256_hex(decision.content.as_bytes()) != decision.sha256) {
        Some(changed) => Err(BundleFault::Changed(format!("{path}, keputusan {}", changed.step))),
        None => Ok(()),
    }
}

fn decree_adds_up(decree: &DecreeRecord) -> Result<(), BundleFault> {
    let rows = Rupiah::sum(decree.rows.iter().map(|row| row.amount));
    if rows == Some(decree.total) {
        return Ok(());
    }
    Err(BundleFault::Money { record: format!("SK {}", decree.number), why: format!("jumlah baris bukan {}", decree.total) })
}

/// The money of the bundle's claims, recomputed from the entries.
struct Money {
    /// Where each claim's money lies.
    claims: BTreeMap<String, BTreeMap<Account, i64>>,
    /// Where each payment's money lies.
    payments: BTreeMap<String, BTreeMap<Account, i64>>,
    /// Payments met in claims: amount and order.
    known: BTreeMap<String, (Rupiah, String)>,
    paid: Rupiah,
}

impl Money {
    fn of(entries: &[EntryRecord]) -> Result<Self, BundleFault> {
        let mut money = Self { claims: BTreeMap::new(), payments: BTreeMap::new(), known: BTreeMap::new(), paid: Rupiah::ZERO };
        let mut last = 0;
        for entry in entries {
            let fault = |why: &str| BundleFault::Money { record: format!("jurnal {}", entry.sequence), why: why.to_owned() };
            if entry.sequence <= last {
                return Err(fault("tidak berurutan"));
            }
            last = entry.sequence;
            let movement = Movement::parse(&entry.movement).ok_or_else(|| fault("perpindahan tidak dikenal"))?;
            let booked = Entry {
                sequence: entry.sequence,
                line: String::new(),
                movement,
                amount: entry.amount,
                claim: Some(entry.claim.clone()),
                item: entry.payment.clone(),
                corrects: entry.corrects,
            };
            let (from, to) = booked.way();
            for places in [
                Some(money.claims.entry(entry.claim.clone()).or_default()),
                entry.payment.as_ref().map(|id| money.payments.entry(id.clone()).or_default()),
            ] {
                let Some(places) = places else { continue };
                shift(places, from, entry.amount.whole().checked_neg());
                shift(places, to, Some(entry.amount.whole()));
            }
        }
        Ok(money)
    }

    fn claim(&mut self, path: &str, claim: &ClaimRecord) -> Result<(), BundleFault> {
        let fault = |why: String| BundleFault::Money { record: path.to_owned(), why };
        let state = State::parse(&claim.state).ok_or_else(|| fault(format!("keadaan \"{}\" tidak dikenal", claim.state)))?;
        let places = self.claims.get(&claim.code).cloned().unwrap_or_default();
        let paid = places.get(&Account::Paid).copied().unwrap_or_default();
        if (state == State::Paid) != (paid == claim.amount.whole() && paid > 0) {
            return Err(fault(format!("keadaannya {}, tetapi menurut pembukuan {paid} rupiah ada pada ahli waris", state.label())));
        }
        if Account::ALL.into_iter().any(|account| account != Account::Free && places.get(&account).copied().unwrap_or_default() < 0) {
            return Err(fault("uang keluar dari tempat yang tidak memuatnya".to_owned()));
        }
        for payment in &claim.payments {
            let state = ItemState::parse(&payment.state)
                .ok_or_else(|| fault(format!("pembayaran {} berkeadaan tidak dikenal", payment.reference)))?;
            let places = self.payments.get(&payment.id).cloned().unwrap_or_default();
            let there = state.account().map(|account| places.get(&account).copied().unwrap_or_default());
            let whole = payment.amount.whole();
            let fits =
                if state == ItemState::Recovering { there.is_some_and(|n| n > 0 && n <= whole) } else { there.is_none_or(|n| n == whole) };
            if !fits {
                return Err(fault(format!("pembayaran {}: pembukuan tidak menempatkan {} di sana", payment.reference, payment.amount)));
            }
            let out = !matches!(state, ItemState::Ordered | ItemState::Cancelled);
            let receipted = claim.letters.iter().any(|letter| letter.kind == "kuitansi" && letter.number == payment.receipt);
            if out && !receipted {
                return Err(fault(format!("pembayaran {} tidak memiliki kuitansi", payment.reference)));
            }
            self.known.insert(payment.id.clone(), (payment.amount, payment.order.clone()));
        }
        let paid = Rupiah::new(paid).map_err(|_negative| fault("jumlah dibayar kurang dari nol".to_owned()))?;
        self.paid = self.paid.checked_add(paid).ok_or_else(|| fault("jumlah terlalu besar".to_owned()))?;
        Ok(())
    }

    fn order(&self, order: &OrderRecord) -> Result<(), BundleFault> {
        let fault = |why: String| BundleFault::Money { record: format!("perintah bayar {}", order.number), why };
        let here: Vec<Rupiah> =
            order.payments.iter().filter_map(|id| self.known.get(id)).filter(|(_, o)| *o == order.number).map(|(a, _)| *a).collect();
        // A sample or another order's renewal shows only some payments of an order; all of them together are its total.
        let complete = here.len() == order.payments.len();
        if complete && Rupiah::sum(here) != Some(order.total) {
            return Err(fault(format!("jumlah pembayarannya bukan {}", order.total)));
        }
        let state = OrderState::parse(&order.state).ok_or_else(|| fault("keadaannya tidak dikenal".to_owned()))?;
        match order.papers.iter().find(|paper| paper.value != order.total) {
            Some(paper) => Err(fault(format!("nilai {} {} bukan {}", paper.kind, paper.number, order.total))),
            None if state == OrderState::Closed && !order.papers.iter().any(|paper| paper.kind == "sp2d") => {
                Err(fault("ditutup tanpa SP2D".to_owned()))
            }
            None => Ok(()),
        }
    }

    fn finish(&self, manifest: &Manifest, claims: usize) -> Result<(), BundleFault> {
        let fault = |why: &str| BundleFault::Money { record: MANIFEST.to_owned(), why: why.to_owned() };
        if manifest.claims != claims {
            return Err(fault("jumlah permohonan berbeda dengan isinya"));
        }
        if manifest.paid != self.paid {
            return Err(fault("jumlah dibayar berbeda dengan pembukuan"));
        }
        Ok(())
    }
}

fn shift(places: &mut BTreeMap<Account, i64>, account: Account, by: Option<i64>) {
    let place = places.entry(account).or_default();
    // An overflow shows as an impossible sum and fails the comparison behind it.
    *place = by.and_then(|by| place.checked_add(by)).unwrap_or(i64::MIN);
}
