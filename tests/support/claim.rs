//! A claim in the making: right in everything but what a test says.

use santunan::domain::claim::{ClaimContent, ClaimedNik, Payout};
use santunan::domain::identity::FamilyCard;
use santunan::domain::region::RegionCode;
use santunan::exchange::claims_json::read_claims;
use santunan::workflow::{Channel, Submission};

use super::families::family;

/// A claim of the first family, filed today for a death of a week ago.
pub fn a_claim() -> AClaim {
    AClaim { family: 0, key: None, died_on: "2026-06-15", change: Vec::new() }
}

type Change = Box<dyn Fn(&mut ClaimContent) + Send + Sync>;

/// See [`a_claim`].
pub struct AClaim {
    family: usize,
    key: Option<String>,
    died_on: &'static str,
    change: Vec<Change>,
}

impl AClaim {
    /// For the deceased of another family (0 to 11).
    pub fn of_family(self, family: usize) -> Self {
        Self { family, ..self }
    }

    /// Sent under this key instead of one of its own family.
    pub fn with_key(self, key: &str) -> Self {
        Self { key: Some(key.into()), ..self }
    }

    pub fn died_on(self, died_on: &'static str) -> Self {
        Self { died_on, ..self }
    }

    pub fn for_village(self, village: &str) -> Self {
        let village = RegionCode::parse(village).unwrap();
        self.but(move |content| content.village = village.clone())
    }

    pub fn deceased_nik(self, nik: &str) -> Self {
        let nik = ClaimedNik::take(nik);
        self.but(move |content| content.deceased.nik = nik.clone())
    }

    pub fn heir_nik(self, nik: &str) -> Self {
        let nik = ClaimedNik::take(nik);
        self.but(move |content| content.heirs[0].nik = nik.clone())
    }

    pub fn heir_card(self, card: &str) -> Self {
        let card = FamilyCard::parse(card).unwrap();
        self.but(move |content| content.heirs[0].family_card = Some(card.clone()))
    }

    pub fn paid_in_cash(self) -> Self {
        self.but(|content| content.payout = Payout::Cash)
    }

    /// Anything else.
    pub fn but(mut self, change: impl Fn(&mut ClaimContent) + Send + Sync + 'static) -> Self {
        self.change.push(Box::new(change));
        self
    }

    pub fn submission(&self) -> Submission {
        let mut content = self.content();
        self.change.iter().for_each(|change| change(&mut content));
        let key = self.key.clone().unwrap_or_else(|| format!("kunci-{}", self.family));
        Submission { idempotency_key: key, content, filed_on: None, attachments: vec![], channel: Channel::Desk }
    }

    fn content(&self) -> ClaimContent {
        let f = family(self.family);
        let village = "33.25.01.2006";
        let claim = serde_json::json!([{
            "claim_id": "1", "tgl_pengajuan": "2026-06-22", "kode_desa_pengaju": village, "petugas": "X",
            "almarhum": {
                "nama": f.deceased, "nik": f.deceased_nik, "no_kk": f.card, "tgl_lahir": f.deceased_born, "jenis_kelamin": "L",
                "nama_ibu": f.mother, "alamat": "DUKUH GONDANG", "rt": "006", "rw": "002", "kode_desa": village
            },
            "tgl_meninggal": self.died_on, "tempat_meninggal": "RUMAH", "no_surat_kematian": "474.3/021/2026", "tgl_surat_kematian": self.died_on,
            "ahli_waris": {
                "nama": f.heir, "nik": f.heir_nik, "no_kk": f.card, "hubungan": "ANAK", "no_hp": "085700000000", "alamat": "DUKUH GONDANG"
            },
            "rekening": { "bank": "BRI", "nomor": f.account, "atas_nama": f.heir },
            "dokumen": { "surat_kematian": true, "kk": true, "ktp_almarhum": true, "ktp_ahli_waris": true }
        }]);
        let read = read_claims(claim.to_string().as_bytes()).unwrap().remove(0);
        assert_eq!(read.faults, Vec::<String>::new());
        read.content.unwrap()
    }
}
