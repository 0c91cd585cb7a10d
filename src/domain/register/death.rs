//! Tombstones: a death that was recorded once is known for good.

use chrono::NaiveDate;

use super::{Dataset, LINE_ID, Resident, ResidentStatus};
use crate::domain::claim::ClaimContent;
use crate::domain::identity::{NameLikeness, Nik, compare_names};

/// Name of the source of deaths that claims recorded.
const CLAIM_SOURCE: &str = "permohonan";

/// A recorded death. A later release that has the person alive does not undo it; it disagrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    /// Who recorded it, and in which release.
    pub dataset: Dataset,
    /// Id of the row in that source; of the row taken for the deceased if a claim recorded the death, empty if none was.
    pub register_id: String,
    /// Code of the approved claim that recorded it; empty if a register did.
    pub claim_code: String,
    /// NIK of the deceased, as recorded.
    pub nik: Option<Nik>,
    /// Name of the deceased, as recorded.
    pub name: String,
    /// Birth date.
    pub born_on: Option<NaiveDate>,
    /// Day of death; sources sometimes know only that somebody died.
    pub died_on: Option<NaiveDate>,
}

impl Death {
    /// The death a register row records, if it does.
    pub fn of_row(row: &Resident, dataset: impl FnOnce() -> Dataset) -> Option<Self> {
        (row.status == ResidentStatus::Dead).then(|| Self {
            dataset: dataset(),
            register_id: row.register_id.clone(),
            claim_code: String::new(),
            nik: row.nik.clone(),
            name: row.name.clone(),
            born_on: row.born_on,
            died_on: row.died_on,
        })
    }

    /// The deaths an approved claim records: one for every register row that was taken for the deceased. Where there is none,
    /// the claimed number stands for the person; without a number nobody could be found by it again.
    pub fn of_claim(claim_code: &str, content: &ClaimContent, rows: &[Resident], approved_on: NaiveDate) -> Vec<Self> {
        let deceased = &content.deceased;
        let nobody = Self {
            dataset: Dataset { name: CLAIM_SOURCE.to_owned(), released_on: Some(approved_on) },
            register_id: String::new(),
            claim_code: claim_code.to_owned(),
            nik: deceased.nik.number.clone(),
            name: deceased.name.as_str().to_owned(),
            born_on: deceased.born_on,
            died_on: Some(content.death.died_on),
        };
        if rows.is_empty() {
            return Some(nobody).filter(|death| death.nik.is_some()).into_iter().collect();
        }
        let of_row = |row: &Resident| Self {
            register_id: row.register_id.clone(),
            nik: row.nik.clone(),
            name: row.name.clone(),
            born_on: row.born_on,
            ..nobody.clone()
        };
        rows.iter().map(of_row).collect()
    }

    /// Whether it is this person's: the same row of a source, or the same NIK; the name must agree in both cases,
    /// because registers have two people under one NIK.
    pub fn is_of(&self, row: &Resident) -> bool {
        let same_row = self.register_id == row.register_id && !row.register_id.is_empty() && !row.register_id.starts_with(LINE_ID);
        let same_nik = self.nik.is_some() && self.nik == row.nik;
        (same_row || same_nik) && compare_names(&self.name, &row.name) != NameLikeness::Different
    }
}

impl Resident {
    /// The row with the deaths that are known of the person: whoever has one is dead, whatever the row says.
    #[must_use]
    pub fn with_deaths(mut self, deaths: &[Death]) -> Self {
        let mut own = deaths.iter().filter(|death| death.is_of(&self)).peekable();
        if own.peek().is_some() {
            self.died_on = own.filter_map(|death| death.died_on).chain(self.died_on).min();
            self.status = ResidentStatus::Dead;
        }
        self
    }
}
