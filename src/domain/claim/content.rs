//! What a family claims: the people, the death, the payout and the papers.
//!
//! Stored as JSON with the claim, in this shape, so its field names are part of the data format.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cause, DocumentKind, StandIns};
use crate::domain::identity::{FamilyCard, Nik, PersonName, Relation, Sex};
use crate::domain::region::RegionCode;

/// Everything the family and the village say, before anybody has checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimContent {
    /// The village that files, which need not be the village of residence.
    pub village: RegionCode,
    /// Almarhum or almarhumah.
    pub deceased: Deceased,
    /// The death and the village's letter about it.
    pub death: Death,
    /// Who reported the death at the village office.
    pub reporter: Reporter,
    /// The heirs; the first is the one who receives. Empty only where nobody inherits.
    pub heirs: Vec<Heir>,
    /// How the money goes out.
    pub payout: Payout,
    /// Papers the clerk has seen or attached.
    pub documents: BTreeSet<DocumentKind>,
    /// Who stands in for the heir; nobody in most claims and in those before this was asked.
    #[serde(default, skip_serializing_if = "StandIns::is_empty")]
    pub stand_ins: StandIns,
}

impl ClaimContent {
    /// Who receives the money: the first heir, or where nobody inherits who stands in their place.
    pub fn payee(&self) -> Option<&Heir> {
        self.heirs.first().or_else(|| self.stand_ins.no_heir.as_ref().map(|no_heir| &no_heir.recipient))
    }

    /// Names an account of this claim may stand in: the payee's and, for a child, the guardian's.
    pub fn account_names(&self) -> impl Iterator<Item = &PersonName> {
        self.payee().map(|payee| &payee.name).into_iter().chain(self.stand_ins.guardian.as_ref().map(|guardian| &guardian.name))
    }

    /// Numbers of everybody who has to do with the money: heirs, who receives in their place, proxy and guardian.
    pub fn receiving_niks(&self) -> impl Iterator<Item = &ClaimedNik> {
        let recipient = self.stand_ins.no_heir.iter().map(|no_heir| &no_heir.recipient);
        let people = self.stand_ins.people().map(|person| &person.nik);
        self.heirs.iter().chain(recipient).map(|heir| &heir.nik).chain(people)
    }
}

/// A NIK as it was claimed: a number, or none with what was written instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedNik {
    /// The number, if it is one.
    pub number: Option<Nik>,
    /// What was written when it is not a NIK: empty, a survey's placeholder, or a damaged number.
    pub written: String,
}

impl ClaimedNik {
    /// Takes a text as it stands: a NIK if it is one, else the text itself.
    pub fn take(text: &str) -> Self {
        match Nik::parse(text) {
            Ok(number) => Self { number: Some(number), written: String::new() },
            Err(_kept_as_written) => Self { number: None, written: text.trim().to_owned() },
        }
    }
}

/// A postal address as written on Indonesian cards; rural ones have no street.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// Street, dukuh or dusun; may be empty.
    pub street: String,
    /// RT with its zeros, for example `005`.
    pub rt: String,
    /// RW with its zeros.
    pub rw: String,
}

/// The person who died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deceased {
    /// Name as claimed.
    pub name: PersonName,
    /// NIK as claimed; babies and some old people have none.
    pub nik: ClaimedNik,
    /// Family card as claimed.
    pub family_card: Option<FamilyCard>,
    /// Birth date as claimed; unknown for some.
    pub born_on: Option<NaiveDate>,
    /// Sex as claimed.
    pub sex: Option<Sex>,
    /// Mother's name; may be empty.
    pub mother: String,
    /// Where the person lived.
    pub address: Address,
    /// Village of residence.
    pub village: RegionCode,
}

/// The death and its letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// Day of death (WIB).
    pub died_on: NaiveDate,
    /// Place of death, for example RUMAH.
    pub place: String,
    /// Number of the village's death letter; may be empty.
    pub letter_number: String,
    /// Date of that letter.
    pub letter_on: Option<NaiveDate>,
    /// What the person died of, as far as the rules ask; not asked in claims before that.
    #[serde(default)]
    pub cause: Option<Cause>,
}

/// Who came to the village office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Name.
    pub name: PersonName,
    /// Relation to the deceased, in words.
    pub relation: String,
    /// Telephone digits; may be empty.
    pub phone: String,
}

/// An heir, or who receives in the place of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    /// Name as claimed.
    pub name: PersonName,
    /// NIK as claimed.
    pub nik: ClaimedNik,
    /// Family card as claimed.
    pub family_card: Option<FamilyCard>,
    /// Relation to the deceased.
    pub relation: Relation,
    /// Telephone digits; may be empty.
    pub phone: String,
    /// Address in one line.
    pub address: String,
}

/// How the money reaches the heir.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Payout {
    /// Collected at the counter of Dinas Sosial.
    Cash,
    /// Transfer to an account.
    Bank(BankAccount),
}

/// A bank account as claimed. `Debug` masks the number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// Bank as the village names it, for example BANK JATENG.
    pub bank: String,
    /// Account number: digits, leading zeros count.
    pub number: String,
    /// Name the account stands in, as on the passbook.
    pub holder: String,
}

impl BankAccount {
    /// The number with all but its last four digits hidden.
    pub fn masked_number(&self) -> String {
        let tail = self.number.len().saturating_sub(4);
        format!("******{}", self.number.get(tail..).unwrap_or_default())
    }
}

impl std::fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BankAccount({} {})", self.bank, self.masked_number())
    }
}
