//! Taking in a release: new contents are added, changed ones superseded, missing people marked; unchanged rows stay as they are.
//!
//! Keys and hashes are computed on a thread of their own while the caller reads and the database writes. What is kept in
//! memory is two numbers a person of the file and one small record a person already known, whatever the file's size.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use super::super::releases::{self, NewRelease, Rows};
use super::super::{StoreError, Tx, deaths, dialect};
use super::change;
use super::history::{History, known};
use super::row::{Bearing, NewRow};
use crate::domain::register::{Change, Dataset, Death, End, Resident, Slot, next_key, place};

/// Residents handed over at once.
const BATCH: usize = 1_000;
/// Batches that may wait for their keys.
const WAITING_MAX: usize = 2;
/// Rows written at once.
const ROWS_PER_WRITE: usize = 8_192;
/// A release has room for 16 million rows: the id of a row is the release's number and the row's place in it.
const ROW_BITS: u32 = 24;

/// What a release changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Intake {
    /// People this source did not have, or not on the release's date.
    pub added: usize,
    /// People whose row has another content now.
    pub changed: usize,
    /// People of whom the release says what was known.
    pub unchanged: usize,
    /// Rows that stand in the file twice with the same content.
    pub repeated: usize,
    /// People the source had and this release has no longer; they are still found.
    pub vanished: usize,
    /// Deaths recorded.
    pub deaths: usize,
    /// Whether a newer release of the source was in already, so that this one was fitted in by its date.
    pub late: bool,
}

impl Intake {
    /// Whether any row is another than before; the same file under a new date moves none.
    pub fn moved_rows(&self) -> bool {
        self.added > 0 || self.changed > 0 || self.vanished > 0
    }
}

/// Takes in the residents that `feed` hands over one by one, in the caller's transaction.
///
/// # Errors
/// [`StoreError::Duplicate`] when this file of this source is in already, whatever `feed` refuses, or any other [`StoreError`].
pub fn take_in<R, E: From<StoreError>>(
    tx: &mut Tx<'_>,
    release: &NewRelease,
    feed: impl FnOnce(&mut dyn FnMut(Resident) -> Result<(), E>) -> Result<(R, Rows), E>,
) -> Result<(R, Intake), E> {
    let (id, slot, next_release) = releases::begin(tx, release)?;
    let bearing = Bearing { office_id: release.office.as_str(), source: &release.source, release_id: id, seen_from: release.released_on };
    let history = known(tx, &release.office, &release.source)?;
    let rows_before = dialect::resident_rows(tx)?;
    let mut loader = Loader { rows_before, ..Loader::new(tx, bearing, slot, history) };
    let (answer, rows) = with_keys(bearing, &mut loader, feed)?;
    loader.close_missing();
    let intake = loader.finish(release, next_release)?;
    releases::finish(tx, id, rows)?;
    Ok((answer, intake))
}

/// Reads on this thread, computes keys on another, writes on this one.
fn with_keys<R, E: From<StoreError>>(
    bearing: Bearing<'_>,
    loader: &mut Loader<'_, '_, '_>,
    feed: impl FnOnce(&mut dyn FnMut(Resident) -> Result<(), E>) -> Result<R, E>,
) -> Result<R, E> {
    std::thread::scope(|scope| {
        let (to_keys, residents) = sync_channel::<Vec<Resident>>(WAITING_MAX);
        let (done, prepared) = channel();
        scope.spawn(move || {
            for batch in residents {
                let rows: Result<Vec<Prepared>, StoreError> = batch.into_iter().map(|resident| Prepared::of(bearing, resident)).collect();
                if done.send(rows).is_err() {
                    break;
                }
            }
        });
        let mut batch = Vec::with_capacity(BATCH);
        let fed = feed(&mut |resident| {
            batch.push(resident);
            if batch.len() >= BATCH {
                send(&to_keys, std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
                prepared.try_iter().try_for_each(|rows| loader.add_all(rows?))?;
            }
            Ok(())
        })?;
        send(&to_keys, batch);
        drop(to_keys);
        write_rest(loader, &prepared)?;
        Ok(fed)
    })
}

/// The other side goes early only by a panic, which the scope passes on.
fn send(to_keys: &SyncSender<Vec<Resident>>, batch: Vec<Resident>) {
    let _gone = to_keys.send(batch);
}

fn write_rest(loader: &mut Loader<'_, '_, '_>, prepared: &Receiver<Result<Vec<Prepared>, StoreError>>) -> Result<(), StoreError> {
    prepared.iter().try_for_each(|rows| loader.add_all(rows?))
}

/// A row with its keys, and the death it records.
struct Prepared {
    row: NewRow,
    death: Option<Death>,
}

impl Prepared {
    fn of(bearing: Bearing<'_>, resident: Resident) -> Result<Self, StoreError> {
        let dataset = || Dataset { name: bearing.source.to_owned(), released_on: Some(bearing.seen_from) };
        let death = Death::of_row(&resident, dataset);
        let person = resident.person_key();
        Ok(Self { row: NewRow::of(bearing, person, resident)?, death })
    }
}

/// One import on its way.
struct Loader<'a, 'b, 't> {
    tx: &'b mut Tx<'t>,
    bearing: Bearing<'a>,
    slot: Slot,
    history: History,
    /// Content by person, of this file.
    found: HashMap<i64, i64, BuildHasherDefault<AlreadyHashed>>,
    new_rows: Vec<NewRow>,
    deaths: Vec<(String, Death)>,
    ends: BTreeMap<End, Vec<i64>>,
    stretched: Vec<i64>,
    resumed: Vec<change::Resumed>,
    last_row: i64,
    /// Rows of the register before this import, and the indexes it took away.
    rows_before: i64,
    indexes: Vec<dialect::Index>,
    intake: Intake,
}

