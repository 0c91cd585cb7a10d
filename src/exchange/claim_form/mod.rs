//! The claim as somebody typed it: the one strict form of page, JSON interface and command line.
//!
//! Everything is text here. [`ClaimForm::parse`] turns it into a [`ClaimContent`] or says, for every
//! field at once, what to do about it.

mod errors;
mod fields;
mod stand_ins;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::domain::claim::{ClaimContent, Deceased, DocumentKind, Heir, Payout, Reporter};
use crate::domain::region::RegionCode;
pub use errors::{FieldError, FieldErrors};
use fields::Reader;
pub use stand_ins::{NoHeirForm, StandInForm};

/// Most heirs one claim names.
pub const HEIRS_MAX: usize = 3;

/// A claim as typed. The field names are those of the JSON interface and of the page's inputs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimForm {
    /// Made by the client before sending: the same key and content sent twice is one claim.
    #[validate(length(max = 64))]
    pub kunci: String,
    /// Village that files.
    #[validate(length(max = 200))]
    pub kode_desa_pengaju: String,
    /// The deceased.
    #[validate(nested)]
    pub almarhum: DeceasedForm,
    /// Day of death.
    #[validate(length(max = 200))]
    pub tgl_meninggal: String,
    /// Place of death.
    #[validate(length(max = 200))]
    pub tempat_meninggal: String,
    /// Cause of death by its code; asked only where the rules need it.
    #[validate(length(max = 200))]
    pub sebab_meninggal: String,
    /// Number of the death letter.
    #[validate(length(max = 200))]
    pub no_surat_kematian: String,
    /// Date of the death letter.
    #[validate(length(max = 200))]
    pub tgl_surat_kematian: String,
    /// Who reported the death.
    #[validate(nested)]
    pub pelapor: ReporterForm,
    /// The heirs; the first receives the money.
    #[validate(nested)]
    pub ahli_waris: Vec<HeirForm>,
    /// Who collects for the heir; blank for nobody.
    #[validate(nested)]
    pub kuasa: StandInForm,
    /// Who signs for an heir who is not of age; blank for nobody.
    #[validate(nested)]
    pub wali: StandInForm,
    /// Who receives where nobody inherits; blank where there is an heir.
    #[validate(nested)]
    pub tanpa_ahli_waris: NoHeirForm,
    /// `bank` or `tunai`.
    #[validate(length(max = 200))]
    pub cara_bayar: String,
    /// The account, if paid by bank.
    #[validate(nested)]
    pub rekening: AccountForm,
    /// Codes of the papers at hand.
    pub dokumen: Vec<String>,
}

/// The deceased as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the identity card, as in the data files")]
pub struct DeceasedForm {
    #[validate(length(max = 200))]
    pub nama: String,
    #[validate(length(max = 200))]
    pub nik: String,
    /// `ya` when the family says there never was a NIK.
    #[validate(length(max = 200))]
    pub tanpa_nik: String,
    #[validate(length(max = 200))]
    pub no_kk: String,
    #[validate(length(max = 200))]
    pub tgl_lahir: String,
    #[validate(length(max = 200))]
    pub jenis_kelamin: String,
    #[validate(length(max = 200))]
    pub nama_ibu: String,
    #[validate(length(max = 200))]
    pub alamat: String,
    #[validate(length(max = 200))]
    pub rt: String,
    #[validate(length(max = 200))]
    pub rw: String,
    #[validate(length(max = 200))]
    pub kode_desa: String,
}

/// The reporter as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the form")]
pub struct ReporterForm {
    #[validate(length(max = 200))]
    pub nama: String,
    #[validate(length(max = 200))]
    pub hubungan: String,
    #[validate(length(max = 200))]
    pub no_hp: String,
}

/// An heir as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the identity card, as in the data files")]
pub struct HeirForm {
    #[validate(length(max = 200))]
    pub nama: String,
    #[validate(length(max = 200))]
    pub nik: String,
    #[validate(length(max = 200))]
    pub no_kk: String,
    #[validate(length(max = 200))]
    pub hubungan: String,
    #[validate(length(max = 200))]
    pub no_hp: String,
    #[validate(length(max = 200))]
    pub alamat: String,
}

impl HeirForm {
    /// Whether nothing was typed, so that an unused second or third row is passed over.
    pub fn is_blank(&self) -> bool {
        [&self.nama, &self.nik, &self.no_kk, &self.hubungan, &self.no_hp, &self.alamat].iter().all(|text| text.trim().is_empty())
    }
}

/// The account as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the passbook, as in the data files")]
pub struct AccountForm {
    #[validate(length(max = 200))]
    pub bank: String,
    #[validate(length(max = 200))]
    pub nomor: String,
    #[validate(length(max = 200))]
    pub atas_nama: String,
}

