//! Taking in a register: one dated release in the place of the former one, all or nothing.

use chrono::NaiveDate;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::audit::sha256_hex;
use crate::exchange::activity_csv::ActivityFile;
use crate::exchange::register_csv::{RegisterReport, each_resident};
use crate::exchange::table::TableFault;
use crate::store::register::{self, Release};
use crate::store::{StoreError, Tx, activities, audit};

use super::desk::Desk;
use super::recheck::queue_office;
use super::refusal::Refusal;

/// Where a register file comes from.
#[derive(Debug, Clone)]
pub struct Origin<'a> {
    /// Source, for example `DTSEN`.
    pub source: &'a str,
    /// Date of the release.
    pub released_on: NaiveDate,
    /// Name of the file.
    pub file_name: &'a str,
    /// Its bytes, for the hash that names it in the audit trail.
    pub bytes: &'a [u8],
}

/// Puts a register in force; `progress` hears how many rows are in.
///
/// # Errors
/// [`Refusal`]; the former release then stays.
pub fn import_register(desk: &Desk, by: &Actor, origin: &Origin<'_>, progress: impl FnMut()) -> Result<RegisterReport, Refusal> {
    let now = desk.clock.now();
    let mut release = Release {
        id: new_id(),
        office: by.office.clone(),
        source: origin.source.to_owned(),
        released_on: origin.released_on,
        file_name: origin.file_name.to_owned(),
        sha256: sha256_hex(origin.bytes),
        rows_read: 0,
        rows_set_aside: 0,
        imported_at: now,
    };
    desk.store.write(by.office.as_str(), |tx| {
        let report: RegisterReport = take_in::<Refusal>(tx, &mut release, origin.bytes, progress)?;
        let details = serde_json::json!({ "source": release.source, "released_on": release.released_on.to_string(), "sha256": release.sha256, "rows": report.read });
        audit::append(tx, by, "register.import", &format!("release:{}", release.id), &details.to_string(), now)?;
        queue_office(tx, &by.office, "data warga baru", now)?;
        Ok(report)
    })
}

/// Reads a register row by row into a release, in the caller's transaction; memory does not grow with the file.
pub(crate) fn take_in<E: From<TableFault> + From<StoreError>>(
    tx: &mut Tx<'_>,
    release: &mut Release,
    bytes: &[u8],
    mut progress: impl FnMut(),
) -> Result<RegisterReport, E> {
    register::begin(tx, release)?;
    let mut at = 0_usize;
    let report = each_resident::<E>(bytes, |resident| {
        at += 1;
        progress();
        Ok(register::insert(tx, release, at, resident)?)
    })?;
    (release.rows_read, release.rows_set_aside) = (report.read, report.set_aside);
    register::finish(tx, release)?;
    Ok(report)
}

/// Takes in events that show somebody alive: health visits, withdrawals, meetings.
///
/// # Errors
/// [`Refusal`].
pub fn import_activities(desk: &Desk, by: &Actor, file: &ActivityFile) -> Result<(), Refusal> {
    let batch = new_id();
    desk.store.write(by.office.as_str(), |tx| {
        activities::insert_all(tx, &by.office, &batch, &file.activities)?;
        let details = serde_json::json!({ "rows": file.read });
        audit::append(tx, by, "activity.import", &format!("batch:{batch}"), &details.to_string(), desk.clock.now())?;
        queue_office(tx, &by.office, "catatan kegiatan baru", desk.clock.now())
    })
}
