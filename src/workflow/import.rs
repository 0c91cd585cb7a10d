//! Taking in a register: a dated release of a source beside the others, all or nothing.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use chrono::NaiveDate;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::register::{Resident, ResidentStatus};
use crate::exchange::activity_csv::ActivityFile;
use crate::exchange::register_file::{RegisterFile, RegisterReport};
use crate::store::register::{self, Intake};
use crate::store::releases::{self, NewRelease, Release, Rows};
use crate::store::{StoreError, Tx, activities, audit, match_model, surroundings};

use super::desk::Desk;
use super::model::learn_registers;
use super::recheck::queue_office;
use super::refusal::Refusal;

/// A register file and where it comes from.
pub struct Origin<'a, R> {
    /// Source, for example `DTSEN`.
    pub source: &'a str,
    /// Date of the release.
    pub released_on: NaiveDate,
    /// Name of the file.
    pub file_name: &'a str,
    /// The file, open.
    pub file: &'a mut RegisterFile<R>,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// What happened to the rows of the file.
    pub report: RegisterReport,
    /// What the release changed; nothing if the file was in already.
    pub intake: Intake,
    /// The release of the same date with the very same file, if there was one: nothing was changed then.
    pub already: Option<Release>,
}

/// Puts a release of a register in its place among those of its source; `progress` hears of every row.
///
/// # Errors
/// [`Refusal`]; everything then stays as it was.
pub fn import_register<R: Read + Seek>(
    desk: &Desk,
    by: &Actor,
    origin: Origin<'_, R>,
    mut progress: impl FnMut(),
) -> Result<Imported, Refusal> {
    let release = NewRelease {
        office: by.office.clone(),
        source: origin.source.to_owned(),
        released_on: origin.released_on,
        file_name: origin.file_name.to_owned(),
        sha256: origin.file.sha256().to_owned(),
        imported_at: desk.clock.now(),
    };
    desk.store.write_long(by.office.as_str(), |tx| {
        if let Some(known) = releases::of_file(tx, &release)? {
            let report = RegisterReport { read: known.rows.read, accepted: known.rows.accepted, set_aside: known.rows.set_aside, ..RegisterReport::default() };
            return Ok(Imported { report, intake: Intake::default(), already: Some(known) });
        }
        let (report, intake) = take_in::<Refusal>(tx, &release, |take| {
            origin.file.each_resident(|resident| {
                progress();
                take(resident)
            })
        })?;
        let details = serde_json::json!({ "source": release.source, "released_on": release.released_on.to_string(), "sha256": release.sha256, "rows": report.rows() });
        audit::append(tx, by, "register.import", &format!("release:{}", release.sha256), &details.to_string(), release.imported_at)?;
        queue_office(tx, &by.office, "data warga baru", release.imported_at)?;
        Ok(Imported { report, intake, already: None })
    })
}

/// Takes in what `feed` reads, row by row, in the caller's transaction, and learns from the registers as they are then, unless no row
/// has moved; memory does not grow with the file.
pub(crate) fn take_in<E: From<StoreError>>(
    tx: &mut Tx<'_>,
    release: &NewRelease,
    feed: impl FnOnce(&mut dyn FnMut(Resident) -> Result<(), E>) -> Result<RegisterReport, E>,
) -> Result<(RegisterReport, Intake), E> {
    let mut villages: BTreeMap<String, i64> = BTreeMap::new();
    let taken = register::take_in(tx, release, |take| {
        let report = feed(&mut |resident| {
            if let Some(village) = resident.village.as_ref().filter(|_village| resident.status == ResidentStatus::Alive) {
                *villages.entry(village.to_string()).or_default() += 1;
            }
            take(resident)
        })?;
        // Rows that only repeat another one count as set aside: what was read is what was accepted and what was not.
        let rows = Rows { read: report.rows(), accepted: report.accepted, set_aside: report.rows().saturating_sub(report.accepted) };
        Ok((report, rows))
    })?;
    surroundings::set_populations(tx, &release.office, &villages)?;
    releases::set_gaps(tx, release, &taken.0.unreadable)?;
    if taken.1.moved_rows() || match_model::version(tx, &release.office)?.is_none() {
        learn_registers(tx, &release.office, release.imported_at)?;
    }
    Ok(taken)
}

/// Takes in events that show somebody alive: health visits, withdrawals, meetings.
///
/// # Errors
/// [`Refusal`].
pub fn import_activities(desk: &Desk, by: &Actor, file: &ActivityFile) -> Result<(), Refusal> {
    let batch = new_id();
    desk.store.write_long(by.office.as_str(), |tx| {
        activities::insert_all(tx, &by.office, &batch, &file.activities)?;
        let details = serde_json::json!({ "rows": file.read });
        audit::append(tx, by, "activity.import", &format!("batch:{batch}"), &details.to_string(), desk.clock.now())?;
        queue_office(tx, &by.office, "catatan kegiatan baru", desk.clock.now())
    })
}
