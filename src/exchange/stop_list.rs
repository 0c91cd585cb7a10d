//! Stop lists for other programmes: who receives them and with which columns is data, a small TOML for each programme.

use chrono::NaiveDate;
use serde::Deserialize;

use super::table_file::{Cell, TableSheet};
use crate::domain::calendar::short_date;
use crate::domain::claim::ClaimContent;
use crate::domain::stop_list::{RowKind, StopListRefused};

/// Programmes that come with the program.
const BUILT_IN: [(&str, &str); 3] = [
    ("pkh", include_str!("../../fixtures/stop_lists/pkh.toml")),
    ("sembako", include_str!("../../fixtures/stop_lists/sembako.toml")),
    ("pbi-jk", include_str!("../../fixtures/stop_lists/pbi-jk.toml")),
];

/// Most columns of a list.
const COLUMNS_MAX: usize = 40;

/// A programme that receives lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Short name, also of its file: `pkh`.
    pub name: String,
    /// Name on pages.
    pub title: String,
    /// Name of the files without their ending, with `{nomor}` and `{tanggal}`.
    pub file_name: String,
    /// Columns in their order.
    pub column: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub field: Field,
    /// The text of a column that is always the same.
    #[serde(default)]
    pub text: String,
}

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Field {
    /// Row on the list, from 1.
    #[serde(rename = "nomor_urut")]
    Row,
    /// Number of the list.
    #[serde(rename = "nomor_daftar")]
    List,
    /// HENTI or CABUT.
    #[serde(rename = "tindakan")]
    Kind,
    /// NIK, whole: the other programme finds the person by it.
    #[serde(rename = "nik")]
    Nik,
    /// Family card, if the claim names it.
    #[serde(rename = "no_kk")]
    FamilyCard,
    /// Name of the deceased.
    #[serde(rename = "nama")]
    Name,
    /// `L` or `P`.
    #[serde(rename = "jenis_kelamin")]
    Sex,
    /// Date of birth.
    #[serde(rename = "tgl_lahir")]
    BornOn,
    /// Day of death.
    #[serde(rename = "tgl_meninggal")]
    DiedOn,
    /// Number of the village's death letter.
    #[serde(rename = "no_surat_kematian")]
    DeathLetter,
    /// Street, RT and RW.
    #[serde(rename = "alamat")]
    Address,
    /// Village by name.
    #[serde(rename = "desa")]
    Village,
    /// Kecamatan by name.
    #[serde(rename = "kecamatan")]
    Kecamatan,
    /// Day of the decision.
    #[serde(rename = "tgl_keputusan")]
    ConfirmedOn,
    /// Code of the claim.
    #[serde(rename = "kode_permohonan")]
    Claim,
    /// The column's own text.
    #[serde(rename = "tetap")]
    Fixed,
}

/// The programmes an office can list for.
#[derive(Debug, Clone)]
pub struct Programmes(Vec<(String, Result<Programme, String>)>);

impl Programmes {
    /// The office's own descriptions, as file name and bytes, before those of the program.
    pub fn with_own(own: &[(String, Vec<u8>)]) -> Self {
        let stem = |file: &str| file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        let mut entries: Vec<(String, Result<Programme, String>)> = own
            .iter()
            .map(|(file, bytes)| (stem(file), std::str::from_utf8(bytes).map_err(|e| e.to_string()).and_then(|t| parse(&stem(file), t))))
            .collect();
        for (name, text) in BUILT_IN {
            if !entries.iter().any(|(known, _)| known == name) {
                entries.push((name.to_owned(), parse(name, text)));
            }
        }
        Self(entries)
    }

    /// The programme of this name.
    ///
    /// # Errors
    /// [`StopListRefused::Unknown`], [`StopListRefused::Broken`].
    pub fn find(&self, name: &str) -> Result<&Programme, StopListRefused> {
        match self.0.iter().find(|(known, _)| known == name) {
            Some((_, Ok(programme))) => Ok(programme),
            Some((_, Err(why))) => Err(StopListRefused::Broken(name.to_owned(), why.clone())),
            None => {
                let known = self.0.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                Err(StopListRefused::Unknown { name: name.to_owned(), known })
            }
        }
    }

