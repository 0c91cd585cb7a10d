//! Events that happened to a NIK, as a CSV file: `nik, tanggal, jenis`.

use super::table::{RowFault, Table, TableFault};
use crate::domain::calendar::parse_date;
use crate::domain::identity::Nik;
use crate::domain::register::Activity;

/// What an activity file holds.
#[derive(Debug, Default)]
pub struct ActivityFile {
    /// Rows of the file.
    pub read: usize,
    /// Events taken.
    pub activities: Vec<Activity>,
    /// Rows set aside: without a NIK or a date an event proves nothing.
    pub faults: Vec<RowFault>,
}

/// Reads events.
///
/// # Errors
/// [`TableFault`] when the file is no table or lacks one of the three columns.
pub fn read_activities(bytes: &[u8]) -> Result<ActivityFile, TableFault> {
    let table = Table::open(bytes)?;
    table.require(&["nik", "tanggal", "jenis"])?;
    let mut file = ActivityFile::default();
    table.each_row::<TableFault>(|row_number, row| {
        file.read += 1;
        let kind = row.cell("jenis").to_uppercase();
        match (Nik::parse(row.cell("nik")), parse_date(row.cell("tanggal"))) {
            (Ok(nik), Ok(happened_on)) => file.activities.push(Activity { nik, happened_on, kind }),
            (Err(fault), _) => file.faults.push(RowFault { row: row_number, column: "nik", why: fault.to_string() }),
            (_, Err(fault)) => file.faults.push(RowFault { row: row_number, column: "tanggal", why: fault.to_string() }),
        }
        Ok(())
    })?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_and_damaged_ones_set_aside() {
        let text = "nik,tanggal,jenis\n3325012609450001,2024-10-30,kunjungan_puskesmas\n33,2024-10-30,X\n3325012609450001,?,X\n";
        let file = read_activities(text.as_bytes()).unwrap();
        assert_eq!((file.read, file.activities.len(), file.faults.len()), (3, 1, 2));
        assert_eq!(file.activities[0].kind, "KUNJUNGAN_PUSKESMAS");
    }
}
