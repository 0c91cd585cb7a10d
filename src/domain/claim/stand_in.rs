//! People who stand in for the heir: who collects for them, who signs for a child, and who receives where nobody inherits.

use serde::{Deserialize, Serialize};

use super::{ClaimedNik, Heir};
use crate::domain::identity::PersonName;

/// Everybody of a claim who is neither the deceased nor an heir, but has to do with the money. Most claims have nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StandIns {
    /// Penerima kuasa: comes to the counter for the heir; the money stays the heir's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<StandIn>,
    /// Wali: signs for an heir who is not of age; the account may be theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian: Option<StandIn>,
    /// Who receives because nobody inherits (P12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_heir: Option<NoHeir>,
}

impl StandIns {
    /// Whether the family needs nobody.
    pub fn is_empty(&self) -> bool {
        self.proxy.is_none() && self.guardian.is_none() && self.no_heir.is_none()
    }

    /// Proxy and guardian.
    pub fn people(&self) -> impl Iterator<Item = &StandIn> {
        self.proxy.iter().chain(&self.guardian)
    }
}

/// Somebody who acts for the heir.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIn {
    /// Name as claimed.
    pub name: PersonName,
    /// NIK as claimed.
    pub nik: ClaimedNik,
    /// What they are to the heir, in words.
    pub relation: String,
    /// Telephone digits; may be empty.
    pub phone: String,
}

/// Nobody inherits: who buried the dead receives, where the rules let them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoHeir {
    /// Who receives, written like an heir, with the relation [`Relation::BukanKeluarga`](crate::domain::identity::Relation::BukanKeluarga).
    pub recipient: Heir,
    /// In which capacity, for example `ketua RT 003`.
    pub capacity: String,
}
