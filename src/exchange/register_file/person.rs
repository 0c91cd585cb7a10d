//! A row of cells becomes a resident, with a note on everything that was not as it should be.

use chrono::NaiveDate;

use super::columns::Columns;
use super::field::Field;
use super::note::{Flag, Note, Weight};
use super::survey::Survey;
use super::value::{
    DayReading, NumberReading, PlaceNames, Villages, names_a_day, read_day, read_decile, read_neighbourhood, read_neighbourhoods,
    read_number, read_sex, read_status, read_yes, split_birth, without_zero_fraction,
};
use crate::domain::claim::BankAccount;
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::region::RegionCode;
use crate::domain::register::{Resident, ResidentStatus};
use crate::exchange::sheet::{Cell, Row};

/// What is the same for all rows of a file.
pub(super) struct Reading<'a> {
    pub(super) columns: &'a Columns,
    pub(super) survey: &'a Survey,
    pub(super) today: NaiveDate,
    pub(super) villages: Villages,
}

/// A row as it was understood.
pub(super) struct Person {
    pub(super) resident: Resident,
    /// NIK as it stands in the row, also where it is doubted and therefore not the resident's.
    pub(super) nik: Option<String>,
    pub(super) notes: Vec<Note>,
}

impl Reading<'_> {
    pub(super) fn person(&mut self, row: &Row<'_>, number: usize) -> Person {
        let mut cells = Cells { row, columns: self.columns, survey: self.survey, today: self.today, notes: Vec::new() };
        let c = self.columns;
        let (birth_place, born_on) = cells.birth();
        let (rt, rw) = cells.neighbourhood();
        let (nik, nik_written) = cells.nik();
        let name = cells.text(c.name);
        let resident = Resident {
            register_id: cells.register_id(number),
            nik,
            family_card: cells.family_card(),
            birth_place,
            born_on,
            sex: cells.sex(),
            family_role: cells.capitals(c.family_role),
            marital_status: cells.text(c.marital_status),
            occupation: cells.capitals(c.occupation),
            mother: cells.text(c.mother),
            father: cells.text(c.father),
            street: cells.text(c.street),
            hamlet: cells.text(c.hamlet),
            rt,
            rw,
            village: cells.village(&mut self.villages),
            decile: cells.decile(),
            pkh: cells.yes(c.pkh, Field::Pkh),
            sembako: cells.yes(c.sembako, Field::Sembako),
            pbi: cells.yes(c.pbi, Field::Pbi),
            status: cells.status(),
            died_on: cells.died_on(),
            account: cells.account(&name),
            name,
        };
        Person { resident, nik: nik_written, notes: cells.notes }
    }
}

struct Cells<'a> {
    row: &'a Row<'a>,
    columns: &'a Columns,
    survey: &'a Survey,
    today: NaiveDate,
    notes: Vec<Note>,
}

