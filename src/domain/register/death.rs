//! Tombstones: a death that was recorded once is known for good.

use chrono::NaiveDate;

use super::{Dataset, LINE_ID, Resident, ResidentStatus};
use crate::domain::identity::{NameLikeness, Nik, compare_names};

/// A recorded death. A later release that has the person alive does not undo it; it disagrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    /// Who recorded it, and in which release.
    pub dataset: Dataset,
    /// Id of the row in that source; empty if a claim recorded the death.
    pub register_id: String,
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
            nik: row.nik.clone(),
            name: row.name.clone(),
            born_on: row.born_on,
            died_on: row.died_on,
        })
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
