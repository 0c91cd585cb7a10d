//! Written people to be found in a register, and the answer, as CSV files.

use super::table::{Row, RowFault, Table, TableFault};
use crate::domain::calendar::{DateFault, parse_date};
use crate::domain::identity::{Nik, NumberFault, Sex};
use crate::domain::linkage::PersonRecord;
use crate::domain::region::RegionCode;

/// One written person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenPerson {
    /// Id of the question in its file.
    pub qid: String,
    /// What was written.
    pub person: PersonRecord,
}

/// The questions of a file.
#[derive(Debug, Default)]
pub struct MatchFile {
    /// The written people, in the order of the file.
    pub people: Vec<WrittenPerson>,
    /// Values that could not be read; the person is looked for by the others.
    pub faults: Vec<RowFault>,
}

/// One row of the register that is a written person.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchLine<'a> {
    /// Id of the question.
    pub qid: &'a str,
    /// The register row.
    pub register_id: &'a str,
    /// Probability that it is the person.
    pub score: f64,
}

/// Reads `qid, nik, nama, tgl_lahir, jenis_kelamin, kode_desa, nama_ibu`; all but the first and the name may be empty.
///
/// # Errors
/// [`TableFault`] when the file is no table or lacks `qid` or `nama`.
pub fn read_people(bytes: &[u8]) -> Result<MatchFile, TableFault> {
    let table = Table::open(bytes)?;
    table.require(&["qid", "nama"])?;
    let mut file = MatchFile::default();
    table.each_row::<TableFault>(|number, row| {
        let mut fault = |column, why: String| file.faults.push(RowFault { row: number, column, why });
        let person = PersonRecord {
            nik: nik(row, &mut fault),
            family_card: None,
            name: row.cell("nama").to_owned(),
            born_on: born_on(row, &mut fault),
            sex: Sex::parse(row.cell("jenis_kelamin")),
            village: RegionCode::parse_village(row.cell("kode_desa")).ok(),
            mother: row.cell("nama_ibu").to_owned(),
        };
        file.people.push(WrittenPerson { qid: row.cell("qid").to_owned(), person });
        Ok(())
    })?;
    Ok(file)
}

fn nik(row: &Row<'_>, fault: &mut impl FnMut(&'static str, String)) -> Option<Nik> {
    match Nik::parse(row.cell("nik")) {
        Ok(nik) => Some(nik),
        Err(NumberFault::Empty | NumberFault::Placeholder) => None,
        Err(why) => {
            fault("nik", why.to_string());
            None
        }
    }
}

fn born_on(row: &Row<'_>, fault: &mut impl FnMut(&'static str, String)) -> Option<chrono::NaiveDate> {
    match parse_date(row.cell("tgl_lahir")) {
        Ok(born_on) => Some(born_on),
        Err(DateFault::Empty) => None,
        Err(why) => {
            fault("tgl_lahir", why.to_string());
            None
        }
    }
}

/// Writes `qid, id_dtsen, score`: the score is a probability with six decimals. A person who is nobody in the register has no line.
///
/// # Errors
/// [`csv::Error`] when a line cannot be written.
pub fn write_answers(lines: &[MatchLine<'_>]) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["qid", "id_dtsen", "score"])?;
    for line in lines {
        out.write_record([line.qid, line.register_id, &format!("{:.6}", line.score)])?;
    }
    out.into_inner().map_err(|stopped| csv::Error::from(stopped.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_as_written_and_an_unreadable_value_is_named() {
        let text = "qid,nik,nama,tgl_lahir,jenis_kelamin,kode_desa,nama_ibu\nQ1,3325,ALM. RATMIN,1943-03-09,L,33.25.01.2006,\nQ2,,SITI,31-02-1950,,,\n";
        let file = read_people(text.as_bytes()).unwrap();
        assert_eq!(file.people.len(), 2);
        assert_eq!(file.people[0].person.name, "ALM. RATMIN");
        assert!(file.people[0].person.village.is_some());
        assert_eq!(file.people[1].person.born_on, None);
        assert_eq!(file.faults.iter().map(|fault| (fault.row, fault.column)).collect::<Vec<_>>(), [(1, "nik"), (2, "tgl_lahir")]);
    }

    #[test]
    fn an_answer_has_one_line_a_row() {
        let lines = [MatchLine { qid: "Q1", register_id: "DT1", score: 0.98 }];
        assert_eq!(write_answers(&lines).unwrap(), b"qid,id_dtsen,score\nQ1,DT1,0.980000\n");
    }
}