    /// Programmes that can be used.
    pub fn all(&self) -> impl Iterator<Item = &Programme> {
        self.0.iter().filter_map(|(_, read)| read.as_ref().ok())
    }
}

/// Reads a programme's description.
fn parse(name: &str, text: &str) -> Result<Programme, String> {
    let programme: Programme = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|why| why.message().to_owned())?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let bare = programme.file_name.replace("{nomor}", "").replace("{tanggal}", "");
    if programme.name != name {
        return Err(format!("name = \"{}\" harus sama dengan nama berkasnya", programme.name));
    }
    if !programme.file_name.contains("{nomor}") || !bare.chars().all(plain) {
        return Err("file_name memuat {nomor}, dan selain itu hanya huruf, angka, titik, dan tanda hubung".to_owned());
    }
    if programme.column.is_empty() || programme.column.len() > COLUMNS_MAX {
        return Err(format!("tulis 1 sampai {COLUMNS_MAX} kolom"));
    }
    let has = |field| programme.column.iter().any(|column| column.field == field);
    if !has(Field::Nik) || !has(Field::Kind) {
        return Err("kolom nik dan tindakan wajib ada: tanpa keduanya daftar tidak dapat dijalankan".to_owned());
    }
    Ok(programme)
}

/// A list to be written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Number of the list.
    pub number: i64,
    /// Day it is made (WIB).
    pub made_on: NaiveDate,
    /// Sum of the last four digits of every NIK.
    pub control: i64,
    /// Its rows.
    pub rows: &'a [PersonRow],
}

/// Somebody on the list.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// What is asked.
    pub kind: RowKind,
    /// Code of the claim.
    pub code: String,
    /// What the claim says about the deceased.
    pub content: ClaimContent,
    /// Village and kecamatan by name.
    pub place: (String, String),
    /// Day of the decision.
    pub confirmed_on: NaiveDate,
}

impl Programme {
    /// Name of the files of a list, without their ending.
    pub fn file_stem(&self, number: i64, on: NaiveDate) -> String {
        self.file_name.replace("{nomor}", &format!("{number:03}")).replace("{tanggal}", &on.format("%Y%m%d").to_string())
    }

    /// The list as sheets: the rows, and what they add up to.
    pub fn sheets(&self, list: &Written<'_>) -> [TableSheet; 2] {
        let rows = (1_usize..).zip(list.rows).map(|(at, row)| self.column.iter().map(|c| cell(c, at, list, row)).collect());
        let main = TableSheet {
            name: "Daftar".to_owned(),
            columns: self.column.iter().map(|column| column.title.clone()).collect(),
            rows: rows.collect(),
        };
        let count = |kind| list.rows.iter().filter(|row| row.kind == kind).count();
        let facts = [
            ("Program", Cell::text(&self.title)),
            ("Nomor daftar", Cell::text(format!("{:03}", list.number))),
            ("Dibuat", Cell::text(short_date(list.made_on))),
            ("Jumlah baris", Cell::Count(list.rows.len())),
            ("Baris HENTI", Cell::Count(count(RowKind::Stop))),
            ("Baris CABUT", Cell::Count(count(RowKind::Withdraw))),
            ("Angka kendali (jumlah empat angka terakhir NIK)", Cell::Text(list.control.to_string())),
        ];
        let control = TableSheet {
            name: "Kendali".to_owned(),
            columns: ["Uraian", "Isi"].map(str::to_owned).to_vec(),
            rows: facts.into_iter().map(|(label, cell)| vec![Cell::text(label), cell]).collect(),
        };
        [main, control]
    }

