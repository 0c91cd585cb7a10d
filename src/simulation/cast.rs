//! The people of the simulated office, and the families that come to it.

use crate::domain::access::{Actor, Duty, Interested, Participant, Role};
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::office::OfficeBank;
use crate::domain::payment::{Bank, BankTable, Bic};
use crate::domain::region::{RegionCode, RegionFault};

/// Families that may lose somebody in a run.
pub const FAMILIES: usize = 36;
/// Heirs of a family, the nearest first.
pub const HEIRS: usize = 3;
/// Names as villages write them, of which the last is in no table of banks.
pub const BANK_NAMES: [&str; 3] = ["BANK SATU", "BANK DUA", "BPR ENTAH"];

/// An account and the family it belongs to, if that is one of those above.
struct Account {
    role: Role,
    village: Option<usize>,
    family: Option<usize>,
    /// Person, by number: two accounts of one person have the same.
    person: usize,
}

/// Everybody, made once and used for every run.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Accounts.
    pub actors: Vec<Actor>,
    /// Whose money a family's claim is.
    pub families: Vec<Interested>,
    /// Banks.
    pub banks: BankTable,
    /// The office's own bank.
    pub own_bank: OfficeBank,
}

/// An invented person, family or region that the parsers refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("tokoh simulasi tidak terbaca: {0}")]
pub struct CastFault(String);

impl From<RegionFault> for CastFault {
    fn from(fault: RegionFault) -> Self {
        Self(fault.to_string())
    }
}

impl Cast {
    /// Makes everybody.
    ///
    /// # Errors
    /// [`CastFault`], which would be a mistake of this file.
    pub fn assemble() -> Result<Self, CastFault> {
        let mut actors = Vec::new();
        for (at, account) in (0..).zip(accounts()) {
            actors.push(actor(at, &account)?);
        }
        let families = (0..FAMILIES).map(family).collect::<Result<_, _>>()?;
        let own_bank = OfficeBank {
            bank: "BANK SATU".to_owned(),
            account: "1000200030".to_owned(),
            holder: "KAS".to_owned(),
            unit_code: "DINSOS".to_owned(),
            aliases: std::collections::BTreeMap::new(),
        };
        Ok(Self { actors, families, banks: banks()?, own_bank })
    }

    /// Accounts of a role.
    pub fn of_role(&self, role: Role) -> Vec<usize> {
        (0..).zip(&self.actors).filter(|(_, actor)| actor.role == role).map(|(at, _)| at).collect()
    }

    /// What an account is in a claim's story.
    pub fn participant(&self, by: usize, duty: Duty) -> Option<Participant> {
        self.actors.get(by).map(|actor| Participant { user_id: actor.id.clone(), nik: actor.nik.clone(), duty })
    }

    /// Whether two accounts are one person.
    pub fn is_same_person(&self, one: usize, other: usize) -> bool {
        match (self.actors.get(one), self.actors.get(other)) {
            (Some(one), Some(other)) => one.id == other.id || (one.nik.is_some() && one.nik == other.nik),
            _ => false,
        }
    }

    /// Whether a family's money is this person's own.
    pub fn is_of_family(&self, by: usize, family: usize) -> bool {
        let (Some(actor), Some(family)) = (self.actors.get(by), self.families.get(family)) else { return false };
        let by_card = actor.family_card.as_ref().is_some_and(|card| family.family_cards.contains(card));
        by_card || actor.nik.as_ref().is_some_and(|nik| family.niks.contains(nik))
    }
}

/// Two villages, an office with enough people for five duties and four hands, two accounts of one person, and people whose own
/// families come as well.
fn accounts() -> Vec<Account> {
    let plain = |role, person| Account { role, village: None, family: None, person };
    let village = |role, village, person| Account { role, village: Some(village), family: None, person };
    let kin = |role, person, family| Account { role, village: None, family: Some(family), person };
    vec![
        village(Role::Operator, 0, 1),
        village(Role::Operator, 1, 2),
        village(Role::VillageHead, 0, 3),
        village(Role::VillageHead, 1, 4),
        plain(Role::Verifier, 5),
        kin(Role::Verifier, 6, 1),
        plain(Role::Approver, 7),
        kin(Role::Approver, 8, 2),
        kin(Role::Finance, 9, 3),
        plain(Role::Finance, 10),
        plain(Role::Finance, 11),
        plain(Role::Finance, 12),
        plain(Role::Finance, 13),
        // The verifier's second account, and the first treasurer's.
        plain(Role::Finance, 5),
        kin(Role::Finance, 9, 3),
        // A village operator who also approves.
        plain(Role::Approver, 1),
        plain(Role::Auditor, 14),
        plain(Role::Admin, 15),
    ]
}

fn actor(at: usize, account: &Account) -> Result<Actor, CastFault> {
    let office = RegionCode::parse("99.01")?;
    let region = match account.village {
        Some(village) => RegionCode::parse(&format!("99.01.01.200{village}"))?,
        None => office.clone(),
    };
    let card = account.family.map_or_else(|| format!("99019901019{:05}", account.person), family_card);
    Ok(Actor {
        id: format!("u{at}"),
        name: format!("{} {at}", account.role.code()),
        role: account.role,
        office,
        region,
        nik: Some(nik(&format!("99010101018{:05}", account.person))?),
        family_card: Some(FamilyCard::parse(&card).map_err(|fault| CastFault(fault.to_string()))?),
    })
}

fn family(at: usize) -> Result<Interested, CastFault> {
    let card = FamilyCard::parse(&family_card(at)).map_err(|fault| CastFault(fault.to_string()))?;
    let niks = (0..=HEIRS).map(|member| nik(&format!("990101010170{member}{at:03}"))).collect::<Result<_, _>>()?;
    Ok(Interested { niks, family_cards: vec![card] })
}

fn family_card(family: usize) -> String {
    format!("99019901018{family:05}")
}

fn nik(digits: &str) -> Result<Nik, CastFault> {
    Nik::parse(digits).map_err(|fault| CastFault(fault.to_string()))
}

fn banks() -> Result<BankTable, CastFault> {
    let bank = |code: &str, bic: &str, name: &str| {
        let bic = Bic::parse(bic).ok_or_else(|| CastFault(bic.to_owned()))?;
        Ok::<_, CastFault>(Bank { code: code.to_owned(), bic, name: name.to_owned() })
    };
    let table = BankTable::new(vec![bank("001", "SATUIDJA", "BANK SATU")?, bank("002", "DUAAIDJA", "BANK DUA")?]);
    table.map_err(|faults| CastFault(faults.iter().map(ToString::to_string).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_there_and_two_accounts_can_be_one_person() {
        let cast = Cast::assemble().unwrap();
        assert_eq!((cast.families.len(), cast.of_role(Role::Finance).len()), (FAMILIES, 7));
        assert!(cast.is_same_person(4, 13) && cast.is_same_person(8, 14) && !cast.is_same_person(8, 9));
        assert!(cast.is_of_family(8, 3) && cast.is_of_family(14, 3) && !cast.is_of_family(9, 3));
    }
}
