//! Somebody who was called dead and is alive.

use super::{LINE_ID, Resident, ResidentStatus};
use crate::domain::claim::ClaimContent;
use crate::domain::identity::{NameLikeness, Nik, compare_names};

/// That a person lives, as an annulled claim found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAlive {
    /// NIK, as far as it is known.
    pub nik: Option<Nik>,
    /// Id of the register row that was taken for the person; empty if none was.
    pub register_id: String,
    /// Name.
    pub name: String,
}

impl FoundAlive {
    /// The person a claim called dead: every register row that was taken for them, and the claimed number.
    pub fn of_claim(content: &ClaimContent, rows: &[Resident]) -> Vec<Self> {
        let deceased = &content.deceased;
        let of_row = |row: &Resident| Self { nik: row.nik.clone(), register_id: row.register_id.clone(), name: row.name.clone() };
        let mut found: Vec<Self> = rows.iter().map(of_row).collect();
        let claimed = Self { nik: deceased.nik.number.clone(), register_id: String::new(), name: deceased.name.as_str().to_owned() };
        if claimed.nik.is_some() && !found.iter().any(|one| one.nik == claimed.nik) {
            found.push(claimed);
        }
        found
    }

    /// Whether it is about this person: the same row of a source, or the same NIK; the name must agree in both cases.
    pub fn is_of(&self, row: &Resident) -> bool {
        let same_row = self.register_id == row.register_id && !row.register_id.is_empty() && !row.register_id.starts_with(LINE_ID);
        let same_nik = self.nik.is_some() && self.nik == row.nik;
        (same_row || same_nik) && compare_names(&self.name, &row.name) != NameLikeness::Different
    }
}

impl Resident {
    /// The row with what was found since: whoever was seen alive is not dead because the row says so. A death that is recorded
    /// after that counts again, see [`Resident::with_deaths`].
    #[must_use]
    pub fn with_alive(mut self, found: &[FoundAlive]) -> Self {
        if self.status == ResidentStatus::Dead && found.iter().any(|alive| alive.is_of(&self)) {
            self.status = ResidentStatus::Alive;
            self.died_on = None;
        }
        self
    }
}