impl<'a> Cells<'a> {
    fn cell(&self, at: Option<usize>) -> Cell<'a> {
        at.map(|at| self.row.cell(at)).unwrap_or_default()
    }

    /// The text with single blanks between its words.
    fn text(&self, at: Option<usize>) -> String {
        let text = self.cell(at).text;
        let is_plain = !text.contains("  ") && text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
        if is_plain { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    /// The text in capitals, which it nearly always has already.
    fn capitals(&self, at: Option<usize>) -> String {
        let text = self.text(at);
        if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase()) { text } else { text.to_uppercase() }
    }

    fn set_aside(&mut self, field: Field, flag: Option<Flag>, why: String) {
        self.notes.push(Note { field, weight: Weight::SetAside, flag, why });
    }

    fn repaired(&mut self, field: Field, why: &str) {
        self.notes.push(Note { field, weight: Weight::Repaired, flag: None, why: why.to_owned() });
    }

    fn register_id(&self, number: usize) -> String {
        match self.cell(self.columns.register_id).text.trim_start_matches(['\'', '`']) {
            "" => format!("baris-{number}"),
            id => without_zero_fraction(id).to_owned(),
        }
    }

    fn nik(&mut self) -> (Option<Nik>, Option<String>) {
        let field = Field::Nik;
        match read_number(self.cell(self.columns.nik), self.survey.loses_nik_digits) {
            NumberReading::Whole(digits, repaired) => {
                if let Some(why) = repaired {
                    self.repaired(field, why);
                }
                if !names_a_day(&digits) {
                    let why = "NIK: angka ke-7 sampai ke-12 bukan tanggal lahir; periksa pada KTP atau KK".to_owned();
                    self.notes.push(Note { field, weight: Weight::Doubted, flag: Some(Flag::NikOdd), why });
                }
                (Nik::parse(&digits).ok(), Some(digits))
            }
            NumberReading::Empty => {
                self.set_aside(field, Some(Flag::NikMissing), "NIK kosong".to_owned());
                (None, None)
            }
            NumberReading::Placeholder => {
                self.set_aside(field, Some(Flag::NikPlaceholder), "nomor pengganti \"tidak punya NIK\"".to_owned());
                (None, None)
            }
            NumberReading::Doubtful(digits, why) => {
                self.set_aside(field, Some(Flag::NikDoubtful), format!("NIK: {why}"));
                (None, Some(digits))
            }
            NumberReading::Lost(why) => {
                self.set_aside(field, Some(Flag::NikLost), format!("NIK {why}"));
                (None, None)
            }
        }
    }

    fn family_card(&mut self) -> Option<FamilyCard> {
        let field = Field::FamilyCard;
        let why = match read_number(self.cell(self.columns.family_card), self.survey.loses_card_digits) {
            NumberReading::Whole(digits, repaired) => {
                if let Some(why) = repaired {
                    self.repaired(field, why);
                }
                return FamilyCard::parse(&digits).ok();
            }
            NumberReading::Empty | NumberReading::Placeholder => return None,
            NumberReading::Doubtful(_, why) => why.to_owned(),
            NumberReading::Lost(why) => why,
        };
        self.set_aside(field, None, format!("nomor KK {why}"));
        None
    }

    fn birth(&mut self) -> (String, Option<NaiveDate>) {
        let (place, date) = (self.columns.birth_place, self.columns.born_on);
        let joined = self.cell(self.columns.birth);
        let (joined_place, joined_date) = split_birth(joined.text);
        let born_on = if date.is_some() { self.cell(date) } else { Cell { text: joined_date, kind: joined.kind } };
        let place = if place.is_some() { self.text(place) } else { joined_place.to_owned() };
        (place, self.day(born_on, Field::BornOn, Some(Flag::BirthLost)))
    }

    fn died_on(&mut self) -> Option<NaiveDate> {
        self.day(self.cell(self.columns.died_on), Field::DiedOn, None)
    }

    fn day(&mut self, cell: Cell<'_>, field: Field, flag: Option<Flag>) -> Option<NaiveDate> {
        match read_day(cell, self.today) {
            DayReading::Empty => None,
            DayReading::Day(_, None) if self.survey.month_first && cell.text.contains('/') => {
                self.set_aside(field, flag, "berkas ini menulis bulan di depan hari; tanggalnya tidak dapat dipastikan".to_owned());
                None
            }
            DayReading::Day(day, repaired) => {
                if let Some(how) = repaired {
                    self.repaired(field, &format!("tanggal dibaca dari {how}"));
                }
                Some(day)
            }
            DayReading::Lost(why) => {
                self.set_aside(field, flag, why);
                None
            }
        }
    }

    fn sex(&mut self) -> Option<crate::domain::identity::Sex> {
        let text = self.cell(self.columns.sex).text;
        let sex = read_sex(text);
        if sex.is_none() && !matches!(text, "" | "-") {
            self.set_aside(Field::Sex, None, "jenis kelamin harus L atau P".to_owned());
        }
        sex
    }

    fn neighbourhood(&self) -> (String, String) {
        let c = self.columns;
        if c.rt.is_none() && c.rw.is_none() {
            return read_neighbourhoods(self.cell(c.rt_and_rw).text);
        }
        (read_neighbourhood(self.cell(c.rt).text), read_neighbourhood(self.cell(c.rw).text))
    }

    fn village(&mut self, villages: &mut Villages) -> Option<RegionCode> {
        let code = without_zero_fraction(self.cell(self.columns.village).text.trim_start_matches(['\'', '`']));
        if let Some(village) = villages.by_code(code) {
            return Some(village);
        }
        let (field, name) =
            if code.is_empty() { (Field::VillageName, self.columns.village_name) } else { (Field::Village, self.columns.village) };
        let names = PlaceNames {
            village: self.text(name),
            kecamatan: self.text(self.columns.kecamatan_name),
            kabupaten: self.text(self.columns.kabupaten_name),
        };
        if names.village.is_empty() {
            self.set_aside(field, None, "desa tidak tertulis".to_owned());
            return None;
        }
        let found = villages.find(names);
        if found.is_none() {
            self.set_aside(field, None, "desa tidak dikenal; tulis kode desa, atau nama desa dan kecamatannya".to_owned());
        }
        found
    }

    fn decile(&mut self) -> Option<u8> {
        read_decile(self.cell(self.columns.decile).text).unwrap_or_else(|_unreadable| {
            self.set_aside(Field::Decile, None, "desil harus 1 sampai 10".to_owned());
            None
        })
    }

    fn yes(&mut self, at: Option<usize>, field: Field) -> bool {
        read_yes(self.cell(at).text).unwrap_or_else(|| {
            self.set_aside(field, None, "harus YA atau TIDAK; dianggap TIDAK".to_owned());
            false
        })
    }

    fn status(&mut self) -> ResidentStatus {
        read_status(self.cell(self.columns.status).text).unwrap_or_else(|| {
            self.set_aside(Field::Status, None, "status tidak dikenal; dianggap HIDUP".to_owned());
            ResidentStatus::Alive
        })
    }

    fn account(&mut self, holder: &str) -> Option<BankAccount> {
        let number = self.cell(self.columns.account).text.trim_start_matches(['\'', '`', '=']).trim_matches('"');
        if number.is_empty() || number == "-" {
            return None;
        }
        if number.contains(['E', 'e']) && number.contains('+') {
            self.set_aside(Field::Account, None, "nomor rekening rusak oleh Excel".to_owned());
            return None;
        }
        let number = without_zero_fraction(number).to_owned();
        Some(BankAccount { bank: self.text(self.columns.bank), number, holder: holder.to_owned() })
    }
}
