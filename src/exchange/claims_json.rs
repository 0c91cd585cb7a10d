//! Claims as a JSON list, in the order they were filed.
//!
//! Read leniently: what cannot be read is named in `faults` and replaced by
//! something that accuses nobody, so that one damaged claim neither stops the
//! others nor loses its own answer. A claim with faults is always looked at.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::calendar::parse_date;
use crate::domain::claim::{
    Address, BankAccount, Cause, ClaimContent, ClaimedNik, Death, Deceased, DocumentKind, Heir, NoHeir, Payout, Reporter, StandIn, StandIns,
};
use crate::domain::identity::{FamilyCard, PersonName, Relation, Sex};
use crate::domain::region::RegionCode;

/// Why a file is not a list of claims.
#[derive(Debug, thiserror::Error)]
pub enum ClaimsFault {
    /// Not JSON.
    #[error("berkas permohonan bukan JSON yang terbaca: {0}")]
    NotJson(#[from] serde_json::Error),
    /// JSON, but no list.
    #[error("berkas permohonan harus berupa daftar ([...])")]
    NotList,
}

/// One claim of a file.
#[derive(Debug, Clone)]
pub struct FiledClaim {
    /// Its id in the file; its place in the list if it has none.
    pub claim_id: String,
    /// Who filed it.
    pub clerk: String,
    /// When.
    pub filed_on: NaiveDate,
    /// What is claimed, as far as it could be read; none if not even a deceased and a village are there.
    pub content: Option<ClaimContent>,
    /// What could not be read, in Indonesian.
    pub faults: Vec<String>,
}

/// Reads a list of claims.
///
/// # Errors
/// [`ClaimsFault`] when the file as a whole is no list; a damaged claim is no error.
pub fn read_claims(bytes: &[u8]) -> Result<Vec<FiledClaim>, ClaimsFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Value::Array(list) = serde_json::from_slice(bytes)? else { return Err(ClaimsFault::NotList) };
    Ok(list.iter().enumerate().map(|(at, claim)| read_claim(at, claim)).collect())
}

fn read_claim(at: usize, claim: &Value) -> FiledClaim {
    let mut reading = Reading { faults: Vec::new() };
    let id = text(claim, "claim_id");
    let filed = reading.needed_date(claim, "tgl_pengajuan");
    let died = reading.needed_date(claim, "tgl_meninggal");
    // Of two dates one stands in for the other: then neither a deadline nor an impossible order is claimed.
    let filed_on = filed.or(died).unwrap_or_default();
    let content = reading.content(claim, died.unwrap_or(filed_on));
    FiledClaim {
        claim_id: if id.is_empty() { format!("{}", at + 1) } else { id },
        clerk: text(claim, "petugas"),
        filed_on,
        content,
        faults: reading.faults,
    }
}

struct Reading {
    faults: Vec<String>,
}

impl Reading {
    fn content(&mut self, claim: &Value, died_on: NaiveDate) -> Option<ClaimContent> {
        let filing_village = RegionCode::parse_village(&text(claim, "kode_desa_pengaju")).ok();
        let deceased = self.deceased(part(claim, "almarhum"), filing_village.as_ref())?;
        Some(ClaimContent {
            village: filing_village.unwrap_or_else(|| deceased.village.clone()),
            deceased,
            death: Death {
                died_on,
                place: text(claim, "tempat_meninggal"),
                letter_number: text(claim, "no_surat_kematian"),
                letter_on: self.date(claim, "tgl_surat_kematian"),
                cause: Cause::parse(&text(claim, "sebab_meninggal")),
            },
            heirs: if nobody_inherits(claim) { Vec::new() } else { self.heir(part(claim, "ahli_waris")).into_iter().collect() },
            reporter: reporter(part(claim, "ahli_waris"))?,
            payout: payout(part(claim, "rekening")),
            documents: documents(part(claim, "dokumen")),
            stand_ins: self.stand_ins(claim),
        })
    }

    fn deceased(&mut self, person: &Value, filing_village: Option<&RegionCode>) -> Option<Deceased> {
        let village = RegionCode::parse_village(&text(person, "kode_desa")).ok();
        if village.is_none() {
            self.fault("kode desa almarhum tidak terbaca");
        }
        Some(Deceased {
            name: self.name(person, "nama almarhum")?,
            nik: ClaimedNik::take(&text(person, "nik")),
            family_card: FamilyCard::parse(&text(person, "no_kk")).ok(),
            born_on: self.date(person, "tgl_lahir"),
            sex: Sex::parse(&text(person, "jenis_kelamin")),
            mother: text(person, "nama_ibu"),
            address: Address { street: text(person, "alamat"), rt: text(person, "rt"), rw: text(person, "rw") },
            village: village.or_else(|| filing_village.cloned())?,
        })
    }

    fn heir(&mut self, person: &Value) -> Option<Heir> {
        Some(Heir {
            name: self.name(person, "nama ahli waris")?,
            nik: ClaimedNik::take(&text(person, "nik")),
            family_card: FamilyCard::parse(&text(person, "no_kk")).ok(),
            relation: Relation::parse(&text(person, "hubungan")).unwrap_or(Relation::Lainnya),
            phone: text(person, "no_hp"),
            address: text(person, "alamat"),
        })
    }

