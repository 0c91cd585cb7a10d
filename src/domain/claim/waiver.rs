//! The acceptance of a claim that came after its deadline.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::access::Role;

/// Who accepted a late claim, and why. The rules say who may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Name of the person.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// Why, in their words.
    pub reason: String,
    /// When (WIB).
    pub on: NaiveDate,
}
