//! Who may do what: roles, regions, separation of duties, conflict of interest.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::identity::{FamilyCard, Nik};
use super::region::RegionCode;

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Operator desa: files claims.
    Operator,
    /// Kepala desa or lurah: endorses the village's claims.
    VillageHead,
    /// Verifikator of Dinas Sosial.
    Verifier,
    /// Kepala Dinas, or who approves for him.
    Approver,
    /// Bendahara: decree lists, payment orders, bank files.
    Finance,
    /// Inspektorat: reads everything, changes nothing.
    Auditor,
    /// Diskominfo: accounts and imports, no claims.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] =
        [Self::Operator, Self::VillageHead, Self::Verifier, Self::Approver, Self::Finance, Self::Auditor, Self::Admin];

    /// The word in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::VillageHead => "village_head",
            Self::Verifier => "verifier",
            Self::Approver => "approver",
            Self::Finance => "finance",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Operator => "Operator desa",
            Self::VillageHead => "Kepala desa/lurah",
            Self::Verifier => "Verifikator Dinas Sosial",
            Self::Approver => "Kepala Dinas Sosial",
            Self::Finance => "Bendahara",
            Self::Auditor => "Inspektorat",
            Self::Admin => "Pengelola sistem",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// The person who acts, as known at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Account id.
    pub id: String,
    /// Name for the record.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Office (kabupaten) of the account.
    pub office: RegionCode,
    /// Region the account may see: a village, a kecamatan or the whole kabupaten.
    pub region: RegionCode,
    /// The person's own NIK, for separation of duties by person.
    pub nik: Option<Nik>,
    /// The person's own family card, for conflict of interest.
    pub family_card: Option<FamilyCard>,
}

impl Actor {
    /// Whether something that belongs to `village` exists for this person. Elsewhere the answer is "not found".
    pub fn sees(&self, village: &RegionCode) -> bool {
        self.office.contains(village) && self.region.contains(village)
    }

    /// Whether two accounts belong to one person: the same account, or the same NIK under two.
    pub fn is_same_person(&self, other: &Participant) -> bool {
        self.id == other.user_id || (self.nik.is_some() && self.nik == other.nik)
    }
}

/// The five duties that must lie with five different persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Filing at the village.
    File,
    /// Endorsing by the village head.
    Endorse,
    /// Verifying at Dinas Sosial.
    Verify,
    /// Approving.
    Approve,
    /// Ordering and paying.
    Pay,
}

impl Duty {
    /// What the person did, for a refusal: "mengajukan".
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "mengajukan",
            Self::Endorse => "mengesahkan",
            Self::Verify => "memverifikasi",
            Self::Approve => "menyetujui",
            Self::Pay => "membayar",
        }
    }
}

/// Somebody who already had a hand in a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Account id.
    pub user_id: String,
    /// The person's NIK, if the account carries it.
    pub nik: Option<Nik>,
    /// What the person did.
    pub duty: Duty,
}

/// People whose money this is: nobody of their family card may handle it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interested {
    /// NIKs of the deceased and the heirs.
    pub niks: Vec<Nik>,
    /// Family cards of the deceased and the heirs, as claimed and as registered.
    pub family_cards: Vec<FamilyCard>,
}

/// Why somebody may not take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The same person already did another duty on this claim.
    SamePerson(Duty),
    /// The claim belongs to the person's own family.
    OwnFamily,
}

/// Whether this person may take on `duty` for a claim.
///
/// # Errors
/// [`Conflict`].
pub fn may_take_part(actor: &Actor, duty: Duty, earlier: &[Participant], interested: &Interested) -> Result<(), Conflict> {
    let own_card = actor.family_card.as_ref().is_some_and(|card| interested.family_cards.contains(card));
    let own_nik = actor.nik.as_ref().is_some_and(|nik| interested.niks.contains(nik));
    if own_card || own_nik {
        return Err(Conflict::OwnFamily);
    }
    match earlier.iter().find(|p| p.duty != duty && actor.is_same_person(p)) {
        Some(participant) => Err(Conflict::SamePerson(participant.duty)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, nik: Option<&str>, card: Option<&str>) -> Actor {
        Actor {
            id: id.into(),
            name: "SITI".into(),
            role: Role::Verifier,
            office: RegionCode::parse("33.25").unwrap(),
            region: RegionCode::parse("33.25.01").unwrap(),
            nik: nik.map(|n| Nik::parse(n).unwrap()),
            family_card: card.map(|c| FamilyCard::parse(c).unwrap()),
        }
    }

    const NIK: &str = "3325014101800001";
    const CARD: &str = "3325010101800001";

    #[test]
    fn one_person_has_one_duty_even_under_two_accounts() {
        let filed = [Participant { user_id: "u1".into(), nik: Some(Nik::parse(NIK).unwrap()), duty: Duty::File }];
        let nobody = Interested::default();
        let check = |id: &str, nik: Option<&str>, duty| may_take_part(&actor(id, nik, None), duty, &filed, &nobody);
        assert_eq!(check("u2", None, Duty::Verify), Ok(()));
        assert_eq!(check("u1", None, Duty::Verify), Err(Conflict::SamePerson(Duty::File)));
        assert_eq!(check("u2", Some(NIK), Duty::Verify), Err(Conflict::SamePerson(Duty::File)));
        assert_eq!(check("u1", None, Duty::File), Ok(()));
    }

    #[test]
    fn nobody_handles_the_claim_of_their_own_family() {
        let interested = Interested { niks: vec![Nik::parse(NIK).unwrap()], family_cards: vec![FamilyCard::parse(CARD).unwrap()] };
        let check = |nik, card| may_take_part(&actor("u", nik, card), Duty::Approve, &[], &interested);
        assert_eq!(check(None, Some(CARD)), Err(Conflict::OwnFamily));
        assert_eq!(check(Some(NIK), None), Err(Conflict::OwnFamily));
        assert_eq!(check(None, Some("3325010101800002")), Ok(()));
    }

    #[test]
    fn a_region_is_seen_only_inside_the_own_one() {
        let village = |c| RegionCode::parse(c).unwrap();
        assert!(actor("u", None, None).sees(&village("33.25.01.2006")));
        assert!(!actor("u", None, None).sees(&village("33.25.02.2001")));
        assert!(!actor("u", None, None).sees(&village("33.26.01.2001")));
    }
}