impl<'a, 'b, 't> Loader<'a, 'b, 't> {
    fn new(tx: &'b mut Tx<'t>, bearing: Bearing<'a>, slot: Slot, history: History) -> Self {
        Self {
            tx,
            bearing,
            slot,
            history,
            found: HashMap::default(),
            new_rows: Vec::with_capacity(ROWS_PER_WRITE),
            deaths: Vec::new(),
            ends: BTreeMap::new(),
            stretched: Vec::new(),
            resumed: Vec::new(),
            last_row: 0,
            rows_before: 0,
            indexes: Vec::new(),
            intake: Intake { late: slot.next.is_some(), ..Intake::default() },
        }
    }

    fn add_all(&mut self, rows: Vec<Prepared>) -> Result<(), StoreError> {
        rows.into_iter().try_for_each(|prepared| self.add(prepared))
    }

    fn add(&mut self, mut prepared: Prepared) -> Result<(), StoreError> {
        let Some(person) = self.place_in_file(prepared.row.person, prepared.row.row_hash) else {
            self.intake.repeated += 1;
            return Ok(());
        };
        prepared.row.person = person;
        let versions = self.history.of(person);
        let changes = place(versions, Some(prepared.row.row_hash), self.slot);
        match (changes.is_empty(), versions.is_empty()) {
            (true, _) => self.intake.unchanged += 1,
            (false, true) => self.intake.added += 1,
            (false, false) => self.intake.changed += 1,
        }
        if let Some(end) = self.note(changes) {
            self.open(prepared, end)?;
        }
        Ok(())
    }

    /// The person of a row; another number for a second person under one key, none for a row that stands there twice.
    fn place_in_file(&mut self, mut person: i64, hash: i64) -> Option<i64> {
        while let Some(before) = self.found.get(&person) {
            if *before == hash {
                return None;
            }
            person = next_key(person);
        }
        self.found.insert(person, hash);
        Some(person)
    }

    /// Keeps the changes to rows that are there; returns where a new one ends, if there is to be one.
    fn note(&mut self, changes: Vec<Change>) -> Option<End> {
        let mut opening = None;
        for change in changes {
            match change {
                Change::Close(id, end) => self.ends.entry(end).or_default().push(id),
                Change::Stretch(id) => self.stretched.push(id),
                Change::Resume { of, seen_from, end } => self.resumed.push(change::Resumed { of, seen_from, end }),
                Change::Open(end) => opening = Some(end),
            }
        }
        opening
    }

    fn open(&mut self, prepared: Prepared, end: End) -> Result<(), StoreError> {
        let Prepared { mut row, death } = prepared;
        row.id = self.next_id();
        (row.superseded_on, row.vanished_on) = (end.superseded_on, end.vanished_on);
        self.deaths.extend(death.map(|death| (row.id.to_string(), death)));
        self.new_rows.push(row);
        if self.new_rows.len() >= ROWS_PER_WRITE { self.flush() } else { Ok(()) }
    }

    fn next_id(&mut self) -> i64 {
        self.last_row += 1;
        (self.bearing.release_id << ROW_BITS) | self.last_row
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.indexes.is_empty() {
            self.indexes = dialect::bare_residents(self.tx, self.rows_before, self.last_row)?;
        }
        dialect::insert_residents(self.tx, &self.new_rows)?;
        self.new_rows.clear();
        Ok(())
    }

    /// Marks everybody whom the source had on the release's date and the file lacks.
    fn close_missing(&mut self) {
        let history = std::mem::take(&mut self.history);
        for (person, versions) in history.people() {
            let missing = !self.found.contains_key(&person);
            let changes = if missing { place(versions, None, self.slot) } else { Vec::new() };
            self.intake.vanished += usize::from(!changes.is_empty());
            self.note(changes);
        }
    }

    fn finish(mut self, release: &NewRelease, next_release: Option<i64>) -> Result<Intake, StoreError> {
        self.flush()?;
        change::end(self.tx, &self.ends)?;
        change::stretch(self.tx, self.bearing, &self.stretched)?;
        let rows = change::resume(self.tx, self.bearing, next_release, std::mem::take(&mut self.resumed))?;
        for mut row in rows {
            row.id = self.next_id();
            self.new_rows.push(row);
        }
        self.flush()?;
        dialect::dress_residents(self.tx, &self.indexes)?;
        self.intake.deaths = self.deaths.len();
        deaths::record(self.tx, &release.office, std::mem::take(&mut self.deaths), release.imported_at)?;
        Ok(self.intake)
    }
}

/// The keys of `found` are hashes themselves.
#[derive(Default)]
struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_i64(&mut self, number: i64) {
        self.0 = number.cast_unsigned();
    }
}
