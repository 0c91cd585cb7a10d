//! What became of a file's rows: counts that add up, and one line per row.

use std::io::Write;

use chrono::NaiveDate;

use super::note::{Flag, Note, Weight};
use crate::domain::register::Resident;
use crate::exchange::table::RowFault;

/// How many faults are kept with their reason; the counts go on.
const FAULTS_MAX: usize = 10_000;

/// One row of the register, in the order of the file.
#[derive(Debug, Clone)]
pub struct ReadRow {
    /// Counted from 1, without titles, column names, blank lines and totals.
    pub number: usize,
    /// The NIK as it was understood; also given where it is doubted.
    pub nik: Option<String>,
    /// The date of birth as it was understood.
    pub born_on: Option<NaiveDate>,
    /// What becomes of the row.
    pub fate: Fate,
    /// Everything that was not as it should be.
    pub notes: Vec<Note>,
}

/// What becomes of a row.
#[derive(Debug, Clone)]
pub enum Fate {
    /// It is taken, without the values that were set aside.
    Accepted(Box<Resident>),
    /// It says nothing that the row of this number has not said.
    Repeats(usize),
    /// It cannot be used at all.
    SetAside,
}

/// What happened to the lines below the column names: `read` is always `accepted + set_aside + repeated + other_lines`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterReport {
    /// Lines with something in them.
    pub read: usize,
    /// Rows taken.
    pub accepted: usize,
    /// Rows that could not be taken.
    pub set_aside: usize,
    /// Rows that only repeat another one.
    pub repeated: usize,
    /// Column names once more, totals, signatures.
    pub other_lines: usize,
    /// Accepted rows without a usable NIK.
    pub without_nik: usize,
    /// Rows of which something was read in spite of its form.
    pub repaired: usize,
    /// Rows with each flag.
    pub flagged: std::collections::BTreeMap<&'static str, usize>,
    /// Rows whose NIK a spreadsheet has damaged, by village; under no name where the row names none.
    pub unreadable: std::collections::BTreeMap<String, usize>,
    /// Rows and values set aside, and why; at most [`FAULTS_MAX`].
    pub faults: Vec<RowFault>,
}

impl RegisterReport {
    /// Rows of the register, whatever became of them.
    pub fn rows(&self) -> usize {
        self.accepted + self.set_aside + self.repeated
    }

    /// What to do about numbers a spreadsheet has damaged, in one sentence; none where every number can be read.
    pub fn advice(&self) -> Option<String> {
        let rows: usize = self.unreadable.values().sum();
        (rows > 0).then(|| {
            format!(
                "{rows} baris NIK-nya tidak terbaca: Excel hanya menyimpan 15 angka, jadi angka terakhir atau terdepan hilang dan tidak \
                 dapat ditebak. Ekspor ulang dari aplikasi asalnya sebagai CSV, atau ubah format kolom NIK dan KK menjadi Teks sebelum \
                 angkanya diisi. Sampai itu dilakukan, warga pada baris itu tidak ditemukan menurut NIK."
            )
        })
    }

    pub(super) fn count(&mut self, row: &ReadRow) {
        self.read += 1;
        match &row.fate {
            Fate::Accepted(resident) => {
                self.accepted += 1;
                self.without_nik += usize::from(resident.nik.is_none());
            }
            Fate::Repeats(_) => self.repeated += 1,
            Fate::SetAside => self.set_aside += 1,
        }
        if row.flags().any(|flag| matches!(flag, Flag::NikLost | Flag::NikDoubtful)) {
            let village = match &row.fate {
                Fate::Accepted(resident) => resident.village.as_ref().map(ToString::to_string),
                Fate::Repeats(_) | Fate::SetAside => None,
            };
            *self.unreadable.entry(village.unwrap_or_default()).or_default() += 1;
        }
        self.repaired += usize::from(row.notes.iter().any(|note| note.weight == Weight::Repaired));
        for flag in row.flags() {
            *self.flagged.entry(flag.code()).or_default() += 1;
        }
        let room = FAULTS_MAX.saturating_sub(self.faults.len());
        let faults = row.notes.iter().filter(|note| note.weight != Weight::Repaired && note.flag != Some(Flag::NikMissing)).take(room);
        self.faults.extend(faults.map(|note| RowFault { row: row.number, column: note.field.word(), why: note.why.clone() }));
    }
}

impl ReadRow {
    /// The marks of the row.
    pub fn flags(&self) -> impl Iterator<Item = Flag> {
        self.notes.iter().filter_map(|note| note.flag)
    }

    /// Everything that is to be said about the row, in one sentence; empty for a row as it should be.
    pub fn reason(&self) -> String {
        let mut reasons: Vec<String> = self.notes.iter().map(|note| format!("{}: {}", note.field.word(), note.why)).collect();
        if let Fate::Repeats(row) = self.fate {
            reasons.insert(0, format!("baris berulang, sama dengan baris {row}"));
        }
        reasons.join("; ")
    }
}

/// The report file: one line per row, `row,nik,tgl_lahir,flag,reason`. It holds full NIK and belongs to the office alone.
#[derive(Debug)]
pub struct RowsFile<W: Write>(csv::Writer<W>);

impl<W: Write> RowsFile<W> {
    /// Begins the file with its column names.
    ///
    /// # Errors
    /// [`csv::Error`] when it cannot be written.
    pub fn begin(out: W) -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(["row", "nik", "tgl_lahir", "flag", "reason"])?;
        Ok(Self(writer))
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`csv::Error`] when it cannot be written.
    pub fn add(&mut self, row: &ReadRow) -> Result<(), csv::Error> {
        let flags: Vec<&str> = row.flags().map(Flag::code).collect();
        let born_on = row.born_on.map(|day| day.to_string()).unwrap_or_default();
        let nik = row.nik.as_deref().unwrap_or_default();
        self.0.write_record([&row.number.to_string(), nik, &born_on, &flags.join("+"), &row.reason()])
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`std::io::Error`] when it cannot be written.
    pub fn finish(mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