    /// The rows with a last line of what they add up to, for a file that has no second sheet.
    pub fn one_sheet(&self, list: &Written<'_>) -> TableSheet {
        let [mut main, _control] = self.sheets(list);
        let count = |kind| list.rows.iter().filter(|row| row.kind == kind).count();
        let (stops, withdrawals) = (count(RowKind::Stop), count(RowKind::Withdraw));
        let words = format!(
            "#KENDALI daftar={:03} baris={} henti={stops} cabut={withdrawals} angka_kendali={}",
            list.number,
            list.rows.len(),
            list.control
        );
        let mut last = vec![Cell::text(""); self.column.len()];
        if let Some(first) = last.first_mut() {
            *first = Cell::Text(words);
        }
        main.rows.push(last);
        main
    }
}

fn cell(column: &Column, at: usize, list: &Written<'_>, row: &PersonRow) -> Cell {
    let (person, death) = (&row.content.deceased, &row.content.death);
    Cell::Text(match column.field {
        Field::Row => at.to_string(),
        Field::List => format!("{:03}", list.number),
        Field::Kind => row.kind.word().to_owned(),
        Field::Nik => person.nik.number.as_ref().map(|nik| nik.expose().to_owned()).unwrap_or_default(),
        Field::FamilyCard => person.family_card.as_ref().map(|card| card.expose().to_owned()).unwrap_or_default(),
        Field::Name => person.name.without_late(),
        Field::Sex => person.sex.map(|sex| sex.code().to_owned()).unwrap_or_default(),
        Field::BornOn => person.born_on.map(short_date).unwrap_or_default(),
        Field::DiedOn => short_date(death.died_on),
        Field::DeathLetter => death.letter_number.clone(),
        Field::Address => {
            let address = &person.address;
            let numbers =
                if address.rt.is_empty() && address.rw.is_empty() { String::new() } else { format!("RT {} RW {}", address.rt, address.rw) };
            [address.street.trim(), numbers.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Field::Village => row.place.0.clone(),
        Field::Kecamatan => row.place.1.clone(),
        Field::ConfirmedOn => short_date(row.confirmed_on),
        Field::Claim => row.code.clone(),
        Field::Fixed => column.text.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_programme_that_comes_along_can_be_used() {
        let programmes = Programmes::with_own(&[]);
        assert_eq!(programmes.all().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["pkh", "sembako", "pbi-jk"]);
        let pkh = programmes.find("pkh").unwrap();
        let on = NaiveDate::from_ymd_opt(2026, 6, 22).unwrap();
        assert_eq!(pkh.file_stem(7, on), "henti-pkh-007-20260622");
        assert!(matches!(programmes.find("raskin"), Err(StopListRefused::Unknown { .. })));
    }

    #[test]
    fn an_own_programme_goes_first_and_a_broken_one_is_refused_by_name() {
        let text = BUILT_IN[0].1;
        let own = |name: &str, text: &str| Programmes::with_own(&[(format!("{name}.toml"), text.as_bytes().to_vec())]);
        let renamed = own("pkh", &text.replace("(PKH)", "(PKH) Kabupaten"));
        assert!(renamed.find("pkh").unwrap().title.ends_with("Kabupaten"));
        let broken = |changed: String, words: &str| match own("pkh", &changed).find("pkh") {
            Err(StopListRefused::Broken(name, why)) => assert!(name == "pkh" && why.contains(words), "{why}"),
            other => panic!("{other:?}"),
        };
        broken(text.replace("field = \"nik\"", "field = \"nik_ibu\""), "nik_ibu");
        broken(text.replace("field = \"nik\"", "field = \"nama\""), "kolom nik dan tindakan");
        broken(text.replace("{nomor}", "satu"), "{nomor}");
        broken(text.replace("henti-pkh-", "../henti-"), "hanya huruf");
        broken(text.replace("name = \"pkh\"", "name = \"lain\""), "sama dengan nama berkasnya");
        assert!(own("blt", &text.replace("name = \"pkh\"", "name = \"blt\"")).find("blt").is_ok());
    }
}
