//! Whether a claim that was filed meanwhile could change what was gathered for another one.
//!
//! Facts are gathered before the act that keeps them begins. In between others may file; most of them have nothing to do with each
//! other, and then the facts stand as they are. The question here is asked widely: better gathered anew once too often.

use super::facts::{CrosscheckFacts, EarlierClaim, account_digits, digits};
use crate::domain::claim::ClaimContent;
use crate::domain::identity::{Nik, name_key};

/// What of a paper is compared with the papers of other claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperMark {
    /// SHA-256 of the file.
    pub sha256: String,
    /// What the picture looks like, if it is one.
    pub photo: Option<u64>,
}

/// A claim that was just filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledMeanwhile {
    /// What later claims are compared with.
    pub claim: EarlierClaim,
    /// Its papers.
    pub papers: Vec<PaperMark>,
}

/// Whether a claim filed meanwhile shares anything by which the facts of `content` are gathered: village, clerk, deceased, payee,
/// account, telephone, papers. Where the whole office was counted, everybody's claim matters.
pub fn concerns(content: &ClaimContent, facts: &CrosscheckFacts, papers: &[PaperMark], filed: &FiledMeanwhile) -> bool {
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