/// What the form is read against.
pub struct FormContext<'a> {
    /// The office's day, WIB.
    pub today: chrono::NaiveDate,
    /// The region of whoever files; the filing village must lie in it.
    pub region: &'a RegionCode,
    /// The kabupaten whose villages `known_village` knows.
    pub office: &'a RegionCode,
    /// Whether a village of the office exists.
    pub known_village: &'a dyn Fn(&RegionCode) -> bool,
}

impl ClaimForm {
    /// Reads the claim.
    ///
    /// # Errors
    /// [`FieldErrors`] with every field that needs another look, in the order of the page.
    pub fn parse(&self, context: &FormContext<'_>) -> Result<ClaimContent, FieldErrors> {
        let mut reader = Reader::new(context, FieldErrors::of_shape(self));
        let deceased = reader.deceased(&self.almarhum);
        let death = reader.death(self);
        let heirs = reader.heirs(&self.ahli_waris, !self.tanpa_ahli_waris.is_blank());
        let stand_ins = reader.stand_ins(self);
        let payout = reader.payout(&self.cara_bayar, &self.rekening);
        let documents = reader.documents(&self.dokumen);
        let reporter = reader.reporter(&self.pelapor);
        let village = reader.own_village("kode_desa_pengaju", &self.kode_desa_pengaju);
        reader.order_of_dates(deceased.as_ref(), death.as_ref());
        if let Some(deceased) = &deceased {
            reader.other_people(&stand_ins, heirs.as_deref().unwrap_or_default(), deceased);
        }
        let parts = (village, deceased, death, reporter, heirs, payout);
        match (reader.into_errors(), parts) {
            (errors, (Some(village), Some(deceased), Some(death), Some(reporter), Some(heirs), Some(payout))) if errors.is_empty() => {
                Ok(ClaimContent { village, deceased, death, reporter, heirs, payout, documents, stand_ins })
            }
            (errors, _incomplete) => Err(errors),
        }
    }
}

impl From<&ClaimContent> for ClaimForm {
    /// Back into text, to show a filed claim in the form again.
    fn from(content: &ClaimContent) -> Self {
        Self {
            kunci: String::new(),
            kode_desa_pengaju: content.village.to_string(),
            almarhum: (&content.deceased).into(),
            tgl_meninggal: fields::date_text(Some(content.death.died_on)),
            tempat_meninggal: content.death.place.clone(),
            sebab_meninggal: content.death.cause.map(|cause| cause.code().to_owned()).unwrap_or_default(),
            no_surat_kematian: content.death.letter_number.clone(),
            tgl_surat_kematian: fields::date_text(content.death.letter_on),
            pelapor: (&content.reporter).into(),
            ahli_waris: content.heirs.iter().map(HeirForm::from).collect(),
            kuasa: content.stand_ins.proxy.as_ref().map(StandInForm::from).unwrap_or_default(),
            wali: content.stand_ins.guardian.as_ref().map(StandInForm::from).unwrap_or_default(),
            tanpa_ahli_waris: content.stand_ins.no_heir.as_ref().map(NoHeirForm::from).unwrap_or_default(),
            cara_bayar: if matches!(content.payout, Payout::Cash) { "tunai" } else { "bank" }.to_owned(),
            rekening: (&content.payout).into(),
            dokumen: content.documents.iter().map(|kind: &DocumentKind| kind.code().to_owned()).collect(),
        }
    }
}

impl From<&Deceased> for DeceasedForm {
    fn from(person: &Deceased) -> Self {
        let nik = person.nik.number.as_ref().map_or(person.nik.written.as_str(), |n| n.expose());
        Self {
            nama: person.name.to_string(),
            nik: nik.to_owned(),
            tanpa_nik: if nik.is_empty() { "ya".to_owned() } else { String::new() },
            no_kk: person.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
            tgl_lahir: fields::date_text(person.born_on),
            jenis_kelamin: person.sex.map(|s| s.code().to_owned()).unwrap_or_default(),
            nama_ibu: person.mother.clone(),
            alamat: person.address.street.clone(),
            rt: person.address.rt.clone(),
            rw: person.address.rw.clone(),
            kode_desa: person.village.to_string(),
        }
    }
}

impl From<&Reporter> for ReporterForm {
    fn from(reporter: &Reporter) -> Self {
        Self { nama: reporter.name.to_string(), hubungan: reporter.relation.clone(), no_hp: reporter.phone.clone() }
    }
}

impl From<&Heir> for HeirForm {
    fn from(heir: &Heir) -> Self {
        let nik = heir.nik.number.as_ref().map_or(heir.nik.written.as_str(), |n| n.expose());
        Self {
            nama: heir.name.to_string(),
            nik: nik.to_owned(),
            no_kk: heir.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
            hubungan: heir.relation.code().to_owned(),
            no_hp: heir.phone.clone(),
            alamat: heir.address.clone(),
        }
    }
}

impl From<&Payout> for AccountForm {
    fn from(payout: &Payout) -> Self {
        match payout {
            Payout::Cash => Self::default(),
            Payout::Bank(a) => Self { bank: a.bank.clone(), nomor: a.number.clone(), atas_nama: a.holder.clone() },
        }
    }
}
