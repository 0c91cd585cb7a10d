//! Proxy, guardian and the recipient where nobody inherits, as typed. Each part is left blank where it is not needed.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::ClaimForm;
use super::fields::{Reader, line, number_sentence};
use crate::domain::claim::{ClaimedNik, Deceased, Heir, NoHeir, StandIn, StandIns};
use crate::domain::identity::{Nik, NumberFault, Relation};

/// Somebody who acts for the heir, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the identity card, as in the data files")]
pub struct StandInForm {
    #[validate(length(max = 200))]
    pub nama: String,
    #[validate(length(max = 200))]
    pub nik: String,
    /// What they are to the heir.
    #[validate(length(max = 200))]
    pub hubungan: String,
    #[validate(length(max = 200))]
    pub no_hp: String,
}

impl StandInForm {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        [&self.nama, &self.nik, &self.hubungan, &self.no_hp].iter().all(|text| text.trim().is_empty())
    }
}

/// Who receives where nobody inherits, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the words of the identity card, as in the data files")]
pub struct NoHeirForm {
    #[validate(length(max = 200))]
    pub nama: String,
    #[validate(length(max = 200))]
    pub nik: String,
    /// In which capacity: ketua RT, perkumpulan kematian.
    #[validate(length(max = 200))]
    pub jabatan: String,
    #[validate(length(max = 200))]
    pub no_hp: String,
    #[validate(length(max = 200))]
    pub alamat: String,
}

impl NoHeirForm {
    /// Whether nothing was typed.
    pub fn is_blank(&self) -> bool {
        [&self.nama, &self.nik, &self.jabatan, &self.no_hp, &self.alamat].iter().all(|text| text.trim().is_empty())
    }
}

impl Reader<'_> {
    /// The three parts; whose are blank is nobody.
    pub(super) fn stand_ins(&mut self, form: &ClaimForm) -> StandIns {
        let proxy = self.stand_in("kuasa", "penerima kuasa", &form.kuasa);
        let guardian = self.stand_in("wali", "wali", &form.wali);
        StandIns { proxy, guardian, no_heir: self.no_heir(form) }
    }

    fn stand_in(&mut self, part: &str, whose: &str, form: &StandInForm) -> Option<StandIn> {
        if form.is_blank() {
            return None;
        }
        let key = |field: &str| format!("{part}.{field}");
        let name = self.name(&key("nama"), &form.nama, whose);
        let nik = self.needed_nik(&key("nik"), &form.nik, whose);
        let relation = line(&form.hubungan);
        if relation.is_empty() {
            let sentence = format!("Mohon isi hubungan {whose} dengan ahli waris, misalnya anak, paman, tetangga.");
            self.refuse::<()>(&key("hubungan"), &sentence);
        }
        let phone = self.phone(&key("no_hp"), &form.no_hp);
        Some(StandIn { name: name?, nik: nik?, relation, phone: phone? })
    }

    fn no_heir(&mut self, form: &ClaimForm) -> Option<NoHeir> {
        let typed = &form.tanpa_ahli_waris;
        if typed.is_blank() {
            return None;
        }
        if form.ahli_waris.iter().any(|heir| !heir.is_blank()) {
            let sentence =
                "Bagian ini hanya untuk almarhum/almarhumah tanpa ahli waris. Mohon isi ahli waris saja, atau kosongkan isian ahli waris.";
            return self.refuse("tanpa_ahli_waris.nama", sentence);
        }
        let name = self.name("tanpa_ahli_waris.nama", &typed.nama, "penerima");
        let nik = self.needed_nik("tanpa_ahli_waris.nik", &typed.nik, "penerima");
        let capacity = line(&typed.jabatan);
        if capacity.is_empty() {
            self.refuse::<()>("tanpa_ahli_waris.jabatan", "Mohon isi jabatan penerima, misalnya ketua RT 003 RW 001.");
        }
        let phone = self.phone("tanpa_ahli_waris.no_hp", &typed.no_hp);
        let recipient = Heir {
            name: name?,
            nik: nik?,
            family_card: None,
            relation: Relation::BukanKeluarga,
            phone: phone?,
            address: line(&typed.alamat),
        };
        Some(NoHeir { recipient, capacity })
    }

    fn needed_nik(&mut self, key: &str, text: &str, whose: &str) -> Option<ClaimedNik> {
        match Nik::parse(text) {
            Ok(number) => Some(ClaimedNik { number: Some(number), written: String::new() }),
            Err(NumberFault::Empty) => self.refuse(key, &format!("Mohon isi NIK {whose} seperti pada KTP.")),
            Err(fault) => self.refuse(key, &number_sentence("NIK", &fault)),
        }
    }

    /// Who stands in for somebody is another person: neither the heir nor the deceased.
    pub(super) fn other_people(&mut self, stand_ins: &StandIns, heirs: &[Heir], deceased: &Deceased) {
        let parts = [("kuasa.nik", stand_ins.proxy.as_ref()), ("wali.nik", stand_ins.guardian.as_ref())];
        for (key, person) in parts.into_iter().filter_map(|(key, person)| Some((key, person?))) {
            if heirs.first().is_some_and(|heir| heir.nik == person.nik) {
                self.refuse::<()>(
                    key,
                    "Ini NIK ahli waris sendiri. Bila ahli waris datang dan tanda tangan sendiri, mohon kosongkan bagian ini.",
                );
            }
            if deceased.nik.number.is_some() && deceased.nik == person.nik {
                self.refuse::<()>(key, "Ini NIK almarhum/almarhumah. Mohon tulis NIK orang yang datang mewakili.");
            }
        }
    }
}

impl From<&StandIn> for StandInForm {
    fn from(person: &StandIn) -> Self {
        Self { nama: person.name.to_string(), nik: written(&person.nik), hubungan: person.relation.clone(), no_hp: person.phone.clone() }
    }
}

impl From<&NoHeir> for NoHeirForm {
    fn from(no_heir: &NoHeir) -> Self {
        let person = &no_heir.recipient;
        Self {
            nama: person.name.to_string(),
            nik: written(&person.nik),
            jabatan: no_heir.capacity.clone(),
            no_hp: person.phone.clone(),
            alamat: person.address.clone(),
        }
    }
}

fn written(nik: &ClaimedNik) -> String {
    nik.number.as_ref().map_or(nik.written.as_str(), |n| n.expose()).to_owned()
}
