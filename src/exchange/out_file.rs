//! A finished file for a bank or a treasurer.

use std::fmt;

use crate::domain::money::Rupiah;

/// A file ready to be handed over, with its control totals.
#[derive(Clone, PartialEq, Eq)]
pub struct OutFile {
    /// File name without folder.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// Number of payments in it.
    pub items: usize,
    /// What they add up to.
    pub total: Rupiah,
}

/// The content is left out: it is names and accounts.
impl fmt::Debug for OutFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutFile").field("name", &self.name).field("items", &self.items).field("total", &self.total).finish_non_exhaustive()
    }
}
