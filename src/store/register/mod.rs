//! The register: every source's rows with their history. Written by an import, looked up by number, key and family card.

mod candidates;
mod change;
mod disputes;
mod find;
mod history;
mod load;
mod row;

pub use candidates::{candidates, candidates_by_card, candidates_by_nik, candidates_by_niks, each};
pub use disputes::{Stretch, disputed};
pub use find::{by_family_card, by_nik, by_niks, cards_of_niks, ever_with_nik, rows, size, told, versions};
pub use load::{Intake, take_in};
pub(in crate::store) use row::NewRow;

use super::{DbConn, StoreError, deaths};
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::{Dataset, Disagreement, Resident};

/// What the sources, their releases and the recorded deaths say differently about one NIK.
///
/// # Errors
/// [`StoreError`].
pub fn disagreements(conn: &mut DbConn, office: &RegionCode, nik: &Nik) -> Result<Vec<Disagreement>, StoreError> {
    let dated =
        |told: crate::domain::register::Told| (Dataset { name: told.source, released_on: Some(told.version.seen_from) }, told.resident);
    let rows: Vec<(Dataset, Resident)> = ever_with_nik(conn, office, nik)?.into_iter().map(dated).collect();
    let recorded = deaths::of_nik(conn, office, nik)?;
    Ok(crate::domain::register::disagreements(&rows, &recorded))
}
