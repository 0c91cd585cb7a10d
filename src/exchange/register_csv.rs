//! The social register as a CSV file.
//!
//! A damaged NIK is never guessed: it is set aside and the row kept without it.
//! A row without a name cannot be used at all and is set aside as a whole.

use chrono::NaiveDate;

use super::table::{Row, RowFault, Table, TableFault};
use crate::domain::calendar::{DateFault, parse_date};
use crate::domain::claim::BankAccount;
use crate::domain::identity::{FamilyCard, Nik, NumberFault, Sex};
use crate::domain::region::RegionCode;
use crate::domain::register::{Resident, ResidentStatus};

/// How many faults are kept with their reason; the counts go on.
const FAULTS_MAX: usize = 10_000;

/// What happened to the rows of a register file: `read` is always `accepted + set_aside`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterReport {
    /// Rows of the file.
    pub read: usize,
    /// Rows taken.
    pub accepted: usize,
    /// Rows that could not be taken.
    pub set_aside: usize,
    /// Rows and values set aside, and why; at most [`FAULTS_MAX`].
    pub faults: Vec<RowFault>,
}

/// Reads a register row by row, so that a whole kabupaten's never lies in memory twice.
///
/// Columns are those of the sample register; only `nik` and `nama` are needed.
///
/// # Errors
/// [`TableFault`] when the file is no table or lacks these two columns, or whatever `take` returns.
pub fn each_resident<E: From<TableFault>>(bytes: &[u8], mut take: impl FnMut(Resident) -> Result<(), E>) -> Result<RegisterReport, E> {
    let table = Table::open(bytes)?;
    table.require(&["nik", "nama"])?;
    let mut report = RegisterReport::default();
    table.each_row(|number, row| report.add(number, row).map_or(Ok(()), &mut take))?;
    Ok(report)
}

impl RegisterReport {
    fn add(&mut self, number: usize, row: &Row<'_>) -> Option<Resident> {
        self.read += 1;
        let mut reading = Reading { number, row, faults: Vec::new() };
        let resident = if row.cell("nama").is_empty() {
            reading.fault("nama", "nama kosong, baris disisihkan".to_owned());
            self.set_aside += 1;
            None
        } else {
            self.accepted += 1;
            Some(reading.resident())
        };
        let room = FAULTS_MAX.saturating_sub(self.faults.len());
        self.faults.extend(reading.faults.into_iter().take(room));
        resident
    }
}

struct Reading<'a> {
    number: usize,
    row: &'a Row<'a>,
    faults: Vec<RowFault>,
}