    /// Who stands in for the heir; a part that is not there is nobody.
    fn stand_ins(&mut self, claim: &Value) -> StandIns {
        StandIns {
            proxy: self.stand_in(part(claim, "kuasa"), "nama penerima kuasa"),
            guardian: self.stand_in(part(claim, "wali"), "nama wali"),
            no_heir: self.no_heir(part(claim, "tanpa_ahli_waris")),
        }
    }

    fn stand_in(&mut self, person: &Value, what: &str) -> Option<StandIn> {
        person.is_object().then(|| self.name(person, what)).flatten().map(|name| StandIn {
            name,
            nik: ClaimedNik::take(&text(person, "nik")),
            relation: text(person, "hubungan"),
            phone: text(person, "no_hp"),
        })
    }

    fn no_heir(&mut self, person: &Value) -> Option<NoHeir> {
        let name = person.is_object().then(|| self.name(person, "nama penerima")).flatten()?;
        let recipient = Heir {
            name,
            nik: ClaimedNik::take(&text(person, "nik")),
            family_card: None,
            relation: Relation::BukanKeluarga,
            phone: text(person, "no_hp"),
            address: text(person, "alamat"),
        };
        Some(NoHeir { recipient, capacity: text(person, "jabatan") })
    }

    /// The name; marks that no card carries are named and left out.
    fn name(&mut self, person: &Value, what: &str) -> Option<PersonName> {
        let written = text(person, "nama");
        if let Ok(name) = PersonName::parse(&written) {
            return Some(name);
        }
        self.faults.push(format!("{what} tidak terbaca"));
        let letters: String = written.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).take(100).collect();
        PersonName::parse(&letters).or_else(|_unreadable| PersonName::parse("TIDAK TERBACA")).ok()
    }

    fn needed_date(&mut self, claim: &Value, field: &str) -> Option<NaiveDate> {
        let date = parse_date(&text(claim, field)).ok();
        if date.is_none() {
            self.faults.push(format!("{field} kosong atau tidak terbaca"));
        }
        date
    }

    fn date(&mut self, claim: &Value, field: &str) -> Option<NaiveDate> {
        let written = text(claim, field);
        if written.is_empty() { None } else { self.needed_date(claim, field) }
    }

    fn fault(&mut self, why: &str) {
        self.faults.push(why.to_owned());
    }
}

/// Somebody is named because there is no heir, and no heir is.
fn nobody_inherits(claim: &Value) -> bool {
    part(claim, "tanpa_ahli_waris").is_object() && text(part(claim, "ahli_waris"), "nama").is_empty()
}

fn reporter(heir: &Value) -> Option<Reporter> {
    let name = PersonName::parse(&text(heir, "nama")).or_else(|_unreadable| PersonName::parse("TIDAK TERBACA")).ok()?;
    Some(Reporter { name, relation: text(heir, "hubungan"), phone: text(heir, "no_hp") })
}

fn payout(account: &Value) -> Payout {
    let number = text(account, "nomor");
    if number.is_empty() {
        return Payout::Cash;
    }
    Payout::Bank(BankAccount { bank: text(account, "bank"), number, holder: text(account, "atas_nama") })
}

fn documents(attached: &Value) -> BTreeSet<DocumentKind> {
    DocumentKind::ALL.into_iter().filter(|kind| attached.get(kind.code()).is_some_and(is_yes)).collect()
}

fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::String(word) => matches!(word.to_lowercase().as_str(), "true" | "ya" | "y" | "1"),
        Value::Number(number) => number.as_i64() == Some(1),
        _ => false,
    }
}

fn part<'a>(claim: &'a Value, field: &str) -> &'a Value {
    claim.get(field).unwrap_or(&Value::Null)
}

/// A field as text; a number is taken as written.
fn text(claim: &Value, field: &str) -> String {
    match claim.get(field) {
        Some(Value::String(written)) => written.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> FiledClaim {
        read_claims(format!("[{json}]").as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn a_damaged_claim_keeps_what_can_be_read() {
        let claim = check(
            r#"{"claim_id":"K1","tgl_pengajuan":"2026-02-31","kode_desa_pengaju":"33.25.01.2006","petugas":"P","tgl_meninggal":"2026-02-20",
                "almarhum":{"nama":"SUPAR2","nik":3325010903430001,"tgl_lahir":"kemarin"},"ahli_waris":{"nama":"WAGIYAH","nik":"33"}}"#,
        );
        let content = claim.content.unwrap();
        assert_eq!(content.deceased.name.as_str(), "SUPAR");
        assert!(content.deceased.nik.number.is_some());
        assert_eq!(content.payee().unwrap().nik.written, "33");
        assert_eq!(claim.filed_on, content.death.died_on);
        assert_eq!(claim.faults.len(), 4, "{:?}", claim.faults);
    }

    #[test]
    fn nonsense_in_the_list_still_has_an_answer() {
        for json in ["17", "null", r#"{"claim_id":"K1"}"#, r#"{"almarhum":[]}"#] {
            let claim = check(json);
            assert!(!claim.claim_id.is_empty());
            assert!(claim.content.is_none() && !claim.faults.is_empty(), "{json}");
        }
    }

    #[test]
    fn a_file_that_is_no_list_is_refused() {
        assert!(read_claims(b"").is_err());
        assert!(read_claims(b"{}").is_err());
        assert!(read_claims(b"\xef\xbb\xbf[]").unwrap().is_empty());
    }
}
