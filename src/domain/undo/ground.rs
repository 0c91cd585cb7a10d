//! Why something is undone.

use serde::{Deserialize, Serialize};

/// Why a row is struck or a claim annulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Nobody has died.
    PersonAlive,
    /// The payee is not the heir who is entitled.
    WrongHeir,
    /// A second claim for one death.
    Duplicate,
    /// Papers that are forged, or say what is not so.
    Forged,
    /// The payee died before the money came, and the family files anew.
    PayeeDied,
    /// The family takes the claim back.
    FamilyWithdraws,
    /// Something has to be looked at again; the approval stands.
    Doubt,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 7] =
        [Self::PersonAlive, Self::WrongHeir, Self::Duplicate, Self::Forged, Self::PayeeDied, Self::FamilyWithdraws, Self::Doubt];

    /// Whether the claim cannot go on: a row struck for it is annulled in the same act, so that no later decree lists it again.
    pub fn ends_the_claim(self) -> bool {
        self != Self::Doubt
    }

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::PersonAlive => "person_alive",
            Self::WrongHeir => "wrong_heir",
            Self::Duplicate => "duplicate",
            Self::Forged => "forged",
            Self::PayeeDied => "payee_died",
            Self::FamilyWithdraws => "family_withdraws",
            Self::Doubt => "doubt",
        }
    }

    /// The words on pages, in stories and on the amending decree.
    pub fn label(self) -> &'static str {
        match self {
            Self::PersonAlive => "Orangnya masih hidup",
            Self::WrongHeir => "Penerima bukan ahli waris yang berhak",
            Self::Duplicate => "Permohonan ganda untuk satu kematian",
            Self::Forged => "Surat palsu atau isinya tidak benar",
            Self::PayeeDied => "Penerima meninggal sebelum menerima",
            Self::FamilyWithdraws => "Ditarik oleh keluarga",
            Self::Doubt => "Perlu diteliti kembali",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_are_those_of_json() {
        for ground in Ground::ALL {
            assert_eq!(Ground::parse(ground.code()), Some(ground));
            assert_eq!(serde_json::to_value(ground).unwrap(), ground.code());
        }
    }
}
