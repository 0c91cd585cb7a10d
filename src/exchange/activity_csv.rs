//! Events that happened to a NIK, as a table with the columns `nik, tanggal, jenis`: text of any encoding and delimiter, or Excel.

use std::io::Cursor;

use super::sheet::limits::HEADER_LINES_MAX;
use super::sheet::{Cell, Flow, Kind, Row, Sheet};
use super::table::{RowFault, TableFault};
use crate::domain::calendar::parse_date;
use crate::domain::identity::Nik;
use crate::domain::register::Activity;

/// Columns without which an event proves nothing.
const COLUMNS: [&str; 3] = ["nik", "tanggal", "jenis"];

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

/// Reads events. The row of column names may stand below a few titles.
///
/// # Errors
/// [`TableFault`] when the file is no table or lacks one of the three columns.
pub fn read_activities(bytes: &[u8]) -> Result<ActivityFile, TableFault> {
    let mut sheet = Sheet::open(Cursor::new(bytes), &|row| COLUMNS.iter().filter(|name| place(row, name).is_some()).count())?;
    let mut file = ActivityFile::default();
    let mut header: Result<[usize; 3], &'static str> = Err("nik");
    let mut lines = 0;
    sheet.each::<TableFault>(|_, row| {
        match header {
            Ok(columns) => file.take(row, columns),
            Err(missing) => header = places(row).map_err(|absent| absent.unwrap_or(missing)),
        }
        lines += 1;
        Ok(if header.is_err() && lines >= HEADER_LINES_MAX { Flow::Stop } else { Flow::Go })
    })?;
    header.map(|_columns| file).map_err(TableFault::NoColumn)
}

/// Where the columns stand; else the first that is absent, if the row has any of the others.
fn places(row: &Row<'_>) -> Result<[usize; 3], Option<&'static str>> {
    let found = COLUMNS.map(|name| place(row, name));
    if let [Some(nik), Some(on), Some(kind)] = found {
        return Ok([nik, on, kind]);
    }
    let absent = COLUMNS.into_iter().zip(found).find(|(_, place)| place.is_none()).map(|(name, _)| name);
    Err(absent.filter(|_| found.iter().any(Option::is_some)))
}

fn place(row: &Row<'_>, name: &str) -> Option<usize> {
    row.cells().position(|cell| cell.text.eq_ignore_ascii_case(name))
}

impl ActivityFile {
    fn take(&mut self, row: &Row<'_>, [nik, on, kind]: [usize; 3]) {
        self.read += 1;
        let mut fault = |column, why: String| self.faults.push(RowFault { row: self.read, column, why });
        match (nik_of(row.cell(nik)), parse_date(row.cell(on).text)) {
            (Ok(nik), Ok(happened_on)) => {
                self.activities.push(Activity { nik, happened_on, kind: row.cell(kind).text.to_uppercase() });
            }
            (Err(why), _) => fault("nik", why),
            (_, Err(why)) => fault("tanggal", why.to_string()),
        }
    }
}

/// The number, unless it stood in a number cell of which spreadsheets may have taken the last digit.
fn nik_of(cell: Cell<'_>) -> Result<Nik, String> {
    if cell.kind == Kind::Number && cell.text.ends_with('0') {
        return Err("sel angka; angka terakhirnya mungkin hilang".to_owned());
    }
    Nik::parse(cell.text.trim_start_matches(['\'', '`'])).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "nik,tanggal,jenis\n3325012609450001,2024-10-30,kunjungan_puskesmas\n33,2024-10-30,X\n3325012609450001,?,X\n";

    fn check(bytes: &[u8]) {
        let file = read_activities(bytes).unwrap();
        let faults: Vec<_> = file.faults.iter().map(|fault| (fault.row, fault.column)).collect();
        assert_eq!((file.read, file.activities.len(), faults), (3, 1, vec![(2, "nik"), (3, "tanggal")]), "{bytes:?}");
        assert_eq!(file.activities[0].kind, "KUNJUNGAN_PUSKESMAS");
    }

    #[test]
    fn events_are_read_in_every_form_and_damaged_ones_set_aside() {
        check(TEXT.as_bytes());
        check(TEXT.replace(',', ";").replace('\n', "\r\n").as_bytes());
        check(format!("Catatan kegiatan\n\n{}", TEXT.replace(',', "\t").replace("nik", "NIK")).as_bytes());
        check(&[b"\xff\xfe".to_vec(), TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat());
        check(&[&b"\xef\xbb\xbf"[..], TEXT.as_bytes()].concat());
        check(&[&b"Kegiatan Caf\xe9\n"[..], TEXT.as_bytes()].concat());
    }

    #[test]
    fn a_file_without_one_of_the_columns_is_refused_by_its_name() {
        assert!(matches!(read_activities(b"nik,tanggal\n1,2\n"), Err(TableFault::NoColumn("jenis"))));
        assert!(matches!(read_activities(b"a,b\n1,2\n"), Err(TableFault::NoColumn("nik"))));
        assert!(matches!(read_activities(b""), Err(TableFault::Empty)));
    }
}
