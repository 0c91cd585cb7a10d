//! Where each field of a register row stands in this file.

use super::field::Field;
use super::header::Header;

/// Places counted from 0; none where the file has no such column.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) count: usize,
    pub(super) register_id: Option<usize>,
    pub(super) nik: Option<usize>,
    pub(super) family_card: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) birth_place: Option<usize>,
    pub(super) born_on: Option<usize>,
    pub(super) birth: Option<usize>,
    pub(super) sex: Option<usize>,
    pub(super) family_role: Option<usize>,
    pub(super) marital_status: Option<usize>,
    pub(super) occupation: Option<usize>,
    pub(super) mother: Option<usize>,
    pub(super) father: Option<usize>,
    pub(super) street: Option<usize>,
    pub(super) hamlet: Option<usize>,
    pub(super) rt: Option<usize>,
    pub(super) rw: Option<usize>,
    pub(super) rt_and_rw: Option<usize>,
    pub(super) village: Option<usize>,
    pub(super) village_name: Option<usize>,
    pub(super) kecamatan_name: Option<usize>,
    pub(super) kabupaten_name: Option<usize>,
    pub(super) decile: Option<usize>,
    pub(super) pkh: Option<usize>,
    pub(super) sembako: Option<usize>,
    pub(super) pbi: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) died_on: Option<usize>,
    pub(super) bank: Option<usize>,
    pub(super) account: Option<usize>,
}

impl Columns {
    pub(super) fn of(header: &Header) -> Self {
        let at = |field| header.at(field);
        Self {
            count: header.columns.len(),
            register_id: at(Field::RegisterId),
            nik: at(Field::Nik),
            family_card: at(Field::FamilyCard),
            name: at(Field::Name),
            birth_place: at(Field::BirthPlace),
            born_on: at(Field::BornOn),
            birth: at(Field::BirthPlaceAndDate),
            sex: at(Field::Sex),
            family_role: at(Field::FamilyRole),
            marital_status: at(Field::MaritalStatus),
            occupation: at(Field::Occupation),
            mother: at(Field::Mother),
            father: at(Field::Father),
            street: at(Field::Street),
            hamlet: at(Field::Hamlet),
            rt: at(Field::Rt),
            rw: at(Field::Rw),
            rt_and_rw: at(Field::RtAndRw),
            village: at(Field::Village),
            village_name: at(Field::VillageName),
            kecamatan_name: at(Field::KecamatanName),
            kabupaten_name: at(Field::KabupatenName),
            decile: at(Field::Decile),
            pkh: at(Field::Pkh),
            sembako: at(Field::Sembako),
            pbi: at(Field::Pbi),
            status: at(Field::Status),
            died_on: at(Field::DiedOn),
            bank: at(Field::Bank),
            account: at(Field::Account),
        }
    }
}