impl Reading<'_> {
    fn resident(&mut self) -> Resident {
        Resident {
            register_id: self.register_id(),
            nik: self.nik(),
            family_card: self.family_card(),
            name: self.text("nama"),
            birth_place: self.text("tmp_lahir"),
            born_on: self.date("tgl_lahir"),
            sex: self.sex(),
            family_role: self.text("shdk").to_uppercase(),
            marital_status: self.text("status_kawin"),
            occupation: self.text("pekerjaan").to_uppercase(),
            mother: self.text("nama_ibu"),
            father: self.text("nama_ayah"),
            street: self.text("alamat"),
            hamlet: self.text("dusun"),
            rt: self.text("rt"),
            rw: self.text("rw"),
            village: self.village(),
            decile: self.decile(),
            pkh: self.yes("pkh"),
            sembako: self.yes("sembako"),
            pbi: self.yes("pbi_jk"),
            status: self.status(),
            died_on: self.date("tgl_meninggal"),
            account: self.account(),
        }
    }

    fn text(&self, column: &str) -> String {
        self.row.cell(column).to_owned()
    }

    fn fault(&mut self, column: &'static str, why: String) {
        self.faults.push(RowFault { row: self.number, column, why });
    }

    fn register_id(&self) -> String {
        let id = self.row.cell("id_dtsen");
        if id.is_empty() { format!("baris-{}", self.number) } else { id.to_owned() }
    }

    fn nik(&mut self) -> Option<Nik> {
        match Nik::parse(self.row.cell("nik")) {
            Ok(nik) => Some(nik),
            Err(NumberFault::Empty | NumberFault::Placeholder) => None,
            Err(fault) => {
                self.fault("nik", format!("{fault}; NIK disisihkan, baris tetap dipakai"));
                None
            }
        }
    }

    fn family_card(&mut self) -> Option<FamilyCard> {
        match FamilyCard::parse(self.row.cell("no_kk")) {
            Ok(card) => Some(card),
            Err(NumberFault::Empty) => None,
            Err(fault) => {
                self.fault("no_kk", format!("{fault}; nomor KK disisihkan"));
                None
            }
        }
    }

    fn date(&mut self, column: &'static str) -> Option<NaiveDate> {
        match parse_date(self.row.cell(column)) {
            Ok(date) => Some(date),
            Err(DateFault::Empty) => None,
            Err(fault) => {
                self.fault(column, format!("{fault}; tanggal disisihkan"));
                None
            }
        }
    }

    fn sex(&mut self) -> Option<Sex> {
        let cell = self.row.cell("jenis_kelamin");
        let sex = Sex::parse(cell);
        if sex.is_none() && !cell.is_empty() {
            self.fault("jenis_kelamin", "jenis kelamin harus L atau P; disisihkan".to_owned());
        }
        sex
    }

    fn village(&mut self) -> Option<RegionCode> {
        let village = RegionCode::parse_village(self.row.cell("kode_desa"));
        if let Err(fault) = &village {
            self.fault("kode_desa", format!("{fault}; kode desa disisihkan"));
        }
        village.ok()
    }

    fn decile(&mut self) -> Option<u8> {
        let cell = self.row.cell("desil");
        let decile = cell.parse().ok().filter(|decile| (1..=10).contains(decile));
        if decile.is_none() && !matches!(cell, "" | "-") {
            self.fault("desil", "desil harus 1 sampai 10; disisihkan".to_owned());
        }
        decile
    }

    fn yes(&self, column: &str) -> bool {
        matches!(self.row.cell(column).to_uppercase().as_str(), "YA" | "Y" | "1")
    }

    fn status(&mut self) -> ResidentStatus {
        let status = ResidentStatus::parse(self.row.cell("status"));
        if status.is_none() {
            self.fault("status", "status tidak dikenal; dianggap HIDUP".to_owned());
        }
        status.unwrap_or(ResidentStatus::Alive)
    }

    fn account(&self) -> Option<BankAccount> {
        let number = self.text("no_rekening");
        (!number.is_empty()).then(|| BankAccount { bank: self.text("bank"), number, holder: self.text("nama") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id_dtsen;nik;no_kk;nama;tgl_lahir;jenis_kelamin;kode_desa;desil;status;tgl_meninggal";

    struct File {
        residents: Vec<Resident>,
        report: RegisterReport,
    }

    fn check(line: &str, expected: &[(&str, &str)]) -> File {
        let mut residents = Vec::new();
        let take = |resident| {
            residents.push(resident);
            Ok::<(), TableFault>(())
        };
        let report = each_resident(format!("{HEAD}\n{line}\n").as_bytes(), take).unwrap();
        let faults: Vec<(&str, bool)> =
            report.faults.iter().zip(expected).map(|(fault, (_, why))| (fault.column, fault.why.contains(why))).collect();
        assert_eq!(faults, expected.iter().map(|(column, _)| (*column, true)).collect::<Vec<_>>(), "{:?}", report.faults);
        assert_eq!(report.faults.len(), expected.len());
        assert_eq!(report.read, residents.len() + report.set_aside);
        File { residents, report }
    }

    #[test]
    fn a_whole_row_is_read() {
        let file = check("DT1;'3325010903430001;3325012005110001;RATMIN;09/03/1943;L;3325012006;1;MENINGGAL;2025-11-28", &[]);
        let row = &file.residents[0];
        assert_eq!(row.nik, Nik::parse("3325010903430001").ok());
        assert_eq!(row.born_on, NaiveDate::from_ymd_opt(1943, 3, 9));
        assert_eq!((row.status, row.decile), (ResidentStatus::Dead, Some(1)));
        assert_eq!(row.village, RegionCode::parse("33.25.01.2006").ok());
    }

    #[test]
    fn a_damaged_nik_is_set_aside_and_never_guessed() {
        for nik in ["3.32501E+15", "332501090343000", "33250109034300O1"] {
            let file = check(&format!("DT1;{nik};;RATMIN;;L;33.25.01.2006;;HIDUP;"), &[("nik", "NIK disisihkan")]);
            assert_eq!(file.residents[0].nik, None);
        }
    }

    #[test]
    fn a_missing_nik_is_no_fault() {
        check("DT1;;;RATMIN;;;33.25.01.2006;;;", &[]);
        check("DT1;9999999999999996;;RATMIN;;;33.25.01.2006;;;", &[]);
    }

    #[test]
    fn each_unreadable_value_is_named_and_the_row_kept() {
        let file = check(
            "DT1;3325010903430001;12;RATMIN;31-02-1943;X;99;11;RAIB;kemarin",
            &[
                ("no_kk", "16 angka"),
                ("tgl_lahir", "kalender"),
                ("jenis_kelamin", "L atau P"),
                ("kode_desa", "kode wilayah"),
                ("desil", "1 sampai 10"),
                ("status", "HIDUP"),
                ("tgl_meninggal", "tanggal"),
            ],
        );
        assert_eq!(file.residents.len(), 1);
    }

    #[test]
    fn a_row_without_a_name_is_set_aside_and_counted() {
        let file = check("DT1;3325010903430001;;;;;;;;", &[("nama", "disisihkan")]);
        assert_eq!((file.report.read, file.report.set_aside), (1, 1));
    }
}
