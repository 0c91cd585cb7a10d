//! Whether what others did meanwhile could change what was gathered for a claim.
//!
//! Facts are gathered before the act that keeps them begins. In between others may file, and approvals make deaths known; most of them
//! have nothing to do with each other, and then the facts stand as they are. The question here is asked widely: better gathered anew once too often.

use super::facts::{CrosscheckFacts, EarlierClaim, account_digits, digits};
use crate::domain::claim::ClaimContent;
use crate::domain::identity::{Nik, name_key};
use crate::domain::register::{Death, Resident};

/// What of a paper is compared with the papers of other claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperMark {
    /// SHA-256 of the file.
    pub sha256: String,
    /// What the picture looks like, if it is one.
    pub photo: Option<u64>,
}

/// What an act changed of what other claims are looked at by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meanwhile {
    /// A claim was filed.
    Filed(Filed),
    /// A death was made known by an approval.
    Died(Died),
}

/// A claim that was just filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// What later claims are compared with.
    pub claim: EarlierClaim,
    /// Its papers.
    pub papers: Vec<PaperMark>,
}

/// Somebody whose death was just made known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Died {
    /// Their numbers.
    pub niks: Vec<Nik>,
    /// Their rows in the registers.
    pub rows: Vec<String>,
}

/// Whether what happened meanwhile has to do with anything by which the facts of `content` are gathered.
pub fn concerns(content: &ClaimContent, facts: &CrosscheckFacts, papers: &[PaperMark], meanwhile: &Meanwhile) -> bool {
    match meanwhile {
        Meanwhile::Filed(filed) => filed_concerns(content, facts, papers, filed),
        Meanwhile::Died(died) => {
            let person = &facts.person;
            let rows = person.rows.iter().chain(&person.nik_rows).chain(&facts.heir_rows).chain(&facts.rivals);
            let deceased = content.deceased.nik.number.iter();
            died.is_among(rows.chain(&facts.around.family).chain(&facts.around.stand_ins), deceased.chain(payees(content)))
        }
    }
}

/// Whether a death has to do with who is to be paid: the heir's rows, and the family in which a slip in their number is seen through.
pub fn concerns_payee(content: &ClaimContent, facts: &CrosscheckFacts, died: &Died) -> bool {
    died.is_among(facts.heir_rows.iter().chain(&facts.around.family), payees(content))
}

fn payees(content: &ClaimContent) -> impl Iterator<Item = &Nik> {
    content.receiving_niks().filter_map(|claimed| claimed.number.as_ref())
}

impl Died {
    /// The people of these recorded deaths.
    pub fn of(deaths: &[Death]) -> Self {
        let rows = deaths.iter().map(|death| death.register_id.clone()).filter(|row| !row.is_empty());
        Self { niks: deaths.iter().filter_map(|death| death.nik.clone()).collect(), rows: rows.collect() }
    }

    fn is_among<'a>(&self, mut rows: impl Iterator<Item = &'a Resident>, mut niks: impl Iterator<Item = &'a Nik>) -> bool {
        let own = |row: &Resident| row.nik.as_ref().is_some_and(|nik| self.niks.contains(nik)) || self.rows.contains(&row.register_id);
        rows.any(own) || niks.any(|nik| self.niks.contains(nik))
    }
}

/// Village, clerk, deceased, payee, account, telephone, papers; where the whole office was counted, everybody's claim matters.
fn filed_concerns(content: &ClaimContent, facts: &CrosscheckFacts, papers: &[PaperMark], filed: &Filed) -> bool {
    let other = &filed.claim;
    facts.around.office.is_some()
        || other.village == content.village
        || other.clerk == facts.clerk
        || same_deceased(content, facts, other)
        || same_payee(content, facts, other)
        || papers.iter().any(|own| filed.papers.iter().any(|paper| own.is_like(paper)))
}

fn same_deceased(content: &ClaimContent, facts: &CrosscheckFacts, other: &EarlierClaim) -> bool {
    let deceased = &content.deceased;
    let row = |id: &String| facts.person.rows.iter().any(|row| row.register_id == *id);
    shared(deceased.nik.number.as_ref(), other.deceased_nik.as_ref())
        || shared(deceased.born_on.as_ref(), other.deceased_born_on.as_ref())
        || other.deceased_register_id.as_ref().is_some_and(row)
        || name_key(deceased.name.as_str()) == name_key(&other.deceased_name)
}

fn same_payee(content: &ClaimContent, facts: &CrosscheckFacts, other: &EarlierClaim) -> bool {
    let row = |id: &String| facts.heir_rows.iter().any(|row| row.register_id == *id);
    let heir = content.payee();
    let nik: Option<&Nik> = heir.and_then(|heir| heir.nik.number.as_ref());
    let proxy = content.stand_ins.proxy.as_ref().and_then(|proxy| proxy.nik.number.as_ref());
    let written = |own: String, others: &str| !own.is_empty() && own == others;
    shared(nik, other.heir_nik.as_ref())
        || shared(nik, other.deceased_nik.as_ref())
        || shared(proxy, other.proxy_nik.as_ref())
        || other.deceased_register_id.as_ref().is_some_and(row)
        || written(account_digits(content), &other.account)
        || heir.is_some_and(|heir| written(digits(&heir.phone), &other.heir_phone))
}

fn shared<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
    own.is_some() && own == other
}

impl PaperMark {
    /// The same file, or pictures that share a quarter of their hash: only those are ever compared.
    fn is_like(&self, other: &Self) -> bool {
        let quarters = |photo: u64| [0, 16, 32, 48].map(|by| photo.rotate_left(by) >> 48);
        let alike = |(own, other): (u64, u64)| quarters(own).iter().zip(quarters(other)).any(|(own, other)| *own == other);
        self.sha256 == other.sha256 || self.photo.zip(other.photo).is_some_and(alike)
    }
}
