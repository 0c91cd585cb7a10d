//! Between a register row and its columns.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::StoreError;
use super::super::convert::{RowOf, to_json};
use super::super::schema::residents;
use crate::domain::claim::BankAccount;
use crate::domain::identity::Sex;
use crate::domain::linkage::{KEYS, PersonRecord, match_keys};
use crate::domain::register::{End, Resident, ResidentStatus, Told, Version};

/// Text that is only shown, in one JSON list: places of birth, marital state, father, street, hamlet, RT, RW.
type Details<T> = [T; 7];

/// A row on its way in. Equal for both engines; empty values are written as such, so that the statement is always the same one.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = residents, treat_none_as_default_value = false)]
pub(in crate::store) struct NewRow {
    pub id: i64,
    pub office_id: String,
    pub source: String,
    pub release_id: i64,
    pub register_id: String,
    pub person: i64,
    pub seen_from: NaiveDate,
    pub superseded_on: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub row_hash: i64,
    pub nik: Option<String>,
    pub family_card: Option<String>,
    pub name: String,
    pub born_on: Option<NaiveDate>,
    pub sex: Option<String>,
    pub family_role: String,
    pub occupation: String,
    pub mother: String,
    pub village: String,
    pub decile: Option<i64>,
    pub programmes: &'static str,
    pub status: &'static str,
    pub died_on: Option<NaiveDate>,
    pub bank: String,
    pub account: String,
    pub details: String,
    pub key_1: Option<i64>,
    pub key_2: Option<i64>,
    pub key_3: Option<i64>,
    pub key_4: Option<i64>,
    pub key_5: Option<i64>,
}

/// What is the same for every row of a release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearing<'a> {
    pub office_id: &'a str,
    pub source: &'a str,
    pub release_id: i64,
    pub seen_from: NaiveDate,
}

/// A row with all its content; what is only needed to find it stays in the database.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = residents)]
pub(super) struct ResidentRow {
    pub id: i64,
    pub source: String,
    pub register_id: String,
    pub person: i64,
    pub seen_from: NaiveDate,
    pub superseded_on: Option<NaiveDate>,
    pub vanished_on: Option<NaiveDate>,
    pub row_hash: i64,
    pub nik: Option<String>,
    pub family_card: Option<String>,
    pub name: String,
    pub born_on: Option<NaiveDate>,
    pub sex: Option<String>,
    pub family_role: String,
    pub occupation: String,
    pub mother: String,
    pub village: String,
    pub decile: Option<i64>,
    pub programmes: String,
    pub status: String,
    pub died_on: Option<NaiveDate>,
    pub bank: String,
    pub account: String,
    pub details: String,
}

impl NewRow {
    /// The columns of a row; its id and its end follow when its place is known.
    pub(super) fn of(bearing: Bearing<'_>, person: i64, resident: Resident) -> Result<Self, StoreError> {
        let row_hash = resident.content_hash();
        let [key_1, key_2, key_3, key_4, key_5]: [Option<i64>; KEYS] = match_keys(&PersonRecord::of(&resident));
        let programmes = programmes(&resident);
        let (bank, account) = resident.account.map(|account| (account.bank, account.number)).unwrap_or_default();
        let details: Details<&str> = [
            &resident.birth_place,
            &resident.marital_status,
            &resident.father,
            &resident.street,
            &resident.hamlet,
            &resident.rt,
            &resident.rw,
        ];
        let details = to_json(&details, "residents", &resident.register_id)?;
        Ok(Self {
            id: 0,
            office_id: bearing.office_id.to_owned(),
            source: bearing.source.to_owned(),
            release_id: bearing.release_id,
            register_id: resident.register_id,
            person,
            seen_from: bearing.seen_from,
            superseded_on: None,
            vanished_on: None,
            row_hash,
            nik: resident.nik.map(String::from),
            family_card: resident.family_card.map(String::from),
            name: resident.name,
            born_on: resident.born_on,
            sex: resident.sex.map(|sex| sex.code().to_owned()),
            family_role: resident.family_role,
            occupation: resident.occupation,
            mother: resident.mother,
            village: resident.village.map(String::from).unwrap_or_default(),
            decile: resident.decile.map(i64::from),
            programmes,
            status: resident.status.code(),
            died_on: resident.died_on,
            bank,
            account,
            details,
            key_1,
            key_2,
            key_3,
            key_4,
            key_5,
        })
    }
}

/// Words of the column; every combination is written out, so that none is made anew for each row.
const PROGRAMMES: [&str; 8] = ["", "PKH", "SEMBAKO", "PKH SEMBAKO", "PBI", "PKH PBI", "SEMBAKO PBI", "PKH SEMBAKO PBI"];

fn programmes(resident: &Resident) -> &'static str {
    let place = usize::from(resident.pkh) + 2 * usize::from(resident.sembako) + 4 * usize::from(resident.pbi);
    PROGRAMMES.get(place).copied().unwrap_or_default()
}

impl ResidentRow {
    /// The row with its source and its time.
    pub(super) fn into_told(self) -> Result<Told, StoreError> {
        let end = End { superseded_on: self.superseded_on, vanished_on: self.vanished_on };
        let version = Version { id: self.id, hash: self.row_hash, seen_from: self.seen_from, end };
        Ok(Told { source: self.source.clone(), version, resident: self.into_resident()? })
    }

    pub(super) fn into_resident(self) -> Result<Resident, StoreError> {
        let id = self.id.to_string();
        let row = RowOf { table: "residents", id: &id };
        let [birth_place, marital_status, father, street, hamlet, rt, rw]: Details<String> = row.json(&self.details)?;
        let village = if self.village.is_empty() { None } else { Some(row.region(&self.village)?) };
        let decile = self.decile.map(|d| row.known(u8::try_from(d).ok(), "decile")).transpose()?;
        let sex = self.sex.as_deref().map(|s| row.known(Sex::parse(s), "sex")).transpose()?;
        let account = (!self.account.is_empty()).then(|| BankAccount { bank: self.bank, number: self.account, holder: self.name.clone() });
        let has = |programme| self.programmes.split(' ').any(|word| word == programme);
        Ok(Resident {
            nik: row.nik(self.nik.as_deref())?,
            family_card: row.family_card(self.family_card.as_deref())?,
            status: row.known(ResidentStatus::from_code(&self.status), "status")?,
            pkh: has("PKH"),
            sembako: has("SEMBAKO"),
            pbi: has("PBI"),
            register_id: self.register_id,
            name: self.name,
            birth_place,
            born_on: self.born_on,
            sex,
            family_role: self.family_role,
            marital_status,
            occupation: self.occupation,
            mother: self.mother,
            father,
            street,
            hamlet,
            rt,
            rw,
            village,
            decile,
            died_on: self.died_on,
            account,
        })
    }
}
